"""People drawn from the model's own priors: parameters, then days, by the equations of docs/method.md.

Written apart from the engine, for many people at once. Two numbers that the model uses are known only when the days
are over: the mean known dose, by which it centres doses, and the mean log length of recorded runs, from which it
counts the habit of lengths. So both are drawn evenly beforehand, the days are lived with them, and only people are
kept for whom they came out as drawn, to within 0.01 and 0.05. To keep people by what stands in their data leaves
every posterior as it is, so ranks must still be uniform. The habit of running is laid out day by day from the runs
recorded so far, less constants that no later day can move.
"""

import math
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.model.data import PATHWAYS, ModelData
from backstride.model.episodes import CALLED_IN_FLARE, CALLED_OUTSIDE, MAX_ONSET, STARTS_IN_FLARE
from backstride.model.pain import MAX_RHO
from backstride.model.priors import RECOVERY_DAYS, S_MU_DF, T_DF, PathwayPrior, Priors, neutral_priors

Floats = NDArray[np.float64]

DAYS = 60
USED = ("core strength", "mood", "confidence in moving")
CONFOUNDERS = 2
RUN_SHARE = 3.0 / 7.0
"""Chance of a run on a day of the plan whose effect is asked for."""
MAX_MEAN_DOSE, CLOSE_ENOUGH = 2.0, 0.01
MAX_MEAN_LOG_LENGTH, CLOSE_ENOUGH_LOG = 1.5, 0.05
MIN_RUNS = 6
_CANDIDATES = 4000
_RATING_MISSING, _DOSE_MISSING, _FLARE_ASKED = 0.15, 0.04, 0.2
_FIRST_DAY_SD = 1.5
_CORE_EVERY = 7
_MIN_SCALE = 1e-3
_RHYTHM = (("yesterday", 1), ("of 2", 2), ("of 3", 3), ("share of 7", 7), ("share of 28", 28))
_HABIT_BEFORE = 0.4
"""Share of run days taken for the days before the diary and for days not recorded."""
_HABIT_CENTRE = np.array([0.4, 0.6, 0.75, 1.2, 1.2])
_MAX_LOG = 6.0


class PriorPerson(NamedTuple):
    """One person: the records, and every true number, by the engine's names ('m_last[mood]', 'run[1]')."""

    data: ModelData
    truth: dict[str, float]
    mean_dose: float


class _Given(NamedTuple):
    """What nobody's pain or running moves; arrays (people, days) unless said."""

    centre: Floats
    log_centre: Floats
    load_start: Floats
    walking: Floats
    first_weekday: NDArray[np.int64]
    confounders: Floats
    coupling: Floats
    asked: NDArray[np.bool_]
    drawn: Floats
    known: NDArray[np.bool_]


class _Lives(NamedTuple):
    """Days of many people; arrays (people, days), pathways (people, K, days), rhythm (people, days, 5)."""

    given: _Given
    truth: dict[str, Floats]
    dose: Floats
    felt: Floats
    acute: Floats
    load: Floats
    rhythm: Floats
    intention: Floats
    level: Floats
    deviation: Floats
    flare: Floats
    path: Floats


def prior_people(rng: np.random.Generator, count: int) -> list[PriorPerson]:
    """`count` people of 60 days with three pathways and two recorded confounders."""
    pathway = np.array([PATHWAYS.index(name) for name in USED], dtype=np.int64)
    priors = neutral_priors(pathway)
    people: list[PriorPerson] = []
    while len(people) < count:
        lives = _live(rng, priors)
        given = lives.given
        known_mean = (lives.dose * given.known).sum(axis=1) / given.known.sum(axis=1)
        runs = (lives.dose > 0) & given.known
        log = np.where(runs, np.log(np.where(runs, lives.dose, 1.0)), 0.0).sum(axis=1)
        log /= np.maximum(runs.sum(axis=1), 1)
        kept = (np.abs(known_mean - given.centre) < CLOSE_ENOUGH) & (runs.sum(axis=1) >= MIN_RUNS)
        kept &= np.abs(log - given.log_centre) < CLOSE_ENOUGH_LOG
        kept &= lives.flare.sum(axis=1) <= priors.flare_most * DAYS
        kept &= _longest(lives.flare) <= priors.flare_longest
        people += [
            _written_down(rng, lives, int(i), pathway, float(known_mean[i])) for i in np.flatnonzero(kept)
        ]
    return people[:count]


