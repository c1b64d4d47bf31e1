"""One Delta as an answer holds it: numbers and names only."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from backstride.answer.kinds import Analysis, Hurdle, LookingBack, Opener, Question, TierLetter, Verdict


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
class Tier:
    """The evidence tier of one question and what it was read from.

    Attributes:
        rated_before_run: share of run days with a rating known to be earlier that day than the run.
        hours_to_run: median hours from the last such rating to the run; None where no run day has one.
        drawn_weeks: weeks, of the longest stretch, whose days were drawn by chance.
        weeks_drawn_in_all: the same over the whole diary.
        kept: share of the drawn runs or of the drawn rest of that stretch that was kept, the lesser.
        blocks: how many blocks of two weeks or more, for running or for rest, that stretch holds.
        looking_back: why the tier is no better than looking back; None where it is better.
    """

    letter: TierLetter
    rated_before_run: float
    hours_to_run: float | None
    drawn_weeks: float
    weeks_drawn_in_all: float
    kept: float | None
    blocks: int
    looking_back: LookingBack | None = None


@dataclass(frozen=True, slots=True)
class Reason:
    """Why there is no verdict.

    Attributes:
        hurdle: which rule stopped it.
        analysis: the row of the panel that stopped it; None where it was no row.
        numbers: what was found, by name.
        opened_by: what would open it, the one that tells most first.
    """

    hurdle: Hurdle
    analysis: Analysis | None = None
    numbers: Mapping[str, float] = field(default_factory=dict)
    opened_by: tuple[Opener, ...] = ()


@dataclass(frozen=True, slots=True)
class PanelRow:
    """One Delta under one analysis.

    Attributes:
        analysis: which.
        estimate: its posterior.
        p_less_pain: P(Delta < 0).
        p_clearly_less, p_clearly_more: P(Delta < -0.1) and P(Delta > 0.1).
        p_negligible: P(|Delta| < worthwhile).
        settled: whether its sampling settled.
    """

    analysis: Analysis
    estimate: Estimate
    p_less_pain: float
    p_clearly_less: float
    p_clearly_more: float
    p_negligible: float
    settled: bool


@dataclass(frozen=True, slots=True)
class Effect:
    """One Delta: its posterior, verdict, parts and prior lines. Negative means less pain with running.

    Attributes:
        question: which.
        estimate: the posterior of the main analysis.
        p_less_pain, p_more_pain: P(Delta < 0), P(Delta > 0).
        p_clearly_less, p_clearly_more: P(Delta < -0.1), P(Delta > 0.1).
        p_worthwhile_less, p_negligible, p_worthwhile_more: below, within and beyond the smallest worthwhile change.
        verdict: what may be said.
        too_small: whether the change is sure of its side, and too small to matter in 'main' and in 'data alone'.
        reason: why there is no verdict; None where there is one.
        tier: how good the record is at telling cause from coincidence, for this question.
        caused: whether the verdict may be said to come of running.
        panel: the analyses that were asked, 'main' first.
        data_share: how much of the answer is the person's own data.
        parts, priors: its parts, and the same Delta under other priors.
    """

    question: Question
    estimate: Estimate
    p_less_pain: float
    p_clearly_less: float
    p_worthwhile_less: float
    p_negligible: float
    p_more_pain: float
    p_clearly_more: float
    p_worthwhile_more: float
    verdict: Verdict
    too_small: bool
    reason: Reason | None
    tier: Tier
    caused: bool
    panel: tuple[PanelRow, ...]
    data_share: float
    parts: tuple[PathPart, ...]
    priors: tuple[PriorLine, ...]
