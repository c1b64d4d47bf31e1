"""Apple Health's export: workouts and weights out of a file that no XML parser reads."""

from datetime import UTC, datetime, timedelta
from io import BytesIO
from zoneinfo import ZoneInfo

import pytest
from tests.importers.archives import zipped

from backstride.core.run import Activity
from backstride.errors import BrokenFile
from backstride.importers.folder import import_path
from backstride.importers.vendors import apple_health
from backstride.importers.vendors.apple_health import APPLE_HEALTH

HOME = ZoneInfo("UTC")
HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<!DOCTYPE HealthData [
<!ELEMENT HealthData (ExportDate,Me,(Record|Workout)*)>
<!ATTLIST Workout broken CDATA #IMPLIED #REQUIRED
]>
<HealthData locale="de_DE">
 <Record type="HKQuantityTypeIdentifierStepCount" unit="count" value="7" startDate="2026-05-01 07:00:00 +0200"/>
"""
RUN = """ <Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="30" durationUnit="min"{more}
  sourceName="Watch \x0b of A" startDate="2026-05-01 07:30:00 +0200" endDate="2026-05-01 08:05:00 +0200">
  <MetadataEntry key="HKIndoorWorkout" value="{indoor}"/>
  <MetadataEntry key="HKTimeZone" value="America/New_York"/>
  <WorkoutEvent type="HKWorkoutEventTypePause" date="2026-05-01 07:40:00 +0200"/>
  <WorkoutStatistics type="HKQuantityTypeIdentifierHeartRate" average="151.5" unit="count/min"/>
  {sums}
  <WorkoutRoute><FileReference path="/workout-routes/r.gpx"/></WorkoutRoute>
 </Workout>
"""
MILES = '<WorkoutStatistics type="HKQuantityTypeIdentifierDistanceWalkingRunning" sum="3" unit="mi"/>'
OLD = (
    ' <Workout workoutActivityType="HKWorkoutActivityTypeWalking" duration="20" durationUnit="min"'
    ' totalDistance="1.5" totalDistanceUnit="km"'
    ' startDate="2019-05-01 07:30:00 +0000" endDate="2019-05-01 07:50:00 +0000"/>\n'
)
WEIGHT = (
    ' <Record type="HKQuantityTypeIdentifierBodyMass" sourceName="Scale" unit="lb" '
    'startDate="2026-05-01 06:30:00 +0200" value="150"/>\n'
)
GPX = """<gpx><trk><type>running</type><trkseg>{}</trkseg></trk></gpx>"""
POINT = '<trkpt lat="{:.4f}" lon="8"><time>2026-05-01T05:{:02d}:00Z</time></trkpt>'
ROUTE = GPX.format("".join(POINT.format(47 + i / 1000, 30 + i) for i in range(20)))


def export(*parts):
    """export.xml."""
    return (HEAD + "".join(parts) + "</HealthData>\n").encode()


def run_text(*, indoor=0, sums=MILES, more=""):
    """One workout of today's kind."""
    return RUN.format(indoor=indoor, sums=sums, more=more)


def read(content):
    """What an export holds."""
    return APPLE_HEALTH.read(content, name="export.xml", zone=HOME)


def test_a_run_is_read_with_its_statistics():
    """Miles, heart rate, pauses and the zone in which it was run."""
    (run,) = read(export(run_text())).records.runs
    assert (run.moving_s, run.elapsed_s, run.heart_rate_mean) == (1800.0, 2100.0, 151.5)
    assert run.distance_m == pytest.approx(4828.03, abs=0.01)
    assert run.start == datetime(2026, 5, 1, 5, 30, tzinfo=UTC)
    assert run.start.utcoffset() == timedelta(hours=-4)


def test_a_self_closing_workout_is_read():
    """Older exports state the totals as attributes."""
    (walk,) = read(export(OLD)).records.runs
    assert (walk.activity, walk.distance_m, walk.moving_s) == (Activity.WALK, 1500.0, 1200.0)


@pytest.mark.parametrize(("flag", "activity"), [(1, Activity.TREADMILL), (0, Activity.RUN)])
def test_an_indoor_run_is_a_treadmill_run(flag, activity):
    """By its own flag."""
    assert read(export(run_text(indoor=flag))).records.runs[0].activity is activity


def test_weights_are_read_in_kilograms():
    """150 lb are 68.04 kg; a Record with children counts the same."""
    children = WEIGHT.replace("/>", "><MetadataEntry key='a' value='b'/></Record>").replace("150", "160")
    values = [one.value for one in read(export(WEIGHT, children)).records.measurements]
    assert values == pytest.approx([68.0389, 72.5748], abs=1e-3)


def test_pieces_of_any_size_give_the_same(monkeypatch):
    """Elements that lie across the ends of pieces are not lost."""
    content = export(run_text(), WEIGHT, OLD, WEIGHT.replace("150", "151"))
    whole = read(content)
    for size in (7, 61, 500):
        monkeypatch.setattr(apple_health, "_CHUNK", size)
        assert read(content) == whole
    assert whole.records.count == 4


