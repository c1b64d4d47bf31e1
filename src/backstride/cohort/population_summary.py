"""What many diaries say together, in numbers: the fields of cohort.json and of its page."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

FORMAT = "backstride cohort 3"
"""3 has `joint`, `points` and `left`."""


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
        mean: over people, as chance-drawn diaries would have it; with room for what all of these may be off by.
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
class JointSpread:
    """How week and season go together over people whose blocks of weeks chance drew; posterior means, points.

    Attributes:
        week, season: of the centre.
        week_variance, covariance, season_variance: of the scale matrix of the t over people.
        freedom: degrees of freedom of the t; the harmonic mean of its draws.
        slope: season per point of week, as it is lent to one person's season, through the origin.
        correlation: between people.
    """

    week: float
    season: float
    week_variance: float
    covariance: float
    season_variance: float
    freedom: float
    slope: Spread
    correlation: Spread


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
        joint: week and season together; None where the season is not shown.
        points: (week, season) of each person behind `joint`, drawn towards the others; none in what is published.
        left: how many people went, by month; None where too few to show.
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
    joint: JointSpread | None
    points: Sequence[tuple[float, float]]
    left: Mapping[str, int | None]
    left_out_traits: Sequence[str]
    few_effective: int | None
    worthwhile: float
    seed: int
    least: int
