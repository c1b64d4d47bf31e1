"""The neutral diary format: six plain tables, told apart by their headers (`docs/diary-format.md`)."""

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.records import Records
from backstride.errors import BadInput, BadTable
from backstride.importers.base import ImportResult
from backstride.importers.implied_cover import without_implied
from backstride.importers.tables import (
    allocations_table,
    check_ins_table,
    covered_table,
    measurements_table,
    pain_before_table,
    plan_table,
    roland_morris_table,
    runs_beside_ratings,
    runs_columns,
    runs_table,
)
from backstride.importers.tables.columns import Table, form_of, table_of
from backstride.importers.tables.csv_dialect import Sheet, first_line, looks_like_text, sheet_from_bytes
from backstride.importers.tables.day_halves import with_parts_of_day
from backstride.importers.tables.forms import Form, lacking, notes_on_two, placed, unknown_columns
from backstride.importers.tables.other_logs import refuse_another_title, refuse_other_logs
from backstride.importers.tables.people_in_table import the_person
from backstride.importers.tables.selections import selection_named
from backstride.importers.tables.sheet_layout import (
    local_without_z,
    polar_session,
    tables_below,
    units_in_headings,
)
from backstride.importers.tables.span_runs import spans_as_runs
from backstride.importers.tables.unit_columns import with_units
from backstride.importers.tables.weights_table import weights_as_measurements

FORMS: Final[tuple[Form, ...]] = (
    check_ins_table.FORM,
    runs_columns.FORM,
    measurements_table.FORM,
    covered_table.FORM,
    allocations_table.FORM,
    plan_table.FORM,
    pain_before_table.FORM,
    roland_morris_table.FORM,
)
_ENDINGS: Final = (".csv", ".tsv")


