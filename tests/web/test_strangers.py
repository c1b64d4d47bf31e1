"""Every route, asked by the owner and by somebody else who is signed in, with forms that do something."""

import io
import json
import re
from collections.abc import Iterator
from datetime import UTC, datetime, time
from time import sleep
from zipfile import ZipFile, is_zipfile

import pytest
from starlette.testclient import TestClient

from backstride.cohort.prior_file import prior_json
from backstride.core.check_in import CheckIn
from backstride.core.measurement import Measurement, MeasurementKind
from backstride.core.records import Records
from backstride.core.run import Run
from backstride.core.scales import PainRating
from backstride.diary.consents import Scope, consents_of
from backstride.diary.people import add_person, person_of, set_passphrase
from backstride.diary.push import add_device, devices
from backstride.diary.schema import OWNER
from backstride.diary.sessions import sessions_of
from backstride.diary.settings import setting_history
from backstride.diary.shares import shares_of
from backstride.diary.tokens import tokens_of
from backstride.report.help_words import TOPICS
from backstride.runtime.clock import utc_now
from backstride.services import answers, giving
from backstride.services.answers import RenderedAnswer
from backstride.services.auth import begin_session, create_api_token, csrf_token_for, hash_passphrase
from backstride.services.reading import invite
from backstride.services.sharing import make_share

from .conftest import PAGE, PASSPHRASE, every_route
from .studies import KEY, PRIOR, contribution_made

CANARY = "quince"
MORNING = datetime(2026, 5, 1, 7, tzinfo=UTC)
PUSH = "https://fcm.googleapis.com/fcm/send"
FORMS = {
    "/sign-in": {"name": "nobody", "passphrase": PASSPHRASE},
    "/example/show": {},
    "/example/hide": {},
    "/check-in": {"pain": "3"},
    "/diary/notes": {"notes": "left"},
    "/tests/{kind}": {"value": "70"},
    "/safety/questions": {"occasion": "weekly"},
    "/safety/agreed": {},
    "/welcome/goal": {"goal": "diary"},
    "/welcome/zone": {"zone": "Europe/Rome"},
    "/plan/draw": {"law": "own"},
    "/plan/done": {},
    "/plan/say": {"step": "pause"},
    "/plan/timed": {"ended": "2026-05-01T18:00", "run_min": "1"},
    "/diary/bring": {},
    "/diary/brought/runs": {"word": "jog"},
    "/diary/brought/remove": {},
    "/diary/add-run/{day}": {"at": "18:00", "minutes": "20"},
    "/pain-before": {"pain": "3"},
    "/roland-morris": {"ticked": "3"},
    "/diary/run/{entry_id}": {"start": "2026-05-01T18:00", "minutes": "31", "activity": "run"},
    "/diary/entry/{entry_id}/version": {"version": "1"},
    "/undo/{token}": {},
    "/diary/entry/{entry_id}/erase": {},
    "/settings/choices": {"theme": "dark"},
    "/settings/reminders": {"at": "07:30", "endpoint": f"{PUSH}/another"},
    "/settings/reminders/{device_id}/end": {},
    "/settings/language": {"language": "de"},
    "/settings/calendar": {"passphrase": PASSPHRASE},
    "/settings/calendar/end": {},
    "/report/clinician": {"name": "A. Person"},
    "/settings/shares": {"reader": "a clinic", "passphrase": PASSPHRASE},
    "/settings/shares/{share_id}/end": {},
    "/settings/study/look": {},
    "/settings/study/agree": {"key": KEY, "sure": "yes"},
    "/settings/study/withdraw": {},
    "/settings/study/drop": {},
    "/settings/study/others": {},
    "/settings/study/others/drop": {},
    "/settings/study/waiting/agree": {"sure": "yes"},
    "/settings/study/waiting/arm": {},
    "/settings/study/waiting/forget": {},
    "/settings/study/waiting/leave": {"ratings": "count"},
    "/settings/readers": {"reader": "a clinic", "passphrase": PASSPHRASE},
    "/settings/readers/{consent_id}/scope": {},
    "/settings/readers/{consent_id}/end": {},
    "/reading": {"code": "guessed"},
    "/reading/{consent_id}/end": {},
    "/shared": {"code": "guessed"},
    "/settings/tokens": {"label": "script", "passphrase": PASSPHRASE},
    "/settings/tokens/{token_id}/end": {},
    "/settings/people": {"name": "Eve", "passphrase": PASSPHRASE},
    "/settings/people/{person_id}/remove": {"passphrase": PASSPHRASE},
    "/settings/sessions/{session_id}/end": {},
    "/settings/sessions/end-others": {},
    "/settings/passphrase": {"old": PASSPHRASE, "new": PASSPHRASE},
    "/settings/delete-everything": {"sure": "yes", "passphrase": PASSPHRASE},
    "/sign-out": {},
}
"""What is sent to each address that changes something, in this order; a route that is not here fails."""
DONE, NOT_NOW = {200, 201, 303}, {400, 404}
FILES_OF = {
    "/diary/bring": lambda archive: [("files", ("all.zip", archive))],
    "/settings/study/others": lambda _: [("file", ("prior.json", prior_json(PRIOR).encode()))],
    "/settings/study/waiting/arm": lambda _: [("file", ("waiting.json", b"{}"))],
}
"""The files that a form takes, made of the archive that was downloaded before."""
NOT_NOW_FOR_ANYBODY = {
    "/sign-in": {403},
    "/shared": {404},
    "/reading": {404},
    "/plan/done": NOT_NOW,
    "/plan/say": NOT_NOW,
    "/settings/study/waiting/agree": {422},  # no morning is rated
    "/settings/study/waiting/arm": {404},
    "/settings/study/waiting/forget": {404},
    "/settings/study/waiting/leave": {404},
}
"""What there is nothing to do for in these diaries, and a name that nobody has."""
NOT_FOR_OTHERS = {
    "/diary/run/{entry_id}": {404},
    "/diary/entry/{entry_id}/erase": {404},
    "/diary/entry/{entry_id}/version": {404},
    "/undo/{token}": {404},
    "/settings/people": {403},
    "/settings/people/{person_id}/remove": {403},
}
SEEN_BY_THE_OWNER = {
    "/answer",
    "/answer.json",
    "/check-in/{day}",
    "/diary/day/{day}",
    "/diary",
    "/diary/entries.json",
    "/diary/entry/{entry_id}",
    "/diary/run/{entry_id}",
    "/report/clinician",
    "/report/diary.zip",
    "/report/fhir.json",
    "/settings",
    "/settings/readers",
    "/settings/reminders",
    "/settings/shares",
    "/settings/tokens",
}
"""Where the word stands that is only in the owner's things: else that others do not see it says nothing."""


