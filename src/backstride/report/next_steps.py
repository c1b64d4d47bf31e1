"""The next step below the verdicts: what would settle an open question, and the page on which it is done."""

from collections.abc import Sequence

from backstride.answer.answer import Answer
from backstride.answer.kinds import Opener
from backstride.report.language import _
from backstride.report.markup import Markup, element, joined, paragraphs, styled
from backstride.report.open_words import OPENERS
from backstride.report.sections import section
from backstride.report.words import has_numbers

Step = tuple[str, str]
"""The address of a page of the app, and the words of the link."""
CHECK_IN: Step = ("/", "Go to today's check-in")
DRAWING: Step = ("/plan#days", "Let chance pick, on the Plan page")
IMPORTING: Step = ("/diary#bring", "Import your runs")
PAGES: dict[Opener, tuple[Step, ...]] = {
    Opener.RUNS: (IMPORTING, ("/diary", "Add runs, and days without one")),
    Opener.RATING_BEFORE: (("/help/before-run", "How to rate before a run"),),
    Opener.CHANGE_OF_LOAD: (("/plan", "See your plan"),),
    Opener.BLOCKS: (DRAWING,),
    Opener.DRAW: (DRAWING,),
    Opener.KEEP_TO_DRAW: (("/plan", "See your plan"),),
    Opener.DAYS: (CHECK_IN,),
    Opener.IRREGULAR_DAYS: (DRAWING,),
    Opener.RUNS_WITHOUT_MEDICINE: (("/report/clinician", "Make a report for your provider"),),
    Opener.FINER_RATINGS: (CHECK_IN,),
    Opener.ONE_LENGTH: (("/plan", "See your plan"),),
    Opener.WHOLE_WEEKS: (("/plan", "See your plan"),),
    Opener.DAY_BETWEEN: (("/plan", "See your plan"),),
    Opener.SAME_MOMENT: (("/settings/reminders", "Set a reminder"),),
    Opener.RATING_ON_THE_DAY: (("/settings/reminders", "Set a reminder"),),
    Opener.NOTHING_KNOWN: (("/help/what-the-answer-means", "What each number means"),),
}
"""Where each is done; each opener has a page, so that no step ends in words alone."""


def next_step(answer: Answer, *, in_app: bool) -> Markup:
    """Render the most helpful next step; nothing where both questions have a verdict.

    One step, where the others stand in `outlook_section`; all of them where the page stops before it.

    Args:
        answer: what was worked out.
        in_app: whether the pages of the app are there to link to.
    """
    if not any(effect.reason for effect in answer.effects):
        return Markup()
    openers = openers_of(answer)
    if not openers:
        return section(
            "next",
            _("Next step"),
            paragraphs([_("Carry on as you are: more mornings help.")]),
            _links([Opener.DAYS], in_app=in_app),
        )
    shown = openers[:1] if has_numbers(answer) else openers
    said = paragraphs(_(OPENERS[opener]) for opener in shown)
    return section("next", _("Next step"), said, _links(shown, in_app=in_app))


def openers_of(answer: Answer) -> list[Opener]:
    """List what would settle the open questions, each once; more days have no sentence and are left out."""
    found = [opener for effect in answer.effects if effect.reason for opener in effect.reason.opened_by]
    return [opener for opener in dict.fromkeys(found) if opener in OPENERS]


def _links(openers: Sequence[Opener], *, in_app: bool) -> Markup:
    if not in_app:
        return Markup()
    steps = dict.fromkeys(step for opener in openers for step in PAGES[opener])
    links = (element("a", _(label), attributes={"href": path}) for path, label in steps)
    return styled("p", "go", joined(part for link in links for part in (link, Markup(" "))))
