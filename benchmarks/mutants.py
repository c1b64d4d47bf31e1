"""Change the code at random places, one place at a time, and see whether a test notices.

Each mutant is one change in one line: a comparison that lets its limit in or out, plus for minus, `and` for `or`, a
constant moved by one, a condition turned round. The tests beside the module are asked first, then those that import
it. Which places are tried follows from the seed; results are appended to a file as they come, and what stands there
is not tried again. A change that no test notices is either one that changes nothing a person could see, or a test
that is missing: the page lists every survivor with what was found.

Other programs do this too (mutmut, cosmic-ray); they run all tests against all places, or need a day where a change
recompiles the engine. Here a sample is drawn, and a module's tests are known by what they import.
"""

import argparse
import ast
import json
import os
import random
import resource
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from pathlib import Path

ROOT = Path(__file__).parents[1]
PACKAGE = Path("src", "backstride")
FOLDERS = ("answer", "model", "programme", "screening")
SWAPS: dict[type[ast.AST], tuple[str, str]] = {
    ast.Lt: ("<", "<="),
    ast.LtE: ("<=", "<"),
    ast.Gt: (">", ">="),
    ast.GtE: (">=", ">"),
    ast.Eq: ("==", "!="),
    ast.NotEq: ("!=", "=="),
    ast.Is: ("is", "is not"),
    ast.IsNot: ("is not", "is"),
    ast.In: ("in", "not in"),
    ast.Add: ("+", "-"),
    ast.Sub: ("-", "+"),
    ast.Mult: ("*", "/"),
    ast.Div: ("/", "*"),
    ast.And: ("and", "or"),
    ast.Or: ("or", "and"),
}
FORM_ALONE = frozenset({"frozen", "slots", "kw_only", "strict", "repr", "eq", "compare", "key"})
"""Keywords of declarations, which change no result."""
CAUGHT, SURVIVED, TOO_LONG = "caught", "survived", "caught: it never ended"


@dataclass(frozen=True)
class Mutant:
    """One change.

    Attributes:
        module: path below the package.
        line, column: where, from 1 and 0.
        before, after: what stood there, and what stands there now.
    """

    module: str
    line: int
    column: int
    before: str
    after: str


def main() -> None:
    """Try a sample of mutants, and write the page of all results so far."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("folders", nargs="*", default=list(FOLDERS))
    parser.add_argument("--count", type=int, default=40, help="mutants of each folder")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--seconds", type=float, default=300.0, help="processor time that its tests may take")
    parser.add_argument("--results", type=Path, default=ROOT / "benchmarks" / "mutants.jsonl")
    parser.add_argument("--again", action="store_true", help="try the survivors once more, and no others")
    parser.add_argument("--page", type=Path, help="write the results as a page of the documentation")
    chosen = parser.parse_args()

    known = {mutant: tries[-1] for mutant, tries in read(chosen.results).items()}
    if chosen.again:
        plan = [mutant for mutant, outcome in known.items() if outcome == SURVIVED]
    else:
        plan = [
            m
            for folder in chosen.folders
            for m in sample(folder, chosen.count, chosen.seed)
            if m not in known
        ]
    # one place for good, with the files' own times: what numba compiled for it stays valid
    scratch = ROOT / ".cache" / "mutants"
    shutil.rmtree(scratch, ignore_errors=True)
    shutil.copytree(ROOT / "src", scratch / "src", ignore=shutil.ignore_patterns("__pycache__"))
    for number, mutant in enumerate(plan, 1):
        outcome = judge(mutant, scratch, chosen.seconds)
        print(f"{number}/{len(plan)} {outcome}: {described(mutant)}", flush=True)
        with chosen.results.open("a", encoding="utf-8") as file:
            file.write(json.dumps(asdict(mutant) | {"outcome": outcome}) + "\n")
    if chosen.page:
        chosen.page.write_text(page(read(chosen.results)), encoding="utf-8")


def read(results: Path) -> dict[Mutant, list[str]]:
    """Return the outcomes of every mutant that was tried, the latest last."""
    lines = results.read_text(encoding="utf-8").splitlines() if results.exists() else []
    found: dict[Mutant, list[str]] = {}
    for entry in map(json.loads, lines):
        outcome = entry.pop("outcome")
        found.setdefault(Mutant(**entry), []).append(outcome)
    return found


def sample(folder: str, count: int, seed: int) -> list[Mutant]:
    """Draw mutants of a folder, the same ones for the same seed and code."""
    modules = sorted((ROOT / PACKAGE / folder).rglob("*.py"))
    every = [mutant for path in modules for mutant in mutants(path)]
    return random.Random(f"{seed} {folder}").sample(every, min(count, len(every)))


def mutants(path: Path) -> Iterator[Mutant]:
    """Every change that could be made in a module."""
    text = path.read_text(encoding="utf-8")
    lines, module = text.splitlines(), path.relative_to(ROOT / PACKAGE).as_posix()
    tree = ast.parse(text)
    left_out = {id(node) for part in not_behaviour(tree) for node in ast.walk(part)}
    for node in ast.walk(tree):
        if id(node) in left_out:
            continue
        for line, column, before, after in changes(node, lines):
            yield Mutant(module, line, column, before, after)


def not_behaviour(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield what a test could not notice: annotations, types, forms of declarations and messages."""
    for node in ast.walk(tree):
        match node:
            case ast.AnnAssign(annotation=part) | ast.arg(annotation=ast.expr() as part):
                yield part
            case ast.FunctionDef(returns=ast.expr() as part):
                yield part
            case ast.keyword(arg=name) if name in FORM_ALONE:
                yield node
            case ast.Raise():
                yield node


