"""Settings: what the page offers is taken, and shown as chosen."""

import pytest
from lxml import html

from backstride.diary.schema import OWNER
from backstride.diary.settings import current_settings


def offered(page: str) -> dict[str, list[str]]:
    """The values of each choice on the page, by its name."""
    (form,) = html.fromstring(page).xpath("//form[@action='/settings/choices']")
    found: dict[str, list[str]] = {}
    for control in form.xpath(".//input[@type='radio'] | .//select/option"):
        name = control.get("name") or control.getparent().get("name")
        found.setdefault(name, []).append(control.get("value"))
    return found


def chosen(page: str, name: str) -> list[str]:
    """The values of a choice that are shown as chosen."""
    return html.fromstring(page).xpath(
        f"//input[@name='{name}'][@checked]/@value | //select[@name='{name}']/option[@selected]/@value"
    )


def test_every_choice_is_taken_and_shown(owner) -> None:
    """A field that the form's route forgets would be sent, and dropped without a word."""
    choices = offered(owner.get("/settings").text)
    assert {"worthwhile", "theme", "day_starts", "pain_since"} <= set(choices)
    for name, values in choices.items():
        for value in (values[-1], values[0], values[-1]):
            assert owner.post("/settings/choices", {name: value}).status_code == 200
            assert chosen(owner.get("/settings").text, name) == [value]


@pytest.mark.parametrize(("name", "value"), [("zone", "Europe/Rome"), ("reminder", "06:45")])
def test_an_empty_field_takes_a_choice_back(owner, site, name: str, value: str) -> None:
    """Whoever clears the zone or the time of the reminders has none from then on."""
    owner.post("/settings/choices", {name: value})
    assert current_settings(site.store, OWNER)[name] == value
    owner.post("/settings/choices", {name: ""})
    assert current_settings(site.store, OWNER)[name] == ""
