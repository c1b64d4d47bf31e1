"""Where the time of one sweep goes, step by step.

    python benchmarks/sweep_steps.py --out docs/results/speed-sweep.md

A copy of `sweep` is compiled with the processor's clock read after each of its statements, so that it cannot drift
from the product's own. Cycles become microseconds by the thread's own processor time. Two simulated people: who only
rates and runs, and whose six pathways are measured as well. Then what the panel's rows of some people took: how many
draws each, and the processor's seconds of sampling, of both Deltas and of what tells whether they settled.
"""

import argparse
import ast
import inspect
import os
import platform
import textwrap
import time
from collections.abc import Callable, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from people import somebody

from backstride.answer.deltas import extended
from backstride.answer.design import Design
from backstride.answer.gate import season_gate
from backstride.answer.kinds import Question
from backstride.answer.panel import Panel
from backstride.answer.person_priors import priors_for
from backstride.answer.rulings import rulings
from backstride.answer.settling import health_of
from backstride.answer.tier import read_tiers
from backstride.model import sweep as sweeping
from backstride.model.ahead import compile_ahead
from backstride.model.data import ModelData
from backstride.model.fit import fit
from backstride.model.missing_dose import refresh_load
from backstride.model.pain import refresh_drift, refresh_level, refresh_steps
from backstride.model.prior_arrays import CoefficientPriors, coefficient_priors
from backstride.model.random import Rng, stream
from backstride.model.state import FIRST_PATH, State, Work, start
from backstride.model.workspace import workspace

KINDS = {"ratings and runs": False, "all six pathways too": True}
WARMUP, SWEEPS, OUTLIER = 400, 3000, 4.0


@intrinsic
def cycles(_: object) -> tuple[object, Callable[..., object]]:
    """Read the processor's cycle counter."""

    def emit(_context: object, builder: ir.IRBuilder, _signature: object, _arguments: object) -> object:
        of = ir.FunctionType(ir.IntType(64), [])
        return builder.call(cgutils.get_or_insert_function(builder.module, of, "llvm.readcyclecounter"), [])

    return types.int64(), emit


def stamped() -> tuple[Callable[..., Any], list[str]]:
    """Return a sweep that writes the clock into `stamps` after each statement, and the names of its steps."""
    tree = ast.parse(textwrap.dedent(inspect.getsource(sweeping.sweep.py_func)))  # type: ignore[attr-defined]
    function = tree.body[0]
    assert isinstance(function, ast.FunctionDef)
    function.decorator_list = []
    function.args.args.append(ast.arg("stamps"))
    names, body = [], []
    for statement in function.body[1:-1]:  # without docstring and the last return
        calls = [n for n in ast.walk(statement) if isinstance(n, ast.Call) and isinstance(n.func, ast.Name)]
        names.append(str(calls[0].func.id))  # type: ignore[attr-defined]
        body += [statement, *ast.parse(f"stamps[{len(names)}] = cycles()").body]
    function.body = [*ast.parse("stamps[0] = cycles()").body, *body, function.body[-1]]
    function.name = "stamped_sweep"
    place = {**vars(sweeping), "cycles": cycles}
    exec(compile(ast.fix_missing_locations(tree), "<stamped>", "exec"), place)
    return place["stamped_sweep"], names


def measure(*, pathways: bool, days: int, seed: int) -> tuple[list[str], np.ndarray, float]:
    """Names of the steps, median cycles of each, and microseconds of a whole sweep by the thread's own clock."""
    ready = somebody(seed, days, pathways=pathways)
    data = ready.data
    priors = coefficient_priors(priors_for(ready), data.recorded_confounders)
    state, work = start(data, priors, np.random.default_rng(seed)), workspace(data, priors)
    for k in range(data.pathways):
        work.f[1:, FIRST_PATH + k] = state.m[k, 1:]
    function, names = stamped()
    one = numba.njit(inline="always", **_options())(function)

    @numba.njit(**_options())
    def run(
        rng: Rng,
        first: int,
        data: ModelData,
        state: State,
        priors: CoefficientPriors,
        work: Work,
        stamps: np.ndarray,
    ) -> None:
        for i in range(stamps.shape[0]):
            refresh_load(data, state, work)
            refresh_drift(state, work)
            refresh_level(state, work)
            refresh_steps(state, work)
            one(rng, first + i, data, state, priors, work, stamps[i])

    rng = stream(seed, 0)
    run(rng, 0, data, state, priors, work, np.zeros((WARMUP, len(names) + 1), dtype=np.int64))
    stamps = np.zeros((SWEEPS, len(names) + 1), dtype=np.int64)
    began = time.thread_time()
    run(rng, WARMUP, data, state, priors, work, stamps)
    seconds = time.thread_time() - began
    spent = np.diff(stamps, axis=1).astype(float)
    typical = np.median(spent, axis=0)
    spent[spent > OUTLIER * np.maximum(spent.mean(axis=0), typical)] = np.nan  # the thread was put aside
    return names, np.nanmean(spent, axis=0), seconds / SWEEPS * 1e6


