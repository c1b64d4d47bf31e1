"""The population stage: how the two effects are spread over people, from each person's likelihood alone.

    effects_i ~ t_nu(B' z_i + d_tier, Sigma)          week and season at 90 minutes a week, before floor and ceiling
    B         intercepts N(0, 1), traits N(0, 0.5)    points
    d_tier    N(0, 0.06) week, N(0, 0.15) season      offset of tiers B and C, which no number averages away;
                                                      tier A is the anchor here, and its own offset, which no
                                                      records tell, is added where a mean is shown
    Sigma     sds half-t(4) of 0.5 and 0.8, correlation uniform;  nu in {4, 6, 10, 30}

Gibbs sampling in which the effects are integrated out where Sigma and B are drawn (all that mixes badly otherwise),
then drawn for the scales of the t. Nothing here knows a person, a store or a clock. The hierarchy from finished fits
is that of Lunn, Barrett, Sweeting and Thompson 2013 (doi:10.1111/rssc.12007).
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

import numpy as np

from backstride.cohort import population_kernels as kernels
from backstride.cohort.likelihood import Likelihood
from backstride.model.arrays import Floats

TIER_SD = (0.06, 0.15)
SHARED_SD = (0.12, 0.5)
"""What all diaries may be off by together, week and season, points: what five populations of known truth were."""


@dataclass(frozen=True, slots=True)
class PopulationPrior:
    """Weak priors of the population, in points.

    Attributes:
        spread: scale of the half-t(4) of both sds between people.
        intercept, trait: sd of means, and of what a trait changes.
        tier: sd of a tier's systematic offset, week and season.
    """

    spread: tuple[float, float] = (0.5, 0.8)
    intercept: float = 1.0
    trait: float = 0.5
    tier: tuple[float, float] = TIER_SD


class Columns(NamedTuple):
    """What the means hang on.

    Attributes:
        Z: (N, p) the first column 1, then traits, then the tiers B and C.
        sd: (p, 2) prior sd of each coefficient, week and season.
        names: of the columns.
    """

    Z: Floats
    sd: Floats
    names: tuple[str, ...]


class Population(NamedTuple):
    """Draws of the population.

    Attributes:
        B: (draws, p, 2) coefficients.
        sigma: (draws, 3) variance of the week, covariance, variance of the season.
        nu: (draws,) degrees of freedom.
        columns: names of the coefficients.
    """

    B: Floats
    sigma: Floats
    nu: Floats
    columns: tuple[str, ...]

    @property
    def quantities(self) -> dict[str, Floats]:
        """(draws,) each of the means of tier A, the sds, and the correlation."""
        sd = np.sqrt(self.sigma[:, [0, 2]])
        return {
            "mean of the week": self.B[:, 0, 0],
            "mean of the season": self.B[:, 0, 1],
            "sd of the week": sd[:, 0],
            "sd of the season": sd[:, 1],
            "correlation": self.sigma[:, 1] / (sd[:, 0] * sd[:, 1]),
        }


def columns_of(
    count: int,
    *,
    traits: dict[str, Floats] | None = None,
    tiers: Sequence[str] = (),
    prior: PopulationPrior | None = None,
) -> Columns:
    """Lay out the columns of so many people.

    Args:
        count: N.
        traits: (N,) each, by name, centred where they are to be.
        tiers: the letter of each person; none where all are to be taken for tier A.
        prior: gives the sds.
    """
    used = prior or PopulationPrior()
    each: list[tuple[str, Floats, tuple[float, float]]] = [
        ("mean", np.ones(count), (used.intercept, used.intercept))
    ]
    each += [(name, values, (used.trait, used.trait)) for name, values in (traits or {}).items()]
    for letter in ("B", "C"):
        if letter in tiers:
            each.append((f"tier {letter}", np.array([float(tier == letter) for tier in tiers]), used.tier))
    names, values, sds = zip(*each, strict=True)
    return Columns(np.column_stack(values), np.array(sds), names)


def fit_population(
    likelihood: Likelihood,
    columns: Columns,
    *,
    seed: int,
    sweeps: int = 2000,
    warmup: int = 500,
    shards: int = 1,
    prior: PopulationPrior | None = None,
) -> Population:
    """Draw the population; the same seed gives the same draws on any number of shards.

    Args:
        likelihood: of N people.
        columns: what their means hang on.
        seed: of every random number.
        sweeps: draws that are kept.
        warmup: sweeps thrown away, in which the steps of Sigma are tuned.
        shards: into how many parts the people are cut; a program may place each elsewhere.
        prior: of the population.
    """
    sampler = _Sampler(likelihood, columns, seed, prior or PopulationPrior(), shards)
    for sweep in range(warmup):
        sampler.sweep(sweep)
        if sweep % 50 == 49:
            sampler.tune()
    out = []
    for sweep in range(warmup, warmup + sweeps):
        sampler.sweep(sweep)
        out.append((sampler.B.copy(), sampler.sigma.copy(), sampler.nu))
    B, sigma, nu = zip(*out, strict=True)
    return Population(np.array(B), np.array(sigma), np.array(nu), columns.names)


class _Shard:
    """People of whole blocks that lie together, and what is drawn of each."""

    def __init__(self, likelihood: Likelihood, Z: Floats, first: int) -> None:
        self.first, self.Z = first, np.ascontiguousarray(Z)
        self.log_weight, self.mean, self.covariance = map(np.ascontiguousarray, likelihood[:3])
        n, p = self.Z.shape
        blocks = -(-n // kernels.BLOCK)
        self.mu, self.effects = np.zeros((n, 2)), np.zeros((n, 2))
        self.scale, self.power = np.ones(n), np.zeros(n)
        self.chosen = np.zeros(n, dtype=np.int64)
        self.log, self.logs = np.zeros(blocks), np.zeros((blocks, len(kernels.NUS)))
        self.A, self.b = np.zeros((blocks, 2 * p, 2 * p)), np.zeros((blocks, 2 * p))


class _Sampler:
    """The state of the chain; sums over people are made of the blocks' sums, in the order of the people."""

    _TRIES = 4

    def __init__(
        self, likelihood: Likelihood, columns: Columns, seed: int, prior: PopulationPrior, shards: int
    ) -> None:
        n, p = columns.Z.shape
        blocks = -(-n // kernels.BLOCK)
        cuts = [kernels.BLOCK * (blocks * k // shards) for k in range(shards)] + [n]
        self.shards = [
            _Shard(Likelihood(*(part[a:b] for part in likelihood)), columns.Z[a:b], a)
            for a, b in pairwise(cuts)
            if b > a
        ]
        self.seed, self.prior = seed, prior
        self.precision = np.diag(1.0 / np.square(columns.sd.T.ravel()))
        self.B = np.zeros((p, 2))
        self.x = np.array([math.log(0.3), math.log(0.5), 0.5])
        self.sigma = _sigma(self.x)
        self.nu = 6.0
        self.step = np.array([0.3, 0.3, 0.4]) * min(1.0, 1.5 * math.sqrt(60.0 / n) + 0.1)
        self.tried = self.accepted = 0

    def sweep(self, sweep: int) -> None:
        """One draw of everything."""
        for s in self.shards:
            s.mu[:] = s.Z @ self.B if s.Z.shape[1] > 1 else self.B[0]
            kernels.choose_components(
                self.seed,
                sweep,
                s.first,
                s.log_weight,
                s.mean,
                s.covariance,
                s.mu,
                self.sigma,
                s.scale,
                s.chosen,
            )
        rng = np.random.default_rng((self.seed, sweep))
        self._draw_sigma(rng)
        self._draw_coefficients(rng)
        self._draw_people(sweep, rng)

    def tune(self) -> None:
        """Make the steps of Sigma longer or shorter."""
        self.step *= 1.25 if self.accepted > 0.35 * self.tried else 0.8
        self.tried = self.accepted = 0

    def _draw_sigma(self, rng: np.random.Generator) -> None:
        now = self._log_posterior(self.x)
        for _ in range(self._TRIES):
            y = self.x + self.step * rng.standard_normal(3) * (rng.random(3) < 0.7)
            new = self._log_posterior(y)
            self.tried += 1
            if math.log(rng.random()) < new - now:
                self.x, now = y, new
                self.accepted += 1
        self.sigma = _sigma(self.x)

    def _log_posterior(self, x: Floats) -> float:
        sigma = _sigma(x)
        for s in self.shards:
            kernels.log_likelihood(s.mean, s.covariance, s.chosen, s.mu, sigma, s.scale, s.log)
        total = _in_order([s.log for s in self.shards])
        return float(total) + log_prior(x, self.prior)

    def _draw_coefficients(self, rng: np.random.Generator) -> None:
        for s in self.shards:
            kernels.normal_equations(s.Z, s.mean, s.covariance, s.chosen, self.sigma, s.scale, s.A, s.b)
        A = _in_order([s.A for s in self.shards]) + self.precision
        root = np.linalg.cholesky(A)
        drawn = np.linalg.solve(A, _in_order([s.b for s in self.shards]))
        drawn += np.linalg.solve(root.T, rng.standard_normal(len(drawn)))
        self.B = np.asarray(drawn.reshape(2, -1).T, dtype=np.float64)

    def _draw_people(self, sweep: int, rng: np.random.Generator) -> None:
        for s in self.shards:
            s.mu[:] = s.Z @ self.B if s.Z.shape[1] > 1 else self.B[0]
            kernels.draw_effects(
                self.seed, sweep, s.first, s.mean, s.covariance, s.chosen, s.mu, self.sigma, s.scale,
                s.effects, s.power, s.logs,
            )  # fmt: skip
        nus = np.array(kernels.NUS)
        count = sum(len(s.power) for s in self.shards)
        log = -0.5 * (nus + 2.0) * _in_order([s.logs for s in self.shards])
        log += count * np.array(
            [math.lgamma(0.5 * nu + 1.0) - math.lgamma(0.5 * nu) - math.log(nu) for nu in nus]
        )
        chance = np.exp(log - log.max())
        self.nu = float(rng.choice(nus, p=chance / chance.sum()))
        for s in self.shards:
            kernels.draw_scales(self.seed, sweep, s.first, self.nu, s.power, s.scale)


def log_prior(x: Floats, prior: PopulationPrior) -> float:
    """Log prior of (log sd of the week, log sd of the season, atanh of the correlation), but for a constant."""
    sd = np.exp(x[:2])
    of_sds = -2.5 * np.log1p(np.square(sd / np.array(prior.spread)) / 4.0) + x[:2]
    return float(of_sds.sum() + math.log1p(-(math.tanh(x[2]) ** 2) + 1e-300))


def _sigma(x: Floats) -> Floats:
    a, b = math.exp(x[0]), math.exp(x[1])
    return np.array([a * a, math.tanh(x[2]) * a * b, b * b])


def _in_order(parts: list[Floats]) -> Floats:
    """Sum over all blocks, one after another in the order of the people."""
    blocks = np.concatenate(parts)
    total = np.zeros(blocks.shape[1:])
    for block in blocks:
        total = total + block
    return total
