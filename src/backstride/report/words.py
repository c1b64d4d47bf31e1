"""The verdicts as sentences: what is in the records, never more than the tier of that question bears out."""

from backstride.answer.answer import Answer
from backstride.answer.effect import Effect
from backstride.answer.kinds import Hurdle, Question, TierLetter, Verdict
from backstride.report.amounts import direction, is_known, less_or_more, points, span
from backstride.report.language import _, plural
from backstride.report.open_words import NO_RANGE, UNWRITTEN, leans, opened_by, side_named, why_open
from backstride.report.trust import rests_words

SEEN = {
    Question.WEEK: "In your records, morning pain in a week of running was {change}.",
    Question.SEASON: "In your records, morning pain after 12 weeks of running was {change}.",
}
DRAWN = {Question.WEEK: "Chance chose the run days.", Question.SEASON: "Chance chose the weeks."}
"""Said where the draw carries the claim, and so running is what made the change."""
LOOKS_LIKE_HELP = (
    "Pain goes up and down by itself, and newer pain often goes away. And many people start to run when the pain is "
    "at its worst. Over months, that alone can look like the work of running."
)
LOOKS_LIKE_HARM = (
    "Pain goes up and down by itself. A busy time or a winter can bring more pain just when you run more. Over "
    "months, that alone can look as if running did it."
)
"""What else than running could have moved the pain to the side on which the season lies."""
LONG_AFTER_RATING = 3.0
"""Hours from the rating to the run from which on no rating is taken soon after a run."""
ALLOWED_FOR = "This allows for bad mornings."
CHANGES = {
    Verdict.HELPS: "lower by about {points}",
    Verdict.HELPS_A_LITTLE: "a little lower, by about {points}",
    Verdict.HARMS_A_LITTLE: "a little higher, by about {points}",
    Verdict.HARMS: "higher by about {points}",
}
JUST_UNDER = {
    Verdict.HELPS_A_LITTLE: "a little lower, by just under {points}",
    Verdict.HARMS_A_LITTLE: "a little higher, by just under {points}",
}
"""Where the mean rounds to the change that matters, which 'a little' is not."""
NAMES = {
    Verdict.HELPS: "lower",
    Verdict.HELPS_A_LITTLE: "a little lower",
    Verdict.NO_DIFFERENCE: "no difference that matters",
    Verdict.HARMS_A_LITTLE: "a little higher",
    Verdict.HARMS: "higher",
    Verdict.CANNOT_TELL: "can't tell yet",
    Verdict.TOO_FEW_RUNS: "too few runs",
}
"""Morning pain with running, in a word or two, for tables."""
NO_DIFFERENCE = {
    Question.WEEK: (
        "No difference that matters. In your records, morning pain in a week of running was {change}. They do not "
        "rule out a small change."
    ),
    Question.SEASON: (
        "No difference that matters. In your records, morning pain after 12 weeks of running was {change}. They do "
        "not rule out a small change."
    ),
}
ABOUT_THE_SAME = {
    "": "about the same",
    "less": "about the same or a little lower",
    "more": "about the same or a little higher",
}
"""No difference that matters, by the side on which the whole likely range lies, if it does."""
COMPANY = {
    (Question.WEEK, "less"): "Can't tell. In your records, a week of running goes together with less pain.",
    (Question.WEEK, "more"): "Can't tell. In your records, a week of running goes together with more pain.",
    (
        Question.WEEK,
        "",
    ): "Can't tell. Your records show no clear difference between weeks with and without running.",
    (Question.SEASON, "less"): "Can't tell. In your records, months of running go together with less pain.",
    (Question.SEASON, "more"): "Can't tell. In your records, months of running go together with more pain.",
    (
        Question.SEASON,
        "",
    ): "Can't tell. Your records show no clear difference between months with and without running.",
}
TAKES = "A first answer takes 10 mornings with a rating and 6 days with a run."
SETTINGS = {
    Question.WEEK: "In a week when you run: {change} in the morning ({range}).",
    Question.SEASON: "After 12 weeks of running: {change} in the morning ({range}).",
}


def title() -> str:
    """Return the title of the page."""
    return _("Does running help your back?")


def is_stopped_by(effect: Effect, hurdle: Hurdle) -> bool:
    """Whether this is why there is no verdict."""
    return effect.reason is not None and effect.reason.hurdle is hurdle


def may_be_shown(effect: Effect) -> bool:
    """Whether there are numbers for this question, and they are the records' own."""
    return (
        effect.verdict is not Verdict.TOO_FEW_RUNS
        and is_known(effect.estimate)
        and not (effect.reason is not None and effect.reason.hurdle in NO_RANGE)
    )


