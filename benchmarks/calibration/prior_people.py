"""People drawn from the model's own priors: parameters, then days, by the equations of docs/method.md.

Written apart from the engine, for many people at once. The model centres doses by their mean over the known days,
a number that is known only when the days are over. So a centre c is drawn evenly from 0 to 2, the days are lived
with it, and only people whose mean dose came out within 0.01 of c are kept. To keep people by what stands in their
data leaves every posterior as it is, so ranks must still be uniform.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.model.data import PATHWAYS, ModelData
from backstride.model.priors import PathwayPrior, Priors, neutral_priors

Floats = NDArray[np.float64]

DAYS = 60
USED = ("core strength", "mood", "confidence in moving")
TAU_DAYS = 28.0
LONGEST_MEAN_DOSE, CLOSE_ENOUGH = 2.0, 0.01
FEWEST_RUNS = 6
_CANDIDATES = 4000
_RATING_MISSING, _DOSE_MISSING = 0.15, 0.04
_FIRST_DAY_SD = 1.5
_CORE_EVERY = 7


class PriorPerson(NamedTuple):
    """One person: the records, and every true number, by the engine's names ('m_last[mood]', 'run[1]')."""

    data: ModelData
    truth: dict[str, float]
    mean_dose: float


class _Lives(NamedTuple):
    """Days of many people; arrays (people, days), pathways (people, K, days); `truth` (people,) each."""

    truth: dict[str, Floats]
    dose: Floats
    known: NDArray[np.bool_]
    felt: Floats
    load: Floats
    load_start: Floats
    walking: Floats
    first_weekday: NDArray[np.int64]
    intention: Floats
    drawn: Floats
    centre: Floats
    level: Floats
    deviation: Floats
    path: Floats


def prior_people(rng: np.random.Generator, count: int) -> list[PriorPerson]:
    """`count` people of 60 days with three pathways."""
    pathway = np.array([PATHWAYS.index(name) for name in USED], dtype=np.int64)
    priors = neutral_priors(pathway)
    people: list[PriorPerson] = []
    while len(people) < count:
        lives = _live(rng, priors)
        known_mean = (lives.dose * lives.known).sum(axis=1) / lives.known.sum(axis=1)
        runs = ((lives.dose > 0) & lives.known).sum(axis=1)
        kept = np.flatnonzero((np.abs(known_mean - lives.centre) < CLOSE_ENOUGH) & (runs >= FEWEST_RUNS))
        people += [_written_down(rng, lives, int(i), pathway, float(known_mean[i])) for i in kept]
    return people[:count]


def _half_normal(rng: np.random.Generator, scale: float) -> Floats:
    return np.abs(scale * rng.standard_normal(_CANDIDATES))


def _normal_between(rng: np.random.Generator, mean: float, sd: float, most: float) -> Floats:
    out = np.full(_CANDIDATES, -1.0)
    while (wrong := (out < 0) | (out > most)).any():
        out[wrong] = rng.normal(mean, sd, int(wrong.sum()))
    return out


def _weekdays(rng: np.random.Generator, sd: float) -> Floats:
    """(people, 7) effects that sum to 0: what is left of independent ones when their mean is taken off."""
    z = sd * rng.standard_normal((_CANDIDATES, 7))
    return z - z.mean(axis=1, keepdims=True)


def _parameters(rng: np.random.Generator, priors: Priors) -> dict[str, Floats]:
    def normal(sd: float, mean: float = 0.0) -> Floats:
        return rng.normal(mean, sd, _CANDIDATES)

    p = {
        "phi": _normal_between(rng, priors.phi_mean, priors.phi_sd, 0.98),
        "s_eta": _half_normal(rng, priors.s_eta),
        "s_mu": _half_normal(rng, priors.s_mu),
        "s_y": _half_normal(rng, priors.s_y),
        "s_len": _half_normal(rng, priors.length_sd),
        "beta_now": normal(priors.beta_now),
        "beta_hab": normal(priors.beta_hab),
        "walking": normal(priors.walking),
        "run[0]": normal(priors.run_level),
        "run[1]": normal(priors.run_kappa),
        "run[8]": normal(priors.run_stated),
        "run[9]": normal(priors.run_stated),
        "intention[0]": normal(priors.run_level),
        "intention[1]": normal(priors.intention_kappa),
        "length[0]": normal(priors.length_level),
        "length[1]": normal(priors.length_kappa),
        "mu_first": normal(priors.level_sd, priors.level_mean),
        "d_first": normal(priors.start_sd),
        "gain": normal(0.3, 0.3),
    }
    for name, path in zip(USED, priors.paths, strict=True):
        p |= {f"{key}[{name}]": value for key, value in _path_parameters(rng, path).items()}
    return p


