"""What follows from the answers, in words: plain, the same for everyone, naming no disease."""

import re
from dataclasses import replace
from datetime import date, timedelta
from html import unescape

import pytest

from backstride.core.clearance import Clearance, Freedom, Level, Reply
from backstride.programme.rules import Rule
from backstride.report.clearance_words import IF_LOOKED_AT, advice, alarm_reasons
from backstride.report.held_words import held_lines
from backstride.report.morning_words import what_holds
from backstride.report.page import page
from backstride.report.safety_note import WIDTH, provider_note
from backstride.report.safety_page import groups
from backstride.report.safety_words import (
    BECAUSE,
    BY_KEY,
    DUE,
    FREEDOMS,
    GROUPS,
    LEVELS,
    NO_SESSIONS,
    TODAY,
    WALKS,
    question,
    same_for_everyone,
    when_asked,
)
from backstride.screening.clearance_now import current_clearance
from backstride.screening.follow_ups import FOLLOW_UPS, NOT_SEEN, SEEN_LATELY
from backstride.screening.items import ITEMS, TOGETHER
from backstride.screening.occasions import Occasion, Signs
from backstride.screening.record import ScreeningRecord
from backstride.screening.rules import clearance
from backstride.screening.soon import SOON
from backstride.screening.taps import TAPS
from backstride.screening.urgent import NOW

from .reading import forbidden, grade, sentences

ALL_NO = {item.key: Reply.NO for item in ITEMS}
DISEASES = (
    "cauda",
    "aneurysm",
    "malignan",
    "myelopath",
    "spondyl",
    "sepsis",
    "fractur",
    "tumo",
    "radiculopath",
)
STRINGS = [
    *(text for item in (*ITEMS, *TAPS, *FOLLOW_UPS) for text in (item.question, item.action, *item.fits)),
    *(text for pair in (*LEVELS.values(), *TODAY.values(), *GROUPS.values(), WALKS, NO_SESSIONS) for text in pair),
    *FREEDOMS.values(),
    *BECAUSE.values(),
    *DUE.values(),
    *(rule.action for rule in TOGETHER),
    same_for_everyone(),
    when_asked(),
    provider_note(clearance({}), day=date(2026, 5, 1)),
]  # fmt: skip


def after(*yes: str, agreed: tuple[str, ...] = ()) -> Clearance:
    """The clearance after yes to these, and no to all others."""
    return clearance(ALL_NO | dict.fromkeys(yes, Reply.YES), agreed=agreed)


@pytest.mark.parametrize("text", dict.fromkeys(STRINGS), ids=lambda text: text[:40])
def test_every_string_is_plain_and_allowed(text):
    """School grade 8 at most, no word that a diary must not use, no name of a disease."""
    assert round(grade(sentences(text)), 1) <= 8.0
    assert forbidden(text) == []
    assert [name for name in DISEASES if name in text.lower()] == []


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)
def test_a_yes_is_told_back_with_what_to_do(item):
    """The advice names the question that was answered with yes, and its action, and no other."""
    told = advice(after(item.key))
    held_back = item.level is Level.WITH_CARE and item.freedom is Freedom.WALK
    wanted = WALKS if held_back else (TODAY if item.same_day else LEVELS)[item.level]
    assert told.heading == wanted[0]
    assert told.reasons == (f"{question(item)} Yes. {item.action}",)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)
@pytest.mark.parametrize("agreed", [False, True])
def test_no_heading_offers_a_choice_above_less_than_running(item, agreed):
    """Where walks or nothing are left, agreed or not, no line says "You choose" or how much to do."""
    told = advice(after(item.key, agreed=(item.key,) if agreed else ()))
    if (item.if_agreed if agreed else item.freedom) < Freedom.RUN_WITH_CARE:
        assert not any("You choose" in line or "used to" in line for line in (told.heading, *told.sentences))


