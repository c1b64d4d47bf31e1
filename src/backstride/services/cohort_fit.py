"""Asking a cohort together, and publishing what it says, so that no two releases differ by a few people."""

from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

from backstride.cohort.person_answer import AnswerSettings
from backstride.cohort.prior_file import prior_json
from backstride.cohort.store import CohortStore
from backstride.diary.io_errors import translate_os_errors
from backstride.errors import BadValue, NotNow, TooFewRecords
from backstride.runtime.clock import utc_now
from backstride.runtime.jit_cache import configure_numba_cache
from backstride.services.ask import write_atomically

if TYPE_CHECKING:
    from backstride.cohort.gathered import GatheredPeople
    from backstride.cohort.population_summary import PopulationAnswer
    from backstride.cohort.prior_file import CohortPrior

EVERYBODY, RANDOMISED = "everybody", "randomised"
"""The parts of a release that are estimated from people of their own."""


def fit_people(
    store: Path, *, out: Path, settings: AnswerSettings, seed: int, least: int, to_publish: bool = True
) -> "tuple[PopulationAnswer, tuple[Path, Path]]":
    """Ask all diaries and contributions of a store together, and write cohort.json and cohort.html.

    Args:
        store: the folder of the store, whose diaries are answered already.
        out: the folder of both files.
        settings: as the diaries were answered with.
        seed: of the population's draws.
        least: the smallest number of people of which anything is shown, 2 or more.
        to_publish: whether the files may be shown to others. They are then held against every earlier release; where
            not, they say that they are for the study's own eyes.

    Raises:
        NotReadable: there is no such store.
        BadValue: nothing may be shown of fewer than two people.
        TooFewRecords: fewer than `least` people have an answer.
        NotNow: these people differ by too few from those of an earlier release.
        DiaryFull: the folder cannot be written to.
    """
    check_least(least)
    configure_numba_cache()
    # the engine's folder must be named before numba is first imported
    from backstride.cohort.gathered import gather  # noqa: PLC0415
    from backstride.cohort.population_answer import population_answer  # noqa: PLC0415
    from backstride.cohort.population_page import (  # noqa: PLC0415 - the same
        JSON_FILE,
        PAGE_FILE,
        population_json,
        population_page,
    )

    with CohortStore(store) as opened:
        people = gather(opened, settings, least=least)
        withheld = held_against_releases(opened, people, least=least) if to_publish else ""
        found = population_answer(
            people,
            seed=seed,
            worthwhile=settings.worthwhile,
            least=least,
            withheld=withheld,
            with_points=not to_publish,
        )
        with translate_os_errors(out):
            out.mkdir(parents=True, exist_ok=True)
        write_atomically(out / JSON_FILE, population_json(found, to_publish=to_publish))
        write_atomically(out / PAGE_FILE, population_page(found, to_publish=to_publish))
        if to_publish:
            record_release(opened, people, with_randomised=found.season is not None)
    return found, (out / JSON_FILE, out / PAGE_FILE)


def write_prior(
    store: Path, *, out: Path, settings: AnswerSettings, seed: int, least: int, now: datetime | None = None
) -> "CohortPrior":
    """Write the file that goes back to diaries; it is a release, as `fit_people` makes them.

    Args:
        store: the folder of the store, whose diaries are answered already.
        out: the file.
        settings: as the diaries were answered with.
        seed: of the population's draws.
        least: the smallest number of people of which anything is shown, 2 or more.
        now: gives the month; the clock's unless given.

    Raises:
        NotReadable: there is no such store.
        BadValue: nothing may be shown of fewer than two people.
        TooFewRecords: of fewer than `least` people chance drew the blocks of weeks.
        NotNow: these people differ by too few from those of an earlier release.
        DiaryFull: the file cannot be written.
    """
    check_least(least)
    configure_numba_cache()
    # the engine's folder must be named before numba is first imported
    from backstride.cohort.gathered import gather  # noqa: PLC0415
    from backstride.cohort.population_answer import prior_of  # noqa: PLC0415 - the same

    with CohortStore(store) as opened:
        people = gather(opened, settings, least=least)
        randomised = int(people.randomised.sum())
        if randomised < least:
            raise TooFewRecords(
                f"Chance drew the blocks of {randomised} people; others' seasons teach nothing below {least}.",
                advice="Where people run less on bad days, seasons lean towards harm: only six drawn blocks "
                "of two weeks or longer a person show it.",
            )
        withheld = held_against_releases(opened, people, least=least)
        if withheld:
            raise NotNow(
                withheld, advice=f"Write it again when {least} or more of these have come, gone or changed."
            )
        month = f"{now or utc_now():%Y-%m}"
        found = prior_of(people, month=month, worthwhile=settings.worthwhile, seed=seed, least=least)
        with translate_os_errors(out):
            out.parent.mkdir(parents=True, exist_ok=True)
        write_atomically(out, prior_json(found))
        record_release(opened, people, with_randomised=True)
    return found


def check_least(least: int) -> None:
    """Check the smallest number of people of which anything is shown.

    Raises:
        BadValue: it is less than 2.
    """
    if least < 2:
        raise BadValue(f"The smallest count {least} cannot be used.", advice="Give 2 or more; 10 is usual.")


def held_against_releases(store: CohortStore, people: "GatheredPeople", *, least: int) -> str:
    """Compare the people of a release with those of every earlier one.

    Returns:
        Why nothing may be shown of those whose blocks of weeks chance drew; "" where it may.

    Raises:
        NotNow: everybody together differ from an earlier release by somebody, and by fewer than `least`.
    """
    everybody = people.randomised | True
    differing = store.releases.differing(EVERYBODY, people.members_where(everybody))
    if 0 < differing < least:
        raise NotNow(
            f"These people differ from those of an earlier release by fewer than {least}: whoever compared both "
            "would learn about these few.",
            advice=f"Publish again when {least} or more have come, gone or changed; until then, for your own eyes: "
            "--own-eyes",
        )
    differing = store.releases.differing(RANDOMISED, people.members_where(people.randomised))
    if 0 < differing < least:
        return (
            "The season over people is not shown this time: those whose blocks of weeks chance drew differ from "
            f"those of an earlier release by fewer than {least} people, about whom a comparison would speak."
        )
    return ""


def record_release(store: CohortStore, people: "GatheredPeople", *, with_randomised: bool) -> None:
    """Keep who is in a release, for the comparison with later ones."""
    parts = {EVERYBODY: people.members_where(people.randomised | True)}
    if with_randomised:
        parts[RANDOMISED] = people.members_where(people.randomised)
    store.releases.record(parts)
