"""What to talk over with a provider before running, and what to keep in mind."""

from backstride.core.clearance import Freedom
from backstride.screening.item import Item, first, with_care
from backstride.screening.sources import (
    ACSM,
    APSS,
    ASTEROID,
    BONE_STRESS,
    DOWNIE,
    G_CARE,
    GOOM,
    MOTTOLA,
    NICE_CANCER,
    NICE_SPINE,
    OWN,
    OWN_LEVEL,
    REDS,
    STOCHKENDAHL,
)

TALK_FIRST = "Talk to your provider before you run. Walk as far as it feels all right."
FOR_NEXT_VISIT = "Tell your provider at your next visit."

INFLAMMATION = (
    "it began before age 35",
    "it wakes you in the second half of the night",
    "there is pain in the buttocks",
    "it gets better when you move",
    "pain tablets such as ibuprofen help within two days",
    "a parent, child, brother or sister has inflamed joints of the spine",
    "you have, or had, a swollen joint",
    "you have, or had, a sore heel or another sore tendon end",
    "you have, or had, scaly skin patches",
    "you have, or had, a red and sore eye, or a bowel that is inflamed",
)

TALK: tuple[Item, ...] = (
    first(
        "over_60",
        "Are you 60 or older, and is the pain new, or has it lasted for more than 6 weeks?",
        "See a clinician about it in the next few weeks, before you run. Walk as far as it feels all right.",
        NICE_CANCER,
        OWN_LEVEL,
    ),
    first(
        "leg_symptoms",
        "Is one leg more painful than your back, or is there numbness, tingling or weakness in it?",
        "Talk to your provider before you run. Stay active: walk in the meantime.",
        STOCHKENDAHL,
        ASTEROID,
        OWN_LEVEL,
        on_legs=True,
    ),
    first("steroid_pills", "Have you taken steroid pills for months?", TALK_FIRST, DOWNIE, OWN_LEVEL),
    first("spinal_surgery", "Have you ever had surgery on your spine?", TALK_FIRST, ASTEROID, OWN_LEVEL),
    first(
        "spine_bone",
        "Has a clinician found a broken bone in your spine, very weak bones, or a stress break there?",
        TALK_FIRST,
        ASTEROID,
        OWN_LEVEL,
    ),
    first(
        "spine_disease",
        "Has a clinician found inflamed joints in your spine (not wear), or a curve that needs a surgeon?",
        TALK_FIRST,
        ASTEROID,
        OWN_LEVEL,
    ),
    first(
        "slipped_or_narrow",
        "Has a clinician found a slipped bone in your spine, a crack in one, or a canal that is too narrow?",
        TALK_FIRST,
        OWN,
    ),
    first(
        "stress_break",
        "Have you had a stress break of a bone in the last two years?",
        TALK_FIRST,
        REDS,
        BONE_STRESS,
    ),
    first(
        "missed_periods",
        "Have your periods stopped for three months or more? Pregnancy, nursing, the menopause, or a pill or coil do "
        "not count here. Hard training does.",
        TALK_FIRST,
        REDS,
    ),
    first(
        "eats_too_little",
        "Do you eat too little for how much you run? It counts for men, too.",
        "Talk to your provider before you run, and eat enough. Ask at once if one spot of a bone gets sore.",
        REDS,
        OWN_LEVEL,
    ),
    first(
        "pregnant",
        "Are you pregnant?",
        "This plan offers only walks in pregnancy, whoever agrees.",
        MOTTOLA,
        ASTEROID,
        OWN_LEVEL,
        if_agreed=Freedom.WALK,
    ),
    first(
        "birth_12_weeks",
        "Did you give birth in the last 12 weeks?",
        "For now, keep to the walks.",
        GOOM,
        ASTEROID,
        if_agreed=Freedom.WALK,
    ),
    first(
        "pelvic_floor",
        "Do you leak urine or stool, or feel a weight in your pelvis, since a birth in the last two years?",
        "Ask your provider, or a physiotherapist for the pelvic floor. Walk in the meantime.",
        GOOM,
        if_agreed=Freedom.WALK,
    ),
    first("birth_year", "Did you give birth in the last year?", TALK_FIRST, ASTEROID, GOOM, OWN_LEVEL),
    first(
        "heart_sugar_kidney",
        "Do you have diabetes, or heart, artery or kidney disease? And do you walk fast, run or cycle for half an "
        "hour on less than three days a week?",
        TALK_FIRST,
        ACSM,
        OWN_LEVEL,
    ),
    first(
        "heart_sugar_kidney_active",
        "Do you have diabetes, or heart, artery or kidney disease? And do you walk fast, run or cycle for half an "
        "hour on three or more days a week?",
        "Talk to your provider before you run: running is hard exercise. Walk as you are used to.",
        ACSM,
        OWN_LEVEL,
    ),
    first(
        "pressure_or_asthma",
        "Do you have a heart murmur, or blood pressure that stays too high, or had an asthma attack in the past "
        "year?",
        TALK_FIRST,
        APSS,
        ACSM,
        OWN_LEVEL,
    ),
    first(
        "calves_cramp",
        "Do your calves, thighs or buttocks cramp when you walk, and ease when you stop?",
        TALK_FIRST,
        ACSM,
        OWN_LEVEL,
    ),
    first(
        "recent_surgery",
        "In the last 3 months, did you have surgery, on your spine or elsewhere, or break a bone?",
        "Talk to your provider before you run. Walk as far as it feels all right. A wound that is red, weeps or "
        "opens needs a look today.",
        OWN,
    ),
    first(
        "new_joint",
        "Do you have a new hip or knee joint?",
        "Ask your surgeon before you run. Walk as far as it feels all right.",
        OWN,
    ),
    first(
        "numb_feet",
        "Have both feet been numb or tingling for a long time?",
        "Talk to your provider before you run. Look at your feet each day: you may not feel a blister.",
        OWN,
    ),
    first(
        "leg_injury",
        "Have you hurt a leg or foot in the last 6 weeks?",
        "Let it settle first, or ask your provider. Walk as far as it feels all right.",
        ASTEROID,
        OWN_LEVEL,
    ),
)

CARE: tuple[Item, ...] = (
    with_care(
        "thirty_minutes",
        "Is walking for 30 minutes too much for you now?",
        "Start with walks. Running can come once 30 minutes of walking feel all right.",
        OWN,
        freedom=Freedom.WALK,
    ),
    with_care(
        "morning_pattern",
        "Did the pain begin before age 45 and last over 3 months, and do three or more of these fit?",
        "Ask your provider at your next visit. Moving is fine. An eye that is red and sore now needs a look today.",
        NICE_SPINE,
        OWN_LEVEL,
        fits=INFLAMMATION,
    ),
    with_care(
        "herniation_on_scan",
        "Has a scan shown a slipped disc, with no symptoms in a leg?",
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
        "fast_rise",
        "Are you running much more than you did a few weeks ago?",
        "Build up slowly. Ask at once if one spot of a bone gets sore.",
        BONE_STRESS,
        OWN_LEVEL,
    ),
    with_care(
        "many_places", "Does it also hurt in many other places?", FOR_NEXT_VISIT, DOWNIE, G_CARE, weak=True
    ),
    with_care(
        "new_at_this_age",
        "Is this pain new, and are you under 20 or over 50?",
        FOR_NEXT_VISIT,
        DOWNIE,
        G_CARE,
        weak=True,
    ),
)

FIRST: tuple[Item, ...] = TALK + CARE
