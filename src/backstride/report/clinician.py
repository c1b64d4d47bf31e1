"""The report for a clinician as one value: what both pages say, before it is put into words of a language.

Whatever the diary does not hold is None or empty here. A figure that is not known is never taken for zero.
"""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from backstride.core.clearance import Clearance
from backstride.core.measurement import MeasurementKind
from backstride.core.pain_since import PainSince
from backstride.core.plan_step import Step
from backstride.diary.periods import Period
from backstride.programme.lights import HardSession
from backstride.programme.morning import Shown
from backstride.programme.rules import Rule
from backstride.report.reported_answer import Answered
from backstride.screening.urgent_so_far import UrgentAnswer

MAX_NAME_LENGTH = 60
MAX_QUESTION_LENGTH = 280
"""So much fits onto two pages, whatever else is on them."""


@dataclass(frozen=True, slots=True)
class Patient:
    """What the person wrote onto the report; it is printed and not kept.

    Attributes:
        name: empty for a blank line.
        birth_year: empty for a blank line.
        question: what they would like to ask; empty for a box to write into.
    """

    name: str = ""
    birth_year: str = ""
    question: str = ""


@dataclass(frozen=True, slots=True)
class Dated:
    """A value and the local day it is of."""

    value: float
    day: date


class RatedAt(StrEnum):
    """At what time of the day the back was mostly rated."""

    MORNING = "morning"
    EVENING = "evening"
    MIXED = "mixed"


@dataclass(frozen=True, slots=True)
class Pain:
    """The first ratings of the days, 0-10.

    Attributes:
        last_week: the seven days up to the day of the report.
        four_weeks_ago: the seven days that ended four weeks earlier.
        usual: the median of the rated days of the period; None where there is none.
        worst: the highest rating of the period with its last day; None where there is none.
        rated_at: at what time of the day most of these ratings were given.
    """

    last_week: Period
    four_weeks_ago: Period
    usual: float | None
    worst: Dated | None
    rated_at: RatedAt = RatedAt.MORNING


@dataclass(frozen=True, slots=True)
class LegSigns:
    """What the check-ins of the period say of the legs.

    Attributes:
        days: on which pain, tingling or numbness down a leg was told, or pain in a leg above 0.
        worst: the highest rating of pain in a leg with its last day; None where none was given.
        answered: days on which something was said of the legs.
        check_ins: days with a check-in.
        only_rated: whether none of these days has a yes to pain, tingling or numbness down a leg.
    """

    days: tuple[date, ...]
    worst: Dated | None
    answered: int
    check_ins: int
    only_rated: bool = False


@dataclass(frozen=True, slots=True)
class MedicineDays:
    """What the check-ins of the last four weeks say of pain medicine.

    Attributes:
        answered: days on which something was said of it.
        taken: of these, days with some, as much as usual or more.
        more: of these, days with more than usual.
    """

    answered: int = 0
    taken: int = 0
    more: int = 0


@dataclass(frozen=True, slots=True)
class Safety:
    """The answers to the safety questions as they stand.

    Attributes:
        last_day: on which some were last answered; None where never.
        clearance: what all of them together come to.
        urgent: each yes that asked for help at once or today, and stands or was given in the period.
    """

    last_day: date | None
    clearance: Clearance
    urgent: tuple[UrgentAnswer, ...] = ()


@dataclass(frozen=True, slots=True)
class FirstAndLast:
    """A test, the first time and the last; `last` is None where it was done once."""

    kind: MeasurementKind
    first: Dated
    last: Dated | None


@dataclass(frozen=True, slots=True)
class Measure:
    """A rating of the check-in, 0-10: its mean in the first and in the last four weeks of the period.

    Attributes:
        name: of the field of a check-in.
        first, last: None where nothing was rated.
        first_count, last_count: how many ratings.
        is_compared: whether the period is long enough for two times of four weeks; else there is no first.
    """

    name: str
    first: float | None
    last: float | None
    first_count: int
    last_count: int
    is_compared: bool = True


