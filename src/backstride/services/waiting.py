"""A person's part in a study's waiting list: agreeing, learning what chance gave, leaving, and erasing it again."""

from dataclasses import replace
from datetime import date
from secrets import token_hex

from backstride.cohort.waiting_file import WaitingPart, part_json, read_part
from backstride.cohort.waiting_list import (
    BASELINE_DAYS,
    CONSENT_VERSION,
    MIN_RATINGS_OF_14,
    baseline_days,
    mean_rating,
)
from backstride.core.records import Records
from backstride.diary.settings import current_settings, erase_settings, set_setting, setting_history
from backstride.diary.store import Store
from backstride.errors import BadTable, BadValue, NotInDiary, TooFewRecords
from backstride.runtime.clock import utc_now
from backstride.services.setting_values import WAITING


def part_of(store: Store, person: int) -> WaitingPart | None:
    """Return a person's part; None where they have none."""
    text = current_settings(store, person).get(WAITING, "")
    return read_part(text, name="The diary") if text else None


def rated_before(records: Records, today: date) -> bool:
    """Whether enough of the two weeks before `today` is rated to compare with later."""
    return mean_rating(records.check_ins, *baseline_days(today)) is not None


def agree(store: Store, person: int, records: Records, *, today: date) -> WaitingPart:
    """Keep that a person agreed today, before anybody can know what chance gives.

    Raises:
        BadValue: they have a part already.
        TooFewRecords: fewer than seven of the fourteen mornings before are rated.
    """
    if part_of(store, person) is not None:
        raise BadValue("You have agreed already.", advice="See the page Studies for where it stands.")
    if not rated_before(records, today):
        raise TooFewRecords(
            f"Of the last {BASELINE_DAYS} mornings, fewer than {MIN_RATINGS_OF_14} are rated.",
            advice="Rate your back each morning, and agree once there are seven.",
        )
    part = WaitingPart(token_hex(16), today, CONSENT_VERSION)
    _keep(store, person, part)
    return part


def take_arm(store: Store, person: int, content: bytes) -> WaitingPart:
    """Keep what chance gave, from the study's file.

    Raises:
        BadTable: it is no such file, holds no arm, or belongs to another person or another draw.
        NotInDiary: the person has not agreed.
        BadValue: they left.
    """
    mine = _mine(store, person)
    if mine.ended is not None:
        raise BadValue("You left the study.", advice="There is nothing to take in any more.")
    try:
        received = read_part(content.decode(), name="The file")
    except UnicodeDecodeError as error:
        raise BadTable("The file is no text.", advice="Choose the file that the study gave you.") from error
    if received.arm is None or (received.key, received.agreed, received.consent) != (
        mine.key,
        mine.agreed,
        mine.consent,
    ):
        raise BadTable(
            "The file does not say what chance gave you.",
            advice="Ask the study for the file that it made from your agreement.",
        )
    if mine.arm is not None and mine.arm is not received.arm:
        raise BadTable(
            "The file says another thing than the one before.",
            advice="Chance is asked once. Ask the study which is right.",
        )
    found = replace(mine, arm=received.arm, probability=received.probability)
    _keep(store, person, found)
    return found


def leave(store: Store, person: int, *, may_count: bool, today: date) -> WaitingPart:
    """Note that a person left; they need not say why.

    Raises:
        NotInDiary: they have no part.
    """
    mine = _mine(store, person)
    found = mine if mine.ended is not None else replace(mine, ended=today, may_count=may_count)
    _keep(store, person, found)
    return found


def forget(store: Store, person: int) -> None:
    """Erase every trace of a part that is over from the diary and its backups.

    Raises:
        NotInDiary: there is none.
        BadValue: the person has not left.
    """
    if _mine(store, person).ended is None:
        raise BadValue("You have not left the study.", advice="Leave it first.")
    history = setting_history(store, person)
    erase_settings(store, person, WAITING, {one.value for one in history if one.name == WAITING})


def _mine(store: Store, person: int) -> WaitingPart:
    found = part_of(store, person)
    if found is None:
        raise NotInDiary("You are on no waiting list.", advice="See the page Studies.")
    return found


def _keep(store: Store, person: int, part: WaitingPart) -> None:
    set_setting(store, person, WAITING, part_json(part), now=utc_now())
