"""Recorded sessions as runs: the device's own totals where it states them, else the points."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from itertools import pairwise
from typing import Final
from zoneinfo import ZoneInfo

import numpy as np

from backstride.core.best_of_each import lasted
from backstride.core.datetimes import ZoneSource
from backstride.core.records import Records
from backstride.core.run import MAX_HOURS, MAX_KM, Activity, Run
from backstride.core.run_pairs import of_one_kind
from backstride.errors import BadInput, BadValue, BrokenFile
from backstride.importers.base import ImportResult, Skipped
from backstride.importers.place_zone import is_winter_offset, sun_doubt, zone_of_place
from backstride.importers.secondary import refuse_false_start
from backstride.importers.sport_words import Kind, kind_called, says_nothing
from backstride.importers.tracks.driving import drive_note, without_drives
from backstride.importers.tracks.forgotten_stop import forgotten_note, less_forgotten
from backstride.importers.tracks.track import Track, one_after_another
from backstride.importers.tracks.track_kind import Pace, kind_note, kind_of, pace_of, slow_note

APART_S: Final = 6 * 3600.0
"""A longer silence parts two sessions, whatever the file says."""
_SAME_SHARE: Final = 0.9
ABUT_S: Final = 300.0
"""Tracks of one kind that lie closer than this are one session."""
MAX_ELAPSED_S: Final = 14 * 86_400.0
_GPS_WATCHES_SINCE: Final = 2004
"""Of an earlier year are clocks whose count of weeks has run over."""

_NO_TIMES = (
    "It holds no times, so nobody can tell when it was. Export the recording itself, not the map of it."
)
_ONE_MOMENT = "It holds a single moment and no duration. Type this run into a table of runs."


@dataclass(frozen=True, slots=True)
class Session:
    """One session as a file tells it.

    Attributes:
        track: its points; there may be none.
        kind: what the file calls it.
        names: other texts that may tell the kind.
        moving_s, distance_m, heart_rate: the device's own totals, where it states them.
        begin, end: seconds since 1970, of what the totals speak, beside the points.
        nowhere: called running, and recorded without a place: on a treadmill, as far as anybody can tell.
    """

    track: Track
    kind: str = ""
    names: tuple[str, ...] = ()
    moving_s: float | None = None
    distance_m: float | None = None
    heart_rate: float | None = None
    begin: float | None = None
    end: float | None = None
    nowhere: bool = False

    @property
    def moments(self) -> tuple[float, float] | None:
        """The first and the last moment; None where no time is known."""
        times = self.track.times[np.isfinite(self.track.times)]
        points = [float(times.min()), float(times.max())] if len(times) else []
        moments = [*points, *(moment for moment in (self.begin, self.end) if moment is not None)]
        return (min(moments), max(moments)) if moments else None


def sessions_of(tracks: Iterable[Session]) -> list[Session]:
    """Split tracks into sessions at long silences, and join those that abut and are of one activity."""
    parted = [(part.moments, part) for one in tracks for part in _parted(one)]
    parted.sort(key=lambda one: one[0] or (0.0, 0.0))
    groups: list[list[Session]] = []
    end: float | None = None
    for moments, one in parted:
        gap = moments[0] - end if moments is not None and end is not None else -1.0
        if groups and 0.0 <= gap <= ABUT_S and one.kind == groups[-1][0].kind:
            groups[-1].append(one)
        else:
            groups.append([one])
        end = moments[1] if moments is not None else None
    return [_joined(group) for group in groups]


def _joined(group: Sequence[Session]) -> Session:
    tracks = [one.track for one in group]
    return group[0] if len(group) == 1 else replace(group[0], track=one_after_another(tracks))


def result_of(
    sessions: Sequence[Session], *, unit: str, name: str, zone: ZoneInfo, doubts: Iterable[str] = ()
) -> ImportResult:
    """Convert sessions to runs, each once, with what was skipped and assumed.

    Args:
        sessions: as the file tells them.
        unit: what the format calls one ("track", "activity").
        name: the file's name, for the report.
        zone: the person's own zone, where the file states none.
        doubts: what was wrong with the file.

    Raises:
        BrokenFile: none of them can be used.
    """
    runs: dict[Run, Run] = {}
    skipped: list[Skipped] = []
    notes = [f"{name}: {doubt}." for doubt in doubts]
    for count, session in enumerate(sessions, start=1):
        where = name if len(sessions) == 1 else f"{name} {unit} {count}"
        try:
            run, drove_s, stood_s = _run(session, where=where, zone=zone)
        except BadValue as error:
            skipped.append(Skipped(where, str(error), is_session=True, day=_day(session, zone)))
            continue
        key = replace(run, source="")
        if key in runs:
            skipped.append(Skipped(where, "The same session stands in the file twice; it was taken once."))
            continue
        if (same := _at_the_same_time(run, runs.values())) is not None:
            shorter, longer = sorted((run, same), key=lasted)
            skipped.append(Skipped(shorter.source, f"It is that of {longer.source}; the longer was taken."))
            if longer is same:
                continue
            del runs[replace(same, source="")]
        runs[key] = run
        notes += (*kind_note(run), *slow_note(run))
        notes += _sun_note(run, session.track)
        if run.start.year < _GPS_WATCHES_SINCE:
            notes.append(
                f"{where}: it is of {run.start.year}: was the clock of the watch right? If not, type the "
                "run into a table of runs, with its day."
            )
        if drove_s:
            notes.append(drive_note(where, drove_s))
        if stood_s:
            notes.append(forgotten_note(where, stood_s))
    if not runs:
        raise _nothing_in(name, skipped)
    return ImportResult(Records(runs=tuple(runs.values())), tuple(skipped), tuple(notes))


def _at_the_same_time(run: Run, others: Iterable[Run]) -> Run | None:
    """Return the session of the same file that lasted over the same time: apps that merge files write both."""
    for other in others:
        shared = (min(run.end, other.end) - max(run.start, other.start)).total_seconds()
        if of_one_kind(run, other) and shared >= _SAME_SHARE * max(lasted(run), lasted(other), 1.0):
            return other
    return None


def _day(session: Session, zone: ZoneInfo) -> date | None:
    """Return the local day of an unusable session; None where no time is known."""
    if session.moments is None:
        return None
    begin = datetime.fromtimestamp(session.moments[0], UTC)
    return begin.astimezone(_zone(session.track, begin, zone)[0]).date()


def _parted(session: Session) -> Iterable[Session]:
    times = session.track.times
    known = np.sort(times[np.isfinite(times)])
    cuts = np.flatnonzero(np.diff(known) > APART_S)
    if not len(cuts):
        return [session]
    edges = [-np.inf, *((known[cuts] + known[cuts + 1]) / 2), np.inf]
    return [
        replace(session, track=session.track.taken((times > low) & (times <= high)), distance_m=None)
        for low, high in pairwise(edges)
    ]


def _run(session: Session, *, where: str, zone: ZoneInfo) -> tuple[Run, float, float]:
    """One session as a run, the seconds in a vehicle, and those of a forgotten stop that were cut off.

    Raises:
        BadValue: it cannot be one, and why.
    """
    moments = session.moments
    if moments is None and session.track.unread:
        raise BadValue(
            f"Its times cannot be read: '{_printable(session.track.unread)}'.",
            advice="Export the recording once more, or type this run into a table of runs.",
        )
    if moments is None:
        raise _refused(_NO_TIMES)
    session, drove_s = _without_drive(session)
    begin, end = (session.moments if drove_s else moments) or (0.0, 0.0)
    track, limit = session.track, MAX_HOURS * 3600
    elapsed = _within(end - begin, MAX_ELAPSED_S)
    moving = _within(session.moving_s, limit) or _within(track.moving_s, limit) or _within(elapsed, limit)
    if not moving:
        raise _refused(_ONE_MOMENT)
    stated = moving
    if session.moving_s:
        moving = less_forgotten(moving, recorded_s=track.elapsed_s, stood_s=lambda: track.stood_s)
    distance = _distance(session)
    if session.moving_s:
        refuse_false_start(moving, distance)
    pace = Pace(None)
    if says_nothing(session.kind):
        speed = distance / moving if distance else None
        pace = pace_of(*track.way_behind(), mean_m_s=speed, moving_s=moving)
    kind = kind_of(session.kind, names=session.names, pace=pace)
    if session.nowhere:
        kind = Kind(Activity.TREADMILL, "assumed")
    began = datetime.fromtimestamp(begin, UTC)
    there, known = _zone(track, began, zone)
    run = Run(
        start=began.astimezone(there),
        moving_s=moving,
        elapsed_s=max(elapsed, moving) if elapsed else None,
        distance_m=distance,
        activity=kind.activity,
        kind_source=kind.by,
        kind_word=kind.word,
        heart_rate_mean=_within(session.heart_rate or track.heart_rate_mean, 260, least=20),
        source=where,
        zone_source=known,
    )
    return run, drove_s, stated - moving


def _without_drive(session: Session) -> tuple[Session, float]:
    """Cut drives out of a session; also return their seconds, which device totals include."""
    says_run = not says_nothing(session.kind) and kind_called(session.kind).activity is Activity.RUN
    if not (says_run or says_nothing(session.kind)):
        return session, 0.0
    track, drove_s = without_drives(session.track, is_run=says_run)
    if not drove_s:
        return session, 0.0
    return replace(
        session, track=track, moving_s=None, distance_m=None, heart_rate=None, begin=None, end=None
    ), drove_s


def _zone(track: Track, began: datetime, zone: ZoneInfo) -> tuple[tzinfo, ZoneSource]:
    """Return the zone beside the times, else that of the position; Z only says that they are in UTC."""
    offset = track.offset
    is_stated = offset and abs(offset) <= timedelta(hours=14) and not offset % timedelta(minutes=15)
    if offset and is_stated and not is_winter_offset(began.astimezone(timezone(offset)), zone=zone):
        return timezone(offset), "stated"
    place = track.middle_degrees
    return (place and zone_of_place(*place, at=began, zone=zone)) or (zone, "assumed")


def _distance(session: Session) -> float | None:
    """Return the device's total; the points' distance where there is none, or 0 m although the points moved."""
    stated = _within(session.distance_m, MAX_KM * 1000)
    return stated or _within(session.track.distance_m, MAX_KM * 1000) or stated


def _sun_note(run: Run, track: Track) -> Iterable[str]:
    place = track.middle_degrees
    if run.zone_source == "assumed" and place and (doubt := sun_doubt(run.start, place[1])):
        yield f"{run.source}: {doubt}."


def _refused(why: str) -> BadValue:
    problem, _, advice = why.partition(". ")
    return BadValue(f"{problem}.", advice=advice)


def _nothing_in(name: str, skipped: Sequence[Skipped]) -> BadInput:
    problem, _, advice = (skipped[0].why if skipped else _NO_TIMES).partition(". ")
    return BrokenFile(f"{name} cannot be used. {problem}.", advice=advice)


def _printable(text: str) -> str:
    return "".join(letter for letter in text if letter.isprintable())


def _within(value: float | None, most: float, *, least: float = 0.0) -> float | None:
    return value if value is not None and least <= value <= most else None
