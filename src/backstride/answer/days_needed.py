"""How many more days until a verdict is as likely as not (preposterior analysis; Raiffa & Schlaifer 1961).

Further days leave a variance V_n that depends on phi, s_eta, s_mu and s_y alone (`variance_left`), and these are
known only by their draws theta_j. They become known as mornings are told: n more beside T leave T / (T + n) of what
is open of them now. What the days would do to the mean is open:

    sd_nj^2 = sd_now^2 V_n(theta_j) / (V_now(theta_j)^(1 - w) mean_i V_now(theta_i)^w),    w = n / (T + n)
    mean_nj ~ N(mean_now, sd_now^2 - sd_nj^2)
    P(verdict after n days) = mean over j of P(a normal posterior with mean_nj and sd_nj gives one)
"""

from collections.abc import Mapping
from math import inf, sqrt
from typing import NamedTuple

import numpy as np

from backstride.answer.answer import DaysNeeded
from backstride.answer.deltas import Delta
from backstride.answer.design import Design
from backstride.answer.effect import Reason
from backstride.answer.future_doses import HORIZON, future_doses
from backstride.answer.gate import season_gate
from backstride.answer.kinds import Hurdle, Question
from backstride.answer.tier import MIN_ALLOCATED_WEEKS, MIN_BLOCKS
from backstride.answer.variance_left import Dynamics, prior_of_habit, variance_left
from backstride.answer.verdict_chance import verdict_chance
from backstride.core.allocation import BLOCK_DAYS, AllocationScheme
from backstride.model.arrays import Floats
from backstride.model.fit import Posterior
from backstride.model.priors import FLAT

PAST = 365
_DRAWS = 40


class _Rule(NamedTuple):
    """What a design of the days to come takes.

    Attributes:
        shortest: the fewest days; fewer are not offered. What a day or two would open lies on an edge.
        law: how it is drawn: only in whole weeks, pairs of weeks, or rounds of six blocks; None of own days.
        shows_season: whether it can give a verdict of the season.
    """

    shortest: int
    law: AllocationScheme | None
    shows_season: bool


DESIGNS = {
    "own_days": _Rule(7, None, shows_season=True),
    "days_drawn": _Rule(7 * MIN_ALLOCATED_WEEKS, AllocationScheme.DAYS, shows_season=False),
    "weeks_drawn": _Rule(7 * MIN_ALLOCATED_WEEKS, AllocationScheme.WEEKS, shows_season=False),
    "two_week_blocks": _Rule(14 * MIN_BLOCKS, AllocationScheme.BLOCKS_OF_2, shows_season=True),
    "four_week_blocks": _Rule(28 * MIN_BLOCKS, AllocationScheme.BLOCKS_OF_4, shows_season=True),
}
"""By their names in `DaysNeeded` and in `future_doses`."""
_COUNTED = (
    Hurdle.LASTING_CAUSE,
    Hurdle.BOTH_WAYS,
    Hurdle.PRIOR_ALONE,
    Hurdle.NO_ORDER,
    Hurdle.RAMP,
    Hurdle.STEADY,
)
"""What more days can open, by their number; what else is open is no matter of a number."""


def days_needed(
    posterior: Posterior,
    deltas: dict[Question, Delta],
    design: Design,
    *,
    reasons: Mapping[Question, Reason | None],
    worthwhile: float,
    alone: Mapping[Question, Floats] | None = None,
    own_days_bear_season: bool = True,
) -> tuple[DaysNeeded, ...]:
    """Estimate how many more days each open question needs: going on as now, or run days, weeks or blocks drawn.

    0 days where a verdict stands. Where no rating is known to come before the runs, going on as now never gives one.
    Of the drawn designs only blocks of weeks are offered for a season, which waits for its gate, too.

    Args:
        posterior, deltas, design: the main analysis.
        reasons: why each question is open; None where it is not.
        worthwhile: smallest worthwhile change, points.
        alone: draws of each Delta under nearly flat priors, where they were fitted; else their width is taken from
            the prior's.
        own_days_bear_season: whether a side of the season may be named without drawn blocks; else going on as now can
            only show that nothing matters.
    """
    left = None
    out = []
    for question, reason in reasons.items():
        if reason is None:
            out.append(DaysNeeded(question, **dict.fromkeys(DESIGNS, 0), horizon=HORIZON))
        elif reason.hurdle in _COUNTED:
            # the longest part of the work, and the same for every open question: worked out once
            if left is None:
                plans = future_doses(design, np.random.default_rng([posterior.settings.seed, 7]))
                left = _variances(posterior, deltas, design, plans)
            prior_sd = _prior_sd(deltas[question], (alone or {}).get(question))
            first = {
                name: _of_design(
                    name,
                    deltas[question],
                    left[name][question],
                    worthwhile,
                    prior_sd,
                    sides=own_days_bear_season or question is Question.WEEK or name != "own_days",
                )
                for name in plans
            }
            found = {
                name: _allowed(name, n, question, reason, design, plans[name]) for name, n in first.items()
            }
            out.append(DaysNeeded(question, **found, horizon=HORIZON))
    return tuple(out)


