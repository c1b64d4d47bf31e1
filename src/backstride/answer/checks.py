"""The checks of an answer, by name."""

from collections.abc import Callable, Mapping

from backstride.answer.answer import Doubt
from backstride.answer.deltas import deltas
from backstride.answer.doubts.case import CheckContext, Totals, totals_of
from backstride.answer.doubts.decision_model import decision_model
from backstride.answer.doubts.dose_lag import dose_lag
from backstride.answer.doubts.missing_days import missing_days
from backstride.answer.doubts.natural_course import natural_course
from backstride.answer.doubts.placebo import placebo
from backstride.answer.doubts.posterior_predictive import posterior_predictive
from backstride.answer.doubts.prior_sensitivity import prior_sensitivity
from backstride.answer.doubts.randomisation import randomisation
from backstride.answer.doubts.recorded_causes import recorded_causes
from backstride.answer.doubts.sampler import diagnostics, sampler
from backstride.answer.doubts.unmeasured_cause import unmeasured_cause
from backstride.answer.effect import Effect
from backstride.answer.effects import Fitted
from backstride.answer.kinds import Analysis, Check
from backstride.answer.panel import Panel
from backstride.model.data import ModelData
from backstride.model.fit import Settings, fit
from backstride.model.priors import Priors

_DRAWS = 750

OnStage = Callable[[str, float], None]


def checks_by_name(
    panel: Panel, fitted: Fitted, effects: tuple[Effect, Effect]
) -> dict[Check, Callable[[], Doubt]]:
    """Prepare every check of an answer; each runs when it is called.

    Checks that fit the model again do so only where there is a claim to judge.

    Args:
        panel: its rows are used where they were fitted already.
        fitted: the main analysis.
        effects: week and season with their verdicts.

    Returns:
        The checks in the order of `Check`.
    """
    case = _case(panel, fitted, effects)
    return {
        Check.RANDOMISATION: lambda: randomisation(case),
        Check.PLACEBO: lambda: placebo(case, paths=panel.paths),
        Check.NATURAL_COURSE: lambda: natural_course(case),
        Check.PRIORS: lambda: prior_sensitivity(case),
        Check.DOSE_LAG: lambda: dose_lag(case),
        Check.MISSING_DAYS: lambda: missing_days(case, paths=panel.paths),
        Check.UNMEASURED_CAUSE: lambda: unmeasured_cause(case, paths=panel.paths),
        Check.RECORDED_CAUSES: lambda: recorded_causes(case),
        Check.DECISION_MODEL: lambda: decision_model(case),
        Check.POSTERIOR_PREDICTIVE: lambda: posterior_predictive(case),
        Check.SAMPLER: lambda: sampler(diagnostics(fitted.posterior, fitted.deltas)),
    }


def run_checks(checks: Mapping[Check, Callable[[], Doubt]], on_stage: OnStage) -> tuple[Doubt, ...]:
    """Run the checks one after another.

    Args:
        checks: as `checks_by_name` prepares them.
        on_stage: called with 'doubts' and the share that is done.
    """
    found = []
    for i, check in enumerate(checks.values()):
        on_stage("doubts", i / len(checks))
        found.append(check())
    on_stage("doubts", 1.0)
    return tuple(found)


def _case(panel: Panel, fitted: Fitted, effects: tuple[Effect, Effect]) -> CheckContext:
    def refit(priors: Priors, data: ModelData) -> Totals:
        # 3,000 draws in all: a refit is judged at 0.90, not at a far tail, and there are several of them
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
