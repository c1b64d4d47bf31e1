"""The pathways that take weeks: core strength, weight, muscle tightness."""

from backstride.core.measurement import Pathway
from backstride.evidence.finding import Belief, Finding, Grade, PathwayEvidence
from backstride.evidence.sources import (
    ARAB,
    CAI,
    FERNANDEZ,
    HALL,
    HELP,
    HORI,
    HUNG,
    JONES,
    MASELLI,
    MINETTI,
    OWEN,
    OWN_SUM,
    POSTERIOR_CHAIN,
    SADLER,
    STEIGER,
    TREHEARN,
    WILLIAMS,
    ZHANG,
    ZHOU,
)

SLOWLY = (
    "It takes weeks to move. So one person's records can say little, and what you read rests mostly on what was "
    "believed before."
)

CORE = PathwayEvidence(
    pathway=Pathway.CORE,
    claim="Running works the belly, back and hip muscles. The more you run, the stronger your core.",
    supports=(
        Finding("Tests of the trunk tell people with back pain from people without.", "200 people", ARAB),
    ),
    against=(
        Finding(
            "Training made for back and legs eased pain a bit more than general exercise did.",
            "8 trials, 408 people; standardised difference -0.61 (-1.21 to 0.00)",
            POSTERIOR_CHAIN,
        ),
        Finding(
            "Those whose back muscles gained most were not those whose pain fell most.",
            "16 studies, 1,476 people; endurance: no link in 7, a weak one in 0; "
            "extension strength: no link in 7, a weak one in 2",
            STEIGER,
        ),
        Finding(
            "Runners with back pain gained as much back strength from leg training as from back training.",
            "84 runners, three arms, equal gain",
            CAI,
        ),
        Finding(
            "Athletes who just kept up their sport did not hold a plank for longer.", "21 athletes", HUNG
        ),
    ),
    grade=Grade("D+", "It could be so, but what was measured does not bear it out."),
    verdict="We found no trial in which running made the trunk hold out longer, nor one in which that eased pain.",
    learnable=SLOWLY,
    belief=Belief(
        unit="a hold about a third longer",
        phi_mean=0.97,
        phi_sd=0.015,
        reach=0.7,
        delta_sd=0.30,
        daily_sd=0.10,
        error_sd=0.5,
        why="Either way is open. A third more hold is taken to move pain by 0.3 points or so, at most by about 0.6.",
    ),
)

WEIGHT = PathwayEvidence(
    pathway=Pathway.WEIGHT,
    claim="Weight and back pain go together. Running, with good food, takes weight off, and so load from the back.",
    supports=(
        Finding(
            "Genes that make people heavier make back pain more common, too. That points to a cause.",
            "odds ratio 1.28 (1.18 to 1.39); sciatica 1.33 (1.21 to 1.47)",
            ZHOU,
        ),
        Finding(
            "Over the years, heavier people get back pain more often.",
            "overweight 1.15 (1.08 to 1.21), obese 1.36 (1.18 to 1.57)",
            ZHANG,
        ),
        Finding(
            "Running burns fuel: a kilometre takes about as much at any speed.",
            "3.40 (sd 0.24) J for each kg and metre",
            MINETTI,
        ),
    ),
    against=(
        Finding(
            "Help with food and weight did not lower back pain in a trial.",
            "160 people; area under the pain curve 6.5 (-8.0 to 21.0)",
            WILLIAMS,
        ),
        Finding(
            "In another trial people lost a little weight and could do a little more, but hurt as much.",
            "346 people; weight -1.6 kg, disability -1.3 of 24 (-2.5 to -0.2)",
            HELP,
        ),
        Finding(
            "Weight follows slowly: half of the change takes about a year.", "half-time about 1 year", HALL
        ),
        Finding(
            "Twelve weeks of running take off a few hundred grams, if nothing more is eaten.",
            "70 kg, 5.6 km a week: about 0.3 kg",
            OWN_SUM,
        ),
    ),
    grade=Grade("C", "Likely a cause over years. Over 12 weeks it is far too slow (E)."),
    verdict="Weight matters over years. In 12 weeks running alone moves it too little for that.",
    learnable=SLOWLY,
    belief=Belief(
        unit="2 kg",
        phi_mean=0.985,
        phi_sd=0.008,
        reach=0.5,
        delta_sd=0.15,
        daily_sd=0.10,
        error_sd=0.4,
        why="Half as wide as the others: in 12 weeks weight moves by less than one unit.",
    ),
)

TIGHTNESS = PathwayEvidence(
    pathway=Pathway.TIGHTNESS,
    claim="Running makes the front of the hip and the back of the thigh tighter. Up to a point that may hold the "
    "pelvis.",
    supports=(
        Finding(
            "Stiffer runners use less energy. That is about speed, not about pain.", "34 men; r = 0.68", JONES
        ),
        Finding("A very small study found the same.", "8 runners; r = 0.83", TREHEARN),
    ),
    against=(
        Finding(
            "People with less reach in the back of the thigh got back pain more often, not less.",
            "part of a review of 12 studies; odds ratio 0.96 (0.94 to 0.98), the unit of reach is not named",
            SADLER,
        ),
        Finding(
            "Among runners, stiff thighs and backs went with back pain.",
            "part of a review of 19 studies",
            MASELLI,
        ),
        Finding(
            "Between stretching and doing nothing no clear difference was found.",
            "part of a review of 89 studies",
            OWEN,
        ),
        Finding("A second review found none either.", "part of a review of 118 trials", FERNANDEZ),
        Finding("A review of studies at one point in time could not tell.", "very low certainty", HORI),
    ),
    grade=Grade("D-", "What was found points the other way, and is weak."),
    verdict="We found nothing to show that running shortens these muscles. Tight ones go with more pain, not less.",
    learnable="You rate it each morning, so your own records can tell within weeks.",
    belief=Belief(
        unit="2 points of your rating, or 5 cm of reach",
        phi_mean=0.50,
        phi_sd=0.20,
        reach=0.5,
        delta_sd=0.15,
        daily_sd=0.50,
        error_sd=0.5,
        why="Either way is open, but not much is expected: stretching changed little.",
    ),
)
