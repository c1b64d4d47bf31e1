"""The columns of the table of answers: one row a person, every number with its meaning in docs/researchers.md."""

from collections.abc import Mapping
from typing import Any, Final, Literal

from backstride.answer.kinds import Check, Question

Kind = Literal["text", "number", "whole", "truth"]

_OF_A_QUESTION: Final[dict[str, Kind]] = {
    "tier": "text",
    "verdict": "text",
    "open_because": "text",
    "too_small": "truth",
    "caused": "truth",
    "mean": "number",
    "sd": "number",
    "low_50": "number",
    "high_50": "number",
    "low_80": "number",
    "high_80": "number",
    "low_95": "number",
    "high_95": "number",
    "p_less_pain": "number",
    "p_clearly_less": "number",
    "p_negligible": "number",
    "p_clearly_more": "number",
    "data_share": "number",
    "rhat": "number",
    "ess_bulk": "number",
    "standard_mean": "number",
    "standard_sd": "number",
}


def check_column(check: str) -> str:
    """Name the column that holds the result of a check."""
    return f"check_{check.replace(' ', '_')}"


NUMBERS: Final[dict[str, Kind]] = {
    "first_day": "text",
    "last_day": "text",
    "days": "whole",
    "check_ins": "whole",
    "run_days": "whole",
    "missing_check_ins": "whole",
    "missing_run_days": "whole",
    "usual_weekly_minutes": "number",
    "usual_pain": "number",
    "drawn_weeks": "number",
    "draw_kept": "number",
    "gate_is_open": "truth",
    "gate_ramp": "number",
    "gate_lowest": "number",
    "gate_highest": "number",
    **{f"{question.value}_{name}": kind for question in Question for name, kind in _OF_A_QUESTION.items()},
    **{check_column(check.value): "text" for check in Check},
    "pathways": "text",
    "sampling_seconds": "number",
}
"""What is worked out of one diary."""
VERSIONS: Final[dict[str, Kind]] = {
    "seed": "whole",
    "worthwhile": "number",
    "answer_version": "whole",
    "backstride_version": "text",
    "answer_code": "text",
    "numba_version": "text",
    "records": "text",
}
"""What it was worked out with, so that it can be worked out again."""
COLUMNS: Final[dict[str, Kind]] = {"id": "text", "error": "text", "left_out": "whole", **NUMBERS, **VERSIONS}
"""Every column of the table, in order, and its kind."""


def row_of(known: Mapping[str, Any]) -> dict[str, Any]:
    """Complete a row: what is not known is None, never zero."""
    assert set(known) <= set(COLUMNS), set(known) - set(COLUMNS)
    return {name: known.get(name) for name in COLUMNS}
