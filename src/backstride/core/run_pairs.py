"""Decide whether two records are of the same run, one function for each rule; `same_run` merges what they match."""

import math
import re
from dataclasses import dataclass, field
from datetime import UTC, timedelta
from itertools import product

from backstride.core.best_of_each import SAID, is_typed_in, lasted
from backstride.core.run import Activity, Run

STARTS_WITHIN_S = 5 * 60.0
TOGETHER_S = 10.0
"""Two copies of one recording begin at the same moment; clocks of two devices lie seconds apart."""
INSIDE_S = 60.0
APART_BY_HAND_S = 30 * 60.0
QUARTER_S = 15 * 60.0
MAX_QUARTERS = 14 * 4
COPY_S, COPY_M = 2.0, 2.0
"""Within these two records of one recording agree, however they were exported."""
_HOUR_S = 3600.0
_CLOCK_OFF_S = 60.0
_ALIKE_S = 30.0
MAX_HOURS_MOVED = 24
_MINUTE_S = 60.0
_FORMAT = re.compile(r"\.([A-Za-z]{2,5})(?:\.gz)?(?=$|[ /,])")


@dataclass(frozen=True, slots=True, order=True)
class Match:
    """Why two records are one run; the smaller, the surer.

    Attributes:
        rank, cost: how sure it is, and how far the two lie apart.
        first, second: the records, by their places in the list.
        evidence: why, in words.
        shifted: one of them was read in another zone.
        cut: the shorter is a part of the longer.
    """

    rank: int
    cost: float
    first: int
    second: int
    evidence: str = field(compare=False)
    shifted: bool = field(compare=False, default=False)
    cut: bool = field(compare=False, default=False)


def match_of(i: int, j: int, one: Run, other: Run) -> Match | None:
    """Return the surest reason why two records (at list positions i and j) are one run; None where there is none."""
    if one.moving_s is None or other.moving_s is None:
        return _without_minutes(i, j, one, other)
    return (
        _same_time(i, j, one, other)
        or _cut_off(i, j, one, other)
        or _same_clock_face(i, j, one, other)
        or _moved_by_hours(i, j, one, other)
    )


def seconds_between(one: Run, other: Run) -> float:
    """Return the seconds from the start of one to that of the other."""
    return (other.start.astimezone(UTC) - one.start.astimezone(UTC)).total_seconds()


def of_one_kind(one: Run, other: Run) -> bool:
    """Whether the kinds of two records do not speak against one session."""
    kinds = {one.activity, other.activity}
    guessed = {"name", "speed"} & {one.kind_source, other.kind_source}
    return (
        len(kinds) == 1 or Activity.OTHER in kinds or (one.is_running and other.is_running) or bool(guessed)
    )


def contradict(one: Run, other: Run) -> bool:
    """Whether both say what was done, and different things: they are one session only at one and the same time."""
    if not SAID.issuperset((one.kind_source, other.kind_source)):
        return False
    return one.activity != other.activity and not (one.is_running and other.is_running)


def source_format(run: Run) -> str:
    """Return the format of the file that a record comes from; in an export of several apps, the app as well."""
    formats = _FORMAT.findall(run.source)
    return (formats[-1].lower() if formats else "") + run.source.partition(" via ")[2]


def moved_by_own_zone(one: Run, other: Run) -> int | None:
    """Return by how many quarter hours the clock of one of two alike runs was moved; None where they are not alike.

    By the distance of their zone from UTC, by an hour of summer time, or by both: so far a clock is moved that was
    read in UTC, or in winter time. Both must state a distance.
    """
    apart = seconds_between(one, other)
    quarters = round(apart / QUARTER_S)
    if abs(apart - quarters * QUARTER_S) > _CLOCK_OFF_S or not one.distance_m or not other.distance_m:
        return None
    offset = abs((one.start.utcoffset() or timedelta()).total_seconds())
    if quarters * QUARTER_S not in {offset, offset + _HOUR_S, abs(offset - _HOUR_S), _HOUR_S} - {0.0}:
        return None
    a, b = _closest_lengths(one, other)
    if abs(a - b) > _ALIKE_S or not _distances_agree(one, other, share=0.03, slack=50.0):
        return None
    return quarters


