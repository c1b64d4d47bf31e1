"""Two check-ins of one moment that answer one question differently: nobody knows which of them counts."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any, Final

from backstride.core.check_in import QUESTIONS, CheckIn
from backstride.importers.base import ImportResult, Skipped

_ASKED: Final = ("pain", *QUESTIONS, "drawn_to_run")
_MAX_NAMED: Final = 5
_WRITE_TIMES: Final = (
    "Write the time of day of each row, or 'morning' and 'evening' into a column called 'time of day'."
)


def contradictions(groups: Iterable[Sequence[CheckIn]]) -> dict[datetime, tuple[str, ...]]:
    """Find the moments at which two check-ins of different groups answer a question differently.

    Args:
        groups: the check-ins of each source; those within one group do not contradict each other.

    Returns:
        Each such moment, and the questions.
    """
    said: dict[tuple[datetime, str], list[set[Any]]] = {}
    for group in groups:
        own: dict[tuple[datetime, str], set[Any]] = {}
        for check_in in group:
            for name in _ASKED:
                if (value := getattr(check_in, name)) is not None:
                    own.setdefault((check_in.moment, name), set()).add(value)
        for key, values in own.items():
            said.setdefault(key, []).append(values)
    found: dict[datetime, tuple[str, ...]] = {}
    for (moment, name), each in said.items():
        if any(values != each[0] for values in each[1:]):
            found[moment] = (*found.get(moment, ()), name)
    return found


def without_contradictions(
    check_ins: Iterable[CheckIn], differing: Mapping[datetime, Sequence[str]]
) -> list[CheckIn]:
    """Take the answers away that contradict each other; a check-in may be left without any."""
    left = []
    for check_in in check_ins:
        unknown: dict[str, Any] = dict.fromkeys(differing.get(check_in.moment, ()))
        left.append(replace(check_in, **unknown))
    return left


def says_anything(check_in: CheckIn) -> bool:
    """Whether a check-in still holds an answer or a note."""
    return bool(check_in.note) or any(getattr(check_in, name) is not None for name in _ASKED)


def named(differing: Mapping[datetime, Sequence[str]]) -> tuple[str, str]:
    """Return the questions and the first of the moments, in words.

    Returns:
        The questions; and the times.
    """
    names = dict.fromkeys(name.replace("_", " ") for each in differing.values() for name in each)
    when = [f"{at:%Y-%m-%d %H:%M}" for at in sorted(differing)]
    return ", ".join(names), ", ".join(when[:_MAX_NAMED]) + (" ..." if len(when) > _MAX_NAMED else "")


def of_one_table(
    name: str, check_ins: Sequence[CheckIn], wheres: Sequence[str]
) -> tuple[list[CheckIn], list[Skipped], tuple[str, ...]]:
    """Take out what two rows of one table answer differently for one moment, as for a day without times.

    Args:
        name: the table's.
        check_ins: of its rows.
        wheres: the row of each.

    Returns:
        The check-ins that still say something; the rows that do not; and a note.
    """
    differing = contradictions([one] for one in check_ins)
    if not differing:
        return list(check_ins), [], ()
    left = without_contradictions(check_ins, differing)
    skipped = [
        Skipped(where, f"Another row of the same time answers otherwise. {_WRITE_TIMES}")
        for one, where in zip(left, wheres, strict=True)
        if not says_anything(one)
    ]
    what, when = named(differing)
    said = f"{name}: rows of one time answer differently ({what}: {when}), so that none of these answers was read."
    return [one for one in left if says_anything(one)], skipped, (f"{said} {_WRITE_TIMES}",)


def of_several_files(result: ImportResult, files: Mapping[str, Sequence[CheckIn]]) -> ImportResult:
    """Take out what two files of one import answer differently for one moment.

    Args:
        result: of all files.
        files: the check-ins of each, by its name.
    """
    differing = contradictions(files.values())
    if not differing:
        return result
    left = without_contradictions(result.records.check_ins, differing)
    what, when = named(differing)
    moments = differing.keys()
    names = [name for name, given in files.items() if moments & {one.moment for one in given}]
    note = (
        f"{' and '.join(names)} answer differently for the same time ({what}: {when}), so that none of these answers "
        "was read. Correct one of them, or take it away."
    )
    records = replace(result.records, check_ins=tuple(one for one in left if says_anything(one)))
    return replace(result, records=records, notes=(note, *result.notes))
