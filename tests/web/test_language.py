"""Pages in the reader's language: chosen, or as their browser asks."""

import re
from datetime import timedelta

import pytest

from backstride.diary.diary import Added
from backstride.diary.schema import OWNER
from backstride.diary.settings import current_settings
from backstride.importers.base import Skipped
from backstride.services.upload_result import Read, Upload
from backstride.services.uploads import Uploads

from .conftest import PAGE, PASSPHRASE
from .days import lived_today

PAGES = [
    "/",
    "/plan",
    "/answer",
    "/diary",
    "/report",
    "/safety",
    "/safety/questions",
    "/settings",
    "/tests",
    "/offline",
]
GERMAN = {**PAGE, "accept-language": "de-CH,de;q=0.9,en;q=0.8"}


def lang(reply) -> str:
    """What a page says of its own language."""
    return re.search(r'<html lang="(\w+)"', reply.text)[1]


@pytest.mark.parametrize("path", PAGES)
def test_pages_speak_as_the_browser_asks(owner, path):
    """German with German dates where German is asked for; the page says so to a screen reader."""
    reply = owner.client.get(path, headers=GERMAN)
    assert lang(reply) == "de"
    assert "Wann aufhören und Hilfe holen" in reply.text
    assert lang(owner.get(path)) == "en"


@pytest.mark.parametrize(
    ("accepted", "code"),
    [
        ("de", "de"),
        ("de-AT;q=0.5, en;q=0.9", "en"),
        ("fr, de;q=0.3", "de"),
        ("de;q=0, en", "en"),
        ("fr", "en"),
        ("de;q=x", "en"),
        ("", "en"),
    ],
)
def test_the_best_of_what_is_accepted(owner, accepted, code):
    """By weight; what is unknown, or not wanted, is English."""
    assert lang(owner.client.get("/safety", headers={**PAGE, "accept-language": accepted})) == code


def test_a_choice_outweighs_the_browser_and_can_be_taken_back(owner, site):
    """German for a browser that asks for English, and as the browser asks once nothing is chosen."""
    assert lang(owner.post("/settings/language", {"language": "de"})) == "de"
    assert current_settings(site.store, OWNER)["language"] == "de"
    assert lang(owner.get("/")) == "de"
    assert lang(owner.post("/settings/language", {"language": ""})) == "en"


def test_a_choice_follows_to_another_device(anna, browser):
    """Who signs in elsewhere is spoken to as they chose."""
    anna.post("/settings/language", {"language": "de"})
    other = browser()
    form = {"name": "anna", "passphrase": PASSPHRASE}
    assert lang(other.client.post("/sign-in", data=form, headers=PAGE)) == "de"


def test_a_language_that_is_not_here_is_refused(owner):
    """And nothing changes."""
    assert owner.post("/settings/language", {"language": "xx"}).status_code == 400
    assert lang(owner.get("/")) == "en"


def test_errors_of_forms_are_told_in_the_language(owner):
    """A number that is missing is missing in German, too."""
    form = {"mark": owner.mark, "value": ""}
    reply = owner.client.post("/tests/weight", data=form, headers=GERMAN)
    assert "Eine Zahl fehlt." in reply.text


def test_a_day_is_told_in_the_language(owner):
    """What was tapped is shown in the reader's words; what was written by hand stays."""
    owner.post("/check-in", {"pain": "6", "sore": "yes", "note": "Sore from the car."})
    day = lived_today()
    page = owner.client.get(f"/diary/day/{day}", headers=GERMAN).text
    assert "Hattest du an dem Tag Muskelkater? Ja" in page
    assert "Sore from the car." in page


def test_what_was_left_out_of_a_file_is_told_in_the_language(owner, monkeypatch):
    """Each reason and each note of an import; it was made in English, whoever reads it."""
    left_out = Skipped("runs.csv line 7", "It has no start. Write day and time, as in 2026-05-01 18:10.")
    read = Read(skipped=(left_out,), notes=("runs.csv: times are read as those of Europe/Berlin.",))
    monkeypatch.setattr(Uploads, "last", lambda *_: Upload(read, Added(0, 0, ())))
    page = owner.client.get("/diary/brought", headers=GERMAN).text
    assert "runs.csv Zeile 7: Der Beginn fehlt. Schreibe Tag und Zeit, etwa 2026-05-01 18:10." in page
    assert "runs.csv: Zeiten gelten als die von Europe/Berlin." in page


