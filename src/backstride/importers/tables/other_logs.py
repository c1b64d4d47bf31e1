"""Tables of other things with times and minutes, which would else be read as tables of runs."""

from collections.abc import Iterable, Sequence
from typing import Final

from backstride.core.run import Activity, Run
from backstride.errors import BadTable
from backstride.importers.sport_words import activity_in_name, bare
from backstride.importers.tables.columns import RUNS, Table
from backstride.importers.tables.csv_dialect import TITLE, Sheet
from backstride.importers.tables.headings import plain, without_unit
from backstride.importers.walking import WALKS_BELOW_M_S

_STRENGTH: Final = "strength training"
_OF_OTHERS: Final = {
    plain(heading): what
    for what, headings in {
        "exercises": ("exercise", "exercises", "Übungen", "stretch", "stretches", "Dehnübung", "Dehnübungen"),
        _STRENGTH: (
            "exercise name", "exercise title", "set order", "set index", "sets", "reps", "repetitions",
            "Wiederholungen",            "Sätze", "Übung",
        ),
        "swimming": ("stroke", "Schwimmstil", "pool length"),
        "hours of work": ("project", "client", "task", "billable", "Projekt", "Kunde", "Aufgabe"),
        "rides": ("bike", "bicycle", "Fahrrad", "watts", "avg watts", "power (w)"),
        "a device": ("Stärke", "mA", "Stufe"),
        "other things": ("show", "series", "piece", "song", "instrument", "instructor", "Stück",
            "Sendung"),
        "sleep": ("light (s)", "deep (s)", "rem (s)", "sleep stage", "time asleep"),
    }.items()
    for heading in headings
}  # fmt: skip
_OF_PAIN: Final = frozenset(
    map(
        plain,
        (
            "pain",
            "pain level",
            "pain score",
            "pain intensity",
            "current pain",
            "average pain",
            "worst pain",
            "pain type",
            "intensity",
            "severity",
            "trigger",
            "triggers",
            "symptom",
            "symptoms",
            "medication",
            "medications",
            "relief",
            "flare",
            "flares",
            "flare-up",
            "attack",
            "attacks",
            "Schmerz",
            "Schmerzen",
            "Schmerzstärke",
            "Intensität",
            "Auslöser",
            "Symptom",
            "Symptome",
            "Medikament",
            "Medikamente",
            "Schub",
            "Schübe",
            "Anfall",
            "Anfälle",
            "Attacke",
            "Attacken",
            "douleur",
            "dolor",
            "dolore",
        ),
    )
)
"""What logs of attacks of pain have beside a start and a duration; a runner may write some of it, too."""
_OF_SESSIONS: Final = ("distance_km", "heart_rate", "rpe", "lap", "zone", "status", "not_done")
_PACES: Final = frozenset(
    map(plain, ("pace", "speed", "avg pace", "average pace", "Tempo", "steps", "cadence", "route"))
)
MIN_RIDES: Final = 3
_MAX_NAMED: Final = 5
_WALKED_M_S: Final = (0.3, 1.3)
"""Below the second people walk; below the first they do neither, and the unit is in doubt."""
_HOURS_MIN, _DAY_MIN = 240, 1440
_PAIN: Final = frozenset(
    ("pain", "schmerz", "schmerzen", "ache", "douleur", "dolor", "dolore", "diary", "tagebuch")
)
_BACK: Final = frozenset(("back", "rucken", "lumbar", "spine", "kreuz", "lws"))
_ELSEWHERE: Final = frozenset(
    ("knee", "knees", "hip", "shoulder", "neck", "ankle", "foot", "heel", "achilles", "head", "migraine", "tooth",
     "wrist", "elbow", "shin", "knie", "hufte", "schulter", "nacken", "fuss", "ferse", "kopf", "migrane", "zahn",
     "ellbogen", "schienbein", "kopfschmerz", "kopfschmerzen", "knieschmerz", "knieschmerzen", "headache")
)  # fmt: skip
RIDE_M_S: Final = (6.2, 17.0)
"""Nobody runs a half marathon faster than the first; the second is a cyclist's, and a wrong unit lies beyond it."""


