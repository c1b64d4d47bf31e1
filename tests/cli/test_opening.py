"""Opening the app in a browser: by whom it can be read, and when."""

import asyncio
import re
import stat
from threading import Event

import pytest

from backstride.cli.opening import Opening

ADDRESS = "http://localhost/begin?key=abc-_1"
PATIENCE_S = 20


@pytest.fixture
def opened(monkeypatch):
    """The addresses that a browser was called with, and an event once it was."""
    called, is_called = [], Event()
    monkeypatch.setattr("webbrowser.open", lambda address: (called.append(address), is_called.set()))
    return called, is_called


def test_the_key_stands_in_no_command_line(opened, tmp_path):
    """A browser is called with the name of a file that its owner alone can read, and that leads to the address."""
    called, is_called = opened
    file = tmp_path / "new" / "open.html"
    opening = Opening(ADDRESS, file=file)
    asyncio.run(opening.begin())
    assert is_called.wait(PATIENCE_S)
    assert called == [file.as_uri()]
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert ADDRESS in file.read_text()
    opening.end()
    assert not file.exists()


def test_a_file_of_before_is_not_written_into(opened, tmp_path):
    """Who left a file or a link there reads nothing of the new one."""
    left, file = tmp_path / "left", tmp_path / "open.html"
    left.touch(mode=0o666)
    file.symlink_to(left)
    asyncio.run(Opening(ADDRESS, file=file).begin())
    assert opened[1].wait(PATIENCE_S)
    assert (left.read_text(), stat.S_IMODE(file.lstat().st_mode)) == ("", 0o600)


def test_a_browser_in_the_foreground_holds_nobody_up(monkeypatch):
    """The server goes on while it stays open, and it is opened once however often the server looks."""
    calls, ends = [], Event()
    monkeypatch.setattr("webbrowser.open", lambda address: (calls.append(address), ends.wait(PATIENCE_S)))
    opening = Opening("http://localhost", file=None)

    async def look() -> None:
        for _ in range(3):
            await opening.begin()

    asyncio.run(look())
    ends.set()
    assert calls in ([], ["http://localhost"])


def test_the_server_opens_a_browser_once_it_listens(backstride, monkeypatch, tmp_path):
    """Nothing is opened before; then by a file, and the key that it holds is the one printed."""
    called, told = [], {}
    monkeypatch.setattr("webbrowser.open", called.append)
    monkeypatch.setattr("gc.freeze", lambda: None)
    monkeypatch.setattr("backstride.runtime.logs.begin_log", lambda **_: None)
    monkeypatch.setattr("backstride.cli.opening.Thread", AtOnce)

    def run(server) -> None:
        told["before"] = list(called)
        asyncio.run(server.config.callback_notify())
        told["page"] = (tmp_path / "data" / "open-8799.html").read_text()
        server.started = True
        server.config.app.state.site.close()

    monkeypatch.setattr("uvicorn.Server.run", run)
    monkeypatch.setenv("BACKSTRIDE_DATA", str(tmp_path / "data"))
    said = backstride("serve", "--open", "--port", "8799").out
    assert told["before"] == []
    (key,) = set(re.findall(r"key=([\w-]+)", said))
    assert called == [(tmp_path / "data" / "open-8799.html").as_uri()]
    assert key in told["page"]
    assert not (tmp_path / "data" / "open-8799.html").exists()


class AtOnce:
    """A thread that does its work where it is started."""

    def __init__(self, *, target, **_: object) -> None:
        self.start = target
