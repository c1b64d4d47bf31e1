"""What the model is told beside pain and runs: delays, recorded confounders, fixed weekdays, and what was drawn."""

from dataclasses import replace

import numpy as np
import pytest

from backstride.answer.confounding import confounders
from backstride.answer.design import design
from backstride.answer.intention_to_treat import as_assigned
from backstride.answer.person_priors import has_fixed_weekdays, priors_for
from backstride.model.priors import neutral_priors


def with_hours(series, hours: float):
    """The same days, each run so many hours after the morning's rating."""
    ran = np.nan_to_num(series.dose) > 0
    return replace(series, hours_to_run=np.where(ran, hours, np.nan))


@pytest.mark.parametrize(("hours", "coupling"), [(0.0, 0.0), (2.0, 0.25), (8.0, 1.0), (11.0, 1.0)])
def test_pain_can_have_moved_by_the_hours_from_rating_to_run(series, hours, coupling):
    """None at once, all of it after a working day, and on days of rest as on the person's usual run day."""
    assert design(with_hours(series, hours)).data.coupling == pytest.approx(np.full(len(series), coupling))


def test_a_run_whose_rating_has_no_known_order_may_be_a_working_day_later(series):
    """Unknown is not soon: such days count in full, the others by their hours."""
    hours = with_hours(series, 1.0).hours_to_run.copy()
    unknown = np.flatnonzero(~np.isnan(hours))[::3]
    hours[unknown] = np.nan
    found = design(replace(series, hours_to_run=hours)).data.coupling
    assert np.all(found[unknown] == 1.0)
    assert np.all(np.delete(found, unknown) == 0.125)


def with_sleep(series, share: float, **other):
    """Sleep told on a share of the rated days, from the first on."""
    rated = np.flatnonzero(~np.isnan(series.pain))
    sleep = np.full(len(series), np.nan)
    told = rated[: int(share * len(rated))]
    sleep[told] = np.arange(len(told)) % 7
    return replace(series, sleep=sleep, **other)


@pytest.mark.parametrize(("share", "names"), [(0.4, ()), (0.6, ("sleep",))])
def test_what_is_told_on_half_of_the_mornings_is_allowed_for(series, share, names):
    """Below that it is left out, whatever it says."""
    made = design(with_sleep(series, share))
    assert made.confounders == names
    assert made.data.confounders.shape == (made.data.days, len(names))


def test_what_never_changes_cannot_be_allowed_for(series):
    """The same answer every morning tells nothing."""
    assert design(replace(series, stress=np.full(len(series), 5.0))).confounders == ()


def test_a_confounder_is_in_standard_units_and_0_where_unknown(series):
    """Mean 0 and sd 1 over the days on which it was told."""
    sleep = with_sleep(series, 0.7).sleep
    made = design(with_sleep(series, 0.7)).data.confounders[:, 0]
    told = ~np.isnan(sleep)
    assert made[told].mean() == pytest.approx(0.0, abs=1e-12)
    assert made[told].std() == pytest.approx(1.0)
    assert np.all(made[~told] == 0.0)


def test_how_heavy_a_day_was_is_told_the_morning_after(series):
    """So its answer stands on the day before, whose decision and next morning it may have moved."""
    load = np.random.default_rng(1).integers(0, 3, len(series)).astype(float)
    made = design(replace(series, day_load=load)).data.confounders[:, 0]
    assert np.corrcoef(made[:-1], load[1:])[0, 1] == pytest.approx(1.0)
    assert made[-1] == 0.0


def test_pain_before_a_run_counts_as_its_change_since_the_morning(series):
    """Ten such answers are enough, for they are asked on run days alone."""
    rated = np.flatnonzero(~np.isnan(series.pain))
    change = np.random.default_rng(2).normal(size=len(series))
    for count, names in ((9, ()), (12, ("pain_before",))):
        before = np.full(len(series), np.nan)
        before[rated[:count]] = (series.pain + change)[rated[:count]]
        made = design(replace(series, pain_before=before))
        assert made.confounders == names
    told = rated[:12]
    assert np.corrcoef(made.data.confounders[told, 0], change[told])[0, 1] == pytest.approx(1.0)


def on_weekdays(series, days: tuple[int, ...], *, missed: int = 0):
    """Runs on these weekdays and no other, but for the first few that were missed."""
    weekday = np.array([d.day.weekday() for d in series.days])
    runs = np.flatnonzero(np.isin(weekday, days))[missed:]
    dose = np.zeros(len(series))
    dose[runs] = 1.0
    return replace(series, dose=dose)