def refuse_other_logs(header: Sequence[str], table: Table, *, name: str) -> None:
    """Refuse a log of something else than runs, where no column says what each session was.

    Raises:
        BadTable: a heading is one that only such logs have, or each row lasts for hours without a way.
    """
    kind = plain(table.headings["activity"]) if "activity" in table.places else None
    # sets of one workout are named one by one, running among them, and each with the minutes of the whole
    if kind is not None and kind not in _OF_PAIN and _OF_OTHERS.get(kind) != _STRENGTH:
        return
    _refuse_hours_on_end(table)
    _refuse_attacks(header, table, name=name)
    found = next(
        ((heading, _OF_OTHERS[plain(heading)]) for heading in header if plain(heading) in _OF_OTHERS), None
    )
    if found is not None:
        raise BadTable(
            f"{name} has the column '{found[0]}', as logs of {found[1]} have; nothing says that its rows are runs.",
            advice="If they are, add a column called activity with the word run in each row.",
        )


def _refuse_attacks(header: Sequence[str], table: Table, *, name: str) -> None:
    """Refuse a log of attacks of pain: a start, a duration, and what a person notes of pain, with nothing of runs.

    Raises:
        BadTable: it seems to be one.
    """
    is_of_runs = (
        any(column in table.places for column in _OF_SESSIONS)
        or "moving_min" in table.own_names
        or any(plain(heading) in _PACES for heading in header)
        or activity_in_name(name.rpartition("/")[2].rpartition(".")[0]) is Activity.RUN
        or activity_in_name(table.statements.get(TITLE, "")) is Activity.RUN
    )
    found = [heading for heading in header if {plain(heading), without_unit(heading)[0]} & _OF_PAIN]
    if is_of_runs or not found:
        return
    raise BadTable(
        f"{name} has the column '{found[0]}', as logs of pain have; nothing says that its rows are runs.",
        advice="If they are, add a column called activity with the word run in each row.",
    )


def _refuse_hours_on_end(table: Table) -> None:
    """Refuse nights and days of work: hours each, and no way.

    Raises:
        BadTable: each row lasts four hours and more.
    """
    if "distance_km" in table.places or "zone" in table.places or "heart_rate" in table.places:
        return
    minutes = [cells["moving_min"] for cells in table.rows if cells["moving_min"]]
    if len(minutes) < MIN_RIDES or not all(
        cell.isdigit() and _HOURS_MIN <= int(cell) <= _DAY_MIN for cell in minutes
    ):
        return
    raise BadTable(
        f"Each row of {table.name} lasts for hours, and none has a distance; nothing says that they are runs.",
        advice="If they are, add a column called activity with the word run in each row.",
    )


def refuse_another_title(sheet: Sheet, what: str) -> None:
    """Refuse a table whose title or file name says that it is of another sport, or of pain in another place.

    Raises:
        BadTable: it does.
    """
    for title in (sheet.statements.get(TITLE, ""), sheet.name.rpartition("/")[2].rpartition(".")[0]):
        words = set(bare(title).split())
        if what == "check-ins" and _ELSEWHERE & words and not _BACK & words and words & _PAIN:
            raise BadTable(
                f"{sheet.name} is called '{title[:60]}', so that it is about pain in another place than the back.",
                advice="Pain in another place has a column of its own, other_pain. If it is of the back, name it so.",
            )
        if (
            what == RUNS
            and title == sheet.statements.get(TITLE)
            and activity_in_name(title) is Activity.OTHER
        ):
            raise BadTable(
                f"{sheet.name} is called '{title[:60]}', so that its rows are no runs.",
                advice="If some are, add a column called activity that says what each was.",
            )


def is_a_walkers_pace(metres: float | None, seconds: float | None) -> bool:
    """Whether a session went slower than people run, and faster than a wrong unit makes it."""
    least, most = _WALKED_M_S
    return bool(metres and seconds) and least <= (metres or 0.0) / (seconds or 1.0) < most


def note_on_slow_runs(name: str, runs: Iterable[Run]) -> Iterable[str]:
    """Return which runs are slower than most people run, where only their table says that they are runs."""
    slow = [
        run.source.rpartition(" ")[2]
        for run in runs
        if run.is_running and run.kind_source == "assumed" and run.distance_m and run.moving_s
        and _WALKED_M_S[1] <= run.distance_m / run.moving_s < WALKS_BELOW_M_S
    ]  # fmt: skip
    if slow:
        lines = ", ".join(slow[:_MAX_NAMED]) + (" ..." if len(slow) > _MAX_NAMED else "")
        yield (
            f"{name}: the sessions on line {lines} "
            "are slower than most people run, and count as runs, for no kind is named. If one was a walk, write "
            "'walk' into a column called activity."
        )


def are_rides(speeds: Sequence[float]) -> bool:
    """Whether all sessions of a table without kinds go at a cyclist's speed, in metres a second."""
    least, most = RIDE_M_S
    return len(speeds) >= MIN_RIDES and all(least < speed < most for speed in speeds)
