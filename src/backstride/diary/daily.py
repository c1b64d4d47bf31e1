"""From records to the daily series: every value on the row of the morning of which it tells."""

import math
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import tzinfo

import numpy as np

from backstride.core.check_in import QUESTIONS
from backstride.core.days import DiaryDay, diary_days, row_of
from backstride.core.doubtful_lengths import with_doubtful_lengths
from backstride.core.measurement import Measurement, MeasurementKind
from backstride.core.records import Records
from backstride.core.run import known_minutes
from backstride.core.scales import PainRating
from backstride.diary.series import MINUTES_A_UNIT_OF_DOSE, DailySeries, Floats, MeasureSeries
from backstride.diary.standardise import OF_CHECK_INS, OF_MEASUREMENTS, Interval, Standardisation
from backstride.errors import TooFewRecords

CODED = ("sleep", "stress", "medicine", "day_load", "flare", "leg_pain", "other_pain")
"""The questions whose answers of each morning are columns of the series."""


def daily_series(records: Records, *, zone: tzinfo) -> DailySeries:
    """One row a day, from the first check-in or session to the last day of which anything is known.

    A length of a run that is in doubt is unknown here (`core/doubtful_lengths.py`).

    Args:
        records: check-ins, sessions (each run once), measurements and covered spans, in any order.
        zone: the person's own zone, for days without a check-in.

    Raises:
        TooFewRecords: there is neither a check-in nor a session.
    """
    days = diary_days(replace(records, runs=with_doubtful_lengths(records.runs)), zone=zone)
    if not days:
        raise TooFewRecords(
            "There is neither a check-in nor a run.", advice="Add a check-in, or import runs, and ask again."
        )
    pain, lower, upper = _ratings(day.check_in.pain if day.check_in else None for day in days)
    before, before_lower, before_upper = _ratings(day.pain_before_run for day in days)
    return DailySeries(
        days=days,
        pain=pain,
        pain_lower=lower,
        pain_upper=upper,
        dose=_floats(_dose(day.run_minutes) for day in days),
        walking=_floats(_dose(known_minutes(day.walks)) for day in days),
        means_to_run=_floats(day.check_in.means_to_run if day.check_in else None for day in days),
        allocation=_floats(day.drawn_to_run for day in days),
        hours_to_run=_floats(day.hours_to_run for day in days),
        **{name: _coded(name, days) for name in CODED},
        pain_before=before,
        pain_before_lower=before_lower,
        pain_before_upper=before_upper,
        measures=_measures(days, records.measurements),
    )


def _ratings(ratings: Iterable[PainRating | None]) -> tuple[Floats, Floats, Floats]:
    """(days,) the place of each rating on the 0-10 scale, and its lower and upper bound; missing ones stay so."""
    each = list(ratings)
    bounds = [rating.interval_0_10 if rating else (-math.inf, math.inf) for rating in each]
    return (
        _floats(rating.pain_0_10 if rating else None for rating in each),
        _floats(lower for lower, _ in bounds),
        _floats(upper for _, upper in bounds),
    )


def _coded(name: str, days: Sequence[DiaryDay]) -> Floats:
    """(days,) the morning's answers to a question as numbers (`Question.code`)."""
    question = QUESTIONS[name]
    return _floats(question.code(getattr(day.check_in, name)) if day.check_in else None for day in days)


def _measures(days: Sequence[DiaryDay], measurements: Sequence[Measurement]) -> tuple[MeasureSeries, ...]:
    of_check_ins = (_of_check_ins(name, standard, days) for name, standard in OF_CHECK_INS.items())
    of_tests = (_of_test(kind, standard, days, measurements) for kind, standard in OF_MEASUREMENTS.items())
    return tuple(measure for measure in (*of_check_ins, *of_tests) if measure.row.size)


def _of_check_ins(name: str, standard: Standardisation, days: Sequence[DiaryDay]) -> MeasureSeries:
    answers = [(row, getattr(day.check_in, name)) for row, day in enumerate(days) if day.check_in]
    given = [(row, answer) for row, answer in answers if answer is not None]
    intervals = [standard.interval(answer) for _, answer in given]
    return _series(name, standard, [row for row, _ in given], intervals, [0] * len(given))


def _of_test(
    kind: MeasurementKind,
    standard: Standardisation,
    days: Sequence[DiaryDay],
    measurements: Sequence[Measurement],
) -> MeasureSeries:
    """Every value of one test; those before the first day or after the last only count as practice."""
    values = sorted((m for m in measurements if m.kind is kind), key=lambda m: m.moment)
    placed = [(earlier, _row(m, days), m.value) for earlier, m in enumerate(values)]
    retained = [(earlier, row, value) for earlier, row, value in placed if row is not None]
    return _series(
        kind.value,
        standard,
        [row for _, row, _ in retained],
        [standard.interval(value) for _, _, value in retained],
        [earlier if standard.practice else 0 for earlier, _, _ in retained],
    )


def _row(measurement: Measurement, days: Sequence[DiaryDay]) -> int | None:
    """Return the row of the morning that a measurement describes; None outside the series.

    That is the morning before it, unless there was running in between: then the run is part of what is
    measured, and the value counts for the morning after. The last day has none yet and keeps its values.
    """
    row = row_of(measurement.moment, days)
    if row < 0:
        return 0 if measurement.local_day == days[0].day else None
    if row == len(days) - 1 and measurement.local_day > days[-1].day:
        return None
    ran_before = any(run.start < measurement.moment for run in days[row].runs)
    return min(row + ran_before, len(days) - 1)


def _series(
    name: str, standard: Standardisation, rows: list[int], intervals: list[Interval], earlier: list[int]
) -> MeasureSeries:
    lower = _floats(bound for bound, _ in intervals)
    upper = _floats(bound for _, bound in intervals)
    if standard.from_first and rows:
        first = lower[0]
        lower, upper = lower - first, upper - first
    return MeasureSeries(
        name, standard.pathway, np.array(rows, dtype=np.int64), lower, upper, _floats(earlier)
    )


def _dose(minutes: float | None) -> float | None:
    return None if minutes is None else minutes / MINUTES_A_UNIT_OF_DOSE


def _floats(values: Iterable[float | None]) -> Floats:
    return np.array([math.nan if value is None else value for value in values], dtype=np.float64)
