"""What trials say of running itself, and the season's beliefs that are made of it."""

from dataclasses import dataclass

from backstride.evidence.finding import Finding
from backstride.evidence.sources import (
    ASTEROID,
    BELAVY,
    COCHRANE,
    DISCS,
    LIANG,
    MASELLI,
    NICE,
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
        "In the same trial they could do a little more. That was less than what people notice, as its authors say.",
        "40 people; disability -5.2 of 100 (-10.1 to -0.2)",
        ASTEROID,
    ),
    Finding(
        "Back pain is less common in runners than in others. Those who hurt may have stopped.",
        "a review of 19 studies",
        MASELLI,
    ),
    Finding("Runners had discs that held more water.", "79 people, at one point in time", BELAVY),
    Finding("In the running trial discs did not change on the whole.", "40 people", DISCS),
    Finding("English advice is to stay active, and exercise of many kinds.", "", NICE),
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
        "After a bout of back pain some got a walking plan and six talks with a physiotherapist. They stayed well "
        "for longer than the others.",
        "701 people; hazard ratio 0.72 (0.60 to 0.85); median 208 days against 112",
        WALKBACK,
    ),
    Finding(
        "More exercise helps up to a point, then less again. It is not sure.",
        "82 trials, 5,033 people; most at 920 MET-minutes a week",
        LIANG,
    ),
    Finding(
        "Exercise that may hurt did a bit better at first, and the same later. Few of these trials were on backs.",
        "7 trials, 385 people; short-term difference -0.27 (-0.54 to -0.05)",
        SMITH,
    ),
    Finding(
        "A foam roller eases sore muscles after exercise. For backs nothing was found.",
        "standardised difference 0.47",
        WIEWELHOVE,
    ),
    Finding(
        "An app for trials on oneself did not keep pain from getting in the way any better than usual care.",
        "215 people; no clear difference at 6 months",
        PREEMPT,
    ),
)

LIMITS: tuple[str, ...] = (
    "No trial that we found sets running against walking.",
    "The one running trial took adults of 18 to 45 who did not run, at low risk for sport, and no top athletes.",
    "It left out people with leg pain from the back, or with a hurt leg. It left out those who had spine surgery, "
    "pregnant women, and women for a year after a birth.",
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
        "The running trial, drawn towards the best trials of all kinds of sport. Its average pain stands "
        "for that of a morning. It is wide, since people differ.",
    ),
    SeasonBelief("sceptic", 0.0, 0.5, "What someone might believe who has seen many small trials shrink."),
)
