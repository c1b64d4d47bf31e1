"""Trends: a diary by weeks, months and years, as pictures with their values, also without a script."""

import html
import json
import re
from datetime import timedelta

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.measurement import Measurement, MeasurementKind
from backstride.core.records import Records
from backstride.core.roland_morris import RolandMorris
from backstride.core.run import Run
from backstride.core.scales import PainRating
from backstride.diary.schema import OWNER
from backstride.report.amounts import long_date

from .days import lived_today, this_morning

DAYS = 430


@pytest.fixture
def year_long(site, owner):
    """The owner, with 430 mornings, a run on every third day, other answers, and a weight now and then."""
    now = this_morning()
    times = [now - timedelta(days=n) for n in range(DAYS)]
    told = tuple(
        CheckIn(moment=at, pain=PainRating(n % 8), sleep=6, stress=n % 5, ran_yesterday=n % 3 == 2)
        for n, at in enumerate(times)
    )
    runs = tuple(Run(start=at + timedelta(minutes=5), moving_s=1800) for at in times[3::3])
    weights = tuple(
        Measurement(moment=at, kind=MeasurementKind.WEIGHT, value=80 + n) for n, at in enumerate(times[::200])
    )
    site.store.diary(OWNER).add(Records(told, runs, weights), source="watch", now=now)
    return owner


def values(page: str) -> list[str]:
    """What the first picture says where it is touched."""
    return json.loads(html.unescape(re.search(r'data-said="([^"]*)"', page)[1]))


@pytest.mark.parametrize(("view", "least", "most"), [("weeks", 16, 16), ("months", 15, 16), ("all", 15, 16)])
def test_each_view_says_the_value_of_each_period(year_long, view, least, most):
    """Sixteen weeks, or every month; of each the mean, the range and the minutes."""
    said = values(year_long.get(f"/trends?view={view}").text)
    assert least <= len(said) <= most
    # of eight values in turn a week lacks one: the least or the most, where today is a Monday or a Tuesday
    assert re.fullmatch(r".+: pain [\d.]+, from [01] to [67]; running (at least )?\d+ minutes?", said[-3])


def test_every_value_is_there_without_a_script(year_long):
    """Behind the pictures stand tables: one of weeks, and one of each measurement."""
    page = year_long.get("/trends").text
    assert page.count("<table>") == 2
    assert page.count('<th scope="row">Week of ') == 16
    assert "80 kg" in page


def test_what_was_not_answered_is_not_drawn(year_long):
    """Sleep and stress have a picture each; mood and tightness, never told, have none."""
    headings = re.findall(r"<h3>([^<]+)</h3>", year_long.get("/trends").text)
    assert headings == ["Sleep", "Stress", "Weight"]


@pytest.mark.usefixtures("noon")  # after midnight the calendar is a day ahead of the day that is lived
def test_an_earlier_year_can_be_chosen(year_long):
    """The calendar shows the year that was tapped; a year before the diary shows this one."""
    today = lived_today()
    assert f"The year {today.year - 1}" in year_long.get(f"/trends?year={today.year - 1}").text
    assert f"The year {today.year}" in year_long.get("/trends?year=1990").text


def test_trends_are_light(year_long):
    """The page and all that it asks for are at most 120 kB, unpacked; our script is under 1 kB."""
    year_long.client.headers["accept-encoding"] = "identity"
    assert 20_000 < year_long.weight("/trends?view=all") <= 120_000
    assert len(year_long.get("/static/trends.js").content) < 1000


def test_an_empty_diary_has_a_way_on(owner):
    """Nothing is drawn, and the page leads to the check-in and to the example."""
    page = owner.get("/trends").text
    assert ("Nothing to show yet." in page, "<svg" in page.partition("<main")[2], 'href="/"' in page) == (
        True,
        False,
        True,
    )


def test_today_gives_the_last_days_back(year_long):
    """Once the check-in is saved: fourteen days, the last seven beside the seven before, and the way to Trends."""
    page = year_long.get("/").text
    assert page.partition("<main")[2].count("<svg") == 1
    rows = dict(re.findall(r'<tr><th scope="row">([^<]+)</th><td>([^<]+)</td><td>[^<]+</td></tr>', page))
    assert rows == {"Morning pain": "3", "Running": "60 minutes"}
    assert 'href="/trends"' in page


def test_the_first_morning_stands_at_the_end_of_fourteen_days(owner):
    """So that the picture has its legend's grey, and room for the days to come, from the first day on."""
    shown = owner.post("/check-in", {"pain": "3"}).text
    first = long_date(lived_today() - timedelta(days=13))
    assert f"from {first} to {long_date(lived_today())}." in shown


