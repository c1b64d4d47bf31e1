"""A worse answer never gives more freedom, and no answer is never taken for a no."""

import random
from itertools import combinations, product

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backstride.core.clearance import Clearance, Freedom, Level, Reply, strictest
from backstride.errors import BadValue
from backstride.report.clearance_words import to_talk_over
from backstride.screening.before import FIRST
from backstride.screening.items import ITEMS, TOGETHER
from backstride.screening.occasions import QUESTIONS, Occasion
from backstride.screening.rules import clearance, together
from backstride.screening.soon import SOON
from backstride.screening.taps import TAPS
from backstride.screening.urgent import NOW

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


@pytest.mark.parametrize("rule", [one for one in (*ITEMS, *TOGETHER) if one.level >= Level.SEE_A_CLINICIAN])
def test_help_is_needed_today_where_the_words_say_so(rule):
    """The heading and the words never name two different times: today in both, or in neither."""
    assert rule.same_day == ("today" in rule.action)


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


@pytest.mark.parametrize("item", ITEMS, ids=lambda item: item.key)
def test_an_agreement_says_nothing_of_a_question_left_open(item):
    """What a provider agreed to once does not answer the same question anew."""
    left_open = ALL_NO | {item.key: Reply.NOT_ANSWERED}
    assert clearance(left_open, agreed=[item.key]).freedom is clearance(left_open).freedom is item.freedom


def test_all_no_holds_nothing_back():
    """Every question answered with no leaves running open."""
    told = clearance(ALL_NO)
    assert (told.level, told.freedom, told.is_complete) == (Level.NOTHING_HELD, Freedom.RUN, True)


def test_nothing_said_is_not_fine():
    """Without any answer no session is offered, and no alarm is raised."""
    told = clearance({})
    assert (told.level, told.freedom, told.left_open) == (Level.NOTHING_HELD, Freedom.PAUSED, tuple(KEYS))


@pytest.mark.parametrize("pair", list(combinations(WEAK, 2)), ids="+".join)
def test_two_weak_signs_leave_walks(pair):
    """One alone asks for care; any two for a clinician, and no running."""
    for one in pair:
        assert clearance(ALL_NO | {one: Reply.YES}).level is Level.WITH_CARE
    told = clearance(ALL_NO | dict.fromkeys(pair, Reply.YES))
    assert (told.level, told.freedom) == (Level.SEE_A_CLINICIAN, Freedom.WALK)


@pytest.mark.parametrize("rule", TOGETHER, ids=lambda rule: rule.key)
def test_signs_together_say_more(rule):
    """Each pair that a rule names reaches at least its level, and no single one of them reaches it by the rule."""
    first, second = rule.among if len(rule.among) == 2 else (rule.among[0], rule.among[0])
    pairs = {frozenset({one, two}) for one in first for two in second if one != two}
    for pair in pairs:
        told = clearance(ALL_NO | dict.fromkeys(pair, Reply.YES))
        assert told.level >= rule.level, pair
        assert told.freedom <= rule.freedom, pair
        assert rule in together(pair)
    assert all(rule not in together([one]) for one in first | second)


