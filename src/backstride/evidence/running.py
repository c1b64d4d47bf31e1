"""What trials say of running itself, and the season's beliefs that are made of it."""

from dataclasses import dataclass

from backstride.evidence.finding import Finding
from backstride.evidence.sources import (
    ASTEROID,
    COCHRANE,
    LIANG,
    PREEMPT,
    SMITH,
    WALKBACK,
    WHO_REVIEW,
    WIEWELHOVE,
)

RUNNING: tuple[Finding, ...] = (
    Finding(
        "One small trial let people with long back pain run and walk for 12 weeks. Their pain fell more than in "
        "those who waited.",
        "40 people, mean age 33, not blinded; average pain -15.3 of 100 (-25.3 to -5.3)",
        ASTEROID,
    ),
    Finding(
        "Nobody dropped out of it. Seven times a knee or ankle hurt, once the back did, and one person fainted.",
        "20 runners, 9 events; 70 % of sessions done",
        ASTEROID,
    ),
    Finding(
        "Exercise of any kind lowers long back pain a fair bit.",
        "-15 of 100 (12 to 18 better); 35 studies, 2,746 people",
        COCHRANE,
    ),
    Finding(
        "In the best trials alone it is about half as much.",
        "standardised difference -0.33 (-0.58 to -0.08)",
        WHO_REVIEW,
    ),
    Finding(
        "After a bout of back pain, people who walked stayed well for longer.",
        "701 people; hazard ratio 0.72 (0.60 to 0.85); median 208 days against 112",
        WALKBACK,
    ),
    Finding(
        "More exercise helps up to a point, then less again. It is not sure.",
        "82 trials, 5,033 people; most at 920 MET-minutes a week",
        LIANG,
    ),
    Finding(
        "Exercise that hurts a little did no worse than exercise that does not.",
        "short-term difference -0.27 (-0.54 to -0.05)",
        SMITH,
    ),
    Finding(
        "A foam roller eases sore muscles after exercise. For backs nothing was found.",
        "standardised difference 0.47",
        WIEWELHOVE,
    ),
    Finding(
        "An app for trials on oneself did not lower pain more than usual care.",
        "215 people; no clear difference at 6 months",
        PREEMPT,
    ),
)

LIMITS: tuple[str, ...] = (
    "No trial that we found sets running against walking.",
    "The one running trial left out people with leg pain from the back, or with a hurt leg. It left out those who "
    "had spine surgery, and women with child or a young baby.",
    "Pain goes up and down by itself, and people often start when it is worst. So part of a fall would have come "
    "anyway.",
)


@dataclass(frozen=True, slots=True)
class SeasonBelief:
    """A belief about 12 weeks of running, as a normal distribution in points of 0-10.

    Attributes:
        name: as on the answer page.
        mean, sd: negative is less pain.
        why: where it comes from, in plain words.
    """

    name: str
    mean: float
    sd: float
    why: str


SEASON_BELIEFS: tuple[SeasonBelief, ...] = (
    SeasonBelief(
        "trials",
        -0.8,
        1.0,
        "The running trial, drawn towards the best trials of all kinds of sport. It is wide, since people differ.",
    ),
    SeasonBelief("sceptic", -0.3, 0.6, "What someone might believe who has seen many small trials shrink."),
)
