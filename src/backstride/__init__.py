"""I have back pain. Should I run? Asked of one's own records.

    from pathlib import Path
    from backstride import default_timezone, estimate, read_paths

    zone = default_timezone().zone
    records = read_paths([Path("my-diary")], zone=zone).records
    answer = estimate(records, zone=zone, seed=1)
    print(answer.week.verdict, answer.week.estimate.interval_95)

These names are the public API, described with examples in docs/python.md. Each is loaded when it is first used, so
that `import backstride` is quick; nothing inside the package imports from here.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from backstride.answer.answer import Answer, Doubt
    from backstride.answer.effect import Effect
    from backstride.answer.kinds import Check, Question, Verdict
    from backstride.core.check_in import CheckIn
    from backstride.core.clearance import Clearance
    from backstride.core.measurement import Measurement, MeasurementKind
    from backstride.core.records import CoveredSpan, Records
    from backstride.core.run import Activity, Run
    from backstride.core.scales import PainRating, Scale
    from backstride.diary.daily import daily_series
    from backstride.diary.series import DailySeries
    from backstride.errors import BackstrideError
    from backstride.runtime.timezone import default_timezone
    from backstride.services.ask import AskResult, ask
    from backstride.services.cohort import take_in
    from backstride.services.erase import erase
    from backstride.services.estimate import ModelFit, estimate, fit_model, read_cohort_prior
    from backstride.services.export import export_diary
    from backstride.services.import_files import ImportSummary, import_paths
    from backstride.services.load_records import load_records
    from backstride.services.many import Estimated, estimate_many
    from backstride.services.read_files import read_paths
    from backstride.services.screen import SafetyAnswers, screen
    from backstride.services.simulate import simulate

_WHERE = {
    "Activity": "core.run",
    "Answer": "answer.answer",
    "AskResult": "services.ask",
    "BackstrideError": "errors",
    "Check": "answer.kinds",
    "CheckIn": "core.check_in",
    "Clearance": "core.clearance",
    "CoveredSpan": "core.records",
    "DailySeries": "diary.series",
    "Doubt": "answer.answer",
    "Effect": "answer.effect",
    "Estimated": "services.many",
    "ImportSummary": "services.import_files",
    "Measurement": "core.measurement",
    "MeasurementKind": "core.measurement",
    "ModelFit": "services.estimate",
    "PainRating": "core.scales",
    "Question": "answer.kinds",
    "Records": "core.records",
    "Run": "core.run",
    "SafetyAnswers": "services.screen",
    "Scale": "core.scales",
    "Verdict": "answer.kinds",
    "ask": "services.ask",
    "daily_series": "diary.daily",
    "default_timezone": "runtime.timezone",
    "erase": "services.erase",
    "estimate": "services.estimate",
    "estimate_many": "services.many",
    "export_diary": "services.export",
    "fit_model": "services.estimate",
    "import_paths": "services.import_files",
    "load_records": "services.load_records",
    "read_cohort_prior": "services.estimate",
    "read_paths": "services.read_files",
    "screen": "services.screen",
    "simulate": "services.simulate",
    "take_in": "services.cohort",
}

__all__ = [
    "Activity",
    "Answer",
    "AskResult",
    "BackstrideError",
    "Check",
    "CheckIn",
    "Clearance",
    "CoveredSpan",
    "DailySeries",
    "Doubt",
    "Effect",
    "Estimated",
    "ImportSummary",
    "Measurement",
    "MeasurementKind",
    "ModelFit",
    "PainRating",
    "Question",
    "Records",
    "Run",
    "SafetyAnswers",
    "Scale",
    "Verdict",
    "ask",
    "daily_series",
    "default_timezone",
    "erase",
    "estimate",
    "estimate_many",
    "export_diary",
    "fit_model",
    "import_paths",
    "load_records",
    "read_cohort_prior",
    "read_paths",
    "screen",
    "simulate",
    "take_in",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Load a public name on first use."""
    if name not in _WHERE:
        raise AttributeError(f"module 'backstride' has no attribute {name!r}")
    return getattr(import_module(f"backstride.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    """List the public names."""
    return __all__