def _only_repeated(_work, question, **_) -> RenderedAnswer:
    return RenderedAnswer(f"{question.records}", json.dumps({"of": f"{question.records}"}))


@pytest.fixture
def other(site):
    """Somebody else, with a diary of their own that is empty."""
    set_passphrase(site.store, OWNER, hash_passphrase(PASSPHRASE))
    return add_person(site.store, "Anna", passphrase=hash_passphrase(PASSPHRASE))


@pytest.fixture
def numbers(site, monkeypatch) -> dict[str, str]:
    """The owner's things, with one word in all of them, and the numbers by which they are asked for."""
    monkeypatch.setattr(answers, "run_in_subprocess", _only_repeated)
    monkeypatch.setattr(giving, "run_in_subprocess", contribution_made)
    diary, now = site.store.diary(OWNER), utc_now().astimezone(UTC)
    mornings = [
        CheckIn(moment=at, pain=PainRating(4), note=CANARY, source="check-in") for at in (MORNING, now)
    ]
    run = Run(start=MORNING, moving_s=1800, source=f"{CANARY}.fit")
    weight = Measurement(moment=now, kind=MeasurementKind.WEIGHT, value=71.0, source=CANARY)
    diary.add(Records(tuple(mornings), (run,), (weight,)), source="app", now=now)
    begin_session(site.store, person_of(site.store, OWNER), label=CANARY)
    begun = sessions_of(site.store, OWNER)[-1].id
    add_device(site.store, OWNER, session_id=begun, endpoint=f"{PUSH}/{CANARY}", remind_at=time(7), now=now)
    create_api_token(site.store, person_of(site.store, OWNER), label=CANARY, may_write=True, now=now)
    given = {"shown_name": "", "notes": True, "safety": True, "days": 30}
    make_share(site.store, OWNER, reader=CANARY, **given, now=now)
    person = person_of(site.store, OWNER)
    invite(site, person, reader=CANARY, shown_name="", scope=Scope(notes=True, safety=True), days=30, now=now)
    entry = next(e.id for e in diary.entries() if isinstance(e.record, CheckIn))
    run_entry = next(e.id for e in diary.entries() if isinstance(e.record, Run))
    site.undo.changed(OWNER, entry, day=MORNING.date(), former=1)
    slip = site.undo.offered(OWNER)
    site.answers.answer(OWNER, zone=site.zone_of(OWNER))
    site.answers.wait()
    return {
        "/diary/run/{entry_id}": f"/diary/run/{run_entry}",
        "{entry_id}": str(entry),
        "{session_id}": str(sessions_of(site.store, OWNER)[-1].id),
        "{device_id}": str(devices(site.store, OWNER)[0].id),
        "{token_id}": str(tokens_of(site.store, OWNER)[0].id),
        "{share_id}": str(shares_of(site.store, OWNER)[0].id),
        "{consent_id}": str(consents_of(site.store, OWNER)[0].id),
        "{person_id}": str(OWNER),
        "{day}": str(MORNING.date()),
        "{kind}": "weight",
        "{name}": "app.css",
        "{secret}": "guessed",
        "{topic}": TOPICS[0].name,
        "{token}": str(slip.token),
    }


