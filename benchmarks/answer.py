"""How long one person waits for an answer, from the start of the process, and where the time goes.

    python benchmarks/answer.py --repeat 5 --out docs/speed.md

One made-up person, 180 days, every pathway measured, told as tables: written once, then asked again and again, each
time by `backstride answer` in a process of its own, with the engine compiled. What is shown is the median of all
runs, and the least and the most. The first run of all, with nothing compiled, is timed once.
"""

import argparse
import json
import os
import platform
import re
import statistics
import sys
import tempfile
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from child import Child, backstride

VERDICT, WRITTEN = "timing sampling", "timing writing"
STAGES = {
    "start-up": "the interpreter, and the command itself",
    "import": "the code that reads files",
    "reading": "the person's tables",
    "loading": "numbers and engine, from the cache",
    "sampling": "the main fit: with its end the verdicts stand",
    "doubts": "the checks, the dose curve, the days needed",
    "writing": "page and numbers",
}


def asked(records: Path, out: Path, *, engine: Path | None = None) -> tuple[Child, dict[str, Any]]:
    """One run of the command, and the answer it wrote."""
    environment = {} if engine is None else {"NUMBA_CACHE_DIR": str(engine)}
    child = backstride("answer", records, "--out", out, "--timings", environment=environment)
    if child.code:
        sys.exit(child.err)
    return child, json.loads((out / "answer.json").read_text(encoding="utf-8"))


def stage_seconds(child: Child) -> dict[str, float]:
    """What the command itself says of its stages."""
    return {
        name: float(s) for name, s in re.findall(r"^timing ([\w-]+): ([\d.]+) s$", child.err, re.MULTILINE)
    }


def spread(values: Sequence[float], form: str = "{:.2f}") -> str:
    """The median, and from the least to the most."""
    median, least, most = (form.format(f(values)) for f in (statistics.median, min, max))
    return f"{median} ({least} to {most})"


def table(title: str, rows: dict[str, str]) -> str:
    """Two columns of Markdown."""
    return "\n".join(
        [f"| {title} | median (least to most) |", "|---|---|", *(f"| {a} | {b} |" for a, b in rows.items())]
    )


def machine() -> str:
    """What it was measured on."""
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}{load}"


def page(runs: list[tuple[Child, dict[str, Any]]], first: Child, on: str) -> str:
    """The whole page."""
    children, answers = zip(*runs, strict=True)

    def ess(question: str) -> str:
        return spread([a["diagnostics"]["ess_bulk"][question] for a in answers], "{:.0f}")

    def over(value: Callable[[Child], float], form: str = "{:.2f}") -> str:
        return spread([value(child) for child in children], form)

    whole = {
        "to the verdicts, s": over(lambda c: c.seconds_to(VERDICT)),
        "to page and numbers on disk, s": over(lambda c: c.seconds_to(WRITTEN)),
        "to the end of the process, s": over(lambda c: c.seconds),
        "work on all cores together, CPU s": over(lambda c: c.cpu_seconds),
        "most memory at one time, MB": over(lambda c: c.peak_mb, "{:.0f}"),
        "effective draws, week": ess("week"),
        "effective draws, season": ess("season"),
    }
    stages = {
        f"{name}: {what}": over(lambda c, n=name: stage_seconds(c).get(n, 0.0))
        for name, what in STAGES.items()
    }
    compiling = first.seconds - statistics.median(child.seconds for child in children)
    parts = [
        "# How long an answer takes",
        "`make bench-answer` writes this page.",
        f"One made-up person, 180 days, every pathway measured, {answers[0]['diagnostics']['chains']} chains of "
        f"{answers[0]['diagnostics']['draws_a_chain']} draws; `backstride answer` in a process of its own, the "
        f"engine compiled; {len(runs)} runs. Seconds are wall time from the start of the process.",
        f"Measured on {on}.",
        table("one answer", whole),
        table("stage, s", stages),
        f"The very first answer, with nothing compiled: {first.seconds:.1f} s, which is {compiling:.1f} s more than "
        "later ones. It happens once, and again when the engine's source or numba changes.",
    ]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--seed", type=int, default=1, help="of the made-up person")
    parser.add_argument("--out", type=Path, help="page to write")
    args = parser.parse_args()
    on = machine()
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        made = backstride("simulate", place / "somebody", "--days", "180", "--seed", str(args.seed))
        if made.code:
            sys.exit(made.err)
        records = place / "somebody" / "records"
        print("The first answer, nothing compiled ...", file=sys.stderr)
        first, _ = asked(records, place / "out", engine=place / "engine")
        runs = []
        for i in range(args.repeat):
            print(f"Answer {i + 1} of {args.repeat} ...", file=sys.stderr)
            runs.append(asked(records, place / "out", engine=place / "engine"))
    text = page(runs, first, on)
    print(text)
    if args.out is not None:
        args.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
