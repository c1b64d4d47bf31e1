"""Calibration: people with a known truth, what backstride tells them, and what the usual ways tell them.

    python benchmarks/calibrate.py                       the whole of it; goes on where it was cut off
    python benchmarks/calibrate.py --people 20           a small one
    python benchmarks/calibrate.py --only ranks          one of: ranks, table, odd

Results lie in .cache/calibrate, in a folder named after the source that they depend on. Only the whole of it writes
docs/results/calibration.md; a small one writes its page beside the results.
"""

import argparse
import os
import sys
import time
from collections import defaultdict
from pathlib import Path

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

from calibration import jobs, page, pictures  # noqa: E402 - threads are set before numpy is loaded
from calibration.store import ROOT, Row, Store, fingerprint, work_off  # noqa: E402
from calibration.summaries import ranked_quantities  # noqa: E402

PARTS = ("ranks", "table", "odd")


def main() -> None:
    """Run what is left to run; write the page and the pictures."""
    args = _arguments()
    folder = args.cache / fingerprint()
    began = time.perf_counter()
    prior = Store(folder / "ranks.jsonl")
    told = Store(folder / "people.jsonl")
    if "ranks" in args.only:
        tasks = jobs.prior_tasks(min(args.people, jobs.PRIOR_PEOPLE), args.seed)
        work_off(prior, tasks, jobs.rank_people, workers=args.workers, tell=_teller("people of the prior"))
    cells = [
        *(jobs.table_cells(args.people) if "table" in args.only else ()),
        *(jobs.odd_cells(args.people) if "odd" in args.only else ()),
    ]
    if cells:
        tasks = list(dict(jobs.cell_tasks(cells, args.seed)).items())
        work_off(told, tasks, jobs.ask_person, workers=args.workers, tell=_teller("runners"))
    write(of_seed(prior, args.seed), of_seed(told, args.seed), args, time.perf_counter() - began)
    print(f"Written: {args.out / 'calibration.md'}")


def of_seed(store: Store, seed: int) -> list[Row]:
    """Return the rows of one seed; a key ends in its seed and a number."""
    return [row for key, row in store.rows.items() if key.split("/")[-2] == str(seed)]


def write(prior: list[Row], told: list[Row], args: argparse.Namespace, seconds: float) -> None:
    """Write the page and the pictures, of all that is in the store."""
    stuck = [row["key"] for row in (*prior, *told) if row.get("stuck")]
    prior = [row for row in prior if not row.get("stuck")]
    cells: dict[str, list[Row]] = defaultdict(list)
    for row in told:
        if not row.get("stuck"):
            cells[row["cell"]].append(row)
    quantities = ranked_quantities(prior) if prior else []
    text = page.HEAD + (page.SMALL if args.people < jobs.SOME else "") + page.bars(quantities, cells)
    args.out.mkdir(parents=True, exist_ok=True)
    if quantities:
        text += page.rank_section(quantities)
        (args.out / "calibration-ranks.svg").write_text(pictures.rank_picture(quantities), encoding="utf-8")
    if cells:
        text += page.cells_section(cells) + page.odd_section(cells)
        picture = pictures.false_helps_picture(page.false_helps(cells))
        (args.out / "calibration-false-helps.svg").write_text(picture, encoding="utf-8")
    text += _colophon(cells, args, stuck, seconds)
    (args.out / "calibration.md").write_text(text, encoding="utf-8")


def _colophon(cells: dict[str, list[Row]], args: argparse.Namespace, stuck: list[str], seconds: float) -> str:
    fits = [row["seconds"] for rows in cells.values() for row in rows if "seconds" in row]
    each = f" {sum(fits) / len(fits):.2f} s of processor time a fitted runner." if fits else ""
    ended = f" Not finished within 15 minutes and left out: {', '.join(stuck)}." if stuck else ""
    return (
        f"\n## How\n\n`python benchmarks/calibrate.py --people {args.people} --seed {args.seed}`, "
        f"{args.workers} processes, {seconds / 60:.0f} minutes in its last part.{each}{ended} "
        f"A runner's fit has 2 chains of "
        f"800 draws; a verdict does not wait for the sampler's own check here, as it does in the product.\n"
    )


def _teller(what: str):  # noqa: ANN202 - a function of two counts
    began = [time.perf_counter(), 0.0]

    def tell(done: int, of: int) -> None:
        now = time.perf_counter()
        if done == of or now - began[1] > 20:
            began[1] = now
            print(f"{what}: {done} of {of} tasks, {now - began[0]:.0f} s", file=sys.stderr, flush=True)

    return tell


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=jobs.PRIOR_PEOPLE, help="at most so many in each group")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", nargs="+", choices=PARTS, default=list(PARTS))
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--cache", type=Path, default=ROOT / ".cache" / "calibrate")
    parser.add_argument(
        "--out", type=Path, help="docs for the whole of it, beside the results for a small one"
    )
    args = parser.parse_args()
    if args.out is None:
        whole = args.people >= jobs.PRIOR_PEOPLE
        args.out = ROOT / "docs" / "results" if whole else args.cache / "small"
    return args


if __name__ == "__main__":
    main()
