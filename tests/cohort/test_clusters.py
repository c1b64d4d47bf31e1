"""The same work on a real Dask cluster of this machine, and as jobs of submitit: nothing lost, nothing twice."""

import os
import signal
import subprocess
import sys

import cohort_work
import pytest
from cohort_people import answers_in, keys_of, store_of, until

from backstride.cohort.engines import Engine, engine_from_text, running
from backstride.cohort.person_answer import AnswerSettings
from backstride.cohort.store import CohortStore
from backstride.cohort.work import work_out
from backstride.errors import BadValue

SETTINGS = AnswerSettings()
PEOPLE = 40
DRIVER = """
import sys
from pathlib import Path
import cohort_work
from backstride.cohort.engines import Engine
from backstride.cohort.person_answer import AnswerSettings
from backstride.cohort.store import CohortStore
from backstride.cohort.work import work_out
with CohortStore(Path(sys.argv[1])) as store:
    work_out(store, AnswerSettings(), Engine("dask", sys.argv[2], 2, 2), work=cohort_work.answered)
"""
pytestmark = [pytest.mark.slow, pytest.mark.filterwarnings("ignore")]


@pytest.fixture
def cluster(notes, monkeypatch):
    """A scheduler and two worker processes, whose nannies start them anew."""
    distributed = pytest.importorskip("distributed")
    monkeypatch.setenv("COHORT_SECONDS", "0.1")
    with distributed.LocalCluster(
        n_workers=2, threads_per_worker=1, processes=True, dashboard_address=None
    ) as found:
        yield found


def test_a_dask_worker_killed_at_half_loses_nothing(cluster, tmp_path, notes, answered_keys):
    """The scheduler gives its diaries to the other worker: all are answered, and few are begun twice."""
    folder = store_of(tmp_path / "store", PEOPLE)
    killed = []

    def kill_one(done, _of):
        if done >= PEOPLE // 2 and not killed:
            killed.append(int(next(notes.iterdir()).name))
            os.kill(killed[0], signal.SIGKILL)

    engine = Engine("dask", cluster.scheduler_address, 2, 2)
    with CohortStore(folder) as store:
        made = work_out(store, SETTINGS, engine, work=cohort_work.answered, progress=kill_one)
    assert (len(killed), made, answers_in(folder, PEOPLE)) == (1, PEOPLE, PEOPLE)
    assert sorted(set(answered_keys())) == keys_of(PEOPLE)
    assert len(answered_keys()) - PEOPLE <= 8


def test_a_driver_of_dask_killed_at_half_goes_on_from_there(cluster, tmp_path, answered_keys):
    """The cluster lives on without it; the next driver does what is left, and nothing else."""
    folder = store_of(tmp_path / "store", PEOPLE)
    driver = subprocess.Popen([sys.executable, "-c", DRIVER, str(folder), cluster.scheduler_address])
    until(lambda: answers_in(folder, PEOPLE) >= PEOPLE // 2)
    driver.kill()
    driver.wait()
    left = PEOPLE - answers_in(folder, PEOPLE)
    with CohortStore(folder) as store:
        engine = Engine("dask", cluster.scheduler_address, 2, 2)
        assert work_out(store, SETTINGS, engine, work=cohort_work.answered) == left
    assert answers_in(folder, PEOPLE) == PEOPLE
    assert len(answered_keys()) - PEOPLE <= 8


def test_a_diary_that_ends_dask_workers_is_listed(cluster, tmp_path, notes):
    """All others are answered."""
    with CohortStore(store_of(tmp_path / "store", 6, deadly=2)) as store:
        engine = Engine("dask", cluster.scheduler_address, 2, 1)
        assert work_out(store, SETTINGS, engine, work=cohort_work.deadly) == 5


def test_a_scheduler_that_does_not_answer_is_told():
    """The sentence says how to start one."""
    pytest.importorskip("distributed")
    engine = engine_from_text("tcp://127.0.0.1:9", workers=None, folder=None)
    with pytest.raises(BadValue, match="No Dask scheduler answers"), running(engine):
        pass


def test_jobs_of_submitit_do_the_same(tmp_path, answered_keys):
    """Submitted as jobs, twenty diaries each, everybody is answered once."""
    pytest.importorskip("submitit")
    folder = store_of(tmp_path / "store", PEOPLE)
    engine = Engine("slurm", workers=2, chunk=20, folder=tmp_path / "jobs", cluster="local")
    with CohortStore(folder) as store:
        assert work_out(store, SETTINGS, engine, work=cohort_work.answered) == PEOPLE
    assert answered_keys() == keys_of(PEOPLE)
