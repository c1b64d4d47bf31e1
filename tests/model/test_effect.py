"""Effects: parts that add up, against brute force and Monte Carlo."""

import math
from statistics import NormalDist

import numpy as np
import pytest

from backstride.model.data import centring
from backstride.model.effect import Contrast, Draws, contrast, effect_draws, rise_chance
from backstride.model.effect_columns import (
    ACUTE,
    BETA_NOW,
    BETA_SECOND,
    DELAY,
    ENDS,
    FLARE_SIZE,
    HEAD,
    IN_FLARE,
    LOG_ONSET,
    LOG_RATIO,
    MU,
    PATH_STATE,
    PER_PATH,
    PHI,
    S_ETA,
    S_MU,
    S_Y,
    TAU,
    C,
    D,
)  # fmt: skip
from backstride.model.predict import simulate_ratings
from backstride.model.prior_draws import prior_effect_draws
from backstride.model.priors import neutral_priors

PLAN, NONE = np.full(84, 3 / 7), np.zeros(84)
NEXT_DAY, HABIT = 0, 1
NEXT_DAY_SD, HABIT_SD = 0.35, 1.1
ABOUT = 0.20


def usual_rows(pathways: int, *, level: float = 4.0, count: int = 20_000) -> Draws:
    """Effect rows of a usual person, whose coefficients are still to be drawn."""
    rows = np.zeros((count, HEAD + PER_PATH * pathways))
    rows[:, [S_ETA, S_MU, S_Y]] = 0.8, 0.05, 0.6
    rows[:, MU], rows[:, [C, ACUTE]], rows[:, DELAY] = level, 3 / 7, 1.0
    return Draws(rows, 3 / 7, 3 / 7)


def of_a_normal(x: np.ndarray, share: float) -> float:
    """The sd of the normal, centred at 0, that holds the central `share` of x as closely."""
    return float(np.quantile(np.abs(x), share)) / NormalDist().inv_cdf(0.5 + share / 2)


def test_the_prior_leaves_the_person_as_they_are():
    """Noise, level and starting state stay the person's own; every other column of a row is drawn."""
    like = usual_rows(2, count=50)
    like.rows[:] = -7.0
    drawn = prior_effect_draws(neutral_priors(np.arange(2)), like=like, rng=np.random.default_rng(1)).rows
    same = {column for column in range(drawn.shape[1]) if np.all(drawn[:, column] == -7.0)}
    states = {HEAD + PER_PATH * path + PATH_STATE for path in range(2)}
    assert same == {S_ETA, S_MU, S_Y, MU, D, C, IN_FLARE, ACUTE} | states


@pytest.fixture(scope="module", params=[0, 6], ids=["no pathway", "six pathways"])
def implied(request) -> tuple[Contrast, Contrast]:
    """Week and season at 90 minutes a week, from the prior alone."""
    priors, like = neutral_priors(np.arange(request.param)), usual_rows(request.param)
    prior = prior_effect_draws(priors, like=like, rng=np.random.default_rng(1))
    return tuple(contrast(prior, PLAN, NONE, mornings=m) for m in ((1, 7), (57, 84)))


def test_the_implied_prior_of_each_part_is_the_contracts(implied):
    """Its middle is that of Normal(0, 0.35) for the week's next day, of Normal(0, 1.1) for the season's habit."""
    week, season = implied
    for x, sd in ((week.parts[:, NEXT_DAY], NEXT_DAY_SD), (season.parts[:, HABIT], HABIT_SD)):
        assert of_a_normal(x, 0.8) == pytest.approx(sd, rel=ABOUT)
        assert abs(np.median(x)) < 0.05 * sd


def test_both_parts_have_the_tails_of_a_student_t(implied):
    """Beyond four times their own middle scale lie several in a thousand; of a normal it would be one in 16,000."""
    week, season = implied
    for x in (week.parts[:, NEXT_DAY], season.parts[:, HABIT]):
        assert 0.003 < np.mean(np.abs(x) > 4.0 * of_a_normal(x, 0.5)) < 0.03


