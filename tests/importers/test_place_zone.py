"""Where a recording has positions and states no zone, the place tells it, or the sun at least."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from tests.importers.test_gpx import gpx, segment

from backstride.importers import place_zone
from backstride.importers.tracks.gpx import GPX
from backstride.importers.tracks.tcx import TCX
from backstride.importers.vendors.app_records import at_text

BERLIN = ZoneInfo("Europe/Berlin")
SUMMER = datetime(2026, 5, 2, 1, 30, tzinfo=UTC)


class Everywhere:
    """A finder for whom every place lies in one zone."""

    def __init__(self, name: str) -> None:
        """Its name."""
        self.name = name

    def timezone_at(self, **_: float) -> str:
        """The zone."""
        return self.name


def far_away(longitude: float = -120.0) -> bytes:
    """Half an hour in the Pacific, at 01:30 UTC."""
    clocks = [(s, f"2026-05-02T01:{30 + s // 60:02d}:{s % 60:02d}Z") for s in range(0, 1500, 20)]
    points = [
        f'<trkpt lat="{30 + s / 5e5:.6f}" lon="{longitude}"><time>{clock}</time></trkpt>'
        for s, clock in clocks
    ]
    return gpx(segment(*points))


def test_the_zone_is_that_of_the_place_where_it_is_known(monkeypatch):
    """The run was on the first of May, at half past six in the evening."""
    monkeypatch.setattr(place_zone, "finder", lambda: Everywhere("America/Los_Angeles"))
    (run,) = GPX.read(far_away(), name="a.gpx", zone=BERLIN).records.runs
    assert (run.start.isoformat(), run.zone_source) == ("2026-05-01T18:30:00-07:00", "position")


def test_without_knowledge_of_places_the_sun_tells_that_the_day_may_be_wrong(monkeypatch):
    """The note names the hours and the day."""
    monkeypatch.setattr(place_zone, "finder", lambda: None)
    result = GPX.read(far_away(), name="a.gpx", zone=BERLIN)
    assert result.records.runs[0].zone_source == "assumed"
    assert "10 hours of sun west" in " ".join(result.notes)
    assert "its day is 2026-05-01" in " ".join(result.notes)


@pytest.mark.parametrize("longitude", [-8.0, 13.4, 23.0])
def test_the_sun_says_nothing_near_home(monkeypatch, longitude):
    """Clocks of zones go some hours before and behind the sun: Berlin's are those of Spain."""
    monkeypatch.setattr(place_zone, "finder", lambda: None)
    assert "sun" not in " ".join(GPX.read(far_away(longitude), name="a.gpx", zone=BERLIN).notes)


@pytest.mark.parametrize(("text", "iso"), [
    ("2026-05-02T08:00:00+01:00", "2026-05-02T09:00:00+02:00"),
    ("2026-01-02T08:00:00+01:00", "2026-01-02T08:00:00+01:00"),
    ("2026-05-02T08:00:00+03:00", "2026-05-02T08:00:00+03:00"),
])  # fmt: skip
def test_the_winter_offset_of_ones_own_zone_in_summer_is_that_zone(text, iso):
    """Some sites write the offset of winter all the year."""
    assert at_text(text, zone=BERLIN)[0].isoformat() == iso


def test_a_tcx_with_the_winter_offset_in_summer_is_told_in_summer_time(monkeypatch):
    """As its place has it."""
    monkeypatch.setattr(place_zone, "finder", lambda: None)
    content = (
        '<TrainingCenterDatabase><Activities><Activity Sport="Running"><Id>2026-05-02T08:00:00+01:00</Id>'
        '<Lap StartTime="2026-05-02T08:00:00+01:00"><TotalTimeSeconds>60</TotalTimeSeconds><Track>'
        "<Trackpoint><Time>2026-05-02T08:00:00+01:00</Time></Trackpoint>"
        "<Trackpoint><Time>2026-05-02T08:01:00+01:00</Time></Trackpoint>"
        "</Track></Lap></Activity></Activities></TrainingCenterDatabase>"
    )
    (run,) = TCX.read(content.encode(), name="a.tcx", zone=BERLIN).records.runs
    assert run.start.isoformat() == "2026-05-02T09:00:00+02:00"
