"""Exactly once, and the last word shown."""

from collections import Counter
from contextlib import contextmanager, nullcontext
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from threading import Event

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import event

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.scales import PainRating
from backstride.diary.opening import open_store
from backstride.diary.people import add_person
from backstride.diary.schema import OWNER
from backstride.diary.submissions import submit_check_in

NOW = datetime(2026, 5, 1, 7, tzinfo=UTC)


@pytest.fixture
def store(where):
    """An empty store."""
    with open_store(where) as opened:
        yield opened


def send(store, sent_id: str, pain: float, *, minute: int = 0, day: int = 0, person: int = OWNER):
    """Send a check-in of one day, told at one minute, and wait until it is stored."""
    return send_soon(store, sent_id, pain, minute=minute, day=day, person=person).result()


def send_soon(store, sent_id: str, pain: float, *, minute: int = 0, day: int = 0, person: int = OWNER):
    """Send it, and do not wait."""
    check_in = CheckIn(moment=NOW + timedelta(days=day), pain=PainRating(pain))
    return submit_check_in(
        store.diary(person),
        store.writer,
        check_in,
        idempotency_key=sent_id,
        recorded_at=NOW + timedelta(minutes=minute),
        source="check-in",
        now=NOW,
    )


def pains(store, person: int = OWNER) -> list[float]:
    """The ratings shown."""
    return [c.pain.value for c in store.diary(person).records().check_ins]


def test_sent_again_is_stored_once(store):
    """A phone that never heard back sends again, and is told the same."""
    first, again = send(store, "a", 3), send(store, "a", 3)
    assert (first.entry_id, first.version) == (again.entry_id, again.version)
    assert (first.seen_before, again.seen_before) == (False, True)
    assert pains(store) == [3]


def test_a_second_check_in_of_a_day_is_an_edit(store):
    """Both versions stay; the later word is shown."""
    entry_id = send(store, "a", 3).entry_id
    assert send(store, "b", 5, minute=1).version == 2
    assert pains(store) == [5]
    assert len(store.diary(OWNER).history(entry_id)) == 2


def test_an_older_word_that_comes_late_is_kept_but_not_shown(store):
    """The phone that was offline told its word before the other one did."""
    entry_id = send(store, "a", 3, minute=5).entry_id
    send(store, "b", 7, minute=1)
    assert pains(store) == [3]
    assert len(store.diary(OWNER).history(entry_id)) == 2


def test_what_an_import_brought_back_is_edited_and_not_told_twice(store):
    """After an export is imported into a new diary, a check-in of such a day is a version of that entry."""
    brought = CheckIn(moment=NOW, pain=PainRating(2), source="check-in")
    (entry_id,) = store.diary(OWNER).add(Records((brought,)), source="import", now=NOW).ids
    assert send(store, "a", 3, minute=1).entry_id == entry_id
    assert pains(store) == [3]


def test_the_first_of_a_morning_in_files_is_edited_and_a_corrected_file_still_finds_it(store):
    """An edit before the import was stored is later than the file's own moment; the file keeps its source."""
    files = [
        CheckIn(moment=NOW + timedelta(hours=h), pain=PainRating(h), source=f"t.csv line {h}") for h in (2, 1)
    ]
    _, entry_id = store.diary(OWNER).add(Records(tuple(files)), source="i", now=NOW + timedelta(days=1)).ids
    assert send(store, "a", 6, minute=90).entry_id == send(store, "b", 7, minute=120).entry_id == entry_id
    assert pains(store) == [7, 2]
    assert store.diary(OWNER).history(entry_id)[-1].record == replace(files[1], pain=PainRating(7))
    corrected = replace(files[1], pain=PainRating(4))
    store.diary(OWNER).add(Records((corrected,)), source="i", now=NOW + timedelta(days=2), corrects=True)
    assert pains(store) == [4, 2]


def test_what_was_erased_is_not_sent_back(store):
    """A phone that sends again after an erasure brings nothing back."""
    store.diary(OWNER).erase(send(store, "a", 3).entry_id)
    again = send(store, "a", 3)
    assert (again.entry_id, again.seen_before, pains(store)) == (None, True, [])


