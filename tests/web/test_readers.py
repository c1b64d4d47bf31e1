"""Readers on this server: who lets whom read, what each scope shows, who sees the looks, and how it ends."""

import logging
import re
from datetime import UTC, datetime, timedelta

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.clearance import Level, Reply
from backstride.core.plan_step import PlanStep, Step
from backstride.core.records import Records
from backstride.core.scales import PainRating
from backstride.diary.consents import consents_for, consents_of
from backstride.diary.people import add_person, person_named
from backstride.diary.schema import OWNER
from backstride.errors import DiaryError
from backstride.runtime.clock import utc_now
from backstride.screening.items import ITEMS
from backstride.screening.occasions import Occasion
from backstride.screening.rules import clearance
from backstride.services import reading
from backstride.services.auth import hash_passphrase
from backstride.services.screen import SafetyAnswers
from backstride.services.screening_service import store_answers_for

from .conftest import PAGE, PASSPHRASE
from .test_matrix import ANYBODY, IN_PERSON, PEOPLE, ask, routes

NOTE = "Sharp into the left calf"
CANARY = "canary-code-of-an-invitation-that-nobody-may-log"
SAFETY = (
    "Safety questions",
    "A safety answer calls",
    "safety answers, and",
    "walks alone",
    "by safety answers",
)
"""Words that come of the safety answers alone."""
READ = ("/reading/{id}", "/reading/{id}/report.pdf")


@pytest.fixture
def anna_told(site, anna):
    """Anna, with mornings, a note, a plan, and a safety answer that leaves walks alone."""
    person, now = person_named(site.store, "Anna").id, datetime.now(UTC)
    mornings = tuple(
        CheckIn(moment=now - timedelta(days=n), pain=PainRating(4), note=NOTE if n == 1 else "")
        for n in range(20)
    )
    begun = PlanStep(day=(now - timedelta(days=10)).date(), step=Step.START, source="plan")
    site.store.diary(person).add(Records(mornings, plan=(begun,)), source="test", now=now)
    said = SafetyAnswers({item.key: Reply.NO for item in ITEMS} | {_a_hold(): Reply.YES})
    store_answers_for(site.store, person, said, occasion=Occasion.START, today=now.date(), now=now)
    return anna


def _a_hold() -> str:
    """A question whose yes leaves walks alone."""
    nothing = {item.key: Reply.NO for item in ITEMS}
    return next(
        item.key
        for item in ITEMS
        if clearance({**nothing, item.key: Reply.YES}, asked=ITEMS).level is Level.PROVIDER_FIRST
    )


@pytest.fixture
def doc(site, browser):
    """A reader, signed in."""
    add_person(site.store, "Doc", passphrase=hash_passphrase(PASSPHRASE))
    signed_in = browser()
    signed_in.client.post("/sign-in", data={"name": "doc", "passphrase": PASSPHRASE}, headers=PAGE)
    return signed_in


def code_of(person, **more) -> str:
    """The code of a new invitation."""
    form = {"reader": "Doc", "shown_name": "A. Person", "passphrase": PASSPHRASE, **more}
    page = person.post("/settings/readers", form)
    assert page.status_code == 201
    return re.search(r"http://localhost/reading#([\w-]+)<", page.text)[1]


def reads(person, reader, site, **more) -> int:
    """Let `reader` read `person`; the number of the consent."""
    reply = reader.post("/reading", {"code": code_of(person, **more)})
    assert (reply.status_code, reply.url.path) == (200, "/reading")
    return consents_for(site.store, person_named(site.store, "Doc").id, now=utc_now())[0].id


def seen_by(reader, number: int) -> str:
    """Everything that a reader gets of one person, as text; the PDF is that of the same sheet."""
    pages = [reader.get("/reading").text, reader.get(READ[0].format(id=number)).text]
    return " ".join(pages)


def test_a_reader_sees_list_and_report(anna_told, doc, site):
    """After accepting once; under the name that the person gave."""
    number = reads(anna_told, doc, site)
    page = doc.get("/reading").text
    assert "A. Person" in page
    assert f'href="/reading/{number}"' in page
    report = doc.get(f"/reading/{number}")
    assert (report.status_code, "A. Person" in report.text, "sees each time you look" in report.text) == (
        *(200, True, True),
    )
    assert doc.get(f"/reading/{number}/report.pdf").content.startswith(b"%PDF")


