"""How long the report for a clinician takes, how big it is, and what the extra `pdf` adds to an install.

    python benchmarks/clinician_report.py --repeat 10 --out docs/results/speed-clinician-report.md

One simulated person of 180 days, with a kept answer left out: timed are reading the diary, gathering, words, and
the page; then the same as a PDF in a process of its own, as the web app makes it. The first PDF is told apart, for it
loads typst from the disk. Sizes of packages are those of their files in this environment.
"""

import argparse
import os
import platform
import statistics
import tempfile
import time
from collections.abc import Callable
from datetime import date
from importlib.metadata import distribution
from pathlib import Path
from zoneinfo import ZoneInfo

MAX_S, MAX_KB = 1.0, 150
WITHOUT = (
    "alembic", "argon2-cffi", "argon2-cffi-bindings", "babel", "cffi", "click", "fastapi", "httptools", "icalendar",
    "jinja2", "llvmlite", "lxml", "mako", "markupsafe", "numba", "numpy", "platformdirs", "pydantic", "pydantic-core",
    "pygments", "python-multipart", "rich", "segno", "sqlalchemy", "starlette", "tzdata", "uvicorn", "uvloop",
)  # fmt: skip
"""The larger packages of the app as it is installed without the extra; the small ones change no figure here."""


def megabytes(names: tuple[str, ...]) -> float:
    """Return the size of the files of some packages."""
    sizes = []
    for found in map(distribution, names):
        files = (Path(found.locate_file(file)) for file in found.files or ())
        sizes += [file.stat().st_size for file in files if file.is_file()]
    return sum(sizes) / 1e6


def seconds(work: Callable[[], object], repeat: int) -> list[float]:
    """How long each time took."""
    taken = []
    for _n in range(repeat):
        begun = time.perf_counter()
        work()
        taken.append(time.perf_counter() - begun)
    return taken


def main() -> None:
    """Time it, and write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--repeat", type=int, default=10)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    from backstride.diary.opening import open_store
    from backstride.diary.schema import OWNER
    from backstride.report.clinician import ClinicianReport
    from backstride.report.clinician_sheet import clinician_sheet
    from backstride.report.sheet_html import sheet_html
    from backstride.services.clinician_file import clinician_pdf
    from backstride.services.clinician_report import clinician_report
    from backstride.testing.people import make_person

    person = make_person(seed=1, first_day=date(2026, 1, 5), days=180)
    last = person.records.check_ins[-1]
    zone = ZoneInfo("UTC")
    with tempfile.TemporaryDirectory() as folder, open_store(str(Path(folder) / "diary.sqlite")) as store:
        store.diary(OWNER).add(person.records, source="made up", now=last.moment)

        def report() -> ClinicianReport:
            return clinician_report(store, OWNER, today=last.local_day, zone=zone)

        def page() -> bytes:
            return sheet_html(clinician_sheet(report())).encode()

        def pdf() -> bytes:
            return clinician_pdf(report(), paper="a4")

        (first,) = seconds(pdf, 1)
        rows = (
            ("the page (HTML)", seconds(page, args.repeat), len(page())),
            ("the PDF, warm", seconds(pdf, args.repeat), len(pdf())),
        )
    lines = [
        "# Speed of the report for a clinician",
        "",
        "`make bench-report` writes this page. A simulated person of 180 days;",
        "from the records in the store to the file.",
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}; median (least to most).",
        "",
        "| what | seconds | kB |",
        "|---|---|---|",
        *(
            f"| {name} | {statistics.median(taken):.2f} ({min(taken):.2f} to {max(taken):.2f}) | {size / 1000:.0f} |"
            for name, taken, size in rows
        ),
        f"| the first PDF of all | {first:.2f} | |",
        "",
        f"The aim is {MAX_S:.1f} s warm and {MAX_KB} kB. "
        f"The app's larger packages take {megabytes(WITHOUT):.0f} MB; "
        f"the extra `pdf` adds {megabytes(('typst',)):.0f} MB.",
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    if args.out:
        args.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":  # a process apart begins by reading this file
    main()
