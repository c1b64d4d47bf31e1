"""Every file of a collection of real recordings, read and held against what others say of it.

Each file is read apart, as an import reads it, so that a crash or a hang would be counted; under a name that gives
nothing away. What was read is compared in distance, duration, start, number, kind and local day with the collection's
own list (MANIFEST.tsv), FIT files with garmin-fit-sdk and fitdecode, GPX files with gpxpy. Every difference must have
its reason in corpus_differences.py; one without a reason fails the run.
Run it by `make corpus`.
"""

import argparse
import csv
import gzip
import io
import re
import shutil
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

import corpus_oracles as oracles
from corpus_differences import REASONS

from backstride.core.run import Activity, Run
from backstride.errors import BadInput
from backstride.importers.folder import import_path
from backstride.services.subprocess_backend import SubprocessBackend

UTC = ZoneInfo("UTC")
CLOSE = 0.01
ROUNDED_M = 0.1
SLOW_S = 10.0
KINDS = {
    Activity.RUN: "run", Activity.TREADMILL: "run", Activity.WALK: "walk", Activity.OTHER: "other"
}  # fmt: skip
NOT_DATA = {"README.md", "MANIFEST.tsv"}
STOPPED, TOO_LONG = "stopped the process", "takes longer"


@dataclass
class Told:
    """What came of one file."""

    file: str
    runs: tuple[Run, ...] = ()
    others: int = 0
    refused: str = ""
    left_out: int = 0
    seconds: float = 0.0
    differs: dict[str, str] = field(default_factory=dict)
    held: set[str] = field(default_factory=set)

    @property
    def kind(self) -> str:
        """The folder of the collection, and the format by its ending."""
        folder, _, name = self.file.partition("/")
        return f"{folder} | {name.removesuffix('.gz').rpartition('.')[2].lower()}"


def main() -> None:
    """Read all of it, write the page, and fail where a difference has no reason."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="folder", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--out", type=Path, default=Path("docs/results/corpus.md"))
    parser.add_argument("--without-oracles", action="store_true")
    options = parser.parse_args()
    if not options.folder.is_dir():
        sys.exit(f"There is no collection at {options.folder}. Name it by --from.")
    told = read_all(options.folder)
    compare(told, listed(options.folder), "the list")
    if not options.without_oracles:
        for called, ending, oracle in oracles.ALL:
            compare(told, by_oracle(options.folder, told, ending, oracle), called)
    options.out.write_text(page(told), encoding="utf-8")
    missing = [
        f"{one.file} ({by}): {how}"
        for one in told
        for by, how in one.differs.items()
        if not REASONS.get((one.file, by))
    ]
    print(f"{len(told)} files; {len(missing)} differences without a reason", *missing, sep="\n  ")
    sys.exit(bool(missing))


def read_all(folder: Path) -> list[Told]:
    """Every file by itself."""
    files = sorted(path for path in folder.rglob("*") if path.is_file() and path.name not in NOT_DATA)
    with SubprocessBackend() as backend:
        return [read(path, path.relative_to(folder).as_posix(), backend) for path in files]


def read(path: Path, name: str, backend: SubprocessBackend) -> Told:
    """One file, under a name that tells nothing but its format."""
    ending = "".join(path.suffixes[-2:] if path.suffix.lower() == ".gz" else path.suffixes[-1:])
    with tempfile.TemporaryDirectory() as place:
        nameless = Path(place, f"file{ending}")
        shutil.copyfile(path, nameless)
        return _read(nameless, name, backend)


def _read(path: Path, name: str, backend: SubprocessBackend) -> Told:
    begin = time.perf_counter()
    try:
        result = import_path(path, zone=UTC, backend=backend)
    except BadInput as error:
        return Told(name, refused=str(error).replace(path.name, "It", 1), seconds=time.perf_counter() - begin)
    records = result.records
    return Told(
        name,
        runs=records.runs,
        others=len(records.check_ins) + len(records.measurements) + len(records.covered),
        left_out=len(result.skipped),
        seconds=time.perf_counter() - begin,
    )


def listed(folder: Path) -> dict[str, oracles.Totals]:
    """Return what the collection's own list says."""
    with (folder / "MANIFEST.tsv").open(encoding="utf-8") as file:
        rows = list(csv.DictReader(file, delimiter="\t"))
    return {
        row["file"]: oracles.Totals(
            metres=float(row["distance_m"] or 0) or None,
            seconds=(float(row["duration_s"] or 0),) if row["duration_s"] else (),
            kinds=oracles.kinds_of(word.partition("/")[0] for word in row["sport"].split("+")),
            day=datetime.fromisoformat(row["start"]).date() if row["start"] else None,
        )
        for row in rows
    }


def by_oracle(
    folder: Path, told: Iterable[Told], ending: str, oracle: Callable[[bytes], oracles.Totals | None]
) -> dict[str, oracles.Totals]:
    """Return what another reader says of every file of a format; nothing of those that it cannot read."""
    found = {}
    for one in told:
        if one.kind.endswith(f"| {ending}"):
            content = (folder / one.file).read_bytes()
            with suppress(OSError, EOFError):
                while content[:2] == b"\x1f\x8b":
                    content = gzip.GzipFile(fileobj=io.BytesIO(content)).read()
            totals = oracle(content)
            if totals is not None:
                found[one.file] = totals
    return found


