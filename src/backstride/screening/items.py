"""The safety questions: the same for everyone, most urgent first; and signs that say more together.

Left out on purpose: "no better after a month". Nearly everyone who asks would say yes, so it tells nothing here.
"""

from backstride.core.clearance import Freedom, Level
from backstride.screening.before import FIRST
from backstride.screening.item import Group, Item, Together
from backstride.screening.soon import SOON
from backstride.screening.sources import (
    DOWNIE,
    FINUCANE,
    G_CARE,
    NHS,
    NICE_SPREAD,
    NICE_WITHIN_A_DAY,
    OWN_LEVEL,
    REDS,
    YUSUF,
)
from backstride.screening.urgent import NOW

ITEMS: tuple[Item, ...] = NOW + SOON + FIRST

WEAK = frozenset(item.key for item in ITEMS if item.weak)
IN_A_LEG = frozenset({"leg_symptoms", "leg_spreading", "leg_after_run"})
BONES = frozenset(
    {
        *("stress_break", "spine_bone", "slipped_or_narrow", "ache_on_impact"),
        *("missed_periods", "fast_rise", "eats_too_little"),
    }
)

TOGETHER: tuple[Together, ...] = (
    Together(
        key="cancer_and_new_sign",
        among=(
            frozenset({"cancer_ever"}),
            IN_A_LEG
            | {
                "between_shoulders",
                "worse_on_strain",
                "eased_by_lying",
                "night_pain",
                "weight_loss",
                "night_sweats",
            }
            | {"spot_on_bone", "bone_at_night", "ache_on_impact", "new_shape", "small_knock", "hard_fall"},
        ),
        level=Level.EMERGENCY,
        freedom=Freedom.PAUSED,
        action="Cancer once, and one of these signs: get help today.",
        sources=(NICE_SPREAD, NICE_WITHIN_A_DAY, OWN_LEVEL),
        same_day=True,
        ends_when_seen=True,
    ),
    Together(
        key="fall_and_thin_bones",
        among=(
            frozenset({"hard_fall", "small_knock"}),
            IN_A_LEG | {"steroid_pills", "spine_bone", "spine_disease", "over_60"},
        ),
        level=Level.EMERGENCY,
        freedom=Freedom.PAUSED,
        action="A fall or a knock, and age, steroid pills, thin bones, a stiff spine or a symptom in a leg: get help "
        "today.",
        sources=(DOWNIE, FINUCANE, OWN_LEVEL),
        same_day=True,
        ends_when_seen=True,
    ),
    Together(
        key="fever_and_risk",
        among=(
            frozenset({"fever"}),
            frozenset(
                {
                    *("infection_risk", "new_after_infection", "surgery_pain_changed", "cancer_ever"),
                    *("steroid_pills", "pregnant", "birth_12_weeks", "night_pain"),
                    *("recent_surgery", "spinal_surgery", "new_joint"),
                    *("heart_sugar_kidney", "heart_sugar_kidney_active"),
                }
            ),
        ),
        level=Level.EMERGENCY,
        freedom=Freedom.PAUSED,
        action="Fever, and a body that may not fight it well, surgery, a new joint or pain all night: get help "
        "today.",
        sources=(YUSUF, OWN_LEVEL),
        same_day=True,
    ),
    Together(
        key="infection_and_sign",
        among=(
            frozenset({"new_after_infection", "infection_risk"}),
            IN_A_LEG | {"night_pain", "between_shoulders", "weight_loss", "night_sweats", "birth_12_weeks"},
        ),
        level=Level.EMERGENCY,
        freedom=Freedom.PAUSED,
        action="New pain after an infection or a needle, or in a body that may not fight an infection well, and "
        "one of these signs, or a birth in the last 12 weeks: get help today. There may be no fever.",
        sources=(YUSUF, FINUCANE, OWN_LEVEL),
        same_day=True,
        ends_when_seen=True,
    ),
    Together(
        key="infection_and_surgery",
        among=(
            frozenset({"new_after_infection"}),
            frozenset({"spinal_surgery", "surgery_pain_changed", "recent_surgery"}),
        ),
        level=Level.EMERGENCY,
        freedom=Freedom.PAUSED,
        action="New pain after an infection or a needle, and surgery: get help today. There may be no fever.",
        sources=(YUSUF, OWN_LEVEL),
        same_day=True,
        ends_when_seen=True,
    ),
    Together(
        key="sweats_and_risk",
        among=(
            frozenset({"night_sweats"}),
            frozenset({"surgery_pain_changed", "steroid_pills", "birth_12_weeks"}),
        ),
        level=Level.EMERGENCY,
        freedom=Freedom.PAUSED,
        action="You sweat at night, and take steroid pills, have new pain after surgery or gave birth: get help "
        "today. There may be no fever.",
        sources=(YUSUF, OWN_LEVEL),
        same_day=True,
        ends_when_seen=True,
    ),
    Together(
        key="heart_and_risk",
        among=(
            frozenset({"light_effort"}),
            frozenset(
                {
                    *("pregnant", "birth_12_weeks", "recent_surgery"),
                    *("heart_sugar_kidney", "heart_sugar_kidney_active"),
                }
            ),
        ),
        level=Level.EMERGENCY,
        freedom=Freedom.PAUSED,
        action="You are dizzy, swell or your heart races, in pregnancy, after a birth or surgery, or with a known "
        "disease: get help today.",
        sources=(OWN_LEVEL,),
        same_day=True,
        ends_when_seen=True,
    ),
    Together(
        key="pregnant_and_burning",
        among=(frozenset({"pregnant", "birth_12_weeks"}), frozenset({"blood_or_burning"})),
        level=Level.EMERGENCY,
        freedom=Freedom.PAUSED,
        action="Pregnant, or a birth in the last 12 weeks, and blood in your pee or burning: get help today.",
        sources=(OWN_LEVEL,),
        same_day=True,
    ),
    Together(
        key="fever_and_leg",
        among=(frozenset({"fever"}), IN_A_LEG),
        level=Level.EMERGENCY,
        freedom=Freedom.PAUSED,
        action="Fever, and a symptom in a leg: get help today.",
        sources=(YUSUF, OWN_LEVEL),
        same_day=True,
    ),
    Together(
        key="numb_and_hurt",
        among=(
            frozenset({"numb_feet"}),
            frozenset({"leg_injury", "spot_on_bone", "bone_at_night", "ache_on_impact"}),
        ),
        level=Level.SEE_A_CLINICIAN,
        freedom=Freedom.PAUSED,
        action="Numb feet, and a hurt leg or foot: stay off it, and have a clinician look at it today. A foot that "
        "feels little may hurt little and still be broken.",
        sources=(OWN_LEVEL,),
        same_day=True,
    ),
    Together(
        key="numb_and_cramps",
        among=(frozenset({"numb_feet"}), frozenset({"calves_cramp"})),
        level=Level.SEE_A_CLINICIAN,
        freedom=Freedom.PAUSED,
        action="Numb feet, and calves that cramp as you walk: have a clinician look at your feet and their blood "
        "flow in the next few days.",
        sources=(OWN_LEVEL,),
    ),
    Together(
        key="ache_and_weak_bones",
        among=(
            frozenset({"ache_on_impact"}),
            frozenset(
                {
                    *("missed_periods", "stress_break", "eats_too_little"),
                    *("steroid_pills", "spine_bone", "new_joint", "over_60"),
                }
            ),
        ),
        level=Level.SEE_A_CLINICIAN,
        freedom=Freedom.PAUSED,
        action="An ache with each run or walk, and a reason why a bone may be weak, such as age: take no walks for "
        "sport, and put no weight on it if walking hurts. Have a clinician look at it in the next few days, in the "
        "groin sooner.",
        sources=(REDS, OWN_LEVEL),
    ),
    Together(
        key="steroids_and_age",
        among=(
            frozenset({"steroid_pills", "spine_bone"}),
            frozenset({"over_60", "new_at_this_age", "night_pain", "between_shoulders"}),
        ),
        level=Level.SEE_A_CLINICIAN,
        freedom=Freedom.PAUSED,
        action="Thin bones or steroid pills, and pain at your age or at night: a bone can break with no fall. Have "
        "a clinician look at it in the next few days.",
        sources=(DOWNIE, OWN_LEVEL),
    ),
    Together(
        key="upper_back_and_more",
        among=(
            frozenset({"between_shoulders"}),
            IN_A_LEG | {"night_pain"},
        ),
        level=Level.SEE_A_CLINICIAN,
        freedom=Freedom.PAUSED,
        action="Pain between the shoulder blades, and a symptom in a leg or pain all night: have a clinician look "
        "at it in the next few days.",
        sources=(NHS, FINUCANE, OWN_LEVEL),
    ),
    Together(
        key="weak_signs_together",
        among=(WEAK,),
        at_least=2,
        level=Level.SEE_A_CLINICIAN,
        freedom=Freedom.WALK,
        action="Each of these says little on its own. Have a clinician look at them together in the next few days.",
        sources=(DOWNIE, G_CARE, OWN_LEVEL),
    ),
    Together(
        key="bones_at_risk",
        among=(BONES,),
        at_least=2,
        level=Level.PROVIDER_FIRST,
        freedom=Freedom.WALK,
        action="Two of these on bones and food: talk to your provider before you run.",
        sources=(REDS, OWN_LEVEL),
    ),
)

RETIRED: dict[str, tuple[str, ...]] = {
    "belly_or_side": ("sudden_belly_pain",),
    "chest_or_fainting": ("chest_pain",),
    "bone_risk": ("fast_rise",),
}
"""Questions of earlier days, and those that a yes to them answers now; a no answers none of the newer ones."""


def in_group(group: Group) -> tuple[Item, ...]:
    """Return the questions of a group."""
    return tuple(item for item in ITEMS if item.group is group)
