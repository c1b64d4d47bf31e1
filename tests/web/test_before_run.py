"""Pain now before a run, and how long the back has hurt: one tap each, kept and used."""

from datetime import datetime, time, timedelta

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.scales import PainRating
from backstride.diary.schema import OWNER
from backstride.diary.settings import current_settings
from backstride.runtime.clock import utc_now
from backstride.web import today

from .days import lived_today

pytestmark = pytest.mark.usefixtures("noon")  # what is told in the night: core/test_pain_before.py


@pytest.fixture
def at_hour(site, monkeypatch):
    """A function that lets Today be looked at on this day at an hour of the person's own."""

    def set_clock(hour: int) -> None:
        day = lived_today()
        moment = datetime.combine(day, time(hour), tzinfo=site.home)
        monkeypatch.setattr(today, "utc_now", lambda: moment)

    return set_clock


def test_pain_before_a_run_is_one_tap_and_says_that_it_is_kept(owner, site, at_hour):
    """From noon on, beside the saved check-in; the last one of the day is shown."""
    at_hour(12)
    assert "/pain-before" not in owner.get("/").text
    owner.post("/check-in", {"pain": "3"})
    assert "/pain-before" in owner.get("/").text
    for pain in ("5", "4"):
        reply = owner.post("/pain-before", {"pain": pain})
    assert "Saved: 4 at" in reply.text
    ratings = site.store.diary(OWNER).records().pain_before
    assert sorted(rating.pain.value for rating in ratings) == [4, 5]
    assert [rating.time.utcoffset() for rating in ratings] == [
        rating.time.astimezone(site.home).utcoffset() for rating in ratings
    ]


def test_in_the_morning_nobody_is_asked_twice(owner, at_hour):
    """The check-in itself tells how the back is."""
    at_hour(11)
    owner.post("/check-in", {"pain": "3"})
    assert "/pain-before" not in owner.get("/").text


@pytest.mark.parametrize("pain", ["", "11", "-1", "3.5", "bad"])
def test_a_tap_that_no_page_offers_is_refused(owner, site, pain):
    """Nothing is kept."""
    assert owner.post("/pain-before", {"pain": pain}).status_code in (400, 422)
    assert site.store.diary(OWNER).records().pain_before == ()


def test_the_day_shows_and_erases_it(owner):
    """With its time, among what was told of the day."""
    owner.post("/pain-before", {"pain": "6"})
    page = owner.get(f"/diary/day/{lived_today()}").text
    assert ("Before a run" in page, "Pain 6." in page) == (True, True)
    owner.post("/diary/entry/1/erase")
    assert "Before a run" not in owner.get(f"/diary/day/{lived_today()}").text


def test_how_long_the_back_has_hurt_is_asked_at_first(owner, site):
    """One tap on Today, once the first check-in is saved; what else was chosen stays, and the question goes away."""
    owner.post("/settings/choices", {"zone": "Europe/Rome", "worthwhile": "2"})
    owner.post("/check-in", {"pain": "3"})
    assert "How long has your back hurt?" in owner.get("/").text
    owner.post("/settings/choices", {"pain_since": "6 to 12 weeks", "back": "/"})
    assert "How long has your back hurt?" not in owner.get("/").text
    assert 'value="6 to 12 weeks" checked' in owner.get("/settings").text
    assert current_settings(site.store, OWNER) == {
        "zone": "Europe/Rome",
        "worthwhile": "2",
        "pain_since": "6 to 12 weeks",
    }
    assert owner.post("/settings/choices", {"pain_since": "always"}).status_code == 400


def test_how_long_is_asked_beside_an_import_too(owner, site):
    """A diary that a file made a year long is as new; after a week of own check-ins nobody is asked again."""
    old = CheckIn(moment=utc_now() - timedelta(days=20), pain=PainRating(3), source="t.csv")
    site.store.diary(OWNER).add(Records((old,)), source="t.csv", now=utc_now())
    asked = [
        "How long has your back hurt?" in owner.post("/check-in", {"pain": "3", **day}).text
        for day in ({}, {"day": str(lived_today() - timedelta(days=8))}, {"pain": "4"})
    ]
    assert asked == [True, False, False]


def test_much_pain_before_a_run_says_do_not_run(owner, at_hour):
    """As in the morning, the warning and the way to help stand on Today and on the plan."""
    at_hour(12)
    owner.post("/check-in", {"pain": "2"})
    page = owner.post("/pain-before", {"pain": "8"}).text
    assert "Your back pain is 8 today." in page
    assert "Do not run while your pain is 7 or more, nor on the next day." in page
    assert "Your back pain is 8 today." in owner.get("/plan").text
    assert "Your back pain is" not in owner.post("/pain-before", {"pain": "2"}).text
