"""A store that fails in the middle: what was to be undone or removed can be undone or removed later, once."""

from datetime import date, datetime

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.scales import PainRating
from backstride.diary.added import Added
from backstride.diary.diary import Diary
from backstride.diary.opening import open_store
from backstride.errors import DiaryFull, NotInDiary, StillHeld
from backstride.services.undo import UndoLog, erase_entry, undo
from backstride.services.upload_result import Read, Upload
from backstride.services.uploads import Uploads

NOW = datetime.fromisoformat("2026-05-01T07:30+02:00")
FULL = DiaryFull("The disk is full.", advice="Make room.")
HELD = StillHeld("It is erased, but a backup still holds it.", advice="Close the program.")


@pytest.fixture
def store(tmp_path):
    """A store with one check-in in the owner's diary."""
    with open_store(str(tmp_path / "diary.sqlite")) as opened:
        yield opened


@pytest.fixture
def diary(store):
    """The diary with the check-in."""
    one = CheckIn(moment=NOW, pain=PainRating(4), source="check-in")
    store.diary(1).add(Records(check_ins=(one,)), source="check-in", now=NOW)
    return store.diary(1)


def failing_once(monkeypatch, name: str, error: Exception) -> None:
    """The next call of a method of every diary raises; a `StillHeld` does so after the work is done."""
    right = getattr(Diary, name)

    def method(self, *given, **named):
        monkeypatch.setattr(Diary, name, right)
        if isinstance(error, StillHeld):
            right(self, *given, **named)
        raise error

    monkeypatch.setattr(Diary, name, method)


def test_what_could_not_be_put_back_can_be_put_back_later(diary, monkeypatch):
    """The disk is full, then it is not: the deleted entry comes back."""
    log, (entry,) = UndoLog(), diary.entries()
    erase_entry(log, diary, entry.id)
    (deleted,) = log.of_day(1, date(2026, 5, 1))
    failing_once(monkeypatch, "put_back", FULL)
    with pytest.raises(DiaryFull):
        undo(log, diary, deleted.token)
    undo(log, diary, deleted.token)
    assert [one.record for one in diary.entries()] == [entry.record]
    with pytest.raises(NotInDiary):
        undo(log, diary, deleted.token)


@pytest.mark.parametrize(("error", "left", "undoable"), [(FULL, 1, 0), (HELD, 0, 1)], ids=["full", "held"])
def test_a_deletion_that_happened_can_be_undone_and_no_other(diary, monkeypatch, error, left, undoable):
    """An error after the deletion is no reason to forget what was deleted."""
    log, (entry,) = UndoLog(), diary.entries()
    failing_once(monkeypatch, "erase_entries", error)
    with pytest.raises(type(error)):
        erase_entry(log, diary, entry.id)
    assert (len(diary.entries()), len(log.of_day(1, date(2026, 5, 1)))) == (left, undoable)


def test_all_that_was_dropped_does_not_come_back(diary, monkeypatch):
    """Everything was erased while an undo failed: the log holds nothing again."""
    log, (entry,) = UndoLog(), diary.entries()
    erase_entry(log, diary, entry.id)
    (deleted,) = log.of_day(1, date(2026, 5, 1))
    taken = log.take(1, deleted.token)
    log.forget(1)
    log.keep(1, taken)
    assert log.of_day(1, date(2026, 5, 1)) == ()


@pytest.mark.parametrize(("error", "removed"), [(FULL, None), (HELD, 1)], ids=["full", "held"])
def test_an_import_that_could_not_be_removed_can_be_removed_later(store, diary, monkeypatch, error, removed):
    """What the page says was deleted is what was."""
    uploads, (entry,) = Uploads(store), diary.entries()
    uploads._report(1, Upload(Read(), Added(1, 0, (entry.id,))))
    failing_once(monkeypatch, "erase_entries", error)
    with pytest.raises(type(error)):
        uploads.remove(1)
    assert (uploads.last(1).removed, len(diary.entries())) == (removed, 1 - (removed or 0))
    uploads.remove(1)
    assert (uploads.last(1).removed, diary.entries()) == (1, ())
    uploads.close()
