"""The population stage: the interim prior is exact, likelihoods come back, and truths are found on any shards."""

import numpy as np
import pytest

from backstride.answer.kinds import Question
from backstride.cohort.interim import PEAK, covariances, interim_prior, tabulated
from backstride.cohort.likelihood import Likelihood, features, likelihood_of, together
from backstride.cohort.likelihood_kernels import mass_and_moments
from backstride.cohort.population import PopulationPrior, columns_of, fit_population, log_prior
from backstride.model.data import PATHWAYS
from backstride.model.effect import Draws, contrast
from backstride.model.effect_columns import HEAD, MU, PER_PATH, S_ETA, S_MU, S_Y
from backstride.model.prior_draws import prior_effect_draws
from backstride.model.priors import neutral_priors

MOOD = ("mood", "confidence in moving")
STANDARD = 90.0 / 30.0 / 7.0


@pytest.fixture(scope="module")
def prior_draws():
    """(20000, 2) effects at the standard dose drawn from the model's own prior, by its own recursion."""
    rng = np.random.default_rng(5)
    priors = neutral_priors(np.array([PATHWAYS.index(name) for name in MOOD]))
    rows = np.zeros((20_000, HEAD + PER_PATH * len(MOOD)))
    rows[:, [S_ETA, S_MU, S_Y, MU]] = 0.5, 0.05, 0.5, 4.0
    drawn = prior_effect_draws(priors, like=Draws(rows, 0.3, 3 / 7), rng=rng)
    both = []
    for question, (first, last) in {Question.WEEK: (1, 7), Question.SEASON: (57, 84)}.items():
        found = contrast(drawn, np.full(last, STANDARD), np.zeros(last), mornings=(first, last))
        both.append(found.latent)
        assert question in Question
    return np.column_stack(both)


def people(seed, count, *, mean=(-0.4, -0.8), sd=(0.35, 0.6), correlation=0.7):
    """Effects of so many people, and what their records say of them, exactly."""
    rng = np.random.default_rng(seed)
    both = correlation * sd[0] * sd[1]
    effects = rng.multivariate_normal(mean, [[sd[0] ** 2, both], [both, sd[1] ** 2]], count)
    width = np.column_stack([rng.uniform(0.15, 0.35, count), rng.uniform(0.5, 1.2, count)])
    V = np.einsum("na,ab,nb->nab", width, np.array([[1.0, 0.5], [0.5, 1.0]]), width)
    y = np.array([rng.multivariate_normal(e, v) for e, v in zip(effects, V, strict=True)])
    return effects, Likelihood(np.zeros((count, 1)), y[:, None], V[:, None], np.full(count, np.inf))


def test_the_interim_prior_is_that_of_the_model(prior_draws):
    """Its density integrates to one, and gives the quantiles that the model's own prior draws have."""
    prior = interim_prior(MOOD)
    g = 0.3 * np.sinh(prior.u)
    mass = np.exp(prior.log) * np.gradient(g)[:, None] * np.gradient(g)[None]
    assert mass.sum() == pytest.approx(1.0, abs=0.01)
    edges = 0.5 * (g[1:] + g[:-1])
    for axis in (0, 1):
        below = np.cumsum(mass.sum(axis=1 - axis))[:-1] / mass.sum()
        for share in (0.05, 0.25, 0.5, 0.75, 0.95):
            at = np.quantile(prior_draws[:, axis], share)
            assert np.interp(at, edges, below) == pytest.approx(share, abs=0.02)


def test_its_covariance_is_that_of_the_model(prior_draws):
    """Week and season go together as in the model's own prior draws, and fan out alike."""
    drawn = np.random.default_rng(1)
    C = covariances(MOOD, draws=20_000, seed=3)
    g = np.einsum("nab,nb->na", np.linalg.cholesky(C), drawn.standard_normal((len(C), 2)))
    middle = [np.quantile(np.abs(x), 0.8, axis=0) for x in (g, prior_draws)]
    assert middle[0] == pytest.approx(middle[1], rel=0.05)
    same_side = [np.mean(x[:, 0] * x[:, 1] > 0) for x in (g, prior_draws)]
    assert same_side[0] == pytest.approx(same_side[1], abs=0.015)


def test_a_likelihood_comes_back_without_the_prior():
    """From draws under the interim prior: mean and spread of what the records said, within a fifth of their sd."""
    rng = np.random.default_rng(2)
    prior, V = interim_prior(()), np.array([[0.06, 0.1], [0.1, 0.7]])
    y = np.array([-0.7, -1.4])
    x = rng.multivariate_normal(y, V, 40_000)
    weight = np.exp(prior(x))
    draws = x[rng.choice(len(x), 4000, p=weight / weight.sum())]
    found = likelihood_of(draws, prior, components=1)
    sd = np.sqrt(np.diag(V))
    assert np.abs(draws.mean(axis=0) - y)[1] > 0.2 * sd[1], "the prior did pull"
    assert found.mean[0, 0] == pytest.approx(y, abs=0.2 * sd[1])
    assert np.sqrt(np.diag(found.covariance[0, 0])) == pytest.approx(sd, rel=0.2)
    assert 50 < found.effective[0] <= 4000


