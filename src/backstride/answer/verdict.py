"""The verdict on one Delta: a claim must hold under a panel of analyses, not under one posterior.

    helps            P(Delta < -0.1) >= 0.95 in main, and
                     P(Delta < -0.1) >= 0.90 in 'freer course' (the season), and
                     P(Delta < 0)    >= 0.90 in 'as drawn' (where eight weeks or more were drawn), and
                     P(Delta < 0)    >= 0.30 in 'latest half' (where that is eight weeks or more), and
                     P(Delta <= -w)  >= 0.5  in main; without the last it 'helps a little', and that is
                     too small to matter where P(|Delta| < w) >= 0.9 in main and in 'data alone', and >= 0.5
                     in 'latest half'
    no difference    P(|Delta| < w) >= 0.9 in main and in 'data alone', and >= 0.5 in 'latest half', and neither
                     main nor the latest half is sure of a side
    harms            the mirror image
    can't tell yet   anything else

w is the smallest worthwhile change. Each threshold is passed only beyond its Monte Carlo error (`monte_carlo`). One
that the longest run leaves open is taken for passed and for missed; where that changes what is said, nothing is said.
"""

from collections.abc import Callable
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from backstride.answer.kinds import Analysis, Hurdle, Question, Verdict
from backstride.answer.monte_carlo import Passed
from backstride.model.arrays import Floats

CLEAR_POINTS = 0.1
"""A change of less than this is on no side, points."""
SURE_CHANCE = 0.95
SURE_IN_PANEL = 0.90
AS_LIKELY_AS_NOT = 0.5
NEGLIGIBLE = 0.90
NOT_REVERSED = 0.30
"""What the latest half must leave to the side that is claimed: half of the days are sure of little by themselves."""


class Event(StrEnum):
    """What a draw of Delta may show."""

    LESS = "less"
    CLEARLY_LESS = "clearly less"
    WORTHWHILE_LESS = "worthwhile, less"
    NEGLIGIBLE = "too small to matter"
    WORTHWHILE_MORE = "worthwhile, more"
    CLEARLY_MORE = "clearly more"
    MORE = "more"


def happens(event: Event, delta: Floats, worthwhile: float) -> NDArray[np.bool_]:
    """Return which draws show it.

    Args:
        event: which.
        delta: draws of the effect, points.
        worthwhile: smallest worthwhile change, points.
    """
    match event:
        case Event.LESS:
            return delta < 0.0
        case Event.CLEARLY_LESS:
            return delta < -CLEAR_POINTS
        case Event.WORTHWHILE_LESS:
            return delta <= -worthwhile
        case Event.NEGLIGIBLE:
            return np.abs(delta) < worthwhile
        case Event.WORTHWHILE_MORE:
            return delta >= worthwhile
        case Event.CLEARLY_MORE:
            return delta > CLEAR_POINTS
        case Event.MORE:
            return delta > 0.0


class Side(NamedTuple):
    """The events and the claims of one side of 0."""

    any: Event
    clearly: Event
    worthwhile: Event
    strong: Verdict
    little: Verdict


LESS = Side(Event.LESS, Event.CLEARLY_LESS, Event.WORTHWHILE_LESS, Verdict.HELPS, Verdict.HELPS_A_LITTLE)
MORE = Side(Event.MORE, Event.CLEARLY_MORE, Event.WORTHWHILE_MORE, Verdict.HARMS, Verdict.HARMS_A_LITTLE)


def direction(verdict: Verdict) -> int:
    """Return -1 of 'helps' in any form, 1 of 'harms', 0 of anything else."""
    return {LESS.strong: -1, LESS.little: -1, MORE.strong: 1, MORE.little: 1}.get(verdict, 0)


