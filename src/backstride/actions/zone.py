"""The person's own time zone, for times that state none."""

import os
from dataclasses import dataclass
from pathlib import Path
from typing import Literal
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backstride.errors import BadValue

ZONE_VARIABLE = "BACKSTRIDE_ZONE"
_SYSTEM_LINK = Path("/etc/localtime")
_FOLDER_OF_ZONES = "zoneinfo/"


@dataclass(frozen=True, slots=True)
class HomeZone:
    """A zone, and how it is known: told by the person, taken from the system, or UTC because nobody knows."""

    zone: ZoneInfo
    known_from: Literal["told", "system", "nowhere"]


def home_zone(name: str | None = None) -> HomeZone:
    """The zone called `name`, else that in BACKSTRIDE_ZONE, else the system's, else UTC.

    Raises:
        BadValue: a name that no zone has.
    """
    told = name or os.environ.get(ZONE_VARIABLE, "").strip()
    if told:
        return HomeZone(_zone(told), "told")
    for found in _system_names():
        try:
            return HomeZone(_zone(found), "system")
        except BadValue:
            continue
    return HomeZone(ZoneInfo("UTC"), "nowhere")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadValue(
            f"No time zone is called {name!r}.",
            advice="Give a region and a city, as in Europe/Berlin or America/New_York.",
        ) from error


def _system_names() -> list[str]:
    """What TZ and the system's own link say, if they name a zone."""
    names = [os.environ.get("TZ", "").strip().removeprefix(":")]
    try:
        target = str(_SYSTEM_LINK.resolve(strict=True))
    except OSError:
        target = ""
    _, found, name = target.partition(_FOLDER_OF_ZONES)
    names.append(name if found else "")
    return [name for name in names if name]
