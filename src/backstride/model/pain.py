"""Pain: the rating behind its interval, the daily deviation d = eta - mu, the slow level mu, and their noise.

d[t]  = phi d[t-1] + f[t] beta + noise(s_eta)        mu[t] = mu[t-1] + noise(s_mu)
y*[t] = mu[t] + d[t] + noise(s_y),   y[t] says that y*[t] lies in (lower, upper]
"""

import math

from backstride.model.compiled import part, step
from backstride.model.data import ModelData
from backstride.model.gaussian import Floats, draw_path_and_coefficients
from backstride.model.normal import interval_probability
from backstride.model.priors import CoefficientPriors
from backstride.model.random import Rng, exponential, normal, truncated_normal, uniform
from backstride.model.scale import LOG_LEAST, draw_noncentred_scale, draw_scale
from backstride.model.state import PHI, S_ETA, S_MU, S_Y, State, Work


@step
def _rating_log_density(s: float, data: ModelData, state: State, prior_scale: float) -> float:
    """Log density of log s_y given eta, the feelings y* integrated out.

    sum_t log P(lower < eta + s e <= upper) + log s - s^2 / (2 scale^2)
    """
    total = math.log(s) - 0.5 * (s / prior_scale) ** 2
    product = 1.0
    for t in range(state.d.shape[0]):
        if state.seen[t] > 0.0:
            eta = state.mu[t] + state.d[t]
            product *= interval_probability((data.lower[t] - eta) / s, (data.upper[t] - eta) / s)
            if product < 1e-100:
                total += math.log(max(product, 1e-300))
                product = 1.0
    return total + math.log(product)


@step
def draw_rating_noise(rng: Rng, data: ModelData, state: State, prior_scale: float) -> None:
    """Draw s_y given eta by a slice on log s_y, the feelings y* integrated out; draw them right after."""
    here = math.log(state.scalar[S_Y])
    level = _rating_log_density(math.exp(here), data, state, prior_scale) - exponential(rng)
    width = 0.5
    left = here - width * uniform(rng)
    right = left + width
    while _rating_log_density(math.exp(left), data, state, prior_scale) > level and left > LOG_LEAST:
        left -= width
    while _rating_log_density(math.exp(right), data, state, prior_scale) > level and right < 3.0:
        right += width
    left, right = max(left, LOG_LEAST), min(right, 3.0)
    while True:
        proposal = left + (right - left) * uniform(rng)
        if _rating_log_density(math.exp(proposal), data, state, prior_scale) > level:
            break
        if proposal < here:
            left = proposal
        else:
            right = proposal
    state.scalar[S_Y] = math.exp(proposal)


@step
def draw_feelings(rng: Rng, data: ModelData, state: State) -> None:
    """Draw the feeling y* behind each rating."""
    s = state.scalar[S_Y]
    for t in range(state.d.shape[0]):
        if state.seen[t] > 0.0:
            eta = state.mu[t] + state.d[t]
            state.y_star[t] = truncated_normal(rng, eta, s, data.lower[t], data.upper[t])


@step
def refresh_gram(work: Work) -> None:
    """gram = f' f, lower triangle."""
    days, p = work.f.shape
    for i in range(p):
        for j in range(i + 1):
            work.gram[i, j] = 0.0
    for t in range(1, days):
        for i in range(p):
            value = work.f[t, i]
            for j in range(i + 1):
                work.gram[i, j] += value * work.f[t, j]


@part
def _coefficient_prior(work: Work, beta_sd: Floats, weight: float) -> None:
    for i in range(beta_sd.shape[0]):
        for j in range(i + 1):
            work.p[i, j] = weight * work.gram[i, j]
        work.p[i, i] += 1.0 / (beta_sd[i] * beta_sd[i])
        work.lin_b[i] = 0.0


@part
def _cross(work: Work, weight: float, phi: float) -> None:
    """cross[t] = weight (f[t] - phi f[t+1]): how the path and the coefficients share the daily equation."""
    days, p = work.f.shape
    for t in range(days):
        for j in range(p):
            later = work.f[t + 1, j] if t + 1 < days else 0.0
            work.cross[t, j] = weight * (work.f[t, j] - phi * later)


