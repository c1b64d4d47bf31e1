"""What strangers, members and accidents may not do to a server: each tried on a real one, bounded, on this machine.

    python benchmarks/attack.py --out docs/results/security-tests.md

Each attack tells how much memory the server held at its most, beside what it held before, and how long another
visitor waited for the page that says when to get help, beside how long the same page took on the same server just
before. The load of the machine stands beside it, and for how long of the longest wait the server was ready and got no
processor, since waiting depends on what else runs.
"""

import argparse
import io
import os
import resource
import socket
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http.client import HTTPException
from pathlib import Path
from urllib.parse import urlencode
from zipfile import ZIP_DEFLATED, ZipFile
from zoneinfo import ZoneInfo

from server import Pass, Server, let_in

from backstride.answer.answer import VERSION
from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.diary.answer_cache import CachedAnswer, store_answer
from backstride.diary.integrity import check_integrity
from backstride.diary.opening import open_store
from backstride.diary.people import add_person, person_of, set_passphrase
from backstride.diary.schema import OWNER
from backstride.runtime.clock import utc_now
from backstride.services.auth import hash_passphrase
from backstride.services.backup_scheduler import Nightly
from backstride.testing.people import make_person

PASSPHRASE = "three slow herons"
MB = 2**20
START = datetime(2026, 5, 1, 7, tzinfo=UTC)
MAX_MEMORY, MAX_WAIT_MS, MAX_MEMORY_ERASING = 2.0, 300.0, 1.3


@dataclass(frozen=True)
class Tried:
    """One attack and what came of it.

    Attributes:
        name: The attack.
        came: What came of it.
        held: Whether nothing broke.
        memory: The server's most resident memory, as a multiple of that before; nothing where it was not watched.
        waits_ms: How long each page took another visitor meanwhile.
        queued_ms: For how long of the longest of these the server's main thread was ready and got no processor.
        idle_ms: How long each page took on the same server just before.
    """

    name: str
    came: str
    held: bool
    memory: float | None = None
    waits_ms: tuple[float, ...] = ()
    queued_ms: float | None = None
    idle_ms: tuple[float, ...] = ()

    @property
    def row(self) -> str:
        """As a row of the page, with the machine's load of the last minute."""
        memory = "" if self.memory is None else f"{self.memory:.2f}"
        queued = "" if self.queued_ms is None else f"{self.queued_ms:.0f}"
        waits = [_share(self.waits_ms, 0.95), _share(self.waits_ms, 1.0), queued, _share(self.idle_ms, 1.0)]
        cells = [self.name, self.came, memory, *waits, f"{os.getloadavg()[0]:.0f}"]
        return "| " + " | ".join([*cells, "held" if self.held else "**broke**"]) + " |"


def _share(waits_ms: tuple[float, ...], share: float) -> str:
    """Within how many milliseconds such a share of pages came; nothing where none was asked for."""
    return f"{sorted(waits_ms)[int(share * (len(waits_ms) - 1))]:.0f}" if waits_ms else ""


