"""The morning check-in."""

from collections.abc import Mapping
from dataclasses import dataclass, fields, replace
from datetime import date, datetime, timedelta
from typing import Any, Final, Literal

from backstride.core.datetimes import LATEST_DAY_START_H, ZoneSource, checked_moment, day_lived
from backstride.core.question import Question, choice, count, minutes, rating, yes_no
from backstride.core.scales import PainRating
from backstride.errors import BadValue

Medicine = Literal["none", "usual", "more"]
DayLoad = Literal["light", "usual", "heavy"]
TimeOfDay = Literal["morning", "midday", "afternoon", "evening"]


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """What a person said about one morning; whatever was not asked or not answered is None.

    Each question is declared here once, with its bounds and its names (`QUESTIONS`).

    Attributes:
        moment: the moment it speaks of, most often that at which it was answered; at a fixed offset.
        pain: pain in the back now.
        mood, tightness, confidence: now, 0-10; higher is better mood, tighter, more confident to move.
        drinks, cigarettes, fatty_meals: yesterday's counts.
        sleep, stress: 0-10; higher is better sleep last night, more stress.
        medicine: pain medicine since yesterday, held against what is usual.
        day_load: how heavy yesterday was apart from running, held against what is usual.
        flare: whether the person calls this a flare of their back pain.
        leg_symptoms: pain, tingling or numbness down a leg.
        leg_pain, other_pain: now, 0-10; pain in a leg, and pain anywhere but in the back and the legs.
        sore: muscles sore, as after a run; it is no back pain, and never read by the model.
        means_to_run: the answer to 'do you mean to run today?'.
        ran_yesterday: whether there was a run since yesterday's usual check-in; False makes a rest day of it.
        ran_minutes: how long that run was, for who has no watch (`core/said_runs.py`).
        ran_at: about when it was.
        drawn_to_run: what chance drew for today, where the day was drawn; None on own days.
        note: free words; never read by the model.
        source: where it came from.
        zone_source: how the zone of `moment` is known.
        filled_in_late: entered after the day itself.
        day_starts_h: the hour, 0 to 12, at which this person's day starts, where that changes the day to which
            `moment` belongs; None stands for three.
    """

    moment: datetime
    pain: PainRating | None = None
    mood: float | None = rating("mood now, higher is better", "Stimmung", "Laune")
    tightness: float | None = rating(
        "muscle tightness now, higher is tighter",
        *("stiffness", "muscle tightness", "Verspannung", "Steifheit"),
    )
    confidence: float | None = rating(
        "confidence in moving now", "confidence in moving", "Zuversicht", "Vertrauen"
    )
    drinks: float | None = count(
        "alcoholic drinks yesterday", "alcohol", "alcoholic drinks", "Getränke", "Alkohol"
    )
    cigarettes: float | None = count("cigarettes yesterday", "smokes", "Zigaretten")
    fatty_meals: float | None = count(
        "fatty meals yesterday", "fatty food", "fette Mahlzeiten", "fettige Mahlzeiten", "fettes Essen"
    )
    sleep: float | None = rating(
        "sleep last night, 10 is very good",
        *("sleep quality", "quality of sleep", "Schlafqualität"),
    )
    stress: float | None = rating("stress now, higher is more", "stress level", "Stresslevel")
    medicine: Medicine | None = choice(  # noqa: RUF009 - it declares a field
        "pain medicine since yesterday",
        *("medicine since yesterday", "Schmerzmittel seit gestern"),
        of={
            "none": ("no", "nothing", "keine", "keins", "nein"),
            "usual": ("as usual", "same", "wie üblich", "üblich", "wie immer"),
            "more": ("more than usual", "mehr", "mehr als üblich"),
        },
    )
    day_load: DayLoad | None = choice(  # noqa: RUF009
        "how heavy yesterday was, apart from running",
        *("day load", "load of the day", "Tagesbelastung"),
        of={
            "light": ("easy", "leicht"),
            "usual": ("as usual", "normal", "wie üblich", "üblich"),
            "heavy": ("hard", "schwer"),
        },
    )
    flare: bool | None = yes_no("a flare of the back pain", "flare-up", "flare up", "Schub")
    leg_symptoms: bool | None = yes_no(
        "pain, tingling or numbness down a leg", "leg", "Beinsymptome", "Beinbeschwerden"
    )
    leg_pain: float | None = rating("pain in a leg now", "Beinschmerz", "Beinschmerzen")
    other_pain: float | None = rating(
        "pain now in other places than back and legs", "Schmerz woanders", "andere Schmerzen"
    )
    sore: bool | None = yes_no(
        "muscles sore, as after a run", "sore today", "sore muscles", "muscle soreness", "Muskelkater"
    )
    means_to_run: bool | None = yes_no(
        "a run was meant for that day", "mean to run", "intends to run", "will laufen", "Laufabsicht"
    )
    ran_yesterday: bool | None = yes_no("there was a run since the check-in before", "gestern gelaufen")
    ran_minutes: float | None = minutes(
        "minutes of running since the check-in before", "gestern gelaufene Minuten"
    )
    ran_at: TimeOfDay | None = choice(  # noqa: RUF009
        "about when that run was",
        *("time of the run", "Tageszeit des Laufs"),
        of={
            "morning": ("Morgen", "morgens", "Vormittag"),
            "midday": ("noon", "Mittag", "mittags"),
            "afternoon": ("Nachmittag", "nachmittags"),
            "evening": ("Abend", "abends"),
        },
    )
    drawn_to_run: bool | None = None
    note: str = ""
    source: str = ""
    zone_source: ZoneSource = "stated"
    filled_in_late: bool = False
    day_starts_h: int | None = None

    def __post_init__(self) -> None:
        """Refuse ratings and counts outside their range, and words that are none of the choices."""
        object.__setattr__(self, "moment", checked_moment(self.moment, what="a check-in"))
        for name, question in QUESTIONS.items():
            question.check(name, getattr(self, name))
        if self.day_starts_h is not None and self.day_starts_h not in range(LATEST_DAY_START_H + 1):
            raise BadValue(
                f"A day cannot start at {self.day_starts_h} o'clock.",
                advice=f"Give a whole hour from 0 to {LATEST_DAY_START_H}.",
            )

    @property
    def local_day(self) -> date:
        """The day of the check-in, where the person was; after midnight it is still the evening before."""
        return day_lived(self.moment, self.day_starts_h)

    @property
    def is_after_midnight(self) -> bool:
        """Whether it was told in the night, so that it is the evening's, and never a morning's rating."""
        return self.moment.date() != self.local_day


