"""What all answers so far leave open today."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backstride.core.clearance import Freedom, Level, Reply
from backstride.errors import BadValue
from backstride.report.clearance_words import advice
from backstride.screening.clearance_now import current_clearance, due_now, urgent_ended
from backstride.screening.follow_ups import SORE_BONES
from backstride.screening.item import Group
from backstride.screening.items import ITEMS, RETIRED
from backstride.screening.occasions import QUESTIONS, Occasion, Signs
from backstride.screening.record import ScreeningRecord, screening_record_from_text
from backstride.screening.taps import BEHIND, TAPS
from backstride.screening.words_so_far import fever_over_on

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine, too
DAY = date(2026, 5, 4)
QUIET = Signs()
NO_TAPS = dict.fromkeys((tap.key for tap in TAPS), Reply.NO)


def start(*yes: str, agreed: tuple[str, ...] = (), day: date = DAY) -> ScreeningRecord:
    """All questions answered, with no but for these."""
    replies = {item.key: Reply.YES if item.key in yes else Reply.NO for item in ITEMS}
    return ScreeningRecord(day=day, occasion=Occasion.START, replies=replies, agreed=frozenset(agreed))


def week(n: int, **replies: Reply) -> ScreeningRecord:
    """The taps of week n, with no but for these."""
    return ScreeningRecord(day=DAY + timedelta(weeks=n), occasion=Occasion.WEEKLY, replies=NO_TAPS | replies)


def seen(n: int, reply: Reply = Reply.NO, *, days: int = 0) -> ScreeningRecord:
    """Whether nobody looked at it yet, asked n weeks after the start."""
    day = DAY + timedelta(weeks=n, days=days)
    return ScreeningRecord(day=day, occasion=Occasion.SEEN, replies={"not_seen_yet": reply})


def on(n: int, *times: ScreeningRecord, signs: Signs = QUIET):
    """What stands n weeks after the start."""
    return current_clearance(times, today=DAY + timedelta(weeks=n), signs=signs)


def test_without_a_start_nothing_is_offered():
    """No answers, or only taps, leave everything open."""
    assert on(0).freedom is Freedom.PAUSED
    assert on(1, week(1)).freedom is Freedom.PAUSED


def test_a_quiet_week_keeps_what_was_said():
    """Three times no neither lifts a yes of the start nor takes anything away."""
    assert on(1, start(), week(1)).freedom is Freedom.RUN
    assert on(1, start("si_joint"), week(1)).freedom is Freedom.RUN_WITH_CARE
    assert on(1, start("spot_on_bone"), week(1)).freedom is Freedom.PAUSED


def test_a_missed_week_holds_until_the_taps_come():
    """Seven days after the last answers no session is offered, and no alarm raised."""
    late = on(1, start())
    assert (late.freedom, late.level) == (Freedom.PAUSED, Level.NOTHING_HELD)
    assert late.left_open == tuple(tap.key for tap in TAPS)


def test_a_skipped_tap_holds():
    """Taps that were shown and not answered are open, not fine."""
    assert on(1, start(), week(1, tap_now=Reply.NOT_ANSWERED)).freedom is Freedom.PAUSED


def test_all_questions_behind_a_tap_stand_for_it():
    """Whoever answers every question in a week has answered its taps, too."""
    all_no = {item.key: Reply.NO for item in ITEMS}
    whole = ScreeningRecord(day=DAY + timedelta(weeks=1), occasion=Occasion.WEEKLY, replies=all_no)
    assert on(1, start(), whole).freedom is Freedom.RUN
    short = replace(whole, replies={key: said for key, said in all_no.items() if key != "fever"})
    assert on(1, start(), short).left_open == ("tap_soon",)


def test_the_day_of_each_yes_is_known():
    """A yes of the first day is dated by it, whatever weeks came since."""
    assert on(1, start("pregnant"), week(1)).said_on == (("pregnant", DAY),)


def test_a_weekly_yes_stands_until_it_is_settled():
    """The next week's no does not take a yes back; the questions behind it do."""
    told = (start(), week(1, tap_now=Reply.YES), week(2))
    assert on(2, *told).level is Level.EMERGENCY
    behind = {item.key: Reply.NO for item in ITEMS if item.group is BEHIND["tap_now"]}
    settled = week(3, tap_now=Reply.YES, **behind)
    assert on(3, *told, settled, seen(3)).freedom is Freedom.RUN


