"""The daily series: one row a day, and every measure in steps a person would notice."""

import math
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from numpy.testing import assert_allclose, assert_array_equal

from backstride.core.check_in import CheckIn
from backstride.core.measurement import Measurement, MeasurementKind, Pathway
from backstride.core.pain_before import PainBefore
from backstride.core.records import CoveredSpan
from backstride.core.run import Activity, Run
from backstride.core.scales import PainRating, Scale
from backstride.diary import standardise
from backstride.diary.daily import daily_series
from backstride.diary.serialization import records_of
from backstride.diary.series import DailySeries, MeasureSeries
from backstride.errors import TooFewRecords

BERLIN = ZoneInfo("Europe/Berlin")
nan, inf = math.nan, math.inf


def at(day: int, hour: float = 7) -> datetime:
    """Name an hour of a day of May."""
    return datetime(2026, 5, day, tzinfo=BERLIN) + timedelta(hours=hour)


def series_of(*told) -> DailySeries:
    """Make a series of records of any kind."""
    return daily_series(records_of(told), zone=BERLIN)


def test_a_length_that_looks_like_a_mistake_is_unknown():
    """A watch that nobody stopped: the day had a run, and nobody knows of how many minutes."""
    runs = [Run(start=at(day, 18), moving_s=60.0 * (300 if day == 6 else 30)) for day in range(1, 9)]
    dose = series_of(*runs).dose
    assert math.isnan(dose[5])
    assert np.isfinite(np.delete(dose, 5)).all()


def measure(series: DailySeries, name: str) -> MeasureSeries:
    """Find a measure by its name."""
    return next(m for m in series.measures if m.name == name)


def mornings(*days: int, **answers) -> list[CheckIn]:
    """Make check-ins at seven."""
    return [CheckIn(moment=at(day), **answers) for day in days]


def test_series_without_any_record_is_refused():
    """There is no first day to begin with."""
    with pytest.raises(TooFewRecords, match="neither a check-in nor a run"):
        series_of()


def test_pain_is_its_place_and_the_interval_it_stands_for():
    """Missing pain is nan, and could be anything."""
    series = series_of(
        *mornings(1, pain=PainRating(2, Scale(1, 5))), *mornings(2), *mornings(3, pain=PainRating(0))
    )
    assert_allclose(series.pain, [2.5, nan, 0])
    assert_allclose(series.pain_lower, [1.25, -inf, -inf])
    assert_allclose(series.pain_upper, [3.75, inf, 0.5])


def test_dose_is_running_in_half_hours_and_missing_stays_missing():
    """45 and 15 minutes are two units; a covered day is 0; a day of which nobody spoke is nan."""
    runs = [Run(start=at(1, hour), moving_s=minutes * 60) for hour, minutes in ((12, 45), (18, 15))]
    series = series_of(*mornings(1, 2, 3), *runs, CoveredSpan(date(2026, 5, 2), date(2026, 5, 2)))
    assert_allclose(series.dose, [2, 0, nan])


def test_walking_is_nought_where_none_is_recorded():
    """Walks do not make a day known; their absence is taken for none."""
    walk = Run(start=at(1, 12), moving_s=3600, activity=Activity.WALK)
    series = series_of(*mornings(1, 2), walk)
    assert_allclose(series.walking, [2, 0])
    assert_array_equal(series.dose, [nan, nan])


def test_intention_and_draw_are_one_nought_or_nan():
    """Yes is 1, no is 0, not asked is nan."""
    told = [
        CheckIn(moment=at(d), means_to_run=m, drawn_to_run=w)
        for d, m, w in ((1, True, False), (2, False, True))
    ]
    series = series_of(*told, *mornings(3))
    assert_array_equal(series.means_to_run, [1, 0, nan])
    assert_array_equal(series.allocation, [0, 1, nan])


def test_rows_are_consecutive_days():
    """A day in the middle without any record has its row."""
    series = series_of(*mornings(1, 4))
    assert (len(series), series.first_day, [d.day.day for d in series.days]) == (
        4,
        date(2026, 5, 1),
        [1, 2, 3, 4],
    )


def test_only_the_first_check_in_of_a_day_counts():
    """An evening mood is not the morning's."""
    series = series_of(CheckIn(moment=at(1), mood=4), CheckIn(moment=at(1, 21), mood=9))
    assert_allclose(measure(series, "mood").lower, [(4 - 0.5 - 5) / 2])


