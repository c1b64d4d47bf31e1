"""Write the kept files of a schema, with the code of its commit: `python benchmarks/old_files.py 0018 HEAD`.

The commit's sources are taken out of the repository's history and run in a process of their own, at a fixed instant,
on the simulated tables in `tests/old_files/given`. Three files come of it in a folder of the given name: the store as
SQL (`diary.sql.gz`), the exported tables (`tables.zip`), and the archive with every version (`archive.zip`), which
came with the fourth schema. They are written once: a file that the code of today had written would show nothing.
"""

import gzip
import io
import os
import sqlite3
import subprocess
import sys
import tarfile
import tempfile
import zipfile
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parents[1]
KEPT = ROOT / "tests" / "old_files"
GIVEN = KEPT / "given"
IMPORTED, CORRECTED, PLANNED = "2026-05-20T08:00", "2026-05-20T09:00", "2026-05-20T10:00"
CORRECTION = "time,pain,mood\n2026-05-02 07:25,4,7\n"
RUN = """
import sys
from datetime import UTC, datetime
from time_machine import travel
travel(datetime.fromisoformat(sys.argv[1]).replace(tzinfo=UTC), tick=False).start()
from backstride.cli import main
(getattr(main, "main", None) or main.cli)(sys.argv[2:])
"""


def main() -> None:
    """Write the kept files of one commit."""
    name, commit = sys.argv[1:]
    into = KEPT / name
    into.mkdir(exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        code = Path(scratch, "code")
        take_out(commit, code)
        write_kept(code, Path(scratch), into)
    (into / "commit").write_text(commit + "\n", encoding="utf-8")


def take_out(commit: str, code: Path) -> None:
    """Take the sources of a commit out of the history."""
    packed = subprocess.run(["git", "archive", commit, "src"], cwd=ROOT, check=True, capture_output=True)
    with tarfile.open(fileobj=io.BytesIO(packed.stdout)) as archive:
        archive.extractall(code, filter="data")


def write_kept(code: Path, scratch: Path, into: Path) -> None:
    """Fill a diary with the given tables by the commit's own commands, and keep what it stores and writes."""
    correction = scratch / "corrected.csv"
    correction.write_text(CORRECTION, encoding="utf-8")
    answers = scratch / "answers.json"
    answers.write_text("{}", encoding="utf-8")
    run(code, scratch, IMPORTED, "import", str(GIVEN))
    run(code, scratch, CORRECTED, "import", str(correction))
    # commands that older commits do not have are left out there, and say so
    run(
        code,
        scratch,
        PLANNED,
        "draw",
        "--days",
        "--from",
        "2026-05-25",
        "--for",
        "8",
        "--seed",
        "7",
        missing_ok=True,
    )
    run(code, scratch, PLANNED, "screen", "--diary", "--answers", str(answers), missing_ok=True)
    run(code, scratch, PLANNED, "plan", "--start", missing_ok=True)
    run(code, scratch, PLANNED, "export", str(scratch / "tables"))
    run(code, scratch, PLANNED, "export", "--zip", str(scratch / "archive.zip"), missing_ok=True)

    with closing(sqlite3.connect(scratch / "data" / "diary.sqlite")) as store:
        (into / "diary.sql.gz").write_bytes(gzip.compress("\n".join(store.iterdump()).encode(), mtime=0))
    write_zip(into / "tables.zip", scratch / "tables")
    if (scratch / "archive.zip").exists():
        (into / "archive.zip").write_bytes((scratch / "archive.zip").read_bytes())


def run(code: Path, scratch: Path, instant: str, *command: str, missing_ok: bool = False) -> None:
    """Run one command of the commit at a fixed instant."""
    there = {"PYTHONPATH": str(code / "src"), "BACKSTRIDE_DATA": str(scratch / "data")}
    home = {"BACKSTRIDE_ZONE": "Europe/Berlin", "TZ": "UTC", "PYTHONDONTWRITEBYTECODE": "1"}
    done = subprocess.run(
        [sys.executable, "-c", RUN, instant, *command],
        env={**os.environ, **there, **home},
        check=False,
        capture_output=True,
        text=True,
    )
    if done.returncode:
        said = (done.stderr + done.stdout).strip()[-300:]
        if not missing_ok:
            raise SystemExit(f"{command[0]} failed: {said}")
        print(f"left out: {command[0]}: {said}")


def write_zip(path: Path, folder: Path) -> None:
    """Pack a folder, without the times of its files."""
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed:
        for file in files_in(folder):
            packed.writestr(
                zipfile.ZipInfo(str(file.relative_to(folder))), file.read_bytes(), zipfile.ZIP_DEFLATED
            )


def files_in(folder: Path) -> Iterator[Path]:
    """Yield the files of a folder in the order of their names."""
    return (path for path in sorted(folder.rglob("*")) if path.is_file())


if __name__ == "__main__":
    main()