class Tables:
    """Reads a table of check-ins, runs, measurements or covered days."""

    name = "table"

    def knows(self, head: bytes, *, name: str) -> bool:
        """Whether the first line names two known columns of one table, or one in a file called .csv."""
        if not looks_like_text(head):
            return False
        header = first_line(head)
        needed = 1 if name.lower().endswith(_ENDINGS) else 2
        return any(len(placed(form, header)) >= needed for form in FORMS)

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read every row of the table that can be used, and why the others cannot.

        Raises:
            BadTable: it is no table, lacks a needed column, or none of its rows can be used.
        """
        sheet, below = tables_below(
            units_in_headings(polar_session(sheet_from_bytes(content, name=name))), _known_headings
        )
        other = self._read_below(sheet, below, zone=zone) if below is not None else None
        if other is None:
            return self._read_one(sheet, zone=zone)
        line = sheet.skipped[-1].where.rpartition(" ")[2]
        note = f"{name}: a second table begins on line {line}, and was read as well."
        return self._read_one(replace(sheet, skipped=sheet.skipped[:-1]), zone=zone) + replace(
            other, notes=(note, *other.notes)
        )

    def _read_below(self, above: Sheet, below: Sheet, *, zone: ZoneInfo) -> ImportResult | None:
        """Read a second table that stands below a first; None where it cannot be told from a part of that."""
        forms = [_form_or_none(_in_plain_layout(sheet)) for sheet in (above, below)]
        if (
            None in forms
            or forms[0] is forms[1]
            or not set(forms) <= {check_ins_table.FORM, runs_columns.FORM}
        ):
            return None
        try:
            return self._read_one(below, zone=zone)
        except BadInput:
            return None

    def _read_one(self, sheet: Sheet, *, zone: ZoneInfo) -> ImportResult:
        """Read one table, however its cells are laid out.

        Raises:
            BadTable: it lacks a needed column, none of its rows can be used, or they are of several people.
        """
        sheet = _in_plain_layout(sheet)
        known = {i for form in FORMS for i in placed(form, sheet.header, sheet.rows).values()}
        person = the_person(sheet, known)
        return replace(self.read_sheet(sheet, zone=zone), people=person)

    def read_sheet(self, sheet: Sheet, *, zone: ZoneInfo) -> ImportResult:
        """Read a table whose cells are known already, all of one person's.

        Raises:
            BadTable: it lacks a needed column, or none of its rows can be used.
        """
        name = sheet.name
        sheet = spans_as_runs(sheet, runs_columns.FORM)
        form = form_of(sheet, FORMS)
        if form is covered_table.FORM:
            covered_table.refuse_other_spans(sheet)
        refuse_another_title(sheet, form.what)
        ratings = _ratings_beside(sheet, form)
        if ratings is not None:
            form = runs_columns.FORM
        table = table_of(sheet, form)
        if form is not runs_columns.FORM:
            return self._read_as(form, table, ratings, sheet, zone=zone)
        refuse_other_logs(sheet.header, table, name=name)
        try:
            return self._read_as(form, table, ratings, sheet, zone=zone)
        except BadTable as error:
            raise error.of_runs() from error

    def _read_as(
        self, form: Form, table: Table, ratings: Table | None, sheet: Sheet, *, zone: ZoneInfo
    ) -> ImportResult:
        """Read a table whose form is known.

        Raises:
            BadTable: none of its rows can be used, or nothing says how they are to be read.
        """
        name = sheet.name
        table = table if ratings is None else _with_a_run(table)
        of_which_day = runs_beside_ratings.headings_of_an_open_day(table, sheet.header)
        if of_which_day and form is check_ins_table.FORM:
            table = runs_beside_ratings.without_yesterday(table)
        result = _read_table(form, table, zone)
        notes = sheet.notes + table.notes
        if result.implied and (said := selection_named(sheet)):
            result = without_implied(result)
            notes += (
                f"{name}: '{said}' says that it holds some runs alone, so nothing is known of the other days. If it "
                "holds every run, add a table of covered days.",
            )
        used = set(table.places.values()) | set(() if ratings is None else ratings.places.values())
        notes += tuple(notes_on_two(sheet, form, table.places, used))
        taken = {sheet.header[i] for i in used} | set(of_which_day)
        unused = [heading for heading in unknown_columns(form, sheet.header) if heading not in taken]
        if form is runs_columns.FORM and ratings is None:
            runs_columns.refuse_without_minutes(table, sheet.header, unused)
        if ratings is not None:
            result += check_ins_table.read_check_ins(ratings, zone=zone)
            notes += (f"{name}: each row is read as a check-in and as a run.",)
        if result.records == Records():
            raise _nothing_in(table, form, result)
        if of_which_day:
            notes += (
                f"{name}: {', '.join(of_which_day)}: that can be said of the day itself or of the day before, so "
                "it was not read. Call it ran_yesterday and ran_minutes, or keep runs in a table of runs.",
            )
        open_days: frozenset[date] = frozenset()
        if form is check_ins_table.FORM:
            open_days, which = runs_beside_ratings.days_of_unread_runs(
                sheet, table, [*unused, *of_which_day], zone=zone
            )
            if open_days:
                notes += (
                    f"{name}: {', '.join(which)}: on {len(open_days)} days this speaks of a run and was not read, so "
                    "that these days are open. Keep runs in a table of runs.",
                )
        if unused:
            notes += (
                (
                    f"{name}: these columns were not used: {', '.join(unused)}. Rename one that means a column "
                    "of the diary."
                ),
            )
        return ImportResult(notes=notes, open_days=open_days) + result


TABLES: Final = Tables()


def _in_plain_layout(sheet: Sheet) -> Sheet:
    """Give each row its units, its kind of weight and its time of day in the columns that the forms know."""
    return with_parts_of_day(weights_as_measurements(_with_units(local_without_z(sheet))))


def _form_or_none(sheet: Sheet) -> Form | None:
    try:
        return form_of(spans_as_runs(sheet, runs_columns.FORM), FORMS)
    except BadTable:
        return None


def _with_units(sheet: Sheet) -> Sheet:
    """Put units that stand in columns of their own behind durations and distances; measurements have theirs."""
    known = placed(runs_columns.FORM, sheet.header)
    return with_units(sheet) if "moving_min" in known or "distance_km" in known else sheet


def _known_headings(cells: Sequence[str]) -> int:
    """Return how many cells of a row are headings of one table."""
    return max(len(placed(form, cells)) for form in FORMS)


def _ratings_beside(sheet: Sheet, form: Form) -> Table | None:
    """Return the check-ins in a table of runs, where each has a time of its own; else None.

    Where there is one column of times, nobody can tell whether it is that of the rating or that of the run.
    """
    forms = (runs_columns.FORM, check_ins_table.FORM)
    if form not in forms or any(lacking(one, placed(one, sheet.header)) for one in forms):
        return None
    of_runs, of_ratings = (placed(one, sheet.header, sheet.rows) for one in forms)
    at, start = of_ratings.get("time"), of_runs.get("start")
    is_timed = at is not None and start is not None and at != start
    is_export = "zone" in of_runs
    return (
        table_of(sheet, check_ins_table.FORM) if is_timed and "pain" in of_ratings and not is_export else None
    )


def _with_a_run(table: Table) -> Table:
    """Return the rows with a run in a table that also holds ratings; a row without one is a morning only."""
    said = ("start", "moving_min", "hours", "seconds", "distance_km")
    return replace(table, rows=tuple(cells for cells in table.rows if any(cells[name] for name in said)))


def _read_table(form: Form, table: Table, zone: ZoneInfo) -> ImportResult:
    readers: dict[str, Callable[..., ImportResult]] = {
        check_ins_table.FORM.what: check_ins_table.read_check_ins,
        runs_columns.FORM.what: runs_table.read_runs,
        measurements_table.FORM.what: measurements_table.read_measurements,
        covered_table.FORM.what: covered_table.read_covered,
        allocations_table.FORM.what: allocations_table.read_allocations,
        plan_table.FORM.what: plan_table.read_plan,
        pain_before_table.FORM.what: pain_before_table.read_pain_before,
        roland_morris_table.FORM.what: roland_morris_table.read_roland_morris,
    }
    return readers[form.what](table, zone=zone)


def _nothing_in(table: Table, form: Form, result: ImportResult) -> BadTable:
    if result.skipped:
        first = result.skipped[0]
        return BadTable(
            f"None of the {len(result.skipped)} rows of {table.name} can be used; "
            f"{first.where.removeprefix(table.name).strip()}: {first.why}",
            advice="Correct that line, and the others like it.",
        )
    return BadTable(
        f"{table.name} names the columns of a table of {form.what}, but no row below them says anything.",
        advice=f"Fill it in, as in: {form.example}",
    )
