"""Pain: the rating behind its interval, the daily deviation d from the level, the slow level, and their noise.

level[t] = mu[t] + curves[t] course + size flare[t],        mu[t] = mu[t-1] + noise(s_mu)
d[t]     = phi d[t-1] + f[t] beta + e[t],                   e[t] ~ N(0, s_eta^2)
y*[t]    = level[t] + d[t] + noise(s_y),                    y[t] says that y*[t] lies in (lower, upper]

The day goes on after the rating: the chance u[t] in the decision to run and next morning's e[t+1] correlate,

e[t+1] | u[t] ~ N(r s_eta u[t], s_eta^2 (1 - r^2)),   u[t] = heard[t] - kappa d[t],   r = rho coupling[t]

so that given the decisions   d[t] = carry[t] d[t-1] + f[t] beta + shock[t] + N(0, 1 / weight[t]).
"""

import math

from backstride.model.collapsed import RUN, refresh_pull
from backstride.model.compiled import part, step
from backstride.model.data import ModelData
from backstride.model.gaussian import draw_path_and_coefficients
from backstride.model.normal import interval_probability
from backstride.model.priors import (
    P_FLARE_LEAST,
    P_FLARE_MEAN,
    P_FLARE_SD,
    P_LEVEL_MEAN,
    P_LEVEL_SD,
    P_PHI_MEAN,
    P_PHI_MOST,
    P_PHI_SD,
    P_RHO_MEAN,
    P_RHO_SD,
    P_S_MU,
    P_START_SD,
    S_MU_DF,
    T_DF,
    CoefficientPriors,
)
from backstride.model.random import Rng, exponential, gamma, normal, truncated_normal, uniform
from backstride.model.scale import LOG_LEAST
from backstride.model.state import (
    HABIT,
    KAPPA,
    NOW,
    PHI,
    RHO,
    S_ETA,
    S_MU,
    S_Y,
    State,
    Work,
)

MOST_RHO = 0.9


@part
def refresh_level(state: State, work: Work) -> None:
    """Set level = mu + curves course, the flare among the curves."""
    days, curves = work.course.shape
    for t in range(days):
        work.course[t, curves - 1] = state.flare[t]
        total = state.mu[t]
        for j in range(curves):
            total += work.course[t, j] * state.course[j]
        work.level[t] = total


@part
def refresh_drift(state: State, work: Work) -> None:
    """Set drift = f beta."""
    days, p = work.f.shape
    for t in range(1, days):
        total = 0.0
        for j in range(p):
            total += work.f[t, j] * state.beta[j]
        work.drift[t] = total


@part
def refresh_steps(state: State, work: Work) -> None:
    """Set carry, shock and weight of the daily equation from rho, kappa, phi and s_eta."""
    refresh_pull(state, work)
    phi, s_eta = state.scalar[PHI], state.scalar[S_ETA]
    base = 1.0 / (s_eta * s_eta)
    for t in range(1, work.pull.shape[0]):
        r = work.pull[t]
        work.weight[t] = base / (1.0 - r * r)
        work.carry[t] = phi - r * s_eta * state.run[KAPPA]
        work.shock[t] = r * s_eta * work.heard[RUN, t - 1]


@part
def refresh_told_lin(state: State, work: Work) -> None:
    """Set what the three decisions say of d, after what was heard has moved."""
    kappa_run, kappa_intention, kappa_length = state.run[KAPPA], state.intention[KAPPA], state.length[1]
    for t in range(work.told.shape[0]):
        work.told_lin[t] = (
            kappa_run * work.heard[0, t]
            + kappa_intention * work.heard[1, t]
            + kappa_length * work.heard[2, t]
        )


