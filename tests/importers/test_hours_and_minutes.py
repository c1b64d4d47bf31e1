"""1.05 is asked about where it can be an hour and five minutes as well as hours with a fraction."""

from zoneinfo import ZoneInfo

import pytest

from backstride.errors import BadTable
from backstride.importers.tables.tables import TABLES

BERLIN = ZoneInfo("Europe/Berlin")
SAME_PACE = "0.50 8.3/0.45 7.5/1.05 10.8/1.10 11.7"


def minutes_of(rows: str, *, heading: str = "duration", before: str = "") -> list[float | None]:
    """Read durations and kilometres, one run a day."""
    lines = "".join(
        f"2023-05-{n:02d},18:10,{row.replace(' ', ',')}\n" for n, row in enumerate(rows.split("/"), 1)
    )
    text = f"{before}date,start,{heading},km\n{lines}"
    runs = TABLES.read(text.encode(), name="t.csv", zone=BERLIN).records.runs
    return [run.minutes for run in runs]


@pytest.mark.parametrize("heading", ["duration", "hours", "duration (h)"])
def test_hours_with_a_point_are_asked_about(heading):
    """Whatever the heading says, 1.05 can be an hour and five minutes where no fraction is above .59."""
    with pytest.raises(BadTable, match="hours and minutes"):
        minutes_of(SAME_PACE, heading=heading)


@pytest.mark.parametrize(("said", "minutes"), [("h.mm", [50, 45, 65, 70]), ("decimal", [30, 27, 63, 66])])
def test_a_first_line_says_which_they_are(said, minutes):
    """The way out is a line before the headings."""
    found = minutes_of(SAME_PACE, heading="hours", before=f"# hours: {said}\n")
    assert found == pytest.approx(minutes)


@pytest.mark.parametrize("rows", ["0.5 5/1.5 15/1 10", "0.25 2.5/0.5 5/1.25 12.5", "0.53 5.3/0.97 9.7/0.5 5"])
def test_hours_that_can_be_nothing_else_are_read(rows):
    """Halves, quarters and fractions above .59 are parts of an hour."""
    first, *_ = rows.split("/")
    assert minutes_of(rows, heading="hours")[0] == pytest.approx(60 * float(first.split()[0]))
