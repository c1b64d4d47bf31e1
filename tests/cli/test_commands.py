"""The commands, end to end, without sampling."""

import subprocess
import sys

import pytest

import backstride as front_door
from backstride.cli.main import COMMANDS
from backstride.services.simulate import RECORDS_FOLDER

NOT_FOR_HELP = {"numba", "numpy", "sqlalchemy", "rich", "alembic"}


@pytest.fixture
def somebody(backstride, tmp_path):
    """A folder with the records of a simulated person."""
    assert backstride("simulate", tmp_path / "somebody", "--days", "30").code == 0
    return tmp_path / "somebody" / RECORDS_FOLDER


@pytest.mark.parametrize("words", [[], *([name] for name in COMMANDS)], ids=str)
def test_help_loads_nothing_heavy(words):
    """Help is quick because neither numbers, store nor pictures are loaded for it."""
    code = (
        "import sys; from backstride.cli.main import main\n"
        f"try: main({[*words, '--help']!r})\nexcept SystemExit as end: assert end.code == 0, end.code\n"
        f"print('LOADED', sorted({NOT_FOR_HELP!r} & set(sys.modules)))"
    )
    said = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert said.stdout.endswith("LOADED []\n")
    assert "Usage: backstride" in said.stdout


def test_the_version_is_said(backstride):
    """--version names the program and a version."""
    assert backstride("--version").out.startswith("backstride, version ")


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_an_example(backstride, name):
    """The help of every command shows how it is typed."""
    said = backstride(name, "--help")
    assert said.code == 0
    assert f"backstride {name} " in said.out.partition("Example")[2]


def test_importing_twice_keeps_everything_once(backstride, somebody):
    """The second import of a folder finds nothing new."""
    assert backstride("import", somebody).code == 0
    assert "New in the diary: 0." in backstride("import", somebody).out


def test_what_is_exported_reads_back(backstride, somebody, tmp_path):
    """An export, imported into the same diary, brings nothing new."""
    backstride("import", somebody)
    assert backstride("export", tmp_path / "out").code == 0
    assert "New in the diary: 0." in backstride("import", tmp_path / "out").out


def test_a_person_is_written_as_watch_files(backstride, tmp_path):
    """With --fit the runs come as FIT files that read back as many."""
    made = backstride("simulate", tmp_path / "one", "--days", "30", "--fit")
    read = backstride("import", tmp_path / "one" / RECORDS_FOLDER)
    assert list((tmp_path / "one" / RECORDS_FOLDER).glob("*.fit"))
    assert read.out.startswith("Read " + made.out.removeprefix("Made up a person: ").partition(", in ")[0])


def test_erasing_asks_first(backstride, somebody):
    """Without a yes nothing is erased."""
    backstride("import", somebody)
    assert "Nothing was erased." in backstride("erase", answers="n\n").out
    assert backstride("erase", "--yes").code == 0


def test_a_day_can_be_erased(backstride, somebody):
    """Erasing one day leaves the others."""
    backstride("import", somebody)
    assert backstride("erase", "--day", "2025-01-10", "--yes").code == 0
    assert backstride("erase", "--day", "2025-01-10", "--yes").code == 2
    assert "Erased" in backstride("erase", "--day", "2025-01-11", "--yes").out


def test_an_empty_diary_says_how_to_fill_it(backstride, tmp_path):
    """Nothing can be exported from, erased in, or asked of an empty diary."""
    for words in (("export", tmp_path / "out"), ("erase", "--yes"), ("answer", "--diary")):
        said = backstride(*words)
        assert said.code == 2
        assert "diary" in said.err


def test_answer_needs_to_know_whose(backstride):
    """Without records, `answer` says which three ways there are."""
    said = backstride("answer")
    assert said.code == 2
    assert "a FOLDER, --diary, or --simulated" in said.err


def test_a_stop_is_clean(backstride, monkeypatch, tmp_path):
    """Ctrl-C ends with 130 and one word, no traceback."""

    def stop(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("backstride.services.read_files.read_paths", stop)
    said = backstride("answer", tmp_path)
    assert (said.code, said.err.strip()) == (130, "Stopped.")


def test_a_defect_is_one_plain_line(backstride, monkeypatch, tmp_path):
    """An unexpected error ends with 1, names itself, and says how to report it."""

    def break_down(*_, **__):
        raise ZeroDivisionError("by zero")

    monkeypatch.setattr("backstride.services.read_files.read_paths", break_down)
    said = backstride("answer", tmp_path)
    assert said.code == 1
    assert "ZeroDivisionError: by zero" in said.err
    assert "Traceback" not in said.err
    assert "Traceback" in backstride("--debug", "answer", tmp_path).err


def test_every_name_of_the_front_door_opens():
    """Each name of the front door leads somewhere."""
    assert all(getattr(front_door, name) is not None for name in front_door.__all__)
