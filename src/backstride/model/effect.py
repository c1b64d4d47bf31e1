"""What running changes: the expected rating under one plan of doses against another, draw by draw.

The mean of eta is linear in the doses, so the difference of two plans splits into parts that add up exactly:

    A'    = A + (x - A) / tau,  C' = C + (A' - C) / delay
    m'[k] = a + carry m[k] + b C' + c x                       part k:     dd' = phi dd + delta dm'[k]
    d'    = phi d + beta_now x + beta_second x[-1] + beta_hab C' + sum_k delta m'[k]
      next day:   dd' = phi dd + beta_now dx + beta_second dx[-1]
      habit:      dd' = phi dd + beta_hab dC'

and the rating follows in closed form, E[y] = R(mean eta) = sum_{j=1..10} Phi((mean eta - (j - 1/2)) / sd), with the
sd of what may happen until that morning: daily noise, slow level, pathway noise and the rating's own noise. A flare
adds its size with probability q, which runs may raise or lower:

    q' = q (1 - ends) + (1 - q) onset(ran)           E[y] = (1 - q) R(mean) + q R(mean + size)
    flares' part of the difference = (q_plan - q_instead) (R(mean_instead + size) - R(mean_instead))
"""

import math
from typing import NamedTuple

import numpy as np

from backstride.model import effect_columns as column
from backstride.model.arrays import Floats
from backstride.model.compiled import kernel, step
from backstride.model.data import PATHWAYS
from backstride.model.episodes import onset
from backstride.model.fit import Posterior
from backstride.model.normal import cdf, expected_rating

_Room = tuple[Floats, Floats, Floats, Floats]


USUAL_RUN_SHARE = 3.0 / 7.0
"""Three run days a week, where nothing says how many there are."""


class Draws(NamedTuple):
    """What an effect depends on, one row a draw.

    Attributes:
        rows: (S, HEAD + PER_PATH K), with the columns of `effect_columns`.
        mean_dose: constant of the fit.
        run_share: chance of a run on a day of a plan with running, 0 to 1.
    """

    rows: Floats
    mean_dose: float
    run_share: float


class Contrast(NamedTuple):
    """One plan against another, (S,) each; parts (S, 3 + K): next day, habit, pathways, flares; they sum to `total`.

    `total`, `parts` in points of the rating; `latent` is the same difference before floor and ceiling.
    """

    total: Floats
    parts: Floats
    latent: Floats
    with_plan: Floats
    without: Floats


def effect_draws(
    posterior: Posterior, *, mean_dose: float, usual: bool, run_share: float = USUAL_RUN_SHARE
) -> Draws:
    """Give the posterior as effect rows, starting from the usual state, or from the last day's.

    Args:
        posterior: of one person.
        mean_dose: constant of the fit, in units of 30 minutes a day.
        usual: from the usual state rather than from the last day's.
        run_share: chance of a run on a day of a plan with running.
    """
    state = "usual" if usual else "last"
    flat = posterior.draws.reshape(-1, posterior.draws.shape[2])
    columns = posterior.columns
    # the usual state has no deviation from the level: its mean is 0
    d = np.zeros(len(flat)) if usual else flat[:, columns.of("d_last")]
    names = ["phi", "s_eta", "s_mu", "s_y", "beta_now", "beta_hab", f"mu_{state}"]
    head = [*(flat[:, columns.of(n)] for n in names), d, flat[:, columns.of(f"C_{state}")]]
    rest = ["tau", "flare_size", "log_onset", "log_ratio", "ends"]
    rest += [f"flare_{state}", f"A_{state}", "delay", "beta_second"]
    head += [flat[:, columns.of(n)] for n in rest]
    used = [p for p in PATHWAYS if f"delta[{p}]" in columns.names]
    body = [
        flat[:, columns.of(f"{what}[{p}]")]
        for p in used
        for what in ("delta", "a", "b", "c", "phi_m", "s", f"m_{state}")
    ]
    return Draws(np.column_stack([*head, *body]), mean_dose, run_share)


def contrast(draws: Draws, plan: Floats, instead: Floats, *, mornings: tuple[int, int]) -> Contrast:
    """Compute the mean over the mornings first..last (1 is the morning after day 1) of E[y | plan] - E[y | instead].

    Args:
        draws: effect rows.
        plan, instead: (days,) dose of each coming day, in units of 30 minutes.
        mornings: first and last morning, both counted.
    """
    k = (draws.rows.shape[1] - column.HEAD) // column.PER_PATH
    out = np.zeros((len(draws.rows), 7 + k))
    room = _room(k)
    _contrast_all(
        draws.rows, plan, instead, mornings[0], mornings[1], draws.run_share, draws.mean_dose, room, out
    )
    return Contrast(out[:, 0], out[:, 4:], out[:, 1], out[:, 2], out[:, 3])


