"""The engine is compiled ahead, in processes of its own."""

import hashlib
import os
import subprocess
import sys

import pytest

from backstride.model import ahead
from backstride.model.compiled import ENGINE
from backstride.model.data import checked

ASK = """
import hashlib
from numba.core import event
compiled = []
class Listener(event.Listener):
    def on_start(self, e): compiled.append(e)
    def on_end(self, e): pass
event.register("numba:compile", Listener())
from backstride.model.ahead import compile_ahead, few_days
from backstride.model.fit import Settings, fit
compile_ahead()
draws = fit(few_days(), settings=Settings(seed=1, draws=50)).draws
print(len(compiled), hashlib.sha256(draws.tobytes()).hexdigest())
"""


def test_a_compiled_engine_starts_no_process(monkeypatch):
    """Nothing is done twice."""
    monkeypatch.setattr(ahead, "is_compiled", lambda: True)
    monkeypatch.setattr(ahead, "_start", pytest.fail)
    ahead.compile_ahead()


def test_two_halves_are_compiled_before_what_joins_them(monkeypatch):
    """In this order, so that the last finds the others' work."""
    started = []

    class Done:
        def wait(self):
            started.append("waited")

    monkeypatch.setattr(ahead, "is_compiled", lambda: False)
    monkeypatch.setattr(ahead, "_start", lambda what: started.append(what) or Done())
    ahead.compile_ahead()
    assert started == ["0", "1", "waited", "waited", "joined", "waited"]


def test_where_no_process_can_be_started_nothing_is_lost(monkeypatch):
    """The engine then compiles when it is first used."""

    def refused(_what):
        raise PermissionError

    monkeypatch.setattr(ahead, "is_compiled", lambda: False)
    monkeypatch.setattr(ahead, "_start", refused)
    ahead.compile_ahead()


def test_the_days_it_compiles_with_are_sound():
    """As those of a person must be."""
    assert checked(ahead.few_days()).days == 14


def test_a_name_for_each_engine():
    """What is compiled is kept under the name of its own source."""
    assert ENGINE.name.startswith("engine-")


@pytest.mark.slow
def test_the_first_answer_is_that_of_every_later_one(tmp_path):
    """Nothing is compiled by the process that samples, and the same seed gives the same draws, bit by bit."""
    environment = {**os.environ, "NUMBA_CACHE_DIR": str(tmp_path)}
    said = [
        subprocess.run(
            [sys.executable, "-c", ASK], env=environment, capture_output=True, text=True, check=True
        ).stdout
        for _ in range(2)
    ]
    assert said[0] == said[1]
    assert said[0].split()[0] == "0"
    assert len(said[0].split()[1]) == hashlib.sha256().digest_size * 2
