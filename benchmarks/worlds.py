"""Ordinary lives with a known truth: what the product tells people whose lives its model does not know.

    python benchmarks/worlds.py --label after                        all cells; goes on where it was cut off
    python benchmarks/worlds.py --label after --only "at a peak" --people 8
    python benchmarks/worlds.py --label before --source ../old/src   the same people, another version of the product
    python benchmarks/worlds.py --table                              docs/results/calibration-worlds.md, as it is
    python benchmarks/worlds.py --power --label power --people 12    designs side by side; then --power --table
    python benchmarks/worlds.py --list                               the cells, by name
    python benchmarks/worlds.py --diaries FOLDER --only ladder --people 1   only write their files

Results lie in .cache/worlds, one line an answer. A person is asked again where the diary or the version's source has
changed; --any-code takes what is there. --table also writes the compact tables that are committed.
"""

import argparse
import contextlib
import hashlib
import json
import os
import re
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import numpy as np  # noqa: E402 - threads are set before numpy is loaded
from calibration.worlds.adapter import QUESTIONS  # noqa: E402
from calibration.worlds.bound import bound, power  # noqa: E402
from calibration.worlds.catalogue import Cell, Lived, cells, every_cell, lived  # noqa: E402
from calibration.worlds.diary import keep_diary  # noqa: E402
from calibration.worlds.power import power_cells, power_page  # noqa: E402
from calibration.worlds.rows import Row, Rows, key_of, read_compact, write_compact  # noqa: E402
from calibration.worlds.table import Best, page  # noqa: E402

ROOT = Path(__file__).parents[1]
RESULTS = Path(__file__).parent / "calibration" / "worlds" / "results"
LABELS = ("before", "after")
CRITICAL_PEOPLE, OTHER_PEOPLE = 24, 10
BOUND_PEOPLE = 8
_SOURCES = (
    "model/*.py",
    "answer/**/*.py",
    "diary/daily.py",
    "diary/series.py",
    "core/*.py",
    "importers/tables/*.py",
)


def main() -> None:
    """Ask what is left to ask, or write the page."""
    args = _arguments()
    cells_asked = power_cells() if args.power else every_cell() if args.all else cells()
    chosen = [cell for cell in cells_asked if re.search(args.only, cell.name)]
    if args.list:
        print("\n".join(cell.name for cell in chosen))
    elif args.diaries:
        for cell in chosen:
            for number in range(args.people or 1):
                one = lived(cell, args.seed, number)
                folder = args.diaries / _file_name(f"{cell.name} {number}")
                keep_diary(folder, one, design=cell.design, seed=[args.seed, number])
                print(f"{folder}: true week {one.truth.week:+.2f}, season {one.truth.season:+.2f}")
    elif args.table and args.power:
        write_power(args)
    elif args.table:
        write_page(args)
    else:
        ask_all(chosen, args)


def ask_all(chosen: list[Cell], args: argparse.Namespace) -> None:
    """Ask every person of `chosen` that was not asked yet."""
    store = Rows(args.cache / f"{args.label}.jsonl")
    code = fingerprint(args.source)
    lock, began, count = threading.Lock(), time.perf_counter(), [0, 0]
    tasks = list(_tasks(chosen, args))
    here = threading.local()
    workers: list[Worker] = []

    def work(task: tuple[Cell, int]) -> None:
        if not hasattr(here, "worker"):
            here.worker = Worker(args)
            workers.append(here.worker)
        rows = ask_person(here.worker, *task, store=store, code=code, args=args)
        with lock:
            store.add(rows)
            count[0], count[1] = count[0] + 1, count[1] + len(rows)
            if rows:
                _tell(rows, count[0], len(tasks), time.perf_counter() - began)

    try:
        with ThreadPoolExecutor(args.processes) as pool:
            for done in [pool.submit(work, task) for task in tasks]:
                done.result()
    finally:
        for worker in workers:
            worker.end()
    print(f"{count[1]} answers in {(time.perf_counter() - began) / 60:.1f} minutes: {store.path}")


