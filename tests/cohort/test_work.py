"""The work of a cohort on processes of this machine: killed on the way, nothing is lost and nothing is done twice."""

import os
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from pathlib import Path

import cohort_work
import pytest
from cohort_people import answers_in, keys_of, store_of, stored, until

from backstride.cohort import person_answer
from backstride.cohort.engines import Engine, engine_from_text
from backstride.cohort.person_answer import AnswerSettings, answer_key, answer_tasks, task_of
from backstride.cohort.store import CohortStore
from backstride.cohort.work import work_out
from backstride.errors import BadValue

SETTINGS = AnswerSettings()
TWO = Engine(workers=2)
DRIVER = """
import sys
from pathlib import Path
import cohort_work
from backstride.cohort.engines import Engine
from backstride.cohort.person_answer import AnswerSettings
from backstride.cohort.store import CohortStore
from backstride.cohort.work import work_out
if __name__ == "__main__":
    with CohortStore(Path(sys.argv[1])) as store:
        work_out(store, AnswerSettings(), Engine(workers=2), work=cohort_work.answered)
"""


def is_running(pid):
    """Whether a process still runs; one that nobody has collected yet does not."""
    try:
        os.kill(pid, 0)
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0] != "Z"
    except (ProcessLookupError, FileNotFoundError):
        return False


def test_everybody_is_answered_once(tmp_path, answered_keys):
    """Each diary is answered by one worker, once; a second call has nothing left to do."""
    folder = store_of(tmp_path / "store", 9)
    with CohortStore(folder) as store:
        assert work_out(store, SETTINGS, TWO, work=cohort_work.answered) == 9
        assert work_out(store, SETTINGS, TWO, work=cohort_work.answered) == 0
    assert answered_keys() == keys_of(9)


def test_people_with_the_same_records_share_an_answer(tmp_path, answered_keys):
    """What two people have in common is worked out once; another seed is another question."""
    with CohortStore(tmp_path / "store", create=True) as store:
        twin = stored(1)
        for name in ("a", "b"):
            store.put_person(type(twin)(name, twin.zone, twin.fingerprint, {}, (), "", twin.packed))
        assert work_out(store, SETTINGS, TWO, work=cohort_work.answered) == 1
        assert work_out(store, AnswerSettings(seed=2), TWO, work=cohort_work.answered) == 1
    assert len(answered_keys()) == 2


def test_what_other_code_answered_is_answered_again(tmp_path, answered_keys, monkeypatch):
    """One letter changed in the code that answers: no row of the old code is taken for one of the new."""
    with CohortStore(store_of(tmp_path / "store", 2)) as store:
        assert work_out(store, SETTINGS, TWO, work=cohort_work.answered) == 2
        monkeypatch.setattr(person_answer, "code_of", lambda _: "0123456789abcdef")
        assert work_out(store, SETTINGS, TWO, work=cohort_work.answered) == 2
    assert len(set(answered_keys())) == 4


def test_a_worker_with_other_code_answers_nothing():
    """Its row would be kept as one of the code that asked."""
    task = task_of(stored(1), SETTINGS)
    with pytest.raises(BadValue, match="Install the same on all machines"):
        answer_tasks([task, replace(task, code="0123456789abcdef")], SETTINGS)


def test_a_diary_that_ends_its_worker_stops_no_other(tmp_path, notes):
    """It is tried three times, at last alone, and listed; all others are answered."""
    with CohortStore(store_of(tmp_path / "store", 6, deadly=2)) as store:
        assert work_out(store, SETTINGS, TWO, work=cohort_work.deadly) == 5
        lost = answer_key(stored(2, "Europe/Paris"), SETTINGS)
        assert "lost 3 times, alone at last" in store.lost(lost)
        assert work_out(store, SETTINGS, TWO, work=cohort_work.answered) == 1, "a later call tries it anew"
        assert store.lost(lost) == ""


def test_a_defect_met_by_one_diary_stops_no_other(tmp_path, notes):
    """An error that nobody expected is listed by its name, and the workers go on."""
    with CohortStore(store_of(tmp_path / "store", 5, deadly=0)) as store:
        assert work_out(store, SETTINGS, TWO, work=cohort_work.raising) == 4
        assert "ZeroDivisionError: by zero" in store.lost(answer_key(stored(0, "Europe/Paris"), SETTINGS))


def test_a_worker_killed_at_half_loses_nothing(tmp_path, notes, answered_keys, monkeypatch):
    """The diaries in hand go out again: every answer is there, and only those in hand were begun twice."""
    monkeypatch.setenv("COHORT_SECONDS", "0.05")
    folder = store_of(tmp_path / "store", 30)
    killed = []

    def kill_one(done, _of):
        if done >= 15 and not killed:
            killed.append(int(next(notes.iterdir()).name))
            os.kill(killed[0], signal.SIGKILL)

    with CohortStore(folder) as store:
        made = work_out(store, SETTINGS, TWO, work=cohort_work.answered, progress=kill_one)
    assert (len(killed), made, answers_in(folder, 30)) == (1, 30, 30)
    assert sum(Counter(answered_keys()).values()) - 30 <= 4


def test_a_driver_killed_at_half_goes_on_from_there(tmp_path, notes, answered_keys, monkeypatch):
    """What was kept is not done again, and no worker outlives the driver."""
    monkeypatch.setenv("COHORT_SECONDS", "0.05")
    folder = store_of(tmp_path / "store", 30)
    driver = subprocess.Popen([sys.executable, "-c", DRIVER, str(folder)])
    until(lambda: answers_in(folder, 30) >= 15)
    workers = [int(note.name) for note in notes.iterdir()]
    driver.kill()
    driver.wait()
    until(lambda: not any(map(is_running, workers)))
    kept = answers_in(folder, 30)
    with CohortStore(folder) as store:
        assert work_out(store, SETTINGS, TWO, work=cohort_work.answered) == 30 - kept
    assert answers_in(folder, 30) == 30
    assert sorted(set(answered_keys())) == keys_of(30)


@pytest.mark.parametrize("text", ["remote", "http://here", ""])
def test_an_engine_that_is_not_there_is_refused(text):
    """The sentence names those that are."""
    with pytest.raises(BadValue, match="Give local"):
        engine_from_text(text, workers=None, folder=Path())
