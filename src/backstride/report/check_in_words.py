"""The questions of a check-in in words, for the form and for the page of a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

from backstride.report.language import _

YES_NO: Final = (("yes", "Yes"), ("no", "No"))


@dataclass(frozen=True, slots=True)
class Asked:
    """How one question is asked.

    Attributes:
        name: of the field.
        label: of what is asked, for the answers on the page of a day.
        of_today: the question about today.
        of_that_day: the same about a day that is over; the label where it is not asked in another way.
        ends: of a rating, what 0 and 10 stand for.
        options: of a choice, each value with its words; yes and no for a question that takes them.
        taps: of a count, the numbers that are one tap away.
        hint: what stands below it.
    """

    name: str
    label: str
    of_today: str = ""
    of_that_day: str = ""
    ends: tuple[str, str] = ("", "")
    options: tuple[tuple[str, str], ...] = ()
    taps: tuple[int, ...] = ()
    hint: str = ""

    def question(self, *, is_today: bool) -> str:
        """Return the question in English, for today or an earlier day."""
        return (self.of_today if is_today else self.of_that_day or self.of_today) or self.label

    def words_of(self, answer: bool | str) -> str:
        """Return the text of one of the options, in English."""
        value = answer if isinstance(answer, str) else ("yes" if answer else "no")
        return dict(self.options)[value]


FIRST: Final = (
    Asked(
        "ran_yesterday",
        "Ran the day before",
        "Did you run yesterday?",
        "Did you run the day before?",
        options=YES_NO,
    ),
    Asked(
        "means_to_run",
        "Planned to run",
        "Are you planning to run today?",
        "Were you planning to run that day?",
        options=YES_NO,
    ),
    Asked(
        "leg_pain",
        "Pain in a leg",
        "Pain in a leg now?",
        "Pain in a leg that morning?",
        ends=("no pain", "worst pain you can imagine"),
        hint="Pain that goes down a leg, or in a calf. Sore muscles after a run come below.",
    ),
    Asked(
        "leg_symptoms",
        "Down a leg",
        "Pain, tingling or numbness down a leg?",
        options=YES_NO,
    ),
    Asked(
        "other_pain",
        "Pain elsewhere",
        "Pain anywhere else now?",
        "Pain anywhere else that morning?",
        ends=("no pain", "worst pain you can imagine"),
        hint="Not the back: a sore hip, groin, knee, shin or foot, or the neck, for example.",
    ),
    Asked(
        "sore",
        "Sore muscles",
        "Are your muscles sore today?",
        "Were your muscles sore that day?",
        options=YES_NO,
        hint="Such as after a run. This is not back pain.",
    ),
)
"""What everybody is asked each morning, after the back itself."""
RAN: Final = (
    Asked(
        "ran_minutes",
        "Minutes of running",
        "For how many minutes?",
        taps=(10, 20, 30, 40, 50, 60, 90),
    ),
    Asked(
        "ran_at",
        "About when",
        "About when?",
        options=(
            ("morning", "Morning"),
            ("midday", "Midday"),
            ("afternoon", "Afternoon"),
            ("evening", "Evening"),
        ),
        hint="If your watch recorded it, the watch counts.",
    ),
)
"""What follows a yes to running the day before, for who has no watch."""
MORE: Final = (
    Asked(
        "flare",
        "Flare",
        "Is this a flare?",
        "Was this a flare?",
        options=YES_NO,
        hint="A few days that are clearly worse than usual for you.",
    ),
    Asked(
        "sleep",
        "Sleep",
        "How did you sleep?",
        "How did you sleep that night?",
        ends=("very badly", "very well"),
    ),
    Asked("stress", "Stress", "Stress", ends=("no stress", "as stressed as can be")),
    Asked("mood", "Mood", "Mood", ends=("very low", "very good")),
    Asked(
        "tightness", "Tightness", "Tightness of hips and hamstrings", ends=("not tight at all", "very tight")
    ),
    Asked(
        "confidence", "Confidence", "How confident are you to move?", ends=("not at all", "fully confident")
    ),
)
"""What stands in the part of the form that is opened by a tap: of the morning ..."""
DAY_BEFORE: Final = (
    Asked(
        "medicine",
        "Pain medicine",
        "Pain medicine since yesterday",
        "Pain medicine since the day before",
        options=(("none", "None"), ("usual", "As usual"), ("more", "More")),
    ),
    Asked(
        "day_load",
        "Load of the day",
        "How hard was yesterday on your body, apart from running?",
        "How hard was the day before on your body, apart from running?",
        options=(("light", "Light day"), ("usual", "As usual"), ("heavy", "Heavy day")),
    ),
    Asked("drinks", "Alcoholic drinks", taps=(0, 1, 2, 3, 4, 5, 6)),
    Asked("cigarettes", "Cigarettes", taps=(0, 1, 2, 5, 10, 15, 20)),
    Asked("fatty_meals", "Fatty meals", taps=(0, 1, 2, 3)),
)
"""... and of the day before it."""
EVERY: Final[Mapping[str, Asked]] = {asked.name: asked for asked in (*FIRST, *RAN, *MORE, *DAY_BEFORE)}
COUNTS: Final = tuple(asked for asked in DAY_BEFORE if asked.taps)


def clock_line(minutes_ahead: int) -> str:
    """Say by how much the phone's clock was ahead of ours, or behind it, when a check-in was saved."""
    n = f"{abs(minutes_ahead)}"
    if minutes_ahead > 0:
        return _("Your phone's clock was {n} minutes ahead of ours. The time shown is the phone's.").format(
            n=n
        )
    return _("Your phone's clock was {n} minutes behind ours. The time shown is the phone's.").format(n=n)
