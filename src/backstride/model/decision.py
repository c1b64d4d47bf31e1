"""The decision to run is itself a measurement of pain: people decide by the pain itself, not by its rating.

    run on day t        <=>  z[t] > 0,  z[t] = level + kappa d[t] + flare + weekday + rhythm + confounders
                                               + g intention[t] + h drawn[t] + u[t],   u[t] ~ N(0, 1)
    means to run today  <=>  i[t] > 0,  i[t] = level + kappa d[t] + flare + weekday + rhythm + confounders + N(0, 1)
    log length of a run  =   level + kappa d[t] + habit and trend of lengths + N(0, s_len^2)

Where running was not chosen day by day (who has not begun yet, or is away from it for weeks), its absence tells
nothing of that day's pain, and neither equation is taken to hold.
Unknown doses take part with their current value: what they are says something of pain as well.
The intention is modelled too: it was formed with the same pain in mind, so to condition on it alone would let
pain reach the decision unseen. Probit augmentation: Albert & Chib 1993, doi:10.1080/01621459.1993.10476321.
Weekday and rhythm coefficients share learned scales of several probit units: whoever runs on fixed days decides by
the calendar, and a tight prior there would have felt pain explain the calendar.
u[t] and the chance of next morning's pain correlate (`pain.py`), so given that morning, with
e = d[t+1] - phi d[t] - drift[t+1],

    u[t] ~ N(r e / s_eta, 1 - r^2)
"""

import math

from backstride.model.arrays import Floats
from backstride.model.compiled import part, step
from backstride.model.data import LENGTH_COLUMNS, RHYTHM_COLUMNS, WEEKDAY_COLUMNS, ModelData
from backstride.model.filter import INTENTION, LENGTH, RUN
from backstride.model.gaussian import add_row, draw, start_from_prior
from backstride.model.prior_arrays import P_LENGTH_SD, P_LENGTH_SD_LEAST, P_RUN_HABIT, CoefficientPriors
from backstride.model.random import Rng, exponential, uniform
from backstride.model.rows import add_products, add_rows, fit_rows
from backstride.model.scale import draw_scale
from backstride.model.state import (
    FIRST_RHYTHM,
    FIRST_WEEKDAY,
    FLARE,
    KAPPA,
    PHI,
    S_ETA,
    S_LEN,
    S_RHYTHM,
    S_WEEKDAY,
    State,
    Work,
)
from backstride.model.truncated import MEAN, VALUE, close, draw_between, place

_LOG_G = 3.0
"""Stepping out ends here, where a stretch by e^3 or e^-3 has at most exp(-2 total) of the density at the mode."""


@part
def _refresh_pulled(i: int, state: State, work: Work) -> None:
    """Set the mean r e / s_eta (work.off) and precision 1 / (1 - r^2) (work.diagonal) of u[t] given next morning."""
    days = state.d.shape[0]
    for t in range(days):
        work.off[t], work.diagonal[t] = 0.0, 1.0
    if i == RUN:
        phi, share = state.scalar[PHI], 1.0 / state.scalar[S_ETA]
        for t in range(days - 1):
            r = work.pull[t + 1]
            work.off[t] = r * share * (state.d[t + 1] - phi * state.d[t] - work.drift[t + 1])
            work.diagonal[t] = 1.0 / (1.0 - r * r)


@part
def _fill_in(i: int, n: int, state: State, work: Work) -> float:
    """Set the rows of one probit, pain and the flare among them, into work.cross; how many days are answered."""
    rows, asked = work.cross, work.asked[i]
    count = 0.0
    for t in range(rows.shape[0]):
        for j in range(n):
            rows[t, j] = asked[t, j]
        for j in range(n, rows.shape[1]):
            rows[t, j] = 0.0
        # column 0 is 1 on days that are answered and 0 on all others, whose rows then weigh nothing
        rows[t, KAPPA], rows[t, FLARE] = asked[t, 0] * state.d[t], asked[t, 0] * state.flare[t]
        count += asked[t, 0]
    return count


@part
def _fit(coefficients: Floats, n: int, work: Work, out: Floats) -> None:
    """Set out to what the coefficients make of the rows."""
    for j in range(work.cross.shape[1]):
        work.both[j] = coefficients[j] if j < n else 0.0
    fit_rows(work.cross, work.both, n, out)


