"""Times know their zone and compare as instants."""

from datetime import UTC, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest

from backstride.core.check_in import CheckIn, with_day_start
from backstride.core.datetimes import checked_moment, to_fixed_offset
from backstride.core.measurement import Measurement, MeasurementKind
from backstride.core.run import Run
from backstride.errors import BadValue

BERLIN = ZoneInfo("Europe/Berlin")


def test_time_without_zone_is_refused():
    """Seven o'clock where?"""
    with pytest.raises(BadValue, match="has no zone"):
        checked_moment(datetime(2026, 5, 1, 7), what="a run")  # noqa: DTZ001


@pytest.mark.parametrize(
    "moment",
    [
        datetime(1989, 12, 31, 23, tzinfo=UTC),
        datetime(2100, 1, 1, tzinfo=UTC),
        datetime.min.replace(tzinfo=timezone(timedelta(hours=14))),
        datetime.max.replace(tzinfo=timezone(timedelta(hours=-12))),
    ],
)
def test_unbelievable_year_is_refused(moment):
    """A watch with an empty battery believes it is 1989."""
    with pytest.raises(BadValue, match="between 1990 and 2099"):
        checked_moment(moment, what="a run")


def test_pinned_moment_is_the_same_instant_on_the_same_clock():
    """Pinning takes the zone's name away, not its offset."""
    winter_time = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    assert to_fixed_offset(winter_time).isoformat() == "2026-10-25T02:30:00+01:00"


def test_every_record_pins_its_moment():
    """Check-ins, runs and measurements of one instant are equal whatever their zone was called."""
    moment = datetime(2026, 10, 25, 2, 30, tzinfo=BERLIN, fold=1)
    fixed = datetime(2026, 10, 25, 2, 30, tzinfo=timezone(timedelta(hours=1)))
    kind = MeasurementKind.WEIGHT
    assert CheckIn(moment=moment) == CheckIn(moment=fixed)
    assert Run(start=moment, moving_s=60) == Run(start=fixed, moving_s=60)
    assert Measurement(moment=moment, kind=kind, value=70) == Measurement(moment=fixed, kind=kind, value=70)


def test_run_through_a_change_of_clocks_ends_when_it_ended():
    """Two hours from 01:30 on the night in spring end at 04:30 summer time."""
    start = datetime(2026, 3, 29, 1, 30, tzinfo=BERLIN)
    end = Run(start=start, moving_s=7200).end
    assert end == datetime(2026, 3, 29, 4, 30, tzinfo=BERLIN).astimezone(UTC)


@pytest.mark.parametrize(
    ("clock", "day_starts_h", "day"),
    [
        ("00:00", 3, 30),
        ("02:59", 3, 30),
        ("03:00", 3, 1),
        ("04:30", 5, 30),
        ("05:00", 5, 1),
        ("00:00", 0, 1),
        ("11:59", 12, 30),
        ("12:00", 12, 1),
    ],
)
def test_a_check_in_belongs_to_the_evening_before_until_the_persons_own_hour(clock, day_starts_h, day):
    """Told on the first of May at this time: the thirtieth of April or the first, by the hour that was chosen."""
    told = CheckIn(moment=datetime.fromisoformat(f"2026-05-01T{clock}+02:00"))
    placed = with_day_start(told, day_starts_h)
    assert (placed.local_day.day, placed.is_after_midnight) == (day, day == 30)
    assert with_day_start(placed, 3) == told


@pytest.mark.parametrize("hour", [-1, 13, 24])
def test_a_day_that_starts_at_no_hour_is_refused(hour):
    """In the afternoon it is too late for the evening before."""
    with pytest.raises(BadValue, match="cannot start"):
        CheckIn(moment=datetime(2026, 5, 1, 7, tzinfo=UTC), day_starts_h=hour)


@pytest.mark.parametrize(("zone", "day"), [("Europe/Berlin", 29), ("America/New_York", 8)])
def test_three_at_night_is_by_the_clock_on_the_wall_when_clocks_change(zone, day):
    """In the night in which an hour is missing, five past three is the new day, and five to two the evening."""
    for clock, lived in (("01:55", day - 1), ("03:05", day)):
        moment = datetime.fromisoformat(f"2026-03-{day:02}T{clock}").replace(tzinfo=ZoneInfo(zone))
        assert CheckIn(moment=moment).local_day.day == lived