def test_a_yes_behind_a_tap_lasts():
    """What was answered with yes after a tap is not lost in the next quiet week."""
    soon = {item.key: Reply.NO for item in ITEMS if item.group is Group.SOON} | {"spot_on_bone": Reply.YES}
    told = (start(), week(1, tap_soon=Reply.YES, **soon), week(2))
    assert on(2, *told).because == ("spot_on_bone",)


def test_a_new_sign_in_a_leg_holds_until_asked():
    """From the day of the sign the questions on legs are open; their answers settle it."""
    signs = Signs(new_leg_symptom=DAY + timedelta(days=2))
    assert current_clearance([start()], today=DAY + timedelta(days=2), signs=signs).freedom is Freedom.PAUSED
    replies = {item.key: Reply.NO for item in QUESTIONS[Occasion.LEG]} | {"leg_symptoms": Reply.YES}
    legs = ScreeningRecord(day=DAY + timedelta(days=2), occasion=Occasion.LEG, replies=replies)
    after = current_clearance([start(), legs], today=DAY + timedelta(days=3), signs=signs)
    assert (after.freedom, after.because) == (Freedom.WALK, ("leg_symptoms",))


def test_an_old_no_does_not_answer_what_is_asked_anew():
    """A question on legs that is left open after a new sign holds, whatever was said at the start."""
    replies = {item.key: Reply.NO for item in QUESTIONS[Occasion.LEG]} | {
        "saddle_numbness": Reply.NOT_ANSWERED
    }
    legs = ScreeningRecord(day=DAY, occasion=Occasion.LEG, replies=replies)
    assert on(0, start(), legs).left_open == ("saddle_numbness",)
    assert on(0, start(), legs).freedom is Freedom.PAUSED


def test_an_agreement_speaks_of_its_own_yes():
    """A new yes to a question that was once talked over needs a new talk."""
    first = start("leg_symptoms", agreed=("leg_symptoms",))
    replies = {item.key: Reply.NO for item in QUESTIONS[Occasion.LEG]} | {"leg_symptoms": Reply.YES}
    again = ScreeningRecord(day=DAY, occasion=Occasion.LEG, replies=replies)
    assert on(0, first).freedom is Freedom.RUN_WITH_CARE
    assert on(0, first, again).freedom is Freedom.WALK


@pytest.mark.parametrize("occasion", [Occasion.LEG, Occasion.START])
def test_an_agreement_that_a_newer_yes_ended_is_told_with_its_day(occasion):
    """Whoever had it agreed, and says yes again, reads why that counts no more; until it is agreed anew."""
    first = start("leg_symptoms", agreed=("leg_symptoms",))
    replies = {item.key: Reply.NO for item in QUESTIONS[occasion]} | {"leg_symptoms": Reply.YES}
    again = ScreeningRecord(day=DAY + timedelta(days=5), occasion=occasion, replies=replies)
    told = current_clearance([first, again], today=again.day, signs=QUIET)
    assert told.agreed_before == (("leg_symptoms", DAY),)
    assert any("that counts no more" in line for line in advice(told).sentences)
    renewed = replace(again, agreed=frozenset({"leg_symptoms"}))
    stands = current_clearance([first, again, renewed], today=again.day, signs=QUIET)
    assert on(0, first).agreed_before == stands.agreed_before == ()


def test_a_new_start_begins_anew():
    """All questions answered again take the place of everything before."""
    assert on(
        2, start("leg_symptoms"), week(1, tap_soon=Reply.YES), start(day=DAY + timedelta(weeks=2))
    ).freedom is (Freedom.RUN)


