"""Making people up, as files."""

import json

import pytest

from backstride.services.read_files import read_paths
from backstride.services.simulate import made_up_person, simulate


@pytest.mark.parametrize("as_fit", [False, True])
def test_what_is_written_reads_back(as_fit, tmp_path):
    """The files of a simulated person hold what the person told, as tables and as watch files."""
    made = simulate(tmp_path / "one", seed=3, days=40, as_fit=as_fit)
    read = read_paths([made.records], zone=made_up_person(seed=3)[0].zone)
    assert read.skipped == ()
    assert [c.pain for c in read.records.check_ins] == [c.pain for c in made.counts.check_ins]
    assert [r.start for r in read.records.runs] == [r.start for r in made.counts.runs]
    assert len(read.records.measurements) == len(made.counts.measurements)


def test_the_truth_lies_outside_the_records(tmp_path):
    """The truth is written beside the folder that is read, never into it."""
    made = simulate(tmp_path / "one", seed=3, days=40, effect=0.5)
    truth = json.loads(made.truth_file.read_text())
    assert truth["delta_season"] == pytest.approx(0.5, abs=1e-3)
    assert made.truth_file.parent == made.records.parent
