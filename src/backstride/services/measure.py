"""Measuring now and then: holds, reaches and weight, kept as measurements; and when the next one tells more."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, tzinfo
from statistics import fmean

from backstride.core.measurement import FORMS, Measurement, MeasurementKind
from backstride.core.records import Records
from backstride.diary.diary import Diary
from backstride.errors import BadValue
from backstride.runtime.clock import utc_now

SOURCE = "measured"
EARLIEST_AGAIN = timedelta(days=14)
PRACTICE = 2
"""The first two times rise by practice alone."""
SIDED = frozenset(
    {MeasurementKind.SIDE_PLANK, MeasurementKind.SINGLE_LEG_BRIDGE, MeasurementKind.HIP_FLEXOR_REACH}
)
"""Done on the left and on the right; the mean of both is kept, for one morning has one value."""


@dataclass(frozen=True, slots=True)
class MeasurementHistory:
    """What is on record of one test.

    Attributes:
        kind: which.
        values: every one, the first one first.
    """

    kind: MeasurementKind
    values: tuple[Measurement, ...]

    @property
    def last(self) -> Measurement | None:
        """The latest value; None where there is none."""
        return self.values[-1] if self.values else None

    @property
    def is_practice(self) -> bool:
        """Whether the next time is still one of the first two."""
        return self.kind is not MeasurementKind.WEIGHT and len(self.values) < PRACTICE

    @property
    def earliest_again(self) -> date | None:
        """The first day on which another one tells more; None where there is none yet."""
        return self.last.local_day + EARLIEST_AGAIN if self.last else None

    def is_due(self, today: date) -> bool:
        """Whether it may be done again."""
        return self.earliest_again is None or self.earliest_again <= today


def measured_so_far(diary: Diary) -> tuple[MeasurementHistory, ...]:
    """Return the history of each test, in the order in which they are offered."""
    measurements = sorted(diary.records().measurements, key=lambda m: m.moment)
    return tuple(
        MeasurementHistory(kind, tuple(m for m in measurements if m.kind is kind)) for kind in MeasurementKind
    )


def measured_lately(diary: Diary, *, today: date) -> bool:
    """Whether anything was measured in the last two weeks."""
    entries = diary.entries(today - EARLIEST_AGAIN + timedelta(days=1), today)
    return any(isinstance(entry.record, Measurement) for entry in entries)


def measure(
    diary: Diary,
    kind: MeasurementKind,
    sides: Sequence[float],
    *,
    zone: tzinfo,
    now: datetime | None = None,
) -> Measurement:
    """Keep one value.

    Args:
        diary: whose.
        kind: what was measured.
        sides: the value in the kind's own unit; left and right, in that order, of a test with two sides.
        zone: the person's own.
        now: the moment of measuring; the clock's unless given.

    Raises:
        BadValue: a side is missing, or a value is not possible.
        DiaryError: it was not stored.
    """
    if len(sides) != (2 if kind in SIDED else 1):
        raise BadValue("A side is missing.", advice="Do the test on both sides, then save both.")
    moment = (now or utc_now()).astimezone(zone).replace(microsecond=0)
    each = [Measurement(moment=moment, kind=kind, value=side) for side in sides]
    measurement = Measurement(
        moment=moment,
        kind=kind,
        value=round(fmean(one.value for one in each), 2),
        source=_source(kind, sides),
    )
    diary.add(Records(measurements=(measurement,)), source=SOURCE, now=now or utc_now())
    return measurement


def _source(kind: MeasurementKind, sides: Sequence[float]) -> str:
    if kind not in SIDED:
        return SOURCE
    left, right = sides
    return f"{SOURCE}, left {left:g}, right {right:g} {FORMS[kind].unit}"
