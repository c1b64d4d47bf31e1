"""What the report for a clinician takes from the kept answer, and how that answer stands to the diary."""

from dataclasses import dataclass
from datetime import date

from backstride.answer.kinds import DoubtResult, LookingBack, Question, TierLetter, Verdict


@dataclass(frozen=True, slots=True)
class ReportedEffect:
    """One of the two questions as it was answered; differences of pain with running, points on 0-10.

    Attributes:
        question, verdict: which, and what may be said.
        hurdle: why there is no verdict; empty where there is one.
        too_small: whether the change is sure of its side and too small to matter.
        caused: whether it may be said to come of running.
        mean: the posterior mean; None where it is not known.
        p_less_pain: the probability of less pain with running; None where it is not known.
        interval_80, interval_95: central intervals; None where they are not known.
        left_open: the widest 95 % interval of all analyses that were asked; None where one is not known.
        tier: how good the record is at telling cause from coincidence.
        rated_before_run: the share of run days with a rating from before the run.
        hours_to_run: from that rating to the run, the median; None where it is not known.
        looking_back: why the tier is no better than looking back; None where it is better.
        drawn_weeks: weeks whose days chance drew.
        data_share: how much of the answer is the person's own data; None where it is not known.
    """

    question: Question
    verdict: Verdict
    hurdle: str
    too_small: bool
    caused: bool
    mean: float | None
    p_less_pain: float | None
    interval_80: tuple[float, float] | None
    interval_95: tuple[float, float] | None
    left_open: tuple[float, float] | None
    tier: TierLetter
    rated_before_run: float
    hours_to_run: float | None
    looking_back: LookingBack | None
    drawn_weeks: float
    data_share: float | None


@dataclass(frozen=True, slots=True)
class ReportedAnswer:
    """What is taken from the kept answer.

    Attributes:
        first_day, last_day, check_ins, run_days: the records that it rests on.
        worthwhile: the smallest change that counts as worthwhile, points.
        week, season: both questions.
        doubts: each check by name, with what came of it.
    """

    first_day: date
    last_day: date
    check_ins: int
    run_days: int
    worthwhile: float
    week: ReportedEffect
    season: ReportedEffect
    doubts: tuple[tuple[str, DoubtResult], ...]

    @property
    def has_numbers(self) -> bool:
        """Whether anything was worked out that a check could put in doubt."""
        return any(effect.verdict is not Verdict.TOO_FEW_RUNS for effect in (self.week, self.season))


@dataclass(frozen=True, slots=True)
class Answered:
    """How it stands with the answer.

    Attributes:
        answer: the kept answer; None where there is none, or it does not fit the diary any more.
        is_current: whether it is of the records as they are.
        problem: in English, why there is none; empty where there is one, or it is still to come.
        left_out: the kept answer, where it does not fit the diary any more.
    """

    answer: ReportedAnswer | None
    is_current: bool
    problem: str
    left_out: ReportedAnswer | None = None
