"""What the diaries of a store say together: from each person's draws to the population, with small cells left out."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backstride.answer.cohort_line import PeopleShares
from backstride.answer.kinds import Question
from backstride.cohort.gathered import GatheredPeople
from backstride.cohort.likelihood import Likelihood
from backstride.cohort.line import ratios_of
from backstride.cohort.population import Columns, Population, columns_of, fit_population
from backstride.cohort.prior_file import CohortPrior
from backstride.cohort.small_cells import LEAST_PEOPLE, Counts, without_small

Floats = NDArray[np.float64]
FORMAT = "backstride cohort 2"
FEW_EFFECTIVE = 50.0
SEASON_WITHHELD = (
    "The season over people is not shown: it needs {least} people or more whose blocks of weeks chance drew "
    "(tier A of the season), and there are {count}. Where people run less on bad days, the seasons of all together "
    "lean one way, which no number of people averages away."
)


@dataclass(frozen=True, slots=True)
class Spread:
    """One quantity of the population: mean and sd of its draws, and the central 95 %."""

    mean: float
    sd: float
    low_95: float
    high_95: float


@dataclass(frozen=True, slots=True)
class PopulationEffect:
    """How one effect is spread over people, at 90 minutes a week, before floor and ceiling; points.

    Attributes:
        people: how many it rests on; None where that number would give a small one away.
        mean: over people, as chance-drawn diaries would have it.
        sd: between people.
        helped, no_matter, harmed: shares of people with at least the worthwhile change less pain, with neither, and
            more; rounded to 1 %.
        of_traits: what a trait changes, by name.
        of_tiers: the systematic offset of tier B or C against A, after its prior; a check, not a finding.
    """

    people: int | None
    mean: Spread
    sd: Spread
    helped: Spread
    no_matter: Spread
    harmed: Spread
    of_traits: Mapping[str, Spread]
    of_tiers: Mapping[str, Spread]


@dataclass(frozen=True, slots=True)
class PopulationAnswer:
    """What many diaries say together.

    Attributes:
        people: how many were taken in; None where that would say how many, and few, have no answer.
        answered: how many have an answer with runs in it, or gave a contribution.
        contributed: how many of these gave a contribution without their diary; None where too few to show.
        verdicts, tiers: how many people by question (verdicts: of the diaries); None where too few to show.
        week, season: the effects; None where they are not shown.
        season_withheld: why the season is not shown; "" where it is.
        left_out_traits: those of which one side has too few people, or that are no numbers.
        few_effective: how many people's likelihoods rest on few draws; None where too few people to show.
        worthwhile, seed, least: as they were set.
    """

    people: int | None
    answered: int
    contributed: int | None
    verdicts: Mapping[str, Mapping[str, int | None]]
    tiers: Mapping[str, Mapping[str, int | None]]
    week: PopulationEffect
    season: PopulationEffect | None
    season_withheld: str
    left_out_traits: Sequence[str]
    few_effective: int | None
    worthwhile: float
    seed: int
    least: int


def population_answer(
    people: GatheredPeople,
    *,
    seed: int,
    worthwhile: float,
    least: int = LEAST_PEOPLE,
    shards: int = 1,
    withheld: str = "",
) -> PopulationAnswer:
    """Ask everybody together.

    Args:
        people: who has something to say.
        seed: of the population's draws.
        worthwhile: smallest worthwhile change, in points.
        least: the smallest number of people of which anything is shown.
        shards: into how many parts the people are cut; the numbers do not depend on it.
        withheld: why the season may not be shown though chance drew enough people's blocks; "" where it may.
    """
    counts = _counts(people, least)
    traits, left_out = usable_traits(people.traits, least=least)
    columns = columns_of(len(people.traits), traits=traits, tiers=people.tiers[Question.WEEK])
    found = fit_population(people.likelihood, columns, seed=seed, shards=shards)
    drawn = people.randomised
    season = None
    if drawn.sum() < least:
        withheld = SEASON_WITHHELD.format(least=least, count=f"fewer than {least}" if drawn.any() else 0)
    elif not withheld:
        together = fit_randomised(people, seed=seed, shards=shards)
        season = _effect(together, columns_of(int(drawn.sum())), 1, {}, worthwhile, counts.randomised)
    return PopulationAnswer(
        people=counts.people,
        answered=counts.answered,
        contributed=counts.contributed,
        verdicts=counts.verdicts,
        tiers=counts.tiers,
        week=_effect(found, columns, 0, traits, worthwhile, counts.answered),
        season=season,
        season_withheld=withheld,
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
        ratios=ratios_of(fit_randomised(people, seed=seed)),
        week=_shares(everybody.week),
        season=_shares(everybody.season),
    )


def _shares(effect: PopulationEffect) -> PeopleShares:
    each = (effect.helped, effect.no_matter, effect.harmed)
    return PeopleShares(*((share.mean, max(share.low_95, 0.0), min(share.high_95, 1.0)) for share in each))


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
    one of numbers is taken per sd. Who did not say stands at the mean.
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
    mean, sd = found.B[:, 0, axis], np.sqrt(found.sigma[:, 2 * axis])
    rng = np.random.default_rng((int(found.B.shape[0]), axis))
    some = slice(None, None, max(len(mean) // 500, 1))
    noise = rng.standard_normal((len(mean[some]), 2000)) / np.sqrt(
        rng.gamma(0.5 * found.nu[some, None], 2.0 / found.nu[some, None], (len(mean[some]), 2000))
    )
    drawn = mean[some, None] + sd[some, None] * noise
    helped, harmed = (drawn <= -worthwhile).mean(axis=1), (drawn >= worthwhile).mean(axis=1)
    of = {name: _spread(found.B[:, i, axis]) for i, name in enumerate(columns.names)}
    return PopulationEffect(
        people=people,
        mean=_spread(mean),
        sd=_spread(sd),
        helped=_share(helped),
        no_matter=_share(1.0 - helped - harmed),
        harmed=_share(harmed),
        of_traits={name: of[name] for name in traits},
        of_tiers={name: spread for name, spread in of.items() if name.startswith("tier ")},
    )


def _spread(draws: Floats) -> Spread:
    low, high = np.quantile(draws, [0.025, 0.975])
    return Spread(float(draws.mean()), float(draws.std()), float(low), float(high))


def _share(draws: Floats) -> Spread:
    found = _spread(draws)
    return Spread(*(round(value, 2) for value in (found.mean, found.sd, found.low_95, found.high_95)))
