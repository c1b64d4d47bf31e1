"""Contributions: what leaves, in words; what is refused; and that nothing is left of one that was taken back."""

import json
from dataclasses import fields, replace
from datetime import date, timedelta

import pytest
from click.testing import CliRunner
from cohort_people import NOW, ZONE
from contributed import contribution, files_of

from backstride.cli.cohort import command
from backstride.cohort.contribution import TRAITS, days_band, minutes_band, pain_band
from backstride.cohort.contribution_file import contribution_json, read_contribution
from backstride.cohort.contribution_words import consent, sentences
from backstride.cohort.store import CohortStore
from backstride.diary.tables import write_tables
from backstride.errors import BadTable, BadValue, NotInDiary, TooFewRecords
from backstride.importers.folder import import_path
from backstride.services.cohort import take_in
from backstride.services.contribute import contribution_from, differences, key_of_earlier, withdraw
from backstride.testing.people import make_person


@pytest.fixture(scope="module")
def diary(tmp_path_factory):
    """The folder of a made-up diary of 60 days that the engine can answer."""
    folder = tmp_path_factory.mktemp("given") / "diary"
    person = make_person(
        seed=3, first_day=date(2026, 1, 5), days=60, effect_season=-1.0, tier="B", pathways=False
    )
    write_tables(person.records, folder)
    return folder


def everything_below(folder):
    """Every byte of every file below a folder."""
    return b"".join(path.read_bytes() for path in folder.rglob("*") if path.is_file())


def test_a_diary_gives_its_contribution_and_nothing_of_its_days(diary, tmp_path):
    """The file holds bands and a likelihood; no date, no rating and no run of the diary stands in it."""
    out = tmp_path / "c.json"
    said = CliRunner().invoke(
        command,
        ["contribute", str(diary), "--about", "age=40 to 59", "--out", str(out), "--zone", "Europe/Berlin"],
        input="y\n",
    )
    assert said.exit_code == 0, said.output
    text = out.read_text()
    days = [date(2026, 1, 5) + timedelta(days=day) for day in range(-1, 70)]
    assert [day for day in days if day.isoformat() in text] == []
    assert (out.stat().st_mode & 0o777, json.loads(text)["person"]) == (0o600, {"age": "40 to 59"})
    given = read_contribution(text, name="c.json")
    assert (given.days, given.week_tier) == ("56 to 83", "B")
    assert all(sentence in said.output for sentence in (*sentences(given), *consent()))
    again = CliRunner().invoke(command, ["check", str(out), str(diary), "--zone", "Europe/Berlin"])
    assert "Your diary gives the same numbers." in again.output


def test_without_consent_nothing_is_written(diary, tmp_path):
    """Who does not agree has given nothing."""
    out = tmp_path / "c.json"
    said = CliRunner().invoke(command, ["contribute", str(diary), "--out", str(out)], input="n\n")
    assert ("Nothing was written." in said.output, out.exists()) == (True, False)


def test_a_number_that_was_changed_is_found(diary):
    """Held against the diary, a file with another mean says which curve differs."""
    mine = contribution_from(import_path(diary, zone=ZONE).records, zone=ZONE, now=NOW)
    assert differences(mine, mine) == []
    changed = replace(mine, parts=(replace(mine.parts[0], week=mine.parts[0].week + 0.3), mine.parts[1]))
    assert differences(changed, mine) == ["Curve 1: week differ by more than 0.05."]


def test_a_diary_with_few_runs_gives_nothing(tmp_path):
    """Where the numbers would be those of the prior alone there is no contribution."""
    (tmp_path / "check-ins.csv").write_text(
        "time,pain\n" + "".join(f"2026-01-{day:02d} 07:00,{day % 4}\n" for day in range(1, 25))
    )
    with pytest.raises(TooFewRecords, match="too few runs"):
        contribution_from(import_path(tmp_path, zone=ZONE).records, zone=ZONE, now=NOW)


def test_the_words_say_every_value():
    """Each value of a contribution stands in a sentence; what was not said is named as not said."""
    given = contribution(7)
    words = "\n".join(sentences(given))
    for field in fields(given):
        value = getattr(given, field.name)
        if field.name == "traits":
            assert all(f"{name}: {what}" in words for name, what in value.items())
            assert all(name in words for name in TRAITS)
        elif field.name == "parts":
            assert all(f"{part.week:+.2f}" in words and f"{part.season:+.2f}" in words for part in value)
        else:
            assert str(value) in words


def test_a_contribution_reads_back_as_it_was_written():
    """JSON and back loses nothing."""
    given = contribution(3, blocks=True)
    assert read_contribution(contribution_json(given), name="x") == given