def test_nothing_answered_beside_an_agreement_is_not_done():
    """What was agreed, and 13 questions left open: the heading is not "You choose"."""
    answers = ALL_NO | {"stress_break": Reply.YES, "night_pain": Reply.NOT_ANSWERED}
    assert advice(clearance(answers, agreed=["stress_break"])).heading.startswith(
        "No sessions for now. First answer "
    )


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)
def test_an_answer_that_leaves_walks_is_named_with_its_day_beside_the_plan(item):
    """Each row whose path is walks says, on any day, what was answered, when, and what to do; others say nothing."""
    told = replace(after(item.key), said_on=((item.key, date(2026, 1, 8)),))
    lines = held_lines(told)
    assert bool(lines) is (item.freedom is Freedom.WALK)
    assert all(item.action in line and question(item) in line and "8 January" in line for line in lines)


def test_signs_that_leave_walks_together_are_named_beside_the_plan():
    """Two weak signs, each of which leaves running: the line says that they count together."""
    assert any(
        "look at them together" in line for line in held_lines(after("many_places", "new_at_this_age"))
    )


def test_an_agreement_that_opens_no_running_is_named_beside_the_plan():
    """Pregnant, and a provider agreed: walks all the same, and it says so."""
    (line,) = held_lines(after("pregnant", agreed=("pregnant",)))
    assert "whoever agrees" in line


def test_questions_left_open_are_named_beside_the_plan():
    """One of the third list that was not answered leaves walks, and is the reason that is told."""
    told = clearance(ALL_NO | {"new_joint": Reply.NOT_ANSWERED})
    assert held_lines(told) == ("1 safety question is still open.",)


def test_an_emergency_that_nobody_looked_at_is_said_to_be_of_today():
    """Heading and row say the same: today; once it was seen, the heading asks for no visit, and the row for none."""
    open_still = advice(clearance({NOT_SEEN.key: Reply.YES}, asked=(NOT_SEEN,)))
    assert "today" in open_still.heading
    assert all("today" in line for line in open_still.reasons)
    was_seen = advice(clearance({SEEN_LATELY.key: Reply.YES}, asked=(SEEN_LATELY,)))
    assert was_seen.heading == NO_SESSIONS[0]
    assert any("there again" in line for line in was_seen.reasons)


def test_the_diary_goes_on():
    """Where the programme pauses, the advice says that the diary goes on."""
    assert any("diary goes on" in s for s in advice(after("spot_on_bone")).sentences)
    assert any("diary goes on" in s for s in advice(after("saddle_numbness")).sentences)


def test_what_is_open_is_never_fine():
    """Without answers the advice is 'not done yet', and every open question is listed."""
    told = advice(clearance({}))
    assert told.heading.startswith("No sessions for now. First answer ")
    assert len(told.left_open) == len(ITEMS)


def test_in_an_emergency_nothing_else_is_asked():
    """Open questions are not listed beside a call for help."""
    told = advice(clearance({"both_legs_weak": Reply.YES}))
    assert told.left_open == ()
    assert not any("open" in sentence for sentence in told.sentences)


def test_weak_signs_together_say_why():
    """Two weak signs come with the sentence on both."""
    weak = next(rule for rule in TOGETHER if rule.key == "weak_signs_together")
    assert advice(after("new_at_this_age", "many_places")).reasons[0] == weak.action
    assert weak.action not in advice(after("many_places")).reasons


@pytest.mark.parametrize(
    "yes",
    [
        ("cancer_ever", "leg_symptoms"),
        ("steroid_pills", "night_pain"),
        ("night_pain", "between_shoulders"),
        ("saddle_numbness", "leg_symptoms", "night_pain"),
    ],
)
def test_no_line_asks_for_less_than_the_heading(yes):
    """What the answers ask for together comes first; what one of them alone would ask for is not said beside it."""
    whole = after(*yes)
    told = advice(whole)
    rules = [rule.action for rule in TOGETHER if rule.action in told.reasons]
    assert list(told.reasons[: len(rules)]) == rules
    assert "walk" not in " ".join(told.reasons).lower()
    if whole.level is Level.EMERGENCY:
        assert "in the next few days" not in " ".join((told.heading, *told.sentences, *told.reasons))


@pytest.mark.parametrize(
    ("fired", "said"),
    [
        ((Rule.SPIKES,), "Nothing that you said holds you back."),
        ((Rule.MEDICINE, Rule.REPEAT), "Nothing that you said holds you back."),
        ((Rule.LONG_RUN,), "What you did in the last days holds you back."),
        ((Rule.HIGH,), "Your check-ins hold you back."),
        ((Rule.SPIKES, Rule.LEG_STAYS), "Your check-ins hold you back."),
        ((Rule.RED, Rule.SETTLE), "Your check-ins hold you back."),
    ],
)
def test_the_heading_gives_the_true_reason(fired, said):
    """A step that stays holds nobody back, nor does a long run do so by a check-in."""
    assert advice(after(), held_by=what_holds((), fired)).heading == said


