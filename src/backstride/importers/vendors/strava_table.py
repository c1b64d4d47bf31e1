"""Strava's list of activities (activities.csv of its bulk export), in any language.

Columns are found by their names where the language is known, and by their distance from the column of file names
elsewhere: columns were added and translated over the years, but the order round it stayed.
"""

from dataclasses import dataclass, replace
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.run import Run
from backstride.errors import BadInput
from backstride.importers.base import ImportResult
from backstride.importers.cell_values import rough
from backstride.importers.sport_words import kind_called
from backstride.importers.tables.columns import Cells, Table, by_line
from backstride.importers.tables.csv_dialect import Row, Sheet, first_line, looks_like_text, sheet_from_bytes
from backstride.importers.tables.headings import plain
from backstride.importers.tables.strava_times import in_figures
from backstride.importers.tables.table_times import Clock, clock_for
from backstride.importers.vendors.app_records import AppSession, Gathering, at_seconds, finish_import
from backstride.importers.vendors.app_table import day_of

_FILE_NAMES: Final = frozenset(
    map(plain, ("Filename", "Dateiname", "Nom du fichier", "Nombre del archivo", "Nombre de archivo", "Nome file",
                "Nome del file", "Bestandsnaam", "Nome do arquivo", "Nome do ficheiro", "Filnavn", "Filnamn",
                "Nazwa pliku", "Název souboru", "Tiedostonimi", "Dosya ad\u0131", "Имя файла", "ファイル名", "文件名",
                "檔案名稱", "파일 이름"))
)  # fmt: skip
_EXERTIONS: Final = frozenset(
    map(plain, ("Perceived Exertion", "Gefühlte Anstrengung", "Effort perçu", "Effort ressenti", "Esfuerzo percibido",
                "Sforzo percepito", "Ervaren inspanning", "Waargenomen inspanning", "Esforço percebido",
                "Odczuwany wysiłek", "Vnímané úsilí", "主観的運動強度", "主观用力程度"))
)  # fmt: skip
_MOVING: Final = frozenset(
    map(plain, ("Moving Time", "Bewegungszeit", "Durée de déplacement", "Tiempo en movimiento",
                "Tempo in movimento", "Beweegtijd", "Tempo de movimentação", "Aktivní čas", "移動時間"))
)  # fmt: skip
_BEATS: Final = frozenset(
    map(plain, ("Average Heart Rate", "Durchschnittliche Herzfrequenz", "Fréquence cardiaque moyenne",
                "Frecuencia cardiaca media", "Frequenza cardiaca media", "Gemiddelde hartslag",
                "Frequência cardíaca média", "Průměrná tepová frekvence", "平均心拍数"))
)  # fmt: skip
_ELAPSED_AFTER, _MOVING_AFTER, _METRES_AFTER, _BEATS_AFTER, _EXERTION_AFTER = 3, 4, 5, 19, 31
"""How many columns after that of file names each stands; the elapsed time and the metres repeat earlier names."""
_DATE, _TYPE, _ELAPSED, _KM = 1, 3, 5, 6
_MIN_COLUMNS: Final = 10
_IN_METRES: Final = "distance"
"""How the only distance was called in 2018, when all headings were small letters and all lengths metres."""
_ENDINGS: Final = (".fit", ".gpx", ".tcx", ".fit.gz", ".gpx.gz", ".tcx.gz")
_FOLDER: Final = "activities/"


@dataclass(frozen=True, slots=True)
class StravaRow:
    """A row as a run, and the file that was recorded of it; empty where there is none."""

    run: Run
    file: str


