"""Records: what one import brings, and which days it vouches for."""

from collections.abc import Iterable
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from itertools import chain

from backstride.core.allocation import Allocation
from backstride.core.check_in import CheckIn
from backstride.core.measurement import Measurement
from backstride.core.pain_before import PainBefore
from backstride.core.plan_step import PlanStep
from backstride.core.roland_morris import RolandMorris
from backstride.core.run import Run
from backstride.errors import BadValue


@dataclass(frozen=True, slots=True, order=True)
class CoveredSpan:
    """Days, first to last, for which a source knows every run: a day without one was a rest day."""

    first_day: date
    last_day: date
    source: str = ""

    def __post_init__(self) -> None:
        """Refuse a span that ends before it begins."""
        if self.last_day < self.first_day:
            raise BadValue(
                f"The span {self.first_day} to {self.last_day} ends before it begins.",
                advice="Swap the two days.",
            )

    def __contains__(self, day: date) -> bool:
        """Whether the span vouches for `day`."""
        return self.first_day <= day <= self.last_day


def spans_within(spans: tuple[CoveredSpan, ...], first_day: date, last_day: date) -> tuple[CoveredSpan, ...]:
    """Return the parts of spans that lie within two local days, both counted."""
    return tuple(
        CoveredSpan(max(span.first_day, first_day), min(span.last_day, last_day), span.source)
        for span in spans
        if span.first_day <= last_day and first_day <= span.last_day
    )


@dataclass(frozen=True, slots=True)
class Records:
    """Everything known of one person in some stretch of time."""

    check_ins: tuple[CheckIn, ...] = ()
    runs: tuple[Run, ...] = ()
    measurements: tuple[Measurement, ...] = ()
    covered: tuple[CoveredSpan, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    plan: tuple[PlanStep, ...] = ()
    pain_before: tuple[PainBefore, ...] = ()
    roland_morris: tuple[RolandMorris, ...] = ()

    def __add__(self, other: "Records") -> "Records":
        """Both together, in the order given; nothing is merged."""
        return records_together((self, other))

    @property
    def count(self) -> int:
        """How many records there are of all kinds but covered spans, which are no entries of a person."""
        return sum(len(getattr(self, kind)) for kind in _KINDS if kind != "covered")


_KINDS = tuple(field.name for field in fields(Records))
_NONE = Records()


def records_together(each: Iterable[Records]) -> Records:
    """Put all of them together, in the order given; nothing is merged."""
    parts = [one for one in each if one != _NONE]
    if len(parts) < 2:
        return parts[0] if parts else _NONE
    return Records(*(tuple(chain.from_iterable(getattr(r, kind) for r in parts)) for kind in _KINDS))


MAX_PER_DAY = 200
"""Sessions, check-ins and measurements of one local day: each is held against the others of its day."""
CLOCKS_MAY_DIFFER = timedelta(hours=48)
"""A phone's clock may be wrong, and a day can be two days ahead of another across the date line."""


def not_in_future(records: Records, *, now: datetime) -> tuple[Records, tuple[str, ...]]:
    """Drop records more than 48 hours after `now`; return the rest and a sentence for each dropped one.

    A covered span ends yesterday at the latest: nobody knows yet that today will be a rest day. Draws and steps of
    the plan speak of days to come, and stay.

    Returns:
        The records that remain, and a sentence for each one that was dropped.
    """
    limit = now + CLOCKS_MAY_DIFFER
    check_ins = tuple(c for c in records.check_ins if c.moment <= limit)
    runs = tuple(r for r in records.runs if r.start <= limit)
    measurements = tuple(m for m in records.measurements if m.moment <= limit)
    pain_before = tuple(p for p in records.pain_before if p.time <= limit)
    roland_morris = tuple(r for r in records.roland_morris if r.time <= limit)
    yesterday = now.date() - timedelta(days=1)
    covered = tuple(
        replace(span, last_day=min(span.last_day, yesterday))
        for span in records.covered
        if span.first_day <= yesterday
    )
    left_out = [("check-in", c.moment, c.source) for c in records.check_ins if c.moment > limit]
    left_out += [("run", r.start, r.source) for r in records.runs if r.start > limit]
    left_out += [(m.kind.value, m.moment, m.source) for m in records.measurements if m.moment > limit]
    left_out += [("rating before a run", p.time, p.source) for p in records.pain_before if p.time > limit]
    left_out += [
        ("Roland-Morris questionnaire", r.time, r.source) for r in records.roland_morris if r.time > limit
    ]
    sentences = tuple(
        f"The {what.replace('_', ' ')} of {moment:%Y-%m-%d %H:%M}{f' ({source})' if source else ''} lies in "
        "the future and was left out. Check the clock of the watch or phone, or the order of day and month."
        for what, moment, source in left_out
    )
    remaining = replace(
        records,
        check_ins=check_ins,
        runs=runs,
        measurements=measurements,
        covered=covered,
        pain_before=pain_before,
        roland_morris=roland_morris,
    )
    return remaining, sentences
