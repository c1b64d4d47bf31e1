"""What an answer holds. Numbers and names only: the words are the report's."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from backstride.answer.cohort_line import CohortLine
from backstride.answer.effect import Effect, Estimate, Tier
from backstride.answer.kinds import DoubtResult, Question

VERSION = 9
"""Raised whenever the same records may be answered otherwise; what an earlier one answered is worked out again."""

FORMAT = f"backstride answer {VERSION}"
"""What a file of numbers calls itself."""


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
class RiseChance:
    """The chance that the next morning's rating is higher by 2 or more (0 to 1)."""

    after_run: Estimate
    after_rest: Estimate


@dataclass(frozen=True, slots=True)
class Gate:
    """Whether running and time can be told apart, so that a season can be spoken of.

    Attributes:
        ramp: R2 of the chronic load on (1, t, t^2) over the diary.
        lowest, highest: the least and the largest 14-day mean load, in shares of the person's own mean.
        is_open: whether both rules of the gate let it through.
    """

    ramp: float
    lowest: float
    highest: float
    is_open: bool


@dataclass(frozen=True, slots=True)
class Doubt:
    """One check.

    Attributes:
        name: which, as `Check` names it.
        result: pass, fail, only informs, or not run.
        numbers: what it found, by name; the report puts them into words.
    """

    name: str
    result: DoubtResult
    numbers: Mapping[str, float] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DaysNeeded:
    """Further days until a verdict is as likely as not, or None where a design gives none within the horizon.

    Attributes:
        own_days: going on as now.
        days_drawn: with three run days a week drawn by chance.
        weeks_drawn: with weeks of running and of rest drawn in pairs.
        two_week_blocks, four_week_blocks: with blocks of so many weeks of running and of rest drawn.
        horizon: how far ahead was looked, in days.
    """

    question: Question
    own_days: int | None
    days_drawn: int | None
    weeks_drawn: int | None
    two_week_blocks: int | None
    four_week_blocks: int | None
    horizon: int


@dataclass(frozen=True, slots=True)
class Diagnostics:
    """How well the sampler did, for both Deltas; travels with every answer.

    Attributes:
        seed, chains, draws_a_chain, warmup: as sampled; draws without the warm-up.
        rhat, ess_bulk, ess_tail: rank-normalised split R-hat and effective sample sizes of each effect.
        sampling_seconds: wall time of the main analysis.
        versions: of Python, backstride and the numeric packages; another version may give other draws for one seed.
    """

    seed: int
    chains: int
    draws_a_chain: int
    warmup: int
    rhat: Mapping[Question, float]
    ess_bulk: Mapping[Question, float]
    ess_tail: Mapping[Question, float]
    sampling_seconds: float
    versions: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class DayPoint:
    """One day for the day strip; None where it is missing."""

    day: date
    pain: float | None
    run_minutes: float | None
    drawn_to_run: bool | None


@dataclass(frozen=True, slots=True)
class Facts:
    """What the answer rests on; `minutes_power` is the power of its minutes by which a run counts.

    `longest_break` is the most days on end that are known to have no run; None in answers from before it was kept.
    `run_days_of_unknown_length` are days with a run whose length nobody said, or is in doubt.
    """

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
    check_ins_left_out: int = 0
    minutes_power: float = 1.0
    longest_break: int | None = None
    run_days_of_unknown_length: int = 0


@dataclass(frozen=True, slots=True)
class Truth:
    """The truth about a simulated person, to print beside the answer."""

    delta_week: float
    delta_season: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The whole answer for one person."""

    facts: Facts
    gate: Gate
    week: Effect
    season: Effect
    dose: tuple[DosePoint, ...]
    lags: tuple[LagPoint, ...]
    flare: RiseChance  # the key of the answer's JSON; it is a rise, no episode
    doubts: tuple[Doubt, ...]
    days_needed: tuple[DaysNeeded, ...]
    diagnostics: Diagnostics
    days: tuple[DayPoint, ...]
    truth: Truth | None = None
    cohort: CohortLine | None = None

    @property
    def tier(self) -> Tier:
        """The tier of the week."""
        return self.week.tier

    @property
    def effects(self) -> tuple[Effect, Effect]:
        """Both effects, the week first."""
        return self.week, self.season
