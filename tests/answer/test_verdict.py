"""The verdict rule, row by row as the contract has it."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from backstride.answer.answer import TierLetter, Verdict
from backstride.answer.verdict import Chances, allowed, chances, verdict

MIRROR = {
    Verdict.HELPS: Verdict.HARMS, Verdict.HELPS_A_LITTLE: Verdict.HARMS_A_LITTLE,
    Verdict.HARMS: Verdict.HELPS, Verdict.HARMS_A_LITTLE: Verdict.HELPS_A_LITTLE,
}  # fmt: skip


@pytest.mark.parametrize(
    ("c", "said", "also"),
    [
        (Chances(0.95, 0.5, 0.5, 0.05, 0.0), Verdict.HELPS, False),
        (Chances(0.95, 0.49, 0.51, 0.05, 0.0), Verdict.HELPS_A_LITTLE, False),
        (Chances(0.99, 0.05, 0.95, 0.01, 0.0), Verdict.HELPS_A_LITTLE, True),
        (Chances(0.94, 0.05, 0.90, 0.06, 0.0), Verdict.NO_DIFFERENCE, False),
        (Chances(0.94, 0.20, 0.80, 0.06, 0.0), Verdict.CANNOT_TELL, False),
        (Chances(0.05, 0.0, 0.4, 0.95, 0.6), Verdict.HARMS, False),
        (Chances(0.05, 0.0, 0.8, 0.95, 0.2), Verdict.HARMS_A_LITTLE, False),
    ],
)
def test_the_rule_of_the_contract(c, said, also):
    """Each row, at its very edge."""
    assert verdict(c) == (said, also)


@given(st.floats(-3, 3), st.floats(0.05, 2))
def test_the_rule_is_the_same_in_the_mirror(mean, sd):
    """Turning the sign of Delta turns the verdict."""
    delta = mean + sd * np.linspace(-3, 3, 401)
    w = np.full(401, 1 / 401)
    said, turned = (verdict(chances(x, w, 1.0))[0] for x in (delta, -delta))
    assert MIRROR.get(said, said) == turned


@given(st.floats(-3, 3), st.floats(0.05, 2))
def test_looking_back_never_gets_a_verdict(mean, sd):
    """Tier C says 'can't tell yet', whatever the draws say."""
    delta = mean + sd * np.linspace(-3, 3, 101)
    c = chances(delta, np.full(101, 1 / 101), 1.0)
    said = allowed(c, tier=TierLetter.LOOKING_BACK, enough_runs=True, sampler_fine=True)
    assert said == (Verdict.CANNOT_TELL, False)


def test_no_verdict_rests_on_a_failed_sampler_or_on_few_runs():
    """Both gates come before the rule."""
    c = Chances(1.0, 1.0, 0.0, 0.0, 0.0)
    tier = TierLetter.MORNING_FIRST
    assert allowed(c, tier=tier, enough_runs=True, sampler_fine=False)[0] is Verdict.CANNOT_TELL
    assert allowed(c, tier=tier, enough_runs=False, sampler_fine=True)[0] is Verdict.TOO_FEW_RUNS


def test_chances_are_sums_of_weights():
    """By hand."""
    c = chances(np.array([-2.0, -1.0, 0.5, 3.0]), np.array([0.1, 0.2, 0.3, 0.4]), 1.0)
    assert np.allclose(c, (0.3, 0.3, 0.3, 0.7, 0.4))
