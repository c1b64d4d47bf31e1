"""Everybody of a store who has something to say of the population: diaries with an answer, and contributions."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from hashlib import sha256

import numpy as np
from numpy.typing import NDArray

from backstride.answer.kinds import Question
from backstride.cohort.contribution import PAIN_BANDS
from backstride.cohort.contribution_file import contribution_json
from backstride.cohort.contribution_likelihood import likelihood_from
from backstride.cohort.interim import interim_prior
from backstride.cohort.likelihood import Likelihood, likelihood_of, together
from backstride.cohort.person_answer import AnswerSettings, answer_key
from backstride.cohort.releases import token
from backstride.cohort.store import CohortStore, StoredPerson
from backstride.cohort.waiting_list import HIGH_PAIN
from backstride.errors import TooFewRecords
from backstride.model.arrays import Floats

NO_VERDICT = "no verdict"
BELOW_FOUR = tuple(name for most, name in PAIN_BANDS if most <= HIGH_PAIN)
"""The bands of pain of a contribution below 4."""


@dataclass(frozen=True, slots=True)
class GatheredPeople:
    """What the population stage needs of everybody.

    Attributes:
        taken_in: how many diaries and contributions the store holds.
        contributed: how many of those with something to say gave a contribution, and so no verdict.
        likelihood: of each who has an answer that rests on runs of their own.
        tiers: their letters, by question.
        traits: what is known of them beside the diary.
        verdicts: how many of the diaries have which verdict, by question.
        members: (token of the person, token of the records) of each, for `Releases`.
        left: how many diaries and contributions were taken out of the store, by month.
        has_more_pain: of each whether their usual pain is 4 or more; None where that is not known.
    """

    taken_in: int
    contributed: int
    likelihood: Likelihood
    tiers: Mapping[Question, Sequence[str]]
    traits: Sequence[Mapping[str, str]]
    verdicts: Mapping[str, Counter[str]]
    members: Sequence[tuple[str, str]]
    left: Mapping[str, int]
    has_more_pain: Sequence[bool | None] = ()

    @property
    def randomised(self) -> NDArray[np.bool_]:
        """(N,) whose blocks of weeks chance drew."""
        return np.array([letter == "A" for letter in self.tiers[Question.SEASON]], dtype=np.bool_)

    def members_where(self, chosen: NDArray[np.bool_]) -> dict[str, str]:
        """Select members for a part of a release."""
        return dict(member for member, is_in in zip(self.members, chosen, strict=True) if is_in)


@dataclass(slots=True)
class _Gathering:
    """The same while it grows."""

    each: list[Likelihood] = field(default_factory=list)
    tiers: dict[Question, list[str]] = field(default_factory=lambda: {question: [] for question in Question})
    traits: list[Mapping[str, str]] = field(default_factory=list)
    verdicts: dict[str, Counter[str]] = field(
        default_factory=lambda: {question.value: Counter() for question in Question}
    )
    members: list[tuple[str, str]] = field(default_factory=list)
    has_more_pain: list[bool | None] = field(default_factory=list)

    def add(
        self,
        likelihood: Likelihood,
        tiers: tuple[str, str],
        traits: Mapping[str, str],
        member: tuple[str, str],
        has_more_pain: bool | None,
    ) -> None:
        """Add one person."""
        self.has_more_pain.append(has_more_pain)
        self.each.append(likelihood)
        for question, letter in zip(Question, tiers, strict=True):
            self.tiers[question].append(letter)
        self.traits.append(traits)
        self.members.append(member)


def gather(store: CohortStore, settings: AnswerSettings, *, least: int) -> GatheredPeople:
    """Gather everybody who has something to say.

    Args:
        store: people, answers and contributions.
        settings: as the diaries were answered with.
        least: how many there must be.

    Raises:
        TooFewRecords: there are fewer.
    """
    found = _Gathering()
    for person, numbers, draws in _answered(store, settings):
        pathways = str(numbers["pathways"])
        found.add(
            likelihood_of(draws, interim_prior(tuple(pathways.split(", ")) if pathways else ())),
            (str(numbers["week_tier"]), str(numbers["season_tier"])),
            person.traits,
            (token("person", person.id), token("records", person.fingerprint)),
            _has_more_pain(numbers.get("usual_pain")),
        )
        for question, counts in found.verdicts.items():
            counts[str(numbers[f"{question}_verdict"] or NO_VERDICT)] += 1
    diaries = len(found.each)
    for given in store.contributions.all():
        content = sha256(contribution_json(given).encode()).hexdigest()
        found.add(
            likelihood_from(given.parts, effective=given.effective),
            (given.week_tier, given.season_tier),
            given.traits,
            (token("contribution", given.key), token("records", content)),
            given.pain not in BELOW_FOUR,
        )
    taken_in = store.count() + store.contributions.count()
    if len(found.each) < max(least, 2):
        raise TooFewRecords(
            f"Of {taken_in} people, {len(found.each)} have an answer; nothing is said of fewer than {max(least, 2)}.",
            advice="Answer the diaries first (backstride cohort answers), or take more people in.",
        )
    return GatheredPeople(
        taken_in,
        len(found.each) - diaries,
        together(found.each),
        found.tiers,
        found.traits,
        found.verdicts,
        found.members,
        store.left(),
        found.has_more_pain,
    )


def _has_more_pain(usual: object) -> bool | None:
    return usual >= HIGH_PAIN if isinstance(usual, int | float) else None


def _answered(
    store: CohortStore, settings: AnswerSettings
) -> Iterator[tuple[StoredPerson, Mapping[str, object], Floats]]:
    """Everybody whose answer rests on runs of their own, with its numbers and draws."""
    for person in store.people():
        answer = None if person.error else store.answer(answer_key(person, settings))
        if answer is not None and answer.numbers.get("week_mean") is not None:
            yield (
                person,
                answer.numbers,
                np.frombuffer(answer.draws, dtype="<f4").reshape(-1, 2).astype(float),
            )
