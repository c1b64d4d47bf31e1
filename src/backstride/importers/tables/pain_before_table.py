"""The table of pain before a run: one row a rating."""

from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.pain_before import PainBefore
from backstride.core.records import Records
from backstride.core.scales import PainRating
from backstride.errors import BadValue
from backstride.importers.base import ImportResult
from backstride.importers.cell_values import amount, zone_known
from backstride.importers.tables.check_ins_table import scale_of
from backstride.importers.tables.columns import Cells, Table, clock_of, each_row
from backstride.importers.tables.forms import Column, Form
from backstride.importers.tables.table_times import Clock
from backstride.importers.tables.table_writing import day_and_time

FORM: Final = Form(
    what="pain before runs",
    columns=(
        Column("time", ("when", "moment", "timestamp", "date time", "Zeit", "Uhrzeit", "Zeitpunkt")),
        Column("date", ("day", "Datum", "Tag")),
        Column("pain_before", ("pain before", "pain before run", "Schmerz vor dem Lauf")),
        Column("scale", ("pain scale", "Skala")),
        Column("zone", ("zone known by",)),
        Column("source", ("Quelle",)),
    ),
    needs=(("time", "date"), ("pain_before",)),
    example="time,pain_before and, below it, 2026-05-01 17:45,3",
)


def read_pain_before(table: Table, *, zone: ZoneInfo) -> ImportResult:
    """Read every rating of the table."""
    clock = clock_of(table, zone=zone)
    ratings, skipped = each_row(table, lambda cells: _rating(cells, clock))
    return ImportResult(Records(pain_before=tuple(ratings)), tuple(skipped), clock.notes(table.name))


def _rating(cells: Cells, clock: Clock) -> PainBefore:
    day, at = cells["date"], cells["time"]
    value = amount(cells["pain_before"], what="pain")
    if value is None:
        raise BadValue("It has no rating.", advice="Write a number from 0 to 10.")
    moment, known = clock.moment(day_and_time(day, at))
    return PainBefore(
        time=moment,
        pain=PainRating(value, scale_of(cells["scale"])),
        source=cells["source"] or cells.where,
        zone_source=zone_known(cells["zone"]) or known,
    )
