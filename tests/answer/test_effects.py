"""What another prior's line beside an effect may say."""

import numpy as np
import pytest

from backstride.answer.effect import Reason
from backstride.answer.effects import _of_line
from backstride.answer.kinds import Hurdle, Verdict
from backstride.answer.rulings import Said
from backstride.answer.verdict import chances

LESS, NOTHING, OPEN = (-1.5, 0.3), (0.0, 0.2), (0.0, 2.0)


def chances_of(mean, sd):
    """Of normal draws."""
    draws = mean + sd * np.random.default_rng(1).standard_normal(4000)
    return chances(draws, np.full(4000, 1 / 4000), 1.0)


def open_by(hurdle):
    """Nothing may be said, for this reason."""
    return Said(Verdict.CANNOT_TELL, too_small=False, reason=Reason(hurdle, None, {}, ()))


@pytest.mark.parametrize("hurdle", list(Hurdle))
def test_another_prior_opens_only_what_a_prior_can(hurdle):
    """Where the record, the gate, the sampler or the panel blocks the main verdict, no line has one."""
    mine = hurdle in (Hurdle.BOTH_WAYS, Hurdle.PRIOR_ALONE)
    said = _of_line(chances_of(*LESS), open_by(hurdle))
    assert said is (Verdict.HELPS if mine else Verdict.CANNOT_TELL)


@pytest.mark.parametrize(
    ("main", "said"),
    [
        (open_by(Hurdle.BOTH_WAYS), Verdict.CANNOT_TELL),
        (Said(Verdict.NO_DIFFERENCE, too_small=False, reason=None), Verdict.NO_DIFFERENCE),
        (Said(Verdict.HELPS_A_LITTLE, too_small=True, reason=None), Verdict.NO_DIFFERENCE),
        (Said(Verdict.HELPS_A_LITTLE, too_small=False, reason=None), Verdict.CANNOT_TELL),
    ],
)
def test_no_difference_is_never_a_priors_word_alone(main, said):
    """A sceptic's prior would find it in a diary of ten days."""
    assert _of_line(chances_of(*NOTHING), main) is said


def test_a_line_may_be_open_beside_a_claim():
    """Another prior may take away what the main one says, and too few runs are too few for all."""
    assert (
        _of_line(chances_of(*OPEN), Said(Verdict.HELPS, too_small=False, reason=None)) is Verdict.CANNOT_TELL
    )
    few = Said(Verdict.TOO_FEW_RUNS, too_small=False, reason=None)
    assert _of_line(chances_of(*LESS), few) is Verdict.TOO_FEW_RUNS
