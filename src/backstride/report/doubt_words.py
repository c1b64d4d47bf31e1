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
        fine_with: a number whose presence gives another sentence in place of `fine`, and that sentence.
    """

    question: str
    checked: str
    fine: str
    open: str
    informs: str
    numbers: tuple[NumberSentence, ...] = ()
    fine_with: tuple[str, str] | None = None


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

NO_VERDICT = "There is no verdict yet for this check to overturn."

DOUBT_WORDS: dict[str, DoubtWords] = {
    Check.RANDOMISATION: DoubtWords(
        question="Could chance alone make such a gap?",
        checked="The drawn run days were shuffled many times, like a pack of cards.",
        fine="The gap and your answer point the same way.",
        open="The gap and your answer do not agree.",
        informs="By itself, this test shows too little to settle it.",
        numbers=(
            NumberSentence("After drawn runs mornings differ by {mean_gap} points.", ("mean_gap",)),
            NumberSentence(
                "Chance makes a gap as wide in {p} shuffles, and the widest gap possible in {p_least}.",
                ("p", "p_least"),
            ),
            NumberSentence(
                "After 12 weeks drawn for running, pain differs by {mean_gap_season} points. Chance makes as much "
                "in {p_season} shuffles, and the widest gap possible in {p_least_season}.",
                ("mean_gap_season", "p_season", "p_least_season"),
            ),
        ),
        fine_with=("gap_is_small", "The gap is small, too."),
    ),
    Check.PLACEBO: DoubtWords(
        question="Does a later run change earlier pain?",
        checked="It cannot. So the same analysis, run backwards, should find nothing.",
        fine="The test found nothing, as it should.",
        open="It found something. Part of the answer may come from how you pick your run days.",
        informs="What was found:",
        numbers=(NumberSentence("Chance alone finds as much in {p} diaries.", ("p",)),),
    ),
    Check.NATURAL_COURSE: DoubtWords(
        question="Would your back have changed anyway?",
        checked="It was all worked out again, allowing for your back changing by itself.",
        fine="The verdict holds.",
        open="It may have. Over these months, that and your running are hard to tell apart.",
        informs=NO_VERDICT,
        numbers=(
            NumberSentence(
                "Time alone explains {load_explained_by_time} of how your running changed. From 85% on, nobody can "
                "tell the two apart.",
                ("load_explained_by_time",),
            ),
            NumberSentence(
                "If your back may change by itself, the season's answer goes from {season_mean} to "
                "{season_mean_freer} points.",
                ("season_mean", "season_mean_freer"),
            ),
            NumberSentence("{share_gone}.", ("share_gone",)),
        ),
    ),
    Check.PRIORS: DoubtWords(
        question="Does it depend on what we assumed at the start?",
        checked="The answer was worked out again as a sceptic would, and from your records almost alone.",
        fine="The verdict stays the same. Its size may not.",
        open="It does. Your records alone do not settle it yet.",
        informs=NO_VERDICT,
        numbers=(
            NumberSentence(
                "For the season a sceptic would get {sceptic_mean} points. Your records almost alone give "
                "{wide_mean}.",
                ("sceptic_mean", "wide_mean"),
            ),
            NumberSentence("For the season a sceptic would get {sceptic_mean} points.", ("sceptic_mean",)),
            NumberSentence("{verdict_changed}", ("verdict_changed",)),
        ),
    ),
    Check.DOSE_LAG: DoubtWords(
        question="Does it depend on how quickly the effect builds up?",
        checked="The model allows for anything from 14 to 80 days. Quick and slow effects were compared.",
        fine="The verdict stays the same. Its size may not.",
        open="It does. So the size of the season's answer is less sure than its range says.",
        informs=NO_VERDICT,
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
        checked="Are check-ins missing more often after bad days? And if the missing ones were 1 point off?",
        fine="There is no sign of it.",
        open="They may. Try to check in every morning, good or bad, with or without a run.",
        informs="Keep this in mind.",
        numbers=(
            NumberSentence("{share_missing} of your mornings are missing.", ("share_missing",)),
            NumberSentence(
                "Of the runs that your check-ins mention, {share_runs_missing} are missing from your records.",
                ("share_runs_missing",),
            ),
            NumberSentence(
                "You rated {rated_run_days} of the mornings of days with a run, and {rated_rest_days} of the others. "
                "Check in on both.",
                ("rated_run_days", "rated_rest_days"),
            ),
            NumberSentence(
                "By chance alone, gaps would follow bad days as closely as yours do in {p_after_bad} diaries.",
                ("p_after_bad",),
            ),
            NumberSentence(
                "By chance alone, gaps would follow good days as closely as yours do in {p_after_good} diaries.",
                ("p_after_good",),
            ),
            NumberSentence(
                "And they would follow runs as closely in {p_after_run}. A small number means that it is probably "
                "not chance.",
                ("p_after_run",),
            ),
            NumberSentence(
                "And they would follow days without a run as closely in {p_after_rest}. A small number means that it "
                "is probably not chance.",
                ("p_after_rest",),
            ),
            NumberSentence(
                "And they would fall as much on the mornings of days with a run in {p_on_run_days}.",
                ("p_on_run_days",),
            ),
            NumberSentence(
                "And they would fall as much on the mornings of days without a run in {p_on_rest_days}.",
                ("p_on_rest_days",),
            ),
            NumberSentence(
                "If the missing mornings had been 1 point worse, the week's answer would be {week_mean_if_worse} "
                "points, and the season's {season_mean_if_worse}.",
                ("week_mean_if_worse", "season_mean_if_worse"),
            ),
            NumberSentence(
                "If the missing mornings had been 1 point better, the week's answer would be {week_mean_if_better} "
                "points, and the season's {season_mean_if_better}.",
                ("week_mean_if_better", "season_mean_if_better"),
            ),
        ),
    ),
    Check.UNMEASURED_CAUSE: DoubtWords(
        question="Could something nobody wrote down explain it?",
        checked="How strong would a hidden cause of both rest and pain have to be, to overturn the answer?",
        fine="Only a strong one could.",
        open="A weak one could.",
        informs="A fairly strong one could.",
        numbers=(
            NumberSentence(
                "To overturn the week's verdict, a hidden cause would have to explain {share_week} of why you run "
                "on some days and not on others. It would have to explain as much of how your pain moves from day "
                "to day.",
                ("share_week",),
            ),
            NumberSentence(
                "Chance drew your run days. So a hidden cause has a say only in what the draw leaves open: days that "
                "were not drawn, and whether you kept to it. To overturn the week's verdict, it would have to "
                "explain {share_beside_draw_week} of that, and as much of how your pain moves from day to day.",
                ("share_beside_draw_week",),
            ),
            NumberSentence(
                "To overturn the season's verdict, it would have to explain {share_beside_draw_season} of both.",
                ("share_beside_draw_season",),
            ),
            NumberSentence(
                "To overturn the season's verdict, it would have to explain {share_season} of both.",
                ("share_season",),
            ),
            NumberSentence(
                "One that lasts for weeks, like a busy time or a winter, is not measured by this. Only blocks of "
                "weeks drawn by chance rule it out for the season.",
                ("lasting_cause",),
            ),
            NumberSentence(
                "One that explains 10% of both would move the week by {week_mean_moved} points, and the season by "
                "{season_mean_moved}.",
                ("week_mean_moved", "season_mean_moved"),
            ),
            NumberSentence(
                "Morning pain, if you had not recorded it, would be a hidden cause too. This one would have to be "
                "{times_morning_pain} times as strong.",
                ("times_morning_pain",),
            ),
        ),
    ),
    Check.RECORDED_CAUSES: DoubtWords(
        question="What do sleep, stress and the like change?",
        checked="What you noted often enough is allowed for. It was all worked out again without.",
        fine="The verdict is the same without them.",
        open="The answer depends on them.",
        informs="Without them the answer would be another one. So what nobody wrote down may matter, too.",
        numbers=(
            NumberSentence("These were noted often enough: {recorded}.", ("recorded",)),
            NumberSentence(
                "Chance chose your run days, so what you noted is not needed. Some of it may be the work of the run, "
                "like a better night.",
                ("drawn",),
            ),
            *WITH_AND_WITHOUT,
        ),
    ),
    Check.DECISION_MODEL: DoubtWords(
        question="What if pain played no part in your choice to run?",
        checked="People run less when it hurts, and the answer allows for that. It was worked out again without.",
        fine="The answer is the same without it.",
        open="The answer depends on it.",
        informs="Without that, running mostly looks better than it is. So this is for information only.",
        numbers=WITH_AND_WITHOUT,
    ),
    Check.POSTERIOR_PREDICTIVE: DoubtWords(
        question="Does the model describe a diary like yours?",
        checked="The model made diaries of its own, and they were compared with yours.",
        fine="They look like yours.",
        open="They differ from yours. So the model misses something about your back.",
        informs="What was found:",
        numbers=(
            NumberSentence(
                "Simulated diaries at least as extreme as yours in how one day follows the last: "
                "{p_autocorrelation}.",
                ("p_autocorrelation",),
            ),
            NumberSentence("In mornings at zero: {p_floor}.", ("p_floor",)),
            NumberSentence("In rises of 2 points or more by the next morning: {p_flares}.", ("p_flares",)),
            NumberSentence("In ups and downs: {p_sd}.", ("p_sd",)),
            NumberSentence("In how bad the worst week is: {p_episodes}.", ("p_episodes",)),
            NumberSentence("In how days of the week differ: {p_weekday}.", ("p_weekday",)),
        ),
    ),
    Check.SAMPLER: DoubtWords(
        question="Did the calculation settle?",
        checked=(
            "The calculation was run several times from different starting points. All runs should end in the same "
            "place."
        ),
        fine="It did.",
        open="Not fully. A verdict stands only where it holds with the error that this leaves.",
        informs="What was found:",
        numbers=(
            NumberSentence(
                "R-hat: {worst_rhat} (below 1.01 is good). Effective draws: {least_ess} (above 400 is good).",
                ("worst_rhat", "least_ess"),
            ),
        ),
    ),
}
