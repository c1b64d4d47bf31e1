"""The joint density of everything known and unknown about one person, once more and in plain numpy.

One function of all unknowns, hidden chances z of both decisions included; no part is shared with the product but the
names. Any step of the sampler must draw from what is left of it when everything else is held.
"""

import itertools
import math
from types import SimpleNamespace

import numpy as np

from backstride.model.data import weekday_contrasts

CALLED = {0.0: 0.02, 1.0: 0.8}
RUN, INTENTION = 0, 1


def unknowns(state, work) -> SimpleNamespace:
    """A copy of the sampler's state, with z of both decisions in place of their pseudo-observations."""
    found = SimpleNamespace(**{name: np.array(getattr(state, name)) for name in state._fields})
    found.beta_sd, found.s_mu_scale = np.array(work.beta_sd), float(work.s_mu_scale[0])
    found.z = np.zeros((2, len(state.d)))
    for i, of in ((RUN, state.run), (INTENTION, state.intention)):
        found.z[i] = work.pseudo_linear[i] + work.asked[i][:, : len(of)] @ of + of[2] * state.flare
    return found


def normal(x, mean, sd) -> float:
    """Sum of log densities."""
    return float(np.sum(-0.5 * ((x - mean) / sd) ** 2 - np.log(sd * math.sqrt(2 * math.pi))))


def chronic_load(x, start, scalar) -> np.ndarray:
    """C of each morning: two stages in a row, A of the doses and C of A."""
    (tau, delay), acute, load = scalar[11:13], start, [start]
    for dose in x[:-1]:
        acute += (dose - acute) / tau
        load.append(load[-1] + (acute - load[-1]) / delay)
    return np.array(load)


def curves(data, count) -> np.ndarray:
    """What pain does by itself."""
    t, ran = np.arange(data.days), np.flatnonzero(np.nan_to_num(data.dose) > 0)
    since = np.maximum(t - ran[0], 0)
    found = [np.exp(-when / days) for when in (t, since) for days in (14, 28, 60)]
    return np.column_stack([*found, t / (data.days - 1) - 0.5])[:, :count]


def lengths(data) -> np.ndarray:
    """Habit and trend of the log length of runs, from recorded runs."""
    log = {t: math.log(x) for t, x in enumerate(data.dose) if x > 0}
    line, out = np.linspace(-1, 1, data.days), np.zeros((data.days, 3))
    for t in range(data.days):
        last = [log[s] for s in log if s < t][-3:]
        out[t] = (
            np.mean(last) - np.mean(list(log.values())) if last else 0.0,
            line[t],
            1.5 * line[t] ** 2 - 0.5,
        )
    return out


def inclined(v, data, which) -> np.ndarray:
    """Mean of z on each day."""
    of = (v.run, v.intention)[which]
    q = data.confounders.shape[1]
    mean = of[0] + of[1] * v.d + of[2] * v.flare + weekday_contrasts()[data.weekday] @ of[3:9]
    mean += data.rhythm @ of[9:14] + data.confounders @ of[14 : 14 + q]
    if which == RUN:
        for info_precision, weight in zip((data.intention, data.drawn), of[14 + q :], strict=True):
            mean += weight * np.nan_to_num(2 * info_precision - 1)
    return mean


def log_joint(v, data, priors, arrays) -> float:
    """Log density of all of v and of the records, up to one constant.

    Args:
        v: unknowns, by the names of the sampler's state.
        data: the person's records.
        priors, arrays: the priors, by name and laid out.
    """
    total = pain(v, data, priors) + flares(v, data, priors) + answers(v, data) + pathways(v, data)
    total += normal(v.beta, 0.0, v.beta_sd) + normal(v.course[:-1], 0.0, arrays.course_sd)
    total += normal(v.course[-1], priors.flare_mean, priors.flare_sd)
    for of, sd in ((v.run, arrays.run_sd), (v.intention, arrays.intention_sd), (v.length, arrays.length_sd)):
        total += normal(of, 0.0, sd)
    phi, s_eta, s_mu, s_y, s_len, rho, log_onset, log_ratio, ends = v.scalar[:9]
    total += normal(phi, priors.phi_mean, priors.phi_sd) + normal(rho, priors.rho_mean, priors.rho_sd)
    total += normal(log_onset, priors.flare_log_onset, priors.flare_log_onset_sd)
    total += normal(log_ratio, 0.0, priors.flare_log_ratio_sd)
    total += (priors.flare_ends - 1) * math.log(ends) + (priors.flare_goes_on - 1) * math.log1p(-ends)
    for s, scale in (
        (s_eta, priors.s_eta),
        (s_mu, v.s_mu_scale),
        (s_y, priors.s_y),
        (s_len, priors.length_sd),
    ):
        total += -0.5 * (s / scale) ** 2
    for k, of in enumerate(v.path):
        total += (
            normal(of[:4], arrays.path_mean[k], arrays.path_sd[k])
            - 0.5 * (of[4] / arrays.path_scale[k, 0]) ** 2
        )
        for j in range(data.measure_group[k], data.measure_group[k + 1]):
            total += -0.5 * (v.measure[j, 3] / arrays.path_scale[k, 1]) ** 2
    return total


