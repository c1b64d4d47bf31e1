"""The report for a clinician, gathered from a diary: what is known is counted, what is not known stays unknown."""

import re
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from html import unescape
from zoneinfo import ZoneInfo

import pytest
from tests.report.conftest import ANSWERS

from backstride.core.check_in import CheckIn
from backstride.core.clearance import Reply
from backstride.core.measurement import Measurement, MeasurementKind
from backstride.core.plan_step import Step
from backstride.core.records import Records
from backstride.core.roland_morris import RolandMorris
from backstride.core.run import Activity, Run
from backstride.core.scales import PainRating
from backstride.diary.answer_cache import CachedAnswer
from backstride.diary.opening import open_store
from backstride.diary.schema import OWNER
from backstride.errors import BadValue
from backstride.report.answer_json import answer_json
from backstride.report.clinician import Dated, Happenings, RatedAt
from backstride.report.clinician_back import back_page, reasons
from backstride.report.clinician_safety import safety_parts
from backstride.report.clinician_sheet import _legs, _warned, clinician_sheet
from backstride.report.safety_words import BY_KEY
from backstride.report.sheet_html import sheet_html
from backstride.screening.items import ITEMS
from backstride.screening.occasions import Occasion
from backstride.services.answers import AnswerStatus
from backstride.services.clinician_file import patient_from_env
from backstride.services.clinician_report import Wanted, clinician_report, notes_lately
from backstride.services.plan import record_event_for
from backstride.services.screen import SafetyAnswers
from backstride.services.screening_service import store_answers_for

TODAY = date(2026, 5, 20)
ZONE = ZoneInfo("UTC")


def on(days_ago: int, hour: int = 7) -> datetime:
    """A moment some days before the report."""
    return datetime(TODAY.year, TODAY.month, TODAY.day, hour, tzinfo=UTC) - timedelta(days=days_ago)


def morning(days_ago: int, pain: float | None, **more) -> CheckIn:
    """A check-in."""
    rated = PainRating(pain) if pain is not None else None
    return CheckIn(moment=on(days_ago), pain=rated, **more)


def a_run(days_ago: int, minutes: float) -> Run:
    """A run in the evening."""
    return Run(start=on(days_ago, 17), moving_s=60.0 * minutes)


@pytest.fixture
def report(tmp_path):
    """A function that keeps records and gathers the report on them."""
    store = open_store(str(tmp_path / "diary.sqlite"))

    def gathered(records: Records = Records(), **more):  # noqa: B008 - it cannot be changed
        store.diary(OWNER).add(records, source="test", now=on(0, 12))
        return clinician_report(store, OWNER, today=TODAY, zone=ZONE, **more)

    gathered.store = store
    yield gathered
    store.close()


def test_pain_now_and_four_weeks_ago(report):
    """Two weeks of seven days each; a morning between them counts into neither."""
    told = report(
        Records(tuple(morning(n, pain) for n, pain in ((0, 2), (6, 4), (7, 9), (28, 6), (34, 8), (35, 1))))
    )
    assert told.pain.last_week.pains == (4.0, 2.0)
    assert told.pain.four_weeks_ago.pains == (8.0, 6.0)
    assert told.pain.worst == Dated(9.0, TODAY - timedelta(days=7))
    assert told.pain.usual == 5.0


def test_what_lies_more_than_twelve_weeks_back_is_left_out(report):
    """The worst morning is the worst of the period, and the period says where it begins."""
    told = report(Records(tuple(morning(n, pain) for n, pain in ((0, 2), (200, 10)))))
    assert told.pain.worst == Dated(2.0, TODAY)
    assert len(told.weeks) == 12
    assert told.first_day == told.weeks[0].first_day


def test_running_before_is_unknown_in_a_young_diary(report):
    """A diary of two weeks has no four weeks before."""
    assert report(Records(tuple(morning(n, 3) for n in range(14)))).before is None


def test_minutes_of_running_are_those_of_the_diary(report):
    """Runs of the last four weeks, and days of which nobody knows are counted as such."""
    runs = tuple(Run(start=on(n, 17), moving_s=1800.0) for n in (2, 4, 40))
    told = report(Records(tuple(morning(n, 3) for n in range(60)), runs))
    assert (told.latest.run_minutes, told.latest.run_days) == (60.0, 2)
    assert told.before.run_minutes == 30.0
    assert told.latest.unknown_days > 0