@pytest.mark.parametrize(
    ("yes", "level"),
    [
        (("cancer_ever", "leg_symptoms"), Level.EMERGENCY),
        (("cancer_ever", "between_shoulders"), Level.EMERGENCY),
        (("between_shoulders", "leg_symptoms"), Level.SEE_A_CLINICIAN),
        (("new_after_infection", "leg_symptoms"), Level.EMERGENCY),
        (("new_after_infection", "spinal_surgery"), Level.EMERGENCY),
        (("new_after_infection", "recent_surgery"), Level.EMERGENCY),
        (("spine_bone", "fast_rise"), Level.PROVIDER_FIRST),
        (("slipped_or_narrow", "fast_rise"), Level.PROVIDER_FIRST),
        (("infection_risk", "leg_spreading"), Level.EMERGENCY),
        (("infection_risk", "night_pain"), Level.EMERGENCY),
        (("infection_risk", "between_shoulders"), Level.EMERGENCY),
        (("fever", "leg_symptoms"), Level.EMERGENCY),
        (("hard_fall", "steroid_pills"), Level.EMERGENCY),
        (("fever", "infection_risk"), Level.EMERGENCY),
        (("cancer_ever", "spot_on_bone"), Level.EMERGENCY),
        (("cancer_ever", "bone_at_night"), Level.EMERGENCY),
        (("cancer_ever", "new_shape"), Level.EMERGENCY),
        (("cancer_ever", "hard_fall"), Level.EMERGENCY),
        (("fever", "cancer_ever"), Level.EMERGENCY),
        (("fever", "birth_12_weeks"), Level.EMERGENCY),
        (("fever", "surgery_pain_changed"), Level.EMERGENCY),
        (("infection_risk", "night_sweats"), Level.EMERGENCY),
        (("new_after_infection", "night_sweats"), Level.EMERGENCY),
        (("surgery_pain_changed", "night_sweats"), Level.EMERGENCY),
        (("steroid_pills", "night_sweats"), Level.EMERGENCY),
        (("light_effort", "birth_12_weeks"), Level.EMERGENCY),
        (("light_effort", "recent_surgery"), Level.EMERGENCY),
        (("light_effort", "heart_sugar_kidney"), Level.EMERGENCY),
        (("fever", "recent_surgery"), Level.EMERGENCY),
        (("fever", "new_joint"), Level.EMERGENCY),
        (("fever", "spinal_surgery"), Level.EMERGENCY),
        (("fever", "heart_sugar_kidney"), Level.EMERGENCY),
        (("fever", "night_pain"), Level.EMERGENCY),
        (("light_effort", "pregnant"), Level.EMERGENCY),
        (("blood_or_burning", "birth_12_weeks"), Level.EMERGENCY),
        (("night_sweats", "birth_12_weeks"), Level.EMERGENCY),
        (("infection_risk", "birth_12_weeks"), Level.EMERGENCY),
        (("numb_feet", "leg_injury"), Level.SEE_A_CLINICIAN),
        (("numb_feet", "calves_cramp"), Level.SEE_A_CLINICIAN),
        (("ache_on_impact", "missed_periods"), Level.SEE_A_CLINICIAN),
        (("ache_on_impact", "over_60"), Level.SEE_A_CLINICIAN),
        (("eats_too_little",), Level.PROVIDER_FIRST),
        (("steroid_pills", "over_60"), Level.SEE_A_CLINICIAN),
        (("spine_bone", "over_60"), Level.SEE_A_CLINICIAN),
        (("spine_bone", "between_shoulders"), Level.SEE_A_CLINICIAN),
        (("missed_periods", "fast_rise"), Level.PROVIDER_FIRST),
        (("fast_rise", "eats_too_little"), Level.PROVIDER_FIRST),
    ],
    ids=lambda told: "+".join(told) if isinstance(told, tuple) else None,
)
def test_what_each_rule_on_signs_together_was_made_for(yes, level):
    """Named pairs, by hand."""
    assert clearance(ALL_NO | dict.fromkeys(yes, Reply.YES)).level is level


@pytest.mark.parametrize(
    "yes",
    [
        *(("numb_feet", hurt) for hurt in ("leg_injury", "calves_cramp", "spot_on_bone")),
        *(
            ("ache_on_impact", weak)
            for weak in ("missed_periods", "stress_break", "steroid_pills", "spine_bone", "over_60")
        ),
    ],
    ids="+".join,
)
def test_a_foot_that_feels_little_and_a_bone_that_may_break_leave_no_walks(yes):
    """'As far as it feels all right' says nothing of a numb foot, and a walk may break a bone that aches."""
    assert clearance(ALL_NO | dict.fromkeys(yes, Reply.YES)).freedom is Freedom.PAUSED


def test_sweats_at_night_count_beside_an_infection_as_lost_weight_does():
    """Both are signs of an infection of the spine without fever: what one raises beside a risk, the other does."""
    for risk in ("infection_risk", "new_after_infection"):
        told = [
            clearance(ALL_NO | dict.fromkeys((risk, sign), Reply.YES))
            for sign in ("weight_loss", "night_sweats")
        ]
        assert {(one.level, one.freedom) for one in told} == {(Level.EMERGENCY, Freedom.PAUSED)}


@pytest.mark.parametrize(
    "yes",
    [
        ("fever", "steroid_pills"),
        ("fever", "leg_symptoms"),
        ("cancer_ever", "weight_loss"),
    ],
)
def test_no_talk_lifts_signs_that_are_an_emergency_together(yes):
    """A provider who agreed to both, each for itself, has not lifted them together."""
    told = clearance(ALL_NO | dict.fromkeys(yes, Reply.YES), agreed=yes)
    assert (told.level, told.freedom) == (Level.EMERGENCY, Freedom.PAUSED)


@pytest.mark.parametrize("risk", ["cancer_ever", "infection_risk"])
@pytest.mark.parametrize("sign", ["leg_symptoms", "leg_spreading", "night_pain", "between_shoulders"])
def test_a_sign_that_was_looked_at_is_no_new_one(risk, sign):
    """Cancer once, or a risk for life, and a sign: help today, until a provider agreed on both; one more is new."""
    yes = ALL_NO | dict.fromkeys((risk, sign), Reply.YES)
    for agreed in ((), (risk,), (sign,)):
        assert clearance(yes, agreed=agreed).level is Level.EMERGENCY
    both = clearance(yes, agreed=(risk, sign))
    assert (both.level, both.freedom) == (Level.WITH_CARE, Freedom.RUN_WITH_CARE)
    other = "leg_after_run"
    assert clearance(yes | {other: Reply.YES}, agreed=(risk, sign)).level is Level.EMERGENCY
    ran_out = clearance(yes, looked_at=(risk, sign))
    assert (ran_out.level < Level.EMERGENCY, ran_out.freedom < Freedom.RUN_WITH_CARE) == (True, True)


