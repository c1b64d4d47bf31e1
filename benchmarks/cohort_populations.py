"""Five populations of known truth, the whole way: diaries on disk, taken in, answered with kills, asked together.

python benchmarks/cohort_populations.py --people 2000 --out FOLDER --page docs/results/cohort-populations.md

People are dealt to the populations in turn; three of four drew blocks of two weeks for 84 days, the fourth drew
nothing. `backstride cohort answers` is killed with -9 halfway and called again. Where `--dask` says so, the first
people are answered once more on a Dask cluster of this machine, one worker of which is killed; the rows are compared.
Every stage goes on from what `--out` holds: call it again after a stop, with the same or with more people, as in

for n in 200 400 800 2000; do python benchmarks/cohort_populations.py --people $n --page ...; done
"""

import argparse
import csv
import json
import os
import resource
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from math import exp, isclose, lgamma, log, log1p
from pathlib import Path
from statistics import NormalDist
from threading import Event, Thread
from types import SimpleNamespace
from typing import Any

import numpy as np
from cohort_line import opposite

from backstride.cohort.person_answer import AnswerSettings
from backstride.cohort.releases import token
from backstride.runtime.jit_cache import configure_numba_cache

DAYS = 84
STANDARD_DOSE = 90.0 / 30.0 / 7.0
SETTINGS = AnswerSettings()
MIN_PEOPLE, GROUP = 10, 32
SEED = 20
PAGE = "docs/results/cohort-populations.md"
MB = 1024


@dataclass(frozen=True)
class MadeUp:
    """A population: what the season of its people is, points, and what to call it."""

    name: str
    words: str
    mean: float
    sd: float
    harmed: float = 0.0

    def season(self, rng: np.random.Generator) -> float:
        """Draw one person's."""
        if rng.random() < self.harmed:
            return float(np.clip(rng.normal(0.8, 0.2), 0.3, 1.6))
        return float(np.clip(rng.normal(self.mean, self.sd), -2.2, 1.8))


POPULATIONS = (
    MadeUp("helped", "helped, sd 0.7", -0.8, 0.7),
    MadeUp("alike", "helped, all alike", -0.7, 0.1),
    MadeUp("null", "nobody's pain changes", 0.0, 0.0),
    MadeUp("mixed", "85 % helped, 15 % harmed", -0.8, 0.3, harmed=0.15),
    MadeUp("harmed", "harmed, sd 0.3", 0.5, 0.3),
)
BESIDE = (
    MadeUp("strong", "a season of -1.5", -1.5, 0.0),
    MadeUp("opposite", "less pain next day, more by habit", 0.0, 0.0),
)
"""Too few to be a population: they show what the line says of people whose truth is known."""
DEAL = (*POPULATIONS, *POPULATIONS, POPULATIONS[2], *BESIDE)


def is_own(number: int) -> bool:
    """Return whether this person runs as they like; the others draw blocks."""
    return number // len(DEAL) % 4 == 3 and population_of(number) in POPULATIONS


def population_of(number: int) -> MadeUp:
    """Return the population that this person is dealt to."""
    return DEAL[number % len(DEAL)]


def one(number: int, *, folder: Path) -> dict[str, Any]:
    """Write a person's diary, and say their true effects at 90 minutes a week."""
    from backstride.diary.tables import write_tables
    from backstride.testing.people import make_person
    from backstride.testing.truth import latent_effects

    made_up = population_of(number)
    if made_up.name == "opposite":
        records, truth = opposite(SEED * 100_000 + number)
    else:
        person = make_person(
            seed=SEED * 100_000 + number,
            first_day=date(2025, 1, 6),
            days=DAYS,
            effect_season=made_up.season(np.random.default_rng((SEED, number))),
            tier="B" if is_own(number) else "A-weeks",
            block_weeks=2,
            pathways=False,
        )
        records, truth = person.records, person.truth
    name = f"{number:05d}-{made_up.name}"
    write_tables(records, folder / name)
    week, season = latent_effects(truth.nature, STANDARD_DOSE)
    return {"id": name, "week": week, "season": season}


