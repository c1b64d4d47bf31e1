"""Processes that work for nobody who waits at a page: they have the processor where others leave it to them."""

import os
from contextlib import suppress
from typing import Final

NICER_BY: Final = 5


def give_way() -> None:
    """Let every other process of this machine go first, where the system knows such an order."""
    if hasattr(os, "nice"):
        with suppress(OSError):
            os.nice(NICER_BY)
