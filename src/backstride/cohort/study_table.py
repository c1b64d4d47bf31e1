"""A study's table, one row a moment of a person, as the tables of each person's diary."""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from backstride.cohort.person import Participant
from backstride.cohort.staging import MAX_ROWS, Row, by_person, check_header, rows_of_file
from backstride.cohort.table_map import Section, TableMap
from backstride.core.records import CoveredSpan, Records
from backstride.core.same_run import merge_same_runs
from backstride.errors import BadInput, BadTable
from backstride.importers.base import ImportResult, Skipped, all_together
from backstride.importers.implied_cover import settled_cover
from backstride.importers.tables.csv_dialect import Row as SheetRow
from backstride.importers.tables.csv_dialect import Sheet
from backstride.importers.tables.people_in_table import participant_column
from backstride.importers.tables.tables import TABLES

NOBODY = "(no participant)"
"""The id under which rows are listed that do not say whose they are."""
_NOT_COVERED = {"covered": "no"}


@contextmanager
def people_of_table(
    path: Path,
    *,
    zone: ZoneInfo,
    table_map: TableMap | None,
    beside: Path,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Iterator[Participant]]:
    """Each person of a CSV file, in the order of their ids.

    Args:
        path: a table with a participant column, or an export that `table_map` explains.
        zone: of times that state none, unless the map names one.
        table_map: which columns are which; None where they have the names of docs/diary-format.md.
        beside: a folder with room for a copy of the rows.
        progress: called with how many rows have been read, before the first person comes.

    Raises:
        BadTable: no column says whose row it is, or one that the map names is missing.
        NotReadable: the file cannot be opened.
    """
    with rows_of_file(path) as (header, rows):
        used = table_map or _own_names(header, name=path.name)
        check_header(header, used, name=path.name)
        with people_of_rows(
            rows, used, header, name=path.name, zone=zone, beside=beside, progress=progress
        ) as people:
            yield people


@contextmanager
def people_of_rows(
    rows: Iterable[Row],
    table_map: TableMap,
    header: Sequence[str],
    *,
    name: str,
    zone: ZoneInfo,
    beside: Path,
    progress: Callable[[int], None] | None = None,
) -> Iterator[Iterator[Participant]]:
    """Each person of these rows, in the order of their ids; see `people_of_table`."""
    place = table_map.zone or zone
    with by_person(rows, table_map.participant, beside=beside, progress=progress) as grouped:
        yield (
            Participant(
                person or NOBODY,
                partial(records_of_rows, person, mine, table_map, header, name=name, zone=place),
                place,
                _traits(mine, table_map.traits),
            )
            for person, mine in grouped
        )


def _own_names(header: Sequence[str], *, name: str) -> TableMap:
    whose = participant_column(header)
    if whose is None:
        raise BadTable(
            f"{name} does not say whose rows its rows are (its columns are: {', '.join(header)[:300]}).",
            advice="Name that column 'participant', or say in a map which one it is: --map map.toml",
        )
    return TableMap(whose)


def records_of_rows(
    person: str, rows: Sequence[Row], table_map: TableMap, header: Sequence[str], *, name: str, zone: ZoneInfo
) -> ImportResult:
    """Convert the rows of one person to records.

    Raises:
        BadInput: they say whose they are by nothing, or none of them can be used.
    """
    if not person:
        raise BadTable(
            f"{name} has {len(rows)} rows without a participant, the first in line {rows[0][0]}.",
            advice=f"Fill in the column '{table_map.participant}' of these rows.",
        )
    if len(rows) > MAX_ROWS:
        raise BadTable(
            f"{person} has more than {MAX_ROWS:,} rows in {name}, which no diary has.",
            advice=f"See whether the column '{table_map.participant}' holds one id a person.",
        )
    others = tuple(heading for heading in header if heading != table_map.participant)
    sections = table_map.sections or (Section({heading: heading for heading in others}),)
    results: list[ImportResult] = []
    refused: list[BadInput] = []
    for section in sections:
        sheet = _sheet(section, rows, name=name)
        if not sheet.rows:
            continue
        try:
            results.append(_with_own_days(TABLES.read_sheet(sheet, zone=zone), section, sheet, zone))
        except BadInput as error:
            refused.append(error)
    if not any(result.records.count for result in results):
        raise refused[0] if refused else _nothing(name, person)
    results.append(ImportResult(skipped=tuple(Skipped("", str(error)) for error in refused)))
    found = settled_cover(all_together(results))
    runs, _ = merge_same_runs(found.records.runs)
    return replace(found, records=replace(found.records, runs=runs))


def _nothing(name: str, person: str) -> BadTable:
    return BadTable(
        f"No row of {name} is a check-in or a run of {person}.",
        advice="See whether the map's 'where' names what the rows hold.",
    )


def _sheet(section: Section, rows: Iterable[Row], *, name: str) -> Sheet:
    """Lay out the rows of one section as a table of the diary format, each with its own line."""
    header = (*section.columns, *section.constants)
    taken = []
    for line, cells in rows:
        if any(cells.get(column, "").strip() != value for column, value in section.where.items()):
            continue
        found = [
            _coded(cells.get(column, ""), section.values.get(to)) for to, column in section.columns.items()
        ]
        if any(cell.strip() for cell in found):
            taken.append(SheetRow(line, (*found, *section.constants.values())))
    return Sheet(name, header, tuple(taken), _NOT_COVERED if section.each_row_is_a_day else {})


def _coded(text: str, codes: Mapping[str, str] | None) -> str:
    return text if codes is None else codes.get(text.strip(), text)


def _with_own_days(result: ImportResult, section: Section, sheet: Sheet, zone: ZoneInfo) -> ImportResult:
    """Cover each day whose row could be used, where each row is a day."""
    if not section.each_row_is_a_day:
        return result
    days: dict[date, str] = {run.local_day: run.source for run in result.records.runs}
    at = [i for i, heading in enumerate(sheet.header) if heading in ("moving_min", "hours", "seconds")]
    rests = tuple(row for row in sheet.rows if any(_is_zero(row.cells[i]) for i in at))
    if rests:
        first = [i for i, heading in enumerate(sheet.header) if heading in ("date", "start")][:1]
        cells = tuple(SheetRow(row.line, (row.cells[i], row.cells[i])) for row in rests for i in first)
        known = TABLES.read_sheet(Sheet(sheet.name, ("from", "to"), cells, {}), zone=zone)
        days |= {span.first_day: span.source for span in known.records.covered}
    covered = tuple(CoveredSpan(day, day, source) for day, source in sorted(days.items()))
    return result + ImportResult(Records(covered=covered))


def _is_zero(text: str) -> bool:
    try:
        return float(text.replace(",", ".")) == 0.0
    except ValueError:
        return False


def _traits(rows: Collection[Row], traits: Mapping[str, str]) -> dict[str, str]:
    """Return the first value of each trait that is not empty."""
    found = {
        trait: next((cells[column].strip() for _, cells in rows if cells.get(column, "").strip()), "")
        for trait, column in traits.items()
    }
    return {trait: value for trait, value in found.items() if value}
