"""The columns of the table of runs."""

from collections.abc import Sequence
from typing import Final

from backstride.errors import BadTable
from backstride.importers.sport_words import is_sport
from backstride.importers.tables.columns import RUNS, Table
from backstride.importers.tables.forms import Column, Form
from backstride.importers.tables.heading_words import (
    ACTIVITIES,
    CLOCK_OR_SPAN,
    DATES,
    DISTANCES,
    MINUTES,
    TIMES,
)
from backstride.importers.tables.headings import plain
from backstride.importers.tables.table_writing import holds_day, holds_number, holds_time
from backstride.importers.took_place import HEADINGS, HEADINGS_AGAINST, is_status

KINDS: Final = (
    *("Sportart", "Typ", "Trainingsart", "Disziplin", "Art der Aktivität", "Art des Trainings", "Sports"),
    *("workout type", "session type", "discipline", "kind", "exercise type", "Deporte", "Tipo de actividad"),
)
"""What else a column of kinds is called."""
FORM: Final = Form(
    what=RUNS,
    columns=(
        Column(
            "start",
            (
                "start time",
                "begin",
                "when",
                "time",
                "Beginn",
                "Startzeit",
                "Zeit",
                "Uhrzeit",
                *(
                    "start_date_local",
                    "startDateTimeLocal",
                    "start time local",
                    "start date time",
                    "activity date",
                ),
                *TIMES,
            ),
            holds=holds_time,
        ),
        Column("date", ("day", "start date", "Datum", "Tag", "workout date", *DATES), holds=holds_day),
        Column(
            "moving_min",
            (
                *(
                    "duration",
                    "duration_min",
                    "minutes",
                    "min",
                    "mins",
                    "moving time",
                    "Dauer",
                    "Minuten",
                    "Laufzeit",
                ),
                *("workout time", "duration total"),
                *MINUTES,
            ),
            with_unit=("time", "Zeit", "elapsed", *CLOCK_OR_SPAN),
            left_over=("time", "Zeit", *CLOCK_OR_SPAN),
            units="time",
            holds=holds_number,
        ),
        Column("hours", ("h", "hrs", "hour", "Stunden", "Std"), holds=holds_number),
        Column("seconds", ("s", "sec", "secs", "Sekunden", "Sek"), holds=holds_number),
        Column(
            "elapsed_min",
            ("elapsed", "elapsed time", "total time", "Gesamtdauer", "Gesamtzeit"),
            left_over=("duration", "duration_min", "Dauer"),
            units="time",
        ),
        Column(
            "distance_km",
            (
                *(
                    "distance",
                    "km",
                    "kilometres",
                    "kilometers",
                    "Strecke",
                    "Distanz",
                    "Kilometer",
                ),
                *DISTANCES,
            ),
            in_unit=("miles", "mi", "Meilen", "metres", "meters", "Meter"),
            units="length",
            holds=holds_number,
        ),
        Column(
            "activity",
            (
                *(
                    "type",
                    "sport",
                    "Aktivität",
                    "Art",
                    "activity type",
                    "sport type",
                    "sport id",
                    "activity type id",
                ),
                *KINDS,
                *ACTIVITIES,
            ),
            holds=is_sport,
            by_content=True,
        ),
        Column("status", HEADINGS, holds=is_status, by_content=True),
        Column("not_done", HEADINGS_AGAINST),
        Column("lap", ("rep", "interval no", "lap number", "split", "Runde", "Intervall", "Wiederholung")),
        Column("rpe", ("exertion", "perceived exertion", "effort", "Anstrengung")),
        Column("feel", ("feeling", "Gefühl")),
        Column("heart_rate", ("hr", "bpm", "average heart rate", "mean heart rate", "Puls", "Herzfrequenz")),
        Column("kind_known", ("kind known by",)),
        Column("kind_word", ()),
        Column("zone", ("zone known by",)),
        Column("source", ("Quelle",)),
        Column("note", ("notes", "comment", "Notiz", "Notizen", "Bemerkung")),
    ),
    needs=(("start", "date"), ("moving_min", "hours", "seconds", "distance_km")),
    example="start,moving_min and, below it, 2026-05-01 18:10,30",
)
_MINUTES: Final = frozenset({"moving_min", "hours", "seconds", "elapsed_min"})
_STEPS: Final = ("steps", "stepcount", "totalsteps", "schritte", "pasos", "passi")
_MAY_BE_DURATIONS: Final = frozenset(
    map(plain, ("time", "Zeit", "tiempo", "temps", "tempo", "tijd", "tid", "czas"))
)


def refuse_without_minutes(table: Table, header: Sequence[str], unused: Sequence[str]) -> None:
    """Refuse a table without a column of minutes that may have them under a heading that is not known.

    Raises:
        BadTable: a column is not known, or one called time may hold how long each run was.
    """
    if _MINUTES & table.places.keys() or "zone" in table.places:
        return
    steps = next((heading for heading in header if plain(heading).startswith(_STEPS)), None)
    if steps is not None:
        raise BadTable(
            f"{table.name} has the column '{steps}' and no minutes of runs, as sums of days have.",
            advice="Give the list of sessions that the app exports, or type the runs into a table of runs.",
        )
    start = table.places.get("start")
    doubted = [header[start]] if start is not None and plain(header[start]) in _MAY_BE_DURATIONS else []
    doubted += unused
    if doubted:
        raise BadTable(
            f"{table.name} looks like a table of runs, but lacks the column moving_min (not known: "
            f"{', '.join(doubted)[:100]}).",
            advice=f"Add or rename it, as in: {FORM.example}",
        )
