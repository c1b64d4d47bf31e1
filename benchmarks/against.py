"""The engine beside that of an earlier commit: cost of a sweep, and effective draws a second of both Deltas.

    git worktree add --detach ../earlier 5d571ef
    python benchmarks/against.py ../earlier --out docs/results/speed-against.md

Both engines sample the same simulated people with the same seeds, each in a process of its own and in turns. Counted
is the processor's time of the sampling process, on one thread of sampling at a time; wall time stands beside it.
"""

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import time
from pathlib import Path
from typing import Any

KINDS = {"ratings and runs": False, "all six pathways too": True}
WARMUP = 500
HERE = Path(__file__).resolve()

PAGE = """# Speed beside an earlier sampler

`python benchmarks/against.py {folder} --out docs/results/speed-against.md` writes this page; the folder is a checkout
of commit {commit}.

{people} simulated people of {days} days, 4 chains of {draws} draws after {warmup}, one thread, {rounds}
rounds in turns; medians over people and rounds. Seconds are the processor's time of sampling alone. The
models may differ: since 5d571ef flares, rhythm, the chance that a decision shares with the morning after,
build-up in two stages and heavier tails came in, so effective draws a second compare what an answer costs,
not the same posterior.

| people who have | engine | a chain's sweep, us CPU | us wall | effective draws a CPU second: week | season |
|---|---|---|---|---|---|
{rows}

Measured on {machine}.
"""


def child(days: int, seeds: list[int], draws: int) -> None:
    """Sample all people by the engine that is imported, and print what each took."""
    os.cpu_count = lambda: 1  # type: ignore[assignment]  # one thread, so that no chain waits for another
    sys.path.insert(0, str(Path.cwd() / "benchmarks"))
    import people

    from backstride.answer.deltas import delta, rows_of
    from backstride.answer.kinds import Question
    from backstride.model.ahead import compile_ahead
    from backstride.model.diagnostics import ess_bulk
    from backstride.model.fit import Sampling, Settings

    compile_ahead()
    found: list[dict[str, Any]] = []
    for kind, pathways in KINDS.items():
        for seed in seeds:
            ready = people.somebody(seed, days, pathways=pathways)
            sampling = Sampling(ready.data, settings=Settings(seed=seed, warmup=WARMUP))
            sampling.until(20)  # loads the engine, and throws the first sweeps away
            cpu, wall = time.process_time(), time.perf_counter()
            posterior = sampling.until(20 + draws)
            cpu, wall = time.process_time() - cpu, time.perf_counter() - wall
            one = {"kind": kind, "cpu": cpu / draws / 4 * 1e6, "wall": wall / draws / 4 * 1e6}
            for question in Question:
                total = delta(question, rows_of(question, posterior, ready), ready.usual_dose).total
                one[question.value] = ess_bulk(total.reshape(4, -1)) / cpu
            found.append(one)
    json.dump(found, sys.stdout)


def asked(folder: Path, args: argparse.Namespace) -> list[dict[str, Any]]:
    """Return what each person took by the engine in a checkout."""
    where = {"PYTHONPATH": str(folder / "src"), "NUMBA_CACHE_DIR": str(folder / ".cache" / "against")}
    command = [sys.executable, str(HERE), "--child", "--days", str(args.days), "--draws", str(args.draws)]
    command += ["--seeds", *map(str, args.seeds)]
    done = subprocess.run(
        command, cwd=folder, env={**os.environ, **where}, check=True, stdout=subprocess.PIPE
    )
    return list(json.loads(done.stdout))


def table(found: dict[str, list[dict[str, Any]]]) -> str:
    """Rows of both engines and their ratio, kind by kind."""
    rows = []
    for kind in KINDS:
        medians = {
            engine: [
                statistics.median(one[what] for one in of if one["kind"] == kind)
                for what in ("cpu", "wall", "week", "season")
            ]
            for engine, of in found.items()
        }
        for engine, (cpu, wall, week, season) in medians.items():
            rows.append(f"| {kind} | {engine} | {cpu:.1f} | {wall:.1f} | {week:.0f} | {season:.0f} |")
        this, other = medians.values()
        ratios = [this[0] / other[0], this[1] / other[1], this[2] / other[2], this[3] / other[3]]
        rows.append(f"| {kind} | this over the other | " + " | ".join(f"{r:.2f}" for r in ratios) + " |")
    return "\n".join(rows)


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("folder", type=Path, nargs="?", help="a checkout of the earlier commit")
    parser.add_argument("--days", type=int, default=120)
    parser.add_argument("--draws", type=int, default=1000)
    parser.add_argument("--seeds", type=int, nargs="*", default=[1, 2, 3, 4])
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--out", type=Path, help="page to write")
    parser.add_argument("--child", action="store_true", help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.child:
        child(args.days, args.seeds, args.draws)
        return
    commit = subprocess.run(  # git is on the path of whoever has a checkout
        ["git", "rev-parse", "--short", "HEAD"],
        cwd=args.folder,
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    ).stdout.strip()
    this, other = HERE.parents[1], args.folder.resolve()
    found: dict[str, list[dict[str, Any]]] = {"this": [], commit: []}
    for _ in range(args.rounds):
        found[commit] += asked(other, args)
        found["this"] += asked(this, args)
    load = f"; load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    page = PAGE.format(
        folder="FOLDER",
        commit=commit,
        people=len(args.seeds),
        days=args.days,
        draws=args.draws,
        warmup=WARMUP,
        rounds=args.rounds,
        rows=table(found),
        machine=f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}{load}",
    )
    print(page)
    if args.out is not None:
        args.out.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
