"""How much there is to lean on: the trust line and the evidence tier."""

from backstride.answer.answer import Answer, DoubtResult, TierLetter
from backstride.report.amounts import in_words, number, percent
from backstride.report.language import _, plural

RESULT_COUNTS = {
    DoubtResult.PASS: ("{n} fine", "{n} fine"),
    DoubtResult.FAIL: ("{n} open", "{n} open"),
    DoubtResult.INFORMS: ("{n} worth knowing", "{n} worth knowing"),
    DoubtResult.NOT_RUN: ("{n} not run", "{n} not run"),
}
TIER_NAMES = {
    TierLetter.RANDOMISED: "drawn by chance",
    TierLetter.MORNING_FIRST: "morning first",
    TierLetter.LOOKING_BACK: "looking back",
}


def trust_line(answer: Answer) -> str:
    """What the answer rests on: mornings, runs, drawn weeks, and what became of the doubts."""
    facts, drawn = answer.facts, answer.tier.drawn_weeks
    records = [
        plural(facts.check_ins, "{n} morning", "{n} mornings").format(n=facts.check_ins),
        plural(facts.run_days, "{n} day with a run", "{n} days with a run").format(n=facts.run_days),
        _("{n} weeks drawn by chance").format(n=number(drawn)) if drawn > 0 else _("no week drawn by chance"),
    ]
    return ", ".join(records) + ". " + doubts_line(answer)


def doubts_line(answer: Answer) -> str:
    """How many doubts came out how."""
    counts = {result: sum(d.result is result for d in answer.doubts) for result in RESULT_COUNTS}
    told = [plural(n, *RESULT_COUNTS[result]).format(n=n) for result, n in counts.items() if n]
    heading = plural(len(answer.doubts), "{n} doubt checked", "{n} doubts checked")
    heading = heading.format(n=in_words(len(answer.doubts)).capitalize())
    return f"{heading}: {', '.join(told)}." if told else f"{heading}."


def tier_sentences(answer: Answer) -> tuple[str, ...]:
    """The evidence tier: its letter, what it was read from, and what it can show."""
    tier = answer.tier
    name = _("Evidence tier {letter}, {name}.").format(
        letter=tier.letter.value, name=_(TIER_NAMES[tier.letter])
    )
    return (f"{name} {_READERS[tier.letter](answer)}",)


def _randomised(answer: Answer) -> str:
    drawn = _("Chance drew your run days for {n} weeks.").format(n=number(answer.tier.drawn_weeks))
    kept = answer.tier.kept
    held = _(" You kept to {share} of them.").format(share=percent(kept)) if kept is not None else ""
    return drawn + held + _(" So a bad morning could not pick the rest days, and the week can show a cause.")


def _morning_first(answer: Answer) -> str:
    rated = _("On {share} of your run days you rated your pain before the run.")
    allowed = _(" So the answer can allow for bad mornings, but not for what nobody wrote down.")
    return rated.format(share=percent(answer.tier.rated_before_run)) + allowed


def _looking_back(answer: Answer) -> str:
    share = percent(answer.tier.rated_before_run)
    if answer.facts.run_days == 0:
        return _("There is no run on record yet. Rate your pain in the morning, before you run.")
    if answer.tier.rated_before_run == 0:
        rated = _("No run day has a rating from before the run.")
    else:
        rated = _("Only {share} of your run days have a rating from before the run.").format(share=share)
    return rated + _(" So nobody can tell which came first, the pain or the run.")


_READERS = {
    TierLetter.RANDOMISED: _randomised,
    TierLetter.MORNING_FIRST: _morning_first,
    TierLetter.LOOKING_BACK: _looking_back,
}


def data_share_words(share: float) -> str:
    """How much of an estimate is the person's own data."""
    if not 0 <= share <= 1:
        return _("share of your data unknown")
    names = ((0.7, "mostly your data"), (0.3, "half your data"), (0.1, "a little of your data"))
    return _(next((name for least, name in names if share >= least), "general knowledge"))
