"""Every check of an answer but the sampler's, one after another."""

from collections.abc import Callable
from functools import partial

from backstride.answer.answer import Doubt
from backstride.answer.deltas import deltas
from backstride.answer.doubts.case import CheckContext, Totals, totals_of
from backstride.answer.doubts.decision_model import decision_model
from backstride.answer.doubts.dose_lag import dose_lag
from backstride.answer.doubts.missing_days import missing_days
from backstride.answer.doubts.natural_course import natural_course
from backstride.answer.doubts.paths import sample_paths
from backstride.answer.doubts.placebo import placebo
from backstride.answer.doubts.posterior_predictive import posterior_predictive
from backstride.answer.doubts.prior_sensitivity import prior_sensitivity
from backstride.answer.doubts.randomisation import randomisation
from backstride.answer.doubts.recorded_causes import recorded_causes
from backstride.answer.doubts.unmeasured_cause import unmeasured_cause
from backstride.answer.effect import Effect
from backstride.answer.effects import Fitted
from backstride.answer.kinds import Analysis
from backstride.answer.panel import Panel
from backstride.model.data import ModelData
from backstride.model.fit import Settings, fit
from backstride.model.priors import Priors

_DRAWS = 750

OnStage = Callable[[str, float], None]


def checks(panel: Panel, fitted: Fitted, effects: tuple[Effect, Effect], on_stage: OnStage) -> list[Doubt]:
    """Run every check; those that fit again do so only where there is a claim to judge.

    Args:
        panel: its rows are used where they were fitted already.
        fitted: the main analysis.
        effects: as they are told.
        on_stage: called with 'doubts' and the share that is done.
    """
    case = _case(panel, fitted, effects)
    paths = sample_paths(fitted.posterior, fitted.design.data)
    to_run: tuple[Callable[[CheckContext], Doubt], ...] = (
        randomisation,
        partial(placebo, paths=paths),
        natural_course,
        prior_sensitivity,
        dose_lag,
        partial(missing_days, paths=paths),
        partial(unmeasured_cause, paths=paths),
        recorded_causes,
        decision_model,
        posterior_predictive,
    )
    found = []
    for i, check in enumerate(to_run):
        on_stage("doubts", i / len(to_run))
        found.append(check(case))
    on_stage("doubts", 1.0)
    return found


def _case(panel: Panel, fitted: Fitted, effects: tuple[Effect, Effect]) -> CheckContext:
    def refit(priors: Priors, data: ModelData) -> Totals:
        settings = Settings(seed=fitted.posterior.settings.seed, warmup=400, draws=_DRAWS)
        return totals_of(deltas(fit(data, settings=settings, priors=priors), fitted.design))

    def under(analysis: Analysis) -> Totals:
        return {question: total.ravel() for question, total in panel.row(analysis).totals.items()}

    return CheckContext(
        fitted.design,
        fitted.posterior,
        fitted.deltas,
        fitted.views,
        tiers={effect.question: effect.tier.letter for effect in effects},
        said={effect.question: effect.verdict for effect in effects},
        worthwhile=panel.worthwhile,
        refit=refit,
        under=under,
    )
