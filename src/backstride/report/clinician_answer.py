"""Both questions in the third person, for a clinician: as strong as the tier bears out, no stronger."""

from backstride.answer.kinds import Check, DoubtResult, Hurdle, Question, TierLetter, Verdict
from backstride.report.amounts import less_or_more, number, percent, points, signed, signed_range
from backstride.report.clinician import Answered, ReportedAnswer, ReportedEffect
from backstride.report.doubt_words import DOUBT_WORDS
from backstride.report.doubts import RESULT_NAMES
from backstride.report.language import _, plural
from backstride.report.open_words import NO_RANGE, WHY, leans, side_named
from backstride.report.sheet import Part, Section, Sentences
from backstride.report.table import Table
from backstride.report.translate_messages import translate_message
from backstride.report.trust import TIER_NAMES
from backstride.report.words import CHANGES, DRAWN, JUST_UNDER, about_the_same

ASKED = {
    Question.WEEK: "Does running ease or worsen the next days?",
    Question.SEASON: "Does a habit of running change the back over 12 weeks?",
}
SEEN = {
    Question.WEEK: "In these records, pain in a week of running was {change}.",
    Question.SEASON: "In these records, pain after 12 weeks of running was {change}.",
}
TOGETHER = {
    "less": "Can't tell. In these records, running goes together with less pain.",
    "more": "Can't tell. In these records, running goes together with more pain.",
    "": "Can't tell. These records show no clear difference between times with and without running.",
}
WHY_OPEN = {
    Hurdle.NO_ORDER: "Can't tell. No rating is known to come before the runs.",
    Hurdle.RAMP: "Can't tell yet. Running went steadily up or down, and pain may have done the same by itself.",
    Hurdle.STEADY: "Can't tell yet. The patient ran about as much all the time. There is nothing to compare.",
    Hurdle.DISAGREE: "Can't tell yet. The analyses disagree.",
    Hurdle.PAST_PAIN: (
        "Can't tell. Pain and the next runs are linked over several days, in a way that the answer does not allow "
        "for."
    ),
    Hurdle.LASTING_CAUSE: (
        "Can't tell yet. Pain changed with running over the months, but what lasts for weeks, like a busy time or "
        "a winter, can change both."
    ),
    Hurdle.RUN_LENGTHS: "Can't tell with one answer for all runs: short and long runs differ.",
    Hurdle.RATING_MOMENT: (
        "Can't tell. On days with a run, pain is rated at another moment than on other days. The two can't be "
        "compared."
    ),
    Hurdle.WITH_MEDICINE: (
        "Can't tell. Pain medicine was taken mostly on days with a run, and seldom on other days. The two can't be "
        "told apart."
    ),
    Hurdle.PRIOR_ALONE: (
        "Can't tell yet. A change that matters is not likely, but the records alone leave room for one."
    ),
    Hurdle.BOTH_WAYS: "Can't tell yet. Going by the records, running could ease the pain, or make it worse.",
}
"""In place of those that speak to the person (`open_words.WHY`)."""
THIRD_PERSON = {
    Check.NATURAL_COURSE: "Would the back have changed anyway?",
    Check.DECISION_MODEL: "What if pain played no part in the choice to run?",
    Check.POSTERIOR_PREDICTIVE: "Does the model describe a diary like this one?",
}
"""Of the checks whose question speaks to the person."""
SIDES = {
    (
        Hurdle.BOTH_WAYS,
        "less",
    ): "Can't tell yet. The records point to less pain with running, but not clearly enough to rely on.",
    (
        Hurdle.BOTH_WAYS,
        "more",
    ): "Can't tell yet. The records point to more pain with running, but not clearly enough to rely on.",
    (Hurdle.LASTING_CAUSE, "more"): (
        "Can't tell yet. Over the months the records point to more pain with running, but what lasts for weeks, "
        "like a busy time or a winter, can look the same."
    ),
}
"""Where an open question may name a side (`open_words.side_named`)."""
RESTS_ON = (
    (0.7, "mostly on these records"),
    (0.3, "half on these records"),
    (0.1, "a little on these records"),
)
RESTS_ELSEWHERE = "on general knowledge"
NO_ANSWER = "There is no answer yet. The figures on these pages are the diary's own."
OUT_OF_DATE = "The diary has changed since this answer was worked out."


def answer_section(answered: Answered) -> Section:
    """Both questions, or why there is no answer."""
    answer = answered.answer
    heading = _("What the records say of running")
    if answer is None:
        problem = translate_message(answered.problem) if answered.problem else ""
        return Section(heading, (Sentences(tuple(filter(None, (_(NO_ANSWER), problem)))),))
    parts: list[Part] = []
    for effect in (answer.week, answer.season):
        parts.append(
            Sentences(
                (
                    _(ASKED[effect.question]),
                    headline(effect, worthwhile=answer.worthwhile),
                    *_behind(answer, effect),
                ),
                lead=True,
            )
        )
    if not answered.is_current:
        parts.append(Sentences((_(OUT_OF_DATE),)))
    return Section(heading, tuple(parts))


