"""The table of draws: what chance gave each day, and how likely that was."""

from fractions import Fraction
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.allocation import Allocation, AllocationScheme, Arm
from backstride.core.records import Records
from backstride.errors import BadValue
from backstride.importers.base import ImportResult
from backstride.importers.tables.columns import Cells, Table, each_row
from backstride.importers.tables.forms import Column, Form
from backstride.importers.tables.table_times import Clock, clock_for

FORM: Final = Form(
    what="draws",
    columns=(
        Column("drawn_day"),
        Column("assigned"),
        Column("law"),
        Column("block"),
        Column("probability"),
        Column("seed"),
        Column("source", ("Quelle",)),
    ),
    needs=(("drawn_day",), ("assigned",), ("law",), ("block",), ("probability",), ("seed",)),
    example="drawn_day,assigned,law,block,probability,seed and, below it, 2026-05-04,run,days,2026-05-04,1/10,7",
)


def read_allocations(table: Table, *, zone: ZoneInfo) -> ImportResult:
    """Read every drawn day of the table."""
    clock = clock_for(
        table.column("drawn_day", "block"), table.statements, zone=zone, name=table.name, by_hand=False
    )
    allocations, skipped = each_row(table, lambda cells: _allocation(cells, clock))
    return ImportResult(Records(allocations=tuple(allocations)), tuple(skipped), clock.notes(table.name))


def _allocation(cells: Cells, clock: Clock) -> Allocation:
    try:
        return Allocation(
            day=clock.day(cells["drawn_day"]),
            assigned=Arm(cells["assigned"].lower()),
            law=AllocationScheme(cells["law"].lower()),
            block=clock.day(cells["block"]),
            probability=Fraction(cells["probability"]),
            seed=int(cells["seed"]),
            source=cells["source"] or cells.where,
        )
    except (ValueError, ZeroDivisionError) as error:
        raise BadValue("It is no draw.", advice="Take the table as it was exported.") from error
