"""The sessions of a FIT file as runs: the watch's own totals, or the record stream without them."""

import math
from dataclasses import dataclass
from datetime import timedelta, tzinfo
from zoneinfo import ZoneInfo

from backstride.core.datetimes import ZoneSource
from backstride.core.run import MAX_HOURS, MAX_KM, Activity, Run
from backstride.errors import BadValue
from backstride.importers.base import Skipped
from backstride.importers.fit.beats import Beats
from backstride.importers.fit.cleaning import cleaned
from backstride.importers.fit.developer import described, exertion, feeling, stand_in
from backstride.importers.fit.messages import FitPart
from backstride.importers.fit.stream import RECORD, SINCE_POWER_ON, Stream, stream_of
from backstride.importers.fit.zone import EPOCH, local_zone
from backstride.importers.place_zone import sun_doubt
from backstride.importers.secondary import refuse_false_start
from backstride.importers.sport_words import Kind, unknown_kind
from backstride.importers.tracks.track_kind import Pace, kind_note, kind_of, slow_note

LAP, SESSION, SPORT = 19, 18, 12
MAX_ELAPSED_S = 14 * 86_400.0
_SAME_S, _SAME_SHARE = 10.0, 0.01  # how far two tellings of one time may lie apart

_GENERIC, _ALL = 0, 254
_RUNNING, _FITNESS_EQUIPMENT, _WALKING = 1, 4, (11, 17)
_INDOORS = (1, 45, 58)  # treadmill, indoor running, virtual
_WALKING_INDOORS = (27, 30, 31)
_OF_RUNS = (1, 2, 3, 4, 45)  # treadmill, street, trail, track, indoor running: kinds of running alone
_SAYS_NO_SPORT = (None, _GENERIC, 21, 24, 58, _ALL)  # warm-up, challenge, virtual

_POWER_ON = (
    "Its times count from when the watch was switched on, so nobody can tell the day. "
    "Type this run into a table of runs, or take the file from the watch maker's site."
)
_NO_TIME = "It holds neither a duration nor two recorded points. Type this run into a table of runs."


@dataclass(frozen=True, slots=True)
class _Totals:
    """One session message, or what stands in for it; times in seconds since the epoch."""

    start: float
    end: float
    moving_s: float | None = None
    elapsed_s: float | None = None
    stamped_s: float = 0.0  # from the start to the message's own time
    distance_m: float | None = None
    sport: float | None = None
    sub_sport: float | None = None
    heart_rate: float | None = None
    rpe: float | None = None
    feel: float | None = None
    is_redated: bool = False  # whether the day is that of the records


def session_runs(
    part: FitPart, *, beats: Beats, name: str, zone: ZoneInfo
) -> tuple[tuple[Run, ...], tuple[Skipped, ...], tuple[str, ...]]:
    """Read every session of one FIT file.

    Args:
        part: the file's messages.
        beats: heart rates that a strap handed over.
        name: the file's name, for the report.
        zone: the person's own zone, used where the file does not state its own.

    Returns:
        The runs; the sessions that cannot be used, with the reason; and sentences of doubt about the runs.
    """
    stream = stream_of(part, beats=beats)
    sessions = _sessions(part, stream) or _unfinished(part, stream)
    runs: list[Run] = []
    skipped: list[Skipped] = []
    doubts: list[str] = []
    if sessions and sessions[0].is_redated:
        doubts.append(
            f"{name}: its session gives no day; that of its recorded points was taken. If it is wrong, "
            "type the run into a table of runs."
        )
    for count, totals in enumerate(sessions, start=1):
        where = name if len(sessions) == 1 else f"{name} session {count}"
        own = stream.between(totals.start - 1, totals.end + 1) if len(sessions) > 1 else stream
        there = local_zone(part, stream, totals.start, zone)
        made = _run(totals, own, zone=there, where=where)
        if isinstance(made, Run) and made.is_running:
            made, said = cleaned(made, own)
            doubts += said
        if isinstance(made, Run):
            runs.append(made)
            doubts += (*kind_note(made), *slow_note(made))
            place = own.middle_degrees
            if made.zone_source == "assumed" and place and (doubt := sun_doubt(made.start, place[1])):
                doubts.append(f"{where}: {doubt}.")
        else:
            skipped.append(made)
    return tuple(runs), tuple(skipped), tuple(doubts)


