"""The safety questions: the same for everyone, most urgent first.

Left out on purpose: "no better after a month". Nearly everyone who asks would say yes, so it tells nothing here.
"""

from backstride.core.clearance import Freedom, Level
from backstride.screening.item import Item, Together, first, now, soon, with_care
from backstride.screening.sources import (
    ACSM,
    ASTEROID,
    ASTEROID_EVENT,
    BONE_STRESS,
    CORNWALL,
    DOWNIE,
    FINUCANE,
    G_CARE,
    LEG_WEAKNESS,
    MOTTOLA,
    NICE_SPINE,
    OWN,
    OWN_LEVEL,
    STOCHKENDAHL,
)

LOOK_AT_IT = "Stop running. Have a clinician look at it in the next days."
TALK_FIRST = "Talk to your provider before you run. Walk as far as it feels all right."
STOP_IMPACT = "Stop running and jumping. Ask a clinician soon: an X-ray alone often shows nothing."

NOW: tuple[Item, ...] = (
    now(
        "bladder_or_bowel",
        "Is it newly hard to pass urine, to feel it pass, or to hold urine or stool?",
        CORNWALL,
        FINUCANE,
        on_legs=True,
    ),
    now(
        "saddle_numbness",
        "Are you numb between the legs, or where you would sit on a saddle?",
        CORNWALL,
        FINUCANE,
        on_legs=True,
    ),
    now(
        "sexual_change", "Has feeling or function during sex newly changed?", CORNWALL, FINUCANE, on_legs=True
    ),
    now(
        "both_legs_pain",
        "Did pain start down both legs, or move from one leg to both?",
        CORNWALL,
        FINUCANE,
        on_legs=True,
    ),
    now("both_legs_weak", "Are both legs weak, or getting weaker?", CORNWALL, FINUCANE, on_legs=True),
    now(
        "one_leg_weaker",
        "Is one leg getting weaker, or does one foot newly drag?",
        LEG_WEAKNESS,
        on_legs=True,
        action="Get help today.",
    ),
    now(
        "unsteady",
        "Are you newly unsteady when you walk, or clumsy with your hands?",
        LEG_WEAKNESS,
        on_legs=True,
        action="Get help today.",
    ),
    now(
        "belly_or_side", "Did strong pain start all at once in your belly or side, or did you pass out?", OWN
    ),
    now(
        "chest_or_fainting",
        "Do you get chest pain, hard breathing, or do you faint, when you move?",
        ASTEROID_EVENT,
        OWN_LEVEL,
    ),
    now("fever_and_ill", "Do you have back pain with fever or chills, and feel ill?", G_CARE, FINUCANE),
    now("bleeding_pregnant", "Could you be pregnant, and do you bleed or have strong belly pain?", OWN),
)

SOON: tuple[Item, ...] = (
    soon(
        "infection_risk",
        "Is the pain new, and came after an infection, a needle in the spine, or with a weak immune system?",
        LOOK_AT_IT,
        G_CARE,
        FINUCANE,
    ),
    soon("cancer_ever", "Have you ever had cancer?", LOOK_AT_IT, DOWNIE, G_CARE, FINUCANE),
    soon("weight_loss", "Have you lost weight and do not know why?", LOOK_AT_IT, G_CARE, FINUCANE),
    soon(
        "hard_fall",
        "Did this pain start with a hard fall, a crash or a blow?",
        LOOK_AT_IT,
        DOWNIE,
        G_CARE,
        FINUCANE,
    ),
    soon(
        "small_knock",
        "Did it start with a small knock, and are you over 70, on steroid pills, or told your bones are thin?",
        LOOK_AT_IT,
        DOWNIE,
        G_CARE,
    ),
    soon("new_shape", "Has the shape of your back newly changed?", LOOK_AT_IT, G_CARE),
    soon(
        "eased_by_lying",
        "Did strong pain start all at once in the middle of your back, and does only lying down ease it?",
        LOOK_AT_IT,
        G_CARE,
    ),
    soon(
        "spot_on_bone",
        "Is there pain in one spot of a bone, low back, groin or hip, that gets worse when you run or hop?",
        STOP_IMPACT,
        BONE_STRESS,
    ),
    soon(
        "blood_or_burning",
        "Is there blood in your urine or stool, or does it burn to pass urine?",
        LOOK_AT_IT,
        OWN,
    ),
    soon(
        "leg_spreading",
        "Does pain, numbness or tingling spread further down a leg, or last more than a day after a run?",
        LOOK_AT_IT,
        OWN,
        on_legs=True,
    ),
    soon(
        "surgery_pain_changed",
        "Have you had surgery on your spine, and has the pain newly changed?",
        LOOK_AT_IT,
        ASTEROID,
        OWN_LEVEL,
    ),
)

