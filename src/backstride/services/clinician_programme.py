"""Where the programme stands, and what the person said of it lately, for the report for a clinician."""

from collections.abc import Sequence
from datetime import date, timedelta

from backstride.core.plan_step import PlanStep, Step
from backstride.programme.rules import Rule
from backstride.programme.state import STARTS
from backstride.report.clinician import Programme
from backstride.services.plan import Plan


def programme_of(plan: Plan, steps: Sequence[PlanStep], *, since: date) -> Programme:
    """Gather where the programme stands, and the talks and illnesses that the person reported.

    Args:
        plan: as it stands today.
        steps: what the person said about going on, in any order.
        since: the first day of the period.
    """
    week = plan.week
    runs = [session.run_min for session in week.sessions if session.run_min > 0] if week else []
    return Programme(
        started=plan.started,
        on_own_running=plan.on_own_running,
        stage=week.stage if week else None,
        is_paused=plan.is_paused,
        fired=_held(week.fired, plan) if week else (),
        run_minutes=runs[0] if runs else None,
        said=plan.said,
        talks=_days(steps, Step.TALKED, since, plan.as_of),
        ill=_illnesses(steps, since, plan.as_of),
    )


def _days(steps: Sequence[PlanStep], step: Step, first: date, last: date) -> tuple[date, ...]:
    return tuple(sorted({one.day for one in steps if one.step is step and first <= one.day <= last}))


def _illnesses(steps: Sequence[PlanStep], first: date, last: date) -> tuple[tuple[date, date | None], ...]:
    """Return the first and the last day of each illness that was not over before the period."""
    found: list[tuple[date, date | None]] = []
    began = None
    for step in sorted((one for one in steps if one.day <= last), key=lambda one: one.day):
        if step.step is Step.ILL and began is None:
            began = step.day
        elif began is not None and step.step in {Step.RESUME, *STARTS}:
            found.append((began, max(step.day - timedelta(days=1), began)))
            began = None
    if began is not None:
        found.append((began, None))
    return tuple(one for one in found if one[1] is None or one[1] >= first)


def _held(fired: tuple[Rule, ...], plan: Plan) -> tuple[Rule, ...]:
    """Name what pauses the programme where that is no choice: the safety answers, or an illness."""
    why = Rule.PAUSED
    if not plan.is_paused and plan.clearance.pauses_the_programme:
        why = Rule.SAFETY_WALKS
    elif plan.said is Step.ILL:
        why = Rule.ILLNESS
    return tuple(why if rule is Rule.PAUSED else rule for rule in fired)
