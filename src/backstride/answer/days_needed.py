"""How many more days until a verdict is as likely as not (preposterior analysis; Raiffa & Schlaifer 1961).

Ratings are taken as Gaussian around  level + effects, and pathways as part of the two effects, so the variance
that further days would leave does not depend on what they will show:

    y = X (beta_now, beta_hab)' + level + noise,   cov(y) = slow level + daily process + rating noise
    information after n days  I_n = X_n' cov_n^-1 X_n + prior,    V_n = g' I_n^-1 g
    sd_n = sd_now sqrt(V_n / V_now),   mean_n ~ N(mean_now, sd_now^2 - sd_n^2)

One Cholesky factor serves every n, because the first rows of the factor are the factor of the first rows.
"""

from collections.abc import Mapping
from statistics import NormalDist
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.answer.answer import DaysNeeded, Question, TierLetter, Verdict
from backstride.answer.deltas import MORNINGS, Delta
from backstride.answer.design import Design
from backstride.answer.tier import LEAST_DRAWN_WEEKS
from backstride.answer.verdict import NEGLIGIBLE, SURE
from backstride.model.fit import Posterior

Floats = NDArray[np.float64]
HORIZON = 365
NORMAL = NormalDist()
PAST = 365
_LEVEL_SD = 2.5
_ROUNDING = 1.0 / 12.0


class _Spread(NamedTuple):
    phi: float
    s_eta: float
    s_mu: float
    s_y: float
    tau: float


def days_needed(
    posterior: Posterior,
    deltas: dict[Question, Delta],
    design: Design,
    *,
    tier: TierLetter,
    worthwhile: float,
    verdicts: Mapping[Question, Verdict],
) -> tuple[DaysNeeded, ...]:
    """For each question still open: going on as now, and with weeks of running drawn by chance.

    0 days where a verdict stands. Looking back alone never gives a verdict, so going on as now never does in that
    tier, and drawn weeks do from the eighth on, when the tier becomes A.
    """
    means = {n: float(posterior.of(n).mean()) for n in ("phi", "s_eta", "s_mu", "s_y")}
    spread = _Spread(**means, tau=posterior.settings.tau)
    rng = np.random.default_rng([posterior.settings.seed, 7])
    own = _future_own(design)
    drawn = _future_drawn(design, rng)
    prior_sd = (posterior.priors.beta_now, posterior.priors.beta_hab)
    shares = {
        name: _variance_left(design, future, spread, prior_sd)
        for name, future in (("own", own), ("drawn", drawn))
    }
    out = []
    for question, said in verdicts.items():
        if said is not Verdict.CANNOT_TELL:
            if said is not Verdict.TOO_FEW_RUNS:
                out.append(DaysNeeded(question, 0, 0, HORIZON))
            continue
        total = deltas[question].posterior.total
        found = {
            name: _first_likely(float(total.mean()), float(total.std()), share[question], worthwhile)
            for name, share in shares.items()
        }
        own_days, drawn_days = found["own"], found["drawn"]
        if tier is TierLetter.LOOKING_BACK:
            own_days = None
            drawn_days = None if drawn_days is None else max(drawn_days, 7 * LEAST_DRAWN_WEEKS)
        out.append(DaysNeeded(question, own_days, drawn_days, HORIZON))
    return tuple(out)


def _future_own(design: Design) -> Floats:
    """The last eight weeks over and over."""
    dose = np.nan_to_num(design.series.dose[-56:], nan=design.mean_dose)
    return np.resize(dose, HORIZON)


def _future_drawn(design: Design, rng: np.random.Generator) -> Floats:
    """Pairs of weeks, one with three runs and one without, in random order; the running week as usual."""
    week = np.zeros(7)
    week[[0, 2, 4]] = 7.0 * design.usual_dose / 3.0
    dose = np.zeros(HORIZON + 14)
    for first in range(0, HORIZON, 14):
        runs_first = first if rng.random() < 0.5 else first + 7
        dose[runs_first : runs_first + 7] = week
    return dose[:HORIZON]


def _variance_left(
    design: Design, future: Floats, spread: _Spread, prior_sd: tuple[float, float]
) -> dict[Question, Floats]:
    """(HORIZON + 1,) V_n / V_now of each Delta."""
    past = np.nan_to_num(design.series.dose[-PAST:], nan=design.mean_dose)
    seen = ~np.isnan(design.series.pain[-PAST:])
    dose = np.concatenate([past, future]) - design.mean_dose
    x = _responses(dose, spread)
    rows = np.concatenate([np.flatnonzero(seen), np.arange(len(past), len(dose))])
    factor = np.linalg.cholesky(_covariance(rows, spread))
    white = np.linalg.solve(factor, x[rows])
    information = np.cumsum(white[:, :, None] * white[:, None, :], axis=0)
    information += np.diag(1.0 / np.square(prior_sd))
    now = int(seen.sum()) - 1
    inverse = np.linalg.inv(information[now:])
    out = {}
    for question, (first, last) in MORNINGS.items():
        g = _responses(np.full(last, design.usual_dose), spread)[first - 1 : last].mean(axis=0)
        variance = np.einsum("i,nij,j->n", g, inverse, g)
        out[question] = variance / variance[0]
    return out


def _responses(dose: Floats, spread: _Spread) -> Floats:
    """(T, 2) what one unit of each coefficient would do to eta on each morning."""
    out = np.zeros((len(dose), 2))
    load, now, habit = 0.0, 0.0, 0.0
    for t, x in enumerate(dose):
        load += (x - load) / spread.tau
        now = spread.phi * now + x
        habit = spread.phi * habit + load
        out[t] = now, habit
    return out


def _covariance(rows: NDArray[np.int64], spread: _Spread) -> Floats:
    apart = np.abs(rows[:, None] - rows[None, :])
    early = np.minimum(rows[:, None], rows[None, :])
    daily = spread.s_eta**2 / (1.0 - spread.phi**2) * spread.phi**apart
    slow = spread.s_mu**2 * early + _LEVEL_SD**2
    return np.asarray(daily + slow + (spread.s_y**2 + _ROUNDING) * np.eye(len(rows)))


def _first_likely(mean: float, sd: float, share: Floats, worthwhile: float) -> int | None:
    """The first n at which some verdict is as likely as not; None beyond the horizon."""
    z = np.linspace(-3.5, 3.5, 141)
    mass = np.exp(-0.5 * z * z)
    mass /= mass.sum()
    for n in range(1, len(share)):
        left = sd * float(np.sqrt(min(share[n], 1.0)))
        moved = float(np.sqrt(max(sd * sd - left * left, 0.0)))
        means = mean + moved * z
        if float(mass[_verdict_falls(means, left, worthwhile)].sum()) >= 0.5:
            return n
    return None


def _verdict_falls(means: Floats, sd: float, worthwhile: float) -> NDArray[np.bool_]:
    """Whether a normal posterior with these means and this sd would give a verdict."""
    sure = NORMAL.inv_cdf(SURE) * sd
    clear = np.abs(means) >= sure
    inside = np.array([NORMAL.cdf((worthwhile - m) / sd) - NORMAL.cdf((-worthwhile - m) / sd) for m in means])
    return np.asarray(clear | (inside >= NEGLIGIBLE))
