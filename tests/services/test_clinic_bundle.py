"""The bundle for a clinic's software: read by an independent library, and no more in it than was told."""

import json
from base64 import b64decode
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest
from fhir.resources.R4B.bundle import Bundle

from backstride.core.check_in import CheckIn
from backstride.core.clearance import Reply
from backstride.core.records import Records
from backstride.core.scales import PainRating
from backstride.diary.opening import open_store
from backstride.diary.schema import OWNER
from backstride.screening.items import ITEMS
from backstride.screening.occasions import Occasion
from backstride.services.clinic_bundle import clinic_bundle
from backstride.services.clinician_report import clinician_report
from backstride.services.screen import SafetyAnswers
from backstride.services.screening_service import store_answers_for

NOW = datetime(2026, 5, 2, 8, tzinfo=UTC)
TODAY = date(2026, 5, 2)
OPEN, YES = ITEMS[0].key, ITEMS[1].key


@pytest.fixture
def made(tmp_path):
    """The bundle of a diary of one check-in and one time of safety answers, as resources by their kind."""
    with open_store(str(tmp_path / "diary.sqlite")) as store:
        check_in = CheckIn(moment=NOW, pain=PainRating(3), mood=6.5, leg_symptoms=False, note='a "note" <b>')
        store.diary(OWNER).add(Records((check_in,)), source="test", now=NOW)
        replies = {item.key: Reply.NO for item in ITEMS if item.key != OPEN} | {YES: Reply.YES}
        answers = SafetyAnswers(replies)
        store_answers_for(store, OWNER, answers, occasion=Occasion.START, today=TODAY, now=NOW)
        report = clinician_report(store, OWNER, today=TODAY, zone=ZoneInfo("UTC"))
        text = clinic_bundle(store, OWNER, report, now=NOW)
        assert clinic_bundle(store, OWNER, report, now=NOW) == text
    found = {}
    for entry in json.loads(text)["entry"]:
        found.setdefault(entry["resource"]["resourceType"], []).append(entry["resource"])
    return found | {"text": text}


def test_it_is_fhir(made):
    """An independent library reads every resource; each is of the one person, who has no name in it."""
    read = Bundle.model_validate_json(made["text"])
    people = [one.fullUrl for one in read.entry if one.resource.get_resource_type() == "Patient"]
    others = [one.resource for one in read.entry if one.resource.get_resource_type() != "Patient"]
    assert {one.subject.reference for one in others} == set(people)
    assert made["Patient"][0].keys() == {"resourceType", "id"}


def test_a_check_in_is_a_form_and_its_observations_name_it(made):
    """Each answer under the name of its field; what was not answered is not there."""
    form, _safety = made["QuestionnaireResponse"]
    answers = {one["linkId"]: one["answer"][0] for one in form["item"]}
    assert answers == {
        "pain": {"valueDecimal": 3.0},
        "mood": {"valueDecimal": 6.5},
        "leg_symptoms": {"valueBoolean": False},
        "note": {"valueString": 'a "note" <b>'},
    }
    sources = {one["derivedFrom"][0]["reference"] for one in made["Observation"]}
    assert sources == {f"urn:uuid:{form['id']}"}


def test_safety_answers_are_a_form_and_an_open_question_has_no_answer(made):
    """A yes is a yes, a no is a no, and what was left open is neither."""
    _check_in, form = made["QuestionnaireResponse"]
    answers = {one["linkId"]: one.get("answer") for one in form["item"]}
    assert answers[OPEN] is None
    assert answers[YES] == [{"valueBoolean": True}]
    assert [{"valueBoolean": False}] in answers.values()
    assert form["authored"].startswith("2026-05-02")


def test_the_two_pages_go_along(made):
    """As a PDF whose bytes are those of the report."""
    (document,) = made["DocumentReference"]
    attachment = document["content"][0]["attachment"]
    assert attachment["contentType"] == "application/pdf"
    assert b64decode(attachment["data"]).startswith(b"%PDF")


def test_without_typst_the_page_goes_along(tmp_path, monkeypatch):
    """Whoever installs it small gets the HTML twin in the PDF's place."""
    monkeypatch.setattr("backstride.services.clinic_bundle.can_typeset", lambda: False)
    with open_store(str(tmp_path / "diary.sqlite")) as store:
        store.diary(OWNER).add(Records((CheckIn(moment=NOW, pain=PainRating(3)),)), source="test", now=NOW)
        report = clinician_report(store, OWNER, today=TODAY, zone=ZoneInfo("UTC"))
        text = clinic_bundle(store, OWNER, report, now=NOW)
    kinds = [
        entry["resource"]["content"][0]["attachment"]["contentType"]
        for entry in json.loads(text)["entry"]
        if entry["resource"]["resourceType"] == "DocumentReference"
    ]
    assert kinds == ["text/html"]
