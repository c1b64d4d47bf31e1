"""An answer of any version of the product, as plain numbers.

The first version had one tier for both questions, no reasons, and no panel; what differs is read here alone.
"""

from typing import Any

QUESTIONS = ("week", "season")
SAMPLER = "sampling did not settle"
_BY_QUESTION = ("verdict", "small", "tier", "caused", "why", "mean", "sd", "low", "high", "rhat")


def as_row(answer: Any) -> dict[str, Any]:  # noqa: ANN401 - of any version
    """Return the parts of an answer that the table needs, each by question.

    Args:
        answer: what `answer_question` gives, or anything that holds its `week` and its `season`.
    """
    row: dict[str, Any] = {name: {} for name in _BY_QUESTION}
    for question in QUESTIONS:
        for name, value in _told(answer, question).items():
            row[name][question] = value
    return row | {"settled": _settled(answer, row)}


def _told(answer: Any, question: str) -> dict[str, Any]:  # noqa: ANN401
    effect = getattr(answer, question)
    low, high = effect.estimate.interval_95
    numbers = {"mean": effect.estimate.mean, "sd": effect.estimate.sd, "low": low, "high": high}
    said = _text(effect.verdict)
    letter = _text(getattr(effect, "tier", None) or answer.tier.letter)
    is_direction = said.startswith(("helps", "harms"))
    return {name: round(float(x), 4) for name, x in numbers.items()} | {
        "verdict": said,
        "small": bool(getattr(effect, "too_small", getattr(effect, "also_no_difference", False))),
        "tier": letter,
        # the first version said "because of running" wherever the tier was A
        "caused": bool(getattr(effect, "caused", is_direction and letter == "A")),
        "why": _why(getattr(effect, "reason", None)),
        "rhat": _rhat(answer, question),
    }


def _why(reason: Any) -> str:  # noqa: ANN401
    """Which rule stopped a verdict, and in which row of the panel."""
    if reason is None:
        return ""
    row = getattr(reason, "analysis", None)
    return _text(reason.hurdle) + (f" ({_text(row)})" if row is not None else "")


def _rhat(answer: Any, question: str) -> float:  # noqa: ANN401
    health = getattr(answer, "diagnostics", None)
    found = {_text(q): float(r) for q, r in health.rhat.items()} if health is not None else {}
    return round(found.get(question, float("nan")), 4)


def _settled(answer: Any, row: dict[str, Any]) -> bool:  # noqa: ANN401
    """Whether no question was left open by the product's own check of the sampler."""
    checks = [check for check in getattr(answer, "doubts", ()) if _text(check.name) == "sampler"]
    if checks:
        return _text(checks[0].result) == "pass"
    return not any(why.startswith(SAMPLER) for why in row["why"].values())


def _text(value: Any) -> str:  # noqa: ANN401
    return str(getattr(getattr(value, "letter", value), "value", getattr(value, "letter", value)))
