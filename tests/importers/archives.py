"""Archives made for the tests: sound ones, and ones made to harm."""

import gzip
import io
import struct
import zipfile
from dataclasses import replace
from datetime import UTC, datetime, timedelta

from backstride.core.run import Run
from backstride.testing.fit_file import write_fit

FIRST = Run(
    start=datetime(2026, 5, 1, 7, 30, tzinfo=UTC), moving_s=1803.0, distance_m=5000.0, heart_rate_mean=150.0
)
GOOD = "good.fit"


def days_later(days):
    """The first run some days later."""
    return replace(FIRST, start=FIRST.start + timedelta(days=days))


def zipped(files, *, how=zipfile.ZIP_DEFLATED):
    """A zip of files, by name; a ZipInfo serves as a name."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", how) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return out.getvalue()


def with_good(files):
    """A zip in which a sound run stands beside the files."""
    return zipped({**files, GOOD: write_fit(FIRST)})


def nested(depth):
    """A run within so many zips."""
    content = write_fit(FIRST)
    for level in range(depth):
        content = zipped({f"{level}.zip" if level else "run.fit": content})
    return content


def link(name="link.fit"):
    """A link as Unix zips hold it."""
    info = zipfile.ZipInfo(name)
    info.external_attr = 0o120777 << 16
    return info


def patched(content, *, name, offset_in_list, value):
    """The archive with some bytes of one file's row in the list of entries changed."""
    row = content.rfind(name.encode()) - 46
    return content[: row + offset_in_list] + value + content[row + offset_in_list + len(value) :]


def locked():
    """An archive whose second file says that it needs a password."""
    return patched(with_good({"a.fit": b"secret" * 20}), name="a.fit", offset_in_list=8, value=b"\x01\x00")


def lying(size):
    """An archive whose second file claims another size than it has."""
    content = with_good({"a.csv": b"x" * 5000})
    return patched(content, name="a.csv", offset_in_list=24, value=struct.pack("<I", size))


def wrong_sum():
    """An archive whose second file does not have the sum that the list gives."""
    return patched(
        with_good({"a.csv": b"x" * 50}), name="a.csv", offset_in_list=16, value=b"\x01\x02\x03\x04"
    )


def unknown_method():
    """An archive whose second file is packed in a way that nobody knows."""
    return patched(with_good({"a.csv": b"x" * 50}), name="a.csv", offset_in_list=10, value=b"\x63\x00")


def overlapping(rows=50):
    """An archive whose list names one and the same packed bytes again and again."""
    content = zipped({"a.csv": bytes(2**21)})
    start = content.rfind(b"PK\x01\x02")
    end = content.rfind(b"PK\x05\x06")
    row = content[start:end]
    tail = struct.pack("<4sHHHHIIH", b"PK\x05\x06", 0, 0, rows, rows, len(row) * rows, start, 0)
    return content[:start] + row * rows + tail


def strava_archive(table, files):
    """A bulk export: the table, and activity files packed by gzip."""
    return zipped({"activities.csv": table, **{name: gzip.compress(body) for name, body in files.items()}})