def _path_parameters(rng: np.random.Generator, prior: PathwayPrior) -> dict[str, Floats]:
    push = prior.reach * (1.0 - prior.phi_mean)
    return {
        "delta": rng.normal(0.0, prior.delta_sd, _CANDIDATES),
        "a": rng.normal(0.0, 0.5 * (1.0 - prior.phi_mean), _CANDIDATES),
        "b": rng.normal(0.0, push, _CANDIDATES),
        "c": rng.normal(0.0, push, _CANDIDATES),
        "phi_m": _normal_between(rng, prior.phi_mean, prior.phi_sd, 0.995),
        "s": _half_normal(rng, prior.daily_sd),
        "error": _half_normal(rng, prior.error_sd),
        "m_first": rng.normal(0.0, _FIRST_DAY_SD, _CANDIDATES),
    }


def _live(rng: np.random.Generator, priors: Priors) -> _Lives:
    """Sixty days of all candidates.

    C[t+1]   = C[t] + (x[t] - C[t]) / tau
    m[k,t+1] = a + phi_m m[k,t] + b (C[t+1] - c) + c_k (x[t] - c) + s noise
    d[t+1]   = phi d[t] + beta_now (x[t] - c) + beta_hab (C[t+1] - c) + sum_k delta m[k,t+1]
             + weekday + walking + noise
    """
    n, p = _CANDIDATES, _parameters(rng, priors)
    on_pain, on_run = _weekdays(rng, priors.weekday), _weekdays(rng, priors.run_weekday)
    on_intention = _weekdays(rng, priors.run_weekday)
    centre = rng.uniform(0.0, LONGEST_MEAN_DOSE, n)
    walking = rng.exponential(1.0, (n, DAYS))
    first_weekday = rng.integers(0, 7, n)
    asked = (rng.random((n, 1)) < 0.5) & (rng.random((n, DAYS)) < 0.85)
    drawn = np.where(rng.random((n, 1)) < 0.33, (rng.random((n, DAYS)) < 0.5) * 1.0, np.nan)
    level, d, x, load = (np.zeros((n, DAYS)) for _ in range(4))
    intention = np.full((n, DAYS), np.nan)
    m = np.zeros((n, len(USED), DAYS))
    load_start = rng.uniform(0.0, 1.0, n)
    row = np.arange(n)
    for t in range(DAYS):
        weekday = (first_weekday + t) % 7
        if t == 0:
            level[:, 0], d[:, 0], load[:, 0] = p["mu_first"], p["d_first"], load_start
            for k, name in enumerate(USED):
                m[:, k, 0] = p[f"m_first[{name}]"]
        else:
            load[:, t] = load[:, t - 1] + (x[:, t - 1] - load[:, t - 1]) / TAU_DAYS
            now, habit = x[:, t - 1] - centre, load[:, t] - centre
            d[:, t] = p["phi"] * d[:, t - 1] + p["beta_now"] * now + p["beta_hab"] * habit
            for k, name in enumerate(USED):
                m[:, k, t] = p[f"a[{name}]"] + p[f"phi_m[{name}]"] * m[:, k, t - 1]
                m[:, k, t] += p[f"b[{name}]"] * habit + p[f"c[{name}]"] * now
                m[:, k, t] += p[f"s[{name}]"] * rng.standard_normal(n)
                d[:, t] += p[f"delta[{name}]"] * m[:, k, t]
            d[:, t] += on_pain[row, weekday] + p["walking"] * (walking[:, t - 1] - walking.mean(axis=1))
            d[:, t] += p["s_eta"] * rng.standard_normal(n)
            level[:, t] = level[:, t - 1] + p["s_mu"] * rng.standard_normal(n)
        means = p["intention[0]"] + p["intention[1]"] * d[:, t] + on_intention[row, weekday]
        intention[:, t] = np.where(asked[:, t], means + rng.standard_normal(n) > 0, np.nan)
        z = p["run[0]"] + p["run[1]"] * d[:, t] + on_run[row, weekday] + rng.standard_normal(n)
        z += p["run[8]"] * np.nan_to_num(2 * intention[:, t] - 1)
        z += p["run[9]"] * np.nan_to_num(2 * drawn[:, t] - 1)
        log_length = p["length[0]"] + p["length[1]"] * d[:, t] + p["s_len"] * rng.standard_normal(n)
        x[:, t] = np.where(z > 0, np.exp(np.minimum(log_length, 20.0)), 0.0)
    felt = level + d + p["s_y"][:, None] * rng.standard_normal((n, DAYS))
    known = rng.random((n, DAYS)) >= _DOSE_MISSING
    return _Lives(
        p, x, known, felt, load, load_start, walking, first_weekday, intention, drawn, centre, level, d, m
    )


