"""Pain: the rating behind its interval, the daily deviation d from the level, the slow level, and their noise.

level[t] = mu[t] + curves[t] course + size flare[t],        mu[t] = mu[t-1] + noise(s_mu)
d[t]     = phi d[t-1] + f[t] beta + e[t],                   e[t] ~ N(0, s_eta^2)
y*[t]    = level[t] + d[t] + noise(s_y),                    y[t] says that y*[t] lies in (lower, upper]

The day goes on after the rating: the chance u[t] in the decision to run and next morning's e[t+1] correlate,

e[t+1] | u[t] ~ N(r s_eta u[t], s_eta^2 (1 - r^2)),   u[t] = z[t] - kappa d[t],   r = rho coupling[t]

with z[t] the latent propensity to run less all but kappa d[t].

so that given the decisions   d[t] = carry[t] d[t-1] + f[t] beta + shock[t] + N(0, 1 / weight[t]).
"""

import math

from backstride.model.compiled import part, step
from backstride.model.data import ModelData
from backstride.model.filter import RUN, refresh_pull
from backstride.model.lane_math import log
from backstride.model.lanes import WIDE, any_of, load, spread_wide, total
from backstride.model.prior_arrays import (
    P_PHI_MEAN,
    P_PHI_MOST,
    P_PHI_SD,
    P_RHO_MEAN,
    P_RHO_SD,
    P_S_MU,
    P_S_Y,
    P_S_Y_LEAST,
    CoefficientPriors,
)
from backstride.model.priors import S_MU_DF, T_DF
from backstride.model.random import Rng, exponential, gamma, truncated_normal, uniform
from backstride.model.scale import MAX_LOG_SCALE
from backstride.model.state import HABIT, KAPPA, NOW, PHI, RHO, S_ETA, S_MU, S_Y, SECOND, State, Work
from backstride.model.truncated import VALUE, close, draw_between, log_chance, place

MAX_RHO = 0.9


@step
def refresh_level(state: State, work: Work) -> None:
    """Set level = mu + curves course, the flare among the curves."""
    days, curves = work.course.shape
    for t in range(days):
        work.course[t, curves - 1] = state.flare[t]
        level = state.mu[t]
        for j in range(curves):
            level += work.course[t, j] * state.course[j]
        work.level[t] = level


@step
def refresh_drift(state: State, work: Work) -> None:
    """Set drift = f beta."""
    days, p = work.f.shape
    for t in range(1, days):
        drift = 0.0
        for j in range(p):
            drift += work.f[t, j] * state.beta[j]
        work.drift[t] = drift


@step
def refresh_steps(state: State, work: Work) -> None:
    """Set carry, shock and weight of the daily equation from rho, kappa, phi and s_eta."""
    refresh_pull(state, work)
    phi, s_eta = state.scalar[PHI], state.scalar[S_ETA]
    base = 1.0 / (s_eta * s_eta)
    for t in range(1, work.pull.shape[0]):
        r = work.pull[t]
        work.weight[t] = base / (1.0 - r * r)
        work.carry[t] = phi - r * s_eta * state.run[KAPPA]
        work.shock[t] = r * s_eta * work.pseudo_linear[RUN, t - 1]


@step
def refresh_info_linear(state: State, work: Work) -> None:
    """Set what the three decisions say of d, after the pseudo-observations have moved."""
    kappa_run, kappa_intention, kappa_length = state.run[KAPPA], state.intention[KAPPA], state.length[1]
    for t in range(work.info_precision.shape[0]):
        work.info_linear[t] = (
            kappa_run * work.pseudo_linear[0, t]
            + kappa_intention * work.pseudo_linear[1, t]
            + kappa_length * work.pseudo_linear[2, t]
        )


@part
def _lay_out_ratings(s: float, data: ModelData, state: State, work: Work) -> int:
    """Lay out the feeling behind each rating, Normal(eta, s) within its bounds; how many there are."""
    n = 0
    for t in range(state.d.shape[0]):
        if state.seen[t] > 0.0:
            place(work.cells, n, work.level[t] + state.d[t], s, data.lower[t], data.upper[t])
            n += 1
    close(work.cells, n)
    return n


@part
def _rating_log_density(log_s: float, n: int, work: Work, prior_scale: float) -> float:
    """Log density of log s_y given eta, the feelings y* integrated out.

    sum_t log P(lower < eta + s e <= upper) + log s - s^2 / (2 scale^2)
    """
    s = math.exp(log_s)
    return log_chance(work.cells, n, s) + log_s - 0.5 * (s / prior_scale) ** 2