def asked_by(person, app, site, numbers) -> Iterator[tuple[str, str, int, str]]:
    """Way, route, status and words of each reply: first every page, then every form, each in a session of its own.

    What is brought is what was taken out before.
    """
    taken_out = b""
    pages = sorted(path for way, path in every_route() if way == "GET")
    for way, route in [*(("GET", path) for path in pages), *(("POST", path) for path in FORMS)]:
        token = begin_session(site.store, person_of(site.store, person.id), label="browser")
        client = TestClient(app, base_url="http://localhost", cookies={"backstride": token})
        path = re.sub(r"\{\w+\}", lambda found: numbers[found[0]], numbers.get(route, route))
        sent = {"data": {"mark": csrf_token_for(token), **FORMS[route]}} if way == "POST" else {}
        files = {"files": FILES_OF[route](taken_out)} if route in FILES_OF else {}
        # where the example is shown; a header stands before the mark of a form with files
        marked = {} if route in FILES_OF else {"x-mark": csrf_token_for(token, of_example=True)}
        reply = client.request(way, path, headers={**PAGE, **marked}, follow_redirects=False, **sent, **files)
        taken_out = reply.content if route == "/report/diary.zip" else taken_out
        _wait(site, person.id)
        yield way, route, reply.status_code, words_of(reply.content)


def _wait(site, person: int) -> None:
    """Until nothing is done in the background any more."""
    site.answers.wait()
    site.giving.wait()
    while (upload := site.uploads.last(person)) is not None and not upload.is_done:
        sleep(0.01)


def words_of(content: bytes) -> str:
    """What a reply says, an archive's files included."""
    if not is_zipfile(io.BytesIO(content)):
        return content.decode(errors="replace")
    with ZipFile(io.BytesIO(content)) as archive:
        return " ".join(archive.read(name).decode(errors="replace") for name in archive.namelist())


def test_every_route_that_changes_something_is_sent_a_form():
    """Whoever adds one says here what it is sent, and so what it may not do to others."""
    assert {path for way, path in every_route() if way != "GET"} == set(FORMS)


def test_the_owner_is_let_in_everywhere(app, site, other, numbers):
    """Every page opens and every form is done."""
    numbers["{person_id}"] = str(other.id)
    seen, refused = set(), []
    for way, route, status, words in asked_by(person_of(site.store, OWNER), app, site, numbers):
        seen |= {route} if CANARY in words and way == "GET" else set()
        if way == "POST" and status not in NOT_NOW_FOR_ANYBODY.get(route, DONE):
            refused.append((route, status))
    assert refused == []
    assert seen == SEEN_BY_THE_OWNER


def test_somebody_else_sees_and_changes_nothing_of_the_owner(app, site, other, numbers):
    """Whatever they ask for by the owner's own numbers, and whatever they do in their own diary."""

    def of_the_owner() -> tuple[object, ...]:
        diary, store = site.store.diary(OWNER), site.store
        kept = (sessions_of, devices, tokens_of, shares_of, consents_of, setting_history, person_of)
        return diary.whole(), site.uploads.last(OWNER), *(of(store, OWNER) for of in kept)

    before, wrong = of_the_owner(), []
    allowed = {**NOT_NOW_FOR_ANYBODY, **NOT_FOR_OTHERS}
    for way, route, status, words in asked_by(other, app, site, numbers):
        if CANARY in words or of_the_owner() != before:
            wrong.append((way, route, "the owner's"))
        if way == "POST" and status not in allowed.get(route, DONE):
            wrong.append((way, route, status))
    assert wrong == []
