"""The answers of a cohort as tables: CSV for everybody, Parquet for who has pyarrow."""

import csv
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import Any

from backstride.cohort.columns import COLUMNS, Kind, row_of
from backstride.cohort.person_answer import AnswerSettings, answer_key
from backstride.cohort.store import CohortStore, StoredPerson
from backstride.diary.io_errors import translate_os_errors
from backstride.diary.tables import FORMULA

CSV_FILE, PARQUET_FILE = "answers.csv", "answers.parquet"
NOT_YET = "This diary was not asked yet. Go on with: backstride cohort answers"
_ROWS_A_GROUP = 5_000
_NUMBER = re.compile(r"[+-]?\d+([.,]\d+)?([eE][+-]?\d+)?", re.ASCII)
"""What a spreadsheet reads as a number, also with a sign before it: nothing in it is run."""


@dataclass(frozen=True, slots=True)
class TablesWritten:
    """What was written.

    Attributes:
        files: the tables.
        rows: how many people they hold.
        verdicts: how many people have which verdict, by question; None counts those without one.
        errors: the people who have no answer, and why; as many as `MAX_LISTED`.
        without_answer: how many people have none.
        parquet: whether answers.parquet is among the files; it needs pyarrow.
    """

    files: tuple[Path, ...]
    rows: int
    verdicts: Mapping[str, Mapping[str | None, int]]
    errors: Sequence[tuple[str, str]]
    without_answer: int
    parquet: bool


MAX_LISTED = 20


def rows(store: CohortStore, settings: AnswerSettings) -> Iterator[dict[str, Any]]:
    """One row a person, in the order of their ids; traits stand in columns of their own, `trait_` before the name."""
    names = trait_names(store)
    for person in store.people():
        yield row_of(_known(person, store, settings)) | {
            f"trait_{name}": person.traits.get(name) for name in names
        }


def trait_names(store: CohortStore) -> list[str]:
    """List the traits that anybody has."""
    return sorted({name for person in store.people() for name in person.traits})


def _known(person: StoredPerson, store: CohortStore, settings: AnswerSettings) -> dict[str, Any]:
    known: dict[str, Any] = {"id": person.id, "error": person.error or None, "left_out": len(person.notes)}
    if person.error:
        return known
    key = answer_key(person, settings)
    answer = store.answer(key)
    if answer is None:
        return known | {"error": store.lost(key) or NOT_YET}
    return known | dict(answer.numbers)


def write_tables(store: CohortStore, settings: AnswerSettings, folder: Path) -> TablesWritten:
    """Write answers.csv, and answers.parquet where pyarrow is installed, row by row.

    Raises:
        DiaryFull: the folder cannot be written to.
    """
    columns: dict[str, Kind] = {**COLUMNS, **{f"trait_{name}": "text" for name in trait_names(store)}}
    counts = _Counts()
    files = [folder / CSV_FILE]
    with translate_os_errors(folder):
        folder.mkdir(parents=True, exist_ok=True)
        _write_csv(files[0], columns, counts.each(rows(store, settings)))
        has_parquet = _write_parquet(folder / PARQUET_FILE, columns, rows(store, settings))
    if has_parquet:
        files.append(folder / PARQUET_FILE)
    return TablesWritten(
        tuple(files), counts.rows, counts.verdicts, counts.errors, counts.without, has_parquet
    )


class _Counts:
    """Counts of what passes by."""

    def __init__(self) -> None:
        self.rows = self.without = 0
        self.verdicts: dict[str, Counter[str | None]] = {"week": Counter(), "season": Counter()}
        self.errors: list[tuple[str, str]] = []

    def each(self, found: Iterator[dict[str, Any]]) -> Iterator[dict[str, Any]]:
        for row in found:
            self.rows += 1
            if row["error"] is not None:
                self.without += 1
                if len(self.errors) < MAX_LISTED:
                    self.errors.append((row["id"], row["error"]))
            else:
                for question, counts in self.verdicts.items():
                    counts[row[f"{question}_verdict"]] += 1
            yield row


def _write_csv(path: Path, columns: Mapping[str, Kind], found: Iterator[dict[str, Any]]) -> None:
    half = path.with_suffix(".csv.part")
    half.touch(mode=0o600)
    with half.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(columns)
        for row in found:
            writer.writerow([_cell(row[name]) for name in columns])
    half.replace(path)


def _cell(value: Any) -> str:  # noqa: ANN401 - a cell
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return repr(value)
    if not isinstance(value, str) or _NUMBER.fullmatch(value):
        return str(value)
    return FORMULA.sub(r"\1'", value)


def _write_parquet(path: Path, columns: Mapping[str, Kind], found: Iterator[dict[str, Any]]) -> bool:
    """Whether it was written: not where pyarrow is missing."""
    try:
        import pyarrow as pa  # noqa: PLC0415 - the extra [parquet]
        import pyarrow.parquet as pq  # noqa: PLC0415 - the same
    except ImportError:
        return False
    kinds = {"text": pa.string(), "number": pa.float64(), "whole": pa.int64(), "truth": pa.bool_()}
    schema = pa.schema([(name, kinds[kind]) for name, kind in columns.items()])
    half = path.with_suffix(".parquet.part")
    half.touch(mode=0o600)
    with pq.ParquetWriter(half, schema) as writer:
        while group := list(islice(found, _ROWS_A_GROUP)):
            writer.write_table(pa.Table.from_pylist(group, schema=schema))
    half.replace(path)
    return True
