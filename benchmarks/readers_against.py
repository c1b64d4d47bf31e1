"""How quickly each format is read beside an earlier commit of this repository, on the same files, in turns.

    python benchmarks/readers_against.py 5d571ef --from ../shared/corpus

Each round reads every file two to twenty times in a process of the earlier commit, then in one of today's, and so on;
processor time counts, and of each file its best time. Files that one of the two refuses are left out. Run it by
`make bench-import AGAINST=5d571ef`.
"""

import argparse
import json
import os
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from pathlib import Path
from zoneinfo import ZoneInfo

from backstride.errors import BackstrideError
from backstride.importers.folder import import_path

ROUNDS = 3
MIN_TIMES, MAX_TIMES, ENOUGH_S = 2, 20, 0.05
MIN_RATIO = 0.9
HERE = Path(__file__).resolve()
Times = dict[str, float]


def main() -> int:
    """Measure and print; how many formats are read more slowly than nine tenths of before."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("commit")
    parser.add_argument("--from", dest="folder", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--only", default="", help="one ending, as in gpx")
    parser.add_argument("--time", action="store_true", help=argparse.SUPPRESS)
    told = parser.parse_args()
    if told.time:
        print(json.dumps(times_of(told.folder, told.only)))
        return 0
    with tempfile.TemporaryDirectory() as folder:
        before = Path(folder) / "before"
        subprocess.run(["git", "worktree", "add", "--quiet", "--detach", before, told.commit], check=True)
        try:
            return _beside(before / "src", told.folder.resolve(), told.only, told.commit)
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", before], check=True)


def times_of(folder: Path, only: str) -> Times:
    """Seconds of processor time for each file that can be read, by its path."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and ending(path).startswith(only))
    return {str(path): best for path in files if (best := _best(path)) is not None}


def ending(path: Path) -> str:
    """Return the format by the name of a file."""
    return path.name.lower().removesuffix(".gz").rpartition(".")[2]


def _best(path: Path) -> float | None:
    found: list[float] = []
    while len(found) < MIN_TIMES or (len(found) < MAX_TIMES and sum(found) < ENOUGH_S):
        began = time.process_time()
        try:
            import_path(path, zone=ZoneInfo("UTC"))
        except BackstrideError:
            return None
        found.append(time.process_time() - began)
    return min(found)


def _beside(before: Path, folder: Path, only: str, commit: str) -> int:
    best: dict[Path, Times] = {before: {}, HERE.parents[1] / "src": {}}
    for _ in range(ROUNDS):
        for source, times in best.items():
            command = [sys.executable, HERE, "--time", "--from", folder, "--only", only, commit]
            run = subprocess.run(
                command,
                check=True,
                capture_output=True,
                text=True,
                env={**os.environ, "PYTHONPATH": str(source)},
            )
            for path, seconds in json.loads(run.stdout).items():
                times[path] = min(seconds, times.get(path, seconds))
    then, now = best.values()
    sums: dict[str, list[float]] = defaultdict(lambda: [0, 0.0, 0.0])
    for path in then.keys() & now.keys():
        row = sums[ending(Path(path))]
        row[0], row[1], row[2] = row[0] + 1, row[1] + then[path], row[2] + now[path]
    print(f"| format | files | before, s | now, s | times as fast |\n|{'---|' * 5}")
    for name, (count, old, new) in sorted(sums.items()):
        print(f"| {name} | {count:.0f} | {old:.3f} | {new:.3f} | {old / new:.2f} |")
    return sum(old / new < MIN_RATIO for _, old, new in sums.values())


if __name__ == "__main__":
    sys.exit(main())
