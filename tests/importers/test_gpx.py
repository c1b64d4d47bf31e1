"""GPX tracks as runs."""

import io
import re
from contextlib import suppress
from datetime import timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

import gpxpy
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.core.run import Activity
from backstride.errors import BackstrideError, BrokenFile, UnknownFormat
from backstride.importers import recorder
from backstride.importers.registry import read_content
from backstride.importers.tracks.gpx import GPX

BERLIN = ZoneInfo("Europe/Berlin")
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
DIFFER = {
    "FitTrackee-fixture__gpx_file_with_duplicated_segments.gpx",  # every point twice: gpxpy counts both
    "OpenTracks__legacy_gpx_pause_resume.gpx",  # positions off the globe
}
FILES = sorted(path for path in (CORPUS / "gpx").glob("*.gpx") if path.name not in DIFFER)
STEP_M = 11.119508  # a ten-thousandth of a degree of latitude


def point(second, *, north=None, hr=None, zone="Z"):
    """One point, `north` ten-thousandths of a degree up the meridian."""
    north = second / 5 if north is None else north
    clock = f"{7 + second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}"
    beats = f"<extensions><g:TrackPointExtension><g:hr>{hr}</g:hr></g:TrackPointExtension></extensions>"
    return (
        f'<trkpt lat="{47 + north * 1e-4:.7f}" lon="8.5"><ele>400</ele>'
        f"<time>2026-05-01T{clock}{zone}</time>{beats if hr else ''}</trkpt>"
    )


def gpx(*tracks, head=""):
    """A whole file; each track is its inside."""
    inside = "".join(f"<trk>{track}</trk>" for track in tracks)
    return f'<gpx xmlns="http://www.topografix.com/GPX/1/1" xmlns:g="x">{head}{inside}</gpx>'.encode()


def segment(*points):
    """Points in one segment."""
    return f"<trkseg>{''.join(points)}</trkseg>"


def read(content, name="a.gpx"):
    """What the reader gives."""
    return GPX.read(content, name=name, zone=BERLIN)


def only(content, name="a.gpx"):
    """The one run in a file."""
    (run,) = read(content, name).records.runs
    return run


STEADY = segment(*(point(s, hr=140) for s in range(0, 601, 5)))


def test_a_track_is_a_run():
    """Time, distance along the positions, and the mean of the heart rates."""
    run = only(gpx("<type>running</type>" + STEADY))
    assert (run.moving_s, run.elapsed_s, run.heart_rate_mean) == (600.0, 600.0, 140.0)
    assert run.distance_m == pytest.approx(120 * STEP_M, rel=1e-4)
    assert (run.activity, run.zone_source) == (Activity.RUN, "assumed")
    assert run.start.isoformat() == "2026-05-01T09:00:00+02:00"


def test_the_namespace_does_not_matter():
    """Some apps write none."""
    plain = gpx(STEADY).replace(b' xmlns="http://www.topografix.com/GPX/1/1"', b"")
    assert only(plain) == only(gpx(STEADY))


def test_an_offset_beside_the_times_states_the_zone():
    """Z does not: it only says that the times are in UTC."""
    run = only(gpx(segment(*(point(s, zone="-07:00") for s in range(0, 100, 5)))))
    assert (run.zone_source, run.start.utcoffset()) == ("stated", timedelta(hours=-7))


def test_times_without_a_zone_are_read_in_the_persons_own():
    """As tables are."""
    run = only(gpx(segment(*(point(s, zone="") for s in range(0, 100, 5)))))
    assert (run.zone_source, run.start.hour) == ("assumed", 7)


def test_a_long_gap_in_one_place_is_a_pause():
    """The device stopped by itself."""
    run = only(gpx(segment(*(point(s, north=s / 5) for s in range(0, 301, 5)), point(900, north=60.0))))
    assert (run.moving_s, run.elapsed_s) == (300.0, 900.0)


def test_a_long_gap_with_movement_is_none():
    """Some devices write a point only where the way bends."""
    run = only(gpx(segment(*(point(s, north=s / 5) for s in range(0, 601, 60)))))
    assert run.moving_s == 600.0


