"""What the diary tells the programme: sessions and check-ins so far, words about going on, and drawn days."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta

from backstride.core.allocation import Allocation, AllocationScheme, Arm, effective_allocations
from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.run import Activity, Run, known_minutes
from backstride.core.said_runs import days_without_minutes, with_said_runs
from backstride.programme.history import CompletedSession, History, MorningReport, Site
from backstride.programme.schedule import USUAL_WEEK, is_revealed
from backstride.screening.items import IN_A_LEG
from backstride.screening.record import ScreeningRecord
from backstride.screening.words_so_far import agreed_on, fever_over_on, no_on

DAYS = 7


WALKS_WELL = "thirty_minutes"
"""A no to it says that half an hour of walking is fine."""
AGREED_AT = {
    Site.LEG: IN_A_LEG,
    Site.OTHER: frozenset({"spot_on_bone", "bone_at_night", "ache_on_impact", "leg_injury"}),
}
"""The safety questions that ask about the same sign as a rule of the plan."""


def history_of(records: Records, *, today: date, answered: Sequence[ScreeningRecord] = ()) -> History:
    """Convert records to the programme's history, up to this morning.

    Args:
        records: runs, check-ins and words about going on.
        today: the local day.
        answered: every time the safety questions were answered. None are given where they are not to be heeded.
    """
    agreed = agreed_on(answered)
    return History(
        efforts=_efforts(with_said_runs(records.check_ins, records.runs), today),
        reports=_reports(records, today),
        steps=tuple(sorted((step for step in records.plan if step.day <= today), key=lambda step: step.day)),
        run_days=_run_days(records, today),
        walk_days=_walk_days(records, today),
        unmeasured=frozenset(
            day for day in days_without_minutes(records.check_ins, records.runs) if day <= today
        ),
        walks_well=no_on(answered, WALKS_WELL),
        fever_over=fever_over_on(answered),
        agreed={
            site: tuple(sorted(agreed[key] for key in keys & agreed.keys()))
            for site, keys in AGREED_AT.items()
        },
        roland_morris=tuple(
            (one.local_day, one.score)
            for one in sorted(records.roland_morris, key=lambda one: one.time)
            if one.local_day <= today
        ),
    )


def _efforts(runs: tuple[Run, ...], today: date) -> tuple[CompletedSession, ...]:
    """Aggregate each day's running and walking into completed sessions; one of unknown length tells nothing."""
    days: dict[date, list[Run]] = {}
    for run in runs:
        if (
            run.moving_s is not None
            and run.local_day <= today
            and (run.is_running or run.activity is Activity.WALK)
        ):
            days.setdefault(run.local_day, []).append(run)
    return tuple(_effort(days[day]) for day in sorted(days))


def _effort(runs: list[Run]) -> CompletedSession:
    running = [run for run in runs if run.is_running]
    minutes = [run.minutes or 0.0 for run in running]
    timed = running or runs
    return CompletedSession(
        start=min(run.start for run in timed),
        end=max(run.end for run in timed),
        run_min=sum(minutes),
        walk_min=known_minutes(run for run in runs if not run.is_running),
        longest_min=max(minutes, default=0.0),
    )


def _reports(records: Records, today: date) -> tuple[MorningReport, ...]:
    """Convert check-ins, and ratings just before a run, to reports of pain and leg symptoms, in order of time.

    Of the ratings before a run the last one of a day counts, and none that a check-in of that day came after.
    """
    last_before = {said.local_day: said for said in sorted(records.pain_before, key=lambda one: one.time)}
    last_check_in = {
        one.local_day: one.moment for one in sorted(records.check_ins, key=lambda one: one.moment)
    }
    before = (
        MorningReport(moment=said.time, back=said.pain.pain_0_10)
        for day, said in last_before.items()
        if day <= today
        # a rating before a run is kept in whole seconds
        and (day not in last_check_in or last_check_in[day].replace(microsecond=0) <= said.time)
    )
    return tuple(sorted([*_of_check_ins(records.check_ins, today), *before], key=lambda one: one.moment))


def _of_check_ins(check_ins: tuple[CheckIn, ...], today: date) -> Iterator[MorningReport]:
    """Yield a report for each check-in up to a day."""
    return (
        MorningReport(
            moment=said.moment,
            back=None if said.pain is None else said.pain.pain_0_10,
            leg=said.leg_pain,
            other=said.other_pain,
            leg_symptoms=said.leg_symptoms,
            flare=said.flare,
            medicine=said.medicine,
            lived_on=said.local_day if said.is_after_midnight else None,
        )
        for said in check_ins
        if said.local_day <= today
    )


def _run_days(records: Records, today: date) -> frozenset[date] | None:
    """Return the run days among the next seven, by chance or by choice; None where nothing is allocated.

    A day that does not show yet is none of them: no session is planned before its week begins. In a week that chance
    gave to walking it is the days on which a run week would run.
    """
    allocated = {allocation.day: allocation for allocation in allocations_ahead(records, today)}
    if not allocated:
        return None
    open_days = [allocation for allocation in allocated.values() if is_revealed(allocation, today=today)]
    if is_walk_week(open_days):
        return frozenset(
            allocation.day
            for allocation in open_days
            if USUAL_WEEK[(allocation.day - allocation.block).days % DAYS]
        )
    ahead = (today + timedelta(days=n) for n in range(DAYS))
    return frozenset(
        day
        for day in ahead
        if day not in allocated or (allocated[day].to_run and is_revealed(allocated[day], today=today))
    )


def _walk_days(records: Records, today: date) -> frozenset[date]:
    """Return the days so far of weeks assigned to walking."""
    weeks: dict[tuple[date, int], list[Allocation]] = {}
    for allocation in effective_allocations(records.allocations).values():
        weeks.setdefault((allocation.block, (allocation.day - allocation.block).days // 7), []).append(
            allocation
        )
    by_weeks = (
        week for week in weeks.values() if week[0].law not in {AllocationScheme.OWN, AllocationScheme.DAYS}
    )
    walking = [
        allocation
        for week in by_weeks
        if not any(allocation.to_run for allocation in week)
        for allocation in week
    ]
    return frozenset(allocation.day for allocation in walking if allocation.day < today)


def is_walk_week(shown: Sequence[Allocation]) -> bool:
    """Whether the drawn days that show are a week of walking; they all lie in the week that has begun."""
    return (
        bool(shown)
        and shown[0].law is not AllocationScheme.DAYS
        and not any(allocation.to_run for allocation in shown)
    )


def allocations_ahead(records: Records, today: date) -> list[Allocation]:
    """Return the allocations in force for the next seven days, without own days."""
    counting = effective_allocations(records.allocations)
    ahead = (today + timedelta(days=n) for n in range(DAYS))
    return [counting[day] for day in ahead if day in counting and counting[day].assigned is not Arm.OWN]
