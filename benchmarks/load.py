"""Ten thousand people and their mornings: does the server keep up, and does it keep everything?

    python benchmarks/load.py --people 10000 --rate 300 --seconds 60 --out docs/results/load.md

A store is filled with a year of check-ins of so many people; it is kept below the temporary folder, and each run
gets a copy. Then check-ins arrive over HTTP, each with its session and its form's mark, at moments fixed beforehand,
whether or not the server has answered the ones before, so that its own slowness does not spare it. A check-in is
timed from the moment at which it was due. At the end every acknowledged one is looked for in the store. The same is
done on PostgreSQL where it is installed.
"""

import argparse
import json
import os
import platform
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import load_store
from load_client import Outcome, check_in_at_their_moments, requests_of
from load_parts import Part, parts_of
from load_store import Crowd
from postgres import work_of
from server import Server
from sqlalchemy import select, text

from backstride.diary.backups import copies_at
from backstride.diary.opening import open_store
from backstride.diary.schema import receipts, versions
from backstride.diary.store import Store

SLOWEST_MS, MAX_MB = 150, 400
STORES = {"SQLite": load_store.sqlite, "PostgreSQL": load_store.postgresql}


@dataclass(frozen=True)
class Measured:
    """One store under load.

    Attributes:
        name: which store.
        check_ins: how many were in it.
        megabytes: how big it was.
        outcome: what came of the check-ins.
        cpu_seconds: the server's work meanwhile.
        database_seconds: that of PostgreSQL, which is a server of its own.
        peak_mb: the most memory the server held.
        lost: acknowledged, but not in the store.
        parts: where the time of one check-in goes.
    """

    name: str
    check_ins: int
    megabytes: float
    outcome: Outcome
    cpu_seconds: float
    database_seconds: float
    peak_mb: float
    lost: int
    parts: Sequence[Part] = ()

    def percentile(self, share: float) -> float:
        """Return the milliseconds within which this share was saved."""
        ordered = sorted(self.outcome.milliseconds)
        return ordered[min(int(share * len(ordered)), len(ordered) - 1)] if ordered else float("nan")

    @property
    def is_fine(self) -> bool:
        """Whether all that was meant was reached."""
        quick = self.percentile(0.99) < SLOWEST_MS and self.peak_mb < MAX_MB
        return quick and not self.outcome.errors and not self.lost


def measure(name: str, where: str, crowd: Crowd, folder: Path, *, rate: float, seconds: float) -> Measured:
    """Put a filled store under load, and look for every acknowledged check-in."""
    with open_store(where) as store:
        load_store.open_pages(store)
        check_ins, megabytes = _count(store), _size(store) / 1e6
    holders = random.Random(crowd.seed).sample(crowd.passes, crowd.count)
    requests = requests_of(holders, rate=rate, seconds=seconds, seed=crowd.seed)
    alone = requests_of(holders[::-1], rate=20, seconds=5, seed=crowd.seed + 1, name="alone")
    server = Server(where, said=folder / "said")
    try:
        server.wait_until_open(120)
        _wait_for_backup(where)
        over_http = statistics.median(check_in_at_their_moments(server.port, alone).milliseconds)
        cpu, database = server.cpu_seconds, work_of(crowd.folder / name.lower())
        outcome = check_in_at_their_moments(server.port, requests)
        work = server.cpu_seconds - cpu, work_of(crowd.folder / name.lower()) - database, server.peak_mb
    finally:
        server.kill()
    with open_store(where) as store:
        lost = _lost(store, outcome.acknowledged)
    parts = parts_of(where, holders, over_http_ms=over_http)
    return Measured(name, check_ins, megabytes, outcome, *work, lost, parts)


def _wait_for_backup(where: str) -> None:
    """Wait for the backup of the night that the server slept through: the first thing that it does."""
    until = time.monotonic() + 300
    with open_store(where) as store:
        while store.keeps_copies and not copies_at(store.place) and time.monotonic() < until:
            time.sleep(0.5)
    os.sync()


def _count(store: Store) -> int:
    with store.reading() as connection:
        return int(connection.scalar(text("SELECT count(*) FROM diary_version")))


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


