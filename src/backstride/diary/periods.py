"""What a diary holds of each week or month: plain numbers to look back at, with no model in them."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby
from statistics import fmean
from typing import Final

from backstride.core.check_in import CheckIn
from backstride.core.datetimes import ONE_DAY
from backstride.core.days import DiaryDay
from backstride.core.leg_sign import leg_sign
from backstride.core.run import known_minutes

NOON_H = 12
FOLLOWED: Final = ("mood", "tightness", "sleep", "stress")
"""The ratings of a check-in, 0-10, that are looked back at beside pain."""
BANDS: Final = ((0.0, 3.0), (3.0, 6.0), (6.0, 10.0))
"""Pain of a morning: up to 3, above it up to 6, above that; a band holds its upper end, the first one 0, too."""


@dataclass(frozen=True, slots=True)
class Period:
    """Some days in a row.

    Attributes:
        first_day, last_day: its local days.
        pains: the rating of each rated morning, 0-10.
        run_minutes: minutes of running on record.
        walk_minutes: minutes of walking on record.
        run_days: days with a run.
        unknown_days: days that are over and of which nobody knows if there was a run, or how long it was;
            `run_minutes` is then the least.
        ratings: of each name of `FOLLOWED`, the answers that were given.
        unmeasured_run_days: days with a run of which nobody knows how long it was.
        is_before_diary: whether the diary had not begun when it was over.
        late_ratings: how many of `pains` were given at noon or later, as the first rating of their day.
        has_known_day: whether of any day that is over it is known how long was run, if at all.
        leg_days: days with a sign in a leg, in any check-in of theirs.
        leg_reported_days: days of which a check-in reports on the legs at all, signs or none.
    """

    first_day: date
    last_day: date
    pains: tuple[float, ...]
    run_minutes: float
    walk_minutes: float
    run_days: int
    unknown_days: int
    ratings: Mapping[str, tuple[float, ...]]
    leg_days: int = 0
    leg_reported_days: int = 0
    late_ratings: int = 0
    unmeasured_run_days: tuple[date, ...] = ()
    is_before_diary: bool = False
    has_known_day: bool = True

    @property
    def mean_pain(self) -> float | None:
        """The mean of the rated mornings, 0-10; None where none was rated."""
        return fmean(self.pains) if self.pains else None

    @property
    def shares(self) -> tuple[float, ...]:
        """The share of the rated mornings in each band, adding up to 1; empty where none was rated."""
        counts = [sum(band_of(pain) == n for pain in self.pains) for n in range(len(BANDS))]
        return tuple(count / len(self.pains) for count in counts) if self.pains else ()


def period(days: Sequence[DiaryDay], first_day: date, last_day: date, *, today: date) -> Period:
    """Summarise the diary's days from `first_day` to `last_day`.

    A day of which the diary holds nothing counts as one of which nobody knows if there was a run, from the first day
    of the diary on. Today is not over, and unknown to nobody.

    Args:
        days: of the diary, in order.
        first_day, last_day: the local days, both counted.
        today: the person's local day.
    """
    held = [day for day in days if first_day <= day.day <= last_day]
    begins = max(first_day, days[0].day) if days else last_day + ONE_DAY
    over = max((min(last_day, today - ONE_DAY) - begins).days + 1, 0)
    known = sum(day.run_minutes is not None for day in held if day.day < today)
    check_ins = [day.check_in for day in held if day.check_in]
    legs = [sign for day in held if (sign := _leg_sign_of(day)) is not None]
    return Period(
        first_day=first_day,
        last_day=last_day,
        pains=tuple(check_in.pain.pain_0_10 for check_in in check_ins if check_in.pain),
        late_ratings=sum(is_after_noon(check_in) for check_in in check_ins if check_in.pain),
        run_minutes=known_minutes(run for day in held for run in day.runs),
        walk_minutes=known_minutes(walk for day in held for walk in day.walks),
        run_days=sum(bool(day.runs) for day in held),
        unknown_days=over - known,
        has_known_day=known > 0,
        unmeasured_run_days=tuple(day for day in unmeasured_run_days(days) if first_day <= day <= last_day),
        ratings={name: _given(getattr(one, name) for one in check_ins) for name in FOLLOWED},
        leg_days=sum(legs),
        leg_reported_days=len(legs),
        is_before_diary=begins > last_day,
    )


def unmeasured_run_days(days: Sequence[DiaryDay]) -> tuple[date, ...]:
    """Return the days with a run, on record or reported by the next check-in, of which nobody knows how long it was.

    Args:
        days: of the diary, in order.
    """
    # the first check-in of all may report a run before the diary began
    reported = {day.day - ONE_DAY for day in days if day.check_in and day.check_in.ran_yesterday}
    unknown = {day.day for day in days if day.run_minutes is None and (day.runs or day.day in reported)}
    return tuple(sorted(unknown | (reported - {day.day for day in days})))


def weeks(days: Sequence[DiaryDay], *, today: date) -> tuple[Period, ...]:
    """Every week, Monday to Sunday, from the diary's first to that of today, in order."""
    if not days:
        return ()
    monday = days[0].day - timedelta(days=days[0].day.weekday())
    count = (today - monday).days // 7 + 1
    firsts = (monday + timedelta(weeks=n) for n in range(count))
    return tuple(
        # with the day after it: its check-in reports the last run
        period(_within(days, first, 8), first, first + timedelta(days=6), today=today)
        for first in firsts
    )


def months(days: Sequence[DiaryDay], *, today: date) -> tuple[Period, ...]:
    """Every calendar month from the diary's first to that of today, in order."""
    if not days:
        return ()
    every = (days[0].day + timedelta(days=n) for n in range((today - days[0].day).days + 1))
    of_month: dict[str, list[DiaryDay]] = {
        month: list(held) for month, held in groupby(days, key=lambda day: f"{day.day:%Y-%m}")
    }
    made = []
    for month, calendar in groupby(every, key=lambda day: f"{day:%Y-%m}"):
        whole = list(calendar)
        after = [day for day in days if day.day == whole[-1] + ONE_DAY]
        made.append(period([*(of_month.get(month) or days[:1]), *after], whole[0], whole[-1], today=today))
    return tuple(made)


def _within(days: Sequence[DiaryDay], first: date, count: int) -> Sequence[DiaryDay]:
    """Return at most `count` days of the diary from `first` on; its first day where there is none."""
    start = (first - days[0].day).days  # the days of a diary have no holes
    return days[max(start, 0) : max(start + count, 0)] or days[:1]


def band_of(pain: float) -> int:
    """Return the index in `BANDS` of a rating, 0-10."""
    return next(n for n, (_, upper) in enumerate(BANDS) if pain <= upper)


def is_after_noon(check_in: CheckIn) -> bool:
    """Whether a check-in was told at noon or later; of one that was filled in on another day nobody knows."""
    return not check_in.filled_in_late and check_in.moment.hour >= NOON_H


def _leg_sign_of(day: DiaryDay) -> bool | None:
    """Whether a day has a sign in a leg; None where none of its check-ins reports on the legs."""
    check_ins = (each for each in (day.check_in, *day.later_check_ins) if each is not None)
    signs = [leg_sign(each.leg_symptoms, each.leg_pain) for each in check_ins]
    known = [sign for sign in signs if sign is not None]
    return any(known) if known else None


def _given(answers: Iterable[float | None]) -> tuple[float, ...]:
    return tuple(answer for answer in answers if answer is not None)
