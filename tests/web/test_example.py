"""The simulated person."""

import json
from io import BytesIO
from zipfile import ZipFile

import pytest

from backstride.diary.people import example_of
from backstride.diary.schema import OWNER


def test_the_example_is_marked_and_apart(owner, site):
    """Every page says that it is made up, and the person's own diary stays empty."""
    owner.post("/example/show")
    for path in ("/", "/diary", "/settings"):
        assert "Example data." in owner.get(path).text
    assert len(example_days := site.store.diary(example_of(site.store, OWNER).id).entries()) > 100
    assert site.store.diary(OWNER).entries() == ()
    assert example_days


def test_the_example_goes_in_one_tap(owner, site):
    """Nothing of it stays, and what was there before is untouched."""
    owner.post("/check-in", {"pain": "3"})
    before = site.store.diary(OWNER).entries()
    owner.post("/example/show")
    owner.post("/check-in", {"pain": "9"})
    assert "Example data." not in owner.post("/example/hide").text
    assert (example_of(site.store, OWNER), site.store.diary(OWNER).entries()) == (None, before)


def test_deleting_everything_spares_nothing_but_the_others(owner, anna, site):
    """Deleting while the example is shown empties one's own diary, too."""
    anna.post("/check-in", {"pain": "4"})
    owner.post("/check-in", {"pain": "3"})
    owner.post("/example/show")
    owner.post("/settings/delete-everything", {"sure": "yes"})
    assert (example_of(site.store, OWNER), site.store.diary(OWNER).entries()) == (None, ())
    assert "Back 4." in anna.get("/").text


def test_the_example_has_a_plan(owner, site):
    """Its safety questions are answered and its running goes on, so that the page Plan has something to show."""
    owner.post("/example/show")
    assert owner.get("/plan").text.count('class="minutes"') >= 1
    assert site.store.diary(OWNER).entries() == ()


@pytest.mark.parametrize(
    ("path", "form"),
    [
        ("/settings/shares", {"reader": "doc", "days": "30"}),
        ("/settings/readers", {"reader": "doc", "shown_name": "Anna", "days": "90"}),
        ("/settings/tokens", {"label": "phone"}),
        ("/settings/calendar", {}),
    ],
)
def test_nothing_opens_the_own_diary_while_the_example_is_shown(owner, path, form):
    """A page that says that nothing here is yours makes no link, reader, token or address to what is."""
    owner.post("/example/show")
    reply = owner.post(path, form)
    assert reply.status_code == 400
    assert "would open your own diary" in reply.text
    owner.post("/example/hide")
    assert owner.post(path, form).status_code == 201


def test_what_is_taken_out_of_the_example_says_so(owner):
    """Its files have names of their own, its archive says it first, and a clinic's software reads it as test data."""
    owner.post("/example/show")
    taken = owner.get("/report/diary.zip")
    assert "backstride-example.zip" in taken.headers["content-disposition"]
    with ZipFile(BytesIO(taken.content)) as archive:
        assert archive.read("README.txt").startswith(b"Example data of backstride.")
        bundles = [json.loads(archive.read(name)) for name in archive.namelist() if "fhir" in name]
    clinic = owner.get("/report/fhir.json")
    assert "backstride-example" in clinic.headers["content-disposition"]
    for made in (*bundles, clinic.json()):
        marked = [made, *(one["resource"] for one in made["entry"])]
        assert {one["meta"]["security"][0]["code"] for one in marked} == {"HTEST"}
