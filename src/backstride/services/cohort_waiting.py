"""The waiting list of a study: enrolling a person, ending their part in it, comparing the arms."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from random import Random, SystemRandom
from typing import TYPE_CHECKING

from backstride.cohort.store import CohortStore, StoredPerson, unpacked
from backstride.cohort.waiting_list import (
    BASELINE_DAYS,
    LEAST_RATINGS,
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

if TYPE_CHECKING:
    from backstride.cohort.waiting_list_effect import TrialEffect


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
                f"Of the {BASELINE_DAYS} mornings before {agreed}, fewer than {LEAST_RATINGS} of {person} are rated.",
                advice="Take the newer diary in, or ask chance once two weeks are rated.",
            )
        stratum = stratum_of(named, baseline)
        arm, probability, block, size = draw_arm(
            [one for one in everybody if one.stratum == stratum], chance or SystemRandom()
        )
        found = Enrolment(person, agreed, stratum, block, size, arm, probability)
        opened.enrolments.add(found)
    return found


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
    """Compare the arms by intention to treat: everybody whose eight weeks are over, in the arm that chance gave.

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
            if one.day + timedelta(days=WAIT_DAYS) > now or not one.person:
                continue
            stored = opened.person(one.person)
            baseline = _mean(stored, baseline_days(one.day))
            if baseline is None:  # the diary was taken in anew without those days
                continue
            outcome = _mean(stored, outcome_days(one.day))
            rows.append((one.arm is Arm.NOW, baseline, np.nan if outcome is None else outcome, one.stratum))
    began, baselines, outcomes, strata = zip(*rows, strict=True) if rows else ((), (), (), ())
    return trial_effect(np.array(began, dtype=bool), np.array(baselines), np.array(outcomes), strata)


def _mean(person: StoredPerson, days: tuple[date, date]) -> float | None:
    return None if person.error else mean_rating(unpacked(person.packed).check_ins, *days)
