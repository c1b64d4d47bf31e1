"""The language that the terminal asks for."""

import os

VARIABLES = ("LC_ALL", "LC_MESSAGES", "LANG")
"""In the order in which POSIX has them count."""


def terminal_language() -> str:
    """Return its code: "de" of "de_DE.UTF-8"; empty where the terminal asks for none."""
    wished = next((os.environ[name] for name in VARIABLES if os.environ.get(name)), "")
    return wished.partition("_")[0].partition(".")[0].lower()
