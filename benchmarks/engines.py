"""backstride beside general engines: the same person, the same model, on the same machine in the same hour.

    python benchmarks/engines.py --oracle .venv-oracle/bin/python --repeat 3 --out docs/results/speed-engines.md

Every run is a process of its own (benchmarks/engine_child.py). Each engine runs once with nothing compiled; then all
of them take turns, round by round, so that whatever else the machine does hits all alike, and every ratio is taken
within its round. Effective draws are reckoned here, for all engines by one function.
"""

import argparse
import importlib.metadata
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from backstride.answer.deltas import delta
from backstride.answer.design import Design, design
from backstride.answer.kinds import Question
from backstride.diary.daily import daily_series
from backstride.model.data import PATHWAYS
from backstride.model.diagnostics import ess_bulk, rhat
from backstride.model.effect import effect_draws
from backstride.model.fit import Posterior, Settings
from backstride.model.prior_arrays import coefficient_priors
from backstride.model.priors import neutral_priors
from backstride.model.sweep import columns
from backstride.testing.people import make_person

CHILD = Path(__file__).with_name("engine_child.py")
US = "backstride"
PEERS = ("nutpie", "numpyro")
DELTAS = tuple(f"Delta_{question.value}" for question in Question)
BYTES_A_UNIT = 1 if sys.platform == "darwin" else 1024
MIN_SD = 1e-4
Draws = dict[str, NDArray[np.float64]]


@dataclass(frozen=True)
class Job:
    """What each engine is asked for.

    Attributes:
        python: which interpreter runs it.
        warmup, draws: a chain, of four.
    """

    python: str
    warmup: int
    draws: int


@dataclass(frozen=True)
class Outcome:
    """One run of one engine.

    Attributes:
        to_summary: seconds from just before the process began to the summary.
        sampling: seconds from the end of its imports to its last draw, compiling included.
        peak_mb: the most memory it held at one time, in 2**20 bytes.
        diverged: transitions that NUTS says went astray.
        ess: effective draws of each common quantity; draws: (chains, n) of each.
    """

    to_summary: float
    sampling: float
    peak_mb: float
    diverged: int
    ess: dict[str, float]
    draws: Draws

    def ess_a_second(self, names: Sequence[str]) -> float:
        """Of the worst of these."""
        return min(self.ess[name] for name in names) / self.sampling

    @property
    def parameters(self) -> list[str]:
        """All common quantities but the Deltas."""
        return [name for name in self.ess if name not in DELTAS]

    @property
    def worst(self) -> str:
        """The parameter with the fewest effective draws."""
        return min(self.parameters, key=lambda name: self.ess[name])


def somebody(days: int, seed: int, pathways: Sequence[str]) -> Design:
    """Return a simulated person of whom the named pathways are measured."""
    person = make_person(seed=seed, first_day=date(2026, 1, 5), days=days, missing=0.1)
    series = daily_series(person.records, zone=person.zone)
    measures = tuple(m for m in series.measures if m.pathway.value in pathways)
    return design(replace(series, measures=measures))


def run(engine: str, job: Job, person: Design, place: Path, *, seed: int, cache: Path) -> Outcome | str:
    """One process; a sentence where the engine is not there, or failed."""
    out = place / f"{engine}.npz"
    words = [engine, place / "person.npz", out, "--seed", seed, "--warmup", job.warmup, "--draws", job.draws]
    environment = {
        **os.environ,
        "NUMBA_CACHE_DIR": str(cache / "numba"),
        "JAX_COMPILATION_CACHE_DIR": str(cache / "jax"),
        "JAX_PERSISTENT_CACHE_MIN_COMPILE_TIME_SECS": "0",
    }
    began = time.perf_counter()
    process = subprocess.Popen(
        [job.python, str(CHILD), *map(str, words)],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        env=environment,
        text=True,
    )
    assert process.stderr is not None
    heard, said = {}, []
    with process.stderr:
        for line in process.stderr:
            said.append(line)
            word, _, number = line.strip().partition(" ")
            heard[word] = (time.perf_counter() - began, number)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        return said[-1].strip() if said else f"exit status {process.returncode}"
    with np.load(out) as stored:
        draws = {name: stored[name] for name in stored.files}
    draws = with_deltas(draws, person, job)
    return Outcome(
        to_summary=heard["summary"][0],
        sampling=heard["sampled"][0] - heard["imported"][0],
        peak_mb=usage.ru_maxrss * BYTES_A_UNIT / 2**20,
        diverged=int(heard.get("diverged", (0.0, "0"))[1]),
        ess={name: ess_bulk(x) for name, x in draws.items() if x.std() > MIN_SD},
        draws=draws,
    )


