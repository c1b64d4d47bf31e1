"""The page on the diary format and the code say the same."""

import re
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backstride.core.measurement import FORMS as MEASURES
from backstride.importers.tables.forms import Form, placed
from backstride.importers.tables.tables import FORMS, TABLES

PAGE = (Path(__file__).parents[2] / "docs" / "diary-format.md").read_text(encoding="utf-8")
HEADINGS = {
    "check-ins": "Check-ins",
    "runs": "Runs",
    "measurements": "Measurements",
    "covered days": "Covered days",
    "pain before runs": "Pain before runs",
    "Roland-Morris questionnaires": "Roland-Morris questionnaire",
    "draws": "Draws",
    "steps of the plan": "Steps of the plan",
}
BERLIN = ZoneInfo("Europe/Berlin")


def part(form: Form) -> str:
    """The part of the page on one table."""
    return PAGE.split(f"\n## {HEADINGS[form.what]}\n")[1].split("\n## ")[0]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.what)
def test_the_page_names_every_column_and_no_other(form: Form) -> None:
    """Column by column, in order."""
    told = re.findall(r"^\| `(\w+)` \|", part(form), re.MULTILINE)
    assert told == [column.name for column in form.columns]


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.what)
def test_every_other_name_on_the_page_is_known(form: Form) -> None:
    """What the page calls another name of a column is one."""
    for name, others in re.findall(r"^\| `(\w+)` \|.*\| (.*) \|$", part(form), re.MULTILINE):
        for other in filter(None, others.strip().split(", ")):
            assert placed(form, [other]) == {name: 0}


@pytest.mark.parametrize("form", FORMS, ids=lambda form: form.what)
def test_every_example_on_the_page_reads_whole(form: Form) -> None:
    """No row of an example is skipped, no column of it unknown."""
    (example,) = re.findall(r"```csv\n(.*?)```", part(form), re.DOTALL)
    result = TABLES.read(example.encode(), name="example.csv", zone=BERLIN)
    assert result.skipped == ()
    assert not [note for note in result.notes if "not used" in note]


def test_every_kind_of_measurement_is_on_the_page() -> None:
    """All seven, by the names under which they are stored."""
    assert [kind for kind in MEASURES if f"`{kind.value}`" not in PAGE] == []
