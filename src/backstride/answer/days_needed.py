"""How many more days until a verdict is as likely as not (preposterior analysis; Raiffa & Schlaifer 1961).

Further days leave a variance V_n that hangs on phi, s_eta, s_mu and s_y alone (`variance_left`), and these are known
only by their draws theta_j. They become known as mornings are told: n more beside T leave T / (T + n) of what is open
of them now. What the days would do to the mean is open:

    sd_nj^2 = sd_now^2 V_n(theta_j) / (V_now(theta_j)^(1 - w) mean_i V_now(theta_i)^w),    w = n / (T + n)
    mean_nj ~ N(mean_now, sd_now^2 - sd_nj^2)
    P(verdict after n days) = mean over j of P(a normal posterior with mean_nj and sd_nj gives one)
"""

from collections.abc import Mapping
from math import erf, sqrt
from statistics import NormalDist

import numpy as np
from numpy.typing import NDArray

from backstride.answer.answer import DaysNeeded, Question, TierLetter, Verdict
from backstride.answer.deltas import Delta
from backstride.answer.design import Design
from backstride.answer.tier import LEAST_DRAWN_WEEKS
from backstride.answer.variance_left import Dynamics, prior_of_habit, variance_left
from backstride.answer.verdict import NEGLIGIBLE, SURE
from backstride.model.fit import Posterior

Floats = NDArray[np.float64]
HORIZON = 365
NORMAL = NormalDist()
PAST = 365
RUNS_A_WEEK = 3
_DRAWS = 40


def days_needed(
    posterior: Posterior,
    deltas: dict[Question, Delta],
    design: Design,
    *,
    tier: TierLetter,
    worthwhile: float,
    verdicts: Mapping[Question, Verdict],
) -> tuple[DaysNeeded, ...]:
    """For each question still open: going on as now, with run days drawn by chance, and with running weeks drawn.

    0 days where a verdict stands. Looking back alone never gives a verdict, so going on as now never does in that
    tier, and a draw does from its eighth week on, when the tier becomes A.
    """
    dynamics = _dynamics(posterior)
    past = np.nan_to_num(design.series.dose[-PAST:], nan=design.mean_dose)
    seen = ~np.isnan(design.series.pain[-PAST:])
    rng = np.random.default_rng([posterior.settings.seed, 7])
    prior_sd = (posterior.priors.beta_now, posterior.priors.beta_hab)
    delta_sd = float(deltas[Question.SEASON].prior.latent.std())
    prior_sd = (prior_sd[0], prior_of_habit(prior_sd, delta_sd, design.usual_dose, dynamics))
    left = {
        name: variance_left(
            np.concatenate([past, future]) - design.mean_dose,
            seen,
            dynamics,
            usual_dose=design.usual_dose,
            prior_sd=prior_sd,
        )
        for name, future in (
            ("own", _future_own(design)),
            ("days", _future_days(design, rng)),
            ("weeks", _future_weeks(design, rng)),
        )
    }
    out = []
    for question, said in verdicts.items():
        if said is not Verdict.CANNOT_TELL:
            if said is not Verdict.TOO_FEW_RUNS:
                out.append(DaysNeeded(question, 0, 0, 0, HORIZON))
            continue
        total = deltas[question].posterior.total
        found = {
            name: _first_likely(
                float(total.mean()),
                float(total.std()),
                share_left(variance[question], int(seen.sum())),
                worthwhile,
            )
            for name, variance in left.items()
        }
        if tier is TierLetter.LOOKING_BACK:
            least = 7 * LEAST_DRAWN_WEEKS
            found = {name: None if n is None or name == "own" else max(n, least) for name, n in found.items()}
        out.append(DaysNeeded(question, found["own"], found["days"], found["weeks"], HORIZON))
    return tuple(out)


def _future_own(design: Design) -> Floats:
    """The last eight weeks over and over."""
    dose = np.nan_to_num(design.series.dose[-56:], nan=design.mean_dose)
    return np.resize(dose, HORIZON)


