"""TCX activities as runs."""

import csv
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.core.run import Activity
from backstride.errors import BackstrideError, BrokenFile, UnknownFormat
from backstride.importers.registry import read_content
from backstride.importers.tracks.tcx import TCX

BERLIN = ZoneInfo("Europe/Berlin")
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def clock(second):
    """A moment of the morning."""
    return f"2026-05-01T{7 + second // 3600:02d}:{second // 60 % 60:02d}:{second % 60:02d}Z"


def point(second, *, metres=None, place=True, hr=150):
    """One point, three metres a second up the meridian."""
    north = f"<LatitudeDegrees>{47 + second * 2.698e-5:.7f}</LatitudeDegrees>"
    where = f"<Position>{north}<LongitudeDegrees>8.5</LongitudeDegrees></Position>" if place else ""
    far = "" if metres is None else f"<DistanceMeters>{metres}</DistanceMeters>"
    beats = f"<HeartRateBpm><Value>{hr}</Value></HeartRateBpm>" if hr else ""
    return f"<Trackpoint><Time>{clock(second)}</Time>{where}{far}{beats}</Trackpoint>"


def lap(start, *tracks, seconds=None, metres=None, hr=None):
    """One lap with its totals."""
    totals = "" if seconds is None else f"<TotalTimeSeconds>{seconds}</TotalTimeSeconds>"
    totals += "" if metres is None else f"<DistanceMeters>{metres}</DistanceMeters>"
    totals += f"<AverageHeartRateBpm><Value>{hr}</Value></AverageHeartRateBpm>" if hr else ""
    inside = "".join(f"<Track>{track}</Track>" for track in tracks)
    return f'<Lap StartTime="{clock(start)}">{totals}{inside}</Lap>'


def activity(*laps, sport="Running"):
    """One activity."""
    return f'<Activity Sport="{sport}"><Id>{clock(0)}</Id>{"".join(laps)}</Activity>'


def tcx(*activities):
    """A whole file."""
    inside = "".join(activities)
    space = 'xmlns="http://www.garmin.com/xmlschemas/TrainingCenterDatabase/v2"'
    return (
        f"<TrainingCenterDatabase {space}><Activities>{inside}</Activities></TrainingCenterDatabase>".encode()
    )


def track(begin, end, **options):
    """Points every five seconds."""
    return "".join(point(second, **options) for second in range(begin, end + 1, 5))


def read(content):
    """What the reader gives."""
    return TCX.read(content, name="a.tcx", zone=BERLIN)


def only(content):
    """The one run in a file."""
    (run,) = read(content).records.runs
    return run


def test_the_laps_own_totals_count():
    """Their sum, though the points would say something else; heart rates by the length of the lap."""
    laps = (
        lap(0, track(0, 300), seconds=290, metres=1000, hr=140),
        lap(300, track(305, 600), seconds=145, metres=500, hr=170),
    )
    run = only(tcx(activity(*laps)))
    assert (run.moving_s, run.elapsed_s, run.distance_m) == (435.0, 600.0, 1500.0)
    assert run.heart_rate_mean == pytest.approx(150.0)
    assert (run.activity, run.zone_source) == (Activity.RUN, "assumed")


def test_without_totals_the_points_count():
    """Along the positions; a second track in one lap shows a stop."""
    run = only(tcx(activity(lap(0, track(0, 300), track(600, 900)))))
    assert (run.moving_s, run.elapsed_s) == (600.0, 900.0)
    assert run.distance_m == pytest.approx(1800, rel=0.01)


def test_a_distance_of_zero_is_not_believed_where_the_points_moved():
    """Some apps leave the total at its first value."""
    points = "".join(point(s, metres=3 * s) for s in range(0, 601, 5))
    assert only(tcx(activity(lap(0, points, seconds=600, metres=0)))).distance_m == 1800.0


def test_a_run_without_positions_is_a_treadmill_run():
    """It needs no position; the distance comes from the foot pod."""
    points = "".join(point(s, metres=3 * s, place=False) for s in range(0, 601, 5))
    run = only(tcx(activity(lap(0, points))))
    assert (run.activity, run.moving_s, run.distance_m) == (Activity.TREADMILL, 600.0, 1800.0)


def test_an_activity_without_points_is_told_by_its_laps():
    """As typed in by hand."""
    run = only(tcx(activity(lap(0, seconds=1800, metres=5000))))
    assert (run.moving_s, run.elapsed_s, run.distance_m) == (1800.0, 1800.0, 5000.0)