class Watch:
    """Another visitor, who looks again and again, and the memory of the server meanwhile."""

    def __init__(self, server: Server) -> None:
        self.server, self.most_mb, self.served = server, 0.0, 0
        self.queued_ms = list[float]()
        self.idle_ms, self.waits = self._idle(), list[float]()
        self.idle_mb = _memory_mb(server)
        self._ended = threading.Event()
        self._thread = threading.Thread(target=self._look)

    def __enter__(self) -> "Watch":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._ended.set()
        self._thread.join()

    @property
    def memory(self) -> float:
        """The most memory, as a multiple of that before."""
        return max(self.most_mb, self.idle_mb) / self.idle_mb

    def _idle(self) -> tuple[float, ...]:
        """How long pages take before the attack; the first makes what the others keep, and does not count."""
        waits = []
        for _ in range(21):
            waits.append(self._page_ms())
            time.sleep(0.05)
        self.served = 0
        self.queued_ms.clear()
        return tuple(waits[1:])

    def _look(self) -> None:
        while not self._ended.wait(0.05):
            self.waits.append(self._page_ms())
            self.most_mb = max(self.most_mb, _memory_mb(self.server))

    def _page_ms(self) -> float:
        began, queued = time.perf_counter(), _queued_ms(self.server)
        with suppress(OSError, HTTPException):
            self.served += self.server.ask("GET", "/safety").status == 200
        self.queued_ms.append(_queued_ms(self.server) - queued)
        return 1000 * (time.perf_counter() - began)

    def tried(self, name: str, came: str, *, held: bool, most: float = MAX_MEMORY) -> Tried:
        """Return what came of an attack; it held if memory did, too, and no page took long for the attack's sake."""
        slowest, queued = max(zip(self.waits, self.queued_ms, strict=True))
        for_its_sake = slowest - max(queued, *self.idle_ms)
        held = held and self.memory <= most and for_its_sake <= MAX_WAIT_MS and self.served == len(self.waits)
        return Tried(name, came, held, self.memory, tuple(self.waits), queued, self.idle_ms)