class Watch:
    """The memory of a process and of all that it started, looked at every half second, and the processor's time."""

    def __init__(self, pid: int) -> None:
        self.most, self.most_of_one = 0.0, 0.0
        self._pid, self._over = pid, Event()
        self._thread = Thread(target=self._look, daemon=True)
        self._thread.start()

    def _look(self) -> None:
        while not self._over.wait(0.5):
            each = [memory(pid) for pid in tree(self._pid)]
            self.most, self.most_of_one = max(self.most, sum(each)), max([self.most_of_one, *each])

    def end(self) -> dict[str, float]:
        """Stop looking; MiB."""
        self._over.set()
        self._thread.join()
        return {"memory of all": self.most, "memory of one": self.most_of_one}


def tree(pid: int) -> list[int]:
    """Return a process and its descendants."""
    found = [pid]
    for parent in found:
        try:
            tasks = Path(f"/proc/{parent}/task").iterdir()
            found += [int(child) for task in tasks for child in (task / "children").read_text().split()]
        except OSError:
            continue
    return found


def memory(pid: int) -> float:
    """Return what a process holds, MiB; what several share is divided among them."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / MB for line in lines if line.startswith("Pss:")), 0.0)


def answers_in(store: Path) -> int:
    """Count the answers of a store while another process writes them."""
    with sqlite3.connect(f"file:{store / 'cohort.sqlite'}?mode=ro", uri=True, timeout=60.0) as database:
        return int(database.execute("SELECT count(*) FROM answers").fetchone()[0])


def command(*words: str | Path, until: Callable[[], bool] | None = None) -> dict[str, float]:
    """Run a command of the product, and kill it with -9 as soon as `until` says so.

    Returns:
        Seconds on the clock and of the processor, memory in MiB, and how many of its processes outlived the kill.
    """
    start, before = time.perf_counter(), resource.getrusage(resource.RUSAGE_CHILDREN)
    process = subprocess.Popen([Path(sys.executable).with_name("backstride"), *map(str, words)])
    watch, left = Watch(process.pid), 0
    while until is not None and process.poll() is None:
        time.sleep(0.5)
        if until():
            started = tree(process.pid)[1:]
            process.send_signal(signal.SIGKILL)
            process.wait()
            end = time.perf_counter() + 30.0
            while (left := sum(is_there(pid) for pid in started)) and time.perf_counter() < end:
                time.sleep(0.5)
            break
    process.wait()
    if process.returncode not in (0, -signal.SIGKILL):
        raise SystemExit(f"{words} ended with {process.returncode}")
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    used = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return {
        "wall": time.perf_counter() - start,
        "processor": used,
        "killed": float(process.returncode < 0),
        "outlived": float(left),
        **watch.end(),
    }


def is_there(pid: int) -> bool:
    """Return whether a process still runs, and is not only waiting to be collected."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False


def make(args: argparse.Namespace, notes: Path) -> None:
    """Write the diaries that are not there yet."""
    folder, truths = args.out / "diaries", args.out / "truths.jsonl"
    there = {int(one["id"].split("-")[0]) for one in lines_of(truths)}
    todo = [n for n in range(args.people) if n not in there]
    if not todo:
        return
    start = time.perf_counter()
    folder.mkdir(parents=True, exist_ok=True)
    with ProcessPoolExecutor(args.workers) as pool, truths.open("a") as file:
        for found in pool.map(partial(one, folder=folder), todo, chunksize=4):
            file.write(json.dumps(found) + "\n")
            file.flush()
    note(notes, stage="make", people=len(todo), wall=time.perf_counter() - start)


def answer(args: argparse.Namespace, notes: Path) -> None:
    """Take all in and answer all, killed halfway through what was still to do."""
    store = args.out / "store"
    if store.is_dir() and answers_in(store) >= args.people:
        return
    ran = command("cohort", "take-in", args.out / "diaries", "--store", store, "--zone", "Europe/Berlin")
    note(notes, stage="take-in", people=args.people, **ran)
    before = answers_in(store)
    half = before + (args.people - before) // 2
    ask = ("cohort", "answers", store, "--workers", str(args.workers))
    first = command(*ask, until=lambda: answers_in(store) >= half)
    kept = answers_in(store)
    note(notes, stage="answers", people=kept - before, **first)
    then = command(*ask)
    note(notes, stage="answers, again", people=answers_in(store) - kept, kept=kept, **then)


