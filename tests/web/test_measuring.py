"""Tests of the pathways in the browser: done, kept under the right name, and never pressed for."""

import math
from datetime import timedelta

import pytest

from backstride.core.measurement import FORMS, MeasurementKind
from backstride.diary.schema import OWNER
from backstride.runtime.clock import utc_now
from backstride.services.measure import SIDED
from backstride.web.templates import TEMPLATES

from .days import HOME


def kept(site, person: int = OWNER):
    """What was measured."""
    return site.store.diary(person).records().measurements


def do(browser, kind: MeasurementKind, value: str = "30"):
    """Send the form of one test, the same value on both sides."""
    names = ("left", "right") if kind in SIDED else ("value",)
    return browser.post(f"/tests/{kind.value}", dict.fromkeys(names, value))


@pytest.mark.parametrize("kind", MeasurementKind)
def test_each_test_is_kept_as_what_it_is(owner, site, kind):
    """Its kind and its value are in the diary, of this very day, and the list of tests shows it."""
    page = owner.get(f"/tests/{kind.value}")
    assert "<svg" in page.text.partition("<main")[2]
    assert "<b>30</b>" in do(owner, kind).text
    (told,) = kept(site)
    assert (told.kind, told.value, told.local_day) == (kind, 30.0, utc_now().astimezone(HOME).date())


def test_both_sides_make_one_value(owner, site):
    """The mean counts, so that one time is one time of practice; each side stays on record."""
    owner.post("/tests/side_plank", {"left": "31", "right": "28"})
    (told,) = kept(site)
    assert (told.value, told.source) == (29.5, "measured, left 31, right 28 s")


def test_pounds_are_turned_into_kilograms(owner, site):
    """200 lb are 90.72 kg, by the international pound."""
    owner.post("/tests/weight", {"value": "200", "unit": "lb"})
    (told,) = kept(site)
    assert math.isclose(told.value, 200 * 0.45359237, abs_tol=0.005)


@pytest.mark.parametrize(
    ("kind", "form"),
    [
        ("front_plank", {"value": ""}),
        ("front_plank", {"value": "nan"}),
        ("front_plank", {"value": "-1"}),
        ("side_plank", {"left": "30"}),
        ("weight", {"value": "3"}),
        ("hamstring_reach", {"value": "61"}),
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_in_a_sentence(owner, site, kind, form):
    """Nothing is stored."""
    reply = owner.post(f"/tests/{kind}", form)
    assert (reply.status_code, kept(site)) == (400, ())
    assert "That did not work" in reply.text


def test_a_test_that_is_none_has_no_page(owner):
    """Only the seven."""
    assert owner.get("/tests/handstand").status_code == 422


def test_the_first_two_times_are_said_to_be_practice(owner, monkeypatch):
    """The third time the page says it no more."""
    for day, expected in enumerate((True, True, False)):
        then = utc_now() - timedelta(days=3 - day)
        monkeypatch.setattr("backstride.services.measure.utc_now", lambda then=then: then)
        assert ("two times are practice" in owner.get("/tests/front_plank").text) is expected
        do(owner, MeasurementKind.FRONT_PLANK)


def test_it_is_due_again_after_two_weeks(owner, monkeypatch):
    """Before, the list names the day; Today offers tests only when none was done lately, and never first thing."""
    assert "/tests" not in owner.get("/").text
    owner.post("/check-in", {"pain": "3"})
    assert 'href="/tests"' in owner.get("/").text
    do(owner, MeasurementKind.FRONT_PLANK)
    assert 'href="/tests"' not in owner.get("/").text
    assert owner.get("/tests").text.count("any day now") == len(MeasurementKind) - 1
    later = utc_now() + timedelta(days=14)
    monkeypatch.setattr("backstride.web.visitor.utc_now", lambda: later)
    assert owner.get("/tests").text.count("any day now") == len(MeasurementKind)
    assert 'href="/tests"' in owner.get("/").text


def test_every_page_says_when_to_stop_and_when_not_to(owner):
    """For the tests that strain; stepping on a scale strains nobody."""
    for kind in MeasurementKind:
        text = owner.get(f"/tests/{kind.value}").text
        assert ("Stop if you hold" in text, "When not to" in text) == ((kind != "weight"),) * 2


def test_a_yes_to_a_safety_question_leaves_the_holds(owner):
    """The pages say so; with nothing answered they do not."""
    assert "Leave the holds" not in owner.get("/tests").text.partition("When not to")[0]
    owner.post("/safety/questions", {"occasion": "start", "q-hard_fall": "yes"})
    for path in ("/tests", "/tests/front_plank"):
        assert "Skip the tests for holding and reaching for now" in owner.get(path).text
    assert "for now." not in owner.get("/tests/weight").text


def test_only_holds_have_a_timer(owner):
    """Its script is loaded where seconds are counted, and the field is there without it."""
    for kind, form in FORMS.items():
        text = owner.get(f"/tests/{kind.value}").text
        assert ("/static/hold.js" in text) is (form.unit == "s")
        assert 'type="number"' in text


def test_every_test_has_its_own_drawing():
    """No kind is without one."""
    drawings = (TEMPLATES / "drawings.html").read_text()
    assert [kind for kind in MeasurementKind if f'"{kind.value}"' not in drawings] == []


def test_values_are_strictly_ones_own(owner, anna, site):
    """Anna sees nothing of the owner's."""
    do(owner, MeasurementKind.FRONT_PLANK, "47")
    assert "47" not in anna.get("/tests").text
    assert "not yet" in anna.get("/tests").text