def _variances(
    posterior: Posterior, deltas: dict[Question, Delta], design: Design, plans: Mapping[str, Floats]
) -> dict[str, dict[Question, Floats]]:
    """Of each design and Delta, the share of today's variance that is left after n days, under each draw."""
    dynamics = _dynamics(posterior)
    # an unknown dose stands at the mean, where it tells nothing of either coefficient
    past = np.nan_to_num(design.series.dose[-PAST:], nan=design.mean_dose)
    seen = ~np.isnan(design.series.pain[-PAST:])
    priors = posterior.priors
    now, habit, second = priors.beta_now, priors.beta_hab, priors.beta_second
    delta_sd = float(deltas[Question.SEASON].prior.latent.std())
    habit = prior_of_habit((now, habit, second), delta_sd, design.usual_dose, dynamics)
    out = {}
    for name, future in plans.items():
        variance = variance_left(
            np.concatenate([past, future]) - design.mean_dose,
            seen,
            dynamics,
            usual_dose=design.usual_dose,
            prior_sd=(now, habit, second),
            first_sd=(priors.start_sd, priors.level_sd),
        )
        out[name] = {question: share_left(v, int(seen.sum())) for question, v in variance.items()}
    return out


def _prior_sd(found: Delta, alone: Floats | None) -> float:
    """Return the sd of a normal prior that narrows 'data alone' to the main posterior; infinite where it does not."""
    if alone is None:
        return float(found.prior.total.std())
    # precisions of normals add: what the main prior brought beyond the flat one
    added = max(float(found.posterior.total.std()), 1e-9) ** -2 - max(float(alone.std()), 1e-9) ** -2
    return sqrt((1.0 - 1.0 / FLAT**2) / added) if added > 0.0 else inf


def _of_design(
    name: str, found: Delta, left: Floats, worthwhile: float, prior_sd: float, *, sides: bool
) -> int | None:
    """Return the first day on which a verdict is as likely as not, at least the design's shortest length."""
    total = found.posterior.total
    first = _first_likely(
        float(total.mean()),
        float(total.std()),
        left,
        worthwhile,
        prior_sd=prior_sd,
        sides=sides,
    )
    return None if first is None else max(first, DESIGNS[name].shortest)


def _allowed(
    name: str, days: int | None, question: Question, reason: Reason, design: Design, plan: Floats
) -> int | None:
    """Return the days, or None where a design can give no verdict within the horizon."""
    season, no_order, rule = question is Question.SEASON, reason.hurdle is Hurdle.NO_ORDER, DESIGNS[name]
    if days is None or (season and not rule.shows_season) or (no_order and rule.law is None):
        return None
    if season:
        days = _gate_opens(design, plan, days)
    if days is None:
        return None
    # a block that is broken off is no comparison, so drawn designs end with a whole one
    a_round = 1 if rule.law is None else BLOCK_DAYS[rule.law]
    in_whole_rounds = -(-days // a_round) * a_round
    return in_whole_rounds if in_whole_rounds <= HORIZON else None


def _gate_opens(design: Design, plan: Floats, at_least: int) -> int | None:
    """Return the first day from `at_least` on, in steps of a week, on which the season's gate is open."""
    data = design.data
    for days in range(at_least, HORIZON + 1, 7):
        dose = np.concatenate([data.dose, plan[:days]])
        if season_gate(dose, chronic_start=data.chronic_start).is_open:
            return days
    return None


def _dynamics(posterior: Posterior) -> Dynamics:
    """Select some draws, evenly spread over the chains."""
    drawn = {name: posterior.of(name).ravel() for name in ("phi", "s_eta", "s_mu", "s_y", "tau", "delay")}
    chosen = np.linspace(0, len(drawn["phi"]) - 1, _DRAWS).astype(int)
    return Dynamics(**{name: values[chosen] for name, values in drawn.items()})


def share_left(variance: Floats, n_mornings: int) -> Floats:
    """Return sd_nj^2 / sd_now^2, (future + 1, J), from V_n(theta_j) of that shape and the mornings so far."""
    n = np.arange(len(variance))[:, None]
    # early on each draw of the dynamics has its own share; with many new mornings they would agree on them
    known = n / (n_mornings + n)
    share: Floats = variance / (variance[0] ** (1.0 - known) * variance[0].mean() ** known)
    return share


def _first_likely(
    mean: float, sd: float, share: Floats, worthwhile: float, *, prior_sd: float, sides: bool = True
) -> int | None:
    """Return the first n at which some verdict is as likely as not; None beyond the horizon.

    Args:
        mean, sd: of the Delta now.
        share: (HORIZON + 1, J) of its variance that is left after n days, under each draw.
        worthwhile: the least difference that matters.
        prior_sd: of the Delta.
        sides: whether less or more pain may be named, too.
    """
    for n in range(1, len(share)):
        left = sd * np.sqrt(np.minimum(share[n], 1.0))
        # law of total variance: what new days take off the variance, the mean will move by
        moved = np.sqrt(np.maximum(sd * sd - left * left, 0.0))
        chances = [
            verdict_chance(mean, float(m), float(s), worthwhile, prior_sd=prior_sd, sides=sides)
            for m, s in zip(moved, left, strict=True)
        ]
        if sum(chances) >= 0.5 * len(chances):
            return n
    return None
