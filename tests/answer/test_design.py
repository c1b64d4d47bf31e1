"""From days to arrays."""

from dataclasses import fields, replace
from datetime import timedelta

import numpy as np
import pytest

from backstride.answer.design import _most_dose, chronic_start, design, usual_days
from backstride.answer.person_priors import RECOVERY_BY_DURATION, priors_for
from backstride.core.measurement import Pathway
from backstride.core.pain_since import PainSince
from backstride.model.data import PATHWAYS
from backstride.model.priors import neutral_priors

NEVER = np.full(84, np.nan)


def test_the_window_runs_from_the_first_rating_to_the_last(series):
    """Days before and after have no place in the model."""
    pain = series.pain.copy()
    pain[:5] = pain[-7:] = np.nan
    rated = np.flatnonzero(~np.isnan(pain))
    made = design(replace(series, pain=pain))
    assert made.data.days == rated[-1] - rated[0] + 1
    assert made.data.usual.sum() == pytest.approx(1.0)


def test_a_long_gap_without_any_record_cuts_the_diary(series):
    """The latest stretch counts where it has four weeks of ratings, else the one with most; runs bridge a gap."""
    gap = slice(10, 10 + 91)
    long = {f.name: np.resize(v, 200) if isinstance(v := getattr(series, f.name), np.ndarray) else v
            for f in fields(series) if f.name not in ("measures", "days")}  # fmt: skip
    days = tuple(replace(series.days[0], day=series.days[0].day + timedelta(n)) for n in range(200))
    made = replace(series, **long, days=days, measures=())
    pain, dose = np.full(200, 3.0), np.zeros(200)
    pain[gap] = dose[gap] = np.nan
    cut = design(replace(made, pain=pain, dose=dose))
    assert (cut.series.days[0], cut.ratings_left_out) == (days[101], 10)
    late = pain.copy()
    late[110:] = np.nan
    assert design(replace(made, pain=late, dose=dose)).series.days[0] == days[0]
    dose[50] = 1.0
    assert design(replace(made, pain=pain, dose=dose)).data.days == 200


def test_a_pathway_needs_five_measurements(series):
    """With four it is left out, and still counted."""
    few = [replace(m, **{f: getattr(m, f)[:4] for f in ("row", "lower", "upper", "earlier")})
           if m.pathway is Pathway.MOOD else m for m in series.measures]  # fmt: skip
    made = design(replace(series, measures=tuple(few)))
    assert made.counts["mood"] <= 4
    assert 3 not in made.data.pathway


def test_measurements_lie_by_pathway_and_by_measure(series):
    """Each pathway's values are its own measures' and nobody else's, in one piece, and none is left over."""
    data = design(series).data
    names = [PATHWAYS[k] for k in data.pathway]
    mine = {name: [m for m in series.measures if m.pathway.value == name] for name in names}
    assert len({len(measures) for measures in mine.values()}) > 1  # else one boundary could stand for another
    assert data.measure_group.tolist() == [0, *np.cumsum([len(mine[name]) for name in names])]
    for k, name in enumerate(names):
        values = slice(data.group[k], data.group[k + 1])
        rows = np.concatenate([m.row for m in mine[name]])
        assert sorted(data.row[values]) == sorted(rows[(rows >= 0) & (rows < data.days)])
        assert set(data.measure[values]) == set(range(*data.measure_group[k : k + 2]))
    assert data.group[-1] == len(data.row)


def test_the_most_telling_comes_first(series):
    """The yardstick of a pathway has the most answers off the floor and off the ceiling."""
    data = design(series).data
    telling = np.isfinite(data.value_lower) & np.isfinite(data.value_upper)
    for k in range(data.pathways):
        sizes = [np.sum(telling & (data.measure == j)) for j in range(*data.measure_group[k : k + 2])]
        assert sizes[0] == max(sizes)


def at_the_floor(measure, *, but: int):
    """The same measure with all answers below its lowest bound, but for the first few."""
    lower, upper = measure.lower.copy(), measure.upper.copy()
    lower[but:], upper[but:] = -np.inf, float(np.min(upper))
    return replace(measure, lower=lower, upper=upper)


@pytest.mark.parametrize(("off_the_floor", "kept"), [(0, False), (4, False), (5, True)])
def test_a_measure_that_stays_at_its_floor_tells_nothing(series, off_the_floor, kept):
    """Who never smokes has no cigarettes to learn from: with fewer than five other answers it is left out."""
    measures = tuple(
        at_the_floor(m, but=off_the_floor) if m.pathway is Pathway.MOOD else m for m in series.measures
    )
    made = design(replace(series, measures=measures))
    assert (3 in made.data.pathway) is kept
    assert (made.counts["mood"] > 0) is kept


@pytest.mark.parametrize("since", [None, *PainSince])
def test_how_long_the_back_has_hurt_sets_what_may_heal_by_itself(series, since):
    """Each duration has a natural course of its own; where nothing was said the general one holds."""
    priors = priors_for(design(series, pain_since=since))
    general = neutral_priors(design(series).data.pathway).recovery
    assert priors.recovery == RECOVERY_BY_DURATION.get(since, general)


def test_usual_days_are_the_running_weeks_of_the_last_eight():
    """Weeks without a run, and weeks drawn for rest, are left out; without any, all running weeks count."""
    dose = np.zeros(84)
    dose[[2, 60, 80]] = 1.0
    usual = usual_days(dose, NEVER)
    assert set(np.flatnonzero(usual)) == {*range(56, 63), *range(77, 84)}
    rest_week = NEVER.copy()
    rest_week[77:] = 0.0
    assert set(np.flatnonzero(usual_days(dose, rest_week))) == set(range(56, 63))
    early = np.zeros(84)
    early[2] = 1.0
    assert set(np.flatnonzero(usual_days(early, NEVER))) == set(range(7))


def test_drawn_weeks_are_cut_as_they_were_drawn():
    """Three days after the last drawn week do not shift its days into another."""
    dose, drawn = np.zeros(87), np.full(87, np.nan)
    drawn[70:77], drawn[77:84] = 0.0, 1.0
    dose[[77, 79, 81]] = 1.0
    assert set(np.flatnonzero(usual_days(dose, drawn))) == set(range(77, 84))


def test_with_too_few_runs_unknown_doses_count_as_rest(series):
    """Nothing could tell how often and how long unknown runs were; six runs can."""
    for runs, unknown in ((5, 0), (6, 10)):
        dose = np.zeros(len(series.dose))
        dose[3 : 3 + runs], dose[40:50] = 1.0, np.nan
        assert np.isnan(design(replace(series, dose=dose)).data.dose).sum() == unknown


def test_chronic_load_starts_from_the_runs_before():
    """Twenty-eight known days before the first rating give it; else the first 28 days' mean."""
    steady = np.full(100, 0.5)
    assert chronic_start(steady, 60) == pytest.approx(0.5)
    later = np.concatenate([np.full(10, 9.0), np.full(50, 0.2)])
    assert chronic_start(later, 10) == pytest.approx(0.2)


def test_the_most_is_the_largest_month():
    """Mean over 28 days, unknown days left out."""
    dose = np.zeros(100)
    dose[30:58] = 1.0
    dose[35] = np.nan
    assert _most_dose(dose) == pytest.approx(1.0)
