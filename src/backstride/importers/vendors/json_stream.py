"""JSON, one record after the other: a damaged end costs only what stands behind the damage."""

import codecs
import json
import re
from collections.abc import Iterator, Mapping
from typing import Final

from backstride.errors import BadValue, BrokenFile
from backstride.importers.packing import MAX_BYTES

JsonObject = Mapping[str, object]

MAX_RECORDS: Final = 100_000
CUT_SHORT: Final = "it is damaged or ends early, and what stands before that was read; export it once more"
_KEY = re.compile(rb'"((?:[^"\\]|\\.){1,80})"\s*:')
_BETWEEN = re.compile(r"[\s,]*")
_DECODER = json.JSONDecoder()


def looks_like_json(head: bytes) -> bool:
    """Whether a file that begins so is an object, or a list of them."""
    return re.match(rb"(\s*\[)*\s*\{", head.removeprefix(codecs.BOM_UTF8)) is not None


def keys_in(head: bytes) -> frozenset[str]:
    """Collect all field names in the first bytes of a file, however deep; none where it is no JSON."""
    if not looks_like_json(head):
        return frozenset()
    return frozenset(key.decode("utf-8", errors="replace") for key in _KEY.findall(head))


class JsonRecords:
    """The objects of a JSON file, one at a time; only the one at hand is held as Python objects.

    Attributes:
        doubts: what was wrong with the file, known when all were taken.
    """

    def __init__(self, content: bytes, *, name: str, within: str = "") -> None:
        """Those of the outermost list, of the list in field `within`, or the single outermost object.

        Raises:
            BrokenFile: the file is too large.
        """
        if len(content) > MAX_BYTES:
            raise BrokenFile(
                f"{name} is larger than {MAX_BYTES // 2**20} MB.",
                advice="No record of runs is that large; leave it out.",
            )
        self.doubts: list[str] = []
        self._name = name
        self._text = content.decode("utf-8-sig", errors="replace")
        self._begin = _list_in(self._text, within)

    def __iter__(self) -> Iterator[JsonObject]:
        """Every object; anything else in the list is passed over."""
        position = self._begin
        for _ in range(MAX_RECORDS):
            position = _BETWEEN.match(self._text, position).end()  # type: ignore[union-attr]
            if position >= len(self._text):
                self.doubts += [CUT_SHORT] if self._text[self._begin - 1 : self._begin] == "[" else []
                return
            if self._text[position] in "]}":
                return
            try:
                value, position = _DECODER.raw_decode(self._text, position)
            except (ValueError, RecursionError):
                self.doubts.append(CUT_SHORT)
                return
            if isinstance(value, dict):
                yield value
            if self._begin == 0:
                return
        self.doubts.append(f"it holds more than {MAX_RECORDS:,} records; the rest was left out")


def _list_in(text: str, within: str) -> int:
    """Where the first record begins."""
    if within:
        found = re.search(rf'"{re.escape(within)}"\s*:\s*\[', text)
        if found:
            return found.end()
    begin = re.match(r"\s*\[", text)
    return begin.end() if begin else 0


def inner(record: JsonObject, *names: str) -> JsonObject:
    """Return the first object among these fields; an empty one where there is none."""
    return next((value for value in map(record.get, names) if isinstance(value, dict)), {})


def listed(record: JsonObject, name: str) -> list[JsonObject]:
    """Return the objects in a list field; none where it is no list."""
    value = record.get(name)
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def text(record: JsonObject, *names: str) -> str:
    """Return the first text among these fields; empty where there is none."""
    return next((value for value in map(record.get, names) if isinstance(value, str)), "")


def real(record: JsonObject, *names: str) -> float | None:
    """Return the first number among these fields, also one written as text; None where there is none.

    Raises:
        BadValue: it is no number.
    """
    for name in names:
        value = record.get(name)
        if value is None or value == "":
            continue
        if isinstance(value, bool) or not isinstance(value, int | float | str):
            raise _no_number(name, value)
        try:
            return float(value)
        except (ValueError, OverflowError) as error:
            raise _no_number(name, value) from error
    return None


def _no_number(name: str, value: object) -> BadValue:
    return BadValue(
        f"Its {name} is {_shown(value)!r}, which is no number.", advice="Export the activity once more."
    )


def _shown(value: object) -> str:
    """Return a field's value, shortened; huge integers cannot even be converted to text."""
    return "a number without end" if type(value) is int else str(value)[:40]
