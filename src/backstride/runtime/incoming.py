"""Files on their way in: each under a name of our own, in a folder that goes when they are read or given up."""

import shutil
from collections.abc import Callable
from itertools import count
from pathlib import Path
from types import TracebackType
from typing import BinaryIO, Self

from backstride.diary.io_errors import translate_os_errors
from backstride.errors import BadInput

MAX_FILES, MAX_NAME_LENGTH = 2000, 120


class Incoming:
    """The files that one person sends. Use it in a `with` statement: what was not handed over by its end is removed.

    Args:
        folder: empty; nothing else writes there.
        given_up: called when they are given up.
    """

    def __init__(self, folder: Path, given_up: Callable[[], None]) -> None:
        self._folder = folder
        self._given_up = given_up
        self._names: set[str] = set()
        self._file: BinaryIO | None = None
        self._is_handed_over = False

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.end_file()
        if not self._is_handed_over:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._given_up()

    def begin_file(self, name: str) -> None:
        """Start a new file under this name, or under a harmless one like it.

        Raises:
            BadInput: there are too many.
            DiaryFull: there is no room.
        """
        self.end_file()
        if len(self._names) >= MAX_FILES:
            raise BadInput(f"These are more than {MAX_FILES} files.", advice="Import them in parts.")
        own = _own_name(name, self._names)
        self._names.add(own)
        with translate_os_errors(self._folder):
            self._file = (self._folder / own).open("wb")

    def write(self, content: bytes) -> None:
        """Append a part to the file that was begun.

        Raises:
            DiaryFull: there is no room.
        """
        assert self._file is not None
        with translate_os_errors(self._folder):
            self._file.write(content)

    def end_file(self) -> None:
        """Close the file that was begun."""
        if self._file is not None:
            file, self._file = self._file, None
            with translate_os_errors(self._folder):
                file.close()

    def handed_over(self) -> Path:
        """Return the folder of all files; the caller must remove it from now on.

        Raises:
            BadInput: there is none.
        """
        self.end_file()
        if not self._names:
            raise BadInput("No file was chosen.", advice="Choose one or more, then press the button.")
        self._is_handed_over = True
        return self._folder


def _own_name(name: str, taken: set[str]) -> str:
    """Return a safe file name inside the folder; a hidden, empty or taken name is replaced."""
    last = name.replace("\\", "/").rpartition("/")[2]
    printable = "".join(letter for letter in last if letter.isprintable())
    plain = printable.encode()[-MAX_NAME_LENGTH:].decode(errors="ignore").lstrip(".") or "file"
    same = {one.casefold() for one in taken}  # some file systems know no capitals
    others = (f"{number}-{plain}" for number in count(len(taken)))
    return plain if plain.casefold() not in same else next(n for n in others if n.casefold() not in same)
