"""A store with many people and a year of their mornings, made once and kept below the temporary folder.

The database itself multiplies twenty years of mornings: so it takes about a minute, not the hour that telling would.
"""

import os
import random
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from postgres import cluster
from server import Pass
from sqlalchemy import (
    Column,
    Connection,
    Date,
    Engine,
    Integer,
    MetaData,
    Table,
    Text,
    create_engine,
    event,
    insert,
    literal,
    select,
    text,
    update,
)

from backstride.core.check_in import CheckIn
from backstride.core.scales import PainRating
from backstride.diary.database import location
from backstride.diary.opening import open_store
from backstride.diary.rows import utc
from backstride.diary.schema import REVISIONS, entries, people, sessions, versions
from backstride.diary.serialization import serialize
from backstride.diary.sharing_terms import token_hash
from backstride.diary.store import Store
from backstride.services.check_in import SOURCE

FIRST_PERSON = 2
YEARS = 20
_INDEXES = [i for i in (*entries.indexes, *versions.indexes) if not i.unique]
"""They are put in order at the end, all at once."""
_KEYS = {"sqlite": "lower(hex(randomblob(32)))", "postgresql": "md5(random()::text) || md5(random()::text)"}
_mornings = Table(
    "morning",
    MetaData(),
    Column("year", Integer, primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("slot", Text),
    Column("day", Date),
    Column("content", Text),
    Column("stored_at", Text),
    prefixes=["TEMPORARY"],
)


@dataclass(frozen=True)
class Crowd:
    """How many people, a check-in on each of how many days before which day, and by which seed."""

    count: int
    days: int
    last: date
    seed: int

    @property
    def passes(self) -> tuple[Pass, ...]:
        """What everybody carries who is signed in; it follows from the seed."""
        chance = random.Random(self.seed)
        return tuple(Pass(FIRST_PERSON + n, f"{chance.getrandbits(256):064x}") for n in range(self.count))

    @property
    def folder(self) -> Path:
        """Where a store of them is kept."""
        name = f"backstride-load-{self.count}x{self.days}-{self.seed}-{REVISIONS[-1]}"
        return Path(tempfile.gettempdir()) / name


def fill(where: str, crowd: Crowd) -> None:
    """Everybody's check-ins and sessions into an empty store."""
    engine = create_engine(location(where))
    if engine.dialect.name == "sqlite":
        event.listen(engine, "connect", _in_haste)
    with engine.begin() as connection:
        if engine.dialect.name == "postgresql":
            connection.execute(
                text("SET LOCAL session_replication_role = replica")
            )  # no look at foreign keys
        _fill(connection, crowd)
    _settle(engine)
    engine.dispose()


def _in_haste(driver: object, _: object) -> None:
    for pragma in ("journal_mode = OFF", "synchronous = OFF", "cache_size = -400000"):
        driver.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]


def _settle(engine: Engine) -> None:
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE" if engine.dialect.name == "sqlite" else "VACUUM ANALYZE"))


def _fill(connection: Connection, crowd: Crowd) -> None:
    now = utc(datetime.now(UTC))
    ids = range(FIRST_PERSON, FIRST_PERSON + crowd.count)
    connection.execute(insert(people), [{"id": i, "name": f"person {i}", "passphrase": ""} for i in ids])
    opened = {"label": "a program", "opened_at": now, "seen_at": now}
    known = ({"person_id": p.person, "token_hash": token_hash(p.token), **opened} for p in crowd.passes)
    connection.execute(insert(sessions), list(known))
    _mornings.create(connection)
    connection.execute(insert(_mornings), _years(crowd))
    for index in _INDEXES:
        index.drop(connection)
    _multiply(connection, crowd)
    for index in _INDEXES:
        index.create(connection)
    if connection.dialect.name == "postgresql":
        for table in ("diary_entry", "person"):
            connection.execute(text(f"SELECT setval('{table}_id_seq', (SELECT max(id) FROM {table}))"))