def pain(v, data, priors) -> float:
    """The paths of level and deviation, and the feelings behind the ratings."""
    phi, s_eta, s_mu, s_y, _, rho = v.scalar[:6]
    known = data.dose[~np.isnan(data.dose)].mean()
    load = chronic_load(v.x, data.chronic_start, v.scalar)
    k, q = data.pathways, data.confounders.shape[1]
    before = np.append(0.0, v.x[:-2] - known)
    drift = v.beta[0] * (v.x[:-1] - known) + v.beta[1] * (load[1:] - known) + v.beta[2] * before
    drift += v.beta[3 : 3 + k] @ v.m[:, 1:]
    drift += weekday_contrasts()[data.weekday[1:]] @ v.beta[3 + k : 9 + k]
    drift += v.beta[9 + k] * (data.walking[:-1] - data.walking.mean())
    drift += data.confounders[:-1] @ v.beta[10 + k : 10 + k + q]
    u = v.z[RUN] - inclined(v, data, RUN)
    r = rho * np.where(data.decision_eligible & ~np.isnan(data.dose), data.coupling, 0.0)[:-1]
    total = normal(v.d[0], 0.0, priors.start_sd)
    total += normal(v.d[1:], phi * v.d[:-1] + drift + r * s_eta * u[:-1], s_eta * np.sqrt(1 - r * r))
    total += normal(v.mu[0], priors.level_mean, priors.level_sd) + normal(np.diff(v.mu), 0.0, s_mu)
    felt = v.mu + curves(data, len(v.course) - 1) @ v.course[:-1] + v.course[-1] * v.flare + v.d
    return total + normal(v.y_star[v.seen > 0], felt[v.seen > 0], s_y)


def flares(v, data, priors) -> float:
    """Their course, and the days called one or none; none where they last too long or fill too many days."""
    longest = max((sum(1 for _ in days) for flare, days in itertools.groupby(v.flare) if flare), default=0)
    if longest > priors.flare_longest or sum(v.flare) > priors.flare_most * len(v.flare):
        return -math.inf
    log_onset, log_ratio, ends = v.scalar[6:9]
    total = math.log(0.1 if v.flare[0] else 0.9)
    for before, now, x in zip(v.flare[:-1], v.flare[1:], v.x, strict=False):
        onset = min(math.exp(log_onset + log_ratio * (x > 0)), 0.5)
        stays = ends if before else 1 - onset
        total += math.log(1 - stays if now else stays)
    for flare, said in zip(v.flare, data.flare, strict=True):
        if not np.isnan(said):
            total += math.log(CALLED[flare] if said else 1 - CALLED[flare])
    return total


def answers(v, data) -> float:
    """The chances of both decisions, and the log length of runs."""
    u = v.z[RUN] - inclined(v, data, RUN)
    asked = data.decision_eligible & ~np.isnan(data.intention)
    total = normal(u[data.decision_eligible], 0.0, 1.0)
    total += normal((v.z[INTENTION] - inclined(v, data, INTENTION))[asked], 0.0, 1.0)
    mean, ran = v.length[0] + v.length[1] * v.d + lengths(data) @ v.length[2:], v.x > 0
    return total + normal(np.log(v.x[ran]), mean[ran], v.scalar[4])


def pathways(v, data) -> float:
    """Their paths and measures."""
    known = data.dose[~np.isnan(data.dose)].mean()
    load, total = chronic_load(v.x, data.chronic_start, v.scalar), 0.0
    for k, (level, habit, same_day, carry, sd) in enumerate(v.path):
        pushed = level + habit * (load[1:] - known) + same_day * (v.x[:-1] - known)
        total += normal(v.m[k, 0], 0.0, 1.5) + normal(v.m[k, 1:], carry * v.m[k, :-1] + pushed, sd)
        for i in range(data.group[k], data.group[k + 1]):
            offset, gain, loading, error = v.measure[data.measure[i]]
            fit = offset + gain * min(data.earlier[i], 2) / 2 + loading * v.m[k, data.row[i]]
            total += normal(v.value[i], fit, error)
    return total


def quadratic(of, size) -> tuple[float, np.ndarray, np.ndarray]:
    """Give c, l (size,) and P (size, size) of a quadratic function  of(x) = c + l'x - 1/2 x'Px."""
    unit, c = np.eye(size), of(np.zeros(size))
    up, down = (np.array([of(sign * e) for e in unit]) for sign in (1, -1))
    lin, precision = (up - down) / 2, np.zeros((size, size))
    for i in range(size):
        precision[i, i] = -(up[i] + down[i] - 2 * c)
        for j in range(i):
            precision[i, j] = precision[j, i] = -(of(unit[i] + unit[j]) - up[i] - up[j] + c)
    return c, lin, precision


def log_integral(of, size) -> float:
    """Log of the integral of exp(of(x)) over x (size,), `of` being quadratic, up to one constant.

    of(x) = c + l'x - 1/2 x'Px:   c + 1/2 l' P^-1 l - 1/2 log det P
    """
    c, lin, precision = quadratic(of, size)
    return c + 0.5 * lin @ np.linalg.solve(precision, lin) - 0.5 * np.linalg.slogdet(precision)[1]
