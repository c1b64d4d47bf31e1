"""Making people up: for a first look, and to see whether a known truth is found again."""

import json
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from backstride.answer.answer import Truth
from backstride.core.records import Records
from backstride.diary.io_errors import translate_os_errors
from backstride.diary.tables import RUNS, write_tables
from backstride.errors import BadValue
from backstride.runtime.timezone import default_timezone
from backstride.services.ask import write_atomically
from backstride.testing.parameters import PersonTier
from backstride.testing.people import Person, make_person, person_as_fit

FIRST_DAY = date(2025, 1, 6)
RECORDS_FOLDER, TRUTH_FILE = "records", "truth.json"


@dataclass(frozen=True, slots=True)
class MadeUp:
    """Where a simulated person lies: the records, and the truth outside of them."""

    records: Path
    truth_file: Path
    truth: Truth
    counts: Records


def made_up_person(*, seed: int) -> tuple[Person, Truth]:
    """Simulate the person of a first look: 180 days, one point less pain after a season of running.

    Returns:
        The person with their records, and the true effects of the simulation.
    """
    person = make_person(seed=seed, first_day=FIRST_DAY)
    return person, truth_of(person)


def truth_of(person: Person) -> Truth:
    """Return both true effects of a simulated person."""
    return Truth(person.truth.delta_week, person.truth.delta_season)


def simulate(
    folder: Path,
    *,
    seed: int,
    effect: float = -1.0,
    days: int = 180,
    tier: PersonTier = "B",
    missing: float = 0.15,
    skip: float = 0.8,
    zone: str = "Europe/Berlin",
    as_fit: bool = False,
) -> MadeUp:
    """Write a simulated person into `folder`: their records in one folder, the truth beside it.

    Args:
        folder: made where missing; must hold nothing yet.
        seed: the same seed makes the same person.
        effect: the true Delta_season, points.
        days: length of the diary.
        tier: "A-days", "A-weeks", "B" or "C".
        missing: share of check-ins that are missing.
        skip: how much a point of pain counts against running, probit units.
        zone: where the person lives.
        as_fit: runs as FIT files instead of a table.

    Raises:
        BadValue: a wish that no person can fulfil, or a folder that is not empty.
        DiaryFull: the folder cannot be written to.
    """
    if folder.exists() and (not folder.is_dir() or any(folder.iterdir())):
        raise BadValue(
            f"{folder} is not an empty folder.", advice="Give a new folder for the simulated person."
        )
    person = make_person(
        seed=seed,
        first_day=FIRST_DAY,
        days=days,
        effect_season=effect,
        tier=tier,
        missing=missing,
        skip_on_bad_days=skip,
        zone=str(default_timezone(zone).zone),
    )
    records = folder / RECORDS_FOLDER
    write_tables(person.records, records)
    if as_fit:
        _runs_as_fit(person, records)
    write_atomically(folder / TRUTH_FILE, json.dumps(_truth(person, seed), indent=2) + "\n")
    return MadeUp(records, folder / TRUTH_FILE, truth_of(person), person.records)


def _runs_as_fit(person: Person, folder: Path) -> None:
    with translate_os_errors(folder):
        (folder / RUNS).unlink()
        for name, content in person_as_fit(person).items():
            (folder / name).write_bytes(content)


def _truth(person: Person, seed: int) -> dict[str, object]:
    truth = person.truth
    return {
        "made_up": True,
        "seed": seed,
        "delta_week": truth.delta_week,
        "delta_season": truth.delta_season,
        "parts_week": dict(truth.parts_week),
        "parts_season": dict(truth.parts_season),
    }
