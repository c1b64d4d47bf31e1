"""The waiting list of a study: enrolling a person, ending their part in it, comparing the arms."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from math import nan
from pathlib import Path
from random import Random, SystemRandom
from typing import TYPE_CHECKING

from backstride.cohort.small_file import read_small_file
from backstride.cohort.store import CohortStore, StoredPerson, unpacked
from backstride.cohort.waiting_file import MAX_BYTES, WaitingPart, part_json, read_part
from backstride.cohort.waiting_list import (
    BASELINE_DAYS,
    CONSENT_VERSION,
    MIN_RATINGS_OF_14,
    WAIT_DAYS,
    Arm,
    Enrolment,
    baseline_days,
    draw_arm,
    mean_rating,
    outcome_days,
    stratum_of,
)
from backstride.errors import NotNow, TooFewRecords
from backstride.services.ask import write_atomically

if TYPE_CHECKING:
    from backstride.cohort.waiting_list_effect import TrialEffect

AGREEMENT_DAYS = 7
"""Within so many days of an agreement chance is asked: who waits longer would wait without knowing it."""


def enrol(
    store: Path,
    person: str,
    *,
    named: str = "",
    day: date | None = None,
    chance: Random | None = None,
) -> Enrolment:
    """Ask chance for a person who has agreed; asked again, the same arm comes back.

    Args:
        store: the folder of the store, into which the person's diary of two weeks was taken.
        person: their id.
        named: the stratum as the study calls it, as in a site.
        day: on which they agreed; today unless given.
        chance: random numbers; the system's unless given.

    Raises:
        NotReadable: there is no such store.
        NotInDiary: nobody there has this id.
        TooFewRecords: fewer than seven of the fourteen mornings before are rated.
    """
    agreed = day or datetime.now(UTC).date()
    with CohortStore(store) as opened:
        stored = opened.person(person)
        everybody = opened.enrolments.all()
        if (known := next((one for one in everybody if one.person == person), None)) is not None:
            return known
        baseline = _mean(stored, baseline_days(agreed))
        if baseline is None:
            raise TooFewRecords(
                f"Of the {BASELINE_DAYS} mornings before {agreed}, fewer than {MIN_RATINGS_OF_14} of {person} are "
                "rated.",
                advice="Take the newer diary in, or ask chance once two weeks are rated.",
            )
        stratum = stratum_of(named, baseline)
        arm, probability, block, size = draw_arm(
            [one for one in everybody if one.stratum == stratum], chance or SystemRandom()
        )
        found = Enrolment(person, agreed, stratum, block, size, arm, probability)
        opened.enrolments.add(found)
    return found


def enrol_by_agreement(
    store: Path,
    person: str,
    agreement: Path,
    *,
    out: Path,
    named: str = "",
    today: date | None = None,
    chance: Random | None = None,
) -> WaitingPart:
    """Ask chance for a person who agreed in their own diary, and write the file that tells them.

    Args:
        store: the folder of the store, into which the person's diary of two weeks was taken.
        person: their id.
        agreement: the file that they made.
        out: the file to hand back.
        named: the stratum as the study calls it.
        today: the clock's unless given.
        chance: random numbers; the system's unless given.

    Returns:
        Their part, with what chance gave.

    Raises:
        NotReadable: there is no such store, or no such file.
        BadTable: it is no agreement.
        NotInDiary: nobody in the store has this id.
        NotNow: the words were others, they agreed too long ago, or chance was asked for another agreement of theirs.
        TooFewRecords: fewer than seven of the fourteen mornings before are rated.
        DiaryFull: the file cannot be written.
    """
    text = read_small_file(
        agreement,
        shown=agreement.name,
        most_bytes=MAX_BYTES,
        kind="an agreement",
        advice="Give the file agreement.json of the person's page Studies.",
    )
    part = read_part(text, name=agreement.name)
    now = today or datetime.now(UTC).date()
    if part.consent != CONSENT_VERSION:
        raise NotNow(
            f"They agreed to version {part.consent} of the words, and version {CONSENT_VERSION} is in use.",
            advice="Use the same version of backstride as they do, or ask them to agree again.",
        )
    if part.ended is not None:
        raise NotNow("They left before chance was asked.", advice="Do not ask it for them.")
    with CohortStore(store) as opened:
        known = next((one for one in opened.enrolments.all() if one.person == person), None)
    if known is None and not timedelta(-1) <= now - part.agreed <= timedelta(AGREEMENT_DAYS):
        raise NotNow(
            f"They agreed on {part.agreed}: chance is asked within {AGREEMENT_DAYS} days.",
            advice="Ask them to leave and to agree again, so that nobody waits without knowing it.",
        )
    if known is not None and known.day != part.agreed:
        raise NotNow(
            f"Chance was asked for {person} before, by their agreement of {known.day}.",
            advice="It is asked once. Give the agreement of that day.",
        )
    found = enrol(store, person, named=named, day=part.agreed, chance=chance)
    with_arm = replace(part, arm=found.arm, probability=found.probability)
    write_atomically(out, part_json(with_arm))
    return with_arm


def leave(store: Path, person: str, *, day: date | None = None) -> None:
    """Note that a person left the trial; whoever wants their records gone takes them out of the store, too.

    Raises:
        NotReadable: there is no such store.
        NotInDiary: nobody there has this id.
        NotNow: they are not in the trial.
    """
    with CohortStore(store) as opened:
        opened.person(person)
        if not any(one.person == person for one in opened.enrolments.all()):
            raise NotNow(f"{person} is not in the trial.", advice="See whether the id is right.")
        opened.enrolments.end(person, day or datetime.now(UTC).date())


def compare_arms(store: Path, *, today: date | None = None) -> "TrialEffect":
    """Compare the arms: everybody whose eight weeks are over, in the arm that chance gave.

    Who has no rating before or none at the end, or was taken out of the store, is counted as missing in their arm.

    Args:
        store: the folder of the store, with the newest diaries.
        today: unless given, the clock's.

    Raises:
        NotReadable: there is no such store.
        TooFewRecords: an arm has fewer than ten people with an outcome.
    """
    import numpy as np  # noqa: PLC0415 - loaded where it is needed

    from backstride.cohort.waiting_list_effect import trial_effect  # noqa: PLC0415 - the same

    now = today or datetime.now(UTC).date()
    rows: list[tuple[bool, float, float, str]] = []
    with CohortStore(store) as opened:
        for one in opened.enrolments.all():
            if one.day + timedelta(days=WAIT_DAYS) > now:
                continue
            # a diary may have been taken in anew without its first days, and a draw stays when its person is removed
            stored = opened.person(one.person) if one.person else None
            asked = (baseline_days(one.day), outcome_days(one.day))
            means = [None if stored is None else _mean(stored, days) for days in asked]
            baseline, outcome = (nan if mean is None else mean for mean in means)
            rows.append((one.arm is Arm.NOW, baseline, outcome, one.stratum))
    began, baselines, outcomes, strata = zip(*rows, strict=True) if rows else ((), (), (), ())
    return trial_effect(np.array(began, dtype=bool), np.array(baselines), np.array(outcomes), strata)


def _mean(person: StoredPerson, days: tuple[date, date]) -> float | None:
    return None if person.error else mean_rating(unpacked(person.packed).check_ins, *days)
