"""Why a question is still open, and what would open it."""

from typing import Literal

from backstride.answer.effect import Reason
from backstride.answer.kinds import Analysis, Hurdle, Opener, Question, TierLetter
from backstride.answer.run_sequence import PAIR, WEEK
from backstride.report.amounts import number, points
from backstride.report.language import _
from backstride.report.later_mornings_words import NOT_CLEAR, mornings_sentence

WHY = {
    Hurdle.NO_ORDER: "Can't tell. No rating is known to come before your runs.",
    Hurdle.RAMP: (
        "Can't tell yet. Added up over the weeks, your running rose or fell smoothly with time. A back that changes "
        "by itself over the months can look the same."
    ),
    Hurdle.STEADY: "Can't tell yet. You ran about as much all the time, so there is nothing to compare.",
    Hurdle.WITH_MEDICINE: (
        "Can't tell. You took pain medicine more often on days with a run than on other days. Your records can't "
        "tell one from the other."
    ),
    Hurdle.RUN_SEQUENCE: (
        "Can't tell with one answer for all weeks: what your runs and breaks do does not add up day by day."
    ),
    Hurdle.RUN_LENGTHS: "Can't tell with one answer for all runs: your short and long runs differ.",
    Hurdle.RATING_MOMENT: (
        "Can't tell. On days with a run you rate your pain at another moment than on other days, so the two can't be "
        "compared."
    ),
    Hurdle.FROM_MEMORY: (
        "Can't tell. Most of your check-ins were filled in on a later day. Memory smooths pain and mixes up days, so "
        "the days can't be compared."
    ),
    Hurdle.LATER_MORNINGS: NOT_CLEAR,
    Hurdle.PAST_PAIN: (
        "Can't tell. Your pain and your next runs are linked over several days, in a way that the answer does not "
        "allow for."
    ),
    Hurdle.LASTING_CAUSE: (
        "Can't tell yet. Over the months your pain changed with your running. But what lasts for weeks, like a "
        "busy time or a winter, can change both."
    ),
    Hurdle.SAMPLER: "Can't tell. The calculation did not settle, so there is no answer this time.",
    Hurdle.THRESHOLD: "Can't tell yet. The answer lies right on the line between two verdicts.",
    Hurdle.PRIOR_ALONE: (
        "Can't tell yet. A change that matters is not likely, but your records alone still leave room for one."
    ),
    Hurdle.BOTH_WAYS: "Can't tell yet. Going by your records, running could ease your pain, or make it worse.",
}
SHORT_RUNS_LESS = (
    "Can't tell with one answer for all runs. After runs under {minutes} minutes your morning pain was lower than "
    "after days without a run, by about {short}. After longer runs it was higher, by about {long}."
)
SHORT_RUNS_MORE = (
    "Can't tell with one answer for all runs. After runs under {minutes} minutes your morning pain was higher than "
    "after days without a run, by about {short}. After longer runs it was lower, by about {long}."
)
OTHER_CLOCK = (
    "Can't tell. On days with a run you rate your pain at about {run}, on other days at about {rest}. Pain changes "
    "over the day, so the two can't be compared."
)
RATED_HIGHER = (
    "Can't tell. On mornings before a run that chance drew, you rated your pain higher than before a day of rest, by "
    "about {points}. The run came later, so it can't be the cause. You may rate in another way on those mornings, or "
    "still feel an earlier run."
)
RATED_LOWER = (
    "Can't tell. On mornings before a run that chance drew, you rated your pain lower than before a day of rest, by "
    "about {points}. The run came later, so it can't be the cause. You may rate in another way on those mornings, or "
    "still feel an earlier run."
)
LUCK_HIGHER = (
    "Can't tell yet. On mornings before a run that chance drew, you rated your pain higher than before a day of "
    "rest, by about {points}. The run came later, so it can't be the cause. You rated at about the same time on "
    "both, so this may be luck."
)
LUCK_LOWER = (
    "Can't tell yet. On mornings before a run that chance drew, you rated your pain lower than before a day of "
    "rest, by about {points}. The run came later, so it can't be the cause. You rated at about the same time on "
    "both, so this may be luck."
)
UNWRITTEN = {
    True: "What nobody wrote down, like stress or a bad night, may still explain part of this, or all of it.",
    False: "What nobody wrote down, like stress or a bad night, can hide a change, or look like one.",
}
"""By whether anything is claimed."""
BREAK_HIGHER = (
    "Can't tell with one answer for a week. After {days} or more days without a run your pain was higher, by about "
    "{points}, than single runs would explain. So a week without runs may do more than your other days show."
)
BREAK_LOWER = (
    "Can't tell with one answer for a week. After {days} or more days without a run your pain was lower, by about "
    "{points}, than single runs would explain. So a week without runs may do more than your other days show."
)
WEEK_HIGHER = (
    "Can't tell with one answer for a week. The longer your last run was ago, the lower your pain. So a week with "
    "your runs may be higher than one without, by more than single runs add up to. Only whole weeks without a run "
    "can tell."
)
WEEK_LOWER = (
    "Can't tell with one answer for a week. The longer your last run was ago, the higher your pain. So a week with "
    "your runs may be lower than one without, by more than single runs add up to. Only whole weeks without a run "
    "can tell."
)
PAIR_HIGHER = (
    "Can't tell with one answer for all runs. After runs on two days in a row your pain was higher, by about "
    "{points}, than two single runs would explain."
)
PAIR_LOWER = (
    "Can't tell with one answer for all runs. After runs on two days in a row your pain was lower, by about "
    "{points}, than two single runs would explain."
)
DISAGREE = {
    Analysis.FREER: (
        "Can't tell yet. The analyses disagree: your back may have changed by itself, without the running."
    ),
    Analysis.AS_DRAWN: (
        "Can't tell yet. The analyses disagree: going by what chance drew, the change is not sure enough."
    ),
    Analysis.LATEST_HALF: (
        "Can't tell yet. The later half of your records would give another answer than all of them together."
    ),
}
OPENERS = {
    Opener.RUNS: "It takes a few more runs first.",
    Opener.RATING_BEFORE: "Rate your pain right before each run, with the time, as well as in the morning.",
    Opener.CHANGE_OF_LOAD: "Some weeks with much less running, and some with more, would help to find out.",
    Opener.BLOCKS: "Blocks of 2 or 4 weeks with and without running, drawn by chance, would help the most.",
    Opener.DRAW: "Run days or weeks that chance draws would help the most.",
    Opener.KEEP_TO_DRAW: "It helps to keep to the draw on more days.",
    Opener.IRREGULAR_DAYS: (
        "Your run days follow one fixed rhythm, and more of the same will not help. Let chance draw them."
    ),
    Opener.FINER_RATINGS: (
        "Your ratings are nearly all the same, and more of the same will not help. Rate in half points."
    ),
    Opener.RUNS_WITHOUT_MEDICINE: (
        "Runs without the medicine would help to find out. Ask your provider or pharmacist before you change how "
        "you take it."
    ),
    Opener.ONE_LENGTH: "Some weeks with runs of about one length would show what those do.",
    Opener.WHOLE_WEEKS: "Some whole weeks without a run would show what a longer break does.",
    Opener.DAY_BETWEEN: "Some weeks with a day of rest between runs would show what single runs do.",
    Opener.SAME_MOMENT: (
        "Rate your pain at the same time each morning, right after you get up. Do so with or without a run."
    ),
    Opener.RATING_ON_THE_DAY: (
        "Check in on the morning itself. It is better to leave a day out than to fill it in later from memory."
    ),
    Opener.NOTHING_KNOWN: (
        "This is a limit of the calculation, and not a fault of your records. More mornings may change it, or may "
        "not."
    ),
}
"""More days have no sentence here: how many there must be is told apart."""