def _tasks(chosen: list[Cell], args: argparse.Namespace) -> Iterator[tuple[Cell, int]]:
    """Return some people of every cell before more of any, so that a run cut off shows all cells."""
    most = {
        cell: args.people or (CRITICAL_PEOPLE if cell.world.critical else OTHER_PEOPLE) for cell in chosen
    }
    step = 4
    for first in range(0, max(most.values(), default=0), step):
        for cell in chosen:
            yield from ((cell, n) for n in range(first, min(first + step, most[cell])))


def ask_person(
    worker: "Worker", cell: Cell, number: int, *, store: Rows, code: str, args: argparse.Namespace
) -> list[Row]:
    """Return the rows of one person, those that are there already left out."""
    one = lived(cell, args.seed, number)
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name) / "diary"
        keep_diary(folder, one, design=cell.design, seed=[args.seed, number])
        diary = _digest(sorted(folder.iterdir()))
        keys = {seed: key_of(cell.name, args.seed, number, seed) for seed in range(1, args.seeds + 1)}
        needed = None if args.any_code else code
        left = [seed for seed, key in keys.items() if not store.has(key, diary=diary, code=needed)]
        if not left:
            return []
        told = worker.ask({"folder": str(folder), "seeds": left})
        ratings = sum(1 for _ in (folder / "check-ins.csv").open(encoding="utf-8")) - 1
    base = _facts(cell, one, number, args) | {"diary": diary, "code": code, "ratings": ratings}
    if "error" in told:
        return [base | {"key": keys[seed], "sampler_seed": seed, "error": told["error"]} for seed in left]
    return [base | {"key": keys[row["sampler_seed"]], "error": ""} | row for row in told["answers"]]


def _facts(cell: Cell, one: Lived, number: int, args: argparse.Namespace) -> Row:
    truth = dict(zip(QUESTIONS, one.truth[:2], strict=True))
    errors = dict(zip(QUESTIONS, one.truth[2:], strict=True))
    kept = one.life.kept
    return {
        "cell": cell.name,
        "seed": args.seed,
        "number": number,
        "days": cell.days,
        "runs": int(np.sum(one.life.minutes > 0)),
        "kept": None if np.isnan(kept) else round(kept, 3),
        "truth": {q: round(x, 4) for q, x in truth.items()},
        "truth_error": {q: round(x, 4) for q, x in errors.items()},
        "label": args.label,
    }


class Worker:
    """A process that answers folders with the version of the product under --source."""

    def __init__(self, args: argparse.Namespace) -> None:
        """Start on the first question."""
        self.args, self.process = args, None

    def ask(self, task: dict[str, Any]) -> dict[str, Any]:
        """Return what it answers; a process that dies or does not answer in time is an error of this person alone."""
        process = self._running()
        timer = threading.Timer(self.args.patience, process.kill)
        timer.start()
        try:
            process.stdin.write(json.dumps(task) + "\n")
            process.stdin.flush()
            line = process.stdout.readline()
        except BrokenPipeError:
            line = ""
        finally:
            timer.cancel()
        if line:
            return json.loads(line)
        self.end()
        return {"error": f"the process ended or gave no answer within {self.args.patience:.0f} s"}

    def end(self) -> None:
        """Let it go; the next question starts another."""
        if self.process is not None:
            with contextlib.suppress(BrokenPipeError):
                self.process.stdin.close()
            self.process.wait()
            self.process.stdout.close()
            self.process = None

    def _running(self) -> subprocess.Popen[str]:
        if self.process is None:
            path = os.pathsep.join([str(self.args.source.resolve()), str(ROOT / "benchmarks")])
            environment = os.environ | {"PYTHONPATH": path}
            environment.setdefault("NUMBA_CACHE_DIR", str(self.args.cache / "engine"))
            command = [sys.executable, "-m", "calibration.worlds.asking"]
            self.process = subprocess.Popen(
                command, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=ROOT
            )
        return self.process


def fingerprint(source: Path) -> str:
    """Return a short name of the source that an answer depends on."""
    root = source / "backstride"
    return _digest(sorted({path for pattern in _SOURCES for path in root.glob(pattern)}))