def test_errors_of_the_layers_below_are_told_in_the_language(owner):
    """As a page and as what a script shows."""
    told = owner.client.get("/diary/run/9999", headers=GERMAN).text
    assert "Den Eintrag 9999 gibt es im Tagebuch nicht." in told
    form = {"mark": owner.mark, "pain": "11"}
    told = owner.client.post("/check-in", data=form, headers={**GERMAN, "accept": "application/json"}).json()
    assert told["problem"] == "Der Wert 11 liegt nicht auf der Skala 0 bis 10."


def test_two_people_at_once_do_not_mix(owner, anna):
    """Each request speaks its own language, whoever asks in between."""
    told = [
        lang(who.client.get("/", headers=headers)) for who, headers in ((owner, GERMAN), (anna, PAGE)) * 3
    ]
    assert told == ["de", "en"] * 3


@pytest.mark.parametrize(
    ("headers", "said"),
    [
        ({"host": "evil.example"}, "Auf diesen Namen antwortet dieser Server nicht."),
        ({"origin": "https://evil.example"}, "Das kam von einer anderen Website"),
        ({"content-length": "99999999"}, "Das ist zu groß."),
    ],
)
def test_who_is_turned_away_is_told_in_their_language(owner, headers, said):
    """The guard stands before the pages, and speaks as they do."""
    reply = owner.client.post("/check-in", headers={**GERMAN, **headers}, content=b"pain=3")
    assert reply.text.startswith(said)


def test_who_is_signed_out_is_told_in_their_language(browser):
    """A program that shows nothing, and a window that was left open."""
    reply = browser().client.get("/diary", headers={"accept": "application/json", "accept-language": "de"})
    said = "Hier ist niemand angemeldet. Melde dich an, dann versuche es noch einmal.\n"
    assert (reply.status_code, reply.text) == (401, said)


ENGLISH_LEFT = re.compile(
    r"\b(the|and|of|was|were|in the|line \d|is|are|morning|left out|rows?|run|days?|it|[Ee]xample|year|given)\b"
)


def test_a_report_on_an_import_is_german_throughout(owner, site):
    """What lies in the future, a table without a usable row, and what the files cover: no word of it is English."""
    day = lived_today()
    future = f"start,moving_min\n{day + timedelta(days=99)} 18:10,30\n{day - timedelta(days=9)} 18:10,30\n"
    unusable = f"time,pain\n{day} 07:30,11\n{day} 07:40,12\n"
    tables = [("zukunft.csv", future.encode()), ("unbrauchbar.csv", unusable.encode())]
    owner.client.headers["accept-language"] = "de"
    owner.post("/diary/bring", files=[("files", table) for table in tables])
    site.uploads.wait()
    shown = owner.get("/diary/brought").text
    body = " ".join(
        re.sub(r"<[^>]+>|[\w-]+\.csv", " ", shown[shown.index("<h1>") : shown.index("</main>")]).split()
    )
    assert "Übergangen: Lauf" in body
    assert ENGLISH_LEFT.findall(body) == []


@pytest.mark.parametrize(
    ("name", "table"),
    [
        ("leer.csv", ""),
        ("unbrauchbar.csv", "time,pain\n2026-05-01 07:30,11\n2026-05-02 07:40,12\n"),
        ("dauer.csv", "Datum;Beginn;Dauer;Art\n21.11.2025;08:30;0:35;Laufen\n22.11.2025;08:30;25;Laufen\n"),
        ("datum.csv", "time,pain\n21/05/2026 07:30,3\n22/05/2026 07:30,4\n"),
    ],
)
def test_what_came_of_one_file_is_german_throughout(owner, site, name, table):
    """Where nothing could be used, too; days, durations and the source of an entry."""
    owner.client.headers["accept-language"] = "de"
    owner.post("/diary/bring", files=[("files", (name, table.encode()))])
    site.uploads.wait()
    pages = [owner.get("/diary/brought").text]
    for entry in site.store.diary(OWNER).entries()[:1]:
        pages.append(owner.get(f"/diary/day/{entry.record.local_day}").text)
    for shown in pages:
        main = shown[shown.index("<h1>") : shown.index("</main>")]
        body = " ".join(re.sub(r"<[^>]+>|[\w-]+\.csv", " ", main).split())
        assert ENGLISH_LEFT.findall(body) == [], body


def test_a_kept_reason_for_no_answer_is_german(owner, site):
    """Too few mornings are said in the reader's language, whoever asked first, and send nobody to a file."""
    # of the day before: what is said after midnight is no morning's rating
    owner.post("/check-in", {"pain": "3", "day": f"{lived_today() - timedelta(days=1)}"})
    owner.get("/answer")
    site.answers.wait()
    shown = owner.client.get("/answer", headers=GERMAN).text
    assert "Morgen mit Angabe bisher: 1. Für eine erste Antwort braucht es 10." in shown
    assert ".csv" not in shown
