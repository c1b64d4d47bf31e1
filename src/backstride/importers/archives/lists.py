"""The lists of exports: which files are one, and what they tell."""

from pathlib import PurePosixPath
from zoneinfo import ZoneInfo

from backstride.importers.account import ActivityIndex
from backstride.importers.archives.entries import Entry
from backstride.importers.vendors.apple_health import APPLE_HEALTH
from backstride.importers.vendors.strava_table import STRAVA_TABLE


def is_list(head: bytes, *, name: str) -> bool:
    """Whether a file that begins so is the list of an export."""
    return APPLE_HEALTH.knows(head, name=name) or STRAVA_TABLE.knows(head, name=name)


def read_list(entry: Entry, *, zone: ZoneInfo) -> ActivityIndex:
    """Read the activity index of an account export.

    Raises:
        BadInput: nothing in it can be used.
    """
    around = str(PurePosixPath(entry.name).parent)
    inside = "" if around == "." else f"{around}/"
    if APPLE_HEALTH.knows(entry.head(), name=entry.name):
        with entry.opened() as file:
            result, workouts = APPLE_HEALTH.read_stream(file, name=entry.name, zone=zone)
        return ActivityIndex(
            result, {inside + path: one.run for one in workouts for path in one.routes}, True
        )
    result, rows = STRAVA_TABLE.read_rows(entry.content(), name=entry.name, zone=zone)
    return ActivityIndex(result, {inside + row.file: row.run for row in rows if row.file})
