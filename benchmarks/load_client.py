"""Many who check in over HTTP at moments fixed beforehand, on connections that stay open, at little work."""

import asyncio
import random
import time
from collections import deque
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from itertools import accumulate
from typing import cast
from urllib.parse import urlencode

import uvloop
from server import Pass, check_in_form

CONNECTIONS = 48  # less than one address may hold
PATIENCE_S = 30
_END_OF_HEAD = b"\r\n\r\n"


@dataclass(frozen=True, slots=True)
class Request:
    """One check-in as bytes, when it is due (seconds from the start), and what must be in the store afterwards."""

    due: float
    sent_id: str
    person: int
    pain: int
    text: bytes


@dataclass
class Outcome:
    """What came of the check-ins.

    Attributes:
        milliseconds: of each, from when it was due to the last byte of its reply.
        late_ms: how late the load generator itself began each: its own slowness, not the server's.
        errors: replies other than 'saved', and connections that broke.
        acknowledged: person and pain by the id of each that was said to be saved.
        seconds: from the first one due to the last reply.
        cpu_seconds: the work of the load generator.
    """

    milliseconds: list[float] = field(default_factory=list)
    late_ms: list[float] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    acknowledged: dict[str, tuple[int, int]] = field(default_factory=dict)
    seconds: float = 0.0
    cpu_seconds: float = 0.0


def requests_of(
    holders: Sequence[Pass], *, rate: float, seconds: float, seed: int, name: str = "load"
) -> list[Request]:
    """So many a second on average, one person after the other; they come by chance, as people do."""
    chance, count = random.Random(seed), round(rate * seconds)
    dues = accumulate(chance.expovariate(rate) for _ in range(count))
    return [_request(due, holders[n % len(holders)], n, name) for n, due in enumerate(dues)]


def _request(due: float, holder: Pass, n: int, name: str) -> Request:
    sent_id, pain = f"{name}-{holder.person}-{n}", n % 11
    body = urlencode(check_in_form(sent_id, pain=pain)).encode()
    headers = {**holder.headers, "host": "127.0.0.1", "content-length": str(len(body))}
    head = "".join(f"{name}: {value}\r\n" for name, value in headers.items())
    return Request(
        due, sent_id, holder.person, pain, f"POST /check-in HTTP/1.1\r\n{head}\r\n".encode() + body
    )


def check_in_at_their_moments(port: int, requests: Sequence[Request]) -> Outcome:
    """Send each when it is due, whether or not those before it were answered."""
    began = time.process_time()
    with asyncio.Runner(loop_factory=uvloop.new_event_loop) as runner:
        outcome = runner.run(_Crowd(port, requests).all())
    outcome.cpu_seconds = time.process_time() - began
    return outcome


class _Crowd:
    def __init__(self, port: int, requests: Sequence[Request]) -> None:
        self._port = port
        self._to_come = deque(requests)
        self._waiting: deque[Request] = deque()
        self._free: deque[_Line] = deque()
        self._open = len(requests)
        self._outcome = Outcome()

    async def all(self) -> Outcome:
        self._loop = asyncio.get_running_loop()
        self._done = self._loop.create_future()
        for _ in range(CONNECTIONS):
            await self._connect()
        self._began = time.perf_counter() + 0.1
        last_due = self._to_come[-1].due
        self._begin_those_due()
        try:
            await asyncio.wait_for(self._done, last_due + PATIENCE_S)
        except TimeoutError:
            self._outcome.errors += ["no reply"] * self._open
        self._outcome.seconds = time.perf_counter() - self._began
        for line in self._free:
            line.close()
        return self._outcome

    def _begin_those_due(self) -> None:
        now = time.perf_counter() - self._began
        while self._to_come and self._to_come[0].due <= now:
            request = self._to_come.popleft()
            self._outcome.late_ms.append((now - request.due) * 1000)
            if self._free:
                self._free.popleft().ask(request)
            else:
                self._waiting.append(request)
        if self._to_come:
            self._loop.call_later(self._to_come[0].due - now, self._begin_those_due)

    async def _connect(self) -> None:
        _, line = await self._loop.create_connection(
            lambda: _Line(self._answered, self._broken), "127.0.0.1", self._port
        )
        self._next(line)

    def _next(self, line: "_Line") -> None:
        if self._waiting:
            line.ask(self._waiting.popleft())
        else:
            self._free.append(line)

    def _answered(self, line: "_Line", request: Request, status: bytes, body: bytes) -> None:
        taken = (time.perf_counter() - self._began - request.due) * 1000
        self._outcome.milliseconds.append(taken)
        if status == b"200" and b'"saved":true' in body:
            self._outcome.acknowledged[request.sent_id] = (request.person, request.pain)
        else:
            self._outcome.errors.append(f"{status.decode()} {body.decode()}")
        self._next(line)
        self._count()

    def _broken(self, line: "_Line", request: Request | None) -> None:
        """Connect anew where the server closed an idle connection; one that was asked may not be closed."""
        if request is None:
            self._free.remove(line)
        else:
            self._outcome.errors.append("the connection broke")
            self._count()
        if self._open:
            self._loop.create_task(self._connect())

    def _count(self) -> None:
        self._open -= 1
        if not self._open and not self._done.done():
            self._done.set_result(None)


class _Line(asyncio.Protocol):
    """One connection; one request at a time."""

    def __init__(
        self,
        answered: Callable[["_Line", Request, bytes, bytes], None],
        broken: Callable[["_Line", Request | None], None],
    ) -> None:
        self._answered = answered
        self._broken = broken
        self._asked: Request | None = None
        self._got = b""
        self._closes = False

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast("asyncio.WriteTransport", transport)

    def ask(self, request: Request) -> None:
        """Send it."""
        self._asked, self._got = request, b""
        self._transport.write(request.text)

    def data_received(self, data: bytes) -> None:
        self._got += data
        head, end, body = self._got.partition(_END_OF_HEAD)
        if not end or self._asked is None:
            return
        length = head.lower().partition(b"content-length: ")[2].partition(b"\r\n")[0]
        if len(body) >= int(length):
            asked, self._asked = self._asked, None
            self._answered(self, asked, head[9:12], body)

    def connection_lost(self, exc: Exception | None) -> None:  # noqa: ARG002 - the protocol's signature
        if not self._closes:
            self._broken(self, self._asked)

    def close(self) -> None:
        """Say goodbye."""
        self._closes = True
        self._transport.close()
