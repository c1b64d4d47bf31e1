"""What the readers of apps share: a session as an app tells it, and every record of a file made or refused."""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from backstride.core.check_in import CheckIn
from backstride.core.measurement import Measurement
from backstride.core.moments import ZoneSource
from backstride.core.records import CoveredSpan, Records
from backstride.core.run import Run
from backstride.errors import BadInput, BadValue, BrokenFile
from backstride.importers.base import ImportResult, Skipped
from backstride.importers.recorder import moment_of
from backstride.importers.runs_table import FIRST_TO_LAST, HOLDS_EVERY_RUN
from backstride.importers.sport_words import Kind

Record = Run | CheckIn | Measurement
Moment = tuple[datetime, ZoneSource]
T = TypeVar("T")

MOST_DAYS_APART: Final = 60
"""Whose app holds nothing for longer may have stopped recording."""
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppSession:
    """One session as an app tells it; 0 stands for 'not measured' where that is how apps write it."""

    moment: Moment
    kind: Kind
    moving_s: float | None
    elapsed_s: float | None = None
    distance_m: float | None = None
    rpe: float | None = None
    feel_0_10: float | None = None
    heart_rate: float | None = None


def run_of(session: AppSession, *, where: str) -> Run:
    """The session as a run.

    Raises:
        BadValue: it tells no duration, or something that no runner can do.
    """
    moving = session.elapsed_s if session.moving_s is None else session.moving_s
    if not moving:
        raise BadValue("It tells no duration.", advice="Type this session into a table of runs.")
    elapsed = session.elapsed_s
    return Run(
        start=session.moment[0],
        zone_source=session.moment[1],
        moving_s=moving,
        elapsed_s=elapsed if elapsed is None or elapsed > moving else moving,
        distance_m=session.distance_m or None,
        activity=session.kind.activity,
        kind_source=session.kind.by,
        kind_word=session.kind.word,
        rpe=session.rpe or None,
        feel_0_10=session.feel_0_10,
        heart_rate_mean=session.heart_rate or None,
        source=where,
    )


def at_seconds(seconds: float, *, zone: ZoneInfo, east_s: float | None = None) -> Moment:
    """The moment so many seconds after 1970 UTC, told at an offset where one is known, else in the person's zone.

    Raises:
        BadValue: there is no such time.
    """
    try:
        moment = _EPOCH + timedelta(seconds=seconds)
        if east_s is None or not _is_offset(east_s):
            return moment.astimezone(zone), "assumed"
        return moment.astimezone(timezone(timedelta(seconds=east_s))), "stated"
    except (OverflowError, ValueError) as error:
        raise _no_time(f"{seconds:g}") from error


def at_text(text: str, *, zone: ZoneInfo, east_s: float | None = None) -> Moment:
    """The moment that a text like 2026-05-01T07:30:00.0+02:00 names; without a zone it is local time.

    Args:
        text: date and time.
        zone: the person's own zone.
        east_s: seconds ahead of UTC, where the file tells them elsewhere.

    Raises:
        BadValue: it names none.
    """
    moment = moment_of(text.replace("/", "-", 2) if text[4:5] == "/" else text)
    if moment is None:
        raise _no_time(text)
    known = east_s is not None and _is_offset(east_s)
    try:
        if moment.tzinfo is UTC or (moment.utcoffset() == timedelta() and known):
            return at_seconds((moment - _EPOCH).total_seconds(), zone=zone, east_s=east_s)
        if moment.tzinfo is not None:
            return moment, "stated"
        if known:
            return moment.replace(tzinfo=timezone(timedelta(seconds=east_s or 0.0))), "stated"
        return moment.replace(tzinfo=zone).astimezone(UTC).astimezone(zone), "assumed"
    except OverflowError as error:
        raise _no_time(text) from error


def _is_offset(east_s: float) -> bool:
    return abs(east_s) <= 14 * 3600 and east_s % 900 == 0


def _no_time(text: str) -> BadValue:
    return BadValue(
        f"Its start is '{text[:40]}', which is no time.", advice="Type this session into a table of runs."
    )


def collected(
    items: Iterable[T], make: Callable[[T, str], Record | None], *, name: str, unit: str
) -> ImportResult:
    """What `make` makes of every item (None leaves one out without a word), and those that it refused.

    Args:
        items: as the file tells them.
        make: takes an item and its place in words.
        name: the file's name, for the report.
        unit: what the format calls one ("activity", "entry").
    """
    made: dict[Record, Record] = {}
    skipped: list[Skipped] = []
    for count, item in enumerate(items, start=1):
        where = f"{name} {unit} {count}"
        try:
            record = make(item, where)
        except BadInput as error:
            skipped.append(Skipped(where, str(error)))
            continue
        if record is None:
            continue
        if replace(record, source="") in made:
            skipped.append(Skipped(where, "The same stands in the file twice; it was taken once."))
        else:
            made[replace(record, source="")] = record
    return ImportResult(records_of(made.values()), tuple(skipped))


def records_of(made: Iterable[Record]) -> Records:
    """Runs, check-ins and measurements, each with their like."""
    everything = list(made)
    return Records(
        check_ins=tuple(one for one in everything if isinstance(one, CheckIn)),
        runs=tuple(one for one in everything if isinstance(one, Run)),
        measurements=tuple(one for one in everything if isinstance(one, Measurement)),
    )


def told(
    result: ImportResult, *, name: str, doubts: Iterable[str] = (), is_log: bool = False
) -> ImportResult:
    """The result with what was wrong with the file; refused where nothing in it can be used.

    Args:
        result: what was made and skipped.
        name: the file's name, for the report.
        doubts: what was wrong with the file, each a clause.
        is_log: it holds all sessions of an account, so that days between them are days of rest.

    Raises:
        BrokenFile: there is nothing in it, or nothing that can be used.
    """
    if not result.records.count:
        raise _nothing_in(name, result.skipped)
    notes = tuple(f"{name}: {doubt}." for doubt in dict.fromkeys(doubts))
    result = ImportResult(notes=notes) + result
    return result + _vouched(result.records.runs, name) if is_log else result


def _nothing_in(name: str, skipped: Sequence[Skipped]) -> BrokenFile:
    if not skipped:
        return BrokenFile(
            f"{name} holds nothing that could be taken in.", advice="Export it once more, or leave it out."
        )
    problem, _, advice = skipped[0].why.partition(". ")
    return BrokenFile(f"{name} cannot be used. {problem}.", advice=advice or "Leave it out.")


def _vouched(runs: Sequence[Run], name: str) -> ImportResult:
    """The days between sessions that lie at most 60 days apart, where there are two or more."""
    spans = tuple(
        CoveredSpan(a, b, name + FIRST_TO_LAST) for a, b in _stretches([run.local_day for run in runs])
    )
    if not spans:
        return ImportResult()
    note = (
        f"{name}: {HOLDS_EVERY_RUN} {spans[0].first_day} to {spans[-1].last_day}"
        f"{', but for gaps of over 60 days' if len(spans) > 1 else ''}, so that its other days "
        "are days of rest; give a table of covered days if it does not."
    )
    return ImportResult(Records(covered=spans), notes=(note,), implied=spans)


def _stretches(days: Iterable[date]) -> Iterable[tuple[date, date]]:
    ordered = sorted(set(days))
    while ordered:
        count = 1
        while count < len(ordered) and (ordered[count] - ordered[count - 1]).days <= MOST_DAYS_APART:
            count += 1
        if count > 1:
            yield ordered[0], ordered[count - 1]
        ordered = ordered[count:]
