"""The web app in this very process, people who are signed in to it, and a real browser to open it with."""

import os
import re
import shutil
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from datetime import time as clock_time
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules

import pytest
import uvicorn
from starlette.testclient import TestClient
from time_machine import travel

import backstride.web
from backstride.diary.opening import open_store
from backstride.diary.people import add_person, set_passphrase
from backstride.diary.schema import OWNER
from backstride.services.app_context import AppContext, create_context
from backstride.services.auth import hash_passphrase
from backstride.web.app import create_app
from backstride.web.origin import Origins

from .days import HOME, lived_today

PASSPHRASE = "three slow herons"
PAGE = {"accept": "text/html"}
CHROMIUM = Path("/usr/bin/chromium")
PATIENCE_MS = 40_000
"""What does not come by then never comes, however busy the machine is."""
IS_KEPT = "navigator.serviceWorker.getRegistration().then(found => Boolean(found && found.active))"
LOOK_MS, LOOKS_A_VISIT = 100, 100
LATER_MS = 3_600_000
"""How far a page's clock is moved to be stopped: whatever the machine did meanwhile, that is not over."""
SHIFT = """shift => {
  const Own = Date, origin = performance.timeOrigin;
  window.Date = class extends Own {
    constructor(...parts) { if (parts.length) super(...parts); else super(Own.now() + shift); }
    static now() { return Own.now() + shift; }
  };
  Object.defineProperty(performance, "timeOrigin", {value: origin + shift});
}"""
"""A browser asks the machine what time it is; under a clock of the tests its pages are to show that one."""


def every_route() -> set[tuple[str, str]]:
    """Method and path of every route of every module of the app, described or not."""
    modules = (import_module(f"backstride.web.{one.name}") for one in iter_modules(backstride.web.__path__))
    routers = (module.router for module in modules if hasattr(module, "router"))
    return {(way, route.path) for router in routers for route in router.routes for way in route.methods}


@dataclass
class Browser:
    """Somebody who looks at pages and sends their forms."""

    client: TestClient

    def get(self, path: str):
        """A page."""
        return self.client.get(path, headers=PAGE)

    def weight(self, path: str) -> int:
        """The bytes of a page and of every file that it asks for, as they are sent."""
        shown = self.get(path)
        assert shown.status_code == 200
        needed = re.findall(r'<(?:link|script|img)[^>]* (?:href|src)="([^"]+)"', shown.text)
        replies = [shown, *map(self.get, needed)]
        return sum(int(reply.headers["content-length"]) for reply in replies)

    @property
    def mark(self) -> str:
        """What the forms of this session carry."""
        found = re.search(r'name="mark" value="(\w+)"', self.get("/settings").text)
        return found[1] if found else ""

    def post(self, path: str, told: dict[str, str] | None = None, **more):
        """Send a form, as a page of ours does."""
        return self.client.post(path, data={"mark": self.mark, **(told or {})}, headers=PAGE, **more)


@pytest.fixture(autouse=True)
def _at_noon(request) -> Iterator[None]:
    """Start each test at noon of today, so that none depends on the hour; a real browser keeps its own clock.

    What happens at other hours has tests of its own (test_odd_clocks.py); `make test-clock` sets the clock itself.
    """
    if os.environ.get("BACKSTRIDE_TEST_CLOCK") or "chromium" in request.fixturenames:
        yield
        return
    with travel(datetime.now(UTC).replace(hour=12, minute=0), tick=True):
        yield


@pytest.fixture
def noon() -> Iterator[None]:
    """Let a test live at noon of the day, under a clock of `make test-clock`, too: for what is asked from noon on."""
    with travel(datetime.combine(lived_today(), clock_time(12, 5), tzinfo=HOME), tick=True):
        yield


@pytest.fixture(scope="session")
def empty_store(tmp_path_factory) -> Path:
    """The folder of a store that is made and empty: every test begins with a copy."""
    folder = tmp_path_factory.mktemp("empty")
    open_store(str(folder / "diary.sqlite")).close()
    return folder


@pytest.fixture
def site(tmp_path, empty_store) -> AppContext:
    """A server's things, on an empty store."""
    shutil.copytree(empty_store, tmp_path, dirs_exist_ok=True)
    opened = create_context(str(tmp_path / "diary.sqlite"), open_to_owner=True)
    yield opened
    opened.close()


@pytest.fixture(scope="session")
def built():
    """The app without a site: a quarter of a second to build, so it is built once."""
    return create_app(None, origins=Origins(hosts=frozenset({"localhost"})))


@pytest.fixture
def app(site, built):
    """The app, reached from this machine alone."""
    built.state.site = site
    return built


