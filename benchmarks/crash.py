"""What a crash, a power cut and a full disk may not do: lose or halve what was acknowledged.

    python benchmarks/crash.py --kills 200 --cuts 500 --out docs/results/crash.md

Kills: eight people save check-ins over HTTP while the real server is killed (kill -9) at random moments and started
again on the same store; who got no reply sends again, as a phone does. Cuts: SQLite's log ends, or turns to noise, at
random bytes. Disks: one with no room left, and one that turned read-only.
"""

import argparse
import json
import random
import resource
import shutil
import sqlite3
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from itertools import count
from pathlib import Path
from statistics import median

from server import Pass, Server, asked, check_in_form, let_in

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.diary.opening import open_diary, open_store
from backstride.diary.people import add_person, person_of
from backstride.diary.schema import OWNER

WRITERS = 8
DAYS = 40
START = datetime(2026, 5, 1, tzinfo=UTC)


@dataclass
class Writer:
    """Somebody who saves check-ins as fast as the server takes them.

    Attributes:
        holder: their session.
        acknowledged: pain by the id of each check-in that the server said it had saved.
        waiting: the one sent last, where no reply came.
        refused: replies other than 'saved'.
    """

    holder: Pass
    numbers: Iterator[int] = field(default_factory=count)
    acknowledged: dict[str, int] = field(default_factory=dict)
    waiting: dict[str, str] | None = None
    refused: list[str] = field(default_factory=list)

    def write_until_it_dies(self, server: Server) -> None:
        """Save one check-in after the other, on one connection, first the one that may have been lost."""
        with closing(server.connection()) as connection:
            try:
                while True:
                    form = self.waiting or self._next()
                    self.waiting = form
                    reply = asked(connection, "POST", "/check-in", holder=self.holder, form=form)
                    if reply.status != 200:
                        self.refused.append(f"{reply.status} {reply.text}")
                        return
                    self.acknowledged[form["sent_id"]] = int(form["pain"])
                    self.waiting = None
            except (OSError, HTTPException):
                return

    def _next(self) -> dict[str, str]:
        n = next(self.numbers)
        day = datetime.now(UTC).date() - timedelta(days=n % DAYS)
        return check_in_form(f"{self.holder.person}-{n}", pain=n % 11, day=str(day))


@dataclass
class Kills:
    """What the kills did.

    Attributes:
        kills, acknowledged: how many.
        lost: acknowledged, but not there.
        halves: entries without a version, versions without an entry, check-ins that are there twice.
        damaged: times that SQLite found the file not whole.
        refused: replies other than 'saved'.
        seconds_back: from each start to the first reply.
    """

    kills: int = 0
    acknowledged: int = 0
    lost: int = 0
    halves: int = 0
    damaged: int = 0
    refused: list[str] = field(default_factory=list)
    seconds_back: list[float] = field(default_factory=list)


def killed(folder: Path, *, kills: int, seed: int) -> Kills:
    """Kill the server so many times under eight writers; look at the store after each."""
    chance, found, path = random.Random(seed), Kills(), folder / "diary.sqlite"
    writers = [Writer(holder) for holder in _signed_in(path)]
    for _ in range(kills):
        server = Server(str(path), said=folder / "said")
        found.seconds_back.append(server.wait_until_open())
        threads = [threading.Thread(target=w.write_until_it_dies, args=(server,)) for w in writers]
        for thread in threads:
            thread.start()
        before = sum(len(w.acknowledged) for w in writers)
        while sum(len(w.acknowledged) for w in writers) == before and any(t.is_alive() for t in threads):
            time.sleep(0.002)
        time.sleep(chance.uniform(0.0, 0.4))
        server.kill()
        for thread in threads:
            thread.join()
        found.kills += 1
        _look(path, writers, found)
    found.acknowledged = sum(len(w.acknowledged) for w in writers)
    found.refused = [text for w in writers for text in w.refused]
    return found


def _signed_in(path: Path) -> list[Pass]:
    with open_store(path) as store:
        return [let_in(store, add_person(store, f"writer {n}")) for n in range(WRITERS)]


KEPT = """
SELECT r.sent_id, json_extract(v.content, '$.pain[0]') FROM diary_receipt r
JOIN diary_version v ON v.entry_id = r.entry_id AND v.number = r.number
"""
HALVES = """
SELECT (SELECT count(*) FROM diary_entry e WHERE 1 != (
          SELECT count(*) FROM diary_version v WHERE v.entry_id = e.id AND v.current))
     + (SELECT count(*) FROM diary_version v WHERE v.entry_id NOT IN (SELECT id FROM diary_entry))
     + (SELECT abs((SELECT count(*) FROM diary_version) - (SELECT count(*) FROM diary_receipt)))
"""


