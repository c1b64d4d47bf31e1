"""The Roland-Morris questionnaire: word for word, once every four weeks, kept and told."""

import hashlib

import pytest

from backstride.core.roland_morris import INTRODUCTION, SENTENCES, RolandMorris
from backstride.diary.fhir import bundle
from backstride.diary.schema import OWNER
from backstride.errors import BadValue
from backstride.runtime.clock import utc_now

AS_PUBLISHED = "9f3caf4010be5d3a5edafd9c87ed7f70d9b35980f36eec4b7afd6630d4c12cba"
"""SHA-256 of the 24 sentences, a line each, as two copies of the published form agree on them."""


def told(site):
    """What the owner's diary holds."""
    return site.store.diary(OWNER).records().roland_morris


def test_the_sentences_are_the_published_ones(owner):
    """All 24 are on the page, in English and in order, and none was changed since they were compared."""
    assert hashlib.sha256("\n".join(SENTENCES).encode()).hexdigest() == AS_PUBLISHED
    for language in ("en", "de"):
        page = owner.client.get("/roland-morris", headers={"accept-language": language}).text
        places = [page.find(sentence) for sentence in (*INTRODUCTION, *SENTENCES)]
        assert len(SENTENCES) == 24
        assert sorted(places) == places
        assert places[0] > 0


def test_ticks_are_kept_and_counted(owner, site):
    """The count is on the page and on the day, and each tick in the diary."""
    reply = owner.post("/roland-morris", {"ticked": ["13", "2", "5"]})
    assert "3 of 24" in reply.text
    assert [(one.score, one.ticked) for one in told(site)] == [(3, (2, 5, 13))]
    assert "3 of 24" in owner.get(f"/diary/day/{told(site)[0].local_day}").text


def test_none_ticked_is_a_count_of_none(owner, site):
    """What is not ticked counts as not true."""
    owner.post("/roland-morris", {})
    assert [(one.score, one.ticked) for one in told(site)] == [(0, ())]


def test_it_is_due_again_after_four_weeks(owner):
    """Until then the page says from when on it tells most."""
    assert "is most useful if you wait" not in owner.get("/roland-morris").text
    owner.post("/roland-morris", {"ticked": ["1"]})
    assert "is most useful if you wait" in owner.get("/roland-morris").text


@pytest.mark.parametrize("ticked", ["0", "25", "-1", "x"])
def test_a_sentence_that_is_not_there_is_refused(owner, site, ticked):
    """Nothing is kept."""
    assert owner.post("/roland-morris", {"ticked": ticked}).status_code in (400, 422)
    assert told(site) == ()


def test_it_can_be_erased(owner, site):
    """As everything that was told of a day."""
    owner.post("/roland-morris", {"ticked": ["1"]})
    owner.post("/diary/entry/1/erase")
    assert told(site) == ()


def test_a_clinic_reads_the_count_and_each_sentence(owner, site):
    """In the bundle for a clinic's software."""
    owner.post("/roland-morris", {"ticked": ["24"]})
    observations = [
        each["resource"] for each in bundle(site.store.diary(OWNER).records(), now=utc_now())["entry"]
    ]
    (mine,) = (one for one in observations if "Roland-Morris" in one.get("code", {}).get("text", ""))
    assert mine["valueQuantity"]["value"] == 1
    assert [part["valueBoolean"] for part in mine["component"]] == [False] * 23 + [True]


@pytest.mark.parametrize(
    ("score", "ticked"), [(25, None), (-1, None), (1, (2, 5)), (2, (5, 2)), (2, (2, 2)), (1, (25,))]
)
def test_a_count_that_does_not_fit_its_ticks_is_refused(score, ticked):
    """Neither is corrected in silence."""
    with pytest.raises(BadValue):
        RolandMorris(time=utc_now(), score=score, ticked=ticked)
