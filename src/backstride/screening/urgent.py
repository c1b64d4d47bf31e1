"""Signs for which help is needed the same day: one idea a question."""

from backstride.screening.item import Item, now
from backstride.screening.sources import (
    ACSM,
    ASTEROID_EVENT,
    FINUCANE,
    G_CARE,
    GIRFT,
    LEG_WEAKNESS,
    NHS,
    NHS_AORTA,
    NHS_PRE_ECLAMPSIA,
    OWN,
    OWN_LEVEL,
)

NOW: tuple[Item, ...] = (
    now(
        "bladder_or_bowel",
        "Have you recently found it hard to pee, to feel it, or to hold pee or poo, even if it comes and goes?",
        GIRFT,
        NHS,
        FINUCANE,
        on_legs=True,
    ),
    now(
        "saddle_numbness",
        "Is there numbness or tingling between your legs, in your buttocks or genitals, or round the back passage? "
        "It may come and go.",
        GIRFT,
        NHS,
        FINUCANE,
        on_legs=True,
    ),
    now(
        "wiping_feels_different",
        "Does it feel different when you wipe, and is that new?",
        GIRFT,
        on_legs=True,
    ),
    now(
        "sexual_change",
        "Do you feel less in your genitals than before, and is that new?",
        GIRFT,
        FINUCANE,
        on_legs=True,
    ),
    now(
        "both_legs_pain",
        "Is there new pain down both legs, or did it move from one leg to both in the last few weeks?",
        GIRFT,
        NHS,
        FINUCANE,
        on_legs=True,
    ),
    now("both_legs_numb", "Are both legs numb or tingling, and is that new?", NHS, GIRFT, on_legs=True),
    now(
        "both_legs_weak",
        "Are both legs weak or getting weaker, and is that new?",
        NHS,
        GIRFT,
        FINUCANE,
        on_legs=True,
    ),
    now(
        "one_leg_weaker",
        "Is one leg getting weaker, or has one foot started to drag?",
        LEG_WEAKNESS,
        on_legs=True,
        same_day=True,
    ),
    now("unsteady", "Have you become unsteady when you walk?", LEG_WEAKNESS, on_legs=True, same_day=True),
    now("clumsy_hands", "Have your hands become clumsy?", LEG_WEAKNESS, on_legs=True, same_day=True),
    now(
        "sudden_belly_pain", "Did strong pain start all at once in your belly or side?", NHS_AORTA, OWN_LEVEL
    ),
    now(
        "sudden_and_faint",
        "Did strong back pain start all at once, and were you close to fainting, cold or sweaty with it?",
        NHS_AORTA,
        OWN_LEVEL,
    ),
    now(
        "aorta",
        "Has a clinician found a bulge in your main artery, and is there new pain in your back or belly?",
        NHS_AORTA,
        OWN_LEVEL,
    ),
    now(
        "chest_pain",
        "Do you get chest pain that is new, that gets worse, or that no clinician has looked at?",
        NHS,
        OWN_LEVEL,
    ),
    now(
        "hard_breathing",
        "Have you recently found it hard to breathe, at rest, lying flat or with light effort?",
        ACSM,
        OWN,
    ),
    now(
        "fainting",
        "Do you faint, or nearly faint, when you move hard, and has no clinician looked at it?",
        ASTEROID_EVENT,
        OWN_LEVEL,
    ),
    now("calf_swollen", "Is one leg swollen or warm, with a sore calf, and is that new?", OWN, same_day=True),
    now("cold_leg", "Has one leg become cold or pale, and does it hurt?", OWN),
    now("fever_and_ill", "Do you have back pain with fever or chills, and feel ill?", G_CARE, FINUCANE),
    now(
        "serious_accident",
        "Did this pain start with a bad accident (a car crash, a fall from a height) that no clinician has looked at "
        "yet?",
        NHS,
    ),
    now(
        "fall_on_blood_thinners",
        "Did you fall or take a blow in the last few weeks that no clinician has looked at? And do you take blood "
        "thinners, or bleed easily?",
        OWN,
        same_day=True,
    ),
    now(
        "sudden_on_blood_thinners",
        "Do you take blood thinners, or bleed easily? And did new pain start in your back, groin or thigh: all at "
        "once, or after a needle in your spine?",
        OWN,
        same_day=True,
    ),
    now(
        "fever_weak_defence",
        "Do you have fever or chills? And did you have chemotherapy lately, or do you take strong drugs that "
        "weaken your immune system, such as biologics?",
        OWN,
    ),
    now("bleeding_pregnant", "Could you be pregnant, and do you bleed or have strong belly pain?", OWN),
    now(
        "late_in_pregnancy",
        "Are you pregnant, or did you give birth in the last 6 weeks, and does one of these fit?",
        NHS_PRE_ECLAMPSIA,
        OWN,
        fits=(
            "back or belly pain that comes in waves",
            "your waters break",
            "the baby moves less",
            "a bad headache, or you do not see well",
            "face, hands or feet swell fast",
            "strong pain just below the ribs",
            "you bleed heavily all at once",
        ),
    ),
)
