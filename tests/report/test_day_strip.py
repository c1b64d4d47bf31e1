"""The day strip: every day in its place, and every gap told."""

import xml.etree.ElementTree as ET
from datetime import date, timedelta

import pytest

from backstride.answer.answer import DayPoint
from backstride.report.day_strip import MAX_DAYS_SHOWN, day_rows, day_strip, shown_days
from backstride.report.drawing import NARROW, WIDE
from backstride.report.months import month_rows


def some_days(count: int) -> tuple[DayPoint, ...]:
    """Every tenth morning unrated, a run on every third day, days drawn from the twentieth on."""
    return tuple(
        DayPoint(
            date(2024, 3, 4) + timedelta(days=n),
            None if n % 10 == 9 else float(n % 11),
            None if 30 <= n < 44 else 20.0 + n % 30 if n % 3 == 0 else 0.0,
            None if n < 20 else n % 3 == 0,
        )
        for n in range(count)
    )


def marks(days: tuple[DayPoint, ...], *, role: str, width: float = NARROW) -> int:
    """How many strokes of a colour are drawn, many of them by one mark."""
    tree = ET.fromstring(day_strip(days, width=width, name="t").svg)
    return sum(m.get("d").count("M") for m in tree if m.get("d") and f"--{role}," in m.get("stroke", ""))


@pytest.mark.parametrize("width", [NARROW, WIDE])
@pytest.mark.parametrize("count", [1, 20, 61, 182, 3650])
def test_each_rating_is_a_dot_and_each_run_a_bar(count, width):
    """Of the days shown, none is lost and none drawn twice."""
    shown = shown_days(some_days(count))
    assert marks(shown, role="pain", width=width) == sum(d.pain is not None for d in shown)
    assert marks(shown, role="running", width=width) == sum(bool(d.run_minutes) for d in shown)


def test_each_drawn_day_has_a_tick():
    """A tick for a run and for a rest alike."""
    days = some_days(61)
    assert marks(days, role="ink") == sum(day.drawn_to_run is not None for day in days)


def test_a_gap_says_so():
    """Two weeks of which nobody knows carry the words."""
    assert "not known" in day_strip(some_days(61), name="t").svg


def test_a_long_diary_shows_its_last_half_year_and_tells_the_rest_by_month():
    """No day is in both, and none in neither."""
    days = some_days(3650)
    older = sum(int(row[1]) for row in month_rows(days))
    rated = sum(day.pain is not None for day in days[:-MAX_DAYS_SHOWN])
    assert (len(shown_days(days)), older) == (MAX_DAYS_SHOWN, rated)


def test_the_table_holds_the_days_as_they_are():
    """Missing stays missing, in words."""
    rows = day_rows(some_days(61))
    assert rows[0] == ("4 Mar", "0", "20", "")
    assert rows[39][1:] == ("no rating", "not known", "run")


def test_an_empty_diary_has_no_strip():
    """Nothing is drawn where there is nothing."""
    assert day_strip((), name="t") is None


@pytest.mark.parametrize("ran", [None, 0.0, 25.0])
def test_today_is_named_and_open_until_there_is_a_run(ran):
    """It is neither rest nor unknown: a dotted box, which a run takes the place of."""
    days = (*some_days(13), DayPoint(date(2024, 3, 17), 3.0, ran, None))
    drawn = day_strip(days, name="t", ends_today=True).svg
    assert ">Today</text>" in drawn
    assert ("stroke-dasharray" in drawn) is (not ran)
    assert "Today" not in day_strip(days, name="t").svg
