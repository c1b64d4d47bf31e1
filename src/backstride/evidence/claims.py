"""The article, claim by claim, in our words; where each is answered, and what is known of it."""

from dataclasses import dataclass
from enum import StrEnum

from backstride.core.measurement import Pathway
from backstride.evidence.daily_pathways import FIVE, STARTING_FEAR
from backstride.evidence.figure import Figure, said
from backstride.evidence.finding import Finding
from backstride.evidence.running import (
    DISCS_OF_THE_TRIAL,
    DOSE,
    FOAM_ROLLER,
    TRIAL_FUNCTION,
    TRIAL_HARMS,
    TRIAL_PAIN,
    WHO_DID_NOT,
)


class AnsweredBy(StrEnum):
    """What answers a claim for one person."""

    SAFETY = "the safety questions"
    WEEK_AND_SEASON = "your answer for the week and the season"
    PART = "your share for this pathway"
    DOSE = "your own curve of pain by minutes"
    PROVIDER = "your provider"
    LEG = "the days with symptoms in a leg, in Trends; they steer the plan, and are no part of the answer"
    FUNCTION = "the Roland-Morris sheet, every four weeks, in Trends; no part of the answer"
    DRINKS = "the next run after drinks, in Trends; no part of the answer"
    NOT_MEASURED = "nothing: it is not measured here"


@dataclass(frozen=True, slots=True)
class Claim:
    """One claim of the article.

    Attributes:
        number: 'Q', or 0 to 9; what belongs to one has its number and a letter.
        says: the claim in our words.
        answered_by: what answers it for one person.
        known: what is known in general, in plain words.
        pathway: the pathway it is about, or None.
        rests_on: the rows that carry what is known; of a pathway all of its own count as well.
        article: the numbers of the article that its sentence names.
    """

    number: str
    says: str
    answered_by: AnsweredBy
    known: str
    pathway: Pathway | None = None
    rests_on: tuple[Finding, ...] = ()
    article: tuple[Figure, ...] = ()


CLAIMS: tuple[Claim, ...] = (
    Claim(
        "Q",
        "I have back pain. Should I run?",
        AnsweredBy.SAFETY,
        "First the safety questions, then your own records. In one small trial run-walk did more than waiting.",
        rests_on=(TRIAL_PAIN,),
    ),
    Claim(
        "0",
        "I feared that running would make it worse. It did not.",
        AnsweredBy.PART,
        "Fear and trust matter for how people fare. In the trial more back pain was reported once, among 20 runners.",
        Pathway.CONFIDENCE,
        rests_on=(TRIAL_HARMS,),
    ),
    Claim(
        "0a",
        "I feared it at the start.",
        AnsweredBy.NOT_MEASURED,
        "Fear at the start is linked with how people fare. The diary asks each day how confident you are, and not "
        "about fear at the start.",
        rests_on=(STARTING_FEAR,),
    ),
    Claim(
        "0b",
        "I could not lie flat. Now I can.",
        AnsweredBy.FUNCTION,
        "The questionnaire asks about lying down, bed and sleep. In the running trial people could do a little "
        "more, by 5 of 100.",
        rests_on=(TRIAL_FUNCTION,),
    ),
    Claim(
        "0c",
        "The symptoms in my nerves went away, too.",
        AnsweredBy.LEG,
        "The running trial left out people whose leg hurt more than the back, and those with signs of a squeezed "
        "nerve. So for them it is not known.",
        rests_on=(WHO_DID_NOT,),
    ),
    Claim(
        "1",
        "Running makes my core strong.",
        AnsweredBy.PART,
        "It is possible. What was measured does not support it.",
        Pathway.CORE,
    ),
    Claim(
        "2",
        "Running takes weight off my back.",
        AnsweredBy.PART,
        "Weight matters over years. In 12 weeks running changes it too little.",
        Pathway.WEIGHT,
        article=(said("weeks of a season", "12"),),
    ),
    Claim(
        "3",
        "Running makes me drop bad habits.",
        AnsweredBy.PART,
        "Smoking likely plays a part. That running makes people smoke less is not shown.",
        Pathway.LIFESTYLE,
    ),
    Claim(
        "3a",
        "Running suffers when I smoke or drink.",
        AnsweredBy.DRINKS,
        "We did not search for trials on this. The diary compares days after drinks with days after none.",
    ),
    Claim(
        "3b",
        "A good diet is part of it.",
        AnsweredBy.NOT_MEASURED,
        "Fatty meals are counted. Other food is not. We found no study that links fat in food to back pain.",
    ),
    Claim(
        "4",
        "Running lifts my mood, and I feel less pain.",
        AnsweredBy.PART,
        "The best supported of the five, mostly in people with depression. Whether endorphins are the reason is "
        "not known.",
        Pathway.MOOD,
        article=(FIVE,),
    ),
    Claim(
        "5",
        "Tight hips and thighs may hold my pelvis in place, up to a point.",
        AnsweredBy.PART,
        "What was found points the other way, and is weak. A foam roller eases sore muscles; for the back nothing "
        "is known.",
        Pathway.TIGHTNESS,
        rests_on=(FOAM_ROLLER,),
    ),
    Claim(
        "5a",
        "Keep the foam roller.",
        AnsweredBy.NOT_MEASURED,
        "It eases sore muscles after sport. For the back nothing is known. The diary does not ask about it.",
        rests_on=(FOAM_ROLLER,),
    ),
    Claim(
        "6",
        "The more I run, the less pain I have.",
        AnsweredBy.DOSE,
        "In trials more helps up to a point only, and that is not sure. People run more when it hurts less.",
        rests_on=(DOSE,),
    ),
    Claim(
        "7",
        "Each of us is different. It works for me, not for all.",
        AnsweredBy.WEEK_AND_SEASON,
        "That is why this asks your own records. It is as ready to say no as yes.",
    ),
    Claim(
        "7a",
        "It works with two slipped discs and a crooked SI joint.",
        AnsweredBy.SAFETY,
        "A scan alone does not rule out running. In the trial discs did not change on the whole. What one person's "
        "disc does cannot be seen at home.",
        rests_on=(DISCS_OF_THE_TRIAL,),
        article=(said("slipped discs", "2"), said("crooked joints", "1")),
    ),
    Claim(
        "8",
        "Check with your own healthcare provider.",
        AnsweredBy.PROVIDER,
        "The safety questions name signs to ask about. You can print a note to take with you.",
    ),
    Claim(
        "9",
        "Have you found that running helps with your back pain?",
        AnsweredBy.WEEK_AND_SEASON,
        "That is exactly the question of your Answer page.",
    ),
)
