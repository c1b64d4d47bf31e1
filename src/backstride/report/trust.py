"""How much there is to lean on: the trust line and the evidence tier of each question."""

from collections.abc import Mapping, Sequence

from backstride.answer.answer import Answer, DayPoint, Facts
from backstride.answer.design import GAP_DAYS
from backstride.answer.effect import Effect, Tier
from backstride.answer.kinds import DoubtResult, LookingBack, Question, TierLetter, Verdict
from backstride.answer.tier import (
    MIN_ALLOCATED_WEEKS,
    MIN_BLOCKS,
    NEARLY_FULL_ADHERENCE,
)
from backstride.report.amounts import long_date, number, percent
from backstride.report.language import _, plural

FEW_DAYS_OFF = (
    "At most {days} days in a row on record had no run. So what a whole week without runs does is worked out from "
    "shorter breaks."
)
NO_DAYS_OFF = (
    "No two days in a row on record were without a run. So what a whole week without runs does is worked out from "
    "single days off."
)
LONG_WITHOUT_RUN_WEEKS = 6
"""More than a drawn block of rest, and than a holiday."""
_WEEK = 7
TIER_NAMES = {
    TierLetter.RANDOMISED: "drawn by chance",
    TierLetter.MORNING_FIRST: "pain rated before runs",
    TierLetter.LOOKING_BACK: "looking back",
}


def trust_line(answer: Answer) -> str:
    """State what the answer rests on: mornings, runs, randomised weeks, and which checks failed."""
    facts, randomised = answer.facts, answer.week.tier.weeks_drawn_in_all
    records = [
        plural(facts.check_ins, "{n} morning", "{n} mornings").format(n=facts.check_ins),
        plural(facts.run_days, "{n} day with a run", "{n} days with a run").format(n=facts.run_days),
        _("{n} weeks drawn by chance").format(n=number(randomised))
        if randomised > 0
        else _("run days not drawn by chance"),
    ]
    what = ", ".join(records) + ". " + left_out(facts.check_ins_left_out)
    what += unknown_lengths(facts.run_days_of_unknown_length)
    # single days off can hide what a whole week does: whoever reads of little or nothing is to know it at once
    if is_small(answer.week) and (breaks := shorter_breaks(facts)):
        what += breaks + " "
    # with too few runs nothing was worked out that a check could put in doubt
    is_checked = any(effect.verdict is not Verdict.TOO_FEW_RUNS for effect in answer.effects)
    return (what + since_last_run(answer.days) + (doubts_line(answer) if is_checked else "")).rstrip()


def is_small(effect: Effect) -> bool:
    """Whether no difference is said, or one that is too small to matter."""
    return effect.verdict is Verdict.NO_DIFFERENCE or effect.too_small


def shorter_breaks(facts: Facts) -> str:
    """Say so where the records hold no whole week without a run; empty where they do."""
    days = facts.longest_break
    if days is None or days >= _WEEK:
        return ""
    return _(FEW_DAYS_OFF if days > 1 else NO_DAYS_OFF).format(days=number(days, decimals=0))


def since_last_run(days: Sequence[DayPoint]) -> str:
    """Say that the person has not run for weeks, so that the answer is of an earlier time; empty where they have.

    Args:
        days: all days of the answer, the earliest first.
    """
    runs = [point.day for point in days if point.run_minutes]
    if not runs:
        return ""
    weeks = (days[-1].day - runs[-1]).days // _WEEK
    if weeks < LONG_WITHOUT_RUN_WEEKS:
        return ""
    sentence = _(
        "Your last run was on {day}, {n} weeks before these records end: this is about the running until then."
    )
    return sentence.format(day=long_date(runs[-1]), n=weeks) + " "


def unknown_lengths(days: int) -> str:
    """State on how many run days the length is unknown or in doubt, and what to do; empty where on none."""
    if not days:
        return ""
    sentence = plural(
        days,
        "On {n} more day with a run its length is unknown or looks like a mistake (four times your usual or more). "
        "Correct it, or add its distance, and it counts.",
        "On {n} more days with a run its length is unknown or looks like a mistake (four times your usual or more). "
        "Correct it, or add its distance, and they count.",
    )
    return sentence.format(n=number(days)) + " "


def left_out(mornings: int) -> str:
    """State what lies beyond a long gap and is left out of the answer; empty where nothing does."""
    if not mornings:
        return ""
    sentence = plural(
        mornings,
        "{n} more morning is left out: {days} days or more without a record lie between.",
        "{n} more mornings are left out: {days} days or more without a record lie between.",
    )
    return sentence.format(n=mornings, days=GAP_DAYS) + " "


def doubts_line(answer: Answer) -> str:
    """How many checks found a flaw; that none did is no proof."""
    run = [doubt for doubt in answer.doubts if doubt.result is not DoubtResult.NOT_RUN]
    if not run:
        return _("No check was run.")
    open_ones = sum(doubt.result is DoubtResult.FAIL for doubt in run)
    known = sum(doubt.result is DoubtResult.INFORMS for doubt in run)
    if not open_ones and known:
        sentence = plural(
            known,
            "No check found a problem, and {n} is worth knowing. That does not prove the answer right.",
            "No check found a problem, and {n} are worth knowing. That does not prove the answer right.",
        )
        return sentence.format(n=known)
    if not open_ones:
        return _("The checks found no problem. That does not prove the answer right.")
    sentence = plural(open_ones, "{n} check found a problem.", "{n} checks found a problem.")
    return sentence.format(n=open_ones)