def test_between_segments_the_runner_stood():
    """Neither the time nor the way between them counts."""
    first = segment(*(point(s) for s in range(0, 301, 5)))
    second = segment(*(point(s, north=500 + s / 5) for s in range(600, 901, 5)))
    run = only(gpx(first + second))
    assert (run.moving_s, run.elapsed_s) == (600.0, 900.0)
    assert run.distance_m == pytest.approx(120 * STEP_M, rel=1e-4)


def test_a_single_point_far_off_does_not_count():
    """Between houses a watch may believe to be in the next town."""
    points = [point(s) for s in range(0, 601, 5)]
    points[60] = point(300, north=90_000)
    assert only(gpx(segment(*points))).distance_m == pytest.approx(120 * STEP_M, rel=0.01)


@pytest.mark.parametrize("bad", ["nan", "inf", "1e308", "-91", "", "x"])
def test_an_impossible_position_counts_as_unknown(bad):
    """Its time still counts."""
    broken = re.sub(r'lat="[^"]*"', f'lat="{bad}"', point(605))
    run = only(gpx(segment(*(point(s) for s in range(0, 601, 5)), broken)))
    assert run.elapsed_s == 605.0
    assert run.distance_m == pytest.approx(120 * STEP_M, rel=1e-4)


def test_points_out_of_order_and_twice_change_nothing():
    """A file joined from two copies is one run."""
    points = [point(s) for s in range(0, 601, 5)]
    plain, mixed = only(gpx(segment(*points))), only(gpx(segment(*points[60:], *points[:60], *points[:9])))
    assert mixed.moving_s == plain.moving_s
    assert mixed.distance_m == pytest.approx(plain.distance_m, rel=0.01)


@pytest.mark.parametrize(
    ("said", "kind"),
    [
        ("running", Activity.RUN),
        ("trail_running", Activity.RUN),
        ("9", Activity.RUN),
        ("1", Activity.OTHER),
        ("cycling", Activity.OTHER),
        ("hiking", Activity.WALK),
        ("treadmill_running", Activity.TREADMILL),
        ("Laufen", Activity.RUN),
    ],
)
def test_the_files_own_word_tells_the_kind(said, kind):
    """Whatever the speed, and without a note."""
    result = read(gpx(f"<type>{said}</type>" + STEADY))
    assert (result.records.runs[0].activity, result.notes) == (kind, ())


@pytest.mark.parametrize(
    ("per_second", "kind"), [(0.1, Activity.WALK), (0.25, Activity.RUN), (0.8, Activity.OTHER)]
)
def test_without_a_word_the_speed_tells_the_kind_and_a_note_says_so(per_second, kind):
    """1.1, 2.8 and 8.9 metres a second."""
    result = read(gpx(segment(*(point(s, north=s * per_second) for s in range(0, 601, 5)))))
    assert result.records.runs[0].activity == kind
    assert "by its speed" in result.notes[0]


def test_a_name_tells_the_kind_where_the_speed_agrees():
    """The session's own title; a name of the file may be that of an app."""
    assert "by its name" in read(gpx("<name>Morning Run</name>" + STEADY)).notes[0]
    assert "by its speed" in read(gpx(STEADY), "Runkeeper-20260501-Run.gpx").notes[0]
    fast = segment(*(point(s, north=s) for s in range(0, 601, 5)))
    assert only(gpx("<name>Morning Run</name>" + fast)).activity is Activity.OTHER


def test_tracks_that_abut_are_one_run():
    """Some apps begin a new track at every traffic light."""
    first = segment(*(point(s) for s in range(0, 301, 5)))
    second = segment(*(point(s) for s in range(320, 601, 5)))
    assert only(gpx(first, second)).elapsed_s == 600.0


def test_tracks_that_lie_apart_are_runs_of_their_own():
    """So are two kinds, one after the other."""
    late = segment(*(point(s) for s in range(7200, 7801, 5)))
    assert [run.source for run in read(gpx(STEADY, late)).records.runs] == ["a.gpx track 1", "a.gpx track 2"]
    assert len(read(gpx("<type>run</type>" + STEADY, "<type>bike</type>" + late)).records.runs) == 2


