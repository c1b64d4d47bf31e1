"""What the diaries of a store say together: from each person's draws to the population, with small cells left out."""

from collections import Counter
from collections.abc import Mapping, Sequence

import numpy as np

from backstride.answer.cohort_line import PeopleLike, PeopleShares
from backstride.answer.kinds import Question
from backstride.cohort.gathered import GatheredPeople
from backstride.cohort.likelihood import Likelihood
from backstride.cohort.line import ratios_of, through_origin
from backstride.cohort.population import SHARED_SD, Columns, Population, columns_of, fit_population
from backstride.cohort.population_summary import JointSpread, PopulationAnswer, PopulationEffect, Spread
from backstride.cohort.prior_file import CohortPrior
from backstride.cohort.small_cells import MIN_PEOPLE, Counts, shown_counts, without_small
from backstride.model.arrays import Floats

FEW_EFFECTIVE = 50.0
SEASON_WITHHELD = (
    "The season over people is not shown: it needs {least} people or more whose blocks of weeks chance drew, six "
    "blocks of two weeks or longer each (tier A of the season), and there are {count}. Where people run less on bad "
    "days, the seasons of all together lean one way, which no number of people averages away."
)


def population_answer(
    people: GatheredPeople,
    *,
    seed: int,
    worthwhile: float,
    least: int = MIN_PEOPLE,
    shards: int = 1,
    withheld: str = "",
    with_points: bool = False,
) -> PopulationAnswer:
    """Ask everybody together.

    Args:
        people: who has something to say.
        seed: of the population's draws.
        worthwhile: smallest worthwhile change, in points.
        least: the smallest number of people of which anything is shown.
        shards: into how many parts the people are cut; the numbers do not depend on it.
        withheld: why the season may not be shown though chance drew enough people's blocks; "" where it may.
        with_points: whether each person stands in it with a point of their own; never in what is published.
    """
    counts = _counts(people, least)
    traits, left_out = usable_traits(people.traits, least=least)
    columns = columns_of(len(people.traits), traits=traits, tiers=people.tiers[Question.WEEK])
    found = fit_population(people.likelihood, columns, seed=seed, shards=shards)
    drawn = people.randomised
    season = joint = None
    points: tuple[tuple[float, float], ...] = ()
    if drawn.sum() < least:
        withheld = SEASON_WITHHELD.format(least=least, count=f"fewer than {least}" if drawn.any() else 0)
    elif not withheld:
        together = fit_randomised(people, seed=seed, shards=shards)
        season = _effect(together, columns_of(int(drawn.sum())), 1, {}, worthwhile, counts.randomised)
        joint = joint_spread(together)
        if with_points:
            points = shrunk(Likelihood(*(part[drawn] for part in people.likelihood)), joint)
    return PopulationAnswer(
        people=counts.people,
        answered=counts.answered,
        contributed=counts.contributed,
        verdicts=counts.verdicts,
        tiers=counts.tiers,
        week=_effect(found, columns, 0, traits, worthwhile, counts.answered),
        season=season,
        season_withheld=withheld,
        joint=joint,
        points=points,
        left=shown_counts(people.left, least=least),
        left_out_traits=left_out,
        few_effective=counts.few_effective,
        worthwhile=worthwhile,
        seed=seed,
        least=least,
    )


def fit_randomised(people: GatheredPeople, *, seed: int, shards: int = 1) -> Population:
    """Fit both effects together over those whose blocks of weeks chance drew."""
    drawn = people.randomised
    of_them = Likelihood(*(part[drawn] for part in people.likelihood))
    return fit_population(of_them, columns_of(int(drawn.sum())), seed=seed, shards=shards)


