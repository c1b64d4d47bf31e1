"""Ten thousand people and their mornings: does the server keep up, and does it keep everything?

    python benchmarks/load.py --people 10000 --rate 300 --seconds 60 --out docs/load.md

A store is filled with a year of check-ins of so many people. Then check-ins arrive over HTTP, each with its session
and its form's mark, at a steady rate: at moments fixed beforehand, whether or not the server has answered the ones
before, so that its own slowness does not spare it. A check-in is timed from the moment at which it was due. At the
end every acknowledged one is looked for in the store. The same is done on PostgreSQL where it is installed.
"""

import argparse
import asyncio
import json
import os
import platform
import random
import sys
import tempfile
import time
from collections import deque
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from urllib.parse import urlencode

from postgres import database
from server import Pass, Server, check_in_form
from sqlalchemy import Connection, insert, select, text

from backstride.actions.check_in import SOURCE
from backstride.core.check_in import CheckIn
from backstride.core.scales import PainRating
from backstride.diary.content import to_content
from backstride.diary.opening import open_store
from backstride.diary.rows import utc, version_row
from backstride.diary.schema import entries, people, receipts, sessions, versions
from backstride.diary.sessions import token_hash
from backstride.diary.store import Store

CONNECTIONS = 64
A_BATCH = 500
FIRST_PERSON = 2
SLOWEST_MS, MOST_MB = 150, 400


@dataclass(frozen=True)
class Filled:
    """A store with people in it: their sessions, how many check-ins, how long that took, how big it became."""

    holders: tuple[Pass, ...]
    check_ins: int
    seconds: float


def fill(store: Store, *, count: int, days: int, today: date, seed: int) -> Filled:
    """So many people with a check-in on each of so many days, and a session each."""
    began, chance, holders = time.perf_counter(), random.Random(seed), []
    mornings = _mornings(days, today, chance)
    for first in range(0, count, A_BATCH):
        tokens = [f"{chance.getrandbits(256):064x}" for _ in range(first, min(first + A_BATCH, count))]

        def change(connection: Connection, first: int = first, tokens: Sequence[str] = tokens) -> list[int]:
            return _people(connection, first, tokens, mornings)

        ids = store.write(change)
        holders += [Pass(person, token) for person, token in zip(ids, tokens, strict=True)]
    return Filled(tuple(holders), count * days, time.perf_counter() - began)


def _mornings(days: int, today: date, chance: random.Random) -> list[list[dict[str, object]]]:
    """A few years of mornings as rows without their entry; people share them."""
    return [
        [
            version_row(
                0, 1, to_content(_morning(today - timedelta(days=ago + 1), chance)), datetime.now(UTC)
            )
            for ago in reversed(range(days))
        ]
        for _ in range(20)
    ]


def _morning(day: date, chance: random.Random) -> CheckIn:
    return CheckIn(
        moment=datetime(day.year, day.month, day.day, 7, chance.randrange(60), tzinfo=UTC),
        pain=PainRating(chance.randrange(11)),
        mood=float(chance.randrange(11)),
        means_to_run=chance.random() < 0.5,
        source=SOURCE,
    )


def _people(
    connection: Connection, first: int, tokens: Sequence[str], mornings: list[list[dict[str, object]]]
) -> list[int]:
    now = utc(datetime.now(UTC))
    new = insert(people).returning(people.c.id, sort_by_parameter_order=True)
    named = [{"name": f"person {first + n}", "passphrase": ""} for n in range(len(tokens))]
    ids = list(connection.scalars(new, named))
    opened = {"label": "a program", "opened_at": now, "seen_at": now}
    known = [
        {"person_id": i, "token_hash": token_hash(t), **opened} for i, t in zip(ids, tokens, strict=True)
    ]
    connection.execute(insert(sessions), known)
    if first == 0:
        _told(connection, ids, mornings)
    else:
        _copied(connection, ids)
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT setval('diary_entry_id_seq', (SELECT max(id) FROM diary_entry))"))
    return ids


