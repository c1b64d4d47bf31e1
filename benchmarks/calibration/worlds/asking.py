"""The product's own answer to a folder of files, in a process of its own: one JSON line in, one out.

    PYTHONPATH=SOURCE:benchmarks python -m calibration.worlds.asking

The only module of the worlds that imports backstride, and it takes whichever version the path leads to. A line in is
{"folder": ..., "seeds": [1, 2]}; a line out is {"answers": [...]} or {"error": ...}.
"""

import contextlib
import dataclasses
import json
import os
import sys
import time
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from zoneinfo import ZoneInfo

for _name in ("OPENBLAS_NUM_THREADS", "OMP_NUM_THREADS", "NUMBA_NUM_THREADS"):
    os.environ.setdefault(_name, "1")

from calibration.worlds.adapter import QUESTIONS, as_row  # noqa: E402 - threads are set before numpy is loaded

ZONE = ZoneInfo("UTC")


def main() -> None:
    """Answer line after line until there is none."""
    out = sys.stdout
    with contextlib.redirect_stdout(sys.stderr):
        ask = _question()
        for line in sys.stdin:
            task = json.loads(line)
            print(json.dumps(_answered(ask, task)), file=out, flush=True)


def _answered(ask: Any, task: dict[str, Any]) -> dict[str, Any]:  # noqa: ANN401
    from backstride.diary.daily import daily_series
    from backstride.errors import BackstrideError

    try:
        records, attached = read(Path(task["folder"]))
        series = daily_series(records, zone=ZONE)
        answers = []
        for seed in task["seeds"]:
            began = time.process_time()
            row = as_row(ask(series, seed=seed))
            row["seconds"] = round(time.process_time() - began, 2)
            answers.append(row | {"sampler_seed": seed, "draws_attached": attached})
    except BackstrideError as error:
        return {"error": f"{type(error).__name__}: {error}"}
    return {"answers": answers}


def read(folder: Path) -> tuple[Any, bool]:
    """Return the records of a folder, and whether its draws had to be attached by hand (versions dropping them)."""
    from backstride.importers.folder import import_path

    records = import_path(folder, zone=ZONE).records
    table = folder / "draws.csv"
    if not table.exists() or records.allocations:
        return records, False
    draws = import_path(table, zone=ZONE).records.allocations
    return dataclasses.replace(records, allocations=draws), True


def _question() -> Any:  # noqa: ANN401
    """Return the product's full fit, gates and verdicts, without what only informs."""
    from backstride.runtime.jit_cache import configure_numba_cache

    configure_numba_cache()
    from backstride.answer import ask
    from backstride.model.ahead import compile_ahead

    compile_ahead()
    if hasattr(ask, "verdict_only"):
        return lambda series, *, seed: SimpleNamespace(
            **dict(zip(QUESTIONS, ask.verdict_only(series, seed=seed), strict=True))
        )
    # in the first version neither of the two decided a verdict
    ask._checks = lambda *_, **__: []
    ask.days_needed = lambda *_, **__: ()
    return ask.answer_question


if __name__ == "__main__":
    main()
