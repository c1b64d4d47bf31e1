"""How long the back has hurt, as the person says: what may heal by itself depends on it."""

from enum import StrEnum


class PainSince(StrEnum):
    """Since when there has been back pain."""

    UNDER_6_WEEKS = "under 6 weeks"
    TO_12_WEEKS = "6 to 12 weeks"
    LONGER = "longer"
    ON_AND_OFF = "on and off"
