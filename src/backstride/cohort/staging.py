"""Rows of a table of many people, put in the order of the people without holding them all in memory."""

import csv
import json
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import closing, contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

from backstride.cohort.table_map import TableMap
from backstride.errors import BadTable, NotReadable

Row = tuple[int, dict[str, str]]
"""The line of a row in its file, and its cells by the study's headings."""
_DELIMITERS = (",", ";", "\t", "|")
_MAX_AT_ONCE = 5_000
MAX_ROWS = 100_000
"""Of one person: ten rows a day for 27 years. More is no diary, and would not fit into memory."""
csv.field_size_limit(2**20)


@contextmanager
def rows_of_file(path: Path) -> Iterator[tuple[tuple[str, ...], Iterator[Row]]]:
    """Yield the headings of a CSV file, and its rows as they are needed.

    Raises:
        NotReadable: it cannot be opened, or is not UTF-8.
        BadTable: it is empty.
    """
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            first = file.readline()
            if not first.strip():
                raise BadTable(f"{path.name} is empty.", advice="Its first line must name the columns.")
            delimiter = max(_DELIMITERS, key=first.count)
            file.seek(0)
            reader = csv.reader(file, delimiter=delimiter)
            header = tuple(heading.strip() for heading in next(reader))
            yield header, _rows(reader, header)
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise NotReadable(
            f"{path} cannot be read as a table ({error}).", advice="Save it as CSV in UTF-8, and give that."
        ) from error


def _rows(reader: "Iterator[list[str]]", header: tuple[str, ...]) -> Iterator[Row]:
    for line, cells in enumerate(reader, start=2):
        if any(cell.strip() for cell in cells):
            yield line, dict(zip(header, cells, strict=False))


def check_header(header: Iterable[str], table_map: TableMap, *, name: str) -> None:
    """Refuse a table that lacks a column of its map.

    Raises:
        BadTable: a column is missing; the message names it and what is there.
    """
    there = list(header)
    missing = sorted(table_map.needed - set(there))
    if missing:
        raise BadTable(
            f"{name} lacks the column {', '.join(missing)} that the map names (its columns are: "
            f"{', '.join(there)[:300]}).",
            advice="Correct the map, or the table's first line.",
        )


@contextmanager
def by_person(
    rows: Iterable[Row], participant: str, *, beside: Path, progress: Callable[[int], None] | None = None
) -> Iterator[Iterator[tuple[str, list[Row]]]]:
    """Group rows by person, in the order of the people's ids; one person's are in memory at a time.

    Args:
        rows: in any order.
        participant: the heading under which they say whose they are; rows that say nothing come under "".
        beside: a folder on a disk with room for them.
        progress: called with how many rows have been read.

    Yields:
        Each person with their rows; of one who has more than `MAX_ROWS`, the first `MAX_ROWS` + 1.
    """
    with TemporaryDirectory(dir=beside) as folder, closing(sqlite3.connect(Path(folder) / "rows")) as staged:
        staged.execute("PRAGMA synchronous = OFF")  # thrown away after a crash: the table is still there
        staged.execute("CREATE TABLE rows (person TEXT, line INTEGER, cells TEXT)")
        _stage(rows, participant, staged, progress)
        staged.execute("CREATE INDEX of_person ON rows (person, line)")
        yield _grouped(staged)


def _stage(
    rows: Iterable[Row],
    participant: str,
    staged: sqlite3.Connection,
    progress: Callable[[int], None] | None,
) -> None:
    waiting: list[tuple[str, int, str]] = []
    for count, (line, cells) in enumerate(rows, start=1):
        filled: Mapping[str, str] = {name: cell for name, cell in cells.items() if cell.strip()}
        waiting.append((filled.get(participant, "").strip(), line, json.dumps(filled)))
        if len(waiting) == _MAX_AT_ONCE:
            staged.executemany("INSERT INTO rows VALUES (?, ?, ?)", waiting)
            waiting.clear()
            if progress is not None:
                progress(count)
    staged.executemany("INSERT INTO rows VALUES (?, ?, ?)", waiting)
    staged.commit()


def _grouped(staged: sqlite3.Connection) -> Iterator[tuple[str, list[Row]]]:
    people = staged.execute("SELECT DISTINCT person FROM rows ORDER BY person")
    for (person,) in people:
        found = staged.execute(
            "SELECT line, cells FROM rows WHERE person = ? ORDER BY line LIMIT ?", (person, MAX_ROWS + 1)
        )
        yield person, [(line, json.loads(cells)) for line, cells in found]
