"""On a phone: the installed app, help without a terminal, and the address as a picture."""

import struct
import tomllib
from dataclasses import replace
from pathlib import Path
from urllib.parse import urljoin

import pytest

from backstride.report.help_words import TOPICS
from backstride.web.static_files import KINDS, STATIC


def size_of(png: bytes) -> tuple[int, int]:
    """Width and height of a PNG."""
    assert png.startswith(b"\x89PNG")
    return struct.unpack(">II", png[16:24])


@pytest.mark.parametrize("code", ["en", "de"])
def test_the_manifest_has_what_an_installed_app_needs(owner, code):
    """A start, a scope, a shortcut to the check-in, and icons of the sizes that it states, one of them maskable."""
    shown = owner.client.get("/", headers={"accept": "text/html", "accept-language": code}).text
    name = "manifest.de.webmanifest" if code == "de" else "manifest.webmanifest"
    assert f'href="/static/{name}"' in shown
    at = f"/static/{name}"
    manifest = owner.client.get(at).json()
    assert "id" not in manifest, "it is the page that it starts with, which may stand below a path"
    assert (urljoin(at, manifest["start_url"]), urljoin(at, manifest["scope"])) == ("/", "/")
    assert manifest["lang"] == code
    assert manifest["shortcuts"][0]["name"] == ("Eintrag" if code == "de" else "Check in")
    icons = [icon for icon in manifest["icons"] if icon["type"] == "image/png"]
    for icon in icons:
        width, height = size_of(owner.client.get(urljoin(at, icon["src"])).content)
        assert icon["sizes"] == f"{width}x{height}"
    assert [icon["sizes"] for icon in icons if icon.get("purpose") == "maskable"] == ["512x512"]
    for shot in manifest["screenshots"]:
        width, height = size_of(owner.client.get(urljoin(at, shot["src"])).content)
        assert shot["sizes"] == f"{width}x{height}"
    assert {shot["form_factor"] for shot in manifest["screenshots"]} == {"narrow", "wide"}
    assert size_of(owner.client.get("/apple-touch-icon.png").content) == (180, 180)


def test_every_file_that_the_app_sends_is_installed_with_it():
    """The patterns of the package name its kind: else an installed app has no icons, and no service worker."""
    project = tomllib.loads((Path(__file__).parents[2] / "pyproject.toml").read_text(encoding="utf-8"))
    patterns = project["tool"]["setuptools"]["package-data"]["backstride"]
    missing = [name for name in KINDS if f"**/*{Path(name).suffix}" not in patterns]
    assert [name for name in missing if (STATIC / name).exists()] == []


def test_the_bar_of_the_browser_has_the_colour_of_the_page(owner):
    """One for each scheme; where somebody chose one, that one alone."""
    shown = owner.get("/diary").text
    assert shown.count('name="theme-color"') == 2
    owner.post("/settings/choices", {"theme": "dark"})
    shown = owner.get("/diary").text
    assert shown.count('name="theme-color"') == 1
    assert '<meta name="theme-color" content="#14191B">' in shown


@pytest.mark.parametrize("topic", TOPICS, ids=lambda topic: topic.name)
def test_help_is_there_for_everybody_and_leads_on(owner, browser, topic):
    """Without sign-in, too; it sends nobody to a terminal, and its link opens."""
    for who in (owner, browser()):
        shown = who.get(f"/help/{topic.name}")
        assert shown.status_code == 200
        assert "backstride " not in shown.text.partition("</main>")[0].partition("<h1>")[2].replace(
            "backstride -", ""
        )
    assert owner.get(topic.leads_to[0]).status_code == 200


def test_a_topic_that_is_not_there_is_refused(owner):
    """The sentence leads to the list."""
    reply = owner.get("/help/nothing")
    assert (reply.status_code, "/help" in reply.text) == (404, True)


@pytest.mark.parametrize(
    ("page", "topic"), [("/diary", "runs"), ("/answer", "answer"), ("/settings", "phone"), ("/help", "data")]
)
def test_help_is_linked_where_the_question_arises(owner, page, topic):
    """Beside the files, where there is no answer yet, and in Settings."""
    assert f'href="/help/{topic}"' in owner.get(page).text


def test_settings_show_the_address_as_a_picture(owner, app):
    """Where a phone can reach the server; else they say how it is started so that one can."""
    assert "So far, only this computer can reach your diary." in owner.get("/settings").text
    assert "backstride serve --phone" in owner.get("/help/web").text
    app.state.site = replace(app.state.site, phone_address="http://192.168.7.5:8710")
    shown = owner.get("/settings").text
    assert "<code>http://192.168.7.5:8710</code>" in shown
    assert 'class="qr" src="data:image/svg+xml' in shown