@pytest.mark.parametrize("notes", [False, True])
@pytest.mark.parametrize("safety", [False, True])
def test_a_reader_sees_what_was_agreed_and_no_more(anna_told, doc, site, monkeypatch, notes, safety):
    """Notes and safety answers only within the scope: in the list, the page, and what the PDF is made of."""
    typeset = []
    monkeypatch.setattr(
        "backstride.web.reading.clinician_pdf", lambda made, **_: typeset.append(made) or b"%PDF"
    )
    ticked = {name: "yes" for name, so in (("notes", notes), ("safety", safety)) if so}
    number = reads(anna_told, doc, site, **ticked)
    doc.get(f"/reading/{number}/report.pdf")
    seen = seen_by(doc, number)
    assert (NOTE in seen, bool(typeset[0].notes)) == (notes, notes)
    assert any(words in seen for words in SAFETY) == safety
    assert typeset[0].has_safety == safety


def test_without_safety_answers_nothing_changes_with_them(anna_told, doc, site):
    """Whatever is answered, a reader without that scope gets the same bytes."""
    number = reads(anna_told, doc, site)
    before = seen_by(doc, number)
    person, now = person_named(site.store, "Anna").id, utc_now()
    everything = SafetyAnswers({item.key: Reply.YES for item in ITEMS})
    store_answers_for(site.store, person, everything, occasion=Occasion.START, today=now.date(), now=now)
    assert seen_by(doc, number) == before


@pytest.mark.parametrize("route", routes(PEOPLE) + routes(IN_PERSON) + routes(ANYBODY), ids=" ".join)
def test_a_reader_opens_nothing_else_of_a_person(anna_told, doc, site, route):
    """On every other route they see their own things alone, by whatever number they ask."""
    reads(anna_told, doc, site, notes="yes", safety="yes")
    if "reading" in route[1]:
        return
    reply = ask(doc.client, route, headers=PAGE, **_form(doc, route))
    assert (NOTE in reply.text, "A. Person" in reply.text) == (False, False)


def _form(who, route) -> dict[str, object]:
    return {"data": {"mark": who.mark}} if route[0] == "POST" else {}


def asked(client, number: int) -> list[int]:
    """What the routes of a consent answer."""
    return [client.get(path.format(id=number), headers=PAGE).status_code for path in READ]


def test_owner_stranger_and_others_read_nothing(anna_told, doc, owner, browser, site):
    """Not the owner of the server, not a third person, not the person themselves by that number, not nobody."""
    number = reads(anna_told, doc, site)
    assert asked(owner.client, number) == [404, 404]
    assert asked(anna_told.client, number) == [404, 404]
    assert "A. Person" not in owner.get("/reading").text
    nobody = browser().client
    for path in ("/reading", *(path.format(id=number) for path in READ)):
        assert nobody.get(path, headers={"accept": "*/*"}).status_code == 401
    assert asked(doc.client, number) == [200, 200]


@pytest.mark.parametrize("how", ["person", "reader", "passphrase", "everything", "removed", "time"])
def test_after_the_end_there_is_nothing(anna_told, doc, owner, site, monkeypatch, how):
    """By either, with the passphrase, the diary, the account, and on its day: at once, page, PDF and list."""
    number = reads(anna_told, doc, site)
    if how == "person":
        anna_told.post(f"/settings/readers/{number}/end")
    elif how == "reader":
        doc.post(f"/reading/{number}/end")
    elif how == "passphrase":
        anna_told.post("/settings/passphrase", {"old": PASSPHRASE, "new": "four quick herons"})
    elif how == "everything":
        anna_told.post("/settings/delete-everything", {"sure": "yes", "passphrase": PASSPHRASE})
    elif how == "removed":
        owner.post(f"/settings/people/{person_named(site.store, 'Anna').id}/remove")
    else:
        later = utc_now() + timedelta(days=91)
        monkeypatch.setattr("backstride.web.reading.utc_now", lambda: later)
    assert asked(doc.client, number) == [404, 404]
    assert "A. Person" not in doc.get("/reading").text