NO_RANGE = frozenset(
    {
        Hurdle.SAMPLER,
        Hurdle.RAMP,
        Hurdle.STEADY,
        Hurdle.WITH_MEDICINE,
        Hurdle.RUN_LENGTHS,
        Hurdle.RUN_SEQUENCE,
        Hurdle.RATING_MOMENT,
        Hurdle.FROM_MEMORY,
        Hurdle.LATER_MORNINGS,
        Hurdle.PAST_PAIN,
        Hurdle.LASTING_CAUSE,
    }
)
"""Here a range would be what was believed before, the passing of time, or another thing than running."""
MOSTLY = 0.9
"""From this chance of a side on, answers that fit are said to lie mostly on it."""


def leans(p_less: float | None) -> Literal["", "less", "more"]:
    """Return the side on which most answers that fit lie; "" where a direction would be a toss of a coin."""
    if p_less is None:
        return ""
    if p_less >= MOSTLY:
        return "less"
    return "more" if 1.0 - p_less >= MOSTLY else ""


def side_named(
    hurdle: str | None, question: Question, tier: TierLetter, p_less: float | None
) -> Literal["", "less", "more"]:
    """Return the side that an open question may name; "" for none.

    Of days that the person chose, a season that leans is as often what lasts for weeks (decisions/0029), so it is
    named only where chance drew blocks of weeks. A season stopped by a lasting cause names more pain alone:
    a person who may be harmed should know it while the question is open, and less pain would be heard as a promise.

    Args:
        hurdle: what stopped the question.
        question: week or season.
        tier: of the evidence for this question.
        p_less: probability of less pain with running, in the main analysis; None where it was not computed.
    """
    side = leans(p_less)
    if hurdle == Hurdle.BOTH_WAYS and (question is Question.WEEK or tier is TierLetter.RANDOMISED):
        return side
    return "more" if hurdle == Hurdle.LASTING_CAUSE and side == "more" else ""