def _sessions(part: FitPart, stream: Stream) -> list[_Totals]:
    """Read the session messages; a missing start is taken from the records, or from the end less the elapsed time."""
    messages = part.messages(SESSION)
    columns = {field: messages.column(field).tolist() for field in (2, 5, 6, 7, 8, 9, 16, 192, 193)}
    fields = described(part)
    distances = stand_in(fields, messages, message=SESSION, field=9)
    added = [column.tolist() for column in (distances, exertion(fields, messages), feeling(fields, messages))]
    found = []
    for row, stamp in enumerate(messages.times.tolist()):
        value = {field: _known(column[row]) for field, column in columns.items()}
        elapsed, timer = _scaled(value[7], 1000), _scaled(value[8], 1000)
        distance, rpe, feel = (_known(column[row]) for column in added)
        start = value[2]
        if start is None:
            start = float(stream.times[0]) if len(stream) else stamp - (elapsed or 0.0)
        if math.isnan(start):
            continue
        is_redated = start < SINCE_POWER_ON and len(messages.times) == 1 and _has_day(stream)
        if is_redated:
            start = float(stream.times[0])
        stamped = 0.0 if math.isnan(stamp) else max(stamp - start, 0.0)
        lasted = max(
            elapsed or 0.0, min(timer or 0.0, stamped)
        )  # a timer beyond elapsed counts where its clock agrees
        found.append(
            _Totals(
                start=start,
                end=start + (lasted or timer or MAX_ELAPSED_S),
                moving_s=timer,
                elapsed_s=elapsed,
                stamped_s=stamped,
                distance_m=_first(_scaled(value[9], 100), distance),
                sport=value[5],
                sub_sport=value[6],
                heart_rate=value[16],
                rpe=_first(_scaled(value[193], 10), rpe),
                feel=feel if value[192] is None else value[192] / 10,
                is_redated=is_redated,
            )
        )
    return found


def _has_day(stream: Stream) -> bool:
    """Whether records tell the day, where a session counts from when the watch was switched on."""
    return len(stream) > 0 and float(stream.times[0]) >= SINCE_POWER_ON


def _unfinished(part: FitPart, stream: Stream) -> list[_Totals]:
    """Reconstruct the session totals where the watch never wrote them."""
    if not len(stream):
        powered = part.messages(RECORD).times
        return [_Totals(start=float(powered[0]), end=0.0)] if (powered < SINCE_POWER_ON).any() else []
    sport, sub_sport = part.messages(SPORT).last(0), part.messages(SPORT).last(1)
    if sport is None:
        sport, sub_sport = part.messages(LAP).last(25), part.messages(LAP).last(39)
    return [_Totals(float(stream.times[0]), float(stream.times[-1]), sport=sport, sub_sport=sub_sport)]


def _run(totals: _Totals, stream: Stream, *, zone: tuple[tzinfo, ZoneSource], where: str) -> Run | Skipped:
    if totals.start < SINCE_POWER_ON:
        return Skipped(where, _POWER_ON, is_session=True)
    start = (EPOCH + timedelta(seconds=totals.start)).astimezone(zone[0])
    moving, elapsed = _times(totals, stream)
    if moving is None:
        return Skipped(where, _NO_TIME, is_session=True, day=start.date())
    kind = _kind(totals, stream, moving)
    heart_rate = _within(totals.heart_rate, 260, least=20) or _within(stream.heart_rate_mean, 260, least=20)
    try:
        refuse_false_start(moving, _distance(totals, stream))
        return Run(
            start=start,
            moving_s=moving,
            elapsed_s=elapsed,
            distance_m=_distance(totals, stream),
            activity=kind.activity,
            kind_source=kind.by,
            kind_word=kind.word,
            rpe=_within(totals.rpe, 10.0) or None,  # devices write 0 for 'not asked'
            feel_0_10=_within(totals.feel, 10.0),
            heart_rate_mean=heart_rate,
            source=where,
            zone_source=zone[1],
        )
    except BadValue as error:
        return Skipped(where, str(error), is_session=True, day=start.date())


