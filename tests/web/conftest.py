"""The web app in this very process, and people who are signed in to it."""

import re
from dataclasses import dataclass
from datetime import UTC, datetime

import pytest
from starlette.testclient import TestClient

from backstride.actions.sign_in import hashed
from backstride.actions.site import Site, open_site
from backstride.diary.people import add_person, set_passphrase
from backstride.diary.schema import OWNER
from backstride.web.app import create_app

PASSPHRASE = "three slow herons"
PAGE = {"accept": "text/html"}


@dataclass
class Browser:
    """Somebody who looks at pages and sends their forms."""

    client: TestClient

    def get(self, path: str):
        """A page."""
        return self.client.get(path, headers=PAGE)

    @property
    def mark(self) -> str:
        """What the forms of this session carry."""
        found = re.search(r'name="mark" value="(\w+)"', self.get("/settings").text)
        return found[1] if found else ""

    def post(self, path: str, told: dict[str, str] | None = None, **more):
        """Send a form, as a page of ours does."""
        return self.client.post(path, data={"mark": self.mark, **(told or {})}, headers=PAGE, **more)


@pytest.fixture
def site(tmp_path) -> Site:
    """A server's things, on an empty store."""
    opened = open_site(str(tmp_path / "diary.sqlite"), open_to_owner=True)
    yield opened
    opened.close()


@pytest.fixture
def app(site):
    """The app, reached from this machine alone."""
    return create_app(site, hosts=frozenset({"localhost"}))


@pytest.fixture
def browser(app):
    """A function that makes a new browser."""
    return lambda: Browser(TestClient(app, base_url="http://localhost"))


@pytest.fixture
def owner(browser) -> Browser:
    """The owner, on the very machine, without a passphrase."""
    opened = browser()
    opened.get("/")
    return opened


@pytest.fixture
def anna(site, browser) -> Browser:
    """Somebody else, signed in with a passphrase."""
    add_person(site.store, "Anna", passphrase=hashed(PASSPHRASE))
    other = browser()
    reply = other.client.post("/sign-in", data={"name": "anna", "passphrase": PASSPHRASE}, headers=PAGE)
    assert reply.url.path == "/"
    return other


@pytest.fixture
def locked(site) -> Site:
    """The same server, whose owner has a passphrase."""
    set_passphrase(site.store, OWNER, hashed(PASSPHRASE))
    return site


@pytest.fixture
def some_morning() -> datetime:
    """A morning long past."""
    return datetime(2026, 5, 1, 8, tzinfo=UTC)
