"""The first run: what this is, the safety questions once, what somebody wants to do, and the first check-in."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from backstride.core.clearance import Level
from backstride.core.plan_step import Step
from backstride.diary.settings import set_setting
from backstride.errors import UnknownAnswer
from backstride.report.clearance_words import advice
from backstride.report.language import _
from backstride.runtime.clock import utc_now
from backstride.services.diary_zone import CHOICE as ZONE
from backstride.services.diary_zone import has_chosen_zone
from backstride.services.plan import plan_for, record_event_for
from backstride.services.setting_values import (
    BEGIN_TO_RUN,
    GOAL,
    GOALS,
    KEEP_A_DIARY,
    RUN_ALREADY,
    can_be_chosen,
)
from backstride.web.templates import page
from backstride.web.visitor import CurrentUser, Known, Writing

router = APIRouter(tags=["welcome"])
WORDS = {
    RUN_ALREADY: (
        "I already run",
        "Keep running as you do. You add or import your runs, and see how your mornings compare.",
    ),
    BEGIN_TO_RUN: (
        "I want to begin",
        "A plan starts with walks, then short runs. It waits after a bad morning.",
    ),
    KEEP_A_DIARY: (
        "Just keep a diary",
        "No plan. You rate your back each morning, and may add runs at any time.",
    ),
}


@router.get("/welcome", response_class=HTMLResponse)
def show(visitor: Known) -> Response:
    """Show what this is, what it asks, and what it never does."""
    has_zone = has_chosen_zone(visitor.site.store, visitor.person.id)
    return page(visitor, "welcome.html", {"has_zone": has_zone}, here="/")


@router.post("/welcome/zone", response_model=None)
def keep_zone(visitor: Writing, zone: Annotated[str, Form()] = "") -> Response:
    """Keep the zone of the browser where none was chosen: days of check-ins and times of files depend on it."""
    _keep_zone(visitor, zone)
    return RedirectResponse("/welcome", status_code=303)


@router.get("/welcome/goal", response_class=HTMLResponse)
def ask(visitor: Known) -> Response:
    """Show the goals to choose from; the plan is offered where the safety answers permit it."""
    plan = plan_for(visitor.site.store, visitor.book, today=visitor.local_day)
    offers_plan = plan.was_asked and not plan.clearance.pauses_the_programme
    stops = plan.clearance.level >= Level.SEE_A_CLINICIAN
    left_out = {RUN_ALREADY, BEGIN_TO_RUN} if stops else {BEGIN_TO_RUN} if not offers_plan else set()
    goals = [(goal, *WORDS[goal]) for goal in GOALS if goal not in left_out]
    context = {
        "goals": goals,
        "offers_plan": offers_plan,
        "stop": advice(plan.clearance) if stops else None,
        "emergency": plan.clearance.level is Level.EMERGENCY,
        "plan": plan,
        "has_zone": has_chosen_zone(visitor.site.store, visitor.person.id),
    }
    return page(visitor, "goal.html", context, here="/")


@router.post("/welcome/goal", response_model=None)
def choose_goal(
    visitor: Writing, goal: Annotated[str, Form()], zone: Annotated[str, Form()] = ""
) -> Response:
    """Keep it, start the plan where that is what was chosen, and go to the first check-in.

    The zone of the browser becomes the person's where they chose none, and this machine knows it.

    Raises:
        UnknownAnswer: none of the three.
        BadValue: the safety questions come before a plan.
    """
    if not can_be_chosen(GOAL, goal):
        raise UnknownAnswer(
            _("'{said}' is none of the three.").format(said=goal[:40]),
            advice=_("Load the page again, then tap once more."),
        )
    if goal == BEGIN_TO_RUN:
        plan = plan_for(visitor.site.store, visitor.book, today=visitor.local_day)
        if plan.started is None:
            record_event_for(visitor.site.store, visitor.book, Step.START, today=visitor.local_day)
    store, me = visitor.site.store, visitor.person.id
    set_setting(store, me, GOAL, goal, now=utc_now())
    _keep_zone(visitor, zone)
    return RedirectResponse("/", status_code=303)


def _keep_zone(visitor: CurrentUser, zone: str) -> None:
    """Keep a zone that this machine knows, where its person chose none."""
    store, me = visitor.site.store, visitor.person.id
    if zone and can_be_chosen(ZONE, zone) and not has_chosen_zone(store, me):
        set_setting(store, me, ZONE, zone, now=utc_now())
