"""How many people a second: many simulated people answered one after another on all cores.

    python benchmarks/people.py --people 200 --out docs/results/speed-people.md

Each person is fitted until both Deltas have at least 400 effective draws and R-hat is below 1.01, with more draws
where the first were too few; making the person up is not counted. Two kinds: who only rates and runs, and whose six
pathways are measured as well. Processes and compiling are started before the clock.
"""

import argparse
import os
import platform
import statistics
import time
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from multiprocessing import get_context
from pathlib import Path

from backstride.answer.deltas import delta, rows_of
from backstride.answer.design import Design, design
from backstride.answer.kinds import Question
from backstride.diary.daily import daily_series
from backstride.model.ahead import compile_ahead
from backstride.model.diagnostics import ess_bulk, rhat
from backstride.model.fit import Sampling, Settings
from backstride.testing.people import make_person

WARMUP, DRAWS = 200, (400, 600, 800, 1000, 1500, 2000, 4000, 8000, 16000)
CHAINS, MIN_ESS, MAX_RHAT = 4, 400.0, 1.01
_NOT_TOLD = dict.fromkeys(("mood", "tightness", "confidence", "drinks", "cigarettes", "fatty_meals"))

PAGE = """# Speed for many people

`make bench-people` writes this page.

Made-up people of {days} days, four chains each: {warmup} sweeps thrown away, then {draws} kept a chain, and on until
both Deltas have {ess:.0f} effective draws and R-hat below {rhat}. Counted is the processor time of sampling, of both
Deltas and of their diagnostics; the figure for all cores is that of one, times their number.

{machine}.

| people who have | people | a second and core | a second, all cores | draws a chain, median | most | settled |
|---|---|---|---|---|---|---|
{rows}

## What bounds it

| people who have | a sweep, microseconds | effective of 100 draws, week | season | a second if all were effective |
|---|---|---|---|---|
{bounds}

Medians over the people. The last column, on all cores, is what no better mixing could pass at this cost of a sweep:
{warmup} sweeps thrown away and {least:.0f} draws kept on each of four chains. Beyond it only cheaper sweeps help,
or more cores.
"A sweep" here is a person's whole time divided by the sweeps: both Deltas, the diagnostics and the start are in it.
[Each step of a sweep](speed-sweep.md) is timed apart;
[points as lanes](../../decisions/0016-slice-points-are-evaluated-in-simd-lanes.md) tells what was done, and
what was not.
"""


@dataclass(frozen=True)
class Asked:
    """What one person took.

    Attributes:
        seconds: of one processor.
        draws: kept of each chain in the end.
        settled: whether the bar was reached.
        effective: of 100 draws, for the week and the season.
    """

    seconds: float
    draws: int
    settled: bool
    effective: tuple[float, float]

    @property
    def sweep_us(self) -> float:
        """Microseconds a sweep, diagnostics included."""
        return self.seconds * 1e6 / (CHAINS * (WARMUP + self.draws))


def asked(ready: Design, seed: int) -> Asked:
    """Fit until both Deltas are known well enough."""
    began = time.process_time()
    sampling = Sampling(ready.data, settings=Settings(seed=seed, warmup=WARMUP))
    for draws in DRAWS:
        posterior = sampling.until(draws)
        rows = {question: rows_of(question, posterior, ready) for question in Question}
        totals = [delta(q, r, ready.usual_dose).total.reshape(CHAINS, -1) for q, r in rows.items()]
        effective = [ess_bulk(t) for t in totals]
        settled = min(effective) >= MIN_ESS and all(rhat(t) < MAX_RHAT for t in totals)
        if settled:
            break
    week, season = (100 * ess / (CHAINS * draws) for ess in effective)
    return Asked(time.process_time() - began, draws, settled, (week, season))


def somebody(seed: int, days: int, *, pathways: bool) -> Design:
    """Return a simulated person of this seed, who reports pain and runs alone, or of all pathways."""
    person = make_person(seed=seed, first_day=date(2026, 1, 5), days=days)
    told = person.records
    if not pathways:
        told = replace(
            told, check_ins=tuple(replace(c, **_NOT_TOLD) for c in told.check_ins), measurements=()
        )
    return design(daily_series(told, zone=person.zone))


def share(seeds: range, days: int, *, pathways: bool) -> list[Asked]:
    """One process's people, each asked after a first one that loads the engine."""
    people = [somebody(seed, days, pathways=pathways) for seed in seeds]
    asked(people[0], 0)
    return [asked(person, seed) for person, seed in zip(people, seeds, strict=True)]


def everybody(workers: int, people: int, days: int, *, pathways: bool) -> list[Asked]:
    """All people of one kind, on all cores."""
    each = people // workers
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        jobs = [
            pool.submit(share, range(i * each, (i + 1) * each), days, pathways=pathways)
            for i in range(workers)
        ]
        return [person for job in jobs for person in job.result()]


def row(kind: str, workers: int, found: list[Asked]) -> str:
    """One row of the first table."""
    cpu = sum(person.seconds for person in found)
    settled = sum(person.settled for person in found)
    draws = statistics.median(person.draws for person in found)
    return (
        f"| {kind} | {len(found)} | {len(found) / cpu:.2f} | {workers * len(found) / cpu:.2f} | {draws:.0f} "
        f"| {max(person.draws for person in found)} | {settled} of {len(found)} |"
    )


def bound(kind: str, workers: int, found: list[Asked]) -> str:
    """One row of the second table."""
    sweep_us = statistics.median(person.sweep_us for person in found)
    week, season = (statistics.median(person.effective[i] for person in found) for i in range(2))
    at_best = workers * 1e6 / (sweep_us * (CHAINS * WARMUP + MIN_ESS))
    return f"| {kind} | {sweep_us:.0f} | {week:.0f} | {season:.0f} | {at_best:.1f} |"


def main() -> None:
    """Ask both kinds and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=200)
    parser.add_argument("--days", type=int, default=120)
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    compile_ahead()
    kinds = {"ratings and runs": False, "all six pathways too": True}
    found = {
        kind: everybody(args.workers, args.people, args.days, pathways=pathways)
        for kind, pathways in kinds.items()
    }
    load = f", load {os.getloadavg()[0]:.1f} at the end" if hasattr(os, "getloadavg") else ""
    page = PAGE.format(
        days=args.days,
        warmup=WARMUP,
        draws=DRAWS[0],
        ess=MIN_ESS,
        rhat=MAX_RHAT,
        machine=f"{args.workers} cores ({platform.machine()}), Python {platform.python_version()}{load}",
        rows="\n".join(row(kind, args.workers, of_kind) for kind, of_kind in found.items()),
        bounds="\n".join(bound(kind, args.workers, of_kind) for kind, of_kind in found.items()),
        least=MIN_ESS / CHAINS,
    )
    print(page)
    if args.out:
        args.out.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
