"""Bringing a diary back that was taken out: as it was, with every version, nothing merged or guessed."""

import zlib
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from zipfile import BadZipFile, ZipFile, is_zipfile

from backstride.actions.take_out import WHOLE
from backstride.core.records import Records, records_together
from backstride.diary.diary import Added, Diary
from backstride.diary.whole import WholeDiary, read_whole
from backstride.errors import BrokenFile
from backstride.importers.base import ImportResult

MOST_BYTES = 256 * 2**20
_HEAD = 80
_FIRST_WORDS = b'"backstride_diary"'


def parted(paths: Iterable[Path]) -> tuple[tuple[WholeDiary, ...], list[Path]]:
    """The whole diaries among these files, and all other paths.

    Raises:
        BrokenFile: an archive of a diary that cannot be used.
    """
    wholes, others = [], []
    for path in paths:
        text = _text_of(path)
        if text is None:
            others.append(path)
        else:
            wholes.append(read_whole(text))
    return tuple(wholes), others


def kept(
    diary: Diary, records: Records, wholes: Sequence[WholeDiary], *, source: str, now: datetime
) -> Added:
    """Store whole diaries as they were, and other records as new; what of both was new.

    Raises:
        DiaryFull: the disk is full or read-only.
    """
    each = [diary.put_back(whole) for whole in wholes]
    each += [diary.add(records, source=source, now=now)]
    return Added(
        sum(added.new for added in each),
        sum(added.already_there for added in each),
        tuple(number for added in each for number in added.ids),
    )


def with_whole(read: ImportResult, wholes: Sequence[WholeDiary]) -> ImportResult:
    """What was read, whole diaries included."""
    records = records_together([*(whole.records for whole in wholes), read.records])
    return ImportResult(records, read.skipped, read.notes)


def _text_of(path: Path) -> bytes | None:
    """The whole diary in an archive of ours; None for every other file, readable or not.

    Raises:
        BrokenFile: it is ours, but damaged, or larger than any diary.
    """
    try:
        if not path.is_file() or not is_zipfile(path):
            return None
        with ZipFile(path) as archive:
            if WHOLE not in archive.namelist():
                return None
            with archive.open(WHOLE) as file:
                head = file.read(_HEAD)
                text = head + file.read(MOST_BYTES)
    except (OSError, ValueError):
        return None  # whoever reads it next says why
    except (BadZipFile, EOFError, RuntimeError, zlib.error) as error:
        raise _damaged(path) from error
    if _FIRST_WORDS not in head:
        return None
    if len(text) > MOST_BYTES:
        raise _damaged(path)
    return text


def _damaged(path: Path) -> BrokenFile:
    return BrokenFile(
        f"{path} holds a diary, but is damaged.", advice="Take it out of your diary anew, then try again."
    )