def _longest(flare: Floats) -> Floats:
    """(people,) days of the longest flare."""
    running, longest = np.zeros(len(flare)), np.zeros(len(flare))
    for day in flare.T:
        running = np.where(day > 0, running + 1, 0.0)
        longest = np.maximum(longest, running)
    return longest


def _half_normal(rng: np.random.Generator, scale: float, least: float = _MIN_SCALE) -> Floats:
    return _normal_between(rng, 0.0, scale, least, math.inf)


def _normal_between(rng: np.random.Generator, mean: float, sd: float, least: float, most: float) -> Floats:
    out = rng.normal(mean, sd, _CANDIDATES)
    while (wrong := (out < least) | (out > most)).any():
        out[wrong] = rng.normal(mean, sd, int(wrong.sum()))
    return out


def _student(rng: np.random.Generator, scale: float, df: float) -> Floats:
    return scale * rng.standard_t(df, _CANDIDATES)


def _half_student(rng: np.random.Generator, scale: float, df: float, bounds: tuple[float, float]) -> Floats:
    out = np.zeros(_CANDIDATES)
    while (wrong := (out < bounds[0]) | (out > bounds[1])).any():
        out[wrong] = np.abs(scale * rng.standard_t(df, int(wrong.sum())))
    return out


def _weekdays(rng: np.random.Generator) -> Floats:
    """(people, 7) effects that sum to 0: what is left of independent ones when their mean is taken off."""
    z = rng.standard_normal((_CANDIDATES, 7))
    return z - z.mean(axis=1, keepdims=True)


def _parameters(rng: np.random.Generator, priors: Priors) -> dict[str, Floats]:
    def normal(sd: float, mean: float = 0.0) -> Floats:
        return rng.normal(mean, sd, _CANDIDATES)

    p = {
        "phi": _normal_between(rng, priors.phi_mean, priors.phi_sd, 0.0, priors.phi_most),
        "rho": _normal_between(rng, priors.rho_mean, priors.rho_sd, -MAX_RHO, MAX_RHO),
        "s_eta": _half_normal(rng, priors.s_eta, priors.s_eta_least),
        "s_mu": _half_student(rng, priors.s_mu, S_MU_DF, (priors.s_mu_least, priors.s_mu_most)),
        "s_y": _half_normal(rng, priors.s_y, priors.s_y_least),
        "s_len": _half_normal(rng, priors.length_sd, priors.length_sd_least),
        "s_weekday": _half_normal(rng, priors.run_habit),
        "s_rhythm": _half_normal(rng, priors.run_habit),
        "beta_now": _student(rng, priors.beta_now, T_DF),
        "beta_hab": _student(rng, priors.beta_hab, T_DF),
        "beta_second": _student(rng, priors.beta_second, T_DF),
        **_build_up(rng, priors),
        "walking": normal(priors.walking),
        "log_onset": normal(priors.flare_log_onset_sd, priors.flare_log_onset),
        "log_ratio": normal(priors.flare_log_ratio_sd),
        "ends": rng.beta(priors.flare_ends, priors.flare_goes_on, _CANDIDATES),
        "flare_size": _normal_between(rng, priors.flare_mean, priors.flare_sd, priors.flare_least, math.inf),
        "mu_first": normal(priors.level_sd, priors.level_mean),
        "d_first": normal(priors.start_sd),
        "gain": normal(0.3, 0.3),
    }
    p |= {f"course[{j}]": normal(priors.recovery) for j in range(len(RECOVERY_DAYS))}
    p |= {
        f"course[{j}]": normal(priors.recovery_since_run)
        for j in range(len(RECOVERY_DAYS), 2 * len(RECOVERY_DAYS))
    }
    p |= {f"confounder[{j}]": normal(priors.confounder) for j in range(CONFOUNDERS)}
    for name, kappa in (("run", priors.run_kappa), ("intention", priors.intention_kappa)):
        p |= {f"{name}[0]": normal(priors.run_level), f"{name}[1]": normal(kappa)}
        p |= {f"{name}[2]": normal(priors.run_flare)}
        p |= {f"{name}[{9 + j}]": p["s_rhythm"] * normal(1.0) for j in range(len(_RHYTHM))}
        p |= {f"{name}[{14 + j}]": normal(priors.run_confounder) for j in range(CONFOUNDERS)}
    p |= {f"run[{14 + CONFOUNDERS + j}]": normal(priors.run_stated) for j in range(2)}
    p |= {"length[0]": normal(priors.length_level), "length[1]": normal(priors.length_kappa)}
    p |= {f"length[{j}]": normal(priors.length_habit) for j in (2, 3, 4)}
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
        "phi_m": _normal_between(rng, prior.phi_mean, prior.phi_sd, 0.0, 0.995),
        "s": _half_normal(rng, prior.daily_sd),
        "error": _half_normal(rng, prior.error_sd),
        "m_first": rng.normal(0.0, _FIRST_DAY_SD, _CANDIDATES),
    }


