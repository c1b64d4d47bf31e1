"""The short example goes the whole way."""

import runpy

import pytest

from backstride.services.simulate import simulate


@pytest.fixture
def one_person(root):
    """The function of the example."""
    return runpy.run_path(str(root / "examples" / "one_person.py"))["one_person"]


def test_the_example_answers(one_person, tmp_path):
    """Given a folder of records it says one sentence and writes the page."""
    made = simulate(tmp_path / "somebody", seed=1, days=60)
    said = one_person(made.records, tmp_path / "out")
    assert "A week of running" in said
    assert (tmp_path / "out" / "report.html").stat().st_size > 10_000
    assert (tmp_path / "out" / "answer.json").stat().st_size > 1_000


def test_the_example_says_what_is_missing(one_person, tmp_path):
    """Without records it raises the family's error."""
    with pytest.raises(Exception, match="empty"):
        one_person(tmp_path, tmp_path / "out")