INFLAMMATION = (
    "it began before age 35",
    "it wakes you in the second half of the night",
    "there is pain in the buttocks",
    "it gets better when you move",
    "pain pills against swelling help within two days",
    "a parent, child, brother or sister has joint disease of the spine",
    "you have, or had, a swollen joint",
    "you have, or had, a sore heel or another sore tendon end",
    "you have, or had, scaly skin patches",
)

FIRST: tuple[Item, ...] = (
    first(
        "leg_symptoms",
        "Is one leg more painful than your back, or is there numbness, tingling or weakness in it?",
        "Talk to your provider before you run. Stay active: walking is the track meanwhile.",
        STOCHKENDAHL,
        ASTEROID,
        OWN_LEVEL,
        on_legs=True,
    ),
    first(
        "morning_pattern",
        "Did the pain begin before age 45 and last over 3 months, and do four or more of these fit?",
        "Ask your provider at your next visit. Moving is fine meanwhile.",
        NICE_SPINE,
        fits=INFLAMMATION,
    ),
    first("spinal_surgery", "Have you ever had surgery on your spine?", TALK_FIRST, ASTEROID, OWN_LEVEL),
    first(
        "spine_bone",
        "Have you been told of a broken bone in your spine, very thin bones, or a stress break there?",
        TALK_FIRST,
        ASTEROID,
        OWN_LEVEL,
    ),
    first(
        "spine_disease",
        "Have you been told of a joint disease of the spine, or of a curve that needs a surgeon?",
        TALK_FIRST,
        ASTEROID,
        OWN_LEVEL,
    ),
    first(
        "pregnant",
        "Are you pregnant?",
        "The walk track is for you. If you ran before, ask your provider about running.",
        MOTTOLA,
        ASTEROID,
        OWN_LEVEL,
        if_agreed=Freedom.WALK,
    ),
    first(
        "birth_12_weeks",
        "Did you give birth in the last 12 weeks?",
        "The walk track is for you for now.",
        ASTEROID,
        OWN_LEVEL,
        if_agreed=Freedom.WALK,
    ),
    first(
        "birth_year",
        "Did you give birth in the last year, or do you breastfeed?",
        TALK_FIRST,
        ASTEROID,
        OWN_LEVEL,
    ),
    first(
        "heart_sugar_kidney",
        "Have you been told of a disease of the heart, blood vessels or kidneys, or of diabetes?",
        TALK_FIRST,
        ACSM,
        OWN_LEVEL,
    ),
    first(
        "light_effort",
        "Do you get dizzy, or is light effort newly hard, or do your ankles swell or your heart race?",
        TALK_FIRST,
        ACSM,
        OWN_LEVEL,
    ),
    first(
        "leg_injury",
        "Have you hurt a leg or foot in the last 6 weeks?",
        "Let it settle first, or ask your provider. Walk as far as it feels all right.",
        ASTEROID,
        OWN_LEVEL,
    ),
    with_care(
        "thirty_minutes",
        "Is walking for 30 minutes too much for you now?",
        "Start with the walk track. Running can come once 30 minutes of walking feel all right.",
        OWN,
        freedom=Freedom.WALK,
    ),
    with_care(
        "herniation_on_scan",
        "Has a scan shown a slipped disc, with no signs in a leg?",
        "A scan alone does not rule out running. Stop if pain or numbness starts to go down a leg.",
        STOCHKENDAHL,
        OWN_LEVEL,
    ),
    with_care(
        "si_joint",
        "Have you been told that the pain comes from the joint beside your tailbone (SI joint)?",
        "No trial has looked at running with this. Start low, and stop if one spot gets sore.",
        OWN,
    ),
    with_care(
        "bone_risk",
        "Did your running go up fast of late, do you eat too little for it, or have you had a stress break "
        "or missed periods?",
        "Build up slowly. Ask at once if one spot of a bone gets sore.",
        BONE_STRESS,
        OWN_LEVEL,
    ),
    with_care(
        "night_pain",
        "Does pain stay all night, however you lie?",
        "Tell your provider at your next visit.",
        DOWNIE,
        G_CARE,
        weak=True,
    ),
    with_care(
        "many_places",
        "Does it also hurt in many other places?",
        "Tell your provider at your next visit.",
        DOWNIE,
        G_CARE,
        weak=True,
    ),
    with_care(
        "new_at_this_age",
        "Is this pain new, and are you under 20 or over 50?",
        "Tell your provider at your next visit.",
        DOWNIE,
        G_CARE,
        weak=True,
    ),
)

TOGETHER = Together(
    key="weak_signs_together",
    at_least=2,
    level=Level.SEE_A_CLINICIAN,
    freedom=Freedom.PAUSED,
    action="Each of these tells little alone. Have a clinician look at them together in the next days.",
    sources=(DOWNIE, OWN_LEVEL),
)

ITEMS: tuple[Item, ...] = NOW + SOON + FIRST
