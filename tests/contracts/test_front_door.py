"""The names that other programs may lean on."""

import ast

import pytest

import backstride

from .source import PACKAGE, syntax

FRONT_DOOR = [
    "Activity", "Answer", "AskResult", "BackstrideError", "Check", "CheckIn", "Clearance", "CoveredSpan",
    "DailySeries", "Doubt", "Effect", "Estimated", "ImportSummary", "Measurement", "MeasurementKind",
    "ModelFit", "PainRating", "Question", "Records", "Run", "SafetyAnswers", "Scale", "Verdict", "ask",
    "daily_series", "default_timezone", "erase", "estimate", "estimate_many", "export_diary", "fit_model",
    "import_paths", "load_records", "read_cohort_prior", "read_paths", "screen", "simulate", "take_in",
]  # fmt: skip


def test_the_front_door_is_as_agreed():
    """A name comes or goes only on purpose: this list must change with it."""
    assert backstride.__all__ == sorted(FRONT_DOOR)


@pytest.mark.parametrize("name", FRONT_DOOR)
def test_every_name_opens(name):
    """Each name is the thing of that name."""
    thing = getattr(backstride, name)
    assert thing.__name__ == name


def test_type_checkers_see_the_same_names():
    """What is imported for type checkers is what is loaded on first use."""
    for_types = next(node for node in syntax(PACKAGE / "__init__.py").body if isinstance(node, ast.If))
    seen = {a.name: node.module.removeprefix("backstride.") for node in for_types.body for a in node.names}
    assert seen == backstride._WHERE


def test_a_name_that_is_not_there_is_an_attribute_error():
    """Asking for another name fails as in any module."""
    with pytest.raises(AttributeError, match="nobody"):
        _ = backstride.nobody


def test_the_door_lists_its_names():
    """dir() shows the front door and nothing else."""
    assert dir(backstride) == sorted(FRONT_DOOR)