def tier_sentences(effect: Effect) -> tuple[str, ...]:
    """State the evidence tier of a question: its letter, what it was read from, and what it can show."""
    tier = effect.tier
    name = _("Evidence tier {letter}, {name}.").format(
        letter=tier.letter.value, name=_(TIER_NAMES[tier.letter])
    )
    if effect.reason is not None and "more_runs" in effect.reason.numbers:
        return (f"{name} {_rated_lately(effect.reason.numbers)}",)
    return (f"{name} {_READERS[tier.letter](tier, effect.question)}",)


def _rated_lately(n: Mapping[str, float]) -> str:
    """Name both habits of somebody who used to run long after the rating."""
    return _(
        "On your latest {lately} run days you mostly ran soon after you rated your pain: about {soon} hours later. "
        "Before that it was about {hours} hours, and by then your pain may have changed. It takes {more} or more run "
        "days like the latest ones until most of them show how your back was when you chose to run."
    ).format(
        lately=number(n["lately_runs"], decimals=0),
        soon=number(n["lately_hours"]),
        hours=number(n["earlier_hours"]),
        more=number(n["more_runs"], decimals=0),
    )


def _randomised(tier: Tier, question: Question) -> str:
    randomised = _("Chance drew your run days for {n} weeks.").format(n=number(tier.drawn_weeks))
    adherence = tier.kept
    held = (
        _(" You kept to at least {share} of the drawn runs, and of the drawn rest.").format(
            share=percent(adherence)
        )
        if adherence is not None
        else ""
    )
    shows = {
        Question.WEEK: _(
            " So a bad morning could hardly pick the rest days of those weeks, and the week can show a cause."
        ),
        Question.SEASON: _(" It drew {n} blocks of weeks, so the season can show a cause.").format(
            n=tier.blocks
        ),
    }
    return randomised + held + _missed_runs(adherence) + shows[question]


def _missed_runs(adherence: float | None) -> str:
    """Ask for runs that no record holds: each makes a day of rest out of its own, with the morning after the run."""
    if adherence is None or adherence >= NEARLY_FULL_ADHERENCE:
        return ""
    return _(" If there were runs that your watch missed, add them. A missed run makes the answer too small.")


def _morning_first(tier: Tier, question: Question) -> str:
    rated = _("On {share} of your run days you rated your pain before the run.")
    allowed = _(" So the answer can allow for bad mornings, but not for what nobody wrote down.")
    sentence = rated.format(share=percent(tier.rated_before_run)) + allowed
    is_enough = question is Question.WEEK or tier.blocks >= MIN_BLOCKS
    if tier.drawn_weeks >= MIN_ALLOCATED_WEEKS and is_enough and tier.kept is not None:
        # drawn for long enough, so what keeps the question from tier A is how much of it was kept
        sentence += _(
            " Chance drew your run days for {n} weeks. You kept to {share} of the drawn runs, or of the drawn rest: "
            "too little to show a cause."
        ).format(n=number(tier.drawn_weeks), share=percent(tier.kept)) + _missed_runs(tier.kept)
    elif question is Question.SEASON and tier.drawn_weeks:
        sentence += _(" Draws of days or weeks can show a cause only for the week.")
    return sentence


def _looking_back(tier: Tier, _question: Question) -> str:
    so = _(" So nobody can tell which came first, the pain or the run.")
    why = tier.looking_back
    if why is LookingBack.NO_ORDER:
        return _("No run day has a rating that is known to come before the run.") + so
    if why is LookingBack.TOO_EARLY:
        return _(
            "You rate your pain about {hours} hours before you run. By then it may have changed. So your records do "
            "not show how your back was when you chose to run."
        ).format(hours=number(tier.hours_to_run or 0.0, decimals=0))
    if why is LookingBack.GATE:
        return _("Over these months, running and time cannot be told apart.")
    only = _("Only {share} of your run days have a rating from before the run.")
    return only.format(share=percent(tier.rated_before_run)) + so


_READERS = {
    TierLetter.RANDOMISED: _randomised,
    TierLetter.MORNING_FIRST: _morning_first,
    TierLetter.LOOKING_BACK: _looking_back,
}


def rests_words(share: float) -> str:
    """On what an estimate rests, to stand behind 'rests'."""
    if not 0 <= share <= 1:
        return _("on a share of your data that is not known")
    return _(
        _by_share(
            share, "mostly on your data", "half on your data", "a little on your data", "on general knowledge"
        )
    )


def data_share_words(share: float) -> str:
    """How much of an estimate is the person's own data."""
    if not 0 <= share <= 1:
        return _("share of your data unknown")
    return _(
        _by_share(share, "mostly your data", "half your data", "a little of your data", "general knowledge")
    )


def _by_share(share: float, mostly: str, half: str, little: str, none: str) -> str:
    names = ((0.7, mostly), (0.3, half), (0.1, little))
    return next((name for least, name in names if share >= least), none)