def has_numbers(answer: Answer) -> bool:
    """Whether there are numbers for any question; without them the page says what is missing, and stops."""
    return any(may_be_shown(effect) for effect in answer.effects)


def season_leads(answer: Answer) -> bool:
    """Whether the season is said first: it shows a side that matters, and the week shows none."""
    matters = [effect.verdict in CHANGES and not effect.too_small for effect in (answer.week, answer.season)]
    return matters == [False, True]


def headline(answer: Answer, effect: Effect) -> str:
    """State the verdict in one or two short sentences: the most important thing that is true of the records."""
    if effect.verdict is Verdict.TOO_FEW_RUNS:
        return _("Can't tell yet. There are too few runs.")
    if effect.reason is not None:
        if is_stopped_by(effect, Hurdle.NO_ORDER) and is_known(effect.estimate):
            return _(COMPANY[effect.question, _company(effect)])
        side = side_named(effect.reason.hurdle, effect.question, effect.tier.letter, effect.p_less_pain)
        return why_open(effect.reason, side=side)
    if effect.verdict is Verdict.NO_DIFFERENCE:
        return _(NO_DIFFERENCE[effect.question]).format(change=about_the_same(effect.estimate.interval_80))
    if effect.too_small:
        worth = points(answer.facts.worthwhile)
        return (
            _("Too small to matter (under {worth}).").format(worth=worth)
            + " "
            + _claim(effect, answer.facts.worthwhile)
        )
    return _claim(effect, answer.facts.worthwhile)


def _company(effect: Effect) -> str:
    """Return the side that may be named where nothing shows what causes what: never one that is a toss of a coin."""
    return leans(effect.p_less_pain) if less_or_more(effect.estimate.mean) else ""


def about_the_same(likely: tuple[float, float] | None) -> str:
    """Say what 'no difference that matters' looks like; a likely range on one side of 0 is not just 'the same'."""
    ways = {less_or_more(end) for end in likely or (0.0, 0.0)}
    return _(ABOUT_THE_SAME[ways.pop() if len(ways) == 1 else ""])


def verdict_sentences(answer: Answer, effect: Effect) -> tuple[str, ...]:
    """State below the headline the size with its range, what would settle it, and what limits it."""
    if effect.verdict is Verdict.TOO_FEW_RUNS:
        return (_runs_on_record(answer),)
    opened = opened_by(effect.reason) if effect.reason is not None else ()
    if not may_be_shown(effect):
        return opened
    return (size_sentence(effect), *opened, *_limits(effect))


def size_sentence(effect: Effect) -> str:
    """State the range that belongs to the verdict: 80 % where there is one, else all that is left open."""
    if effect.verdict in CHANGES or effect.verdict is Verdict.NO_DIFFERENCE:
        likely = _("The likely range: {span} pain each morning.").format(
            span=span(effect.estimate.interval_80)
        )
        low, high = effect.estimate.interval_95
        if (
            effect.verdict in CHANGES and low < 0.0 < high
        ):  # a side is claimed from 95 % on, this range leaves 2.5 % out
            return likely + " " + _("No change at all is not likely, and not ruled out.")
        return likely
    if spans_all_analyses(effect):
        left = span(left_open(effect))
        return _(
            "Still open, however it is worked out: {span} pain each morning than without running."
        ).format(span=left)
    way = direction(effect.estimate.mean)
    change = _("about {points} {way} pain") if way else _("about as much pain")
    return _(SETTINGS[effect.question]).format(
        change=change.format(points=points(effect.estimate.mean), way=way),
        range=_("likely {span}").format(span=span(effect.estimate.interval_80)),
    )


def spans_all_analyses(effect: Effect) -> bool:
    """Whether the range below the verdict is that of all analyses together, in place of the main one."""
    has_side = effect.verdict in CHANGES or effect.verdict is Verdict.NO_DIFFERENCE
    return not has_side and not is_stopped_by(effect, Hurdle.NO_ORDER)


def dots_note(effect: Effect) -> tuple[str, ...]:
    """Explain why the dots spread less than the range below the verdict, where they do."""
    if not spans_all_analyses(effect) or left_open(effect) == effect.estimate.interval_95:
        return ()
    return (
        _(
            "These dots come from the main analysis alone. The range at the top is of all analyses, so it is wider."
        ),
    )


