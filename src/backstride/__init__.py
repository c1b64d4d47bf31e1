"""I have back pain. Should I run? Asked of one's own records.

    from backstride import ask, default_timezone, read_paths

The front door: every name that other programs may lean on. Each is loaded when it is first used, so that
`import backstride` is quick; nobody inside backstride imports from here.
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from backstride.answer.answer import Answer, Question, Verdict
    from backstride.core.check_in import CheckIn
    from backstride.core.clearance import Clearance
    from backstride.core.measurement import Measurement, MeasurementKind
    from backstride.core.records import CoveredSpan, Records
    from backstride.core.run import Activity, Run
    from backstride.core.scales import PainRating, Scale
    from backstride.errors import BackstrideError
    from backstride.runtime.timezone import default_timezone
    from backstride.services.ask import AskResult, ask
    from backstride.services.erase import erase
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
    "CheckIn": "core.check_in",
    "Clearance": "core.clearance",
    "CoveredSpan": "core.records",
    "Estimated": "services.many",
    "ImportSummary": "services.import_files",
    "Measurement": "core.measurement",
    "MeasurementKind": "core.measurement",
    "PainRating": "core.scales",
    "Question": "answer.answer",
    "Records": "core.records",
    "Run": "core.run",
    "SafetyAnswers": "services.screen",
    "Scale": "core.scales",
    "Verdict": "answer.answer",
    "ask": "services.ask",
    "load_records": "services.load_records",
    "erase": "services.erase",
    "estimate_many": "services.many",
    "export_diary": "services.export",
    "default_timezone": "runtime.timezone",
    "import_paths": "services.import_files",
    "read_paths": "services.read_files",
    "screen": "services.screen",
    "simulate": "services.simulate",
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
