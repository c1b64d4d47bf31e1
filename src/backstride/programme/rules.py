"""Every rule of the programme in words: what it does, why, and where it comes from."""

from dataclasses import dataclass
from enum import StrEnum


class Rule(StrEnum):
    """The rules by name."""

    ENTRY = "walk first"
    SESSIONS = "three sessions"
    ADVANCE = "three greens"
    REPEAT = "repeat"
    AMBER = "amber"
    RED = "red"
    SETTLE = "settle"
    TWO_REDS = "two reds"
    LIMIT = "110 percent"
    LONG_BREAK = "long break"
    MISSED = "missed"
    PAUSED = "paused"
    WALK_ONLY = "walk only"
    DRAWN = "drawn"
    NOT_DRAWN = "not drawn"


@dataclass(frozen=True, slots=True)
class About:
    """What a rule does, why, and where it comes from."""

    does: str
    why: str
    source: str


_OURS = "ours, on the safe side"
_THOMEE = (
    "after Thomee 1997 and Silbernagel 2007, made for tendons and knees, not tested in backs; steps ours"
)
ABOUT: dict[Rule, About] = {
    Rule.ENTRY: About(
        "First two weeks of walks, up to 30 minutes. Who runs already starts from the runs of the last 30 days.",
        "Running is a hard start for someone who sits all day.",
        _OURS,
    ),
    Rule.SESSIONS: About(
        "Three sessions of 30 minutes a week, never two in a row.",
        "The body needs a day between.",
        "three sessions of 30 minutes: Neason 2024, doi 10.1136/bjsports-2024-108245; the steps are ours",
    ),
    Rule.ADVANCE: About(
        "After three greens in a row and a week on a stage you go one up. Once you run, walks alone keep the stage.",
        "Slow steps show early what is too much.",
        _OURS,
    ),
    Rule.REPEAT: About("The same stage once more.", "It is not clear yet that the next step is fine.", _OURS),
    Rule.AMBER: About(
        "Pain is up the next morning: repeat the stage. If it is not down a day later, go one back.",
        "A small rise that goes away is no harm. One that stays is a sign to do less.",
        _THOMEE,
    ),
    Rule.RED: About(
        "Pain of more than 5, a rise of 3 or more, or a new sign in a leg: rest two days, then go two back. "
        "Pain in a leg counts as pain in the back.",
        "That was too much for now.",
        _THOMEE,
    ),
    Rule.SETTLE: About(
        "No session until a morning is back at no more than 3, or within 1 of your usual. A new sign in a leg has to "
        "be gone, too.",
        "Going on while it hurts more tells you nothing.",
        _THOMEE,
    ),
    Rule.TWO_REDS: About(
        "Two reds in 14 days: only walks until you say that you go on. Talk to your provider first.",
        "Twice is a pattern worth a look.",
        _OURS,
    ),
    Rule.LIMIT: About(
        "No session goes more than 10 percent beyond your longest of the last 30 days.",
        "Runners got hurt more often after such a jump.",
        "Schuster Brandt Frandsen 2025, a study that only watched; the start after a gap is ours",
    ),
    Rule.LONG_BREAK: About(
        "After more than 14 days off you start two stages lower.", "What you gained fades.", _OURS
    ),
    Rule.MISSED: About(
        "Missed days are just missed. The stage waits for you.", "Life gets in the way.", _OURS
    ),
    Rule.PAUSED: About(
        "No sessions while you pause, are ill, are away, or while the safety questions say so.",
        "The plan waits. The diary goes on.",
        _OURS,
    ),
    Rule.WALK_ONLY: About("Only walks for now.", "The safety questions, or two reds, ask for it.", _OURS),
    Rule.DRAWN: About(
        "Sessions lie on the days that chance drew.", "So the answer can be read.", "docs/draws.md"
    ),
    Rule.NOT_DRAWN: About(
        "No drawn day is left in these seven days. The next drawn week has sessions again.",
        "A day more than was drawn would blur the answer.",
        _OURS,
    ),
}
