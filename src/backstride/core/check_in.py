"""The morning check-in."""

import math
from dataclasses import dataclass, fields, replace
from datetime import date, datetime

from backstride.core.moments import ZoneSource, checked_moment
from backstride.core.scales import PainRating
from backstride.errors import BadValue


@dataclass(frozen=True, slots=True, kw_only=True)
class CheckIn:
    """What a person said about one morning; whatever was not asked or not answered is None.

    Attributes:
        moment: the moment it speaks of, most often that at which it was answered; at a fixed offset.
        pain: pain now.
        mood, tightness, confidence: now, 0-10; higher is better mood, tighter, more confident to move.
        drinks, cigarettes, fatty_meals: yesterday's counts.
        leg_symptoms: pain, tingling or numbness down a leg.
        sore: muscles sore, as after a run; it is no back pain, and never read by the model.
        means_to_run: the answer to 'do you mean to run today?'.
        ran_yesterday: whether there was a run since yesterday's usual check-in; False makes a rest day of it.
        drawn_to_run: what chance drew for today, where the day was drawn; None on own days.
        note: free words; never read by the model.
        source: where it came from.
        zone_source: how the zone of `moment` is known.
        filled_in_late: entered after the day itself, or told with a day and no time: it proves no order within
            its day.
    """

    moment: datetime
    pain: PainRating | None = None
    mood: float | None = None
    tightness: float | None = None
    confidence: float | None = None
    drinks: float | None = None
    cigarettes: float | None = None
    fatty_meals: float | None = None
    leg_symptoms: bool | None = None
    sore: bool | None = None
    means_to_run: bool | None = None
    ran_yesterday: bool | None = None
    drawn_to_run: bool | None = None
    note: str = ""
    source: str = ""
    zone_source: ZoneSource = "stated"
    filled_in_late: bool = False

    def __post_init__(self) -> None:
        """Refuse ratings and counts outside their range."""
        object.__setattr__(self, "moment", checked_moment(self.moment, what="a check-in"))
        for name in ("mood", "tightness", "confidence"):
            _check(name, getattr(self, name), 10.0)
        for name in ("drinks", "cigarettes", "fatty_meals"):
            _check(name, getattr(self, name), 200.0)

    @property
    def local_day(self) -> date:
        """The calendar day of the check-in, where the person was."""
        return self.moment.date()


def joined(earlier: CheckIn, later: CheckIn) -> CheckIn:
    """One check-in of two that speak of the same moment, as when pain and mood come from two tables.

    What `later` answers counts; what it leaves open is taken from `earlier`.
    """
    names = [field.name for field in fields(CheckIn) if field.name not in ("moment", "zone_source")]
    answered = {name: getattr(later, name) for name in names if getattr(later, name) not in (None, "")}
    # an order is proved only where the rating that counts proves it
    rated = later if later.pain is not None or earlier.pain is None else earlier
    return replace(earlier, **answered | {"filled_in_late": rated.filled_in_late})


def _check(what: str, value: float | None, most: float) -> None:
    if value is not None and not (math.isfinite(value) and 0.0 <= value <= most):
        raise BadValue(
            f"A {what.replace('_', ' ')} of {value} is not possible.",
            advice=f"Correct it: it must lie between 0 and {most:g}.",
        )
