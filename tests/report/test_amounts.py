"""Numbers as a person writes them."""

import math
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.report.amounts import days_ahead, number, of_100, percent, points, short_date, signed, span
from backstride.report.language import LANGUAGES, speaking


@given(st.floats(-1e6, 1e6), st.integers(0, 3))
def test_nothing_is_signed_that_rounds_to_nothing(value, decimals):
    """There is no minus zero."""
    written = signed(value, decimals=decimals)
    assert any(digit in written for digit in "123456789") or written.strip("0.") == ""


@pytest.mark.parametrize(
    ("interval", "told"),
    [
        ((-1.42, -0.18), "between 0.2 and 1.4 less"),
        ((0.2, 1.0), "between 0.2 and 1 more"),
        ((-0.9, 0.4), "between 0.9 less and 0.4 more"),
        ((-0.9, 0.01), "between 0 and 0.9 less"),
        ((-2.02, -1.98), "close to 2 less"),
    ],
)
def test_a_range_says_which_way(interval, told):
    """Less, more, or from one to the other."""
    assert span(interval) == told


def test_a_point_is_one_point():
    """One is told in the singular, after rounding."""
    assert [points(value) for value in (1.02, -1.0, 0.8)] == ["1 point", "1 point", "0.8 points"]


def test_nearly_all_is_not_all():
    """No chance is rounded to certainty."""
    assert [percent(p) for p in (0.0, 0.001, 0.4, 0.999, 1.0)] == [
        "0%",
        "under 1%",
        "40%",
        "over 99%",
        "100%",
    ]
    assert of_100(0.001) == "under 1 of 100"


def test_what_is_unknown_is_called_so():
    """Not a number is a word."""
    assert {number(math.nan), signed(math.nan), percent(math.nan), of_100(math.nan)} == {"unknown"}


def test_from_three_weeks_on_days_are_told_in_weeks():
    """A person counts weeks."""
    assert [days_ahead(days) for days in (1, 20, 21, 47)] == ["1 day", "20 days", "3 weeks", "7 weeks"]


def test_a_short_day_takes_the_full_stop_of_its_sentence():
    """In no language and no month does one end with a point of its own."""
    for code in LANGUAGES:
        with speaking(code):
            assert not [m for m in range(1, 13) if short_date(date(2026, m, 3)).endswith(".")]