def prior_of(people: GatheredPeople, *, month: str, worthwhile: float, seed: int, least: int) -> CohortPrior:
    """Take together what a diary needs to know of a cohort.

    Args:
        people: who has something to say, `least` or more of them with drawn blocks of weeks.
        month: of the release.
        worthwhile: by which change a person counts as helped or harmed, points.
        seed: of the population's draws.
        least: the smallest number of people of which anything is shown.
    """
    counts = _counts(people, least)
    everybody = population_answer(people, seed=seed, worthwhile=worthwhile, least=least)
    assert everybody.season is not None, "fewer randomised people than `least`"
    return CohortPrior(
        month=month,
        people=counts.answered,
        randomised=counts.randomised,
        worthwhile=worthwhile,
        ratios=ratios_of(_with_offset(fit_randomised(people, seed=seed))),
        week=_shares(everybody.week),
        season=_shares(everybody.season),
        like=people_like(people, seed=seed, worthwhile=worthwhile, least=least),
    )


def people_like(
    people: GatheredPeople, *, seed: int, worthwhile: float, least: int
) -> tuple[PeopleLike, ...]:
    """Tell people with less and with more pain apart, of those whose blocks of weeks chance drew.

    One fit of both, in which the mean may differ between them, and the spread may not.

    Args:
        people: who has something to say.
        seed: of the population's draws.
        worthwhile: by which change a person counts as helped or harmed, points.
        least: the smallest number of people on either side; with fewer on one there are none.
    """
    sides = np.array([np.nan if side is None else float(side) for side in people.has_more_pain])
    known = people.randomised & ~np.isnan(sides) if len(sides) else np.zeros(0, dtype=bool)
    high = sides[known]
    if min(np.sum(high == 0.0), np.sum(high == 1.0)) < least:
        return ()
    columns = columns_of(int(known.sum()), traits={"pain": high - high.mean()})
    found = fit_population(Likelihood(*(part[known] for part in people.likelihood)), columns, seed=seed)
    out = []
    for side in (0.0, 1.0):
        mean = found.B[:, 0, 1] + found.B[:, 1, 1] * (side - high.mean())
        shares = _people_shares(_offset(mean, 1), found, 1, worthwhile)
        out.append(
            PeopleLike(
                bool(side), int(np.sum(high == side)), PeopleShares(*map(_bounded, map(_share, shares)))
            )
        )
    return tuple(out)


def _shares(effect: PopulationEffect) -> PeopleShares:
    each = (effect.helped, effect.no_matter, effect.harmed)
    return PeopleShares(*map(_bounded, each))


def _bounded(share: Spread) -> tuple[float, float, float]:
    return share.mean, max(share.low_95, 0.0), min(share.high_95, 1.0)


def _counts(people: GatheredPeople, least: int) -> Counts:
    return without_small(
        people=people.taken_in,
        answered=len(people.traits),
        contributed=people.contributed,
        verdicts=people.verdicts,
        tiers={question.value: Counter(letters) for question, letters in people.tiers.items()},
        few_effective=int(np.sum(people.likelihood.effective < FEW_EFFECTIVE)),
        least=least,
    )


def usable_traits(
    traits: Sequence[Mapping[str, str]], *, least: int
) -> tuple[dict[str, Floats], tuple[str, ...]]:
    """Return the usable traits, centred, and the names of the others.

    A trait with two values counts as 0 and 1 (in the order of the alphabet) and needs `least` people on both sides;
    one of numbers is taken per sd. People who did not say count at the mean.
    """
    used: dict[str, Floats] = {}
    left_out = []
    for name in sorted({name for one in traits for name in one}):
        given = [one.get(name, "").strip() for one in traits]
        values = sorted({value for value in given if value})
        numbers = _numbers(given)
        if len(values) == 2 and min(given.count(value) for value in values) >= least:
            column = np.array([np.nan if not value else float(value == values[1]) for value in given])
            used[f"{name} = {values[1]}"] = _centred(column)
        elif len(values) > 2 and numbers is not None and np.sum(~np.isnan(numbers)) >= 2 * least:
            used[f"{name}, per sd"] = _centred(numbers / np.nanstd(numbers))
        else:
            left_out.append(name)
    return used, tuple(left_out)


def _numbers(given: Sequence[str]) -> Floats | None:
    try:
        return np.array([float(value) if value else np.nan for value in given])
    except ValueError:
        return None


def _centred(column: Floats) -> Floats:
    return np.asarray(np.nan_to_num(column - np.nanmean(column)))


