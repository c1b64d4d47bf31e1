"""A table as one app writes it: known by its own headings, each row made into a run, check-in or weight."""

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, time
from typing import Final
from zoneinfo import ZoneInfo

from backstride.errors import BadInput
from backstride.importers.base import ImportResult
from backstride.importers.cell_values import number
from backstride.importers.tables.columns import Cells, Table, by_line, table_of
from backstride.importers.tables.csv_dialect import first_line, looks_like_text, sheet_from_bytes
from backstride.importers.tables.forms import Form, lacking, placed
from backstride.importers.tables.table_times import Clock, clock_for
from backstride.importers.vendors.app_records import Gathering, Made, Moment, at_seconds, finish_import

_NOT_MEASURED: Final = frozenset({"--", "---", "n/a", "no data"})


@dataclass(frozen=True, slots=True)
class Rows:
    """What the maker of a record knows of its table.

    Attributes:
        table: all rows.
        clock: how days and times are to be read.
        metres: in one of its distances, where the table names no unit.
    """

    table: Table
    clock: Clock
    metres: float = 1000.0

    def moment(self, text: str, *, day_alone_at: time | None = None) -> Moment:
        """Parse the timestamp in a cell; local time where it states no zone.

        Raises:
            BadValue: it names none.
        """
        return self.clock.moment(text, day_alone_at=day_alone_at)

    def in_utc(self, text: str, *, east_s: float | None) -> Moment:
        """Parse a UTC timestamp that does not say so, and convert it to an offset known elsewhere.

        Raises:
            BadValue: it names none.
        """
        moment, _ = self.clock.moment(f"{text}Z")
        return at_seconds(moment.timestamp(), zone=self.clock.zone, east_s=east_s)


@dataclass(frozen=True, slots=True)
class AppTable:
    """Reads the tables of one app.

    Attributes:
        name: of the format.
        form: its headings; those that it needs tell it from all others.
        make: what one row tells; nothing leaves the row out without a word.
        times: the columns that hold days or times.
        says: what was assumed of the whole table.
        is_log: it holds all sessions of an account.
        metres: in one of the distances of a table that names no unit.
        names_a_run: whether a row records a run without its minutes, so that its day is no day of rest.
        before: bytes with which a line before the header begins, if there is one.
    """

    name: str
    form: Form
    make: Callable[[Cells, Rows], Iterable[Made]]
    times: tuple[str, ...]
    says: Callable[[Table], Iterable[str]] = lambda _: ()
    is_log: bool = False
    metres: Callable[[Table], float] = lambda _: 1000.0
    names_a_run: Callable[[Cells], bool] = lambda _: False
    before: bytes = b""

    def knows(self, head: bytes, *, name: str) -> bool:  # noqa: ARG002 - the headings say enough
        """Whether the first line names all the headings by which the app's tables are known."""
        head = self._from_header(head)
        return looks_like_text(head) and not lacking(self.form, placed(self.form, first_line(head)))

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read every row that can be used, and why the others cannot.

        Raises:
            BadInput: it is no table, or none of its rows can be used.
        """
        sheet = sheet_from_bytes(self._from_header(content), name=name)
        table = table_of(sheet, self.form)
        table = replace(table, rows=tuple(_measured(cells) for cells in table.rows))
        clock = clock_for(table.column(*self._times(table)), table.statements, zone=zone, name=name)
        rows = Rows(table, clock, self.metres(table))
        gathering = Gathering()
        open_days = frozenset(
            day
            for cells in table.rows
            if self.names_a_run(cells) and (day := day_of(cells, self.times, clock)) is not None
        )
        for refused in table.skipped:
            gathering.skipped.append(replace(refused, is_session=self.is_log))
        for cells in table.rows:
            try:
                for made in self.make(cells, rows):
                    gathering.add(made, cells.where)
            except BadInput as error:
                day = day_of(cells, self.times, clock)
                gathering.refuse(cells.where, error, is_session=self.is_log, day=day)
        result = ImportResult(notes=sheet.notes + table.notes + clock.notes(name)) + gathering.result(name)
        result = replace(result, skipped=by_line(result.skipped), open_days=open_days)
        doubts = [*self.says(table), *_on_open_days(open_days)]
        try:
            return finish_import(result, name=name, doubts=doubts, is_log=self.is_log)
        except BadInput as error:
            if open_days:
                error.of_runs()
            raise

    def _times(self, table: Table) -> list[str]:
        return [column for column in self.times if column in table.places]

    def _from_header(self, content: bytes) -> bytes:
        if self.before and content.startswith(self.before):
            return content.partition(b"\n")[2]
        return content


def _on_open_days(days: Collection[date]) -> Iterable[str]:
    if days:
        yield (
            f"runs are named on {len(days)} days without minutes, so these days are open; type them into a table"
        )


def _measured(cells: Cells) -> Cells:
    """Empty the cells where the app writes a dash for 'not measured'."""
    return Cells(cells.where, {k: "" if v.lower() in _NOT_MEASURED else v for k, v in cells.by_name.items()})


def measured(text: str, *, what: str, unit: float = 1.0) -> float | None:
    """Parse a number in a cell, times its unit; None where it is empty.

    Raises:
        BadValue: it holds something else.
    """
    value = number(text, what=what)
    return None if value is None else float(value) * unit


def day_of(cells: Cells, columns: Sequence[str], clock: Clock) -> date | None:
    """Return the day of an unusable row; None where it names none."""
    try:
        return next((clock.day(cells[column]) for column in columns if cells[column]), None)
    except BadInput:
        return None
