"""The data dictionary that goes with the tables: what each column holds, in which unit."""

from backstride.core.check_in import QUESTIONS
from backstride.core.question import AnswerKind, Question
from backstride.diary.tables import (
    ALLOCATION_COLUMNS,
    ALLOCATIONS,
    CHECK_IN_COLUMNS,
    CHECK_INS,
    COVERED,
    COVERED_COLUMNS,
    MEASUREMENT_COLUMNS,
    MEASUREMENTS,
    PAIN_BEFORE,
    PAIN_BEFORE_COLUMNS,
    PLAN,
    PLAN_COLUMNS,
    ROLAND_MORRIS,
    ROLAND_MORRIS_COLUMNS,
    RUN_COLUMNS,
    RUNS,
)

COLUMNS = ("table", "column", "unit or values", "what it holds")
TABLES = {
    CHECK_INS: CHECK_IN_COLUMNS,
    RUNS: RUN_COLUMNS,
    MEASUREMENTS: MEASUREMENT_COLUMNS,
    COVERED: COVERED_COLUMNS,
    ALLOCATIONS: ALLOCATION_COLUMNS,
    PLAN: PLAN_COLUMNS,
    PAIN_BEFORE: PAIN_BEFORE_COLUMNS,
    ROLAND_MORRIS: ROLAND_MORRIS_COLUMNS,
}
_MOMENT = "ISO 8601, with offset"
_DAY = "ISO 8601"
_YES_NO = "yes, no"
_SCALE = "0-10"


def _values(question: Question) -> str:
    """Describe the permitted values of a question's column."""
    match question.kind:
        case AnswerKind.RATING:
            return _SCALE
        case AnswerKind.COUNT:
            return "count"
        case AnswerKind.MINUTES:
            return "minutes"
        case AnswerKind.YES_NO:
            return _YES_NO
        case AnswerKind.CHOICE:
            return ", ".join(question.choices)


MEANINGS = {
    "time": (_MOMENT, "the moment of which it speaks"),
    "pain": ("on the scale of the row", "pain now"),
    "scale": ("lowest-highest, /step", "the scale of that rating"),
    **{name: (_values(question), question.meaning) for name, question in QUESTIONS.items()},
    "drawn": ("run, rest", "what chance drew for the day; empty on days of one's own choice"),
    "filled_in_late": (_YES_NO, "entered after the day itself, or with a day and no time"),
    "day_starts_h": (
        "0 to 12",
        "hour at which the person's day starts; empty where three gives the same day",
    ),
    "kind_known": ("stated, assumed, name, speed, unknown", "how the kind of session is known"),
    "kind_word": ("words", "what the source calls the session, where that word is not known"),
    "zone": ("stated, position, assumed", "how the offset of the time is known"),
    "source": ("words", "where the row comes from"),
    "note": ("words", "free words; never read by the model"),
    "start": (_MOMENT, "when the session began"),
    "moving_min": ("minutes", "in motion"),
    "elapsed_min": ("minutes", "from start to end, pauses included"),
    "distance_km": ("kilometres", "distance"),
    "activity": ("run, treadmill, walk, other", "what kind of session it was"),
    "rpe": (_SCALE, "how hard it was (CR-10)"),
    "feel": (_SCALE, "how it felt, 0 very weak to 10 very strong"),
    "heart_rate": ("beats a minute", "mean of the session"),
    "kind": ("weight, front_plank, ...", "what was measured"),
    "value": ("in the unit of the row", "the measured value"),
    "unit": ("kg, s, cm", "the unit of that value"),
    "from": (_DAY, "the first day of which every run is known"),
    "to": (_DAY, "the last day of which every run is known"),
    "drawn_day": (_DAY, "the day that was drawn"),
    "assigned": ("run, rest, own", "what it was given"),
    "law": ("own, days, weeks, blocks of 2 weeks, blocks of 4 weeks", "over what chance ran"),
    "block": (_DAY, "the first of the days that fell together"),
    "probability": ("fraction", "of the whole block as it fell, exact"),
    "seed": ("whole number", "of the schedule"),
    "pain_before": ("on the scale of the row", "pain now, before a run or in place of one"),
    "roland_morris": ("0-24", "how many sentences of the Roland-Morris questionnaire were ticked"),
    "ticked": ("1-24, none", "their numbers; empty where only the score is known"),
    "plan_day": (_DAY, "the day for which it holds"),
    "step": ("start, session, pause, ...", "what happened to the plan"),
    "stage": ("whole number", "of a session, its stage on the ladder"),
    "run_min": ("minutes", "of running in a session of the plan"),
    "walk_min": ("minutes", "of walking in a session of the plan"),
}


def dictionary() -> list[tuple[str, ...]]:
    """One row for each column of each table, after the header."""
    rows = [(table, column, *MEANINGS[column]) for table, columns in TABLES.items() for column in columns]
    return [COLUMNS, *rows]
