"""A folder that is watched: whatever is put there goes into the diary, as soon as it is whole."""

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path
from time import sleep
from zoneinfo import ZoneInfo

from backstride.errors import BadInput, NotReadable
from backstride.importers.archives.files import files_below, is_folder, shown
from backstride.services.caching_backend import CachingBackend, FileFingerprint, fingerprint
from backstride.services.import_files import ImportSummary, import_paths
from backstride.services.subprocess_backend import default_backend

LOOK_AGAIN_S = 2.0


def watching(
    folder: Path,
    *,
    zone: ZoneInfo,
    diary: str | None = None,
    pause: Callable[[float], None] = sleep,
    day_starts_h: int | None = None,
) -> Iterator[ImportSummary | BadInput]:
    """Import the folder now, and again whenever something in it is new and no longer grows; without end.

    A file is whole when its size and its time stay as they were for one pause. All files of the folder count as one
    log, as they do in a single import; what was read before is not read again.

    Args:
        folder: is looked into, with the folders in it.
        zone: the person's own zone, for times that state none.
        diary: its path or URL; the person's own unless given.
        pause: waits so many seconds.
        day_starts_h: the hour at which the person's day starts; the diary keeps it.

    Yields:
        What each import gave, or why it gave nothing.

    Raises:
        NotReadable: there is no such folder.
        DiaryError: the diary cannot be opened, or cannot hold more.
    """
    if not is_folder(folder):
        raise NotReadable(f"{shown(folder)} is not a folder.", advice="Give the folder to watch.")
    before: dict[Path, FileFingerprint] = {}
    taken: dict[Path, FileFingerprint] = {}
    with default_backend() as apart:
        backend = CachingBackend(apart)
        while True:
            there = stamps_below(folder)
            backend.stable_files = {path: stamp for path, stamp in there.items() if before.get(path) == stamp}
            if backend.stable_files.items() - taken.items():
                taken = backend.stable_files
                try:
                    yield import_paths(
                        [folder],
                        zone=zone,
                        diary=diary,
                        now=datetime.now(UTC),
                        backend=backend,
                        day_starts_h=day_starts_h,
                    )
                except BadInput as error:
                    yield error
            before = there
            pause(LOOK_AGAIN_S)


def stamps_below(folder: Path) -> dict[Path, FileFingerprint]:
    """Return the size and time of every file in a folder and in those below it.

    Raises:
        NotReadable: the folder cannot be listed.
    """
    stamps = {path: fingerprint(path) for path in files_below(folder)[0]}
    return {path: stamp for path, stamp in stamps.items() if stamp is not None}