@step
def _rating_log_density(s: float, data: ModelData, state: State, work: Work, prior_scale: float) -> float:
    """Log density of log s_y given eta, the feelings y* integrated out.

    sum_t log P(lower < eta + s e <= upper) + log s - s^2 / (2 scale^2)
    """
    total = math.log(s) - 0.5 * (s / prior_scale) ** 2
    product = 1.0
    for t in range(state.d.shape[0]):
        if state.seen[t] > 0.0:
            eta = work.level[t] + state.d[t]
            product *= interval_probability((data.lower[t] - eta) / s, (data.upper[t] - eta) / s)
            if product < 1e-100:
                total += math.log(max(product, 1e-300))
                product = 1.0
    return total + math.log(product)


@step
def draw_rating_noise(rng: Rng, data: ModelData, state: State, work: Work, prior_scale: float) -> None:
    """Draw s_y given eta by a slice on log s_y, the feelings y* integrated out; draw them right after."""
    here = math.log(state.scalar[S_Y])
    level = _rating_log_density(math.exp(here), data, state, work, prior_scale) - exponential(rng)
    width = 0.5
    left = here - width * uniform(rng)
    right = left + width
    while _rating_log_density(math.exp(left), data, state, work, prior_scale) > level and left > LOG_LEAST:
        left -= width
    while _rating_log_density(math.exp(right), data, state, work, prior_scale) > level and right < 3.0:
        right += width
    left, right = max(left, LOG_LEAST), min(right, 3.0)
    while True:
        proposal = left + (right - left) * uniform(rng)
        if _rating_log_density(math.exp(proposal), data, state, work, prior_scale) > level:
            break
        if proposal < here:
            left = proposal
        else:
            right = proposal
    state.scalar[S_Y] = math.exp(proposal)


@step
def draw_feelings(rng: Rng, data: ModelData, state: State, work: Work) -> None:
    """Draw the feeling y* behind each rating."""
    s = state.scalar[S_Y]
    for t in range(state.d.shape[0]):
        if state.seen[t] > 0.0:
            eta = work.level[t] + state.d[t]
            state.y_star[t] = truncated_normal(rng, eta, s, data.lower[t], data.upper[t])


@part
def _daily_precision(work: Work) -> None:
    """Set the tridiagonal precision of the path and what the shocks say of it."""
    days = work.diagonal.shape[0]
    work.diagonal[0], work.lin[0] = 0.0, 0.0
    for t in range(1, days):
        w, carry = work.weight[t], work.carry[t]
        work.diagonal[t] = w
        work.diagonal[t - 1] += w * carry * carry
        work.off[t - 1] = -w * carry
        work.lin[t] = w * work.shock[t]
        work.lin[t - 1] -= w * carry * work.shock[t]


@part
def _level_prior(p: int, n: int, priors: CoefficientPriors, work: Work) -> None:
    """Set (P, l) to the priors of (beta, course), the flare's size last and not centred at 0."""
    for i in range(n):
        for j in range(i):
            work.p[i, j] = 0.0
        sd = priors.scalar[P_FLARE_SD]
        if i < n - 1:
            sd = work.beta_sd[i] if i < p else priors.course_sd[i - p]
        work.p[i, i] = 1.0 / (sd * sd)
        work.lin_b[i] = 0.0
    work.lin_b[n - 1] = priors.scalar[P_FLARE_MEAN] * work.p[n - 1, n - 1]


@part
def _add_steps(p: int, n: int, slow: float, state: State, work: Work) -> None:
    """Add what the daily equation and the steps of mu say of mu and (beta, course); d holds eta."""
    h = work.row
    for t in range(1, work.f.shape[0]):
        w, carry = work.weight[t], work.carry[t]
        for j in range(p):
            h[j] = work.f[t, j]
        for j in range(n - p):
            h[p + j] = work.course[t, j] - carry * work.course[t - 1, j]
        r = state.d[t] - carry * state.d[t - 1] - work.shock[t]
        work.lin[t] += w * r
        work.lin[t - 1] -= w * carry * r
        for i in range(n):
            scaled = w * h[i]
            work.lin_b[i] += scaled * r
            work.cross[t, i] += scaled
            work.cross[t - 1, i] -= carry * scaled
            for j in range(i + 1):
                work.p[i, j] += scaled * h[j]
        work.diagonal[t] += slow
        work.diagonal[t - 1] += slow
        work.off[t - 1] -= slow


