"""The pathways that move from day to day: lifestyle, mood, confidence in moving."""

from backstride.core.measurement import Pathway
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

LIFESTYLE = PathwayEvidence(
    pathway=Pathway.LIFESTYLE,
    claim="You can smoke, drink, eat fatty food and still run. But running suffers, so runners come to change.",
    supports=(
        Finding(
            "Smokers have back pain more often, and get it more often.",
            "long-lasting pain 1.79 (1.27 to 2.50); new pain 1.31 (1.11 to 1.55), adults 1.16 (1.02 to 1.32)",
            SHIRI,
        ),
        Finding(
            "Genes that make people start smoking make back pain more common. That points to a cause.",
            "odds ratio 1.36 (1.22 to 1.52)",
            LV,
        ),
    ),
    against=(
        Finding("For drinking the same kind of study is not sure.", "odds ratio 1.36 (0.94 to 1.97)", LV),
        Finding("Coaching by phone did not change the habits in a trial.", "160 people", WILLIAMS),
        Finding("In another trial it did not change smoking.", "346 people", HELP),
    ),
    grade=Grade("D", "Smoking likely plays a part (C). That running brings the change is not shown (D)."),
    verdict="We found no trial in which people took up running and then smoked or drank less. On fatty food "
    "we found none at all.",
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
    ),
)

MOOD = PathwayEvidence(
    pathway=Pathway.MOOD,
    claim="Endorphins lift your mood. They can change how the body works and lower how much pain you feel.",
    supports=(
        Finding(
            "In people with depression, walking or jogging lifted mood.",
            "people with depression; standardised difference -0.62 (-0.80 to -0.45)",
            NOETEL,
        ),
        Finding(
            "In people with back pain, moving at a steady pace helped the mind.",
            "part of a review of 89 studies; effect size -1.18 (-2.20 to -0.15)",
            OWEN,
        ),
        Finding(
            "Those who moved more could do more after a year; less pain and less dark thinking went with it.",
            "400 people, watched, not drawn by chance",
            MARSHALL,
        ),
        Finding(
            "After a steady walk or ride people bear a bit more pressure before it hurts.",
            "11 studies, 590 people, 7 with no group to compare; median 10.6 %; each from 2.2 to 24.1",
            TAN,
        ),
    ),
    against=(
        Finding(
            "Of the same 400, those who got worse moved about as much as those who got better. How is not clear.",
            "400 people, watched, not drawn by chance",
            MARSHALL,
        ),
        Finding(
            "Right after it healthy people feel less of a pain set on purpose; in long pain no such trial was found.",
            "healthy: 7 studies, 236 people, -0.85 (-1.58 to -0.13); long pain, holding still: -0.41 (-1.08 to 0.25)",
            WEWEGE,
        ),
        Finding(
            "Whether endorphins do it is disputed. Other substances rise, and proof in people is still thin.",
            "a rise in 14 of 17 studies",
            ENDOCANNABINOIDS,
        ),
    ),
    grade=Grade("B-", "The best borne out of the five, but as mood, not as endorphins."),
    verdict="In depression it lifts mood, and mood and pain go together. That endorphins do it is not known.",
    learnable=DAILY,
    belief=Belief(
        unit="2 points of your rating",
        phi_mean=0.50,
        phi_sd=0.20,
        reach=0.5,
        delta_sd=0.30,
        daily_sd=0.50,
        error_sd=0.5,
        why="Centred on none, as the others are, so that the answer is yours and not the trials'.",
    ),
)

CONFIDENCE = PathwayEvidence(
    pathway=Pathway.CONFIDENCE,
    claim="The fear was that running makes it worse. It did not. (The trials add this to the article's five.)",
    supports=(
        Finding(
            "Those who moved more could do more after a year; less dark thinking about pain went with it.",
            "400 people, watched, not drawn by chance",
            MARSHALL,
        ),
        Finding(
            "Trust in oneself stands between fear at the start and how people fare later.",
            "a review of 15 studies",
            ALHOWIMEL,
        ),
    ),
    against=(
        Finding(
            "Of the same 400, those who got worse moved about as much as those who got better. How is not clear.",
            "400 people, watched, not drawn by chance",
            MARSHALL,
        ),
        Finding(
            "The same review found a tie to what people can do, less so to how much it hurts.",
            "a review of 15 studies",
            ALHOWIMEL,
        ),
    ),
    grade=Grade("C+", "Partly borne out, and mostly from watching people, not from trials."),
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
        why="Centred on none, as the others are. Trust moves more slowly than mood.",
    ),
)
