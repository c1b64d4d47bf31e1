"""JSON files that come from elsewhere: opened, known by their format, and every value checked before it is used."""

import json
import re
from collections.abc import Callable, Mapping
from typing import Any, Final, TypeVar

from backstride.errors import BadTable

T = TypeVar("T")
MONTH: Final = re.compile(r"20\d\d-(0[1-9]|1[0-2])", re.ASCII)
"""A month, as in 2026-11."""


def read_checked(
    text: str,
    made_of: Callable[[Mapping[str, Any]], T],
    *,
    file_format: str,
    most_bytes: int,
    refused: Callable[[str], BadTable],
) -> T:
    """Parse a file and build what it holds.

    Args:
        text: of the file.
        made_of: builds it from the parsed object, and raises where a value is missing or not possible.
        file_format: what the file has to call itself.
        most_bytes: a longer file is not parsed.
        refused: makes the error, from the reason in a few words.

    Raises:
        BadTable: it is no such file, or a value of it is not possible.
    """
    try:
        found = json.loads(text) if len(text) <= most_bytes else None
    except (ValueError, RecursionError) as error:
        raise refused("it is another kind of file") from error
    try:
        if not isinstance(found, dict) or found.get("format") != file_format:
            raise refused("it does not call itself " + file_format)
        return made_of(found)
    except (ValueError, RecursionError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise refused("a value in it is missing or not possible") from error


def is_number(value: object, least: float, most: float) -> bool:
    """Whether a value of JSON is a number, no truth value, between both bounds."""
    return isinstance(value, int | float) and not isinstance(value, bool) and least <= value <= most
