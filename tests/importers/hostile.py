"""Hostile files by name, each made when it is asked for: what could stop a diary, or fill it."""

import gzip
import io
import json
import sqlite3
import struct
import tempfile
import warnings
import zipfile
import zlib
from datetime import UTC, datetime
from pathlib import Path

from tests.importers import archives as made

from backstride.testing.fit_file import EPOCH, message, sealed, write_fit

MB = 2**20
RUN = write_fit(made.FIRST)
GPX_HEAD, GPX_FOOT = b'<gpx version="1.1"><trk><trkseg>', b"</trkseg></trk></gpx>"
ACTIVITY = (0, "enum", 4)


# FIT


def fit(body, *, size=None, head=14):
    """Messages behind a header that may lie about its own size, or about theirs."""
    declared = len(body) if size is None else size
    return struct.pack("<BBHI4sH", head, 0x20, 2132, declared, b".FIT", 0) + body + b"\0\0"


def seconds_at(year):
    """Seconds of FIT at the beginning of a year, as four bytes hold them."""
    return int((datetime(year, 1, 1, tzinfo=UTC) - EPOCH).total_seconds()) % 2**32


def session(**fields):
    """A file of one session, with totals as they are stored."""
    usual = {"time": seconds_at(2026), "elapsed": 1_800_000, "metres": 500_000}
    told = usual | fields
    rows = [(253, "uint32", told["time"]), (2, "uint32", told["time"]), (7, "uint32", told["elapsed"])]
    rows += [(8, "uint32", told["elapsed"]), (9, "uint32", told["metres"]), (5, "enum", 1)]
    return sealed(message(0, [ACTIVITY]) + message(18, rows))


def records(rows):
    """A file of records alone: time, latitude and longitude as they are stored."""
    fields = [
        [(253, "uint32", time), (0, "sint32", lat), (1, "sint32", lon), (5, "uint32", metres)]
        for time, lat, lon, metres in rows
    ]
    return sealed(message(0, [ACTIVITY]) + b"".join(message(20, one) for one in fields))


def described(number, sizes, rows=b""):
    """A definition of fields of some sizes, and what stands behind it."""
    fields = b"".join(bytes((i % 250, size, 7)) for i, size in enumerate(sizes))
    return struct.pack("<BBBHB", 0x40, 0, 0, number, len(sizes)) + fields + rows


def floats_in_session(value):
    """A session whose distance and times are floats of a value that numbers do not have."""
    fields = bytes([253, 4, 0x86, 2, 4, 0x86, 7, 8, 0x89, 8, 8, 0x89, 9, 8, 0x89])
    definition = struct.pack("<BBBHB", 0x40, 0, 0, 18, 5) + fields
    when = seconds_at(2026)
    return sealed(
        message(0, [ACTIVITY]) + definition + b"\0" + struct.pack("<IIddd", when, when, *[value] * 3)
    )


START = seconds_at(2026)
FIT_FILES = {
    "data size of 4 GB": lambda: fit(RUN[14:-2], size=2**32 - 1),
    "data size of 0": lambda: fit(RUN[14:-2], size=0),
    "header of 255 bytes": lambda: fit(RUN[14:-2], head=255),
    "header alone, chained 20,000 times": lambda: fit(b"", size=0)[:14] * 20_000,
    "marks of headers, and nothing else": lambda: RUN + b"\x0e......\0.FIT" * 200_000,
    "messages without fields, 16 million": lambda: fit(described(20, []) + bytes(16 * MB)),
    "255 fields of 255 bytes": lambda: fit(described(20, [255] * 255, bytes(4 * MB))),
    "definitions alone, 300,000": lambda: fit(described(20, [4]) * 300_000),
    "definitions all different": lambda: fit(
        b"".join(
            struct.pack("<BBBHB", 0x40, 0, 0, i % 60_000, 1) + bytes((i % 250, i % 200, 7))
            for i in range(60_000)
        )
    ),
    "headers of unknown messages": lambda: fit(bytes(range(1, 16)) * 300_000),
    "compressed times without a time": lambda: fit(described(20, [1]) + b"\x80\x01" * 100_000),
    "noise behind a header": lambda: fit(zlib.compress(bytes(range(256)) * 4000, 1) * 400),
    "every other byte wrong": lambda: RUN[:14] + bytes(b ^ (i % 2) for i, b in enumerate(RUN[14:])),
    "distance not a number": lambda: floats_in_session(float("nan")),
    "distance infinite": lambda: floats_in_session(float("inf")),
    "distance of 1e308 m": lambda: floats_in_session(1e308),
    "a session of 49 days": lambda: session(elapsed=2**32 - 2),
    "a session of 42,949 km": lambda: session(metres=2**32 - 2),
    "a session in 1989": lambda: session(time=1),
    "a session in 2106": lambda: session(time=seconds_at(2106)),
    "a session at the last second": lambda: session(time=2**32 - 2),
    "positions beyond the poles": lambda: records(
        [(START + i, (-1) ** i * (2**31 - 2), (-1) ** i * (2**31 - 2), None) for i in range(500)]
    ),
    "times all over the centuries": lambda: records(
        [(i * 8_589_934 % 2**32, 10, 10, i * 100) for i in range(500)]
    ),
    "times backwards": lambda: records([(START - i, 10 * i, 10, i * 100) for i in range(500)]),
}

