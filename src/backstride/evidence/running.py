"""What trials say of running itself, and the season's beliefs that are made of it."""

from dataclasses import dataclass

from backstride.core.source import Reading
from backstride.evidence.figure import Sample, figure, said
from backstride.evidence.finding import Finding
from backstride.evidence.sources import (
    ASTEROID,
    BELAVY,
    COCHRANE,
    DISCS,
    LIANG,
    MASELLI,
    NICE,
    NONE_FOUND,
    PREEMPT,
    REGISTRATION,
    SMITH,
    WALKBACK,
    WALLWORK,
    WHO_REVIEW,
    WIEWELHOVE,
)

OWN = Reading.OWN
IN_THE_TRIAL = Sample(
    population="adults with long-term back pain who did not run", people=40, note="mean age 33, not blinded"
)
RUNNERS_OF_THE_TRIAL = Sample(population="those who were to run", people=20)

TRIAL_PAIN = Finding(
    says="One small trial let people with long-term back pain run and walk for 12 weeks, with the help of an "
    "exercise physiologist. Their pain fell more than in those who waited.",
    sample=IN_THE_TRIAL,
    figures=(
        figure("average pain, of 100", "-15.3", "-25.3", "-5.3"),
        figure("pain at the moment, of 100", "-19.4", "-32.0", "-6.7"),
        said("trials", "1"),
        said("weeks", "12"),
        said("mean age", "33"),
    ),
    source=ASTEROID,
)
TRIAL_HARMS = Finding(
    says="Nobody dropped out of it. Nine harms were likely due to running, and none was serious: seven times an "
    "injury or pain of the lower limb, once more back pain, and once a faint with an illness behind it.",
    sample=RUNNERS_OF_THE_TRIAL,
    figures=(
        figure("harms likely due to running", "9"),
        figure("share of sessions done", "70", unit="%"),
        said("reports of injury or pain of the lower limb", "7"),
        said("reports of more back pain", "1"),
        said("reports of a faint", "1"),
    ),
    source=ASTEROID,
)
TRIAL_FUNCTION = Finding(
    says="In the same trial they could do a little more. That was less than what people notice, as its authors say.",
    sample=IN_THE_TRIAL,
    figures=(figure("disability, of 100", "-5.2", "-10.1", "-0.2"), said("top of the scale", "100")),
    source=ASTEROID,
)
RUNNERS_HURT_LESS = Finding(
    says="Back pain is less common in runners than in others. Those in pain may have stopped.",
    sample=Sample(population="runners", review=19),
    source=MASELLI,
)
DISCS_OF_RUNNERS = Finding(
    says="Runners had discs that held more water.",
    sample=Sample(population="runners and others", people=79, note="at one point in time"),
    source=BELAVY,
)
DISCS_OF_THE_TRIAL = Finding(
    says="In the running trial discs did not change on the whole.", sample=IN_THE_TRIAL, source=DISCS
)
ADVICE = Finding(says="English advice is to stay active, and exercise of many kinds.", source=NICE)
EXERCISE = Finding(
    says="Exercise of any kind lowers long-term back pain clearly.",
    sample=Sample(population="adults with long-term back pain", people=2746, studies=35),
    figures=(figure("pain, of 100", "-15", "-18", "-12"),),
    source=COCHRANE,
)
BEST_TRIALS = Finding(
    says="In the best trials alone it is about half as much.",
    sample=Sample(population="adults with long-term back pain", studies=8),
    figures=(
        figure("SMD, pain", "-0.33", "-0.58", "-0.08"),
        figure("the same of 100, if the usual spread is 22", "-7", reading=OWN),
        said("share of the line above", "0.5", reading=OWN),
    ),
    source=WHO_REVIEW,
)
WALKING = Finding(
    says="After a bout of back pain some got a walking plan and six talks with a physiotherapist. It took longer "
    "than in the others until a bout held them back again.",
    sample=Sample(population="adults who had just got over a bout", people=701),
    figures=(
        figure("hazard ratio of a new bout that holds back", "0.72", "0.60", "0.85"),
        figure("median days until it, with the plan", "208", "149", "295"),
        figure("median days until it, without", "112", "89", "140"),
        said("talks", "6"),
    ),
    source=WALKBACK,
)
DOSE = Finding(
    says="More exercise helps up to a point, then less again. It is not sure.",
    sample=Sample(
        population="adults with long-term back pain",
        people=5033,
        studies=82,
        note="certainty very low - moderate",
    ),
    figures=(figure("the most in a week, MET-minutes", "920"),),
    source=LIANG,
)
PAINFUL = Finding(
    says="Exercise that may hurt did a bit better at first, and the same later. Few of these trials were on backs.",
    sample=Sample(population="people with long-term pain", people=385, studies=7),
    figures=(figure("SMD, pain at first", "-0.27", "-0.54", "-0.05"),),
    source=SMITH,
)
FOAM_ROLLER = Finding(
    says="A foam roller eases sore muscles after exercise. For backs nothing was found.",
    sample=Sample(population="people who did sport", studies=7),
    figures=(figure("SMD, muscle pain", "0.47"),),
    source=WIEWELHOVE,
)
APP_TRIAL = Finding(
    says="An app for trials on oneself did not keep pain from getting in the way any better than usual care.",
    sample=Sample(
        population="people with long-term pain", people=215, note="no clear difference at 6 months"
    ),
    figures=(said("months", "6"),),
    source=PREEMPT,
)
RUNNING: tuple[Finding, ...] = (
    TRIAL_PAIN,
    TRIAL_HARMS,
    TRIAL_FUNCTION,
    RUNNERS_HURT_LESS,
    DISCS_OF_RUNNERS,
    DISCS_OF_THE_TRIAL,
    ADVICE,
    EXERCISE,
    BEST_TRIALS,
    WALKING,
    DOSE,
    PAINFUL,
    FOAM_ROLLER,
    APP_TRIAL,
)

NO_WALKING_TRIAL = Finding(says="No trial that we found compares running with walking.", source=NONE_FOUND)
WHO_TOOK_PART = Finding(
    says="The one running trial took adults of 18 to 45 who did not run, at low risk for sport, and no top athletes.",
    sample=IN_THE_TRIAL,
    figures=(said("trials", "1"), said("least age", "18"), said("most age", "45")),
    source=REGISTRATION,
)
WHO_DID_NOT = Finding(
    says="It left out people whose leg hurt more than the back, and those with signs of a squeezed nerve. It left "
    "out people with a hurt leg, a hurt spine or spine surgery. It left out women who were pregnant, nursed a "
    "baby or had given birth within a year.",
    sample=IN_THE_TRIAL,
    source=REGISTRATION,
)
NATURAL_COURSE = Finding(
    says="Pain goes up and down by itself, and people often start when it is worst. So part of the fall in pain "
    "would have come anyway.",
    sample=Sample(population="people with new or long-term back pain", people=17974, review=95),
    source=WALLWORK,
)
LIMITS: tuple[Finding, ...] = (NO_WALKING_TRIAL, WHO_TOOK_PART, WHO_DID_NOT, NATURAL_COURSE)


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
        "The running trial, moved towards the best trials of all kinds of sport. Its average pain stands for that "
        "of a morning; pain at the moment fell by more. The belief is wide, since people differ.",
    ),
    SeasonBelief("sceptic", 0.0, 0.5, "What someone might believe who has seen many small trials shrink."),
)
