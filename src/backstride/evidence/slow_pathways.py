"""The pathways that take weeks: core strength, weight, muscle tightness."""

from backstride.core.measurement import Pathway
from backstride.core.source import Reading
from backstride.evidence.figure import Sample, Spread, figure, said
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

OWN = Reading.OWN
COST_OF_RUNNING = figure("energy for each kg and metre", "3.40", "0.24", spread=Spread.DEVIATION, unit="J")
HALF_TIME = figure("years until half of it", "1")

CORE = PathwayEvidence(
    pathway=Pathway.CORE,
    claim="Running works the belly, back and hip muscles. The more you run, the stronger your core.",
    supports=(
        Finding(
            says="Tests of the trunk differ between people with back pain and people without.",
            sample=Sample(population="people with and without back pain", people=200),
            source=ARAB,
        ),
        Finding(
            says="Training made for back and legs made these stronger than general exercise did; pain fell with it.",
            sample=Sample(
                population="adults with long-term back pain",
                people=408,
                studies=8,
                note="it speaks for strength, and not for running",
            ),
            figures=(figure("SMD, strength", "0.67", "0.21", "1.13"),),
            source=POSTERIOR_CHAIN,
        ),
    ),
    against=(
        Finding(
            says="Training made for back and legs eased pain a bit more than general exercise did.",
            sample=Sample(
                population="adults with long-term back pain",
                people=408,
                studies=8,
                note="only the last of these is in its summary",
            ),
            figures=(
                figure("SMD, pain, all studies", "-0.41", "-0.72", "-0.10"),
                figure("SMD, pain, those of 6 to 8 weeks", "-0.26", "-0.56", "0.05"),
                figure("SMD, pain, those of 12 to 16 weeks", "-0.61", "-1.21", "0.00"),
            ),
            source=POSTERIOR_CHAIN,
        ),
        Finding(
            says="Those whose back muscles gained most were not those whose pain fell most.",
            sample=Sample(population="adults with long-term back pain", people=1476, studies=16),
            figures=(
                figure("studies with no link to endurance", "7"),
                figure("studies with a weak link to endurance", "0"),
                figure("studies with no link to strength", "7"),
                figure("studies with a weak link to strength", "2"),
            ),
            source=STEIGER,
        ),
        Finding(
            says="Runners with back pain gained as much back strength from leg training as from back training.",
            sample=Sample(population="runners with back pain", people=84, note="three arms, equal gain"),
            figures=(said("arms", "3"),),
            source=CAI,
        ),
        Finding(
            says="Athletes who only kept up their sport did not hold a plank for longer.",
            sample=Sample(population="young athletes", people=21),
            source=HUNG,
        ),
    ),
    grade=Grade("D+", "It is possible, but what was measured does not support it."),
    verdict="We found no trial in which running improved core endurance, or in which that eased pain.",
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
        figures=(
            said("a third", "0.33", reading=OWN),
            said("two standard deviations, points", "0.6", reading=OWN),
        ),
    ),
)

WEIGHT = PathwayEvidence(
    pathway=Pathway.WEIGHT,
    claim="Weight and back pain are linked. Running and good food take off weight, and so take load off the back.",
    supports=(
        Finding(
            says="Genes that make people heavier make back pain more common, too. That points to a cause.",
            sample=Sample(population="people whose genes were tested"),
            figures=(
                figure("odds ratio of back pain", "1.28", "1.18", "1.39"),
                figure("odds ratio of pain down a leg", "1.33", "1.21", "1.47"),
            ),
            source=ZHOU,
        ),
        Finding(
            says="Over the years, heavier people get back pain more often.",
            sample=Sample(population="adults who were followed for years", people=29748, studies=10),
            figures=(
                figure("odds ratio, overweight", "1.15", "1.08", "1.21"),
                figure("odds ratio, very heavy", "1.36", "1.18", "1.57"),
            ),
            source=ZHANG,
        ),
        Finding(
            says="Running burns fuel: a kilometre takes about as much at any speed.",
            sample=Sample(population="trained runners", people=10),
            figures=(COST_OF_RUNNING,),
            source=MINETTI,
        ),
    ),
    against=(
        Finding(
            says="Help with food and weight did not lower back pain in a trial.",
            sample=Sample(population="heavy people with long-term back pain", people=160),
            figures=(figure("area under the pain curve", "6.5", "-8.0", "21.0"),),
            source=WILLIAMS,
        ),
        Finding(
            says="In another trial people lost a little weight and could do a little more, but hurt as much.",
            sample=Sample(population="people with long-term back pain and an unhealthy habit", people=346),
            figures=(
                figure("weight change", "-1.6", unit="kg"),
                figure("disability, of 24", "-1.3", "-2.5", "-0.2"),
            ),
            source=HELP,
        ),
        Finding(
            says="Weight follows slowly: half of the change takes about a year.",
            sample=Sample(population="adults, in a model of the body"),
            figures=(HALF_TIME, said("share of the change", "0.5")),
            source=HALL,
        ),
        Finding(
            says="Twelve weeks of running take off a few hundred grams, if nothing more is eaten.",
            figures=(
                figure("weight of the person", "70", unit="kg"),
                figure("running in a week", "5.6", unit="km"),
                figure("weight change", "-0.3", unit="kg"),
                said("weeks", "12"),
            ),
            source=OWN_SUM,
        ),
    ),
    article=(said("weeks of a season", "12"),),
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
        why="Half as wide as the others: in 12 weeks a little running moves weight by less than one unit. Much "
        "running can do more.",
        figures=(
            said("share of the others", "0.5", reading=OWN),
            said("weeks of a season", "12", reading=OWN),
            said("units", "1", reading=OWN),
            said("kilograms in a step", "2", reading=OWN),
        ),
    ),
)

TIGHTNESS = PathwayEvidence(
    pathway=Pathway.TIGHTNESS,
    claim="Running makes the front of the hip and the back of the thigh tighter. Up to a point that may hold the "
    "pelvis.",
    supports=(
        Finding(
            says="Stiffer runners use less energy. That is about speed, not about pain.",
            sample=Sample(population="elite male runners", people=34),
            figures=(figure("correlation, reach with energy", "0.68"),),
            source=JONES,
        ),
        Finding(
            says="A very small study found the same.",
            sample=Sample(population="trained runners", people=8),
            figures=(figure("correlation, reach with energy", "0.83"),),
            source=TREHEARN,
        ),
    ),
    against=(
        Finding(
            says="People with less reach in the back of the thigh got back pain more often, not less.",
            sample=Sample(
                population="adults who were followed", review=12, note="the unit of reach is not named"
            ),
            figures=(figure("odds ratio for each unit of reach", "0.96", "0.94", "0.98"),),
            source=SADLER,
        ),
        Finding(
            says="Among runners, stiff thighs and backs went with back pain.",
            sample=Sample(population="runners", review=19),
            source=MASELLI,
        ),
        Finding(
            says="Between stretching and doing nothing no clear difference was found.",
            sample=Sample(population="adults with long-term back pain", review=89),
            source=OWEN,
        ),
        Finding(
            says="A second review found none either.",
            sample=Sample(population="adults with long-term back pain", review=118),
            source=FERNANDEZ,
        ),
        Finding(
            says="A review of studies at one point in time could not tell.",
            sample=Sample(population="people with and without back pain", note="certainty very low"),
            source=HORI,
        ),
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
        figures=(
            said("points in a step", "2", reading=OWN),
            said("centimetres in a step", "5", reading=OWN),
        ),
    ),
)
