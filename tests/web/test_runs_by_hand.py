"""Runs without a watch: said in the check-in, typed in, or ticked off in the plan."""

from datetime import timedelta

import pytest

from backstride.actions.clock import this_moment
from backstride.diary.schema import OWNER


def runs(site):
    """The runs that the diary holds."""
    return site.store.diary(OWNER).records().runs


def yesterday(site):
    """The local day before today."""
    return (this_moment().astimezone(site.home) - timedelta(days=1)).date()


def test_yes_and_minutes_are_two_taps(owner, site):
    """The day before shows the minutes in the diary, and the form shows them again."""
    owner.post("/check-in", {"pain": "3", "ran_yesterday": "yes", "ran_minutes": "30", "ran_at": "evening"})
    shown = owner.get("/diary").text
    assert '<b class="run">30</b>' in shown
    assert "As you said the next morning." in owner.get(f"/diary/day/{yesterday(site)}").text
    form = owner.get(f"/check-in/{yesterday(site) + timedelta(days=1)}").text
    assert 'name="ran_minutes" value="30" checked' in form


def test_minutes_are_asked_for_only_after_a_yes(owner):
    """The row stands directly behind the question, where the style sheet shows it after a yes."""
    shown = owner.get("/").text
    block = shown.index('class="if-yes"')
    assert shown.rindex('name="ran_yesterday"', 0, block) < block < shown.index('name="means_to_run"')
    assert "fieldset:has([value=yes]:checked) + .if-yes{display:block}" in owner.get("/static/app.css").text


@pytest.mark.parametrize("page", ["/diary", "/", "/diary/day/{day}"])
def test_a_run_can_be_added_wherever_days_are_seen(owner, site, page):
    """Diary, each day, and Today once the check-in is saved link to the form."""
    owner.post("/check-in", {"pain": "3"})
    today = yesterday(site) + timedelta(days=1)
    path = page.format(day=today)
    assert f'href="/diary/add-run/{today}"' in owner.get(path).text


def test_a_run_that_is_typed_in_is_kept(owner, site):
    """Minutes, a rough time, kilometres with a comma; it says who added it."""
    day = yesterday(site)
    form = {"minutes": "30", "other_minutes": "37", "at": "18:30", "activity": "run", "km": "5,2"}
    reply = owner.post(f"/diary/add-run/{day}", form)
    (run,) = runs(site)
    assert (run.moving_s, run.distance_m, run.start.strftime("%H:%M"), run.local_day) == (
        37 * 60,
        5200,
        "18:30",
        day,
    )
    assert "added by you" in reply.text


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"minutes": ""}, "how long it was"),
        ({"at": "late"}, "cannot be read"),
        ({"minutes": "0"}, "at least a minute"),
        ({"other_minutes": "5000"}, "not possible"),
        ({"km": "x"}, "cannot be read"),
        ({"activity": "swim"}, "not known"),
    ],
)
def test_a_run_that_cannot_be_is_refused_in_a_sentence(owner, site, change, says):
    """Nothing is kept, and the page says what to do."""
    form = {"minutes": "30", "at": "18:30", "activity": "run", **change}
    reply = owner.post(f"/diary/add-run/{yesterday(site)}", form)
    assert (says in reply.text, runs(site)) == (True, ())


def test_a_run_of_tomorrow_is_refused(owner, site):
    """What has not begun is no run."""
    reply = owner.post(
        f"/diary/add-run/{yesterday(site) + timedelta(days=2)}", {"minutes": "30", "at": "18:30"}
    )
    assert ("not begun yet" in reply.text, runs(site)) == (True, ())


def test_the_answer_says_which_minutes_are_missing(owner, site):
    """A yes without minutes is named on the page, with a link to where they are typed in."""
    owner.post("/check-in", {"pain": "3", "ran_yesterday": "yes"})
    shown = owner.get("/answer").text
    assert "You said that you ran on 1 day, but not for how long." in shown
    assert f'href="/diary/add-run/{yesterday(site)}"' in shown
    owner.post(f"/diary/add-run/{yesterday(site)}", {"minutes": "30", "at": "18:30"})
    assert "but not for how long" not in owner.get("/answer").text