def _multiply(connection: Connection, crowd: Crowd) -> None:
    """Insert the mornings of a year for each person: one statement for all entries, one for all versions."""
    of_year = (people.c.id % YEARS) == _mornings.c.year
    entry = (people.c.id - FIRST_PERSON) * crowd.days + _mornings.c.number
    everyone = people.c.id >= FIRST_PERSON
    new = select(entry, literal("check_in"), people.c.id, _mornings.c.slot).where(of_year, everyone)
    in_order = (people.c.id, _mornings.c.number)
    names = ["id", "kind", "person_id", "slot"]
    connection.execute(insert(entries).from_select(names, new.order_by(*in_order)))
    told = {
        "entry_id": entry,
        "number": literal(1),
        "current": literal(True),
        "first_day": _mornings.c.day,
        "last_day": _mornings.c.day,
        "key": text(_KEYS[connection.dialect.name]),
        "content": _mornings.c.content,
        "stored_at": _mornings.c.stored_at,
        "told_at": _mornings.c.stored_at,
    }
    new_versions = select(*told.values()).where(of_year, everyone).order_by(*in_order)
    connection.execute(insert(versions).from_select(list(told), new_versions))


def _years(crowd: Crowd) -> list[dict[str, object]]:
    chance = random.Random(crowd.seed)
    days = [crowd.last - timedelta(days=ago) for ago in reversed(range(crowd.days))]
    return [_row(year, n, _morning(day, chance)) for year in range(YEARS) for n, day in enumerate(days, 1)]


def _morning(day: date, chance: random.Random) -> CheckIn:
    return CheckIn(
        moment=datetime(day.year, day.month, day.day, 7, chance.randrange(60), tzinfo=UTC),
        pain=PainRating(chance.randrange(11)),
        mood=float(chance.randrange(11)),
        means_to_run=chance.random() < 0.5,
        source=SOURCE,
    )


def _row(year: int, number: int, check_in: CheckIn) -> dict[str, object]:
    day = check_in.local_day
    return {
        "year": year,
        "number": number,
        "slot": f"check-in {day}",
        "day": day,
        "content": serialize(check_in).text,
        "stored_at": utc(check_in.moment),
    }


@contextmanager
def sqlite(crowd: Crowd) -> Iterator[str]:
    """Return the path of a copy of the kept store, which is filled where there is none yet."""
    kept = crowd.folder / "sqlite"
    if not kept.exists():
        half = _new_folder(kept)
        open_store(half / "diary.sqlite").close()
        fill(str(half / "diary.sqlite"), crowd)
        half.rename(kept)
    with tempfile.TemporaryDirectory(prefix="load-") as folder:
        shutil.copytree(kept, folder, dirs_exist_ok=True)
        os.sync()
        yield f"{folder}/diary.sqlite"


@contextmanager
def postgresql(crowd: Crowd) -> Iterator[str | None]:
    """Return the address of a copy of the kept store on a server of its own; None without PostgreSQL."""
    with cluster(crowd.folder / "postgresql") as address:
        if address is None:
            yield None
            return
        if not _query(address("postgres"), "SELECT 1 FROM pg_database WHERE datname = 'kept'"):
            _query(address("postgres"), "DROP DATABASE IF EXISTS half", "CREATE DATABASE half")
            open_store(address("half")).close()
            fill(address("half"), crowd)
            _query(address("postgres"), "ALTER DATABASE half RENAME TO kept")
        copy = "CREATE DATABASE copy TEMPLATE kept STRATEGY file_copy"
        _query(address("postgres"), "DROP DATABASE IF EXISTS copy", copy, "CHECKPOINT")
        yield address("copy")
        _query(address("postgres"), "DROP DATABASE copy WITH (FORCE)")


def open_pages(store: Store) -> None:
    """As though everybody had just opened the page on which they check in."""
    store.write(lambda c: c.execute(update(sessions).values(_now())).rowcount)


def _now() -> dict[str, str]:
    now = utc(datetime.now(UTC))
    return {"opened_at": now, "seen_at": now}


def _new_folder(beside: Path) -> Path:
    half = beside.with_name(beside.name + ".part")
    shutil.rmtree(half, ignore_errors=True)
    half.mkdir(parents=True)
    return half


def _query(url: str, *statements: str) -> Sequence[object]:
    engine = create_engine(location(url), isolation_level="AUTOCOMMIT")
    with engine.connect() as connection:
        results = [connection.execute(text(statement)) for statement in statements]
        rows = results[-1].all() if results[-1].returns_rows else []
    engine.dispose()
    return rows
