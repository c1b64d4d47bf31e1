"""backstride screen."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from backstride.cli.speech import with_language

if TYPE_CHECKING:
    from backstride.core.clearance import Clearance, Reply
    from backstride.screening.item import Item
    from backstride.screening.occasions import Occasion
    from backstride.services.screen import SafetyAnswers

WIDTH = 79


@click.command(
    epilog="""\b
Examples:
  backstride screen                                   asks the questions
  backstride screen --occasion weekly                 three taps
  backstride screen --diary                           asks what is due, and keeps it
  backstride screen --answers mine.json --note note.txt
  backstride screen --yes leg_injury --no-others
"""
)
@click.option(
    "--occasion",
    type=click.Choice(
        [
            "start",
            "weekly",
            "flare",
            "leg",
            "bone",
            "illness",
            "seen",
            "seen soon",
            "birth",
            "healed",
            "again",
        ]
    ),
    help="At the start (as it is unless told); each week; after a flare, a new sign in a leg, a week of "
    "new pain elsewhere, an illness, or a yes to the first list.",
)
@click.option(
    "--answers", type=click.Path(path_type=Path), help="A JSON file of answers, instead of questions."
)
@click.option("--yes", multiple=True, metavar="KEY", help="Say yes to this question, and ask nothing.")
@click.option("--no-others", is_flag=True, help="With --yes: the answer to all others is no.")
@click.option(
    "--agreed", multiple=True, metavar="KEY", help="Your provider agrees that you run with this one."
)
@click.option(
    "--note", type=click.Path(path_type=Path), help="Write a note for your provider into this file."
)
@click.option("--diary", is_flag=True, help="Ask what is due, and keep the answers in the diary.")
@click.option("--list", "listed", is_flag=True, help="Show the questions with their keys, and ask nothing.")
@click.option("--page", is_flag=True, help="The whole safety page, as Markdown.")
@with_language
def command(
    *,
    occasion: str | None,
    answers: Path | None,
    yes: tuple[str, ...],
    no_others: bool,
    agreed: tuple[str, ...],
    note: Path | None,
    diary: bool,
    listed: bool,
    page: bool,
) -> None:
    """Ask the safety questions, and say what follows.

    They are the same for everyone. Enter leaves a question open. Nothing is kept without --diary.
    """
    from backstride.report.language import _
    from backstride.report.safety_page import safety_page
    from backstride.screening.occasions import QUESTIONS, Occasion
    from backstride.services.screen import SafetyAnswers, read_answers, screen, write_note

    when = Occasion(occasion) if occasion else _due(diary=diary)
    if page:
        click.echo(safety_page(), nl=False)
        return
    if listed:
        _list(QUESTIONS[when])
        return
    if answers is not None and (yes or no_others):
        raise click.UsageError("Give --answers, or --yes and --no-others, not both.")
    if answers is not None:
        answers_given = read_answers(answers)
    elif yes or no_others:
        answers_given = _typed(yes, when, no_others=no_others)
    else:
        answers_given = _asked(when, diary=diary)
    if diary and occasion is None:
        when = _answered(when, answers_given)
    said = SafetyAnswers(answers_given.replies, answers_given.agreed | set(agreed))
    cleared = screen(said, occasion=when)
    if diary:
        cleared = _store(said, when)
    _say(cleared)
    if diary:
        click.echo(_("Kept in the diary; what you said before still counts."))
    if note is not None:
        write_note(cleared, note)
        click.echo(f"\nWrote the note to {note.resolve()}.")


def _due(*, diary: bool) -> "Occasion":
    """Return the occasion that the diary calls for; the weekly taps where nothing is due."""
    from backstride.screening.occasions import Occasion

    if not diary:
        return Occasion.START
    from backstride.services.screening_service import due_today

    return due_today() or Occasion.WEEKLY


def _answered(due: "Occasion", given: "SafetyAnswers") -> "Occasion":
    """Return the occasion of answers: the one that is due, the week's, or that of single answers given again.

    All questions are answered anew only by who answers all of them: one corrected answer must not reopen the rest.
    """
    from backstride.core.clearance import Reply
    from backstride.screening.occasions import QUESTIONS, Occasion
    from backstride.services.screening_service import has_answered

    if {item.key for item in QUESTIONS[Occasion.WEEKLY]} <= given.replies.keys():
        return due if due is Occasion.FLARE else Occasion.WEEKLY
    keys = {item.key for item in QUESTIONS[due]}
    replied = {key for key, reply in given.replies.items() if reply is not Reply.NOT_ANSWERED}
    belongs = keys <= given.replies.keys() if due is Occasion.START else bool(keys & replied)
    return due if belongs or not replied or not has_answered() else Occasion.AGAIN


def _store(said: "SafetyAnswers", when: "Occasion") -> "Clearance":
    """Store these answers in the diary and return today's clearance."""
    from backstride.services.screening_service import clearance_today, store_answers

    store_answers(said, occasion=when)
    return clearance_today()


