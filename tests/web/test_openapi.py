"""The app holds what its own OpenAPI says, whatever is sent."""

import json
import os
import re
from collections import Counter
from collections.abc import Callable, Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from uuid import uuid4

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis.errors import Unsatisfiable
from schemathesis import GenerationMode
from schemathesis.specs.openapi.checks import (
    ignored_auth,
    negative_data_rejection,
    positive_data_acceptance,
)

from backstride.core.clearance import Reply
from backstride.core.run import Run
from backstride.diary.consents import Consent, Scope, consents_of
from backstride.diary.people import add_person, everybody, person_of
from backstride.diary.schema import OWNER
from backstride.diary.sessions import sessions_of
from backstride.diary.shares import shares_of
from backstride.diary.tokens import tokens_of
from backstride.runtime.clock import utc_now
from backstride.screening.items import ITEMS
from backstride.screening.occasions import Occasion
from backstride.services import answers
from backstride.services.answers import RenderedAnswer
from backstride.services.app_context import AppContext, create_context
from backstride.services.auth import begin_session, create_api_token, csrf_token_for
from backstride.services.calendar import new_address
from backstride.services.example import made_up_records
from backstride.services.plan import plan_for
from backstride.services.rate_limit import RateLimiter
from backstride.services.reading import accept, invite
from backstride.services.screen import SafetyAnswers
from backstride.services.screening_service import store_answers_for
from backstride.web.app import create_app
from backstride.web.description import RESPONSES, may_programs
from backstride.web.errors import STATUS
from backstride.web.visitor import COOKIE

# What a description cannot say: of the answers to a check-in one at least is given, a zone has to exist, a field that
# no page sends changes nothing, and so on. Who may ask is held by test_matrix.py: here it is always somebody who may.
BEYOND_A_DESCRIPTION = [positive_data_acceptance, negative_data_rejection, ignored_auth]
FEW = ["/diary/entries.json", "/diary/run/{entry_id}"]
SLOW = int(os.environ.get("BACKSTRIDE_SCHEMA_EXAMPLES", "30"))
SEED = 1


Thing = Callable[[], object]
NOTHING: Mapping[str, Thing] = {}


@dataclass
class Operation:
    """What became of the requests to one operation.

    Attributes:
        label: method and address.
        statuses: how often each status was the answer.
        failures: what did not fit the description.
    """

    label: str
    statuses: Counter[int] = field(default_factory=Counter)
    failures: list[str] = field(default_factory=list)

    def count(self, *, of: range) -> int:
        """How many answers had a status within `of`."""
        return sum(n for status, n in self.statuses.items() if status in of)


def operations_asked(folder: Path, *, examples: int, paths: list[str] | None = None) -> list[Operation]:
    """Send to every operation, or to those at `paths`, `examples` requests as described and as many that are not."""
    site = create_context(str(folder / "diary.sqlite"), open_to_owner=False)
    for patience in ("writes", "guesses"):
        object.__setattr__(site, patience, RateLimiter(most=10**9, minutes=5))
    described = schemathesis.openapi.from_asgi("/openapi.json", create_app(site))
    described = described.include(path=paths) if paths else described
    asked, program, person = [], _program(site), _person(site)
    things = _filled(site, count=examples)
    operations = [found.ok() for found in described.get_all_operations()]
    for operation in sorted(
        operations, key=lambda o: not may_programs(o.path)
    ):  # what ends tokens comes last
        pass_of = program if may_programs(operation.path) else person
        asked.append(Operation(operation.label))
        _ask(operation, GenerationMode.POSITIVE, pass_of, asked[-1], examples=examples, things=things)
        with suppress(Unsatisfiable):  # where nothing is taken, nothing can be wrong
            _ask(operation, GenerationMode.NEGATIVE, pass_of, asked[-1], examples=examples)
    site.close()
    return asked


