"""Every route, asked by everybody: a route that is not in this table fails."""

import re

import pytest
from starlette.testclient import TestClient

from backstride.diary.people import person_of
from backstride.diary.schema import OWNER
from backstride.runtime.clock import utc_now
from backstride.services.auth import create_api_token
from backstride.web.app import create_app
from backstride.web.description import may_programs

from .conftest import PAGE, every_route

ANYBODY = """
GET /apple-touch-icon.png
GET /begin
GET /certificate
GET /favicon.ico
GET /help
GET /help/{topic}
GET /offline
GET /offline/safety
GET /openapi.json
GET /safety
GET /shared
GET /sign-in
GET /static/{name}
GET /sw.js
GET /timer
POST /shared
POST /sign-in
"""
PEOPLE = """
GET /
GET /answer
GET /answer.json
GET /check-in/{day}
GET /diary
GET /diary/add-run/{day}
GET /diary/brought
GET /diary/brought.json
GET /diary/day
GET /diary/day/{day}
GET /diary/entries.json
GET /diary/entry/{entry_id}
GET /diary/run/{entry_id}
GET /mark
GET /plan
GET /plan/offered
GET /plan/session/{day}
GET /report
GET /report/clinician
GET /report/diary.zip
GET /report/fhir.json
GET /roland-morris
GET /safety/note
GET /safety/questions
GET /safety/result
GET /tests
GET /tests/{kind}
GET /trends
GET /welcome
GET /welcome/goal
POST /check-in
POST /diary/add-run/{day}
POST /diary/bring
POST /diary/brought/remove
POST /diary/brought/runs
POST /diary/entry/{entry_id}/erase
POST /diary/entry/{entry_id}/version
POST /diary/run/{entry_id}
POST /undo/{token}
POST /example/hide
POST /diary/notes
POST /example/show
POST /pain-before
POST /plan/done
POST /plan/draw
POST /plan/say
POST /plan/timed
POST /report/clinician
POST /roland-morris
POST /safety/agreed
POST /safety/questions
POST /settings/choices
POST /settings/language
POST /tests/{kind}
POST /welcome/goal
POST /welcome/zone
"""
WITH_THE_ADDRESS = """
GET /calendar/{secret}.ics
GET /certificate/backstride.crt
GET /shared/report
GET /shared/report.pdf
"""
IN_PERSON = """
GET /settings
GET /settings/calendar
GET /reading
GET /reading/{consent_id}
GET /reading/{consent_id}/report.pdf
GET /settings/readers
GET /settings/reminders
GET /settings/shares
GET /settings/study
GET /settings/study/agreement.json
GET /settings/study/contribution.json
GET /settings/tokens
POST /reading
POST /reading/{consent_id}/end
POST /settings/calendar
POST /settings/calendar/end
POST /settings/delete-everything
POST /settings/passphrase
POST /settings/people
POST /settings/people/{person_id}/remove
POST /settings/sessions/end-others
POST /settings/sessions/{session_id}/end
POST /settings/readers
POST /settings/readers/{consent_id}/end
POST /settings/readers/{consent_id}/scope
POST /settings/reminders
POST /settings/reminders/{device_id}/end
POST /settings/shares
POST /settings/study/agree
POST /settings/study/drop
POST /settings/study/look
POST /settings/study/others
POST /settings/study/others/drop
POST /settings/study/waiting/agree
POST /settings/study/waiting/arm
POST /settings/study/waiting/forget
POST /settings/study/waiting/leave
POST /settings/study/withdraw
POST /settings/shares/{share_id}/end
POST /settings/tokens
POST /settings/tokens/{token_id}/end
POST /sign-out
"""
VALUES = {"{day}": "2026-05-01", "{name}": "app.css", "{kind}": "weight", "{topic}": "runs"}


def routes(table: str) -> list[tuple[str, str]]:
    """The rows of a table."""
    return [tuple(row.split()) for row in table.split("\n") if row]


def ask(client, route, **more):
    """One request that follows nothing; numbers are 1."""
    path = re.sub(r"\{\w+\}", lambda found: VALUES.get(found[0], "1"), route[1])
    return client.request(route[0], path, follow_redirects=False, **more)


def test_every_route_is_in_the_table():
    """Whoever adds a route says here who may use it."""
    described = create_app(None).openapi()["paths"]
    told = {(method.upper(), path) for path, methods in described.items() for method in methods}
    rows = routes(ANYBODY) + routes(WITH_THE_ADDRESS) + routes(PEOPLE) + routes(IN_PERSON)
    assert sorted(rows) == sorted(told | every_route() | {("GET", "/openapi.json")})


@pytest.mark.parametrize("route", routes(ANYBODY), ids=" ".join)
def test_anybody_gets_what_is_nobodys(locked, browser, route):
    """Without a session, and with nothing of a person in it."""
    assert ask(browser().client, route, headers=PAGE).status_code in (200, 303, 422)


@pytest.mark.parametrize("route", routes(WITH_THE_ADDRESS), ids=" ".join)
def test_without_the_address_there_is_nothing(locked, owner, browser, route):
    """A guessed one opens nothing, signed in or not."""
    assert {ask(who.client, route).status_code for who in (browser(), owner)} == {404}


@pytest.mark.parametrize("route", routes(PEOPLE) + routes(IN_PERSON), ids=" ".join)
def test_others_get_nothing(locked, browser, route):
    """Nobody, and a session that never was: programs are told, browsers shown the door, on every route."""
    client = browser().client
    assert ask(client, route, headers={"accept": "*/*"}).status_code == 401
    client.cookies.set("backstride", "x" * 43)
    assert ask(client, route, headers=PAGE).headers["location"].partition("?to=")[0] == "/sign-in"


def with_token(app, site, *, may_write: bool) -> TestClient:
    """A program that acts for the owner."""
    person = person_of(site.store, OWNER)
    token = create_api_token(site.store, person, label="script", may_write=may_write, now=utc_now())
    return TestClient(app, base_url="http://localhost", headers={"authorization": f"Bearer {token}"})


@pytest.mark.parametrize("route", routes(PEOPLE), ids=" ".join)
def test_a_token_goes_as_far_as_it_says(app, site, route):
    """One that may read opens every page and changes nothing; with one that may write all of it is done."""
    read = ask(with_token(app, site, may_write=False), route).status_code
    write = ask(with_token(app, site, may_write=True), route).status_code
    assert read == 403 if route[0] == "POST" else read in (200, 404, 422)
    assert write in (200, 303, 400, 404, 422)


@pytest.mark.parametrize("route", routes(IN_PERSON), ids=" ".join)
def test_no_token_lets_in_or_shuts_out(app, site, route):
    """Passphrases, sessions, tokens, people and the end of everything need the person."""
    assert ask(with_token(app, site, may_write=True), route).status_code == 403


def test_the_description_says_who_may():
    """What /openapi.json says of tokens is what this table says."""
    described = create_app(None).openapi()["paths"]
    for method, path in routes(PEOPLE) + routes(IN_PERSON):
        opened = {"token": []} in described[path][method.lower()]["security"]
        assert opened == ((method, path) in routes(PEOPLE)) == may_programs(path)


def test_saving_too_often_is_slowed(app, site):
    """A program that runs wild waits like everybody."""
    client = with_token(app, site, may_write=True)
    codes = [client.post("/example/hide", follow_redirects=False).status_code for _ in range(241)]
    assert codes == [303] * 240 + [403]
