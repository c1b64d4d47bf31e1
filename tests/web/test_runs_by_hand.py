"""Runs without a watch: said in the check-in, typed in, or ticked off in the plan."""

import re
from datetime import timedelta

import pytest

from backstride.diary.schema import OWNER

from .conftest import PAGE
from .days import lived_today


def runs(site):
    """The runs that the diary holds."""
    return site.store.diary(OWNER).records().runs


def yesterday(site):
    """The local day before today."""
    return lived_today() - timedelta(days=1)


@pytest.mark.usefixtures("noon")  # nobody knows which day is yesterday for who tells it after midnight
def test_yes_and_minutes_are_two_taps(owner, site):
    """The day before shows the minutes in the diary, and the form shows them again."""
    owner.post("/check-in", {"pain": "3", "ran_yesterday": "yes", "ran_minutes": "30", "ran_at": "evening"})
    shown = owner.get("/diary").text
    assert '<b class="run">30</b>' in shown
    assert "As you said the next morning." in owner.get(f"/diary/day/{yesterday(site)}").text
    form = owner.get(f"/check-in/{yesterday(site) + timedelta(days=1)}").text
    assert "name=ran_minutes value=30 checked" in form


@pytest.mark.usefixtures("noon")  # nobody knows which day is yesterday for who tells it after midnight
def test_a_run_without_minutes_is_on_its_day(owner, site):
    """A yes alone: the diary says that there was a run, the day asks how long; minutes take its place."""
    owner.post("/check-in", {"pain": "3", "ran_yesterday": "yes"})
    day = f"/diary/day/{yesterday(site)}"
    shown = owner.get(day).text
    assert "How long it was is not known." in shown
    assert f'href="/check-in/{yesterday(site) + timedelta(days=1)}#ran_yesterday">Add the minutes' in shown
    assert "No run or walk recorded." not in shown
    assert f'href="{day}"' in owner.get("/diary").text
    owner.post("/check-in", {"pain": "3", "ran_yesterday": "yes", "ran_minutes": "30"})
    assert "How long it was is not known." not in owner.get(day).text


@pytest.mark.parametrize("ran", ["no", ""])
def test_no_run_is_made_up(owner, site, ran):
    """After a no, and where nothing was said, the day has none."""
    owner.post("/check-in", {"pain": "3", "ran_yesterday": ran})
    assert "<p>No run" in owner.get(f"/diary/day/{yesterday(site)}").text


def test_minutes_are_asked_for_only_after_a_yes(owner):
    """The row stands directly behind the question, where the style sheet shows it after a yes."""
    shown = owner.get("/").text
    block = shown.index('class="if-yes"')
    assert shown.rindex("name=ran_yesterday ", 0, block) < block < shown.index("name=means_to_run ")
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
        ({"minutes": ""}, "length is missing"),
        ({"at": "late"}, "could not be read"),
        ({"minutes": "0"}, "at least a minute"),
        ({"other_minutes": "999"}, "write it as 16:39:00."),
        ({"other_minutes": "5000"}, "5000 minutes is 83 h 20 min."),
        ({"km": "x"}, "could not be read"),
        ({"activity": "swim"}, "not known"),
        ({"other_minutes": "33:20:00"}, "not over yet"),
        ({"on": "1990-05-01"}, "more than ten years ago"),
    ],
)
def test_a_run_that_cannot_be_is_refused_in_a_sentence(owner, site, change, says):
    """Nothing is kept, and the page says what to do."""
    form = {"minutes": "30", "at": "18:30", "activity": "run", **change}
    reply = owner.post(f"/diary/add-run/{yesterday(site)}", form)
    assert (says in reply.text, runs(site)) == (True, ())


def test_another_run_of_the_same_minute_is_asked_back(owner, site):
    """With other minutes it is a slip of the form; the very same one again is the same run."""
    form = {"minutes": "30", "at": "18:30", "activity": "run"}
    assert "Saved." in owner.post(f"/diary/add-run/{yesterday(site)}", form).text
    assert (
        "was added already" in owner.post(f"/diary/add-run/{yesterday(site)}", {**form, "minutes": "40"}).text
    )
    owner.post(f"/diary/add-run/{yesterday(site)}", form)
    assert [run.moving_s for run in runs(site)] == [1800]


def test_a_run_of_tomorrow_is_refused(owner, site):
    """What has not begun is no run."""
    reply = owner.post(
        f"/diary/add-run/{yesterday(site) + timedelta(days=2)}", {"minutes": "30", "at": "18:30"}
    )
    assert ("not begun yet" in reply.text, runs(site)) == (True, ())


@pytest.mark.usefixtures("noon")  # nobody knows which day is yesterday for who tells it after midnight
def test_the_answer_says_which_minutes_are_missing(owner, site):
    """A yes without minutes is named on the page, with a link to where they are typed in."""
    owner.post("/check-in", {"pain": "3", "ran_yesterday": "yes"})
    shown = owner.get("/answer").text
    assert "You said that you ran on 1 day, but not for how long." in shown
    assert f'href="/diary/day/{yesterday(site)}"' in shown
    owner.post(f"/diary/add-run/{yesterday(site)}", {"minutes": "30", "at": "18:30"})
    assert "but not for how long" not in owner.get("/answer").text