def test_an_emergency_is_not_unsaid():
    """Numb on Thursday, all no on Friday: nothing until it was looked at, then for 14 days, or walks after a talk."""
    thursday, friday = start("saddle_numbness"), start(day=DAY + timedelta(days=1))
    asked = [thursday, friday]
    told = current_clearance(asked, today=friday.day, signs=QUIET)
    assert (told.freedom, told.left_open) == (Freedom.PAUSED, ("not_seen_yet",))
    assert due_now(asked, today=friday.day, signs=QUIET) is Occasion.SEEN
    after = [*asked, seen(0, days=2)]
    held = current_clearance(after, today=DAY + timedelta(days=2), signs=QUIET)
    assert (held.level, held.freedom, held.because) == (
        Level.WITH_CARE, Freedom.PAUSED, ("seen_lately",),
    )  # fmt: skip
    assert due_now(after, today=DAY + timedelta(days=2), signs=QUIET) is None
    talked = replace(after[-1], agreed=frozenset({"seen_lately"}))
    assert (
        current_clearance([*after, talked], today=DAY + timedelta(days=2), signs=QUIET).freedom
        is Freedom.WALK
    )
    quiet = [*after, week(1), week(2)]
    assert current_clearance(quiet, today=DAY + timedelta(days=14), signs=QUIET).freedom is Freedom.RUN


def test_an_emergency_that_was_seen_to_is_named_with_its_day():
    """Nothing at the start, numb the day after, no more on the third day: the page says of which yes it speaks."""
    numb, gone = DAY + timedelta(days=1), DAY + timedelta(days=2)
    asked = [start(), start("saddle_numbness", day=numb), start(day=gone), seen(0, days=2)]
    held = current_clearance(asked, today=gone, signs=QUIET)
    assert held.once_said == (("seen_lately", "saddle_numbness", numb),)


def test_an_emergency_that_nobody_looked_at_is_asked_about_each_day():
    """Who still waits is held, and asked again on the next day; no time lifts it."""
    asked = [start("saddle_numbness"), start(day=DAY), seen(0, Reply.YES)]
    assert current_clearance(asked, today=DAY, signs=QUIET).level is Level.SEE_A_CLINICIAN
    assert due_now(asked, today=DAY, signs=QUIET) is None
    assert due_now(asked, today=DAY + timedelta(days=1), signs=QUIET) is Occasion.SEEN
    assert on(20, *asked).freedom is Freedom.PAUSED


def test_questions_that_are_still_open_are_due():
    """Saved with one of the start left open, the start is due, not the three taps."""
    replies = {item.key: Reply.NO for item in ITEMS[:-1]}
    some = ScreeningRecord(day=DAY, occasion=Occasion.START, replies=replies)
    assert due_now([some], today=DAY + timedelta(days=9), signs=QUIET) is Occasion.START
    assert due_now([start()], today=DAY, signs=QUIET) is None


@pytest.mark.parametrize("occasion", [Occasion.LEG, Occasion.BONE, Occasion.ILLNESS, Occasion.WEIGHT])
def test_what_an_occasion_left_open_is_due_alone(occasion):
    """One question of it answered: the rest of it is asked again, and not the whole list."""
    first = QUESTIONS[occasion][0].key
    some = ScreeningRecord(day=DAY, occasion=occasion, replies={first: Reply.NO})
    assert due_now([start(), some], today=DAY, signs=QUIET) is occasion