def _given(rng: np.random.Generator) -> _Given:
    n = _CANDIDATES
    hours = rng.uniform(0.0, 12.0, (n, 1)) * rng.uniform(0.5, 1.5, (n, DAYS))
    stress = rng.standard_normal((n, DAYS, CONFOUNDERS))
    for t in range(1, DAYS):
        stress[:, t] = 0.6 * stress[:, t - 1] + 0.8 * stress[:, t]
    return _Given(
        centre=rng.uniform(0.0, MAX_MEAN_DOSE, n),
        log_centre=rng.uniform(-MAX_MEAN_LOG_LENGTH, MAX_MEAN_LOG_LENGTH, n),
        load_start=rng.uniform(0.0, 1.0, n),
        walking=rng.exponential(1.0, (n, DAYS)),
        first_weekday=rng.integers(0, 7, n),
        confounders=stress,
        coupling=np.minimum(hours / 8.0, 1.0),
        asked=(rng.random((n, 1)) < 0.5) & (rng.random((n, DAYS)) < 0.85),
        drawn=np.where(rng.random((n, 1)) < 0.33, (rng.random((n, DAYS)) < 0.5) * 1.0, np.nan),
        known=rng.random((n, DAYS)) >= _DOSE_MISSING,
    )


def _build_up(rng: np.random.Generator, priors: Priors) -> dict[str, Floats]:
    pairs = rng.choice(np.array(priors.build_up), _CANDIDATES)
    return {"tau": pairs[:, 0], "delay": pairs[:, 1]}


def _mean_log_length(p: dict[str, Floats], deviation: Floats, usual: Floats, t: int) -> Floats:
    time = 2.0 * t / (DAYS - 1.0) - 1.0
    trend = p["length[3]"] * time + p["length[4]"] * (1.5 * time * time - 0.5)
    return p["length[0]"] + p["length[1]"] * deviation + p["length[2]"] * usual + trend


