"""GoldenCheetah's table of all activities with their metrics; it names no sport, so the speed tells the kind.

Dates are month/day/year with two figures of the year, lengths are in kilometres and times in seconds, whatever the
program shows.
"""

from collections.abc import Iterable, Iterator
from datetime import datetime
from typing import Final

from backstride.errors import BadValue
from backstride.importers.cell_values import rough
from backstride.importers.tables.columns import Cells, Table
from backstride.importers.tables.forms import Column, Form
from backstride.importers.tracks.track_kind import Pace, kind_of
from backstride.importers.vendors.app_records import AppSession
from backstride.importers.vendors.app_table import AppTable, Rows, measured

_AS_WRITTEN: Final = "%m/%d/%y %H:%M:%S"


def _run(cells: Cells, rows: Rows) -> Iterator[AppSession]:
    elapsed = measured(cells["Duration"], what="duration")
    moving = measured(cells["Time Moving"], what="time moving") or elapsed
    metres = rough(cells["Distance"], what="distance", unit=1000) or None
    speed = metres / moving if metres and moving else None
    yield AppSession(
        moment=rows.moment(_moment(f"{cells['date']} {cells['time']}")),
        kind=kind_of("", names=(), pace=Pace(speed, moving)),
        moving_s=moving,
        elapsed_s=elapsed or None,
        distance_m=metres,
        heart_rate=rough(cells["Average Heart Rate"], what="heart rate") or None,
    )


def _moment(text: str) -> str:
    try:
        return datetime.strptime(text, _AS_WRITTEN).isoformat(" ")  # noqa: DTZ007 - local time, as written
    except ValueError as error:
        raise BadValue(
            f"Its start is '{text[:40]}', which is no time.", advice="Type this session into a table of runs."
        ) from error


def _says(_: Table) -> Iterable[str]:
    yield ("it names no sports; each session was taken by its speed; type a wrong one into a table of runs")


GOLDEN_CHEETAH_TABLE: Final = AppTable(
    "GoldenCheetah metrics",
    Form(
        "activities",
        tuple(
            Column(name)
            for name in (
                "date",
                "time",
                "filename",
                "Duration",
                "Time Moving",
                "Distance",
                "Average Heart Rate",
            )
        ),
        (("date",), ("time",), ("filename",), ("Duration",), ("Distance",)),
        "the table as the program writes it",
    ),
    _run,
    (),
    says=_says,
    is_log=True,
)
