"""The body of a request: nobody's is read who may not send it, and none is borne for ever."""

import asyncio
import re
from threading import Event

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.diary.schema import OWNER
from backstride.errors import NotNow
from backstride.importers.base import ImportResult
from backstride.runtime.clock import utc_now
from backstride.services.uploads import MAX_BYTES_AT_ONCE, Uploads
from backstride.web import guard
from backstride.web.body import BodyLimits
from backstride.web.origin import Origins

from .conftest import every_route

FORMS = sorted(path for way, path in every_route() if way == "POST" and path not in ("/sign-in", "/shared"))
TABLE = b"time,pain\n2026-05-01 07:30,4\n"


class Asking:
    """One request as a server passes it on; every part of its body is counted when it is asked for.

    Args:
        app: is asked.
        chunks: the body; None stands for a sender who sends no more, and says nothing.
        headers: with `client`, whose cookie is shown.
        is_whole: whether the sender stays until the end.
    """

    def __init__(
        self, app, path: str, chunks=(), *, headers: dict[str, str] | None = None, client=None, is_whole=False
    ) -> None:
        self.app, self.path, self.chunks, self.read, self.is_whole = app, path, list(chunks), 0, is_whole
        told = {"host": "localhost", "accept": "text/html", **(headers or {})}
        if client is not None:
            told["cookie"] = f"backstride={client.cookies['backstride']}"
        self.headers = [(name.encode(), value.encode()) for name, value in told.items()]
        self.said: list[dict] = []

    def status(self) -> int | None:
        """What came of it; None where nobody was answered."""
        scope = {"type": "http", "method": "POST", "path": self.path, "raw_path": self.path.encode()}
        scope |= {"query_string": b"", "headers": self.headers, "client": ("127.0.0.1", 1), "scheme": "http"}
        scope |= {
            "http_version": "1.1",
            "server": ("localhost", 80),
            "root_path": "",
            "asgi": {"version": "3.0"},
        }
        asyncio.run(self.app(scope, self._receive, self._send))
        return next((one["status"] for one in self.said if one["type"] == "http.response.start"), None)

    async def _receive(self):
        self.read += 1
        if not self.chunks:
            return {"type": "http.disconnect"}
        chunk = self.chunks.pop(0)
        if chunk is None:
            await asyncio.sleep(3600)
        return {"type": "http.request", "body": chunk, "more_body": bool(self.chunks) or not self.is_whole}

    async def _send(self, message):
        self.said.append(message)


@pytest.fixture
def hasty(monkeypatch):
    """A server that waits a twentieth of a second."""
    brief = BodyLimits(most_bytes=guard.MAX_BYTES, pause_s=0.05, all_s=0.05)
    monkeypatch.setattr(guard, "OF_A_FORM", brief)
    monkeypatch.setattr(guard, "OF_FILES", brief)


def form_of(*parts: tuple[str, str | None, bytes]) -> tuple[bytes, dict[str, str]]:
    """A form with files as bytes, its parts in this order, and its headers."""
    body = b""
    for field, name, content in parts:
        named = f'; filename="{name}"' if name is not None else ""
        body += f'--b\r\nContent-Disposition: form-data; name="{field}"{named}\r\n\r\n'.encode()
        body += content + b"\r\n"
    return body + b"--b--\r\n", {"content-type": "multipart/form-data; boundary=b"}


@pytest.mark.parametrize("path", FORMS)
def test_no_byte_of_a_strangers_form_is_read(app, locked, path):
    """Whoever is not signed in is shown the door, however long the form is that they would send."""
    asking = Asking(app, re.sub(r"\{\w+\}", "1", path), [b"x" * 9])
    assert (asking.status(), asking.read) == (303, 0)


def test_no_file_is_taken_before_the_mark_of_its_form(app, owner, site):
    """A page of another site can make a browser send files, but not the mark: nothing of them is kept."""
    body, headers = form_of(("files", "a.csv", TABLE), ("mark", None, owner.mark.encode()))
    assert Asking(app, "/diary/bring", [body], headers=headers, client=owner.client).status() == 403
    assert site.uploads.last(OWNER) is None
    site.uploads.expect(OWNER, size=1)  # nothing is on its way any more


@pytest.mark.parametrize("order", [1, 7, 1000])
def test_files_come_through_in_pieces_of_any_size(app, owner, site, order):
    """Two files and an empty field, sent a few bytes at a time, are read as if they came at once."""
    parts = (
        ("mark", None, owner.mark.encode()),
        ("files", "a.csv", TABLE),
        ("files", "", b""),
        ("files", "a.csv", b"?"),
    )
    body, headers = form_of(*parts)
    pieces = [body[at : at + order] for at in range(0, len(body), order)]
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(Uploads, "_read", lambda _self, _job, folder, _zone: seen.update(contents(folder)))
        seen: dict[str, bytes] = {}
        Asking(app, "/diary/bring", pieces, headers=headers, client=owner.client, is_whole=True).status()
        site.uploads.wait()
    assert seen == {"a.csv": TABLE, "1-a.csv": b"?"}