@part
def _daily_precision(work: Work, weight: float, phi: float) -> None:
    days = work.diagonal.shape[0]
    for t in range(days):
        work.diagonal[t] = (weight if t > 0 else 0.0) + (weight * phi * phi if t + 1 < days else 0.0)
        work.off[t] = -weight * phi
        work.lin[t] = 0.0


@step
def draw_deviation(rng: Rng, state: State, priors: CoefficientPriors, work: Work) -> bool:
    """Draw (beta, d) jointly given the slow level, the feelings and what the decisions tell."""
    phi, s_eta, s_y = state.scalar[PHI], state.scalar[S_ETA], state.scalar[S_Y]
    weight = 1.0 / (s_eta * s_eta)
    told = 1.0 / (s_y * s_y)
    _coefficient_prior(work, priors.beta_sd, weight)
    _cross(work, -weight, phi)
    _daily_precision(work, weight, phi)
    work.diagonal[0] += 1.0 / priors.scalar[7] ** 2
    for t in range(state.d.shape[0]):
        seen = told * state.seen[t]
        work.diagonal[t] += seen + work.told[t]
        work.lin[t] += seen * (state.y_star[t] - state.mu[t]) + work.told_lin[t]
    fine = draw_path_and_coefficients(
        rng, work.diagonal, work.off, work.lin, work.cross, work.p, work.lin_b, state.d, state.beta
    )
    refresh_drift(state, work)
    return fine


@step
def draw_level(rng: Rng, state: State, priors: CoefficientPriors, work: Work) -> bool:
    """Draw (beta, mu) jointly given eta: a trend and a habit effect look alike, so they must move together."""
    phi, s_eta, s_mu = state.scalar[PHI], state.scalar[S_ETA], state.scalar[S_MU]
    weight, slow = 1.0 / (s_eta * s_eta), 1.0 / (s_mu * s_mu)
    days, p = work.f.shape
    first = 1.0 / priors.scalar[7] ** 2
    _coefficient_prior(work, priors.beta_sd, weight)
    _cross(work, weight, phi)
    _daily_precision(work, weight, phi)
    for t in range(days):
        state.d[t] += state.mu[t]  # d holds eta until mu is drawn
    for t in range(1, days):
        r = state.d[t] - phi * state.d[t - 1]
        work.lin[t] += weight * r
        work.lin[t - 1] -= weight * phi * r
        for j in range(p):
            work.lin_b[j] += weight * r * work.f[t, j]
        work.diagonal[t] += slow
        work.diagonal[t - 1] += slow
        work.off[t - 1] -= slow
    for t in range(days):
        work.diagonal[t] += work.told[t]
        work.lin[t] += work.told[t] * state.d[t] - work.told_lin[t]
    work.diagonal[0] += first + 1.0 / priors.scalar[6] ** 2
    work.lin[0] += first * state.d[0] + priors.scalar[5] / priors.scalar[6] ** 2
    fine = draw_path_and_coefficients(
        rng, work.diagonal, work.off, work.lin, work.cross, work.p, work.lin_b, state.mu, state.beta
    )
    for t in range(days):
        state.d[t] -= state.mu[t]
    refresh_drift(state, work)
    return fine


@part
def refresh_drift(state: State, work: Work) -> None:
    """drift = f beta."""
    days, p = work.f.shape
    for t in range(1, days):
        total = 0.0
        for j in range(p):
            total += work.f[t, j] * state.beta[j]
        work.drift[t] = total


