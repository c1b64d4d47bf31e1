"""Whatever is in a diary comes out in one archive, and goes into an empty diary as it was."""

import json
import zipfile
from contextlib import ExitStack
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from tempfile import TemporaryDirectory
from zoneinfo import ZoneInfo

import pytest
from fhir.resources.R4B.bundle import Bundle
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.run import Run
from backstride.core.scales import PainRating
from backstride.diary.calendar import keep_calendar
from backstride.diary.data_dictionary import MEANINGS, TABLES, dictionary
from backstride.diary.opening import open_diary, open_store
from backstride.diary.schema import OWNER
from backstride.diary.settings import set_setting, setting_history
from backstride.errors import BrokenFile, NotInDiary
from backstride.importers.backends.in_process import InProcessBackend
from backstride.services.archive_export import archive
from backstride.services.check_in import CheckInInput, SubmissionMeta, check_in
from backstride.services.import_archives import split_archives, store_all
from backstride.services.import_files import import_paths

NOW = datetime(2026, 6, 1, 8, tzinfo=UTC)
BERLIN = ZoneInfo("Europe/Berlin")
MOMENT = st.builds(
    lambda minutes, offset: (NOW - timedelta(minutes=minutes)).astimezone(
        timezone(timedelta(minutes=offset))
    ),
    st.integers(0, 50_000),
    st.integers(-720, 840),
)
WORDS = st.text(st.characters(codec="utf-8"), max_size=6)
CHECK_IN = st.builds(
    CheckIn,
    moment=MOMENT,
    pain=st.none() | st.builds(PainRating, st.floats(0, 10)),
    mood=st.none() | st.floats(0, 10),
    note=WORDS,
    source=WORDS,
    filled_in_late=st.booleans(),
)
RUN = st.builds(Run, start=MOMENT, moving_s=st.floats(1, 9000), source=WORDS)


def told_by(diary) -> list:
    """Every version of every entry, without its number."""
    each = [diary.history(entry.id) for entry in diary.entries()]
    return sorted([[(v.version, v.record, v.stored_at) for v in versions] for versions in each], key=repr)


@settings(max_examples=25, deadline=None)
@given(st.lists(CHECK_IN | RUN, min_size=1, max_size=6), st.data())
def test_a_diary_comes_back_exactly(records, data):
    """Out of one diary and into an empty one: every version of every entry, to the last bit and sign."""
    with TemporaryDirectory() as folder, ExitStack() as open_:
        first = open_.enter_context(open_diary(Path(folder) / "first.sqlite"))
        empty = open_.enter_context(open_diary(Path(folder) / "empty.sqlite"))
        kinds = {kind: tuple(r for r in records if isinstance(r, kind)) for kind in (CheckIn, Run)}
        for number in first.add(Records(kinds[CheckIn], kinds[Run]), source="app", now=NOW).ids:
            said = first.history(number)[0].record
            if isinstance(said, CheckIn) and data.draw(st.booleans()):
                first.amend(number, replace(said, note=data.draw(WORDS)), now=NOW + timedelta(hours=1))
        packed = Path(folder) / "diary.zip"
        packed.write_bytes(archive(first, now=NOW))
        wholes, others = split_archives([packed])
        store_all(empty, Records(), wholes, source="import", now=NOW + timedelta(days=9))
        assert (told_by(empty), others) == (told_by(first), [])
        assert store_all(empty, Records(), wholes, source="import", now=NOW).new == 0


def version(content: str, *, number: object = 1, stored_at: str = NOW.isoformat()) -> dict:
    """One version of an entry, as an archive tells it."""
    return {"number": number, "current": True, "content": content, "stored_at": stored_at, "told_at": None}


CONTENT = '{"moment": "2026-05-01T08:00:00+00:00"}'


def told_once(
    *, slot: str | None = None, number: object = 1, stored_at: str = NOW.isoformat(), **told
) -> list:
    """One check-in that an archive tells, with whatever somebody wrote into it."""
    content = json.dumps({"moment": "2026-05-01T08:00:00+00:00", **told})
    return [
        {"kind": "check_in", "slot": slot, "versions": [version(content, number=number, stored_at=stored_at)]}
    ]


def harmed(taken: Path, harm: dict) -> Path:
    """The archive with something else written into its diary."""
    with zipfile.ZipFile(taken) as archived:
        told = json.loads(archived.read("diary.json"))
    with zipfile.ZipFile(taken.with_name("harmed.zip"), "w", zipfile.ZIP_DEFLATED) as archived:
        archived.writestr("diary.json", json.dumps({**told, **harm}))
    return taken.with_name("harmed.zip")


