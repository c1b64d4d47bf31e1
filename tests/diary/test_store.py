"""Several people in one store."""

from dataclasses import fields, replace
from datetime import UTC, date, datetime, timedelta

import pytest

from backstride.core.allocation import Allocation, AllocationScheme, Arm
from backstride.core.check_in import CheckIn
from backstride.core.measurement import Measurement, MeasurementKind
from backstride.core.pain_before import PainBefore
from backstride.core.plan_step import PlanStep, Step
from backstride.core.records import CoveredSpan, Records
from backstride.core.roland_morris import RolandMorris
from backstride.core.run import Run
from backstride.core.scales import PainRating
from backstride.diary.answer_cache import (
    NOT_ASKED_OF,
    CachedAnswer,
    cached_answer,
    records_fingerprint,
    store_answer,
)
from backstride.diary.daily import daily_series
from backstride.diary.opening import open_diary, open_store
from backstride.diary.people import (
    add_person,
    everybody,
    example_of,
    person_named,
    person_of,
    remove_person,
    set_passphrase,
)
from backstride.diary.schema import OWNER
from backstride.diary.serialization import KINDS
from backstride.diary.sessions import end_session, end_sessions, find_session, open_session, sessions_of
from backstride.diary.settings import current_settings, set_setting, setting_history
from backstride.errors import BadValue, NotInDiary

NOW = datetime(2026, 5, 1, 7, tzinfo=UTC)
DAY = date(2026, 5, 1)
CHECK_IN = CheckIn(moment=NOW, pain=PainRating(3), note="slept badly", source="app")


@pytest.fixture
def store(where):
    """An empty store."""
    with open_store(where) as opened:
        yield opened


@pytest.fixture
def anna(store):
    """Somebody beside the owner."""
    return add_person(store, "Anna")


def test_two_diaries_know_nothing_of_each_other(store, anna):
    """What one tells is not known to the other, even where both say the same."""
    owners, annas = store.diary(OWNER), store.diary(anna.id)
    assert owners.add(Records((CHECK_IN,)), source="app", now=NOW).new == 1
    assert annas.records().count == 0
    assert annas.add(Records((CHECK_IN,)), source="app", now=NOW).new == 1


@pytest.mark.parametrize("act", ["amend", "history", "erase"])
def test_an_entry_of_somebody_else_is_not_there(store, anna, act):
    """Knowing the number of another's entry opens nothing."""
    (entry_id,) = store.diary(OWNER).add(Records((CHECK_IN,)), source="app", now=NOW).ids
    annas = store.diary(anna.id)
    with pytest.raises(NotInDiary):
        annas.amend(entry_id, CHECK_IN, now=NOW) if act == "amend" else getattr(annas, act)(entry_id)
    assert store.diary(OWNER).records().check_ins == (CHECK_IN,)


def test_erasing_everything_leaves_the_others(store, anna):
    """One person's diary is emptied, no other."""
    for person in (OWNER, anna.id):
        store.diary(person).add(Records((CHECK_IN,)), source="app", now=NOW)
    store.diary(anna.id).erase_everything()
    assert [store.diary(p).records().count for p in (OWNER, anna.id)] == [1, 0]


def test_removed_person_takes_all_along(store, anna):
    """Sessions, choices, answers and entries go with the person; the example, too."""
    example = add_person(store, "example of Anna", example_of=anna.id)
    open_session(store, anna.id, "token", label="phone", now=NOW)
    set_setting(store, anna.id, "zone", "Europe/Berlin", now=NOW)
    store.diary(example.id).add(Records((CHECK_IN,)), source="app", now=NOW)
    remove_person(store, anna.id)
    assert find_session(store, "token", now=NOW) is None
    assert setting_history(store, anna.id) == ()
    assert store.diary(example.id).entries() == ()
    with pytest.raises(NotInDiary):
        person_of(store, anna.id)


def test_owner_has_the_diary_of_the_commands(where):
    """What the command line keeps, the server shows to the owner."""
    with open_diary(where) as diary:
        diary.add(Records((CHECK_IN,)), source="app", now=NOW)
    with open_store(where) as store:
        assert store.diary(OWNER).records().check_ins == (CHECK_IN,)


def test_a_name_is_taken_once(store, anna):
    """Capitals and spaces make no other name."""
    with pytest.raises(BadValue, match="anna"):
        add_person(store, " anna ")
    assert person_named(store, "ANNA") == anna
    assert [person.name for person in everybody(store)] == ["owner", "Anna"]


@pytest.mark.parametrize("typed", ["Änne", "änne", "ÄNNE", " A\u0308nne "])
def test_a_name_is_the_same_in_every_letter(store, typed):
    """With capitals or without, beyond English too, and however a keyboard makes the dots: both databases agree."""
    person = add_person(store, "Änne")
    assert person_named(store, typed) == person
    with pytest.raises(BadValue, match="taken"):
        add_person(store, typed)