def test_a_code_is_used_once_and_guessed_slowly(anna_told, doc, owner, site):
    """A used one and a wrong one get the same answer, and after ten wrong ones nobody's code is tried."""
    code = code_of(anna_told)
    assert owner.post("/reading", {"code": code}).status_code == 200
    replies = [doc.post("/reading", {"code": tried}) for tried in (code, "x" * 43)]
    assert [reply.status_code for reply in replies] == [404, 404]
    assert len({re.sub(r"<input[^>]*>", "", reply.text) for reply in replies}) == 1
    codes = [doc.post("/reading", {"code": f"guess {n}"}).status_code for n in range(9)]
    assert codes == [404] * 8 + [403]
    assert doc.post("/reading", {"code": code_of(anna_told)}).status_code == 403


def test_an_invitation_names_no_account(anna_told, site):
    """Whatever is written as the reader, the answer is the same: nobody learns who is here."""
    pages = [
        anna_told.post("/settings/readers", {"reader": name, "passphrase": PASSPHRASE}).status_code
        for name in ("owner", "nobody-of-that-name")
    ]
    assert pages == [201, 201]


def test_changes_need_the_person_and_their_form(anna_told, doc, site):
    """Inviting takes the passphrase; accepting, showing less and ending a form of this session; all of this site."""
    assert anna_told.post("/settings/readers", {"reader": "Doc", "passphrase": "wrong"}).status_code == 403
    number, code = reads(anna_told, doc, site), code_of(anna_told)
    anna = person_named(site.store, "Anna").id
    before = consents_of(site.store, anna)
    for who, path in (
        (doc, "/reading"),
        (doc, f"/reading/{number}/end"),
        (anna_told, f"/settings/readers/{number}/end"),
        (anna_told, f"/settings/readers/{number}/scope"),
    ):
        form = {"code": code, "mark": "of another page"}
        assert who.client.post(path, data=form, headers=PAGE).status_code == 403
        elsewhere = {**PAGE, "origin": "https://evil.example"}
        form["mark"] = who.mark
        assert who.client.post(path, data=form, headers=elsewhere).status_code == 403
    assert consents_of(site.store, anna) == before


def test_showing_less_holds_at_once(anna_told, doc, site):
    """What is taken out is gone from the next look; nothing is put in by the same form."""
    number = reads(anna_told, doc, site, notes="yes", safety="yes")
    anna_told.post(f"/settings/readers/{number}/scope", {"safety": "yes"})
    seen = seen_by(doc, number)
    assert (NOTE in seen, any(words in seen for words in SAFETY)) == (False, True)
    anna_told.post(f"/settings/readers/{number}/scope", {"notes": "yes", "safety": "yes"})
    assert NOTE not in seen_by(doc, number)


def test_the_person_sees_each_look(anna_told, doc, site):
    """Who accepted, and when list, page and PDF were looked at."""
    number = reads(anna_told, doc, site)  # accepting leads to the list: one look
    for path in READ:
        doc.get(path.format(id=number))
    page = anna_told.get("/settings/readers").text
    assert "Accepted by Doc on" in page
    assert re.findall(r"\d\d:\d\d: (your [\w ]+), (\d) time", page) == [
        ("your two pages as PDF", "1"),
        ("your two pages", "1"),
        ("your line in their list", "1"),
    ]


def test_a_look_that_cannot_be_kept_is_not_had(anna_told, doc, site, monkeypatch):
    """Where the store fails, the reader sees nothing."""
    number = reads(anna_told, doc, site)

    def fails(*_, **__):
        raise DiaryError("The disk is full.", advice="Make room.")

    monkeypatch.setattr(reading, "log_looks", fails)
    replies = [doc.get(path.format(id=number)) for path in ("/reading", *READ)]
    assert all(reply.status_code >= 400 and "A. Person" not in reply.text for reply in replies)


def test_one_diary_that_cannot_be_read_hides_no_other(anna_told, doc, site, monkeypatch):
    """It stands in the list with that reason."""

    def fails(*_, **__):
        raise DiaryError("It is damaged.", advice="Restore it.")

    reads(anna_told, doc, site)
    monkeypatch.setattr("backstride.services.patients.latest_of", fails)
    object.__setattr__(site, "latest", type(site.latest)())
    page = doc.get("/reading")
    assert (page.status_code, "cannot be read" in page.text) == (200, True)