def test_signs_in_a_leg_come_from_the_tap_and_from_the_rating(report):
    """A yes and a rating above 0 are signs; a no and a 0 are answers; nothing said is neither."""
    told = report(
        Records(
            (
                morning(1, 3, leg_symptoms=True),
                morning(2, 3, leg_pain=4.0),
                morning(3, 3, leg_pain=0.0),
                morning(4, 3, leg_symptoms=False),
                morning(5, 3),
            )
        )
    )
    assert told.legs.days == (TODAY - timedelta(days=2), TODAY - timedelta(days=1))
    assert told.legs.worst == Dated(4.0, TODAY - timedelta(days=2))
    assert (told.legs.answered, told.legs.check_ins) == (4, 5)
    assert not told.legs.only_rated


def test_a_rated_leg_is_not_said_to_tingle(report):
    """A sore calf of 2, and nothing said of tingling: the report says what was rated, and that nothing else was."""
    told = report(Records((morning(1, 3, leg_pain=2.0),)))
    (said,) = _legs(told.legs)
    assert said.startswith("Pain in a leg, by its rating, on ")
    assert "tingling or numbness in a leg on" not in said


def test_safety_answers_come_with_their_day(report):
    """The day is the one on which some were answered last; without any there is none."""
    assert report().safety.last_day is None
    nothing = SafetyAnswers({item.key: Reply.NO for item in ITEMS})
    store_answers_for(report.store, OWNER, nothing, occasion=Occasion.START, today=TODAY, now=on(0))
    assert report().safety.last_day == TODAY
    assert report().safety.clearance.because == ()


def page(told) -> str:
    """The part on the safety questions, as one line."""
    parts = safety_parts(told.safety)
    return " ".join(line for part in parts for line in getattr(part, "items", None) or part.sentences)


def said(told) -> str:
    """Both pages in words."""
    page = sheet_html(clinician_sheet(told))
    return " ".join(unescape(re.sub("<[^>]*>", " ", page)).split())


def answer(store, days_ago: int, occasion: Occasion, **replies: Reply) -> None:
    """Keep answers: no to all questions of the start, but for these; on other occasions these alone."""
    given = {item.key: Reply.NO for item in ITEMS} if occasion is Occasion.START else {}
    day = TODAY - timedelta(days=days_ago)
    told = SafetyAnswers(given | replies)
    store_answers_for(store, OWNER, told, occasion=occasion, today=day, now=on(days_ago))


@pytest.mark.parametrize("occasion", [Occasion.START, Occasion.LEG])
def test_a_sign_that_asked_for_help_stays_on_the_report(report, occasion):
    """Standing, taken back, looked at, and weeks later: the sign, its day, and what became of it are there."""
    asked = BY_KEY["bladder_or_bowel"].question[:40]
    answer(report.store, 35, Occasion.START)
    answer(report.store, 30, occasion, bladder_or_bowel=Reply.YES)
    standing = page(report())
    assert asked in standing
    assert "20 April 2026" in standing
    assert "It stands" in standing
    assert "They ask for help at once or today." in standing
    answer(report.store, 29, occasion, bladder_or_bowel=Reply.NO)
    assert "No on 21 April 2026. If anybody looked at it is not known." in page(report())
    answer(report.store, 29, Occasion.SEEN, not_seen_yet=Reply.NO)
    assert "It was looked at, or the yes was a slip" in page(report())
    answer(report.store, 0, Occasion.START)
    assert asked in page(report())


def test_nothing_on_the_report_speaks_to_the_patient(report):
    """What follows from a yes that was taken back is told with the sign, and as of somebody else."""
    answer(report.store, 3, Occasion.START, night_sweats=Reply.YES, leg_symptoms=Reply.YES)
    answer(report.store, 1, Occasion.START)
    told = page(report())
    assert "You " not in told
    assert BY_KEY["night_sweats"].question[:40] in told
    assert "(yes on 17 May 2026, and no since)" in told


def test_a_programme_that_the_safety_answers_pause_is_not_told_as_a_pause(report):
    """A pause would be read as the patient's own choice."""
    answer(report.store, 3, Occasion.START)
    record_event_for(report.store, OWNER, Step.START, today=TODAY - timedelta(days=3), now=on(3))
    answer(report.store, 0, Occasion.START, bladder_or_bowel=Reply.YES)
    told = report()
    assert "the safety answers" in reasons(told.programme.fired)
    assert "a pause" not in reasons(told.programme.fired)


