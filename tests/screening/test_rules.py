"""A worse answer never gives more freedom, and no answer is never taken for a no."""

from itertools import product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backstride.core.clearance import Clearance, Freedom, Level, Reply, strictest
from backstride.errors import BadValue
from backstride.screening.items import FIRST, ITEMS, NOW, SOON, TOGETHER
from backstride.screening.occasions import QUESTIONS, Occasion
from backstride.screening.rules import clearance, together
from backstride.screening.taps import TAPS

unhurried = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])  # on a busy machine, too
KEYS = [item.key for item in ITEMS]
ALL_NO = dict.fromkeys(KEYS, Reply.NO)
WEAK = [item.key for item in ITEMS if item.weak]


def from_number(number: int) -> dict[str, Reply]:
    """One answer to every question for each digit in base 3: all combinations have a number."""
    digits = (number // 3**n % 3 for n in range(len(KEYS)))
    return {key: list(Reply)[digit] for key, digit in zip(KEYS, digits, strict=True)}


sparse = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(Reply), max_size=6).map(
    lambda told: ALL_NO | told
)
any_answers = st.one_of(sparse, st.integers(0, 3 ** len(KEYS) - 1).map(from_number))
some_agreed = st.frozensets(st.sampled_from(KEYS), max_size=5)


@unhurried
@given(answers=any_answers, key=st.sampled_from(KEYS), agreed=some_agreed)
def test_a_worse_answer_never_gives_more(answers, key, agreed):
    """From no to yes freedom never grows and the level never falls, whatever else was said."""
    no = clearance(answers | {key: Reply.NO}, agreed=agreed)
    yes = clearance(answers | {key: Reply.YES}, agreed=agreed)
    assert yes.freedom <= no.freedom
    assert yes.level >= no.level


@unhurried
@given(answers=any_answers, key=st.sampled_from(KEYS), agreed=some_agreed)
def test_no_answer_never_gives_more_than_a_no_or_a_yes(answers, key, agreed):
    """A question left open holds back at least as much as its yes, and alarms no more than its no."""
    no, yes, none = (
        clearance(answers | {key: reply}, agreed=agreed)
        for reply in (Reply.NO, Reply.YES, Reply.NOT_ANSWERED)
    )
    assert none.freedom <= yes.freedom <= no.freedom
    assert none.level == no.level


@unhurried
@given(answers=any_answers, key=st.sampled_from(KEYS), agreed=some_agreed)
def test_a_talk_with_a_provider_never_takes_freedom_away(answers, key, agreed):
    """To agree lifts or leaves; it never adds a hold."""
    before, after = clearance(answers, agreed=agreed), clearance(answers, agreed=agreed | {key})
    assert after.freedom >= before.freedom
    assert after.level <= before.level


@unhurried
@given(answers=any_answers)
def test_what_is_not_there_was_not_answered(answers):
    """Leaving a key out is the same as saying that it was not answered."""
    told = {key: reply for key, reply in answers.items() if reply is not Reply.NOT_ANSWERED}
    assert clearance(told) == clearance(answers)


@unhurried
@given(answers=any_answers, agreed=st.frozensets(st.sampled_from([item.key for item in NOW])))
def test_an_emergency_stays_one(answers, agreed):
    """Whoever says yes to a question of the first group gets no session, whatever a provider said."""
    if any(answers[item.key] is Reply.YES for item in NOW):
        told = clearance(answers, agreed=agreed)
        assert (told.level, told.freedom) == (Level.EMERGENCY, Freedom.PAUSED)


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)
def test_a_single_yes_leads_down_its_own_path(item):
    """One yes, with no to all others, gives exactly what its row of the table says."""
    told = clearance(ALL_NO | {item.key: Reply.YES})
    assert (told.level, told.freedom, told.because) == (item.level, item.freedom, (item.key,))


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)
def test_a_talk_leads_down_the_path_after_it(item):
    """One yes that was talked over gives what its row says for then."""
    told = clearance(ALL_NO | {item.key: Reply.YES}, agreed=[item.key])
    assert (told.freedom, told.agreed) == (item.if_agreed, (item.key,))