def on_dask(args: argparse.Namespace, notes: Path) -> None:
    """Answer the first people once more on a cluster of this machine, a worker killed at half; compare the rows."""
    from distributed import LocalCluster

    some, store = args.out / "dask-diaries", args.out / "dask"
    shutil.rmtree(some, ignore_errors=True)
    shutil.rmtree(store, ignore_errors=True)
    some.mkdir(parents=True)
    wanted = sorted((args.out / "diaries").iterdir())
    for path in wanted[: args.dask]:
        shutil.copytree(path, some / path.name)
    command("cohort", "take-in", some, "--store", store, "--zone", "Europe/Berlin")
    with LocalCluster(
        n_workers=args.workers, threads_per_worker=1, processes=True, dashboard_address=None
    ) as cluster:
        killed: list[int] = []
        watch = Watch(os.getpid())

        def kill_one() -> bool:
            if not killed and answers_in(store) >= args.dask // 2:
                worker = next(iter(cluster.workers.values()))
                killed.append(int(worker.pid))
                os.kill(killed[0], signal.SIGKILL)
            return False

        ran = command(
            "cohort", "answers", store, "--engine", cluster.scheduler_address,
            "--workers", str(args.workers), until=kill_one,
        )  # fmt: skip
        ran |= watch.end()
    mine, theirs = (rows_of(folder / "answers.csv") for folder in (store, args.out / "store"))
    alike = sum(same(row, theirs[name]) for name, row in mine.items())
    note(notes, stage="dask", people=answers_in(store), alike=alike, worker_killed=len(killed), **ran)


def same(one: dict[str, str], other: dict[str, str]) -> bool:
    """Return whether two rows say the same; anew compiled, sums round otherwise; the time may differ."""
    return one.keys() == other.keys() and all(
        name == "sampling_seconds" or value == other[name] or nearly(value, other[name])
        for name, value in one.items()
    )


def nearly(one: str, other: str) -> bool:
    """Return whether two cells are the same number to nine digits."""
    try:
        return isclose(float(one), float(other), rel_tol=1e-9, abs_tol=1e-9)
    except ValueError:
        return False


def rows_of(path: Path) -> dict[str, dict[str, str]]:
    """Read a table of answers, by id."""
    with path.open(encoding="utf-8") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def lines_of(path: Path) -> list[dict[str, Any]]:
    """Read a file of JSON lines; none where it is missing."""
    return [json.loads(line) for line in path.open()] if path.is_file() else []


def note(notes: Path, **values: Any) -> None:  # noqa: ANN401 - numbers and a name
    """Keep what a stage took, with the load of the machine."""
    values["load"] = os.getloadavg()[0]
    with notes.open("a") as file:
        file.write(json.dumps(values) + "\n")
    print(json.dumps(values), flush=True)


def covers(spread: Any, truth: float) -> bool:  # noqa: ANN401 - a Spread
    """Return whether the central 95 % hold the truth."""
    return bool(spread.low_95 <= truth <= spread.high_95)


