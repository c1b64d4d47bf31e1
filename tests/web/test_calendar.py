"""The calendar: an address that is shown once, opens one thing, and can be renewed and ended."""

import re

import icalendar
import pytest

from backstride.screening.items import ITEMS

from .conftest import PASSPHRASE

NO = {"occasion": "start", **{f"q-{item.key}": "no" for item in ITEMS}}


@pytest.fixture
def started(owner):
    """The owner, with a plan from walks."""
    owner.post("/safety/questions", NO)
    owner.post("/plan/say", {"step": "start"})
    return owner


def made(browser) -> str:
    """The path of a new address."""
    reply = browser.post("/settings/calendar", {"passphrase": PASSPHRASE})
    assert reply.status_code == 201
    return re.search(r"<code>http://localhost(/calendar/[\w-]+\.ics)</code>", reply.text)[1]


def test_whoever_has_the_address_sees_the_sessions(started, browser):
    """Without signing in: three whole days, titled by their minutes alone."""
    path = made(started)
    reply = browser().client.get(path)
    assert reply.headers["content-type"].startswith("text/calendar")
    events = icalendar.Calendar.from_ical(reply.content).walk("VEVENT")
    assert len(events) == 3
    assert all(re.fullmatch(r"\d+ minutes", str(event["summary"])) for event in events)
    assert (
        re.search(
            "run|walk|back|pain",
            reply.text.partition("PRODID")[2].partition("\n")[2].replace("@backstride", ""),
        )
        is None
    )


def test_the_address_is_shown_once_and_kept_as_a_hash(started, site, tmp_path):
    """Neither the page nor a byte of the store tells it again."""
    secret = made(started).split("/")[-1].removesuffix(".ics")
    assert len(secret) >= 27  # 160 bits
    assert secret not in started.get("/settings/calendar").text
    stored = b"".join(path.read_bytes() for path in tmp_path.glob("diary.sqlite*"))
    assert secret.encode() not in stored


def test_a_new_address_ends_the_one_before(started):
    """And it can be ended without a new one."""
    first, second = made(started), made(started)
    assert [started.client.get(path).status_code for path in (first, second)] == [404, 200]
    started.post("/settings/calendar/end")
    assert started.client.get(second).status_code == 404


def test_it_can_be_scanned(started):
    """The picture is a drawing within the page; the link opens a calendar."""
    text = started.post("/settings/calendar").text
    assert 'src="data:image/svg+xml' in text
    assert 'href="webcal://localhost/calendar/' in text


def test_a_pause_empties_it(started):
    """No session, no day; the address stays."""
    path = made(started)
    started.post("/plan/say", {"step": "pause"})
    assert icalendar.Calendar.from_ical(started.client.get(path).content).walk("VEVENT") == []


def test_the_marks_stay_the_same(started):
    """At each look, and after a renewal: a calendar holds each day once."""
    looks = [started.client.get(made(started)).content for _ in range(2)]
    marks = [[str(e["uid"]) for e in icalendar.Calendar.from_ical(look).walk("VEVENT")] for look in looks]
    assert marks[0] == marks[1]
    assert len(set(marks[0])) == 3


def test_addresses_are_strictly_ones_own(started, anna):
    """Anna's address shows hers, not the owner's, and ending hers ends no other."""
    mine, hers = made(started), made(anna)
    assert icalendar.Calendar.from_ical(anna.client.get(hers).content).walk("VEVENT") == []
    anna.post("/settings/calendar/end")
    assert started.client.get(mine).status_code == 200


def test_it_speaks_the_chosen_language(started):
    """The language that the person chose, whatever the calendar asks for."""
    path = made(started)
    started.post("/settings/language", {"language": "de"})
    assert "SUMMARY:30 Minuten" in started.client.get(path, headers={"accept-language": "en"}).text


def test_a_time_for_reminders_is_chosen_on_the_page(started):
    """It is shown again, leads back to the page, and what is no time of day is refused."""
    reply = started.post("/settings/choices", {"reminder": "06:45", "back": "/settings/calendar"})
    assert reply.url.path == "/settings/calendar"
    assert 'type="time" value="06:45"' in reply.text
    assert started.post("/settings/choices", {"reminder": "25:00"}).status_code == 400
    assert "BEGIN:VALARM" in started.client.get(made(started)).text
