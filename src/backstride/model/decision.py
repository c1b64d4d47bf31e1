"""The decision to run is itself a measurement of pain: people decide by the pain itself, not by its rating.

    run on day t        <=>  z[t] > 0,  z[t] = level + kappa d[t] + weekday + g intention[t] + h drawn[t] + N(0, 1)
    means to run today  <=>  i[t] > 0,  i[t] = level + kappa d[t] + weekday + N(0, 1)
    log length of a run  =   level + kappa d[t] + N(0, s_len^2)

Unknown doses take part with their current value: what they are tells of pain as well.
The intention is modelled too: it was formed with the same pain in mind, so to condition on it alone would let
pain reach the decision unseen. Probit augmentation: Albert & Chib 1993, doi:10.1080/01621459.1993.10476321.
"""

import math

from backstride.model.compiled import kernel
from backstride.model.data import ModelData
from backstride.model.gaussian import Floats, add_row, draw, start_from_prior
from backstride.model.priors import CoefficientPriors
from backstride.model.random import Rng, truncated_normal
from backstride.model.scale import draw_scale
from backstride.model.state import S_LEN, State, Work


@kernel
def _stated(answer: float) -> float:
    """1 for yes, -1 for no, 0 where it was not asked or not drawn."""
    if math.isnan(answer):
        return 0.0
    return 2.0 * answer - 1.0


@kernel
def _fill_row(t: int, data: ModelData, state: State, work: Work, n: int) -> None:
    work.row[0] = 1.0
    work.row[1] = state.d[t]
    for j in range(6):
        work.row[2 + j] = work.weekday[t, j]
    if n > 8:
        work.row[8] = _stated(data.intention[t])
        work.row[9] = _stated(data.drawn[t])


@kernel
def _draw_probit(
    rng: Rng,
    answers: Floats,
    data: ModelData,
    state: State,
    work: Work,
    sd: Floats,
    coefficients: Floats,
) -> bool:
    """One probit regression: draw the hidden z of each answered day, then the coefficients.

    z goes into work.lin for `_tell`, which reads the pain out of it.
    """
    n = coefficients.shape[0]
    start_from_prior(work.p, work.lin_b, work.zero, sd, n)
    for t in range(answers.shape[0]):
        if math.isnan(answers[t]):
            continue
        _fill_row(t, data, state, work, n)
        mean = 0.0
        for j in range(n):
            mean += work.row[j] * coefficients[j]
        if answers[t] > 0.0:
            z = truncated_normal(rng, mean, 1.0, 0.0, math.inf)
        else:
            z = truncated_normal(rng, mean, 1.0, -math.inf, 0.0)
        work.lin[t] = z
        add_row(work.p, work.lin_b, work.row, n, z, 1.0)
    return draw(rng, work.p, work.lin_b, n, coefficients, -math.inf, math.inf)


@kernel
def _tell(answers: Floats, data: ModelData, state: State, work: Work, coefficients: Floats) -> None:
    """Add what z tells of d[t]:  z - (all but kappa d) = kappa d[t] + N(0, 1)."""
    n = coefficients.shape[0]
    kappa = coefficients[1]
    for t in range(answers.shape[0]):
        if math.isnan(answers[t]):
            continue
        _fill_row(t, data, state, work, n)
        rest = work.lin[t]
        for j in range(n):
            if j != 1:
                rest -= work.row[j] * coefficients[j]
        work.told[t] += kappa * kappa
        work.told_lin[t] += kappa * rest


@kernel
def _draw_length(rng: Rng, state: State, priors: CoefficientPriors, work: Work) -> bool:
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
            work.told[t] += weight * kappa * kappa
            work.told_lin[t] += weight * kappa * (math.log(state.x[t]) - level)
    return True


@kernel
def draw_decision(rng: Rng, data: ModelData, state: State, priors: CoefficientPriors, work: Work) -> bool:
    """Draw everything about the decision, and leave in (told, told_lin) what it tells about each d[t]."""
    for t in range(state.x.shape[0]):
        work.told[t] = 0.0
        work.told_lin[t] = 0.0
    fine = _draw_probit(rng, state.x, data, state, work, priors.run_sd, state.run)
    _tell(state.x, data, state, work, state.run)
    fine = fine and _draw_probit(rng, data.intention, data, state, work, priors.intention_sd, state.intention)
    _tell(data.intention, data, state, work, state.intention)
    return fine and _draw_length(rng, state, priors, work)