def _room(k: int) -> _Room:
    """Arrays that one draw after another is worked out in: base, difference, parts, variances."""
    return (np.zeros(2 + k), np.zeros(2 + k), np.zeros(2 + k), np.zeros(1 + 3 * k))


@step
def _step_flare(row: Floats, q: float, run_share: float) -> float:
    """Move the chance of being in a flare one day on."""
    rest = onset(row[column.LOG_ONSET], row[column.LOG_RATIO], False)
    begins = rest + run_share * (onset(row[column.LOG_ONSET], row[column.LOG_RATIO], True) - rest)
    return q * (1.0 - row[column.ENDS]) + (1.0 - q) * begins


@step
def _slope(without: float, with_plan: float, change: float, mean: float, sd: float) -> float:
    """Points of the rating for a point of eta between mean and mean + change."""
    # below, the difference quotient is rounding alone; its limit is the sum of ten normal densities
    if abs(change) > 1e-7:
        return (with_plan - without) / change
    total = 0.0
    for j in range(1, 11):
        z = (mean - (j - 0.5)) / sd
        total += math.exp(-0.5 * z * z)
    return total / (sd * math.sqrt(2.0 * math.pi))


@step
def _step_base(row: Floats, x: float, before: float, k: int, centre: float, base: Floats) -> float:
    """Move the base arm one day on, [A, C, m...]; returns what x and the dose of the day before push into d."""
    base[0] += (x - base[0]) / row[column.TAU]
    base[1] += (base[0] - base[1]) / row[column.DELAY]
    # `centre` was taken off in the fit, so that mu is the level at the person's own usual running
    push = (
        row[column.BETA_NOW] * (x - centre)
        + row[column.BETA_SECOND] * (before - centre)
        + row[column.BETA_HAB] * (base[1] - centre)
    )
    for i in range(k):
        p = row[column.HEAD + i * column.PER_PATH : column.HEAD + (i + 1) * column.PER_PATH]
        base[2 + i] = (
            p[column.INTERCEPT]
            + p[column.CARRY] * base[2 + i]
            + p[column.OF_HABIT] * (base[1] - centre)
            + p[column.SAME_DAY] * (x - centre)
        )
        push += p[column.DELTA] * base[2 + i]
    return push


@step
def _step_difference(row: Floats, dx: float, before: float, k: int, diff: Floats, parts: Floats) -> float:
    """Move the difference of the arms one day on; diff is [A, C, m...]; parts are those of eta; their sum."""
    diff[0] += (dx - diff[0]) / row[column.TAU]
    diff[1] += (diff[0] - diff[1]) / row[column.DELAY]
    parts[0] = row[column.PHI] * parts[0] + row[column.BETA_NOW] * dx + row[column.BETA_SECOND] * before
    parts[1] = row[column.PHI] * parts[1] + row[column.BETA_HAB] * diff[1]
    total = parts[0] + parts[1]
    for i in range(k):
        p = row[column.HEAD + i * column.PER_PATH : column.HEAD + (i + 1) * column.PER_PATH]
        diff[2 + i] = p[column.CARRY] * diff[2 + i] + p[column.OF_HABIT] * diff[1] + p[column.SAME_DAY] * dx
        parts[2 + i] = row[column.PHI] * parts[2 + i] + p[column.DELTA] * diff[2 + i]
        total += parts[2 + i]
    return total


@step
def _step_variance(row: Floats, k: int, var: Floats) -> float:
    """Move the variance of eta one day on; var is [own, then vmm, vdm, vdd of each pathway]; their sum."""
    phi = row[column.PHI]
    var[0] = phi * phi * var[0] + row[column.S_ETA] ** 2
    total = var[0]
    for i in range(k):
        p = row[column.HEAD + i * column.PER_PATH : column.HEAD + (i + 1) * column.PER_PATH]
        v = var[1 + 3 * i : 4 + 3 * i]
        # covariance of m and d before the day's noise, from which both new moments follow
        both = phi * p[column.CARRY] * v[1]
        v[0] = p[column.CARRY] ** 2 * v[0] + p[column.PATH_SD] ** 2
        v[2] = phi * phi * v[2] + p[column.DELTA] ** 2 * v[0] + 2.0 * p[column.DELTA] * both
        v[1] = both + p[column.DELTA] * v[0]
        total += v[2]
    return total