def compare(told: Iterable[Told], expected: dict[str, oracles.Totals], by: str) -> None:
    """Note where the totals of a file are not within 1 %."""
    for one in told:
        totals = expected.get(one.file)
        if totals is not None:
            if one.runs:
                said = {"kind": totals.kinds, "local day": totals.day, "distance": totals.metres}
                one.held.update(what for what, value in said.items() if value)
            differences = [*_differences(one, totals)]
            if differences:
                one.differs[by] = "; ".join(differences)


def _differences(one: Told, totals: oracles.Totals) -> Iterable[str]:
    if not one.runs and (totals.metres or any(totals.seconds)):
        yield "refused"
        return
    metres = sum(run.distance_m or 0.0 for run in one.runs)
    times = (sum(run.moving_s for run in one.runs), sum(run.elapsed_s or run.moving_s for run in one.runs))
    if totals.metres and abs(metres - totals.metres) > max(CLOSE * totals.metres, ROUNDED_M):
        yield f"{metres:,.0f} m, not {totals.metres:,.0f} m"
    if any(totals.seconds) and not any(
        abs(t - s) <= max(CLOSE * s, 1.0) for t in times for s in totals.seconds if s
    ):
        expected = " or ".join(f"{s:,.0f}" for s in totals.seconds)
        yield f"{times[0]:,.0f} s moving of {times[1]:,.0f} s, not {expected} s"
    if (
        totals.start is not None
        and one.runs
        and abs((min(r.start for r in one.runs) - totals.start).total_seconds()) > 1.0
    ):
        yield f"begins {min(run.start for run in one.runs):%Y-%m-%d %H:%M:%S}, not {totals.start:%Y-%m-%d %H:%M:%S}"
    if totals.sessions is not None and totals.sessions != len(one.runs):
        yield f"{len(one.runs)} sessions, not {totals.sessions}"
    if one.runs:
        yield from _kind_and_day(one, totals)


def _kind_and_day(one: Told, totals: oracles.Totals) -> Iterable[str]:
    kinds = tuple(sorted(KINDS[run.activity] for run in one.runs))
    if (
        totals.kinds
        and kinds != totals.kinds
        and (len(kinds) == len(totals.kinds) or {*kinds} != {*totals.kinds})
    ):
        yield f"{', '.join(kinds)}, not {', '.join(totals.kinds)}"
    day = min(run.start for run in one.runs).date()
    if totals.day is not None and day != totals.day:
        yield f"on {day}, not {totals.day}"


def page(told: list[Told]) -> str:
    """Return the whole page."""
    return "\n".join([*_head(told), *_table(told), *_refusals(told), *_reasons(told)]) + "\n"


def _head(told: list[Told]) -> Iterable[str]:
    crashes = sum(STOPPED in one.refused for one in told)
    hangs = sum(TOO_LONG in one.refused or one.seconds > SLOW_S for one in told)
    yield "# Import of a corpus of real files\n"
    yield (
        f"{len(told)} files of real watches, apps and exports, and files damaged on purpose, read one by one as an "
        "import reads them. Written by `make corpus` where the collection lies beside the repository; the files are "
        "other people's tracks and are not in it.\n"
    )
    yield (
        f"**{crashes} crashes, {hangs} hangs** (over {SLOW_S:.0f} s). A file differs where its distance, duration, "
        "start or number of sessions is not within 1 % of what the collection's list, or another reader, says, or "
        "where its kind (run, walk, other) or its local day is another one; each is explained below. The files were "
        "read under names that tell nothing.\n"
    )
    held = Counter(what for one in told for what in one.held)
    yield (
        f"Held against others: the distance of {held['distance']} files, the kind of {held['kind']}, "
        f"the local day of {held['local day']}.\n"
    )


HEADINGS = (
    "folder",
    "format",
    "files",
    "read",
    "of these with something left out",
    "refused with a reason",
    "differs, with a reason",
    "wrong",
)


def _table(told: list[Told]) -> Iterable[str]:
    yield f"| {' | '.join(HEADINGS)} |"
    yield "|---" * len(HEADINGS) + "|"
    for kind in sorted({one.kind for one in told}):
        yield _row(kind, [one for one in told if one.kind == kind])
    yield _row("**all** | ", told)
    yield ""


def _row(kind: str, some: list[Told]) -> str:
    unexplained = [one for one in some if any(not REASONS.get((one.file, by)) for by in one.differs)]
    counts = [
        len(some),
        sum(not one.refused for one in some),
        sum(bool(one.left_out) and not one.refused for one in some),
        sum(bool(one.refused) for one in some),
        sum(bool(one.differs) for one in some) - len(unexplained),
        len(unexplained),
    ]
    return f"| {kind} | {' | '.join(map(str, counts))} |"


def _refusals(told: list[Told]) -> Iterable[str]:
    yield "## Refused\n"
    yield "How often each sentence was said; names of files and columns are left out.\n"
    yield "| files | sentence |"
    yield "|---|---|"
    said = Counter(_shortened(one.refused) for one in told if one.refused)
    for sentence, count in sorted(said.items(), key=lambda item: (-item[1], item[0])):
        yield f"| {count} | {sentence.replace('|', '/')} |"
    yield ""


def _shortened(sentence: str) -> str:
    """Return the sentence without the names of columns."""
    return re.sub(r" \(its (?:columns are|first line reads):.*\)\.", ".", sentence)


def _reasons(told: list[Told]) -> Iterable[str]:
    yield "## Where others say something else\n"
    yield "| file | held against | difference | reason |"
    yield "|---|---|---|---|"
    for one in told:
        for by, how in one.differs.items():
            yield f"| {one.file} | {by} | {how} | {REASONS.get((one.file, by), '**none**')} |"


if __name__ == "__main__":
    main()