def test_talks_and_illnesses_that_the_patient_told_of_are_on_the_report(report):
    """The provider who is said to have been spoken to reads on which day; and an illness is no pause."""
    answer(report.store, 30, Occasion.START)
    for days_ago, step in ((25, Step.START), (9, Step.TALKED), (1, Step.ILL)):
        day = TODAY - timedelta(days=days_ago)
        record_event_for(report.store, OWNER, step, today=day, now=on(days_ago))
    programme = next(s for s in back_page(report()) if s.heading == "The run-walk programme")
    (line,) = programme.parts[0].sentences
    assert "a provider was spoken to on 11 May" in line
    assert "ill: since 19 May." in line
    assert "The patient said that they are ill." in line
    assert "a pause" not in line


def test_an_illness_that_is_over_is_told_with_both_days(report):
    """Ill from the ninth day on, going on again four days later: its first and its last day."""
    answer(report.store, 30, Occasion.START)
    for days_ago, step in ((25, Step.START), (9, Step.ILL), (5, Step.RESUME)):
        day = TODAY - timedelta(days=days_ago)
        record_event_for(report.store, OWNER, step, today=day, now=on(days_ago))
    assert report().programme.ill == ((TODAY - timedelta(days=9), TODAY - timedelta(days=6)),)


def test_what_the_programme_goes_by_is_on_the_report(report):
    """A race, a very long walk, a bad morning, a flare and pain elsewhere: each with its day, and nothing else."""
    runs = [a_run(n, 30.0) for n in range(40, 20, -2)] + [a_run(16, 125.0), a_run(12, 30.0)]
    hike = replace(a_run(9, 300.0), activity=Activity.WALK)
    mornings = [morning(n, 2.0, other_pain=4.0 if n < 4 else 0.0) for n in range(40, 0, -1) if n != 15]
    bad = morning(15, 7.0, flare=True, other_pain=0.0)
    told = said(report(Records(runs=(*runs, hike), check_ins=(*mornings, bad))))
    assert "By the app's rule, runs far beyond those on record before: 4 May, 125 minutes." in told
    assert "Very long on foot: 11 May, 300 minutes." in told
    assert "much worse than usual on: 5 May, 7 of 10." in told
    assert "called it a flare on: 5 May." in told
    assert "Pain elsewhere: on 3 of 40 days answered, the worst 4 of 10 (19 May)." in told


def test_a_calm_diary_names_no_happening(report):
    """Runs and mornings as ever: none of these sentences, and no zero in their place."""
    runs = tuple(a_run(n, 30.0) for n in range(40, 0, -2))
    told = report(Records(runs=runs, check_ins=tuple(morning(n, 2.0) for n in range(40, 0, -1))))
    assert told.happened == Happenings()


def test_tests_and_questionnaires_are_told_first_and_last(report):
    """The first value and the last, over the whole diary; one alone has no last."""
    planks = tuple(
        Measurement(moment=on(n), kind=MeasurementKind.FRONT_PLANK, value=value)
        for n, value in ((200, 30.0), (100, 50.0), (1, 45.0))
    )
    weight = Measurement(moment=on(3), kind=MeasurementKind.WEIGHT, value=80.0)
    sheets = tuple(RolandMorris(time=on(n), score=score) for n, score in ((60, 9), (30, 12), (2, 4)))
    told = report(Records((morning(0, 3),), measurements=(*planks, weight), roland_morris=sheets))
    by_kind = {one.kind: one for one in told.tests}
    plank = by_kind[MeasurementKind.FRONT_PLANK]
    assert (plank.first.value, plank.last.value) == (30.0, 45.0)
    assert by_kind[MeasurementKind.WEIGHT].last is None
    assert [one.value for one in told.roland_morris] == [9, 4]


def test_ratings_are_compared_only_over_eight_weeks(report):
    """In a younger diary the first four weeks would be the last four, too."""
    young = report(Records(tuple(morning(n, 3, mood=5.0) for n in range(30))))
    assert {(one.name, one.first, one.last) for one in young.measures if one.name == "mood"} == {
        ("mood", None, 5.0)
    }


def test_a_young_diary_has_no_first_ratings_to_name(report):
    """Thirteen ratings before the last four weeks are not 'not known': the column is left out."""
    young = report(Records(tuple(morning(n, 3, mood=5.0) for n in range(40))))
    (table,) = next(section.parts for section in back_page(young) if section.heading == "Ratings beside pain")
    assert table.head == ("Rating, 0 to 10", "Last 4 weeks")
    assert table.rows == (("Mood", "5 (28 ratings)"),)


