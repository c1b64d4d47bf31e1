"""Broken inputs by name: what a person may hand over, and what the answer must speak of.

Each maker gets an empty folder and gives back the path to import.
"""

import gzip
import struct
import zipfile
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

from backstride.core.run import Run
from backstride.testing.fit_file import write_fit

Maker = Callable[[Path], Path]
A_RUN = write_fit(Run(start=datetime(2025, 5, 1, 16, 0, tzinfo=UTC), moving_s=1800.0, distance_m=5000.0))
PNG = b"\x89PNG\r\n\x1a\n" + b"\x00\x00\x00\rIHDR" + bytes(64)
HTML = b"<!DOCTYPE html><html><head><title>Sign in</title></head><body>Please sign in</body></html>"


def file(name: str, content: bytes | str) -> Maker:
    """A single file."""

    def make(folder: Path) -> Path:
        path = folder / name
        path.write_bytes(content.encode() if isinstance(content, str) else content)
        return path

    return make


def table(*rows: str, header: str = "time,pain", name: str = "check-ins.csv") -> Maker:
    """A table of these rows."""
    return file(name, "\n".join([header, *rows]) + "\n")


def empty_folder(folder: Path) -> Path:
    """A folder with nothing in it."""
    (folder / "empty").mkdir()
    return folder / "empty"


def only_hidden(folder: Path) -> Path:
    """A folder whose only file is hidden."""
    (folder / ".hidden.csv").write_text("time,pain\n2025-05-01,3\n")
    return folder


def bomb(folder: Path) -> Path:
    """A small packed file that unpacks to 160 MB of zeros."""
    path = folder / "run.fit.gz"
    with gzip.open(path, "wb", compresslevel=9) as packed:
        for _ in range(160):
            packed.write(bytes(2**20))
    return path


def zip_bomb(folder: Path) -> Path:
    """A zip whose one member unpacks to 160 MB."""
    path = folder / "runs.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as packed, packed.open("run.fit", "w") as member:
        for _ in range(160):
            member.write(bytes(2**20))
    return path


def endless_link(folder: Path) -> Path:
    """A link that points at itself."""
    path = folder / "run.fit"
    path.symlink_to(path)
    return path


def _absurd_sizes() -> bytes:
    """A FIT header that promises four gigabytes of data."""
    return struct.pack("<BBHI4s", 14, 0x20, 2132, 0xFFFFFFF0, b".FIT") + bytes(20)


# name -> what makes it, and a word that the sentence must hold
BROKEN: dict[str, tuple[Maker, str]] = {
    "missing path": (lambda folder: folder / "nowhere", "nowhere"),
    "empty file": (file("check-ins.csv", b""), "empty"),
    "empty folder": (empty_folder, "empty"),
    "folder with hidden files only": (only_hidden, "empty"),
    "wrong columns": (table("1,2,3", header="colour,size,weight_of_parcel"), "pain"),
    "header only": (table(), "row"),
    "header of runs only": (table(header="start,moving_min", name="runs.csv"), "row"),
    "pain of 11 in every row": (table("2025-05-01 07:00,11", "2025-05-02 07:00,11"), "beyond 10"),
    "pain in words": (table("2025-05-01 07:00,much", "2025-05-02 07:00,some"), "much"),
    "negative pain": (table("2025-05-01 07:00,-1", "2025-05-02 07:00,-3"), "-1"),
    "dates in the future": (table("2095-05-01 07:00,3", "2095-05-02 07:00,3"), "future"),
    "the year 1989": (table("1989-05-01 07:00,3", "1989-05-02 07:00,3"), "1989"),
    "no such day": (table("2025-02-30 07:00,3", "2025-02-31 07:00,3"), "2025-02-30"),
    "two zones in one time": (table("2025-05-01T07:00+02:00+05:00,3"), "2025-05-01"),
    "zone of 99 hours": (table("2025-05-01T07:00+99:00,3"), "2025-05-01"),
    "run of a million minutes": (
        table("2025-05-01 18:00,1000000", header="start,moving_min", name="runs.csv"),
        "hours",
    ),
    "run without a length": (
        table("2025-05-01 18:00,", header="start,moving_min", name="runs.csv"),
        "minute",
    ),
    "measurement of no known kind": (
        table("2025-05-01 07:00,shoe_size,43,eu", header="time,kind,value,unit", name="measurements.csv"),
        "shoe_size",
    ),
    "covered days that end before they begin": (
        table("2025-05-09,2025-05-01,watch", header="from,to,source", name="covered.csv"),
        "before",
    ),
    "binary named .csv": (file("check-ins.csv", bytes(range(256)) * 8), "check-ins.csv"),
    "truncated FIT with nothing in it": (file("run.fit", A_RUN[:14]), "run.fit"),
    "FIT cut within its header": (file("run.fit", A_RUN[:9]), "run.fit"),
    "FIT with absurd sizes": (file("run.fit", _absurd_sizes()), "run.fit"),
    "FIT header and noise": (file("run.fit", A_RUN[:14] + b"\x5a\xa5" * 400), "run.fit"),
    "image named .fit": (file("run.fit", PNG), "picture"),
    "HTML page named .fit": (file("run.fit", HTML), "web page"),
    "packed nonsense": (file("run.fit.gz", b"\x1f\x8b\x08" + bytes(40)), "run.fit.gz"),
    "gzip bomb": (bomb, "MB"),
    "zip bomb": (zip_bomb, "runs.zip"),
    "PDF": (file("records.pdf", b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n1 0 obj"), "PDF"),
    "a device": (lambda _: Path("/dev/null"), "neither"),
    "a link to itself": (endless_link, "run.fit"),
}