def test_a_reach_below_zero_keeps_its_sign(owner, site):
    """On the axis and in the table: five centimetres short of the toes is not five past them."""
    now = this_morning()
    reaches = tuple(
        Measurement(moment=now - timedelta(days=n), kind=MeasurementKind.HAMSTRING_REACH, value=value)
        for n, value in ((20, -5.0), (10, -3.0), (1, -1.0))
    )
    mornings = tuple(CheckIn(moment=now - timedelta(days=n), pain=PainRating(3)) for n in range(21))
    site.store.diary(OWNER).add(Records(mornings, measurements=reaches), source="test", now=now)
    shown = owner.get("/trends").text
    assert re.search(r">\u22125</text>", shown)
    assert "\u22125 cm" in shown


@pytest.mark.usefixtures("noon")  # after midnight the calendar is a day ahead of the day that is lived
def test_signs_in_a_leg_are_an_outcome_of_their_own(site, owner):
    """The share of days with a sign, now and before, of those that tell of the legs; without a word none is shown."""
    now = this_morning()
    assert "Signs in a leg" not in owner.get("/trends").text
    told = tuple(
        CheckIn(moment=now - timedelta(days=n), pain=PainRating(2), leg_pain=5 if n >= 28 and n % 2 else 1)
        for n in range(56)
        if n % 3
    )
    site.store.diary(OWNER).add(Records(told), source="form", now=now)
    page = owner.get("/trends").text
    assert (
        "In the last four weeks you answered about your legs on 18 days, with symptoms on 0 of them." in page
    )
    assert "In the four weeks before it was 10 of 19." in page
    assert "This is not part of your answer" in page


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (12, 7, "5 fewer: a fall that people notice."),
        (10, 7, "3 fewer: a fall that people notice."),
        (12, 9, "3 fewer: less than people notice."),
        (7, 9, "2 more. The source does not say how large a rise people notice."),
        (7, 7, "That is no change."),
    ],
)
def test_the_roland_morris_count_is_shown_with_its_change(site, owner, first, last, said):
    """The first count, the last, and whether people notice a fall of that size: 5, or 30 percent."""
    now = this_morning()
    morning = CheckIn(moment=now, pain=PainRating(2))
    sheets = tuple(
        RolandMorris(time=(now - timedelta(days=n)).replace(microsecond=0), score=score)
        for n, score in ((56, first), (0, last))
    )
    site.store.diary(OWNER).add(Records((morning,), roland_morris=sheets), source="form", now=now)
    page = html.unescape(owner.get("/trends?view=all").text)
    assert f"{first} of 24" in page
    assert said in page
    assert "a fall by 5, or by 30%" in page


@pytest.mark.parametrize(
    ("days", "said"),
    [(8, "Once there are 5 runs after drinks"), (30, "After none, you ran on 15 of 15 days")],
)
def test_the_next_run_after_drinks_stands_beside_that_after_none(site, owner, days, said):
    """From five runs of each kind on; never as a cause, and not at all for whoever reports no drinks."""
    now = this_morning()
    assert "Drinks and the next run" not in owner.get("/trends").text
    told = tuple(
        CheckIn(moment=now - timedelta(days=n), pain=PainRating(2), drinks=n % 2) for n in range(1, days + 1)
    )
    runs = tuple(Run(start=each.moment + timedelta(hours=8), moving_s=1800, distance_m=5000) for each in told)
    site.store.diary(OWNER).add(Records(told, runs), source="form", now=now)
    page = owner.get("/trends").text
    assert said in page
    assert ("differ in more than the drinks" in page) == (days == 30)


def test_a_run_of_unknown_length_is_a_run_everywhere(owner):
    """Said without minutes, two runs stand in the month, in the year and in the sums, with no number made of them."""
    owner.post("/check-in", {"pain": "3"})
    without = owner.get("/trends").text
    for days in (1, 3):
        said = {"pain": "3", "ran_yesterday": "yes", "day": str(lived_today() - timedelta(days=days))}
        owner.post("/check-in", said)
    page = owner.get("/trends").text
    assert "Running: 2 runs, length not known in the last four weeks." in html.unescape(page)
    assert "no run recorded" not in page
    assert page.count("--running") > without.count("--running")
    assert "2 runs, length not known" in owner.get("/").text
    months = [owner.get(f"/diary?until={lived_today() - timedelta(days=n)}").text for n in (2, 4)]
    months = [one.partition("</tbody>")[0] for one in months]
    assert all("How long it was is not known" in one for one in months)