# XML


def gpx(inside):
    """Points within a GPX file."""
    return GPX_HEAD + inside + GPX_FOOT


def point(lat="47", lon="8", when="2026-05-01T07:30:00Z", more=""):
    """One point of a track."""
    return f'<trkpt lat="{lat}" lon="{lon}">{more}<time>{when}</time></trkpt>'.encode()


def two_points(**fields):
    """A track of two points that say the same."""
    return gpx(point(**fields) * 2)


LAUGHS = b"".join(b'<!ENTITY a%d "%s">' % (i, b"&a%d;" % (i - 1) * 10) for i in range(1, 12))
TCX = (
    b'<TrainingCenterDatabase><Activities><Activity Sport="Running"><Id>2026-05-01T07:30:00Z</Id>%s</Activity>'
    b"</Activities></TrainingCenterDatabase>"
)
LAP = b'<Lap StartTime="%s"><TotalTimeSeconds>%s</TotalTimeSeconds><DistanceMeters>%s</DistanceMeters></Lap>'
KML = b'<kml xmlns:gx="x"><Placemark><gx:Track>%s</gx:Track></Placemark></kml>'


def times_of(count, text):
    """A text that names a number, written for each number in turn."""
    return b"".join(text % i for i in range(count))


XML_FILES = {
    "a billion laughs": lambda: (
        b'<!DOCTYPE gpx [<!ENTITY a0 "ha">' + LAUGHS + b"]>" + gpx(b"<name>&a11;</name>")
    ),
    "an entity that is a file": lambda: (
        b'<!DOCTYPE gpx [<!ENTITY x SYSTEM "file:///etc/passwd">]>' + gpx(b"<name>&x;</name>")
    ),
    "a document type that is a file": lambda: b'<!DOCTYPE gpx SYSTEM "file:///dev/zero">' + two_points(),
    "a document type from the network": lambda: (
        b'<!DOCTYPE gpx SYSTEM "http://192.0.2.1/x.dtd">' + two_points()
    ),
    "an entity named in capitals": lambda: b'<!DOCTYPE gpx [<!entity x "y">]>' + two_points(),
    "entities in UTF-16": lambda: ('<!DOCTYPE gpx [<!ENTITY x "y">]>' + two_points().decode()).encode(
        "utf-16"
    ),
    "nested 300,000 deep": lambda: b"<gpx>" + b"<a>" * 300_000,
    "nested 300,000 deep within a point": lambda: gpx(b'<trkpt lat="1" lon="1">' + b"<a>" * 300_000),
    "an attribute of 20 MB": lambda: gpx(b'<trkpt lat="' + b"4" * 20 * MB + b'" lon="8"/>'),
    "a text of 20 MB": lambda: gpx(point(more="<name>" + "x" * 20 * MB + "</name>") * 2),
    "a comment of 20 MB": lambda: gpx(b"<!--" + b"x" * 20 * MB + b"-->" + point() * 2),
    "a tag of 20 MB": lambda: b"<gpx " + b"x" * 20 * MB,
    "an instruction without end": lambda: gpx(b"<?x " + b"y" * 20 * MB),
    "a text without end": lambda: gpx(b"<![CDATA[" + b"y" * 20 * MB),
    "a document type without end": lambda: b"<!DOCTYPE gpx [" + b"<!ELEMENT a ANY>" * 500_000,
    "100,000 attributes": lambda: gpx(b"<trkpt " + times_of(100_000, b'a%d="1" ') + b"/>"),
    "100,000 namespaces": lambda: b"<gpx " + times_of(100_000, b'xmlns:a%d="u" ') + b">" + point() * 2,
    "100,000 tracks of a point": lambda: (
        b"<gpx>" + (b"<trk><trkseg>" + point() + b"</trkseg></trk>") * 100_000
    ),
    "300,000 points of one moment": lambda: gpx(point() * 300_000),
    "a latitude that is no number": lambda: two_points(lat="NaN"),
    "a latitude without end": lambda: two_points(lat="inf", lon="-inf"),
    "a latitude of 1e308": lambda: two_points(lat="1e308", lon="-1e308"),
    "a latitude of a million digits": lambda: two_points(lat="9" * 900_000),
    "the year 1989": lambda: gpx(point(when="1989-01-01T00:00:00Z") + point(when="1989-01-01T00:30:00Z")),
    "the year 2106": lambda: gpx(point(when="2106-02-07T06:28:15Z") + point(when="2106-02-07T06:58:15Z")),
    "the year 9999": lambda: gpx(point(when="9999-12-31T23:59:59-14:00") * 2),
    "the year 0": lambda: two_points(when="0000-00-00T00:00:00Z"),
    "an offset of 99 hours": lambda: gpx(point(when="2026-05-01T07:30:00+99:99") * 2),
    "a time of a million digits": lambda: two_points(when="2026-05-01T07:30:00." + "1" * 900_000),
    "zeros between the letters": lambda: two_points().replace(b"k", b"k\0"),
    "half a letter": lambda: two_points(more="<name>x</name>").replace(b">x<", b">\xc3\xff\xed\xa0\x80<"),
    "a mark of bytes, and nothing": lambda: b"\xef\xbb\xbf",
    "a beginning of 20 MB of blanks": lambda: b" " * 20 * MB + two_points(),
    "an encoding that nobody knows": lambda: b'<?xml version="1.0" encoding="no-such"?>' + two_points(),
    "TCX of 100,000 laps": lambda: TCX % (LAP % (b"2026-05-01T07:30:00Z", b"1e308", b"NaN") * 100_000),
    "TCX of less than no time": lambda: TCX % (LAP % (b"2026-05-01T07:30:00Z", b"-5", b"-9e99")),
    "TCX in 2106": lambda: TCX % (LAP % (b"2106-05-01T07:30:00Z", b"1800", b"5000")),
    "KML of times without places": lambda: KML % (b"<when>2026-05-01T07:30:00Z</when>" * 100_000),
    "KML of places that are no numbers": lambda: (
        KML % (b"<when>2026-05-01T07:30:00Z</when><gx:coord>1e999 nan</gx:coord>" * 10)
    ),
}

