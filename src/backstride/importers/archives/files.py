"""Files on the disk: which there are below a folder, and what is in them; every failure in plain words."""

import os
import stat
from pathlib import Path
from typing import IO, Final

from backstride.errors import NotReadable
from backstride.importers.base import Skipped
from backstride.importers.packing import MAX_BYTES

_SIDE_FOLDERS: Final = frozenset({"__MACOSX"})  # left by macOS when a zip is unpacked
_A_LINK: Final = "It is a link, so it was not read. Put the file itself there."


def is_folder(path: Path) -> bool:
    """Whether `path` is a folder.

    Raises:
        NotReadable: nobody can tell.
    """
    return stat.S_ISDIR(_status(path).st_mode)


def files_below(folder: Path, *, follows_links: bool = True) -> tuple[list[Path], list[Skipped]]:
    """List all files in a folder and in those below it, in the order of their names.

    Names that begin with a dot are left out; links to folders are not followed.

    Args:
        folder: where to begin; it may be a link itself.
        follows_links: whether links to files elsewhere are read. Where they are not, they are named among what could
            not be used, and so are links to folders.

    Returns:
        The files; and what could not be listed or followed, with the reason.

    Raises:
        NotReadable: the folder itself cannot be listed.
    """
    skipped: list[Skipped] = []

    def closed(error: OSError) -> None:
        if error.filename == os.fspath(folder):
            raise _not_readable(folder, error) from error
        why = f"It cannot be opened ({_reason(error)}). Check whether you may read it."
        skipped.append(Skipped(shown(Path(error.filename).relative_to(folder)), why))

    found = []
    for here, folders, files in os.walk(folder, onerror=closed):
        folders[:] = [name for name in folders if _is_wanted(name)]
        wanted = [Path(here) / name for name in files if _is_wanted(name)]
        if not follows_links:
            links = [
                path for path in (*wanted, *(Path(here) / name for name in folders)) if path.is_symlink()
            ]
            skipped += [Skipped(shown(path.relative_to(folder)), _A_LINK) for path in links]
            wanted = [path for path in wanted if not path.is_symlink()]
        found += wanted
    return sorted(found, key=Path.as_posix), sorted(skipped, key=lambda one: one.where)


def content_of(path: Path, *, most_bytes: int = MAX_BYTES) -> bytes:
    """Read a whole file.

    Raises:
        NotReadable: there is no such file, it is too large, or it cannot be opened.
    """
    if _regular(path).st_size > most_bytes:
        raise NotReadable(
            f"{shown(path)} is larger than {most_bytes // 2**20} MB.",
            advice="No record of runs is that large; leave it out.",
        )
    try:
        return path.read_bytes()
    except OSError as error:
        raise _not_readable(path, error) from error


def opened_file(path: Path) -> IO[bytes]:
    """Open a file for reading, however large it is.

    Raises:
        NotReadable: there is no such file, or it cannot be opened.
    """
    _regular(path)
    try:
        return path.open("rb")
    except OSError as error:
        raise _not_readable(path, error) from error


def shown(path: Path) -> str:
    """Return a path as printable text: old disks hold names in encodings that are lost."""
    name = os.fsencode(path.as_posix()).decode("utf-8", errors="replace")
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in name)


def _is_wanted(name: str) -> bool:
    return not name.startswith(".") and name not in _SIDE_FOLDERS


def _regular(path: Path) -> os.stat_result:
    status = _status(path)
    if not stat.S_ISREG(status.st_mode):  # a pipe would be waited for without end
        raise NotReadable(
            f"{shown(path)} is neither a file nor a folder.", advice="Give a file or a folder of files."
        )
    return status


def _status(path: Path) -> os.stat_result:
    try:
        return path.stat()
    except (OSError, ValueError) as error:  # ValueError: a null character in the name
        raise _not_readable(path, error) from error


def _not_readable(path: Path, error: OSError | ValueError) -> NotReadable:
    return NotReadable(
        f"{shown(path)} cannot be opened ({_reason(error)}).",
        advice="Check the name, and whether you may read it.",
    )


def _reason(error: OSError | ValueError) -> str:
    return str(getattr(error, "strerror", None) or error).lower()
