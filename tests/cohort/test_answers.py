"""One row a person: what `backstride answer` says of the diary, and what is not known is empty."""

import csv
from datetime import UTC, date, datetime

import pytest

from backstride.answer.ask import answer_question
from backstride.answer.kinds import Check
from backstride.cohort.columns import COLUMNS, NUMBERS, check_column
from backstride.cohort.person_answer import AnswerSettings, answer_tasks, task_of
from backstride.cohort.store import CohortStore, StoredPerson, packed
from backstride.cohort.table_out import NOT_YET, write_tables
from backstride.core.records import Records
from backstride.diary.daily import daily_series
from backstride.testing.people import make_person

PERSON = make_person(seed=1, first_day=date(2025, 1, 6), days=40)
NEVER_RAN = Records(check_ins=PERSON.records.check_ins, covered=PERSON.records.covered)
FEW = Records(check_ins=PERSON.records.check_ins[:3])
AT = datetime(2026, 1, 1, tzinfo=UTC)


@pytest.fixture(autouse=True)
def quick(monkeypatch):
    """Few draws: what is shown is where numbers stand, not how good they are."""
    from backstride.answer import panel

    monkeypatch.setattr(panel, "DRAWS", (60,))


def person(name, records, error="", traits=None):
    """One of the store, as it would be taken in."""
    content, fingerprint = packed(records)
    return StoredPerson(name, "Europe/Berlin", fingerprint, traits or {}, (), error, content)


@pytest.fixture
def store(tmp_path):
    """Who was answered, never ran, has too few ratings, could not be read, and was not asked yet."""
    settings = AnswerSettings()
    with CohortStore(tmp_path / "store", create=True) as opened:
        asked = [person("a", PERSON.records, traits={"age": "44"}), person("b", NEVER_RAN), person("c", FEW)]
        for each in asked:
            opened.put_person(each)
            for answer in answer_tasks([task_of(each, settings)], settings):
                opened.put_answer(answer)
        opened.put_person(StoredPerson("d", "Europe/Berlin", "", {}, (), "It cannot be read. Correct it."))
        opened.put_person(person("e", Records(check_ins=PERSON.records.check_ins[:20])))
        yield opened


def rows_of(store, folder):
    """The rows of the table by id."""
    write_tables(store, AnswerSettings(), folder)
    with (folder / "answers.csv").open() as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def test_a_row_is_what_answer_says(store, tmp_path):
    """Verdict, mean, interval and tier of a row are those of the whole answer to the same records."""
    row = rows_of(store, tmp_path)["a"]
    alone = answer_question(daily_series(PERSON.records, zone=PERSON.zone), seed=1)
    for effect in alone.effects:
        name = effect.question.value
        assert float(row[f"{name}_mean"]) == effect.estimate.mean
        assert float(row[f"{name}_high_95"]) == effect.estimate.interval_95[1]
        assert row[f"{name}_tier"] == effect.tier.letter.value
        assert row[f"{name}_verdict"] == ("" if effect.reason else effect.verdict.value)
    assert (row["trait_age"], row["check_ins"]) == ("44", str(alone.facts.check_ins))


def test_what_is_not_known_is_empty(store, tmp_path):
    """Nobody without a verdict, or without runs, gets a zero: the cell is empty and the reason stands beside it."""
    rows = rows_of(store, tmp_path)
    never = rows["b"]
    assert (never["week_verdict"], never["week_mean"], never["week_standard_mean"]) == ("", "", "")
    assert (never["week_open_because"], never["run_days"]) == ("too few runs", "0")
    for name in ("c", "d", "e"):
        assert [column for column in NUMBERS if rows[name][column]] == []
    assert rows["c"]["error"].startswith("Rated mornings so far: 3.")
    assert (rows["d"]["error"], rows["e"]["error"]) == ("It cannot be read. Correct it.", NOT_YET)


def test_parquet_holds_the_same(store, tmp_path):
    """The Parquet file has the same rows, with numbers as numbers and nulls where nothing is known."""
    parquet = pytest.importorskip("pyarrow.parquet")
    rows = rows_of(store, tmp_path)
    found = parquet.read_table(tmp_path / "answers.parquet").to_pylist()
    assert [row["id"] for row in found] == list(rows)
    assert set(found[0]) == {*COLUMNS, "trait_age"}
    assert found[0]["week_mean"] == float(rows["a"]["week_mean"])
    assert (found[0]["gate_is_open"] in (True, False), found[1]["week_verdict"]) == (True, None)


def test_the_checks_come_where_they_are_asked_for():
    """With checks each has its result; the numbers are the same as without."""
    settings = AnswerSettings(with_checks=True)
    ((plain,), (checked,)) = (
        answer_tasks([task_of(person("a", PERSON.records), one)], one) for one in (AnswerSettings(), settings)
    )
    results = {checked.numbers[check_column(check)] for check in Check}
    assert results <= {"pass", "fail", "only informs", "not run"}
    assert plain.numbers["season_mean"] == checked.numbers["season_mean"]
    assert plain.key != checked.key
