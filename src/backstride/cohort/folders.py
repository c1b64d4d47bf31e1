"""A folder with one folder, or one zip archive, a person."""

import csv
from collections.abc import Iterator, Mapping
from functools import partial
from pathlib import Path
from zoneinfo import ZoneInfo

from backstride.cohort.given_files import contribution_files
from backstride.cohort.person import Participant
from backstride.errors import NotReadable
from backstride.importers.base import ImportResult
from backstride.importers.folder import import_path
from backstride.importers.tables.people_in_table import participant_column

TRAITS_FILE = "traits.csv"
_ARCHIVE = ".zip"


def people_of_folder(folder: Path, *, zone: ZoneInfo) -> Iterator[Participant]:
    """Each person of a folder, in the order of their names.

    Links are not followed: one may lead to what the study was not given, or to another person's files. A person whose
    folder or archive is a link is refused when they are read.

    Args:
        folder: holds a folder or a zip archive a person, named by the person's id, and perhaps traits.csv, which has
            a participant column and a column a trait.
        zone: of times that state none.

    Raises:
        NotReadable: the folder holds no folder and no archive, or its traits.csv cannot be used.
    """
    entries = sorted(entry for entry in folder.iterdir() if not entry.name.startswith("."))
    people = [entry for entry in entries if entry.is_dir() or entry.suffix.lower() == _ARCHIVE]
    if not people and not contribution_files(folder):
        raise NotReadable(
            f"{folder} holds no folder of a person, and no contribution.",
            advice="Put the files of each person into a folder of their own in it, named by the person's id.",
        )
    traits = _traits(folder / TRAITS_FILE)
    for entry in people:
        name = entry.stem if entry.is_file() else entry.name
        yield Participant(name, partial(_read, entry, zone=zone), zone, traits.get(name, {}))


def _read(entry: Path, *, zone: ZoneInfo) -> ImportResult:
    """Read one person's folder or archive.

    Raises:
        NotReadable: it is a link.
        BadInput: it cannot be used at all.
    """
    if entry.is_symlink():
        raise NotReadable(
            f"{entry.name} is a link, so it was not read.",
            advice="Put the person's folder or archive itself there.",
        )
    return import_path(entry, zone=zone, follows_links=False)


def _traits(path: Path) -> dict[str, Mapping[str, str]]:
    """Read the traits of each person; none where the file is not there.

    Raises:
        NotReadable: it is a link, or has no column that says whose row it is.
    """
    if not path.is_file():
        return {}
    if path.is_symlink():
        raise NotReadable(f"{path} is a link, so it was not read.", advice="Put the table itself there.")
    with path.open(encoding="utf-8-sig", newline="") as file:
        rows = csv.DictReader(file)
        whose = participant_column(rows.fieldnames or ())
        if whose is None:
            raise NotReadable(
                f"{path} does not say whose rows its rows are.",
                advice="Add a column 'participant' that holds the names of the folders.",
            )
        return {row[whose]: {k: v for k, v in row.items() if k != whose and k and v} for row in rows}