def test_all_no_holds_nothing_back():
    """Every question answered with no leaves running open."""
    told = clearance(ALL_NO)
    assert (told.level, told.freedom, told.is_complete) == (Level.NOTHING_HELD, Freedom.RUN, True)


def test_nothing_said_is_not_fine():
    """Without any answer no session is offered, and no alarm is raised."""
    told = clearance({})
    assert (told.level, told.freedom, told.left_open) == (Level.NOTHING_HELD, Freedom.PAUSED, tuple(KEYS))


@pytest.mark.parametrize("count", range(len(WEAK) + 1))
def test_weak_signs_count_together(count):
    """One alone asks for care, two or more for a clinician."""
    told = clearance(ALL_NO | dict.fromkeys(WEAK[:count], Reply.YES))
    wanted = (Level.NOTHING_HELD, Level.WITH_CARE)[count] if count < TOGETHER.at_least else TOGETHER.level
    assert told.level == wanted
    assert (together(WEAK[:count]) is TOGETHER) == (count >= TOGETHER.at_least)


@pytest.mark.parametrize("item", NOW + SOON, ids=lambda item: item.key)
def test_the_urgent_pauses_the_programme(item):
    """Emergency and see-a-clinician answers offer no session."""
    assert clearance(ALL_NO | {item.key: Reply.YES}).pauses_the_programme


def test_an_unknown_question_is_refused():
    """A misspelt key is told, not passed over."""
    with pytest.raises(BadValue, match="no safety question named 'bak'"):
        clearance({"bak": Reply.NO})


def test_keys_are_unique():
    """No two questions share a name, taps included."""
    keys = [item.key for item in ITEMS + TAPS]
    assert len(keys) == len(set(keys)) == len(NOW) + len(SOON) + len(FIRST) + 3


@unhurried
@given(answers=any_answers)
def test_the_whole_is_the_strictest_of_its_parts(answers):
    """Each answer counts by itself, weak signs count together, and nothing else does."""
    parts = [clearance({item.key: answers[item.key]}, asked=(item,)) for item in ITEMS]
    both = strictest(parts)
    weak_yes, weak_open = (
        [key for key in WEAK if answers[key] in replies]
        for replies in ({Reply.YES}, {Reply.YES, Reply.NOT_ANSWERED})
    )
    level = max(both.level, TOGETHER.level) if len(weak_yes) >= TOGETHER.at_least else both.level
    freedom = min(both.freedom, TOGETHER.freedom) if len(weak_open) >= TOGETHER.at_least else both.freedom
    told = clearance(answers)
    assert (told.level, told.freedom) == (level, freedom)


SETS = {
    "a sign in a leg": QUESTIONS[Occasion.LEG],
    "three taps": TAPS,
    "weak signs and one of each level": (
        *(item for item in ITEMS if item.weak),
        *(next(item for item in ITEMS if item.level is level) for level in list(Level)[1:]),
    ),
}


@pytest.mark.parametrize("name", SETS)
def test_every_combination_of_answers_is_in_order(name):
    """All of them, one by one: each step from no to not answered to yes keeps or takes freedom as it must."""
    asked = SETS[name]
    keys = [item.key for item in asked]
    told: dict[tuple[Reply, ...], Clearance] = {
        replies: clearance(dict(zip(keys, replies, strict=True)), asked=asked)
        for replies in product(Reply, repeat=len(keys))
    }
    for replies, here in told.items():
        for n in (n for n, reply in enumerate(replies) if reply is Reply.NO):
            yes, none = (
                told[(*replies[:n], reply, *replies[n + 1 :])] for reply in (Reply.YES, Reply.NOT_ANSWERED)
            )
            assert none.freedom <= yes.freedom <= here.freedom
            assert none.level == here.level <= yes.level
