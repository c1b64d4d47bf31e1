"""Every program under benchmarks can be started."""

import sys
from pathlib import Path

import pytest

FOLDER = Path(__file__).parents[2] / "benchmarks"
PROGRAMS = sorted(path.stem for path in FOLDER.glob("*.py"))
ASKABLE = sorted(one for one in PROGRAMS if "ArgumentParser(" in (FOLDER / f"{one}.py").read_text())


@pytest.mark.parametrize("name", PROGRAMS)
def test_every_module_imports(program, name):
    """What it takes from the product is still there, under that name."""
    assert program(name).__doc__


@pytest.mark.parametrize("name", ASKABLE)
def test_every_program_explains_itself(program, name, monkeypatch, capsys):
    """`--help` ends well and says how it is called."""
    monkeypatch.setattr(sys, "argv", [f"{name}.py", "--help"])
    with pytest.raises(SystemExit) as ended:
        program(name).main()
    assert not ended.value.code
    assert "usage:" in capsys.readouterr().out
