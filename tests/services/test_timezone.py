"""The person's own time timezone."""

from datetime import datetime

import pytest

from backstride.errors import BadValue
from backstride.runtime import timezone
from backstride.runtime.timezone import default_timezone
from backstride.services.diary_zone import zone_for_import
from backstride.services.import_files import import_paths


@pytest.fixture
def nowhere(monkeypatch, tmp_path):
    """A machine that names no timezone."""
    monkeypatch.delenv("BACKSTRIDE_ZONE")
    monkeypatch.delenv("TZ", raising=False)
    monkeypatch.setattr(timezone, "_SYSTEM_LINK", tmp_path / "localtime")


def test_what_is_told_wins():
    """A zone that is told stands above the setting."""
    assert default_timezone("America/New_York").zone.key == "America/New_York"


def test_the_setting_is_next():
    """Without words the setting counts."""
    assert default_timezone().zone.key == "Europe/Berlin"


def test_an_unknown_machine_is_utc_and_says_so(nowhere):
    """Where nobody knows the zone it is UTC, and that is told."""
    found = default_timezone()
    assert (found.zone.key, found.known_from) == ("UTC", "nowhere")


def test_tz_names_the_zone(nowhere, monkeypatch):
    """TZ, with or without its colon, names the system's timezone."""
    monkeypatch.setenv("TZ", ":Asia/Tokyo")
    assert default_timezone().zone.key == "Asia/Tokyo"


def test_the_systems_link_names_the_zone(nowhere, tmp_path, monkeypatch):
    """The link of the system's local time names the zone by its target."""
    target = tmp_path / "zoneinfo" / "Europe" / "Oslo"
    target.parent.mkdir(parents=True)
    target.write_bytes(b"")
    (tmp_path / "localtime").symlink_to(target)
    assert default_timezone().zone.key == "Europe/Oslo"


@pytest.mark.parametrize(
    ("rule", "hours"),
    [
        ("CET-1CEST,M3.5.0,M10.5.0/3", (1, 2)),
        ("EST5EDT,M3.2.0,M11.1.0", (-5, -4)),
        ("<+0530>-5:30", (5.5, 5.5)),
    ],
)
def test_a_rule_in_tz_finds_a_zone_that_goes_by_it(nowhere, monkeypatch, rule, hours):
    """Routers and small systems name no place; in winter and in summer their clock is right all the same."""
    monkeypatch.setenv("TZ", rule)
    found = default_timezone()
    days = (datetime(2026, month, 1, tzinfo=found.zone) for month in (1, 7))
    assert (tuple(day.utcoffset().total_seconds() / 3600 for day in days), found.known_from) == (
        hours,
        "system",
    )


def test_a_tz_that_is_not_understood_is_said_so(nowhere, monkeypatch, tmp_path):
    """It was meant to be another zone than that of the system's link, so neither is taken."""
    monkeypatch.setenv("TZ", "CEST")
    (tmp_path / "zoneinfo").mkdir()
    (tmp_path / "zoneinfo" / "UTC").touch()
    (tmp_path / "localtime").symlink_to(tmp_path / "zoneinfo" / "UTC")
    assert default_timezone().known_from == "nowhere"


@pytest.mark.parametrize("name", ["Mars/Olympus", "../../etc/passwd", "Europe", "\x00", "x" * 5000])
def test_names_that_no_zone_has(name):
    """Whatever is no zone is refused with an example."""
    with pytest.raises(BadValue, match="Europe/Berlin"):
        default_timezone(name)


def test_diary_keeps_the_zone_that_was_told_first(tmp_path, monkeypatch):
    """The same table imported again on a machine in UTC tells every run once, at the same time."""
    monkeypatch.delenv("BACKSTRIDE_ZONE", raising=False)
    monkeypatch.setenv("TZ", "UTC")
    diary, table = str(tmp_path / "diary.sqlite"), tmp_path / "runs.csv"
    table.write_text("start,moving_min\n2026-05-01 18:10,30\n2026-05-03 18:10,31\n")
    told = zone_for_import("Europe/Berlin", diary=diary)
    import_paths([table], zone=told.zone, diary=diary, remembers_zone=True)
    again = zone_for_import(None, diary=diary)
    added = import_paths([table], zone=again.zone, diary=diary).added
    assert (again.zone.key, added.new, added.corrected) == ("Europe/Berlin", 0, 0)