@pytest.mark.parametrize(
    ("days", "missed", "fixed"),
    [((0, 2, 4), 0, True), ((0, 2, 4), 1, True), ((0, 2, 4), 8, False), ((5,), 0, True)],
)
def test_fixed_weekdays_are_seen(series, days, missed, fixed):
    """Run days that the weekday explains to nine tenths; then pain may have a wider rhythm of weekdays, too."""
    made = design(on_weekdays(series, days, missed=missed))
    assert has_fixed_weekdays(made.data) is fixed
    assert (priors_for(made).weekday > neutral_priors(made.data.pathway).weekday) is fixed


def test_every_other_day_is_no_fixed_weekday(series):
    """Nor is running every day, or never."""
    for dose in (np.arange(len(series)) % 2, np.ones(len(series)), np.zeros(len(series))):
        assert not has_fixed_weekdays(design(replace(series, dose=dose.astype(float))).data)


def drawn_from(series, first):
    """Run and rest drawn in turns from day `first` on."""
    drawn = (np.arange(len(series)) % 2).astype(float)
    drawn[:first] = np.nan
    return design(replace(series, allocation=drawn))


def test_as_drawn_replaces_what_was_done_by_what_was_drawn(series):
    """Days drawn to run are a mean run, days drawn to rest none; no decision is left."""
    meant = as_assigned(drawn_from(series, 30))
    inside = meant.series.dose
    assert np.all(meant.data.dose[meant.data.drawn == 1] == inside[inside > 0].mean())
    assert np.all(meant.data.dose[meant.data.drawn == 0] == 0.0)
    assert meant.mean_dose == pytest.approx(np.nanmean(meant.data.dose))
    assert not meant.data.decision_eligible.any()
    assert np.isnan(meant.data.intention).all()
    assert np.all(meant.data.coupling == 0.0)


def test_own_days_have_no_part_in_the_analysis_as_drawn(series):
    """What was rated and run before the first drawn day is no part of it, but for the load on that morning."""
    other = replace(series, dose=series.dose.copy(), pain_lower=series.pain_lower.copy())
    other.pain_lower[5:30] = -np.inf
    other.dose[29] += 1.0
    one, two = as_assigned(drawn_from(series, 30)), as_assigned(drawn_from(other, 30))
    assert len(one.series) == len(series) - 30 == len(two.series)
    np.testing.assert_array_equal(one.data.lower, two.data.lower)
    np.testing.assert_array_equal(one.data.dose, two.data.dose)


def test_ratings_long_after_a_drawn_day_are_left_out_of_the_analysis_as_drawn(series):
    """Between two stretches of drawn days the ratings from the eighth own day on are unknown."""
    drawn = (np.arange(len(series)) % 2).astype(float)
    drawn[30:50] = np.nan
    meant = as_assigned(design(replace(series, allocation=drawn)))
    assert np.all(np.isneginf(meant.data.lower[37:50]) & np.isposinf(meant.data.upper[37:50]))
    assert np.isfinite(meant.data.lower[30:37]).any()


def test_values_are_told_as_changes_from_ones_own_mean(series):
    """Of each measure, an open end standing at its bound, and each interval as wide as it was."""
    data, widths = design(series).data, []
    for j in range(data.measures):
        lower, upper = (v[data.measure == j] for v in (data.value_lower, data.value_upper))
        low, high = np.where(np.isinf(lower), upper, lower), np.where(np.isinf(upper), lower, upper)
        assert np.mean(0.5 * (low + high)) == pytest.approx(0.0, abs=1e-9)
        widths.append(float(np.sum(high - low)))
    said = [(np.where(np.isinf(m.lower), m.upper, m.lower), np.where(np.isinf(m.upper), m.lower, m.upper))
            for m in series.measures]  # fmt: skip
    assert sorted(widths) == pytest.approx(sorted(float(np.sum(high - low)) for low, high in said))
    assert max(abs(np.mean(0.5 * (low + high))) for low, high in said) > 0.1


def drawn(series, *, kept=1.0, share=1.0):
    """Chance drew three days of each week for a run, over the latest part of the diary."""
    allocation = np.where(np.isin(np.arange(len(series)) % 7, (0, 2, 5)), 1.0, 0.0)
    rng = np.random.default_rng(1)
    dose = np.where(rng.uniform(size=len(series)) < kept, allocation, 1.0 - allocation)
    allocation[: round((1.0 - share) * len(series))] = np.nan
    return replace(with_sleep(series, 0.9), allocation=allocation, dose=dose)


@pytest.mark.parametrize(
    ("kept", "share", "names"),
    [(1.0, 1.0, ()), (1.0, 0.8, ()), (0.6, 1.0, ("sleep",)), (1.0, 0.6, ("sleep",))],
)
def test_nothing_is_allowed_for_where_chance_drew_most_days(series, kept, share, names):
    """A night may be the work of the run before it; where the draw was not kept, what is recorded may be why."""
    assert confounders(drawn(series, kept=kept, share=share))[1] == names
