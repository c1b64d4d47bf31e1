"""What an answer holds. Numbers and names only: the words are the report's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum


class Verdict(StrEnum):
    """What may be said of one Delta."""

    HELPS = "helps"
    HELPS_A_LITTLE = "helps a little"
    NO_DIFFERENCE = "makes no difference that matters"
    HARMS_A_LITTLE = "harms a little"
    HARMS = "harms"
    CANNOT_TELL = "can't tell yet"
    TOO_FEW_RUNS = "too few runs"


class Question(StrEnum):
    """The two questions."""

    WEEK = "week"
    SEASON = "season"


class TierLetter(StrEnum):
    """How good the record is at telling cause from company."""

    RANDOMISED = "A"
    MORNING_FIRST = "B"
    LOOKING_BACK = "C"


class DoubtResult(StrEnum):
    """What became of one check."""

    PASS = "pass"  # noqa: S105 - not a password
    FAIL = "fail"
    INFORMS = "only informs"
    NOT_RUN = "not run"


@dataclass(frozen=True, slots=True)
class Estimate:
    """A posterior in numbers, in the unit of its quantity.

    Attributes:
        mean, sd: posterior mean and standard deviation.
        interval_50, interval_80, interval_95: central intervals.
        dots: 20 quantiles at (i + 1/2) / 20, for the quantile dotplot.
    """

    mean: float
    sd: float
    interval_50: tuple[float, float]
    interval_80: tuple[float, float]
    interval_95: tuple[float, float]
    dots: tuple[float, ...]


@dataclass(frozen=True, slots=True)
class PriorLine:
    """The same Delta seen with another prior ('neutral', 'trials', 'sceptic').

    Attributes:
        prior_mean, prior_sd: that prior, in points.
        effective_draws: how many independent draws the reweighting left; few means: do not lean on it.
    """

    name: str
    prior_mean: float
    prior_sd: float
    estimate: Estimate
    p_less_pain: float
    verdict: Verdict
    effective_draws: float


@dataclass(frozen=True, slots=True)
class PathPart:
    """One part of a Delta; the parts add up to it, draw by draw.

    Attributes:
        name: 'next day', 'habit', or the pathway's name.
        estimate: points of the rating (the part's share of Delta); None where it was not measured enough.
        data_share: how much of this part's answer is the person's own data: 1 - posterior variance / prior
            variance, between 0 and 1.
        measurements: how many values there are; at least 5 are needed for a pathway.
    """

    name: str
    estimate: Estimate | None
    data_share: float
    measurements: int


@dataclass(frozen=True, slots=True)
class Effect:
    """One Delta: its posterior, verdict, parts and prior lines. Negative means less pain with running."""

    question: Question
    estimate: Estimate
    p_less_pain: float
    p_worthwhile_less: float
    p_negligible: float
    p_more_pain: float
    p_worthwhile_more: float
    verdict: Verdict
    also_no_difference: bool
    data_share: float
    parts: tuple[PathPart, ...]
    priors: tuple[PriorLine, ...]


@dataclass(frozen=True, slots=True)
class DosePoint:
    """Both Deltas if the person ran `weekly_minutes`, spread over the week as usual."""

    weekly_minutes: float
    week: Estimate
    season: Estimate


@dataclass(frozen=True, slots=True)
class LagPoint:
    """Pain on the `lag`-th morning after one 30-minute run, against after a rest; points of the rating."""

    lag: int
    estimate: Estimate


@dataclass(frozen=True, slots=True)
class FlareChance:
    """The chance that the next morning's rating is higher by 2 or more (0 to 1)."""

    after_run: Estimate
    after_rest: Estimate


@dataclass(frozen=True, slots=True)
class Tier:
    """The evidence tier and what it was read from.

    Attributes:
        rated_before_run: share of run days with a rating earlier that day than the run.
        drawn_weeks: weeks, of the latest stretch, whose days were drawn by chance.
        kept: share of drawn days on which the draw was kept.
    """

    letter: TierLetter
    rated_before_run: float
    drawn_weeks: float
    kept: float | None


@dataclass(frozen=True, slots=True)
class Doubt:
    """One check.

    Attributes:
        number, name: as in the list of doubts.
        result: pass, fail, only informs, or not run.
        numbers: what it found, by name; the report puts them into words.
    """

    number: int
    name: str
    result: DoubtResult
    numbers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DaysNeeded:
    """Further days until a verdict is as likely as not, or None beyond the horizon.

    Attributes:
        own_days: going on as now.
        days_drawn: with three run days a week drawn by chance.
        weeks_drawn: with weeks of running and of rest drawn in pairs.
        horizon: how far ahead was looked, in days.
    """

    question: Question
    own_days: int | None
    days_drawn: int | None
    weeks_drawn: int | None
    horizon: int


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """How well the sampler did, for both Deltas; travels with every answer."""

    seed: int
    chains: int
    draws_a_chain: int
    warmup: int
    rhat: Mapping[Question, float]
    ess_bulk: Mapping[Question, float]
    ess_tail: Mapping[Question, float]
    failed_draws: int
    sampling_seconds: float


@dataclass(frozen=True, slots=True)
class DayPoint:
    """One day for the day strip; None where it is missing."""

    day: date
    pain: float | None
    run_minutes: float | None
    drawn_to_run: bool | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the answer rests on."""

    first_day: date
    last_day: date
    check_ins: int
    run_days: int
    missing_check_ins: int
    missing_run_days: int
    usual_weekly_minutes: float
    usual_run_days_a_week: float
    most_weekly_minutes: float
    usual_pain: float
    worthwhile: float


@dataclass(frozen=True, slots=True)
class Truth:
    """The truth about a made-up person, to print beside the answer."""

    delta_week: float
    delta_season: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer for one person."""

    facts: Facts
    tier: Tier
    week: Effect
    season: Effect
    dose: tuple[DosePoint, ...]
    lags: tuple[LagPoint, ...]
    flare: FlareChance
    doubts: tuple[Doubt, ...]
    days_needed: tuple[DaysNeeded, ...]
    diagnostics: Diagnostics
    days: tuple[DayPoint, ...]
    truth: Truth | None = None

    @property
    def effects(self) -> tuple[Effect, Effect]:
        """Both effects, the week first."""
        return self.week, self.season
