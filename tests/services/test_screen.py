"""Answers from a file, and the note to a file."""

import json
from datetime import date

import pytest

from backstride.core.clearance import Freedom, Level, Reply
from backstride.errors import BackstrideError
from backstride.screening.items import ITEMS, NOW
from backstride.screening.occasions import Occasion
from backstride.services.screen import SafetyAnswers, read_answers, screen, write_note

ALL_NO = {item.key: Reply.NO for item in ITEMS}


def test_answers_read_in_every_spelling(tmp_path):
    """yes and no as words or as true and false; null and nothing are not answered."""
    told = {
        "pregnant": True,
        "leg_injury": "No",
        "cancer_ever": None,
        "hard_fall": "",
        "agreed": ["pregnant"],
    }
    (tmp_path / "mine.json").write_text(json.dumps(told))
    read = read_answers(tmp_path / "mine.json")
    assert list(read.replies.values()) == [Reply.YES, Reply.NO, Reply.NOT_ANSWERED, Reply.NOT_ANSWERED]
    assert read.agreed == {"pregnant"}


@pytest.mark.parametrize(
    "text",
    ["", "[]", "not json", '{"a": 3}', '{"a": "maybe"}', '{"agreed": "a"}', '{"agreed": [1]}', "[" * 100_000],
)
def test_broken_answers_are_told(tmp_path, text):
    """What is no file of answers is refused with what to do."""
    (tmp_path / "mine.json").write_text(text)
    with pytest.raises(BackstrideError, match="Write"):
        read_answers(tmp_path / "mine.json")


def test_a_missing_or_huge_file_is_told(tmp_path):
    """A wrong name and a file that is far too long are refused."""
    with pytest.raises(BackstrideError, match="cannot be opened"):
        read_answers(tmp_path / "none.json")
    (tmp_path / "huge.json").write_bytes(b" " * 1_000_001)
    with pytest.raises(BackstrideError, match="too long"):
        read_answers(tmp_path / "huge.json")


def test_a_note_that_cannot_be_written_is_told(tmp_path):
    """A folder that is not there is an error in plain words."""
    with pytest.raises(BackstrideError, match="cannot be written"):
        write_note(screen(SafetyAnswers(ALL_NO)), tmp_path / "no" / "note.txt", day=date(2026, 5, 1))


def test_after_a_weekly_yes_the_questions_count():
    """A tap with a yes holds until all questions behind it are answered; then they decide."""
    taps = {"tap_now": Reply.YES, "tap_soon": Reply.NO, "tap_first": Reply.NO}
    alone = screen(SafetyAnswers(taps), occasion=Occasion.WEEKLY)
    assert (alone.level, alone.freedom) == (Level.EMERGENCY, Freedom.PAUSED)
    most = dict.fromkeys((item.key for item in NOW[1:]), Reply.NO)
    assert screen(SafetyAnswers(taps | most), occasion=Occasion.WEEKLY).level is Level.EMERGENCY
    settled = screen(SafetyAnswers(taps | most | {NOW[0].key: Reply.NO}), occasion=Occasion.WEEKLY)
    assert (settled.level, settled.freedom) == (Level.NOTHING_HELD, Freedom.RUN)