def _memory_mb(server: Server) -> float:
    lines = Path(f"/proc/{server.process.pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("VmRSS")) / 1024


def _queued_ms(server: Server) -> float:
    """For how long, since it began, the server's main thread was ready and got no processor (Linux, proc(5))."""
    return int(Path(f"/proc/{server.process.pid}/schedstat").read_text().split()[1]) / 1e6


@contextmanager
def serving(folder: Path, *, words: int = 0) -> Iterator[tuple[Server, list[Pass], Path]]:
    """Return a server with twelve members and, where asked for, a big store; everybody is signed in."""
    where = folder / "diary.sqlite"
    with open_store(where) as store:
        set_passphrase(store, OWNER, hash_passphrase(PASSPHRASE))
        people = [person_of(store, OWNER), *(add_person(store, f"P{n}") for n in range(11))]
        for person in people:
            told = tuple(
                CheckIn(moment=START + timedelta(minutes=n), note="word " * 800, source="app")
                for n in range(max(words // 12, 1))
            )
            store.diary(person.id).add(Records(told), source="app", now=START)
        holders = [let_in(store, person) for person in people]
        if words:
            for night in range(6):
                store.back_up(now=START + timedelta(days=night))
    server = Server(str(where), said=folder / "said.txt")
    try:
        server.wait_until_open(240)
        yield server, holders, where
    finally:
        server.stop()


def bombs() -> dict[str, tuple[str, bytes]]:
    """Return archives and tables that take more than they look like, by what they are."""

    def diary(inside: bytes) -> tuple[str, bytes]:
        packed = io.BytesIO()
        with ZipFile(packed, "w", ZIP_DEFLATED) as archive:
            archive.writestr(
                "diary.json", b'{"backstride_diary": 1, "choices": [], "entries": [' + inside + b"]}"
            )
        return "diary.zip", packed.getvalue()

    row = b"2026-05-01 07:30,4\n"
    return {
        "an archive of 250 MB": diary(b"[]," * (250 * MB // 3) + b"[]"),
        "an archive of 15 MB, five million lists": diary(b"[]," * (15 * MB // 3) + b"[]"),
        "an archive with a list in a list, a million deep": diary(b"[" * MB),
        "a table of half a million rows": ("check-ins.csv", b"time,pain\n" + row * 500_000),
        "a table of half a million bad rows": ("check-ins.csv", b"time,pain\n" + b"never,x\n" * 500_000),
    }


def bring(server: Server, holder: Pass, name: str, content: bytes) -> None:
    """Bring one file and wait until it is read."""
    boundary = (
        b'--b\r\nContent-Disposition: form-data; name="files"; filename="' + name.encode() + b'"\r\n\r\n'
    )
    body = boundary + content + b"\r\n--b--\r\n"
    headers = {**holder.headers, "content-type": "multipart/form-data; boundary=b"}
    with closing(server.connection()) as connection:
        connection.request("POST", "/diary/bring", body=body, headers=headers)
        connection.getresponse().read()
    for _ in range(240):
        if '"is_done":true' in server.ask("GET", "/diary/brought.json", holder=holder).text:
            return
        time.sleep(0.25)


def try_bombs(folder: Path) -> Iterator[Tried]:
    """Each bomb brought by a member, one after the other."""
    with serving(folder) as (server, holders, _):
        with Watch(server) as watch:
            time.sleep(5)
        yield watch.tried("nothing, for comparison", "", held=True)
        for name, (file, content) in bombs().items():
            with Watch(server) as watch:
                bring(server, holders[1], file, content)
            said = server.ask("GET", "/diary/brought.json", holder=holders[1]).text
            yield watch.tried(name, "refused" if '"new":0' in said else "taken", held='"new":0' in said)


def try_strangers(folder: Path) -> Iterator[Tried]:
    """Bodies of people who are not signed in, half headers, and names with blanks."""
    with serving(folder) as (server, _, _where):
        with Watch(server) as watch:
            replies = [_stranger_sends(server, 100 * MB) for _ in range(3)]
        yield watch.tried(
            "three strangers bring 100 MB each", f"{replies}", held=set(replies) <= {303, 401, 0}
        )
        for name, sends in HALVES.items():
            with Watch(server) as watch, _many_files():
                halves = [_half(server, n, sends) for n in range(1100)]
                time.sleep(3)
            for half in halves:
                half.close()
            came = f"{watch.served} of {len(watch.waits)} pages meanwhile"
            yield watch.tried(f"1,100 {name}", came, held=watch.served > 10)
        with Watch(server) as watch:
            counted = sum(_guess(server, n) for n in range(40))
        yield watch.tried(
            "40 wrong passphrases, names with blanks", f"{counted} of 40 stopped", held=counted >= 30
        )


FORM_IN_PIECES = (
    b"POST /sign-in HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/x-www-form-urlencoded\r\n"
    b"transfer-encoding: chunked\r\n\r\n"
)
HEADS = {
    "headers": (b"GET /help HTTP/1.1\r\nhost: localhost\r\n", b"a: b\r\n"),
    "one header": (b"GET /help HTTP/1.1\r\nhost: localhost\r\nx: ", b"a"),
    "an address": (b"GET /help?", b"a"),
    "headers behind a body": (FORM_IN_PIECES + b"0\r\n", b"a: b\r\n"),
    "a mark between pieces of a body": (FORM_IN_PIECES + b"1;", b"a"),
    "requests on one connection": (b"", b"GET /safety HTTP/1.1\r\nhost: localhost\r\n\r\n"),
}
"""What one stranger sends without an end: how it begins, and how it goes on."""
COOKIES = {"64 KB": 32_000, "30 KB": 15_000, "7 KB": 3_500}
"""Sizes of a cookie of quotes behind backslashes, by how many there are."""


def try_heads(folder: Path) -> Iterator[Tried]:
    """Cookies that take a parser long, and heads that never end, each on one connection and from one stranger."""
    with serving(folder) as (server, _, _where):
        for size, count in COOKIES.items():
            with Watch(server) as watch:
                statuses = {_with_cookie(server, count) for _ in range(20)}
                time.sleep(1)
            yield watch.tried(f"20 cookies of {size}", f"{sorted(statuses)}", held=statuses <= {200, 431})
        for name, (begins, goes_on) in HEADS.items():
            with Watch(server) as watch:
                sent = _sends_on(server, begins, goes_on * (MB // len(goes_on)))
                time.sleep(1)
            yield watch.tried(f"{name}, up to 100 MB", f"ended after {sent} MB", held=sent < 20)


def _with_cookie(server: Server, count: int) -> int:
    """Return the status of the reply to a cookie; 431 where the server ended the connection before it was read."""
    headers = {"accept": "text/html", "cookie": 'a="' + '\\"' * count + '"'}
    with closing(server.connection()) as connection, suppress(OSError, HTTPException):
        connection.request("GET", "/sign-in", headers=headers)
        return connection.getresponse().status
    return 431


def _sends_on(server: Server, begins: bytes, piece: bytes) -> int:
    """Return after how many megabytes the server ended a connection; 100 where it did not."""
    with socket.create_connection(("127.0.0.1", server.port), timeout=30) as opened:
        opened.sendall(begins)
        for sent in range(100):
            try:
                opened.sendall(piece)
            except OSError:
                return sent
    return 100


HALVES = {
    "half headers": b"GET / HTTP/1.1\r\nhost: loc",
    "forms whose end never comes": b"POST /sign-in HTTP/1.1\r\nhost: localhost\r\n"
    b"content-type: application/x-www-form-urlencoded\r\ncontent-length: 900\r\n\r\nx",
}
"""What is begun and never ended, by what it is."""
ADDRESSES = 50
"""Of this machine; each is a stranger of its own."""


def _half(server: Server, n: int, sends: bytes) -> socket.socket:
    """One of many connections, from one of many addresses, over which so much is sent and no more."""
    where = ("127.0.0.1", server.port)
    half = socket.create_connection(where, source_address=(f"127.0.1.{1 + n % ADDRESSES}", 0))
    with suppress(OSError):
        half.sendall(sends)
    return half


@contextmanager
def _many_files() -> Iterator[None]:
    """Let this process open some thousand sockets."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    resource.setrlimit(resource.RLIMIT_NOFILE, (min(4096, hard), hard))
    yield
    resource.setrlimit(resource.RLIMIT_NOFILE, (soft, hard))


def _stranger_sends(server: Server, size: int) -> int:
    """Return the status of a reply; 0 where the server ended the connection before it could be read."""
    with closing(server.connection()) as connection, suppress(OSError, HTTPException):
        connection.putrequest("POST", "/diary/bring")
        connection.putheader("content-length", str(size))
        connection.putheader("content-type", "multipart/form-data; boundary=b")
        connection.endheaders()
        for _ in range(size // MB):
            connection.send(b"x" * MB)
        return connection.getresponse().status
    return 0


def _guess(server: Server, n: int) -> bool:
    name = "owner" + "".join(" \t"[n >> bit & 1] for bit in range(6)) + " " * 60
    form = urlencode({"name": name, "passphrase": "wrong wrong"})
    headers = {"content-type": "application/x-www-form-urlencoded", "accept": "text/html"}
    with closing(server.connection()) as connection:
        connection.request("POST", "/sign-in", body=form, headers=headers)
        return b"too often" in connection.getresponse().read()


def try_erasing(folder: Path) -> Iterator[Tried]:
    """Twelve people erase one entry each at the same moment, in a store of 42 MB with its backups."""
    with serving(folder, words=10_500) as (server, holders, where):
        size = where.stat().st_size / MB
        before = sorted((where.with_name(where.name + ".backups")).glob("2*.sqlite"))
        with open_store(where) as store:
            numbers = [store.diary(holder.person).entries()[0].id for holder in holders]
        with Watch(server) as watch:
            each = zip(holders, numbers, strict=True)
            threads = [threading.Thread(target=_erase_one, args=(server, *one)) for one in each]
            for thread in threads:
                thread.start()
            for thread in threads:
                thread.join()
            erasures = where.with_name(where.name + ".erasures")
            for _ in range(480):
                if erasures.is_dir() and not list(erasures.glob("*.sql")):
                    break
                time.sleep(0.25)
        there = [path for path in before if path.exists()]
        clean = {check_integrity(path).entries for path in there}
        came = f"{size:.0f} MB; {len(there)} of {len(before)} backups, {clean} entries"
        held = len(there) == len(before) and len(clean) == 1
        yield watch.tried("12 erase at once", came, held=held, most=MAX_MEMORY_ERASING)


def _erase_one(server: Server, holder: Pass, number: int) -> None:
    server.ask("POST", f"/diary/entry/{number}/erase", holder=holder, form={"sure": "yes"})


def try_restarts(folder: Path) -> Iterator[Tried]:
    """Ten times the server ends while an answer is worked out: killed, then ended as a service ends it."""
    person = make_person(seed=3, first_day=START.date(), days=60)
    stood = came = begun = 0
    for turn in range(10):
        here = folder / str(turn)
        here.mkdir()
        where = here / "diary.sqlite"
        with open_store(where) as store:
            set_passphrase(store, OWNER, hash_passphrase(PASSPHRASE))
            store.diary(person_of(store, OWNER).id).add(person.records, source="app", now=START)
            before = CachedAnswer(f"before v{VERSION}", "<h1>Before</h1>", "{}", "", utc_now())
            store_answer(store, OWNER, before)
            owner = let_in(store, person_of(store, OWNER))
        for stops in (False, True):
            server = Server(str(where), said=here / "said.txt")
            server.wait_until_open(240)
            server.ask("GET", "/answer", holder=owner)
            time.sleep(1.0)
            begun += bool(_children(server))
            server.stop() if stops else server.kill()
        server = Server(str(where), said=here / "said.txt")
        server.wait_until_open(240)
        kept = server.ask("GET", "/answer.json", holder=owner)
        page = server.ask("GET", "/answer", holder=owner).text
        stood += kept.status == 200 and kept.text == "{}" and "Before" in page
        came += _new_answer_comes(server, owner)
        server.stop()
    said = f"{begun} of 20 answers interrupted; {stood} of 10 stand; {came} of 10 new ones came"
    yield Tried("a restart during an answer", said, (begun, stood, came) == (20, 10, 10))


def _children(server: Server) -> list[str]:
    """Return the processes that a server works with at this moment."""
    tasks = Path(f"/proc/{server.process.pid}/task").glob("*/children")
    return [child for task in tasks for child in task.read_text().split()]


def _new_answer_comes(server: Server, holder: Pass) -> bool:
    """Whether another answer than that of before is there within five minutes."""
    for _ in range(600):
        if server.ask("GET", "/answer.json", holder=holder).text not in ("{}", ""):
            return "Before" not in server.ask("GET", "/answer", holder=holder).text
        time.sleep(0.5)
    return False


class _NextNight:
    """A clock for four hundred nights, that was wrong once before."""

    def __init__(self) -> None:
        self.now = START.replace(year=2036)

    def __call__(self) -> datetime:
        return self.now


def try_nights(folder: Path) -> Iterator[Tried]:
    """One look at a clock ten years ahead, then four hundred nights that are right: a backup each."""
    clock = _NextNight()
    with open_store(folder / "diary.sqlite") as store:
        nightly = Nightly(store, zone=ZoneInfo("UTC"), clock=clock)
        nightly.look()
        made = 0
        for night in range(400):
            clock.now = START + timedelta(days=night)
            made += nightly.look()
    yield Tried("400 nights after one wrong clock", f"{made} backups", made == 400)


TRIES: dict[str, Callable[[Path], Iterator[Tried]]] = {
    "bombs": try_bombs,
    "strangers": try_strangers,
    "heads": try_heads,
    "erasing": try_erasing,
    "restarts": try_restarts,
    "nights": try_nights,
}


def main() -> int:
    """Try everything, or what is named; the number of attacks that broke something."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--only", choices=TRIES)
    parser.add_argument("--out", type=Path)
    told = parser.parse_args()
    tried: list[Tried] = []
    for name in [told.only] if told.only else TRIES:
        with tempfile.TemporaryDirectory() as folder:
            for one in TRIES[name](Path(folder)):
                tried.append(one)
                print(one.row, flush=True)
    if told.out:
        text = told.out.read_text(encoding="utf-8")
        head, mark, _ = text.partition("<!-- measured -->\n")
        told.out.write_text(head + mark + "\n".join(one.row for one in tried) + "\n", encoding="utf-8")
    return sum(not one.held for one in tried)


if __name__ == "__main__":
    sys.exit(main())
