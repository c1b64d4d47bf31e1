"""What Trends says of four weeks of which little is known, and its year on a phone."""

from datetime import date, timedelta

import pytest

from backstride.answer.answer import DayPoint
from backstride.diary.periods import Period
from backstride.report.drawing import NARROW
from backstride.report.trend_words import compared_sentence, running_sentence
from backstride.report.year_chart import year_calendar

FIRST = date(2026, 5, 1)


def four_weeks(pains: int, minutes: float = 0.0, *, is_before_diary: bool = False) -> Period:
    """Four weeks with so many mornings of pain 4."""
    last = FIRST + timedelta(days=27)
    return Period(FIRST, last, (4.0,) * pains, minutes, 0.0, 0, 0, {}, is_before_diary=is_before_diary)


def test_weeks_before_the_diary_are_no_minutes_of_running():
    """They are not named: nothing is known of them."""
    before = four_weeks(0, is_before_diary=True)
    assert running_sentence(four_weeks(9, 60.0), before) == "Running: 60 minutes in the last four weeks."
    assert "0 minutes in the four weeks before" in running_sentence(four_weeks(9, 60.0), four_weeks(9))


def test_a_mean_of_few_mornings_says_of_how_many():
    """Below half of the days their number is beside it."""
    assert compared_sentence(four_weeks(6), four_weeks(0)).endswith("was 4 (6 mornings).")
    assert compared_sentence(four_weeks(14), four_weeks(0)).endswith("was 4.")


@pytest.mark.parametrize("year", range(2023, 2030))
def test_half_a_year_on_a_phone_has_no_empty_half(year):
    """A diary from July on is drawn from July on, in one row that holds all of it, whatever its weekdays."""
    days = [date(year, 7, 1) + timedelta(days=n) for n in range(184)]
    points = [DayPoint(day, 3.0, 0.0, None) for day in days]
    late = year_calendar(points, year, width=NARROW, name="year")
    whole = year_calendar(
        [DayPoint(date(year, 1, 1), 3.0, 0.0, None), *points], year, width=NARROW, name="year"
    )
    assert late.height < 0.6 * whole.height
    assert "1 Jan" not in late.svg
    assert "1 Jul" in late.svg
