"""Kinds of recordings that say something untrue, or say it in a writing of their own: each is read for what it is."""

import gzip
from zoneinfo import ZoneInfo

import pytest
from tests.importers.test_gpx import STEP_M, gpx, point, segment
from tests.importers.test_gpx import only as only_gpx
from tests.importers.test_gpx import read as read_gpx

from backstride.core.run import Activity
from backstride.importers.packing import unpacked
from backstride.importers.tables.tables import TABLES
from backstride.importers.tracks.kml import KML
from backstride.importers.tracks.tcx import TCX
from backstride.importers.vendors.log_xml import FITLOG, PWX, SML

BERLIN = ZoneInfo("Europe/Berlin")
RUNNING = range(901)


def waiting(every: int) -> bytes:
    """Fifteen minutes of running, ten of waiting, fifteen of running; a point each `every` seconds."""
    norths = [*(s / 5 for s in RUNNING), *[180.0] * 600, *(180 + s / 5 for s in RUNNING[1:])]
    return gpx(segment(*(point(s, north=norths[s]) for s in range(0, len(norths), every))))


@pytest.mark.parametrize("every", [1, 3, 10, 40])
def test_standing_is_no_moving_at_any_interval(every):
    """Ten minutes at one place, with the recorder running."""
    run = only_gpx(waiting(every))
    assert run.moving_s == pytest.approx(1800, abs=45)
    assert run.elapsed_s == pytest.approx(2400, abs=40)


def test_a_slow_walk_is_no_standing():
    """Half a metre a second, up a steep hill."""
    assert only_gpx(gpx(segment(*(point(s, north=s / 20) for s in range(0, 1201, 5))))).moving_s == 1200.0


def test_the_drive_home_is_cut_off_and_said():
    """Twenty minutes of running, then ten in a car, by a recorder that was not stopped."""
    norths = [*(s / 4 for s in range(1200)), *(300 + s * 1.3 for s in range(600))]
    result = read_gpx(gpx(segment(*(point(s, north=norths[s]) for s in range(0, 1800, 5)))))
    (run,) = result.records.runs
    assert (run.moving_s, run.activity) == (pytest.approx(1200, abs=60), Activity.RUN)
    assert run.elapsed_s == pytest.approx(1200, abs=60)
    assert "cut off" in " ".join(result.notes)


def test_a_ride_that_ends_downhill_is_not_cut_to_a_run():
    """No car goes so slowly."""
    norths = [*(s / 4 for s in range(1200)), *(300 + s * 0.8 for s in range(600))]
    assert (
        only_gpx(gpx(segment(*(point(s, north=norths[s]) for s in range(0, 1800, 5))))).activity
        is Activity.OTHER
    )


@pytest.mark.parametrize(
    "clock",
    [
        "2026-05-01t07:{m:02d}:{s:02d}z",
        "2026/05/01 07:{m:02d}:{s:02d} GMT",
        "2026-5-1T7:{m}:{s}Z",
        "2026-05-01T07:{m:02d}:{s:02d}:000Z",
        "2026-05-01 07:{m:02d}:{s:02d} UTC",
    ],
)
def test_times_of_gpx_in_other_writings_are_read(clock):
    """As the usual one is."""
    points = [
        f'<trkpt lat="{47 + s * 2e-5:.6f}" lon="8.5"><time>{clock.format(m=s // 60, s=s % 60)}</time></trkpt>'
        for s in range(0, 301, 5)
    ]
    run = only_gpx(gpx(segment(*points)))
    assert (run.start.isoformat(), run.moving_s) == ("2026-05-01T09:00:00+02:00", 300.0)


def test_decimal_commas_are_read():
    """In places, as some programs write them in Germany."""
    content = gpx(segment(*(point(s) for s in range(0, 601, 5)))).decode()
    commas = content.replace('lat="47.', 'lat="47,').replace('lon="8.5"', 'lon="8,5"')
    assert only_gpx(commas.encode()).distance_m == pytest.approx(120 * STEP_M, rel=1e-3)


def test_a_prefix_that_was_never_declared_hides_nothing():
    """The heart rates are read."""
    points = "".join(point(s, hr=140) for s in range(0, 601, 5)).replace("g:", "ns3:")
    assert only_gpx(gpx(segment(points))).heart_rate_mean == 140.0


@pytest.mark.parametrize("creator", ["GraphHopper", "http://brouter.de/brouter-web"])
def test_a_planned_way_with_times_is_told(creator):
    """Its writer plans ways and records none."""
    content = gpx(segment(*(point(s) for s in range(0, 601, 5)))).replace(
        b"<gpx ", f'<gpx creator="{creator}" '.encode()
    )
    assert "plans ways" in " ".join(read_gpx(content).notes)


def test_points_of_1970_leave_the_laps_start():
    """The clock of the points was never set; the lap's was."""
    points = "".join(f"<Trackpoint><Time>1970-01-01T00:{m:02d}:00Z</Time></Trackpoint>" for m in range(30))
    content = (
        '<TrainingCenterDatabase><Activities><Activity Sport="Running"><Lap StartTime="2026-05-01T07:00:00Z">'
        f"<TotalTimeSeconds>1800</TotalTimeSeconds><Track>{points}</Track></Lap></Activity></Activities>"
        "</TrainingCenterDatabase>"
    )
    (run,) = TCX.read(content.encode(), name="a.tcx", zone=BERLIN).records.runs
    assert (run.start.isoformat(), run.moving_s) == ("2026-05-01T09:00:00+02:00", 1800)


