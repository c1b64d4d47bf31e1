"""Folders for what is being worked on: gone when it is done; what a killed process left goes at the next start.

Each process holds a lock on a file in its folder for as long as it lives; a folder whose lock nobody holds is left
over, whoever made it.
"""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from threading import Lock
from typing import IO

try:
    import fcntl
except ImportError:  # Windows removes no open file, so its lock is the open file itself
    fcntl = None  # type: ignore[assignment]

PREFIX = "backstride-work-"
LOCK = ".in-use"


class Scratch:
    """One folder of this process, with a folder in it for each thing that is worked on.

    Args:
        below: where; the system's folder for temporary files unless given.
    """

    def __init__(self, below: Path | None = None) -> None:
        self._below = below
        self._root: Path | None = None
        self._held: IO[bytes] | None = None
        self._lock = Lock()

    def folder(self) -> Path:
        """Create an empty temporary folder that only this account may read.

        Raises:
            OSError: there is no room for it.
        """
        with self._lock:
            if self._root is None or not self._root.is_dir():
                self._begin()
            return Path(tempfile.mkdtemp(dir=self._root))

    def remove_left_over(self) -> int:
        """Remove what processes left that are no more; how many folders it was."""
        below = self._below or Path(tempfile.gettempdir())
        name = f"{PREFIX}*" if fcntl is not None else f".{PREFIX}*"
        left = [path for path in below.glob(name) if _is_left_over(path)]
        for path in left:
            shutil.rmtree(path, ignore_errors=True)
        return len(left)

    def close(self) -> None:
        """Remove everything of this process."""
        with self._lock:
            root, held, self._root, self._held = self._root, self._held, None, None
        if held is not None:
            held.close()
        if root is not None:
            shutil.rmtree(root, ignore_errors=True)

    def _begin(self) -> None:
        made = Path(tempfile.mkdtemp(prefix=f".{PREFIX}", dir=self._below))
        self._held = (made / LOCK).open("wb")
        if fcntl is None:
            self._root = made
            return
        fcntl.flock(self._held, fcntl.LOCK_EX | fcntl.LOCK_NB)
        # under this name it is looked for, and from its first moment it is locked
        self._root = made.rename(made.with_name(made.name.removeprefix(".")))


@contextmanager
def scratch_folder() -> Iterator[Path]:
    """One folder for as long as the block lasts."""
    scratch = Scratch()
    try:
        yield scratch.folder()
    finally:
        scratch.close()


def _is_left_over(folder: Path) -> bool:
    with suppress(OSError):
        owner = folder.lstat().st_uid
        ours = not hasattr(os, "getuid") or owner == os.getuid()
        return ours and not folder.is_symlink() and folder.is_dir() and not _is_in_use(folder / LOCK)
    return False


def _is_in_use(lock: Path) -> bool:
    if not lock.exists():
        return False
    try:
        if fcntl is None:
            lock.unlink()
            return False
        with lock.open("rb") as held:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    return False
