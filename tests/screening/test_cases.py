"""The cases of docs/cases.md that are sets of answers: the page says what the rules do today."""

import re
from pathlib import Path

import pytest

from backstride.core.clearance import Freedom, Level, Reply
from backstride.screening.items import ITEMS
from backstride.screening.rules import clearance

PAGE = Path(__file__).parents[2] / "docs" / "cases.md"
ALL_NO = {item.key: Reply.NO for item in ITEMS}
LEVELS = {
    "nothing held": Level.NOTHING_HELD,
    "with care": Level.WITH_CARE,
    "provider first": Level.PROVIDER_FIRST,
    "clinician in days": Level.SEE_A_CLINICIAN,
    "emergency": Level.EMERGENCY,
}
FREEDOMS = {
    "no sessions": Freedom.PAUSED,
    "walks": Freedom.WALK,
    "run-walk, with care": Freedom.RUN_WITH_CARE,
    "run-walk": Freedom.RUN,
}
ANSWERED = {
    "Chemotherapy for breast cancer, fever": "cancer_ever fever infection_risk",
    "Fever and chills three weeks after a birth": "fever new_after_infection birth_12_weeks birth_year",
    "Fever two months after a disc operation": "fever surgery_pain_changed spinal_surgery new_after_infection",
    "Fever in pregnancy with flank pain": "fever pregnant fever_and_ill",
    "On prednisolone for two years, fever": "steroid_pills fever infection_risk",
    "Fever, burning urine, flank pain": "fever blood_or_burning",
    "Osteoporosis, 74, sudden new pain": "spine_bone over_60 between_shoulders",
    "Osteoporosis, 68, new low back pain": "spine_bone over_60",
    "Osteoporosis at 52, pain all night": "spine_bone night_pain",
    "Hot flushes at 50": "",
    "High blood pressure held by a pill": "",
    "Ten years of disc pain": "herniation_on_scan",
    "Pain since two weeks, worse on each sneeze": "worse_on_strain",
    "Prostate cancer five years ago": "cancer_ever worse_on_strain over_60",
    "Skin spot cut out 30 years ago": "",
    "One foot drops since yesterday": "one_leg_weaker",
    "Leg pain worse than back pain": "leg_symptoms",
    "The same, provider agreed |": "leg_symptoms / leg_symptoms",
    "Pain from one leg moved to both": "both_legs_pain leg_symptoms",
    "Numb round the back passage": "saddle_numbness",
    "Newly numb during sex": "sexual_change",
    "Groin sore on one spot": "spot_on_bone missed_periods",
    "Shin sore at night": "bone_at_night",
    "Male, eats little, running doubled": "eats_too_little fast_rise",
    "No periods for four months": "missed_periods",
    "Stress fracture last year, healed, agreed": "stress_break / stress_break",
    "13 weeks after birth, no signs, agreed": "birth_year / birth_year",
    "Six months after birth, leaks": "birth_year pelvic_floor",
    "Calf swollen after a flight": "calf_swollen hard_breathing",
    "Fainted on a run": "fainting",
    "Ankles swell": "light_effort hard_breathing",
    "Type 2 diabetes, sits all day": "heart_sugar_kidney",
    "Type 2 diabetes, cycles daily": "heart_sugar_kidney_active",
    "Known aneurysm of 4 cm": "aorta",
    "Strong back pain all at once, cold": "sudden_and_faint",
    "Stiff mornings since 28": "morning_pattern",
    "Many places hurt, nights bad": "many_places night_pain",
    "The same, provider agreed on both": "many_places night_pain / many_places night_pain",
    "63, back pain for ten years": "over_60",
    "52, new pain since three weeks": "new_at_this_age",
    "17 and a runner": "under_18",
    "Fell down the stairs at 75": "hard_fall small_knock over_60",
    "Fell off a bike at 30": "hard_fall",
    "Lost 6 kg without trying, agreed": "weight_loss / weight_loss",
    "Hands clumsy, unsteady": "clumsy_hands unsteady",
    "Hip replacement six months ago": "new_joint",
}
"""How each row begins, and what is answered with yes; behind a stroke, what a provider agreed to."""


