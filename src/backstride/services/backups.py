"""Backups: made by hand or each night, and put back."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from backstride.diary.backups import Backup, copies_at
from backstride.diary.erase_backups import clean_copies
from backstride.diary.file_layout import DiaryFiles
from backstride.diary.integrity import DatabaseSummary, check_integrity
from backstride.diary.opening import open_store, place_of
from backstride.diary.restore import Restored, restore
from backstride.errors import DiaryError, NotReadable
from backstride.runtime.clock import utc_now
from backstride.runtime.paths import default_diary_location


@dataclass(frozen=True, slots=True)
class Checked:
    """A backup that was looked through.

    Attributes:
        copy: its file.
        census: what it holds; None where it is not sound.
        problem: why it is not; empty where it is.
    """

    copy: Backup
    census: DatabaseSummary | None
    problem: str = ""


def back_up(*, to: Path | None = None, diary: str | None = None, now: datetime | None = None) -> Path:
    """Copy the diary, whoever else uses it, and check the copy.

    Args:
        to: a file outside the folder of backups; there it is the person's own to delete.
        diary: its path or URL; the person's own unless given.
        now: the moment; the clock's unless given.

    Returns:
        The file of the copy.

    Raises:
        NotReadable: there is something at `to` already.
        DiaryError: the diary cannot be opened, is on PostgreSQL, or there is no room.
    """
    if to is not None and to.exists():
        raise NotReadable(f"{to} is there already.", advice="Name a file that is not there yet.")
    with open_store(diary or default_diary_location()) as store:
        if to is None:
            clean_copies(store.place)
            return store.back_up(now=now or utc_now()).path
        store.copy_to(to)
        return to


def backups(*, diary: str | None = None) -> tuple[Checked, ...]:
    """Return every backup, the newest first, each looked through; also those from before a change of form.

    Raises:
        DiaryError: the diary is on PostgreSQL.
    """
    return tuple(_each_checked(place_of(diary or default_diary_location())))


def put_back(
    backup: Path | None = None,
    *,
    force: bool = False,
    diary: str | None = None,
    now: datetime | None = None,
) -> Restored:
    """Put a backup in the place of the diary; what was there is kept aside.

    Args:
        backup: its file, or the name of one in the list; the newest sound one unless given.
        force: also where the diary is sound and newer, or another one.
        diary: its path or URL; the person's own unless given.
        now: the moment; the clock's unless given.

    Raises:
        NotReadable: there is no such backup, or none at all.
        DiaryError: as `backstride.diary.restore.restore` does.
    """
    place = place_of(diary or default_diary_location())
    source = _named(place, backup) if backup is not None else _newest_sound(place)
    return restore(place, source, now=now or utc_now(), force=force)


def _each_checked(place: DiaryFiles) -> Iterator[Checked]:
    older = [
        Backup(path, datetime.fromtimestamp(path.stat().st_mtime, UTC), path.stat().st_size)
        for path in place.before_migrations
    ]
    for copy in sorted((*copies_at(place), *older), key=lambda copy: copy.made_at, reverse=True):
        try:
            yield Checked(copy, check_integrity(copy.path))
        except DiaryError as error:
            yield Checked(copy, None, error.problem)


def _newest_sound(place: DiaryFiles) -> Path:
    sound = next((found for found in _each_checked(place) if found.census is not None), None)
    if sound is None:
        raise NotReadable(
            f"There is no sound backup in {place.copies}.",
            advice="Name one that you keep elsewhere: backstride restore FILE",
        )
    return sound.copy.path


def _named(place: DiaryFiles, backup: Path) -> Path:
    beside = (
        place.copies / backup.name,
        *(path for path in place.before_migrations if path.name == backup.name),
    )
    found = next((path for path in (backup, *beside) if path.is_file()), None)
    if found is None:
        raise NotReadable(
            f"There is no backup {backup}.", advice="See which there are with: backstride restore --list"
        )
    return found
