"""Files about somebody's health: only their owner may read them, and none is ever there by half."""

import os
from pathlib import Path

from backstride.diary.io_errors import translate_os_errors


def write_private(path: Path, content: bytes) -> None:
    """Write a file that only its owner may read; one that is there is replaced as a whole.

    Raises:
        DiaryFull: the file cannot be written.
    """
    half = path.with_name(path.name + ".part")
    with translate_os_errors(path):
        half.unlink(missing_ok=True)
        with os.fdopen(os.open(half, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(content)
        half.replace(path)