@pytest.fixture
def browser(app):
    """A function that makes a new browser."""
    return lambda: Browser(TestClient(app, base_url="http://localhost"))


@pytest.fixture
def owner(site, browser) -> Browser:
    """The owner, on the very machine, without a passphrase, by the address that the server printed."""
    opened = browser()
    if site.owner_login_optional:
        opened.get(f"/begin?key={site.entry.key}")
    return opened


@pytest.fixture
def anna(site, browser) -> Browser:
    """Somebody else, signed in with a passphrase."""
    add_person(site.store, "Anna", passphrase=hash_passphrase(PASSPHRASE))
    other = browser()
    reply = other.client.post("/sign-in", data={"name": "anna", "passphrase": PASSPHRASE}, headers=PAGE)
    assert reply.url.path == "/"
    return other


@pytest.fixture
def locked(site) -> AppContext:
    """The same server, whose owner has a passphrase."""
    set_passphrase(site.store, OWNER, hash_passphrase(PASSPHRASE))
    return site


@pytest.fixture
def some_morning() -> datetime:
    """A morning long past."""
    return datetime(2026, 5, 1, 8, tzinfo=UTC)


@contextmanager
def listening(app, **choices) -> Iterator[int]:
    """Serve an app on a port of its own, and give the port.

    The socket is bound before the server starts: a port that is only looked up may be another process's by then.
    Connections that a browser keeps open at the end are dropped after a second.
    """
    told = {"log_level": "critical", "lifespan": "off", "timeout_graceful_shutdown": 1, **choices}
    server = uvicorn.Server(uvicorn.Config(app, **told))
    with socket.socket() as bound:
        bound.bind(("127.0.0.1", 0))
        thread = threading.Thread(target=server.run, kwargs={"sockets": [bound]}, daemon=True)
        thread.start()
        try:
            while not server.started:
                assert thread.is_alive(), "the server did not start"
                time.sleep(0.01)
            yield bound.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join(PATIENCE_MS / 1000)
    assert not thread.is_alive(), "the server did not end"


@pytest.fixture
def address(app):
    """The address of the app on a port of its own."""
    with listening(app) as port:
        yield f"http://localhost:{port}"


@pytest.fixture(scope="module")
def chromium(tmp_path_factory):
    """A browser without a window, one for all tests of a file."""
    playwright = pytest.importorskip("playwright.sync_api", reason="playwright comes with the tests' group")
    if not CHROMIUM.exists():
        pytest.skip("no chromium in /usr/bin")
    from .watched_browser import WatchedBrowser  # it needs playwright

    with playwright.sync_playwright() as started:
        watched = WatchedBrowser(started.chromium, CHROMIUM, tmp_path_factory.mktemp("chromium"))
        yield watched
        watched.close()


@pytest.fixture
def until_kept():
    """A function that waits until a page opens without a network; a browser that failed to keep it tries again."""

    def wait(page) -> None:
        for look in range(1, PATIENCE_MS // LOOK_MS):
            if page.evaluate(IS_KEPT):
                return
            page.wait_for_timeout(LOOK_MS)
            if look % LOOKS_A_VISIT == 0:
                page.reload()
        pytest.fail("the browser does not keep the pages for a day without a network")

    return wait


def stop_clock(page) -> None:
    """Stop the clock of a page, on which `page.clock.install` was called; from here on `run_for` alone moves it."""
    page.clock.pause_at((page.evaluate("Date.now()") + LATER_MS) / 1000)


def until(page, holds: Callable[[], object], what: str) -> None:
    """Let the browser go on until something holds of what it sent or said."""
    for _ in range(PATIENCE_MS // LOOK_MS):
        if holds():
            return
        page.wait_for_timeout(LOOK_MS)
    pytest.fail(f"This never came: {what}.")


@pytest.fixture
def visit(chromium, site, address):
    """A function that opens a fresh window, with nothing kept from another; all are closed at the end.

    The owner who needs no passphrase is let in by the address that the server printed. The clock of the pages is that
    of the tests, in the zone of the diary.
    """
    opened = []
    shift_ms = 1000 * float(os.environ.get("BACKSTRIDE_TEST_CLOCK_SHIFT", "0"))

    def window(**choices):
        opened.append(chromium.new_context(**{"timezone_id": HOME.key, **choices}))
        opened[-1].set_default_timeout(PATIENCE_MS)
        if shift_ms:
            opened[-1].add_init_script(f"({SHIFT})({shift_ms})")
        if site.owner_login_optional:
            opened[-1].request.get(f"{address}/begin?key={site.entry.key}", timeout=PATIENCE_MS)
        return opened[-1].new_page()

    with chromium.watched():
        yield window
    chromium.end(opened)
