"""The report for a clinician, gathered: the records, the safety answers, the programme and the cached answer."""

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from statistics import fmean, median
from zoneinfo import ZoneInfo

from backstride.answer.kinds import Verdict
from backstride.core.check_in import CheckIn
from backstride.core.datetimes import ONE_DAY
from backstride.core.days import DiaryDay, calendar_days
from backstride.core.measurement import MeasurementKind
from backstride.core.records import Records
from backstride.diary.periods import Period, period, weeks
from backstride.diary.settings import current_settings
from backstride.diary.store import Store
from backstride.report.clinician import (
    ClinicianReport,
    Dated,
    FirstAndLast,
    LegSigns,
    Measure,
    MedicineDays,
    Note,
    Pain,
    Patient,
    RatedAt,
    Safety,
)
from backstride.report.read_answer_json import read_answer_json
from backstride.report.reported_answer import Answered, ReportedAnswer
from backstride.screening.urgent_so_far import urgent_answers
from backstride.services.answers import AnswerStatus
from backstride.services.clinician_events import happenings
from backstride.services.clinician_programme import programme_of
from backstride.services.plan import plan_for
from backstride.services.plan_history import history_of
from backstride.services.screening_service import clearance_for, times_answered
from backstride.services.setting_values import pain_since_of
from backstride.services.talk_due import talk_of

