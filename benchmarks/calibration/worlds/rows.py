"""What each person was told: one line a person and seed, kept as they come, and as a compact table."""

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from calibration.worlds.adapter import QUESTIONS

Row = dict[str, Any]

BY_QUESTION = (
    "truth",
    "truth_error",
    "verdict",
    "small",
    "tier",
    "mean",
    "sd",
    "low",
    "high",
    "rhat",
    "caused",
    "why",
)
ONCE = (
    "cell",
    "seed",
    "number",
    "sampler_seed",
    "settled",
    "days",
    "ratings",
    "runs",
    "kept",
    "seconds",
    "error",
)
COLUMNS = (*ONCE, *(f"{name}_{q}" for name in BY_QUESTION for q in QUESTIONS))


class Rows:
    """Rows of one label by key; appended to and flushed as they come."""

    def __init__(self, path: Path) -> None:
        """Read what is there; a last line that was cut off does not count."""
        self.path, self.rows = path, {}
        path.parent.mkdir(parents=True, exist_ok=True)
        if path.exists():
            whole = path.read_bytes().rpartition(b"\n")[0]
            for line in whole.splitlines():
                row = json.loads(line)
                row.setdefault("caused", _caused(row))
                self.rows[row["key"]] = row
            path.write_bytes(whole + b"\n" if whole else b"")

    def add(self, rows: Iterable[Row]) -> None:
        """Keep `rows`."""
        with self.path.open("a", encoding="utf-8") as file:
            for row in rows:
                file.write(json.dumps(row) + "\n")
                self.rows[row["key"]] = row

    def has(self, key: str, *, diary: str, code: str | None) -> bool:
        """Whether this person was told already, with the same diary and, unless None, by the same code."""
        row = self.rows.get(key)
        return row is not None and row["diary"] == diary and code in (None, row["code"])


def _caused(row: Row) -> dict[str, bool]:
    """Of rows that were kept before this was: the first version told a cause wherever the tier was A."""
    said, tier = row.get("verdict", {}), row.get("tier", {})
    return {q: tier[q] == "A" and said[q].startswith(("helps", "harms")) for q in said}


def key_of(cell: str, seed: int, number: int, sampler_seed: int) -> str:
    """Return the key of one answer."""
    return f"{cell}/{seed}/{number}/{sampler_seed}"


def write_compact(rows: Iterable[Row], path: Path) -> None:
    """One line an answer, in an order of its own, so that a table can be committed and compared."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("w", encoding="utf-8", newline="") as file:
        table = csv.writer(file, lineterminator="\n")
        table.writerow(COLUMNS)
        for row in sorted(rows, key=lambda r: (r["cell"], r["seed"], r["number"], r["sampler_seed"])):
            parts = [row.get(name, {}).get(q, "") for name in BY_QUESTION for q in QUESTIONS]
            table.writerow([_short(x) for x in (*(row.get(name, "") for name in ONCE), *parts)])


def read_compact(path: Path) -> list[Row]:
    """Return the rows of a compact table."""
    with path.open(encoding="utf-8", newline="") as file:
        return [_row(line) for line in csv.DictReader(file)]


def _row(line: dict[str, str]) -> Row:
    row: Row = {"cell": line["cell"], "error": line["error"], "settled": line["settled"] == "1"}
    row |= {name: int(line[name]) for name in ("seed", "number", "sampler_seed", "days", "ratings", "runs")}
    row |= {name: float(line[name]) if line[name] else None for name in ("kept", "seconds")}
    for name in BY_QUESTION:
        told = {q: line[f"{name}_{q}"] for q in QUESTIONS}
        if name in ("small", "caused"):
            row[name] = {q: x == "1" for q, x in told.items()}
        elif name in ("verdict", "tier", "why"):
            row[name] = told
        else:
            row[name] = {q: float(x) if x else float("nan") for q, x in told.items()}
    return row


def _short(value: object) -> object:
    if isinstance(value, bool):
        return int(value)
    if isinstance(value, float):
        return f"{value:.4g}"
    return "" if value is None else value
