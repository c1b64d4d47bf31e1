"""The zone of a diary: what its owner told once counts, whichever machine the diary is read on."""

from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from backstride.diary.opening import open_store
from backstride.diary.schema import OWNER
from backstride.diary.settings import current_settings, set_setting
from backstride.diary.store import Store
from backstride.errors import BadValue
from backstride.runtime.paths import default_diary_location
from backstride.runtime.timezone import DefaultTimezone, default_timezone

CHOICE = "zone"


def zone_for_import(configured: str | None, *, diary: str | None = None) -> DefaultTimezone:
    """Return the zone of times without one: as given now, else as the diary remembers, else this machine's.

    A table that is imported once more on a server in UTC is so read as it was before.

    Args:
        configured: the zone's name, where the person gave one.
        diary: its path or URL; the person's own unless given.

    Raises:
        BadValue: a name that no zone has.
        DiaryError: the diary cannot be opened.
    """
    home = default_timezone(configured)
    place = diary or default_diary_location()
    if home.known_from == "told" or ("://" not in place and not Path(place).exists()):
        return home
    with open_store(place) as store:
        known = current_settings(store, OWNER).get(CHOICE, "")
    try:
        return DefaultTimezone(ZoneInfo(known), "told") if known else home
    except (KeyError, ValueError, OSError) as error:
        raise BadValue(
            f"The diary's time zone {known!r} is not known on this machine.",
            advice="Name one with --zone, as in --zone Europe/Berlin.",
        ) from error


def has_chosen_zone(store: Store, person: int) -> bool:
    """Whether the settings of a person name a zone; until then the server's counts."""
    return bool(current_settings(store, person).get(CHOICE))


def remember_zone(store: Store, zone: ZoneInfo, *, now: datetime) -> None:
    """Keep the first zone that the owner told, unless Settings hold one."""
    if not current_settings(store, OWNER).get(CHOICE):
        set_setting(store, OWNER, CHOICE, zone.key, now=now)
