"""Contributions as files: the ones that lie in a folder, and one by its path."""

from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from backstride.cohort.contribution import Contribution
from backstride.cohort.contribution_file import MAX_BYTES, read_contribution
from backstride.cohort.small_file import read_small_file
from backstride.errors import NotReadable


def contribution_files(folder: Path) -> list[Path]:
    """List the JSON files of a folder, in the order of their names; a link is listed, and refused when it is read."""
    return sorted(
        entry
        for entry in folder.iterdir()
        if entry.suffix.lower() == ".json" and not entry.name.startswith(".") and not entry.is_dir()
    )


def contributions_of_folder(frame: str | Path) -> Iterator[tuple[str, Callable[[], Contribution]]]:
    """Yield each JSON file of a folder by its name, with what reads it; nothing where `frame` is no folder."""
    folder = Path(frame)
    if folder.is_dir():
        for path in contribution_files(folder):
            yield path.name, partial(contribution_of_file, path)


def contribution_of_file(path: Path) -> Contribution:
    """Read a contribution from its file.

    Raises:
        NotReadable: it cannot be opened, is a link, or is too long.
        BadTable: it is no contribution.
    """
    if path.is_symlink():
        raise NotReadable(f"{path.name} is a link, so it was not read.", advice="Put the file itself there.")
    if not path.is_file():
        raise NotReadable(f"There is no file {path}.", advice="Give the file that `contribute` wrote.")
    text = read_small_file(
        path,
        shown=path.name,
        most_bytes=MAX_BYTES,
        kind="a contribution",
        advice="Give the file that `contribute` wrote.",
    )
    return read_contribution(text, name=path.name)