def test_a_code_is_no_secret_of_any_log(anna_told, doc, site, tmp_path, monkeypatch, caplog, capfd):
    """It is not logged, printed, stored, or shown again."""
    monkeypatch.setattr(reading, "token_urlsafe", lambda _bytes: CANARY)
    with caplog.at_level(logging.DEBUG), caplog.at_level(logging.INFO, logger="sqlalchemy"):
        number = reads(anna_told, doc, site)
        pages = [seen_by(doc, number), anna_told.get("/settings/readers").text]
    shown = capfd.readouterr()
    logged = "".join(record.getMessage() for record in caplog.records)
    files = b"".join(file.read_bytes() for file in tmp_path.rglob("*") if file.is_file())
    assert CANARY not in logged + shown.out + shown.err + "".join(pages)
    assert CANARY.encode() not in files


def test_who_only_reads_comes_to_the_list(anna_told, doc, site, browser):
    """After signing in; who keeps a diary comes to Today."""
    reads(anna_told, doc, site)
    form = {"name": "doc", "passphrase": PASSPHRASE}
    assert browser().client.post("/sign-in", data=form, headers=PAGE).url.path == "/reading"
    doc.post("/check-in", {"pain": "2"})
    assert browser().client.post("/sign-in", data=form, headers=PAGE).url.path == "/"


def test_made_up_people_are_read_by_nobody(owner, doc, site):
    """Who was let in before the example was shown reads the person's own diary, not the example."""
    number = reads(owner, doc, site)
    owner.post("/example/show")
    assert consents_for(site.store, person_named(site.store, "Doc").id, now=utc_now())[0].person_id == OWNER
    assert "made-up" not in doc.get(f"/reading/{number}").text.lower()


def test_a_browser_puts_the_code_into_the_field(anna_told, site, locked, visit, address):
    """It leaves the address before anything is sent, and nothing is accepted before the button."""
    code, page, asked_for = code_of(anna_told), visit(), []
    page.goto(f"{address}/sign-in")
    page.fill("input[name=name]", "owner")
    page.fill("input[name=passphrase]", PASSPHRASE)
    page.click("button.main")
    page.wait_for_url(f"{address}/")
    page.on("request", lambda request: asked_for.append(request.url))
    page.goto(f"{address}/reading#{code}")
    page.wait_for_url(f"{address}/reading")
    assert page.locator("#code").input_value() == code
    assert consents_for(site.store, OWNER, now=utc_now()) == ()
    page.click("#accept button")
    page.wait_for_selector(".patients")
    assert "A. Person" in page.locator(".patients h2").inner_text()
    assert [url for url in asked_for if code in url.partition("#")[0]] == []


def test_accepting_twice_is_accepting_once(anna_told, doc, site):
    """A double tap ends nothing: the consent stays, and both get the list."""
    code = code_of(anna_told)
    replies = [doc.post("/reading", {"code": code}) for _ in range(2)]
    assert [(reply.status_code, reply.url.path) for reply in replies] == [(200, "/reading")] * 2
    found = consents_for(site.store, person_named(site.store, "Doc").id, now=utc_now())
    assert len(found) == 1


@pytest.mark.parametrize("field", ["reader", "shown_name"])
@pytest.mark.parametrize("name", ["\u202eanna", "a\u200bb", "\x07"])
def test_a_name_holds_nothing_that_nobody_sees(anna_told, field, name):
    """Neither the reader's nor the person's own: it would stand in somebody's list."""
    form = {"reader": "doc", "shown_name": "Anna", "passphrase": PASSPHRASE} | {field: name}
    for path in ("/settings/readers", "/settings/shares"):
        assert anna_told.post(path, form).status_code == 400


def test_a_list_names_the_account_of_who_is_shown_as_another(anna_told, doc, site):
    """Anybody may choose any name; the account cannot be chosen."""
    reads(anna_told, doc, site)
    assert "account anna" in doc.get("/reading").text.casefold()