def changes(node: ast.AST, lines: Sequence[str]) -> Iterator[tuple[int, int, str, str]]:
    """Yield the changes at one place of the syntax: line, column, what stands there, what shall."""
    match node:
        case ast.Compare(left=left, ops=ops, comparators=others):
            for a, op, b in zip([left, *others], ops, others, strict=False):
                yield from swapped(a, op, b, lines)
        case ast.BinOp(left=a, op=op, right=b):
            yield from swapped(a, op, b, lines)
        case ast.BoolOp(op=op, values=[a, b, *_]):
            yield from swapped(a, op, b, lines)
        case ast.Constant(value=bool() as value):
            yield node.lineno, node.col_offset, str(value), str(not value)
        case ast.Constant(value=int() | float() as value) if not isinstance(value, bool):
            written = lines[node.lineno - 1].encode()[node.col_offset : node.end_col_offset].decode()
            yield node.lineno, node.col_offset, written, repr(value + 1)
        case ast.UnaryOp(op=ast.Not()):
            yield node.lineno, node.col_offset, "not ", ""


def swapped(
    a: ast.expr, op: ast.AST, b: ast.expr, lines: Sequence[str]
) -> Iterator[tuple[int, int, str, str]]:
    """Yield the operator between two operands of one line, and its counterpart."""
    if type(op) not in SWAPS or a.end_lineno != b.lineno or a.end_col_offset is None:
        return
    before, after = SWAPS[type(op)]
    between = lines[b.lineno - 1].encode()[a.end_col_offset : b.col_offset].decode()
    if before in between:
        yield b.lineno, a.end_col_offset + between.index(before), before, after


def judge(mutant: Mutant, scratch: Path, seconds: float) -> str:
    """Run the tests of a mutant's module against it."""
    path = scratch / PACKAGE / mutant.module
    original, times = path.read_bytes(), path.stat()
    path.write_bytes(applied(original, mutant))
    try:
        for tests in tests_of(mutant.module):
            outcome = run(tests, scratch, seconds)
            if outcome != SURVIVED:
                return outcome
        return SURVIVED
    finally:
        path.write_bytes(original)
        os.utime(path, ns=(times.st_atime_ns, times.st_mtime_ns))


def applied(source: bytes, mutant: Mutant) -> bytes:
    """Return the module with the change made."""
    lines = source.splitlines(keepends=True)
    line, before = lines[mutant.line - 1], mutant.before.encode()
    rest = line[mutant.column :]
    if not rest.startswith(before):
        raise SystemExit(
            f"The code has changed since: {described(mutant)}. Take its line out of the results."
        )
    lines[mutant.line - 1] = line[: mutant.column] + mutant.after.encode() + rest[len(before) :]
    return b"".join(lines)


