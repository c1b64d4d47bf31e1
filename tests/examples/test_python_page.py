"""The page on use from Python: its examples run, and it leaves no public name out."""

import re

import pytest

import backstride
from backstride.services.simulate import simulate

PAGE = "docs/python.md"


@pytest.fixture
def few_draws(monkeypatch):
    """Few draws: what is shown is that the examples run, not what comes out."""
    from backstride.answer import panel

    monkeypatch.setattr(panel, "DRAWS", (60,))


@pytest.mark.usefixtures("few_draws")
def test_every_example_runs(root, tmp_path, monkeypatch, capsys):
    """The examples run from top to bottom on the records of a simulated person."""
    simulate(tmp_path / "person", seed=1, days=50)
    (tmp_path / "person" / "records").rename(tmp_path / "my-diary")
    monkeypatch.chdir(tmp_path)
    blocks = re.findall(r"```python\n(.*?)```", (root / PAGE).read_text(encoding="utf-8"), flags=re.DOTALL)
    names: dict[str, object] = {}
    for block in blocks:
        exec(compile(block, PAGE, "exec"), names)
    said = capsys.readouterr().out
    assert "week: " in said  # which verdict so few draws give is chance
    assert "Rated mornings so far: 2." in said


def test_no_public_name_is_left_out(root):
    """Every name of the public API stands on the page as code."""
    page = (root / PAGE).read_text(encoding="utf-8")
    code = "\n".join(re.findall(r"```python\n.*?```|`[^`\n]+`", page, flags=re.DOTALL))
    assert [name for name in backstride.__all__ if not re.search(rf"\b{name}\b", code)] == []
