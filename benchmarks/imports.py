"""How quickly files and whole accounts are read, beside other readers on the same files in the same run.

Each file is read by all of them in turn, so that none has the quieter machine; processor time counts, the best of
three rounds. Run it by `make bench-import FROM=folder`; it looks for FIT, GPX and TCX files below the folder.
"""

import argparse
import gzip
import io
import itertools
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

import archives
import fit_libraries
import gpxpy

from backstride.errors import BackstrideError
from backstride.importers.base import Reader
from backstride.importers.tracks.gpx import GPX
from backstride.importers.tracks.tcx import TCX

ZONE = ZoneInfo("UTC")
ROUNDS = 3
LARGE_MB = 60
HEAD = """# Speed of the file readers

Written by `make bench-import`, on real files of many watches and apps, and on two accounts made for the purpose.
Seconds are of the processor unless the text says otherwise, and all readers of a table took turns in one process on
the same bytes: ratios hold where seconds do not.
"""
BESIDE = "\n## Beside an earlier commit\n"
POINT = (
    '<trkpt lat="{:.6f}" lon="8.5"><ele>400</ele><time>2026-05-{:02d}T{:02d}:{:02d}:{:02d}Z</time><extensions>'
    "<gpxtpx:TrackPointExtension><gpxtpx:hr>140</gpxtpx:hr></gpxtpx:TrackPointExtension></extensions></trkpt>\n"
)


def main() -> None:
    """Measure, print, and write the page."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--from", dest="folder", type=Path, default=Path("../shared/corpus"))
    parser.add_argument("--out", type=Path, help="a page to write; printed alone unless given")
    parser.add_argument("--activities", type=int, default=3000)
    parser.add_argument("--mb", type=int, default=1000)
    parser.add_argument("--memory", type=Path, help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.memory:
        print(peak_mb(options.memory))
        return
    lines = [
        HEAD,
        *fit_libraries.rows(options.folder),
        "## GPX and TCX\n",
        *tracks(options.folder),
        large_gpx(),
    ]
    lines += ["", "## Whole accounts\n", *archives.rows(options.activities, options.mb)]
    page = "\n".join(lines) + "\n"
    print(page)
    if options.out:
        before = options.out.read_text(encoding="utf-8") if options.out.is_file() else ""
        _, mark, beside = before.partition(BESIDE)  # readers_against.py measures that, and its text is kept
        options.out.write_text(page + mark + beside, encoding="utf-8")


def tracks(folder: Path) -> list[str]:
    """Return a table of GPX beside gpxpy, and TCX."""
    lines = ["| format | files | MB | MB/s | gpxpy, MB/s | times as fast |", "|---|---|---|---|---|---|"]
    lines.append(compare("GPX", GPX, contents(folder, "gpx"), other=by_gpxpy))
    return [*lines, compare("TCX", TCX, contents(folder, "tcx")), ""]


def large_gpx() -> str:
    """Return what a large file takes of memory, in a process of its own."""
    with tempfile.TemporaryDirectory() as folder:
        large = Path(folder) / "large.gpx"
        write_large(large)
        command = [sys.executable, __file__, "--memory", str(large)]
        alone = subprocess.run(command, check=True, capture_output=True, text=True)
    return f"A GPX file of {LARGE_MB} MB: {alone.stdout.strip()} MB of memory, the file and Python in it."


def contents(folder: Path, kind: str) -> list[bytes]:
    """All files of a kind below a folder, unpacked."""
    files = [path for path in sorted(folder.rglob("*")) if f".{kind}" in path.name.lower() and path.is_file()]
    return [
        gzip.decompress(path.read_bytes()) if path.suffix == ".gz" else path.read_bytes() for path in files
    ]


def compare(
    format_name: str, reader: Reader, files: list[bytes], *, other: Callable[[bytes], object] | None = None
) -> str:
    """Return a row: every file read by both; those that one of them refuses are left out."""
    megabytes = ours = theirs = 0.0
    count = 0
    for content in files:
        mine = best(lambda content=content: reader.read(content, name="a", zone=ZONE))
        its = best(lambda content=content: other(content)) if other else 0.0
        if mine is None or its is None:
            continue
        count += 1
        megabytes, ours, theirs = megabytes + len(content) / 1e6, ours + mine, theirs + its
    if not count:
        return f"| {format_name} | 0 | | | | |"
    beside = f"{megabytes / theirs:.1f} | {theirs / ours:.1f}" if other else " | "
    return f"| {format_name} | {count} | {megabytes:.1f} | {megabytes / ours:.1f} | {beside} |"


def by_gpxpy(content: bytes) -> object:
    """Only gpxpy's points: its totals would cost it a third more."""
    return gpxpy.parse(io.BytesIO(content))


def best(read: Callable[[], object]) -> float | None:
    """Seconds of processor time in the best round; None where the file is refused."""
    seconds = []
    for _ in range(ROUNDS):
        begin = time.process_time()
        try:
            read()
        except (BackstrideError, gpxpy.gpx.GPXException, AttributeError, ValueError):
            return None
        seconds.append(time.process_time() - begin)
    return min(seconds)


def write_large(path: Path) -> None:
    """Write a track of a week without a rest, second by second."""
    head, foot = '<gpx xmlns:gpxtpx="x"><trk><trkseg>', "</trkseg></trk></gpx>"
    with path.open("w") as file:
        file.write(head)
        for i in itertools.count():
            if file.tell() > LARGE_MB * 1e6:
                break
            day, hour, minute = 1 + i // 86_400, i // 3600 % 24, i // 60 % 60
            file.write(POINT.format(47 + i * 2e-6, day, hour, minute, i % 60))
        file.write(foot)


def peak_mb(path: Path) -> int:
    """Return the most memory that this process had while it read one file."""
    with suppress(BackstrideError):  # nobody runs for days; what counts is that every point was read
        GPX.read(path.read_bytes(), name=path.name, zone=ZONE)
    return round(archives.own_peak_mb())


if __name__ == "__main__":
    main()
