"""The waiting list on the page Studies: agreed before chance is asked, told by a file, left at will."""

import re
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from random import Random

import pytest

from backstride.cohort.store import CohortStore, StoredPerson, packed
from backstride.cohort.waiting_file import FORMAT, part_json, read_part
from backstride.cohort.waiting_list import CONSENT_VERSION, WAIT_DAYS, Arm
from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.scales import PainRating
from backstride.diary.schema import OWNER
from backstride.diary.settings import set_setting
from backstride.errors import BadTable, NotNow
from backstride.runtime.clock import utc_now
from backstride.screening.items import ITEMS
from backstride.services.cohort_waiting import enrol_by_agreement
from backstride.services.setting_values import WAITING, can_be_chosen
from backstride.services.waiting import part_of

from .days import lived_today

HERE = "/settings/study"
NO = {"occasion": "start", **{f"q-{item.key}": "no" for item in ITEMS}}


@pytest.fixture
def rated(site):
    """Ten rated mornings of the last two weeks."""
    now = utc_now()
    told = tuple(CheckIn(moment=now - timedelta(days=n), pain=PainRating(3)) for n in range(1, 11))
    site.store.diary(OWNER).add(Records(told), source="app", now=now)
    return site


@pytest.fixture
def agreed(owner, rated):
    """The owner's part right after they agreed."""
    owner.post(f"{HERE}/waiting/agree", {"sure": "yes"})
    return part_of(rated.store, OWNER)


def file_of(part):
    """A form's file that holds this part."""
    return {"files": {"file": ("waiting.json", part_json(part).encode())}}


def told(part, arm):
    """The part as the study tells it."""
    return replace(part, arm=arm, probability=Fraction(1, 2))


def test_the_words_stand_before_the_agreement_and_chance_after_it(owner, rated):
    """The page shows the words; without the tick nothing is kept; the agreement that is kept holds no arm."""
    page = owner.get(HERE).text
    assert "Nobody can know it before you agree" in page
    assert owner.post(f"{HERE}/waiting/agree").status_code == 400
    assert part_of(rated.store, OWNER) is None
    owner.post(f"{HERE}/waiting/agree", {"sure": "yes"})
    reply = owner.get(f"{HERE}/agreement.json")
    part = read_part(reply.text, name="agreement.json")
    assert (part.agreed, part.consent, part.arm) == (lived_today(), CONSENT_VERSION, None)
    assert part == part_of(rated.store, OWNER)
    assert owner.post(f"{HERE}/waiting/agree", {"sure": "yes"}).status_code == 400


def test_too_few_rated_mornings_are_said(owner, site):
    """Without seven rated mornings there is nothing to agree to, and the page says what is missing."""
    page = owner.get(HERE).text
    assert "First rate your back on seven of the last fourteen mornings" in page
    assert "/waiting/agree" not in page
    assert owner.post(f"{HERE}/waiting/agree", {"sure": "yes"}).status_code == 422
    assert part_of(site.store, OWNER) is None


def test_who_runs_by_the_plan_already_is_not_asked(owner, rated):
    """A wait is for people who have not begun."""
    owner.post("/safety/questions", NO)
    owner.post("/plan/say", {"step": "start"})
    assert "Your plan runs already" in owner.get(HERE).text
    assert owner.post(f"{HERE}/waiting/agree", {"sure": "yes"}).status_code == 400


@pytest.mark.parametrize(
    ("arm", "said"), [(Arm.WAIT, "Chance said: wait."), (Arm.NOW, "Chance said: begin now.")]
)
def test_what_chance_gave_stands_above_the_plan(owner, rated, agreed, arm, said):
    """Both pages say it, with the day on which the eight weeks end; the plan may still be started in either arm."""
    owner.post("/safety/questions", NO)
    owner.post(f"{HERE}/waiting/arm", **file_of(told(agreed, arm)))
    for path in (HERE, "/plan"):
        page = owner.get(path).text
        assert said in page
        assert "rate your back every morning" in page
    assert agreed.until == agreed.agreed + timedelta(days=WAIT_DAYS)
    assert "Start with walks" in owner.get("/plan").text


def test_the_wait_is_over_after_eight_weeks(owner, rated, agreed):
    """Then the plan says so for four weeks, and nothing after that."""
    for days, shown in (
        (WAIT_DAYS - 1, "Chance said: wait."),
        (WAIT_DAYS, "eight weeks are over"),
        (90, None),
    ):
        part = replace(told(agreed, Arm.WAIT), agreed=lived_today() - timedelta(days=days))
        set_setting(rated.store, OWNER, WAITING, part_json(part), now=utc_now())
        page = owner.get("/plan").text
        assert [text for text in ("Chance said: wait.", "eight weeks are over") if text in page] == (
            [shown] if shown else []
        )


