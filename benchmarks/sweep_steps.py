"""Where the time of one sweep goes, step by step.

    python benchmarks/sweep_steps.py --days 180

A copy of `sweep` is compiled with the processor's clock read after each of its statements, so that it cannot drift
from the product's own. Cycles become microseconds by the thread's own processor time. Two made-up people: who only
rates and runs, and whose six pathways are measured as well.
"""

import argparse
import ast
import inspect
import textwrap
import time
from collections.abc import Callable
from typing import Any

import numba
import numpy as np
from llvmlite import ir
from numba import types
from numba.core import cgutils
from numba.extending import intrinsic
from people import somebody

from backstride.answer.person_priors import priors_for
from backstride.model import sweep as sweeping
from backstride.model.ahead import compile_ahead
from backstride.model.data import ModelData
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
    """A sweep that writes the clock into `stamps` after each statement, and the names of its steps."""
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
    rows = []
    names = next(iter(found.values()))[0]
    for i, name in enumerate(names):
        cells = []
        for _, spent, us in found.values():
            cells.append(f"{us * spent[i] / spent.sum():.1f} ({100 * spent[i] / spent.sum():.0f} %)")
        rows.append(f"| {name} | " + " | ".join(cells) + " |")
    rows.append("| a whole sweep | " + " | ".join(f"{us:.1f}" for _, _, us in found.values()) + " |")
    head = (
        "| step, microseconds of one chain's sweep | " + " | ".join(found) + " |\n|---|" + "---|" * len(found)
    )
    return "\n".join([head, *rows])


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--days", type=int, default=180)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    compile_ahead()
    print(table(args.days, args.seed))


if __name__ == "__main__":
    main()