def threshold(analysis: Analysis, event: Event) -> float:
    """Return the probability that `event` must reach under `analysis`."""
    if analysis is Analysis.LATEST_HALF and event is Event.NEGLIGIBLE:
        return AS_LIKELY_AS_NOT
    if analysis is Analysis.LATEST_HALF and event in (Event.LESS, Event.MORE):
        return NOT_REVERSED
    if event is Event.NEGLIGIBLE:
        return NEGLIGIBLE
    if event in (Event.WORTHWHILE_LESS, Event.WORTHWHILE_MORE):
        return AS_LIKELY_AS_NOT
    return SURE_CHANCE if analysis in (Analysis.MAIN, Analysis.LATEST_HALF) else SURE_IN_PANEL


class Ruling(NamedTuple):
    """What may be said, and the rule that stopped it where nothing may.

    Attributes:
        verdict: of the claims, or 'can't tell yet'.
        too_small: whether a claim of 'a little' is too small to matter.
        hurdle, analysis, event: why nothing may be said, where, and of which event; None where something may.
    """

    verdict: Verdict
    too_small: bool = False
    hurdle: Hurdle | None = None
    analysis: Analysis | None = None
    event: Event | None = None


Passes = Callable[[Analysis, Event], bool]
Asks = Callable[[Analysis, Event], Passed]


def rule(passes: Passes, *, question: Question, is_drawn: bool, has_halves: bool = False) -> Ruling:
    """Apply the verdict's rule, asking for each threshold only where it can change the result.

    Args:
        passes: whether an event's probability passes its threshold under an analysis.
        question: week or season.
        is_drawn: whether enough was drawn by chance for an analysis by intention to treat.
        has_halves: whether the latest half of the records is enough for an analysis of its own.
    """
    for side in (LESS, MORE):
        # at most one side can pass: the thresholds of both are above one half
        if passes(Analysis.MAIN, side.clearly):
            return _of_side(side, passes, question=question, is_drawn=is_drawn, has_halves=has_halves)
    if not passes(Analysis.MAIN, Event.NEGLIGIBLE):
        return Ruling(Verdict.CANNOT_TELL, hurdle=Hurdle.BOTH_WAYS)
    # a narrow prior finds 'no difference' by itself, so the records must find it without one
    if not passes(Analysis.DATA_ALONE, Event.NEGLIGIBLE):
        return _stopped(Hurdle.PRIOR_ALONE, Analysis.DATA_ALONE, Event.NEGLIGIBLE)
    if has_halves:
        against = _against_no_difference(passes)
        if against is not None:
            return _stopped(Hurdle.DISAGREE, Analysis.LATEST_HALF, against)
    return Ruling(Verdict.NO_DIFFERENCE)


def _against_no_difference(passes: Passes) -> Event | None:
    """Return what the latest half shows against a claim of no difference; None where nothing is."""
    if not passes(Analysis.LATEST_HALF, Event.NEGLIGIBLE):
        return Event.NEGLIGIBLE
    return next((side.clearly for side in (LESS, MORE) if passes(Analysis.LATEST_HALF, side.clearly)), None)


def _of_side(side: Side, passes: Passes, *, question: Question, is_drawn: bool, has_halves: bool) -> Ruling:
    # a week is compared with other weeks of the same months, so only a season can be a natural course
    asked = [(Analysis.FREER, side.clearly)] if question is Question.SEASON else []
    # the draw is the only analysis that needs no model of the decision; it is noisy, so only the side must agree
    asked += [(Analysis.AS_DRAWN, side.any)] if is_drawn else []
    asked += [(Analysis.LATEST_HALF, side.any)] if has_halves else []
    for analysis, event in asked:
        if not passes(analysis, event):
            return _stopped(Hurdle.DISAGREE, analysis, event)
    if passes(Analysis.MAIN, side.worthwhile):
        return Ruling(side.strong)
    # 'a little' can be sure and still lie below what is worth the effort; that is said beside it
    rows = [Analysis.MAIN, Analysis.DATA_ALONE, *([Analysis.LATEST_HALF] if has_halves else [])]
    return Ruling(side.little, too_small=all(passes(row, Event.NEGLIGIBLE) for row in rows))


