"""Runs in the tables of Runkeeper, Intervals.icu and Samsung Health."""

import re
from collections.abc import Iterator
from typing import Final

from backstride.core.measurement import Measurement, MeasurementKind
from backstride.core.run import Activity
from backstride.errors import BadValue
from backstride.importers.cell_values import rough
from backstride.importers.spans import seconds_in
from backstride.importers.sport_words import Kind, kind_called, unknown_kind
from backstride.importers.tables.columns import Cells
from backstride.importers.tables.forms import Column, Form
from backstride.importers.vendors.app_records import AppSession
from backstride.importers.vendors.app_table import AppTable, Rows, measured

MILE_M: Final = 1609.344
_OFFSET: Final = re.compile(r"UTC([+-])(\d\d):?(\d\d)")
_SAMSUNG: Final = "com.samsung.health."
_SAMSUNG_SPORTS: Final = {
    "1001": Activity.WALK,
    "1002": Activity.RUN,
    "13001": Activity.WALK,
    "15005": Activity.TREADMILL,
}
"""The app's numbers of sports: walking, running, hiking, treadmill."""


def _form(what: str, needs: tuple[str, ...], *columns: Column) -> Form:
    return Form(what, columns, tuple((name,) for name in needs), "the table as the app writes it")


def _runkeeper_run(cells: Cells, rows: Rows) -> Iterator[AppSession]:
    kilometres = rough(cells["Distance (km)"], what="distance", unit=1000)
    miles = rough(cells["Distance (mi)"], what="distance")
    yield AppSession(
        moment=rows.moment(cells["Date"]),
        kind=kind_called(cells["Type"]),
        moving_s=seconds_in(cells["Duration"], what="duration"),
        distance_m=kilometres if miles is None else miles * MILE_M,
        heart_rate=rough(cells["Average Heart Rate (bpm)"], what="heart rate"),
    )


RUNKEEPER: Final = AppTable(
    "Runkeeper table",
    _form(
        "activities",
        ("Activity Id", "Date", "Type", "Duration"),
        Column("Activity Id"), Column("Date"), Column("Type"), Column("Duration"), Column("Distance (km)"),
        Column("Distance (mi)"), Column("Average Heart Rate (bpm)"),
    ),
    _runkeeper_run,
    ("Date",),
    is_log=True,
)  # fmt: skip


def _icu_run(cells: Cells, rows: Rows) -> Iterator[AppSession]:
    yield AppSession(
        moment=rows.moment(cells["start_date_local"]),
        kind=kind_called(cells["type"]),
        moving_s=measured(cells["moving_time"], what="moving time"),
        elapsed_s=rough(cells["elapsed_time"], what="elapsed time"),
        distance_m=rough(cells["distance"], what="distance"),
        rpe=rough(cells["icu_rpe"], what="perceived exertion"),
        heart_rate=rough(cells["average_heartrate"], what="heart rate"),
    )


INTERVALS_RUNS: Final = AppTable(
    "Intervals.icu activities",
    _form(
        "activities",
        ("start_date_local", "type", "moving_time"),
        Column("start_date_local"), Column("type"), Column("moving_time"), Column("elapsed_time"),
        Column("distance"), Column("icu_rpe"), Column("average_heartrate", ("avg_hr", "average_hr")),
    ),
    _icu_run,
    ("start_date_local",),
    is_log=True,
)  # fmt: skip


def _samsung_kind(number: str) -> Kind:
    """Map a Samsung exercise number to an activity; 0 is a custom workout."""
    if number.strip() in ("", "0"):
        return unknown_kind(number)
    return Kind(_SAMSUNG_SPORTS.get(number, Activity.OTHER))


def _samsung(name: str, part: str) -> Column:
    return Column(name, (f"{_SAMSUNG}{part}.{name}",))


def _samsung_run(cells: Cells, rows: Rows) -> Iterator[AppSession]:
    begin = rows.in_utc(cells["start_time"], east_s=_east(cells["time_offset"]))
    end = rows.in_utc(cells["end_time"], east_s=None)[0] if cells["end_time"] else None
    yield AppSession(
        moment=begin,
        kind=_samsung_kind(cells["exercise_type"]),
        moving_s=measured(cells["duration"], what="duration", unit=0.001),
        elapsed_s=None if end is None else (end - begin[0]).total_seconds(),
        distance_m=rough(cells["distance"], what="distance"),
        heart_rate=rough(cells["mean_heart_rate"], what="heart rate"),
        app=" ".join(filter(None, (cells["pkg_name"], cells["deviceuuid"]))),
    )


SAMSUNG_RUNS: Final = AppTable(
    "Samsung Health exercises",
    _form(
        "exercises",
        ("start_time", "exercise_type", "duration"),
        *(
            _samsung(name, "exercise")
            for name in ("start_time", "end_time", "time_offset", "exercise_type", "duration", "distance",
                         "mean_heart_rate", "deviceuuid", "pkg_name")
        ),
    ),
    _samsung_run,
    ("start_time",),
    is_log=True,
    before=b"com.samsung.",
)  # fmt: skip


def _samsung_weight(cells: Cells, rows: Rows) -> Iterator[Measurement]:
    value = measured(cells["weight"], what="weight")
    if not value:
        return
    moment, known = rows.in_utc(cells["start_time"], east_s=_east(cells["time_offset"]))
    yield Measurement(
        moment=moment, zone_source=known, kind=MeasurementKind.WEIGHT, value=value, source=cells.where
    )


SAMSUNG_WEIGHTS: Final = AppTable(
    "Samsung Health weights",
    _form(
        "weights",
        ("start_time", "weight"),
        *(_samsung(name, "weight") for name in ("start_time", "time_offset", "weight")),
    ),
    _samsung_weight,
    ("start_time",),
    before=b"com.samsung.",
)


def _east(text: str) -> float | None:
    """Seconds ahead of UTC in UTC+0300; None where nothing is stated."""
    if not text:
        return None
    found = _OFFSET.fullmatch(text.strip())
    if not found:
        raise BadValue(f"Its time offset is '{text[:20]}'.", advice="Type this session into a table of runs.")
    east = 60.0 * (60 * int(found[2]) + int(found[3]))
    return -east if found[1] == "-" else east