@pytest.mark.parametrize("fall", ["hard_fall", "small_knock"])
@pytest.mark.parametrize("risk", ["steroid_pills", "spine_bone", "spine_disease", "over_60"])
def test_a_fall_that_was_looked_at_alarms_no_more(fall, risk):
    """Help today, until a provider agreed about both; then the bone was looked at, and it is no new fall."""
    yes = ALL_NO | dict.fromkeys((fall, risk), Reply.YES)
    for agreed in ((), (fall,), (risk,)):
        assert clearance(yes, agreed=agreed).level is Level.EMERGENCY
    both = clearance(yes, agreed=(fall, risk))
    assert (both.level, both.freedom) == (Level.WITH_CARE, Freedom.RUN_WITH_CARE)


@pytest.mark.parametrize(
    "rule", [rule for rule in TOGETHER if rule.level < Level.EMERGENCY], ids=lambda rule: rule.key
)
def test_every_sign_of_a_rule_that_a_talk_ends_can_be_ticked_as_talked_over(rule):
    """An alarm that ends with a talk about all its signs offers each of them, also one that alone asks for none."""
    keys = rule.among[0] if len(rule.among) == 1 else {min(part) for part in rule.among}
    told = clearance(ALL_NO | dict.fromkeys(keys, Reply.YES))
    assert {item.key for item in to_talk_over(told)} >= keys
    talked = clearance(ALL_NO | dict.fromkeys(keys, Reply.YES), agreed=keys)
    assert rule not in together(talked.because, agreed=talked.agreed)


@pytest.mark.parametrize(
    "key", ["light_effort", "eased_by_lying", "spot_on_bone", "bone_at_night", "weight_loss"]
)
def test_no_talk_opens_running_on_a_sign_that_running_can_make_worse_today(key):
    """A heart that races, a bone or a vertebra that hurts, weight that falls: walks while the answer is yes."""
    assert clearance(ALL_NO | {key: Reply.YES}, agreed=[key]).freedom is Freedom.WALK


def test_an_agreement_on_one_sign_says_nothing_of_two_together():
    """A stress break that was talked over, and then much more running: walks until both were."""
    yes = ALL_NO | dict.fromkeys(("stress_break", "fast_rise"), Reply.YES)
    for agreed in ((), ("stress_break",), ("fast_rise",)):
        told = clearance(yes, agreed=agreed)
        assert (told.level, told.freedom) == (Level.PROVIDER_FIRST, Freedom.WALK)
    assert clearance(yes, agreed=("stress_break", "fast_rise")).freedom is Freedom.RUN_WITH_CARE


LIFELONG = ("both_legs_pain", "both_legs_weak", "both_legs_numb", "chest_pain", "sexual_change", "fainting")
ONCE = ("fall_on_blood_thinners", "serious_accident", "sudden_on_blood_thinners")


@pytest.mark.parametrize("key", [*LIFELONG, *ONCE])
def test_what_may_be_known_for_years_is_asked_as_new_or_not_looked_at(key):
    """Who has a sign of the first list for life, and was looked at, can say no without a lie."""
    (asked,) = (item.question for item in ITEMS if item.key == key)
    assert "new" in asked or "no clinician has looked" in asked or "has no clinician looked" in asked


def test_every_pair_is_at_least_as_strict_as_its_parts():
    """All pairs of questions: two yes never free more, nor alarm less, than each alone."""
    one = {key: clearance(ALL_NO | {key: Reply.YES}) for key in KEYS}
    for first, second in combinations(KEYS, 2):
        both = clearance(ALL_NO | {first: Reply.YES, second: Reply.YES})
        assert both.level >= max(one[first].level, one[second].level)
        assert both.freedom <= min(one[first].freedom, one[second].freedom)


def test_triples_are_at_least_as_strict_as_their_pairs():
    """A thousand triples drawn by chance, each against its three pairs."""
    chance = random.Random(7)
    for _ in range(1000):
        three = chance.sample(KEYS, 3)
        whole = clearance(ALL_NO | dict.fromkeys(three, Reply.YES))
        pairs = [clearance(ALL_NO | dict.fromkeys(pair, Reply.YES)) for pair in combinations(three, 2)]
        assert whole.level >= max(pair.level for pair in pairs)
        assert whole.freedom <= min(pair.freedom for pair in pairs)


