"""The readers, and which of them knows a file: by its content, for names lie."""

from pathlib import PurePath
from typing import Final
from zoneinfo import ZoneInfo

from backstride.errors import UnknownFormat
from backstride.importers.base import ImportResult, Reader
from backstride.importers.fit.reader import FIT
from backstride.importers.lookalikes import OF_RUNS, UNKNOWN_TABLES, appearance
from backstride.importers.packing import unpacked
from backstride.importers.tables.tables import TABLES
from backstride.importers.tracks.gpx import GPX
from backstride.importers.tracks.kml import KML
from backstride.importers.tracks.tcx import TCX
from backstride.importers.vendors.apple_health import APPLE_HEALTH
from backstride.importers.vendors.apps import APPS
from backstride.importers.vendors.polar_table import POLAR_TABLE
from backstride.importers.vendors.strava_table import STRAVA_TABLE

READERS: Final[tuple[Reader, ...]] = (
    FIT,
    GPX,
    TCX,
    KML,
    APPLE_HEALTH,
    STRAVA_TABLE,
    POLAR_TABLE,
    *APPS,
    TABLES,
)
"""Asked in this order; the pickier stand first."""

HEAD_BYTES: Final = 4096
_CLAIMS: Final = frozenset({".fit", ".gpx", ".tcx", ".kml", ".kmz", ".csv"})


def reader_for(head: bytes, *, name: str) -> Reader:
    """Find the reader that recognises a file by its first bytes.

    Args:
        head: the first bytes (`HEAD_BYTES` of them are enough), unpacked.
        name: its name, a hint only.

    Raises:
        UnknownFormat: none does; the message says what the file looks like.
    """
    for reader in READERS:
        if reader.knows(head, name=name):
            return reader
    what, advice = appearance(head)
    claimed = PurePath(name).suffix.lower()
    surprising = claimed in _CLAIMS and not (claimed == ".csv" and what in UNKNOWN_TABLES)
    unknown = UnknownFormat(f"{name} cannot be read: it looks like {what}.", advice=advice)
    if surprising:
        unknown = UnknownFormat(
            f"{name} cannot be read: it looks like {what}, in spite of the name ending in {claimed}.",
            advice=advice,
        )
    raise unknown.of_runs() if what in OF_RUNS else unknown


def read_content(content: bytes, *, name: str, zone: ZoneInfo) -> tuple[Reader, ImportResult]:
    """Read a file, compressed or not, and return the reader that recognised it.

    Returns:
        The reader that recognised the file, and what it read.

    Raises:
        BadInput: the file cannot be used at all.
    """
    content, notes = unpacked(content, name=name)
    reader = reader_for(content[:HEAD_BYTES], name=name)
    return reader, ImportResult(notes=notes) + reader.read(content, name=name, zone=zone)