def left_open(effect: Effect) -> tuple[float, float]:
    """Return the widest 95 % range over all analyses that were run, which count equally here."""
    ranges = [effect.estimate.interval_95, *(row.estimate.interval_95 for row in effect.panel)]
    return min(low for low, _high in ranges), max(high for _low, high in ranges)


def rival_sentences(answer: Answer) -> tuple[str, ...]:
    """State what else could explain the season, and how much of it the week already shows."""
    drift = _(LOOKS_LIKE_HARM if answer.season.estimate.mean > 0.0 else LOOKS_LIKE_HELP)
    if not may_be_shown(answer.week):
        return (drift,)
    way = direction(answer.week.estimate.mean)
    week = _("{points} {way} pain").format(points=points(answer.week.estimate.mean), way=way)
    own = _("The week by itself goes together with {week}.").format(
        week=week if way else _("about no change")
    )
    rest = _habit_share(answer.season) or (
        _("The rest of the season's change comes from the model more than from your records."),
    )
    return drift, " ".join((own, *rest))


def _habit_share(effect: Effect) -> tuple[str, ...]:
    """How much of what months add is the person's own data; in the whole, the next day's would hide it."""
    habit = next((part for part in effect.parts if part.name == "habit"), None)
    if habit is None or not is_known(habit.estimate):
        return ()
    return (_("What regular running adds rests {share}.").format(share=rests_words(habit.data_share)),)


def dots_sentence(answer: Answer, effect: Effect) -> str:
    """Explain what one dot of the quantile dotplot means, and what the dots say."""
    dots = effect.estimate.dots
    less = sum(value < 0 for value in dots)
    # as the table beside the dots rounds them, so that both count the same dots
    much = sum(round(value, 2) <= -answer.facts.worthwhile for value in dots)
    template = _(
        "Each dot is one of {n} answers that fit your records. In {less} of {n}, running {means} less pain"
    )
    tail = (
        _(", in {much} of them by {worth} or more.") if much else _(", in none of them by {worth} or more.")
    )
    means = _("means") if effect.tier.letter is TierLetter.RANDOMISED else _("goes with")
    return template.format(n=len(dots), less=less, means=means) + tail.format(
        much=much, worth=points(answer.facts.worthwhile)
    )


def likely_sentence(answer: Answer) -> str:
    """Explain 'likely', and which change is shaded."""
    return _(
        "“Likely” means the 16 full dots. The shaded edges are changes of {worth} or more, which count as "
        "worthwhile here. Points are on your own scale from 0 to 10."
    ).format(worth=points(answer.facts.worthwhile))


def _claim(effect: Effect, worthwhile: float) -> str:
    """State what the records show, as strongly as the question's tier permits."""
    change = _(CHANGES[effect.verdict]).format(points=points(effect.estimate.mean))
    if effect.verdict in JUST_UNDER and round(abs(effect.estimate.mean), 1) >= worthwhile:
        change = _(JUST_UNDER[effect.verdict]).format(points=points(worthwhile))
    seen = _(SEEN[effect.question]).format(change=change)
    if effect.caused:
        return f"{seen} {_(DRAWN[effect.question])}"
    return f"{seen} {_(ALLOWED_FOR)}" if effect.tier.letter is TierLetter.MORNING_FIRST else seen


def verdict_name(verdict: Verdict) -> str:
    """Name a verdict in a word or two, for a table headed "morning pain with running"."""
    return _(NAMES[verdict])


def _runs_on_record(answer: Answer) -> str:
    found = answer.facts.run_days
    sentence = plural(
        found, "There is {n} day with a run on record.", "There are {n} days with a run on record."
    )
    return sentence.format(n=found) + " " + _(TAKES)


def _limits(effect: Effect) -> tuple[str, ...]:
    if effect.tier.letter is TierLetter.MORNING_FIRST:
        return (_(UNWRITTEN[effect.reason is None]),)
    if is_stopped_by(effect, Hurdle.NO_ORDER):
        return (_("That does not show what causes what.") + " " + _reverse(effect),)
    return ()


def _reverse(effect: Effect) -> str:
    """How pain alone, or the hour of the rating, can make what is seen when looking back."""
    if effect.estimate.mean < 0:
        return _("People run less when it hurts, and that alone can make running look good.")
    if effect.reason is not None and effect.reason.numbers.get("hours_to_run", 0.0) >= LONG_AFTER_RATING:
        return _(
            "Whatever else happens on days with a run, like work or little sleep, can make running look bad."
        )
    return _("A rating made soon after a run may speak of that run alone.")
