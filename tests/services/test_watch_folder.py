"""A watched folder: files go in when they are whole, each once."""

from zoneinfo import ZoneInfo

import pytest
from tests.importers import archives as made

from backstride.errors import BadInput, NotReadable
from backstride.importers.archives.zip_guard import Allowance
from backstride.importers.backends.base import FileOnDisk
from backstride.importers.backends.in_process import InProcessBackend
from backstride.services import watch_folder as watch
from backstride.services.caching_backend import CachingBackend
from backstride.testing.fit_file import write_fit

HOME = ZoneInfo("UTC")


@pytest.fixture
def watched(tmp_path, monkeypatch):
    """A function that watches a folder while steps happen in it, one a pause, and gives what came of it."""
    monkeypatch.setattr(watch, "default_backend", InProcessBackend)

    def through(*steps):
        left = [*steps, None, None]

        def pause(seconds):
            step = left.pop(0)
            if step is not None:
                step()

        with pytest.raises(IndexError):  # no step is left: nobody watches any more
            outcomes.extend(
                watch.watching(tmp_path / "in", zone=HOME, diary=str(tmp_path / "d"), pause=pause)
            )
        return outcomes

    outcomes = []
    (tmp_path / "in").mkdir()
    return through


def test_what_is_put_there_goes_in_once(watched, tmp_path):
    """A run that lay there, then a zip, then nothing new: two imports, and the second adds what is new."""
    (tmp_path / "in" / "a.fit").write_bytes(write_fit(made.FIRST))
    later = made.zipped({"b.fit": write_fit(made.days_later(2))})
    first, second = watched(None, lambda: (tmp_path / "in" / "b.zip").write_bytes(later), None)
    assert [first.added.new, second.added.new] == [1, 2]  # the second: a run, and the day of rest between
    assert second.added.already_there == 1


def test_a_growing_file_is_left_until_it_is_whole(watched, tmp_path):
    """Its size changes from look to look; the others do not wait for it."""
    whole = write_fit(made.FIRST)
    (tmp_path / "in" / "a.fit").write_bytes(write_fit(made.days_later(3)))
    growing = tmp_path / "in" / "b.fit"
    steps = [lambda end=end: growing.write_bytes(whole[:end]) for end in (60, 120, len(whole))]
    first, second = watched(*steps)
    assert [len(one.read.records.runs) for one in (first, second)] == [1, 2]
    assert "still being written" in first.read.skipped[0].why


def test_a_file_that_cannot_be_used_ends_nothing(watched, tmp_path):
    """It is told, and the next one goes in."""
    (tmp_path / "in" / "a.fit").write_bytes(b"%PDF-1.7")
    run = write_fit(made.FIRST)
    first, second = watched(None, lambda: (tmp_path / "in" / "b.fit").write_bytes(run))
    assert isinstance(first, BadInput)
    assert second.added.new == 1


def test_only_a_folder_can_be_watched(tmp_path):
    """A file is imported, not watched."""
    (tmp_path / "a.fit").write_bytes(b"x")
    with pytest.raises(NotReadable, match="not a folder"):
        next(watch.watching(tmp_path / "a.fit", zone=HOME))


def test_what_stays_as_it_is_is_read_once(tmp_path):
    """A backend that remembers asks the other one only for what is new or has changed."""
    asked = []

    class Counting(InProcessBackend):
        def read(self, places, *, zone):
            asked.append([place.name for place in places])
            return super().read(places, zone=zone)

    path = tmp_path / "a.fit"
    path.write_bytes(write_fit(made.FIRST))
    backend = CachingBackend(Counting())
    for stamp in ((1, 1), (1, 1), (2, 2)):
        backend.stable_files = {path: stamp}
        (taken,) = backend.read(
            backend.list_members(FileOnDisk(path, "a.fit"), Allowance()).members, zone=HOME
        )
        assert len(taken.result.records.runs) == 1
    assert asked == [["a.fit"], [], ["a.fit"]]