def hours_moved(one: Run, other: Run) -> int | None:
    """Return by how many whole hours two recordings lie apart that are otherwise alike; None where they do not.

    To two seconds in start and duration, and up to a day: so far a clock is moved that was set wrong, or a file that
    an app wrote in another zone. Both must state a distance, and not both a round one, which people run by habit.
    """
    apart = abs(seconds_between(one, other))
    hours = round(apart / _HOUR_S)
    if not 1 <= hours <= MAX_HOURS_MOVED or abs(apart - hours * _HOUR_S) > COPY_S:
        return None
    if not one.distance_m or not other.distance_m or (_is_round(one) and _is_round(other)):
        return None
    a, b = _closest_lengths(one, other)
    if abs(a - b) > COPY_S or not _distances_agree(one, other, share=0.03, slack=50.0):
        return None
    return hours


def _moved_by_hours(i: int, j: int, one: Run, other: Run) -> Match | None:
    """Match two recordings whole hours apart whose seconds no habit explains; others are asked about.

    One of them must leave its zone open: where both state theirs, somebody may have run twice by one programme.
    """
    hours = hours_moved(one, other) if "assumed" in (one.zone_source, other.zone_source) else None
    a, b = _closest_lengths(one, other)
    past_minute = a % _MINUTE_S
    is_by_timer = min(past_minute, _MINUTE_S - past_minute) <= COPY_S
    if hours is None or is_by_timer or one.start.second == other.start.second == 0:
        return None
    words = f"began {hours}:00:00 apart and both lasted {_clock(a)}, to the second"
    off = abs(abs(seconds_between(one, other)) - hours * _HOUR_S)
    return Match(3 + MAX_QUARTERS, off + abs(a - b), i, j, words, shifted=True)


def _without_minutes(i: int, j: int, one: Run, other: Run) -> Match | None:
    """Match two records of which one states no duration: it begins while the other lasts, or within half an hour."""
    apart = seconds_between(one, other)
    if apart > lasted(one) + APART_BY_HAND_S or not _distances_agree(one, other, share=0.25, slack=300.0):
        return None
    return Match(1, apart, i, j, f"began {_clock(apart)} apart, and one of them tells no minutes")


def _lengths(run: Run) -> list[float]:
    return [seconds for seconds in (run.moving_s, run.elapsed_s) if seconds is not None]


def _closest_lengths(one: Run, other: Run) -> tuple[float, float]:
    """Return the two durations, moving or elapsed, that agree best, because sources differ in which they give."""
    return min(product(_lengths(one), _lengths(other)), key=lambda pair: (abs(pair[0] - pair[1]), pair))


def _agree(a: float, b: float, *, share: float, slack: float) -> bool:
    return abs(a - b) <= max(share * max(a, b), slack)


def _distances_agree(one: Run, other: Run, *, share: float, slack: float) -> bool:
    if not one.distance_m or not other.distance_m:
        return True
    return _agree(one.distance_m, other.distance_m, share=share, slack=slack)


def _same_time(i: int, j: int, one: Run, other: Run) -> Match | None:
    """Match two records of one run whose start times are both right."""
    apart = seconds_between(one, other)
    first, second = lasted(one), lasted(other)
    overlap = min(first, apart + second) - apart
    shorter = max(min(first, second), 1.0)
    a, b = _closest_lengths(one, other)
    near = overlap >= 0.5 * shorter or (overlap > 0 and apart <= STARTS_WITHIN_S)
    exact = near and _agree(a, b, share=0.15, slack=180.0)
    if not (exact or _same_by_hand(one, other, overlap, shorter)):
        return None
    if not _distances_agree(one, other, share=0.25, slack=300.0):
        return None
    words = f"began {_clock(apart)} apart and lasted {_clock(a)} and {_clock(b)}"
    return Match(0 if exact else 1, apart + abs(a - b), i, j, words)


