"""The whole command on real people's diaries and real watch files.

    python benchmarks/real_people.py --out docs/results/real-people.md

PMData (Thambawita et al., ACM MMSys 2020) holds the diaries and watches of 16 people, 13 of whom are looked at here.
Nobody in it was asked about a painful back: soreness stands in for pain. So the answers are about soreness, and what
is tried is the way from files to an answer, not running. `examples/pmdata.py` turns a person into a diary;
`backstride answer` is run as a process of its own; every number is read from the answer.json that it wrote.
"""

import argparse
import json
import runpy
import shutil
import sys
import tempfile
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from child import Child, backstride

from backstride import Activity, BackstrideError, read_paths

ROOT = Path(__file__).parents[1]
DATA = ROOT.parent / "shared" / "data" / "pmdata"
CORPUS = ROOT.parent / "shared" / "corpus" / "fit"
OSLO = "Europe/Oslo"
MIN_DRAWS = 100
MIN_RUNS = 6
QUESTIONS = ("week", "season")
RESULTS = ("pass", "fail", "only informs", "not run")
HEAD = (
    "person", "days", "mornings rated", "run days", "tier", "week: change", "season: change",
    "verdict, week", "verdict, season", "worst R-hat", "least ESS", "doubts: fine / open / inform / not run",
    "seconds", "MB",
)  # fmt: skip


@dataclass(frozen=True)
class Asked:
    """One folder, asked: the run of the command, and its answer.json where it wrote one."""

    name: str
    child: Child
    answer: dict[str, Any] | None


def ask(name: str, records: Path, out: Path, *, seed: int) -> Asked:
    """Run `backstride answer` on a folder of records."""
    child = backstride("answer", records, "--out", out, "--zone", OSLO, "--seed", str(seed))
    written = out / "answer.json"
    return Asked(name, child, json.loads(written.read_text(encoding="utf-8")) if written.is_file() else None)


def ask_everyone(data: Path, place: Path, *, seed: int) -> list[Asked]:
    """Turn every person of PMData into a diary below `place`, and ask each."""
    convert = runpy.run_path(str(ROOT / "examples" / "pmdata.py"))["convert"]
    asked = []
    warm = backstride(
        "answer", "--simulated", "--out", place / "out" / "warm"
    )  # compiles the engine, uncounted
    print(f"The engine is ready after {warm.seconds:.0f} s.", file=sys.stderr)
    for person in sorted(path for path in data.iterdir() if path.is_dir()):
        convert(person, place / person.name)
        asked.append(ask(person.name, place / person.name, place / "out" / person.name, seed=seed))
        print(f"{person.name}: exit {asked[-1].child.code}, {asked[-1].child.seconds:.1f} s", file=sys.stderr)
    return asked


def row(asked: Asked) -> tuple[str, ...]:
    """One person's line of the table."""
    answer, child = asked.answer, asked.child
    cost = (f"{child.seconds:.1f}", f"{child.peak_mb:.0f}")
    if answer is None:
        said = child.err.strip().splitlines()[-1:] or [f"exit {child.code}"]
        return (asked.name, *[""] * 6, said[0], *[""] * 4, *cost)
    facts, health = answer["facts"], answer["diagnostics"]
    days = (date.fromisoformat(facts["last_day"]) - date.fromisoformat(facts["first_day"])).days + 1
    doubts = Counter(doubt["result"] for doubt in answer["doubts"])
    effects = [answer[question] for question in QUESTIONS]
    return (
        asked.name,
        *(f"{n}" for n in (days, facts["check_ins"], facts["run_days"])),
        answer["week"]["tier"]["letter"],
        *(change(effect["estimate"]) for effect in effects),
        *(effect["verdict"] for effect in effects),
        f"{max(health['rhat'].values()):.4f}",
        f"{min(health['ess_bulk'].values()):.0f}",
        " / ".join(str(doubts[result]) for result in RESULTS),
        *cost,
    )


def change(estimate: dict[str, Any]) -> str:
    """Mean and 95 % interval."""
    low, high = estimate["interval_95"]
    return f"{estimate['mean']:+.2f} ({low:+.2f} to {high:+.2f})"


def wrong(asked: Asked) -> list[str]:
    """Return what no answer may show, whoever is asked; nothing where all is well."""
    answer, child = asked.answer, asked.child
    if child.code not in (0, 2) or "Traceback" in child.err:
        return [f"exit {child.code}: {child.err.strip()[-300:]}"]
    if answer is None:
        return [] if child.code == 2 else ["no answer.json"]
    found = [fault for question in QUESTIONS for fault in wrong_effect(answer, question)]
    unsettled = [d for d in answer["doubts"] if d["name"] == "sampler" and d["result"] == "fail"]
    return found + ["the sampler did not settle"] * bool(unsettled)


