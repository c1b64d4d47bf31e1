"""Where the safety questions come from."""

from backstride.core.source import Reading, Source

SECOND = Reading.SECOND_HAND

CORNWALL = Source(
    "NHS Cornwall referral service (rms.cornwall.nhs.uk); British Association of Spine Surgeons 2018"
)
LEG_WEAKNESS = Source("gpreasoning.uk; G-care, NHS Gloucestershire", reading=SECOND)
G_CARE = Source("G-care, NHS Gloucestershire", reading=SECOND)
FINUCANE = Source("Finucane 2020, JOSPT 50(7):350-372", "10.2519/jospt.2020.9971")
DOWNIE = Source("Downie 2013, BMJ 347:f7095: most signs alone tell little, several together tell more")
BONE_STRESS = Source("volantept.com; club360.jp; PMC7049623", reading=SECOND)
NICE_SPINE = Source("NICE NG65, as told in Br J Gen Pract 68(672):346")
ASTEROID = Source(
    "ASTEROID trial: people with this did not take part, so nothing is known "
    "(exclusions, registry ACTRN12622001276741)"
)
ASTEROID_EVENT = Source(
    "ASTEROID trial: one of 20 runners fainted, from the heart", "10.1136/bjsports-2024-108245"
)
STOCHKENDAHL = Source("Danish guideline (Stochkendahl 2018), as told at chiro.org: stay as active as one can")
MOTTOLA = Source("Canadian guideline on activity in pregnancy (Mottola 2019, BJSM 52:1339)")
ACSM = Source("American College of Sports Medicine (Riebe 2015, MSSE 47:2473)")
OWN = Source("out of caution", reading=Reading.OWN)
OWN_LEVEL = Source("the level and the path", reading=Reading.OWN)
