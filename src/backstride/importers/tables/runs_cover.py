"""The days that a table of runs vouches for by itself, from its first to its last row."""

from collections.abc import Iterable, Sequence
from datetime import date
from typing import Final

from backstride.core.records import CoveredSpan
from backstride.core.run import Run
from backstride.errors import BadInput, BadValue
from backstride.importers.base import Skipped
from backstride.importers.clock import last_possible_day
from backstride.importers.coverage import covered_by, without_days
from backstride.importers.implied_cover import FIRST_TO_LAST
from backstride.importers.tables.columns import Cells, Table
from backstride.importers.tables.row_order import DoubtedDays, doubted_days
from backstride.importers.tables.span_runs import BY_THE_CLOCK
from backstride.importers.tables.table_times import Clock
from backstride.importers.tables.table_writing import day_and_time, has_numeric_offset

RIDES: Final = "faster than a run"
WALKS: Final = "slower than a run"
BY_PACE: Final = frozenset((RIDES, WALKS))
"""What sessions without a kind are called by their pace: no word of the person's, and asked of nobody."""
_MAX_NAMED: Final = 5


def moment_in(cells: Cells) -> str:
    """Return the cells of a row that say when it was, in one text.

    Raises:
        BadValue: it says nothing of that.
    """
    text = day_and_time(cells["date"], cells["start"])
    if not text:
        raise BadValue("It has no start.", advice="Write day and time, as in 2026-05-01 18:10.")
    return text


def vouched(
    table: Table, clock: Clock, runs: Iterable[Run], skipped: Sequence[Skipped], doubts: DoubtedDays
) -> tuple[CoveredSpan, ...]:
    """Return the covered days from the first to the last row at most 60 days apart, without those of unusable rows.

    None at all where such a row does not tell its day, where the table says `# covered: no`, and where it has
    the column `zone`: an export, whose table of covered days tells them. Nor where rows tell from when to when by an
    offset from UTC, as no person writes: such a list holds what a tracker noticed.
    """
    if "zone" in table.places or table.statements.get("covered", "").lower() in ("no", "nein"):
        return ()
    runs = tuple(runs)
    if runs and all(run.kind_word in BY_PACE for run in runs):
        return ()  # nothing in it is known to be a run
    if BY_THE_CLOCK in table.statements and any(map(has_numeric_offset, table.column("date", "start"))):
        return ()
    by_row = {run.source: run.local_day for run in runs}
    in_doubt = {skip.where for skip in doubts.left_out}
    latest = last_possible_day()
    days = [
        day
        for cells in table.rows
        if cells.where not in in_doubt
        and (day := by_row.get(cells.where) or day_in(cells, clock)) is not None
        and day <= latest
    ]
    return covered_by([(day, day) for day in days], skipped, source=table.name + FIRST_TO_LAST)


def without_doubted(
    name: str, spans: tuple[CoveredSpan, ...], doubts: DoubtedDays
) -> tuple[tuple[CoveredSpan, ...], tuple[str, ...]]:
    """Take the days out of spans that a row in doubt may have been meant for, and say so.

    Args:
        name: the table's.
        spans: the days that it vouches for otherwise.
        doubts: its rows whose day is in doubt.

    Returns:
        What is left of the spans; and notes.
    """
    if not spans:
        return (), ()
    left = without_days(spans, doubts.open_days) if doubts.vouches else ()
    return left, tuple(doubts.notes(name, spans))


def doubts_of(table: Table, clock: Clock) -> DoubtedDays:
    """Find the rows whose day is in doubt; none in an export, which stands in no order of its own."""
    if "zone" in table.places:
        return DoubtedDays()
    return doubted_days(
        (cells.where, day) for cells in table.rows if (day := day_in(cells, clock)) is not None
    )


def note_on_pace(name: str, runs: Iterable[Run]) -> Iterable[str]:
    """Return which sessions no kind is named of, and whose pace is none of a run."""
    lines = [run.source.rpartition(" ")[2] for run in runs if run.kind_word in BY_PACE]
    if lines:
        named = ", ".join(lines[:_MAX_NAMED]) + (" ..." if len(lines) > _MAX_NAMED else "")
        yield (
            f"{name}: the sessions on line {named} go slower or faster than people run. No kind is named, so their "
            "days are open. Write 'run' or 'walk' into a column called activity."
        )


def day_in(cells: Cells, clock: Clock) -> date | None:
    """Return the day of a row; None where it names none."""
    try:
        return clock.day(moment_in(cells))
    except BadInput:
        return None