def _live(rng: np.random.Generator, priors: Priors) -> _Lives:
    """Sixty days of all candidates.

    A[t+1]   = A[t] + (x[t] - A[t]) / tau,   C[t+1] = C[t] + (A[t+1] - C[t]) / delay
    m[k,t+1] = a + phi_m m[k,t] + b (C[t+1] - c) + c_k (x[t] - c) + s noise
    d[t+1]   = phi d[t] + beta_now (x[t] - c) + beta_second (x[t-1] - c) + beta_hab (C[t+1] - c)
             + sum_k delta m[k,t+1] + weekday + walking + confounders + e[t+1]
    level[t] = mu[t] + course + size flare[t];   corr(e[t+1], u[t]) = rho coupling[t], u the decision's chance
    """
    n, p, given = _CANDIDATES, _parameters(rng, priors), _given(rng)
    on_pain = priors.weekday * _weekdays(rng)
    on_run, on_intention = (p["s_weekday"][:, None] * _weekdays(rng) for _ in range(2))
    level, d, x, acute, load, mu, flare, u = (np.zeros((n, DAYS)) for _ in range(8))
    intention = np.full((n, DAYS), np.nan)
    rhythm, m = np.zeros((n, DAYS, len(_RHYTHM))), np.zeros((n, len(USED), DAYS))
    row, first_run = np.arange(n), np.full(n, DAYS)
    recent, before = np.full((n, 3), np.nan), np.full((n, 28 + DAYS), _HABIT_BEFORE)
    now_walked = given.walking - given.walking.mean(axis=1, keepdims=True)
    for t in range(DAYS):
        weekday = (given.first_weekday + t) % 7
        if t == 0:
            mu[:, 0], d[:, 0], acute[:, 0] = p["mu_first"], p["d_first"], given.load_start
            load[:, 0] = given.load_start
            flare[:, 0] = rng.random(n) < STARTS_IN_FLARE
            m[:, :, 0] = np.column_stack([p[f"m_first[{name}]"] for name in USED])
        else:
            acute[:, t] = acute[:, t - 1] + (x[:, t - 1] - acute[:, t - 1]) / p["tau"]
            load[:, t] = load[:, t - 1] + (acute[:, t] - load[:, t - 1]) / p["delay"]
            now, habit = x[:, t - 1] - given.centre, load[:, t] - given.centre
            d[:, t] = p["phi"] * d[:, t - 1] + p["beta_now"] * now + p["beta_hab"] * habit
            d[:, t] += p["beta_second"] * (x[:, t - 2] - given.centre if t > 1 else 0.0)
            for k, name in enumerate(USED):
                m[:, k, t] = p[f"a[{name}]"] + p[f"phi_m[{name}]"] * m[:, k, t - 1]
                pushed = p[f"b[{name}]"] * habit + p[f"c[{name}]"] * now
                m[:, k, t] += pushed + p[f"s[{name}]"] * rng.standard_normal(n)
                d[:, t] += p[f"delta[{name}]"] * m[:, k, t]
            d[:, t] += on_pain[row, weekday] + p["walking"] * now_walked[:, t - 1]
            d[:, t] += sum(p[f"confounder[{j}]"] * given.confounders[:, t - 1, j] for j in range(CONFOUNDERS))
            # where the dose is not recorded the model lets the two chances be independent
            r = p["rho"] * np.where(given.known[:, t - 1], given.coupling[:, t - 1], 0.0)
            d[:, t] += p["s_eta"] * (r * u[:, t - 1] + np.sqrt(1.0 - r * r) * rng.standard_normal(n))
            mu[:, t] = mu[:, t - 1] + p["s_mu"] * rng.standard_normal(n)
            begins = np.minimum(np.exp(p["log_onset"] + p["log_ratio"] * (x[:, t - 1] > 0)), MAX_ONSET)
            flare[:, t] = rng.random(n) < np.where(flare[:, t - 1] > 0, 1.0 - p["ends"], begins)
        level[:, t] = mu[:, t] + _course(p, t, np.maximum(t - first_run, 0))
        rhythm[:, t] = _rhythm_of(before[:, : 28 + t])
        known = (d[:, t], flare[:, t], rhythm[:, t], given.confounders[:, t])
        means = _inclined(p, "intention", on_intention[row, weekday], *known)
        intention[:, t] = np.where(given.asked[:, t], means + rng.standard_normal(n) > 0, np.nan)
        u[:, t] = rng.standard_normal(n)
        z = _inclined(p, "run", on_run[row, weekday], *known) + u[:, t]
        for j, told in enumerate((intention, given.drawn)):
            z += p[f"run[{14 + CONFOUNDERS + j}]"] * np.nan_to_num(2 * told[:, t] - 1)
        usual = np.where(np.isnan(recent[:, -1]), 0.0, _mean_of(recent) - given.log_centre)
        log_length = _mean_log_length(p, d[:, t], usual, t) + p["s_len"] * rng.standard_normal(n)
        ran = z > 0
        x[:, t] = np.where(ran, np.exp(np.minimum(log_length, _MAX_LOG)), 0.0)
        before[:, 28 + t] = np.where(given.known[:, t], ran, _HABIT_BEFORE)
        ran &= given.known[:, t]
        first_run = np.where(ran & (first_run == DAYS), t, first_run)
        recent = np.where(ran[:, None], np.column_stack([recent[:, 1:], log_length]), recent)
    felt_pain = (
        level + p["flare_size"][:, None] * flare + d + p["s_y"][:, None] * rng.standard_normal((n, DAYS))
    )
    return _Lives(given, p, x, felt_pain, acute, load, rhythm, intention, level, d, flare, m)


