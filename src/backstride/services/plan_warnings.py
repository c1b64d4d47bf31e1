"""What the check-ins warn of on a day, beside the plan: one place for each page and for the command line."""

from backstride.core.clearance import Freedom, Level
from backstride.programme.rules import Rule
from backstride.report.ended_words import ended_lines, urgent_ended_lines
from backstride.report.language import _
from backstride.report.morning_words import HeldBy, warning_lines, what_holds
from backstride.report.plan_words import LEG_TALKED_OVER
from backstride.services.plan import Plan


def warnings_of(plan: Plan) -> tuple[str, ...]:
    """State what the check-ins warn of, whatever the state of the plan; nothing beside a call for help.

    A milder sentence beside "Get help today" would be the one that is followed.

    Args:
        plan: as it stands today.
    """
    if plan.clearance.level is Level.EMERGENCY:
        return ()
    said = warning_lines(
        plan.bad,
        today=plan.as_of,
        fired=plan.fired,
        session=plan.red_day,
        sites=plan.red_sites,
        reds=[one.day for one in plan.reds],
        may_walk=not plan.was_asked or plan.clearance.freedom >= Freedom.WALK,
        on_own_running=plan.on_own_running,
        is_first_rated=plan.red_is_first,
    )
    offers_runs = plan.week is not None and any(session.run_min for session in plan.week.sessions)
    ended = (*urgent_ended_lines(plan.urgent_ended), *ended_lines(plan.ended, offers_runs=offers_runs))
    if plan.knows_of_leg and Rule.LEG_ABOVE not in plan.fired:
        return (*said, *ended, _(LEG_TALKED_OVER))
    return (*said, *ended)


def holds_runs(plan: Plan) -> bool:
    """Whether no run is to be started now: by the safety answers, until a talk, or by what was reported last."""
    return plan.runs_wait or held_by(plan) is HeldBy.CHECK_INS


def held_by(plan: Plan) -> HeldBy | None:
    """Return what, other than the safety answers, holds back today; None where nothing does."""
    return what_holds(plan.bad, plan.fired)