def test_an_example_cannot_sign_in(store, anna):
    """A simulated person is found by whom it belongs to, never by name."""
    example = add_person(store, "example", example_of=anna.id)
    assert example_of(store, anna.id) == example
    assert person_named(store, "example") is None
    assert example not in everybody(store)


def test_a_passphrase_is_replaced(store, anna):
    """The new hash stands in the place of the old one."""
    set_passphrase(store, anna.id, "hashed")
    assert person_of(store, anna.id).passphrase == "hashed"


@pytest.mark.parametrize(("days", "unused"), [(31, True), (91, False)])
def test_a_session_ends_by_itself(store, anna, days, unused):
    """After 30 days without use, and after 90 days in any case."""
    open_session(store, anna.id, "token", label="phone", now=NOW)
    step = days if unused else 20
    for day in range(step, days, step):
        assert find_session(store, "token", now=NOW + timedelta(days=day))
    assert find_session(store, "token", now=NOW + timedelta(days=days)) is None


def test_a_token_is_not_in_the_store(path):
    """Who reads the file finds no token to sign in with."""
    with open_store(path) as store:
        open_session(store, OWNER, "a token nobody else knows", label="phone", now=NOW)
        store.forget()
    assert b"a token nobody else knows" not in path.read_bytes()


def test_sessions_are_ended_by_their_person_alone(store, anna):
    """Nobody ends another's session; ending all leaves the one that asks."""
    for person, token in ((OWNER, "a"), (OWNER, "b"), (anna.id, "c")):
        open_session(store, person, token, label=token, now=NOW)
    mine = find_session(store, "a", now=NOW)
    end_session(store, anna.id, mine.id)
    end_sessions(store, OWNER, but=mine.id)
    assert [session.label for session in sessions_of(store, OWNER)] == ["a"]
    assert find_session(store, "c", now=NOW)


def test_a_changed_choice_is_still_known(store):
    """The last choice counts; the ones before can be shown."""
    for value in ("1", "1", "2"):
        set_setting(store, OWNER, "worthwhile", value, now=NOW)
    assert current_settings(store, OWNER) == {"worthwhile": "2"}
    assert [choice.value for choice in setting_history(store, OWNER)] == ["1", "2"]


def test_the_mark_changes_with_the_records(store):
    """Adding, amending and erasing each make another mark, and only for that person."""
    diary = store.diary(OWNER)
    marks = [records_fingerprint(store, OWNER)]
    (entry_id,) = diary.add(Records((CHECK_IN,)), source="app", now=NOW).ids
    marks.append(records_fingerprint(store, OWNER))
    diary.amend(entry_id, replace(CHECK_IN, mood=2), now=NOW)
    marks.append(records_fingerprint(store, OWNER))
    assert len(set(marks)) == 3
    diary.erase(entry_id)
    assert records_fingerprint(store, OWNER) == marks[0]


@pytest.mark.parametrize("kind", sorted(set(KINDS) - {"check_in"}))
def test_the_mark_changes_with_what_an_answer_is_made_from(store, kind):
    """A pause of the plan changes neither the series nor the mark; every other kind of record changes both."""
    field = list(KINDS).index(kind)
    more = {
        "run": Run(start=NOW, moving_s=1800),
        "measurement": Measurement(moment=NOW, kind=MeasurementKind.WEIGHT, value=80.0),
        "covered": CoveredSpan(first_day=DAY - timedelta(days=9), last_day=DAY),
        "draw": Allocation(day=DAY, assigned=Arm.RUN, law=AllocationScheme.DAYS, block=DAY, seed=1),
        "plan": PlanStep(day=DAY, step=Step.PAUSE),
        "pain_before": PainBefore(time=NOW + timedelta(hours=3), pain=PainRating(4)),
        "roland_morris": RolandMorris(time=NOW, score=4),
    }
    records = [Records((CHECK_IN,)), Records((CHECK_IN,), **{fields(Records)[field].name: (more[kind],)})]
    series, marks = [], []
    for held in records:
        store.diary(OWNER).add(held, source="app", now=NOW)
        series.append(repr(daily_series(held, zone=UTC)))
        marks.append(records_fingerprint(store, OWNER))
    assert (len(set(series)), len(set(marks))) == ((1, 1) if kind in NOT_ASKED_OF else (2, 2))


def test_an_answer_is_kept_until_something_is_erased(store):
    """A stored answer says something of what was erased, so it goes along."""
    (entry_id,) = store.diary(OWNER).add(Records((CHECK_IN,)), source="app", now=NOW).ids
    answer = CachedAnswer("mark", "<p>sections</p>", "{}", "", NOW)
    store_answer(store, OWNER, answer)
    assert cached_answer(store, OWNER) == answer
    store.diary(OWNER).erase(entry_id)
    assert cached_answer(store, OWNER) is None
