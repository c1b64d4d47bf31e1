"""The answer: worked out apart, kept, and never waited for."""

from datetime import timedelta

import pytest
from tests.report.conftest import ANSWERS

from backstride.core.check_in import CheckIn
from backstride.core.pain_since import PainSince
from backstride.core.records import Records
from backstride.core.scales import PainRating
from backstride.diary.answer_cache import CachedAnswer, store_answer
from backstride.diary.schema import OWNER
from backstride.errors import BadInput, TooFewRecords, WorkLost
from backstride.report.language import LANGUAGES, speaking
from backstride.report.page import page_sections
from backstride.runtime.clock import utc_now
from backstride.services import answers
from backstride.services.answers import (
    SECONDS_TO_TRY_AGAIN,
    AnswerRequest,
    RenderedAnswer,
    answer_code,
    compute_answer,
)


@pytest.fixture
def engine(monkeypatch):
    """An engine that answers at once; give it an error and it fails."""
    asked = []

    def apart(work, question, **_):
        asked.append(question)
        if isinstance(apart.made, Exception):
            raise apart.made
        return apart.made

    apart.made = RenderedAnswer("<h1>A first answer</h1>", "{}")
    apart.asked = asked
    monkeypatch.setattr(answers, "run_in_subprocess", apart)
    return apart


def test_without_records_there_is_nothing_to_say(owner, engine):
    """Nothing is asked of the engine, and the page says what to wait for."""
    assert "No answer yet." in owner.get("/answer").text
    assert engine.asked == []


def test_too_few_mornings_are_said_before_any_work(owner, engine):
    """The first look names how many are rated and needed, and offers no check-in on a day that has one."""
    owner.post("/check-in", {"pain": "3"})
    shown = owner.get("/answer").text
    assert "Rated mornings so far: 1." in shown
    assert "Working it out." not in shown
    assert "check-in</a>" not in shown


def test_an_answer_is_worked_out_once(owner, site, engine):
    """Looking again and again asks the engine once; it sees records and no name."""
    owner.post("/check-in", {"pain": "3"})
    assert owner.get("/answer").status_code == 200
    site.answers.wait()
    for _ in range(3):
        assert "A first answer" in owner.get("/answer").text
    assert len(engine.asked) == 1


def test_how_long_the_back_has_hurt_reaches_the_answer(owner, site, engine):
    """A new answer is worked out when it is told, and knows it."""
    owner.post("/check-in", {"pain": "3"})
    for since in (None, "on and off"):
        if since:
            owner.post("/settings/choices", {"pain_since": since})
        owner.get("/answer")
        site.answers.wait()
    assert [question.pain_since for question in engine.asked] == [None, PainSince.ON_AND_OFF]


def test_an_answer_is_out_of_date_when_records_came_since(owner, site, engine):
    """The old one is shown and says so; the new one takes its place."""
    owner.post("/check-in", {"pain": "3"})
    owner.get("/answer")
    site.answers.wait()
    engine.made = RenderedAnswer("<h1>A second answer</h1>", "{}")
    owner.post("/check-in", {"pain": "5"})
    page = owner.get("/answer").text
    assert "Out of date." in page
    assert "A first answer" in page
    site.answers.wait()
    assert "A second answer" in owner.get("/answer").text
    assert "Out of date." not in owner.get("/answer").text


def test_why_there_was_no_answer_is_not_said_of_newer_records(owner, site, engine):
    """Mornings that came since are counted at once, and no answer of before is spoken of."""
    owner.post("/check-in", {"pain": "3"})
    stale = CachedAnswer(
        f"old {answer_code()} 1 Europe/Berlin", "", "", "Rated mornings so far: 1.", utc_now()
    )
    store_answer(site.store, OWNER, stale)
    mornings = tuple(CheckIn(moment=utc_now() - timedelta(days=n), pain=PainRating(3)) for n in range(1, 5))
    site.store.diary(OWNER).add(Records(mornings), source="app", now=utc_now())
    page = owner.get("/answer").text
    assert "Rated mornings so far: 5." in page
    assert "The answer below" not in page
    assert "so far: 1" not in page


def test_two_languages_share_one_answer(owner, site, engine):
    """A phone in German and a laptop in English ask the engine once, and each reads its own language."""
    engine.made = RenderedAnswer('{"en": "<h1>The answer</h1>", "de": "<h1>Die Antwort</h1>"}', "{}")
    owner.post("/check-in", {"pain": "3"})
    for language, heading in (("de", "Die Antwort"), ("en", "The answer"), ("de", "Die Antwort")):
        owner.post("/settings/language", {"language": language})
        owner.get("/answer")
        site.answers.wait()
        page = owner.get("/answer").text
        assert heading in page
        assert "data-again" not in page
    assert len(engine.asked) == 1


