"""The article, claim by claim, in our words; where each is answered, and what is known of it."""

from dataclasses import dataclass
from enum import StrEnum

from backstride.core.measurement import Pathway


class AnsweredBy(StrEnum):
    """What answers a claim for one person."""

    SAFETY = "the safety questions"
    WEEK_AND_SEASON = "your answer for the week and the season"
    PART = "your part for this pathway"
    DOSE = "your own dose curve"
    PROVIDER = "your provider"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of the article.

    Attributes:
        number: 'Q', or 0 to 9.
        says: the claim in our words.
        answered_by: what answers it for one person.
        known: what is known in general, in plain words.
        pathway: the pathway it is about, or None.
    """

    number: str
    says: str
    answered_by: AnsweredBy
    known: str
    pathway: Pathway | None = None


CLAIMS: tuple[Claim, ...] = (
    Claim(
        "Q",
        "I have back pain. Should I run?",
        AnsweredBy.SAFETY,
        "First the safety questions, then your own records. In one small trial run-walk did more than waiting.",
    ),
    Claim(
        "0",
        "I feared that running would make it worse. It did not.",
        AnsweredBy.PART,
        "Fear and trust matter for how people fare. In the trial one runner of 20 had more back pain.",
        Pathway.CONFIDENCE,
    ),
    Claim(
        "1",
        "Running makes my core strong.",
        AnsweredBy.PART,
        "It could be so. What was measured does not bear it out.",
        Pathway.CORE,
    ),
    Claim(
        "2",
        "Running takes weight off my back.",
        AnsweredBy.PART,
        "Weight matters over years. In 12 weeks running changes it too little.",
        Pathway.WEIGHT,
    ),
    Claim(
        "3",
        "Running makes me drop bad habits.",
        AnsweredBy.PART,
        "Smoking likely plays a part. That running makes people smoke less is not shown.",
        Pathway.LIFESTYLE,
    ),
    Claim(
        "4",
        "Running lifts my mood and lowers how I feel pain.",
        AnsweredBy.PART,
        "The best borne out of the five, mostly in people with depression. That endorphins do it is not known.",
        Pathway.MOOD,
    ),
    Claim(
        "5",
        "Tight hips and thighs may hold my pelvis, up to a point.",
        AnsweredBy.PART,
        "What was found points the other way. A foam roller eases sore muscles; for the back nothing is known.",
        Pathway.TIGHTNESS,
    ),
    Claim(
        "6",
        "The more I run, the less pain I have.",
        AnsweredBy.DOSE,
        "In trials more helps up to a point only, and that is not sure. People run more when it hurts less.",
    ),
    Claim(
        "7",
        "Each of us is different. It works for me, not for all.",
        AnsweredBy.WEEK_AND_SEASON,
        "That is why this asks your own records. It is as ready to say no as yes.",
    ),
    Claim(
        "8",
        "Check with your own healthcare provider.",
        AnsweredBy.PROVIDER,
        "The safety questions name signs to ask about. A note to take along can be printed.",
    ),
    Claim(
        "9",
        "Have you found that running helps with your back pain?",
        AnsweredBy.WEEK_AND_SEASON,
        "That is the very question of your answer page.",
    ),
)
