"""Whatever somebody made to harm: one of our errors or what could be saved, soon, in little memory, in a sentence."""

from zoneinfo import ZoneInfo

import pytest
from tests.importers import hostile

from backstride.errors import BadInput
from backstride.importers.folder import import_path
from backstride.services.read_tasks import Limits
from backstride.services.subprocess_backend import SubprocessBackend

HOME = ZoneInfo("UTC")
LITTLE = Limits(memory_mb=512, cpu_s=10, list_cpu_s=10)
"""The program that reads is in the 512 MB, too."""
LOST = ("stopped the process", "takes longer", "needs more memory")
MAX_SENTENCE_LENGTH = 500
OUR_WORDS = ("Traceback", "Error", "Exception", "0x", "NoneType", "nan ")


@pytest.fixture(scope="module")
def backend():
    """One process that reads them all, begun anew only where it was lost."""
    with SubprocessBackend(limits=LITTLE) as backend:
        yield backend


@pytest.mark.parametrize("name", hostile.FILES)
def test_a_hostile_file_does_no_harm(name, backend, tmp_path):
    """It is read within 10 s and 512 MB by a process that goes on, and what is said of it can be understood."""
    (tmp_path / "it").write_bytes(hostile.FILES[name]())
    sentences = told_of(tmp_path / "it", backend)
    assert not any(lost in sentence for sentence in sentences for lost in LOST)
    for sentence in sentences:
        assert sentence.endswith(".")
        assert sentence.isprintable()
        assert len(sentence) <= MAX_SENTENCE_LENGTH
        assert not any(word in sentence for word in OUR_WORDS)


def told_of(path, backend):
    """The reason why it gave nothing, or what is said of what was left out and assumed."""
    try:
        result = import_path(path, zone=HOME, backend=backend)
    except BadInput as error:
        return [str(error)]
    assert all(0 < run.moving_s < 3 * 86_400 for run in result.records.runs)
    return [skip.sentence for skip in result.skipped] + list(result.notes)


def test_a_line_of_a_gigabyte_is_not_even_read(backend, tmp_path):
    """Its size is looked at first."""
    hostile.sparse_line(tmp_path / "a.csv")
    assert "larger than" in told_of(tmp_path / "a.csv", backend)[0]


def test_there_are_many():
    """At least sixty kept ways to harm, beside the archives."""
    assert len(hostile.FILES) >= 60
