"""What a person does with a diary, on SQLite and on PostgreSQL alike."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta, timezone
from fractions import Fraction
from threading import Barrier, Thread

import pytest

from backstride.core.allocation import Allocation, AllocationScheme, Arm, effective_allocations
from backstride.core.check_in import CheckIn
from backstride.core.measurement import Measurement, MeasurementKind
from backstride.core.plan_step import PlanStep, Step
from backstride.core.records import CoveredSpan, Records
from backstride.core.run import Activity, Run
from backstride.core.scales import PainRating, Scale
from backstride.diary.diary import Diary
from backstride.diary.opening import open_diary
from backstride.diary.serialization import all_of
from backstride.errors import BadValue, NotInDiary
from backstride.programme.schedule import allocate as drawn_days

NOW = datetime(2026, 6, 1, 12, tzinfo=UTC)
SUMMER = timezone(timedelta(hours=2))


def may(day: int, hour: int = 7) -> datetime:
    """Name an hour of a day of May."""
    return datetime(2026, 5, day, hour, tzinfo=SUMMER)


CHECK_IN = CheckIn(
    moment=may(1),
    pain=PainRating(3.5, Scale(0, 10, 0.5)),
    mood=6,
    leg_symptoms=False,
    note="=stiff, \u20ac",
    source="app",
)
RUN = Run(start=may(1, 18), moving_s=1830.5, distance_m=5012.3, rpe=4, source="watch.fit")
WEIGHT = Measurement(moment=may(2), kind=MeasurementKind.WEIGHT, value=70.1, source="scale")
SPAN = CoveredSpan(date(2026, 5, 1), date(2026, 5, 20), "watch")
RECORDS = Records((CHECK_IN,), (RUN,), (WEIGHT,), (SPAN,))


def add(diary: Diary, *told, source: str = "app"):
    """Add records of any kind."""
    kinds = [tuple(r for r in told if isinstance(r, k)) for k in (CheckIn, Run, Measurement, CoveredSpan)]
    return diary.add(Records(*kinds), source=source, now=NOW, corrects=True)


def test_what_was_added_is_what_comes_back(diary):
    """Every field of every kind of record survives."""
    added = diary.add(RECORDS, source="app", now=NOW)
    assert (added.new, added.already_there, len(added.ids)) == (4, 0, 4)
    assert diary.records() == RECORDS


def test_diary_is_the_same_after_it_was_closed(where):
    """Another day, the same diary."""
    with open_diary(where) as diary:
        diary.add(RECORDS, source="app", now=NOW)
    with open_diary(where) as diary:
        assert diary.records() == RECORDS


def test_same_entries_again_add_nothing(diary):
    """Importing a file twice, or after a line was put in, changes nothing."""
    diary.add(RECORDS, source="app", now=NOW)
    moved = replace(RUN, source="runs.csv line 9")
    again = add(diary, CHECK_IN, CHECK_IN, moved, WEIGHT, SPAN)
    assert (again.new, again.already_there, diary.records()) == (0, 5, RECORDS)


def test_entry_given_twice_at_once_is_stored_once(diary):
    """Two equal lines of one table are one entry."""
    assert add(diary, CHECK_IN, replace(CHECK_IN)).new == 1


def test_source_is_written_where_none_is_named(diary):
    """Every record can tell where it came from."""
    add(diary, replace(RUN, source=""), source="typed in")
    assert diary.records().runs[0].source == "typed in"


def test_same_run_from_two_sources_is_one_run_and_two_entries(diary):
    """Both recordings stay stored; the diary shows one run."""
    export = replace(RUN, moving_s=1830, distance_m=5000, source="strava.csv line 2")
    add(diary, RUN, export)
    assert (len(diary.records().runs), len(diary.entries())) == (1, 2)
    assert len(diary.between(date(2026, 5, 1), date(2026, 5, 1)).runs) == 1


def table(*runs, name="runs.csv"):
    """The runs of a table, each on its line."""
    return [replace(run, source=f"{name} line {number}") for number, run in enumerate(runs, start=2)]


FOUR = [replace(RUN, start=RUN.start + timedelta(days=n), moving_s=1800.0 + n) for n in range(4)]


def test_corrected_table_replaces_what_it_corrects(diary):
    """Thirty minutes corrected to 35, and a run to a walk: new versions of the same entries."""
    add(diary, *table(*FOUR))
    longer, walk = replace(FOUR[1], moving_s=2100.0), replace(FOUR[2], activity=Activity.WALK)
    added = add(diary, *table(FOUR[0], longer, walk, FOUR[3]))
    assert (added.new, added.corrected, added.already_there) == (0, 2, 2)
    assert [(run.moving_s, run.activity) for run in diary.records().runs] == [
        (run.moving_s, run.activity) for run in (FOUR[0], longer, walk, FOUR[3])
    ]
    assert len(diary.entries()) == 4


def test_corrected_start_is_known_by_its_line(diary):
    """Where the other rows of the table stand as they were."""
    add(diary, *table(*FOUR))
    moved = replace(FOUR[1], start=FOUR[1].start - timedelta(hours=2))
    assert (add(diary, *table(FOUR[0], moved, *FOUR[2:])).corrected, len(diary.records().runs)) == (1, 4)


@pytest.mark.parametrize("hours", [0, -6])
def test_table_read_in_another_zone_is_corrected_not_doubled(diary, hours):
    """Local times without a zone (0), and UTC told in another zone: every run and morning stays one entry."""
    known = [replace(run, zone_source="assumed") for run in table(*FOUR)]
    told = [*known, replace(CHECK_IN, zone_source="assumed", source="c.csv line 2")]
    add(diary, *told)
    elsewhere = timezone(timedelta(hours=2 + hours if hours else -4))

    def anew(moment):
        return moment.astimezone(elsewhere) if hours else moment.replace(tzinfo=elsewhere)

    moved = [replace(run, start=anew(run.start)) for run in known]
    moved.append(replace(told[-1], moment=anew(told[-1].moment)))
    added = add(diary, *moved)
    assert (added.new, added.corrected, added.already_there) == (0, 5, 0)
    assert [run.start.isoformat() for run in diary.records().runs] == [
        run.start.isoformat() for run in moved[:-1]
    ]
    assert len(diary.records().check_ins) == 1


def test_stated_time_of_the_same_clock_is_another_run(diary):
    """Two files that state their zones never correct each other by the clock on the wall."""
    add(diary, RUN)
    later = replace(RUN, start=RUN.start.replace(tzinfo=UTC))
    assert (add(diary, later).new, len(diary.records().runs)) == (1, 2)


def test_rows_put_in_above_correct_nothing(diary):
    """Every run moves down by a line, and one is new."""
    add(diary, *table(*FOUR[1:]))
    added = add(diary, *table(*FOUR))
    assert (added.new, added.corrected, len(diary.records().runs)) == (1, 0, 4)


def test_next_months_table_of_the_same_name_corrects_nothing(diary):
    """Its lines are others, whatever their numbers."""
    add(diary, *table(*FOUR))
    later = [replace(run, start=run.start + timedelta(days=40)) for run in FOUR]
    added = add(diary, *table(*later))
    assert (added.new, added.corrected, len(diary.records().runs)) == (4, 0, 8)


def test_cell_that_was_emptied_is_empty(diary):
    """The row as it stands now is what the person says."""
    told = replace(CHECK_IN, mood=6.0, source="check-ins.csv line 2")
    add(diary, told)
    emptied = replace(told, mood=None)
    assert (add(diary, emptied).corrected, diary.records().check_ins) == (1, (emptied,))


def test_amended_entry_shows_the_last_edit_and_keeps_the_first(diary):
    """A slip is corrected, and stays on record as what was said first."""
    (entry_id,) = add(diary, CHECK_IN).ids
    better = replace(CHECK_IN, pain=PainRating(5))
    amended = diary.amend(entry_id, better, now=NOW + timedelta(hours=1))
    assert (amended.version, diary.records().check_ins) == (2, (better,))
    assert [(e.version, e.record) for e in diary.history(entry_id)] == [(1, CHECK_IN), (2, better)]


def test_importing_again_does_not_undo_an_edit(diary):
    """The first form of an amended entry is known, and is not added anew."""
    (entry_id,) = add(diary, CHECK_IN).ids
    better = replace(CHECK_IN, mood=2)
    diary.amend(entry_id, better, now=NOW)
    assert (add(diary, CHECK_IN).new, diary.records().check_ins) == (0, (better,))


def test_amending_to_the_same_makes_no_version(diary):
    """Saving a form unchanged is no edit; a missing source stays that of the entry."""
    (entry_id,) = add(diary, CHECK_IN).ids
    assert diary.amend(entry_id, replace(CHECK_IN, source=""), now=NOW).version == 1


def test_edit_can_be_taken_back(diary):
    """Amending back to the first form is a third version."""
    (entry_id,) = add(diary, CHECK_IN).ids
    diary.amend(entry_id, replace(CHECK_IN, mood=2), now=NOW)
    assert diary.amend(entry_id, CHECK_IN, now=NOW).version == 3
    assert diary.records().check_ins == (CHECK_IN,)


def test_run_cannot_take_the_place_of_a_check_in(diary):
    """The message says what to do instead, and nothing is changed."""
    (entry_id,) = add(diary, CHECK_IN).ids
    with pytest.raises(BadValue, match="Erase the entry"):
        diary.amend(entry_id, RUN, now=NOW)
    assert diary.records().check_ins == (CHECK_IN,)


@pytest.mark.parametrize(
    "act", [lambda d: d.amend(7, CHECK_IN, now=NOW), lambda d: d.history(7), lambda d: d.erase(7)]
)
def test_unknown_entry_is_said_to_be_unknown(diary, act):
    """Amend, history and erase say that there is no entry 7."""
    with pytest.raises(NotInDiary, match="no entry 7"):
        act(diary)


def test_between_gives_the_local_days_asked_for(diary):
    """Both days count; spans are cut to them."""
    evening = CheckIn(moment=may(3, 23), source="app")
    add(diary, CHECK_IN, RUN, WEIGHT, evening, CheckIn(moment=may(4), source="app"), SPAN)
    told = diary.between(date(2026, 5, 2), date(2026, 5, 3))
    assert told == Records(
        (evening,), (), (WEIGHT,), (CoveredSpan(date(2026, 5, 2), date(2026, 5, 3), "watch"),)
    )


def test_entries_are_listed_with_their_ids(diary):
    """A list for a page: id, version, record; by day."""
    late, early = add(diary, CheckIn(moment=may(9)), CheckIn(moment=may(2))).ids
    assert [e.id for e in diary.entries()] == [early, late]
    assert [e.id for e in diary.entries(date(2026, 5, 3))] == [late]
    assert diary.entries(last_day=date(2026, 5, 2))[0].stored_at == NOW


def test_later_word_on_one_moment_comes_later(diary):
    """Of two check-ins of one moment the one stored or amended last is given last, so that it counts."""
    first, _ = add(diary, CheckIn(moment=may(1), mood=1), CheckIn(moment=may(1), mood=2)).ids
    diary.amend(first, CheckIn(moment=may(1), mood=3), now=NOW + timedelta(seconds=1))
    assert [c.mood for c in diary.records().check_ins] == [2, 3]


def test_erased_entry_is_gone_and_its_id_is_not_given_again(diary):
    """Erasing takes all versions; a page that still shows the id cannot hit another entry."""
    first, last = add(diary, CHECK_IN, RUN).ids
    diary.amend(last, replace(RUN, rpe=5), now=NOW)
    diary.erase(last)
    assert diary.records() == Records((CHECK_IN,))
    assert add(diary, RUN).ids[0] > last > first


def test_everything_can_be_erased(diary):
    """The diary is empty and can be written to again."""
    diary.add(RECORDS, source="app", now=NOW)
    diary.erase_everything()
    assert (diary.records(), diary.entries()) == (Records(), ())
    assert diary.add(RECORDS, source="app", now=NOW).new == 4


def test_two_writers_at_once_store_an_entry_once(where):
    """Eight phones that send the same five check-ins at the same moment make five entries."""
    start, ids = Barrier(8), []
    told = [CheckIn(moment=may(day)) for day in range(1, 6)]

    def phone(diary: Diary) -> None:
        start.wait()
        ids.extend(i for record in told for i in add(diary, record).ids)

    with open_diary(where) as diary:
        phones = [Thread(target=phone, args=(diary,)) for _ in range(8)]
        for thread in phones:
            thread.start()
        for thread in phones:
            thread.join()
        assert len(ids) == len(diary.entries()) == 5


def test_failed_addition_leaves_nothing(diary, monkeypatch):
    """A failure in the middle of storing takes back what was stored before it."""

    def fail(*_, **__):
        raise KeyboardInterrupt

    monkeypatch.setattr("backstride.diary.rows.version_row", fail)
    with pytest.raises(KeyboardInterrupt):
        diary.add(RECORDS, source="app", now=NOW)
    assert diary.entries() == ()


def test_large_import_comes_back_whole(diary):
    """More entries than fit one question to the database."""
    runs = tuple(
        Run(start=NOW + timedelta(hours=13 * i), moving_s=600, activity=Activity.WALK) for i in range(1200)
    )
    assert diary.add(Records(runs=runs), source="app", now=NOW).new == 1200
    assert diary.add(Records(runs=runs), source="app", now=NOW).new == 0
    assert len(all_of(diary.records())) == 1200


def test_draws_and_steps_of_the_plan_come_back(diary):
    """On a file and on a server alike: exact chances, seeds beyond 2^52, and a session's minutes."""
    drawn = drawn_days(AllocationScheme.DAYS, first_day=date(2026, 6, 1), weeks=8, seed=2**53 - 1)
    handed_back = Allocation(
        day=date(2026, 6, 1),
        assigned=Arm.OWN,
        law=AllocationScheme.OWN,
        block=date(2026, 6, 1),
        source="draw",
    )
    steps = (
        PlanStep(day=date(2026, 6, 1), step=Step.START, source="plan"),
        PlanStep(day=date(2026, 6, 2), step=Step.SESSION, stage=3, run_min=7.5, walk_min=22.5, source="plan"),
    )
    diary.add(Records(allocations=drawn, plan=steps), source="app", now=NOW)
    assert (diary.records().allocations, diary.records().plan) == (drawn, steps)
    diary.add(Records(allocations=(handed_back,)), source="app", now=NOW + timedelta(hours=1))
    assert effective_allocations(diary.records().allocations)[handed_back.day] == handed_back
    assert {draw.probability for draw in diary.records().allocations[2:]} <= {Fraction(1, 10), Fraction(1, 4)}