def populations(args: argparse.Namespace) -> list[str]:
    """Ask each population, and each group of people in it; the table and how many intervals hold the truth."""
    from backstride.cohort.gathered import gather
    from backstride.cohort.population_answer import population_answer, prior_of
    from backstride.cohort.prior_file import prior_json
    from backstride.cohort.store import CohortStore

    truths = {token("person", one["id"]): one for one in lines_of(args.out / "truths.jsonl")}
    with CohortStore(args.out / "store") as store:
        people = gather(store, SETTINGS, least=MIN_PEOPLE)
    mine = [truths[member] for member, _ in people.members]
    names = np.array([one["id"].split("-")[1] for one in mine])
    true = np.array([(one["week"], one["season"]) for one in mine])

    def asked(chosen: np.ndarray[Any, Any]) -> Any:  # noqa: ANN401 - a PopulationAnswer
        part = some_of(people, chosen)
        return part, population_answer(part, seed=1, worthwhile=1.0, least=MIN_PEOPLE)

    lines = [
        "| population | people | week: true, found | tier B less A | season: people, true | found | "
        "at least 1 point less by the season: true, found |",
        "|---|---|---|---|---|---|---|",
    ]
    held: dict[str, list[bool]] = {"week": [], "season": []}
    held_in_groups: dict[str, list[bool]] = {"week": [], "season": []}
    for made_up in POPULATIONS:
        chosen = names == made_up.name
        part, found = asked(chosen)
        drawn = chosen & people.randomised
        week = found.week
        cells = [
            made_up.words, str(chosen.sum()), f"{true[chosen, 0].mean():+.2f}, {said(week.mean)}",
            ", ".join(f"{said(spread)}" for name, spread in week.of_tiers.items() if "B" in name) or "none",
        ]  # fmt: skip
        held["week"].append(covers(week.mean, true[chosen, 0].mean()))
        if found.season is None:
            cells += [str(drawn.sum()), "not shown", ""]
        else:
            share = found.season.helped
            cells += [
                f"{drawn.sum()}, {true[drawn, 1].mean():+.2f}", said(found.season.mean),
                f"{(true[drawn, 1] <= -1.0).mean():.0%}, {share.mean:.0%} "
                f"({share.low_95:.0%} to {share.high_95:.0%})",
            ]  # fmt: skip
            held["season"].append(covers(found.season.mean, true[drawn, 1].mean()))
            prior = prior_of(part, month="2026-11", worthwhile=1.0, seed=1, least=MIN_PEOPLE)
            (args.out / f"prior-{made_up.name}.json").write_text(prior_json(prior))
        lines.append(f"| {' | '.join(cells)} |")
        places = np.flatnonzero(chosen)
        for first in range(0, len(places) - GROUP + 1, GROUP):
            group = np.zeros(len(names), dtype=bool)
            group[places[first : first + GROUP]] = True
            _, found = asked(group)
            held_in_groups["week"].append(covers(found.week.mean, true[group, 0].mean()))
            if found.season is not None:
                in_it = group & people.randomised
                held_in_groups["season"].append(covers(found.season.mean, true[in_it, 1].mean()))
    count = {name: f"{sum(each)} of {len(each)}" for name, each in held.items()}
    groups = {name: f"{sum(each)} of {len(each)}" for name, each in held_in_groups.items()}
    return [
        *lines,
        "",
        f"95 % intervals of the mean that hold the truth: the week {count['week']}, the season {count['season']}. Of",
        f"groups of {GROUP} people, none in two of them: the week {groups['week']}, the season {groups['season']}.",
    ]


KNOWN = "a ratio of 1.7 known, spread 0.3"
"""Beside the cohort's own ratio: what the most that others could know would be worth."""


def lines_told(args: argparse.Namespace) -> list[str]:
    """Say what the line beside the verdict tells each population, by the ratio of those who were helped.

    Everything is at 90 minutes a week, where the truth is known; the rule is the product's own.
    """
    from backstride.answer.kinds import Hurdle, Verdict
    from backstride.answer.other_priors import MIN_ESS, effective_draws
    from backstride.answer.summary import estimate
    from backstride.answer.verdict import chances, direction
    from backstride.cohort.interim import interim_prior
    from backstride.cohort.line import ratio_weights, verdict_of_line
    from backstride.cohort.person_answer import answer_key
    from backstride.cohort.prior_file import Ratio, read_prior
    from backstride.cohort.store import CohortStore

    ratios = {KNOWN: (Ratio(1.7, 0.3, 30.0),)}
    if (args.out / "prior-helped.json").is_file():
        found = read_prior((args.out / "prior-helped.json").read_text(), name="prior")
        ratios = {
            f"the cohort's own ({np.mean([one.slope for one in found.ratios]):.2f})": found.ratios
        } | ratios
    truths = {one["id"]: one for one in lines_of(args.out / "truths.jsonl")}
    told: dict[tuple[str, str], list[tuple[int, bool, float]]] = {}
    with CohortStore(args.out / "store") as store:
        for person in store.people():
            answer = store.answer(answer_key(person, SETTINGS))
            if answer is None or answer.numbers.get("season_mean") is None:
                continue
            numbers, truth = answer.numbers, truths[person.id]["season"]
            draws = np.frombuffer(answer.draws, dtype="<f4").reshape(-1, 2).astype(float)
            pathways = tuple(str(numbers["pathways"]).split(", ")) if numbers["pathways"] else ()
            because = numbers["season_open_because"]
            effect = SimpleNamespace(
                verdict=Verdict(numbers["season_verdict"] or Verdict.CANNOT_TELL),
                too_small=numbers["season_too_small"],
                reason=None if because is None else SimpleNamespace(hurdle=Hurdle(because)),
            )
            rows = {"own records": (np.full(len(draws), 1.0 / len(draws)), effect.verdict)}
            for name, each in ratios.items():
                weight = ratio_weights(draws, interim_prior(pathways), each)
                said_of = verdict_of_line(chances(draws[:, 1], weight, 1.0), effect)  # type: ignore[arg-type]
                fine = effective_draws(weight) >= MIN_ESS
                rows[name] = (weight, said_of if fine else Verdict.CANNOT_TELL)
            for name, (weight, verdict) in rows.items():
                seen = estimate(draws[:, 1], weight)
                low, high = seen.interval_95
                one = (direction(verdict), low <= truth <= high, high - low)
                told.setdefault((person.id.split("-")[1], name), []).append(one)
    lines = [
        "| people | number | by | told less pain | told more pain | 95 % range holds the truth | width, median |",
        "|---|---|---|---|---|---|---|",
    ]
    for made_up in (*POPULATIONS, *BESIDE):
        for name in ("own records", *ratios):
            each = told.get((made_up.name, name), [])
            if each:
                sides = [side for side, _, _ in each]
                held = sum(holds for _, holds, _ in each)
                wide = np.median([width for _, _, width in each])
                lines.append(
                    f"| {made_up.words} | {len(each)} | {name} | {sides.count(-1)} | {sides.count(1)} | {held} | "
                    f"{wide:.1f} |"
                )
    return [*lines, "", *falsely_told(told, tuple(ratios))]


