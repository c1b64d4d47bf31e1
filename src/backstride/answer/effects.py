"""From a panel and what may be said to the two effects of an answer."""

from dataclasses import replace
from typing import NamedTuple

import numpy as np

from backstride.answer.deltas import Delta, deltas, views
from backstride.answer.design import Design
from backstride.answer.effect import Effect, PanelRow, PathPart, PriorLine, Tier
from backstride.answer.kinds import Analysis, Hurdle, Question, Verdict
from backstride.answer.other_priors import MIN_ESS, ReweightedPosterior
from backstride.answer.panel import Panel, Row
from backstride.answer.rulings import Said, caused
from backstride.answer.summary import data_share, estimate
from backstride.answer.verdict import Chances, chances, verdict_of_one
from backstride.model.data import PATHWAYS
from backstride.model.fit import Posterior


class Fitted(NamedTuple):
    """The main fit of one person, from which every number of the answer is read."""

    design: Design
    posterior: Posterior
    deltas: dict[Question, Delta]
    views: tuple[ReweightedPosterior, ...]


def fitted_of(panel: Panel) -> Fitted:
    """Return the main analysis, with both effects under posterior and prior."""
    row = panel.row(Analysis.MAIN)
    posterior = row.posterior
    both = deltas(posterior, panel.design, known=row.contrasts)
    return Fitted(panel.design, posterior, both, views(both, panel.design.usual_dose))


def effect_of(question: Question, fitted: Fitted, said: Said, tier: Tier, panel: Panel) -> Effect:
    """Summarise one Delta, as it may be told.

    Args:
        question: week or season.
        fitted: the main analysis.
        said: its verdict.
        tier: evidence tier of the question.
        panel: all analyses.
    """
    found = fitted.deltas[question]
    total = found.posterior.total
    c = chances(total, _equal(len(total)), panel.worthwhile)
    return Effect(
        question=question,
        estimate=estimate(total),
        p_less_pain=c.less,
        p_clearly_less=c.clearly_less,
        p_worthwhile_less=c.worthwhile_less,
        p_negligible=c.negligible,
        p_more_pain=c.more,
        p_clearly_more=c.clearly_more,
        p_worthwhile_more=c.worthwhile_more,
        verdict=said.verdict,
        too_small=said.too_small,
        reason=said.reason,
        tier=tier,
        caused=caused(said.verdict, question, tier, panel, seed=fitted.posterior.settings.seed),
        panel=_rows(question, panel),
        data_share=data_share(total, found.prior.total),
        parts=_parts(found, fitted.design),
        priors=_prior_lines(question, fitted, said, panel.worthwhile),
    )


def with_all_rows(effect: Effect, panel: Panel) -> Effect:
    """Return the effect with every panel row fitted since, including those that only inform."""
    return replace(effect, panel=_rows(effect.question, panel))


def _rows(question: Question, panel: Panel) -> tuple[PanelRow, ...]:
    return tuple(panel_row(row, question, panel.worthwhile) for row in panel.rows)


def panel_row(row: Row, question: Question, worthwhile: float) -> PanelRow:
    """Summarise one Delta under one analysis.

    Args:
        row: one analysis.
        question: week or season.
        worthwhile: smallest worthwhile change, points.
    """
    total = row.totals[question].ravel()
    c = chances(total, _equal(len(total)), worthwhile)
    return PanelRow(
        analysis=row.analysis,
        estimate=estimate(total),
        p_less_pain=c.less,
        p_clearly_less=c.clearly_less,
        p_clearly_more=c.clearly_more,
        p_negligible=c.negligible,
        settled=row.is_settled(question),
    )


def _equal(count: int) -> np.ndarray[tuple[int], np.dtype[np.float64]]:
    return np.full(count, 1.0 / count)


def _parts(found: Delta, ready: Design) -> tuple[PathPart, ...]:
    """Next day, habit, then all pathways in their own order, measured or not, then flares."""
    used = ["next day", "habit", *(PATHWAYS[k] for k in ready.data.pathway), "flares"]
    parts = []
    for name in ("next day", "habit", *PATHWAYS, "flares"):
        # a pathway that was not measured enough keeps its line, without a number: its effect is in the rest
        count = ready.counts.get(name, 0)
        if name not in used:
            parts.append(PathPart(name, None, 0.0, count))
            continue
        i = used.index(name)
        mine, before = found.posterior.parts[:, i], found.prior.parts[:, i]
        parts.append(PathPart(name, estimate(mine), data_share(mine, before), count))
    return tuple(parts)


def _prior_lines(question: Question, fitted: Fitted, said: Said, worthwhile: float) -> tuple[PriorLine, ...]:
    found = fitted.deltas[question]
    total, before = found.posterior.total, found.prior.total
    lines = [("neutral", float(before.mean()), float(before.std()), _equal(len(total)), float(len(total)))]
    for view in fitted.views:
        # moments of the effect's prior as the weights make it, for the line's own label
        mean = float(np.sum(view.implied * before))
        sd = float(np.sqrt(np.sum(view.implied * (before - mean) ** 2)))
        lines.append((view.prior.name, mean, sd, view.posterior, view.effective))
    out = []
    for name, mean, sd, w, left in lines:
        c = chances(total, w, worthwhile)
        fine = left >= MIN_ESS
        verdict = said.verdict if name == "neutral" else _of_line(c, said) if fine else Verdict.CANNOT_TELL
        out.append(PriorLine(name, mean, sd, estimate(total, w), c.less, verdict, left))
    return tuple(out)


_A_PRIOR_MAY_SETTLE = (Hurdle.BOTH_WAYS, Hurdle.PRIOR_ALONE)


def verdict_of_line(c: Chances, effect: Effect) -> Verdict:
    """Return the verdict of these chances beside an effect with its own: see `_of_line`."""
    return _of_line(c, Said(effect.verdict, effect.too_small, effect.reason))


def _of_line(c: Chances, said: Said) -> Verdict:
    """Return the verdict under another prior; none where record, gate, sampler or panel block the main one.

    'No difference' is never a prior's word alone: only where the main analysis may say it, too.
    """
    if said.verdict is Verdict.TOO_FEW_RUNS:
        return said.verdict
    if said.reason is not None and said.reason.hurdle not in _A_PRIOR_MAY_SETTLE:
        return Verdict.CANNOT_TELL
    verdict, _ = verdict_of_one(c)
    # a sceptic's prior would find 'no difference' in a diary of ten days
    alone = verdict is Verdict.NO_DIFFERENCE and said.verdict is not Verdict.NO_DIFFERENCE
    return Verdict.CANNOT_TELL if alone and not said.too_small else verdict