@pytest.mark.parametrize(("sport", "kind"), [("Biking", Activity.OTHER), ("Other", Activity.OTHER)])
def test_other_sports_are_no_runs(sport, kind):
    """Whatever their speed."""
    assert only(tcx(activity(lap(0, track(0, 300)), sport=sport))).activity is kind


def test_each_sport_of_a_multisport_session_is_an_entry_of_its_own():
    """First and next sports alike."""
    ride = activity(lap(0, track(0, 300), seconds=300), sport="Biking")
    run = activity(lap(400, track(400, 700), seconds=300))
    content = tcx(
        f"<MultiSportSession><FirstSport>{ride}</FirstSport><NextSport>{run}</NextSport></MultiSportSession>"
    )
    result = read(content)
    assert [run.source for run in result.records.runs] == ["a.tcx activity 1", "a.tcx activity 2"]
    assert [run.activity for run in result.records.runs] == [Activity.OTHER, Activity.RUN]


def test_the_same_activity_twice_counts_once():
    """Joined exports hold it twice."""
    one = activity(lap(0, track(0, 300), seconds=300))
    result = read(tcx(one, one))
    assert len(result.records.runs) == 1
    assert "twice" in result.skipped[0].why


def test_a_cut_off_file_gives_what_was_recorded():
    """Up to where it ends, with a note."""
    content = tcx(activity(lap(0, track(0, 600))))
    result = read(content[: len(content) // 2])
    assert 200 < result.records.runs[0].moving_s < 400
    assert "ends before its end" in result.notes[0]


@pytest.mark.parametrize("wrong", ["nan", "inf", "-5", "1e308", "x", ""])
def test_impossible_totals_are_replaced_by_the_points(wrong):
    """Duration, distance and heart rate."""
    run = only(tcx(activity(lap(0, track(0, 600), seconds=wrong, metres=wrong, hr=wrong))))
    assert (run.moving_s, run.heart_rate_mean) == (600.0, 150.0)
    assert run.distance_m == pytest.approx(1800, rel=0.01)


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (tcx(activity(lap(0))), BrokenFile, "neither how long it took nor a point"),
        (tcx(activity(lap(0, track(0, 60), seconds=60))).replace(b"2026-", b"1989-"), BrokenFile, "1989"),
        (tcx(activity(lap(0, track(0, 60), seconds=60))).replace(b"2026-", b"2106-"), BrokenFile, "2106"),
        (tcx("<Course><Track>" + track(0, 60) + "</Track></Course>"), UnknownFormat, "course or a workout"),
        (tcx(), UnknownFormat, "nothing was recorded"),
    ],
)
def test_what_tells_no_run_is_refused_with_the_reason(content, error, words):
    """In a sentence that says what it is."""
    with pytest.raises(error, match=words):
        read(content)


@settings(deadline=None)
@given(st.integers(0, 3000), st.binary(max_size=6), st.integers(0, 40))
def test_damage_gives_only_our_errors(at, wrong, lost):
    """Whatever bytes are changed, lost or put in."""
    content = tcx(activity(lap(0, track(0, 60), seconds=60, metres=180, hr=150)))
    with suppress(BackstrideError):
        read_content(content[:at] + wrong + content[at + lost :], name="a.tcx", zone=BERLIN)


def stated():
    """The files of which the list of the collection tells totals."""
    if not CORPUS.is_dir():
        return []
    with (CORPUS / "MANIFEST.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    tcx_files = [row for row in rows if row["file"].startswith("tcx") and row["distance_m"] not in ("", "0")]
    return [row for row in tcx_files if not row["start"].startswith("1989")]


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus")
@pytest.mark.parametrize("row", stated(), ids=lambda row: row["file"])
def test_totals_of_real_files_are_those_of_the_device(row):
    """Distance and duration within 1 %."""
    path = CORPUS / row["file"]
    runs = read_content(path.read_bytes(), name=path.name, zone=BERLIN)[1].records.runs
    assert sum(run.distance_m or 0.0 for run in runs) == pytest.approx(float(row["distance_m"]), rel=0.01)
    lasted = [sum(run.moving_s for run in runs), sum(run.elapsed_s or 0.0 for run in runs)]
    assert any(seconds == pytest.approx(float(row["duration_s"]), rel=0.01) for seconds in lasted)
