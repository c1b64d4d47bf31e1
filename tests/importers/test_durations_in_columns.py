"""Durations in the wrong column, or as a spreadsheet rewrites them: read for what they are, or asked."""

import pytest
from tests.importers.test_own_tables import minutes, read

from backstride.errors import BadTable

DAYS = ("2026-05-01 18:10", "2026-05-03 18:10", "2026-05-05 18:10", "2026-05-07 18:10")


def table(head: str, *cells: str) -> str:
    """A run on each other day."""
    return "\n".join([f"start,{head}", *map(",".join, zip(DAYS, cells, strict=False))])


@pytest.mark.parametrize("head", ["min,km", "Dauer,Strecke", "duration,distance", "moving_min,distance_km"])
@pytest.mark.parametrize(
    "cells", [("5.2,30", "8,46", "10.1,61"), ("5,30", "6,40", "5,28"), ("2,14", "1.5,12", "2,15")]
)
def test_minutes_and_kilometres_changed_over_are_refused(head, cells):
    """Five kilometres in half an hour are likelier than thirty kilometres in five hours, each time."""
    with pytest.raises(BadTable, match="changed over"):
        read(table(head, *cells))


def test_a_heading_of_minutes_never_becomes_hours():
    """0.5 for 5 km fits as hours, and the heading says otherwise."""
    with pytest.raises(BadTable, match="They would fit as hours"):
        read(table("min,km", "0.5,5", "0.75,8"))


def test_one_row_that_is_changed_over_is_left_out():
    """Neither 5.2 minutes for 30 km nor five hours."""
    text = table("duration,km", "30,5", "5.2,30", "45,8")
    assert minutes(text) == [30.0, 45.0]
    assert "changed over" in read(text).skipped[0].why


@pytest.mark.parametrize(
    ("head", "cells", "told"),
    [
        ("duration", ["32:10:00", "45:00:00", "7:45:00", "28:30:00"], [32.2, 45.0, 7.8, 28.5]),
        ("duration", ["9:30:00", "12:00:00", "6:15:00"], [9.5, 12.0, 6.2]),
        ("duration,km", ["32:10:00,5.8", "7:45:00,1.3", "4:10:00,0.7"], [32.2, 7.8, 4.2]),
        ("duration,km", ["32:10:00,5.8", "45:00:00,8", "1:05:00,10"], [32.2, 45.0, 65.0]),
        ("duration,km", ["0:32:10,5.8", "4:10:00,0.7"], [32.2, 4.2]),
    ],
)
def test_a_column_of_a_spreadsheet_has_one_reading(head, cells, told):
    """32:10 typed into a spreadsheet becomes 32:10:00; a distance says where a cell is hours all the same."""
    assert minutes(table(head, *cells)) == told


@pytest.mark.parametrize("cells", [["32:10:00", "45:00:00", "3:15:00"], ["32:10:00", "0:45:30", "7:45:00"]])
def test_hours_or_minutes_without_a_distance_are_asked(cells):
    """Beside cells that can only be minutes and seconds nobody knows what 3:15:00 is."""
    assert "can be hours and minutes" in " ".join(one.why for one in read(table("duration", *cells)).skipped)