@pytest.mark.parametrize(
    ("body", "kind"),
    [(b"--b\r\nrubbish", "multipart/form-data; boundary=b"), (b"--b--", "multipart/form-data"), (b"", "text/plain"),
     (b"--b\r\nContent-Disposition: form-data; name=x\r\n\r\nhalf", "multipart/form-data; boundary=b")],
)  # fmt: skip
def test_a_form_that_is_none_is_refused_in_words(app, owner, site, body, kind):
    """Rubbish, no boundary, another kind, and half a form: 422, and nothing waits."""
    reply = owner.client.post(
        "/diary/bring", content=body, headers={"content-type": kind, "x-mark": owner.mark}
    )
    assert reply.status_code == 422
    site.uploads.expect(OWNER, size=1)


@pytest.mark.parametrize("path", ["/check-in", "/diary/bring"])
def test_a_body_that_stops_arriving_is_given_up(app, owner, hasty, path):
    """Who sends half a form and then nothing is told so, and holds nothing."""
    _body, headers = form_of()
    asking = Asking(app, path, [b"--b\r\n", None], headers=headers, client=owner.client)
    assert asking.status() == 408


def test_a_body_longer_than_it_was_announced_is_cut_off(app, owner):
    """A length that was not told, or told wrongly, helps nobody."""
    headers = {"content-type": "application/x-www-form-urlencoded"}
    asking = Asking(app, "/settings/choices", [b"x" * 40_000] * 9, headers=headers, client=owner.client)
    assert (asking.status(), asking.read) == (413, 2)


@pytest.mark.parametrize("path", ["/check-in", "/diary/bring", "/settings/choices", "/safety/questions"])
def test_a_sender_who_leaves_is_no_defect(app, owner, path, caplog):
    """A phone without a network half way through: no traceback, and no word in the log."""
    _body, headers = form_of()
    Asking(app, path, [b"--b\r\n"], headers=headers, client=owner.client).status()
    assert [record for record in caplog.records if record.levelname in ("WARNING", "ERROR")] == []


def test_one_person_brings_one_thing_at_a_time(owner, anna, site):
    """A second form is refused until the first is read, and nobody else waits for it."""
    with site.uploads.expect(OWNER, size=1):
        form = {"data": {"mark": owner.mark}, "files": [("files", ("a.csv", TABLE))]}
        assert owner.client.post("/diary/bring", **form).status_code == 429
        form = {"data": {"mark": anna.mark}, "files": [("files", ("a.csv", TABLE))]}
        assert anna.client.post("/diary/bring", **form, follow_redirects=False).status_code == 303


def test_all_uploads_together_have_a_bound(site):
    """Whoever would take more of the disk than is left for it comes again later."""
    with (
        site.uploads.expect(OWNER, size=MAX_BYTES_AT_ONCE),
        pytest.raises(NotNow, match="Others"),
    ):
        site.uploads.expect(OWNER + 1, size=1)


def test_what_is_deleted_is_not_brought_by_files_that_wait(owner, site, monkeypatch):
    """Everything deleted while files are read: nothing of them is stored, and none stays on the disk."""
    reading, deleted = Event(), Event()

    def slowly(paths, **_):
        reading.set()
        deleted.wait(60)
        return ImportResult(Records((CheckIn(moment=utc_now()),)))

    monkeypatch.setattr("backstride.services.uploads.read_paths", slowly)
    form = {"data": {"mark": owner.mark}, "files": [("files", ("a.csv", TABLE))]}
    owner.client.post("/diary/bring", **form)
    reading.wait(60)
    owner.post("/settings/delete-everything", {"sure": "yes"})
    deleted.set()
    site.uploads.wait()
    assert (site.store.diary(OWNER).entries(), site.uploads.last(OWNER)) == ((), None)


def contents(folder) -> dict[str, bytes]:
    """Every file of a folder."""
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize(("chunks", "reached"), [([b"name=a"], 0), ([b"name=a", b"&passphrase=b"], 1)])
def test_a_form_of_a_stranger_that_ends_before_its_end_reaches_no_page(chunks, reached):
    """A page is looked for only once the whole form is there; it then gets every part of it."""
    bodies = []

    async def page(scope, receive, send):
        parts, more_comes = [], True
        while more_comes:
            message = await receive()
            parts.append(message["body"])
            more_comes = message["more_body"]
        bodies.append(b"".join(parts))

    messages = [{"type": "http.request", "body": chunk, "more_body": True} for chunk in chunks]
    if reached:
        messages[-1]["more_body"] = False
    messages.append({"type": "http.disconnect"})

    async def receive():
        return messages.pop(0)

    async def send(message):
        raise AssertionError(message)

    headers = [(b"host", b"localhost"), (b"content-length", b"900")]
    scope = {"type": "http", "method": "POST", "path": "/sign-in", "headers": headers, "query_string": b""}
    asyncio.run(guard.SecurityMiddleware(page, origins=Origins())(scope, receive, send))
    assert bodies == [b"".join(chunks)] * reached