class StravaTable:
    """Reads activities.csv."""

    name = "Strava table"

    def knows(self, head: bytes, *, name: str) -> bool:  # noqa: ARG002 - the content says enough
        """Whether a heading means file names at its place, or rows name files as Strava calls them."""
        if not looks_like_text(head):
            return False
        header = [plain(heading) for heading in first_line(head)]
        if len(header) < _MIN_COLUMNS:
            return False
        named = next((i for i, heading in enumerate(header) if heading in _FILE_NAMES), 0)
        return named >= 8 or (b",activities/" in head and any(e.encode() in head for e in _ENDINGS))

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read every activity as a run.

        Raises:
            BadInput: none of them can be used.
        """
        return self.read_rows(content, name=name, zone=zone)[0]

    def read_rows(
        self, content: bytes, *, name: str, zone: ZoneInfo
    ) -> tuple[ImportResult, tuple[StravaRow, ...]]:
        """Read every activity as a run, and the rows by themselves, for their files.

        Returns:
            What was read, and every row that names an activity.

        Raises:
            BadInput: none of them can be used.
        """
        sheet = sheet_from_bytes(content, name=name)
        table = _laid_out(sheet)
        clock = clock_for(table.column("date"), sheet.statements, zone=zone, name=name)
        gathering, made = Gathering(), []
        for refused in table.skipped:
            gathering.skipped.append(replace(refused, is_session=True))
        for cells in table.rows:
            try:
                run = gathering.add(_session(cells, clock), cells.where)
            except BadInput as error:
                gathering.refuse(cells.where, error, is_session=True, day=day_of(cells, ("date",), clock))
                continue
            if isinstance(run, Run):
                made.append(StravaRow(run, cells["file"]))
        order = (f"{name}: {clock.why}",) if clock.why else ()
        result = ImportResult(notes=sheet.notes) + gathering.result(name) + ImportResult(notes=order)
        doubts = (f"its times are in UTC and are shown in the time of {zone.key}",)
        result = replace(result, skipped=by_line(result.skipped))
        return finish_import(result, name=name, doubts=doubts, is_log=True), tuple(made)


STRAVA_TABLE = StravaTable()


def _laid_out(sheet: Sheet) -> Table:
    places = _places(sheet)
    rows = tuple(
        Cells(f"{sheet.name} line {row.line}", {name: _cell(row, i) for name, i in places.items()})
        for row in sheet.rows
    )
    rows = tuple(Cells(one.where, {**one.by_name, "date": in_figures(one["date"])}) for one in rows)
    return Table(sheet.name, rows, places, sheet.statements, sheet.skipped)


def _places(sheet: Sheet) -> dict[str, int]:
    header = [plain(heading) for heading in sheet.header]
    file = _file_column(header, sheet.rows)

    def at(names: frozenset[str], after: int) -> int:
        return next((i for i, heading in enumerate(header) if heading in names), file + after)

    first = (
        {"metres": _KM}
        if sheet.header[_KM : _KM + 1] == (_IN_METRES,)
        else {"km": _KM, "metres": file + _METRES_AFTER}
    )
    return {
        "date": _DATE,
        "type": _TYPE,
        "elapsed": _ELAPSED,
        "file": file,
        "elapsed_s": file + _ELAPSED_AFTER,
        "moving": at(_MOVING, _MOVING_AFTER),
        **first,
        "beats": at(_BEATS, _BEATS_AFTER),
        "exertion": at(_EXERTIONS, _EXERTION_AFTER),
    }


def _file_column(header: list[str], rows: tuple[Row, ...]) -> int:
    """By its name, else where most rows name a file, else where it stands today."""
    named = [i for i, heading in enumerate(header) if heading in _FILE_NAMES]
    if named:
        return named[0]
    hits = [i for row in rows for i, cell in enumerate(row.cells) if _is_file(cell)]
    return max(set(hits), key=hits.count) if hits else 12


def _is_file(cell: str) -> bool:
    return cell.strip().startswith(_FOLDER) and cell.strip().endswith(_ENDINGS)


def _cell(row: Row, i: int) -> str:
    return row.cells[i].strip() if i < len(row.cells) else ""


def _session(cells: Cells, clock: Clock) -> AppSession:
    moment, _ = clock.moment(f"{cells['date']}Z")
    elapsed = _number(cells["elapsed_s"], "elapsed time") or _number(cells["elapsed"], "elapsed time")
    return AppSession(
        moment=at_seconds(moment.timestamp(), zone=clock.zone),
        kind=kind_called(cells["type"]),
        moving_s=_number(cells["moving"], "moving time") or elapsed,
        elapsed_s=elapsed,
        distance_m=_metres(cells),
        rpe=_exertion(cells["exertion"]),
        heart_rate=_number(cells["beats"], "heart rate"),
    )


def _metres(cells: Cells) -> float | None:
    """Return the second distance, in metres; or the first, in kilometres, where an old table has only one.

    Some exports give kilometres in both: a second one that equals the first is no metres, save in a pool.
    """
    first, second = _number(cells["km"], "distance"), _number(cells["metres"], "distance")
    if second and first and abs(second - first) <= 0.01 * second and second < 500:
        return second * 1000
    return second or (first * 1000 if first and first < 500 else first)


def _exertion(text: str) -> float | None:
    """1 to 10; a column that holds something else is another one, moved there by a new release."""
    value = _number(text, "perceived exertion")
    return value if value is not None and 0 < value <= 10 else None


def _number(text: str, what: str) -> float | None:
    return rough(text, what=what)