QUESTIONS: Final[Mapping[str, Question]] = {
    each.name: each.metadata[Question] for each in fields(CheckIn) if Question in each.metadata
}
"""Every question of a check-in but that of pain, by the name of its field, in order."""


ANSWERS: Final = ("pain", *QUESTIONS, "note")
"""All that a form of a check-in asks."""
CORRECTED_WITHIN = timedelta(minutes=10)
"""A change so soon corrects a slip, unless a run lies between; pain that is lower later is a new rating."""
_OF_THE_RUN: Final = ("ran_minutes", "ran_at")


def answered_in(form: CheckIn, *, base: CheckIn | None = None) -> Mapping[str, Any]:
    """Return what was answered in a form, by the names of `ANSWERS`.

    Args:
        form: what it held when it was saved.
        base: what it showed before anything was tapped: what it shows unchanged was not answered, and what it shows
            no more was taken back; None where it was empty.
    """
    answered = {
        name: getattr(form, name)
        for name in ANSWERS
        if getattr(form, name) != (getattr(base, name) if base else _open(name))
    }
    if answered.get("ran_yesterday") is False:
        return dict.fromkeys(_OF_THE_RUN) | answered
    return answered


def with_answers(check_in: CheckIn, answered: Mapping[str, Any]) -> CheckIn:
    """Add one more word to the check-in of a day; what that does not answer stays as it was."""
    return replace(check_in, **answered)


def without_answers(check_in: CheckIn) -> CheckIn:
    """Return its moment and source alone."""
    return replace(check_in, **{name: _open(name) for name in ANSWERS})


def _open(name: str) -> Any:  # noqa: ANN401 - as a field of a check-in
    """Return the value of a question that was not answered."""
    return "" if name == "note" else None


def with_day_start(check_in: CheckIn, day_starts_h: int) -> CheckIn:
    """Set the hour at which a check-in's day starts; it is noted where it changes the day."""
    changes = day_lived(check_in.moment, day_starts_h) != day_lived(check_in.moment)
    return replace(check_in, day_starts_h=day_starts_h if changes else None)


def joined(earlier: CheckIn, later: CheckIn) -> CheckIn:
    """Join two check-ins that speak of the same moment, as when pain and mood come from two tables.

    What `later` answers counts; what it leaves open is taken from `earlier`.
    """
    names = [field.name for field in fields(CheckIn) if field.name not in ("moment", "zone_source")]
    answered = {name: getattr(later, name) for name in names if getattr(later, name) not in (None, "")}
    # an order is proved only where the rating that counts proves it
    rated = later if later.pain is not None or earlier.pain is None else earlier
    return replace(earlier, **answered | {"filled_in_late": rated.filled_in_late})
