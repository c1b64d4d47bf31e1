"""The decision to run is itself a measurement of pain: people decide by the pain itself, not by its rating.

    run on day t        <=>  z[t] > 0,  z[t] = level + kappa d[t] + weekday + g intention[t] + h drawn[t] + N(0, 1)
    means to run today  <=>  i[t] > 0,  i[t] = level + kappa d[t] + weekday + N(0, 1)
    log length of a run  =   level + kappa d[t] + N(0, s_len^2)

Where running was not chosen day by day (who has not begun yet, or is away from it for weeks), its absence tells
nothing of that day's pain, and neither equation is taken to hold.
Unknown doses take part with their current value: what they are tells of pain as well.
The intention is modelled too: it was formed with the same pain in mind, so to condition on it alone would let
pain reach the decision unseen. Probit augmentation: Albert & Chib 1993, doi:10.1080/01621459.1993.10476321.
"""

import math

from backstride.model.collapsed import LENGTH
from backstride.model.compiled import part, step
from backstride.model.data import ModelData
from backstride.model.gaussian import Floats, add_row, draw, start_from_prior
from backstride.model.priors import CoefficientPriors
from backstride.model.random import Rng, gamma, truncated_normal
from backstride.model.scale import draw_scale
from backstride.model.state import S_LEN, State, Work


@step
def draw_probit(
    rng: Rng, i: int, answers: Floats, state: State, work: Work, sd: Floats, coefficients: Floats
) -> bool:
    """One probit regression: the hidden z of each answered day, then the coefficients, then both rescaled.

    All columns but d stay the same, so only d's row of the normal equations is summed anew. What z says of
    kappa d[t],  z - (all but kappa d) = kappa d[t] + N(0, 1),  goes into (has, heard).
    """
    n = coefficients.shape[0]
    rows, gram = work.asked[i], work.asked_gram[i]
    start_from_prior(work.p, work.lin_b, work.zero, sd, n)
    for j in range(n):
        for k in range(j + 1):
            work.p[j, k] += gram[j, k]
    for t in range(answers.shape[0]):
        if rows[t, 0] == 0.0:
            continue
        d = state.d[t]
        mean = coefficients[1] * d
        for j in range(n):
            mean += rows[t, j] * coefficients[j]
        if answers[t] > 0.0:
            z = truncated_normal(rng, mean, 1.0, 0.0, math.inf)
        else:
            z = truncated_normal(rng, mean, 1.0, -math.inf, 0.0)
        work.lin[t] = z
        work.p[1, 0] += d
        work.p[1, 1] += d * d
        work.lin_b[1] += d * z
        for j in range(n):
            work.lin_b[j] += rows[t, j] * z
        for j in range(2, n):
            work.p[j, 1] += d * rows[t, j]
    if not draw(rng, work.p, work.lin_b, n, coefficients, -math.inf, math.inf):
        return False
    _rescale(rng, i, answers, state, work, sd, coefficients)
    return True


@part
def _rescale(
    rng: Rng, i: int, answers: Floats, state: State, work: Work, sd: Floats, coefficients: Floats
) -> None:
    """Multiply z and the coefficients by one g > 0, drawn from its own law: they mix slowly only together.

        g^2 ~ Gamma((n + p) / 2, rate = (sum (z - mean)^2 + sum (coefficient / sd)^2) / 2)

    Parameter expansion: Liu & Wu 1999, doi:10.1080/01621459.1999.10473879.
    """
    n = coefficients.shape[0]
    squares, count = 0.0, 0.0
    for t in range(answers.shape[0]):
        if work.asked[i, t, 0] == 0.0:
            continue
        rest = work.lin[t]
        for j in range(n):
            rest -= work.asked[i, t, j] * coefficients[j]
        work.has[i, t] = 1.0
        work.heard[i, t] = rest
        squares += (rest - coefficients[1] * state.d[t]) ** 2
        count += 1.0
    if count == 0.0:
        return
    for j in range(n):
        squares += (coefficients[j] / sd[j]) ** 2
    g = math.sqrt(2.0 * gamma(rng, 0.5 * (count + n)) / squares)
    for j in range(n):
        coefficients[j] *= g
    for t in range(answers.shape[0]):
        work.heard[i, t] *= g


@step
def draw_length(rng: Rng, state: State, priors: CoefficientPriors, work: Work) -> bool:
    """Draw how the length of a run depends on pain, and its noise."""
    weight = 1.0 / state.scalar[S_LEN] ** 2
    start_from_prior(work.p, work.lin_b, work.zero, priors.length_sd, 2)
    work.row[0] = 1.0
    count = 0.0
    for t in range(state.x.shape[0]):
        if state.x[t] > 0.0:
            work.row[1] = state.d[t]
            add_row(work.p, work.lin_b, work.row, 2, math.log(state.x[t]), weight)
            count += 1.0
    if not draw(rng, work.p, work.lin_b, 2, state.length, -math.inf, math.inf):
        return False
    level, kappa = state.length
    squares = 0.0
    for t in range(state.x.shape[0]):
        if state.x[t] > 0.0:
            squares += (math.log(state.x[t]) - level - kappa * state.d[t]) ** 2
    state.scalar[S_LEN] = draw_scale(rng, state.scalar[S_LEN], count, squares, priors.scalar[8])
    weight = 1.0 / state.scalar[S_LEN] ** 2
    for t in range(state.x.shape[0]):
        if state.x[t] > 0.0:
            work.has[LENGTH, t] = weight
            work.heard[LENGTH, t] = weight * (math.log(state.x[t]) - level)
    return True


@part
def draw_decision(rng: Rng, data: ModelData, state: State, priors: CoefficientPriors, work: Work) -> bool:
    """Draw everything about the decision, and leave in (has, heard) what it says of kappa d[t]."""
    for t in range(state.x.shape[0]):
        work.told[t] = 0.0
        work.told_lin[t] = 0.0
        for i in range(3):
            work.has[i, t] = 0.0
            work.heard[i, t] = 0.0
    answers = (state.x, data.intention)
    sds = (priors.run_sd, priors.intention_sd)
    coefficients = (state.run, state.intention)
    for i in range(LENGTH):  # RUN and INTENTION
        if not draw_probit(rng, i, answers[i], state, work, sds[i], coefficients[i]):
            return False
    return draw_length(rng, state, priors, work)
