"""Garmin Connect's list of activities as a table (Activities.csv), in the language of the account.

Headings change with the language; where they are unknown the columns are taken by their places, which do not.
"""

import re
from collections.abc import Iterable, Iterator
from statistics import median
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.run import MAX_KM
from backstride.errors import BadInput
from backstride.importers.base import ImportResult
from backstride.importers.cell_values import rough
from backstride.importers.spans import seconds_in
from backstride.importers.sport_words import kind_called
from backstride.importers.tables.columns import Cells, Table
from backstride.importers.tables.csv_dialect import looks_like_text
from backstride.importers.tables.forms import Column, Form
from backstride.importers.vendors.app_records import AppSession
from backstride.importers.vendors.app_table import AppTable, Rows, measured

_COLUMNS: Final = (
    Column(
        "Activity Type",
        ("Aktivitätstyp", "Type d'activité", "Tipo de actividad", "Tipo di attività", "Activiteittype",
         "Tipo de atividade", "Aktivitetstyp", "Aktivitetstype", "Typ aktywności",
         "アクティビティタイプ", "活动类型"),
    ),
    Column("Date", ("Datum", "Fecha", "Data", "Dato", "日付", "日期")),
    Column("Favorite", ("Favorit", "Favori", "Favorito", "Preferito", "Favoriet", "Ulubione", "お気に入り", "收藏")),
    Column("Title", ("Titel", "Titre", "Título", "Titolo", "Tytuł", "Tittel", "タイトル", "标题")),
    Column("Distance", ("Distanz", "Distancia", "Distanza", "Afstand", "Distância", "Distans", "Dystans",
                        "距離", "距离")),
    Column("Calories", ("Kalorien", "Calorías", "Calorie", "Calorieën", "Calorias", "Kalorier", "Kalorie",
                        "カロリー")),
    Column("Time", ("Zeit", "Durée", "Temps", "Tiempo", "Tempo", "Tijd", "Tid", "Czas", "タイム", "时间")),
    Column(
        "Avg HR",
        ("Ø HF", "Ø Herzfrequenz", "Fréquence cardiaque moyenne", "FC moyenne", "Frecuencia cardiaca media",
         "FC Media", "Gem. HS", "FC Média", "Medelpuls", "Gj.sn. puls", "Śr. tętno", "平均心拍数", "平均心率"),
    ),
    Column("Avg Run Cadence", ("Ø Schrittfrequenz (Laufen)", "Cadence de course moyenne",
                               "Cadencia de carrera media")),
    Column("Avg Stride Length", ("Ø Schrittlänge", "Longueur moyenne des foulées", "Longitud media de zancada")),
    Column(
        "Elapsed Time",
        ("Verstrichene Zeit", "Temps écoulé", "Tiempo transcurrido", "Tempo trascorso", "Verstreken tijd",
         "Tempo decorrido", "経過時間"),
    ),
)  # fmt: skip
_BY_PLACE: Final = ("Activity Type", "Date", "Favorite", "Title", "Distance", "Calories", "Time", "Avg HR")
_ROW: Final = re.compile(
    r'[^,;\n]+,"?\d{4}-\d\d-\d\d \d\d:\d\d:\d\d"?,"?(?:true|false)"?,.*?"?\d\d:\d\d:\d\d', re.IGNORECASE
)
MILE_M: Final = 1609.344
_FORM: Final = Form(
    what="activities",
    columns=_COLUMNS,
    needs=(("Activity Type",), ("Date",), ("Favorite",), ("Time",)),
    example="the table as Garmin Connect writes it",
)


def _run(cells: Cells, rows: Rows) -> Iterator[AppSession]:
    moving = seconds_in(cells["Time"], what="time")
    yield AppSession(
        moment=rows.moment(cells["Date"]),
        kind=kind_called(cells["Activity Type"]),
        moving_s=moving,
        elapsed_s=seconds_in(cells["Elapsed Time"], what="elapsed time"),
        distance_m=_metres(cells, rows, moving),
        heart_rate=rough(cells["Avg HR"], what="heart rate"),
    )


def _metres(cells: Cells, rows: Rows, moving: float | None) -> float | None:
    """Convert the distance from the table's unit; tracks and pools are in metres, whatever the unit."""
    value = _grouped(cells["Distance"])
    if value is None:
        return None
    too_far = value > MAX_KM or (moving and 1000 * value / moving > 40.0)
    return value if too_far else value * rows.metres


def _grouped(text: str) -> float | None:
    """Parse a number whose comma before three digits groups thousands: 2,336, but 42.02 and 5,01."""
    plain = re.sub(r",(?=\d{3}(?:\D|$))", "", text)
    return rough(plain, what="distance")


def _unit(table: Table) -> float:
    """Metres in one of the table's distances: a kilometre, or a mile where steps times stride say so.

    distance = cadence x minutes x stride; the median over all rows that tell the three lies near 1 or near 0.62.
    """
    shares = [share for share in map(_share_of_steps, table.rows) if share is not None]
    return MILE_M if shares and abs(median(shares) - MILE_M / 1000) < 0.2 else 1000.0


def _share_of_steps(cells: Cells) -> float | None:
    """Kilometres by steps over the stated distance."""
    try:
        cadence = measured(cells["Avg Run Cadence"], what="cadence")
        stride = measured(cells["Avg Stride Length"], what="stride")
        seconds, distance = seconds_in(cells["Time"], what="time"), _grouped(cells["Distance"])
    except BadInput:
        return None
    if not (cadence and stride and seconds and distance):
        return None
    return cadence * seconds / 60 * stride / 1000 / distance


def _says(table: Table) -> Iterable[str]:
    unit = "miles, as steps and stride say" if _unit(table) == MILE_M else "kilometres"
    yield f"the table names no unit; its distances are read as {unit}; if that is wrong, give the files of the runs"


_TABLE: Final = AppTable("Garmin table", _FORM, _run, ("Date",), says=_says, is_log=True, metres=_unit)


class GarminTable:
    """Reads Activities.csv."""

    name = "Garmin table"

    def knows(self, head: bytes, *, name: str) -> bool:
        """Whether its headings are known, or its first row looks as every first row of Garmin's does."""
        return _TABLE.knows(head, name=name) or _by_place(head)

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read every activity as a run.

        Raises:
            BadInput: none of them can be used.
        """
        if not _TABLE.knows(content[:4096], name=name):
            header, _, rest = content.partition(b"\n")
            named = header.count(b",") + 1 - len(_BY_PLACE)
            content = ",".join([*_BY_PLACE, *[""] * named]).encode() + b"\n" + rest
        return _TABLE.read(content, name=name, zone=zone)


GARMIN_TABLE = GarminTable()


def _by_place(head: bytes) -> bool:
    if not looks_like_text(head):
        return False
    lines = head.decode("utf-8-sig", errors="replace").splitlines()
    return len(lines) > 1 and _ROW.match(lines[1]) is not None