def _told(connection: Connection, ids: Sequence[int], mornings: list[list[dict[str, object]]]) -> None:
    rows = [(person, row) for person in ids for row in mornings[person % len(mornings)]]
    of_entries = [
        {"id": n, "kind": "check_in", "person_id": person, "slot": f"check-in {row['first_day']}"}
        for n, (person, row) in enumerate(rows, 1)
    ]
    connection.execute(insert(entries), of_entries)
    told = ({**row, "entry_id": n, "told_at": row["stored_at"]} for n, (_, row) in enumerate(rows, 1))
    connection.execute(insert(versions), list(told))


def _copied(connection: Connection, ids: Sequence[int]) -> None:
    """The check-ins of the first people of the store, for as many others: the database copies them itself."""
    shift = {
        "people": ids[0] - FIRST_PERSON,
        "entries": connection.scalar(text("SELECT max(id) FROM diary_entry")),
        "last": FIRST_PERSON + len(ids) - 1,
    }
    connection.execute(
        text(
            "INSERT INTO diary_entry (id, kind, person_id, slot) "
            "SELECT id + :entries, kind, person_id + :people, slot FROM diary_entry WHERE person_id <= :last"
        ),
        shift,
    )
    connection.execute(
        text(
            "INSERT INTO diary_version (entry_id, number, current, first_day, last_day, key, content, stored_at, "
            "told_at) SELECT v.entry_id + :entries, v.number, v.current, v.first_day, v.last_day, v.key, v.content, "
            "v.stored_at, v.told_at FROM diary_version v JOIN diary_entry e ON e.id = v.entry_id "
            "WHERE e.person_id <= :last"
        ),
        shift,
    )


@dataclass
class Outcome:
    """What came of the check-ins.

    Attributes:
        milliseconds: of each, from when it was due to the last byte of its reply.
        errors: replies other than 'saved', and connections that broke.
        acknowledged: person and pain by the id of each that was said to be saved.
        late_ms: how late the load generator itself began each: its own slowness, not the server's.
    """

    milliseconds: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    acknowledged: dict[str, tuple[int, int]] = field(default_factory=dict)
    late_ms: list[float] = field(default_factory=list)


