"""`backstride export --fhir`: the file for a clinic's software alone."""

import stat
from datetime import UTC, datetime, timedelta

import pytest
from fhir.resources.R4B.bundle import Bundle

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.scales import PainRating
from backstride.diary.opening import open_diary


@pytest.fixture
def diary(tmp_path, monkeypatch):
    """A diary of three mornings."""
    place = str(tmp_path / "diary.sqlite")
    monkeypatch.setenv("BACKSTRIDE_DIARY", place)
    now = datetime(2026, 5, 3, 7, tzinfo=UTC)
    mornings = tuple(CheckIn(moment=now - timedelta(days=n), pain=PainRating(3 + n)) for n in range(3))
    with open_diary(place) as book:
        book.add(Records(mornings), source="test", now=now)
    return place


def test_the_bundle_is_had_alone(backstride, diary, tmp_path):
    """An independent library reads it: each morning's form and pain, and the two pages; only the owner may."""
    out = tmp_path / "for-the-clinic.json"
    said = backstride("export", "--fhir", "--without-answer", out)
    assert said.code == 0, said.err
    assert str(out) in said.out
    assert stat.S_IMODE(out.stat().st_mode) == 0o600
    read = Bundle.model_validate_json(out.read_bytes())
    kinds = [one.resource.get_resource_type() for one in read.entry]
    assert {kind: kinds.count(kind) for kind in dict.fromkeys(kinds)} == {
        "Patient": 1,
        "Observation": 3,
        "QuestionnaireResponse": 3,
        "DocumentReference": 1,
    }


def test_one_file_at_a_time(backstride, diary, tmp_path):
    """An archive and a bundle by the same name are refused, and nothing is written."""
    out = tmp_path / "out"
    said = backstride("export", "--fhir", "--zip", out)
    assert said.code == 2
    assert "Choose --zip or --fhir" in said.err
    assert not out.exists()


def test_an_empty_diary_makes_no_bundle(backstride, tmp_path, monkeypatch):
    """It is said in a sentence, and nothing is written."""
    monkeypatch.setenv("BACKSTRIDE_DIARY", str(tmp_path / "diary.sqlite"))
    out = tmp_path / "out.json"
    assert backstride("export", "--fhir", out).code == 2
    assert not out.exists()