def write_page(args: argparse.Namespace) -> None:
    """Write the compact tables of what lies in the cache, and the page of all compact tables."""
    for label in LABELS:
        found = args.cache / f"{label}.jsonl"
        if found.exists():
            write_compact(Rows(found).rows.values(), RESULTS / f"{label}.csv")
    results = {
        label: read_compact(RESULTS / f"{label}.csv")
        for label in LABELS
        if (RESULTS / f"{label}.csv").exists()
    }
    commands = [f"python benchmarks/worlds.py --label {label} --seed {args.seed}" for label in results]
    commands.append(
        "python benchmarks/worlds.py --label after --seeds 2 --people 1   # the two seeds of the sampler"
    )
    text = page(results, commands=commands, bounds=lambda cell: data_alone(cell, args.seed))
    args.out.write_text(text, encoding="utf-8")
    print(f"Written: {args.out}")


def write_power(args: argparse.Namespace) -> None:
    """Write the compact table of the power cells in the cache, and docs/results/power.md of it."""
    found, kept = args.cache / "power.jsonl", RESULTS / "power.csv"
    if found.exists():
        write_compact(Rows(found).rows.values(), kept)
    command = f"python benchmarks/worlds.py --power --label power --people 12 --seed {args.seed}"
    text = power_page(read_compact(kept), command=command, bounds=lambda cell: data_alone(cell, args.seed))
    page_path = ROOT / "docs" / "results" / "power.md"
    page_path.write_text(text, encoding="utf-8")
    print(f"Written: {page_path}")


def data_alone(cell: Cell, seed: int) -> dict[str, Best]:
    """Return what the data alone could tell the first people of a cell, by question."""
    people = [lived(cell, seed, number) for number in range(BOUND_PEOPLE)]
    found = [
        bound(one.body, one.life, missing=one.keeping.missing, seed=[seed, number])
        for number, one in enumerate(people)
    ]
    out = {}
    for question in QUESTIONS:
        sds = [getattr(b, question) for b in found]
        told = [power(getattr(one.truth, question), sd) for one, sd in zip(people, sds, strict=True)]
        out[question] = Best(float(np.median(sds)), float(np.mean(told)))
    return out


def _digest(paths: list[Path]) -> str:
    digest = hashlib.sha256()
    for path in paths:
        digest.update(path.name.encode() + path.read_bytes())
    return digest.hexdigest()[:12]


def _file_name(text: str) -> str:
    return re.sub(r"[^\w+-]+", "-", text).strip("-")


def _tell(rows: list[Row], done: int, of: int, seconds: float) -> None:
    row = rows[0]
    said = row["error"] or ", ".join(
        f"{q} {row['truth'][q]:+.2f} {row['verdict'][q]} ({row['tier'][q]})" for q in QUESTIONS
    )
    print(f"{done}/{of} {seconds:.0f} s  {row['cell']} {row['number']}: {said}", file=sys.stderr, flush=True)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--label", default="after", help="under which the results are kept")
    parser.add_argument("--source", type=Path, default=ROOT / "src", help="the folder that holds backstride")
    parser.add_argument("--only", default="", help="a regular expression that a cell's name must hold")
    parser.add_argument(
        "--all", action="store_true", help="every world with every design, adherence and length"
    )
    parser.add_argument("--people", type=int, help="of each cell; else 24 of a critical world, 10 of others")
    parser.add_argument("--seed", type=int, default=1, help="of the people")
    parser.add_argument("--seeds", type=int, default=1, help="how many seeds of the sampler")
    parser.add_argument("--processes", type=int, default=1)
    parser.add_argument("--patience", type=float, default=900.0, help="seconds that one person may take")
    parser.add_argument(
        "--any-code", action="store_true", help="count answers of another version's source, too"
    )
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "worlds")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "results" / "calibration-worlds.md")
    parser.add_argument("--table", action="store_true", help="only write the page")
    parser.add_argument(
        "--power",
        action="store_true",
        help="the designs of docs/results/power.md, with --label power and --table",
    )
    parser.add_argument("--list", action="store_true", help="only name the cells")
    parser.add_argument("--diaries", type=Path, help="only write the people's files, here")
    return parser.parse_args()


if __name__ == "__main__":
    main()