def _stopped(hurdle: Hurdle, analysis: Analysis, event: Event) -> Ruling:
    return Ruling(Verdict.CANNOT_TELL, hurdle=hurdle, analysis=analysis, event=event)


Threshold = tuple[Analysis, Event]


class Rulings(NamedTuple):
    """The rule under Monte Carlo error.

    Attributes:
        possible: what would be said for every way in which the open thresholds may fall, the last of them with all
            missed.
        still_open: the thresholds that were left open, in the order in which they were asked for.
    """

    possible: tuple[Ruling, ...]
    still_open: tuple[Threshold, ...]

    @property
    def agree(self) -> bool:
        """Whether the same is said whatever more draws would show."""
        return len({(ruling.verdict, ruling.too_small) for ruling in self.possible}) == 1

    @property
    def final(self) -> Ruling:
        """What may be said of draws that cannot be added to.

        A side that stands every way is told in its weakest form; else what is said depends on an open threshold.
        """
        all_missed, ways = self.possible[-1], {direction(ruling.verdict) for ruling in self.possible}
        if self.agree or (len(ways) == 1 and 0 not in ways):
            return all_missed
        return _stopped(Hurdle.THRESHOLD, *self.still_open[0])


def rulings_of(asks: Asks, *, question: Question, is_drawn: bool, has_halves: bool = False) -> Rulings:
    """Apply the rule to every combination of open thresholds, each as passed and as missed.

    All passed against all missed would not do: some thresholds speak for a claim and others against it, so that both
    ends can say the same where more draws would say something else.

    Args:
        asks: whether an event's probability passes under an analysis, or more draws must tell.
        question: week or season.
        is_drawn: whether chance drew the days.
        has_halves: whether the halves of the diary are compared, too.
    """
    found: dict[Threshold, Passed] = {}
    possible: list[Ruling] = []

    def explore(taken: dict[Threshold, bool]) -> None:
        """Follow the rule from `taken` on with what else is open passed, then with each of that missed in turn."""
        opened: list[Threshold] = []

        def passes(*threshold: *Threshold) -> bool:
            if threshold not in found:
                found[threshold] = asks(*threshold)
            if found[threshold] is not Passed.OPEN:
                return found[threshold] is Passed.YES
            if threshold not in taken and threshold not in opened:
                opened.append(threshold)
            return taken.get(threshold, True)

        possible.append(rule(passes, question=question, is_drawn=is_drawn, has_halves=has_halves))
        # each branch fixes one more open threshold, so every combination is met once and 'all missed' comes last
        for i in reversed(range(len(opened))):
            explore(taken | dict.fromkeys(opened[:i], True) | {opened[i]: False})

    explore({})
    still_open = tuple(threshold for threshold, passed in found.items() if passed is Passed.OPEN)
    return Rulings(tuple(possible), still_open)


class Chances(NamedTuple):
    """What a posterior says of a Delta; w is the smallest worthwhile change."""

    less: float
    clearly_less: float
    worthwhile_less: float
    negligible: float
    worthwhile_more: float
    clearly_more: float
    more: float


def chances(delta: Floats, weights: Floats, worthwhile: float) -> Chances:
    """Return P(Delta < 0), P(Delta < -0.1), P(Delta <= -w), P(|Delta| < w) and their mirror images; weights sum to 1.

    Args:
        delta: (S,) draws of the effect, points.
        weights: (S,) of the draws.
        worthwhile: smallest worthwhile change, points.
    """
    return Chances(*(float(np.sum(weights[happens(event, delta, worthwhile)])) for event in Event))


def verdict_of_one(c: Chances) -> tuple[Verdict, bool]:
    """Return the verdict of one posterior alone, and whether a small effect is too small to matter.

    Returns:
        The verdict, and whether the effect is too small to matter.
    """
    likely = dict(zip(Event, c, strict=True))
    found = rule(
        lambda analysis, event: analysis is not Analysis.MAIN or likely[event] >= threshold(analysis, event),
        question=Question.WEEK,
        is_drawn=False,
    )
    return found.verdict, found.too_small
