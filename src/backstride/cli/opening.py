"""Opening the app in a browser: once the server listens, and by a file that only its owner can read.

The command line of a browser can be read by every account of a computer, and so must hold no key.
"""

import os
import webbrowser
from contextlib import suppress
from html import escape
from pathlib import Path
from threading import Thread

PAGE = """<!DOCTYPE html>
<meta charset="utf-8"><meta name="referrer" content="no-referrer"><title>backstride</title>
<meta http-equiv="refresh" content="0; url={address}"><p><a href="{address}">backstride</a></p>
"""


class Opening:
    """Opens an address once, whatever the browser then does.

    Args:
        address: what is opened.
        file: a file that leads to it and is opened in its place; None where the address holds no key.
    """

    def __init__(self, address: str, *, file: Path | None) -> None:
        self._address, self._file = address, file
        self._is_begun = False

    async def begin(self) -> None:
        """Open it, in a thread of its own: some browsers stay in the foreground until they are closed."""
        if not self._is_begun:
            self._is_begun = True
            Thread(target=self._open, daemon=True).start()

    def end(self) -> None:
        """Delete the file, once the key was used or the server ends."""
        if self._file is not None:
            with suppress(OSError):
                self._file.unlink(missing_ok=True)

    def _open(self) -> None:
        if self._file is None:
            webbrowser.open(self._address)
            return
        with suppress(OSError):  # the address stands in the terminal, too
            self._write(self._file)
            webbrowser.open(self._file.as_uri())

    def _write(self, file: Path) -> None:
        file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        file.unlink(missing_ok=True)
        opened = os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600)
        with os.fdopen(opened, "w", encoding="utf-8") as written:
            written.write(PAGE.format(address=escape(self._address)))