def test_all_no_promises_nothing():
    """Nothing held back is told without a promise."""
    told = " ".join((advice(after()).heading, *advice(after()).sentences))
    assert "no promise" in told
    assert forbidden(told) == []


def test_the_note_says_what_was_said():
    """The note lists the yes, the agreement and the open ones, and no level."""
    cleared = clearance(
        ALL_NO | {"spinal_surgery": Reply.YES, "pregnant": Reply.NOT_ANSWERED}, agreed=["spinal_surgery"]
    )
    note = provider_note(cleared, day=date(2026, 5, 1))
    assert "1 May 2026" in note
    assert "- Have you ever had surgery on your spine? (a provider has agreed" in note
    assert "I did not answer:\n\n- Are you pregnant?" in note
    assert max(map(len, note.splitlines())) <= WIDTH
    assert not any(heading in note for heading, _ in LEVELS.values())


def test_a_note_stays_a_page():
    """Where many questions are open the note counts them, and lists none."""
    for answers, said in ((ALL_NO, ""), ({}, "I have not answered the safety questions yet.")):
        note = provider_note(clearance(answers), day=date(2026, 5, 1))
        assert said in note
        assert len(note.splitlines()) < 50
    some = dict(list(ALL_NO.items())[:20])
    assert f"I have not answered {len(ALL_NO) - 20} of" in provider_note(
        clearance(some), day=date(2026, 5, 1)
    )


def test_the_static_list_is_whole():
    """Every question stands once on the list that is shown to everyone."""
    listed = [text for *_, texts in groups() for text in texts]
    assert listed == [question(item) for item in ITEMS]


def test_each_level_and_freedom_has_words():
    """Nothing that a clearance can be is without its sentence."""
    assert set(LEVELS) == set(Level)
    assert set(FREEDOMS) == set(Freedom)
    assert not re.search(r"\{", "".join(STRINGS))


def test_the_answer_page_asks_the_same(answers):
    """The list on every answer page is that of the safety questions, word by word, whatever the answer."""
    for name in ("helps, drawn", "too few runs"):
        shown = unescape(page(answers[name]()))
        assert [item.key for item in NOW + SOON if f"<li>{question(item)}</li>" not in shown] == []


@pytest.mark.parametrize(
    "item", [item for item in ITEMS if item.level >= Level.SEE_A_CLINICIAN], ids=lambda i: i.key
)
def test_the_heading_is_that_of_the_most_urgent_line(item):
    """Where a line says today, or at once, the heading says so, and never less nor more."""
    told = advice(after(item.key))
    for when in ("at once", "today", "in the next few days"):
        if when in item.action:
            assert when in told.heading
            return
    assert told.heading == LEVELS[item.level][0]


@pytest.mark.parametrize(
    ("yes", "heading"),
    [
        (("fever", "blood_or_burning"), "Stop running. Speak to a clinician today."),
        (("one_leg_weaker", "saddle_numbness"), "Get help at once."),
        (("cancer_ever", "bone_at_night"), "Get help today."),
        (("cancer_ever", "hard_fall"), "Get help today."),
    ],
    ids="+".join,
)
def test_of_several_lines_the_most_urgent_one_leads(yes, heading):
    """Named sets, by hand."""
    assert advice(after(*yes)).heading == heading


@pytest.mark.parametrize(
    "item", [i for i in ITEMS if i.if_agreed < Freedom.RUN_WITH_CARE], ids=lambda i: i.key
)
def test_an_agreement_that_opens_no_more_says_so(item):
    """Beside the agreement it stands that this plan offers no more; where it offers nothing, that it is void."""
    said = advice(after(item.key, agreed=(item.key,))).reasons[0]
    is_void = item.if_agreed is Freedom.PAUSED
    assert ("does not count now" in said) is is_void
    assert (IF_LOOKED_AT in said) is (item.level is Level.EMERGENCY)
    assert ("your provider agrees that you run. This plan still offers no more." in said) is not is_void