def _effect(
    found: Population,
    columns: Columns,
    axis: int,
    traits: Mapping[str, Floats],
    worthwhile: float,
    people: int | None,
) -> PopulationEffect:
    sd = np.sqrt(found.sigma[:, 2 * axis])
    mean = _offset(found.B[:, 0, axis], axis)
    helped, no_matter, harmed = _people_shares(mean, found, axis, worthwhile)
    of = {name: _spread(found.B[:, i, axis]) for i, name in enumerate(columns.names)}
    return PopulationEffect(
        people=people,
        mean=_spread(mean),
        sd=_spread(sd),
        helped=_share(helped),
        no_matter=_share(no_matter),
        harmed=_share(harmed),
        of_traits={name: of[name] for name in traits},
        of_tiers={name: spread for name, spread in of.items() if name.startswith("tier ")},
    )


def _with_offset(found: Population) -> Population:
    """Let the means of the draws be off as `_offset` says, for what is worked out of both: the ratio."""
    B = found.B.copy()
    for axis in (0, 1):
        B[:, 0, axis] = _offset(B[:, 0, axis], axis)
    return found._replace(B=B)


def _offset(mean: Floats, axis: int) -> Floats:
    """Add what tier A may be off by as a whole, which no number of people averages away."""
    rng = np.random.default_rng((len(mean), axis, 1))
    return np.asarray(mean + rng.normal(0.0, SHARED_SD[axis], len(mean)))


def _people_shares(
    mean: Floats, found: Population, axis: int, worthwhile: float
) -> tuple[Floats, Floats, Floats]:
    """Return draws of the shares of people with less pain by `worthwhile`, with neither, and with more."""
    sd = np.sqrt(found.sigma[:, 2 * axis])
    rng = np.random.default_rng((len(mean), axis))
    some = slice(None, None, max(len(mean) // 500, 1))
    noise = rng.standard_normal((len(mean[some]), 2000)) / np.sqrt(
        rng.gamma(0.5 * found.nu[some, None], 2.0 / found.nu[some, None], (len(mean[some]), 2000))
    )
    drawn = mean[some, None] + sd[some, None] * noise
    helped, harmed = (drawn <= -worthwhile).mean(axis=1), (drawn >= worthwhile).mean(axis=1)
    return helped, 1.0 - helped - harmed, harmed


def joint_spread(found: Population) -> JointSpread:
    """Take together how week and season go together over people."""
    quantities = found.quantities
    week, both, season = found.sigma.mean(axis=0)
    return JointSpread(
        week=float(quantities["mean of the week"].mean()),
        season=float(quantities["mean of the season"].mean()),
        week_variance=float(week),
        covariance=float(both),
        season_variance=float(season),
        freedom=float(1.0 / np.mean(1.0 / found.nu)),
        slope=_spread(through_origin(found)[0]),
        correlation=_spread(quantities["correlation"]),
    )


def shrunk(likelihood: Likelihood, joint: JointSpread) -> tuple[tuple[float, float], ...]:
    """Return the posterior mean of each person's week and season, the population taken as a normal at its means.

    Args:
        likelihood: of N people.
        joint: of the population.
    """
    centre = np.array([joint.week, joint.season])
    spread = np.array([[joint.week_variance, joint.covariance], [joint.covariance, joint.season_variance]])
    both = likelihood.covariance + spread
    residual = likelihood.mean - centre
    solved = np.linalg.solve(both, residual[..., None])[..., 0]
    log = likelihood.log_weight - 0.5 * (residual * solved).sum(axis=-1) - 0.5 * np.log(np.linalg.det(both))
    weight = np.exp(log - log.max(axis=1, keepdims=True))
    weight /= weight.sum(axis=1, keepdims=True)
    means = centre + np.einsum("nk,ab,nkb->na", weight, spread, solved)
    return tuple((round(float(week), 2), round(float(season), 2)) for week, season in means)


def _spread(draws: Floats) -> Spread:
    low, high = np.quantile(draws, [0.025, 0.975])
    return Spread(float(draws.mean()), float(draws.std()), float(low), float(high))


def _share(draws: Floats) -> Spread:
    found = _spread(draws)
    return Spread(*(round(value, 2) for value in (found.mean, found.sd, found.low_95, found.high_95)))
