"""What a cohort adds to one person's answer: a line beside the verdict, which it never changes."""

from dataclasses import dataclass

from backstride.answer.effect import Estimate
from backstride.answer.kinds import Verdict

Share = tuple[float, float, float]
"""A share of people (0 to 1): its mean, and its central 95 %."""


@dataclass(frozen=True, slots=True)
class PeopleShares:
    """How many people of a cohort have less pain by the worthwhile change or more, neither, and more pain.

    Attributes:
        helped, no_matter, harmed: shares over people, at 90 minutes of running a week.
    """

    helped: Share
    no_matter: Share
    harmed: Share


@dataclass(frozen=True, slots=True)
class PeopleLike:
    """Those of a cohort whose usual pain lies on one side of 4, and whose blocks of weeks chance drew.

    Attributes:
        has_more_pain: whether it is 4 or more.
        randomised: how many they are.
        season: their shares.
    """

    has_more_pain: bool
    randomised: int
    season: PeopleShares


@dataclass(frozen=True, slots=True)
class CohortLine:
    """The season of one person beside what others' seasons teach about it.

    Others teach the ratio of season to week, never its sign: the week stays as the person's own records have it.

    Attributes:
        month: of the cohort's release, as in 2026-11.
        people: how many people the cohort has; None where that number is not shown.
        randomised: of how many of them chance drew the blocks of weeks: ratio and the season's shares rest on these.
        worthwhile: by which change a person of the cohort counts as helped or harmed, points.
        own: the season as the verdict has it.
        with_others: the same draws, weighed by what others' seasons teach.
        p_less_pain: P(season < 0) with others' seasons.
        verdict: what might be said with them; the answer's own verdict is `Effect.verdict`.
        effective_draws: how many independent draws are left after weighing; below 100 there is no verdict.
        week_shares, season_shares: of the cohort's people; None where it does not show them.
        like: those of them who have as much pain as the person; None where the cohort does not tell them apart.
    """

    month: str
    people: int | None
    randomised: int | None
    worthwhile: float
    own: Estimate
    with_others: Estimate
    p_less_pain: float
    verdict: Verdict
    effective_draws: float
    week_shares: PeopleShares
    season_shares: PeopleShares
    like: PeopleLike | None = None
