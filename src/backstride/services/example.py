"""A simulated person to look at, kept apart from one's own diary and gone in one tap."""

from dataclasses import replace
from datetime import date, datetime, timedelta
from secrets import token_hex
from zoneinfo import ZoneInfo

from backstride.core.clearance import Reply
from backstride.core.plan_step import PlanStep, Step
from backstride.core.records import CoveredSpan, Records
from backstride.diary.people import Person, add_person, example_of, remove_person
from backstride.diary.store import Store
from backstride.runtime.clock import utc_now
from backstride.screening.items import ITEMS
from backstride.screening.occasions import Occasion
from backstride.services.screen import SafetyAnswers
from backstride.services.screening_service import store_answers_for
from backstride.testing.people import make_person

DAYS, SEED = 120, 8
PLAN_DAYS = 21
SOURCE = "made up"


def show_example(store: Store, person: Person, *, zone: ZoneInfo, now: datetime | None = None) -> Person:
    """Fill a simulated person who stands beside this one, if there is none yet."""
    there = example_of(store, person.id)
    if there is not None:
        return there
    moment = now or utc_now()
    yesterday = moment.astimezone(zone).date() - timedelta(days=1)
    records = made_up_records(yesterday, zone=zone)
    made = add_person(store, f"example {token_hex(8)}", example_of=person.id)
    store.diary(made.id).add(records, source=SOURCE, now=moment)
    nothing = SafetyAnswers({item.key: Reply.NO for item in ITEMS})
    today = yesterday + timedelta(days=1)
    store_answers_for(store, made.id, nothing, occasion=Occasion.START, today=today, now=moment)
    return made


def hide_example(store: Store, person: Person) -> None:
    """Remove the simulated person with all that was written into their diary."""
    there = example_of(store, person.id)
    if there is not None:
        remove_person(store, there.id)


def made_up_records(last_day: date, *, zone: ZoneInfo) -> Records:
    """Simulate a person's records up to this day; nothing lies after it."""
    first_day = last_day - timedelta(days=DAYS - 1)
    made = make_person(seed=SEED, first_day=first_day, days=DAYS, zone=zone.key).records
    return Records(
        tuple(c for c in made.check_ins if c.local_day <= last_day),
        tuple(r for r in made.runs if r.local_day <= last_day),
        tuple(m for m in made.measurements if m.local_day <= last_day),
        tuple(_until(span, last_day) for span in made.covered if span.first_day <= last_day),
        plan=(PlanStep(day=last_day - timedelta(days=PLAN_DAYS), step=Step.START_OWN),),
    )


def _until(span: CoveredSpan, last_day: date) -> CoveredSpan:
    return replace(span, last_day=min(span.last_day, last_day))
