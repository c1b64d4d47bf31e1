"""What the readers of apps share: a session as an app tells it, and every record of a file made or refused."""

import math
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone
from typing import Final, TypeVar
from zoneinfo import ZoneInfo

from backstride.core.best_of_each import JOIN
from backstride.core.check_in import CheckIn
from backstride.core.datetimes import ZoneSource
from backstride.core.measurement import Measurement
from backstride.core.records import Records
from backstride.core.run import Run
from backstride.core.same_run import VIA
from backstride.errors import BadInput, BadValue, BrokenFile
from backstride.importers.base import ImportResult, Skipped
from backstride.importers.coverage import covered_by, notes_on
from backstride.importers.implied_cover import FIRST_TO_LAST, span_notes
from backstride.importers.place_zone import is_winter_offset
from backstride.importers.recorder import moment_of
from backstride.importers.secondary import SECONDARY, impossible, left_out_note
from backstride.importers.sport_words import Kind

Record = Run | CheckIn | Measurement
Moment = tuple[datetime, ZoneSource]
T = TypeVar("T")

_DAY_S, _TIMES_MOVING = 86_400.0, 4.0
_EPOCH: Final = datetime(1970, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True, kw_only=True)
class AppSession:
    """One session as an app tells it; 0 stands for 'not measured' where that is how apps write it.

    `app` is who recorded it, in an export that collects from several: two of them may record one session.
    """

    moment: Moment
    kind: Kind
    moving_s: float | None
    elapsed_s: float | None = None
    distance_m: float | None = None
    rpe: float | None = None
    feel_0_10: float | None = None
    heart_rate: float | None = None
    app: str = ""


def _impossible(session: AppSession) -> list[str]:
    wrong = impossible({name: getattr(session, name) for name in SECONDARY})
    elapsed, moving = session.elapsed_s or 0.0, session.moving_s or 0.0
    if moving and elapsed > max(_DAY_S, _TIMES_MOVING * moving) and "elapsed_s" not in wrong:
        wrong.append("elapsed_s")  # a wrong end, or a stop that was forgotten for days
    return wrong


def run_of(session: AppSession, *, where: str) -> Run:
    """Convert a session to a run, without implausible secondary numbers.

    Raises:
        BadValue: it tells neither a duration nor a distance, or a duration in which nobody runs.
    """
    bad = _impossible(session)
    sound = {name: None if name in bad else getattr(session, name) for name in SECONDARY}
    elapsed = sound["elapsed_s"] or None
    moving = elapsed if session.moving_s is None else session.moving_s
    is_unread = moving is not None and math.isnan(moving)
    moving = moving or None
    if is_unread or (moving is None and not sound["distance_m"]):  # a way without a time is of unknown length
        raise BadValue("It gives no duration.", advice="Type this session into a table of runs.")
    source = f"{where}{VIA}{app}" if (app := _printable(session.app)) else where
    return Run(
        start=session.moment[0],
        zone_source=session.moment[1],
        moving_s=moving,
        elapsed_s=elapsed if elapsed is None or moving is None else max(elapsed, moving),
        distance_m=sound["distance_m"] or None,
        activity=session.kind.activity,
        kind_source=session.kind.by,
        kind_word=session.kind.word,
        rpe=sound["rpe"] or None,
        feel_0_10=sound["feel_0_10"],
        heart_rate_mean=sound["heart_rate"] or None,
        source=source,
    )


def _printable(app: str) -> str:
    return "".join(letter for letter in app.replace(JOIN, " ") if letter.isprintable()).strip()[:40]


def at_seconds(seconds: float, *, zone: ZoneInfo, east_s: float | None = None) -> Moment:
    """Convert seconds since 1970 UTC to a timestamp at a known offset, else in the person's zone.

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
    """Parse a timestamp like 2026-05-01T07:30:00.0+02:00; without a zone it is local time.

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
        if moment.tzinfo is not None and is_winter_offset(moment, zone=zone):
            return moment.astimezone(zone), "assumed"
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


