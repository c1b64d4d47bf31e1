"""Drives, forgotten stops and silent pauses: cut out in the same way in every format."""

import pytest
from tests.importers.test_fit import NOON
from tests.importers.test_fit import read as read_fit
from tests.importers.test_fit import session as fit_session
from tests.importers.test_gpx import STEP_M, gpx, segment
from tests.importers.test_gpx import point as gpx_point
from tests.importers.test_gpx import read as read_gpx
from tests.importers.test_tcx import activity, clock, lap, tcx
from tests.importers.test_tcx import read as read_tcx

from backstride.errors import BrokenFile
from backstride.testing.fit_file import message, sealed

EVERY_S = 10
RUN, STAND, DRIVE = 2.8, 0.0, 13.0
"""Metres a second."""


def way(*parts: tuple[int, float]) -> list[tuple[int, float]]:
    """Seconds and metres of points each ten seconds; of each part how long it lasts and how fast it is."""
    points, second, metres = [(0, 0.0)], 0, 0.0
    for lasts, speed in parts:
        for _ in range(lasts // EVERY_S):
            second, metres = second + EVERY_S, metres + speed * EVERY_S
            points.append((second, metres))
    return points


def as_gpx(points):
    """The way in GPX, which states no totals."""
    inside = segment(*(gpx_point(second, north=metres / STEP_M) for second, metres in points))
    return read_gpx(gpx("<type>running</type>" + inside))


def as_tcx(points):
    """The way in TCX, whose lap counts everything."""
    track = "".join(
        f"<Trackpoint><Time>{clock(second)}</Time><Position><LatitudeDegrees>{47 + metres / STEP_M * 1e-4:.7f}"
        "</LatitudeDegrees><LongitudeDegrees>8.5</LongitudeDegrees></Position></Trackpoint>"
        for second, metres in points
    )
    return read_tcx(tcx(activity(lap(0, track, seconds=points[-1][0], metres=points[-1][1]))))


def as_fit(points):
    """The way in FIT, whose timer was never stopped."""
    to_semicircles = 2**31 / 180
    records = b"".join(
        message(
            20,
            [
                (253, "uint32", NOON + second),
                (0, "sint32", round((47 + metres / STEP_M * 1e-4) * to_semicircles)),
                (1, "sint32", round(8.5 * to_semicircles)),
            ],
        )
        for second, metres in points
    )
    lasted, metres = points[-1]
    totals = {"start": NOON, "elapsed": lasted * 1000, "timer": lasted * 1000, "sport": 1, "sub_sport": 0}
    return read_fit(sealed(records + fit_session(**totals, distance=round(metres * 100))))


LIGHTS = ((40, 12.0), (40, STAND)) * 20
IN_EVERY_FORMAT = pytest.mark.parametrize("written", [as_gpx, as_tcx, as_fit])


@IN_EVERY_FORMAT
@pytest.mark.parametrize(
    ("parts", "ran_s", "metres"),
    [
        (((1800, RUN), (900, DRIVE)), 1800, 5040),
        (((1800, RUN), *LIGHTS), 1800, 5040),
        (((900, DRIVE), (1800, RUN)), 1800, 5040),
        (((1200, RUN), (900, DRIVE), (1200, RUN)), 2400, 6720),
    ],
    ids=["home", "home through traffic lights", "there", "between two runs"],
)
def test_a_drive_is_cut_out_and_said(written, parts, ran_s, metres):
    """Wherever in the recording it lies."""
    result = written(way(*parts))
    (run,) = result.records.runs
    assert run.moving_s == pytest.approx(ran_s, abs=60)
    assert run.distance_m == pytest.approx(metres, rel=0.05)
    assert "as in a car" in " ".join(result.notes)


@IN_EVERY_FORMAT
def test_a_forgotten_stop_is_no_running(written):
    """Half an hour of running, then an hour at one place."""
    (run,) = written(way((1800, RUN), (3600, STAND))).records.runs
    assert run.moving_s == pytest.approx(1800, abs=60)


@IN_EVERY_FORMAT
def test_a_steady_run_is_left_as_it_is(written):
    """Nothing is cut, and nothing is said of it."""
    result = written(way((3600, 3.5)))
    (run,) = result.records.runs
    assert (run.moving_s, run.distance_m) == (3600, pytest.approx(12_600, rel=0.01))
    assert "cut off" not in " ".join(result.notes)


@pytest.mark.parametrize("away_m", [300.0, 18_000.0])
def test_a_long_silence_is_a_pause_wherever_it_ended(away_m):
    """Half an hour without a point, by train or on foot: neither its time nor its way is the run's."""
    first = way((1200, RUN))
    second = [(s + 3000, metres + 3360 + away_m) for s, metres in way((1200, RUN))]
    (run,) = as_gpx([*first, *second]).records.runs
    assert (run.moving_s, run.distance_m) == (pytest.approx(2400, abs=30), pytest.approx(6720, rel=0.02))


@pytest.mark.parametrize("written", [as_tcx, as_fit])
def test_a_false_start_is_no_run(written):
    """Stopped after five seconds: it is refused for what it is."""
    with pytest.raises(BrokenFile, match="started and stopped again"):
        written([(0, 0.0), (5, 4.0)])