def page(measured: Sequence[Measured], crowd: Crowd, *, rate: float, on: str) -> str:
    """Return the whole page."""

    def row(what: str, values: Iterator[str]) -> str:
        return f"| {what} | {' | '.join(values)} |"

    def each(form: str, value: Callable[[Measured], object]) -> Iterator[str]:
        return (form.format(value(m)) for m in measured)

    table = [
        row("", (m.name for m in measured)),
        "|---|" + "---|" * len(measured),
        row("check-ins stored before", each("{:,}", lambda m: m.check_ins)),
        row("size of the store, MB", each("{:,.0f}", lambda m: m.megabytes)),
        row("check-ins sent", each("{:,}", lambda m: len(m.outcome.late_ms))),
        row("seconds, to the last reply", each("{:.1f}", lambda m: m.outcome.seconds)),
        row("saved a second", each("{:.0f}", lambda m: len(m.outcome.acknowledged) / m.outcome.seconds)),
        row("half were saved within, ms", each("{:.1f}", lambda m: m.percentile(0.5))),
        row("99 of 100 within, ms", each("{:.1f}", lambda m: m.percentile(0.99))),
        row("the slowest, ms", each("{:.0f}", lambda m: m.percentile(1.0))),
        row("errors", each("{}", lambda m: len(m.outcome.errors))),
        row("acknowledged and lost", each("{}", lambda m: m.lost)),
        row("most memory of the server, MB", each("{:.0f}", lambda m: m.peak_mb)),
        row("work of the server, CPU s", each("{:.1f}", lambda m: m.cpu_seconds)),
        row("work of PostgreSQL, CPU s", each("{:.1f}", lambda m: m.database_seconds)),
        row("work of the load generator, CPU s", each("{:.1f}", lambda m: m.outcome.cpu_seconds)),
        row("begun late by the generator, at most, ms", each("{:.0f}", lambda m: max(m.outcome.late_ms))),
    ]
    parts = [
        "# Load test: 10,000 people, 300 check-ins a second",
        "`make load` writes this page.",
        f"{crowd.count:,} people have a check-in on each of {crowd.days} days. Then {rate:g} check-ins a second "
        "arrive over HTTP, at moments drawn by chance beforehand, each with its session and its form's mark, whether "
        "or not those before it were answered; each is timed from when it was due to its last byte. Afterwards each "
        "acknowledged one is looked for in the store.",
        f"Measured on {on}. The load generator works on the same machine, and so do PostgreSQL and whatever else "
        "makes up the load at the start.",
        "\n".join(table),
        *map(_verdict, measured),
        "## Where the time of one check-in goes",
        "One after the other, nothing else to do; the median of many, in milliseconds. Under load those that come "
        "at the same time share the wait for the disk.",
        _parts(measured),
        "Sessions are opened as signing in opens them, without the passphrase: hashing that takes a tenth of a "
        "second by design, once in 30 days. The pages are counted as opened just before. PostgreSQL runs as its "
        "package sets it up, so a commit there reaches the disk, too; its memory is not in the table. The backup "
        "that a server makes when it starts is waited for. The model works in a process of its own and has nothing "
        "to do meanwhile.",
    ]
    return "\n\n".join(parts) + "\n"


def _verdict(measured: Measured) -> str:
    meant = f"99 of 100 within {SLOWEST_MS} ms, no error, none lost, less than {MAX_MB} MB"
    if measured.is_fine:
        return f"{measured.name}: reached what was meant, {meant}."
    share = measured.cpu_seconds / measured.outcome.seconds
    all_work = share + (measured.database_seconds + measured.outcome.cpu_seconds) / measured.outcome.seconds
    return (
        f"{measured.name}: **missed** what was meant, {meant}. The server, whose Python has one core, worked "
        f"{share:.0%} of the time, and with the load generator and the database {all_work:.1f} of the "
        f"{os.cpu_count()} cores were taken; what else the machine had to do is shown by the load at the start."
    )


def _parts(measured: Sequence[Measured]) -> str:
    head = f"| part | {' | '.join(m.name for m in measured)} |\n|---|{'---|' * len(measured)}"
    rows = zip(*(m.parts for m in measured), strict=True)
    lines = (f"| {row[0].name} | {' | '.join(f'{p.milliseconds:.2f}' for p in row)} |" for row in rows)
    return "\n".join((head, *lines))


def machine() -> str:
    """Return what it was measured on."""
    load = f", load {os.getloadavg()[0]:.1f} at the start"
    return f"{os.cpu_count()} cores ({platform.machine()}), Python {platform.python_version()}{load}"


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
    parser.add_argument("--only", choices=tuple(STORES))
    parser.add_argument("--out", type=Path, help="page to write")
    args = parser.parse_args()
    yesterday = datetime.now(UTC).date() - timedelta(days=1)
    crowd = Crowd(args.people, args.days, yesterday, args.seed)
    on, measured = machine(), []
    for name in [args.only] if args.only else STORES:
        print(f"{name}: {args.people:,} people, then {args.seconds:g} s ...", file=sys.stderr)
        with tempfile.TemporaryDirectory() as folder, STORES[name](crowd) as where:
            if where is not None:
                load = {"rate": args.rate, "seconds": args.seconds}
                measured.append(measure(name, where, crowd, Path(folder), **load))
    text = page(measured, crowd, rate=args.rate, on=on)
    print(text, *[m.outcome.errors[:3] for m in measured if m.outcome.errors])
    if args.out is not None:
        args.out.write_text(text, encoding="utf-8")
    sys.exit(not all(m.is_fine for m in measured))


if __name__ == "__main__":
    main()
