"""Answers that were kept, and what becomes of those that other code made."""

import json
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from backstride.answer.answer import FORMAT
from backstride.diary.answer_cache import CachedAnswer, records_fingerprint, store_answer
from backstride.diary.opening import open_store
from backstride.diary.schema import OWNER
from backstride.errors import NoAnswer
from backstride.services import answers
from backstride.services.answers import Answers, answer_code, clock_of
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
    ("version", "shown"), [(answer_code(), True), ("v6", False), ("0123456789abcdef", False), ("", False)]
)
def test_an_answer_of_other_code_is_worked_out_again(store, version, shown, monkeypatch):
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
    keep(store, version=answer_code(), numbers={"format": FORMAT, "days_needed": [NEED | BLOCKS]})
    (need,) = soon_for(store, OWNER)
    assert (need.question, need.own_days, need.four_week_blocks) == ("week", 70, 168)


def test_words_of_other_code_do_not_stay_beside_a_reason(store, monkeypatch):
    """Where the records give no answer any more, a good one stays, and none that other code made."""
    refuse = NoAnswer("Too few.", advice="Go on.")
    for code, kept in ((answer_code(), "<p>because of running</p>"), ("0123456789abcdef", "")):
        keep(store, version=code, numbers={})
        made = Answers(store)
        monkeypatch.setattr(answers, "run_in_subprocess", lambda *_, **__: raise_on(refuse))
        made._work(OWNER, f"{records_fingerprint(store, OWNER)} {answer_code()} 2", ZONE, (1.0, None, ""))
        assert made._before(OWNER).sections == kept
        made.close()


def raise_on(error):
    """Raise it, where a function is asked for."""
    raise error


def test_a_zone_by_another_name_asks_for_no_new_answer():
    """A browser says UTC where the machine says Etc/UTC; Berlin has another clock than either."""
    assert clock_of(ZoneInfo("UTC")) == clock_of(ZoneInfo("Etc/UTC"))
    assert clock_of(ZoneInfo("Europe/Berlin")) not in {
        clock_of(ZoneInfo("UTC")),
        clock_of(ZoneInfo("Europe/London")),
    }