@step
def shift_level(rng: Rng, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Move d up and mu down by one constant, and the decision's levels with them.

    eta, and so every rating, stays; so does every hidden z. What is left is the prior of d, of mu[0] and of the
    three levels, all Gaussian in the constant. Without it the level and the decision wait for one another.
    """
    phi, days = state.scalar[PHI], state.d.shape[0]
    weight = 1.0 / state.scalar[S_ETA] ** 2
    first, level = 1.0 / priors.scalar[7] ** 2, 1.0 / priors.scalar[6] ** 2
    precision = first + level + weight * (1.0 - phi) ** 2 * (days - 1.0)
    lin = level * (state.mu[0] - priors.scalar[5]) - first * state.d[0]
    for t in range(1, days):
        lin -= weight * (1.0 - phi) * (state.d[t] - phi * state.d[t - 1] - work.drift[t])
    for coefficients, sd in (
        (state.run, priors.run_sd),
        (state.intention, priors.intention_sd),
        (state.length, priors.length_sd),
    ):
        precision += (coefficients[1] / sd[0]) ** 2
        lin += coefficients[0] * coefficients[1] / sd[0] ** 2
    c = lin / precision + normal(rng) / math.sqrt(precision)
    for t in range(days):
        state.d[t] += c
        state.mu[t] -= c
        work.told_lin[t] += c * work.told[t]  # the levels taken off what was heard have moved
    for coefficients in (state.run, state.intention, state.length):
        coefficients[0] -= c * coefficients[1]


@step
def draw_carry_over(rng: Rng, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Draw phi, normal between 0 and 0.98, from  d[t] - drift[t] = phi d[t-1] + noise."""
    weight = 1.0 / state.scalar[S_ETA] ** 2
    precision = 1.0 / priors.scalar[1] ** 2
    lin = priors.scalar[0] * precision
    for t in range(1, state.d.shape[0]):
        precision += weight * state.d[t - 1] * state.d[t - 1]
        lin += weight * state.d[t - 1] * (state.d[t] - work.drift[t])
    state.scalar[PHI] = truncated_normal(rng, lin / precision, 1.0 / math.sqrt(precision), 0.0, 0.98)


@step
def draw_daily_noise(rng: Rng, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Draw s_eta given the path, then again given the standardised noise (interweaving), rebuilding d."""
    phi, days = state.scalar[PHI], state.d.shape[0]
    squares = 0.0
    for t in range(1, days):
        squares += (state.d[t] - phi * state.d[t - 1] - work.drift[t]) ** 2
    s = draw_scale(rng, state.scalar[S_ETA], days - 1.0, squares, priors.scalar[2])
    told = 1.0 / state.scalar[S_Y] ** 2
    base, precision, lin = state.d[0], 0.0, 0.0
    work.diagonal[0] = 0.0
    for t in range(1, days):
        base = phi * base + work.drift[t]
        v = (state.d[t] - base) / s
        work.diagonal[t] = v
        seen = told * state.seen[t]
        precision += v * v * (seen + work.told[t])
        lin += v * (seen * (state.y_star[t] - state.mu[t] - base) + work.told_lin[t] - work.told[t] * base)
    new = draw_noncentred_scale(rng, precision, lin, priors.scalar[2])
    for t in range(1, days):
        state.d[t] += (new - s) * work.diagonal[t]
    state.scalar[S_ETA] = new


@step
def draw_slow_noise(rng: Rng, state: State, priors: CoefficientPriors) -> None:
    """Draw s_mu given the level, then again given its standardised steps (interweaving), rebuilding mu."""
    days = state.mu.shape[0]
    squares = 0.0
    for t in range(1, days):
        squares += (state.mu[t] - state.mu[t - 1]) ** 2
    s = draw_scale(rng, state.scalar[S_MU], days - 1.0, squares, priors.scalar[3], priors.scalar[9])
    told, first = 1.0 / state.scalar[S_Y] ** 2, state.mu[0]
    precision, lin = 0.0, 0.0
    for t in range(1, days):
        w = (state.mu[t] - first) / s
        seen = told * state.seen[t]
        precision += seen * w * w
        lin += seen * w * (state.y_star[t] - state.d[t] - first)
    new = draw_noncentred_scale(rng, precision, lin, priors.scalar[3], priors.scalar[9])
    for t in range(1, days):
        state.mu[t] = first + (state.mu[t] - first) * (new / s)
    state.scalar[S_MU] = new