def test_what_builds_up_weighs_more_than_what_acts_by_next_morning(implied):
    """Before any data the season's habit part is at least half as wide again as its next-day part."""
    _, season = implied
    assert of_a_normal(season.parts[:, HABIT], 0.8) > 1.5 * of_a_normal(season.parts[:, NEXT_DAY], 0.8)


def test_parts_add_up(posterior, data):
    """To the total, draw by draw, within 1e-9."""
    for usual in (True, False):
        rows = effect_draws(posterior, mean_dose=centring(data).dose, usual=usual)
        found = contrast(rows, PLAN, NONE, mornings=(57, 84))
        assert np.abs(found.parts.sum(axis=1) - found.total).max() < 1e-9
        assert np.allclose(found.with_plan - found.without, found.total)


def test_each_column_of_a_row_is_the_draw_that_it_names(posterior):
    """Coefficients, flares, build-up and state stand where their names say."""
    rows = effect_draws(posterior, mean_dose=0.4, usual=False).rows
    named = {
        BETA_NOW: "beta_now",
        BETA_SECOND: "beta_second",
        TAU: "tau",
        DELAY: "delay",
        MU: "mu_last",
        D: "d_last",
    }
    named |= {LOG_RATIO: "log_ratio", ENDS: "ends", IN_FLARE: "flare_last", ACUTE: "A_last", C: "C_last"}
    for column, name in named.items():
        assert np.array_equal(rows[:, column], posterior.of(name).ravel())


def test_equal_plans_differ_by_nothing(posterior, data):
    """Exactly 0."""
    rows = effect_draws(posterior, mean_dose=centring(data).dose, usual=True)
    assert np.all(contrast(rows, PLAN, PLAN, mornings=(1, 7)).total == 0.0)


def test_a_back_without_pain_is_not_promised_a_fall():
    """The floor takes most of an effect that would lead below it."""
    rows = np.zeros((1, HEAD))
    rows[0, [PHI, S_ETA, S_MU, S_Y, BETA_NOW, MU]] = 0.4, 0.5, 0.02, 0.3, -1.0, 4.0
    rows[0, [C, ACUTE, TAU, DELAY]] = 3 / 7, 3 / 7, 28.0, 1.0
    rows[0, [FLARE_SIZE, LOG_ONSET, ENDS]] = 2.0, -20.0, 0.1
    middle = contrast(Draws(rows, 3 / 7, 3 / 7), PLAN, NONE, mornings=(1, 7)).total[0]
    rows[0, MU] = -1.5
    floor = contrast(Draws(rows, 3 / 7, 3 / 7), PLAN, NONE, mornings=(1, 7)).total[0]
    assert middle < -0.4
    assert -0.15 < floor < 0.0


MEAN_DOSE, RUN_SHARE, MORE_FLARES = 0.5, 0.6, math.log(4.0)


def one_person(log_ratio: float = MORE_FLARES) -> np.ndarray:
    """Effect row with two pathways and flares, every number at work."""
    head = [0.45, 0.8, 0.06, 0.6, -0.5, -0.4, 2.0, 0.7, 0.5]
    flares = [20.0, 2.5, math.log(0.02), log_ratio, 0.15, 0.1]
    stages, second = [0.3, 12.0], [0.4]
    first = [-0.3, 0.05, 0.2, 0.25, 0.5, 0.4, 0.6]
    return np.array([*head, *flares, *stages, *second, *first, 0.2, -0.01, 0.03, -0.02, 0.97, 0.08, -1.0])


