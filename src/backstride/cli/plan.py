"""backstride plan."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from backstride.cli.speech import with_language

if TYPE_CHECKING:
    from backstride.programme.week import WeekPlan
    from backstride.services.plan import Plan

WIDTH = 79


@click.command(
    epilog="""\b
Examples:
  backstride plan              today's session and the week's, each with its reason
  backstride plan --start      from two weeks of walks
  backstride plan --start-own  from the runs of your last four weeks
  backstride plan --ill        no sessions until --resume
"""
)
@click.option("--start", "said", flag_value="start", help="Begin, with walks.")
@click.option("--start-own", "said", flag_value="start own running", help="Begin, from your own running.")
@click.option("--pause", "said", flag_value="pause", help="No sessions until you go on.")
@click.option("--ill", "said", flag_value="ill", help="The same: you are ill.")
@click.option("--holiday", "said", flag_value="holiday", help="The same: you are away.")
@click.option("--resume", "said", flag_value="resume", help="Go on.")
@click.option("--talked", "said", flag_value="talked", help="You talked with your provider, and go on.")
@click.option(
    "--calendar",
    type=click.Path(path_type=Path),
    metavar="FILE",
    help="Write the sessions for a calendar (.ics).",
)
@click.option("--page", is_flag=True, help="The whole page on the programme, as Markdown.")
@with_language
def command(*, said: str | None, calendar: Path | None, page: bool) -> None:
    """Say what the next days may look like, and why. It offers, you choose.

    It rests on your diary: the mornings, the runs and walks, and the answers to the safety questions
    (backstride screen --diary). What you say here is kept there.
    """
    from backstride.core.plan_step import Step
    from backstride.report.programme_page import programme_page
    from backstride.services.calendar import write_calendar
    from backstride.services.plan import plan_today, record_event

    if page:
        click.echo(programme_page(), nl=False)
        return
    if said is not None:
        record_event(Step(said))
    _say(plan_today())
    if calendar is not None:
        write_calendar(calendar)
        click.echo(f"\nWrote the sessions to {calendar.resolve()}.")


def _say(plan: "Plan") -> None:
    from backstride.report.language import _
    from backstride.report.plan_words import ASK_FIRST, CHOOSE, not_started
    from backstride.services.plan_warnings import warnings_of

    _say_safety(plan)
    for sentence in warnings_of(plan):
        _line(sentence)
    if plan.asks_for_a_talk:
        click.echo(_("After that talk, type: {command}").format(command="backstride plan --talked"))
    if not plan.was_asked:
        _line(_(ASK_FIRST))
        click.echo(_("They are asked by: {command}").format(command="backstride screen --diary"))
        return
    if plan.week is None and plan.clearance.pauses_the_programme:
        return
    if plan.week is None:
        for sentence in not_started():
            _line(sentence)
        click.echo(
            _("Type: {command}, or: {other}").format(
                command="backstride plan --start", other="backstride plan --start-own"
            )
        )
        return
    _say_held(plan)
    _say_week(plan, plan.week)
    _say_reasons(plan.week)
    _line(_(CHOOSE))


def _say_safety(plan: "Plan") -> None:
    """Say first what the safety answers ask for: nothing milder may stand before it."""
    from backstride.core.clearance import Level
    from backstride.report.agreed_words import ending_lines, run_out_lines
    from backstride.report.clearance_words import advice
    from backstride.report.held_words import held_lines
    from backstride.report.language import _
    from backstride.report.safety_words import NUMBERS, asked_because
    from backstride.services.screening_service import due_today

    left = plan.clearance
    if not plan.was_asked:
        return
    if left.pauses_the_programme:
        stands = advice(left)
        for sentence in (stands.heading, *stands.sentences, *stands.reasons):
            _line(sentence)
        if left.level is Level.EMERGENCY:
            _line(_(NUMBERS))
            anew = _("Once it was looked at, answer all questions again: {command}")
            click.echo(anew.format(command="backstride screen --diary --occasion start"))
    else:
        for sentence in (*run_out_lines(left), *held_lines(left), *ending_lines(left)):
            _line(sentence)
    if left.left_open:
        occasion = due_today(today=plan.as_of)
        if occasion and left.level is not Level.EMERGENCY:
            _line(asked_because(occasion))
        click.echo(_("To answer, type: {command}").format(command="backstride screen --diary"))


def _say_held(plan: "Plan") -> None:
    from backstride.core.clearance import Freedom
    from backstride.report.language import _
    from backstride.report.plan_words import GO_ON, HELD, WALK_WEEK, WITH_CARE

    if plan.is_paused:
        _line(f"{_(HELD[plan.said])} {_(GO_ON)}")
        click.echo(_("To go on, type: {command}").format(command="backstride plan --resume"))
    if plan.clearance.freedom is Freedom.RUN_WITH_CARE:
        _line(_(WITH_CARE))
    if plan.on_walk_week:
        _line(_(WALK_WEEK))


def _say_week(plan: "Plan", week: "WeekPlan") -> None:
    from backstride.report.amounts import day_month, weekday
    from backstride.report.language import _
    from backstride.report.plan_words import hidden_line, no_session_today, session_text

    if not week.sessions or week.sessions[0].day != plan.as_of:
        coming = week.sessions[0].day if week.sessions else None
        _line(no_session_today(coming, is_done=plan.as_of in plan.done))
    for session in week.sessions:
        words = session_text(session)
        when = f"{weekday(session.day)}, {day_month(session.day)}"
        today = _("Today")
        lead = f"{today}, " if session.day == plan.as_of else ""
        click.echo()
        _line(f"{lead}{when}: {words.title}. {words.parts[:1].upper()}{words.parts[1:]}.")
        for step in words.steps:
            _line(f"- {step}")
    if plan.hidden_from is not None:
        _line(hidden_line(plan.hidden_from))


def _say_reasons(week: "WeekPlan") -> None:
    from backstride.report.language import _
    from backstride.report.plan_words import reasons

    click.echo("\n" + _("Why:"))
    for reason in reasons(week.fired):
        _line(f"- {reason.does} {reason.why} ({reason.source}.)")


def _line(text: str) -> None:
    click.echo(click.wrap_text(text, WIDTH, "", "  " if text.startswith("- ") else ""))
