"""Lines of a table that are no records."""

import pytest

from backstride.importers.tables.no_rows import no_row

HEADER = ("date", "minutes", "km")


@pytest.mark.parametrize(
    ("cells", "why"),
    [
        (("Total", "90", "15"), "totals"),
        (("Month total", "90", "15"), "totals"),
        (("Wochensumme", "90", "15"), "totals"),
        (("Week 18", "", ""), "headings of weeks"),
        (("KW 18/2026", "", ""), "headings of weeks"),
        (("Date", "Minutes", "Km"), "repeated headers"),
        (("2026-05-01", "30", "5"), None),
        (("Week 18", "90", "15"), None),  # minutes without a day: asked, not passed over
        (("Monday", "30", "5"), None),
    ],
)
def test_a_line_that_is_no_record_is_passed_over(cells, why):
    """Sums, headings above a week and headers again; a line that may be a session is none of these."""
    assert no_row(cells, HEADER) == why