Made = Record | AppSession
"""What a reader makes of an item; a session becomes a run."""


class Gathering:
    """Records made one after the other: each once, and what was refused, left out and doubted on the way.

    Attributes:
        skipped: what cannot be used.
    """

    def __init__(self) -> None:
        """Begin with nothing."""
        self.skipped: list[Skipped] = []
        self._made: dict[Record, Record] = {}
        self._left_out: Counter[str] = Counter()

    def add(self, made: Made, where: str) -> Record | None:
        """Add a record, or the run of a session; return None where it was refused, or is there already."""
        if isinstance(made, AppSession):
            try:
                record: Record = run_of(made, where=where)
            except BadInput as error:
                self.skipped.append(Skipped(where, str(error), is_session=True, day=made.moment[0].date()))
                return None
            self._left_out.update(SECONDARY[name][0] for name in _impossible(made))
        else:
            record = made
        if replace(record, source="") in self._made:
            self.skipped.append(Skipped(where, "The same stands in the file twice; it was taken once."))
            return None
        self._made[replace(record, source="")] = record
        return record

    def refuse(self, where: str, error: BadInput, *, is_session: bool, day: date | None = None) -> None:
        """One thing of which nothing could be made."""
        self.skipped.append(Skipped(where, str(error), is_session=is_session, day=day))

    def result(self, name: str) -> ImportResult:
        """Read all of it."""
        return ImportResult(
            records_of(self._made.values()),
            tuple(self.skipped),
            tuple(left_out_note(self._left_out, name=name)),
        )


def collected(
    items: Iterable[T],
    make: Callable[[T, str], Made | None],
    *,
    name: str,
    unit: str,
    are_sessions: bool = True,
) -> ImportResult:
    """Convert every item with `make` (None leaves one out silently), and collect those that it refused.

    Args:
        items: as the file tells them.
        make: takes an item and its place in words.
        name: the file's name, for the report.
        unit: what the format calls one ("activity", "entry").
        are_sessions: whether an item is a session, so that the day of one that is refused is unknown.
    """
    gathering = Gathering()
    for count, item in enumerate(items, start=1):
        where = f"{name} {unit} {count}"
        try:
            made = make(item, where)
        except BadInput as error:
            gathering.refuse(where, error, is_session=are_sessions)
            continue
        if made is not None:
            gathering.add(made, where)
    return gathering.result(name)


def records_of(made: Iterable[Record]) -> Records:
    """Sort records into runs, check-ins and measurements."""
    everything = list(made)
    return Records(
        check_ins=tuple(one for one in everything if isinstance(one, CheckIn)),
        runs=tuple(one for one in everything if isinstance(one, Run)),
        measurements=tuple(one for one in everything if isinstance(one, Measurement)),
    )


def finish_import(
    result: ImportResult, *, name: str, doubts: Iterable[str] = (), is_log: bool = False
) -> ImportResult:
    """Add notes and covered days to a result, and refuse it where nothing can be used.

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
    return result + _vouched(result, name) if is_log else result


def _nothing_in(name: str, skipped: Sequence[Skipped]) -> BrokenFile:
    if not skipped:
        return BrokenFile(
            f"{name} holds nothing that could be taken in.", advice="Export it once more, or leave it out."
        )
    problem, _, advice = skipped[0].why.partition(". ")
    return BrokenFile(f"{name} cannot be used. {problem}.", advice=advice or "Leave it out.")


def _vouched(result: ImportResult, name: str) -> ImportResult:
    """Infer covered days between two or more sessions at most 60 days apart."""
    sessions = [(run.local_day, run.local_day) for run in result.records.runs]
    spans = covered_by(sessions, result.skipped, source=name + FIRST_TO_LAST, least=2)
    notes = tuple(notes_on(result.skipped, name=name))
    if not spans:
        return ImportResult(notes=notes)
    return ImportResult(Records(covered=spans), notes=(*span_notes(name, spans), *notes), implied=spans)