def _written_down(
    rng: np.random.Generator, lives: _Lives, i: int, pathway: NDArray[np.int64], mean_dose: float
) -> PriorPerson:
    truth = {name: float(values[i]) for name, values in lives.truth.items()}
    truth |= {"mu_last": float(lives.level[i, -1]), "d_last": float(lives.deviation[i, -1])}
    truth |= {"C_last": float(lives.load[i, -1]), "C_usual": float(lives.load[i].mean())}
    truth["mu_usual"] = float(lives.level[i].mean())
    for k, name in enumerate(USED):
        path = lives.path[i, k]
        truth |= {f"m_last[{name}]": float(path[-1]), f"m_usual[{name}]": float(path.mean())}
    missing = rng.random(DAYS) < _RATING_MISSING
    lower, upper = _interval(lives.felt[i], 1.0, 0.0, 10.0, missing)
    rows, low, high, earlier = _measured(rng, lives, i, truth)
    sizes = [len(r) for r in rows]
    data = ModelData(
        lower=lower,
        upper=upper,
        dose=np.where(lives.known[i], lives.dose[i], np.nan),
        walking=lives.walking[i].copy(),
        weekday=(lives.first_weekday[i] + np.arange(DAYS, dtype=np.int64)) % 7,
        intention=lives.intention[i].copy(),
        drawn=lives.drawn[i].copy(),
        choosing=np.ones(DAYS, dtype=bool),
        usual=np.full(DAYS, 1.0 / DAYS),
        chronic_start=float(lives.load_start[i]),
        pathway=pathway,
        row=np.concatenate(rows),
        value_lower=np.concatenate(low),
        value_upper=np.concatenate(high),
        earlier=earlier,
        measure=np.repeat(np.arange(3, dtype=np.int64), sizes),
        group=np.concatenate([[0], np.cumsum(sizes)]).astype(np.int64),
        measure_group=np.arange(4, dtype=np.int64),
    )
    return PriorPerson(data, truth, mean_dose)


def _measured(
    rng: np.random.Generator, lives: _Lives, i: int, truth: dict[str, float]
) -> tuple[list[NDArray[np.int64]], list[Floats], list[Floats], Floats]:
    """Core strength weekly and exactly, with a gain by practice; mood and confidence to half a unit each day."""
    rows, low, high = [], [], []
    for k, name in enumerate(USED):
        weekly = k == 0
        row = (
            np.arange(0, DAYS, _CORE_EVERY) if weekly else np.flatnonzero(rng.random(DAYS) > _RATING_MISSING)
        )
        value = lives.path[i, k, row] + truth[f"error[{name}]"] * rng.standard_normal(len(row))
        if weekly:
            value += truth["gain"] * np.minimum(np.arange(len(row)), 2) / 2
            a, b = value, value
        else:
            a, b = _interval(value, 0.5, -2.5, 2.5, np.zeros(len(row), dtype=bool))
        rows.append(row.astype(np.int64))
        low.append(a)
        high.append(b)
    earlier = np.concatenate([np.arange(len(rows[0])), np.zeros(len(rows[1]) + len(rows[2]))])
    return rows, low, high, earlier.astype(np.float64)


def _interval(
    felt: Floats, step: float, least: float, most: float, missing: NDArray[np.bool_]
) -> tuple[Floats, Floats]:
    """What a rating to `step` says of the feeling; the ends are open, a missing one says nothing."""
    said = np.clip(np.round(felt / step) * step, least, most)
    lower = np.where((said <= least) | missing, -math.inf, said - step / 2)
    upper = np.where((said >= most) | missing, math.inf, said + step / 2)
    return lower, upper
