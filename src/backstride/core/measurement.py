"""Measurements: weight, hold times, reach tests; what can be measured now and then, apart from check-ins."""

import math
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from backstride.core.datetimes import ZoneSource, checked_moment
from backstride.errors import BadValue


class Pathway(StrEnum):
    """The ways by which running may change back pain: the article's five, and one that the trials add."""

    CORE = "core strength"
    WEIGHT = "weight"
    LIFESTYLE = "lifestyle"
    MOOD = "mood"
    TIGHTNESS = "muscle tightness"
    CONFIDENCE = "confidence in moving"


class MeasurementKind(StrEnum):
    """What was measured."""

    WEIGHT = "weight"
    FRONT_PLANK = "front_plank"
    SIDE_PLANK = "side_plank"
    LEG_RAISE = "leg_raise"
    SINGLE_LEG_BRIDGE = "single_leg_bridge"
    HIP_FLEXOR_REACH = "hip_flexor_reach"
    HAMSTRING_REACH = "hamstring_reach"


@dataclass(frozen=True, slots=True)
class _Form:
    unit: str
    least: float
    most: float


FORMS: dict[MeasurementKind, _Form] = {
    MeasurementKind.WEIGHT: _Form("kg", 20.0, 400.0),
    MeasurementKind.FRONT_PLANK: _Form("s", 0.0, 3600.0),
    MeasurementKind.SIDE_PLANK: _Form("s", 0.0, 3600.0),
    MeasurementKind.LEG_RAISE: _Form("s", 0.0, 3600.0),
    MeasurementKind.SINGLE_LEG_BRIDGE: _Form("s", 0.0, 3600.0),
    MeasurementKind.HIP_FLEXOR_REACH: _Form("cm", -60.0, 60.0),
    MeasurementKind.HAMSTRING_REACH: _Form("cm", -60.0, 60.0),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Measurement:
    """One measurement in its own unit (`FORMS`): kg, seconds held, or centimetres reached.

    Reaches are positive past the toes (hamstrings), or past the neutral line (hip flexors).
    """

    moment: datetime
    kind: MeasurementKind
    value: float
    source: str = ""
    zone_source: ZoneSource = "stated"

    def __post_init__(self) -> None:
        """Refuse values outside what a body can do."""
        object.__setattr__(self, "moment", checked_moment(self.moment, what="a measurement"))
        form = FORMS[self.kind]
        if not (math.isfinite(self.value) and form.least <= self.value <= form.most):
            raise BadValue(
                f"A {self.kind.value.replace('_', ' ')} of {self.value} {form.unit} is not possible.",
                advice=f"Correct it: it must lie between {form.least:g} and {form.most:g} {form.unit}.",
            )

    @property
    def local_day(self) -> date:
        """The calendar day of the measurement, where the person was."""
        return self.moment.date()
