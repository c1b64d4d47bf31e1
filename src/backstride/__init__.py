"""I have back pain. Should I run? Asked of one's own records.

    from backstride import ask, default_timezone, read_paths

The front door: every name that other programs may lean on. Each is loaded when it is first used, so that
`import backstride` is quick; nobody inside backstride imports from here.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from backstride.actions.ask import AskResult, ask
    from backstride.actions.erase import erase
    from backstride.actions.export import export_diary
    from backstride.actions.import_files import ImportSummary, import_paths
    from backstride.actions.load_records import load_records
    from backstride.actions.many import Estimated, estimate_many
    from backstride.actions.read_files import read_paths
    from backstride.actions.screen import SafetyAnswers, screen
    from backstride.actions.simulate import simulate
    from backstride.actions.timezone import default_timezone
    from backstride.answer.answer import Answer, Question, Verdict
    from backstride.core.check_in import CheckIn
    from backstride.core.clearance import Clearance
    from backstride.core.measurement import Measurement, MeasurementKind
    from backstride.core.records import CoveredSpan, Records
    from backstride.core.run import Activity, Run
    from backstride.core.scales import PainRating, Scale
    from backstride.errors import BackstrideError

_WHERE = {
    "Activity": "core.run",
    "Answer": "answer.answer",
    "AskResult": "actions.ask",
    "BackstrideError": "errors",
    "CheckIn": "core.check_in",
    "Clearance": "core.clearance",
    "CoveredSpan": "core.records",
    "Estimated": "actions.many",
    "ImportSummary": "actions.import_files",
    "Measurement": "core.measurement",
    "MeasurementKind": "core.measurement",
    "PainRating": "core.scales",
    "Question": "answer.answer",
    "Records": "core.records",
    "Run": "core.run",
    "SafetyAnswers": "actions.screen",
    "Scale": "core.scales",
    "Verdict": "answer.answer",
    "ask": "actions.ask",
    "load_records": "actions.load_records",
    "erase": "actions.erase",
    "estimate_many": "actions.many",
    "export_diary": "actions.export",
    "default_timezone": "actions.timezone",
    "import_paths": "actions.import_files",
    "read_paths": "actions.read_files",
    "screen": "actions.screen",
    "simulate": "actions.simulate",
}

__all__ = [
    "Activity",
    "Answer",
    "AskResult",
    "BackstrideError",
    "CheckIn",
    "Clearance",
    "CoveredSpan",
    "Estimated",
    "ImportSummary",
    "Measurement",
    "MeasurementKind",
    "PainRating",
    "Question",
    "Records",
    "Run",
    "SafetyAnswers",
    "Scale",
    "Verdict",
    "ask",
    "default_timezone",
    "erase",
    "estimate_many",
    "export_diary",
    "import_paths",
    "load_records",
    "read_paths",
    "screen",
    "simulate",
]


def __getattr__(name: str) -> Any:  # noqa: ANN401 - whatever the name stands for
    """Load a name of the front door on first use."""
    if name not in _WHERE:
        raise AttributeError(f"module 'backstride' has no attribute {name!r}")
    return getattr(import_module(f"backstride.{_WHERE[name]}"), name)


def __dir__() -> list[str]:
    """The names of the front door."""
    return __all__
