"""The lock of the app's deployment: everything that is needed, no older than may be, each file by its hash."""

import re
import tomllib

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from .source import ROOT

LOCKED = dict(
    re.findall(r"^([\w.-]+)==(\S+)", (ROOT / "requirements-app.txt").read_text(), flags=re.MULTILINE)
)


def test_everything_that_the_app_needs_is_locked_within_its_bounds():
    """A bound that is raised for a weakness reaches those who install from the lock, too."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    more = project["optional-dependencies"]
    needed = [Requirement(one) for one in (*project["dependencies"], *more["web"], *more["postgresql"])]
    found = {one.name: LOCKED.get(canonicalize_name(one.name), "") for one in needed}
    assert [one.name for one in needed if not one.specifier.contains(found[one.name])] == []


def test_every_locked_file_has_a_hash():
    """Whatever a registry gives, only what was seen here is installed."""
    entries = re.split(r"^(?=[\w.-]+==)", (ROOT / "requirements-app.txt").read_text(), flags=re.MULTILINE)[1:]
    assert len(entries) == len(LOCKED) > 20
    assert [entry.split("==")[0] for entry in entries if "--hash=sha256:" not in entry] == []