STAY_ACTIVE = {
    *("night_pain", "infection_risk", "cancer_ever", "between_shoulders"),
    *("worse_on_strain", "leg_spreading", "leg_after_run", "ache_on_impact", "night_sweats"),
    *("young_and_leaning_back", "belly_to_back", "rash_where_it_hurts"),
}


@pytest.mark.parametrize("key", ["worse_on_strain", "leg_spreading", "leg_after_run", "between_shoulders"])
def test_signs_of_a_disc_keep_walks_and_pause_the_running(key):
    """Alone they leave walks, and the line says both; with cancer once, or a sign for help today, nothing is left."""
    told = clearance(ALL_NO | {key: Reply.YES})
    item = next(item for item in ITEMS if item.key == key)
    assert (told.level, told.freedom) == (Level.SEE_A_CLINICIAN, Freedom.WALK)
    assert "Stop running." in item.action
    assert "Walk as far as it feels all right." in item.action
    for grave in ("cancer_ever", "one_leg_weaker", "saddle_numbness"):
        assert clearance(ALL_NO | {key: Reply.YES, grave: Reply.YES}).freedom is Freedom.PAUSED


@pytest.mark.parametrize("item", NOW + SOON, ids=lambda item: item.key)
def test_the_urgent_stops_the_running(item):
    """No session on emergency and see-a-clinician answers; walks where the sign alone is no reason to lie still."""
    most = Freedom.WALK if item.key in STAY_ACTIVE else Freedom.PAUSED
    assert clearance(ALL_NO | {item.key: Reply.YES}).freedom is most


def test_long_known_pain_in_many_places_leaves_walks():
    """The morning pattern, nights and many places together: a clinician in days, and moving goes on."""
    yes = ("morning_pattern", "night_pain", "many_places")
    told = clearance(ALL_NO | dict.fromkeys(yes, Reply.YES))
    assert (told.level, told.freedom) == (Level.SEE_A_CLINICIAN, Freedom.WALK)


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
    """Each answer counts by itself, the named signs count together, and nothing else does."""
    parts = [clearance({item.key: answers[item.key]}, asked=(item,)) for item in ITEMS]
    both = strictest(parts)
    said, held = (
        frozenset(key for key in KEYS if answers[key] in replies)
        for replies in ({Reply.YES}, {Reply.YES, Reply.NOT_ANSWERED})
    )
    level = max([both.level, *(rule.level for rule in TOGETHER if rule.holds(said))])
    freedom = min([both.freedom, *(rule.freedom for rule in TOGETHER if rule.holds(held))])
    told = clearance(answers)
    assert (told.level, told.freedom) == (level, freedom)


SETS = {
    "signs that say more together": tuple(
        item
        for item in ITEMS
        if item.key
        in {
            *(
                "saddle_numbness",
                "leg_spreading",
                "leg_symptoms",
                "cancer_ever",
                "hard_fall",
                "steroid_pills",
            ),
            *("fever", "infection_risk"),
        }
    ),
    "after an illness": QUESTIONS[Occasion.ILLNESS],
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


@pytest.mark.parametrize("key", ["heart_sugar_kidney", "heart_sugar_kidney_active"])
def test_who_runs_is_as_active_as_who_walks_fast(key):
    """Both questions on heart, sugar and kidneys name running and cycling beside fast walks."""
    (asked,) = (item.question for item in ITEMS if item.key == key)
    assert "walk fast, run or cycle" in asked


@pytest.mark.parametrize("key", ["heart_sugar_kidney", "heart_sugar_kidney_active"])
def test_with_a_known_disease_of_the_heart_there_is_no_run_before_a_talk(key):
    """To run is hard exercise: however active somebody is, walks come first, and running once a provider agrees."""
    yes = {item.key: Reply.NO for item in ITEMS} | {key: Reply.YES}
    assert clearance(yes).freedom is Freedom.WALK
    assert clearance(yes, agreed=[key]).freedom is Freedom.RUN_WITH_CARE


@pytest.mark.parametrize(
    ("key", "words"),
    [
        ("recent_surgery", "spine"),
        ("missed_periods", "Hard training"),
        ("small_knock", "stiff from a disease"),
        ("weight_loss", "run more"),
        ("light_effort", "Hard training"),
        ("infection_risk", "biologics or methotrexate"),
        ("infection_risk", "drink a lot"),
        ("fever_weak_defence", "biologics"),
        ("fall_on_blood_thinners", "bleed easily"),
        ("sudden_on_blood_thinners", "bleed easily"),
        ("ache_on_impact", "or walk"),
        ("eats_too_little", "men"),
    ],
)
def test_a_question_names_those_who_would_say_no_by_mistake(key, words):
    """A new operation on the spine, periods gone by training, a drug that weakens the defence, and others."""
    (asked,) = (item.question for item in ITEMS if item.key == key)
    assert words in asked
