"""Work in the background that meets a defect: the log says where, the person hears of it, and it ends."""

from zoneinfo import ZoneInfo

import pytest

from backstride.diary.opening import open_store
from backstride.diary.schema import OWNER
from backstride.errors import WorkFailed
from backstride.runtime.logs import Plain
from backstride.services import answers, giving, uploads

ZONE = ZoneInfo("Europe/Berlin")
WORDS = "note: my knee hurts"


@pytest.fixture
def store(tmp_path):
    """A store with an empty diary."""
    with open_store(tmp_path / "diary.sqlite") as opened:
        yield opened


def breaks(*_given, **_named):
    """What nobody expected."""
    raise ValueError(WORDS)


def fails(*_given, **_named):
    """What a process apart reports of such an error."""
    raise WorkFailed("The program met an error of its own.", advice="Ask.")


def is_logged(caplog) -> bool:
    """Whether a line names the error by its places, and none by its words."""
    lines = " ".join(Plain().format(record) for record in caplog.records)
    return "ValueError; " in lines and "breaks" in lines and "knee" not in lines


def test_an_import(store, monkeypatch, caplog, tmp_path):
    """The page says that something went wrong."""
    monkeypatch.setattr(uploads, "split_archives", breaks)
    site = uploads.Uploads(store)
    incoming = site.expect(OWNER, size=10)
    incoming.begin_file("a.csv")
    incoming.write(b"a")
    with pytest.raises(ValueError, match="knee"):
        site.begin(OWNER, incoming, zone=ZONE).result()
    assert (is_logged(caplog), site.last(OWNER).problem) == (True, uploads._DEFECT)
    site.close()


def test_a_contribution(store, monkeypatch, caplog):
    """It is not worked out for ever."""
    monkeypatch.setattr(giving, "run_in_subprocess", breaks)
    made = giving.Giving(store)
    made.begin(OWNER, zone=ZONE, traits={})
    with pytest.raises(ValueError, match="knee"):
        made.wait()
    assert (is_logged(caplog), made.preview(OWNER).working) == (True, False)
    made.close()


def test_an_answer_that_cannot_be_kept(store, monkeypatch, caplog):
    """It is not begun anew with the next look at the page."""
    monkeypatch.setattr(answers, "run_in_subprocess", breaks)
    made, looks = answers.Answers(store, clock=lambda: 0.0), []
    assert made.answer(OWNER, zone=ZONE).working
    with pytest.raises(ValueError, match="knee"):
        made.wait()
    monkeypatch.setattr(answers, "run_in_subprocess", lambda *_, **__: looks.append(1))
    assert (made.answer(OWNER, zone=ZONE).interrupted, looks, is_logged(caplog)) == (True, [], True)
    made.close()


def test_an_answer_that_fails_by_the_program(store, monkeypatch):
    """It is asked once for these records, and the page says why there is none."""
    asked = []
    monkeypatch.setattr(answers, "run_in_subprocess", lambda *_, **__: asked.append(1) or fails())
    made = answers.Answers(store)
    for _ in range(3):
        found = made.answer(OWNER, zone=ZONE)
        made.wait()
    assert (len(asked), found.is_current, "error of its own" in found.cached.problem) == (1, True, True)
    made.close()