@pytest.fixture
def taken(tmp_path) -> Path:
    """The archive of a diary with a check-in, a run told by two sources, and a choice."""
    with open_store(tmp_path / "first.sqlite") as store:
        start = NOW - timedelta(days=3)
        runs = tuple(Run(start=start, moving_s=1800 + s, distance_m=5000, source=f"{s}.fit") for s in (0, 1))
        told = Records((CheckIn(moment=start, pain=PainRating(4), note="=a\x07b"),), runs)
        store.diary(OWNER).add(told, source="app", now=NOW)
        set_setting(store, OWNER, "worthwhile", "1.5", now=NOW)
        packed = tmp_path / "diary.zip"
        packed.write_bytes(archive(store.diary(OWNER), now=NOW))
    return packed


def test_importing_the_archive_brings_everything_back(taken, tmp_path):
    """The way a person goes: import the file; two sources of one run stay two, and choices are there again."""
    where = str(tmp_path / "second.sqlite")
    imported = import_paths([taken], zone=BERLIN, diary=where, now=NOW, backend=InProcessBackend())
    assert (imported.added.new, imported.read.records.count) == (3, 3)
    with open_store(where) as second, open_store(tmp_path / "first.sqlite") as first:
        assert told_by(second.diary(OWNER)) == told_by(first.diary(OWNER))
        assert setting_history(second, OWNER) == setting_history(first, OWNER)


def test_the_archive_holds_tables_a_bundle_and_their_meaning(taken):
    """Everything in it can be opened by itself."""
    with zipfile.ZipFile(taken) as archived:
        names = archived.namelist()
        assert names == [
            "check-ins.csv",
            "runs.csv",
            "fhir-r4.json",
            "diary.json",
            "data-dictionary.txt",
            "README.txt",
        ]
        # A check-in is two resources: the form with its answers, and the pain derived from it.
        person, check_in, runs = 1, 2, 2
        assert (
            len(Bundle.model_validate_json(archived.read("fhir-r4.json")).entry) == person + check_in + runs
        )
        assert "pain now" in archived.read("data-dictionary.txt").decode()
        assert all(name in archived.read("README.txt").decode() for name in names[:-1])


def test_the_dictionary_knows_every_column():
    """A column that is added has to be explained, one that is gone is not."""
    assert {column for columns in TABLES.values() for column in columns} == set(MEANINGS)
    assert len(dictionary()) == 1 + sum(map(len, TABLES.values()))


@pytest.mark.parametrize(
    "harm",
    [
        {"entries": [{"kind": "check_in", "slot": None, "versions": []}]},
        {"entries": [{"kind": "song", "slot": None, "versions": [{"content": "{}"}]}]},
        {"entries": 7},
        {"backstride_diary": 2},
        {"choices": [{"name": "zone", "value": "x", "chosen_at": "2026-01-01"}]},
        {"entries": told_once(stored_at="0001-01-01T00:00:00+14:00x")},
        {"entries": told_once(number=True)},
        {"entries": [told_once()[0] | {"versions": [version(CONTENT) | {"answered": "height"}]}]},
        {"entries": [told_once()[0] | {"versions": [version(CONTENT) | {"answered": 3}]}]},
        {"entries": told_once(slot="\ud800")},
        {"entries": told_once(slot="check-in 2026-13-01")},
        {"entries": told_once(note=5)},
        {"entries": told_once(note="\ud800")},
        {"entries": told_once(mood="7")},
        {"entries": told_once(sore=1)},
        {"entries": told_once(zone_source="a star")},
        {"entries": told_once(pain=["4", 0, 10, 1])},
        {"entries": told_once(moment="1969-05-01T08:00:00+00:00")},
        {
            "entries": [
                {
                    "kind": "covered",
                    "slot": None,
                    "versions": [version('{"first_day":"0001-01-01","last_day":"9999-12-31"}')],
                }
            ]
        },
        {"entries": told_once() * 60_001},
        {"choices": [{"name": "theme", "value": "dark", "chosen_at": "2026-01-01T00:00Z"}] * 5_001},
    ],
    ids=str,
)
def test_an_archive_that_was_tampered_with_changes_nothing(taken, tmp_path, harm):
    """What no diary can hold is refused as a whole."""
    with pytest.raises(BrokenFile, match="cannot be used"):
        split_archives([harmed(taken, harm)])


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("calendar", "0" * 64),
        ("safety", "garbage"),
        ("worthwhile", "x"),
        ("theme", "neon"),
        ("language", "tlh"),
        ("zone", "Mars/Phobos"),
        ("colour", "red"),
    ],
)
def test_an_archive_brings_no_choice_that_a_page_does_not_offer(taken, name, value):
    """Secrets and values that no form takes are left out, with a sentence; the choices that are sound come."""
    sound = {"name": "theme", "value": "dark", "chosen_at": "2026-01-01T00:00:00Z"}
    ((whole,), _) = split_archives(
        [harmed(taken, {"choices": [{**sound, "name": name, "value": value}, sound]})]
    )
    assert [choice[:2] for choice in whole.choices] == [("theme", "dark")]
    assert len(whole.left_out) == 1


