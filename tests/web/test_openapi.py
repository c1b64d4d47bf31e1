"""The app holds what its own OpenAPI says, whatever is sent."""

import os

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from schemathesis.specs.openapi.checks import ignored_auth, positive_data_acceptance

from backstride.actions.clock import this_moment
from backstride.actions.sign_in import Patience, make_token
from backstride.actions.site import open_site
from backstride.diary.people import person_of
from backstride.diary.schema import OWNER
from backstride.web.app import create_app

# What a description cannot say: of the answers to a check-in one at least is given, a zone has to exist, and so on.
# Who may ask is held by test_matrix.py: here the token is always shown.
BEYOND_A_DESCRIPTION = [positive_data_acceptance, ignored_auth]
FEW = ["/diary/entries.json", "/diary/run/{entry_id}"]
SLOW = int(os.environ.get("BACKSTRIDE_SCHEMA_EXAMPLES", "60"))


def failures_of(folder, *, examples: int, paths: list[str] | None = None) -> list[str]:
    """Send what the description allows to every operation, or to those at `paths`; what did not fit."""
    site = open_site(str(folder / "diary.sqlite"), open_to_owner=False)
    object.__setattr__(site, "writes", Patience(most=10**9, minutes=5))
    owner = person_of(site.store, OWNER)
    token = make_token(site.store, owner, label="all", may_write=True, now=this_moment())
    described = schemathesis.openapi.from_asgi("/openapi.json", create_app(site))
    described = described.include(path=paths) if paths else described
    failures: list[str] = []
    for operation in (found.ok() for found in described.get_all_operations()):

        @settings(
            max_examples=examples,
            deadline=None,
            database=None,
            phases=[Phase.generate],
            suppress_health_check=list(HealthCheck),
        )
        @given(operation.as_strategy())
        def sent(case) -> None:
            reply = case.call(headers={"authorization": f"Bearer {token}"}, allow_redirects=False)
            try:
                case.validate_response(reply, excluded_checks=BEYOND_A_DESCRIPTION)
            except BaseExceptionGroup as group:
                failures.extend(f"{case.operation.label}: {failure}" for failure in group.exceptions)

        sent()
    site.close()
    return failures


def test_what_programs_use_most_answers_as_described(tmp_path):
    """No defect of ours, no status and no kind of content that the description does not know."""
    assert failures_of(tmp_path, examples=4, paths=FEW) == []


@pytest.mark.slow
def test_every_operation_answers_as_described(tmp_path):
    """The same for all of them, with many more requests: make schema."""
    assert failures_of(tmp_path, examples=SLOW) == []
