"""The daily series: a person's records on one row a day, in which missing stays missing."""

from dataclasses import dataclass
from datetime import date

import numpy as np
from numpy.typing import NDArray

from backstride.core.days import DiaryDay
from backstride.core.measurement import Pathway

Floats = NDArray[np.float64]
MINUTES_A_UNIT_OF_DOSE = 30.0


@dataclass(frozen=True, slots=True)
class MeasureSeries:
    """All values of one measure of one pathway, in standard units, each as an interval.

    Attributes:
        name: the question or test ("mood", "front_plank").
        pathway: what it measures.
        row: day index of each value, shape (n,), ascending.
        lower, upper: bounds, shape (n,); equal where the value is exact; infinite where a scale ends.
        earlier: how many times the person had done this test before, shape (n,); 0 where nothing is learnt.
    """

    name: str
    pathway: Pathway
    row: NDArray[np.int64]
    lower: Floats
    upper: Floats
    earlier: Floats


@dataclass(frozen=True, slots=True)
class DailySeries:
    """One row a day; every array has shape (days,) and holds nan where the day is missing.

    Attributes:
        days: the diary days themselves, in order.
        pain: the morning rating's place on the 0-10 scale.
        pain_lower, pain_upper: the interval it stands for; (-inf, inf) where it is missing.
        dose: running between this check-in and the next, minutes / 30; 0 is a known rest day.
        walking: walking between this check-in and the next, minutes / 30; 0 where none is recorded.
        means_to_run: 1, 0 or nan where it was not asked.
        allocation: what chance drew for the day, 1 run, 0 rest, nan on own days.
        hours_to_run: hours from the morning's rating in `pain` to the day's first run; nan where there was no run, or
            where the rating is not known to come before it on the same day.
        sleep, stress, leg_pain, other_pain: ratings of the morning, 0-10.
        medicine: pain medicine since the morning before: 0 none, 1 as usual, 2 more.
        day_load: how heavy the day before was apart from running: 0 light, 1 as usual, 2 heavy.
        flare: 1 where the person called the morning's pain a flare, 0 where not.
        pain_before: pain now before the day's first run, its place on the 0-10 scale: the last rating between the
            morning's check-in and the run; on a day without a run the last one of the day.
        pain_before_lower, pain_before_upper: the interval it stands for; (-inf, inf) where it is missing.
        measures: the pathway measures.
    """

    days: tuple[DiaryDay, ...]
    pain: Floats
    pain_lower: Floats
    pain_upper: Floats
    dose: Floats
    walking: Floats
    means_to_run: Floats
    allocation: Floats
    sleep: Floats
    stress: Floats
    medicine: Floats
    day_load: Floats
    flare: Floats
    leg_pain: Floats
    other_pain: Floats
    pain_before: Floats
    pain_before_lower: Floats
    pain_before_upper: Floats
    hours_to_run: Floats
    measures: tuple[MeasureSeries, ...]

    @property
    def first_day(self) -> date:
        """The day of row 0."""
        return self.days[0].day

    def __len__(self) -> int:
        """How many days there are."""
        return len(self.days)