def test_an_archive_tells_nothing_of_the_future(taken):
    """A check-in of 2090 is left out with a sentence, and a clock that was wrong has stored nothing after now."""
    later = [
        *told_once(moment="2090-05-01T08:00:00+00:00"),
        *told_once(stored_at="2090-05-01T08:00:00+00:00"),
    ]
    ((whole,), _) = split_archives([harmed(taken, {"entries": later})])
    (entry,) = whole.entries
    assert datetime.fromisoformat(entry.rows[0]["stored_at"]) <= datetime.now(UTC)
    assert whole.left_out == ("A check-in of 2090-05-01 lies in the future.",)


def test_an_archive_does_not_tell_the_secret_of_a_calendar(tmp_path):
    """Whoever gets the archive cannot look at the plan for ever."""
    with open_store(tmp_path / "first.sqlite") as store:
        keep_calendar(store, OWNER, "a secret", now=NOW)
        store.diary(OWNER).add(Records((CheckIn(moment=NOW),)), source="app", now=NOW)
        assert "calendar" not in store.diary(OWNER).whole()


def test_a_damaged_archive_is_said_so(taken):
    """Bytes that were lost on the way are found, not read over."""
    content = bytearray(taken.read_bytes())
    place = content.find(b"diary.json") + 40
    content[place : place + 20] = bytes(20)
    taken.write_bytes(content)
    with pytest.raises(BrokenFile, match="damaged"):
        split_archives([taken])


def test_an_empty_diary_has_nothing_to_take(tmp_path):
    """It says so."""
    with open_diary(tmp_path / "diary.sqlite") as diary, pytest.raises(NotInDiary):
        archive(diary)


@pytest.mark.parametrize("slot", ["check-in 2026-06-01", "check-in 2026-05-01"])
def test_a_check_in_takes_the_place_of_its_own_day_alone(taken, tmp_path, slot):
    """An archive that puts an old check-in in the place of a coming day: that day is saved and shown as ever."""
    where = str(tmp_path / "second.sqlite")
    brought = harmed(taken, {"entries": told_once(slot=slot, pain=[9, 0, 10, 1])})
    import_paths([brought], zone=BERLIN, diary=where, now=NOW, backend=InProcessBackend())
    later = datetime(2026, 6, 1, 7, tzinfo=UTC)
    with open_store(where) as store:
        told = CheckInInput(day=later.date(), pain=2)
        check_in(store, OWNER, told, SubmissionMeta(), zone=UTC, now=later).sent.result()
        shown = {c.local_day: c.pain.value for c in store.diary(OWNER).records().check_ins}
    assert shown == {date(2026, 5, 1): 9, date(2026, 6, 1): 2}


def test_what_a_version_answered_comes_back(taken, tmp_path):
    """A later word leaves what it does not answer as it was, in the diary that an archive was put into, too."""
    told = told_once(slot="check-in 2026-05-01", pain=[4, 0, 10, 1], leg_pain=2)
    told[0]["versions"][0] |= {"answered": "pain leg_pain", "told_at": "2026-05-01T08:00:00+00:00"}
    where = str(tmp_path / "second.sqlite")
    import_paths(
        [harmed(taken, {"entries": told})], zone=BERLIN, diary=where, now=NOW, backend=InProcessBackend()
    )
    with open_store(where) as store:
        late = SubmissionMeta(idempotency_key="a", recorded_at=datetime(2026, 5, 1, 9, tzinfo=UTC))
        told = CheckInInput(day=date(2026, 5, 1), pain=6)
        check_in(store, OWNER, told, late, zone=UTC, now=NOW).sent.result()
        (shown,) = store.diary(OWNER).records().check_ins
        assert '"answered": ' in store.diary(OWNER).whole()
    assert (shown.pain.value, shown.leg_pain) == (6, 2)
