"""Bringing a diary back that was taken out: as it was, with every version, nothing merged or guessed."""

import zlib
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

from backstride.core.records import Records, records_together
from backstride.diary.added import Added
from backstride.diary.archive import DiaryArchive
from backstride.diary.archive_reading import MAX_BYTES, load_archive
from backstride.diary.diary import Diary
from backstride.errors import BadInput, BrokenFile
from backstride.importers.base import ImportResult, Skipped
from backstride.runtime.clock import utc_now
from backstride.services.archive_export import WHOLE
from backstride.services.setting_values import can_be_chosen

_HEAD = 80
_ZIP = b"PK\x03\x04"
_MAX_ENTRIES = 1000
_FIRST_WORDS = b'"backstride_diary"'


Unpack = Callable[[Path], DiaryArchive | BadInput | None]
"""Reads one file as `read_archive` does, here or in another process."""


def split_archives(
    paths: Iterable[Path], *, unpack: Unpack | None = None
) -> tuple[tuple[DiaryArchive, ...], list[Path]]:
    """Separate diary archives from all other paths.

    Args:
        paths: files and folders.
        unpack: reads what may be an archive; in this process unless given.

    Returns:
        The archives of diaries, opened; and the paths that are none.

    Raises:
        BadInput: an archive of a diary that cannot be used.
    """
    wholes, others = [], []
    for path in paths:
        whole = (unpack or read_archive)(path) if _is_zip(path) else None
        if isinstance(whole, BadInput):
            raise whole
        if whole is None:
            others.append(path)
        else:
            wholes.append(whole)
    return tuple(wholes), others


def read_archive(path: Path, *, now: datetime | None = None) -> DiaryArchive | None:
    """Read a diary archive of ours; None for every other file, readable or not.

    Args:
        path: a file of the disk.
        now: the moment; the clock's unless given.

    Raises:
        BrokenFile: it is ours, but damaged, larger than any diary, or holds what none can.
    """
    text = _text_of(path)
    return None if text is None else load_archive(text, allowed=can_be_chosen, now=now or utc_now())


def store_all(
    diary: Diary, records: Records, wholes: Sequence[DiaryArchive], *, source: str, now: datetime
) -> Added:
    """Store whole diaries as they were, and other records as new; what of both was new.

    Raises:
        DiaryFull: the disk is full or read-only.
    """
    each = [diary.put_back(whole) for whole in wholes]
    each += [diary.add(records, source=source, now=now, corrects=True)]
    return Added(
        sum(added.new for added in each),
        sum(added.already_there for added in each),
        tuple(number for added in each for number in added.ids),
        sum(added.corrected for added in each),
        tuple(stored for added in each for stored in added.corrections),
        sum(added.otherwise for added in each),
    )


def merge_archives(read: ImportResult, wholes: Sequence[DiaryArchive]) -> ImportResult:
    """Merge the records of diary archives into an import result."""
    records = records_together([*(whole.records for whole in wholes), read.records])
    left_out = tuple(Skipped("", sentence) for whole in wholes for sentence in whole.left_out)
    return ImportResult(records, read.skipped + left_out, read.notes)


def _is_zip(path: Path) -> bool:
    """Whether a file begins as our archives do: four bytes are all that is read of it here."""
    try:
        with path.open("rb") as file:
            return file.read(len(_ZIP)) == _ZIP
    except OSError:
        return False  # a folder, say; whoever reads it next says why


def _text_of(path: Path) -> bytes | None:
    """Read the diary text of an archive of ours; None for every other file, readable or not.

    Raises:
        BrokenFile: it is ours, but damaged, or larger than any diary.
    """
    try:
        if not path.is_file() or not is_zipfile(path):
            return None
        with ZipFile(path) as archive:
            names = archive.namelist()
            if WHOLE not in names or len(names) > _MAX_ENTRIES:
                return None
            with archive.open(WHOLE) as file:
                head = file.read(_HEAD)
                text = head + file.read(MAX_BYTES)
    except (OSError, ValueError):
        return None  # whoever reads it next says why
    except (BadZipFile, EOFError, RuntimeError, zlib.error) as error:
        raise _damaged(path) from error
    if _FIRST_WORDS not in head:
        return None
    if len(text) > MAX_BYTES:
        raise _damaged(path)
    return text


def _damaged(path: Path) -> BrokenFile:
    return BrokenFile(f"{path} holds a diary, but is damaged.", advice="Export it again, then try once more.")