def test_an_agreement_that_has_run_out_is_named():
    """The advice names the question, says that the agreement has run out, and asks to renew it."""
    said = replace(clearance(ALL_NO | {"cancer_ever": Reply.YES}), run_out=("cancer_ever",))
    told = advice(said)
    assert BY_KEY["cancer_ever"].question in told.sentences[0]
    assert "has run out" in told.sentences[0]
    assert "has run out" in told.reasons[0]
    assert not any("has run out" in text for text in advice(replace(said, run_out=())).sentences)


def test_fever_with_an_agreement_is_told_as_before():
    """Who agreed to run with a fever is still sent to a clinician today."""
    told = advice(clearance(ALL_NO | {"fever": Reply.YES}, agreed=["fever"]))
    assert told.heading == "Stop running. Speak to a clinician today."
    assert "does not count now" in told.reasons[0]


def test_an_agreement_does_not_stand_beside_help_today():
    """Cancer once and a leg, both agreed, and weight that falls: the agreement does not count now, and it is said."""
    yes = ("cancer_ever", "leg_symptoms", "weight_loss")
    told = advice(clearance(ALL_NO | dict.fromkeys(yes, Reply.YES), agreed=yes[:2]))
    assert told.heading == "Get help today."
    assert not [line for line in told.reasons if "agrees that you run" in line]
    assert any("does not count now" in line for line in told.reasons)


def test_one_time_for_a_look_and_no_later_one():
    """60 or older and new at this age: in the next few weeks, and no word of the next visit."""
    told = advice(clearance(ALL_NO | dict.fromkeys(("over_60", "new_at_this_age"), Reply.YES)))
    assert any("next few weeks" in line for line in told.reasons)
    assert not any("next visit" in line for line in told.reasons)
    alone = advice(clearance(ALL_NO | {"new_at_this_age": Reply.YES}))
    assert "next visit" in alone.reasons[0]


def test_one_left_open_on_the_first_list_counts_as_a_yes_in_words():
    """Left out between answers, the page says what to do when not sure; a list that nobody came to does not."""
    unsure = "count it as a yes, and get help at once"
    one = advice(clearance(ALL_NO | {"saddle_numbness": Reply.NOT_ANSWERED}))
    assert unsure in " ".join(one.sentences)
    for told in ({}, ALL_NO, ALL_NO | {"leg_injury": Reply.NOT_ANSWERED}):
        assert unsure not in " ".join(advice(clearance(told)).sentences)


DAY = date(2026, 1, 8)
KEYS = {
    "saddle_numbness": ("not_seen_yet", "today"),
    "weight_loss": ("not_seen_soon", "in the next few days"),
}


@pytest.mark.parametrize("key", KEYS)
def test_a_sign_that_was_taken_back_is_named_with_its_day(key):
    """Where the level is said, the question that had a yes stands beside it, and how soon it is to be looked at."""
    follow_up, soon = KEYS[key]
    no = dict.fromkeys(ALL_NO, Reply.NO)
    first, back = (
        ScreeningRecord(day=DAY + timedelta(days=n), occasion=Occasion.START, replies=no | said)
        for n, said in enumerate(({key: Reply.YES}, {}))
    )
    asked = ScreeningRecord(day=back.day, occasion=Occasion.START, replies=no | {follow_up: Reply.YES})
    told = current_clearance([first, back, asked], today=back.day, signs=Signs())
    (line,) = alarm_reasons(told)
    assert line.startswith(f"On 8 January you said yes to this: {question(BY_KEY[key])}")
    assert "Nobody has looked at it yet." in line
    assert soon in line
    assert line in advice(told).reasons
    noted = " ".join(provider_note(told, day=back.day).split())
    assert f"{question(BY_KEY[key])} (yes on 8 January, no since)" in noted
    assert "You took back" not in noted


def test_what_raised_an_alarm_is_said_beside_it():
    """Of a pair that asks for help today, what to do about the pair; below a clinician's level nothing."""
    pair = clearance(ALL_NO | dict.fromkeys(("hard_fall", "over_60"), Reply.YES))
    assert any("get help" in line for line in alarm_reasons(pair))
    assert alarm_reasons(clearance(ALL_NO | {"pregnant": Reply.YES})) == ()