@dataclass
class Line:
    """One connection that is kept alive."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter

    async def ask(self, request: bytes) -> tuple[int, bytes]:
        """Send a request and read its reply."""
        self.writer.write(request)
        head = await self.reader.readuntil(b"\r\n\r\n")
        length = int(head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0])
        return int(head[9:12]), await self.reader.readexactly(length)


async def check_in_at_a_rate(port: int, holders: Sequence[Pass], *, rate: float, seconds: float) -> Outcome:
    """Check-ins of one person after the other, each begun when it is due."""
    outcome, tasks = Outcome(), []
    free: deque[Line] = deque([await _line(port) for _ in range(CONNECTIONS)])
    ready = asyncio.Semaphore(CONNECTIONS)
    requests = [_request(port, holders[n % len(holders)], n) for n in range(round(rate * seconds))]
    began = time.perf_counter() + 0.1
    for n, (request, sent_id, kept) in enumerate(requests):
        due = began + n / rate
        await asyncio.sleep(max(due - time.perf_counter(), 0))
        outcome.late_ms.append((time.perf_counter() - due) * 1000)
        tasks.append(asyncio.create_task(_one(port, free, ready, request, sent_id, kept, due, outcome)))
    await asyncio.gather(*tasks)
    for line in free:
        line.writer.close()
    return outcome


async def _one(
    port: int,
    free: deque[Line],
    ready: asyncio.Semaphore,
    request: bytes,
    sent_id: str,
    kept: tuple[int, int],
    due: float,
    outcome: Outcome,
) -> None:
    async with ready:
        line = free.popleft() if free else await _line(port)
        try:
            status, said = await asyncio.wait_for(line.ask(request), 30)
        except (TimeoutError, OSError, EOFError, ValueError) as error:
            outcome.errors.append(repr(error))
            return
        free.append(line)
    outcome.milliseconds.append((time.perf_counter() - due) * 1000)
    if status == 200 and json.loads(said).get("saved"):
        outcome.acknowledged[sent_id] = kept
    else:
        outcome.errors.append(f"{status} {said.decode()}")


async def _line(port: int) -> Line:
    return Line(*await asyncio.open_connection("127.0.0.1", port))


def _request(port: int, holder: Pass, n: int) -> tuple[bytes, str, tuple[int, int]]:
    sent_id, pain = f"{holder.person}-{n}", n % 11
    body = urlencode(check_in_form(sent_id, pain=pain)).encode()
    headers = {**holder.headers, "host": f"127.0.0.1:{port}", "content-length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return f"POST /check-in HTTP/1.1\r\n{head}\r\n".encode() + body, sent_id, (holder.person, pain)


@dataclass(frozen=True)
class Measured:
    """One store under load.

    Attributes:
        name: which store.
        filled: what was in it.
        megabytes: how big it was.
        outcome: what came of the check-ins.
        seconds: how long the load lasted.
        cpu_seconds: the server's work meanwhile; on PostgreSQL that of the database is not in it.
        own_cpu_seconds: the load generator's.
        peak_mb: the most memory the server held.
        lost: acknowledged, but not in the store.
    """

    name: str
    filled: Filled
    megabytes: float
    outcome: Outcome
    seconds: float
    cpu_seconds: float
    own_cpu_seconds: float
    peak_mb: float
    lost: int

    def percentile(self, share: float) -> float:
        """The milliseconds within which this share was saved."""
        ordered = sorted(self.outcome.milliseconds)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else float("nan")


def measure(
    name: str, where: str, folder: Path, *, count: int, days: int, rate: float, seconds: float, seed: int
) -> Measured:
    """Fill a store, put it under load, and look for every acknowledged check-in."""
    with open_store(where) as store:
        filled = fill(store, count=count, days=days, today=datetime.now(UTC).date(), seed=seed)
        megabytes = _size(store) / 1e6
    holders = random.Random(seed).sample(filled.holders, len(filled.holders))
    server = Server(where, said=folder / "said")
    try:
        server.wait_until_open(120)
        began, server_cpu, own_cpu = time.perf_counter(), server.cpu_seconds, time.process_time()
        outcome = asyncio.run(check_in_at_a_rate(server.port, holders, rate=rate, seconds=seconds))
        took = time.perf_counter() - began
        work = server.cpu_seconds - server_cpu, time.process_time() - own_cpu, server.peak_mb
    finally:
        server.kill()
    with open_store(where) as store:
        lost = _lost(store, outcome.acknowledged)
    return Measured(name, filled, megabytes, outcome, took, *work, lost)


def _size(store: Store) -> int:
    with store.reading() as connection:
        sqlite = "SELECT page_count * page_size FROM pragma_page_count(), pragma_page_size()"
        postgresql = "SELECT pg_database_size(current_database())"
        return int(connection.scalar(text(sqlite if connection.dialect.name == "sqlite" else postgresql)))


def _lost(store: Store, acknowledged: dict[str, tuple[int, int]]) -> int:
    joined = versions.c.entry_id == receipts.c.entry_id, versions.c.number == receipts.c.number
    query = select(receipts.c.sent_id, receipts.c.person_id, versions.c.content).where(*joined)
    with store.reading() as connection:
        kept = {
            row.sent_id: (row.person_id, json.loads(row.content)["pain"][0])
            for row in connection.execute(query)
        }
    return sum(kept.get(sent_id) != told for sent_id, told in acknowledged.items())


def page(measured: Sequence[Measured], *, rate: float, on: str) -> str:
    """The whole page."""

    def row(what: str, values: Iterator[str]) -> str:
        return f"| {what} | {' | '.join(values)} |"

    def each(form: str, value: Callable[[Measured], object]) -> Iterator[str]:
        return (form.format(value(m)) for m in measured)

    table = [
        row("", (m.name for m in measured)),
        "|---|" + "---|" * len(measured),
        row("people", each("{:,}", lambda m: len(m.filled.holders))),
        row("check-ins stored before", each("{:,}", lambda m: m.filled.check_ins)),
        row("size of the store, MB", each("{:,.0f}", lambda m: m.megabytes)),
        row("check-ins sent", each("{:,}", lambda m: len(m.outcome.late_ms))),
        row("seconds, to the last reply", each("{:.1f}", lambda m: m.seconds)),
        row("half were saved within, ms", each("{:.1f}", lambda m: m.percentile(0.5))),
        row("99 of 100 within, ms", each("{:.1f}", lambda m: m.percentile(0.99))),
        row("the slowest, ms", each("{:.0f}", lambda m: m.percentile(1.0))),
        row("errors", each("{}", lambda m: len(m.outcome.errors))),
        row("acknowledged and lost", each("{}", lambda m: m.lost)),
        row("most memory of the server, MB", each("{:.0f}", lambda m: m.peak_mb)),
        row("work of the server, cores", each("{:.2f}", lambda m: m.cpu_seconds / m.seconds)),
        row("work of the load generator, cores", each("{:.2f}", lambda m: m.own_cpu_seconds / m.seconds)),
    ]
    parts = [
        "# Ten thousand people at breakfast",
        "`make load` writes this page.",
        f"Each person has a year of check-ins. Then {rate:g} check-ins a second arrive over HTTP, each with its "
        "session and its form's mark, each begun when it is due, whether or not those before it were answered; each "
        "is timed from when it was due to its last byte. Afterwards each acknowledged one is looked for in it.",
        f"Measured on {on}. The load generator works on the same machine, and its share is in the table: with it, "
        "and with PostgreSQL beside it, the server has less than all cores to itself.",
        "\n".join(table),
        f"Meant: 99 of 100 within {SLOWEST_MS} ms, no error, none lost, less than {MOST_MB} MB.",
        "Sessions are opened as signing in opens them, without the passphrase: hashing that takes a tenth of a "
        "second by design, once in 30 days. PostgreSQL runs as its package sets it up, so a commit there reaches the "
        "disk, too.",
    ]
    return "\n\n".join(parts) + "\n"


def machine() -> str:
    """What it was measured on."""
    load = f", load {os.getloadavg()[0]:.1f} at the start"
    if os.nice(0) < 0:
        load += f", before other work by nice {os.nice(0)}"
    return f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}{load}"


@contextmanager
def _stores(folder: Path) -> Iterator[list[tuple[str, str]]]:
    """The name and address of each kind of store there is."""
    sqlite = ("SQLite", str(folder / "diary.sqlite"))
    with database() as url:
        yield [sqlite] if url is None else [sqlite, ("PostgreSQL", url)]


def main() -> None:
    """Measure, print, and write where asked; the exit status is 1 where less was reached than was meant."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=10_000)
    parser.add_argument("--days", type=int, default=365)
    parser.add_argument("--rate", type=float, default=300)
    parser.add_argument("--seconds", type=float, default=60)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("SQLite", "PostgreSQL"))
    parser.add_argument("--out", type=Path, help="page to write")
    args = parser.parse_args()
    on, measured = machine(), []
    with tempfile.TemporaryDirectory() as temporary, _stores(Path(temporary)) as stores:
        for name, where in stores:
            if args.only in (None, name):
                print(f"{name}: filling, then {args.seconds:g} s ...", file=sys.stderr)
                load = {"rate": args.rate, "seconds": args.seconds, "seed": args.seed}
                measured.append(
                    measure(name, where, Path(temporary), count=args.people, days=args.days, **load)
                )
    text = page(measured, rate=args.rate, on=on)
    print(text, *[m.outcome.errors[:3] for m in measured if m.outcome.errors])
    if args.out is not None:
        args.out.write_text(text, encoding="utf-8")
    fine = [
        m.percentile(0.99) < SLOWEST_MS and not m.outcome.errors and not m.lost and m.peak_mb < MOST_MB
        for m in measured
    ]
    sys.exit(not all(fine))


if __name__ == "__main__":
    main()
