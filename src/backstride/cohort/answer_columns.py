"""An answer as columns of the table, and its two effects at the dose at which people are compared."""

import math
from typing import Any

import numpy as np
from numpy.typing import NDArray

from backstride.answer.ask import Verdicts
from backstride.answer.effect import Effect
from backstride.answer.effects import Fitted
from backstride.answer.kinds import Question, Verdict
from backstride.answer.other_priors import STANDARD_MINUTES
from backstride.cohort.columns import check_column
from backstride.diary.series import MINUTES_A_UNIT_OF_DOSE
from backstride.model.data import PATHWAYS

_OPEN = (Verdict.CANNOT_TELL, Verdict.TOO_FEW_RUNS)


def standard_draws(fitted: Fitted) -> NDArray[np.float64]:
    """(S, 2) draws of week and season at 90 minutes a week, before floor and ceiling, in points."""
    times = STANDARD_MINUTES / MINUTES_A_UNIT_OF_DOSE / 7.0 / fitted.design.usual_dose
    return times * np.column_stack([fitted.deltas[question].posterior.latent for question in Question])


def numbers_of(found: Verdicts, draws: NDArray[np.float64]) -> dict[str, Any]:
    """Build one person's row of the table, by column; what is not known is None.

    Args:
        found: both effects, with what they rest on.
        draws: (S, 2) both effects at the standard dose.
    """
    facts, gate = found.facts, found.gate
    out: dict[str, Any] = {
        "first_day": facts.first_day.isoformat(),
        "last_day": facts.last_day.isoformat(),
        "days": (facts.last_day - facts.first_day).days + 1,
        "check_ins": facts.check_ins,
        "run_days": facts.run_days,
        "missing_check_ins": facts.missing_check_ins,
        "missing_run_days": facts.missing_run_days,
        "usual_weekly_minutes": facts.usual_weekly_minutes,
        "usual_pain": facts.usual_pain,
        "drawn_weeks": found.week.tier.drawn_weeks,
        "draw_kept": found.week.tier.kept,
        "gate_is_open": gate.is_open,
        "gate_ramp": gate.ramp,
        "gate_lowest": gate.lowest,
        "gate_highest": gate.highest,
        "pathways": ", ".join(PATHWAYS[k] for k in fitted_pathways(found.fitted)),
        "sampling_seconds": found.diagnostics.sampling_seconds,
    }
    for i, effect in enumerate((found.week, found.season)):
        of_it = _of_effect(effect)
        of_it["rhat"] = found.diagnostics.rhat[effect.question]
        of_it["ess_bulk"] = found.diagnostics.ess_bulk[effect.question]
        if effect.verdict is not Verdict.TOO_FEW_RUNS:
            of_it |= {"standard_mean": float(draws[:, i].mean()), "standard_sd": float(draws[:, i].std())}
        out |= {f"{effect.question.value}_{name}": value for name, value in of_it.items()}
    out |= {check_column(doubt.name): doubt.result.value for doubt in found.doubts}
    return {name: _finite(value) for name, value in out.items()}


def fitted_pathways(fitted: Fitted) -> tuple[int, ...]:
    """Which of PATHWAYS the fit used, in its order."""
    return tuple(int(k) for k in fitted.design.data.pathway)


def _of_effect(effect: Effect) -> dict[str, Any]:
    """Verdict and numbers of one effect. Where there is no verdict it is missing, with the reason beside it.

    Where there are too few runs, the numbers would be those of the prior alone: they are missing, too.
    """
    is_open = effect.verdict in _OPEN
    said: dict[str, Any] = {
        "tier": effect.tier.letter.value,
        "verdict": None if is_open else effect.verdict.value,
        "open_because": effect.reason.hurdle.value if is_open and effect.reason is not None else None,
        "too_small": effect.too_small,
        "caused": None if is_open else effect.caused,
    }
    if effect.verdict is Verdict.TOO_FEW_RUNS:
        return said
    found = effect.estimate
    for share, (low, high) in (
        ("50", found.interval_50),
        ("80", found.interval_80),
        ("95", found.interval_95),
    ):
        said |= {f"low_{share}": low, f"high_{share}": high}
    return said | {
        "mean": found.mean,
        "sd": found.sd,
        "p_less_pain": effect.p_less_pain,
        "p_clearly_less": effect.p_clearly_less,
        "p_negligible": effect.p_negligible,
        "p_clearly_more": effect.p_clearly_more,
        "data_share": effect.data_share,
    }


def _finite(value: Any) -> Any:  # noqa: ANN401 - a cell
    if isinstance(value, np.generic):
        value = value.item()
    return None if isinstance(value, float) and not math.isfinite(value) else value