def test_a_silence_of_hours_parts_two_runs():
    """A whole day in one track is not one run."""
    late = [point(s) for s in range(8 * 3600, 8 * 3600 + 601, 5)]
    assert len(read(gpx(STEADY.replace("</trkseg>", "".join(late) + "</trkseg>"))).records.runs) == 2


def test_a_cut_off_file_gives_what_was_recorded():
    """With a note; the last time, cut off before its zone, is not taken for local time."""
    content = gpx(STEADY)
    cut = content.rfind(b"Z</time>")
    result = read(content[:cut])
    assert result.records.runs[0].elapsed_s == 595.0
    assert "ends before its end" in result.notes[0]


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (
            gpx(head='<wpt lat="1" lon="2"><time>2026-05-01T07:00:00Z</time></wpt>'),
            UnknownFormat,
            "places or",
        ),
        (gpx("<trkseg/>"), UnknownFormat, "nothing was recorded"),
        (gpx(head='<wpt lat="1" lon="1"/>'), UnknownFormat, "places or a route"),
        (gpx(STEADY.replace("2026-05-01T", "May ")), BrokenFile, "times cannot be read: 'May"),
        (gpx(re.sub("<time>.*?</time>", "", STEADY)), BrokenFile, "no times"),
        (gpx(STEADY.replace("2026", "1901")), BrokenFile, "1901"),
        (gpx(STEADY.replace("2026", "2106")), BrokenFile, "2106"),
        (gpx(segment(point(0))), BrokenFile, "single moment"),
        (b"<gpx><trk><trkseg><trkpt", BrokenFile, "damaged"),
    ],
)
def test_what_tells_no_run_is_refused_with_the_reason(content, error, words):
    """In a sentence that says what it is."""
    with pytest.raises(error, match=words):
        read(content)


def test_a_track_of_more_points_than_anybody_records_is_refused(monkeypatch):
    """Memory stays bounded."""
    monkeypatch.setattr(recorder, "MAX_POINTS", 100)
    with pytest.raises(BrokenFile, match="more than 100 points"):
        read(gpx(STEADY))


def test_the_time_of_the_file_is_not_that_of_a_point():
    """It stands beside the tracks, too."""
    head = "<time>2020-01-01T00:00:00Z</time>"
    bare = re.sub("<time>.*?</time>", "", point(0))
    assert only(gpx(segment(bare, *(point(s) for s in range(5, 101, 5))), head=head)).elapsed_s == 95.0


@settings(deadline=None)
@given(st.integers(0, 2000), st.binary(max_size=6), st.integers(0, 40))
def test_damage_gives_only_our_errors(at, wrong, lost):
    """Whatever bytes are changed, lost or put in."""
    content = gpx("<type>run</type>" + segment(*(point(s, hr=150) for s in range(0, 60, 5))))
    with suppress(BackstrideError):
        read_content(content[:at] + wrong + content[at + lost :], name="a.gpx", zone=BERLIN)


def length_by_gpxpy(content):
    """Metres of all timed tracks as gpxpy has them."""
    tracks = gpxpy.parse(io.BytesIO(content)).tracks
    return sum(track.length_2d() for track in tracks if any(point.time for point, _, _ in track.walk()))


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus")
@pytest.mark.parametrize("path", FILES, ids=lambda path: path.name)
def test_distances_agree_with_gpxpy(path):
    """Within 1 % on real files, but for those named above."""
    content = path.read_bytes()
    try:
        runs, length = read(content, path.name).records.runs, length_by_gpxpy(content)
    except (BackstrideError, gpxpy.gpx.GPXException):
        return
    assert sum(run.distance_m or 0.0 for run in runs) == pytest.approx(length, rel=0.01, abs=1.0)


def test_two_files_in_one_are_both_read():
    """Some programs append the next day's file to the same one: each of them is a run, and nothing is damaged."""
    first = b'<?xml version="1.0"?>\n' + gpx(segment(*map(point, range(0, 600, 10))))
    second = first.replace(b"2026-05-01", b"2026-05-04")
    result = read(first + b"\n" + second)
    assert [run.start.day for run in result.records.runs] == [1, 4]
    assert not any("damaged" in note for note in result.notes)