@part
def _add_told(p: int, n: int, first: float, state: State, work: Work) -> None:
    """Add what the decisions and the first day's prior say of d = eta - mu - curves course."""
    for t in range(work.f.shape[0]):
        told = work.told[t] + (first if t == 0 else 0.0)
        left = told * state.d[t] - work.told_lin[t]
        work.diagonal[t] += told
        work.lin[t] += left
        for i in range(n - p):
            g = work.course[t, i]
            if g != 0.0:
                work.lin_b[p + i] += g * left
                work.cross[t, p + i] += g * told
                for j in range(i + 1):
                    work.p[p + i, p + j] += told * g * work.course[t, j]


@step
def draw_level(rng: Rng, state: State, priors: CoefficientPriors, work: Work) -> bool:
    """Draw (beta, course, mu) jointly given eta: trend, recovery and habit look alike and must move together.

    With h[t] = (f[t], g[t] - carry g[t-1]) and g the curves of the course,
    eta[t] - carry eta[t-1] - shock[t] = mu[t] - carry mu[t-1] + h[t] (beta, course) + N(0, 1 / weight[t]).
    """
    days, p = work.f.shape
    n = p + work.course.shape[1]
    refresh_level(state, work)
    for t in range(days):
        state.d[t] += work.level[t]  # d holds eta until the level is drawn
    _level_prior(p, n, priors, work)
    _daily_precision(work)
    for t in range(days):
        work.lin[t] = 0.0
        for j in range(n):
            work.cross[t, j] = 0.0
    _add_steps(p, n, 1.0 / state.scalar[S_MU] ** 2, state, work)
    _add_told(p, n, 1.0 / priors.scalar[P_START_SD] ** 2, state, work)
    work.diagonal[0] += 1.0 / priors.scalar[P_LEVEL_SD] ** 2
    work.lin[0] += priors.scalar[P_LEVEL_MEAN] / priors.scalar[P_LEVEL_SD] ** 2
    fine = draw_path_and_coefficients(
        rng,
        work.diagonal,
        work.off,
        work.lin,
        work.cross,
        work.p,
        work.lin_b,
        state.mu,
        work.both[:n],
        priors.scalar[P_FLARE_LEAST],
    )
    for j in range(p):
        state.beta[j] = work.both[j]
    for j in range(n - p):
        state.course[j] = work.both[p + j]
    refresh_level(state, work)
    for t in range(days):
        state.d[t] -= work.level[t]
    refresh_drift(state, work)
    return fine


