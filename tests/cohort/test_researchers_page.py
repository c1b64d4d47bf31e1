"""The page for researchers: what it shows works, and every column of the table is explained."""

import csv
import os
import re
import subprocess
import sys
import tomllib
from fnmatch import fnmatch
from pathlib import Path

import pytest
from cohort_people import NOW

from backstride.cohort.columns import COLUMNS
from backstride.cohort.store import CohortStore, unpacked
from backstride.services.cohort import take_in


@pytest.fixture
def page(root):
    """Its text."""
    return (root / "docs" / "researchers.md").read_text(encoding="utf-8")


def block(page, language):
    """The first block of the page in this language."""
    return re.search(rf"```{language}\n(.*?)```", page, flags=re.DOTALL)[1]


def test_the_whole_way_works(page, tmp_path):
    """The shell lines of the page, run as they stand, give one row a person with a posterior in it."""
    path = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])
    ran = subprocess.run(
        ["/bin/sh", "-euc", block(page, "sh")],
        cwd=tmp_path,
        env=os.environ | {"PATH": path},
        capture_output=True,
        text=True,
    )
    assert ran.returncode == 0, ran.stderr
    assert len(block(page, "sh").splitlines()) <= 30
    with (tmp_path / "study" / "answers.csv").open() as file:
        rows = list(csv.DictReader(file))
    assert [row["id"] for row in rows] == ["person-1", "person-2", "person-3"]
    assert all(not row["error"] and float(row["week_sd"]) > 0 and row["week_tier"] == "B" for row in rows)


def test_the_lines_of_python_work(page, tmp_path, monkeypatch, capsys):
    """They take one person in."""
    monkeypatch.chdir(tmp_path)
    exec(block(page, "python"), {})
    assert capsys.readouterr().out == "1 people; 1 new; 0 could not be used\n"


def test_the_map_fits_its_export(page, tmp_path):
    """The example of a map reads the example of an export."""
    (tmp_path / "redcap.csv").write_text(block(page, "csv"))
    taken = take_in(
        tmp_path / "redcap.csv", tmp_path / "s", table_map=tomllib.loads(block(page, "toml")), now=NOW
    )
    assert taken.refused == ()
    with CohortStore(tmp_path / "s") as store:
        (person,) = store.people()
    records = unpacked(person.packed)
    assert (len(records.check_ins), len(records.runs), len(records.covered)) == (2, 1, 2)


def test_every_column_is_explained(page):
    """Each column of the table stands on the page, by its name or by its pattern."""
    named = set(re.findall(r"`([\w*.]+)`", page))
    patterns = {name.replace("*", "?*").replace("...", "*") for name in named} | {"*_low_??", "*_high_??"}
    assert [name for name in COLUMNS if not any(fnmatch(name, one) for one in patterns)] == []