@dataclass(frozen=True, slots=True)
class Programme:
    """Where the programme stands.

    Attributes:
        started: None where it was not.
        on_own_running: whether it goes on from the person's own running.
        stage: of the ladder; None on one's own running.
        is_paused: whether the person's last word was a pause.
        fired: the rules behind the next seven days.
        run_minutes: of the next session with running; None where the next seven days hold none.
        said: the person's last word about going on.
        talks: the days of the period on which they reported a talk with a provider.
        ill: the illnesses of the period that they reported: the first day and the last one; None while it lasts.
    """

    started: date | None
    on_own_running: bool
    stage: int | None
    is_paused: bool
    fired: tuple[Rule, ...]
    run_minutes: float | None
    said: Step = Step.START
    talks: tuple[date, ...] = ()
    ill: tuple[tuple[date, date | None], ...] = ()


@dataclass(frozen=True, slots=True)
class Happenings:
    """What happened in the period that the programme goes by, each with its day, in order.

    Attributes:
        long_runs: minutes of each run far longer than the longest on record of the days before it, as a race is.
        long_days: minutes on foot of each very long day that the person was not used to.
        worse: the highest rating of the back of each day on which it was much worse than usual.
        flares: the days that the person called a flare.
        elsewhere: the days with pain elsewhere.
        elsewhere_worst: the highest rating of it with its last day; None where none was given.
        elsewhere_answered: days on which it was rated.
    """

    long_runs: tuple[Dated, ...] = ()
    long_days: tuple[Dated, ...] = ()
    worse: tuple[Dated, ...] = ()
    flares: tuple[date, ...] = ()
    elsewhere: tuple[date, ...] = ()
    elsewhere_worst: Dated | None = None
    elsewhere_answered: int = 0


@dataclass(frozen=True, slots=True)
class Talk:
    """A talk with a provider that the app asks for.

    Attributes:
        rules: why.
        since: from which day on, by what the diary holds of each day; None where that is longer than looked for.
        reds: where sessions are the reason, the last two that hurt much more than usual.
    """

    rules: tuple[Rule, ...]
    since: date | None
    reds: tuple[HardSession, ...] = ()


@dataclass(frozen=True, slots=True)
class Note:
    """A note of a check-in."""

    day: date
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ClinicianReport:
    """Everything that the two pages say.

    Attributes:
        patient: what the person wrote onto it.
        made_on: the person's local day.
        first_day, last_day: the period, at most 12 weeks up to `made_on`.
        diary_begins: the first day of the diary; None while it is empty.
        pain_since: how long the back has hurt, as the person chose; None where they did not say.
        pain, legs, safety: of the period, and as they stand.
        latest, before: running in the last four weeks, and in the four weeks before; None where the diary is younger.
        latest_days, before_days: how many days of these the diary has, 0 to 28.
        weeks: of the strip, in order, Monday to Sunday.
        answered: the two questions.
        tests: each test that was done; over the whole diary.
        roland_morris: the first score and the last, 0-24; over the whole diary.
        measures: ratings that stand for a way in which running may act.
        programme: where it stands.
        notes: those that the person ticked, in order of days.
        is_made_up: whether the person does not exist.
        has_safety: whether the safety answers are part of it.
        medicine: pain medicine in the last four weeks.
        warnings: what the latest ratings show on which the app tells the patient not to run.
        chose_worthwhile: whether the patient chose which change is worth the effort.
        talk: the talk with a provider that the app asks the patient for; None where it asks for none.
        happened: what happened in the period that the programme goes by.
    """

    patient: Patient
    made_on: date
    first_day: date
    last_day: date
    diary_begins: date | None
    pain_since: PainSince | None
    pain: Pain
    legs: LegSigns
    safety: Safety
    latest: Period
    before: Period | None
    latest_days: int
    before_days: int
    weeks: tuple[Period, ...]
    answered: Answered
    tests: tuple[FirstAndLast, ...]
    roland_morris: tuple[Dated, ...]
    measures: tuple[Measure, ...]
    programme: Programme
    notes: tuple[Note, ...]
    is_made_up: bool = False
    has_safety: bool = True
    medicine: MedicineDays = MedicineDays()
    warnings: tuple[Shown, ...] = ()
    chose_worthwhile: bool = False
    talk: Talk | None = None
    happened: Happenings = Happenings()
