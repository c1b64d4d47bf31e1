"""Simulated diaries: the same days and runs, new pain, from draws of the posterior."""

import numpy as np

from backstride.model.arrays import Floats
from backstride.model.build_up import step_load
from backstride.model.data import PATHWAYS, ModelData, centring, weekday_contrasts
from backstride.model.episodes import MAX_ONSET
from backstride.model.fit import Posterior
from backstride.model.workspace import natural_course


def simulate_ratings(
    posterior: Posterior, data: ModelData, *, count: int, step: float, rng: np.random.Generator
) -> Floats:
    """Simulate (count, T) ratings on the 0-10 scale, rounded to `step`, given the person's runs.

    Unknown doses count as the mean dose. The equations are those of `pain.py` and `pathway.py`.

    Args:
        posterior: of one person.
        data: the records that it was fitted to.
        count: how many diaries.
        step: distance of two neighbouring answers, points.
        rng: draws which rows are taken, and all noises.
    """
    flat = posterior.draws.reshape(-1, posterior.draws.shape[2])
    rows = flat[rng.choice(len(flat), size=count, replace=len(flat) < count)]
    columns = posterior.columns
    of = {name: rows[:, i] for i, name in enumerate(columns.names)}
    used = [PATHWAYS[k] for k in data.pathway]
    centre = centring(data)
    runs = np.where(np.isnan(data.dose), centre.dose, data.dose)
    weekday = weekday_contrasts()[data.weekday] @ rows[:, columns.block("weekday")].T
    walking = (data.walking - centre.walking)[:, None] * of["walking"][None, :]
    confounders = data.confounders @ rows[:, columns.block("confounder")].T
    course = natural_course(data, len(columns.block("course"))) @ rows[:, columns.block("course")].T
    m = {p: np.zeros(count) for p in used}
    mu, d = of["mu_first"].copy(), np.zeros(count)
    acute = load = np.full(count, data.chronic_start)
    flare = rng.random(count) < of["flare_usual"]
    out = np.zeros((count, data.days))
    for t in range(data.days):
        if t > 0:
            acute, load = step_load(acute, load, runs[t - 1], of["tau"], of["delay"])
            now, habit = runs[t - 1] - centre.dose, load - centre.dose
            mu = mu + of["s_mu"] * rng.standard_normal(count)
            second = runs[t - 2] - centre.dose if t > 1 else 0.0
            d = of["phi"] * d + of["beta_now"] * now + of["beta_second"] * second + of["beta_hab"] * habit
            for p in used:
                noise = of[f"s[{p}]"] * rng.standard_normal(count)
                m[p] = of[f"a[{p}]"] + of[f"phi_m[{p}]"] * m[p] + noise
                m[p] += of[f"b[{p}]"] * habit + of[f"c[{p}]"] * now
                d = d + of[f"delta[{p}]"] * m[p]
            d = (
                d
                + weekday[t]
                + walking[t - 1]
                + confounders[t - 1]
                + of["s_eta"] * rng.standard_normal(count)
            )
            begins = np.minimum(np.exp(of["log_onset"] + of["log_ratio"] * (runs[t - 1] > 0.0)), MAX_ONSET)
            u = rng.random(count)
            flare = np.where(flare, u >= of["ends"], u < begins)
        level = mu + course[t] + of["flare_size"] * flare
        felt = level + d + of["s_y"] * rng.standard_normal(count)
        out[:, t] = np.clip(np.round(felt / step) * step, 0.0, 10.0)
    return out