@step
def shift_level(rng: Rng, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Move d up and mu down by one constant, and the decision's levels with them.

    eta, and so every rating, stays; so does every hidden z and every u. What is left is the prior of d, of mu[0]
    and of
    the three levels, all Gaussian in the constant. Without it the level and the decision wait for one another.
    """
    phi, days = state.scalar[PHI], state.d.shape[0]
    first, level = 1.0 / priors.scalar[P_START_SD] ** 2, 1.0 / priors.scalar[P_LEVEL_SD] ** 2
    precision = first + level
    lin = level * (state.mu[0] - priors.scalar[P_LEVEL_MEAN]) - first * state.d[0]
    for t in range(1, days):
        left = state.d[t] - work.carry[t] * state.d[t - 1] - work.drift[t] - work.shock[t]
        precision += work.weight[t] * (1.0 - phi) ** 2
        lin -= work.weight[t] * (1.0 - phi) * left
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
        work.level[t] -= c
        # the levels taken off what was heard have moved
        work.told_lin[t] += c * work.told[t]
        work.heard[0, t] += c * state.run[KAPPA] * work.has[0, t]
        work.heard[1, t] += c * state.intention[KAPPA] * work.has[1, t]
        work.heard[2, t] += c * state.length[1] * work.has[2, t]
    for coefficients in (state.run, state.intention, state.length):
        coefficients[0] -= c * coefficients[1]
    refresh_steps(state, work)


@step
def draw_carry_over(rng: Rng, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Draw phi, normal between 0 and its most, from  d[t] - drift[t] - r s u[t-1] = phi d[t-1] + noise."""
    phi = state.scalar[PHI]
    precision = 1.0 / priors.scalar[P_PHI_SD] ** 2
    lin = priors.scalar[P_PHI_MEAN] * precision
    for t in range(1, state.d.shape[0]):
        w, before = work.weight[t], state.d[t - 1]
        left = state.d[t] - (work.carry[t] - phi) * before - work.drift[t] - work.shock[t]
        precision += w * before * before
        lin += w * before * left
    state.scalar[PHI] = truncated_normal(
        rng, lin / precision, 1.0 / math.sqrt(precision), 0.0, priors.scalar[P_PHI_MOST]
    )
    refresh_steps(state, work)


@step
def _rho_log_density(rho: float, state: State, priors: CoefficientPriors, work: Work) -> float:
    """Log density of rho given the chances u of the decisions and e of the mornings after.

    sum_t  -1/2 log(1 - r^2) - (e / s - r u)^2 / (2 (1 - r^2)),   r = rho coupling, and the normal prior
    """
    s_eta, phi = state.scalar[S_ETA], state.scalar[PHI]
    total = -0.5 * ((rho - priors.scalar[P_RHO_MEAN]) / priors.scalar[P_RHO_SD]) ** 2
    for t in range(1, state.d.shape[0]):
        c = work.coupling[t - 1]
        if c > 0.0:
            r = rho * c
            u = work.heard[RUN, t - 1] - state.run[KAPPA] * state.d[t - 1]
            e = (state.d[t] - phi * state.d[t - 1] - work.drift[t]) / s_eta
            left = e - r * u
            total -= 0.5 * math.log(1.0 - r * r) + 0.5 * left * left / (1.0 - r * r)
    return total


@step
def draw_rho(rng: Rng, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Draw the correlation of the decision's chance with next morning's by a slice (Neal 2003)."""
    here = state.scalar[RHO]
    level = _rho_log_density(here, state, priors, work) - exponential(rng)
    width = 2.0 * priors.scalar[P_RHO_SD]
    left = here - width * uniform(rng)
    right = left + width
    while left > -MOST_RHO and _rho_log_density(left, state, priors, work) > level:
        left -= width
    while right < MOST_RHO and _rho_log_density(right, state, priors, work) > level:
        right += width
    left, right = max(left, -MOST_RHO), min(right, MOST_RHO)
    while True:
        x = left + (right - left) * uniform(rng)
        if _rho_log_density(x, state, priors, work) > level:
            break
        if x < here:
            left = x
        else:
            right = x
    state.scalar[RHO] = x
    refresh_steps(state, work)


@step
def draw_tails(rng: Rng, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Draw the scales that make the priors of the next-day and the habit effect Student-t(4), and of s_mu half-t(2).

    b ~ N(0, v sd^2),  v ~ IG(2, 2)   gives   b / sd ~ t(4),   v | b ~ IG(5/2, 2 + (b / sd)^2 / 2)
    """
    for j in (NOW, HABIT):
        sd = priors.beta_sd[j]
        rate = 0.5 * (T_DF + (state.beta[j] / sd) ** 2)
        work.beta_sd[j] = sd * math.sqrt(rate / gamma(rng, 0.5 * (T_DF + 1.0)))
    sd = priors.scalar[P_S_MU]
    rate = 0.5 * (S_MU_DF + (state.scalar[S_MU] / sd) ** 2)
    work.s_mu_scale[0] = sd * math.sqrt(rate / gamma(rng, 0.5 * (S_MU_DF + 1.0)))