def test_two_people_may_make_the_same_id(store):
    """An id is one person's own."""
    anna = add_person(store, "Anna").id
    assert not send(store, "a", 3).seen_before
    assert not send(store, "a", 4, person=anna).seen_before
    assert (pains(store), pains(store, anna)) == ([3], [4])


SENDING = st.tuples(st.integers(0, 11), st.integers(0, 2), st.integers(0, 10))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(told=st.lists(SENDING, min_size=1, max_size=8), data=st.data())
def test_retries_in_any_order_end_in_the_same_diary(tmp_path_factory, told, data):
    """Two phones, edits, retries, shuffled: one entry a day, and the word told last is shown."""
    words = {f"{minute}-{day}": (day, pain, minute) for minute, day, pain in told}
    arrivals = data.draw(st.permutations([*words, *words]))
    last = {}
    for day, pain, minute in words.values():
        last[day] = max(last.get(day, (-1, 0)), (minute, pain))
    with open_store(tmp_path_factory.mktemp("sent") / "diary.sqlite") as store:
        for sent_id in arrivals:
            day, pain, minute = words[sent_id]
            send(store, sent_id, pain, minute=minute, day=day)
        shown = {c.local_day: c.pain.value for c in store.diary(OWNER).records().check_ins}
    assert shown == {date(2026, 5, 1) + timedelta(days=day): pain for day, (_, pain) in last.items()}


@contextmanager
def all_at_once(store):
    """What is handed over meanwhile waits, and is then done together."""
    began, go_on = Event(), Event()
    store.writer.submit(lambda _: (began.set(), go_on.wait(30)))
    assert began.wait(30)
    yield
    go_on.set()


def everything(store, person: int):
    """Every version of every entry of one person, but for the entries' own numbers."""
    diary = store.diary(person)
    return [
        [(version.version, version.record, version.stored_at) for version in diary.history(entry.id)]
        for entry in diary.entries()
    ]


def test_many_at_the_same_moment_share_their_statements(store):
    """Forty people check in at once: each has their own, and one statement of a kind was enough for all."""
    people = [OWNER, *(add_person(store, f"person {n}").id for n in range(39))]
    statements = Counter()

    @event.listens_for(store._engine, "before_cursor_execute")
    def count(_connection, _cursor, text, *_):
        statements[text.split()[0]] += 1

    with all_at_once(store):
        sent = [send_soon(store, "a", n % 11, person=person) for n, person in enumerate(people)]
    assert [s.result().version for s in sent] == [1] * 40
    assert [pains(store, person) for person in people] == [[n % 11] for n in range(40)]
    assert statements["INSERT"] == 3


ONE_OF_TWO = st.tuples(st.integers(0, 1), st.sampled_from("abcd"), st.integers(0, 4), st.integers(0, 1))


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(words=st.lists(ONE_OF_TWO, min_size=2, max_size=10))
def test_together_they_end_as_one_after_the_other(tmp_path_factory, words):
    """Retries, edits and two people at the same moment are stored as if each had come alone."""
    kept = []
    for together in (True, False):
        with open_store(tmp_path_factory.mktemp("sent") / "diary.sqlite") as store:
            people = OWNER, add_person(store, "Anna").id
            with all_at_once(store) if together else nullcontext():
                sent = []
                for who, sent_id, minute, day in words:
                    pain = "abcd".index(sent_id)
                    sent.append(send_soon(store, sent_id, pain, minute=minute, day=day, person=people[who]))
                    if not together:
                        sent[-1].result()
            became = [(s.result().version, s.result().seen_before) for s in sent]
            kept.append((became, *(everything(store, person) for person in people)))
    assert kept[0] == kept[1]


def say(store, sent_id: str, *, minute: int, began_from=None, **answers):
    """Send whatever answers, told at one minute, and wait until they are stored."""
    pain = answers.pop("pain", None)
    check_in = CheckIn(moment=NOW, pain=None if pain is None else PainRating(pain), **answers)
    result = submit_check_in(
        store.diary(OWNER),
        store.writer,
        check_in,
        idempotency_key=sent_id,
        recorded_at=NOW + timedelta(minutes=minute),
        source="check-in",
        now=NOW,
        began_from=began_from,
    ).result()
    return result.entry_id, result.version