def falsely_told(
    told: dict[tuple[str, str], list[tuple[int, bool, float]]], names: Sequence[str]
) -> list[str]:
    """Say how many people at 0, and harmed ones, the line names a side that is not theirs; at most how many do."""
    lines = []
    for name in names:
        at_0 = [side for side, _, _ in told.get(("null", name), [])]
        harmed = [side for side, _, _ in told.get(("harmed", name), [])]
        sided, helped = len(at_0) - at_0.count(0), harmed.count(-1)
        lines += [
            f"- By {name}: of {len(at_0)} people at 0, {sided} are told of a side "
            f"(at most {most(sided, len(at_0)):.1%});",
            f"  of {len(harmed)} harmed people {helped} of less pain (at most {most(helped, len(harmed)):.1%}).",
        ]
    return ["Told falsely, with the largest share that fits the count (one-sided 95 %):", "", *lines]


def most(count: int, of: int) -> float:
    """Return the largest share at which so few are still seen in one of 20 samples (Clopper and Pearson)."""
    if count >= of:
        return 1.0
    low, high = 0.0, 1.0
    for _ in range(50):
        middle = (low + high) / 2.0
        seen = sum(
            exp(
                lgamma(of + 1)
                - lgamma(k + 1)
                - lgamma(of - k + 1)
                + k * log(middle)
                + (of - k) * log1p(-middle)
            )
            for k in range(count + 1)
        )
        low, high = (middle, high) if seen > 0.05 else (low, middle)
    return high


@dataclass(frozen=True)
class Alone:
    """One person's answer, and what their records alone say, as one Gaussian.

    Attributes:
        id: of the person.
        tier: of the season, A where the days were drawn by chance and the draw was followed.
        answered: (2,) posterior mean of week and season at 90 minutes a week.
        mean, covariance: (2,) and (2, 2), the prior taken out.
    """

    id: str
    tier: str
    answered: np.ndarray[Any, Any]
    mean: np.ndarray[Any, Any]
    covariance: np.ndarray[Any, Any]


