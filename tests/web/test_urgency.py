"""Of two states at once the more urgent sentence is on the page, whatever else the plan says."""

from dataclasses import dataclass
from datetime import timedelta
from itertools import combinations, product

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.run import Activity, Run
from backstride.core.scales import PainRating
from backstride.diary.schema import OWNER
from backstride.screening.items import ITEMS

from .days import this_morning

DAY = timedelta(days=1)


@dataclass(frozen=True)
class Sign:
    """Something that was reported, and the sentence that it asks for."""

    sentence: str
    pain: float = 2.0
    leg: bool | None = None
    medicine: str | None = None
    days: int = 9
    yes: str | None = None


SIGNS = {
    "help at once": Sign("Get help at once", yes="saddle_numbness"),
    "a clinician": Sign("Have a clinician look at it in the next few days", yes="hard_fall"),
    "severe": Sign("have it looked at in the next few days", pain=8.0),
    "leg stays": Sign("Talk to your provider first", leg=True),
    "medicine": Sign("Talk to your provider first", medicine="more"),
    "leg": Sign("Do not run until the pain or tingling in your leg", leg=True, days=1),
}
"""The most urgent first."""
STATES = ("plan", "holiday", "ill", "pause", "no plan", "a run yesterday")


def live(owner, site, *signs, state):
    """Bring an owner into a state of the plan, with what was reported on the last mornings."""
    yes = {sign.yes for sign in signs if sign.yes}
    answers = {f"q-{item.key}": "yes" if item.key in yes else "no" for item in ITEMS}
    owner.post("/safety/questions", {"occasion": "start", **answers})
    if state != "no plan":
        owner.post("/plan/say", {"step": "start"})
    now, told = this_morning(), []
    for n in range(max(sign.days for sign in signs)):
        shown = [sign for sign in signs if n < sign.days]
        told.append(
            CheckIn(
                moment=now - n * DAY,
                pain=PainRating(max(sign.pain for sign in shown)),
                leg_symptoms=any(sign.leg for sign in shown) or None,
                medicine=next((sign.medicine for sign in shown if sign.medicine), None),
            )
        )
    ran = Run(start=now - DAY, elapsed_s=1800.0, moving_s=1800.0, activity=Activity.RUN, source="test")
    runs = (ran,) if state == "a run yesterday" else ()
    site.store.diary(OWNER).add(Records(check_ins=tuple(told), runs=runs), source="app", now=now)
    if state in {"holiday", "ill", "pause"}:
        owner.post("/plan/say", {"step": state})
    return owner.get("/plan").text, owner.get("/").text


@pytest.mark.parametrize(("sign", "state"), list(product(SIGNS, STATES)))
def test_no_state_of_the_plan_hides_what_is_asked_for(owner, site, sign, state):
    """On Plan and on Today, while away, ill, paused, without a plan, and after a run."""
    plan, today = live(owner, site, SIGNS[sign], state=state)
    # after a run a sign in a leg is a red: that no session is open is the stricter word
    if (sign, state) != ("leg", "a run yesterday"):
        assert SIGNS[sign].sentence in plan
        assert SIGNS[sign].sentence in today


@pytest.mark.parametrize(("first", "second"), list(combinations(SIGNS, 2)))
def test_of_two_signs_the_more_urgent_one_is_said(owner, site, first, second):
    """Each pair, with the plan running; beside a call for help stands nothing milder."""
    plan, today = live(owner, site, SIGNS[first], SIGNS[second], state="plan")
    assert SIGNS[first].sentence in plan
    assert SIGNS[first].sentence in today
    if first == "help at once":
        assert "Talk to your provider first" not in plan + today
        assert "Walking is fine" not in plan + today


@pytest.mark.parametrize("state", ["no plan", "holiday"])
def test_a_talk_can_be_said_in_every_state(owner, site, state):
    """Beside the sentence stands the button that ends it, before the first plan and while away."""
    plan, _today = live(owner, site, SIGNS["medicine"], state=state)
    assert 'value="talked"' in plan
    after = owner.post("/plan/say", {"step": "talked"})
    assert after.status_code == 200
    assert SIGNS["medicine"].sentence not in after.text