@pytest.mark.parametrize(
    ("told", "seconds"), [("25:30", 1530), ("1:05:30", 3930), ("37,5", 2250), (" 40 ", 2400)]
)
def test_minutes_may_be_typed_as_a_watch_shows_them(owner, site, told, seconds):
    """A duration of two parts is minutes and seconds, one of three has hours; a comma is a point."""
    owner.post(f"/diary/add-run/{yesterday(site)}", {"other_minutes": told, "at": "18:30", "activity": "run"})
    assert [run.moving_s for run in runs(site)] == [seconds]


@pytest.mark.parametrize(
    ("change", "says", "field"),
    [
        ({"other_minutes": "1:30"}, "may be hours or minutes", "other_minutes"),
        ({"other_minutes": "1e3"}, "minutes could not be read", "other_minutes"),
        ({"km": "42"}, "Nobody runs 42 km", "km"),
        ({"at": "late"}, "time could not be read", "at"),
        ({"on": "2026-02-30"}, "not a day", "on"),
    ],
)
def test_a_refused_run_keeps_what_was_typed(owner, site, change, says, field):
    """The form comes again as it was filled in, says what was wrong, and points at the field."""
    page = f"/diary/add-run/{yesterday(site)}"
    form = {"other_minutes": "31", "at": "18:30", "activity": "walk", "km": "4.2", **change}
    reply = owner.client.post(
        page,
        data={"mark": owner.mark, **form},
        headers={**PAGE, "referer": f"http://localhost{page}"},
    )
    shown = re.search(f'<input [^>]*name="{field}"[^>]*>', reply.text)[0]
    assert (reply.status_code, runs(site)) == (400, ())
    assert says in reply.text
    assert 'aria-invalid="true"' in shown
    assert f'value="{form.get(field, "")}"' in shown
    assert re.search('value="walk" checked', reply.text)
    assert "<nav class=nav " in reply.text


def test_a_run_can_be_added_to_any_day(owner, site):
    """The form has a date, which counts before the day of its address."""
    day = yesterday(site)
    form = {"minutes": "30", "at": "18:30", "activity": "run", "on": str(day - timedelta(days=9))}
    owner.post(f"/diary/add-run/{day}", form)
    assert [run.local_day for run in runs(site)] == [day - timedelta(days=9)]


def test_a_second_run_at_the_same_time_takes_the_place_of_none(owner, site):
    """A run at six and the walk home, typed in with the same rough time: both are there, each as it was told."""
    form = {"at": "18:00", "km": ""}
    owner.post(f"/diary/add-run/{yesterday(site)}", {**form, "minutes": "30", "activity": "run"})
    owner.post(f"/diary/add-run/{yesterday(site)}", {**form, "minutes": "20", "activity": "walk"})
    assert sorted((run.activity.value, run.moving_s / 60) for run in runs(site)) == [
        ("run", 30),
        ("walk", 20),
    ]
    assert all(entry.version == 1 for entry in site.store.diary(OWNER).entries())


def test_a_second_tap_on_save_adds_no_run(owner, site):
    """The same form twice is one run."""
    form = {"at": "18:00", "minutes": "30", "activity": "run"}
    for _ in range(2):
        owner.post(f"/diary/add-run/{yesterday(site)}", form)
    assert len(runs(site)) == 1


def test_a_run_whose_minutes_are_not_known_is_kept_and_can_be_told_later(owner, site):
    """Its day asks how long it was, the answer names the day, and minutes that are told then count."""
    day = yesterday(site)
    owner.post(f"/diary/add-run/{day}", {"at": "18:00", "minutes": "unknown", "activity": "run", "km": "5"})
    assert [(run.moving_s, run.distance_m) for run in runs(site)] == [(None, 5000)]
    shown = owner.get(f"/diary/day/{day}").text
    assert "18:00, run, minutes not known, 5 km" in shown
    form = re.search(r'href="(/diary/run/\d+)">Add the minutes', shown)[1]
    assert f'href="/diary/day/{day}"' in owner.get("/answer").text
    owner.post(form, {"start": f"{day}T18:00:00", "minutes": "", "activity": "run", "km": "5"})
    assert [run.moving_s for run in runs(site)] == [None]
    owner.post(form, {"start": f"{day}T18:00:00", "minutes": "32", "activity": "run", "km": "5"})
    assert [run.moving_s for run in runs(site)] == [1920]
    assert "minutes not known" in owner.get(form).text


def test_minutes_that_were_known_cannot_be_emptied_by_a_slip(owner, site):
    """A run that has minutes keeps them until others are typed."""
    day = yesterday(site)
    owner.post(f"/diary/add-run/{day}", {"at": "18:00", "minutes": "30", "activity": "run"})
    form = re.search(r"/diary/run/\d+", owner.get(f"/diary/day/{day}").text)[0]
    reply = owner.post(form, {"start": f"{day}T18:00:00", "minutes": "", "activity": "run"})
    assert (reply.status_code, [run.moving_s for run in runs(site)]) == (422, [1800])


def test_a_change_of_zone_says_what_becomes_of_runs(owner, site):
    """Those on record keep their days; without any, and where the zone stays, nothing is said."""
    says = "keep the days of the zone before"
    assert says not in owner.post("/settings/choices", {"zone": "Asia/Tokyo"}).text
    owner.post("/settings/choices", {"zone": "Europe/Berlin"})
    owner.post(f"/diary/add-run/{yesterday(site)}", {"minutes": "30", "at": "18:30", "activity": "run"})
    assert says not in owner.post("/settings/choices", {"zone": "Europe/Berlin"}).text
    assert says in owner.post("/settings/choices", {"zone": "Asia/Tokyo"}).text
