"""Stand-ins for diaries, of whom the line beside a season tells next to nobody a side that is not theirs."""

import numpy as np
import pytest

OPPOSITE = (-0.86, 1.06)
"""Less pain the next day, more by habit: the week and the season."""


@pytest.fixture
def claims(program):
    """The program that counts what the line tells."""
    return program("line_claims")


def told(claims, truth, ratios, seed):
    """(300,) sides told to stand-ins of one truth."""
    rng, prior = np.random.default_rng(seed), claims.interim_prior(claims.PATHWAYS)
    return np.array([claims.side(truth, prior, ratios, rng, 0.0) for _ in range(300)])


def test_opposite_people_are_told_no_more_than_by_their_own_records(claims):
    """A ratio that 100 people lend tells them of less pain at most 3 % more often (and 3 errors of the count)."""
    ratios = claims.cohorts(np.random.default_rng(1))["a ratio of 1.7 from 100 people"]
    own, others = (np.mean(told(claims, OPPOSITE, each, 2) < 0) for each in ((), ratios))
    assert others - own < 0.03 + 3.0 * np.sqrt(0.04 / 300)


def test_nobody_at_nothing_is_told_a_side(claims):
    """Of people whose running changes nothing, at most 2 in 300 are told of one."""
    ratios = claims.cohorts(np.random.default_rng(1))["a ratio of 1.7 known"]
    assert np.sum(told(claims, (0.0, 0.0), ratios, 3) != 0) <= 2
