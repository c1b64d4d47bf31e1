"""The plan in words: each session, the rules behind it, and where things stand."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date

from backstride.core.plan_step import Step
from backstride.programme.intervals import Interval, intervals
from backstride.programme.numbers import NUMBERS
from backstride.programme.rule_texts import ABOUT
from backstride.programme.rules import Rule
from backstride.programme.week import Session
from backstride.report.amounts import day_month, minutes, number, weekday
from backstride.report.language import _, plural

ASK_FIRST = "Answer the safety questions first. Until then there are no sessions."
NOT_STARTED = (
    "Nothing is planned yet.",
    "Start with walks if you sit a lot or have not run for a month. Start from the running you do now if you ran at "
    "least {least_runs} times in {least_weeks} of the last 4 weeks, or of the 4 before a break of at most "
    "{season_off} days.",
)
HELD: dict[Step, str] = {
    Step.PAUSE: "You paused the plan.",
    Step.ILL: "You said that you are ill.",
    Step.HOLIDAY: "You said that you are away.",
    Step.SAFETY_PAUSE: "Your safety answers paused the plan.",
}
GO_ON = "There are no sessions until you start again. The diary goes on. No day is lost."
WITH_CARE = "Your safety answers say: with care. Do no more than you are used to, and stop if it gets worse."
HEAT = (
    "On hot days run early or late, slower and for less time, and drink when you are thirsty. If you get dizzy, "
    "sick or confused, stop, go into the shade and get help."
)
"""Advice of our own for every session; no trial of it was read."""
CHOOSE = "These are suggestions; you choose. If you skip a day, you skip a day."
WALK_WEEK = (
    "This week was drawn for walking. Walk instead of running: that is what your runs are compared with."
)
WHOLE_MINUTES_FROM_S = 600
"""From ten minutes on, nobody looks at the seconds of a stretch."""
STOP = (
    "Stop if your back hurts 2 points more than before, or if anything goes down a leg.",
    "Stop and get help at once if your chest hurts, you faint, or you go numb between the legs.",
    "Stop and walk home if one spot of a bone or a calf hurts, or you limp. Then rate it.",
)

LEG_TALKED_OVER = (
    "You said that you have pain, tingling or numbness down a leg, and that you talked with your provider. Stop, and"
    " talk to them again, if it gets worse, or if a leg goes weak."
)


@dataclass(frozen=True, slots=True)
class SessionText:
    """One session in words.

    Attributes:
        title: how long, and of what: neutral words, fit for a calendar.
        parts: how much of it is running, and about how far it goes.
        steps: what to do, one after the other.
    """

    title: str
    parts: str
    steps: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Reason:
    """A rule: what it does, why, and where it comes from."""

    does: str
    why: str
    source: str


def session_text(session: Session) -> SessionText:
    """Put a session into words."""
    stretches = intervals(session.run_min, session.walk_min, session.stage)
    run_s = sum(stretch.seconds for stretch in stretches if stretch.is_run)
    walk_s = sum(stretch.seconds for stretch in stretches if not stretch.is_run)
    return SessionText(neutral_title(stretches), _parts(run_s, walk_s, session.metres), steps(stretches))


def neutral_title(stretches: Sequence[Interval]) -> str:
    """How long it takes, and no more: "30 minutes"."""
    whole = round(sum(stretch.seconds for stretch in stretches) / 60)
    return minutes(whole)


def steps(stretches: Sequence[Interval]) -> tuple[str, ...]:
    """List what to do in order; repeated stretches are stated once with their count."""
    made: list[str] = []
    at = 0
    while at < len(stretches):
        pair = stretches[at : at + 2]
        times = _times(stretches, at)
        if times > 1:
            run, walk = (length(stretch.seconds) for stretch in pair)
            made.append(_("{n} times: run {run}, walk {walk}.").format(n=number(times), run=run, walk=walk))
            at += 2 * times
        else:
            made.append(step(stretches[at]))
            at += 1
    return tuple(made)


def timed(stretches: Sequence[Interval]) -> tuple[tuple[Interval, str, str], ...]:
    """Each stretch with when it begins, in minutes and seconds from the start, and what to do."""
    made, at = [], 0
    for stretch in (_rounded(each) for each in stretches):
        made.append((stretch, f"{at // 60}:{at % 60:02d}", step(stretch)))
        at += stretch.seconds
    return tuple(made)


def _rounded(stretch: Interval) -> Interval:
    """Return a long stretch in whole minutes, as the title of a session and its steps name it."""
    if stretch.seconds < WHOLE_MINUTES_FROM_S:
        return stretch
    return replace(stretch, seconds=60 * round(stretch.seconds / 60))


def step(stretch: Interval) -> str:
    """One stretch: "Run 15 seconds."; a long one in whole minutes, as the title of a session is."""
    sentence = _("Run {length}.") if stretch.is_run else _("Walk {length}.")
    is_long = stretch.seconds >= WHOLE_MINUTES_FROM_S
    said = minutes(round(stretch.seconds / 60)) if is_long else length(stretch.seconds)
    return sentence.format(length=said)


def length(seconds: int) -> str:
    """Format a duration: "1 minute 45 seconds"."""
    whole, left = divmod(seconds, 60)
    parts = []
    if whole:
        parts.append(minutes(whole))
    if left or not whole:
        parts.append(plural(left, "{n} second", "{n} seconds").format(n=left))
    return " ".join(parts)


def reasons(fired: Iterable[Rule]) -> tuple[Reason, ...]:
    """Put the rules that chose the sessions into words."""
    return tuple(reason(rule) for rule in fired)


def in_numbers() -> dict[str, str]:
    """Localise the numbers in the rules' texts."""
    return {name: number(value) for name, value in NUMBERS.items()}


