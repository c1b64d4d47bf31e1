"""Writing files beside the diary: a page, tables, a backup."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from backstride.errors import DiaryFull


@contextmanager
def translate_os_errors(place: Path) -> Iterator[None]:
    """Turn every failure to write to `place` into DiaryFull."""
    try:
        yield
    except OSError as error:
        raise DiaryFull(
            f"{place} cannot be written to ({error.strerror or error}).",
            advice="Make room on the disk, or choose a folder you may write to, and try again.",
        ) from error