def futures(row: np.ndarray, doses: np.ndarray, share: float, *, count: int, seed: int) -> np.ndarray:
    """(count, days) ratings, the equations told again in plain numpy, with all their noise and flares."""
    rng = np.random.default_rng(seed)
    phi, s_eta, s_mu, s_y, now, hab, level, d0, load, tau, size, log_onset, log_ratio, ends, q = row[:15]
    acute, delay, second = row[15:18]
    paths, before = (row[18:25], row[25:32]), MEAN_DOSE
    mu, d, m = np.full(count, level), np.full(count, d0), [np.full(count, p[6]) for p in paths]
    flare = rng.random(count) < q
    out = np.zeros((count, len(doses)))
    for t, x in enumerate(doses):
        ran = (rng.random(count) < share) & (x > 0)
        begins = np.exp(log_onset + log_ratio * ran)
        flare = rng.random(count) < np.where(flare, 1.0 - ends, begins)
        acute = acute + (x - acute) / tau
        load = load + (acute - load) / delay
        mu = mu + s_mu * rng.standard_normal(count)
        d = phi * d + now * (x - MEAN_DOSE) + second * (before - MEAN_DOSE) + hab * (load - MEAN_DOSE)
        d, before = d + s_eta * rng.standard_normal(count), x
        for k, (delta, a, b, c, carry, sd, _) in enumerate(paths):
            m[k] = a + carry * m[k] + b * (load - MEAN_DOSE) + c * (x - MEAN_DOSE)
            m[k] += sd * rng.standard_normal(count)
            d = d + delta * m[k]
        felt = mu + d + size * flare + s_y * rng.standard_normal(count)
        out[:, t] = np.clip(np.round(felt), 0, 10)
    return out


@pytest.mark.parametrize("mornings", [(1, 7), (57, 84)])
def test_the_closed_form_is_the_mean_of_many_futures(mornings):
    """Against 40,000 simulated futures an arm, within 4.5 of their standard errors."""
    row, window = one_person(), slice(mornings[0] - 1, mornings[1])
    plan, rest = np.full(mornings[1], 0.6), np.zeros(mornings[1])
    with_plan = futures(row, plan, RUN_SHARE, count=40_000, seed=1)[:, window].mean(axis=1)
    without = futures(row, rest, RUN_SHARE, count=40_000, seed=2)[:, window].mean(axis=1)
    found = contrast(Draws(row[None, :], MEAN_DOSE, RUN_SHARE), plan, rest, mornings=mornings)
    se = math.sqrt((with_plan.var() + without.var()) / 40_000)
    assert abs(found.total[0] - (with_plan.mean() - without.mean())) < 4.5 * se
    assert abs(found.without[0] - without.mean()) < 4.5 * without.std() / 200


def test_flares_that_runs_set_off_are_part_of_the_effect():
    """Runs that bring flares cost points, runs that keep them away give some, and no tie leaves nothing."""
    rows = np.array([one_person(log_ratio) for log_ratio in (MORE_FLARES, 0.0, -MORE_FLARES)])
    flares = contrast(Draws(rows, MEAN_DOSE, RUN_SHARE), PLAN, NONE, mornings=(57, 84)).parts[:, -1]
    assert flares[0] > 0.2
    assert flares[1] == 0.0
    assert flares[2] < -0.05


@pytest.mark.parametrize("dose", [0.0, 1.0])
def test_the_chance_of_a_flare_is_the_share_of_futures(dose):
    """Against 200,000 pairs of mornings from the usual state without a flare."""
    row = one_person()
    row[D] = row[IN_FLARE] = 0.0
    rng = np.random.default_rng(3)
    today = np.clip(np.round(row[MU] + row[S_Y] * rng.standard_normal(200_000)), 0, 10)
    tomorrow = futures(row, np.array([dose]), 1.0, count=200_000, seed=4)[:, 0]
    share = np.mean(tomorrow - today >= 2)
    found = rise_chance(Draws(row[None, :], MEAN_DOSE, RUN_SHARE), dose)[0]
    assert abs(found - share) < 4.5 * math.sqrt(share * (1 - share) / 200_000)


def test_simulated_diaries_stay_on_the_scale(posterior, data):
    """Ratings are steps between 0 and 10, and the same seed gives the same diaries."""
    drawn = [
        simulate_ratings(posterior, data, count=20, step=2.5, rng=np.random.default_rng(9)) for _ in range(2)
    ]
    assert set(np.unique(drawn[0])) <= {0.0, 2.5, 5.0, 7.5, 10.0}
    assert np.array_equal(drawn[0], drawn[1])