def reason(rule: Rule) -> Reason:
    """One rule in words, with its numbers."""
    about = ABOUT[rule]
    does, why = (_(text).format(**in_numbers()) for text in (about.does, about.why))
    return Reason(does, why, _(about.source))


def not_started() -> tuple[str, str]:
    """State that there is no plan yet, and who starts from where."""
    whether, where = NOT_STARTED
    return _(whether), _(where).format(**in_numbers())


def own_running_needs() -> str:
    """State how many runs the plan needs to start from the person's own running."""
    return _(
        "To start from the running you do now, import your runs first: at least {least_runs}, in {least_weeks} of "
        "the last 4 weeks, or of the 4 before a break of at most {season_off} days."
    ).format(**in_numbers())


def no_session_today(coming: date | None, *, is_done: bool) -> str:
    """State that there is no session today, or that it is done."""
    if is_done and coming is not None:
        return _("Today is done. Next: {day}.").format(day=weekday(coming))
    if is_done:
        return _("Today is done.")
    if coming is not None:
        return _("No session today. Next: {day}.").format(day=weekday(coming))
    return _("No session in the next seven days.")


def hidden_line(first: date) -> str:
    """Of drawn days that do not show yet."""
    return _("The days from {weekday}, {day}, are shown when their week begins.").format(
        weekday=weekday(first), day=day_month(first)
    )


def _parts(run_s: int, walk_s: int, metres: float) -> str:
    far = _("about {n} km").format(n=number(metres / 1000.0))
    if run_s == 0:
        return _("walking, {far}").format(far=far)
    if walk_s == 0:
        return _("running, {far}").format(far=far)
    return _("{run} of running, {walk} of walking, {far}").format(
        run=length(run_s), walk=length(walk_s), far=far
    )


def _times(stretches: Sequence[Interval], at: int) -> int:
    """How often the run and the walk from here on come in a row."""
    pair = tuple(stretches[at : at + 2])
    if len(pair) < 2 or not pair[0].is_run or pair[1].is_run:
        return 1
    times = 1
    while tuple(stretches[at + 2 * times : at + 2 * times + 2]) == pair:
        times += 1
    return times
