"""The headings of a table: what they say once capitals, blanks and units are taken away."""

import re
import unicodedata
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from backstride.importers.durations import HOURS, MINUTES, SECONDS

TIME_UNITS: Final = {
    **dict.fromkeys(SECONDS, 1.0),
    **dict.fromkeys(MINUTES, 60.0),
    **dict.fromkeys(HOURS, 3600.0),
    **dict.fromkeys(("d", "day", "days", "tage"), 86_400.0),
}
"""Seconds in a unit of time, as headings name it."""
LENGTH_UNITS: Final = {
    **dict.fromkeys(("km", "k", "kms", "kilometer", "kilometers", "kilometre", "kilometres", "kilomètres",
                     "kilómetros",
                     "chilometri", "quilômetros", "км", "χλμ", "公里", "キロ", "킬로미터"), 1000.0),
    **dict.fromkeys(("m", "meter", "meters", "metre", "metres", "mètres", "metros", "metri", "м", "米", "公尺",
                     "メートル", "미터"), 1.0),
    **dict.fromkeys(("mi", "mile", "miles", "meile", "meilen", "millas", "miglia", "milhas", "mijl", "マイル",
                     "英里"), 1609.344),
    **dict.fromkeys(("yd", "yard", "yards"), 0.9144),
}  # fmt: skip
"""Metres in a unit of length."""
_RANGE: Final = re.compile(r"(\d{1,3})\s*(?:-|\u2013|\u2012|to|bis)\s*(\d{1,3})")
_UNIT_AT_END: Final = re.compile(
    r"(?P<bare>.*[^\W_])(?:\s*[(\[]\s*|\s+in\s+|\s*/\s*|\s*,\s*|_+|\s+)"
    rf"(?P<unit>[^\W\d_]+\.?|{_RANGE.pattern})\s*[)\]]?\s*"
)
_LAST_WORD: Final = re.compile(r"[^\W\d_]+$")
_WITHOUT_UMLAUTS: Final = {ord("ä"): "ae", ord("ö"): "oe", ord("ü"): "ue", ord("ß"): "ss"}
_WITHOUT_ACCENTS: Final = dict.fromkeys((*range(0x300, 0x345), *range(0x346, 0x370)))
_MAX_REMEMBERED: Final = 60
_DAY: Final = re.compile(r"\d{4}-\d\d?-\d\d?$|\d{1,2}[./]\d{1,2}[./](?:\d{2,4})?$")
_WEEKDAYS: Final = frozenset(
    {"mon", "tue", "wed", "thu", "fri", "sat", "sun", "mo", "di", "mi", "do", "fr", "sa", "so", "lun", "mar", "mer",
     "jeu", "ven", "sam", "dim", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday",
     "montag", "dienstag", "mittwoch", "donnerstag", "freitag", "samstag", "sonntag"}
)  # fmt: skip
_MIN_DAYS: Final = 3
SIDEWAYS: Final = (
    "Give one row to each day: copy the table, and paste it transposed (rows and columns changed over)."
)
"""What helps where the columns are days."""


def plain(heading: str) -> str:
    """Normalise a heading for comparison: no capitals, spaces, dashes, dots, umlauts or accents."""
    return _remembered(heading) if len(heading) <= _MAX_REMEMBERED else _without_all(heading)


def without_unit(heading: str) -> tuple[str, str]:
    """Split a normalised heading from the unit or range at its end; both empty where there is none.

    Returns:
        The heading alone, and the unit or the range.
    """
    # brackets of full width, as in Japanese sheets
    found = _UNIT_AT_END.fullmatch(unicodedata.normalize("NFKC", heading[:_MAX_REMEMBERED]))
    if not found:
        return "", ""
    unit = found["unit"].lower().rstrip(".")
    before = _LAST_WORD.search(found["bare"].lower())
    is_two = before and found.string[found.end("bare") :].lstrip().startswith("/")
    if is_two and before and any({before[0], unit} <= units.keys() for units in (TIME_UNITS, LENGTH_UNITS)):
        return "", ""  # 'km/miles': nobody knows which of the two is meant
    if ends := _RANGE.fullmatch(unit):
        return plain(found["bare"]), f"{ends[1]}-{ends[2]}"
    return (plain(found["bare"]), unit) if unit in TIME_UNITS or unit in LENGTH_UNITS else ("", "")


def _without_all(heading: str) -> str:
    letters = unicodedata.normalize("NFD", heading.lower().translate(_WITHOUT_UMLAUTS))
    letters = unicodedata.normalize("NFC", letters.translate(_WITHOUT_ACCENTS))
    return re.sub(r"[\W_]+", "", letters)


_remembered = lru_cache(maxsize=4096)(_without_all)
"""The same headings are compared for every table; what is longer than a heading is not kept."""


def is_sideways(header: Sequence[str]) -> bool:
    """Whether the columns of a table are days, or days of the week, so that a row is no day."""
    others = [cell.strip().strip('"').lower().rstrip(".") for cell in header[1:] if cell.strip()]
    days = sum(bool(_DAY.match(cell)) or cell in _WEEKDAYS for cell in others)
    return days >= _MIN_DAYS and days >= 0.8 * len(others)