def _list(items: "tuple[Item, ...]") -> None:
    from backstride.report.safety_words import question

    for item in items:
        click.echo(f"{item.key}")
        click.echo(click.wrap_text(question(item), WIDTH, "    ", "    "))


def _typed(yes: tuple[str, ...], when: "Occasion", *, no_others: bool) -> "SafetyAnswers":
    from backstride.core.clearance import Reply
    from backstride.screening.occasions import QUESTIONS
    from backstride.services.screen import SafetyAnswers

    others = dict.fromkeys((item.key for item in QUESTIONS[when]), Reply.NO) if no_others else {}
    return SafetyAnswers(others | dict.fromkeys(yes, Reply.YES))


def _asked(when: "Occasion", *, diary: bool) -> "SafetyAnswers":
    """Ask one by one; after a yes to a weekly tap, the questions behind it."""
    from backstride.core.clearance import Level, Reply
    from backstride.report.language import _
    from backstride.report.safety_words import question, same_for_everyone
    from backstride.screening.occasions import QUESTIONS, Occasion
    from backstride.screening.taps import TAPS, behind
    from backstride.services.screen import SafetyAnswers
    from backstride.services.screening_service import questions_today

    how = _("Answer y or n; Enter leaves it open.")
    click.echo(click.wrap_text(f"{same_for_everyone()} {how}", WIDTH))
    replies: dict[str, Reply] = {}
    if when is Occasion.START:
        return SafetyAnswers(_by_group())
    items = QUESTIONS[when]
    if diary:
        items, once_said = questions_today(when)
        for line in once_said:
            click.echo(click.wrap_text(line, WIDTH))
    for item in items:
        for inner in behind(item) if item in TAPS else ():
            click.echo(click.wrap_text(f"- {question(inner)}", WIDTH, "", "  "))
        replies[item.key] = _ask(item)
        if replies[item.key] is not Reply.YES:
            continue
        if item in TAPS:
            replies |= {inner.key: _ask(inner) for inner in behind(item)}
        elif item.level is Level.EMERGENCY:
            break  # help comes before the other questions
    return SafetyAnswers(replies)


def _by_group() -> "dict[str, Reply]":
    """Each list as a whole; where something of it is true, its questions one by one."""
    from backstride.core.clearance import Reply
    from backstride.report.language import _
    from backstride.report.safety_words import GROUPS, question
    from backstride.screening.item import Group
    from backstride.screening.items import in_group

    replies: dict[str, Reply] = {}
    for group, (heading, _lead) in GROUPS.items():
        click.echo("\n" + click.wrap_text(_(heading), WIDTH))
        for item in in_group(group):
            click.echo(click.wrap_text(f"- {question(item)}", WIDTH, "", "  "))
        any_true = _answer(_("Is any of these true for you?"))
        if any_true is Reply.NO:
            replies |= dict.fromkeys((item.key for item in in_group(group)), Reply.NO)
        if any_true is not Reply.YES:
            continue
        for item in in_group(group):
            replies[item.key] = _ask(item)
            if group is Group.NOW and replies[item.key] is Reply.YES:
                return replies  # help comes before the other questions
    return replies


def _ask(item: "Item") -> "Reply":
    from backstride.report.safety_words import question

    return _answer(question(item))


def _answer(asked: str) -> "Reply":
    from backstride.core.clearance import Reply
    from backstride.report.language import _

    replies = {"": Reply.NOT_ANSWERED}
    replies |= dict.fromkeys(("y", "yes", "j", "ja"), Reply.YES) | dict.fromkeys(
        ("n", "no", "nein"), Reply.NO
    )
    click.echo("\n" + click.wrap_text(asked, WIDTH))
    while True:
        typed = click.prompt(_("[y/n]"), default="", show_default=False, prompt_suffix=" ").strip().lower()
        if typed in replies:
            return replies[typed]
        click.echo(_("Type y, n, or Enter."))


def _say(cleared: "Clearance") -> None:
    from backstride.report.clearance_words import advice
    from backstride.report.language import _
    from backstride.report.safety_words import same_for_everyone

    said = advice(cleared)
    click.echo("\n" + click.wrap_text(said.heading, WIDTH))
    for sentence in said.sentences:
        click.echo(click.wrap_text(sentence, WIDTH))
    for reason in said.reasons:
        click.echo(click.wrap_text("- " + reason, WIDTH, "", "  "))
    if said.left_open:
        click.echo(_("Open:"))
    for question in said.left_open:
        click.echo(click.wrap_text("- " + question, WIDTH, "", "  "))
    click.echo(click.wrap_text(same_for_everyone(), WIDTH))