def _look(path: Path, writers: list[Writer], found: Kills) -> None:
    lost, halves, damaged = looked_at(path, {i: pain for w in writers for i, pain in w.acknowledged.items()})
    found.lost += lost
    found.halves += halves
    found.damaged += damaged


def looked_at(path: Path, acknowledged: dict[str, int]) -> tuple[int, int, bool]:
    """How many acknowledged check-ins are not in a store as they were told, how many halves are, and any damage."""
    with closing(sqlite3.connect(path)) as driver:
        kept = dict(driver.execute(KEPT).fetchall())
        halves = int(driver.execute(HALVES).fetchone()[0])
        damaged = driver.execute("PRAGMA integrity_check").fetchone()[0] != "ok"
    return sum(kept.get(i) != pain for i, pain in acknowledged.items()), halves, damaged


@dataclass(frozen=True)
class Cuts:
    """What cut logs held: how many cuts, and how many gave anything but the entries acknowledged up to there."""

    cuts: int
    other_than_the_prefix: int


def cut(folder: Path, *, cuts: int, seed: int, entries: int = 80) -> Cuts:
    """Cut SQLite's log at random bytes; every other time what follows is noise, as a disk may leave it.

    What must be there is known exactly: an entry whose acknowledgement came when the log had n bytes is there if the
    first n bytes are, and not before.
    """
    chance, path, wrong = random.Random(seed), folder / "diary.sqlite", 0
    log = path.with_name(path.name + "-wal")
    sizes = []
    with open_diary(path) as diary:
        base = path.read_bytes()
        for n in range(entries):
            diary.add(_numbered(n), source="app", now=START)
            sizes.append(log.stat().st_size)
        whole = log.read_bytes()
        assert path.read_bytes() == base, "SQLite emptied the log into the file; take fewer entries"
    for i in range(cuts):
        length = chance.randrange(len(whole) + 1)
        noise = chance.randbytes(len(whole) - length) if i % 2 else b""
        there = _read_back(folder / f"cut{i}", base, whole[:length] + noise)
        wrong += there != list(range(sum(size <= length for size in sizes)))
    return Cuts(cuts, wrong)


def _numbered(n: int) -> Records:
    return Records((CheckIn(moment=START + timedelta(minutes=n), note="x" * 300, source="app"),))


def _read_back(folder: Path, base: bytes, log: bytes) -> list[int]:
    folder.mkdir()
    (folder / "diary.sqlite").write_bytes(base)
    (folder / "diary.sqlite-wal").write_bytes(log)
    with open_diary(folder / "diary.sqlite") as diary:
        told = [int((c.moment - START).total_seconds() / 60) for c in diary.records().check_ins]
        assert diary.records() == Records(tuple(c for n in told for c in _numbered(n).check_ins))
    shutil.rmtree(folder)
    return told


@dataclass(frozen=True)
class Disk:
    """What happened on a disk that refuses.

    Attributes:
        name: which disk.
        acknowledged: check-ins before the one that did not fit.
        refused: status and words with which that one was refused.
        page: status of the page Today meanwhile.
        lost: acknowledged before, but not there meanwhile.
        halves: as in `Kills`.
        again: status of the same check-in once there was room.
    """

    name: str
    acknowledged: int
    refused: str
    page: int
    lost: int
    halves: int
    again: int


def with_no_room(folder: Path) -> Disk:
    """Return the server's files may not grow; then they may again."""
    with _opened(folder, most_bytes=400_000) as (server, holder):

        def make_room() -> None:
            resource.prlimit(server.process.pid, resource.RLIMIT_FSIZE, (resource.RLIM_INFINITY,) * 2)

        return _refusing("files that may not grow", folder, server, holder, make_room)


def on_a_full_disk(folder: Path) -> Disk | None:
    """Return a disk of 2 MB that fills up, and is cleared; None without the right to mount one."""
    with _small_disk(folder) as place:
        if place is None:
            return None
        filler = place / "filler"
        filler.write_bytes(bytes(1_000_000))
        with _opened(place) as (server, holder):
            return _refusing("a full disk of 2 MB", place, server, holder, filler.unlink)


def on_a_read_only_disk(folder: Path) -> str | None:
    """Return what `backstride serve` says on a read-only disk; None without the right to mount one."""
    with _small_disk(folder) as place:
        if place is None:
            return None
        with open_store(place / "diary.sqlite"):
            pass
        subprocess.run(["mount", "-o", "remount,ro", place], check=True)
        server = Server(str(place / "diary.sqlite"), said=folder / "said-read-only")
        try:
            server.wait_until_open()
        except RuntimeError:
            return server.said.read_text().strip()
        server.stop()
        return "It opened."


@contextmanager
def _small_disk(folder: Path) -> Iterator[Path | None]:
    place = folder / "disk"
    place.mkdir()
    words = ["mount", "-t", "tmpfs", "-o", "size=2m", "none", str(place)]
    if not shutil.which("mount") or subprocess.run(words, check=False, stderr=subprocess.DEVNULL).returncode:
        yield None
        return
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", place], check=True)
        place.rmdir()