def rows() -> list[tuple[str, str]]:
    """Each case of the second check with what the page says of now."""
    section = PAGE.read_text(encoding="utf-8").split("## A second check")[1].split("Lives under the plan:")[0]
    cells = re.findall(r"^\| (.+?) \| (.+?) \| (.+?) \|$", section, flags=re.MULTILINE)
    return [(case, before if now == "the same" else now) for case, before, now in cells if case != "case"]


def test_every_case_is_asked():
    """46 of them, each once."""
    assert len(rows()) == len(ANSWERED) == 46
    for case, _ in rows():
        assert sum(f"{case} |".startswith(begins) for begins in ANSWERED) == 1, case


@pytest.mark.parametrize(("case", "now"), rows(), ids=lambda text: text[:40])
def test_the_page_says_what_the_rules_do(case, now):
    """Level and freedom of each set of answers are those of its row."""
    (told,) = (told for begins, told in ANSWERED.items() if f"{case} |".startswith(begins))
    yes, _, agreed = told.partition("/")
    here = clearance(ALL_NO | dict.fromkeys(yes.split(), Reply.YES), agreed=agreed.split())
    level, _, freedom = now.partition(", ")
    assert (here.level, here.freedom) == (LEVELS[level], FREEDOMS[freedom])


FIRST = {
    "Fever with back pain, not ill": "fever",
    "A known bulge of the aorta, new pain": "aorta",
    "Chest pain at rest": "chest_pain",
    "Both legs numb": "both_legs_numb",
    "A car crash yesterday": "serious_accident",
    "A swollen, warm leg": "calf_swollen",
    "72, steroid pills for years": "steroid_pills over_60",
    "A hard fall, and steroid pills": "hard_fall steroid_pills",
    "Cancer, and a new sign in a leg": "cancer_ever leg_symptoms",
    "60 or older": "over_60",
    "Missed periods and a fast rise": "missed_periods fast_rise",
    "13 weeks after birth, leaking": "birth_year pelvic_floor / birth_year pelvic_floor",
    "Signs of a stiff spine": "morning_pattern",
    "Loss of weight, agreed": "weight_loss / weight_loss",
    "A sore spot in a shin": "spot_on_bone",
    "Strong back pain all at once": "sudden_and_faint",
    "Tingling between the legs": "saddle_numbness",
    "A heart murmur": "calves_cramp",
    "Pregnant, and a provider agreed": "pregnant / pregnant",
}
"""Of the first check how each row of answers begins, and what is answered with yes."""
SAYS = {
    "emergency": (Level.EMERGENCY, Freedom.PAUSED),
    "clinician today": (Level.SEE_A_CLINICIAN, Freedom.PAUSED),
    "clinician in days": (Level.SEE_A_CLINICIAN, Freedom.PAUSED),
    "provider first, walks": (Level.PROVIDER_FIRST, Freedom.WALK),
    "walks": (None, Freedom.WALK),
    "with care": (Level.WITH_CARE, Freedom.RUN_WITH_CARE),
}


@pytest.mark.parametrize("begins", FIRST)
def test_the_first_check_says_what_the_rules_do(begins):
    """The column "now" of a row of the first check is what these answers come to."""
    section = (
        PAGE.read_text(encoding="utf-8").split("## The safety questions")[1].split("## A second check")[0]
    )
    (now,) = re.findall(rf"^\| {re.escape(begins)}[^|]*\| [^|]+ \| ([^|]+) \|", section, flags=re.MULTILINE)
    yes, _, agreed = FIRST[begins].partition("/")
    here = clearance(ALL_NO | dict.fromkeys(yes.split(), Reply.YES), agreed=agreed.split())
    level, freedom = next(
        SAYS[words] for words in sorted(SAYS, key=len, reverse=True) if now.startswith(words)
    )
    assert here.freedom is freedom
    assert level in {None, here.level}
