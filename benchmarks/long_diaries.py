"""How the cost of an answer's sampling grows with the length of the diary.

    python benchmarks/long_diaries.py --out docs/results/speed-long.md

One simulated runner; the engine's own sweeps on one thread, in processor time, lengths in turn, `--repeat` times.

    seconds(days) = a + b days        least squares over all repeats
"""

import argparse
import os
import resource
import time
from pathlib import Path
from typing import NamedTuple

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

import numpy as np  # noqa: E402 - threads are set before numpy is loaded
from calibration.lives import Oddity, draw_chance, draw_runner, live, with_effect  # noqa: E402
from calibration.written_down import records_of  # noqa: E402
from numpy.typing import NDArray  # noqa: E402

from backstride.answer.deltas import deltas  # noqa: E402
from backstride.answer.design import Design, design  # noqa: E402
from backstride.diary.daily import daily_series  # noqa: E402
from backstride.model.diagnostics import ess_bulk  # noqa: E402
from backstride.model.fit import Settings, fit  # noqa: E402

LENGTHS = (90, 365, 1460, 3650)
SWEEPS, WARMUP = 1000, 250
SEED = 1


class Timed(NamedTuple):
    """One fit: seconds per 1,000 sweeps, effective draws of both Deltas a second, peak memory so far."""

    days: int
    seconds: float
    ess_a_second: float
    memory_mib: float


def main() -> None:
    """Time each length in turn, and write the page and its picture."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--out", type=Path, required=True)
    args = parser.parse_args()
    diaries = {days: diary(days) for days in LENGTHS}
    timed(diaries[LENGTHS[0]], seed=0)  # loads the compiled engine
    found = [timed(diaries[days], seed=SEED + i) for i in range(args.repeat) for days in LENGTHS]
    picture = args.out.with_suffix(".svg")
    picture.write_text(curve(found), encoding="utf-8")
    args.out.write_text(page(found, args.repeat, picture.name), encoding="utf-8")
    print(f"Written: {args.out}, {picture}")


def diary(days: int) -> Design:
    """Return the same kind of runner, for so many days; one in five mornings is missing, more or less."""
    rng = np.random.default_rng([SEED, 8, days])
    person = with_effect(draw_runner(rng, Oddity()), -1.0, np.array([0.3, 0.3, 0.2, 0.2]))
    life = live(person, draw_chance(rng, person, days=days, tier="B"), first_weekday=0)
    records = records_of(rng, person, life, tier="B")
    return design(daily_series(records, zone=records.check_ins[0].moment.tzinfo))


def timed(ready: Design, *, seed: int) -> Timed:
    """One chain; processor time of the sweeps, warm-up among them."""
    began = time.process_time()
    posterior = fit(ready.data, settings=Settings(seed=seed, chains=1, warmup=WARMUP, draws=SWEEPS))
    seconds = time.process_time() - began
    worst = min(ess_bulk(d.posterior.total.reshape(1, -1)) for d in deltas(posterior, ready).values())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024.0
    per_thousand = 1000.0 * seconds / (SWEEPS + WARMUP)
    return Timed(len(ready.series), per_thousand, worst / seconds, memory)


def line(found: list[Timed]) -> tuple[float, float, float]:
    """Return (a, b, R^2) of seconds = a + b days."""
    days, seconds = np.array([t.days for t in found], float), np.array([t.seconds for t in found])
    b, a = np.polyfit(days, seconds, 1)
    left = seconds - a - b * days
    return float(a), float(b), float(1.0 - left.var() / seconds.var())


def growth(found: list[Timed]) -> float:
    """Return the power p of seconds ~ days^p, over the lengths from a year on; 1 is linear."""
    long = [t for t in found if t.days >= LENGTHS[1]]
    return float(np.polyfit(np.log([t.days for t in long]), np.log([t.seconds for t in long]), 1)[0])


def page(found: list[Timed], repeat: int, picture: str) -> str:
    """Return the page."""
    a, b, fits = line(found)
    rows = "".join(
        f"| {days} | {_spread([t.seconds for t in here])} | {_spread([t.ess_a_second for t in here], '.1f')} | "
        f"{max(t.memory_mib for t in here[:1]):.0f} |\n"
        for days in sorted({t.days for t in found})
        for here in [[t for t in found if t.days == days]]
    )
    return (
        "# Speed on long diaries\n\n"
        "What sampling costs as a diary grows, for one simulated runner who rates most mornings. "
        "Processor time of one thread; median and range of the repeats.\n\n"
        "| days | seconds per 1,000 sweeps | effective draws of the worse Delta per second | "
        "peak memory of the process, MiB |\n| --- | --- | --- | --- |\n"
        f"{rows}\n"
        f"![Seconds per 1,000 sweeps against days]({picture})\n\n"
        f"seconds = {a:.3f} + {1000 * b:.3f} / 1,000 x days; R² = {fits:.3f}. From a year on, seconds grow with days "
        f"to the power {growth(found):.2f}; 1 is linear. Memory counts Python, numpy and the compiled engine, and "
        f"is read in the first round, in which the lengths rise.\n\n"
        f"`python benchmarks/long_diaries.py --repeat {repeat} --out docs/results/speed-long.md`, seed {SEED}; one "
        f"chain, {WARMUP} + {SWEEPS} sweeps.\n"
    )


def _spread(values: list[float], form: str = ".3f") -> str:
    return f"{np.median(values):{form}} ({min(values):{form}}-{max(values):{form}})"


def curve(found: list[Timed]) -> str:
    """Return a small picture: every repeat a dot, and the line."""
    wide, high, edge = 480, 260, 46
    most_days, most = max(t.days for t in found), 1.1 * max(t.seconds for t in found)

    def at(days: float, seconds: float) -> NDArray[np.float64]:
        return np.array(
            [edge + (wide - 2 * edge) * days / most_days, high - edge - (high - 2 * edge) * seconds / most]
        )

    a, b, _ = line(found)
    (x0, y0), (x1, y1) = at(0, a), at(most_days, a + b * most_days)
    dots = "".join(
        f'<circle cx="{x:.1f}" cy="{y:.1f}" r="3.5" fill="#1f6f8b" fill-opacity="0.7"/>'
        for t in found
        for x, y in [at(t.days, t.seconds)]
    )
    ticks = "".join(
        f'<text x="{at(d, 0)[0]:.1f}" y="{high - edge + 16}" text-anchor="middle">{d}</text>' for d in LENGTHS
    )
    ticks += "".join(
        f'<text x="{edge - 6}" y="{at(0, s)[1] + 4:.1f}" text-anchor="end">{s:.2g}</text>'
        for s in (0.0, most / 2.2, most / 1.1)
    )
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {wide} {high}" width="{wide}" height="{high}" '
        f'font-family="sans-serif" font-size="11" fill="#333" role="img">'
        f"<title>Seconds per 1,000 sweeps against days of diary, with the straight line</title>"
        f'<rect width="{wide}" height="{high}" fill="#fff"/>'
        f'<path d="M{edge} {edge / 2}V{high - edge}H{wide - edge}" fill="none" stroke="#999"/>'
        f'<path d="M{x0:.1f} {y0:.1f}L{x1:.1f} {y1:.1f}" stroke="#d1495b" stroke-width="1.5"/>{dots}{ticks}'
        f'<text x="{wide / 2}" y="{high - 8}" text-anchor="middle">days of diary</text>'
        f'<text x="{edge}" y="14">seconds per 1,000 sweeps</text></svg>\n'
    )


if __name__ == "__main__":
    main()
