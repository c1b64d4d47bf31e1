"""What all tests share: no test sees this machine's own diary, zone or settings."""

import os
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import settings

ROOT = Path(__file__).parents[1]
# one compiled engine for all tests; numba reads the name when it is first imported
os.environ.setdefault("NUMBA_CACHE_DIR", str(ROOT / ".cache" / "engine"))

# how long an example takes depends on the machine, and no test may
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")


CLOCK = "BACKSTRIDE_TEST_CLOCK"
"""An instant, as in 2028-02-29T23:30+00:00, at which the clock of the tests starts; `make test-clock` sets it."""


def pytest_configure(config: pytest.Config) -> None:
    """Start the clock of this process, and of those it starts, at another instant, before a test module reads it."""
    # where tests are spread over processes, each of those sets its own clock, and this one runs no test
    spreads = getattr(config.option, "numprocesses", None) and not hasattr(config, "workerinput")
    if (instant := os.environ.get(CLOCK, "")) and not spreads:
        from time_machine import travel

        start = datetime.fromisoformat(instant)
        # a process begun later goes by the same clock, not by the instant at which this one began
        os.environ["BACKSTRIDE_TEST_CLOCK_SHIFT"] = str((start - datetime.now(UTC)).total_seconds())
        sys.path.insert(0, str(ROOT / "tests" / "clock"))
        os.environ["PYTHONPATH"] = os.pathsep.join(
            [sys.path[0], *filter(None, [os.environ.get("PYTHONPATH")])]
        )
        traveller = travel(start, tick=True)
        traveller.start()
        config.add_cleanup(traveller.stop)


@pytest.fixture(autouse=True)
def _own_place(tmp_path_factory, monkeypatch):
    """Each test keeps its things in a folder of its own, at a place whose zone is known."""
    monkeypatch.setenv("BACKSTRIDE_DATA", str(tmp_path_factory.mktemp("data")))
    monkeypatch.setenv("BACKSTRIDE_ZONE", "Europe/Berlin")
    monkeypatch.delenv("BACKSTRIDE_DIARY", raising=False)


@pytest.fixture(scope="session")
def root() -> Path:
    """The root of the repository."""
    return ROOT
