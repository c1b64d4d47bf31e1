"""The article answered claim by claim for one person: what is known in general, and what their records say."""

from dataclasses import dataclass

from backstride.answer.answer import Answer
from backstride.answer.effect import PathPart
from backstride.answer.kinds import TierLetter
from backstride.core.measurement import Pathway
from backstride.evidence.claims import CLAIMS, AnsweredBy, Claim
from backstride.report.amounts import direction, is_known, points, span
from backstride.report.language import _
from backstride.report.more_running import more_running
from backstride.report.pathways import NEEDED_MEASUREMENTS, PATH_WORDS
from backstride.report.trust import rests_words
from backstride.report.words import may_be_shown

NOT_IN_THE_ANSWER = {
    AnsweredBy.LEG: (
        "Trends shows on how many days you had a sign in a leg, now and before. The plan takes it into "
        "account. The answer does not use it."
    ),
    AnsweredBy.FUNCTION: (
        "Trends shows your sheets and how they changed, if you fill them in: Diary, Tests. The answer "
        "does not use them."
    ),
    AnsweredBy.DRINKS: (
        "Trends compares your runs after drinks with those after none. Smoking is not compared with runs."
        " The answer does not use it."
    ),
    AnsweredBy.NOT_MEASURED: "This is not measured.",
}


@dataclass(frozen=True, slots=True)
class AnsweredClaim:
    """One claim: as the article means it, as it is known, and as this person's records have it."""

    claim: str
    known: str
    yours: tuple[str, ...]


def article_answered(answer: Answer) -> tuple[AnsweredClaim, ...]:
    """Every claim of the article, in its order."""
    return tuple(AnsweredClaim(_(c.says), _(c.known), _yours(c, answer)) for c in CLAIMS)


def _yours(claim: Claim, answer: Answer) -> tuple[str, ...]:
    if claim.answered_by is AnsweredBy.DOSE:
        return more_running(answer)
    if claim.answered_by is AnsweredBy.WEEK_AND_SEASON:
        return (_("The verdicts at the top of this page are about that."),)
    if claim.pathway is not None:
        return (_part(claim.pathway, answer),)
    if claim.answered_by in NOT_IN_THE_ANSWER:
        return (_(NOT_IN_THE_ANSWER[claim.answered_by]),)
    return (_("That is for you and your provider: your records cannot tell."),)


def _part(pathway: Pathway, answer: Answer) -> str:
    part = next((p for p in answer.season.parts if p.name == pathway.value), None)
    if not may_be_shown(answer.season) or part is None:
        return _("There is no answer for the season yet, so there are no parts of it.")
    if part.estimate is None or not is_known(part.estimate):
        template = _("Not measured enough: {n} of at least {least} values. {how}")
        how = _(PATH_WORDS[pathway].how_to)
        return template.format(n=part.measurements, least=NEEDED_MEASUREMENTS, how=how)
    return _share(part, answer.season.tier.letter)


def _share(part: PathPart, tier: TierLetter) -> str:
    assert part.estimate is not None
    way = direction(part.estimate.mean)
    change = (
        _("{points} {way} pain").format(points=points(part.estimate.mean), way=way) if way else _("nothing")
    )
    template = (
        _("In your records it goes together with {change} over a season (likely {span}). It rests {share}.")
        if tier is TierLetter.LOOKING_BACK
        else _("In your records its part of the season is {change} (likely {span}). It rests {share}.")
    )
    share = rests_words(part.data_share)
    return template.format(change=change, span=span(part.estimate.interval_80), share=share)
