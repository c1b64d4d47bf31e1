"""An answer of any version of the product, as plain numbers.

Versions differ in where the tier stands and in how "too small to matter" is told; both are read here alone.
"""

from typing import Any

QUESTIONS = ("week", "season")
LITTLE = {True: "helps a little", False: "harms a little"}
MOST_RHAT, LEAST_ESS = 1.01, 400.0
_SMALL = ("too small to matter", "too small", "small")
_REASONS = ("why", "reason", "reasons", "gate", "gates", "panel", "row", "stopped_by")


def as_row(answer: Any) -> dict[str, Any]:  # noqa: ANN401 - of any version
    """The parts of an answer that the table needs, each by question."""
    row: dict[str, Any] = {
        name: {} for name in ("verdict", "small", "tier", "mean", "sd", "low", "high", "why")
    }
    for question in QUESTIONS:
        effect = getattr(answer, question)
        estimate = effect.estimate
        row["mean"][question], row["sd"][question] = round(estimate.mean, 4), round(estimate.sd, 4)
        low, high = estimate.interval_95
        row["low"][question], row["high"][question] = round(low, 4), round(high, 4)
        row["verdict"][question], row["small"][question] = _verdict(effect)
        row["tier"][question] = _tier(answer, effect, question)
        row["why"][question] = _why(effect)
    row["rhat"], row["settled"] = _settled(answer)
    return row


def _verdict(effect: Any) -> tuple[str, bool]:  # noqa: ANN401
    """The verdict in the words of the first version, and whether it is also too small to matter."""
    said = _text(effect.verdict)
    if said in _SMALL or "too small" in said:
        return LITTLE[effect.estimate.mean < 0], True
    flags = ("also_no_difference", "too_small", "too_small_to_matter", "small")
    small = any(getattr(effect, name, False) is True for name in flags)
    return said, small


def _tier(answer: Any, effect: Any, question: str) -> str:  # noqa: ANN401
    """The tier's letter: of the question where there is one, else of the answer."""
    for owner, name in ((effect, "tier"), (answer, f"{question}_tier"), (answer, f"tier_{question}")):
        found = getattr(owner, name, None)
        if found is not None:
            return _text(getattr(found, "letter", found))
    tier = answer.tier
    found = getattr(tier, question, None)
    if found is None and isinstance(tier, dict):
        found = next((v for k, v in tier.items() if _text(k) == question), None)
    found = tier if found is None else found
    return _text(getattr(found, "letter", found))


def _why(effect: Any) -> str:  # noqa: ANN401
    """What stopped a claim, where the answer says so."""
    told = [f"{name}={getattr(effect, name)}" for name in _REASONS if getattr(effect, name, None)]
    return "; ".join(told)[:300]


def _settled(answer: Any) -> tuple[dict[str, float], bool]:  # noqa: ANN401
    """R-hat by question, and whether the product's own check of the sampler passed."""
    health = answer.diagnostics
    rhat = {_text(q): round(float(r), 4) for q, r in health.rhat.items()}
    checks = [
        d for d in getattr(answer, "doubts", getattr(answer, "checks", ())) if _text(d.name) == "sampler"
    ]
    if checks:
        return rhat, _text(checks[0].result) == "pass"
    sizes = [*health.ess_bulk.values(), *health.ess_tail.values()]
    return rhat, max(rhat.values()) < MOST_RHAT and min(sizes) > LEAST_ESS


def _text(value: Any) -> str:  # noqa: ANN401
    return str(getattr(value, "value", value))
