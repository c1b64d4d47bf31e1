"""Answers that were kept, and what becomes of those of an earlier version."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from backstride.answer.answer import FORMAT, VERSION
from backstride.diary.answer_cache import CachedAnswer, records_fingerprint, store_answer
from backstride.diary.opening import open_store
from backstride.diary.schema import OWNER
from backstride.services.answers import Answers, clock_of
from backstride.services.soon import soon_for

NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)
ZONE = ZoneInfo("Europe/Berlin")
NEED = {"question": "week", "own_days": 70, "days_drawn": 56, "weeks_drawn": 56, "horizon": 365}
BLOCKS = {"two_week_blocks": 84, "four_week_blocks": 168}


@pytest.fixture
def store(tmp_path):
    """A store with an empty diary."""
    with open_store(tmp_path / "diary.sqlite") as opened:
        yield opened


def keep(store, *, version, numbers):
    """Keep an answer to the records as they are, worked out by this version."""
    mark = f"{records_fingerprint(store, OWNER)} {version} 1 {clock_of(ZONE)}".replace("  ", " ")
    store_answer(store, OWNER, CachedAnswer(mark, "<p>because of running</p>", json.dumps(numbers), "", NOW))


@pytest.mark.parametrize(
    ("version", "shown"), [(f"v{VERSION}", True), (f"v{VERSION - 1}", False), ("", False)]
)
def test_an_answer_of_an_earlier_version_is_worked_out_again(store, version, shown, monkeypatch):
    """Its words are not shown meanwhile: they may claim what is claimed no more."""
    begun = []
    monkeypatch.setattr(Answers, "_begin", lambda *_what: begun.append(True))
    keep(store, version=version, numbers={})
    found = Answers(store).answer(OWNER, zone=ZONE)
    assert (found.cached is not None, found.is_current, not begun) == (shown, shown, shown)


def test_days_needed_of_an_earlier_version_are_not_shown(store):
    """They were counted by another rule, and for fewer ways of drawing."""
    keep(store, version="", numbers={"format": "backstride answer 1", "days_needed": [NEED]})
    assert soon_for(store, OWNER) == ()
    keep(store, version=f"v{VERSION}", numbers={"format": FORMAT, "days_needed": [NEED | BLOCKS]})
    (need,) = soon_for(store, OWNER)
    assert (need.question, need.own_days, need.four_week_blocks) == ("week", 70, 168)


def test_a_zone_by_another_name_asks_for_no_new_answer():
    """A browser says UTC where the machine says Etc/UTC; Berlin has another clock than either."""
    assert clock_of(ZoneInfo("UTC")) == clock_of(ZoneInfo("Etc/UTC"))
    assert clock_of(ZoneInfo("Europe/Berlin")) not in {
        clock_of(ZoneInfo("UTC")),
        clock_of(ZoneInfo("Europe/London")),
    }
