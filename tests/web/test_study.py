"""The page Studies: what would leave is shown first, kept only after consent, taken back without a trace."""

import json
import re

import pytest

from backstride.cohort.contribution_file import read_contribution
from backstride.cohort.prior_file import prior_json
from backstride.diary.schema import OWNER
from backstride.diary.settings import current_settings, setting_history
from backstride.errors import TooFewRecords
from backstride.report.hyphenation import SOFT_HYPHEN
from backstride.services import answers, giving
from backstride.services.answers import RenderedAnswer

from .studies import KEY, PARTS, PRIOR, contribution_made


@pytest.fixture
def worked_out(monkeypatch):
    """Replace the work of minutes by a contribution that is always the same."""
    monkeypatch.setattr(giving, "run_in_subprocess", contribution_made)


def looked(owner, site, **told):
    """What the page shows after somebody asked what would leave."""
    owner.post("/settings/study/look", told)
    site.giving.wait()
    return owner.get("/settings/study").text


def everything_kept(site, folder):
    """All bytes of the diary's folder, with what waits in memory written."""
    site.store.flush() if hasattr(site.store, "flush") else None
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


@pytest.mark.parametrize("language", ["en", "de"])
def test_each_number_is_shown_before_anybody_agrees(owner, site, worked_out, language):
    """Every number of the file and the words of consent stand on the page, and nothing is kept."""
    owner.client.headers["accept-language"] = language
    page = looked(owner, site, trait=["age=40 to 59", "", "sex=female"]).replace(SOFT_HYPHEN, "")
    for number in (KEY, "-0.41", "0.22", "-0.80", "0.90", "60.0%", "320", "56"):
        assert number in page
    assert {"en": "It is pseudonymous, not anonymous", "de": "pseudonym, nicht anonym"}[language] in page
    assert {"en": "age: 40 to 59; sex: female", "de": "Alter: 40 bis 59; Geschlecht: weiblich"}[
        language
    ] in page
    assert not [one for one in setting_history(site.store, OWNER) if one.name == "contribution"]


def test_the_file_is_made_only_with_consent(owner, site, worked_out):
    """Without the tick there is no file; with it there is, and it is one that a study reads."""
    looked(owner, site)
    assert owner.get("/settings/study/contribution.json").status_code == 404
    assert owner.post("/settings/study/agree", {"key": KEY}).status_code == 400
    assert owner.post("/settings/study/agree", {"key": "f" * 32, "sure": "yes"}).status_code == 404
    owner.post("/settings/study/agree", {"key": KEY, "sure": "yes"})
    reply = owner.get("/settings/study/contribution.json")
    assert reply.headers["content-disposition"] == 'attachment; filename="contribution.json"'
    given = read_contribution(reply.text, name="contribution.json")
    assert (given.key, given.parts) == (KEY, PARTS)


def test_thrown_away_leaves_nothing(owner, site, worked_out):
    """Who says no has given nothing, and the next look has another page."""
    looked(owner, site)
    page = owner.post("/settings/study/drop").text
    assert KEY not in page
    assert owner.get("/settings/study/contribution.json").status_code == 404


def test_a_contribution_given_anew_keeps_its_key(owner, site, worked_out):
    """The study counts a person once, so a later contribution bears the key of the earlier one."""
    looked(owner, site)
    owner.post("/settings/study/agree", {"key": KEY, "sure": "yes"})
    looked(owner, site, trait=["sex=male"])
    owner.post("/settings/study/agree", {"key": KEY, "sure": "yes"})
    assert json.loads(owner.get("/settings/study/contribution.json").text)["key"] == KEY
    kept = [one.value for one in setting_history(site.store, OWNER) if one.name == "contribution"]
    assert len(kept) == 1
    assert '"male"' in kept[0]


def test_taken_back_leaves_no_byte_of_the_key(owner, site, worked_out, tmp_path):
    """The page shows the key once, for the study; after that it is in no file of the diary."""
    looked(owner, site)
    owner.post("/settings/study/agree", {"key": KEY, "sure": "yes"})
    assert KEY.encode() in everything_kept(site, tmp_path)
    page = owner.post("/settings/study/withdraw").text
    assert KEY in page
    assert KEY not in owner.get("/settings/study").text
    assert owner.post("/settings/study/withdraw").status_code == 404
    site.close()
    assert KEY.encode() not in everything_kept(site, tmp_path)


def test_too_few_records_are_said_on_the_page(owner, site, monkeypatch):
    """Where nothing of the person's own would be in it, the page says so, and offers no file."""

    def none(_work, _request, **_):
        raise TooFewRecords("There are too few runs in the diary.", advice="Go on with the diary.")

    monkeypatch.setattr(giving, "run_in_subprocess", none)
    page = looked(owner, site)
    assert "There are too few runs in the diary." in page
    assert "/settings/study/agree" not in page


def test_nothing_is_given_while_the_example_is_shown(owner, worked_out):
    """A page of simulated data makes no contribution of the own diary."""
    owner.post("/example/show")
    for path, form in (("look", {}), ("agree", {"key": KEY, "sure": "yes"})):
        reply = owner.post(f"/settings/study/{path}", form)
        assert reply.status_code == 400
        assert "would open your own diary" in reply.text


def test_what_nobody_offers_is_refused(owner):
    """A trait that no contribution holds is refused with a sentence."""
    assert owner.post("/settings/study/look", {"trait": "town=Rome"}).status_code == 400


def test_a_studys_file_stands_beside_the_answer_until_dropped(owner, site):
    """It is taken, named on the page, given to the answer, and dropped; another file is refused with a sentence."""
    refused = owner.post("/settings/study/others", files={"file": ("prior.json", b"{}")})
    assert refused.status_code == 400
    assert "is not the study&#39;s file" in refused.text
    assert "Error" not in refused.text
    taken = owner.post("/settings/study/others", files={"file": ("prior.json", prior_json(PRIOR).encode())})
    assert "2026-11" in taken.text
    assert current_settings(site.store, OWNER)["cohort"] == prior_json(PRIOR)
    assert "2026-11" not in owner.post("/settings/study/others/drop").text


def test_the_answer_is_worked_out_with_the_studys_file(owner, site, monkeypatch):
    """Taking or dropping the file asks for a new answer, with it and then without."""
    asked = []

    def remembered(_work, request, **_):
        asked.append(request.cohort)
        return RenderedAnswer("<p>sections</p>", "{}")

    monkeypatch.setattr(answers, "run_in_subprocess", remembered)
    owner.post("/check-in", {"pain": "3"})
    steps = (
        lambda: None,
        lambda: owner.post("/settings/study/others", files={"file": ("p.json", prior_json(PRIOR).encode())}),
        lambda: owner.post("/settings/study/others/drop"),
    )
    for step in steps:
        step()
        owner.get("/answer")
        site.answers.wait()
    assert asked == ["", prior_json(PRIOR), ""]


def test_the_page_says_what_it_does_in_both_languages(owner):
    """No sentence of the page is left in English for who reads German."""
    owner.client.headers["accept-language"] = "de"
    page = owner.get("/settings/study").text
    assert not re.search(
        r"Show what would leave my diary|I would rather not say|Use this file|Your season", page
    )
