"""A page that was loaded before the example came or went: nothing of it goes into the other diary."""

import re

import pytest

from backstride.diary.people import example_of
from backstride.diary.schema import OWNER

from .conftest import PAGE, every_route, until

VALUES = {
    "{day}": "2026-05-01",
    "{entry_id}": "1",
    "{run_id}": "1",
    "{kind}": "weight",
    "{topic}": "runs",
    "{token}": "abc",
}
OPEN = ("/sign-in", "/shared")
POSTS = {path for way, path in every_route() if way == "POST" and path not in OPEN}
FORMS = sorted(path for path in POSTS if set(re.findall(r"{\w+}", path)) <= set(VALUES))


def filled(path: str) -> str:
    """An address with values in its braces."""
    for name, value in VALUES.items():
        path = path.replace(name, value)
    return path


@pytest.mark.parametrize("path", FORMS)
def test_no_form_of_one_diary_is_taken_by_the_other(owner, site, path):
    """Its mark is that of the own diary, and the example is shown: a sentence, and nothing is changed."""
    mark = owner.mark
    owner.post("/example/show")
    made = example_of(site.store, OWNER)
    before = len(site.store.diary(made.id).entries())
    reply = owner.client.post(
        filled(path), data={"mark": mark, "pain": "3"}, headers=PAGE, follow_redirects=False
    )
    assert reply.status_code in (400, 412, 422), path
    assert reply.status_code != 412 or "after this page was loaded" in reply.text
    assert (len(site.store.diary(made.id).entries()), site.store.diary(OWNER).entries()) == (before, ())


def test_a_check_in_names_its_diary(owner, site):
    """The script's copy is sent with the newest mark: the diary that it names decides."""
    owner.post("/example/show")
    headers = {"x-mark": owner.mark, "accept": "application/json"}
    reply = owner.client.post("/check-in", data={"pain": "3", "book": str(OWNER)}, headers=headers)
    assert (reply.status_code, site.store.diary(OWNER).entries()) == (412, ())
    assert owner.post("/check-in", {"pain": "3", "book": "zzz"}).status_code == 412


def test_no_file_is_imported_into_the_example(owner):
    """The page has no form for it, and who sends one anyhow is told what to do."""
    owner.post("/example/show")
    assert "Then import your files." in owner.get("/diary").text
    assert "data-drop" not in owner.get("/diary").text
    reply = owner.post("/diary/bring", files={"files": ("a.csv", b"time,pain\n2026-05-01 07:30,4\n")})
    assert (reply.status_code, "nothing was imported" in reply.text) == (400, True)


def test_a_check_in_of_another_tab_waits_for_the_example_to_go(visit, address, site):
    """It is not called saved, it says why it waits, and it is in the own diary once the example is gone."""
    page = visit()
    page.goto(address)
    page.check("input[name=pain][value='7']")
    other = page.context.new_page()
    other.goto(f"{address}/settings")
    other.click("form[action='/example/show'] button")
    other.wait_for_selector("form.example")
    page.evaluate("document.querySelector('form[data-check-in]').requestSubmit()")
    page.wait_for_selector("text=It is sent when you remove the example data.")
    assert site.store.diary(OWNER).entries() == ()
    other.click("form.example button")
    until(other, lambda: site.store.diary(OWNER).entries(), "the check-in")
    assert [entry.record.pain.value for entry in site.store.diary(OWNER).entries()] == [7]
