"""The table of the plan: the sessions that were offered, and what was said about going on."""

from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.plan_step import PlanStep, Step
from backstride.core.records import Records
from backstride.errors import BadValue
from backstride.importers.base import ImportResult
from backstride.importers.cell_values import amount
from backstride.importers.tables.columns import Cells, Table, each_row
from backstride.importers.tables.forms import Column, Form
from backstride.importers.tables.table_times import Clock, clock_for

FORM: Final = Form(
    what="steps of the plan",
    columns=(
        Column("plan_day"),
        Column("step"),
        Column("stage"),
        Column("run_min"),
        Column("walk_min"),
        Column("source", ("Quelle",)),
    ),
    needs=(("plan_day",), ("step",)),
    example="plan_day,step,stage,run_min,walk_min and, below it, 2026-05-04,session,1,2.5,27.5",
)


def read_plan(table: Table, *, zone: ZoneInfo) -> ImportResult:
    """Read every step of the table."""
    clock = clock_for(table.column("plan_day"), table.statements, zone=zone, name=table.name, by_hand=False)
    steps, skipped = each_row(table, lambda cells: _step(cells, clock))
    return ImportResult(Records(plan=tuple(steps)), tuple(skipped), clock.notes(table.name))


def _step(cells: Cells, clock: Clock) -> PlanStep:
    try:
        return PlanStep(
            day=clock.day(cells["plan_day"]),
            step=Step(cells["step"].lower()),
            stage=int(cells["stage"]) if cells["stage"] else None,
            run_min=amount(cells["run_min"], what="number of minutes") or 0.0,
            walk_min=amount(cells["walk_min"], what="number of minutes") or 0.0,
            source=cells["source"] or cells.where,
        )
    except ValueError as error:
        raise BadValue(
            f"'{cells['step'][:40]}' is no step of the plan.",
            advice=f"Write one of {', '.join(step.value for step in Step)}.",
        ) from error
