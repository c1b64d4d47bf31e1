"""What each doubt asks, what was done about it, and what each outcome means. Words only, no logic."""

from dataclasses import dataclass

from backstride.answer.kinds import Check


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

WITH_AND_WITHOUT = (
    NumberSentence(
        "The week is {week_mean} points with and {week_mean_without} without.",
        ("week_mean", "week_mean_without"),
    ),
    NumberSentence(
        "The season is {season_mean} points with and {season_mean_without} without.",
        ("season_mean", "season_mean_without"),
    ),
)

DOUBT_WORDS: dict[str, DoubtWords] = {
    Check.RANDOMISATION: DoubtWords(
        question="Could mere chance make such a gap?",
        checked="The drawn run days were dealt again many times, as one shuffles cards.",
        fine="The gap and your answer agree.",
        open="The gap and your answer do not agree.",
        informs="Your answer claims nothing yet, so there is nothing to lose.",
        numbers=(
            NumberSentence("After drawn runs mornings differ by {mean_gap} points.", ("mean_gap",)),
            NumberSentence("Chance makes a gap as wide in {p} deals.", ("p",)),
            NumberSentence("The widest gap that could fall would come in {p_least}.", ("p_least",)),
        ),
    ),
    Check.PLACEBO: DoubtWords(
        question="Does a later run change earlier pain?",
        checked="It cannot. So the same analysis, asked that way round, must find nothing.",
        fine="It found nothing, as it should.",
        open="It found something. Part of the answer may come from how you pick your run days.",
        informs="What was found:",
        numbers=(NumberSentence("Mere chance finds as much in {p} diaries.", ("p",)),),
    ),
    Check.NATURAL_COURSE: DoubtWords(
        question="Would your back have changed anyway?",
        checked="It was all worked out again with room for your back to change by itself.",
        fine="What is claimed holds.",
        open="It may have. Over these months, that and your running are hard to tell apart.",
        informs="Your answer claims nothing yet, so there is nothing to lose.",
        numbers=(
            NumberSentence(
                "Time alone explains {load_explained_by_time} of how your running changed. From 90 % on, nobody can "
                "tell the two apart.",
                ("load_explained_by_time",),
            ),
            NumberSentence(
                "With a course of its own, the season goes from {season_mean} to {season_mean_freer} points.",
                ("season_mean", "season_mean_freer"),
            ),
            NumberSentence("{share_gone}.", ("share_gone",)),
        ),
    ),
    Check.PRIORS: DoubtWords(
        question="Does it hang on what was believed at the start?",
        checked="The answer was worked out again from a sceptic's view, and from your records nearly alone.",
        fine="It does not.",
        open="It does. Your records alone do not settle it yet.",
        informs="Your answer claims nothing yet, so there is nothing to lose.",
        numbers=(
            NumberSentence(
                "A sceptic would get {sceptic_mean} points, your records nearly alone {wide_mean}.",
                ("sceptic_mean", "wide_mean"),
            ),
            NumberSentence(
                "Your records nearly alone would get {wide_mean} points. A sceptic's view is too far from yours to "
                "be worked out.",
                ("wide_mean",),
            ),
            NumberSentence("A sceptic would get {sceptic_mean} points.", ("sceptic_mean",)),
            NumberSentence("{verdict_changed}", ("verdict_changed",)),
        ),
    ),
    Check.DOSE_LAG: DoubtWords(
        question="Does it hang on how fast the habit builds up?",
        checked="How fast it does is drawn with the rest, from 14 to 80 days. Quick and slow ones were set apart.",
        fine="It does not.",
        open="It does. So the size of the season's answer is less sure than its range says.",
        informs="Your answer claims nothing yet, so there is nothing to lose.",
        numbers=(
            NumberSentence("Your records put it at about {tau_days} days.", ("tau_days",)),
            NumberSentence(
                "If it builds up fast, the season is {mean_quick} points, if slowly {mean_slow}.",
                ("mean_quick", "mean_slow"),
            ),
            NumberSentence("If it builds up fast, the season is {mean_quick} points.", ("mean_quick",)),
            NumberSentence("If it builds up slowly, the season is {mean_slow} points.", ("mean_slow",)),
        ),
    ),
    Check.MISSING_DAYS: DoubtWords(
        question="Do missing mornings hide bad ones?",
        checked="Are check-ins missing more often after bad days? And if the missing ones were 1 point worse?",
        fine="There is no sign of it.",
        open="They may. Try to check in on bad mornings too.",
        informs="Your answer stands, but keep this in mind.",
        numbers=(
            NumberSentence("{share_missing} of your mornings are missing.", ("share_missing",)),
            NumberSentence(
                "Your check-ins mention runs. Of these, {share_runs_missing} are not in your records.",
                ("share_runs_missing",),
            ),
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
    Check.UNMEASURED_CAUSE: DoubtWords(
        question="Could something nobody wrote down explain it?",
        checked="How strong would a hidden cause of both rest and pain have to be, to overturn the answer?",
        fine="Only a strong one could.",
        open="A weak one could.",
        informs="One of middling strength could, or your answer claims nothing yet.",
        numbers=(
            NumberSentence(
                "To overturn the week, it must be behind {share_week} of your choice to run or rest, and as "
                "much of the pain that is new each day.",
                ("share_week",),
            ),
            NumberSentence(
                "To overturn the season, it must be behind {share_season} of both.", ("share_season",)
            ),
            NumberSentence(
                "One behind 10 % of your choices and of new pain would move the week by {week_mean_moved} points, "
                "the season by {season_mean_moved}.",
                ("week_mean_moved", "season_mean_moved"),
            ),
            NumberSentence(
                "That is {times_morning_pain} times as strong as morning pain, had you not noted it.",
                ("times_morning_pain",),
            ),
        ),
    ),
    Check.RECORDED_CAUSES: DoubtWords(
        question="What do sleep, stress and the like change?",
        checked="What you noted often enough is allowed for. It was all worked out again without.",
        fine="The answer is the same without them.",
        open="The answer hangs on them.",
        informs="Without them the answer would be another one. So what nobody wrote down may matter, too.",
        numbers=(
            NumberSentence("{recorded} such things were noted often enough.", ("recorded",)),
            *WITH_AND_WITHOUT,
        ),
    ),
    Check.DECISION_MODEL: DoubtWords(
        question="What if your choice to run said nothing of pain?",
        checked="People run less when it hurts, and the answer allows for that. It was worked out again without.",
        fine="The answer is the same without.",
        open="The answer hangs on it.",
        informs="Without that, running mostly looks better than it is. So this only informs.",
        numbers=WITH_AND_WITHOUT,
    ),
    Check.POSTERIOR_PREDICTIVE: DoubtWords(
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
            NumberSentence("In how bad the worst week is: {p_episodes}.", ("p_episodes",)),
            NumberSentence("In how days of the week differ: {p_weekday}.", ("p_weekday",)),
        ),
    ),
    Check.SAMPLER: DoubtWords(
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