def test_a_talk_is_named_with_its_sessions_and_since_when(report):
    """Two runs within 14 days that hurt: both days, what was done, what was rated, and when the talk fell due."""
    mornings = tuple(morning(n, {9: 8, 4: 6.5}.get(n, 2)) for n in range(40))
    runs = tuple(
        Run(start=on(n, 18), moving_s=60 * minutes, source="watch") for n, minutes in ((10, 30), (5, 40))
    )
    said = " ".join(_warned(report(Records(mornings, runs))))
    assert "to a provider before running again: two sessions with much more pain." in said
    assert (
        "10 May, 30 minutes of running, then back 8 of 10 (before it 2); "
        "15 May, 40 minutes of running, then back 6.5 of 10 (before it 2)." in said
    )
    assert "By the records, the reason goes back to 16 May 2026." in said
    assert report(Records((morning(0, 2),))).talk is not None  # a calm morning ends no talk


def test_ratings_of_the_first_and_the_last_four_weeks(report):
    """Of twelve weeks the means at both ends; a rating that was never given is unknown."""
    told = report(Records(tuple(morning(n, 3, mood=2.0 if n > 40 else 6.0) for n in range(80))))
    mood, sleep = told.measures[0], told.measures[3]
    assert (mood.first, mood.last) == (2.0, 6.0)
    assert (sleep.name, sleep.first, sleep.last) == ("sleep", None, None)


def test_only_ticked_notes_are_taken(report):
    """Notes of the last four weeks alone can be ticked, and none is there unasked."""
    noted = (morning(1, 3, note=" left\ncalf "), morning(2, 3, note="fine"), morning(40, 3, note="old"))
    records = Records(noted)
    assert [note.text for note in notes_lately(noted, today=TODAY)] == ["fine", "left calf"]
    assert report(records).notes == ()
    ticked = {TODAY - timedelta(days=1), TODAY - timedelta(days=40)}
    assert [note.text for note in report(wanted=Wanted(notes=ticked)).notes] == ["left calf"]
    assert len(report(wanted=Wanted(all_notes=True)).notes) == 2


def test_what_is_yet_to_come_is_left_out(report):
    """A check-in from a clock that runs ahead counts into no figure."""
    told = report(Records((morning(0, 3), morning(-1, 10, leg_symptoms=True))))
    assert told.pain.worst.value == 3.0
    assert told.legs.days == ()


@pytest.mark.parametrize("year", ["80", "3000", "19xx", "-1980", "\N{ARABIC-INDIC DIGIT ONE}980"])
def test_a_year_of_birth_that_cannot_be_is_refused(year):
    """With a sentence that says how it is written."""
    with pytest.raises(BadValue, match="four digits"):
        patient_from_env("", year, "")


def test_what_is_written_onto_the_report_is_one_line():
    """Line breaks and signs that cannot be printed become blanks, and it is no longer than there is room."""
    told = patient_from_env(" A.\nPerson\x00 ", "1980", "x " * 5000)
    assert told.name == "A. Person"
    assert len(told.question) <= 280


@pytest.mark.parametrize(
    ("hours", "rated_at"),
    [
        ((7, 7, 21), RatedAt.MORNING),
        ((21, 21, 7), RatedAt.EVENING),
        ((13, 14, 7), RatedAt.MIXED),
    ],
)
def test_the_report_says_at_what_time_of_day_was_rated(report, hours, rated_at):
    """Most ratings before noon are of the morning, from 17 h on of the evening, else of neither."""
    told = tuple(CheckIn(moment=on(n + 1, hour), pain=PainRating(4.0)) for n, hour in enumerate(hours))
    assert report(Records(check_ins=told)).pain.rated_at is rated_at


@pytest.mark.parametrize(
    ("runs", "days_since", "is_shown"), [(0, 0, True), (5, 0, True), (20, 0, False), (0, 30, False)]
)
def test_an_old_answer_is_shown_only_beside_the_diary_that_it_is_of(report, runs, days_since, is_shown):
    """Runs that were put in since, or weeks that went by, take it off the sheet: figures of both would contradict."""
    mornings = tuple(morning(n, 4) for n in range(60))
    done = tuple(Run(start=on(2 * n, 18), moving_s=1800.0) for n in range(runs))
    made = ANSWERS["made-up"]()
    facts = replace(
        made.facts,
        first_day=TODAY - timedelta(days=59),
        last_day=TODAY - timedelta(days=days_since),
        check_ins=60,
        run_days=0,
    )
    kept = CachedAnswer("", "", answer_json(replace(made, facts=facts)), "", on(0))
    answered = AnswerStatus(kept, is_current=False, working=True)
    found = report(Records(mornings, done), answered=answered).answered
    assert (found.answer is not None, found.left_out is None) == (is_shown, is_shown)
