"""Where the safety questions come from, and how much of each page was read."""

from backstride.core.source import Reading, Source

SECOND = Reading.SECOND_HAND
SUMMARY = Reading.SUMMARY

NHS = Source("NHS, back pain: when to get help (nhs.uk), on pages that give its list in full", reading=SECOND)
NHS_AORTA = Source("NHS, aneurysm of the aorta in the belly, on a page that gives its text", reading=SECOND)
NHS_PRE_ECLAMPSIA = Source(
    "NHS, pre-eclampsia, on a page that gives its text: it comes late in pregnancy or soon after the birth; six "
    "weeks are ours",
    reading=SECOND,
)
NHS_LOW_SUGAR = Source(
    "NHS, low blood sugar, on pages that give its text: it makes dizzy and the heart race, and is mostly treated at "
    "home",
    reading=SECOND,
)
GIRFT = Source("GIRFT 2023, National Suspected Cauda Equina Syndrome Pathway (England)", reading=SUMMARY)
LEG_WEAKNESS = Source("gpreasoning.uk; G-care, NHS Gloucestershire", reading=SECOND)
G_CARE = Source("G-care, NHS Gloucestershire", reading=SECOND)
FINUCANE = Source("Finucane 2020, JOSPT 50(7):350-372", "10.2519/jospt.2020.9971", reading=SUMMARY)
DOWNIE = Source(
    "Downie 2013, BMJ 347:f7095: most signs alone tell little, several together tell more",
    "10.1136/bmj.f7095",
    reading=SUMMARY,
)
YUSUF = Source(
    "Yusuf 2019: of people with an infected spine 55 of 100 had fever, 18 diabetes, 9 injected drugs",
    "10.1186/s12891-019-2949-6",
    reading=SUMMARY,
)
BONE_STRESS = Source("PMC7049623, bone stress injuries in runners", reading=SUMMARY)
HOENIG = Source("Hoenig 2022, Nat Rev Dis Primers 8:26", "10.1038/s41572-022-00352-y", reading=Reading.LISTED)
REDS = Source(
    "Mountjoy 2023, IOC statement on low energy in sport, its table of signs (REDs CAT2)",
    "10.1136/bjsports-2023-106994",
    reading=SUMMARY,
)
NICE_SPINE = Source(
    "NICE NG65, as told in Br J Gen Pract 68(672):346: of the first nine signs here four lead to a specialist, and "
    "three to a blood test; a sore eye or an inflamed bowel is a reason to ask again, which we count as a tenth sign",
    reading=SECOND,
)
NICE_CANCER = Source("NICE NG12, back and bones: 60 and older with back pain that stays")
NICE_SPREAD = Source("NICE NG234 (2023), cord compression by cancer", reading=SUMMARY)
NICE_WITHIN_A_DAY = Source(
    "NICE CG75 (2008), which NG234 replaced: its list for a call within 24 hours names a sore spot on the spine and "
    "pain at night that stops sleep; not compared with NG234 word for word",
    reading=SECOND,
)
NICE_AGE = Source("NICE NG59 is for people of 16 and older; ASTEROID took adults of 18 to 45")
NICE_ACTIVE = Source(
    "NICE NG59, recommendations: with back pain, with or without pain down a leg, go on with normal activities"
)
ASTEROID = Source(
    "ASTEROID trial: people with this, or with much of it, did not take part, so it is not known "
    "(exclusions, registry ACTRN12622001276741, as copied at trial.medpath.com)",
    reading=SECOND,
)
ASTEROID_EVENT = Source(
    "ASTEROID trial: one faint among 20 runners, with an illness behind it",
    "10.1136/bjsports-2024-108245",
    reading=SUMMARY,
)
APSS = Source(
    "Adult Pre-Exercise Screening System (Australia): those at higher risk were not in ASTEROID",
    reading=SECOND,
)
STOCHKENDAHL = Source(
    "Danish guideline (Stochkendahl 2018), as told at chiro.org: stay as active as one can", reading=SECOND
)
MOTTOLA = Source(
    "Canadian guideline on activity in pregnancy (Mottola 2019, BJSM 52:1339): those who ran may go on; that this "
    "programme offers walks is our own choice",
    reading=SUMMARY,
)
GOOM = Source(
    "Goom, Donnelly and Brockwell 2019, returning to running after birth: not before 3 months, nor while the pelvic "
    "floor has signs (its table 1)"
)
ACSM = Source("American College of Sports Medicine (Riebe 2015, MSSE 47:2473)", reading=SUMMARY)
OWN = Source("out of caution", reading=Reading.OWN)
OWN_LEVEL = Source("the level and the path", reading=Reading.OWN)
