"""Tables of other things with times and minutes, which would else be read as tables of runs."""

from collections.abc import Mapping, Sequence
from typing import Final

from backstride.errors import BadTable
from backstride.importers.tables.headings import plain

_OF_OTHERS: Final = {
    plain(heading): what
    for what, headings in {
        "strength training": (
            "exercise name", "exercise title", "set order", "set index", "reps", "repetitions", "Wiederholungen",
            "Sätze", "Übung",
        ),
        "swimming": ("stroke", "Schwimmstil", "pool length"),
        "hours of work": ("project", "client", "task", "billable", "Projekt", "Kunde", "Aufgabe"),
        "rides": ("bike", "bicycle", "Fahrrad", "watts", "avg watts", "power (w)"),
        "sleep": ("light (s)", "deep (s)", "rem (s)", "sleep stage", "time asleep"),
    }.items()
    for heading in headings
}  # fmt: skip
LEAST_RIDES: Final = 3
RIDE_M_S: Final = (6.2, 17.0)
"""Nobody runs a half marathon faster than the first; the second is a cyclist's, and a wrong unit lies beyond it."""


def refuse_other_logs(header: Sequence[str], places: Mapping[str, int], *, name: str) -> None:
    """Refuse a log of something else than runs, where no column says what each session was.

    Raises:
        BadTable: a heading is one that only such logs have.
    """
    if "activity" in places:
        return
    found = next(
        ((heading, _OF_OTHERS[plain(heading)]) for heading in header if plain(heading) in _OF_OTHERS), None
    )
    if found is not None:
        raise BadTable(
            f"{name} has the column '{found[0]}', as logs of {found[1]} have; nothing says that its rows are runs.",
            advice="If they are, add a column called activity with the word run in each row.",
        )


def are_rides(speeds: Sequence[float]) -> bool:
    """Whether all sessions of a table without kinds go at a cyclist's speed, in metres a second."""
    least, most = RIDE_M_S
    return len(speeds) >= LEAST_RIDES and all(least < speed < most for speed in speeds)
