"""Where the time of one check-in goes: its parts, one after the other, with nothing else to do."""

import asyncio
import statistics
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import count
from urllib.parse import parse_qsl, urlencode

from server import Pass, check_in_form
from sqlalchemy import event
from starlette.types import ASGIApp, Message, Scope

from backstride.diary.authentication import authenticate
from backstride.diary.opening import open_store
from backstride.diary.serialization import serialize
from backstride.diary.store import Store
from backstride.services.app_context import create_context
from backstride.services.check_in import CheckInInput, SubmissionMeta, check_in
from backstride.web.app import create_app
from backstride.web.check_in_form import CheckInForm

COUNT = 100


@dataclass(frozen=True)
class Part:
    """One part, and how long it takes."""

    name: str
    milliseconds: float


def parts_of(where: str, holders: Sequence[Pass], *, over_http_ms: float) -> tuple[Part, ...]:
    """Return the parts in the order of a request, and their sum.

    Args:
        where: a filled store; each of the people checks in today.
        holders: at least twice `COUNT`.
        over_http_ms: how long one takes as a whole.
    """
    with open_store(where) as store:
        form = _median(holders[:COUNT], _read_form)
        who = _median(holders[:COUNT], lambda h: authenticate(store, h.token, now=datetime.now(UTC)).result())
        statements, text = _saved(store, holders[:COUNT])
    behind, on_disk = asyncio.run(_behind_the_socket(where, holders[COUNT : 2 * COUNT]))
    around = behind - form - who - statements - on_disk
    return (
        Part("HTTP: sockets, the request taken apart, one more process", over_http_ms - behind),
        Part("guard, routes, threads, reply", around),
        Part("the form, taken apart and checked", form),
        Part("who asks: session, choices (one statement)", who),
        Part("the record as text, with its key", text),
        Part("what is known, and what is new (four statements)", statements - text),
        Part("the commit, until it has reached the disk", on_disk),
        Part("**as a whole**", over_http_ms),
    )


def _median(holders: Sequence[Pass], done: Callable[[Pass], object]) -> float:
    times = []
    for holder in holders:
        began = time.perf_counter()
        done(holder)
        times.append((time.perf_counter() - began) * 1000)
    return statistics.median(times)


def _read_form(holder: Pass) -> tuple[CheckInInput, SubmissionMeta]:
    sent = dict(parse_qsl(_body(holder, 0).decode()))
    form = CheckInForm.model_validate(sent)
    return form.to_input(today=datetime.now(UTC).date()), form.submission()


def _saved(store: Store, holders: Sequence[Pass]) -> tuple[float, float]:
    """Until the commit, and how long the text of it takes."""
    commits = _Commits(store)
    before, text = [], []
    for holder in holders:
        told, sending = _read_form(holder)
        began = time.perf_counter()
        kept = check_in(store, holder.person, told, sending, zone=UTC)
        kept.sent.result()
        before.append(commits.began - began)
        began = time.perf_counter()
        serialize(kept.check_in)
        text.append(time.perf_counter() - began)
    return statistics.median(before) * 1000, statistics.median(text) * 1000


class _Commits:
    """When the last commit began and how long it took."""

    def __init__(self, store: Store) -> None:
        self.began, self.seconds, self._under_way = 0.0, 0.0, False
        event.listen(store._engine, "commit", self._begin)
        event.listen(store._engine, "checkin", self._end)

    def _begin(self, _: object) -> None:
        self.began, self._under_way = time.perf_counter(), True

    def _end(self, _: object, __: object) -> None:
        if self._under_way:
            self.seconds, self._under_way = time.perf_counter() - self.began, False


async def _behind_the_socket(where: str, holders: Sequence[Pass]) -> tuple[float, float]:
    """Return the app without its socket, and the commit in it."""
    site = create_context(where, open_to_owner=True)
    app, times, on_disk = create_app(site), [], []
    commits = _Commits(site.store)
    for holder in holders:
        began = time.perf_counter()
        await _asked(app, holder)
        times.append((time.perf_counter() - began) * 1000)
        on_disk.append(commits.seconds * 1000)
    site.close()
    return statistics.median(times), statistics.median(on_disk)


async def _asked(app: ASGIApp, holder: Pass) -> None:
    body, replies = _body(holder, 1), []
    headers = {**holder.headers, "host": "127.0.0.1", "content-length": str(len(body))}
    scope: Scope = {
        "type": "http", "http_version": "1.1", "method": "POST", "path": "/check-in", "raw_path": b"/check-in",
        "query_string": b"", "headers": [(k.encode(), v.encode()) for k, v in headers.items()], "scheme": "http",
        "server": ("127.0.0.1", 1), "client": ("127.0.0.1", 2), "root_path": "",
    }  # fmt: skip

    async def receive() -> Message:
        return {"type": "http.request", "body": body}

    async def send(message: Message) -> None:
        replies.append(message)

    await app(scope, receive, send)
    assert replies[0]["status"] == 200, replies


_NUMBERS = count()


def _body(holder: Pass, kind: int) -> bytes:
    return urlencode(check_in_form(f"part-{kind}-{next(_NUMBERS)}", pain=holder.person % 11)).encode()
