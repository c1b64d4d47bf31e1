"""Dates, numbers and sentences as each language writes them."""

from datetime import date

import pytest

from backstride.report.amounts import day_month, long_date, number, short_date, signed, weekday
from backstride.report.language import _, catalogue, language, plural, speaking

DAY = date(2026, 3, 4)


@pytest.mark.parametrize(
    ("code", "told"),
    [
        ("en", ("4 March 2026", "4 March", "4 Mar", "Wednesday", "1,234.5", "\N{MINUS SIGN}0.5")),
        ("de", ("4. März 2026", "4. März", "4. März", "Mittwoch", "1.234,5", "\N{MINUS SIGN}0,5")),
    ],
)
def test_dates_and_numbers(code, told):
    """As they are written where the language is spoken."""
    with speaking(code):
        written = (
            long_date(DAY),
            day_month(DAY),
            short_date(DAY),
            weekday(DAY),
            number(1234.5),
            signed(-0.5),
        )
    assert written == told


def test_a_language_ends_with_its_block():
    """Also within another one, and also where the block fails."""
    with speaking("de"):
        with pytest.raises(ZeroDivisionError), speaking("en"):
            raise ZeroDivisionError(language())
        assert language() == "de"
    assert language() == "en"


def test_what_is_not_translated_is_said_in_english():
    """A sentence that no catalogue has, and nothing at all."""
    with speaking("de"):
        assert (_("No such sentence."), _("")) == ("No such sentence.", "")
    with speaking("tlh"):
        assert _("Today") == "Today"


@pytest.mark.parametrize(("count", "told"), [(0, "{n} Tage"), (1, "{n} Tag"), (2, "{n} Tage")])
def test_plurals_follow_the_language(count, told):
    """One day, and all other counts."""
    with speaking("de"):
        assert plural(count, "{n} day", "{n} days") == told


def test_a_catalogue_is_read_once():
    """Compiled at first use, and kept."""
    assert catalogue("de") is catalogue("de")
