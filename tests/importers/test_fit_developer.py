"""What apps on the watch add to FIT messages."""

import struct
from zoneinfo import ZoneInfo

import pytest

from backstride.importers.fit.reader import FIT
from backstride.testing.fit_file import message, sealed

NOON = 1_100_000_000
SESSION = 18


def described(name, *, unit="", stands_for=255, base=0x88, number=0):
    """The message in which an app describes its field."""
    texts = [(3, name.encode()[:15].ljust(16, b"\0")), (8, unit.encode()[:7].ljust(8, b"\0"))]
    fields = [(0, 1, 2), (1, 1, 2), (2, 1, 2), (14, 2, 0x84), (15, 1, 2), (3, 16, 7), (8, 8, 7)]
    head = struct.pack("<BBBHB", 0x41, 0, 0, 206, len(fields)) + b"".join(map(bytes, fields))
    row = bytes([1, 0, number, base]) + struct.pack("<HB", SESSION, stands_for)
    return head + row + b"".join(text for _, text in texts)


def run_with(value, *, native=b"", native_fields=(), description):
    """The run of a session to which an app added a float."""
    fields = [(2, 4, 0x86), (8, 4, 0x86), (5, 1, 0), *native_fields]
    head = struct.pack("<BBBHB", 0x60, 0, 0, SESSION, len(fields)) + b"".join(map(bytes, fields))
    row = b"\0" + struct.pack("<IIB", NOON, 600_000, 1) + native + struct.pack("<f", value)
    content = sealed(description + head + bytes([1, 0, 4, 0]) + row)
    (run,) = FIT.read(content, name="a.fit", zone=ZoneInfo("Europe/Berlin")).records.runs
    return run


@pytest.mark.parametrize(("unit", "metres"), [("m", 3.5), ("km", 3500.0), ("", 3.5)])
def test_an_apps_distance_counts_where_the_watch_has_none(unit, metres):
    """A foot pod's app names the known field for which its own stands."""
    description = described("total_distance", unit=unit, stands_for=9)
    assert run_with(3.5, description=description).distance_m == pytest.approx(metres)


def test_the_watchs_own_distance_comes_first():
    """What the watch showed is what the person knows."""
    native = {"native": struct.pack("<I", 200_000), "native_fields": [(9, 4, 0x86)]}
    description = described("total_distance", unit="m", stands_for=9)
    assert run_with(3500.0, description=description, **native).distance_m == 2000


@pytest.mark.parametrize(
    ("name", "value", "rpe"),
    [("RPE", 4, 4.0), ("perceived_exert", 4, None), ("RPE estimated", 4, None),
     ("RPE", 0, None), ("RPE", 11, None), ("RPE", float("nan"), None), ("RPE", float("inf"), None)],
)  # fmt: skip
def test_exertion_that_an_app_asked_for_is_kept(name, value, rpe):
    """Estimates of the watch, and what lies off the scale, are no rating of the runner's."""
    assert run_with(value, description=described(name)).rpe == rpe


@pytest.mark.parametrize(("face", "feel"), [(0, None), (1, 0.0), (3, 5.0), (5, 10.0), (6, None)])
def test_the_five_faces_of_suunto_become_feel(face, feel):
    """Poor is 0, excellent is 10."""
    assert run_with(face, description=described("feeling")).feel_0_10 == feel


@pytest.mark.parametrize("name", ["thingys", "RPE"])
def test_a_field_of_no_known_type_is_left_out(name):
    """An unknown base type has no numbers."""
    assert run_with(4, description=described(name, base=0x1F)).rpe is None


def test_a_description_cut_short_harms_nobody():
    """A message that describes no field is passed over."""
    assert run_with(4, description=message(206, [(0, "uint8", 0)])).rpe is None
