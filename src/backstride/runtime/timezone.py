"""The person's own time zone, for times that state none."""

import os
import re
from contextlib import suppress
from dataclasses import dataclass
from importlib.resources import files
from pathlib import Path
from typing import Literal
from zoneinfo import TZPATH, ZoneInfo, ZoneInfoNotFoundError, available_timezones

from backstride.errors import BadValue

ZONE_VARIABLE = "BACKSTRIDE_ZONE"
_SYSTEM_LINK = Path("/etc/localtime")
_RULE = re.compile(r"(?:[A-Za-z]{3,}|<[+\-\w]+>)[+-]?\d[\d:]*(?:(?:[A-Za-z]{3,}|<[+\-\w]+>).*)?", re.ASCII)
_REGIONS = {"Europe": 0, "America": 1, "Asia": 2, "Australia": 3, "Africa": 4, "Pacific": 5}
"""Where there are more zones of one rule, the one where more people live."""
_FOLDER_OF_ZONES = "zoneinfo/"


@dataclass(frozen=True, slots=True)
class DefaultTimezone:
    """A zone, and how it is known: told by the person, taken from the system, or UTC because nobody knows."""

    zone: ZoneInfo
    known_from: Literal["told", "system", "nowhere"]


def default_timezone(name: str | None = None) -> DefaultTimezone:
    """Return the zone called `name`, else that in BACKSTRIDE_ZONE, else the system's, else UTC.

    Raises:
        BadValue: a name that no zone has.
    """
    configured = name or os.environ.get(ZONE_VARIABLE, "").strip()
    if configured:
        return DefaultTimezone(_zone(configured), "told")
    variable = os.environ.get("TZ", "").strip().removeprefix(":")
    found = variable and (_with_rule(variable) or variable)
    try:
        return DefaultTimezone(_zone(found or _linked_name()), "system")
    except BadValue:
        pass  # a clock of another zone than the one that was meant would be worse than none
    return DefaultTimezone(ZoneInfo("UTC"), "nowhere")


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError) as error:
        raise BadValue(
            f"No time zone is called {name!r}.",
            advice="Give a region and a city, as in Europe/Berlin or America/New_York.",
        ) from error


def _linked_name() -> str:
    """Return the zone that the system's own link names; empty where there is none."""
    try:
        target = str(_SYSTEM_LINK.resolve(strict=True))
    except OSError:
        return ""
    _, found, name = target.partition(_FOLDER_OF_ZONES)
    return name if found else ""


def _with_rule(rule: str) -> str:
    """Find a zone by its POSIX rule, as in CET-1CEST,M3.5.0,M10.5.0/3; empty where the text is no rule.

    Routers and small systems name no place. Every zone's data ends with the rule by which it goes from now on.
    """
    if not _RULE.fullmatch(rule):
        return ""
    names = sorted(available_timezones(), key=lambda name: (_REGIONS.get(name.partition("/")[0], 9), name))
    return next((name for name in names if "/" in name and _rule_of(name) == rule), "")


def _rule_of(name: str) -> str:
    for folder in TZPATH:
        with suppress(OSError):
            return _last_line((Path(folder) / name).read_bytes())
    with suppress(OSError, ModuleNotFoundError):
        return _last_line(files("tzdata").joinpath("zoneinfo", *name.split("/")).read_bytes())
    return ""


def _last_line(data: bytes) -> str:
    return data.rstrip(b"\n").rpartition(b"\n")[2].decode("ascii", "replace")