@contextmanager
def _opened(folder: Path, *, most_bytes: int = resource.RLIM_INFINITY) -> Iterator[tuple[Server, Pass]]:
    with open_store(folder / "diary.sqlite") as store:
        holder = let_in(store, person_of(store, OWNER))
    server = Server(str(folder / "diary.sqlite"), said=folder / "said", most_bytes=most_bytes)
    try:
        server.wait_until_open()
        yield server, holder
    finally:
        server.stop()


def _refusing(name: str, folder: Path, server: Server, holder: Pass, make_room: Callable[[], None]) -> Disk:
    acknowledged: dict[str, int] = {}
    for n in range(200):
        form = check_in_form(
            f"{name} {n}", pain=n % 11, day=str(datetime.now(UTC).date() - timedelta(days=n % DAYS))
        )
        form["note"] = "x" * 2000
        reply = server.ask("POST", "/check-in", holder=holder, form=form)
        if reply.status != 200:
            break
        acknowledged[form["sent_id"]] = int(form["pain"])
    page = server.ask("GET", "/", holder=holder)
    lost, halves, damaged = looked_at(folder / "diary.sqlite", acknowledged)
    make_room()
    again = server.ask("POST", "/check-in", holder=holder, form=form)
    told = json.loads(reply.text)
    refused = f"{reply.status}: {told.get('problem', '')} {told.get('advice', '')}"
    return Disk(name, len(acknowledged), refused, page.status, lost, halves + damaged, again.status)


def page(kills: Kills, cuts: Cuts, disks: Sequence[Disk], read_only: str | None) -> str:
    """Return the whole page."""
    rows = [
        ("kills", kills.kills),
        ("check-ins acknowledged", kills.acknowledged),
        ("acknowledged and lost", kills.lost),
        ("halves and doubles", kills.halves),
        ("times that SQLite found the file damaged", kills.damaged),
        ("replies other than 'saved'", len(kills.refused)),
        ("from start to first reply, median, s", f"{median(kills.seconds_back):.2f}"),
        ("the longest, s", f"{max(kills.seconds_back):.2f}"),
        ("logs cut at a random byte, every other one with noise behind", cuts.cuts),
        ("that held anything but an exact beginning of what was acknowledged", cuts.other_than_the_prefix),
    ]
    table = "\n".join(["| what | count |", "|---|---|", *(f"| {what} | {value} |" for what, value in rows)])
    lines = [
        f"- **{d.name}**: after {d.acknowledged} check-ins the next was refused with `{d.refused}` Acknowledged and "
        f"lost: {d.lost}. Halves: {d.halves}. The page Today meanwhile: {d.page}. The same check-in once there was "
        f"room: {d.again}."
        for d in disks
    ]
    if read_only is not None:
        lines.append(f"- **a read-only disk**: `backstride serve` does not start, and says `{read_only}`")
    parts = [
        "# Crash, power-cut and full-disk tests",
        "`make crash` writes this page.",
        f"{WRITERS} people save check-ins over HTTP, as fast as they can, while the server is killed (`kill -9`) at "
        "random moments and started again on the same store. Whoever got no reply sends again. After each kill the "
        "store is read: every acknowledged check-in must be there, once, as it was told. The log is that of 80 "
        "entries added one by one.",
        table,
        "Disks that refuse (numbers are HTTP statuses; 200 is 'saved'; paths are those of the run):",
        "\n".join(lines),
        "A kill leaves what the system has not yet written to the disk; a power cut does not. The cuts stand for "
        "that, as far as a program can: they end the log where a disk may have ended it.",
    ]
    return "\n\n".join(parts) + "\n"


def main() -> None:
    """Try it all, print, and write where asked; the exit status is 1 where something was lost or halved."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--cuts", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--out", type=Path, help="page to write")
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as temporary:
        places = {name: Path(temporary) / name for name in ("kills", "cuts", "room", "full", "read-only")}
        for place in places.values():
            place.mkdir()
        kills = killed(places["kills"], kills=args.kills, seed=args.seed)
        cuts = cut(places["cuts"], cuts=args.cuts, seed=args.seed)
        disks = [d for d in (with_no_room(places["room"]), on_a_full_disk(places["full"])) if d is not None]
        text = page(kills, cuts, disks, on_a_read_only_disk(places["read-only"])).replace(temporary, "...")
    print(text)
    if args.out is not None:
        args.out.write_text(text, encoding="utf-8")
    wrong = kills.lost + kills.halves + kills.damaged + cuts.other_than_the_prefix
    sys.exit(bool(wrong + sum(disk.lost + disk.halves for disk in disks)))


if __name__ == "__main__":
    main()