# Apple Health

HEALTH = b"<HealthData>%s</HealthData>"
WORKOUT = (
    b'<Workout workoutActivityType="HKWorkoutActivityTypeRunning" duration="%s" startDate="%s" endDate="%s"/>'
)
APPLE_FILES = {
    "20 MB of beginnings of workouts": lambda: HEALTH % (b"<Workout " * (20 * MB // 9)),
    "20 MB of beginnings of weights": lambda: (
        HEALTH % (b'<Record type="HKQuantityTypeIdentifierBodyMass" ' * 400_000)
    ),
    "a quote that never ends": lambda: HEALTH % (b'<Workout a="' + b"x" * 20 * MB),
    "a workout that never ends": lambda: HEALTH % (b"<Workout>" + b"<WorkoutEvent/>" * MB),
    "a workout of 1e308 minutes": lambda: HEALTH % (WORKOUT % (b"1e308", b"2026-05-01 07:30:00 +0000", b"x")),
    "a workout in the year 9999": lambda: (
        HEALTH % (WORKOUT % (b"30", b"9999-12-31 23:59:59 -1400", b"0001-01-01 00:00:00 +1400"))
    ),
    "a zone that leads out": lambda: (
        HEALTH
        % (
            b'<Workout duration="30" startDate="2026-05-01 07:30:00 +0000">'
            b'<MetadataEntry key="HKTimeZone" value="../../../etc/passwd"/></Workout>'
        )
    ),
}

# JSON


def fitbit(**fields):
    """A list of one Fitbit exercise."""
    usual = {"logId": 1, "activityName": "Run", "startTime": "05/01/26 07:30:00", "activeDuration": 1_800_000}
    return json.dumps([usual | fields]).encode()


JSON_FILES = {
    "lists a million deep": lambda: b"[" * 1_000_000,
    "objects a million deep": lambda: b'{"a":' * 1_000_000,
    "a known record 100,000 deep": lambda: b'[{"logId":1,"activityName":' + b"[" * 100_000,
    "a number of a million digits": lambda: fitbit().replace(b"1800000", b"9" * 1_000_000),
    "a number of 1e999": lambda: fitbit().replace(b"1800000", b"1e999"),
    "no number": lambda: fitbit(activeDuration=float("nan"), distance=float("inf")),
    "a JSON text of 20 MB": lambda: fitbit(activityName="x" * 20 * MB),
    "a text that never ends": lambda: b'[{"logId": 1, "activityName": "' + b"x" * 20 * MB,
    "half letters": lambda: fitbit(activityName="\ud800\udfff\ud800").replace(b'"Run"', b'"\\ud800"'),
    "one key 500,000 times": lambda: (
        b'[{"logId":1,"activityName":"Run",' + b'"startTime":"x",' * 500_000 + b'"a":1}]'
    ),
    "100,000 empty records": lambda: b'[{"logId":1,"activityName":"Run"}' + b",{}" * 100_000 + b"]",
    "300,000 records of something": lambda: fitbit()[:-1] + b",1" * 300_000 + b"]",
    "all of another kind": lambda: fitbit(logId=[], activityName={}, startTime=[1], activeDuration={"a": []}),
    "a time in 2106": lambda: fitbit(startTime="02/07/06 06:28:15", activeDuration=-1),
}

# tables

RUNS = b"start,moving_min\n"
TABLE_FILES = {
    "a line of 60 MB": lambda: RUNS + b"x" * 60 * MB,
    "a header of a million columns": lambda: (
        b"start,moving_min" + b",x" * 1_000_000 + b"\n2026-05-01 07:30,30\n"
    ),
    "a row of a million cells": lambda: RUNS + b"2026-05-01 07:30,30" + b"," * 1_000_000,
    "a quote that never ends in a table": lambda: RUNS + b'"2026-05-01 07:30' + b"\nx" * 5_000_000,
    "60,000 rows of nonsense": lambda: RUNS + b"x,y\n" * 60_000,
    "20 MB of empty lines": lambda: RUNS + b"\n" * 20 * MB,
    "zeros in a table": lambda: RUNS + b"2026-05-01 07:30,3\x000\n",
    "minutes of a million digits": lambda: RUNS + b"2026-05-01 07:30," + b"9" * 1_000_000,
    "minutes that are no number": lambda: (
        RUNS + b"2026-05-01 07:30,nan\n2026-05-02 07:30,inf\n2026-05-03 07:30,1e308\n"
    ),
    "digits of other scripts": lambda: RUNS + "\u0662\u0660\u0662\u0666-05-01 07:30,\uff13\uff10\n".encode(),
    "days that do not exist": lambda: (
        RUNS + b"2026-02-30 07:30,30\n0000-00-00 00:00,30\n99999-01-01 07:30,30\n"
    ),
    "the years 1989 and 2106 in a table": lambda: RUNS + b"1989-05-01 07:30,30\n2106-05-01 07:30,30\n",
    "a formula for a spreadsheet": lambda: RUNS + b"=cmd|' /C calc'!A0,30\n",
    "marks of direction": lambda: RUNS + "\u202e2026-05-01 07:30,30\u2066\n".encode(),
    "a heart rate recorder's million lines": lambda: (
        b"[Params]\nVersion=106\nDate=20260501\nStartTime=07:30:00\nLength=99:99:99\nInterval=0\n[HRData]\n"
        + b"999999999\n" * 1_000_000
    ),
    "a Strava table of a million digits": lambda: (
        b"id,date,name,type,description,elapsed_time,distance,commute,gear,filename\n"
        b"1,2018-09-12 15:02:23,Run,Run,," + b"9" * 1_000_000 + b",1,false,,activities/1.gpx\n"
    ),
}

# packed and others


def database(*statements):
    """A SQLite file in which these statements were run."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "a.db"
        book = sqlite3.connect(path)
        for statement in statements:
            book.execute(statement)
        book.commit()
        book.close()
        return path.read_bytes()


def with_broken_page(content):
    """A database whose second page is noise."""
    return content[:4096] + b"\xff" * 4096 + content[8192:]


ENDLESS = "with recursive n(i) as (select 1 union all select i + 1 from n) select i"
COLUMNS = "row_id, start_time, end_time, start_zone_offset, end_zone_offset, exercise_type, uuid, app_info_id"
SESSIONS = "exercise_session_record_table"


def packed_again(content, times):
    """The content packed by gzip again and again."""
    for _ in range(times):
        content = gzip.compress(content, 9)
    return content


def overlong_name():
    """A gzip file whose name for itself goes on for 20 MB."""
    plain = gzip.compress(RUN)
    return plain[:3] + b"\x08" + plain[4:10] + b"x" * 20 * MB + b"\0" + plain[10:]


def many_of_one_name(count):
    """A zip with many files of the same name."""
    out = io.BytesIO()
    with warnings.catch_warnings(), zipfile.ZipFile(out, "w") as archive:
        warnings.simplefilter("ignore")
        for _ in range(count):
            archive.writestr("a.fit", RUN[:60])
    return out.getvalue()


OTHER_FILES = {
    "a view without end": lambda: database(
        f"create view {SESSIONS} as {ENDLESS} as row_id, 1 as start_time, 2 as end_time, 0 as start_zone_offset, "
        "0 as end_zone_offset, 56 as exercise_type, x'00' as uuid, 1 as app_info_id from n",
        "create table weight_record_table as select 1 as row_id",
    ),
    "a cell of 200 MB": lambda: database(
        f"create view {SESSIONS} as select 1 as row_id, zeroblob(200000000) as start_time, 2 as end_time, "
        "0 as start_zone_offset, 0 as end_zone_offset, 56 as exercise_type, x'00' as uuid, 1 as app_info_id",
        "create table weight_record_table (row_id, weight)",
        "insert into weight_record_table values (1, zeroblob(2000000))",
    ),
    "a table that computes without end": lambda: database(
        f"create table {SESSIONS} (row_id, time as ({'hex(' * 12}zeroblob(1000){')' * 12}), start_time as (time), "
        "end_time as (time), start_zone_offset, end_zone_offset, exercise_type, uuid, app_info_id)",
        f"insert into {SESSIONS} (row_id) values (1)",
    ),
    "a database with a broken page": lambda: with_broken_page(
        database(
            f"create table {SESSIONS} ({COLUMNS})",
            f"insert into {SESSIONS} values (1, 'x', 2, 3, 4, 5, 6, 7)",
        )
    ),
    "a database whose words are no words": lambda: database(
        f"create table {SESSIONS} ({COLUMNS})",
        f"insert into {SESSIONS} values (1, cast(x'ff00ff' as text), 9e999, 'x', null, 'y', 3, 'z')",
    ),
    "the mark of a database alone": lambda: b"SQLite format 3\0" + b"\xff" * 84,
    "2 GB of zeros, packed twice": lambda: packed_again(gzip.compress(bytes(64 * MB), 9) * 32, 1),
    "packed five times": lambda: packed_again(RUN, 5),
    "300,000 empty members": lambda: gzip.compress(b"") * 300_000,
    "a name of 20 MB": overlong_name,
    "a run, and noise packed behind it": lambda: gzip.compress(RUN) + b"\x1f\x8b" * 1_000_000,
    "an archive that begins as a run": lambda: RUN + made.nested(1),
    "a run that ends as an archive": lambda: made.nested(1) + RUN,
    "an archive of 1,000 names": lambda: made.zipped({f"{i}.fit": b"" for i in range(1000)}, how=0),
    "an archive of one name, 300 times": lambda: many_of_one_name(300),
    "a program": lambda: b"\x7fELF" + bytes(1000),
    "one byte": lambda: b"\0",
    "nothing": lambda: b"",
}


def sparse_line(path):
    """A table of one line of a gigabyte, of which the disk holds nothing."""
    with path.open("wb") as file:
        file.write(RUNS)
        file.truncate(2**30)


KINDS = (FIT_FILES, XML_FILES, APPLE_FILES, JSON_FILES, TABLE_FILES, OTHER_FILES)
FILES = {name: make for kind in KINDS for name, make in kind.items()}
