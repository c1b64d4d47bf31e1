"""A reader's list: the last weeks of everybody who lets them read, gathered again only where a diary changed."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from zoneinfo import ZoneInfo

from backstride.core.check_in import CheckIn
from backstride.core.clearance import Clearance, Freedom, Level
from backstride.core.datetimes import ONE_DAY
from backstride.core.days import DiaryDay, calendar_days
from backstride.core.plan_step import PlanStep, Step
from backstride.core.records import Records
from backstride.diary.changes import last_check_in_day, plan_steps
from backstride.diary.first_day import first_entry_day
from backstride.diary.periods import Period, period
from backstride.diary.store import Store
from backstride.programme.history import History, Site
from backstride.programme.morning import shown
from backstride.programme.state import STARTS, last_plan_step
from backstride.report.patients import RISE_FROM, SILENT_DAYS, Latest, LookFirst, PlanStands
from backstride.screening.clearance_now import current_clearance
from backstride.services.by_stamp import ByStamp
from backstride.services.plan_history import history_of
from backstride.services.screening_service import BEGUN_ANEW, signs_of, times_answered

DAYS, MIN_TO_COMPARE = 14, 4
DAYS_READ = 64
"""A morning is held against the 28 days before it, and the last word on it may be 28 days old."""
ASKED_FOR_HELP = {
    Level.EMERGENCY: LookFirst.HELP_AT_ONCE,
    Level.SEE_A_CLINICIAN: LookFirst.SEE_A_CLINICIAN,
    Level.PROVIDER_FIRST: LookFirst.TALK_FIRST,
}
SAID = {
    Step.PAUSE: PlanStands.PAUSED,
    Step.SAFETY_PAUSE: PlanStands.PAUSED,
    Step.ILL: PlanStands.ILL,
    Step.HOLIDAY: PlanStands.AWAY,
}


@dataclass(frozen=True, slots=True)
class LatestOf:
    """What was gathered, for as long as nothing that it rests on changes; it is never written anywhere."""

    _cache: ByStamp[Latest] = field(default_factory=ByStamp)

    def gathered(
        self, store: Store, person: int, *, stamp: str, today: date, zone: ZoneInfo, safety: bool
    ) -> Latest:
        """Gather the last weeks of one diary, or return what is cached.

        Args:
            store: where.
            person: whose.
            stamp: changes whenever the diary does.
            today: their local day.
            zone: their own.
            safety: whether the safety answers are in the scope; if not, nothing here rests on them.

        Raises:
            DiaryError: the diary could not be read.
        """
        return self._cache.get(
            (person, safety),
            f"{stamp} {today} {zone.key}",
            lambda: latest_of(store, person, today=today, zone=zone, safety=safety),
        )


def latest_of(store: Store, person: int, *, today: date, zone: ZoneInfo, safety: bool) -> Latest:
    """Gather the last weeks of one diary; `LatestOf.gathered` says of what."""
    records = store.diary(person).between(today - DAYS_READ * ONE_DAY, today)
    steps = plan_steps(store, person)
    if not safety:
        steps = tuple(step for step in steps if step.source != BEGUN_ANEW)
    history = history_of(Records(records.check_ins, records.runs, plan=steps), today=today)
    days = [day for day in calendar_days(records, zone=zone) if day.day <= today]
    first = today - (DAYS - 1) * ONE_DAY
    begins = first_entry_day(store, person)
    last = last_check_in_day(store, person, today=today)
    legs = [each.local_day for each in records.check_ins if first <= each.local_day <= today and _leg(each)]
    clearance = _clearance(store, person, records, steps, today) if safety else None
    gathered = Latest(
        last_check_in=last,
        latest=_held(days, first, today, begins=begins, today=today),
        before=_held(days, first - DAYS * ONE_DAY, first - ONE_DAY, begins=begins, today=today),
        latest_days=_days_since(begins, first, today),
        leg_days=len(set(legs)),
        last_leg=max(legs, default=None),
        plan=_stands(steps, history, clearance, today),
        plan_since=max(
            (step.day for step in steps if step.step in STARTS and step.day <= today), default=None
        ),
        look_first=(),
    )
    return replace(gathered, look_first=_look_first(gathered, history, clearance, today))


def _held(days: Sequence[DiaryDay], first: date, last: date, *, begins: date | None, today: date) -> Period:
    """Summarise a period; of a diary older than what was read of it, the days before that are not known."""
    held = period(days, first, last, today=today)
    if begins is None:
        return held
    seen_from = days[0].day if days else today
    unread = (min(seen_from, last + ONE_DAY, today) - max(first, begins)).days
    return replace(held, unknown_days=held.unknown_days + max(unread, 0))


def _days_since(begins: date | None, first: date, today: date) -> int:
    return (today - max(first, begins)).days + 1 if begins is not None and begins <= today else 0


def _leg(check_in: CheckIn) -> bool:
    """Return whether a check-in reports a sign in a leg, as the report for a clinician counts them."""
    return bool(check_in.leg_symptoms) or (check_in.leg_pain or 0.0) > 0.0


def _clearance(
    store: Store, person: int, records: Records, steps: tuple[PlanStep, ...], today: date
) -> Clearance | None:
    """Compute what the safety answers leave open; None where none was given."""
    screenings = times_answered(store, person)
    signs = signs_of(replace(records, plan=steps), screenings)
    return current_clearance(screenings, today=today, signs=signs) if screenings else None


def _stands(
    steps: Sequence[PlanStep], history: History, clearance: Clearance | None, today: date
) -> PlanStands:
    if not any(step.step in STARTS and step.day <= today for step in steps):
        return PlanStands.NOT_STARTED
    said = SAID.get(last_plan_step(history, today))
    if said is not None:
        return said
    if clearance is None or clearance.freedom > Freedom.WALK:
        return PlanStands.GOES_ON
    return PlanStands.STOPPED if clearance.pauses_the_programme else PlanStands.WALKS


def _look_first(
    latest: Latest, history: History, clearance: Clearance | None, today: date
) -> tuple[LookFirst, ...]:
    """List the reasons in the order of their weight."""
    signs = shown(history, today)
    has_leg = any(sign.site is Site.LEG for sign in signs)
    change = latest.change
    are_enough = min(len(latest.latest.pains), len(latest.before.pains)) >= MIN_TO_COMPARE
    silent_since = latest.last_check_in
    found = {
        LookFirst.LEG_NEW: has_leg and not _leg_before(history, today),
        LookFirst.PAIN_NOW: any(sign.site is not Site.LEG for sign in signs),
        LookFirst.PAIN_UP: change is not None and are_enough and change >= RISE_FROM,
        LookFirst.LEG: has_leg and _leg_before(history, today),
        LookFirst.SILENT: silent_since is None or (today - silent_since).days >= SILENT_DAYS,
    }
    if clearance is not None and clearance.level in ASKED_FOR_HELP:
        found[ASKED_FOR_HELP[clearance.level]] = True
    return tuple(sorted(reason for reason, so in found.items() if so))


def _leg_before(history: History, today: date) -> bool:
    """Return whether a sign in a leg was reported before the last 14 days, within what was read."""
    first = today - (DAYS - 1) * ONE_DAY
    return any(
        report.day < first and (report.leg_symptoms or (report.leg or 0.0) > 0.0)
        for report in history.reports
    )