def test_two_gaussians_hold_a_bent_likelihood():
    """Both halves of a likelihood with two peaks are there, each with its share."""
    rng = np.random.default_rng(4)
    centres = np.where(rng.random((6000, 1)) < 0.5, [-0.8, -1.6], [0.4, 0.8])
    x = centres + rng.normal(0.0, [0.15, 0.3], (6000, 2))
    wide = interim_prior(())
    weight = np.exp(wide(x))
    found = likelihood_of(x[rng.choice(6000, 3000, p=weight / weight.sum())], wide)
    assert sorted(found.mean[0, :, 0]) == pytest.approx([-0.8, 0.4], abs=0.15)


def drawn_under(prior, y, V, *, seed, count=800):
    """(count, 2) draws of a person whose records say y ~ N(effects, V), under the interim prior."""
    rng = np.random.default_rng(seed)
    x = rng.multivariate_normal(y, V, 40_000)
    weight = np.exp(prior(x))
    return x[rng.choice(len(x), count, p=weight / weight.sum())]


def log_marginal(likelihood, mean, sigma):
    """Log of one person's likelihood, integrated over effects ~ N(mean, sigma), but for a constant."""
    of_each = [
        log_weight
        - 0.5 * (m - mean) @ np.linalg.solve(v + sigma, m - mean)
        - 0.5 * np.linalg.slogdet(v + sigma)[1]
        for log_weight, m, v in zip(*(part[0] for part in likelihood[:3]), strict=True)
    ]
    return np.logaddexp.reduce(of_each)


def populations_to_ask():
    """Twenty means and covariances, of which a likelihood is to say how likely each is."""
    rng = np.random.default_rng(6)
    mean = rng.normal([-0.2, -0.3], [0.3, 0.6], (20, 2))
    sd, r = rng.uniform([0.15, 0.3], [0.5, 0.9], (20, 2)), rng.uniform(-0.2, 0.9, 20)
    sigma = np.einsum("na,nab,nb->nab", sd, np.array([[[1.0, each], [each, 1.0]] for each in r]), sd)
    return list(zip(mean, sigma, strict=True))


def test_where_all_is_gaussian_the_marginal_likelihood_is_the_known_one():
    """Under a Gaussian interim prior: of twenty populations, within a hundredth in log of the exact marginal."""
    C, V, y = np.array([[0.3, 0.4], [0.4, 1.2]]), np.array([[0.06, 0.1], [0.1, 0.7]]), np.array([-0.7, -1.4])
    precision = np.linalg.inv(C) + np.linalg.inv(V)
    S = np.linalg.inv(precision)
    rng = np.random.default_rng(7)
    x = rng.standard_normal((3000, 2))
    x = (x - x.mean(axis=0)) @ np.linalg.inv(np.linalg.cholesky(np.cov(x.T, bias=True))).T
    draws = S @ np.linalg.solve(V, y) + x @ np.linalg.cholesky(S).T
    found = likelihood_of(draws, tabulated(C[None]))
    known = Likelihood(np.zeros((1, 1)), y[None, None], V[None, None], np.ones(1))
    off = [log_marginal(found, *each) - log_marginal(known, *each) for each in populations_to_ask()]
    assert np.ptp(off) < 0.01


def test_a_likelihood_from_800_draws_hardly_wanders():
    """Of twenty populations: within 0.08 in log of the truth over twenty sets of draws, and 0.03 in their mean."""
    prior, V, y = interim_prior(MOOD), np.array([[0.053, 0.13], [0.13, 1.96]]), np.array([0.55, 0.45])
    known = Likelihood(np.zeros((1, 1)), y[None, None], V[None, None], np.ones(1))
    true = np.array([log_marginal(known, *each) for each in populations_to_ask()])
    off = []
    for seed in range(20):
        found = likelihood_of(drawn_under(prior, y, V, seed=seed), prior)
        said = np.array([log_marginal(found, *each) for each in populations_to_ask()]) - true
        off.append(said - said.mean())
    assert np.std(off) < 0.08
    assert np.std(np.mean(off, axis=0)) < 0.03


def test_the_mass_and_the_moments_under_the_interim_prior_are_those_of_the_table():
    """The closed form gives what a sum over the table of the prior gives."""
    prior, natural, out = interim_prior(MOOD), np.array([-1.0, 0.5, 6.0, -1.5, 2.0]), np.empty(5)
    log_mass = mass_and_moments(prior.covariance, natural, out)
    g = PEAK * np.sinh(prior.u)
    wide = np.gradient(g)
    seen = features(np.column_stack([part.ravel() for part in np.meshgrid(g, g, indexing="ij")]))
    mass = np.exp(prior.log.ravel() + seen @ natural) * np.outer(wide, wide).ravel()
    assert np.exp(log_mass) == pytest.approx(mass.sum(), rel=0.02)
    assert out == pytest.approx(mass @ seen / mass.sum(), rel=0.05, abs=0.01)