@pytest.mark.parametrize(
    ("name", "value", "interval", "pathway"),
    [
        ("mood", 5, (-0.25, 0.25), Pathway.MOOD),
        ("tightness", 0, (-inf, -2.25), Pathway.TIGHTNESS),
        ("confidence", 10, (2.25, inf), Pathway.CONFIDENCE),
        ("drinks", 0, (-inf, math.sqrt(0.5)), Pathway.LIFESTYLE),
        ("cigarettes", 0.3, (0, math.sqrt(0.8)), Pathway.LIFESTYLE),
        ("fatty_meals", 4, (math.sqrt(3.5), math.sqrt(4.5)), Pathway.LIFESTYLE),
    ],
)
def test_answers_become_standard_units(name, value, interval, pathway):
    """Ratings in steps of two points from the middle, counts as square roots; open where a scale ends."""
    told = measure(series_of(*mornings(1, **{name: value})), name)
    assert (told.pathway, told.lower[0], told.upper[0]) == (pathway, *map(pytest.approx, interval))


@pytest.mark.parametrize(
    ("kind", "value", "interval", "pathway"),
    [
        (MeasurementKind.FRONT_PLANK, 60, (0, 0), Pathway.CORE),
        (MeasurementKind.LEG_RAISE, 60 * math.exp(0.3), (1, 1), Pathway.CORE),
        (MeasurementKind.SIDE_PLANK, 0, (-inf, -math.log(60) / 0.3), Pathway.CORE),
        (MeasurementKind.HAMSTRING_REACH, -10, (2, 2), Pathway.TIGHTNESS),
        (MeasurementKind.HIP_FLEXOR_REACH, 5, (-1, -1), Pathway.TIGHTNESS),
    ],
)
def test_tests_become_standard_units(kind, value, interval, pathway):
    """Holding a third longer is one unit more; five centimetres less reach is one unit tighter."""
    told = measure(series_of(*mornings(1), Measurement(moment=at(1), kind=kind, value=value)), kind)
    assert (told.pathway, told.lower[0], told.upper[0]) == (pathway, *map(pytest.approx, interval))


def test_weight_is_counted_from_the_first_of_the_series():
    """Two kilograms are one unit; a weight from long before the first day is no beginning."""
    days = {-300: 90, 1: 70, 2: 68, 3: 71}
    weights = [
        Measurement(moment=at(1) + timedelta(days=d - 1), kind=MeasurementKind.WEIGHT, value=kg)
        for d, kg in days.items()
    ]
    told = measure(series_of(*mornings(1, 2, 3), *weights), "weight")
    assert_allclose(told.lower, [0, -1, 0.5])
    assert_array_equal(told.earlier, [0, 0, 0])


def test_practice_is_counted_from_the_first_test_ever():
    """Two planks of a day are both kept; one from before the diary was practice all the same."""
    days = [at(1) - timedelta(days=90), at(1, 8), at(1, 9), at(2, 9)]
    planks = [Measurement(moment=day, kind=MeasurementKind.FRONT_PLANK, value=60) for day in days]
    told = measure(series_of(*mornings(1, 2), *planks), "front_plank")
    assert (list(told.row), list(told.earlier)) == ([0, 0, 1], [1, 2, 3])


@pytest.mark.parametrize(
    ("hour", "row"),
    [(6, 0), (8, 0), (19, 1), (24 + 6, 1), (24 + 8, 1), (48 + 8, 2), (48 + 20, 2)],
)
def test_measurement_tells_of_the_morning_before_it_unless_there_was_a_run(hour, row):
    """With runs at noon of the first and the last day: after a run it counts for the next morning."""
    runs = [Run(start=at(day, 12), moving_s=1800) for day in (1, 3)]
    weight = Measurement(moment=at(1, hour), kind=MeasurementKind.WEIGHT, value=70)
    assert list(measure(series_of(*mornings(1, 2, 3), *runs, weight), "weight").row) == [row]


@pytest.mark.parametrize("day", [-1, 5])
def test_measurement_outside_the_series_has_no_row(day):
    """Weights from years before or after the diary are left out."""
    weight = Measurement(moment=at(1) + timedelta(days=day), kind=MeasurementKind.WEIGHT, value=70)
    assert series_of(*mornings(1, 2), weight).measures == ()