WEEKS = 12
NOON_H, EVENING_H = 12, 17
"""Ratings before the first hour are of the morning, those from the second one on of the evening."""
MAX_DAYS_CHANGED = 7
"""As many mornings or run days more, or less, hardly change what the figures of four weeks say beside the answer."""
WEEK, FOUR_WEEKS = timedelta(weeks=1), timedelta(weeks=4)
FOLLOWED = ("mood", "tightness", "confidence", "sleep", "stress")
"""Ratings that stand for a way in which running may act, and two that may explain a change."""
NOT_ANSWERED = AnswerStatus(None, is_current=False, working=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What the person wants on the report.

    Attributes:
        patient: what they wrote onto it.
        notes: the days whose notes they ticked.
        all_notes: take the notes of the last four weeks, every one.
        safety: whether the safety answers are on it.
    """

    patient: Patient = Patient()  # noqa: RUF009 - it cannot be changed
    notes: Collection[date] = ()
    all_notes: bool = False
    safety: bool = True


def clinician_report(
    store: Store,
    person: int,
    *,
    today: date,
    zone: ZoneInfo,
    answered: AnswerStatus = NOT_ANSWERED,
    wanted: Wanted | None = None,
    is_made_up: bool = False,
) -> ClinicianReport:
    """Gather the report on one person.

    Args:
        store: where.
        person: whose.
        today: their local day.
        zone: their own.
        answered: how it stands with their answer.
        wanted: what they want on it; nothing beyond the figures unless given.
        is_made_up: whether the person does not exist.

    Raises:
        DiaryError: the diary could not be read.
    """
    wanted = wanted or Wanted()
    records = store.diary(person).records()
    days = [day for day in calendar_days(records, zone=zone) if day.day <= today]
    shown = weeks(days, today=today)[-WEEKS:]
    begins = days[0].day if days else None
    first_day = max(shown[0].first_day, begins) if shown and begins else today
    check_ins = [day.check_in for day in days if day.check_in and day.day >= first_day]
    plan = plan_for(store, person, today=today, records=records, with_safety=wanted.safety)
    choices = current_settings(store, person)
    return ClinicianReport(
        patient=wanted.patient,
        made_on=today,
        first_day=first_day,
        last_day=today,
        diary_begins=begins,
        pain_since=pain_since_of(choices.get("pain_since")),
        pain=_pain(days, check_ins, today),
        legs=_legs(records.check_ins, check_ins, first_day, today),
        safety=_safety(store, person, today, records),
        latest=period(days, today - FOUR_WEEKS + ONE_DAY, today, today=today),
        before=_before(days, today),
        latest_days=_days_held(begins, today),
        before_days=_days_held(begins, today - FOUR_WEEKS),
        weeks=shown,
        answered=_answered(answered, days, first_day=first_day, today=today),
        tests=_tests(records, today),
        roland_morris=_roland_morris(records, today),
        measures=tuple(_measure(name, check_ins, first_day, today) for name in FOLLOWED),
        programme=programme_of(plan, records.plan, since=today - WEEKS * WEEK),
        notes=_chosen_notes(notes_lately(records.check_ins, today=today), wanted),
        is_made_up=is_made_up,
        has_safety=wanted.safety,
        medicine=_medicine(records.check_ins, today),
        warnings=plan.bad,
        chose_worthwhile="worthwhile" in choices,
        talk=talk_of(store, person, plan, records=records, with_safety=wanted.safety),
        happened=happenings(
            history_of(records, today=today),
            records.check_ins,
            first=first_day,
            last=today,
            on_ladder=plan.started is not None and not plan.on_own_running,
        ),
    )


def notes_lately(check_ins: Sequence[CheckIn], *, today: date) -> tuple[Note, ...]:
    """Return the notes of the last four weeks in order of days, which a person may put on the report."""
    first = today - FOUR_WEEKS + ONE_DAY
    notes = (
        Note(each.local_day, " ".join(each.note.split()))
        for each in sorted(check_ins, key=lambda one: one.moment)
        if first <= each.local_day <= today and each.note.strip()
    )
    return tuple(notes)


def _chosen_notes(notes: tuple[Note, ...], wanted: Wanted) -> tuple[Note, ...]:
    return tuple(note for note in notes if wanted.all_notes or note.day in wanted.notes)


def _pain(days: Sequence[DiaryDay], check_ins: Sequence[CheckIn], today: date) -> Pain:
    rated = [Dated(ratings.pain.pain_0_10, ratings.local_day) for ratings in check_ins if ratings.pain]
    earlier = today - FOUR_WEEKS
    return Pain(
        last_week=period(days, today - WEEK + ONE_DAY, today, today=today),
        four_weeks_ago=period(days, earlier - WEEK + ONE_DAY, earlier, today=today),
        usual=median(each.value for each in rated) if rated else None,
        worst=_highest(rated),
        rated_at=_rated_at([each.moment.hour for each in check_ins if each.pain]),
    )


def _rated_at(hours: Sequence[int]) -> RatedAt:
    """Name the time of day at which more than half of the ratings were given; an empty period says nothing else."""
    if 2 * sum(hour < NOON_H for hour in hours) >= len(hours):
        return RatedAt.MORNING
    if 2 * sum(hour >= EVENING_H for hour in hours) > len(hours):
        return RatedAt.EVENING
    return RatedAt.MIXED


def _highest(rated: Sequence[Dated]) -> Dated | None:
    """Return the highest value, on its last day."""
    return max(rated, key=lambda one: (one.value, one.day), default=None)


def _legs(
    check_ins: Sequence[CheckIn], mornings: Sequence[CheckIn], first_day: date, today: date
) -> LegSigns:
    """Signs count at whatever hour they were told; how often was asked is counted in mornings."""
    within = [each for each in check_ins if first_day <= each.local_day <= today]
    signs = {each.local_day for each in within if each.leg_symptoms or (each.leg_pain or 0.0) > 0.0}
    rated = [Dated(each.leg_pain, each.local_day) for each in within if each.leg_pain is not None]
    said = [each for each in mornings if each.leg_symptoms is not None or each.leg_pain is not None]
    only_rated = not any(each.leg_symptoms for each in within)
    return LegSigns(tuple(sorted(signs)), _highest(rated), len(said), len(mornings), only_rated)


def _medicine(check_ins: Sequence[CheckIn], today: date) -> MedicineDays:
    """Count days, whatever the hour: the last word of a day is the fullest."""
    first = today - FOUR_WEEKS + ONE_DAY
    last_word = {
        each.local_day: each.medicine
        for each in sorted(check_ins, key=lambda one: one.moment)
        if first <= each.local_day <= today and each.medicine is not None
    }
    found = list(last_word.values())
    return MedicineDays(
        len(found), sum(each != "none" for each in found), sum(each == "more" for each in found)
    )


def _safety(store: Store, person: int, today: date, records: Records) -> Safety:
    times = times_answered(store, person)
    clearance = clearance_for(store, person, today=today, records=records)
    since = today - WEEKS * WEEK  # a sign counts from before the diary's first day, too
    urgent = (one for one in urgent_answers(times) if one.taken_back is None or one.day >= since)
    return Safety(times[-1].day if times else None, clearance, tuple(urgent))


def _before(days: Sequence[DiaryDay], today: date) -> Period | None:
    first, last = today - 2 * FOUR_WEEKS + ONE_DAY, today - FOUR_WEEKS
    return period(days, first, last, today=today) if days and days[0].day <= last else None


def _days_held(begins: date | None, last: date) -> int:
    """How many of the four weeks up to `last` the diary has: it knows nothing of the days before it began."""
    held = (last - begins + ONE_DAY) if begins else timedelta()
    return max(min(held, FOUR_WEEKS).days, 0)


def _answered(status: AnswerStatus, days: Sequence[DiaryDay], *, first_day: date, today: date) -> Answered:
    """Take the kept answer, and leave it out where figures of the diary beside it would contradict it."""
    cached = status.cached
    answer = read_answer_json(cached.numbers) if cached is not None and cached.numbers else None
    # why there was none before says nothing of the records as they are now
    is_of_these = status.is_current or (cached is not None and bool(cached.sections))
    problem = cached.problem if cached is not None and is_of_these else ""
    if answer is None or status.is_current or _fits(answer, days, first_day=first_day, today=today):
        return Answered(answer, status.is_current, problem)
    return Answered(None, is_current=False, problem=problem, left_out=answer)


def _fits(answer: ReportedAnswer, days: Sequence[DiaryDay], *, first_day: date, today: date) -> bool:
    """Whether an answer that is out of date rests on nearly the same mornings and runs as the diary now holds."""
    if all(effect.verdict is Verdict.TOO_FEW_RUNS for effect in (answer.week, answer.season)):
        return False  # a run more may be all that was missing
    held = [day for day in days if day.day >= min(first_day, answer.first_day)]
    mornings = sum(day.check_in is not None and day.check_in.pain is not None for day in held)
    changes = (
        mornings - answer.check_ins,
        sum(bool(day.runs) for day in held) - answer.run_days,
        (today - answer.last_day).days,
    )
    return max(map(abs, changes)) <= MAX_DAYS_CHANGED


def _tests(records: Records, today: date) -> tuple[FirstAndLast, ...]:
    made = []
    for kind in MeasurementKind:
        done = sorted(
            (one for one in records.measurements if one.kind is kind and one.local_day <= today),
            key=lambda one: one.moment,
        )
        values = [Dated(one.value, one.local_day) for one in done]
        if values:
            made.append(FirstAndLast(kind, values[0], values[-1] if len(values) > 1 else None))
    return tuple(made)


def _roland_morris(records: Records, today: date) -> tuple[Dated, ...]:
    done = [Dated(one.score, one.local_day) for one in records.roland_morris if one.local_day <= today]
    return tuple(done[:1] + done[-1:] if len(done) > 1 else done)


def _measure(name: str, check_ins: Sequence[CheckIn], first_day: date, today: date) -> Measure:
    """Two means apart from one another: nothing is compared before eight weeks have gone by."""

    def rated(is_meant: Callable[[date], bool]) -> list[float]:
        values = (getattr(rated_on, name) for rated_on in check_ins if is_meant(rated_on.local_day))
        return [value for value in values if value is not None]

    last = rated(lambda day: day > today - FOUR_WEEKS)
    is_long = today - first_day >= 2 * FOUR_WEEKS
    first = rated(lambda day: day < first_day + FOUR_WEEKS) if is_long else []
    return Measure(
        name,
        fmean(first) if first else None,
        fmean(last) if last else None,
        len(first),
        len(last),
        is_compared=is_long,
    )