@pytest.mark.parametrize(
    ("key", "days"), [("spot_on_bone", 90), ("spinal_surgery", 365), ("cancer_ever", 365)]
)
def test_an_agreement_ends(key, days):
    """After 90 days, or a year where it was provider first or is past; then it holds as before the talk."""
    agreed = start(key, agreed=(key,))
    weeks = [week(n) for n in range(1, 60)]
    told = [
        current_clearance(
            [agreed, *weeks[: (off + 1) // 7]], today=DAY + timedelta(days=off), signs=QUIET
        ).agreed
        for off in (days, days + 1)
    ]
    assert told == [(key,), ()]


def test_an_agreement_counts_from_its_own_day():
    """Told four months after the answers, it counts for 90 days from then."""
    agreed = replace(
        start("spot_on_bone"),
        agreed=frozenset({"spot_on_bone"}),
        agreed_on={"spot_on_bone": DAY + timedelta(days=120)},
    )
    assert screening_record_from_text(agreed.to_text()) == agreed
    assert current_clearance([agreed], today=DAY + timedelta(days=210), signs=QUIET).agreed == (
        "spot_on_bone",
    )
    assert current_clearance([agreed], today=DAY + timedelta(days=211), signs=QUIET).agreed == ()


def test_no_talk_makes_running_fit_while_weight_is_lost():
    """Unexplained loss of weight, and a provider who agrees: walks, no running."""
    assert on(0, start("weight_loss", agreed=("weight_loss",))).freedom is Freedom.WALK
    assert (
        on(0, start("cancer_ever", "weight_loss", agreed=("cancer_ever", "weight_loss"))).freedom
        is Freedom.PAUSED
    )


def test_answers_to_questions_of_earlier_days_are_read():
    """A yes counts for the questions that took its place, a no for none; nothing is refused."""
    text = (
        '{"day":"2026-05-04","occasion":"start","replies":{"belly_or_side":"yes","bone_risk":"no"},'
        '"agreed":["chest_or_fainting"]}'
    )
    assert screening_record_from_text(text).replies == {"sudden_belly_pain": Reply.YES}
    assert set(RETIRED).isdisjoint(item.key for item in ITEMS)


some_replies = st.dictionaries(
    st.sampled_from([i.key for i in ITEMS + TAPS]), st.sampled_from(Reply), max_size=8
)
times = st.lists(
    st.builds(
        ScreeningRecord,
        day=st.dates(DAY, DAY + timedelta(days=20)),
        occasion=st.sampled_from(Occasion),
        replies=some_replies,
        agreed=st.frozensets(st.sampled_from([i.key for i in ITEMS]), max_size=2),
    ),
    max_size=4,
)


@unhurried
@given(earlier=times, later=times, tap=st.sampled_from(TAPS))
def test_a_tap_with_yes_never_gives_more_than_with_no(earlier, later, tap):
    """Whatever else was said before and after, a yes to a tap never adds freedom and never lowers the level."""
    told = [
        current_clearance(
            [start(), *earlier, week(1, **{tap.key: reply}), *later],
            today=DAY + timedelta(weeks=2),
            signs=QUIET,
        )
        for reply in (Reply.NO, Reply.YES)
    ]
    assert told[1].freedom <= told[0].freedom
    assert told[1].level >= told[0].level


@unhurried
@given(
    earlier=times,
    replies=some_replies,
    key=st.sampled_from([i.key for i in ITEMS + TAPS]),
    when=st.sampled_from(Occasion),
)
def test_nothing_said_never_gives_more_than_a_no(earlier, replies, key, when):
    """In whatever round of questions: leaving one out never adds freedom to a no."""
    told = [
        current_clearance(
            [start(), *earlier, ScreeningRecord(day=DAY, occasion=when, replies=replies | {key: reply})],
            today=DAY,
            signs=QUIET,
        )
        for reply in (Reply.NO, Reply.NOT_ANSWERED)
    ]
    assert told[1].freedom <= told[0].freedom


@unhurried
@given(said=times)
def test_answers_survive_the_diary(said):
    """What is written as text reads back the same."""
    assert [screening_record_from_text(one.to_text()) for one in said] == said


@pytest.mark.parametrize(
    "text", ["", "[]", "{}", '{"day":"x"}', "null", '{"day":"2026-05-04","occasion":"start"}']
)
def test_broken_text_is_told(text):
    """What holds no answers is refused with what to do."""
    with pytest.raises(BadValue, match="Answer the questions again"):
        screening_record_from_text(text)


def test_an_unknown_question_is_refused():
    """A key that no question has cannot be kept."""
    with pytest.raises(BadValue, match="no safety question"):
        ScreeningRecord(day=DAY, occasion=Occasion.START, replies={"bak": Reply.NO})


def test_an_accident_that_was_seen_to_is_no_emergency_for_ever():
    """Seen and agreed, it is no accident that nobody looked at; a new one is an emergency again."""
    crash = start("serious_accident")
    assert on(0, crash).level is Level.EMERGENCY
    looked_at = replace(seen(0, days=1), agreed=frozenset({"seen_lately"}))
    anew = start(day=DAY + timedelta(days=1))
    assert on(0, crash, anew).freedom is Freedom.PAUSED
    assert on(1, crash, anew, looked_at).freedom is Freedom.WALK
    assert on(3, crash, anew, looked_at, week(3)).freedom is Freedom.RUN
    again = start("serious_accident", day=DAY + timedelta(weeks=4))
    assert on(4, crash, anew, looked_at, again).level is Level.EMERGENCY


def test_fever_pauses_until_it_is_answered_no():
    """No agreement opens a session while the fever is there."""
    ill = start("fever", agreed=("fever",))
    assert (on(0, ill).freedom, on(0, ill).level) == (Freedom.PAUSED, Level.SEE_A_CLINICIAN)
    assert on(1, ill, start(day=DAY + timedelta(weeks=1))).freedom is Freedom.RUN


@pytest.mark.parametrize("occasion", [Occasion.WEEKLY, Occasion.LEG, Occasion.ILLNESS, Occasion.START])
def test_an_emergency_is_remembered_on_whatever_occasion_it_was_told(occasion):
    """Numb between the legs among the answers of a week with no list tapped, and a no the day after: was it seen?"""
    first = start()
    told = ScreeningRecord(
        day=DAY + timedelta(days=1),
        occasion=occasion,
        replies=dict(first.replies) | {"saddle_numbness": Reply.YES},
    )
    back = replace(told, day=DAY + timedelta(days=2), replies=dict(first.replies))
    taps = replace(week(0), day=DAY + timedelta(days=2))
    today = DAY + timedelta(days=2)
    after = current_clearance([first, told, back, taps], today=today, signs=QUIET)
    assert after.freedom is Freedom.PAUSED
    assert due_now([first, told, back, taps], today=today, signs=QUIET) is Occasion.SEEN


@pytest.mark.parametrize("key", ["night_sweats", "weight_loss", "light_effort", "small_knock"])
def test_a_grave_sign_that_is_taken_back_asks_whether_it_was_seen(key):
    """Yes on the second list and no a day later: walks until it was looked at, or was not there; no time ends it."""
    back = [start(key), start(day=DAY + timedelta(days=1))]

    def then(*more, days=1):
        taps = [week(n) for n in range(1, 3) if 7 * n <= days]
        return current_clearance([*back, *more, *taps], today=DAY + timedelta(days=days), signs=QUIET).freedom

    def word(reply):
        replies = {"not_seen_soon": reply}
        return ScreeningRecord(day=DAY + timedelta(days=1), occasion=Occasion.SEEN_SOON, replies=replies)

    assert then() is Freedom.WALK
    assert due_now(back, today=DAY + timedelta(days=1), signs=QUIET) is Occasion.SEEN_SOON
    assert then(word(Reply.NO)) is Freedom.RUN
    assert [then(word(Reply.YES), days=n) for n in (1, 13, 14, 20)] == [Freedom.WALK] * 4
    assert [then(days=n) for n in (13, 14)] == [Freedom.WALK] * 2


def test_a_grave_sign_that_went_after_two_weeks_is_over():
    """A no two weeks after the last yes takes nothing back."""
    later = start(day=DAY + timedelta(days=14))
    assert (
        current_clearance([start("night_pain"), later], today=later.day, signs=QUIET).freedom is Freedom.RUN
    )


TAKEN_BACK = {
    "stress_break": Freedom.WALK,
    "birth_12_weeks": Freedom.WALK,
    "steroid_pills": Freedom.WALK,
    "cancer_ever": Freedom.WALK,
    "under_18": Freedom.PAUSED,
}


@pytest.mark.parametrize("key", TAKEN_BACK)
def test_what_two_weeks_do_not_change_is_asked_once_more_after_a_yes_and_a_no(key):
    """It holds as its yes does until a second no, or a yes, says which was untrue; no time ends that."""
    later = DAY + timedelta(days=1)
    back = [start(key), start(day=later)]
    now = current_clearance(back, today=later, signs=QUIET)
    assert (now.freedom, now.left_open) == (TAKEN_BACK[key], (key,))
    assert due_now(back, today=later, signs=QUIET) is Occasion.AGAIN
    for days in (14, 28):
        taps = replace(week(0), day=DAY + timedelta(days=days))
        late = current_clearance([*back, taps], today=taps.day, signs=QUIET)
        assert late.freedom is TAKEN_BACK[key]
    for reply, then in ((Reply.NO, Freedom.RUN), (Reply.YES, TAKEN_BACK[key])):
        told = ScreeningRecord(day=later, occasion=Occasion.AGAIN, replies={key: reply})
        assert current_clearance([*back, told], today=later, signs=QUIET).freedom is then
        assert due_now([*back, told], today=later, signs=QUIET) is None


def test_a_fact_that_a_provider_agreed_about_may_be_taken_back():
    """Nor is a no two weeks later asked again."""
    later = DAY + timedelta(days=1)
    agreed = [start("spinal_surgery", agreed=("spinal_surgery",)), start(day=later)]
    assert current_clearance(agreed, today=later, signs=QUIET).freedom is Freedom.RUN
    long_after = start(day=DAY + timedelta(days=14))
    assert (
        current_clearance([start("stress_break"), long_after], today=long_after.day, signs=QUIET).freedom
        is Freedom.RUN
    )


def test_a_cancer_that_a_provider_agreed_about_is_not_taken_back_unasked():
    """An agreement speaks of running: it does not make the cancer untrue, and other signs hang on it."""
    later = DAY + timedelta(days=2)
    back = [start("cancer_ever", agreed=("cancer_ever",)), start(day=later)]
    now = current_clearance(back, today=later, signs=QUIET)
    assert now.left_open == ("cancer_ever",)
    assert now.freedom is not Freedom.RUN
    assert due_now(back, today=later, signs=QUIET) is Occasion.AGAIN


@pytest.mark.parametrize("key", ["spinal_surgery", "new_joint", "spine_bone", "cancer_ever"])
def test_what_never_ends_is_asked_again_however_late_it_is_taken_back(key):
    """An operated spine or a metal hip is no other one three weeks later; answered no once more, it is believed."""
    later = DAY + timedelta(days=20)
    back = [start(key), start(day=later)]
    assert current_clearance(back, today=later, signs=QUIET).left_open == (key,)
    told = ScreeningRecord(day=later, occasion=Occasion.AGAIN, replies={key: Reply.NO})
    assert current_clearance([*back, told], today=later, signs=QUIET).freedom is Freedom.RUN


@pytest.mark.parametrize(
    ("occasion", "key"),
    [(Occasion.AGAIN, "si_joint"), (Occasion.SEEN, "not_seen_yet"), (Occasion.SEEN_SOON, "not_seen_soon")],
)
def test_a_single_answer_puts_off_no_weekly_questions(occasion, key):
    """One question says nothing of the three lists."""
    told = ScreeningRecord(day=DAY + timedelta(days=6), occasion=occasion, replies={key: Reply.NO})
    assert due_now([start(), told], today=DAY + timedelta(days=7), signs=QUIET) is Occasion.WEEKLY
    assert current_clearance([start(), told], today=told.day, signs=QUIET).freedom is Freedom.RUN


@pytest.mark.parametrize("key", ["leg_symptoms", "leg_spreading", "leg_after_run"])
def test_a_symptom_in_a_leg_that_is_gone_leaves_walks_for_a_week(key):
    """What goes down a leg comes and goes: seven days after the last yes, unless a provider agreed to running."""
    back = start(day=DAY + timedelta(days=1))
    settled = (
        ScreeningRecord(day=back.day, occasion=Occasion.SEEN_SOON, replies={"not_seen_soon": Reply.NO}),
        ScreeningRecord(day=back.day, occasion=Occasion.AGAIN, replies={key: Reply.NO}),
    )
    for first, wanted in (
        (start(key), [Freedom.WALK, Freedom.RUN]),
        (start(key, agreed=(key,)), [Freedom.RUN] * 2),
    ):
        found = [
            current_clearance([first, back, *settled], today=DAY + timedelta(days=n), signs=QUIET)
            for n in (6, 7)
        ]
        assert [one.freedom for one in found] == wanted


def test_a_fever_that_is_over_asks_for_no_visit():
    """Yes, and no on the next day: walks for two days, no question whether it was seen; the plan halves the week."""
    over = start(day=DAY + timedelta(days=1))
    told = [
        current_clearance([start("fever"), over], today=DAY + timedelta(days=n), signs=QUIET)
        for n in (1, 2, 3)
    ]
    assert [one.freedom for one in told] == [Freedom.WALK, Freedom.WALK, Freedom.RUN]
    assert due_now([start("fever"), over], today=over.day, signs=QUIET) is None


@pytest.mark.parametrize("key", sorted(SORE_BONES))
def test_a_sore_bone_that_is_taken_back_leaves_walks_for_two_weeks(key):
    """Whatever was answered since, seen or not, agreed or not: rest may be why it does not hurt."""
    back = start(day=DAY + timedelta(days=3))
    seen_by = ScreeningRecord(day=back.day, occasion=Occasion.SEEN_SOON, replies={"not_seen_soon": Reply.NO})
    for first in (start(key), start(key, agreed=(key,))):
        told = (first, back, seen_by, week(1), week(2))
        on_day_4 = current_clearance(told[:3], today=DAY + timedelta(days=4), signs=QUIET)
        assert (on_day_4.freedom, on_day_4.because) == (Freedom.WALK, ("sore_bone_lately",))
        assert (
            current_clearance(told[:4], today=DAY + timedelta(days=13), signs=QUIET).freedom is Freedom.WALK
        )
        assert current_clearance(told, today=DAY + timedelta(days=14), signs=QUIET).freedom is Freedom.RUN


def test_the_end_of_a_fever_is_known():
    """The day of the first no after a yes; none where there was no yes, or where it stands."""
    ill, well = start("fever"), start(day=DAY + timedelta(days=4))
    assert fever_over_on([ill, well, week(1)]) == well.day
    assert fever_over_on([well]) is None
    assert fever_over_on([well, start("fever", day=DAY + timedelta(days=5))]) is None


def test_a_grave_sign_that_a_provider_agreed_about_may_be_taken_back():
    """It was looked at, so nothing more is asked."""
    times = [start("night_pain", agreed=("night_pain",)), start(day=DAY + timedelta(days=1))]
    assert current_clearance(times, today=DAY + timedelta(days=1), signs=QUIET).freedom is Freedom.RUN


def test_pregnant_no_more_asks_about_a_birth():
    """The answers on birth of before it do not count on: walks until they are given."""
    no_more = ScreeningRecord(
        day=DAY + timedelta(days=2),
        occasion=Occasion.WEEKLY,
        replies={"pregnant": Reply.NO} | dict.fromkeys((tap.key for tap in TAPS), Reply.NO),
    )
    times = [start("pregnant"), no_more]
    now = current_clearance(times, today=no_more.day, signs=QUIET)
    assert now.freedom is Freedom.WALK
    assert {"birth_12_weeks", "birth_year", "pelvic_floor"} <= set(now.left_open)
    assert due_now(times, today=no_more.day, signs=QUIET) is Occasion.BIRTH
    replies = dict.fromkeys((item.key for item in QUESTIONS[Occasion.BIRTH]), Reply.NO)
    answered = ScreeningRecord(day=no_more.day, occasion=Occasion.BIRTH, replies=replies)
    assert current_clearance([*times, answered], today=no_more.day, signs=QUIET).freedom is Freedom.RUN


@pytest.mark.parametrize(
    ("key", "days", "occasion"),
    [
        ("leg_injury", 42, Occasion.HEALED),
        ("recent_surgery", 92, Occasion.HEALED),
        ("birth_12_weeks", 84, Occasion.BIRTH),
    ],
)
def test_a_yes_that_names_a_time_is_asked_anew_when_it_is_over(key, days, occasion):
    """On its last day it stands; on the day after it is open, and due."""
    weeks = [week(n) for n in range(1, 15)]

    def on_day(n):
        times = [start(key), *(one for one in weeks if one.day <= DAY + timedelta(days=n))]
        today = DAY + timedelta(days=n)
        now = current_clearance(times, today=today, signs=QUIET)
        return key in now.because, key in now.left_open, due_now(times, today=today, signs=QUIET)

    assert on_day(days)[:2] == (True, False)
    assert on_day(days + 1) == (False, True, occasion)


def test_the_end_of_an_agreement_is_told_two_weeks_before():
    """From 13 days before its last day on, with that day; and no more once it has run out."""
    agreed = start("leg_spreading", "spinal_surgery", agreed=("leg_spreading", "spinal_surgery"))
    weeks = [week(n) for n in range(1, 14)]
    told = [
        current_clearance([agreed, *weeks], today=DAY + timedelta(days=n), signs=QUIET).ends_on
        for n in (76, 77, 90, 91)
    ]
    last = DAY + timedelta(days=90)
    assert told == [(), (("leg_spreading", last),), (("leg_spreading", last),), ()]


def test_cancer_and_a_sign_that_were_looked_at_do_not_alarm_when_the_talk_is_long_ago():
    """Cancer once and a sore leg, agreed on both: runs for 90 days, then walks until a new talk, no alarm."""
    signs = ("cancer_ever", "leg_spreading")
    agreed = start(*signs, agreed=signs)
    weeks = [week(n) for n in range(1, 14)]
    before, after = (
        current_clearance([agreed, *weeks], today=DAY + timedelta(days=n), signs=QUIET) for n in (90, 91)
    )
    assert (before.level, before.freedom) == (Level.WITH_CARE, Freedom.RUN_WITH_CARE)
    assert (after.level, after.run_out) == (Level.SEE_A_CLINICIAN, ("leg_spreading",))
    assert after.freedom is Freedom.WALK
    anew = start(*signs, day=DAY + timedelta(days=91))
    assert current_clearance([agreed, *weeks, anew], today=anew.day, signs=QUIET).level is Level.EMERGENCY


def test_an_agreement_that_has_run_out_is_told():
    """On the 91st day the question is named as one whose agreement has run out, and not before."""
    agreed = start("leg_spreading", "spinal_surgery", agreed=("leg_spreading", "spinal_surgery"))
    weeks = [week(n) for n in range(1, 14)]
    before = current_clearance([agreed, *weeks], today=DAY + timedelta(days=90), signs=QUIET)
    after = current_clearance([agreed, *weeks], today=DAY + timedelta(days=91), signs=QUIET)
    assert (before.run_out, after.run_out) == ((), ("leg_spreading",))
    assert after.level is Level.SEE_A_CLINICIAN
    renewed = start("leg_spreading", agreed=("leg_spreading",), day=DAY + timedelta(days=91))
    assert (
        current_clearance([agreed, *weeks, renewed], today=DAY + timedelta(days=91), signs=QUIET).run_out
        == ()
    )


def test_the_end_of_the_pause_after_an_emergency_is_told_for_three_days():
    """On days 14 to 16 the sign is named that the pause was for; not before or after, and not where it stands."""
    stood, over = start("saddle_numbness"), start(day=DAY + timedelta(days=1))
    looked_at = seen(0, days=1)
    told = [urgent_ended([stood, over, looked_at], today=DAY + timedelta(days=n)) for n in range(13, 18)]
    assert told == [(), *[("saddle_numbness",)] * 3, ()]
    assert urgent_ended([stood, over], today=DAY + timedelta(days=14)) == ()
    assert urgent_ended([stood], today=DAY + timedelta(days=14)) == ()