def _cut_off(i: int, j: int, one: Run, other: Run) -> Match | None:
    """One is a copy of the other that was cut off, or of which a part is missing."""
    same_kind = one.activity == other.activity or (one.is_running and other.is_running)
    if not (same_kind or "unknown" in (one.kind_source, other.kind_source)):
        return None
    apart = seconds_between(one, other)
    long, short = sorted((one, other), key=lasted, reverse=True)
    late = seconds_between(long, short)
    inside = late >= -INSIDE_S and late + lasted(short) <= lasted(long) + INSIDE_S
    far = (short.distance_m or 0.0) > 1.05 * (long.distance_m or math.inf) + 50.0
    if not (apart <= TOGETHER_S or (inside and not far)) or lasted(short) <= 0:
        return None
    words = (
        f"began {_clock(apart)} apart and lasted {_clock(lasted(one))} and {_clock(lasted(other))}, the shorter "
        "within the longer"
    )
    return Match(1, apart + abs(lasted(one) - lasted(other)), i, j, words, cut=True)


def _same_by_hand(one: Run, other: Run, overlap: float, shorter: float) -> bool:
    """Whether a rough time, kept by hand, hides that both are one run."""
    by_hand = [run for run in (one, other) if is_typed_in(run)]
    a, b = _closest_lengths(one, other)
    if overlap >= 0.8 * shorter:
        return bool(by_hand) and 3 * min(a, b) >= max(a, b)
    if len(by_hand) != 1 or (by_hand[0].activity is Activity.TREADMILL and one.activity != other.activity):
        return False  # a treadmill run beside an outdoor one is what people note because the watch missed it
    if overlap > 0:
        return _agree(a, b, share=0.3, slack=600.0)
    return overlap >= -APART_BY_HAND_S and _agree(a, b, share=0.2, slack=300.0)


def _same_clock_face(i: int, j: int, one: Run, other: Run) -> Match | None:
    """Match two records of one run of which one was read in the wrong zone (a file in UTC read as local time)."""
    apart = seconds_between(one, other)
    quarters = round(apart / QUARTER_S)
    off = abs(apart - quarters * QUARTER_S)
    a, b = _closest_lengths(one, other)
    if (
        not 1 <= quarters <= MAX_QUARTERS
        or off > _CLOCK_OFF_S
        or abs(a - b) > _ALIKE_S
        or not _distances_agree(one, other, share=0.03, slack=50.0)
    ):
        return None
    is_open = "assumed" in (one.zone_source, other.zone_source)
    is_own = moved_by_own_zone(one, other) is not None
    is_two_formats = source_format(one) != source_format(other)
    are_both_round = _is_round(one) and _is_round(other)
    if is_open and not (_typed(one) or _typed(other)):
        why = "one of them states no time zone"
    elif is_open and _are_at_one_wall_clock(one, other) and _are_copies(one, other):
        why = "both began at the same local time, and one of them states no time zone"
    elif is_open and off <= COPY_S and _are_copies(one, other) and not _is_round(one):
        why = "both have the very same way, duration and elapsed time"
    elif is_open and is_own and is_two_formats and not are_both_round:
        why = "so far a clock is moved that was read in another zone, and their ways agree"
    else:
        return None
    words = f"began {_clock(quarters * QUARTER_S)} apart to the minute, both lasted {_clock(a)}, and {why}"
    return Match(2 + quarters, off + abs(a - b), i, j, words, shifted=True)


def _are_at_one_wall_clock(one: Run, other: Run) -> bool:
    apart = one.start.replace(tzinfo=None) - other.start.replace(tzinfo=None)
    return abs(apart.total_seconds()) <= COPY_S


def _are_copies(one: Run, other: Run) -> bool:
    """Whether both state a distance, and the same one in the same time to the second."""
    if not one.distance_m or not other.distance_m:
        return False
    same_way = abs(one.distance_m - other.distance_m) <= max(COPY_M, 0.002 * one.distance_m)
    a, b = _closest_lengths(one, other)
    return same_way and abs(a - b) <= COPY_S


def _is_round(run: Run) -> bool:
    """Whether the distance is a round one, as people type it or a treadmill stops at it: two may agree by habit."""
    return round(run.distance_m or 0.0) % 100 == 0


def _typed(run: Run) -> bool:
    """Round times are what people type: two of them agree by habit, and prove nothing."""
    return run.start.second == 0 and run.start.minute % 5 == 0


def _clock(seconds: float) -> str:
    hours, rest = divmod(round(seconds), 3600)
    return f"{hours}:{rest // 60:02d}:{rest % 60:02d}"
