"""Work that another process does, and what may become of that process."""

import os
import signal
import sys
import time
from pathlib import Path

from backstride.errors import BadInput


def killed(_: object) -> None:
    """What the system does to the process that takes most memory."""
    os.kill(os.getpid(), signal.SIGKILL)


def ended(_: object) -> None:
    """What systemd does to every process of a service."""
    os.kill(os.getpid(), signal.SIGTERM)


def interrupted(number: int) -> int:
    """What Ctrl+C in a terminal does to every process that was begun there."""
    os.kill(os.getpid(), signal.SIGINT)
    return number


def rests(note: str) -> None:
    """Says who it is, and does nothing for long."""
    Path(note).write_text(str(os.getpid()))
    time.sleep(600)


def breaks(words: str) -> None:
    """Meets an error that nobody expected, and prints what it works on, as libraries do."""
    print(words, file=sys.stderr)  # noqa: T201 - what a library does
    os.write(2, words.encode())
    raise ValueError(words)


def fills_memory(_: object) -> None:
    """Asks for more than there is."""
    raise MemoryError


def gives_what_cannot_be_sent(_: object) -> object:
    """A result that no other process can have."""
    return lambda: None


def refuses(_: object) -> None:
    """A result, too."""
    raise BadInput("No.", advice="Do not.")