@part
def _draw_hidden(rng: Rng, i: int, answers: Floats, work: Work, coefficients: Floats) -> None:
    """Draw z of each answered day into work.lin, and the sums of its regression into (P, l)."""
    n, cells, days = coefficients.shape[0], work.cells, answers.shape[0]
    _fit(coefficients, n, work, work.lin)
    for t in range(days):
        lower, upper = -math.inf, math.inf
        # the answer is the sign of z; a day without one has no bounds, and its draw is not read
        if work.asked[i, t, 0] != 0.0:
            lower, upper = (0.0, math.inf) if answers[t] > 0.0 else (-math.inf, 0.0)
        place(cells, t, work.lin[t] + work.off[t], math.sqrt(1.0 / work.diagonal[t]), lower, upper)
    close(cells, days)
    draw_between(rng, cells, days)
    for t in range(days):
        work.lin[t] = cells[VALUE, t]
        cells[MEAN, t] = work.diagonal[t] * (cells[VALUE, t] - work.off[t])
    add_products(work.lin_b, work.cross, cells[MEAN], n)
    add_rows(work.p, work.cross, work.diagonal, 1.0, n)


@step
def draw_probit(
    rng: Rng, i: int, answers: Floats, state: State, work: Work, sd: Floats, coefficients: Floats
) -> bool:
    """Update one probit regression: the hidden z of each answered day, then the coefficients, then both rescaled.

    What z says of kappa d[t],  z - (all but kappa d) = kappa d[t] + N(0, 1),  is a pseudo-observation.

    Args:
        i: RUN or INTENTION.
        answers: (T,) above 0 for yes, nan where nobody answered.
        sd: (n,) prior sds of the coefficients, whose means are 0.
        coefficients: (n,) in the order of work.asked, drawn in place.
    """
    n = coefficients.shape[0]
    start_from_prior(work.p, work.lin_b, work.zero, sd, n)
    count = _fill_in(i, n, state, work)
    if count > 0.0:
        _refresh_pulled(i, state, work)
        _draw_hidden(rng, i, answers, work, coefficients)
    if not draw(rng, work.p, work.lin_b, n, coefficients, -math.inf, math.inf):
        return False
    if count > 0.0:
        _rescale(rng, i, count, state, work, sd, coefficients)
    return True


@step
def _draw_stretch(rng: Rng, total: float, a: float, b: float) -> float:
    """One slice step from 0 on log g with density  total log g - a g^2 / 2 + b g."""
    level = b - 0.5 * a - exponential(rng)
    # where b is 0 the curvature at the mode is -2 total: the width is about two sds of log g
    width = 2.0 / math.sqrt(2.0 * total)
    left = -width * uniform(rng)
    right = left + width
    while left > -_LOG_G and total * left - 0.5 * a * math.exp(2.0 * left) + b * math.exp(left) > level:
        left -= width
    while right < _LOG_G and total * right - 0.5 * a * math.exp(2.0 * right) + b * math.exp(right) > level:
        right += width
    while True:
        x = left + (right - left) * uniform(rng)
        if total * x - 0.5 * a * math.exp(2.0 * x) + b * math.exp(x) > level:
            return math.exp(x)
        if x < 0.0:
            left = x
        else:
            right = x


@part
def _rescale(
    rng: Rng, i: int, count: float, state: State, work: Work, sd: Floats, coefficients: Floats
) -> None:
    """Multiply z and the coefficients by one g > 0, drawn from its own law: they mix slowly only together.

        log p(log g) = (n + p) log g - A g^2 / 2 + B g
        A = sum (z - mean)^2 / (1 - r^2) + sum (coefficient / sd)^2,   B = sum r e / s_eta (z - mean) / (1 - r^2)

    Parameter expansion: Liu & Wu 1999, doi:10.1080/01621459.1999.10473879.
    """
    n, days, fit = coefficients.shape[0], state.d.shape[0], work.cells[MEAN]
    _fit(coefficients, n, work, fit)
    a, b = 0.0, 0.0
    for t in range(days):
        asked = work.asked[i, t, 0]
        u = asked * (work.lin[t] - fit[t])
        work.pseudo_precision[i, t] = asked
        work.pseudo_linear[i, t] = u + asked * coefficients[KAPPA] * state.d[t]
        a += u * u * work.diagonal[t]
        b += work.off[t] * u * work.diagonal[t]
    for j in range(n):
        a += (coefficients[j] / sd[j]) ** 2
    g = _draw_stretch(rng, count + n, a, b)
    for j in range(n):
        coefficients[j] *= g
    for t in range(days):
        # kappa has been multiplied by g, so what z says of kappa d goes with it
        work.pseudo_linear[i, t] *= g


@step
def _habit_scale(
    rng: Rng, first: int, count: int, s: float, intended: bool, scale: float, state: State
) -> float:
    """Draw the scale shared by the weekday or the rhythm coefficients of both equations."""
    # both equations share the scale: it is one calendar that rules what is meant and what is done
    squares, n = 0.0, float(count)
    for j in range(first, first + count):
        squares += state.run[j] ** 2
        if intended:
            squares += state.intention[j] ** 2
    if intended:
        n += float(count)
    return draw_scale(rng, s, n, squares, scale)


