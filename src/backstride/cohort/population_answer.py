"""What the diaries of a store say together: from each person's draws to the population, with small cells left out."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from backstride.answer.kinds import Question
from backstride.cohort.interim import interim_prior
from backstride.cohort.likelihood import Likelihood, likelihood_of, together
from backstride.cohort.person_answer import AnswerSettings, answer_key
from backstride.cohort.population import Columns, Population, columns_of, fit_population
from backstride.cohort.small_cells import LEAST_PEOPLE, shown_counts
from backstride.cohort.store import CohortStore
from backstride.errors import TooFewRecords

Floats = NDArray[np.float64]
FORMAT = "backstride cohort 1"
FEW_EFFECTIVE = 50.0
NO_VERDICT = "no verdict"
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
        people: how many it rests on.
        mean: over people, as chance-drawn diaries would have it.
        sd: between people.
        helped, no_matter, harmed: shares of people with at least the worthwhile change less pain, with neither, and
            more; rounded to 1 %.
        of_traits: what a trait changes, by name.
        of_tiers: the systematic offset of tier B or C against A, after its prior; a check, not a finding.
    """

    people: int
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
        people: how many were taken in.
        answered: how many have an answer with runs in it.
        verdicts, tiers: how many people by question; None where too few to show.
        week, season: the effects; None where they are not shown.
        season_withheld: why the season is not shown; "" where it is.
        left_out_traits: those of which one side has too few people, or that are no numbers.
        few_effective: how many people's likelihoods rest on few draws; None where too few people to show.
        worthwhile, seed, least: as they were set.
    """

    people: int
    answered: int
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


@dataclass(frozen=True, slots=True)
class _People:
    """What the stage needs of everybody with an answer."""

    likelihood: Likelihood
    tiers: Mapping[Question, Sequence[str]]
    traits: Sequence[Mapping[str, str]]


def population_answer(
    store: CohortStore, settings: AnswerSettings, *, seed: int, least: int = LEAST_PEOPLE, shards: int = 1
) -> PopulationAnswer:
    """Ask all diaries of a store that have an answer under these settings.

    Args:
        store: people and answers.
        settings: as they were answered with.
        seed: of the population's draws.
        least: the smallest number of people of which anything is shown.
        shards: into how many parts the people are cut; the numbers do not depend on it.

    Raises:
        TooFewRecords: fewer than `least` people have an answer.
    """
    verdicts: dict[str, Counter[str]] = {question.value: Counter() for question in Question}
    tiers: dict[str, Counter[str]] = {question.value: Counter() for question in Question}
    people = _people(store, settings, verdicts, tiers, least)
    traits, left_out = usable_traits(people.traits, least=least)
    count = len(people.traits)
    columns = columns_of(count, traits=traits, tiers=people.tiers[Question.WEEK])
    found = fit_population(people.likelihood, columns, seed=seed, shards=shards)
    week = _effect(found, columns, 0, traits, settings.worthwhile, count)
    season = _season(people, seed, least, settings.worthwhile, shards)
    drawn = people.tiers[Question.SEASON].count("A")
    few = int(np.sum(people.likelihood.effective < FEW_EFFECTIVE))
    return PopulationAnswer(
        people=store.count(),
        answered=count,
        verdicts={question: shown_counts(counts, least=least) for question, counts in verdicts.items()},
        tiers={question: shown_counts(counts, least=least) for question, counts in tiers.items()},
        week=week,
        season=season,
        season_withheld=""
        if season
        else SEASON_WITHHELD.format(least=least, count=drawn if drawn == 0 else f"fewer than {least}"),
        left_out_traits=left_out,
        few_effective=few if few == 0 or few >= least else None,
        worthwhile=settings.worthwhile,
        seed=seed,
        least=least,
    )


def _people(
    store: CohortStore,
    settings: AnswerSettings,
    verdicts: Mapping[str, Counter[str]],
    tiers: Mapping[str, Counter[str]],
    least: int,
) -> _People:
    each, traits = [], []
    letters: dict[Question, list[str]] = {question: [] for question in Question}
    for numbers, draws, known in _answered(store, settings):
        for question in Question:
            letter = str(numbers[f"{question.value}_tier"])
            verdicts[question.value][str(numbers[f"{question.value}_verdict"] or NO_VERDICT)] += 1
            tiers[question.value][letter] += 1
            letters[question].append(letter)
        each.append(likelihood_of(draws, interim_prior(_pathways(str(numbers["pathways"])))))
        traits.append(known)
    if len(each) < max(least, 2):
        raise TooFewRecords(
            f"Of {store.count()} people, {len(each)} have an answer; nothing is said of fewer than {max(least, 2)}.",
            advice="Answer the diaries first (backstride cohort answers), or take more people in.",
        )
    return _People(together(each), letters, traits)


def _answered(
    store: CohortStore, settings: AnswerSettings
) -> Iterator[tuple[Mapping[str, object], Floats, Mapping[str, str]]]:
    """Numbers, draws and traits of everybody whose answer rests on runs of their own."""
    for person in store.people():
        answer = None if person.error else store.answer(answer_key(person, settings))
        if answer is not None and answer.numbers.get("week_mean") is not None:
            draws = np.frombuffer(answer.draws, dtype="<f4").reshape(-1, 2).astype(np.float64)
            yield answer.numbers, draws, person.traits


def _pathways(text: str) -> tuple[str, ...]:
    return tuple(text.split(", ")) if text else ()


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


def _season(
    people: _People, seed: int, least: int, worthwhile: float, shards: int
) -> PopulationEffect | None:
    """Estimate the season over those with randomised blocks of weeks; None where they are too few."""
    drawn = np.array([letter == "A" for letter in people.tiers[Question.SEASON]])
    if drawn.sum() < least:
        return None
    columns = columns_of(int(drawn.sum()))
    of_them = Likelihood(*(part[drawn] for part in people.likelihood))
    found = fit_population(of_them, columns, seed=seed, shards=shards)
    return _effect(found, columns, 1, {}, worthwhile, int(drawn.sum()))


def _effect(
    found: Population,
    columns: Columns,
    axis: int,
    traits: Mapping[str, Floats],
    worthwhile: float,
    people: int,
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
