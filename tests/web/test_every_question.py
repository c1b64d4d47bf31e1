"""Each question of the check-in is asked, kept, shown, given away and taken in: no layer forgets one."""

import csv
import io
import json
import re
import zipfile
from zoneinfo import ZoneInfo

import pytest

from backstride.core.check_in import QUESTIONS, CheckIn
from backstride.core.question import AnswerKind, Question
from backstride.diary.schema import OWNER
from backstride.importers.tables.tables import TABLES
from backstride.report.check_in_words import EVERY
from backstride.web.app import create_app

from .days import lived_today

SENT = {AnswerKind.RATING: "7", AnswerKind.COUNT: "3", AnswerKind.MINUTES: "35", AnswerKind.YES_NO: "yes"}
KEPT = {AnswerKind.RATING: 7.0, AnswerKind.COUNT: 3.0, AnswerKind.MINUTES: 35.0, AnswerKind.YES_NO: True}
VALUE = {AnswerKind.YES_NO: "valueBoolean", AnswerKind.CHOICE: "valueCodeableConcept"}


def sent(question: Question) -> str:
    """Answer it as a form does."""
    return SENT.get(question.kind) or list(question.choices)[-1]


@pytest.mark.parametrize("name", QUESTIONS)
def test_no_layer_forgets_a_question(owner, site, name: str) -> None:
    """Form, store, page of the day, JSON, table, dictionary, bundle and reader all know it."""
    question = QUESTIONS[name]
    kept = KEPT.get(question.kind, sent(question))
    assert f"name={name} " in owner.get("/").text
    owner.post("/check-in", {name: sent(question)})
    (entry,) = site.store.diary(OWNER).entries()
    assert isinstance(entry.record, CheckIn)
    assert getattr(entry.record, name) == kept
    page = owner.get(f"/diary/day/{lived_today()}").text
    asked = EVERY[name]
    assert asked.question(is_today=False) in page or f"{asked.label} {sent(question)}" in page
    (told,) = owner.client.get("/diary/entries.json").json()
    assert told["record"][name] == kept
    with zipfile.ZipFile(io.BytesIO(owner.client.get("/report/diary.zip").content)) as packed:
        table, bundle, columns = map(packed.read, ("check-ins.csv", "fhir-r4.json", "data-dictionary.txt"))
    (row,) = csv.DictReader(io.StringIO(table.decode()))
    assert row[name] == sent(question)
    assert re.search(rf"^check-ins.csv\t{name}\t\S", columns.decode(), re.MULTILINE)
    resources = [each["resource"] for each in json.loads(bundle)["entry"]]
    observed = [one for one in resources if one["resourceType"] == "Observation"]
    assert [VALUE.get(question.kind, "valueQuantity") in one for one in observed] == [True]
    (read,) = TABLES.read(table, name="check-ins.csv", zone=ZoneInfo("UTC")).records.check_ins
    assert getattr(read, name) == kept


def test_the_description_for_programs_names_every_question() -> None:
    """What each field takes, choices by their values."""
    described = json.dumps(create_app(None).openapi()["paths"]["/check-in"]["post"])
    for name, question in QUESTIONS.items():
        assert f'"{name}"' in described
        assert all(f'"{value}"' in described for value in question.choices)


def test_the_form_asks_nothing_else() -> None:
    """Its words and the declarations are in step."""
    assert set(EVERY) == set(QUESTIONS)
    choices = {name: tuple(asked.options) for name, asked in EVERY.items() if QUESTIONS[name].choices}
    assert all(
        [value for value, _ in options] == list(QUESTIONS[name].choices) for name, options in choices.items()
    )
