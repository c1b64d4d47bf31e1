"""Pain before a run: how the back is now, asked shortly before setting out, hours after the morning's rating."""

from dataclasses import dataclass
from datetime import date, datetime

from backstride.core.datetimes import ZoneSource, checked_moment, day_lived
from backstride.core.scales import PainRating


@dataclass(frozen=True, slots=True, kw_only=True)
class PainBefore:
    """One rating of pain now, before a run or in place of one.

    The decision to run is often made hours after the morning's rating. What the back was like then would otherwise be
    unknown, and it moves both the decision and the next morning.

    Attributes:
        time: the moment of the rating; at a fixed offset.
        pain: pain in the back now.
        source: where it came from.
        zone_source: how the zone of `time` is known.
    """

    time: datetime
    pain: PainRating
    source: str = ""
    zone_source: ZoneSource = "stated"

    def __post_init__(self) -> None:
        """Refuse a moment that is not possible."""
        object.__setattr__(self, "time", checked_moment(self.time, what="a rating before a run"))

    @property
    def local_day(self) -> date:
        """The day of the rating, where the person was; after midnight it is still the evening before."""
        return day_lived(self.time)
