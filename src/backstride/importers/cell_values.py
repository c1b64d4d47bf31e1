"""What one cell says: a number, yes or no, minutes."""

import math
import re
from decimal import Decimal
from typing import Final, TypeVar, get_args

from backstride.core.datetimes import ZoneSource
from backstride.core.run import KindSource
from backstride.errors import BadValue

T = TypeVar("T")

_NUMBER = re.compile(r"[+-]?(\d+\.?\d*|\.\d+)(e[+-]?\d{1,3})?")
_THOUSANDS: Final = re.compile(r"[1-9]\d{0,2}(?:[.,]\d{3})+")
_GROUPED = re.compile(r"[+-]?\d{1,3}([.,' \u00a0\u202f]\d{3})+([.,]\d+)?")
_PLAIN_SIGNS: Final = {
    **dict.fromkeys((0x2010, 0x2011, 0x2012, 0x2212), "-"),
    **dict.fromkeys(
        (*range(0x200B, 0x2010), *range(0x202A, 0x202F), *range(0x2066, 0x206A), 0xFEFF, 0xAD), ""
    ),
    0x066B: ".",
    0x066C: "",
}
_SPACED: Final = re.compile(r"(?<=\d)[ \u00a0\u202f'\u2019](?=\d{3}(?!\d))")
"""A blank between thousands."""
YES: Final = frozenset(
    {"yes", "y", "true", "t", "1", "x", "ja", "j", "wahr", "oui", "s\u00ed", "si", "\u2713", "\u2714"}
)
NO: Final = frozenset({"no", "n", "false", "f", "0", "nein", "falsch", "non", "\u2717", "\u2718"})


def in_plain_signs(text: str) -> str:
    """Replace other scripts' hyphens and decimal signs, and drop marks that only steer how text is shown."""
    return text if text.isascii() else text.translate(_PLAIN_SIGNS)


def number(text: str, *, what: str) -> Decimal | None:
    """Parse the number in a cell, with decimal point or comma; None where it is empty.

    Raises:
        BadValue: it holds something else.
    """
    if not text:
        return None
    plain = _SPACED.sub("", text.lower().replace("\u2212", "-"))
    if _GROUPED.fullmatch(plain) and sum(plain.count(c) for c in ".,' \u00a0\u202f") > 1:
        last = max(plain.rfind("."), plain.rfind(","))
        if plain.count(plain[last]) > 1:
            last = len(plain)
        plain = re.sub(r"[^\d+-]", "", plain[:last]) + "." + plain[last + 1 :]
    plain = plain.replace(",", ".")
    if not _NUMBER.fullmatch(plain):
        raise BadValue(
            f"The {what} '{text[:40]}' is not a number.", advice="Write a number there, or nothing."
        )
    return Decimal(plain)


def without_thousands(text: str) -> str:
    """Take the sign between thousands out of whole seconds or metres: 1.920 and 1,920 are nearly two thousand."""
    return re.sub(r"[.,]", "", text) if _THOUSANDS.fullmatch(text.strip()) else text


def amount(text: str, *, what: str, units: int = 1) -> float | None:
    """Parse a number and convert to a unit `units` times smaller (minutes to seconds: 60); None if empty."""
    value = number(text, what=what)
    return None if value is None else float(value * units)


def rough(text: str, *, what: str, unit: int = 1) -> float | None:
    """Parse a number that a record can do without, times its unit; None in an empty cell, nan in one with words."""
    try:
        return amount(text, what=what, units=unit)
    except BadValue:
        return math.nan


def yes_no(text: str, *, what: str) -> bool | None:
    """Parse a yes or no in a cell; None where it is empty.

    Raises:
        BadValue: it is neither yes nor no.
    """
    word = text.lower()
    if not word:
        return None
    if word in YES or word in NO:
        return word in YES
    raise BadValue(
        f"'{text[:40]}' under {what} is neither yes nor no.", advice="Write yes or no, or nothing."
    )


def zone_known(text: str) -> ZoneSource | None:
    """Return how an exported table says that a time's zone is known; None where it does not say.

    Raises:
        BadValue: it says something else.
    """
    return _one_of(get_args(ZoneSource), text, what="zone")


def kind_known(text: str) -> KindSource | None:
    """Return how an exported table says that the kind of a session is known; None where it does not say.

    Raises:
        BadValue: it says something else.
    """
    return _one_of(get_args(KindSource), text, what="kind_known")


def _one_of(words: tuple[T, ...], text: str, *, what: str) -> T | None:
    found = [word for word in words if word == text.lower()]
    if text and not found:
        raise BadValue(
            f"'{text[:40]}' under {what} is none of {', '.join(map(str, words))}.",
            advice="Write one of them, or nothing; an offset belongs to the time itself.",
        )
    return found[0] if found else None