def headline(effect: ReportedEffect, *, worthwhile: float) -> str:
    """Format the verdict of one question.

    Args:
        effect: the question as it was answered.
        worthwhile: the smallest change that counts as worthwhile, points.
    """
    if effect.verdict is Verdict.TOO_FEW_RUNS:
        return _("Can't tell yet. There are too few runs.")
    if effect.hurdle:
        return _open(effect, Hurdle(effect.hurdle))
    if effect.verdict is Verdict.NO_DIFFERENCE:
        return (
            _("No difference that matters.")
            + " "
            + _(SEEN[effect.question]).format(change=about_the_same(effect.interval_80))
        )
    worth = points(worthwhile)
    claim = _claim(effect, worthwhile)
    return (
        _("Too small to matter (under {worth}).").format(worth=worth) + f" {claim}"
        if effect.too_small
        else claim
    )


def _claim(effect: ReportedEffect, worthwhile: float) -> str:
    """State what the records show; 'a little' is never described as a change that matters."""
    mean = effect.mean or 0.0
    change = _(CHANGES[effect.verdict]).format(points=points(mean))
    if effect.verdict in JUST_UNDER and round(abs(mean), 1) >= worthwhile:
        change = _(JUST_UNDER[effect.verdict]).format(points=points(worthwhile))
    sentence = _(SEEN[effect.question]).format(change=change)
    return f"{sentence} {_(DRAWN[effect.question])}" if effect.caused else sentence


def doubts_table(answer: ReportedAnswer) -> Table:
    """Tabulate the checks and their results, failed ones first."""
    order = (DoubtResult.FAIL, DoubtResult.INFORMS, DoubtResult.PASS, DoubtResult.NOT_RUN)
    rows = tuple(
        (_question(name), _(RESULT_NAMES[result]))
        for wanted in order
        for name, result in answer.doubts
        if result is wanted
    )
    return Table(_("What could mislead"), (_("Question"), _("Result")), rows)


def _question(name: str) -> str:
    if name not in DOUBT_WORDS:
        return name.capitalize()
    return _(THIRD_PERSON.get(Check(name), DOUBT_WORDS[name].question))


def _open(effect: ReportedEffect, hurdle: Hurdle) -> str:
    if hurdle is Hurdle.NO_ORDER and effect.mean is not None:
        return _(TOGETHER[leans(effect.p_less_pain) if less_or_more(effect.mean) else ""])
    side = side_named(hurdle, effect.question, effect.tier, effect.p_less_pain)
    if (hurdle, side) in SIDES:
        return _(SIDES[hurdle, side])
    return _(WHY_OPEN.get(hurdle) or WHY[hurdle])


def _behind(answer: ReportedAnswer, effect: ReportedEffect) -> tuple[str, ...]:
    """State the range, the tier, and what the answer rests on."""
    return (" ".join(filter(None, (_range(effect), _tier(effect), _rests_on(answer, effect)))),)


def _range(effect: ReportedEffect) -> str:
    """State the range that belongs to the verdict, as on the page Answer; none where the gate is closed."""
    hidden = effect.verdict is Verdict.TOO_FEW_RUNS or effect.hurdle in NO_RANGE
    if hidden or effect.mean is None or effect.interval_80 is None or effect.interval_95 is None:
        return ""
    if effect.hurdle and effect.hurdle != Hurdle.NO_ORDER:
        if effect.left_open is None:
            return ""
        wide = signed_range(effect.left_open)
        return _("Room is left for {wide} points (19 in 20, the widest of all analyses).").format(wide=wide)
    return _("Change: {mean} points (8 in 10: {likely}; 19 in 20: {wide}).").format(
        mean=signed(effect.mean),
        likely=signed_range(effect.interval_80),
        wide=signed_range(effect.interval_95),
    )


def _tier(effect: ReportedEffect) -> str:
    letter = effect.tier.value
    name = _("Evidence tier {letter}, {name}.").format(letter=letter, name=_(TIER_NAMES[effect.tier]))
    if effect.tier is TierLetter.RANDOMISED:
        return f"{name} " + _("Chance drew the run days for {n} weeks.").format(n=number(effect.drawn_weeks))
    template = _("Pain was rated before the run on {share} of run days.")
    return f"{name} " + template.format(share=percent(effect.rated_before_run))


def _rests_on(answer: ReportedAnswer, effect: ReportedEffect) -> str:
    ratings = plural(answer.check_ins, "{n} check-in", "{n} check-ins").format(n=answer.check_ins)
    runs = plural(answer.run_days, "{n} day with a run", "{n} days with a run").format(n=answer.run_days)
    share = effect.data_share
    if share is None:
        return _("From {ratings} and {runs}.").format(ratings=ratings, runs=runs)
    leans = next((words for least, words in RESTS_ON if share >= least), RESTS_ELSEWHERE)
    return _("From {ratings} and {runs}; it rests {leans}.").format(
        ratings=ratings, runs=runs, leans=_(leans)
    )
