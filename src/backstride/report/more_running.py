"""'The more I run, the less pain I have', held against a person's own dose curve."""

from collections.abc import Sequence

from backstride.answer.answer import Answer, DosePoint
from backstride.answer.effect import Effect, Estimate
from backstride.answer.kinds import Question, TierLetter, Verdict
from backstride.report.amounts import direction, is_known, minutes, points, span
from backstride.report.language import _
from backstride.report.trust import is_small, shorter_breaks
from backstride.report.words import may_be_shown

SETTINGS = {
    Question.WEEK: "In a week of {top} of running",
    Question.SEASON: "After 12 weeks of {top} of running a week",
}
NAMES = {Question.WEEK: "The week:", Question.SEASON: "The season:"}
TRUE = "So far this is true for you."
TRUE_BUT_SMALL = "So far this is true for you, but the difference is too small to matter."
OTHER_WAY = "For you it is the other way round: more running, more pain."
OTHER_WAY_BUT_SMALL = "For you it is the other way round, but the difference is too small to matter."
NO_MATTER = "For you, more or less running makes no difference that matters."
NOT_KNOWN = "Your records can't tell more from less running yet."
FINDINGS = {
    (Verdict.HELPS, False): TRUE,
    (Verdict.HELPS_A_LITTLE, False): TRUE,
    (Verdict.HELPS_A_LITTLE, True): TRUE_BUT_SMALL,
    (Verdict.NO_DIFFERENCE, False): NO_MATTER,
    (Verdict.HARMS_A_LITTLE, True): OTHER_WAY_BUT_SMALL,
    (Verdict.HARMS_A_LITTLE, False): OTHER_WAY,
    (Verdict.HARMS, False): OTHER_WAY,
    (Verdict.CANNOT_TELL, False): NOT_KNOWN,
}
"""By the verdict, and whether it is too small to matter."""
TOO_LITTLE_DATA = "There are too few weeks with running to tell."
BY_FORM = {
    "minutes": "The line assumes that every minute counts the same. So it cannot show where more becomes too much.",
    "runs": (
        "Counting runs fits your mornings better than counting minutes. So each run counts the same here, short or "
        "long, and the line shows more or fewer runs."
    ),
    "short": (
        "Long runs count for less than their minutes here, as that fits your mornings better. The line cannot show "
        "where more becomes too much."
    ),
    "long": (
        "Long runs count for more than their minutes here, as that fits your mornings better. The line shows more or "
        "fewer runs like yours."
    ),
}
"""How the minutes of a run count in the analysis, and so what the line can show (`answer/run_form.py`)."""

MAIN_ALONE = "That is the main analysis alone. All analyses together leave more room, so it is no answer yet."


def more_running_sentence(curve: Sequence[DosePoint], effect: Effect, *, finds: bool = True) -> str:
    """Whether more running goes with less pain, as far as this curve and the verdict go.

    Args:
        curve: both Deltas by weekly minutes, from 0 up to the most really run.
        effect: the question's verdict, which decides the finding: the curve is of the main analysis alone, and has
            passed neither the other analyses nor the gates.
        finds: whether it says what that means for the claim, or only how large it is.
    """
    far = max(curve, key=lambda point: point.weekly_minutes, default=None)
    if far is None or far.weekly_minutes <= 0 or not is_known(_of(far, effect.question)):
        return _(TOO_LITTLE_DATA)
    there = _of(far, effect.question)
    lead = _(SETTINGS[effect.question]).format(top=minutes(far.weekly_minutes))
    if effect.tier.letter is TierLetter.LOOKING_BACK:
        return _company(lead, there)
    size = _size(lead, there, tier=effect.tier.letter)
    if effect.verdict is Verdict.CANNOT_TELL:
        size = f"{size} {_(MAIN_ALONE)}"
    return f"{_(FINDINGS[effect.verdict, effect.too_small])} {size}" if finds else size


def claim_sentence() -> str:
    """Quote the claim of the article."""
    return _("“The more I run, the less pain I have.”")


def more_running(answer: Answer, *, finds: bool = True) -> tuple[str, ...]:
    """Compare the claim with both dose-response curves; nothing where there are no numbers to trust.

    Args:
        answer: whose curves.
        finds: whether it says what they mean for the claim; where the verdicts stand already, they stand once.
    """
    shown = [effect for effect in answer.effects if may_be_shown(effect)]
    if not shown or not answer.dose:
        return (_(TOO_LITTLE_DATA),)
    facts = answer.facts
    most = max(facts.most_weekly_minutes, facts.usual_weekly_minutes)
    # the curve goes a little past what was ever run, where the records say nothing
    run = [point for point in answer.dose if point.weekly_minutes <= most]
    breaks = shorter_breaks(facts)
    sentences = (
        f"{_(NAMES[effect.question])} " + more_running_sentence(run, effect, finds=finds) for effect in shown
    )
    return (
        *sentences,
        " ".join((*_allowance(answer.week.tier.letter), _(BY_FORM[_form(facts.minutes_power)]))),
        *([breaks] if breaks and not is_small(answer.week) else ()),
    )


def _form(power: float) -> str:
    """Return the key of `BY_FORM` for a power of the minutes."""
    if power == 1.0:
        return "minutes"
    if power > 1.0:
        return "long"
    return "short" if power > 0.0 else "runs"


_CAN_LOOK_SO = {
    -1: "But people run more when it hurts less, and that alone can look like this.",
    0: "But people run more when it hurts less, and that can hide that a run makes it worse.",
    1: "Whatever else happens on days with a run, like work or little sleep, can make running look bad.",
}
"""What else can make it look so: less pain with more running, as much, or more."""


def _of(point: DosePoint, question: Question) -> Estimate:
    return point.week if question is Question.WEEK else point.season


def _allowance(tier: TierLetter) -> tuple[str, ...]:
    return (_("Both figures allow for bad mornings."),) if tier is TierLetter.MORNING_FIRST else ()


def _size(lead: str, there: Estimate, *, tier: TierLetter) -> str:
    """State the change: as what running does only where chance drew it, else as what the records show."""
    drawn = tier is TierLetter.RANDOMISED
    way = direction(there.mean)
    if way:
        template = (
            _("{lead} you have about {points} {way} pain in the morning than with none (likely {span}).")
            if drawn
            else _(
                "{lead} your records show about {points} {way} pain in the morning than with none (likely {span})."
            )
        )
    else:
        template = (
            _("{lead} you have about as much pain in the morning as with none (likely {span}).")
            if drawn
            else _("{lead} your records show about as much pain in the morning as with none (likely {span}).")
        )
    return template.format(lead=lead, points=points(there.mean), way=way, span=span(there.interval_80))


def _company(lead: str, there: Estimate) -> str:
    way = direction(there.mean)
    seen = (
        _("{lead} your records show {points} {way} pain than with none.")
        if way
        else _("{lead} your records show as much pain as with none.")
    )
    return (
        _("Can't tell.")
        + " "
        + seen.format(lead=lead, points=points(there.mean), way=way)
        + " "
        + _(_CAN_LOOK_SO[(there.mean > 0) - (there.mean < 0) if way else 0])
    )
