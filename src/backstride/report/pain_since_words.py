"""How long the back has hurt, in words."""

from typing import Final

from backstride.core.pain_since import PainSince

SINCE: Final = {
    PainSince.UNDER_6_WEEKS: "Under 6 weeks",
    PainSince.TO_12_WEEKS: "6 to 12 weeks",
    PainSince.LONGER: "Longer than 12 weeks",
    PainSince.ON_AND_OFF: "On and off for a long time",
}
