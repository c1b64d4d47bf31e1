"""What would settle a question that is still open."""

from backstride.answer.answer import Answer, DaysNeeded
from backstride.answer.effect import Effect
from backstride.answer.kinds import Hurdle, Opener, Question, TierLetter, Verdict
from backstride.report.amounts import days_ahead, number
from backstride.report.language import _

QUESTION_NAMES = {Question.WEEK: "The week", Question.SEASON: "The season"}
DESIGNS = {
    "days_drawn": "run days drawn by chance",
    "weeks_drawn": "weeks drawn by chance",
    "two_week_blocks": "blocks of 2 weeks drawn by chance",
    "four_week_blocks": "blocks of 4 weeks drawn by chance",
}
"""What may be drawn, by the name of its number of days."""
HAD_A_VERDICT = {"four_week_blocks": "1 in 3", "two_week_blocks": "1 in 9"}
"""Of people who were told a number for the season, how many had a verdict by then
(docs/results/calibration-needed.md); the surest design first."""
_WITHOUT_A_NUMBER = {
    Hurdle.SAMPLER: (
        "how long it takes is not known, as the calculation did not settle. Ask again after another week of "
        "check-ins."
    ),
    Hurdle.THRESHOLD: "it is close to the line between two answers. Ask again after another week of check-ins.",
    Hurdle.WITH_MEDICINE: "more of the same will not be enough.",
    Hurdle.RUN_LENGTHS: "more of the same will not be enough.",
    Hurdle.RUN_SEQUENCE: "more of the same will not be enough.",
    Hurdle.RATING_MOMENT: "more of the same will not be enough. Rate at the same moment each morning.",
    Hurdle.FROM_MEMORY: "more check-ins that are filled in later will not be enough. Check in on the morning itself.",
    Hurdle.LATER_MORNINGS: (
        "what a run does on the mornings after the next is not clear yet. Breaks of three days and more, now and "
        "then, would help to see it."
    ),
    Hurdle.PAST_PAIN: "more of the same will not be enough. Let chance draw when you run.",
    Hurdle.DISAGREE: "the ways to work it out disagree. Run days drawn by chance, and kept, would settle that.",
}
_OTHERWISE = "how many more days it takes cannot be worked out from these records."
"""Where the time that it takes is not a matter of how many days."""


def settling_sentences(answer: Answer) -> tuple[str, ...]:
    """One sentence or two for each question, then the surest way."""
    needed = {need.question: need for need in answer.days_needed}
    sentences = []
    for effect in answer.effects:
        name = _(QUESTION_NAMES[effect.question])
        sentences.append(f"{name}: {_settling(effect, needed.get(effect.question))}")
    return (*sentences, *_surest(answer))


def _settling(effect: Effect, needed: DaysNeeded | None) -> str:
    if effect.reason is None:
        return _("there is a verdict. More days make its range smaller.")
    if effect.verdict is Verdict.TOO_FEW_RUNS:
        return _("a few more runs come first.")
    if effect.reason.hurdle is Hurdle.DISAGREE and effect.tier.letter is TierLetter.RANDOMISED:
        return _("the ways to work it out disagree. More days may settle that.")
    if needed is None and Opener.IRREGULAR_DAYS in effect.reason.opened_by:
        return _("more days in the same rhythm will not do.")
    if needed is None and Opener.FINER_RATINGS in effect.reason.opened_by:
        return _("more ratings that are nearly all the same will not do.")
    if "more_runs" in effect.reason.numbers:
        return _("run days like your latest ones come first, {n} or more.").format(
            n=number(effect.reason.numbers["more_runs"], decimals=0)
        )
    if effect.reason.numbers.get("one_clock"):
        return _("what stops it may be luck. More days would show that.")
    if needed is None:
        return _(_WITHOUT_A_NUMBER.get(effect.reason.hurdle, _OTHERWISE))
    if effect.reason.hurdle is Hurdle.NO_ORDER:
        return _(
            "more of the same will not be enough. Rate your pain right before each run."
        ) + _with_allocation(needed)
    return _going_on(needed) + _with_allocation(needed)


def _going_on(needed: DaysNeeded) -> str:
    horizon = days_ahead(needed.horizon)
    if needed.own_days is not None:
        return _("about {days} more would give an even chance of a verdict.").format(
            days=days_ahead(needed.own_days)
        )
    if not _randomised(needed):
        return _("even {horizon} more would most likely not settle it.").format(horizon=horizon)
    return _("going on as now, even {horizon} more would most likely not be enough.").format(horizon=horizon)


def _randomised(needed: DaysNeeded) -> dict[str, int]:
    """How many days each draw takes, the quickest first; one that takes longer than own days is left out."""
    days = {name: getattr(needed, name) for name in DESIGNS}
    own = needed.own_days
    known = {name: n for name, n in days.items() if n is not None and (own is None or n < own)}
    return dict(sorted(known.items(), key=lambda pair: pair[1]))


def _with_allocation(needed: DaysNeeded) -> str:
    randomised = _randomised(needed)
    if needed.question is Question.SEASON:
        # of those that show a season the one that did so most often; its number is a least and no even chance
        best = next((name for name in HAD_A_VERDICT if name in randomised), None)
        if best is None:
            return ""
        return " " + _(
            "With {design}: at least {days}, and often longer. Of simulated people who did so, {share} had a verdict "
            "by then."
        ).format(design=_(DESIGNS[best]), days=days_ahead(randomised[best]), share=_(HAD_A_VERDICT[best]))
    quickest = next(iter(randomised.items()), None)
    if quickest is None:
        return ""
    name, days = quickest
    return " " + _("With {design}: about {days}.").format(design=_(DESIGNS[name]), days=days_ahead(days))


def _surest(answer: Answer) -> tuple[str, ...]:
    if answer.week.tier.letter is TierLetter.RANDOMISED:
        return ()
    return (
        _(
            "The surest way is to let chance draw your run days for some weeks. Then a bad morning cannot pick the "
            "rest days."
        ),
    )
