"""The days of rest that the activity files of a folder vouch for together, close enough to be a log."""

from collections.abc import Sequence
from itertools import pairwise
from typing import Final

from backstride.core.records import Records
from backstride.importers.base import ImportResult
from backstride.importers.coverage import MAX_DAYS_APART, LogFile, covered_by, lost_days, without_days

_NOBODY_KNOWS_WHEN: Final = (
    "An activity file cannot be used, and nothing says of which day it is. So days without a run "
    "count as not known, not as rest. Type its run into a table of runs, and the days that you "
    "know into a table of covered days."
)  # fmt: skip
_MAX_SPANS_NAMED, _MAX_FILES_NAMED = 3, 3


def vouched_by_none(log: Sequence[LogFile], undated: Sequence[str]) -> ImportResult:
    """Say that files vouch for no day of rest, since others that may hold runs cannot be used."""
    if sum(bool(file.days) for file in log) < 2:
        return ImportResult()
    named = ", ".join(undated[:_MAX_FILES_NAMED]) + (" ..." if len(undated) > _MAX_FILES_NAMED else "")
    note = (
        f"{named} may hold runs and cannot be used. So days without a run count as not known, not as rest. "
        "Give the days that you know in a table of covered days."
    )
    return ImportResult(notes=(note,))


def vouched_by(log: Sequence[LogFile], *, source: str) -> ImportResult:
    """Infer covered days between activity files close enough to be one log, with notes that say so."""
    if not any(file.days for file in log):
        return ImportResult()
    spans = covered_by(
        [(min(file.days), max(file.days)) for file in log if file.days],
        [one for file in log for one in file.skipped],
        source=source,
        least=2,
    )
    lost = lost_days(log)
    if lost is None:
        return ImportResult(notes=(_NOBODY_KNOWS_WHEN,))
    spans = without_days(spans, lost)
    if not spans:
        return ImportResult()
    named = [f"{span.first_day} - {span.last_day}" for span in spans[:_MAX_SPANS_NAMED]]
    more = [f"+{len(spans) - len(named)}"] if len(spans) > len(named) else []
    covered = ", ".join(named + more)
    notes = [f"Your files cover {covered}: a day in between without a run counts as a rest day."]
    if all((span.last_day - span.first_day).days < 2 for span in spans):
        notes = [f"Your files cover {covered}."]
    if lost:
        notes.append(
            f"Nothing is assumed of {min(lost)} to {max(lost)}: by its name an activity file lies there that cannot "
            "be used. Type its run into a table of runs."
        )
    if any((b.first_day - a.last_day).days > MAX_DAYS_APART for a, b in pairwise(spans)):
        notes.append(
            "Nothing is assumed of the days between these: no activity was recorded for more than "
            f"{MAX_DAYS_APART} days. If they were days of rest, say so in a table of covered days."
        )
    return ImportResult(Records(covered=spans), notes=tuple(notes))
