"""Simulated diaries: the same days and runs, new pain, from draws of the posterior."""

import numpy as np
from numpy.typing import NDArray

from backstride.model.data import PATHWAYS, ModelData, centring, weekday_contrasts
from backstride.model.fit import Posterior

Floats = NDArray[np.float64]


def simulate_ratings(
    posterior: Posterior, data: ModelData, *, count: int, step: float, rng: np.random.Generator
) -> Floats:
    """(count, T) ratings on the 0-10 scale, rounded to `step`, given the person's runs.

    Unknown doses count as the mean dose. The equations are those of `pain.py` and `pathway.py`.
    """
    flat = posterior.draws.reshape(-1, posterior.draws.shape[2])
    rows = flat[rng.choice(len(flat), size=count, replace=len(flat) < count)]
    columns = posterior.columns
    of = {name: rows[:, i] for i, name in enumerate(columns.names)}
    used = [PATHWAYS[k] for k in data.pathway]
    centre = centring(data)
    push = _pushes(data, posterior.settings.tau, centre.dose)
    weekday = weekday_contrasts()[data.weekday] @ rows[:, columns.block("weekday")].T
    walking = (data.walking - centre.walking)[:, None] * of["walking"][None, :]
    m = {p: np.zeros(count) for p in used}
    mu, d = of["mu_first"].copy(), np.zeros(count)
    out = np.zeros((count, data.days))
    for t in range(data.days):
        if t > 0:
            now, habit = push[t]
            mu = mu + of["s_mu"] * rng.standard_normal(count)
            d = of["phi"] * d + of["beta_now"] * now + of["beta_hab"] * habit
            for p in used:
                noise = of[f"s[{p}]"] * rng.standard_normal(count)
                m[p] = of[f"a[{p}]"] + of[f"phi_m[{p}]"] * m[p] + noise
                m[p] += of[f"b[{p}]"] * habit + of[f"c[{p}]"] * now
                d = d + of[f"delta[{p}]"] * m[p]
            d = d + weekday[t] + walking[t - 1] + of["s_eta"] * rng.standard_normal(count)
        felt = mu + d + of["s_y"] * rng.standard_normal(count)
        out[:, t] = np.clip(np.round(felt / step) * step, 0.0, 10.0)
    return out


def _pushes(data: ModelData, tau: float, mean_dose: float) -> Floats:
    """(T, 2) centred dose of the day before, and centred chronic load."""
    x = np.where(np.isnan(data.dose), mean_dose, data.dose)
    out = np.zeros((data.days, 2))
    load = data.chronic_start
    for t in range(1, data.days):
        load += (x[t - 1] - load) / tau
        out[t] = x[t - 1] - mean_dose, load - mean_dose
    return out
