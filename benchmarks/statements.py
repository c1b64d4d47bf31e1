"""Two statements of the answer held against lives that go on: how many more mornings, and what a schedule gains.

    python benchmarks/statements.py --only needed                   people told N mornings: who had a verdict by then?
    python benchmarks/statements.py --only schedules                own days, drawn days, drawn weeks, end to end
    python benchmarks/statements.py --only schedules --people 20    a small one

Results lie in .cache/calibrate by the source that they depend on; a run goes on where it was cut off.
"""

import argparse
import hashlib
import os
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

from calibration import followed, onward, statement_pages  # noqa: E402 - threads are set before numpy is loaded
from calibration.store import ROOT, Row, Store, Task, fingerprint, work_off  # noqa: E402

PARTS = {"needed": 200, "schedules": 200}
NULLS = 1000
_OWN_SOURCES = (
    "src/backstride/answer/days_needed.py",
    "src/backstride/answer/variance_left.py",
    "src/backstride/answer/doubts/randomisation.py",
    "src/backstride/answer/doubts/rerandomisation.py",
    "src/backstride/programme/schedule.py",
    "benchmarks/calibration/onward.py",
    "benchmarks/calibration/drawn_lives.py",
    "benchmarks/calibration/followed.py",
)


def main() -> None:
    """Run what is left to run, and write the pages of what is there."""
    args = _arguments()
    folder = args.cache / f"{fingerprint()}-{_own_print()}"
    for part in args.only:
        people = args.people or PARTS[part]
        store = Store(folder / f"{part}.jsonl")
        for tasks, work in _work(part, people, args.nulls, args.seed):
            if args.minutes is None:
                work_off(store, tasks, work, workers=args.workers, tell=_tell)
            else:
                _for_a_while(store, tasks, work, args.minutes)
        rows = [row for row in store.rows.values() if not row.get("stuck") and f"/{args.seed}/" in row["key"]]
        page = {"needed": statement_pages.needed_page, "schedules": statement_pages.schedules_page}[part]
        args.out.mkdir(parents=True, exist_ok=True)
        (args.out / f"calibration-{part}.md").write_text(page(rows, args.seed), encoding="utf-8")
        print(f"Written: {args.out / f'calibration-{part}.md'} ({len(rows)} rows)")


def _work(
    part: str, people: int, nulls: int, seed: int
) -> list[tuple[list[Task], Callable[[Any], list[Row]]]]:
    if part == "needed":
        return [([(f"onward/{seed}/{i}", (seed, i)) for i in range(people)], onward.told_and_lived)]
    asked = [
        (f"followed/{law}/{effect:+.1f}/{seed}/{i}", (law.value, effect, seed, i))
        for i in range(people)
        for law in followed.LAWS
        for effect in followed.EFFECTS
    ]
    null = [
        (f"null/{law}/{seed}/{i}", (law.value, seed, i)) for i in range(nulls) for law in followed.LAWS[1:]
    ]
    return [(null, followed.null_p), (asked, followed.ask_follower)]


def _for_a_while(store: Store, tasks: list[Task], work: Callable[[Any], list[Row]], minutes: float) -> None:
    """In this process, until the time is over."""
    end = time.monotonic() + 60.0 * minutes
    for key, argument in tasks:
        if time.monotonic() > end:
            return
        if key not in store.rows:
            store.add(work(argument))


def _tell(done: int, of: int) -> None:
    if done % 20 == 0 or done == of:
        print(f"{done} of {of} tasks", file=sys.stderr, flush=True)


def _own_print() -> str:
    return hashlib.sha256(b"".join((ROOT / path).read_bytes() for path in _OWN_SOURCES)).hexdigest()[:12]


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--only", nargs="+", choices=list(PARTS), default=list(PARTS))
    parser.add_argument("--people", type=int, help="in each group; 200 unless given")
    parser.add_argument("--nulls", type=int, default=NULLS, help="runners of the randomisation test alone")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--minutes", type=float, help="stop each part after so long, in one process")
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "calibrate")
    parser.add_argument("--out", type=Path, default=ROOT / "docs" / "results")
    return parser.parse_args()


if __name__ == "__main__":
    main()
