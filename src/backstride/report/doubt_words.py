"""What each doubt asks, what was done about it, and what each outcome means. Words only, no logic."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class NumberSentence:
    """A sentence for some of a doubt's numbers; used where all its keys are there."""

    words: str
    keys: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class DoubtWords:
    """One doubt.

    Attributes:
        question: as a person would ask it.
        checked: what was done.
        fine, open, informs: what each outcome means.
        numbers: sentences for the numbers that may come with it.
    """

    question: str
    checked: str
    fine: str
    open: str
    informs: str
    numbers: tuple[NumberSentence, ...] = ()


UNKNOWN_DOUBT = DoubtWords(
    question="", checked="", fine="Nothing to worry about.", open="This doubt stays.", informs=""
)

DOUBT_WORDS: dict[int, DoubtWords] = {
    1: DoubtWords(
        question="Could mere chance make such a gap?",
        checked="The drawn run days were dealt again many times, as one shuffles cards.",
        fine="Chance alone seldom makes a gap like yours.",
        open="Chance alone often makes a gap like yours, or the gap points the other way.",
        informs="Your answer takes no side, so there is none to lose.",
        numbers=(
            NumberSentence("After drawn runs mornings differ by {mean_gap} points.", ("mean_gap",)),
            NumberSentence("Chance makes a gap as wide in {p} deals.", ("p",)),
        ),
    ),
    2: DoubtWords(
        question="Does a later run change earlier pain?",
        checked="It cannot. So the same analysis, asked that way round, must find nothing.",
        fine="It found nothing, as it should.",
        open="It found something. Part of the answer may come from how you pick your run days.",
        informs="What was found:",
        numbers=(NumberSentence("Mere chance finds as much in {p} diaries.", ("p",)),),
    ),
    3: DoubtWords(
        question="Would your back have changed anyway?",
        checked="The season was worked out again with more room for your back to drift by itself.",
        fine="The season's answer holds.",
        open="The season's answer leans on your back not drifting by itself.",
        informs="Your answer takes no side, so there is none to lose.",
        numbers=(
            NumberSentence(
                "With more drift, the season goes from {season_mean} to {season_mean_freer} points.",
                ("season_mean", "season_mean_freer"),
            ),
            NumberSentence("{share_gone}.", ("share_gone",)),
        ),
    ),
    4: DoubtWords(
        question="Does it hang on what was believed at the start?",
        checked="The answer was worked out again from a sceptic's view, and from a very open one.",
        fine="It does not.",
        open="It does. Your records alone do not settle it yet.",
        informs="Your answer takes no side, so there is none to lose.",
        numbers=(
            NumberSentence(
                "A sceptic would get {sceptic_mean} points, an open mind {wide_mean}.",
                ("sceptic_mean", "wide_mean"),
            ),
            NumberSentence(
                "An open mind would get {wide_mean} points. A sceptic's view is too far from yours to be worked out.",
                ("wide_mean",),
            ),
            NumberSentence("{verdict_changed}", ("verdict_changed",)),
        ),
    ),
    5: DoubtWords(
        question="Does it hang on how fast the habit builds up?",
        checked="The habit was taken to build up over 28 days. It was tried with 14 and with 42 as well.",
        fine="It does not.",
        open="It does. So the size of the season's answer is less sure than its range says.",
        informs="Your answer takes no side, so there is none to lose.",
        numbers=(
            NumberSentence(
                "With 14 days it is {mean_tau_14} points, with 42 days {mean_tau_42}.",
                ("mean_tau_14", "mean_tau_42"),
            ),
        ),
    ),
    6: DoubtWords(
        question="Do missing mornings hide bad ones?",
        checked="Are check-ins missing more often after bad days? And if the missing ones were 1 point worse?",
        fine="There is no sign of it.",
        open="They may. Try to check in on bad mornings too.",
        informs="Your answer stands, but keep this in mind.",
        numbers=(
            NumberSentence("{share_missing} of your mornings are missing.", ("share_missing",)),
            NumberSentence(
                "Mere chance would tie them to bad days as closely in {p_after_bad} diaries, "
                "to runs in {p_after_run}.",
                ("p_after_bad", "p_after_run"),
            ),
            NumberSentence(
                "With the missing ones 1 point worse, the week's answer is {week_mean_if_worse} points, "
                "the season's {season_mean_if_worse}.",
                ("week_mean_if_worse", "season_mean_if_worse"),
            ),
        ),
    ),
    7: DoubtWords(
        question="Could something nobody wrote down explain it?",
        checked="How strong would a hidden cause of both rest and pain have to be, to overturn the answer?",
        fine="Only a strong one could.",
        open="A weak one could.",
        informs="One of middling strength could, or your answer takes no side yet.",
        numbers=(
            NumberSentence(
                "To overturn the week, it must be behind {share_week} of your whims to run or rest, and as much of "
                "the pain that is new each day.",
                ("share_week",),
            ),
            NumberSentence(
                "To overturn the season, it must be behind {share_season} of both.", ("share_season",)
            ),
            NumberSentence(
                "One behind 10 % of your whims and of new pain would move the week by {week_mean_moved} points, "
                "the season by {season_mean_moved}.",
                ("week_mean_moved", "season_mean_moved"),
            ),
            NumberSentence(
                "That is {times_morning_pain} times as strong as morning pain, had you not noted it.",
                ("times_morning_pain",),
            ),
        ),
    ),
    8: DoubtWords(
        question="Does the model make diaries like yours?",
        checked="Diaries were made up from the model and set beside yours.",
        fine="They look like yours.",
        open="They differ from yours. So the model misses something about your back.",
        informs="What was found:",
        numbers=(
            NumberSentence(
                "Made-up diaries as far out as yours in carry-over from day to day: {p_autocorrelation}.",
                ("p_autocorrelation",),
            ),
            NumberSentence("In mornings at zero: {p_floor}.", ("p_floor",)),
            NumberSentence("In flares: {p_flares}.", ("p_flares",)),
            NumberSentence("In ups and downs: {p_sd}.", ("p_sd",)),
        ),
    ),
    9: DoubtWords(
        question="Did the computing settle?",
        checked="Several runs of the computing started apart. They must end in the same place.",
        fine="It did.",
        open="It did not. So there is no verdict.",
        informs="What was found:",
        numbers=(
            NumberSentence(
                "Its two marks: {worst_rhat} (below 1.01 is good), {least_ess} (above 400 is good).",
                ("worst_rhat", "least_ess"),
            ),
        ),
    ),
}