def with_deltas(draws: Draws, person: Design, job: Job) -> Draws:
    """Return the draws of a peer with both Deltas, reckoned as backstride does; its own draws as they are."""
    if DELTAS[0] in draws or "mu_usual" not in draws:
        return draws
    priors = neutral_priors(person.data.pathway)
    arrays = coefficient_priors(priors, person.data.recorded_confounders)
    names = columns(person.data, len(arrays.course_sd))
    shape = draws["phi"].shape
    table = np.stack([np.broadcast_to(draws.get(name, 0.0), shape) for name in names.names], axis=-1)
    posterior = Posterior(table, names, Settings(0, draws=job.draws), priors, 0.0)
    found = dict(draws)
    for question, name in zip(Question, DELTAS, strict=True):
        rows = effect_draws(posterior, mean_dose=person.mean_dose, usual=question is Question.WEEK)
        found[name] = delta(question, rows, person.usual_dose).total.reshape(shape)
    return found


def store(person: Design, place: Path) -> None:
    """Write the person as the children read it."""
    doses = {"usual_dose": person.usual_dose, "mean_dose": person.mean_dose}
    np.savez(place / "person.npz", **person.data._asdict(), **doses)


def spread(values: Sequence[float], digits: int = 1) -> str:
    """Return the median, and from the least to the most where they differ."""
    middle, least, most = (f"{f(values):,.{digits}f}" for f in (statistics.median, min, max))
    return middle if len(values) == 1 else f"{middle} ({least} to {most})"


def speed_table(first: dict[str, Outcome], rounds: list[dict[str, Outcome]], common: list[str]) -> str:
    """One row an engine."""
    lines = [
        "| engine | first, s | warm, s | sampling, s | ESS/s, Deltas | least ESS/s | of | memory, MB | diverged |",
        "|---|---|---|---|---|---|---|---|---|",
    ]  # fmt: skip
    for engine, cold in first.items():
        mine = [r[engine] for r in rounds if engine in r]
        worst = min(common, key=lambda name: statistics.median(o.ess[name] for o in mine))
        cells = [
            engine,
            f"{cold.to_summary:.0f}",
            spread([o.to_summary for o in mine]),
            spread([o.sampling for o in mine]),
            spread([o.ess_a_second(DELTAS) for o in mine], 2),
            spread([o.ess_a_second(common) for o in mine], 2),
            worst,
            spread([o.peak_mb for o in mine], 0),
            f"{max(o.diverged for o in mine)}",
        ]
        lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def ratio_table(rounds: list[dict[str, Outcome]], common: list[str]) -> str:
    """backstride against each peer, round by round."""
    lines = [
        "| against | start to summary | ESS/s of the Deltas | least ESS/s | memory |",
        "|---|---|---|---|---|",
    ]
    for engine in PEERS:
        pairs = [(r[US], r[engine]) for r in rounds if engine in r]
        if pairs:
            cells = [
                engine,
                spread([peer.to_summary / we.to_summary for we, peer in pairs]) + " x faster",
                spread([we.ess_a_second(DELTAS) / peer.ess_a_second(DELTAS) for we, peer in pairs], 0) + " x",
                spread([we.ess_a_second(common) / peer.ess_a_second(common) for we, peer in pairs], 0) + " x",
                spread([we.peak_mb / peer.peak_mb for we, peer in pairs], 2) + " of it",
            ]
            lines.append("| " + " | ".join(cells) + " |")
    return "\n".join(lines)


def agreement_table(rounds: list[dict[str, Outcome]], common: list[str]) -> str:
    """Shifts from backstride in its posterior sds; last round."""
    last = rounds[-1]
    lines = [
        f"| engine | {' | '.join(f'{name}: mean, sd' for name in DELTAS)} | largest shift | largest R-hat |",
        "|---|---|---|---|---|",
    ]  # fmt: skip
    for engine, outcome in last.items():
        deltas = [f"{outcome.draws[name].mean():+.3f}, {outcome.draws[name].std():.3f}" for name in DELTAS]
        shifts = {
            name: (outcome.draws[name].mean() - last[US].draws[name].mean()) / last[US].draws[name].std()
            for name in common
        }
        far = max(shifts, key=lambda name, shifts=shifts: abs(shifts[name]))
        chance = np.sqrt(1.0 / outcome.ess[far] + 1.0 / last[US].ess[far])
        words = "" if engine == US else f"{shifts[far]:+.2f} ± {chance:.2f} ({far})"
        settled = max(rhat(outcome.draws[name]) for name in (*common, *DELTAS))
        lines.append(f"| {engine} | {' | '.join(deltas)} | {words} | {settled:.3f} |")
    return "\n".join(lines)


