"""What runs on each change: every Python that is claimed, and commands that there are."""

import json
import re
import tomllib

from .source import ROOT

WORKFLOW = (ROOT / ".github/workflows/tests.yml").read_text("utf-8")


def test_every_python_that_is_claimed_is_tested():
    """The classifiers of the package and the matrix name the same versions."""
    claimed = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]["classifiers"]
    versions = [one.rpartition(" ")[2] for one in claimed if re.search(r":: 3\.\d+$", one)]
    assert json.loads(re.search(r"python: (\[.*\])", WORKFLOW)[1]) == versions


def test_its_commands_are_targets_of_the_makefile():
    """And what it takes from elsewhere are the actions of GitHub itself."""
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text("utf-8"), re.MULTILINE))
    commands = re.findall(r"run: (.*)", WORKFLOW)
    assert {"make test", "make check", "make package", "make docs"} <= set(commands)
    assert all(command.startswith("make ") and command.split()[1] in targets for command in commands)
    assert all(used.startswith("actions/") for used in re.findall(r"uses: (.*)", WORKFLOW))
