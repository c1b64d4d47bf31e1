"""Signs that a clinician looks at within days, before any more running."""

from backstride.core.clearance import Freedom
from backstride.screening.item import Item, soon
from backstride.screening.sources import (
    ACSM,
    ASTEROID,
    BONE_STRESS,
    DOWNIE,
    FINUCANE,
    G_CARE,
    HOENIG,
    NHS,
    NICE_ACTIVE,
    NICE_AGE,
    OWN,
    OWN_LEVEL,
    YUSUF,
)

LOOK_AT_IT = "Stop running. Have a clinician look at it in the next days."
LOOK_AND_WALK = (
    "Stop running. Have a clinician look at it in the next days. Walk as far as it feels all right."
)
"""What NICE NG59 says of back pain with no sign of a grave cause: stay active."""
STOP_IMPACT = "Stop running and jumping. Ask a clinician soon: an X-ray alone often shows nothing."

SOON: tuple[Item, ...] = (
    soon(
        "fever",
        "Do you have fever or chills, or sweats at night that soak the bed, for no known reason?",
        "Do not run. Speak to a clinician today.",
        NHS,
        YUSUF,
        if_agreed=Freedom.PAUSED,
        same_day=True,
    ),
    soon(
        "new_after_infection",
        "Is the pain new, and came after an infection or a needle in the spine?",
        LOOK_AT_IT,
        G_CARE,
        FINUCANE,
    ),
    soon(
        "infection_risk",
        "Is the pain new, and do you have a weak immune system, diabetes, TB or dialysis, or inject drugs?",
        LOOK_AT_IT,
        G_CARE,
        YUSUF,
        OWN_LEVEL,
        freedom=Freedom.WALK,
    ),
    soon(
        "cancer_ever",
        "Have you ever had cancer, other than a skin cancer that was fully removed?",
        LOOK_AND_WALK,
        DOWNIE,
        G_CARE,
        FINUCANE,
        OWN_LEVEL,
        freedom=Freedom.WALK,
        is_lasting=True,
    ),
    soon(
        "weight_loss",
        "Have you lost weight and do not know why?",
        "Stop running until the reason is known. Have a clinician look at it in the next days.",
        NHS,
        G_CARE,
        FINUCANE,
        if_agreed=Freedom.WALK,
    ),
    soon(
        "hard_fall",
        "Did this pain start with a hard fall or a blow that no clinician has looked at?",
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
    soon(
        "new_shape",
        "Is there a new lump on your back, or has its shape changed recently?",
        LOOK_AT_IT,
        NHS,
        G_CARE,
    ),
    soon(
        "between_shoulders",
        "Is there pain between your shoulder blades, or like a band round your chest?",
        LOOK_AND_WALK,
        NHS,
        NICE_ACTIVE,
        OWN_LEVEL,
        freedom=Freedom.WALK,
    ),
    soon(
        "worse_on_strain",
        "Is it new that the pain gets worse when you cough, sneeze or strain on the toilet?",
        LOOK_AND_WALK,
        NHS,
        NICE_ACTIVE,
        OWN_LEVEL,
        freedom=Freedom.WALK,
    ),
    soon(
        "night_pain",
        "Does pain stay all night, however you lie?",
        LOOK_AND_WALK,
        NHS,
        G_CARE,
        DOWNIE,
        OWN_LEVEL,
        freedom=Freedom.WALK,
    ),
    soon(
        "light_effort",
        "Do you get dizzy, do your ankles swell, or does your heart race, for no known reason?",
        "No sessions, and no walks for sport. Have a clinician look at it in the next days.",
        ACSM,
        OWN_LEVEL,
    ),
    soon(
        "eased_by_lying",
        "Did strong pain start all at once in the middle of your back, and does only lying down ease it?",
        LOOK_AT_IT,
        G_CARE,
    ),
    soon(
        "spot_on_bone",
        "Is one spot sore on a bone of low back, groin, hip, shin or foot, and worse when you run or hop?",
        STOP_IMPACT,
        BONE_STRESS,
        HOENIG,
    ),
    soon(
        "bone_at_night", "Does one spot of a bone hurt at night or at rest?", STOP_IMPACT, BONE_STRESS, HOENIG
    ),
    soon(
        "blood_or_burning",
        "Is there blood in your pee or poo, or does it burn when you pee?",
        LOOK_AT_IT,
        OWN,
    ),
    soon(
        "leg_spreading",
        "Does pain, numbness or tingling spread further down a leg?",
        LOOK_AND_WALK,
        OWN,
        NICE_ACTIVE,
        freedom=Freedom.WALK,
        on_legs=True,
    ),
    soon(
        "leg_after_run",
        "Does a sign in a leg last more than a day after a run?",
        LOOK_AND_WALK,
        OWN,
        NICE_ACTIVE,
        freedom=Freedom.WALK,
        on_legs=True,
    ),
    soon(
        "surgery_pain_changed",
        "Have you had surgery on your spine, and has the pain changed recently?",
        LOOK_AT_IT,
        ASTEROID,
        OWN_LEVEL,
    ),
    soon(
        "under_18",
        "Are you under 18?",
        "This app is for adults. Ask a clinician about your back.",
        NICE_AGE,
        OWN_LEVEL,
        if_agreed=Freedom.PAUSED,
    ),
)
