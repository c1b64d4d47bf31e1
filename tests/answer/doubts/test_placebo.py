"""The placebo: quiet where people run by this morning's pain, loud where they run by another's."""

import numpy as np
import pytest

from backstride.answer.doubts.paths import sample_paths
from backstride.answer.doubts.placebo import past_pain, placebo, placebo_p
from backstride.answer.kinds import Question, TierLetter
from backstride.model.fit import Posterior, Settings
from backstride.model.priors import neutral_priors


def p_value(data, seed):
    """The placebo's p of one person's days."""
    priors = neutral_priors(data.pathway)
    unfitted = Posterior(np.zeros((1, 1, 1)), None, Settings(seed=seed), priors, 0.0)
    with np.errstate(invalid="ignore"):
        pain = np.where(np.isneginf(data.lower), data.upper - 0.5, data.lower + 0.5)
    pain[np.isinf(pain)] = np.nan
    return placebo_p(pain, data, sample_paths(unfitted, data))


def rate(person_with_cause, people, **wishes):
    """Share of people with p < 0.05."""
    return np.mean([p_value(person_with_cause(i, **wishes), i) < 0.05 for i in range(people)])


def test_skipping_runs_on_bad_mornings_is_no_finding(person_with_cause):
    """Where this morning's pain decides, the placebo stays quiet, strong as the skipping may be."""
    assert rate(person_with_cause, 16, kappa=-1.2) <= 0.25


def test_deciding_by_pain_that_was_not_asked_is_found(person_with_cause):
    """Where yesterday's pain decides and not this morning's, the placebo fires in most."""
    assert rate(person_with_cause, 8, kappa=-1.2, decides_by="yesterday") >= 0.6


def test_a_calendar_is_no_finding(person_with_cause):
    """Who runs each third day, whatever the pain, is not suspected because each run hurts."""
    found = [p_value(person_with_cause(i, days=126, beta=0.8, every=3), i) for i in range(16)]
    assert sum(p is not None and p < 0.05 for p in found) <= 1


@pytest.mark.slow
@pytest.mark.parametrize("wishes", [{}, {"kappa": -1.5}, {"beta": -0.5}])
def test_the_level_holds(person_with_cause, wishes):
    """Of 200 people in whom the model is right, at most about one in ten is wrongly suspected."""
    assert rate(person_with_cause, 200, **wishes) < 0.11


def test_past_pain_looks_back_only():
    """What is said of past pain on a day does not change with ratings of that day or later."""
    pain = np.random.default_rng(1).integers(0, 8, 60).astype(float)
    changed = pain.copy()
    changed[30:] = 9.0
    assert np.array_equal(past_pain(pain)[:31], past_pain(changed)[:31])


def test_too_few_decisions_are_not_tested(person_series, asked):
    """Below thirty known decisions the placebo is not run."""
    case = asked(person_series(2, days=25, pathways=False), draws=50)
    assert placebo(case, sample_paths(case.posterior, case.design.data)).result.value == "not run"


def test_drawn_days_have_the_randomisation_test_instead(person_series, asked):
    """Where chance drew the days the placebo is not run."""
    case = asked(person_series(2, days=60, pathways=False), draws=50)
    case = case._replace(tiers=dict.fromkeys(Question, TierLetter.RANDOMISED))
    assert placebo(case, sample_paths(case.posterior, case.design.data)).result.value == "not run"