def _times(totals: _Totals, stream: Stream) -> tuple[float | None, float | None]:
    """Return moving and elapsed seconds: the session's own, else the stream's; moving never exceeds elapsed."""
    moving = _within(totals.moving_s, MAX_HOURS * 3600)
    elapsed = _within(totals.elapsed_s, MAX_ELAPSED_S)
    if _are_swapped(totals, stream):
        return _within(totals.elapsed_s, MAX_HOURS * 3600), _within(totals.moving_s, MAX_ELAPSED_S)
    recorded = _within(stream.elapsed_s, MAX_ELAPSED_S)
    if totals.elapsed_s is None:
        elapsed = recorded
    moving = moving or _within(stream.moving_s, MAX_HOURS * 3600) or _within(elapsed, MAX_HOURS * 3600)
    if moving is None or elapsed is None or moving <= elapsed + 1.0:
        return moving, elapsed
    least = max(_SAME_S, _SAME_SHARE * elapsed)
    do_records_agree = recorded is not None and abs(recorded - elapsed) <= least < moving - elapsed
    if do_records_agree and totals.stamped_s < moving:  # the timer is the one that is wrong
        return min(stream.moving_s or elapsed, elapsed), elapsed
    # the elapsed time is the one that is wrong
    return moving, recorded if recorded is not None and recorded >= moving else moving


def _are_swapped(totals: _Totals, stream: Stream) -> bool:
    """Whether the timer's time stands where the elapsed time belongs, and the other way round.

    Some apps write them so. The timer then says how long the clock ran from start to end, and the elapsed
    time, which is shorter, how long the records moved; without records the clock alone has to do.
    """
    timer, elapsed = totals.moving_s, totals.elapsed_s
    if not timer or not elapsed or timer <= elapsed + 1.0:
        return False
    spans = [span for span in (totals.stamped_s, stream.elapsed_s) if span]
    if not any(abs(span - timer) <= max(_SAME_S, _SAME_SHARE * timer) for span in spans):
        return False
    recorded = stream.moving_s
    return recorded is None or abs(recorded - elapsed) < abs(recorded - timer)


def _distance(totals: _Totals, stream: Stream) -> float | None:
    """Return the session's distance; the stream's where there is none, or 0 m although the stream moved."""
    stated = _within(totals.distance_m, MAX_KM * 1000)
    return stated or _within(stream.distance_covered_m, MAX_KM * 1000) or stated


def _kind(totals: _Totals, stream: Stream, moving: float) -> Kind:
    """Return the activity that the watch states, or one guessed from the speed where it states none."""
    if totals.sport is None and totals.sub_sport is None:
        distance = _distance(totals, stream)
        return kind_of("", names=(), pace=Pace(distance / moving if distance and moving else None, moving))
    if totals.sport in (None, _GENERIC, _ALL) and totals.sub_sport in _SAYS_NO_SPORT:
        return unknown_kind("generic")
    return Kind(activity_of(totals.sport, totals.sub_sport))


def activity_of(sport: float | None, sub_sport: float | None) -> Activity:
    """Map a FIT sport and sub-sport to an activity."""
    if sport in (None, _GENERIC, _ALL) and sub_sport in _OF_RUNS:
        sport = _RUNNING
    on_feet = sport in (None, _GENERIC, _ALL, _RUNNING, _FITNESS_EQUIPMENT)
    if sport in _WALKING or (on_feet and sub_sport in _WALKING_INDOORS):
        return Activity.WALK
    if sport == _RUNNING:
        return Activity.TREADMILL if sub_sport in _INDOORS else Activity.RUN
    if sport == _FITNESS_EQUIPMENT and sub_sport in _INDOORS[:2]:
        return Activity.TREADMILL
    return Activity.OTHER


def _known(value: float) -> float | None:
    return None if math.isnan(value) else value


def _scaled(value: float | None, scale: float) -> float | None:
    return None if value is None else value / scale


def _first(known: float | None, otherwise: float | None) -> float | None:
    """Return the watch's value, or the app's where that is missing or 0 for want of a sensor."""
    return known or (known if otherwise is None else otherwise)


def _within(value: float | None, most: float, *, least: float = 0.0) -> float | None:
    return value if value is not None and least <= value <= most else None
