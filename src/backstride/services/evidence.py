"""Looking the evidence up."""

from backstride.core.measurement import Pathway
from backstride.errors import BadValue
from backstride.evidence.finding import PathwayEvidence
from backstride.evidence.pathways import ABOUT
from backstride.evidence.weight import WeightForecast, forecast


def pathway_names() -> tuple[str, ...]:
    """List the short names of the pathways."""
    return tuple(pathway.name.lower() for pathway in Pathway)


def pathway_evidence(name: str) -> PathwayEvidence:
    """Return the evidence on one pathway.

    Args:
        name: its short name ('core', 'mood'), or its full one ('core strength').

    Raises:
        BadValue: there is no such pathway.
    """
    asked = name.strip().lower()
    for pathway, row in ABOUT.items():
        if asked in {pathway.name.lower(), pathway.value}:
            return row
    raise BadValue(
        f"There is no pathway named '{name[:40]}'.", advice=f"Name one of {', '.join(pathway_names())}."
    )


def weight_forecast(kg: float, *, weekly_minutes: float) -> WeightForecast:
    """Forecast this person's weight change over 12 weeks of so many minutes of running a week.

    Raises:
        BadValue: a number that no runner has.
    """
    return forecast(kg, weekly_minutes=weekly_minutes)
