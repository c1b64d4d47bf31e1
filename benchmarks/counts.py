"""Count what can be counted of the code's upkeep, here and at other commits: `python benchmarks/counts.py 5d571ef`.

Comment lines, documented arguments, first lines of docstrings, private words in names, long modules and functions,
and how much the readers import from one another. Other commits are taken out of the repository's history.
"""

import ast
import io
import re
import subprocess
import sys
import tarfile
import tempfile
import tokenize
from collections.abc import Iterator, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
DIRECTIVE = re.compile(r"#\s*(noqa|type:|fmt:|pragma|pyright|mypy)")
WORDS = frozenset(
    ("tell", "tells", "told", "telling", "retold", "kept", "standing", "desk", "errand", "errands")
)
Function = ast.FunctionDef | ast.AsyncFunctionDef
NUMERIC = ("model", "answer")


def main() -> None:
    """Print one column for each commit, and one for the working tree."""
    columns = {commit: of_commit(commit) for commit in sys.argv[1:]} | {
        "now": rows(ROOT / "src" / "backstride")
    }
    names = list(columns)
    print("|".join(["", " count ", *(f" {name} " for name in names), ""]))
    print("|" + "---|" * (len(names) + 1))
    for label in columns["now"]:
        print("|".join(["", f" {label} ", *(f" {columns[name][label]} " for name in names), ""]))


def of_commit(commit: str) -> dict[str, str]:
    """Count at another commit."""
    packed = subprocess.run(["git", "archive", commit, "src"], cwd=ROOT, check=True, capture_output=True)
    with tempfile.TemporaryDirectory() as scratch, tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(scratch, filter="data")
        return rows(Path(scratch, "src", "backstride"))


def rows(package: Path) -> dict[str, str]:
    """Every count of one tree, by its label."""
    modules = sorted(path for path in package.rglob("*.py") if "migrations" not in path.parts)
    trees = {path: ast.parse(path.read_text(encoding="utf-8")) for path in modules}
    found = {"modules": str(len(modules)), "longest module, lines": str(max(map(line_count, modules)))}
    found["longest function without its docstring, lines"] = str(
        max(body_lines(node) for tree in trees.values() for node in functions(tree))
    )
    for folder in NUMERIC:
        inside = [path for path in modules if path.relative_to(package).parts[0] == folder]
        found[f"comment lines a thousand in {folder}/"] = f"{comments_a_thousand(inside):.1f}"
        public = [node for path in inside for node in functions(trees[path]) if needs_args(node)]
        have = sum("Args:" in (ast.get_docstring(node) or "") for node in public)
        found[f"public functions with arguments of their own that have Args in {folder}/"] = (
            f"{have} of {len(public)}"
        )
    named = sum(bool(words(name) & WORDS) for tree in trees.values() for name in defined(tree))
    found["names with a word that stands for many things"] = str(named)
    found["first lines that are not imperative (D401)"] = str(not_imperative(package))
    imports, readers = pairs(package, trees)
    found["import pairs among the readers"] = (
        f"{imports}, {imports / readers:.1f} for each of {readers} modules"
    )
    return found


def line_count(path: Path) -> int:
    """Lines of a file."""
    return len(path.read_text(encoding="utf-8").splitlines())


def comment_lines(path: Path) -> int:
    """Comments of a file, without those that only speak to a tool."""
    tokens = tokenize.generate_tokens(io.StringIO(path.read_text(encoding="utf-8")).readline)
    return sum(token.type == tokenize.COMMENT and not DIRECTIVE.match(token.string) for token in tokens)


def comments_a_thousand(paths: Sequence[Path]) -> float:
    """Comment lines of each thousand lines."""
    return 1000 * sum(map(comment_lines, paths)) / max(sum(map(line_count, paths)), 1)


def functions(tree: ast.AST) -> Iterator[Function]:
    """Every function of a module."""
    return (node for node in ast.walk(tree) if isinstance(node, Function))


def body_lines(node: Function) -> int:
    """Lines of a function from the first statement after its docstring."""
    body = node.body[1:] if ast.get_docstring(node, clean=False) is not None else node.body
    return (body[-1].end_lineno or 0) - body[0].lineno + 1 if body else 0


SHARED = frozenset({"rng", "data", "state", "priors", "work", "self", "cls"})
"""What every kernel is given, described once at its class: stream, records, current values, priors, workspace."""


def needs_args(node: Function) -> bool:
    """Whether a public function takes three arguments or more, and one of them is its own."""
    taken = [one.arg for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)]
    inner = node.name in {"emit", "lower", "get_call_template"}  # what numba calls, by its own signature
    return not node.name.startswith("_") and not inner and len(taken) >= 3 and not SHARED.issuperset(taken)


def words(name: str) -> set[str]:
    """Return the words of a name, in small letters."""
    return {word.lower() for word in re.findall(r"[A-Z]?[a-z0-9]+|[A-Z]+(?![a-z])", name)}


def defined(tree: ast.AST) -> Iterator[str]:
    """Every name that a module gives to a class, a function, an argument or a variable."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield name
            case ast.arg(arg=name) | ast.Name(id=name, ctx=ast.Store()):
                yield name


def not_imperative(package: Path) -> int:
    """First lines of docstrings that ruff finds not to be imperative."""
    command = ["ruff", "check", "--isolated", "--select", "D401", "--output-format", "concise", "--exit-zero"]
    command += ["--config", "lint.pydocstyle.convention='google'", str(package)]
    said = subprocess.run([sys.executable, "-m", *command], capture_output=True, text=True, check=True).stdout
    return sum(" D401 " in line for line in said.splitlines())


def dotted(path: Path, package: Path) -> str:
    """Name a module as it is imported."""
    return ".".join(("backstride", *path.relative_to(package).with_suffix("").parts))


def pairs(package: Path, trees: dict[Path, ast.Module]) -> tuple[int, int]:
    """How many modules of the readers import which other one of them, and how many modules these are."""
    own = {dotted(path, package): path for path in trees if path.relative_to(package).parts[0] == "importers"}
    found = set()
    for name, path in own.items():
        for node in ast.walk(trees[path]):
            if isinstance(node, ast.ImportFrom) and node.module:
                asked = {node.module, *(f"{node.module}.{alias.name}" for alias in node.names)}
                found |= {(name, other) for other in asked & own.keys()}
    return len(found), len(own)


if __name__ == "__main__":
    main()