def test_only_the_own_file_is_taken_and_chance_is_asked_once(owner, rated, agreed):
    """Another key, no arm, another arm than before, or no such file: each is refused with a sentence."""
    other = replace(told(agreed, Arm.NOW), key="f" * 32)
    for refused in (other, agreed):
        assert owner.post(f"{HERE}/waiting/arm", **file_of(refused)).status_code == 400
    assert owner.post(f"{HERE}/waiting/arm", files={"file": ("w.json", b"{}")}).status_code == 400
    assert part_of(rated.store, OWNER).arm is None
    owner.post(f"{HERE}/waiting/arm", **file_of(told(agreed, Arm.NOW)))
    again = owner.post(f"{HERE}/waiting/arm", **file_of(told(agreed, Arm.WAIT)))
    assert "Chance is asked once" in again.text
    assert part_of(rated.store, OWNER).arm is Arm.NOW


@pytest.mark.parametrize(
    ("ratings", "said"), [("count", "may be counted"), ("delete", "deletes your ratings")]
)
def test_a_person_leaves_at_will(owner, rated, agreed, ratings, said, tmp_path):
    """The page gives the key to tell the study; told, every byte of the part can be erased, and not before."""
    assert owner.post(f"{HERE}/waiting/forget").status_code == 400
    page = owner.post(f"{HERE}/waiting/leave", {"ratings": ratings}).text
    assert said in page
    assert agreed.key in page
    assert "#waiting" not in owner.get("/plan").text
    page = owner.post(f"{HERE}/waiting/forget").text
    assert agreed.key not in page
    rated.close()
    kept = b"".join(path.read_bytes() for path in tmp_path.rglob("*") if path.is_file())
    assert agreed.key.encode() not in kept


def test_the_page_speaks_german(owner, rated):
    """Words of consent and buttons are translated."""
    owner.client.headers["accept-language"] = "de"
    page = owner.get(HERE).text
    assert not re.search(r"Chance decides|I agree<|Begin now, or", page)


def study_of(folder, records):
    """A study's store with one person's diary."""
    content, fingerprint = packed(records)
    with CohortStore(folder, create=True) as store:
        store.put_person(StoredPerson("anna", "Europe/Berlin", fingerprint, {}, (), "", content))
    return folder


def test_from_the_page_to_the_study_and_back(owner, rated, agreed, tmp_path):
    """The agreement asks chance in the study's store, and the file that comes back shows the same arm on the page."""
    agreement, out = tmp_path / "agreement.json", tmp_path / "waiting.json"
    agreement.write_text(owner.get(f"{HERE}/agreement.json").text)
    folder = study_of(tmp_path / "study", rated.store.diary(OWNER).records())
    ask = {"out": out, "today": lived_today(), "chance": Random(1)}
    part = enrol_by_agreement(folder, "anna", agreement, **ask)
    assert enrol_by_agreement(folder, "anna", agreement, **ask) == part
    owner.post(f"{HERE}/waiting/arm", files={"file": ("waiting.json", out.read_bytes())})
    assert part_of(rated.store, OWNER) == part
    with CohortStore(folder) as store:
        (kept,) = store.enrolments.all()
    assert (kept.day, kept.arm, kept.probability, kept.consent) == (
        part.agreed, part.arm, part.probability, CONSENT_VERSION,
    )  # fmt: skip


def test_an_old_or_other_agreement_asks_chance_for_nobody(rated, agreed, tmp_path):
    """A week later, of other words, or after leaving, nothing is drawn; nor is a second agreement drawn anew."""
    agreement, out = tmp_path / "agreement.json", tmp_path / "waiting.json"
    folder = study_of(tmp_path / "study", rated.store.diary(OWNER).records())
    left = replace(agreed, ended=agreed.agreed, may_count=True)
    for part, later in ((agreed, 8), (replace(agreed, consent=1), 0), (left, 0)):
        agreement.write_text(part_json(part))
        with pytest.raises(NotNow):
            enrol_by_agreement(
                folder, "anna", agreement, out=out, today=agreed.agreed + timedelta(days=later)
            )
    with CohortStore(folder) as store:
        assert store.enrolments.all() == []
    agreement.write_text(part_json(agreed))
    enrol_by_agreement(folder, "anna", agreement, out=out, today=agreed.agreed)
    agreement.write_text(part_json(replace(agreed, agreed=agreed.agreed - timedelta(days=1))))
    with pytest.raises(NotNow, match="asked once"):
        enrol_by_agreement(folder, "anna", agreement, out=out, today=agreed.agreed)


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("format", "another"), ("key", "short"), ("agreed", "yesterday"), ("agreed", "0001-01-01"), ("consent", 0),
        ("arm", "later"), ("probability", "3/2"), ("probability", "1/0"), ("ended", "2026-01-01"), ("may_count", 1),
    ],
)  # fmt: skip
def test_a_changed_file_is_refused(name, value):
    """Each value of the file is checked."""
    import json

    good = {
        "format": FORMAT, "key": "0" * 32, "agreed": "2026-02-02", "consent": 2, "arm": "wait",
        "probability": "1/2", "ended": None, "may_count": None,
    }  # fmt: skip
    assert read_part(json.dumps(good), name="it").arm is Arm.WAIT
    with pytest.raises(BadTable, match="no file of a waiting list"):
        read_part(json.dumps(good | {name: value}), name="it")
    assert not can_be_chosen(WAITING, json.dumps(good | {name: value}))
