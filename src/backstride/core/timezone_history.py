"""Whereabouts: which zone a person lived in on days that left no time of their own."""

from bisect import bisect_left
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from backstride.core.records import Records


@dataclass(frozen=True, slots=True)
class TimezoneHistory:
    """Moments at which the zone is known, in order of their local day.

    Attributes:
        home: the person's own zone.
        moments: check-ins and session starts whose zone was stated or follows from a position.
    """

    home: tzinfo
    moments: tuple[datetime, ...]

    def zone_on(self, day: date) -> tzinfo:
        """Return the zone of the known timestamp nearest in days, the earlier of two; `home` where there is none.

        Where that moment was at home the answer is `home` itself, which knows when its clocks change.
        """
        after = bisect_left(self.moments, day, key=datetime.date)
        around = self.moments[max(after - 1, 0) : after + 1]
        if not around:
            return self.home
        nearest = min(around, key=lambda moment: abs(moment.date() - day))
        if nearest.utcoffset() == nearest.astimezone(self.home).utcoffset():
            return self.home
        return nearest.tzinfo or self.home


def timezone_history(records: Records, *, home: tzinfo) -> TimezoneHistory:
    """Infer where the person was from the zones of check-ins and sessions."""
    moments = [c.moment for c in records.check_ins if c.zone_source != "assumed"]
    moments += [r.start for r in records.runs if r.zone_source != "assumed"]
    return TimezoneHistory(
        home, tuple(sorted(moments, key=lambda moment: (moment.date(), moment, moment.utcoffset())))
    )
