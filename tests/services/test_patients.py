"""A reader's list: what the last weeks of each diary show, and who stands first."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.plan_step import PlanStep, Step
from backstride.core.records import Records
from backstride.core.run import Run
from backstride.core.scales import PainRating
from backstride.diary.changes import change_stamps
from backstride.diary.consents import Scope
from backstride.diary.opening import open_store
from backstride.diary.schema import OWNER
from backstride.diary.settings import set_setting
from backstride.report import patient_words
from backstride.report.patients import Latest, LookFirst, PatientLine, PlanStands, in_order
from backstride.services.patients import LatestOf, latest_of

TODAY = date(2026, 5, 20)
ZONE = ZoneInfo("UTC")
NOW = datetime(2026, 5, 20, 12, tzinfo=UTC)


def on(days_ago: int, hour: int = 7) -> datetime:
    """A moment some days before."""
    return datetime(TODAY.year, TODAY.month, TODAY.day, hour, tzinfo=UTC) - timedelta(days=days_ago)


def mornings(pains: dict[range, float], **more) -> tuple[CheckIn, ...]:
    """Check-ins of some days ago."""
    return tuple(
        CheckIn(moment=on(n), pain=PainRating(pain), **more) for ago, pain in pains.items() for n in ago
    )


@pytest.fixture
def latest(tmp_path):
    """A function that keeps records and gathers what the list shows of them."""
    store = open_store(str(tmp_path / "diary.sqlite"))

    def gathered(check_ins=(), runs=(), plan=()) -> Latest:
        store.diary(OWNER).add(Records(check_ins, runs, plan=plan), source="test", now=NOW)
        return latest_of(store, OWNER, today=TODAY, zone=ZONE, safety=False)

    gathered.store = store
    yield gathered
    store.close()


def test_pain_of_two_weeks_and_its_direction(latest):
    """The last fourteen mornings against the fourteen before them; what is older counts into neither."""
    told = latest(mornings({range(14): 5, range(14, 28): 2, range(28, 35): 9}))
    assert (told.latest.mean_pain, told.before.mean_pain, told.change) == (5.0, 2.0, 3.0)
    assert (patient_words.pain(told), patient_words.direction(told)) == ("5", "up by 3")
    assert LookFirst.PAIN_UP in told.look_first


@pytest.mark.parametrize(
    ("pains", "words"),
    [
        ({range(14): 2, range(14, 28): 4}, "down by 2"),
        ({range(14): 2.2, range(14, 28): 2}, "about the same"),
        ({range(5): 2}, "before: not known"),
        ({range(20, 24): 2}, ""),
    ],
)
def test_a_direction_needs_both(latest, pains, words):
    """Half a point is none, and what is not known is not called steady."""
    assert patient_words.direction(latest(mornings(pains))) == words


def test_minutes_that_are_not_known_are_no_rest(latest):
    """Of days without a word the minutes are the least; with none at all they are not known."""
    run = Run(start=on(3, 18), moving_s=3600, source="a watch")
    told = latest(mornings({range(0, 30, 2): 2}), (run,))
    assert patient_words.running(told) == "at least 30 min a week"
    assert told.latest.unknown_days > 0


@pytest.mark.parametrize("ran", [False, None])
def test_rest_is_told_apart_from_silence(latest, ran):
    """Zero minutes where somebody said so each day, else not known."""
    told = latest(mornings({range(20): 2}, ran_yesterday=ran))
    assert patient_words.running(told) == ("0 min a week" if ran is False else "not known")


def test_an_old_diary_that_went_quiet_is_not_taken_for_rest(latest):
    """Nothing in the last weeks: the minutes are not known, and the silence stands first."""
    told = latest(mornings({range(100, 130): 2}, ran_yesterday=False))
    assert told.last_check_in == TODAY - timedelta(days=100)
    assert (patient_words.running(told), told.look_first) == ("not known", (LookFirst.SILENT,))
    assert (patient_words.pain(told), patient_words.legs(told)) == ("no rating", "not known")


def test_an_old_diary_with_one_new_day_knows_no_more(latest):
    """The days between are as unknown as they were: its one run is the least."""
    run = Run(start=on(2, 18), moving_s=1800, source="a watch")
    told = latest((*mornings({range(100, 130): 2}), *mornings({range(2): 2})), (run,))
    assert patient_words.running(told) == "at least 15 min a week"


@pytest.mark.parametrize(("older", "reason"), [({}, LookFirst.LEG_NEW), ({range(20, 22): 3}, LookFirst.LEG)])
def test_a_sign_in_a_leg_is_new_or_goes_on(latest, older, reason):
    """New where none was told of before the last two weeks."""
    before = mornings(older, leg_symptoms=True)
    told = latest((*before, *mornings({range(22, 40): 3}), *mornings({range(2): 3}, leg_symptoms=True)))
    assert reason in told.look_first
    assert (told.leg_days, told.last_leg) == (2, TODAY)
    assert patient_words.legs(told) == "on 2 days, last 20 May"


def test_strong_pain_at_the_last_check_in_stands_first(latest):
    """As the plan warns of it: 7 or more."""
    told = latest((*mornings({range(1, 40): 2}), *mornings({range(1): 8})))
    assert told.look_first[0] is LookFirst.PAIN_NOW


def test_a_calm_diary_asks_for_nothing(latest):
    """Steady pain, checked in today."""
    told = latest(mornings({range(40): 3}))
    assert told.look_first == ()
    assert patient_words.last_check_in(told, today=TODAY) == "today"


@pytest.mark.parametrize(
    ("steps", "stands"),
    [
        ((), PlanStands.NOT_STARTED),
        ((Step.START,), PlanStands.GOES_ON),
        ((Step.START, Step.ILL), PlanStands.ILL),
        ((Step.START, Step.HOLIDAY), PlanStands.AWAY),
        ((Step.START, Step.PAUSE), PlanStands.PAUSED),
        ((Step.START, Step.PAUSE, Step.RESUME), PlanStands.GOES_ON),
    ],
)
def test_the_plan_stands_where_the_person_said(latest, steps, stands):
    """However long ago it was begun."""
    plan = tuple(
        PlanStep(day=TODAY - timedelta(days=200 - n), step=step, source="plan")
        for n, step in enumerate(steps)
    )
    told = latest(mornings({range(3): 3}), plan=plan)
    assert told.plan is stands
    assert patient_words.plan(told)


def test_what_was_gathered_is_kept_until_the_diary_changes(latest, monkeypatch):
    """An entry, a new version of it, an erasure and a choice each change the mark, and nothing else does."""
    store, marks = latest.store, []

    def mark() -> str:
        return change_stamps(store, [OWNER])[OWNER]

    marks.append(mark())
    latest(mornings({range(3): 3}))
    marks.append(mark())
    entry = store.diary(OWNER).entries()[0]
    store.diary(OWNER).amend(entry.id, CheckIn(moment=entry.record.moment, pain=PainRating(9)), now=NOW)
    marks.append(mark())
    store.diary(OWNER).erase(entry.id)
    marks.append(mark())
    set_setting(store, OWNER, "zone", "Europe/Berlin", now=NOW)
    marks.append(mark())
    assert len(set(marks)) == len(marks)
    assert mark() == marks[-1]


def test_the_same_diary_is_gathered_once(latest, monkeypatch):
    """Once for each scope and day; a changed mark asks again."""
    asked = []
    monkeypatch.setattr(
        "backstride.services.patients.latest_of", lambda *_, **more: asked.append(more) or object()
    )
    kept = LatestOf()
    for mark, today, safety in (
        ("a", 0, False),
        ("a", 0, False),
        ("a", 0, True),
        ("b", 0, True),
        ("b", 1, True),
    ):
        given = {"stamp": mark, "today": TODAY + timedelta(days=today), "zone": ZONE, "safety": safety}
        kept.gathered(latest.store, OWNER, **given)
    assert [(more["today"] - TODAY, more["safety"]) for more in asked] == [
        (timedelta(), False),
        (timedelta(), True),
        (timedelta(), True),
        (timedelta(days=1), True),
    ]


def test_who_needs_a_look_stands_first(latest):
    """By the most pressing reason, then by how many, then by name."""
    calm = latest(mornings({range(40): 3}))

    def line(name: str, *reasons: LookFirst) -> PatientLine:
        shown = None if reasons == (LookFirst.UNREADABLE,) else _with(calm, reasons)
        return PatientLine(
            consent_id=1, name=name, account=name, scope=Scope(True, True), ends_on=TODAY, latest=shown
        )

    lines = [
        line("b"),
        line("A"),
        line("c", LookFirst.UNREADABLE),
        line("d", LookFirst.SILENT),
        line("e", LookFirst.LEG_NEW),
        line("f", LookFirst.LEG_NEW, LookFirst.PAIN_UP),
        line("g", LookFirst.HELP_AT_ONCE),
    ]
    assert [one.name for one in in_order(lines)] == ["g", "f", "e", "d", "c", "A", "b"]


def _with(latest: Latest, reasons: tuple[LookFirst, ...]) -> Latest:
    return Latest(
        **{name: getattr(latest, name) for name in Latest.__slots__ if name != "look_first"},
        look_first=reasons,
    )


def test_every_reason_and_state_has_words():
    """None is left without a sentence."""
    assert patient_words.LOOK_FIRST.keys() == set(LookFirst)
    assert patient_words.PLAN.keys() == set(PlanStands) - {PlanStands.GOES_ON}
