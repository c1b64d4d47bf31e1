"""Small sound files of every format, and what chance can do to them."""

import gzip
import json
import random
import sqlite3
from contextlib import closing

from tests.importers import archives as made

from backstride.core.run import Run
from backstride.testing.fit_file import write_fit

START = "2026-05-01T07:{:02d}:{:02d}Z"
TIMES = [START.format(30 + s // 60, s % 60) for s in range(0, 600, 60)]
NUMBERS = (
    b"0", b"-1", b"NaN", b"inf", b"1e308", b"-1e308", b"1e-320", b"9" * 30, b"9" * 400, b"2106-02-07T06:28:15Z",
    b"1989-12-31T00:00:00Z", b"9999-12-31T23:59:59+14:00", b"0000-00-00", b"\x00", b"\xff" * 4, b"\xff" * 8,
    b"\xff\xff\xff\x7f", b"\x00\x00\x00\x80", b'"', b"<", b">", b"&", b"]]>", b"<![CDATA[", b"{", b"[", b"}", b"]",
    b",", b";", b"\n", b"\r", b"\t", b"%", b"\xef\xbb\xbf", b"\xff\xfe", b"\xed\xa0\x80", b"../", b"PK\x01\x02",
    b"PK\x05\x06", b".FIT", b"\x1f\x8b", b"null", b"true", b"'; drop table a; --", "\u202e".encode(),
)  # fmt: skip
"""What readers stumble over, wherever it stands."""


def xml(start, inside, end):
    """A file of one element for each time."""
    return (start + "".join(inside.format(time, i) for i, time in enumerate(TIMES)) + end).encode()


def database():
    """Health Connect's tables, a row in each."""
    with closing(sqlite3.connect(":memory:")) as connection:
        connection.executescript(
            "CREATE TABLE exercise_session_record_table (row_id INTEGER PRIMARY KEY, app_info_id INTEGER,"
            " start_time INTEGER, end_time INTEGER, start_zone_offset INTEGER, exercise_type INTEGER, title TEXT);"
            "CREATE TABLE distance_record_table (row_id INTEGER PRIMARY KEY, app_info_id INTEGER,"
            " start_time INTEGER, end_time INTEGER, distance REAL);"
            "INSERT INTO exercise_session_record_table VALUES (1, 1, 1750000000000, 1750001800000, 7200, 33, 'a');"
            "INSERT INTO distance_record_table VALUES (1, 1, 1750000000000, 1750001800000, 5000.0);"
        )
        return connection.serialize()


STRAVA = (
    b"Activity ID,Activity Date,Activity Name,Activity Type,Activity Description,Elapsed Time,Distance,"
    b"Max Heart Rate,Relative Effort,Commute,Activity Private Note,Activity Gear,Filename,Athlete Weight,Bike Weight,"
    b'Elapsed Time,Moving Time,Distance\n1,"May 1, 2026, 7:30:00 AM",Morning,Run,"slow,\nlong",1900,5.00,170,40,'
    b"false,,Shoe,activities/1.fit.gz,,,1900.0,1800.0,5000.0\n"
)
FIT_RUN = write_fit(
    Run(
        start=made.FIRST.start,
        moving_s=600.0,
        elapsed_s=700.0,
        distance_m=2000.0,
        rpe=5.0,
        heart_rate_mean=150.0,
    )
)
SEEDS = {
    "fit": FIT_RUN,
    "gpx": xml(
        '<?xml version="1.0"?><gpx version="1.1"><trk><name>Run</name><type>running</type><trkseg>',
        '<trkpt lat="47.00{1}" lon="8.5"><time>{0}</time><extensions><hr>150</hr></extensions></trkpt>',
        "</trkseg></trk></gpx>",
    ),
    "tcx": xml(
        '<TrainingCenterDatabase><Activities><Activity Sport="Running"><Id>2026-05-01T07:30:00Z</Id><Lap StartTime='
        '"2026-05-01T07:30:00Z"><TotalTimeSeconds>540</TotalTimeSeconds><DistanceMeters>1500</DistanceMeters><Track>',
        "<Trackpoint><Time>{0}</Time><DistanceMeters>{1}00</DistanceMeters><HeartRateBpm><Value>150</Value>"
        "</HeartRateBpm></Trackpoint>",
        "</Track></Lap></Activity></Activities></TrainingCenterDatabase>",
    ),
    "kml": xml(
        '<kml xmlns:gx="x"><Document><Placemark><name>Run</name><gx:Track>',
        "<when>{0}</when><gx:coord>8.5 47.00{1} 400</gx:coord>",
        "</gx:Track></Placemark></Document></kml>",
    ),
    "kmz": b"",
    "apple": (
        b'<?xml version="1.0"?>\n<!DOCTYPE HealthData [\n<!ELEMENT broken\n]>\n<HealthData>\n'
        b' <Record type="HKQuantityTypeIdentifierBodyMass" unit="kg" startDate="2026-05-01 06:30:00 +0200" '
        b'value="70"/>\n'
        b' <Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="40" durationUnit="min" '
        b'startDate="2026-05-01 07:30:00 +0000" endDate="2026-05-01 08:11:00 +0000">\n'
        b'  <MetadataEntry key="HKTimeZone" value="Europe/Paris"/>\n  <WorkoutStatistics type='
        b'"HKQuantityTypeIdentifierDistanceWalkingRunning" sum="7.1" unit="km"/>\n </Workout>\n</HealthData>\n'
    ),
    "strava": STRAVA,
    "check-ins": b"# zone: Europe/Berlin\ntime,pain,mood,means_to_run,note\n2026-05-01 07:30,4,6,yes,'a, b'\n"
    b"01.05.2026 08:00,3,,no,\n",
    "runs": b"start,moving_min,distance_km,activity,rpe\n2026-05-01 18:10,30,5.0,run,4\n"
    b'2026-05-02,0:45:00,"7,5",walk,\n',
    "hrm": b"[Params]\nVersion=106\nMode=000000000\nDate=20260501\nStartTime=07:30:00.0\nLength=00:10:00.0\n"
    b"Interval=60\n\n[HRData]\n" + b"150\n" * 10,
    "pwx": b'<?xml version="1.0"?><pwx xmlns="http://www.peaksware.com/PWX/1/0"><workout><sportType>Run</sportType>'
    b"<time>2026-05-01T08:00:00</time><summarydata><duration>1800.5</duration><dist>5000</dist></summarydata>"
    b"</workout></pwx>",
    "fitlog": b'<?xml version="1.0"?><FitnessWorkbook xmlns="http://www.zonefivesoftware.com/xmlschemas/FitnessLogbook/v2">'
    b'<AthleteLog><Activity StartTime="2026-05-01T05:00:00Z"><Duration TotalSeconds="1800"/>'
    b'<Distance TotalMeters="5000"/><Category Name="Running"/></Activity></AthleteLog></FitnessWorkbook>',
    "json": json.dumps(
        [
            {"logId": 1, "activityName": "Run", "startTime": "05/01/26 07:30:00", "activeDuration": 1_800_000,
             "duration": 1_900_000, "distance": 5.0, "distanceUnit": "Kilometer", "averageHeartRate": 150},
            {"logId": 2, "activityName": "Walk", "startTime": "05/02/26 07:30:00", "activeDuration": 600_000},
        ]
    ).encode(),
    "garmin": json.dumps(
        {"activityId": 1, "activityName": "a", "startTimeLocal": "2026-05-01 07:30:00",
         "startTimeGMT": "2026-05-01 05:30:00", "activityType": {"typeKey": "running"}, "duration": 1800.0,
         "distance": 5000.0, "directWorkoutRpe": 40}
    ).encode(),
    "polar": json.dumps(
        {"exportVersion": "1.3", "startTime": "2026-05-01T08:00:00.000", "duration": "PT30M0.5S", "exercises": [
            {"startTime": "2026-05-01T08:00:00.000", "timezoneOffset": 180, "duration": "PT30M0.5S",
             "distance": 5000.5, "sport": "RUNNING", "heartRate": {"avg": 150}}]}
    ).encode(),
    "suunto": json.dumps(
        {"DeviceLog": {"Header": {"ActivityType": 93, "DateTime": "2026-05-01T08:00:00.000+03:00", "Duration": 1800.5,
                                  "Distance": 5000.5, "Feeling": 4}, "Samples": [{"HR": 2.5}]}}
    ).encode(),
    "cheetah": json.dumps(
        {"RIDE": {"STARTTIME": "2026/05/01 05:00:00 UTC ", "RECINTSECS": 1, "TAGS": {"Sport": "Run ", "RPE": "4 "},
                  "SAMPLES": [{"SECS": s, "KM": s / 360, "HR": 150} for s in range(0, 900, 100)]}}
    ).encode(),
    "sqlite": database(),
    "gz": gzip.compress(FIT_RUN, mtime=0),
    "zip": made.zipped({"activities.csv": STRAVA, "1.gz": gzip.compress(FIT_RUN, mtime=0), "b.zip": made.nested(1)}),
}  # fmt: skip
SEEDS["kmz"] = made.zipped({"doc.kml": SEEDS["kml"]})


def mutated(content, *, chance):
    """The content with one to eight things done to it."""
    out = bytearray(content)
    for _ in range(chance.choice((1, 1, 2, 3, 8))):
        chance.choice(DEEDS)(out, chance)
    return bytes(out)


def _flip(out, chance):
    for _ in range(chance.choice((1, 2, 16))):
        if out:
            out[chance.randrange(len(out))] ^= 1 << chance.randrange(8)


def _set(out, chance):
    if out:
        out[chance.randrange(len(out))] = chance.choice((0, 1, 0x40, 0x7F, 0x80, 0xFE, 0xFF))


def _put(out, chance):
    at = chance.randrange(len(out) + 1)
    word = chance.choice(NUMBERS)
    out[at : at + chance.choice((0, len(word)))] = word


def _number(out, chance):
    """Another number where one stands."""
    digits = [i for i, letter in enumerate(out) if 48 <= letter <= 57]
    if digits:
        begin = end = chance.choice(digits)
        while end < len(out) and out[end] in b"0123456789.":
            end += 1
        out[begin:end] = chance.choice(NUMBERS[:13])


def _cut(out, chance):
    del out[chance.randrange(len(out) + 1) :]


def _lose(out, chance):
    at = chance.randrange(len(out) + 1)
    del out[at : at + chance.choice((1, 2, 7, 100))]


def _repeat(out, chance):
    at = chance.randrange(len(out) + 1)
    piece = out[at : at + chance.choice((1, 4, 50, 300))]
    out[at:at] = piece * chance.choice((1, 2, 30))


def _move(out, chance):
    at, to = chance.randrange(len(out) + 1), chance.randrange(len(out) + 1)
    piece = out[at : at + chance.choice((4, 40))]
    del out[at : at + len(piece)]
    out[min(to, len(out)) : min(to, len(out))] = piece


DEEDS = (_flip, _set, _put, _number, _number, _cut, _lose, _repeat, _move)


def mutation(kind, number):
    """A mutation of a format by its number; the same again whenever it is asked for."""
    return mutated(SEEDS[kind], chance=random.Random(f"{kind} {number}"))
