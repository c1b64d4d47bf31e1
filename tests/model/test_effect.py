"""Effects: parts that add up, against brute force and Monte Carlo."""

import math

import numpy as np
import pytest

from backstride.model.data import centring
from backstride.model.effect import Draws, contrast, effect_draws, flare_chance
from backstride.model.predict import simulate_ratings
from backstride.model.prior_draws import prior_effect_draws
from backstride.model.priors import neutral_priors

PLAN, NONE = np.full(84, 3 / 7), np.zeros(84)


def usual_rows(pathways: int, *, level: float = 4.0, count: int = 20_000) -> Draws:
    """Effect rows of a usual person, whose coefficients are still to be drawn."""
    rows = np.zeros((count, HEAD + 7 * pathways))
    rows[:, 1:4] = 0.8, 0.05, 0.6
    rows[:, 6], rows[:, 8] = level, 3 / 7
    return Draws(rows, 28.0, 3 / 7)


@pytest.mark.parametrize("pathways", [0, 6])
def test_the_implied_priors_of_both_deltas_are_the_contracts(pathways):
    """Normal(0, 0.7) for the week and Normal(0, 1.0) for the season at 90 minutes a week, within 10 %."""
    priors = neutral_priors(np.arange(pathways))
    prior = prior_effect_draws(priors, like=usual_rows(pathways), rng=np.random.default_rng(1))
    week = contrast(prior, PLAN, NONE, mornings=(1, 7)).total
    season = contrast(prior, PLAN, NONE, mornings=(57, 84)).total
    assert week.std() == pytest.approx(0.7, rel=0.10)
    assert season.std() == pytest.approx(1.0, rel=0.10)
    assert abs(week.mean()) < 0.05
    assert abs(season.mean()) < 0.08


def test_parts_add_up(posterior, data):
    """To the total, draw by draw, within 1e-9."""
    for usual in (True, False):
        rows = effect_draws(posterior, mean_dose=centring(data).dose, usual=usual)
        found = contrast(rows, PLAN, NONE, mornings=(57, 84))
        assert np.abs(found.parts.sum(axis=1) - found.total).max() < 1e-9
        assert np.allclose(found.with_plan - found.without, found.total)


def test_equal_plans_differ_by_nothing(posterior, data):
    """Exactly 0."""
    rows = effect_draws(posterior, mean_dose=centring(data).dose, usual=True)
    assert np.all(contrast(rows, PLAN, PLAN, mornings=(1, 7)).total == 0.0)


def test_a_back_without_pain_is_not_promised_a_fall():
    """The floor takes most of an effect that would lead below it."""
    rows = np.zeros((1, 9))
    rows[0] = 0.4, 0.5, 0.02, 0.3, -1.0, 0.0, 4.0, 0.0, 3 / 7
    middle = contrast(Draws(rows, 28.0, 3 / 7), PLAN, NONE, mornings=(1, 7)).total[0]
    rows[0, 6] = -1.5
    floor = contrast(Draws(rows, 28.0, 3 / 7), PLAN, NONE, mornings=(1, 7)).total[0]
    assert middle < -0.4
    assert -0.15 < floor < 0.0


def one_person() -> np.ndarray:
    """Effect row with two pathways, every number at work."""
    head = [0.45, 0.8, 0.06, 0.6, -0.5, -0.4, 2.0, 0.7, 0.5]
    first = [-0.3, 0.05, 0.2, 0.25, 0.5, 0.4, 0.6]
    return np.array([*head, *first, 0.2, -0.01, 0.03, -0.02, 0.97, 0.08, -1.0])


def futures(row: np.ndarray, doses: np.ndarray, *, count: int, seed: int) -> np.ndarray:
    """(count, days) ratings, the equations told again in plain numpy, with all their noise."""
    rng = np.random.default_rng(seed)
    phi, s_eta, s_mu, s_y, now, hab, level, d0, load = row[:9]
    mu, d, m = (
        np.full(count, level),
        np.full(count, d0),
        [np.full(count, p[6]) for p in (row[9:16], row[16:23])],
    )
    out = np.zeros((count, len(doses)))
    for t, x in enumerate(doses):
        load = load + (x - load) / 28.0
        mu = mu + s_mu * rng.standard_normal(count)
        d = phi * d + now * (x - 0.5) + hab * (load - 0.5) + s_eta * rng.standard_normal(count)
        for k, (delta, a, b, c, carry, sd, _) in enumerate((row[9:16], row[16:23])):
            m[k] = a + carry * m[k] + b * (load - 0.5) + c * (x - 0.5) + sd * rng.standard_normal(count)
            d = d + delta * m[k]
        out[:, t] = np.clip(np.round(mu + d + s_y * rng.standard_normal(count)), 0, 10)
    return out


@pytest.mark.parametrize("mornings", [(1, 7), (57, 84)])
def test_the_closed_form_is_the_mean_of_many_futures(mornings):
    """Against 40,000 simulated futures an arm, within 4.5 of their standard errors."""
    row, window = one_person(), slice(mornings[0] - 1, mornings[1])
    plan, rest = np.full(mornings[1], 0.6), np.zeros(mornings[1])
    with_plan = futures(row, plan, count=40_000, seed=1)[:, window].mean(axis=1)
    without = futures(row, rest, count=40_000, seed=2)[:, window].mean(axis=1)
    found = contrast(Draws(row[None, :], 28.0, 0.5), plan, rest, mornings=mornings)
    se = math.sqrt((with_plan.var() + without.var()) / 40_000)
    assert abs(found.total[0] - (with_plan.mean() - without.mean())) < 4.5 * se
    assert abs(found.without[0] - without.mean()) < 4.5 * without.std() / 200


def test_the_chance_of_a_flare_is_the_share_of_futures():
    """Against 200,000 pairs of mornings from the usual state."""
    row = one_person()
    row[7] = 0.0
    rng = np.random.default_rng(3)
    today = np.clip(np.round(row[6] + row[3] * rng.standard_normal(200_000)), 0, 10)
    tomorrow = futures(row, np.array([1.0]), count=200_000, seed=4)[:, 0]
    share = np.mean(tomorrow - today >= 2)
    found = flare_chance(Draws(row[None, :], 28.0, 0.5), 1.0)[0]
    assert abs(found - share) < 4.5 * math.sqrt(share * (1 - share) / 200_000)


def test_simulated_diaries_stay_on_the_scale(posterior, data):
    """Ratings are steps between 0 and 10, and the same seed gives the same diaries."""
    drawn = [
        simulate_ratings(posterior, data, count=20, step=2.5, rng=np.random.default_rng(9)) for _ in range(2)
    ]
    assert set(np.unique(drawn[0])) <= {0.0, 2.5, 5.0, 7.5, 10.0}
    assert np.array_equal(drawn[0], drawn[1])
