"""The papers behind the table. Of nearly all the summary was read, and no more: that stands beside each."""

from backstride.core.source import Reading, Source

SUMMARY = Reading.SUMMARY

ARAB = Source("Arab 2007, Clin Rehabil 21:640-7", "10.1177/0269215507076353", reading=SUMMARY)
POSTERIOR_CHAIN = Source(
    "Tataryn 2021, Sports Med Open 7:17; its summary and table 5 were read",
    "10.1186/s40798-021-00306-w",
    reading=SUMMARY,
)
STEIGER = Source("Steiger 2012, Eur Spine J 21:575-98", "10.1007/s00586-011-2045-6", reading=SUMMARY)
CAI = Source("Cai 2017, Med Sci Sports Exerc 49:2374-84", "10.1249/MSS.0000000000001396", reading=SUMMARY)
HUNG = Source(
    "Hung 2019, trial of core training in athletes", "10.1371/journal.pone.0213158", reading=SUMMARY
)

ZHOU = Source("Zhou 2021, Front Endocrinol 12:740200", "10.3389/fendo.2021.740200", reading=SUMMARY)
ZHANG = Source(
    "Zhang 2018, review of cohorts on weight and back pain", "10.1097/BSD.0000000000000468", reading=SUMMARY
)
WILLIAMS = Source("Williams 2018, Pain 159:1137-46", "10.1097/j.pain.0000000000001198", reading=SUMMARY)
HELP = Source(
    "HeLP trial (Mudd 2025), JAMA Netw Open 8:e2453807", "10.1001/jamanetworkopen.2024.53807", reading=SUMMARY
)
HALL = Source("Hall 2011, Lancet 378:826-37", "10.1016/S0140-6736(11)60812-X", reading=SUMMARY)
MINETTI = Source(
    "Minetti 2002, J Appl Physiol 93:1039-46", "10.1152/japplphysiol.01177.2001", reading=SUMMARY
)
OWN_SUM = Source("a sum from the energy of running", reading=Reading.OWN)

SHIRI = Source("Shiri 2010, Am J Med 123:87.e7-35", "10.1016/j.amjmed.2009.05.028", reading=SUMMARY)
LV = Source("Lv 2022, Eur Spine J 31:2913-9", "10.1007/s00586-022-07389-3", reading=SUMMARY)

NOETEL = Source("Noetel 2024, BMJ 384:e075847", "10.1136/bmj-2023-075847", reading=SUMMARY)
OWEN = Source("Owen 2020, Br J Sports Med 54:1279-87", "10.1136/bjsports-2019-100886", reading=SUMMARY)
MARSHALL = Source(
    "Marshall 2022, Behaviour Research and Therapy 104205", "10.1016/j.brat.2022.104205", reading=SUMMARY
)
TAN = Source("Tan 2022, BMC Musculoskelet Disord 23:113", "10.1186/s12891-022-05047-9", reading=SUMMARY)
WEWEGE = Source("Wewege 2021, J Pain 22:21-31", "10.1016/j.jpain.2020.04.003", reading=SUMMARY)
ENDOCANNABINOIDS = Source("Siebers 2023, Neuroscientist 29:352-69 (PMC10159215)", reading=SUMMARY)

JONES = Source("Jones 2002", "10.1055/s-2002-19271", reading=SUMMARY)
TREHEARN = Source("Trehearn 2009", "10.1519/JSC.0b013e31818eaf49", reading=SUMMARY)
HORI = Source("Hori 2021, as told at painscience.com", reading=Reading.SECOND_HAND)
SADLER = Source("Sadler 2017, BMC Musculoskelet Disord 18:179", "10.1186/s12891-017-1534-0", reading=SUMMARY)
MASELLI = Source(
    "Maselli 2020, BMC Musculoskelet Disord 21:343 (PMID 32493481)",
    "10.1186/s12891-020-03357-4",
    reading=SUMMARY,
)
FERNANDEZ = Source("Fernandez-Rodriguez 2022, JOSPT 52:505-21", "10.2519/jospt.2022.10671", reading=SUMMARY)

ALHOWIMEL = Source(
    "Alhowimel 2021, J Multidiscip Healthc 14:3549-59", "10.2147/JMDH.S343494", reading=SUMMARY
)

ASTEROID = Source("ASTEROID (Neason 2024), Br J Sports Med", "10.1136/bjsports-2024-108245", reading=SUMMARY)
COCHRANE = Source("Hayden 2021, Cochrane review", "10.1002/14651858.CD009790.pub2", reading=SUMMARY)
WHO_REVIEW = Source(
    "Verville 2023, review for the WHO, J Occup Rehabil", "10.1007/s10926-023-10124-4", reading=SUMMARY
)
LIANG = Source("Liang 2024, JOSPT 54:315-27 (PMID 38457134)", reading=SUMMARY)
WALKBACK = Source(
    "WalkBack (Pocovi 2024), Lancet 404:134-44", "10.1016/S0140-6736(24)00755-4", reading=SUMMARY
)
PREEMPT = Source(
    "PREEMPT (Kravitz 2018), JAMA Intern Med 178:1368-77", "10.1001/jamainternmed.2018.3981", reading=SUMMARY
)
WIEWELHOVE = Source("Wiewelhove 2019, review of foam rolling", "10.3389/fphys.2019.00376", reading=SUMMARY)
BELAVY = Source("Belavy 2017, discs of runners and of others", reading=SUMMARY)
DISCS = Source("ASTEROID 2024, discs (Samanna), as told at physio-network.com", reading=Reading.SECOND_HAND)
NICE = Source("NICE NG59 (2016, kept up to 2020), recommendations", reading=Reading.READ)
REGISTRATION = Source(
    "ASTEROID's registration, ACTRN12622001276741 (2022), as copied at trial.medpath.com",
    reading=Reading.SECOND_HAND,
)
WALLWORK = Source("Wallwork 2024, CMAJ, course of low back pain over time", reading=SUMMARY)
NONE_FOUND = Source("our own search; nothing was found", reading=Reading.OWN)
SMITH = Source("Smith 2017, Br J Sports Med 51:1679-87", "10.1136/bjsports-2016-097383", reading=SUMMARY)