def page(
    args: argparse.Namespace,
    jobs: dict[str, Job],
    first: dict[str, Outcome],
    rounds: list[dict[str, Outcome]],
    absent: dict[str, str],
) -> str:
    """Return the whole page."""
    ran = [outcome for outcomes in rounds for outcome in outcomes.values()]
    common = [name for name in ran[0].parameters if all(name in outcome.ess for outcome in ran)]
    versions = json.loads(
        subprocess.run([args.oracle, "-c", VERSIONS], capture_output=True, text=True, check=True).stdout
    )
    left_out = [f"{engine} was left out: {why}" for engine, why in absent.items()]
    left_out += [f"{name} is not installed here, and was not run." for name in ALSO if not versions[name]]
    parts = [
        "# Speed compared with general samplers",
        "`make bench` writes this page.",
        f"One simulated person, seed {args.seed}, {args.days} days, measured: {', '.join(args.pathways)}; one "
        f"model with the same priors for all. backstride: 4 chains of {jobs[US].draws:,} draws after "
        f"{jobs[US].warmup}; each peer: 4 chains of {args.draws:,} after {args.warmup}. Each run is a process of its "
        f"own, first once with nothing compiled, then {len(rounds)} warm rounds in turns: median, least and most.",
        METHOD,
        f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}, "
        + ", ".join(f"{name} {version}" for name, version in versions.items() if version)
        + f", numba {importlib.metadata.version('numba')}; load {os.getloadavg()[0]:.1f} at the end.",
        speed_table(first, rounds, common),
        "Each ratio is taken within a round:",
        ratio_table(rounds, common),
        f"The same posterior? Common parameters: {len(common)}. Shifts in posterior sds, of the last round:",
        agreement_table(rounds, common),
        *left_out,
    ]
    return "\n\n".join(parts) + "\n"


ALSO = ("pyjags", "pystan")
VERSIONS = (
    "import json, importlib.metadata as m\n"
    "def v(n):\n"
    "    try: return m.version(n)\n"
    "    except m.PackageNotFoundError: return ''\n"
    "print(json.dumps({n: v(n) for n in ('numpyro', 'jax', 'nutpie', 'pyjags', 'pystan')}))"
)
METHOD = (
    "The peers explore one density, the oracle of [the agreement](agreement.md): flares and the time constant of "
    "habit are summed over, what lies behind ratings and answers is integrated out, and the daily paths "
    "are explored. NumPyro samples by its own NUTS; nutpie, the sampler that PyMC "
    "users take for speed, runs on the very density that NumPyro compiles. First and warm are seconds from the start "
    "of the process to a summary; sampling is what lies between the end of the imports and the last draw, with JAX "
    "compiling, or loading what was compiled, included. ESS/s are effective draws a second of sampling, of the worse "
    "Delta and of the worst common parameter. The peers are not charged for reckoning the Deltas."
)


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--oracle", default=sys.executable, help="the interpreter that has the peers")
    parser.add_argument("--repeat", type=int, default=3)
    parser.add_argument("--days", type=int, default=90)
    parser.add_argument("--seed", type=int, default=8)
    parser.add_argument("--pathways", nargs="*", default=["mood", "weight"], choices=PATHWAYS)
    parser.add_argument("--engines", nargs="*", default=PEERS, choices=PEERS)
    parser.add_argument("--warmup", type=int, default=300, help="of a peer")
    parser.add_argument("--draws", type=int, default=300, help="of a peer, a chain")
    parser.add_argument("--out", type=Path, help="page to write")
    args = parser.parse_args()
    person = somebody(args.days, args.seed, args.pathways)
    peer = Job(args.oracle, args.warmup, args.draws)
    jobs = {US: Job(sys.executable, 500, 2000), **dict.fromkeys(args.engines, peer)}
    absent: dict[str, str] = {}
    first: dict[str, Outcome] = {}
    rounds: list[dict[str, Outcome]] = []
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        store(person, place)
        for turn in range(args.repeat + 1):
            found = {}
            for engine, job in jobs.items():
                if engine in absent:
                    continue
                print(
                    f"{engine}, {'nothing compiled' if turn == 0 else f'round {turn}'} ...", file=sys.stderr
                )
                outcome = run(engine, job, person, place, seed=1 + turn, cache=place / engine)
                if isinstance(outcome, str):
                    absent[engine] = outcome
                    print(f"  left out: {outcome}", file=sys.stderr)
                else:
                    found[engine] = outcome
                    print(f"  {outcome.to_summary:.1f} s", file=sys.stderr)
            if turn == 0:
                first = found
            else:
                rounds.append(found)
    text = page(args, jobs, first, rounds, absent)
    print(text)
    if args.out is not None:
        args.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