def run(tests: Sequence[Path], scratch: Path, seconds: float) -> str:
    """Run some tests on the changed code."""
    command = [
        sys.executable,
        "-m",
        "pytest",
        "-x",
        "-q",
        "-n",
        "0",
        "-p",
        "no:cacheprovider",
        "-m",
        "not slow",
    ]
    there = {"PYTHONPATH": str(scratch / "src"), "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [*command, *map(str, tests)],
        cwd=ROOT,
        env=os.environ | there,
        capture_output=True,
        # of the processor, not of the clock: on a busy machine all tests take long, and not because of the change
        preexec_fn=lambda: resource.setrlimit(resource.RLIMIT_CPU, (int(seconds), int(seconds) + 5)),
        check=False,
    )
    if done.returncode in {-signal.SIGXCPU, -signal.SIGKILL}:
        return TOO_LONG
    # 5: none was collected, which notices nothing
    return SURVIVED if done.returncode in {0, 5} else CAUGHT


def tests_of(module: str) -> Iterator[tuple[Path, ...]]:
    """Yield the tests of a module in two steps: its twin, then all others that import it."""
    path = Path(module)
    twin = ROOT / "tests" / path.parent / f"test_{path.stem}.py"
    dotted = ".".join(("backstride", *path.with_suffix("").parts))
    if twin.exists():
        yield (twin,)
    others = tuple(file for file, text in test_texts() if dotted in text and file != twin)
    if others:
        yield others
    elif not twin.exists():
        yield (ROOT / "tests" / path.parts[0],)


@cache
def test_texts() -> tuple[tuple[Path, str], ...]:
    """Every test file of the product with its text, the quickest to read first; no browser is started."""
    files = sorted((ROOT / "tests").rglob("test_*.py"), key=lambda file: (file.stat().st_size, file))
    return tuple((file, file.read_text(encoding="utf-8")) for file in files if "browser" not in file.stem)


def described(mutant: Mutant) -> str:
    """One line on a mutant."""
    return f"{mutant.module}:{mutant.line} `{mutant.before.strip()}` to `{mutant.after.strip()}`"


def page(known: dict[Mutant, list[str]]) -> str:
    """Return the results as a page."""
    findings = json.loads((ROOT / "benchmarks" / "mutants_judged.json").read_text(encoding="utf-8"))
    rows, survivors = [], []
    for folder in FOLDERS:
        mine = {mutant: tries for mutant, tries in known.items() if mutant.module.split("/")[0] == folder}
        left = [mutant for mutant, tries in mine.items() if tries[-1] == SURVIVED]
        same = [mutant for mutant in left if findings.get(described(mutant), "").startswith("no change")]
        at_first = sum(tries[0] != SURVIVED for tries in mine.values())
        changing = len(mine) - len(same)
        shares = [
            f"{100 * caught / changing:.0f} %" if changing else "-"
            for caught in (at_first, len(mine) - len(left))
        ]
        rows.append(f"| {folder} | {len(mine)} | {len(same)} | {shares[0]} | {shares[1]} |")
        survivors += [
            f"| {described(mutant)} | {findings.get(described(mutant), 'not looked at')} |" for mutant in left
        ]
    return "\n".join(
        [
            "# Mutation tests of model, answer, programme and screening",
            "",
            "Written by `make mutants` (`benchmarks/mutants.py`): one change at one random place at a time, and",
            "whether the tests beside the module, or those that import it, notice. A survivor that changes nothing",
            "a person could see is no hole; every other one is, and a test was written for it. How many are noticed",
            "at first says how good the tests of the other lines are.",
            "",
            "| folder | mutants | that change nothing | of the others caught at first | caught now |",
            "|---|---|---|---|---|",
            *rows,
            "",
            "## Survivors",
            "",
            "| change | finding |",
            "|---|---|",
            *sorted(survivors),
            "",
        ]
    )


if __name__ == "__main__":
    main()