def wrong_effect(answer: dict[str, Any], question: str) -> list[str]:
    """Return the same for one of the two questions."""
    effect = answer[question]
    mean, (low, high) = effect["estimate"]["mean"], effect["estimate"]["interval_95"]
    if None in (mean, low, high) or not low <= mean <= high:
        return [f"{question}: no range"]
    known = [part["estimate"]["mean"] for part in effect["parts"] if part["estimate"]]
    few_runs = answer["facts"]["run_days"] < MIN_RUNS
    silent = ("can't tell yet", "too few runs")
    faults = {
        "a change larger than the scale": max(abs(low), abs(high)) > 10,
        "the parts do not add up": abs(sum(known) - mean) > 1e-6,
        "a verdict from looking back": effect["tier"]["letter"] == "C" and effect["verdict"] not in silent,
        "a verdict from too few runs": few_runs and effect["verdict"] != "too few runs",
    }
    faults |= {
        f"the line of the prior '{line['name']}' rests on {line['effective_draws']:.0f} draws": True
        for line in effect["priors"]
        if line["effective_draws"] < MIN_DRAWS
    }
    return [f"{question}: {fault}" for fault, is_so in faults.items() if is_so]


def watch_files(corpus: Path, place: Path, *, seed: int) -> list[tuple[str, ...]]:
    """Folders of real FIT files, alone; and once beside one person's check-ins."""
    rows = []
    for folder in (corpus, corpus.with_name(f"{corpus.name}_derived")):
        if folder.is_dir():
            rows.append(_watch_row(f"`{folder.name}`", folder, place, seed=seed))
    both = place / "both"
    shutil.copytree(corpus, both / "watch", dirs_exist_ok=True)
    shutil.copy(place / "p01" / "check-ins.csv", both)
    rows.append(_watch_row(f"`{corpus.name}` and the check-ins of p01", both, place, seed=seed))
    return rows


def _watch_row(name: str, folder: Path, place: Path, *, seed: int) -> tuple[str, ...]:
    asked = ask(name, folder, place / "out" / "watch", seed=seed)
    shutil.rmtree(place / "out" / "watch", ignore_errors=True)
    files = sum(path.is_file() for path in folder.rglob("*"))
    try:
        read = read_paths([folder], zone=ZoneInfo(OSLO))
    except BackstrideError as error:
        return (name, str(files), "", "", "", "", str(asked.child.code), str(error))
    sessions = Counter(run.activity for run in read.records.runs)
    runs = sessions[Activity.RUN] + sessions[Activity.TREADMILL]
    said = (
        asked.child.err.strip().splitlines()[-1]
        if asked.answer is None
        else ", ".join(f"{question}: {asked.answer[question]['verdict']}" for question in QUESTIONS)
    )
    others = sum(sessions.values()) - runs - sessions[Activity.WALK]
    counts = (files, runs, sessions[Activity.WALK], others, len(read.skipped), asked.child.code)
    return (name, *map(str, counts), said)


def table(head: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """Return a Markdown table."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join(f"| {' | '.join(cells)} |" for cells in lines)


def page(people: list[Asked], watch: list[tuple[str, ...]], *, seed: int) -> str:
    """Return the whole page."""
    faults = [f"- {asked.name}: {fault}" for asked in people for fault in wrong(asked)]
    head = ("folder", "files", "runs", "walks", "other sessions", "skipped", "exit status", "what is said")
    parts = [
        "# Answers from public real-world records",
        "`make real` writes this page, where the data are at hand (they are not part of the project).",
        "## Thirteen diaries",
        "PMData (Thambawita et al., ACM MMSys 2020): five months of diary and watch. Nobody in it was asked about a "
        "painful back; soreness, asked on a scale of 1 to 5, stands in for pain. So this tries the way from a real "
        "diary to an answer, with its gaps, double entries and evening entries. It says nothing about running and "
        "backs. Changes are in points of 0 to 10, mean and 95 % range; negative is less soreness with running. Most "
        "of these people rated on too few of their run days before the run, so their tier is C, where no verdict is "
        "given. Seconds are of the whole command with its engine compiled, on a machine with other work, too.",
        table(HEAD, [row(asked) for asked in people]),
        "What no answer may show was looked for in each: a crash, a range that is missing or wider than the scale, "
        f"parts that do not add up, a line of another prior that rests on under {MIN_DRAWS} effective draws, a "
        f"verdict from fewer than {MIN_RUNS} runs or from looking back, a sampler that did not settle.",
        "\n".join(faults) if faults else "None was found.",
        "## Watch files",
        "Real FIT files of many people and devices, and files damaged on purpose (`fit_derived`). Without check-ins "
        "there is nothing to answer: a sentence says so, and the exit status is 2. The last row is no person: it "
        "puts all these files beside one person's check-ins, to see that runs of other years do no harm.",
        table(head, watch),
        f"Seed {seed}.",
    ]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Ask everyone, print, and write where asked."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, default=DATA, help="folder of PMData's people")
    parser.add_argument("--corpus", type=Path, default=CORPUS, help="folder of FIT files")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="page to write")
    parser.add_argument("--keep", type=Path, help="folder in which diaries and answers are kept")
    args = parser.parse_args()
    missing = [str(folder) for folder in (args.data, args.corpus) if not folder.is_dir()]
    if missing:
        sys.exit(f"There is no folder {' and no folder '.join(missing)}. Name it with --data and --corpus.")
    with tempfile.TemporaryDirectory() as temporary:
        place = args.keep or Path(temporary)
        people = ask_everyone(args.data, place, seed=args.seed)
        watch = watch_files(args.corpus, place, seed=args.seed)
    text = page(people, watch, seed=args.seed)
    print(text)
    if args.out is not None:
        args.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