@pytest.mark.parametrize("spread", [1e-4, 0.05, 3.0])
def test_a_likelihood_is_found_of_draws_of_any_shape(spread):
    """Far out, next to a line or with a few stray draws: all numbers are finite and each covariance is one."""
    rng = np.random.default_rng(9)
    week = rng.standard_t(3.0, 800)
    beside = 2.0 * week + spread * rng.standard_normal(800)
    draws = np.column_stack([week + 2.0, beside - 6.0])
    found = likelihood_of(draws, interim_prior(()))
    assert all(np.all(np.isfinite(part)) for part in found)
    assert np.all(np.linalg.eigvalsh(found.covariance[0]) > 0.0)


def test_the_population_is_found():
    """Of 400 people, each truth lies within three sds of its draws."""
    effects, likelihood = people(1, 400)
    found = fit_population(likelihood, columns_of(400), seed=1, sweeps=800, warmup=300).quantities
    true = {
        "mean of the week": -0.4, "mean of the season": -0.8, "sd of the week": 0.35, "sd of the season": 0.6,
        "correlation": 0.7,
    }  # fmt: skip
    assert {
        name for name, value in true.items() if abs(found[name].mean() - value) > 3 * found[name].std()
    } == set()
    assert all(found[name].std() < 0.15 for name in true)
    assert effects.shape == (400, 2)


def test_a_trait_is_found_and_a_tier_is_not_averaged_away():
    """A trait's effect is found; where all are of tier B, no number of people makes the mean surer than the tier."""
    rng = np.random.default_rng(3)
    trait = (rng.random(600) < 0.4).astype(float)
    _, likelihood = people(2, 600)
    moved = likelihood._replace(mean=likelihood.mean + trait[:, None, None] * np.array([0.0, 0.6]))
    columns = columns_of(600, traits={"trait": trait}, tiers=["B"] * 600)
    found = fit_population(moved, columns, seed=1, sweeps=600, warmup=300)
    assert found.columns == ("mean", "trait", "tier B")
    season = found.B[:, 1, 1]
    assert abs(season.mean() - 0.6) < 3 * season.std() < 0.45
    assert found.quantities["mean of the season"].std() > 0.12


def test_the_numbers_are_the_same_on_any_shards():
    """On one, three and eight shards the same seed gives the same draws, to the last bit."""
    _, likelihood = people(3, 2100)
    one, three, eight = (
        fit_population(likelihood, columns_of(2100), seed=9, sweeps=15, warmup=60, shards=shards)
        for shards in (1, 3, 8)
    )
    for other in (three, eight):
        assert all(np.array_equal(a, b) for a, b in zip(one[:3], other[:3], strict=True))
    again = fit_population(likelihood, columns_of(2100), seed=10, sweeps=15, warmup=60)
    assert not np.array_equal(one.B, again.B)


def test_nobody_at_all_is_the_prior():
    """Of a single person of whom nothing is known, the draws are those of the prior."""
    nothing = Likelihood(np.zeros((1, 1)), np.zeros((1, 1, 2)), np.eye(2)[None, None] * 1e6, np.ones(1))
    found = fit_population(nothing, columns_of(1), seed=1, sweeps=5_000, warmup=300)
    t4 = np.abs(np.random.default_rng(1).standard_t(4.0, 200_000))
    assert found.B[:, 0, 1].std() == pytest.approx(1.0, rel=0.05)
    for name, scale in (("sd of the week", 0.5), ("sd of the season", 0.8)):
        assert np.median(found.quantities[name]) == pytest.approx(scale * np.median(t4), rel=0.2)
    assert found.quantities["correlation"].std() == pytest.approx(1 / np.sqrt(3), rel=0.15)
    assert [np.mean(found.nu == nu) for nu in (4.0, 6.0, 10.0, 30.0)] == pytest.approx([0.25] * 4, abs=0.05)


def test_the_prior_of_the_spread_is_a_density():
    """The log prior of a log sd is that of the half-t with its Jacobian: it integrates to the half-t's mass."""
    at = np.linspace(-12.0, 6.0, 4001)
    log = np.array([log_prior(np.array([x, 0.0, 0.0]), PopulationPrior()) for x in at])
    density = np.exp(log - log.max())
    below = np.cumsum(density) / density.sum()
    t4 = np.abs(np.random.default_rng(2).standard_t(4.0, 400_000)) * 0.5
    assert np.interp(np.log(np.median(t4)), at, below) == pytest.approx(0.5, abs=0.01)


def test_together_keeps_the_order():
    """Likelihoods of single people stand one after another."""
    _, both = people(4, 2)
    parts = [Likelihood(*(part[i : i + 1] for part in both)) for i in (0, 1)]
    assert all(np.array_equal(a, b) for a, b in zip(together(parts), both, strict=True))
