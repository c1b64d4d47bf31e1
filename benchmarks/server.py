"""The real server, `backstride serve`, in a process of its own that can be killed, limited and measured.

It is forked from a process that has imported everything already, so that hundreds of starts cost little.
"""

import os
import resource
import socket
import sys
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from http.client import HTTPConnection, HTTPException
from multiprocessing import get_context
from multiprocessing.process import BaseProcess
from pathlib import Path
from urllib.parse import urlencode

from backstride.diary.people import Person
from backstride.diary.store import Store
from backstride.services.auth import begin_session, csrf_token_for

_FORKS = get_context("forkserver")
_FORKS.set_forkserver_preload(
    ["backstride.web.app", "backstride.cli.main", "backstride.cli.serve", "backstride.diary.opening", "uvicorn",
     "uvicorn.protocols.http.httptools_impl", "uvloop", "alembic.command", "psycopg",
     "sqlalchemy.dialects.postgresql.psycopg"]
)  # fmt: skip
FORM = {"content-type": "application/x-www-form-urlencoded", "accept": "application/json"}


@dataclass(frozen=True)
class Reply:
    """What the server said."""

    status: int
    text: str


@dataclass(frozen=True)
class Pass:
    """What somebody who is signed in carries: the cookie, and the mark of their forms."""

    person: int
    token: str

    @property
    def headers(self) -> dict[str, str]:
        """As a browser sends them."""
        return {**FORM, "cookie": f"backstride={self.token}", "x-mark": csrf_token_for(self.token)}


def let_in(store: Store, person: Person) -> Pass:
    """Open a session, as signing in does once the passphrase was right."""
    return Pass(person.id, begin_session(store, person, label="a program"))


class Server:
    """One `backstride serve` on a free port.

    Args:
        where: the store.
        said: the file that gets what it prints.
        most_bytes: no file of it can grow beyond this size.
    """

    def __init__(self, where: str, *, said: Path, most_bytes: int = resource.RLIM_INFINITY) -> None:
        self.port = _free_port()
        words = ["serve", "--port", str(self.port), "--diary", where]
        self.began = time.perf_counter()
        self.process: BaseProcess = _FORKS.Process(target=_serve, args=(words, str(said), most_bytes))
        self.process.start()
        self.said = said

    def wait_until_open(self, seconds: float = 60) -> float:
        """Until it answers; the seconds since its start."""
        while time.perf_counter() < self.began + seconds:
            try:
                self.ask("GET", "/safety")
            except (OSError, HTTPException):
                if not self.process.is_alive():
                    break
                time.sleep(0.01)
            else:
                return time.perf_counter() - self.began
        raise RuntimeError(f"The server did not open: {self.said.read_text()}")

    def connection(self) -> HTTPConnection:
        """Return a connection of one's own, kept alive."""
        return HTTPConnection("127.0.0.1", self.port, timeout=30)

    def ask(
        self, method: str, path: str, *, holder: Pass | None = None, form: dict[str, str] | None = None
    ) -> Reply:
        """One request on a connection of its own."""
        connection = self.connection()
        try:
            return asked(connection, method, path, holder=holder, form=form)
        finally:
            connection.close()

    def kill(self) -> None:
        """kill -9."""
        self.process.kill()
        self.process.join()

    def stop(self) -> None:
        """Ask it to end, as Ctrl+C does, and wait."""
        self.process.terminate()
        self.process.join(20)
        if self.process.is_alive():
            self.kill()

    @property
    def cpu_seconds(self) -> float:
        """Work it has done so far."""
        fields = Path(f"/proc/{self.process.pid}/stat").read_text().rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")

    @property
    def peak_mb(self) -> float:
        """The most memory it has held."""
        lines = Path(f"/proc/{self.process.pid}/status").read_text().splitlines()
        return next(int(line.split()[1]) for line in lines if line.startswith("VmHWM")) / 1024


def asked(
    connection: HTTPConnection,
    method: str,
    path: str,
    *,
    holder: Pass | None = None,
    form: dict[str, str] | None = None,
) -> Reply:
    """One request on a connection that may stay open."""
    headers = holder.headers if holder else {"accept": "text/html"}
    connection.request(method, path, body=urlencode(form) if form else None, headers=headers)
    reply = connection.getresponse()
    return Reply(reply.status, reply.read().decode())


def check_in_form(
    sent_id: str, *, pain: int, day: str = "", told_at: datetime | None = None
) -> dict[str, str]:
    """Return what the script of the page sends."""
    now = (told_at or datetime.now(UTC)).isoformat()
    return {
        "sent_id": sent_id, "day": day or now[:10], "told_at": now, "sent_at": now, "pain": str(pain),
        "mood": "6", "means_to_run": "yes",
    }  # fmt: skip


def _serve(words: list[str], said: str, most_bytes: int) -> None:
    from backstride.cli.main import main

    out = os.open(said, os.O_CREAT | os.O_WRONLY | os.O_APPEND, 0o600)
    os.dup2(out, 1)
    os.dup2(out, 2)
    _, hard = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most_bytes, hard))
    sys.argv = ["backstride", *words]
    main(words)


def _free_port() -> int:
    with socket.socket() as ours:
        ours.bind(("127.0.0.1", 0))
        return int(ours.getsockname()[1])
