"""A map: which columns of a study's table are which columns of a diary (docs/researchers.md)."""

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from backstride.errors import BadValue, NotReadable

_TOP = frozenset({"participant", "zone", "tables", "traits"})
_SECTION = frozenset({"where", "columns", "constants", "values", "each_row_is_a_day"})


@dataclass(frozen=True, slots=True)
class Section:
    """Rows of the study's table that are rows of one table of a diary.

    Attributes:
        columns: a column of the diary format -> the study's column.
        where: the study's column -> the value that a row must have there; all rows where empty.
        constants: a column of the diary format -> the same text in every row.
        values: a column of the diary format -> the study's code -> the diary's word.
        each_row_is_a_day: whether a row of a table of runs vouches for its own day alone.
    """

    columns: Mapping[str, str] = field(default_factory=dict)
    where: Mapping[str, str] = field(default_factory=dict)
    constants: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, Mapping[str, str]] = field(default_factory=dict)
    each_row_is_a_day: bool = False


@dataclass(frozen=True, slots=True)
class TableMap:
    """How a study's table is to be read.

    Attributes:
        participant: the column that says whose row it is.
        sections: the tables of a diary that stand in it; none where its columns have the diary's own names.
        traits: a name -> the study's column; the first value of a person that is not empty counts.
        zone: of times that state none; None for the zone given beside the map.
    """

    participant: str
    sections: tuple[Section, ...] = ()
    traits: Mapping[str, str] = field(default_factory=dict)
    zone: ZoneInfo | None = None

    @property
    def needed(self) -> frozenset[str]:
        """Every column of the study's table that it speaks of."""
        named = {self.participant, *self.traits.values()}
        for section in self.sections:
            named |= {*section.columns.values(), *section.where}
        return frozenset(named)


def map_from_file(path: Path) -> TableMap:
    """Read the map in a TOML file.

    Raises:
        NotReadable: it cannot be opened, or is no TOML.
        BadValue: it names something that a map does not have.
    """
    try:
        said = tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise NotReadable(
            f"The map {path} cannot be read ({error}).",
            advice="Write it as in the example of docs/researchers.md.",
        ) from error
    return map_from(said)


def map_from(said: Mapping[str, Any]) -> TableMap:
    """Build the map from the content of a TOML file.

    Raises:
        BadValue: it names something that a map does not have, or lacks what it must have.
    """
    _only(said, _TOP, "a map")
    if not isinstance(said.get("participant"), str):
        raise BadValue(
            "The map does not say which column names the participant.",
            advice='Add a first line such as: participant = "record_id"',
        )
    sections = tuple(_section(one) for one in said.get("tables", ()))
    return TableMap(said["participant"], sections, _texts(said.get("traits", {})), _zone(said.get("zone")))


def _section(said: Mapping[str, Any]) -> Section:
    _only(said, _SECTION, "a table of a map")
    if not said.get("columns"):
        raise BadValue(
            "A table of the map names no columns.",
            advice='Add them, as in: columns = { time = "answered_at", pain = "back_pain" }',
        )
    return Section(
        _texts(said["columns"]),
        _texts(said.get("where", {})),
        _texts(said.get("constants", {})),
        {column: _texts(codes) for column, codes in said.get("values", {}).items()},
        bool(said.get("each_row_is_a_day", False)),
    )


def _texts(said: Mapping[str, Any]) -> dict[str, str]:
    return {str(name): str(value) for name, value in said.items()}


def _only(said: Mapping[str, Any], known: frozenset[str], what: str) -> None:
    unknown = sorted(set(said) - known)
    if unknown:
        raise BadValue(
            f"{what[0].upper()}{what[1:]} has no '{unknown[0]}'.",
            advice=f"It may have: {', '.join(sorted(known))}.",
        )


def _zone(name: str | None) -> ZoneInfo | None:
    if name is None:
        return None
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise BadValue(
            f"The map names the zone '{name[:40]}', which does not exist.",
            advice="Name it by continent and city, as in Europe/Berlin.",
        ) from error