def records_alone(args: argparse.Namespace) -> list[Alone]:
    """Take the prior out of everybody's answer, where it rests on runs of their own."""
    from backstride.cohort.interim import interim_prior
    from backstride.cohort.likelihood import likelihood_of
    from backstride.cohort.person_answer import answer_key
    from backstride.cohort.store import CohortStore

    out = []
    with CohortStore(args.out / "store") as store:
        for person in store.people():
            answer = store.answer(answer_key(person, SETTINGS))
            if answer is None or answer.numbers.get("season_mean") is None:
                continue
            draws = np.frombuffer(answer.draws, dtype="<f4").reshape(-1, 2).astype(float)
            pathways = (
                tuple(str(answer.numbers["pathways"]).split(", ")) if answer.numbers["pathways"] else ()
            )
            one = likelihood_of(draws, interim_prior(pathways), components=1)
            out.append(
                Alone(
                    person.id,
                    str(answer.numbers["season_tier"]),
                    draws.mean(axis=0),
                    one.mean[0, 0],
                    one.covariance[0, 0],
                )
            )
    return out


def leans(args: argparse.Namespace, people: Sequence[Alone]) -> list[str]:
    """Say how far single answers, and the records alone, lie from the truth; less the prior's pull, in sds."""
    truths = {one["id"]: one for one in lines_of(args.out / "truths.jsonl")}
    nobody = POPULATIONS[2]
    rows: dict[tuple[str, str], list[np.ndarray[Any, Any]]] = {}
    for one in people:
        true = np.array([truths[one.id]["week"], truths[one.id]["season"]])
        off = np.concatenate([one.answered - true, (one.mean - true) / np.sqrt(np.diag(one.covariance))])
        kind, own = one.id.split("-")[1], is_own(int(one.id.split("-")[0]))
        days = "own days" if own else "blocks drawn" if one.tier == "A" else "blocks drawn, seldom followed"
        if kind == nobody.name:
            rows.setdefault((days, nobody.words), []).append(off)
        if kind in {each.name for each in POPULATIONS}:
            rows.setdefault((days, "all five populations"), []).append(off)
    lines = [
        "| days | people | number | week | season | the records alone, in their sds: week | season |",
        "|---|---|---|---|---|---|---|",
    ]
    for (days, words), each in sorted(rows.items()):
        values = np.array(each)
        errors = values.std(axis=0, ddof=1) / np.sqrt(len(values)) if len(values) > 1 else np.full(4, np.nan)
        cells = [
            f"{mean:+.2f} ± {error:.2f}" for mean, error in zip(values.mean(axis=0), errors, strict=True)
        ]
        lines.append(f"| {days} | {words} | {len(values)} | {' | '.join(cells)} |")
    return [
        "The mean of what was found less what is true, with its own error; more than 0 is more pain with running.",
        "",
        *lines,
    ]


STRONG, OPPOSITE = np.array([-0.92, -1.5]), np.array([-0.86, 1.06])
"""Week and season of people with much less pain, and of people with as much less the next day and more by habit."""
FALSE_OF_OPPOSITE = 0.03
"""The share of opposite people who may be told of less pain, over what their own records tell them."""


def bound(people: Sequence[Alone]) -> list[str]:
    """Say what no rule can pass: the power at a season of -1.5 where 3 % of opposite people are told the same.

    Their weeks are alike, so only the season's own part of the records parts them. By Neyman and Pearson's lemma no
    reading of a record y ~ N(effects, V) has more power at that level than Phi(d - 1.88), d^2 = difference' V^-1
    difference; V is each person's, from their draws with the prior taken out.
    """
    spreads, power = [], []
    for one in people:
        d = float(np.sqrt((STRONG - OPPOSITE) @ np.linalg.solve(one.covariance, STRONG - OPPOSITE)))
        spreads.append(np.sqrt(np.diag(one.covariance)))
        normal = NormalDist()
        power.append(normal.cdf(d - normal.inv_cdf(1.0 - FALSE_OF_OPPOSITE)))
    week, season = np.median(spreads, axis=0)
    return [
        f"A season of {STRONG[1]:+.2f} goes with a week of {STRONG[0]:+.2f}; opposite people have "
        f"{OPPOSITE[1]:+.2f} and {OPPOSITE[0]:+.2f}.",
        f"Records of {DAYS} days alone leave the week {week:.2f} points of sd and the season {season:.2f} (medians",
        f"of {len(power)} people). So no rule, with or without others, tells more than {np.mean(power):.0%}",
        "of people",
        f"at {STRONG[1]:+.2f} of less pain if it may tell {FALSE_OF_OPPOSITE:.0%} of opposite",
        "people the same (Neyman and Pearson; each person's likelihood taken as one Gaussian).",
    ]


