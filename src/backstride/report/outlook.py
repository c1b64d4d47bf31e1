"""What would settle a question that is still open."""

from backstride.answer.answer import Answer, DaysNeeded, Question, TierLetter, Verdict
from backstride.report.amounts import days_ahead
from backstride.report.language import _

OPEN = frozenset({Verdict.CANNOT_TELL, Verdict.TOO_FEW_RUNS})
QUESTION_NAMES = {Question.WEEK: "The week", Question.SEASON: "The season"}


def settling_sentences(answer: Answer) -> tuple[str, ...]:
    """One sentence or two for each question, then the surest way."""
    needed = {need.question: need for need in answer.days_needed}
    told = []
    for effect in answer.effects:
        name = _(QUESTION_NAMES[effect.question])
        told.append(f"{name}: {_settling(answer, effect.verdict, needed.get(effect.question))}")
    return (*told, *_surest(answer))


def _settling(answer: Answer, verdict: Verdict, needed: DaysNeeded | None) -> str:
    if verdict not in OPEN:
        return _("there is a verdict. More days make its range smaller.")
    if verdict is Verdict.TOO_FEW_RUNS:
        return _("a few more runs come first.")
    if answer.tier.letter is TierLetter.LOOKING_BACK:
        return _("more of the same will not do. Rate your pain each morning, before you run.")
    if needed is None:
        return _("how many more days it takes was not worked out.")
    return _days_sentence(needed)


def _days_sentence(needed: DaysNeeded) -> str:
    own = needed.own_days
    drawn = min((n for n in (needed.days_drawn, needed.weeks_drawn) if n is not None), default=None)
    horizon = days_ahead(needed.horizon)
    if own is None and drawn is None:
        return _("even {horizon} more would most likely not settle it.").format(horizon=horizon)
    if own is None:
        going_on = _("going on as now, even {horizon} more would most likely not do.").format(horizon=horizon)
    else:
        going_on = _("about {days} more would do, as likely as not.").format(days=days_ahead(own))
    if drawn is None:
        return going_on
    return going_on + " " + _("With run days drawn by chance: about {days}.").format(days=days_ahead(drawn))


def _surest(answer: Answer) -> tuple[str, ...]:
    if answer.tier.letter is TierLetter.RANDOMISED:
        return ()
    return (
        _(
            "The surest way is to let chance draw your run days for some weeks. Then a bad morning cannot pick "
            "the rest days."
        ),
    )
