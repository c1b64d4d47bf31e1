"""Files damaged by chance: whatever they have become, they give runs or one of our errors, soon.

`make fuzz` reads 20,000 of each format.
"""

import resource
import signal
from contextlib import contextmanager
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from tests.importers.fuzzing import SEEDS, mutation

from backstride.errors import BadInput
from backstride.importers.folder import import_path

HOME = ZoneInfo("UTC")
MAX_S, MAX_BYTES = 10, 512 * 2**20
SHARE = 500 // len(SEEDS)


@contextmanager
def little_time_and_memory():
    """Ends whatever asks for more than 512 MB beyond what is held now."""
    held = int(Path("/proc/self/statm").read_text().split()[0]) * resource.getpagesize()
    before = resource.getrlimit(resource.RLIMIT_AS)
    resource.setrlimit(resource.RLIMIT_AS, (held + MAX_BYTES, before[1]))
    alarm = signal.signal(signal.SIGALRM, signal.default_int_handler)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, alarm)
        resource.setrlimit(resource.RLIMIT_AS, before)


def hold(kind, numbers, path):
    """Read each mutation; what is no error of ours comes out with its number."""
    with little_time_and_memory():
        for number in numbers:
            path.write_bytes(mutation(kind, number))
            signal.alarm(MAX_S)
            try:
                sentences = told_of(path)
            except BaseException as error:
                error.add_note(f"{kind}, mutation {number}")
                raise
            assert all(sentence.isprintable() for sentence in sentences), number


def told_of(path):
    """What is said of a file that gave something, or why it gave nothing."""
    try:
        result = import_path(path, zone=HOME)
    except BadInput as error:
        return [str(error)]
    return [skip.sentence for skip in result.skipped]


@pytest.mark.parametrize("kind", SEEDS)
def test_the_sound_file_is_read(kind, tmp_path):
    """What the mutations are made of holds a run, or a check-in, that goes in."""
    (tmp_path / "a").write_bytes(SEEDS[kind])
    assert import_path(tmp_path / "a", zone=HOME).records.count


@pytest.mark.parametrize("kind", SEEDS)
def test_some_mutations_do_no_harm(kind, tmp_path):
    """A share of them at each run of the tests."""
    hold(kind, range(SHARE), tmp_path / "a")