@pytest.mark.parametrize(
    "change",
    [
        {"key": "../../etc/passwd"},
        {"key": 5},
        {"effective draws": True},
        {"effective draws": 0},
        {"effects": []},
        {"effects": [{"share": 1}]},
        {"person": {"age": "44"}},
        {"person": {"name": "x"}},
        {"person": 3},
        {"diary": {}},
        {"consent": {"version": 9, "month": "2026-11"}},
        {"consent": {"version": 1, "month": "2026-13"}},
        {"format": "backstride contribution 9"},
        {"answer_version": "2"},
    ],
    ids=str,
)
def test_what_cannot_be_is_refused_with_a_sentence(change):
    """A file from elsewhere is checked value by value; each refusal says what to do."""
    text = json.dumps(json.loads(contribution_json(contribution(1))) | change)
    with pytest.raises(BadTable, match=r"is no contribution that can be used: .* Make it anew"):
        read_contribution(text, name="x.json")


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-61", "1e400", "null", '"0"', "true", "[]"])
def test_a_number_that_cannot_be_is_refused(value):
    """Means, sds, shares and correlations are finite numbers within their limits."""
    text = contribution_json(contribution(1))
    first = text.index('"week":') + len('"week":')
    text = text[:first] + value + text[text.index(",", first) :]
    with pytest.raises(BadTable, match="is no contribution"):
        read_contribution(text, name="x.json")


def test_text_that_is_no_json_is_refused():
    """Nothing at all, too much, and deep nesting each give the sentence."""
    for text in ("", "{", "[" * 50_000, " " * 70_000, "{}", "[]", "null"):
        with pytest.raises(BadTable):
            read_contribution(text, name="x.json")


def test_bands_hold_their_limits():
    """A limit belongs to the band above it."""
    assert [days_band(n) for n in (27, 28, 84)] == ["0 to 27", "28 to 55", "84 to 111"]
    assert [pain_band(x) for x in (1.99, 2.0, 10.0)] == ["under 2", "2 to 4", "6 or more"]
    assert [minutes_band(x) for x in (0.0, 60.0, 500.0)] == ["under 60", "60 to 120", "180 or more"]


def test_a_study_takes_contributions_in(tmp_path):
    """A folder of files is taken in; one that cannot be used is listed and stops nothing; a newer one replaces."""
    received = files_of(tmp_path / "in", [contribution(n) for n in range(3)])
    (received / "other.json").write_text("{}")
    (received / "link.json").symlink_to(received / "other.json")
    taken = take_in(received, tmp_path / "store", now=NOW)
    assert (taken.new, sorted(name for name, _ in taken.refused)) == (3, ["link.json", "other.json"])
    files_of(received, [contribution(1, pain="under 2")])
    again = take_in(received, tmp_path / "store", now=NOW)
    assert (again.new, again.changed, again.unchanged) == (0, 1, 2)


@pytest.mark.parametrize("by", ["key", "file"])
def test_of_one_that_was_taken_back_no_file_holds_the_key(tmp_path, by):
    """Neither store nor received file has a byte of the key afterwards, and the same file is not taken in again."""
    given = contribution(5, key="0123456789abcdef0123456789abcdef")
    received = files_of(tmp_path / "in", [contribution(1), given])
    copy = (received / "from-cdef.json").read_text()
    take_in(received, tmp_path / "store", now=NOW)
    assert given.key.encode() in everything_below(tmp_path)
    which = given.key if by == "key" else str(received / "from-cdef.json")
    _, deleted = withdraw(which, store=tmp_path / "store", received=received)
    assert deleted == [received / "from-cdef.json"]
    assert given.key.encode() not in everything_below(tmp_path)
    (received / "late.json").write_text(copy)
    taken = take_in(received, tmp_path / "store", now=NOW)
    assert ("late.json", "It was taken back, and stays out. Delete the file.") in taken.refused
    with CohortStore(tmp_path / "store") as store:
        assert [one.key for one in store.contributions.all()] == [contribution(1).key]


def test_its_owner_deletes_their_file_and_is_given_the_key(tmp_path):
    """Without a store the file goes, and the sentence says what to send to the study."""
    given = contribution(5)
    files_of(tmp_path, [given])
    said = CliRunner().invoke(command, ["withdraw", str(tmp_path / "from-0005.json")])
    assert f"Send this key, and nothing else, to the study that has it: {given.key}" in said.output
    assert list(tmp_path.iterdir()) == []


def test_a_key_that_nobody_has_is_said_to_be_unknown(tmp_path):
    """A wrong key deletes nothing; what is no key at all is refused."""
    take_in(files_of(tmp_path / "in", [contribution(1)]), tmp_path / "store", now=NOW)
    with pytest.raises(NotInDiary, match="no contribution with this key"):
        withdraw("f" * 32, store=tmp_path / "store", received=None)
    with pytest.raises(BadValue, match="no key and no file"):
        withdraw("anna", store=tmp_path / "store", received=None)


def test_given_anew_a_contribution_stays_under_its_key(tmp_path):
    """So a study counts a person once; a file of another kind is not written over."""
    files_of(tmp_path, [contribution(9)])
    assert key_of_earlier(tmp_path / "from-0009.json") == contribution(9).key
    assert key_of_earlier(tmp_path / "none.json") is None
    (tmp_path / "letter.txt").write_text("Dear ...")
    with pytest.raises(BadValue, match="Choose another file"):
        key_of_earlier(tmp_path / "letter.txt")