def test_a_year_before_watches_had_gps_is_doubted():
    """A count of weeks has run over."""
    assert "clock of the watch" in " ".join(
        read_gpx(gpx(segment(*(point(s) for s in range(0, 601, 5)))).replace(b"2026-", b"2001-")).notes
    )


def test_places_without_a_time_between_timed_ones_count_for_the_way():
    """As they do in a GPX track."""
    marks = "".join(
        "<Placemark>"
        + (f"<TimeStamp><when>2026-05-01T07:{i:02d}:00Z</when></TimeStamp>" if i % 10 == 0 else "")
        + f"<Point><coordinates>{8.5 + 0.001 * (i % 2):.4f},{47 + i * 0.001:.4f}</coordinates></Point></Placemark>"
        for i in range(31)
    )
    content = f'<kml xmlns="http://www.opengis.net/kml/2.2"><Document>{marks}</Document></kml>'.encode()
    (run,) = KML.read(content, name="a.kml", zone=BERLIN).records.runs
    assert run.distance_m > 3400


def test_a_gzip_whose_checksum_alone_is_wrong_gives_every_byte():
    """With a note."""
    whole = bytes(i * i % 251 for i in range(30_000))
    packed = bytearray(gzip.compress(whole))
    packed[-6] ^= 0xFF
    content, notes = unpacked(bytes(packed), name="a.gz")
    assert (content, len(notes)) == (whole, 1)


TRACK = "".join(f'<pt tm="{s}" lat="{47 + s * 2e-5:.6f}" lon="8.5" hr="150"/>' for s in range(0, 1801, 10))
LAPS = "".join(
    f'<Lap StartTime="x" DurationSeconds="900"><Distance TotalMeters="{m}"/></Lap>' for m in (2700, 2600)
)
SAMPLES = "".join(
    f"<sample><timeoffset>{s}</timeoffset><hr>150</hr><dist>{3 * s}</dist></sample>"
    for s in range(0, 1801, 10)
)


@pytest.mark.parametrize(
    ("reader", "content", "seconds", "metres", "beats"),
    [
        (FITLOG, '<FitnessWorkbook><AthleteLog><Activity StartTime="2026-05-01T07:00:00Z"><Category Name="Run"/>'
         f"<Track>{TRACK}</Track></Activity></AthleteLog></FitnessWorkbook>", 1800, 4003, 150),
        (FITLOG, '<FitnessWorkbook><AthleteLog><Activity StartTime="2026-05-01T07:00:00Z"><Category Name="Run"/>'
         f"<Laps>{LAPS}</Laps></Activity></AthleteLog></FitnessWorkbook>", 1800, 5300, None),
        (PWX, "<pwx><workout><sportType>Run</sportType><time>2026-05-01T07:00:00</time><summarydata>"
         f"<duration>1800</duration></summarydata>{SAMPLES}</workout></pwx>", 1800, 5400, 150),
    ],
    ids=["track", "laps", "samples"],
)  # fmt: skip
def test_a_log_without_totals_falls_back_on_laps_then_samples(reader, content, seconds, metres, beats):
    """Duration, distance and heart rate."""
    (run,) = reader.read(content.encode(), name="a.xml", zone=BERLIN).records.runs
    assert (run.moving_s, run.heart_rate_mean) == (seconds, beats)
    assert run.distance_m == pytest.approx(metres, rel=0.001)


def test_two_clocks_of_a_suunto_state_the_zone():
    """The header's time is local, and the samples tell both."""
    content = (
        "<sml><DeviceLog><Header><DateTime>2026-05-01T09:00:00</DateTime><Activity>Running</Activity>"
        "<Duration>1800</Duration></Header><Samples><Sample><UTC>2026-05-01T06:00:00Z</UTC>"
        "<LocalTime>2026-05-01T09:00:00</LocalTime></Sample></Samples></DeviceLog></sml>"
    )
    (run,) = SML.read(content.encode(), name="a.sml", zone=BERLIN).records.runs
    assert (run.start.isoformat(), run.zone_source) == ("2026-05-01T09:00:00+03:00", "stated")


def table(*rows: str, head: str = "start,duration,distance") -> bytes:
    """A person's own table."""
    return "\n".join([head, *rows]).encode()


@pytest.mark.parametrize(
    ("duration", "distance", "told"),
    [("30", "5.2", ""), ("1800", "5.2", "seconds"), ("1800", "5200", "metres"), ("30", "5200", "metres")],
)
def test_seconds_and_metres_are_told_by_the_pace(duration, distance, told):
    """Nobody runs for thirty hours, or at a walking pace of snails."""
    result = TABLES.read(table(f"2026-05-01 18:10,{duration},{distance}"), name="t.csv", zone=BERLIN)
    (run,) = result.records.runs
    assert (run.moving_s, run.distance_m) == (1800, 5200)
    assert told in " ".join(result.notes)
    assert bool(told) == ("nobody runs so" in " ".join(result.notes))


def test_a_run_of_many_hours_without_a_distance_is_doubted():
    """Its minutes may be seconds; beside runs of minutes nobody can tell."""
    rows = ("2026-05-01 18:10,600", "2026-05-03 18:10,30")
    result = TABLES.read(table(*rows, head="start,duration"), name="t.csv", zone=BERLIN)
    assert "are these seconds?" in " ".join(result.notes)
