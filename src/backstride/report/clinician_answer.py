"""Both questions in the third person, for a clinician: as strong as the tier bears out, no stronger."""

from typing import Literal

from backstride.answer.kinds import Check, DoubtResult, Hurdle, LookingBack, Question, TierLetter, Verdict
from backstride.report.amounts import less_or_more, long_date, number, percent, points, signed, signed_range
from backstride.report.clinician import Pain
from backstride.report.doubt_words import DOUBT_WORDS
from backstride.report.doubts import RESULT_NAMES
from backstride.report.language import _, plural
from backstride.report.open_words import NO_RANGE, WHY, leans, side_named
from backstride.report.reported_answer import Answered, ReportedAnswer, ReportedEffect
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
    Hurdle.LATER_MORNINGS: (
        "Can't tell yet. The mornings after a run, taken together, do not agree with the rest of the analysis."
    ),
    Hurdle.NO_ORDER: "Can't tell. No rating is known to come before the runs.",
    Hurdle.RAMP: (
        "Can't tell yet. Added up over the weeks, running rose or fell smoothly with time. A back that changes by "
        "itself over the months can look the same."
    ),
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
    Hurdle.RUN_SEQUENCE: (
        "Can't tell with one answer for all weeks: what runs and breaks do does not add up day by day."
    ),
    Hurdle.RATING_MOMENT: (
        "Can't tell. Ratings of days with and without a run differ before the run already, or are taken at another "
        "time. The two can't be compared."
    ),
    Hurdle.FROM_MEMORY: (
        "Can't tell. Most check-ins were filled in on a later day, from memory. The days can't be compared."
    ),
    Hurdle.WITH_MEDICINE: (
        "Can't tell. Pain medicine was taken more often on days with a run than on other days. The two can't be "
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
WHY_TIER_C = {
    LookingBack.NO_ORDER: "No run day has a rating that is known to come before the run.",
    LookingBack.TOO_EARLY: (
        "Pain was rated before the run on {share} of run days, but half the time {hours} hours before it, or more. "
        "By then it may have changed."
    ),
    LookingBack.GATE: "Over these months, running and time cannot be told apart.",
    LookingBack.TOO_FEW: "Pain was rated before the run on only {share} of run days.",
}
RESTS_ON = (
    (0.7, "mostly on these records"),
    (0.3, "half on these records"),
    (0.1, "a little on these records"),
)
RESTS_ELSEWHERE = "on general knowledge"
NO_ANSWER = "There is no answer yet. The figures on these pages are the diary's own."
OLDER = "The answer below is older than this diary."
RESTS_ON_PAST = "It rests on {ratings} and {runs}, up to {day}. The diary has changed since."
LEFT_OUT = "The last answer is left out."
LEFT_OUT_WHY = (
    "It rests on {ratings} and {runs}, up to {day}. The diary has changed a lot since, so it does not fit."
)
SOON = "A new one is being worked out. A report that is made in a few minutes can show it."
TIER_KEY = (
    "Tier A: chance drew the run days. B: pain was rated soon before the run. C: neither, looking back."
)
CHANGED_TOO = {
    "less": "Pain is {points} lower than four weeks ago.",
    "more": "Pain is {points} higher than four weeks ago.",
}
"""The figures of the diary, where they seem to say another thing than the answer."""
BY_ITSELF = (
    "That does not contradict the answers above. A back also changes by itself, and they allow for that; two weeks "
    "set side by side do not."
)


def answer_section(answered: Answered, pain: Pain) -> Section:
    """Both questions, of which day they are where that is past, or why there is no answer.

    Args:
        answered: how it stands with the answer.
        pain: the figures that stand on the same page.
    """
    answer = answered.answer
    heading = _("What the records say of running")
    problem = translate_message(answered.problem) if answered.problem else ""
    if answer is None:
        if answered.left_out is not None:
            return Section(heading, (_past(LEFT_OUT, LEFT_OUT_WHY, answered.left_out, problem or _(SOON)),))
        return Section(heading, (Sentences(tuple(filter(None, (_(NO_ANSWER), problem)))),))
    parts: list[Part] = []
    if not answered.is_current:
        parts.append(_past(OLDER, RESTS_ON_PAST, answer, problem))
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
    parts += _beside_the_figures(answer, pain)
    return Section(heading, tuple(parts))


def _past(first: str, then: str, answer: ReportedAnswer, last: str) -> Sentences:
    """Say first of all that an answer is not of the diary as it is now, and of which mornings and runs it is."""
    rests = _(then).format(**_counts(answer), day=long_date(answer.last_day))
    return Sentences(tuple(filter(None, (_(first), rests, last))), lead=True)


def _counts(answer: ReportedAnswer) -> dict[str, str]:
    return {
        "ratings": plural(answer.check_ins, "{n} check-in", "{n} check-ins").format(n=answer.check_ins),
        "runs": plural(answer.run_days, "{n} day with a run", "{n} days with a run").format(
            n=answer.run_days
        ),
    }


def _beside_the_figures(answer: ReportedAnswer, pain: Pain) -> list[Part]:
    """Say why pain can have changed within four weeks where no answer says so."""
    now, before = pain.last_week.mean_pain, pain.four_weeks_ago.mean_pain
    if not answer.has_numbers or now is None or before is None or abs(now - before) < answer.worthwhile:
        return []
    side: Literal["less", "more"] = "less" if now < before else "more"
    if any(_claims(effect, side) for effect in (answer.week, answer.season)):
        return []
    changed = _(CHANGED_TOO[side]).format(points=points(now - before))
    return [Sentences((f"{changed} {_(BY_ITSELF)}",))]


def _claims(effect: ReportedEffect, side: Literal["less", "more"]) -> bool:
    """Whether the verdict is a change on this side."""
    return effect.verdict in CHANGES and less_or_more(effect.mean or 0.0) == side


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
    if effect.looking_back is not None:
        return f"{name} " + _(WHY_TIER_C[effect.looking_back]).format(
            share=percent(effect.rated_before_run), hours=number(effect.hours_to_run or 0.0, decimals=0)
        )
    template = _("Pain was rated before the run on {share} of run days.")
    return f"{name} " + template.format(share=percent(effect.rated_before_run))


def _rests_on(answer: ReportedAnswer, effect: ReportedEffect) -> str:
    counts, share = _counts(answer), effect.data_share
    if share is None:
        return _("From {ratings} and {runs}.").format(**counts)
    leans = next((words for least, words in RESTS_ON if share >= least), RESTS_ELSEWHERE)
    return _("From {ratings} and {runs}; it rests {leans}.").format(**counts, leans=_(leans))
