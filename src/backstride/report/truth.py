"""The known truth of a simulated person, beside the answer."""

from backstride.answer.answer import Answer
from backstride.answer.effect import Effect
from backstride.answer.kinds import Question
from backstride.report.amounts import signed, signed_range
from backstride.report.language import _


def made_up_sentence() -> str:
    """State that the person is simulated."""
    return _("This is an example. The true effect is known, so the answer can be checked against it.")


def known_truth(answer: Answer, question: Question) -> float | None:
    """Return the true effect of a simulated person; None for a real one."""
    if answer.truth is None:
        return None
    return answer.truth.delta_week if question is Question.WEEK else answer.truth.delta_season


def truth_sentences(answer: Answer) -> tuple[str, ...]:
    """Each question's truth beside its answer; nothing for a real person."""
    if answer.truth is None:
        return ()
    return (
        _truth(_("The week"), answer.truth.delta_week, answer.week),
        _truth(_("The season"), answer.truth.delta_season, answer.season),
    )


def _truth(name: str, truth: float, effect: Effect) -> str:
    return _(
        "{name}: the truth is {truth} points. The answer is {mean}, and 19 in 20 lie from {range}."
    ).format(
        name=name,
        truth=signed(truth, decimals=2),
        mean=signed(effect.estimate.mean, decimals=2),
        range=signed_range(effect.estimate.interval_95, decimals=2),
    )