def test_pain_before_a_run_is_the_last_rating_before_the_first_run_of_the_day():
    """A rating after it tells nothing of the decision; where there is no run the day's last rating counts."""

    def before(day: int, hour: int, pain: float) -> PainBefore:
        return PainBefore(time=at(day, hour), pain=PainRating(pain))

    ratings = [
        before(1, 12, 5),
        before(1, 17, 3),
        before(1, 21, 7),
        before(2, 12, 2),
        before(2, 18, 1),
        before(3, 6, 9),
    ]
    runs = [Run(start=at(1, 18), moving_s=1800), Run(start=at(1, 22), moving_s=1800)]
    series = series_of(*mornings(1, 2, 3), *runs, *ratings)
    assert_allclose(series.pain_before, [3, 9, np.nan])
    assert_allclose(series.pain_before_lower, [2.5, 8.5, -np.inf])
    assert_allclose(series.pain_before_upper, [3.5, 9.5, np.inf])


def test_answers_of_a_morning_stand_on_its_row_as_numbers():
    """Choices count from 0; what was left open, and a day without a check-in, are unknown."""
    told = CheckIn(
        moment=at(1), sleep=7, stress=2.5, medicine="more", day_load="light", flare=False, leg_pain=1
    )
    series = series_of(
        told, CheckIn(moment=at(3), medicine="none", day_load="usual", flare=True, other_pain=4)
    )
    assert_allclose(series.sleep, [7, np.nan, np.nan])
    assert_allclose(series.stress, [2.5, np.nan, np.nan])
    assert_allclose(series.medicine, [2, np.nan, 0])
    assert_allclose(series.day_load, [0, np.nan, 1])
    assert_allclose(series.flare, [0, np.nan, 1])
    assert_allclose(series.leg_pain, [1, np.nan, np.nan])
    assert_allclose(series.other_pain, [np.nan, np.nan, 4])


@pytest.mark.parametrize("sore", [True, False])
def test_sore_muscles_do_not_reach_the_model(sore):
    """The rows of days are the same, whatever was said of muscles: soreness after a run is no back pain."""
    told, silent = (
        series_of(*mornings(1, 2, 3, sore=answer), Run(start=at(1, 18), moving_s=1800))
        for answer in (sore, None)
    )
    assert_array_equal(told.pain, silent.pain)
    assert_array_equal(told.means_to_run, silent.means_to_run)
    assert [m.name for m in told.measures] == [m.name for m in silent.measures]


def test_measure_without_change_is_kept():
    """Whether it can be learnt from is for the model to say."""
    assert measure(series_of(*mornings(1, 2, 3, mood=5)), "mood").row.size == 3


@settings(deadline=None)
@given(st.lists(st.sampled_from(range(240)), max_size=20), st.lists(st.sampled_from(range(240)), max_size=6))
def test_rows_ascend_and_every_array_is_as_long_as_the_days(weighed, ran):
    """Whatever was recorded when, the arrays fit together."""
    weights = [Measurement(moment=at(1, h), kind=MeasurementKind.WEIGHT, value=70) for h in weighed]
    series = series_of(*mornings(2, 5), *[Run(start=at(1, h), moving_s=600) for h in ran], *weights)
    arrays = (
        series.pain,
        series.pain_lower,
        series.dose,
        series.walking,
        series.allocation,
        series.means_to_run,
    )
    assert {len(array) for array in arrays} == {len(series)}
    assert all(np.all(np.diff(m.row) >= 0) and m.row.max() < len(series) for m in series.measures)


@settings(deadline=None)
@given(st.sampled_from([standardise.rating, standardise.count]), st.integers(0, 10))
def test_intervals_of_neighbouring_answers_touch(interval, answer):
    """Between two neighbouring answers there is no feeling without one, and none with two."""
    upper = interval(answer)[1]
    lower_of_next = interval(answer + 1)[0]
    assert answer == 10 or upper == lower_of_next


def test_every_measure_has_a_standard():
    """No kind of measurement is without its unit."""
    assert set(standardise.OF_MEASUREMENTS) == set(MeasurementKind)