@step
def draw_habit_scales(rng: Rng, data: ModelData, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Draw how strongly weekday and rhythm can rule the decision, and put both scales into the prior sds."""
    intended = False
    for t in range(data.intention.shape[0]):
        intended = intended or work.asked[INTENTION, t, 0] != 0.0
    scale = priors.scalar[P_RUN_HABIT]
    s_weekday = _habit_scale(
        rng, FIRST_WEEKDAY, WEEKDAY_COLUMNS, state.scalar[S_WEEKDAY], intended, scale, state
    )
    s_rhythm = _habit_scale(rng, FIRST_RHYTHM, RHYTHM_COLUMNS, state.scalar[S_RHYTHM], intended, scale, state)
    state.scalar[S_WEEKDAY], state.scalar[S_RHYTHM] = s_weekday, s_rhythm
    for j in range(WEEKDAY_COLUMNS):
        work.run_sd[FIRST_WEEKDAY + j] = work.intention_sd[FIRST_WEEKDAY + j] = s_weekday
    for j in range(RHYTHM_COLUMNS):
        work.run_sd[FIRST_RHYTHM + j] = work.intention_sd[FIRST_RHYTHM + j] = s_rhythm


@part
def length_without_pain(t: int, state: State, work: Work) -> float:
    """Compute the expected log length of a run on day t at d = 0.

    Args:
        t: the day.
    """
    total = state.length[0]
    for j in range(LENGTH_COLUMNS):
        total += state.length[2 + j] * work.length_habit[t, j]
    return total


@step
def draw_length_coefficients(
    rng: Rng, data: ModelData, state: State, priors: CoefficientPriors, work: Work
) -> bool:
    """Draw how the length of a run depends on pain and habit, given the runs whose length is known."""
    weight = 1.0 / state.scalar[S_LEN] ** 2
    n = 2 + LENGTH_COLUMNS
    start_from_prior(work.p, work.lin_b, work.zero, priors.length_sd, n)
    work.row[0] = 1.0
    for t in range(state.x.shape[0]):
        if data.dose[t] > 0.0:
            work.row[1] = state.d[t]
            for j in range(LENGTH_COLUMNS):
                work.row[2 + j] = work.length_habit[t, j]
            add_row(work.p, work.lin_b, work.row, n, work.log_dose[t], weight)
    return draw(rng, work.p, work.lin_b, n, state.length, -math.inf, math.inf)


@step
def draw_length_noise(rng: Rng, data: ModelData, state: State, priors: CoefficientPriors, work: Work) -> None:
    """Draw the sd of the log length of a run, given the runs whose length is known."""
    squares, count = 0.0, 0.0
    for t in range(state.x.shape[0]):
        if data.dose[t] > 0.0:
            left = work.log_dose[t] - length_without_pain(t, state, work)
            squares += (left - state.length[1] * state.d[t]) ** 2
            count += 1.0
    state.scalar[S_LEN] = draw_scale(
        rng, state.scalar[S_LEN], count, squares, priors.scalar[P_LENGTH_SD], priors.scalar[P_LENGTH_SD_LEAST]
    )


@step
def refresh_length(data: ModelData, state: State, work: Work) -> None:
    """Set in the pseudo-observations what the lengths of all runs say of kappa d."""
    weight = 1.0 / state.scalar[S_LEN] ** 2
    for t in range(state.x.shape[0]):
        work.pseudo_precision[LENGTH, t] = weight if state.x[t] > 0.0 else 0.0
        work.pseudo_linear[LENGTH, t] = 0.0
        if state.x[t] > 0.0:
            log_x = work.log_dose[t] if data.dose[t] > 0.0 else math.log(state.x[t])
            work.pseudo_linear[LENGTH, t] = weight * (log_x - length_without_pain(t, state, work))


@part
def draw_decision(rng: Rng, data: ModelData, state: State, priors: CoefficientPriors, work: Work) -> bool:
    """Draw all about the decision but the lengths; leave what it says of kappa d[t] as pseudo-observations."""
    for t in range(state.x.shape[0]):
        work.info_precision[t] = 0.0
        work.info_linear[t] = 0.0
        for i in range(3):
            work.pseudo_precision[i, t] = 0.0
            work.pseudo_linear[i, t] = 0.0
    answers = (state.x, data.intention)
    sds = (work.run_sd, work.intention_sd)
    coefficients = (state.run, state.intention)
    for i in range(LENGTH):  # RUN and INTENTION
        if not draw_probit(rng, i, answers[i], state, work, sds[i], coefficients[i]):
            return False
    draw_habit_scales(rng, data, state, priors, work)
    return True