def shown(store) -> dict[str, object]:
    """What the day says."""
    (check_in,) = store.diary(OWNER).records().check_ins
    told = {name: getattr(check_in, name) for name in ("leg_pain", "ran_yesterday", "ran_minutes", "note")}
    told["pain"] = check_in.pain and check_in.pain.value
    return {name: value for name, value in told.items() if value not in (None, "")}


FULL = {"pain": 4, "leg_pain": 0, "ran_yesterday": True, "ran_minutes": 30, "note": "stiff"}


def test_a_later_word_leaves_what_it_does_not_answer(store):
    """An empty form that says pain alone, told after the full one: the rest stays; both versions are kept."""
    entry_id, _ = say(store, "a", minute=0, **FULL)
    say(store, "b", minute=5, pain=6)
    assert shown(store) == {**FULL, "pain": 6}
    assert [version.version for version in store.diary(OWNER).history(entry_id)] == [1, 2]


@pytest.mark.parametrize("order", [(0, 1, 2), (0, 2, 1), (1, 0, 2), (1, 2, 0), (2, 0, 1), (2, 1, 0)])
def test_in_whatever_order_words_arrive_each_answer_is_the_last(store, order):
    """Three empty forms: pain and leg, leg and a note, pain; the day says the last of each."""
    words = [{"pain": 4, "leg_pain": 2}, {"leg_pain": 5, "note": "stiff"}, {"pain": 6}]
    for i in order:
        say(store, f"word {i}", minute=i, **words[i])
    assert shown(store) == {"pain": 6, "leg_pain": 5, "note": "stiff"}


def test_what_a_form_showed_and_shows_no_more_is_taken_back(store):
    """A note that was shown and comes back empty is gone; it does not come back with a word that arrives late."""
    seen = say(store, "a", minute=1, **FULL)
    say(store, "b", minute=5, began_from=seen, **{**FULL, "note": ""})
    say(store, "c", minute=3, note="from the other phone")
    assert shown(store) == {name: value for name, value in FULL.items() if name != "note"}


def test_what_a_form_shows_unchanged_is_not_told_anew(store):
    """Two windows show the same morning: one changes pain, the other, later, the leg; both changes stand."""
    seen = say(store, "a", minute=0, **FULL)
    say(store, "b", minute=1, began_from=seen, **{**FULL, "pain": 7})
    say(store, "c", minute=2, began_from=seen, **{**FULL, "leg_pain": 3})
    assert shown(store) == {**FULL, "pain": 7, "leg_pain": 3}


def test_no_run_yesterday_takes_back_its_minutes(store):
    """A run of 30 minutes that turns out not to have been leaves no minutes."""
    say(store, "a", minute=0, **FULL)
    say(store, "b", minute=5, ran_yesterday=False)
    assert shown(store) == {"pain": 4, "leg_pain": 0, "ran_yesterday": False, "note": "stiff"}


def test_a_form_of_an_erased_day_brings_nothing_back(store):
    """It was open when the day was erased: nothing is stored; a form opened after that is a new day's."""
    seen = say(store, "a", minute=0, **FULL)
    store.diary(OWNER).erase(seen[0])
    assert say(store, "b", minute=5, began_from=seen, **FULL) == (None, 0)
    assert not store.diary(OWNER).entries()
    say(store, "c", minute=6, pain=2)
    assert shown(store) == {"pain": 2}


def test_a_form_of_another_day_takes_nothing_back(store):
    """After a journey a form that showed yesterday may be saved for today: it is told as it stands."""
    seen = say(store, "a", minute=0, **FULL)
    send(store, "b", 3, day=1)
    result = submit_check_in(
        store.diary(OWNER),
        store.writer,
        CheckIn(moment=NOW + timedelta(days=1), leg_pain=2),
        idempotency_key="c",
        recorded_at=NOW + timedelta(days=1, minutes=5),
        source="check-in",
        now=NOW,
        began_from=seen,
    ).result()
    today = store.diary(OWNER).history(result.entry_id)[-1].record
    assert (today.pain.value, today.leg_pain) == (3, 2)
