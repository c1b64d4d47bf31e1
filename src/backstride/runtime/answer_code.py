"""By which code an answer was made: a name that is another one with each change of what its numbers come from."""

from functools import cache
from pathlib import Path

from backstride.runtime.source_hash import source_hash

NUMBERS = (
    "answer/**/*.py",
    "core/*.py",
    "diary/daily.py",
    "diary/series.py",
    "diary/standardise.py",
    "errors.py",
    "model/*.py",
    "programme/schedule.py",
    "runtime/jit_cache.py",
    "runtime/paths.py",
)
"""The code that the numbers of an answer come from, as patterns below the package."""


@cache
def code_of(patterns: tuple[str, ...]) -> str:
    """Return the name of the code of this installation that these patterns name; see `source_hash`."""
    return source_hash(Path(__file__).parents[1], patterns)
