"""How long one person waits for an answer, from the start of the process, and where the time goes.

    python benchmarks/answer.py --repeat 5 --out docs/results/speed.md
    python benchmarks/answer.py --repeat 3 --seeds 1 2 3 --beside FOLDER     another checkout, with its own .venv

One simulated person, 180 days, every pathway measured, told as tables: written once, then asked again and again, each
time by `backstride answer` in a process of its own, with the engine compiled. What is shown is the median of all
runs, and the least and the most. SciPy is hidden from the command: whoever installs backstride has none, and numba
loads it where it finds it. The first run of all, with nothing compiled, is timed once. Where the machine is
shared, the processor's own seconds say more than those of the clock. With --beside both checkouts answer the same
people in turns, and the ratios are those of the medians.
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


def asked(
    records: Path, out: Path, *, engine: Path | None = None, python: str | Path = sys.executable
) -> tuple[Child, dict[str, Any]]:
    """One run of the command, and the answer it wrote."""
    hidden = out.parent / "hidden"
    (hidden / "scipy").mkdir(parents=True, exist_ok=True)
    (hidden / "scipy" / "__init__.py").write_text(
        "raise ImportError('not for this benchmark')\n", encoding="utf-8"
    )
    environment = {"PYTHONPATH": str(hidden)}
    if engine is not None:
        environment["NUMBA_CACHE_DIR"] = str(engine)
    child = backstride("answer", records, "--out", out, "--timings", environment=environment, python=python)
    if child.code:
        sys.exit(child.err)
    return child, json.loads((out / "answer.json").read_text(encoding="utf-8"))


def stage_seconds(child: Child) -> dict[str, float]:
    """Return what the command itself says of its stages."""
    return {
        name: float(s) for name, s in re.findall(r"^timing ([\w-]+): ([\d.]+) s$", child.err, re.MULTILINE)
    }


def spread(values: Sequence[float], form: str = "{:.2f}") -> str:
    """Return the median, and from the least to the most."""
    median, least, most = (form.format(f(values)) for f in (statistics.median, min, max))
    return f"{median} ({least} to {most})"


def table(title: str, rows: dict[str, str]) -> str:
    """Two columns of Markdown."""
    return "\n".join(
        [f"| {title} | median (least to most) |", "|---|---|", *(f"| {a} | {b} |" for a, b in rows.items())]
    )


def machine() -> str:
    """Return what it was measured on."""
    load = f", load {os.getloadavg()[0]:.1f} at the start" if hasattr(os, "getloadavg") else ""
    return f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}{load}"


def page(runs: list[tuple[Child, dict[str, Any]]], first: Child, on: str) -> str:
    """Return the whole page."""
    children, answers = zip(*runs, strict=True)

    def ess(question: str) -> str:
        return spread([a["diagnostics"]["ess_bulk"][question] for a in answers], "{:.0f}")

    def over(value: Callable[[Child], float], form: str = "{:.2f}") -> str:
        return spread([value(child) for child in children], form)

    whole = {
        "to the verdicts, s": over(lambda c: c.seconds_to(VERDICT)),
        "to the verdicts, CPU s": over(lambda c: c.cpu_seconds_to(VERDICT)),
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
        "# Speed of one answer",
        "`make bench-answer` writes this page.",
        f"One simulated person, 180 days, every pathway measured, {answers[0]['diagnostics']['chains']} chains of "
        f"{answers[0]['diagnostics']['draws_a_chain']} draws; `backstride answer` in a process of its own, the "
        f"engine compiled; {len(runs)} runs. Seconds are wall time from the start of the process.",
        f"Measured on {on}.",
        table("one answer", whole),
        table("stage, s", stages),
        f"The very first answer, with nothing compiled: {first.seconds:.1f} s, which is {compiling:.1f} s more than "
        "later ones. It happens once, and again when the engine's source or numba changes.",
    ]
    return "\n\n".join(parts) + "\n"


MEASURED: dict[str, Callable[[Child], float]] = {
    "to the verdicts, CPU s": lambda c: c.cpu_seconds_to(VERDICT),
    "to page and numbers on disk, CPU s": lambda c: c.cpu_seconds_to(WRITTEN),
    "to the verdicts, s": lambda c: c.seconds_to(VERDICT),
    "to page and numbers on disk, s": lambda c: c.seconds_to(WRITTEN),
    "most memory at one time, MB": lambda c: c.peak_mb,
}


def beside(other: Path, records: dict[int, Path], repeat: int, place: Path) -> str:
    """Both checkouts in turns on the same people: medians, and their ratios."""
    pythons = {"this": Path(sys.executable), "other": other.resolve() / ".venv" / "bin" / "python"}
    found: dict[tuple[str, int], list[Child]] = {}
    for turn in range(repeat + 1):  # the first compiles
        for seed, folder in records.items():
            for name, python in pythons.items():
                child, _ = asked(folder, place / "out", engine=place / name, python=python)
                if turn:
                    found.setdefault((name, seed), []).append(child)
                    print(f"{name}, person {seed}: {child.cpu_seconds:.2f} CPU s", file=sys.stderr)
    rows = [f"| what | {' | '.join(f'person {s}: this, other, ratio' for s in records)} |"]
    rows.append("|---|" + "---|" * len(records))
    for what, of in MEASURED.items():
        cells = []
        for seed in records:
            mine, its = (statistics.median(map(of, found[name, seed])) for name in pythons)
            cells.append(f"{mine:.2f}, {its:.2f}, {mine / its:.2f}")
        rows.append(f"| {what} | {' | '.join(cells)} |")
    return "\n".join(rows)


def made_up(place: Path, seed: int) -> Path:
    """Return the tables of one person of 180 days."""
    made = backstride("simulate", place / f"somebody-{seed}", "--days", "180", "--seed", str(seed))
    if made.code:
        sys.exit(made.err)
    return place / f"somebody-{seed}" / "records"


def main() -> None:
    """Measure, print, and write where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--seeds", type=int, nargs="+", default=[1], help="of the simulated people")
    parser.add_argument("--beside", type=Path, help="another checkout to ask in turns with this one")
    parser.add_argument("--out", type=Path, help="page to write")
    args = parser.parse_args()
    on = machine()
    with tempfile.TemporaryDirectory() as temporary:
        place = Path(temporary)
        if args.beside is not None:
            people = {seed: made_up(place, seed) for seed in args.seeds}
            print(f"{on}\n\n{beside(args.beside, people, args.repeat, place)}")
            return
        records = made_up(place, args.seeds[0])
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
