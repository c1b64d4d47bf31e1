"""The greeting of Today."""

import pytest

from backstride.report.greeting import greeting
from backstride.report.language import speaking


@pytest.mark.parametrize(
    ("hour", "day_starts_h", "said"),
    [
        (0, 3, "Good evening"),
        (2, 3, "Good evening"),
        (3, 3, "Good morning"),
        (0, 0, "Good morning"),
        (11, 3, "Good morning"),
        (12, 3, "Good afternoon"),
        (17, 3, "Good afternoon"),
        (18, 3, "Good evening"),
        (23, 3, "Good evening"),
    ],
)
def test_it_goes_by_the_hour(hour, day_starts_h, said):
    """Morning, afternoon or evening; after midnight it is still the evening, until the person's day starts."""
    assert greeting(hour, day_starts_h=day_starts_h) == said


def test_it_is_in_the_reader_s_language():
    """German has its own."""
    with speaking("de"):
        assert greeting(15, day_starts_h=3) == "Guten Tag"