def _future_days(design: Design, rng: np.random.Generator) -> Floats:
    """Three of seven days each week, as much a week as usual."""
    week = np.repeat([7.0 * design.usual_dose / RUNS_A_WEEK, 0.0], [RUNS_A_WEEK, 7 - RUNS_A_WEEK])
    return np.concatenate([rng.permutation(week) for _ in range(HORIZON // 7 + 1)])[:HORIZON]


def _future_weeks(design: Design, rng: np.random.Generator) -> Floats:
    """Pairs of weeks, one with three runs and one without, in random order; the running week as usual."""
    week = np.zeros(7)
    week[[0, 2, 4]] = 7.0 * design.usual_dose / RUNS_A_WEEK
    dose = np.zeros(HORIZON + 14)
    for first in range(0, HORIZON, 14):
        runs_first = first if rng.random() < 0.5 else first + 7
        dose[runs_first : runs_first + 7] = week
    return dose[:HORIZON]


def _dynamics(posterior: Posterior) -> Dynamics:
    """Some draws, evenly spread over the chains."""
    drawn = {name: posterior.of(name).ravel() for name in ("phi", "s_eta", "s_mu", "s_y", "tau")}
    chosen = np.linspace(0, len(drawn["phi"]) - 1, _DRAWS).astype(int)
    return Dynamics(**{name: values[chosen] for name, values in drawn.items()})


def share_left(variance: Floats, told: int) -> Floats:
    """sd_nj^2 / sd_now^2, (future + 1, J), from V_n(theta_j) of the same shape and the mornings told until now."""
    n = np.arange(len(variance))[:, None]
    known = n / (told + n)
    share: Floats = variance / (variance[0] ** (1.0 - known) * variance[0].mean() ** known)
    return share


def _first_likely(mean: float, sd: float, share: Floats, worthwhile: float) -> int | None:
    """The first n at which some verdict is as likely as not; None beyond the horizon.

    Args:
        mean, sd: of the Delta now.
        share: (HORIZON + 1, J) of its variance that is left after n days, under each draw.
        worthwhile: the least difference that matters.
    """
    for n in range(1, len(share)):
        left = sd * np.sqrt(np.minimum(share[n], 1.0))
        moved = np.sqrt(np.maximum(sd * sd - left * left, 0.0))
        chances = [
            verdict_chance(mean, float(m), float(s), worthwhile) for m, s in zip(moved, left, strict=True)
        ]
        if sum(chances) >= 0.5 * len(chances):
            return n
    return None


def verdict_chance(mean: float, moved: float, sd: float, worthwhile: float) -> float:
    """The chance that a normal posterior of this sd gives a verdict, its mean still to come from N(mean, moved^2).

    A verdict stands where |mean| >= z sd, or where |mean| <= `widest_negligible`.
    """
    clear = NORMAL.inv_cdf(SURE) * sd
    inside = widest_negligible(sd, worthwhile)
    if inside >= clear:
        return 1.0
    beyond = 1.0 - _within(clear, mean, moved)
    return beyond + (_within(inside, mean, moved) if inside >= 0.0 else 0.0)


def widest_negligible(sd: float, worthwhile: float) -> float:
    """The largest |mean| whose posterior lies within +- worthwhile as surely as the verdict asks; -1 where none."""
    if _within(worthwhile, 0.0, sd) < NEGLIGIBLE:
        return -1.0
    low, high = 0.0, worthwhile
    for _ in range(20):
        middle = 0.5 * (low + high)
        low, high = (middle, high) if _within(worthwhile, middle, sd) >= NEGLIGIBLE else (low, middle)
    return low


def _within(bound: float, mean: float, sd: float) -> float:
    """P(|X| <= bound) of X ~ N(mean, sd^2)."""
    if sd <= 0.0:
        return float(abs(mean) <= bound)
    return 0.5 * (erf((bound - mean) / (sd * sqrt(2.0))) - erf((-bound - mean) / (sd * sqrt(2.0))))