def _ask(
    operation, mode, pass_of, into: Operation, *, examples: int, things: Mapping[str, Thing] = NOTHING
) -> None:
    @seed(SEED)
    @settings(
        max_examples=examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(operation.as_strategy(generation_mode=mode))
    def sent(case) -> None:
        if into.statuses.total() % 2:
            for name in case.path_parameters:
                thing = things.get(f"{name} of {operation.path}", things.get(name))
                case.path_parameters[name] = thing() if thing else case.path_parameters[name]
        reply = case.call(headers=pass_of(), allow_redirects=False)
        into.statuses[reply.status_code] += 1
        try:
            case.validate_response(reply, excluded_checks=BEYOND_A_DESCRIPTION)
        except BaseExceptionGroup as group:
            into.failures.extend(f"{into.label}: {failure}" for failure in group.exceptions)

    sent()


def _filled(site: AppContext, *, count: int) -> dict[str, Thing]:
    """A diary in which there is something, and what a part of an address can be that names something in it."""
    store, now = site.store, utc_now()
    today = now.astimezone(site.home).date()
    diary, me = store.diary(OWNER), person_of(store, OWNER)
    diary.add(made_up_records(today, zone=site.home), source="made up", now=now)
    nothing = SafetyAnswers({item.key: Reply.NO for item in ITEMS})
    store_answers_for(store, OWNER, nothing, occasion=Occasion.START, today=today, now=now)
    planned = plan_for(store, OWNER, today=today)
    for n in range(count):
        begin_session(store, me, label=f"browser {n}")
        add_person(store, f"person {n}", passphrase="x")
    return {
        "entry_id": lambda: max(e.id for e in diary.entries() if isinstance(e.record, Run)),
        "day": lambda: today,
        "day of /plan/session/{day}": lambda: planned.week.sessions[0].day,
        "secret": lambda: new_address(store, OWNER, now=utc_now()),
        "session_id": lambda: sessions_of(store, OWNER)[-1].id,
        "token_id": lambda: max((token.id for token in tokens_of(store, OWNER)), default=1),
        "consent_id": lambda: max((one.id for one in consents_of(store, OWNER)), default=1),
        "consent_id of /reading/{consent_id}": lambda: _read_by_owner(site, now=utc_now()).id,
        "consent_id of /reading/{consent_id}/report.pdf": lambda: _read_by_owner(site, now=utc_now()).id,
        "consent_id of /reading/{consent_id}/end": lambda: _read_by_owner(site, now=utc_now()).id,
        "share_id": lambda: max((share.id for share in shares_of(store, OWNER)), default=1),
        "person_id": lambda: everybody(store)[-1].id,
    }


def _read_by_owner(site: AppContext, *, now) -> Consent:
    """A consent by which the owner reads somebody with a diary."""
    anna = add_person(site.store, f"anna {uuid4().hex}", passphrase="x")
    site.store.diary(anna.id).add(
        made_up_records(now.astimezone(site.home).date(), zone=site.home), source="made up", now=now
    )
    given = {"reader": "the owner", "shown_name": "", "scope": Scope(notes=True, safety=True), "days": 365}
    code = invite(site, anna, **given, now=now)
    return accept(site, person_of(site.store, OWNER), code, now=now)


def _program(site: AppContext) -> Callable[[], dict[str, str]]:
    """What a program shows that may do all that programs may."""
    owner = person_of(site.store, OWNER)
    token = create_api_token(site.store, owner, label="all", may_write=True, now=utc_now())
    return lambda: {"authorization": f"Bearer {token}"}


def _person(site: AppContext) -> Callable[[], dict[str, str]]:
    """What the owner's browser shows; anew each time, for requests end sessions."""

    def shown() -> dict[str, str]:
        token = begin_session(site.store, person_of(site.store, OWNER), label="a browser")
        return {"cookie": f"{COOKIE}={token}", "x-mark": csrf_token_for(token)}

    return shown


def test_what_programs_use_most_answers_as_described(tmp_path):
    """No defect of ours, no status and no kind of content that the description does not know."""
    asked = operations_asked(tmp_path, examples=2, paths=FEW)
    assert [failure for operation in asked for failure in operation.failures] == []
    assert all(operation.statuses.total() for operation in asked)


@pytest.mark.slow
def test_every_operation_answers_as_described(tmp_path, monkeypatch):
    """The same for all of them, with many more requests: make schema."""
    monkeypatch.setattr(answers, "run_in_subprocess", lambda *_, **__: RenderedAnswer("", "{}"))
    asked = operations_asked(tmp_path, examples=SLOW)
    if place := os.environ.get("BACKSTRIDE_SCHEMA_PAGE"):
        Path(place).write_text(page(asked), encoding="utf-8")
    assert [failure for operation in asked for failure in operation.failures] == []


def page(asked: list[Operation]) -> str:
    """The counts, for docs/results/schema.md."""
    sent = sum(operation.statuses.total() for operation in asked)
    failures = sum(len(operation.failures) for operation in asked)
    rows = [
        f"| `{o.label}` | {o.statuses.total()} | {o.count(of=range(200, 400))} | {o.count(of=range(400, 500))} "
        f"| {o.count(of=range(500, 600))} | {len(o.failures)} |"
        for o in asked
    ]
    return "\n".join(
        (
            "# Conformance with the OpenAPI description",
            "",
            "`make schema` writes this page.",
            "",
            "schemathesis makes requests from what `/openapi.json` says of each operation: for each "
            f"{SLOW} as described and {SLOW} that break the description (seed {SEED}; fewer where an operation "
            "takes nothing that could be varied). The diary is that of a simulated person, and every other address "
            "names something that is in it. An answer fails where its status, its kind of content, its headers or "
            "its body are not in the description, and where it is an error of the server. Operations that are "
            "open to programs are asked with a token, the others as the owner who is signed in.",
            "",
            f"{len(asked)} operations, {sent} requests, {failures} failures.",
            "",
            "| operation | requests | done | refused | errors of the server | failures |",
            "|---|---|---|---|---|---|",
            *rows,
            "",
            "Not held here, for a description cannot say it: that every request of the right form is accepted (of "
            "the answers to a check-in one at least is given, a zone has to exist), and that every other is "
            "refused (a field that no page sends changes nothing). Who may ask is held route by route in "
            "`tests/web/test_matrix.py`.",
            "",
        )
    )


def test_every_error_of_the_server_is_described_and_every_reference_leads_somewhere() -> None:
    """A status that a handler gives stands in the description, and no schema is named that is not there."""
    described = create_app(None).openapi()
    referred = set(re.findall(r"#/components/schemas/(\w+)", json.dumps(described)))
    assert referred <= set(described["components"]["schemas"])
    assert {status for _, status in STATUS} <= set(RESPONSES)
