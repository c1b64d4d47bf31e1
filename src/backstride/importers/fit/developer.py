"""Developer fields: what apps on the watch add to its messages, and which known field one stands in for.

An app describes each of its fields once, in a message of its own: a name, a unit, a base type and, where the
field measures what FIT knows already, the number of the known field.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

import numpy as np

from backstride.importers.fit.layout import Floats
from backstride.importers.fit.messages import FitPart, Messages

DESCRIPTION: Final = 206
_WHOSE, _NUMBER, _BASE, _NAME, _UNITS, _MESSAGE, _STANDS_FOR = 0, 1, 2, 3, 8, 14, 15
_EXERTION: Final = re.compile(r"\brpe\b|perceived[ _]?exertion|anstrengung", re.IGNORECASE)
_METRES: Final = {"km": 1000.0, "cm": 0.01, "mi": 1609.344, "mile": 1609.344, "miles": 1609.344}


@dataclass(frozen=True, slots=True)
class Described:
    """One developer field: whose it is and its number, its base type, its name, its unit, its known field."""

    key: tuple[int, int]
    base: int
    name: str
    unit: str
    message: float
    stands_for: float


def described(part: FitPart) -> tuple[Described, ...]:
    """Return every developer field that the file describes."""
    messages = part.messages(DESCRIPTION)
    if not len(messages):
        return ()
    whose, numbers, bases = (messages.column(field) for field in (_WHOSE, _NUMBER, _BASE))
    message, stands_for = messages.column(_MESSAGE), messages.column(_STANDS_FOR)
    names, units = messages.bytes_of(_NAME), messages.bytes_of(_UNITS)
    return tuple(
        Described(
            (int(whose[i]), int(numbers[i])),
            int(bases[i]),
            _text(names[i]),
            _text(units[i]),
            float(message[i]),
            float(stands_for[i]),
        )
        for i in np.flatnonzero(~np.isnan(whose + numbers + bases))
    )


def stand_in(fields: Iterable[Described], rows: Messages, *, message: int, field: int) -> Floats:
    """Return developer-field values that replace a native field, in metres for lengths; nan where there are none.

    Args:
        fields: that the file describes.
        rows: the messages of one kind.
        message: the number of that kind.
        field: the number of the known field.

    Returns:
        One value for each message, shape (messages,).
    """

    def fits(one: Described) -> bool:
        return one.stands_for == field and (np.isnan(one.message) or one.message == message)

    return _first_known(rows, [(one, _METRES.get(one.unit.lower(), 1.0)) for one in fields if fits(one)])


def exertion(fields: Iterable[Described], rows: Messages) -> Floats:
    """Read the perceived exertion 0-10 that an app asked for, shape (messages,); nan where there is none."""
    values = _first_known(rows, [(one, 1.0) for one in fields if _asks(one.name)])
    return np.where((values > 0) & (values <= 10), values, np.nan)


def feeling(fields: Iterable[Described], rows: Messages) -> Floats:
    """Return how it felt, 0-10, shape (messages,): Suunto's five faces, poor (1) to excellent (5)."""
    faces = _first_known(rows, [(one, 1.0) for one in fields if one.name == "feeling"])
    return np.where((faces >= 1) & (faces <= 5), 2.5 * (faces - 1.0), np.nan)


def _asks(name: str) -> bool:
    return bool(_EXERTION.search(name)) and "estimat" not in name.lower()


def _first_known(rows: Messages, fields: Iterable[tuple[Described, float]]) -> Floats:
    """Return, for each message, the first of these fields with a value, times its factor."""
    values = np.full(len(rows), np.nan)
    for one, factor in fields:
        values = np.where(np.isnan(values), rows.developer_column(one.key, one.base) * factor, values)
    return values


def _text(raw: bytes) -> str:
    return raw.split(b"\0", 1)[0].decode("utf-8", errors="replace")