@step
def _contrast_one(
    row: Floats,
    plan: Floats,
    instead: Floats,
    first: int,
    last: int,
    run_share: float,
    centre: float,
    room: _Room,
    out: Floats,
) -> None:
    k = (row.shape[0] - column.HEAD) // column.PER_PATH
    base, diff, parts, var = room
    base[0], base[1], d = row[column.ACUTE], row[column.C], row[column.D]
    for i in range(k):
        base[2 + i] = row[column.HEAD + i * column.PER_PATH + column.PATH_STATE]
    diff[:] = 0.0
    parts[:] = 0.0
    var[:] = 0.0
    out[:] = 0.0
    share = 1.0 / (last - first + 1)
    q_plan = q_instead = row[column.IN_FLARE]
    for h in range(1, last + 1):
        # the day before the first is a usual one in both arms
        earlier = instead[h - 2] if h > 1 else centre
        apart = plan[h - 2] - instead[h - 2] if h > 1 else 0.0
        d = row[column.PHI] * d + _step_base(row, instead[h - 1], earlier, k, centre, base)
        change = _step_difference(row, plan[h - 1] - instead[h - 1], apart, k, diff, parts)
        q_plan = _step_flare(row, q_plan, run_share if plan[h - 1] > 0.0 else 0.0)
        q_instead = _step_flare(row, q_instead, run_share if instead[h - 1] > 0.0 else 0.0)
        variance = _step_variance(row, k, var) + h * row[column.S_MU] ** 2 + row[column.S_Y] ** 2
        # days before the first morning move the state, and are no part of the mean
        if h < first:
            continue
        sd, mean = math.sqrt(variance), row[column.MU] + d
        size = row[column.FLARE_SIZE]
        low, high = expected_rating(mean, sd), expected_rating(mean + size, sd)
        low_plan, high_plan = expected_rating(mean + change, sd), expected_rating(mean + size + change, sd)
        # points of the rating for a point of eta, between the two arms
        slope = (1.0 - q_plan) * _slope(low, low_plan, change, mean, sd)
        slope += q_plan * _slope(high, high_plan, change, mean + size, sd)
        out[1] += share * change
        out[2] += share * ((1.0 - q_plan) * low_plan + q_plan * high_plan)
        out[3] += share * ((1.0 - q_instead) * low + q_instead * high)
        for i in range(3 + k):
            part = slope * parts[i] if i < 2 + k else (q_plan - q_instead) * (high - low)
            out[4 + i] += share * part
            out[0] += share * part


@kernel
def _contrast_all(
    rows: Floats,
    plan: Floats,
    instead: Floats,
    first: int,
    last: int,
    run_share: float,
    centre: float,
    room: _Room,
    out: Floats,
) -> None:
    for s in range(rows.shape[0]):
        _contrast_one(rows[s], plan, instead, first, last, run_share, centre, room, out[s])


def rise_chance(draws: Draws, dose: float) -> Floats:
    """Compute the chance (S,) that tomorrow's rating is higher than today's by 2 or more, after `dose` today.

    From the usual state, eta = mu and no flare:  sum_j P(y[t] = j) P(y[t+1] >= j + 2).
    """
    out = np.zeros(len(draws.rows))
    room = _room((draws.rows.shape[1] - column.HEAD) // column.PER_PATH)
    _rise_all(draws.rows, dose, draws.mean_dose, room, out)
    return out


@kernel
def _rise_all(rows: Floats, dose: float, centre: float, room: _Room, out: Floats) -> None:
    k = (rows.shape[1] - column.HEAD) // column.PER_PATH
    base, _, _, var = room
    for s in range(rows.shape[0]):
        row = rows[s]
        base[0], base[1] = row[column.ACUTE], row[column.C]
        for i in range(k):
            base[2 + i] = row[column.HEAD + i * column.PER_PATH + column.PATH_STATE]
        var[:] = 0.0
        mean = (
            row[column.MU] + row[column.PHI] * row[column.D] + _step_base(row, dose, centre, k, centre, base)
        )
        sd = math.sqrt(_step_variance(row, k, var) + row[column.S_MU] ** 2 + row[column.S_Y] ** 2)
        begins = onset(row[column.LOG_ONSET], row[column.LOG_RATIO], dose > 0.0)
        total, below = 0.0, 0.0
        # a rise by 2 ends within 0 to 10 for ratings 0 to 8 only
        for j in range(9):
            up_to = cdf((j + 0.5 - row[column.MU]) / row[column.S_Y])
            total += (up_to - below) * (1.0 - begins) * cdf((mean - (j + 1.5)) / sd)
            total += (up_to - below) * begins * cdf((mean + row[column.FLARE_SIZE] - (j + 1.5)) / sd)
            below = up_to
        out[s] = total
