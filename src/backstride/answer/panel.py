"""The panel of analyses: the same records under other assumptions, each fitted only where it can change what is said.

    main                the model as it is
    data alone          nearly flat priors on what the effect is made of
    no decision model   the decision to run takes no notice of pain
    freer course        a natural course of its own, beside the slow level
    as drawn            intention to treat on the drawn days alone: the dose is what chance drew, kept or not
    latest half         the latest half of the records alone

A row can be sampled on where its chains do not agree yet, or where a threshold lies within Monte Carlo error, at most
to the last of `DRAWS`.
"""

from collections.abc import Callable
from functools import cached_property
from typing import NamedTuple

from backstride.answer.deltas import extended
from backstride.answer.design import Design
from backstride.answer.doubts.paths import Paths, sample_paths
from backstride.answer.intention_to_treat import as_assigned
from backstride.answer.kinds import Analysis, Question
from backstride.answer.latest_half import latest_half
from backstride.answer.monte_carlo import WARY_STANDARD_ERRORS, Passed, share
from backstride.answer.person_priors import priors_for
from backstride.answer.settling import Health, health_of, nearly_settled, settled
from backstride.answer.verdict import Event, happens, threshold
from backstride.model.arrays import Floats
from backstride.model.effect import Contrast
from backstride.model.fit import Posterior, Sampling, Settings
from backstride.model.priors import Priors, flat_effect_priors, freer_course, without_decision

Progress = Callable[[float], None]

DRAWS = (500, 1500, 4000, 8000, 16000)
"""Draws a chain: more where the fewer did not settle."""
_WARMUP = 250

_PRIORS: dict[Analysis, Callable[[Priors], Priors]] = {
    Analysis.DATA_ALONE: flat_effect_priors,
    Analysis.NO_DECISION: without_decision,
    Analysis.FREER: freer_course,
}


class Row(NamedTuple):
    """One analysis as far as it has been sampled.

    Attributes:
        analysis: which.
        posterior: its draws.
        contrasts: each Delta of these draws.
        health: how well each Delta was sampled.
    """

    analysis: Analysis
    posterior: Posterior
    contrasts: dict[Question, Contrast]
    health: dict[Question, Health]

    @property
    def totals(self) -> dict[Question, Floats]:
        """(chains, n) draws of each Delta."""
        shape = self.posterior.draws.shape[:2]
        return {question: found.total.reshape(shape) for question, found in self.contrasts.items()}

    def is_settled(self, question: Question) -> bool:
        """Whether what is read from these draws may be leant on."""
        return settled(self.health[question])


class Panel:
    """The rows that were asked for so far."""

    def __init__(
        self, design: Design, *, seed: int, worthwhile: float, progress: Progress | None = None
    ) -> None:
        """Fit nothing yet.

        Args:
            design: one person's question.
            seed: of every row.
            worthwhile: smallest worthwhile change, points.
            progress: called with the share, 0 to 1, of a row that is sampled.
        """
        self.design = design
        # None where the half is too short to be asked alone
        self.latest_half = latest_half(design)
        self.worthwhile = worthwhile
        self._seed = seed
        self._progress = progress
        self._sampling: dict[Analysis, Sampling] = {}
        self._rows: dict[Analysis, Row] = {}

    @cached_property
    def paths(self) -> Paths:
        """Draws of felt pain day by day in the main analysis, taken once for all that reads them."""
        # only the row's priors and seed count, so a row that is sampled on later has the same paths
        return sample_paths(self.row(Analysis.MAIN).posterior, self.design.data)

    def finish_progress(self) -> None:
        """Report no progress of rows that are sampled from now on: the verdicts stand."""
        self._progress = None

    @property
    def rows(self) -> tuple[Row, ...]:
        """What has been fitted, in the panel's order."""
        return tuple(self._rows[analysis] for analysis in Analysis if analysis in self._rows)

    def totals_of(self, analysis: Analysis) -> dict[Question, Floats]:
        """Return the draws of each Delta where the analysis was fitted; nothing else."""
        return self._rows[analysis].totals if analysis in self._rows else {}

    def row(self, analysis: Analysis) -> Row:
        """Return the analysis, fitted with the fewest draws if it was not fitted yet.

        Raises:
            SamplerFailed: the engine met numbers it cannot work with.
        """
        if analysis not in self._rows:
            self._sample(analysis, DRAWS[0])
        return self._rows[analysis]

    def settle(self, analysis: Analysis, question: Question) -> Row:
        """Sample the analysis until the effect has settled or the maximum of draws is reached.

        Args:
            analysis: which row.
            question: whose effect must settle.
        """
        row = self.row(analysis)
        while not row.is_settled(question) and self.more(analysis):
            row = self._rows[analysis]
        return row

    def passes(self, analysis: Analysis, question: Question, event: Event) -> Passed:
        """Whether the event's probability passes its threshold, by the draws that there are.

        Args:
            analysis: which row.
            question: week or season.
            event: what must be likely enough.
        """
        row = self.row(analysis)
        draws, needed = row.totals[question], threshold(analysis, event)
        shown = happens(event, draws, self.worthwhile)
        if row.is_settled(question):
            return share(shown, draws).passes(needed)
        is_near = nearly_settled(row.health[question])
        if (analysis is Analysis.MAIN and not is_near) or row.posterior.settings.draws < DRAWS[-1]:
            return Passed.OPEN
        if is_near:
            together = share(shown, draws).passes(needed, WARY_STANDARD_ERRORS)
            if together is not Passed.OPEN:
                return together
        # chains that do not agree on the effect may still agree, each by itself, on which side of a threshold it lies
        each = {
            share(mine[None], chain[None]).passes(needed) for mine, chain in zip(shown, draws, strict=True)
        }
        return each.pop() if len(each) == 1 else Passed.OPEN

    def more(self, analysis: Analysis) -> bool:
        """Sample a row on to the next number of draws; False where there is none."""
        have = self.row(analysis).posterior.settings.draws
        # a fixed ladder: where sampling stops depends on the draws so far, never on how quick the machine is
        following = next((draws for draws in DRAWS if draws > have), None)
        if following is not None:
            self._sample(analysis, following)
        return following is not None

    def _design_of(self, analysis: Analysis) -> Design:
        if analysis is Analysis.AS_DRAWN:
            return as_assigned(self.design)
        return (self.latest_half if analysis is Analysis.LATEST_HALF else None) or self.design

    def _sample(self, analysis: Analysis, draws: int) -> None:
        design = self._design_of(analysis)
        if analysis not in self._sampling:
            priors = priors_for(design)
            if analysis in _PRIORS:
                priors = _PRIORS[analysis](priors)
            # one seed for every row: rows then differ by their assumptions, not by other random numbers
            settings = Settings(seed=self._seed, warmup=_WARMUP)
            self._sampling[analysis] = Sampling(design.data, settings=settings, priors=priors)
        posterior = self._sampling[analysis].until(draws, progress=self._progress)
        before = self._rows[analysis].contrasts if analysis in self._rows else {}
        contrasts = {q: extended(before.get(q), q, posterior, design) for q in Question}
        row = Row(analysis, posterior, contrasts, {})
        self._rows[analysis] = row._replace(health={q: health_of(total) for q, total in row.totals.items()})