def _course(p: dict[str, Floats], t: int, since: Floats) -> Floats:
    """(people,) what pain does by itself: curves from the first day, and from the first recorded run."""
    total = np.zeros(len(since))
    for j, days in enumerate(RECOVERY_DAYS):
        total += p[f"course[{j}]"] * np.exp(-t / days)
        total += p[f"course[{len(RECOVERY_DAYS) + j}]"] * np.exp(-since / days)
    return total


def _inclined(
    p: dict[str, Floats], name: str, weekday: Floats, d: Floats, flare: Floats, rhythm: Floats, told: Floats
) -> Floats:
    """(people,) mean of the decision's, or of the intention's, hidden z."""
    total = p[f"{name}[0]"] + p[f"{name}[1]"] * d + p[f"{name}[2]"] * flare + weekday
    for first, columns in ((9, rhythm), (14, told)):
        for j in range(columns.shape[1]):
            total += p[f"{name}[{first + j}]"] * columns[:, j]
    return total


def _rhythm_of(before: Floats) -> Floats:
    """(people, 5) ran yesterday, in the last 2, in the last 3 days, three times the share of the last 7 and 28."""
    columns = [before[:, -width:].max(axis=1) for _, width in _RHYTHM[:3]]
    columns += [3.0 * before[:, -width:].mean(axis=1) for _, width in _RHYTHM[3:]]
    return np.column_stack(columns) - _HABIT_CENTRE


def _mean_of(recent: Floats) -> Floats:
    """Mean over those of the last three that there are."""
    there = ~np.isnan(recent)
    return np.nan_to_num(recent).sum(axis=1) / np.maximum(there.sum(axis=1), 1)


def _written_down(
    rng: np.random.Generator, lives: _Lives, i: int, pathway: NDArray[np.int64], mean_dose: float
) -> PriorPerson:
    given = lives.given
    truth = {name: float(values[i]) for name, values in lives.truth.items()}
    truth |= {"mu_last": float(lives.level[i, -1]), "d_last": float(lives.deviation[i, -1])}
    truth |= {"C_last": float(lives.load[i, -1]), "C_usual": float(lives.load[i].mean())}
    truth |= {"A_last": float(lives.acute[i, -1]), "A_usual": float(lives.acute[i].mean())}
    truth |= {"mu_usual": float(lives.level[i].mean()), "flare_usual": float(lives.flare[i].mean())}
    truth |= {"flare_last": float(lives.flare[i, -1]), "flare_days": float(lives.flare[i].sum())}
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
        dose=np.where(given.known[i], lives.dose[i], np.nan),
        walking=given.walking[i].copy(),
        weekday=(given.first_weekday[i] + np.arange(DAYS, dtype=np.int64)) % 7,
        intention=lives.intention[i].copy(),
        drawn=given.drawn[i].copy(),
        decision_eligible=np.ones(DAYS, dtype=bool),
        rhythm=np.ascontiguousarray(lives.rhythm[i]),
        confounders=np.ascontiguousarray(given.confounders[i]),
        coupling=given.coupling[i].copy(),
        flare=_called(rng, lives.flare[i]),
        usual=np.full(DAYS, 1.0 / DAYS),
        chronic_start=float(given.load_start[i]),
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


def _called(rng: np.random.Generator, flare: Floats) -> Floats:
    """(days,) what is said where it is asked whether this is a flare; on all other days nan."""
    said = rng.random(DAYS) < np.where(flare > 0, CALLED_IN_FLARE, CALLED_OUTSIDE)
    return np.where(rng.random(DAYS) < _FLARE_ASKED, said, np.nan)


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
    """Return what a rating to `step` says of the feeling; the ends are open, a missing one says nothing."""
    said = np.clip(np.round(felt / step) * step, least, most)
    lower = np.where((said <= least) | missing, -math.inf, said - step / 2)
    upper = np.where((said >= most) | missing, math.inf, said + step / 2)
    return lower, upper