def why_open(reason: Reason, *, side: Literal["", "less", "more"] = "") -> str:
    """Say in one headline why a question has no verdict.

    Args:
        reason: what stopped it.
        side: the side that may be named (`side_named`).
    """
    if reason.hurdle is Hurdle.BOTH_WAYS and side == "less":
        return _("Can't tell yet. Your records point to less pain with running, but not clearly enough.")
    if reason.hurdle is Hurdle.BOTH_WAYS and side == "more":
        return _("Can't tell yet. Your records point to more pain with running, but not clearly enough.")
    if reason.hurdle is Hurdle.LASTING_CAUSE and side == "more":
        return _(
            "Can't tell yet. Over the months your records point to more pain with running. But what lasts for weeks, "
            "like a busy time or a winter, can look the same."
        )
    if reason.hurdle is Hurdle.SAMPLER and reason.analysis not in {None, Analysis.MAIN}:
        return _("Can't tell. One of the analyses that the answer must hold under did not settle.")
    if reason.hurdle is Hurdle.RUN_LENGTHS and reason.numbers:
        return lengths_sentence(reason, less=SHORT_RUNS_LESS, more=SHORT_RUNS_MORE)
    if reason.hurdle is Hurdle.RUN_SEQUENCE and reason.numbers:
        return _sequence_sentence(reason)
    if reason.hurdle is Hurdle.RATING_MOMENT and reason.numbers:
        return _moment_sentence(reason)
    if reason.hurdle is Hurdle.LATER_MORNINGS:
        return mornings_sentence(reason)
    if reason.hurdle is Hurdle.DISAGREE:
        return _(DISAGREE.get(reason.analysis or Analysis.FREER, DISAGREE[Analysis.FREER]))
    return _(WHY[reason.hurdle])


def lengths_sentence(reason: Reason, *, less: str, more: str) -> str:
    """Fill in what follows short and long runs.

    Args:
        reason: of the hurdle RUN_LENGTHS.
        less, more: the sentence where the mornings after short runs are lower, and where they are higher.
    """
    n = reason.numbers
    return _(less if n["short"] < 0.0 else more).format(
        minutes=number(n["minutes"], decimals=0), short=points(abs(n["short"])), long=points(abs(n["long"]))
    )


def _moment_sentence(reason: Reason) -> str:
    """State both clocks, or the gap on mornings before drawn runs."""
    n = reason.numbers
    if "gap" not in n:
        run, rest = (_clock(n[name]) for name in ("run_hour", "rest_hour"))
        return _(OTHER_CLOCK).format(run=run, rest=rest)
    higher, lower = (LUCK_HIGHER, LUCK_LOWER) if n.get("one_clock") else (RATED_HIGHER, RATED_LOWER)
    return _(higher if n["gap"] > 0.0 else lower).format(points=points(abs(n["gap"])))


def _clock(hours: float) -> str:
    """Write hours after midnight as a clock shows them."""
    return "{:02d}:{:02d}".format(*divmod(round(60.0 * hours), 60))


def _sequence_sentence(reason: Reason) -> str:
    """State what breaks, or runs on two days in a row, do beyond the sum of single runs."""
    days, change = round(reason.numbers["days"]), reason.numbers["points"]
    if days == PAIR:
        sentence = PAIR_HIGHER if change > 0.0 else PAIR_LOWER
    elif days == WEEK:
        sentence = WEEK_HIGHER if change > 0.0 else WEEK_LOWER
    else:
        sentence = BREAK_HIGHER if change > 0.0 else BREAK_LOWER
    return _(sentence).format(points=points(abs(change)), days=number(days, decimals=0))


def opened_by(reason: Reason) -> tuple[str, ...]:
    """List what would settle the question, the one that tells most first."""
    return tuple(_(OPENERS[opener]) for opener in reason.opened_by if opener in OPENERS)
