"""A cohort: many people's diaries taken in, and answered one by one."""

from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from backstride.cohort.engines import Engine
from backstride.cohort.folders import people_of_folder
from backstride.cohort.given_files import contributions_of_folder
from backstride.cohort.person import Participant
from backstride.cohort.person_answer import AnswerSettings
from backstride.cohort.store import CohortStore
from backstride.cohort.study_table import people_of_rows, people_of_table
from backstride.cohort.table_map import TableMap, map_from, map_from_file
from backstride.cohort.table_out import TablesWritten, write_tables
from backstride.cohort.take_in import TakenIn, take_in_contributions, take_in_people
from backstride.cohort.work import work_out
from backstride.errors import BadTable, BadValue, NotReadable
from backstride.importers.tables.people_in_table import participant_column
from backstride.runtime.clock import utc_now
from backstride.runtime.timezone import default_timezone

PeopleProgress = Callable[[int, int], None]


def take_in(
    frame: Any,  # noqa: ANN401 - a data frame of pandas or polars, or rows
    store: Path,
    *,
    table_map: Mapping[str, Any] | Path | None = None,
    zone: str | None = None,
    now: datetime | None = None,
    progress: Callable[[int], None] | None = None,
    rows_progress: Callable[[int], None] | None = None,
) -> TakenIn:
    """Take many people's diaries into a store.

    Args:
        frame: a folder with a folder, or a contribution (JSON), a person, a CSV file with a participant column, a
            data frame of pandas or polars, or rows as mappings.
        store: the folder of the store, made where missing.
        table_map: which columns are which, as a TOML file or as what it says (docs/researchers.md); not for folders.
        zone: of times that state none; this machine's unless given.
        now: what lies after it is left out; the clock's unless given.
        progress: told how many people are in.
        rows_progress: called with how many rows of a table have been read, which comes before the first person.

    Raises:
        BadInput: nothing of it can be used; a single person's fault is listed instead.
        DiaryFull: the store cannot be written to.
    """
    place, moment = default_timezone(zone).zone, now or datetime.now(UTC)
    used = table_map
    if isinstance(used, Path):
        used_map: TableMap | None = map_from_file(used)
    else:
        used_map = None if used is None else map_from(used)
    with (
        CohortStore(store, create=True) as opened,
        _people(frame, used_map, place, store, rows_progress) as people,
    ):
        taken = take_in_people(people, opened, now=moment, progress=progress)
        given = contributions_of_folder(frame) if isinstance(frame, str | Path) else ()
        return taken + take_in_contributions(given, opened)


@contextmanager
def _people(
    frame: Any,  # noqa: ANN401 - see `take_in`
    used: TableMap | None,
    zone: ZoneInfo,
    beside: Path,
    progress: Callable[[int], None] | None,
) -> Iterator[Iterator[Participant]]:
    if not isinstance(frame, str | Path):
        with _of_frame(frame, used, zone, beside, progress) as people:
            yield people
        return
    path = Path(frame)
    if not path.exists():
        raise NotReadable(
            f"There is no {path}.", advice="Give a folder with a folder a person, or a CSV file."
        )
    if path.is_file():
        with people_of_table(path, zone=zone, table_map=used, beside=beside, progress=progress) as people:
            yield people
    elif used is not None:
        raise BadValue(
            f"{path} is a folder, and a map is for a table.", advice="Leave the map out, or give a CSV file."
        )
    else:
        yield people_of_folder(path, zone=zone)


@contextmanager
def _of_frame(
    frame: Any,  # noqa: ANN401 - see `take_in`
    used: TableMap | None,
    zone: ZoneInfo,
    beside: Path,
    progress: Callable[[int], None] | None,
) -> Iterator[Iterator[Participant]]:
    found = _rows_of(frame)
    first = next(found, None)
    if first is None:
        raise BadTable("The frame has no rows.", advice="Give one row a moment of a person.")
    header = tuple(map(str, first))
    whose = used.participant if used is not None else participant_column(header)
    if whose is None or whose not in header:
        raise BadTable(
            f"The frame does not say whose rows its rows are (its columns are: {', '.join(header)[:300]}).",
            advice="Name that column 'participant', or say in a map which one it is.",
        )
    texts = ({str(name): _text(value) for name, value in row.items()} for row in _chained(first, found))
    rows = ((line, row) for line, row in enumerate(texts, start=1))
    with people_of_rows(
        rows, used or TableMap(whose), header, name="frame", zone=zone, beside=beside, progress=progress
    ) as people:
        yield people


def _rows_of(frame: Any) -> Iterator[Mapping[str, Any]]:  # noqa: ANN401 - see `take_in`
    if hasattr(frame, "iter_rows"):  # polars
        return iter(frame.iter_rows(named=True))
    if hasattr(frame, "itertuples"):  # pandas
        names = list(frame.columns)
        return (dict(zip(names, row, strict=True)) for row in frame.itertuples(index=False, name=None))
    return iter(frame)


def _chained(first: Mapping[str, Any], others: Iterable[Mapping[str, Any]]) -> Iterator[Mapping[str, Any]]:
    yield first
    yield from others


def _text(value: Any) -> str:  # noqa: ANN401 - a cell
    """Convert a cell to text; what is missing in a frame is empty."""
    text = "" if value is None else str(value)
    if isinstance(value, float) and value.is_integer():
        return str(int(value))
    return "" if text in ("nan", "NaT", "<NA>") else text


def answer_people(
    store: Path,
    *,
    out: Path,
    settings: AnswerSettings,
    engine: Engine,
    progress: PeopleProgress | None = None,
) -> TablesWritten:
    """Answer every diary of a store that has no answer yet, and write one row a person.

    Stopped on the way, what is done is kept, and the next call goes on from there.

    Args:
        store: the folder of the store.
        out: the folder of answers.csv and answers.parquet.
        settings: the same for everybody.
        engine: where the work is done.
        progress: told how many diaries have their answer, and of how many.

    Raises:
        NotReadable: there is no such store.
        BadValue: the engine cannot be used.
        DiaryFull: a folder cannot be written to.
    """
    with CohortStore(store) as opened:
        work_out(opened, settings, engine, progress=progress)
        return write_tables(opened, settings, out)


def remove_person(store: Path, person: str) -> None:
    """Take a person out of a store, with their answers.

    Raises:
        NotReadable: there is no such store.
        NotInDiary: nobody there has this id.
    """
    with CohortStore(store) as opened:
        opened.remove_person(person, month=f"{utc_now():%Y-%m}")
