"""The table of Roland-Morris questionnaires: one row each time it was filled in."""

from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.records import Records
from backstride.core.roland_morris import RolandMorris
from backstride.errors import BadValue
from backstride.importers.base import ImportResult
from backstride.importers.cell_values import amount, zone_known
from backstride.importers.tables.columns import Cells, Table, clock_of, each_row
from backstride.importers.tables.forms import Column, Form
from backstride.importers.tables.table_times import Clock
from backstride.importers.tables.table_writing import day_and_time

NONE_TICKED: Final = "none"
FORM: Final = Form(
    what="Roland-Morris questionnaires",
    columns=(
        Column("time", ("when", "moment", "timestamp", "date time", "Zeit", "Uhrzeit", "Zeitpunkt")),
        Column("date", ("day", "Datum", "Tag")),
        Column("roland_morris", ("RMDQ", "RDQ", "Roland-Morris score")),
        Column("ticked", ("sentences ticked",)),
        Column("zone", ("zone known by",)),
        Column("source", ("Quelle",)),
    ),
    needs=(("time", "date"), ("roland_morris",)),
    example="time,roland_morris and, below it, 2026-05-01 09:00,9",
)


def read_roland_morris(table: Table, *, zone: ZoneInfo) -> ImportResult:
    """Read every questionnaire of the table."""
    clock = clock_of(table, zone=zone)
    questionnaires, skipped = each_row(table, lambda cells: _questionnaire(cells, clock))
    return ImportResult(Records(roland_morris=tuple(questionnaires)), tuple(skipped), clock.notes(table.name))


def _questionnaire(cells: Cells, clock: Clock) -> RolandMorris:
    day, at = cells["date"], cells["time"]
    score = amount(cells["roland_morris"], what="Roland-Morris score")
    if score is None or score != int(score):
        raise BadValue(
            "It has no Roland-Morris score.", advice="Write how many sentences were ticked, 0 to 24."
        )
    moment, known = clock.moment(day_and_time(day, at))
    return RolandMorris(
        time=moment,
        score=int(score),
        ticked=_numbers(cells["ticked"]),
        source=cells["source"] or cells.where,
        zone_source=zone_known(cells["zone"]) or known,
    )


def _numbers(cell: str) -> tuple[int, ...] | None:
    if not cell:
        return None
    if cell.lower() == NONE_TICKED:
        return ()
    numbers = cell.replace(",", " ").split()
    if not all(number.isdecimal() for number in numbers):
        raise BadValue(
            "The numbers of the ticked sentences are not readable.", advice="Write them as in 2 5 13."
        )
    return tuple(map(int, numbers))