@step
def draw_rating_noise(rng: Rng, data: ModelData, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Draw s_y given eta by a slice on log s_y, the feelings y* integrated out; draw them right after."""
    prior_scale, least = priors.scalar[P_S_Y], math.log(priors.scalar[P_S_Y_LEAST])
    here = math.log(state.scalar[S_Y])
    n = _lay_out_ratings(state.scalar[S_Y], data, state, work)
    level = _rating_log_density(here, n, work, prior_scale) - exponential(rng)
    # any width leaves the target as it is; a poor one costs steps out or refused points
    width = 0.5
    left = here - width * uniform(rng)
    right = left + width
    while left > least and _rating_log_density(left, n, work, prior_scale) > level:
        left -= width
    while right < MAX_LOG_SCALE and _rating_log_density(right, n, work, prior_scale) > level:
        right += width
    left, right = max(left, least), min(right, MAX_LOG_SCALE)
    while True:
        proposal = left + (right - left) * uniform(rng)
        if _rating_log_density(proposal, n, work, prior_scale) > level:
            break
        if proposal < here:
            left = proposal
        else:
            right = proposal
    state.scalar[S_Y] = math.exp(proposal)


@step
def draw_latent_ratings(rng: Rng, data: ModelData, state: State, work: Work) -> None:
    """Draw the feeling y* behind each rating."""
    n = _lay_out_ratings(state.scalar[S_Y], data, state, work)
    draw_between(rng, work.cells, n)
    n = 0
    for t in range(state.d.shape[0]):
        if state.seen[t] > 0.0:
            state.y_star[t] = work.cells[VALUE, n]
            n += 1


@step
def draw_carry_over(rng: Rng, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Draw phi, normal between 0 and its most, from  d[t] - drift[t] - r s u[t-1] = phi d[t-1] + noise."""
    phi = state.scalar[PHI]
    precision = 1.0 / priors.scalar[P_PHI_SD] ** 2
    lin = priors.scalar[P_PHI_MEAN] * precision
    for t in range(1, state.d.shape[0]):
        w, before = work.weight[t], state.d[t - 1]
        # carry holds phi less r s kappa; what is not phi goes to the left side
        left = state.d[t] - (work.carry[t] - phi) * before - work.drift[t] - work.shock[t]
        precision += w * before * before
        lin += w * before * left
    state.scalar[PHI] = truncated_normal(
        rng, lin / precision, 1.0 / math.sqrt(precision), 0.0, priors.scalar[P_PHI_MOST]
    )
    refresh_steps(state, work)


@part
def _lay_out_chances(state: State, work: Work) -> int:
    """Lay out coupling, u and e / s_eta of each coupled day, and no coupling for the rest of the lanes; how many."""
    cells, n = work.cells, 0
    phi, share = state.scalar[PHI], 1.0 / state.scalar[S_ETA]
    for t in range(1, state.d.shape[0]):
        if work.coupling[t - 1] > 0.0:
            cells[0, n] = work.coupling[t - 1]
            cells[1, n] = work.pseudo_linear[RUN, t - 1] - state.run[KAPPA] * state.d[t - 1]
            cells[2, n] = (state.d[t] - phi * state.d[t - 1] - work.drift[t]) * share
            n += 1
    for i in range(n, -(-n // WIDE) * WIDE):
        cells[0, i] = cells[1, i] = cells[2, i] = 0.0
    return n


@step
def _rho_log_density(rho: float, n: int, priors: CoefficientPriors, work: Work) -> float:
    """Log density of rho given the chances u of the decisions and e of the mornings after, n of them laid out.

    sum_t  -1/2 log(1 - r^2) - (e / s - r u)^2 / (2 (1 - r^2)),   r = rho coupling, and the normal prior
    """
    # one log for a product of many (1 - r^2), taken before it leaves the range of a double
    logs, squares, product = spread_wide(0.0), spread_wide(0.0), spread_wide(1.0)
    for i in range(0, n, WIDE):
        r = rho * load(work.cells[0], i)
        left = load(work.cells[2], i) - r * load(work.cells[1], i)
        rest = 1.0 - r * r
        squares = squares + left * left / rest
        product = product * rest
        if any_of(product < 1e-200):
            logs, product = logs + log(product), spread_wide(1.0)
    prior = (rho - priors.scalar[P_RHO_MEAN]) / priors.scalar[P_RHO_SD]
    return -0.5 * (prior**2 + total(logs + log(product) + squares))


@step
def draw_rho(rng: Rng, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Draw the correlation of the decision's chance with next morning's by a slice (Neal 2003)."""
    here = state.scalar[RHO]
    n = _lay_out_chances(state, work)
    level = _rho_log_density(here, n, priors, work) - exponential(rng)
    # with few decisions the posterior is as wide as the prior; a first interval of two sds covers most of it
    width = 2.0 * priors.scalar[P_RHO_SD]
    left = here - width * uniform(rng)
    right = left + width
    while left > -MAX_RHO and _rho_log_density(left, n, priors, work) > level:
        left -= width
    while right < MAX_RHO and _rho_log_density(right, n, priors, work) > level:
        right += width
    left, right = max(left, -MAX_RHO), min(right, MAX_RHO)
    while True:
        x = left + (right - left) * uniform(rng)
        if _rho_log_density(x, n, priors, work) > level:
            break
        if x < here:
            left = x
        else:
            right = x
    state.scalar[RHO] = x
    refresh_steps(state, work)


@step
def draw_tails(rng: Rng, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Draw the scales that make the priors of the effects of a run and of load Student-t(4), and of s_mu half-t(2).

    b ~ N(0, v sd^2),  v ~ IG(2, 2)   gives   b / sd ~ t(4),   v | b ~ IG(5/2, 2 + (b / sd)^2 / 2)
    """
    # heavy tails let an effect that the data show clearly escape the prior's pull towards zero
    for j in (NOW, HABIT, SECOND):
        sd = priors.beta_sd[j]
        rate = 0.5 * (T_DF + (state.beta[j] / sd) ** 2)
        work.beta_sd[j] = sd * math.sqrt(rate / gamma(rng, 0.5 * (T_DF + 1.0)))
    sd = priors.scalar[P_S_MU]
    rate = 0.5 * (S_MU_DF + (state.scalar[S_MU] / sd) ** 2)
    work.s_mu_scale[0] = sd * math.sqrt(rate / gamma(rng, 0.5 * (S_MU_DF + 1.0)))