def test_a_cut_off_export_gives_what_it_holds():
    """The last workout is lost, and that is told."""
    result = read(export(OLD, run_text())[:-150])
    assert len(result.records.runs) == 1
    assert any("ends before its end" in note for note in result.notes)


def test_an_endless_workout_is_left_out(monkeypatch):
    """Memory is held; the workouts after it are read."""
    monkeypatch.setattr(apple_health, "_CHUNK", 2**12)
    monkeypatch.setattr(apple_health, "MAX_BLOCK", 2**14)
    endless = run_text().replace("</Workout>", "<a/>" * 2**14)
    result = read(export(endless, OLD))
    assert [run.activity for run in result.records.runs] == [Activity.WALK]
    assert any("was left out" in note for note in result.notes)


def test_an_export_without_any_is_refused():
    """Nothing to take in is told in words."""
    with pytest.raises(BrokenFile, match="holds nothing"):
        read(export())


def test_a_bad_workout_is_left_out():
    """A duration that is no number falls back to the times; a time that is none refuses it."""
    result = read(export(run_text().replace("2026-05-01 07:30:00 +0200", "yesterday"), OLD))
    assert len(result.records.runs) == 1
    assert "no time" in result.skipped[0].why


def test_entities_are_not_followed():
    """A document type that defines abbreviations expands none."""
    evil = export(OLD).replace(b"<!ELEMENT", b'<!ENTITY a "aaaa">\n<!ELEMENT', 1)
    assert len(read(evil).records.runs) == 1


def test_routes_belong_to_their_workouts(tmp_path):
    """A workout with a route is one run; the route gives the distance where nothing else does."""
    path = tmp_path / "导出.zip"
    name = "apple_health_export/"
    path.write_bytes(
        zipped({name + "导出.xml": export(run_text(sums="")), name + "workout-routes/r.gpx": ROUTE.encode()})
    )
    (run,) = import_path(path, zone=HOME).records.runs
    assert run.distance_m == pytest.approx(2112, abs=5)
    assert run.moving_s == 1800.0


def test_a_file_on_the_disk_is_streamed(tmp_path):
    """export.xml by itself is read without being held."""
    (tmp_path / "export.xml").write_bytes(export(OLD, WEIGHT))
    assert import_path(tmp_path / "export.xml", zone=HOME).records.count == 2
    result, workouts = APPLE_HEALTH.read_stream(BytesIO(export(OLD)), name="a", zone=HOME)
    assert [one.run for one in workouts] == list(result.records.runs)


@pytest.mark.parametrize("piece", ["<Workout workoutActivityType=", '\n <Record type="HKQuantity'])
def test_a_piece_cut_out_of_an_export_is_known(piece):
    """Whoever shares a workout cuts it out by hand, without the root around it."""
    head = piece.replace("Type=", 'Type="HKWorkoutActivityTypeRunning" ').replace(
        "Quantity", 'QuantityTypeIdentifierBodyMass" '
    )
    assert APPLE_HEALTH.knows(head.encode(), name="a.xml")
    assert not APPLE_HEALTH.knows(b"<gpx>" + head.encode(), name="a.xml")


@pytest.mark.parametrize(("app", "runs"), [("Strava", 1), ("Watch", 2)])
def test_two_apps_that_tell_of_one_run_give_one(tmp_path, app, runs):
    """The origin of a workout is the app that wrote it; two workouts of one app are two."""
    second = run_text().replace("07:30:00", "07:30:04").replace("Watch \x0b of A", app)
    (tmp_path / "export.xml").write_bytes(export(run_text().replace("Watch \x0b of A", "Watch"), second))
    assert len(import_path(tmp_path / "export.xml", zone=HOME).records.runs) == runs


def test_a_wrong_end_is_left_out_and_the_workout_stays():
    """So is one of three days after half an hour of moving."""
    for end in ("2030-05-01 08:05:00", "2026-05-04 08:05:00"):
        result = read(export(run_text().replace("2026-05-01 08:05:00", end)))
        (run,) = result.records.runs
        assert (run.moving_s, run.elapsed_s) == (1800, None)
        assert "elapsed time (1)" in " ".join(result.notes)


@pytest.mark.parametrize("way", ["Cycling", "Swimming", "DownhillSnowSports"])
def test_the_distance_of_every_sport_is_read(way):
    """It is no run, but a record without one looks as if it was kept by hand."""
    sums = f'<WorkoutStatistics type="HKQuantityTypeIdentifierDistance{way}" sum="16.2" unit="km"/>'
    (run,) = read(export(run_text(sums=sums).replace("TypeRunning", f"Type{way}"))).records.runs
    assert (run.distance_m, run.activity) == (16_200, Activity.OTHER)
