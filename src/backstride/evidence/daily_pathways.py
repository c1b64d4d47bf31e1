"""The pathways that move from day to day: lifestyle, mood, confidence in moving."""

from backstride.core.measurement import Pathway
from backstride.core.source import Reading
from backstride.evidence.figure import Sample, Spread, figure, said
from backstride.evidence.finding import Belief, Finding, Grade, PathwayEvidence
from backstride.evidence.sources import (
    ALHOWIMEL,
    ENDOCANNABINOIDS,
    HELP,
    LV,
    MARSHALL,
    NOETEL,
    OWEN,
    SHIRI,
    TAN,
    WEWEGE,
    WILLIAMS,
)

DAILY = "You note it each day, so your own records can tell within weeks."

OWN = Reading.OWN
TWO_POINTS = (said("points in a step", "2", reading=OWN),)
FIVE = said("ways that the article names", "5")
WATCHED = Sample(
    population="people with long-term back pain", people=400, note="watched, not drawn by chance"
)
AS_MUCH_MOVED = Finding(
    says="Of the same 400, those who got worse moved about as much as those who got better. How is not clear.",
    sample=WATCHED,
    source=MARSHALL,
)
STARTING_FEAR = Finding(
    says="Confidence is a link between fear at the start and how people fare later.",
    sample=Sample(population="people with back pain", review=15),
    source=ALHOWIMEL,
)

LIFESTYLE = PathwayEvidence(
    pathway=Pathway.LIFESTYLE,
    claim="You can smoke, drink, eat fatty food and still run. But running suffers, so runners come to change.",
    supports=(
        Finding(
            says="Smokers have back pain more often, and get it more often.",
            sample=Sample(population="smokers and others", studies=40),
            figures=(
                figure("odds ratio of long-lasting pain", "1.79", "1.27", "2.50"),
                figure("odds ratio of new pain", "1.31", "1.11", "1.55"),
                figure("odds ratio of new pain in adults", "1.16", "1.02", "1.32"),
            ),
            source=SHIRI,
        ),
        Finding(
            says="Genes that make people start smoking make back pain more common. That points to a cause.",
            sample=Sample(population="people whose genes were tested"),
            figures=(figure("odds ratio of back pain", "1.36", "1.22", "1.52"),),
            source=LV,
        ),
    ),
    against=(
        Finding(
            says="For drinking the same kind of study is not sure.",
            sample=Sample(population="people whose genes were tested"),
            figures=(figure("odds ratio of back pain", "1.36", "0.94", "1.97"),),
            source=LV,
        ),
        Finding(
            says="Coaching by phone did not change the habits in a trial.",
            sample=Sample(population="heavy people with long-term back pain", people=160),
            source=WILLIAMS,
        ),
        Finding(
            says="In another trial it did not change smoking.",
            sample=Sample(population="people with long-term back pain and an unhealthy habit", people=346),
            source=HELP,
        ),
    ),
    grade=Grade("D", "Smoking likely plays a part (C). That running brings the change is not shown (D)."),
    verdict="We found no trial in which people took up running and then smoked or drank less. On fatty food we "
    "found none at all.",
    learnable=DAILY,
    belief=Belief(
        unit="a count that goes from 0 to 1, from 1 to 4, or from 4 to 9",
        phi_mean=0.50,
        phi_sd=0.20,
        reach=0.5,
        delta_sd=0.30,
        daily_sd=0.50,
        error_sd=0.5,
        why="Either way is open, and one step is taken to move pain by 0.3 points or so.",
        figures=tuple(said("count in steps", n, reading=OWN) for n in ("0", "1", "4", "9")),
    ),
)

MOOD = PathwayEvidence(
    pathway=Pathway.MOOD,
    claim="Endorphins lift your mood. They can change how the body works and lower how much pain you feel.",
    supports=(
        Finding(
            says="In people with depression, walking or jogging lifted mood.",
            sample=Sample(population="adults with depression who walked or jogged", people=1210, review=218),
            figures=(figure("SMD, depression", "-0.62", "-0.80", "-0.45"),),
            source=NOETEL,
        ),
        Finding(
            says="In people with back pain, moving at a steady pace helped the mind.",
            sample=Sample(
                population="adults with long-term back pain",
                studies=16,
                review=89,
                note="the 16 tried exercise of any kind",
            ),
            figures=(figure("SMD, mental health", "-1.18", "-2.20", "-0.15"),),
            source=OWEN,
        ),
        Finding(
            says="Those who moved more could do more after a year; less pain and less dark thinking went with it.",
            sample=WATCHED,
            source=MARSHALL,
        ),
        Finding(
            says="After a steady walk or ride, or weeks of them, people with long-term pain were a bit less "
            "sensitive to it.",
            sample=Sample(
                population="people with long-term pain",
                people=590,
                studies=11,
                note="measured by pressure or by ratings, 7 of them with no group to compare",
            ),
            figures=(
                figure("gain of the median study", "10.6", "2.2", "24.1", spread=Spread.RANGE, unit="%"),
                said("studies with no group to compare", "7"),
            ),
            source=TAN,
        ),
    ),
    against=(
        AS_MUCH_MOVED,
        Finding(
            says="Right after it healthy people feel less of a pain set on purpose; in long-term pain no such "
            "trial was found.",
            sample=Sample(population="healthy people", people=236, studies=7),
            figures=(
                figure("SMD, healthy people", "-0.85", "-1.58", "-0.13"),
                figure("SMD, long-term pain, holding still", "-0.41", "-1.08", "0.25"),
            ),
            source=WEWEGE,
        ),
        Finding(
            says="Whether endorphins are the reason is disputed. Other substances rise, and proof in people is "
            "still thin.",
            sample=Sample(population="people after exercise", studies=17),
            figures=(figure("studies with a rise", "14"),),
            source=ENDOCANNABINOIDS,
        ),
    ),
    article=(FIVE,),
    grade=Grade("B-", "The best supported of the five, but as mood, not as endorphins."),
    verdict="In depression it lifts mood, and mood and pain are linked. Whether endorphins are the reason is not "
    "known.",
    learnable=DAILY,
    belief=Belief(
        unit="2 points of your rating",
        phi_mean=0.50,
        phi_sd=0.20,
        reach=0.5,
        delta_sd=0.30,
        daily_sd=0.50,
        error_sd=0.5,
        figures=TWO_POINTS,
        why="Centred on none, as the others are, so that the answer is yours and not the trials'.",
    ),
)

CONFIDENCE = PathwayEvidence(
    pathway=Pathway.CONFIDENCE,
    claim="The fear was that running makes it worse. It did not. (This comes from the trials.)",
    article=(FIVE,),
    supports=(
        Finding(
            says="Those who moved more could do more after a year; less dark thinking about pain went with it.",
            sample=WATCHED,
            source=MARSHALL,
        ),
        STARTING_FEAR,
    ),
    against=(
        AS_MUCH_MOVED,
        Finding(
            says="The same review found a link with what people can do, less so to how much it hurts.",
            sample=Sample(population="people with back pain", review=15),
            source=ALHOWIMEL,
        ),
    ),
    grade=Grade("C+", "Partly supported, and mostly by watching people, not by trials."),
    verdict="People who come to trust their back do better. That running builds the trust is likely, not shown.",
    learnable=DAILY,
    belief=Belief(
        unit="2 points of your rating",
        phi_mean=0.80,
        phi_sd=0.12,
        reach=0.5,
        delta_sd=0.30,
        daily_sd=0.30,
        error_sd=0.5,
        figures=TWO_POINTS,
        why="Centred on none, as the others are. Trust moves more slowly than mood.",
    ),
)