def test_too_few_mornings_are_said_before_anything_is_compiled(monkeypatch, some_morning):
    """One check-in: the sentence comes at once."""
    monkeypatch.setattr("backstride.model.ahead.compile_ahead", lambda: pytest.fail("it was compiled"))
    records = Records((CheckIn(moment=some_morning, pain=PainRating(3)),))
    with pytest.raises(TooFewRecords):
        compute_answer(AnswerRequest(records, "UTC", 1.0, None, "", some_morning))


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_answer_is_light(owner, site, engine, language):
    """With all pictures and files: 120 kB unpacked, in either language; ten years are 40 kB packed."""
    owner.post("/check-in", {"pain": "3"})
    owner.post("/settings/language", {"language": language})
    unpacked = 120_000
    for name, way, most in (("helps, drawn", "identity", unpacked), ("ten years", "gzip", 40_000)):
        with speaking(language):
            engine.made = RenderedAnswer(page_sections(ANSWERS[name]()), "{}")
        owner.post("/check-in", {"pain": "3", "note": name})
        owner.get("/answer")
        site.answers.wait()
        assert engine.made.sections[-500:] in owner.get("/answer").text.replace("\u00ad", "")
        owner.client.headers["accept-encoding"] = way
        site.undo.forget(OWNER)  # the bar of the edit above is there for half a minute alone
        assert 10_000 < owner.weight("/answer") <= most


def test_a_failure_is_told_and_not_tried_again(owner, site, engine):
    """The page says what was wrong, once, until the records change."""
    engine.made = BadInput("It took too long.", advice="Try later.")
    owner.post("/check-in", {"pain": "3"})
    owner.get("/answer")
    site.answers.wait()
    assert "It took too long." in owner.get("/answer").text
    assert len(engine.asked) == 1


def test_work_that_was_lost_is_tried_again_and_the_old_answer_stands(owner, site, engine):
    """Ten restarts, killed workers or full memories in a row: the old one shows, and the new one comes in the end."""
    clock = site.answers._clock = Clock()
    owner.post("/check-in", {"pain": "3"})
    owner.get("/answer")
    site.answers.wait()
    owner.post("/check-in", {"pain": "5"})
    for lost in range(1, 11):
        engine.made = WorkLost("This was interrupted.", advice="It is tried again in a moment.")
        page = owner.get("/answer").text
        site.answers.wait()
        assert "A first answer" in page
        assert owner.get("/answer.json").status_code == 200
        assert len(engine.asked) == 1 + lost  # not at once
        clock.seconds += SECONDS_TO_TRY_AGAIN[min(lost - 1, 4)] + 1
    engine.made = RenderedAnswer("<h1>A second answer</h1>", "{}")
    assert "interrupted" in owner.get("/answer").text
    site.answers.wait()
    page = owner.get("/answer").text
    assert "A second answer" in page
    assert "interrupted" not in page


def test_a_good_answer_is_replaced_only_by_a_good_one(owner, site, engine):
    """Where the new records give none, the old one stands with the reason beside it, and is not asked for again."""
    owner.post("/check-in", {"pain": "3"})
    owner.get("/answer")
    site.answers.wait()
    engine.made = TooFewRecords("Too few days.", advice="Go on.")
    owner.post("/check-in", {"pain": "5"})
    for _ in range(3):
        owner.get("/answer")
        site.answers.wait()
    page = owner.get("/answer").text
    assert "A first answer" in page
    assert "do not give a new answer yet: Too few days. Go on." in page
    assert len(engine.asked) == 2
    engine.made = RenderedAnswer("<h1>A second answer</h1>", "{}")
    owner.post("/check-in", {"pain": "6"})
    owner.get("/answer")
    site.answers.wait()
    assert "Too few days." not in owner.get("/answer").text


class Clock:
    """Seconds that go on when they are told to."""

    seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def test_what_was_erased_meanwhile_is_not_kept(owner, site, engine):
    """An answer to records that are gone is thrown away."""
    owner.post("/check-in", {"pain": "3"})
    (entry,) = site.store.diary(OWNER).entries()
    mark = "of records that are gone"
    site.answers._work(OWNER, mark, site.home, (1.0, None, ""))
    assert entry.version == 1
    assert owner.get("/answer.json").status_code == 404
    assert utc_now() is not None


def test_too_few_records_are_told_in_words(owner, site):
    """The real way, in a process of its own: one check-in is too few, and the page says so."""
    owner.post("/check-in", {"pain": "3"})
    owner.get("/answer")
    site.answers.wait()
    page = owner.get("/answer").text
    assert "No answer yet." in page or "Too few" in page or "too few" in page