def _options() -> dict[str, Any]:
    return {
        "nogil": True,
        "error_model": "numpy",
        "fastmath": {"reassoc", "contract", "arcp", "nsz"},
        "_nrt": False,
    }


def table(days: int, seed: int) -> str:
    """Markdown of both people."""
    found = {kind: measure(pathways=pathways, days=days, seed=seed) for kind, pathways in KINDS.items()}
    names = next(iter(found.values()))[0]
    rows = []
    for i, name in enumerate(names):
        shares = [(us, spent[i] / spent.sum()) for _, spent, us in found.values()]
        rows.append(f"| {name} | " + " | ".join(f"{us * s:.1f} ({100 * s:.0f} %)" for us, s in shares) + " |")
    rows.append("| a whole sweep | " + " | ".join(f"{us:.1f}" for _, _, us in found.values()) + " |")
    head = f"| step, microseconds of one chain's sweep | {' | '.join(found)} |\n|---|{'---|' * len(found)}"
    return "\n".join([head, *rows])


def panel_table(days: int, seeds: Sequence[int]) -> str:
    """Return what the panel of each person took until the verdicts stood."""
    rows = ["| person | row | draws a chain | sampling, CPU s | Deltas, CPU s | R-hat and ESS, CPU s |"]
    rows.append("|---|---|---|---|---|---|")
    for seed in seeds:
        for name, draws, spent in panel_of(somebody(seed, days, pathways=True), seed):
            rows.append(f"| {seed} | {name} | {draws} | " + " | ".join(f"{s:.2f}" for s in spent) + " |")
    return "\n".join(rows)


def panel_of(ready: Design, seed: int) -> list[tuple[str, int, list[float]]]:
    """Rows that the verdicts of one person asked for: name, draws a chain, seconds of each part, done once more."""
    panel = Panel(ready, seed=seed, worthwhile=1.0)
    gate = season_gate(ready.data.dose, chronic_start=ready.data.chronic_start)
    rulings(panel, read_tiers(ready.series, gate_is_open=gate.is_open), gate)
    found = []
    for row in panel.rows:
        settings, at = row.posterior.settings, [time.process_time()]
        posterior = fit(ready.data, settings=settings, priors=row.posterior.priors)
        at.append(time.process_time())
        totals = [extended(None, question, posterior, ready).total for question in Question]
        at.append(time.process_time())
        for total in totals:
            health_of(total.reshape(settings.chains, -1))
        at.append(time.process_time())
        found.append((row.analysis.value, settings.draws, [b - a for a, b in pairwise(at)]))
    return found


PAGE = """# Speed of each sampler step

`make bench-sweep` writes this page.

One chain's sweep over {days} days, each step timed by the processor's clock inside the compiled loop; microseconds by
the thread's own processor time. Times where the thread was put aside are left out.

{sweep}

Points of a slice, and stretches of flares, are worked out four side by side: the integral over pain's paths is one
chain of dependent operations, and four go through it in the time of one. Days and the {values} measurements go eight
side by side where they are independent given everything else (`src/backstride/model/lanes.py`,
[the decision](../../decisions/0024-days-go-side-by-side-chains-do-not.md)). The draws do not depend on how many go
together.

## What the panel of one answer takes

Rows of the panel that the verdicts of simulated people with all pathways asked for, each done anew from the start.
A row that is sampled on keeps its draws and works both Deltas out for new ones alone.

{panel}

Measured on {machine}.
"""


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument("--seed", type=int, default=1, help="of the person whose sweep is timed")
    parser.add_argument("--panel", type=int, nargs="*", default=[1, 2, 3], help="seeds of the panel's people")
    parser.add_argument("--out", type=Path, help="page to write")
    args = parser.parse_args()
    compile_ahead()
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    page = PAGE.format(
        days=args.days,
        sweep=table(args.days, args.seed),
        values=len(somebody(args.seed, args.days, pathways=True).data.row),
        panel=panel_table(args.days, args.panel),
        machine=f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}{load}",
    )
    print(page)
    if args.out is not None:
        args.out.write_text(page, encoding="utf-8")


if __name__ == "__main__":
    main()