def some_of(people: Any, chosen: np.ndarray[Any, Any]) -> Any:  # noqa: ANN401 - GatheredPeople
    """Select people as if the others had never been taken in; verdicts are not selected."""
    places = np.flatnonzero(chosen)
    return replace(
        people,
        taken_in=len(places),
        likelihood=type(people.likelihood)(*(part[chosen] for part in people.likelihood)),
        tiers={question: [letters[i] for i in places] for question, letters in people.tiers.items()},
        traits=[people.traits[i] for i in places],
        has_more_pain=[people.has_more_pain[i] for i in places],
        members=[people.members[i] for i in places],
        verdicts={},
    )


def said(spread: Any) -> str:  # noqa: ANN401 - a Spread
    """Say a mean with its 95 %."""
    return f"{spread.mean:+.2f} ({spread.low_95:+.2f} to {spread.high_95:+.2f})"


def work_done(notes: list[dict[str, Any]]) -> list[str]:
    """Return the table of what each stage took."""
    lines = [
        "| stage | people | a second | processor seconds a person | memory of all processes, MiB | of the largest "
        "| load |",
        "|---|---|---|---|---|---|---|",
    ]
    for one in notes:
        people = max(int(one["people"]), 1)
        spent = (
            f"{one['processor'] / people:.2f}"
            if one.get("processor") and not one["killed"] and one["stage"] != "dask"
            else ""
        )
        all_of, largest = (
            f"{one[name]:.0f}" if name in one else "" for name in ("memory of all", "memory of one")
        )
        extra = ""
        if one.get("killed"):
            extra = f", then killed ({one['outlived']:.0f} of its processes left)"
        if "kept" in one:
            extra = f" ({one['kept']} were kept)"
        if one["stage"] == "dask":
            extra = f", a worker killed ({one['alike']} rows as before)"
        lines.append(
            f"| {one['stage']}{extra} | {one['people']} | {one['people'] / one['wall']:.2f} | {spent} | {all_of} | "
            f"{largest} | {one['load']:.1f} |"
        )
    return lines


def main() -> None:
    """Run what is left to run, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=2000)
    parser.add_argument("--workers", type=int, default=2)
    parser.add_argument("--dask", type=int, default=0, help="How many people to answer on Dask too.")
    parser.add_argument("--out", type=Path, default=Path(".cache/populations"))
    parser.add_argument("--page", type=Path)
    parser.add_argument("--page-only", action="store_true", help="Answer nobody more; write what is there.")
    args = parser.parse_args()
    configure_numba_cache()
    notes = args.out / "notes.jsonl"
    if not args.page_only:
        from backstride.model.ahead import compile_ahead  # the folder of the engine is named now

        compile_ahead()
        args.out.mkdir(parents=True, exist_ok=True)
        make(args, notes)
        answer(args, notes)
        if args.dask:
            on_dask(args, notes)
    text = page(args, notes)
    print(text)
    if args.page:
        args.page.write_text(text, encoding="utf-8")


def page(args: argparse.Namespace, notes: Path) -> str:
    """Return the page of what was answered so far."""
    people = records_alone(args)
    return "\n".join(
        [
            "# Populations of known truth",
            "",
            f"`python benchmarks/cohort_populations.py --people 2000 --dask 200 --page {PAGE}` writes this page,",
            f"and goes on where it was stopped. So far {answers_in(args.out / 'store')} people were answered: five "
            "populations and two more kinds of people",
            f"who show what the line says; {DAYS} days, three of four with drawn blocks of two weeks. Effects at",
            "90 minutes a week, points. In brackets: 95 %.",
            "",
            "## What was found, and what is true",
            "",
            *populations(args),
            "",
            "## What the line beside a season tells",
            "",
            *lines_told(args),
            "",
            *bound(people),
            "",
            "## How far answers lie from the truth",
            "",
            *leans(args, people),
            "",
            "## What it took",
            "",
            f"{args.workers} processes, on a machine of {os.cpu_count()} cores that had other work (load beside each "
            "row). Each call of",
            "`cohort answers` but those named *again* was killed with -9 halfway; the next one did what was left.",
            "",
            *work_done(lines_of(notes)),
            "",
        ]
    )


if __name__ == "__main__":
    main()
