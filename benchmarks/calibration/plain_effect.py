"""Both Deltas and their parts from one set of true numbers, written plainly and apart from the engine.

Two arms are lived in expectation, (d, m...) as one vector with one matrix of covariances; the parts are what is left
when only one way of acting is switched on, at the flares of the arm with runs. The flares' own part is what the
other arm's mornings would gain by its having as many.
"""

from math import erf, exp, sqrt

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
WEEK, SEASON = (1, 7), (57, 84)
MAX_ONSET = 0.5


def effects(
    truth: dict[str, float], used: tuple[str, ...], mean_dose: float, run_share: float
) -> dict[str, float]:
    """'week' and 'season' and their parts ('week: next day', ...), for the mean dose a day against none.

    Args:
        truth: by the engine's names.
        used: names of the pathways.
        mean_dose: a day, in units of 30 minutes; also what the model centres by.
        run_share: chance of a run on a day of the arm with runs.
    """
    out = {}
    for question, state, mornings in (("week", "usual", WEEK), ("season", "last", SEASON)):
        total, parts = _effect(truth, used, mean_dose, run_share, state, mornings)
        out[question] = total
        out |= {f"{question}: {name}": value for name, value in parts.items()}
    return out


def _effect(
    truth: dict[str, float],
    used: tuple[str, ...],
    dose: float,
    run_share: float,
    state: str,
    mornings: tuple[int, int],
) -> tuple[float, dict[str, float]]:
    first, last = mornings
    ways = {"next day": {"beta_now", "beta_second"}, "habit": {"beta_hab"}} | {
        k: {f"delta[{k}]"} for k in used
    }
    acting = set().union(*ways.values())
    alone = {}
    for way, kept in ways.items():
        only = truth | dict.fromkeys(acting - kept, 0.0)
        with_it, without = (_arm(only, used, x, dose, state, last) for x in (dose, 0.0))
        alone[way] = with_it - without
    sd, chances = (
        _spread(truth, used, last),
        [_flares(truth, share, state, last) for share in (run_share, 0.0)],
    )
    arms = [_arm(truth, used, x, dose, state, last) + truth[f"mu_{state}"] for x in (dose, 0.0)]
    parts, total = dict.fromkeys([*ways, "flares"], 0.0), 0.0
    for h in range(first - 1, last):
        size, (q, q_rest), change = truth["flare_size"], (c[h] for c in chances), arms[0][h] - arms[1][h]
        (low_run, high_run), (low, high) = (
            [_expected(arm[h] + s, sd[h]) for s in (0.0, size)] for arm in arms
        )
        points = (1 - q) * (low_run - low) + q * (high_run - high)
        for way, latent in alone.items():
            parts[way] += points * latent[h] / change if abs(change) > 1e-12 else 0.0
        parts["flares"] += (q - q_rest) * (high - low)
        total += (1 - q) * low_run + q * high_run - (1 - q_rest) * low - q_rest * high
    mornings_in = last - first + 1
    return total / mornings_in, {way: part / mornings_in for way, part in parts.items()}


def _flares(truth: dict[str, float], run_share: float, state: str, last: int) -> Floats:
    """(last,) chance of a flare on each coming morning."""
    begins = [min(exp(truth["log_onset"] + more), MAX_ONSET) for more in (truth["log_ratio"], 0.0)]
    begin = run_share * begins[0] + (1.0 - run_share) * begins[1]
    q, out = truth[f"flare_{state}"], np.zeros(last)
    for h in range(last):
        q = q * (1.0 - truth["ends"]) + (1.0 - q) * begin
        out[h] = q
    return out


def _arm(
    truth: dict[str, float], used: tuple[str, ...], x: float, centre: float, state: str, last: int
) -> Floats:
    """(last,) mean of d on each coming morning, with a dose of x each day."""
    d = truth["d_last"] if state == "last" else 0.0
    acute, load, m = truth[f"A_{state}"], truth[f"C_{state}"], {k: truth[f"m_{state}[{k}]"] for k in used}
    out, second = np.zeros(last), 0.0
    for h in range(last):
        acute += (x - acute) / truth["tau"]
        load += (acute - load) / truth["delay"]
        for k in used:
            m[k] = truth[f"a[{k}]"] + truth[f"phi_m[{k}]"] * m[k]
            m[k] += truth[f"b[{k}]"] * (load - centre) + truth[f"c[{k}]"] * (x - centre)
        d = truth["phi"] * d + truth["beta_now"] * (x - centre) + truth["beta_hab"] * (load - centre)
        d += truth["beta_second"] * second
        second = x - centre
        d += sum(truth[f"delta[{k}]"] * m[k] for k in used)
        out[h] = d
    return out


def _spread(truth: dict[str, float], used: tuple[str, ...], last: int) -> Floats:
    """(last,) sd of the feeling behind a rating: P' = A P A' + B Q B', and the slow level and the rating on top."""
    size = 1 + len(used)
    delta = np.array([truth[f"delta[{k}]"] for k in used])
    carry = np.diag([truth[f"phi_m[{k}]"] for k in used])
    step = np.zeros((size, size))
    step[0, 0], step[0, 1:], step[1:, 1:] = truth["phi"], delta @ carry, carry
    into = np.eye(size)
    into[0, 1:] = delta
    noise = np.diag([truth["s_eta"] ** 2, *(truth[f"s[{k}]"] ** 2 for k in used)])
    p, out = np.zeros((size, size)), np.zeros(last)
    for h in range(last):
        p = step @ p @ step.T + into @ noise @ into.T
        out[h] = sqrt(p[0, 0] + (h + 1) * truth["s_mu"] ** 2 + truth["s_y"] ** 2)
    return out


def _expected(mean: float, sd: float) -> float:
    return sum(0.5 * (1 + erf((mean - (j - 0.5)) / sd / sqrt(2))) for j in range(1, 11))
