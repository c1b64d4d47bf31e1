"""Reading the text of a whole diary: whatever somebody wrote into it, no more comes out than pages can be told.

Every entry, every choice and every time in it is checked as a form's is. It takes memory and time that the writer of
the text decides about, so a server has it done in a process of its own.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from datetime import date, datetime
from typing import Any, Final, Literal, get_args, get_origin, get_type_hints

from backstride.core.check_in import ANSWERS
from backstride.core.datetimes import EARLIEST, LATEST
from backstride.core.records import CLOCKS_MAY_DIFFER, MAX_PER_DAY, CoveredSpan
from backstride.core.scales import PainRating, Scale
from backstride.diary.archive import FORM, ArchivedEntry, DiaryArchive
from backstride.diary.rows import utc
from backstride.diary.schema import CALENDAR
from backstride.diary.serialization import KINDS, Record, SerializedRecord, deserialize, serialize
from backstride.errors import BackstrideError, BrokenFile

MAX_BYTES: Final = 16 * 2**20
"""Thirty years, told three times a day, are 12 MB."""
MAX_VERSIONS, MAX_CHOICES, MAX_SENTENCES = 60_000, 5_000, 20
MAX_TEXT_BYTES: Final = 100_000
_SLOT = re.compile(r"check-in (\d{4}-\d\d-\d\d)", re.ASCII)
_AHEAD = frozenset({"draw", "plan"})
"""They speak of days to come."""
_HINTS: Final = {kind: get_type_hints(kind) for kind in (*KINDS.values(), PainRating, Scale)}

Allowed = Callable[[str, str], bool]
"""Whether a choice, given by its name and value, is one that a page offers."""


def load_archive(text: str | bytes, *, allowed: Allowed, now: datetime) -> DiaryArchive:
    """Read a diary from text that `dump_archive` made.

    Args:
        text: JSON.
        allowed: which choices are taken over.
        now: check-ins, runs and measurements that lie ahead of it are left out; nothing was stored after it.

    Raises:
        BrokenFile: it is none, or something in it is not possible.
    """
    try:
        data = json.loads(text)
        if data["backstride_diary"] != FORM:
            raise _broken("it was written by a newer version of backstride")
        return _Reading(allowed, now).whole(data["entries"], data["choices"])
    except BrokenFile:
        raise
    except BackstrideError as error:
        raise _broken(error.problem) from error
    except (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError) as error:
        raise _broken("something in it is missing, or is not what belongs there") from error


@dataclass(slots=True)
class _Reading:
    allowed: Allowed
    at: datetime
    left_out: list[str] = field(default_factory=list)
    versions: int = 0
    days: Counter[date] = field(default_factory=Counter)

    def whole(self, entry_items: list[Any], choice_items: list[Any]) -> DiaryArchive:
        lines = b"".join(entry.line() for item in entry_items if (entry := self._entry(item)) is not None)
        choices = self._choices(choice_items)
        more = len(self.left_out) - MAX_SENTENCES
        said = (*self.left_out[:MAX_SENTENCES], *((f"And {more} more were left out.",) if more > 0 else ()))
        return DiaryArchive(lines, choices, said)

    def _entry(self, item: Mapping[str, Any]) -> ArchivedEntry | None:
        """One entry; None where it lies in the future."""
        kind, forms = item["kind"], item["versions"]
        self.versions += len(forms)
        if self.versions > MAX_VERSIONS:
            raise _broken(f"it holds more than {MAX_VERSIONS:,} versions of entries")
        contents = [serialize(_checked(deserialize(kind, form["content"]))) for form in forms]
        rows = tuple(self._row(form, content) for form, content in zip(forms, contents, strict=True))
        numbers = [row["number"] for row in rows]
        if not rows or numbers != list(range(1, len(rows) + 1)) or sum(row["current"] for row in rows) != 1:
            raise _broken("the versions of an entry do not follow each other")
        if kind not in _AHEAD and any(self._is_ahead(content) for content in contents):
            self.left_out.append(f"A {kind.replace('_', '-')} of {contents[-1].last_day} lies in the future.")
            return None
        self.days[contents[-1].first_day] += 1
        if self.days[contents[-1].first_day] > MAX_PER_DAY:
            raise _broken(f"it holds more than {MAX_PER_DAY} entries of {contents[-1].first_day}")
        return ArchivedEntry(kind, _slot(item["slot"], kind, {row["first_day"] for row in rows}), rows)

    def _row(self, form: Mapping[str, Any], content: SerializedRecord) -> dict[str, Any]:
        return {
            "number": _whole_number(form["number"]),
            "current": form["current"] is True,
            "first_day": content.first_day,
            "last_day": content.last_day,
            "key": content.key,
            "content": content.text,
            "stored_at": self._moment(form["stored_at"]),
            "told_at": None if form["told_at"] is None else self._moment(form["told_at"]),
            "answered": _answered(form.get("answered"), content.kind),
        }

    def _moment(self, text: str) -> str:
        """Parse the timestamp of an action, clamped to now in case the clock was wrong then."""
        moment = datetime.fromisoformat(text)
        if moment.tzinfo is None:
            raise _broken("a moment in it has no zone")
        return utc(min(max(moment, EARLIEST), self.at))

    def _is_ahead(self, content: SerializedRecord) -> bool:
        return content.first_day > (self.at + CLOCKS_MAY_DIFFER).date()

    def _choices(self, items: list[Any]) -> tuple[tuple[str, str, str], ...]:
        if len(items) > MAX_CHOICES:
            raise _broken(f"it holds more than {MAX_CHOICES:,} choices")
        each = [(choice["name"], choice["value"], self._moment(choice["chosen_at"])) for choice in items]
        unknown = {name for name, value, _ in each if not self._may_be(name, value)}
        if CALENDAR in unknown:
            self.left_out.append("The address of a calendar is not taken over. Make a new one.")
        self.left_out += [
            f"A choice that no page offers was left out: {_shown(name)}."
            for name in sorted(map(str, unknown - {CALENDAR}))
        ]
        return tuple(choice for choice in each if self._may_be(choice[0], choice[1]))

    def _may_be(self, name: object, value: object) -> bool:
        return isinstance(name, str) and isinstance(value, str) and self.allowed(name, value)


def _checked(record: Record) -> Record:
    """Return the record if every field has its type, every word can be stored, and its days are plausible."""
    _check_fields(record)
    days = (record.first_day, record.last_day) if isinstance(record, CoveredSpan) else (record.local_day,)
    if not all(EARLIEST.date() <= day < LATEST.date() for day in days):
        raise _broken("a day in it is not believable")
    return record


def _check_fields(noun: Any) -> None:  # noqa: ANN401 - a record, or a dataclass in one
    hints = _HINTS[type(noun)]
    for one in fields(noun):
        value = getattr(noun, one.name)
        if not _fits(value, hints[one.name]):
            raise _broken(f"a {one.name.replace('_', ' ')} in it is of another kind")
        if (
            isinstance(value, str) and len(value.encode()) > MAX_TEXT_BYTES
        ):  # half of a letter cannot be encoded
            raise _broken(f"a {one.name.replace('_', ' ')} in it is too long")
        if is_dataclass(value):
            _check_fields(value)


def _fits(value: object, hint: Any) -> bool:  # noqa: ANN401 - whatever a field may be declared as
    if get_origin(hint) is Literal:
        return value in get_args(hint)
    if get_origin(hint) is tuple:
        return isinstance(value, tuple) and all(_fits(one, get_args(hint)[0]) for one in value)
    if get_args(hint):
        return any(_fits(value, one) for one in get_args(hint))
    if hint is float:
        return isinstance(value, int | float) and not isinstance(value, bool)
    if hint is date:
        return isinstance(value, date) and not isinstance(value, datetime)
    if hint is int:
        return isinstance(value, int) and not isinstance(value, bool)
    return isinstance(value, hint)


def _slot(value: object, kind: str, days: Collection[date]) -> str | None:
    """Return the slot of a day's check-in; None for what does not speak of that day, or of others too."""
    if value is None:
        return None
    named = _SLOT.fullmatch(value) if isinstance(value, str) and kind == "check_in" else None
    if named is None:
        raise _broken("an entry has a place that none has")
    day = date.fromisoformat(named[1])
    return f"check-in {day}" if set(days) == {day} else None


def _answered(stated: object, kind: str) -> str | None:
    """Return the questions that a version answered; archives of earlier releases do not say."""
    if stated is None:
        return None
    if not isinstance(stated, str) or kind != "check_in" or not set(stated.split()) <= set(ANSWERS):
        raise _broken("a version in it answers what nobody asks")
    return stated


def _whole_number(value: object) -> int:
    if not isinstance(value, int) or isinstance(value, bool):
        raise _broken("the number of a version is none")
    return value


def _shown(name: str) -> str:
    return "".join(letter if letter.isprintable() else "?" for letter in name[:40])


def _broken(why: str) -> BrokenFile:
    return BrokenFile(
        f"The diary in this archive cannot be used: {why}.",
        advice="Export it again, or import the tables in it one by one.",
    )
