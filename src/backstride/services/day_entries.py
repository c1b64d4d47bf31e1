"""Looking at days: what is recorded of each, and amending or erasing it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from statistics import median

from backstride.core.check_in import QUESTIONS, CheckIn
from backstride.core.datetimes import ONE_DAY
from backstride.core.measurement import Measurement
from backstride.core.pain_before import PainBefore
from backstride.core.question import AnswerKind
from backstride.core.roland_morris import RolandMorris
from backstride.core.run import Activity, Run, known_minutes
from backstride.core.said_runs import days_without_minutes, said_runs
from backstride.core.same_run import SameRun, merge_same_runs
from backstride.diary.diary import Diary
from backstride.diary.rows import Entry
from backstride.errors import BadValue
from backstride.runtime.clock import utc_now

COUNTS = tuple(
    name for name, question in QUESTIONS.items() if question.kind in (AnswerKind.COUNT, AnswerKind.MINUTES)
)
USUAL_OF_DAYS = 28
MIN_RATED = 5


@dataclass(frozen=True, slots=True)
class DayEntries:
    """One local day and every entry about it, sources kept apart.

    Attributes:
        day: the local day.
        entries: what is recorded of it.
        said_run: a run of that day of which only the check-in of the next day tells; None where there is none.
        has_run_without_minutes: whether there was a run whose length nobody knows.
    """

    day: date
    entries: tuple[Entry, ...]
    said_run: Run | None = None
    has_run_without_minutes: bool = False

    @property
    def check_ins(self) -> tuple[CheckIn, ...]:
        """The check-ins, the first of the morning first."""
        records = (e.record for e in self.entries)
        return tuple(sorted((c for c in records if isinstance(c, CheckIn)), key=lambda c: c.moment))

    @property
    def run_minutes(self) -> float:
        """Minutes of running that are known, the same run of two sources counted once."""
        return known_minutes(run for run in self.sessions if run.is_running)

    @property
    def walk_minutes(self) -> float:
        """Minutes of walking that are known, the same walk of two sources counted once."""
        return known_minutes(run for run in self.sessions if run.activity is Activity.WALK)

    @property
    def sessions(self) -> tuple[Run, ...]:
        """Every session once, that of which only a check-in tells among them."""
        return self._merged[0] + ((self.said_run,) if self.said_run else ())

    @property
    def same_runs(self) -> tuple[SameRun, ...]:
        """The runs of which more than one entry tells, each with the reason."""
        return self._merged[1]

    @property
    def _merged(self) -> tuple[tuple[Run, ...], tuple[SameRun, ...]]:
        return merge_same_runs(e.record for e in self.entries if isinstance(e.record, Run))


def list_days(diary: Diary, *, last_day: date, count: int = 28) -> tuple[DayEntries, ...]:
    """List the `count` days up to `last_day`, latest first, including days without entries."""
    first_day = last_day - (count - 1) * ONE_DAY  # no page asks for a day before 1990
    of_day: dict[date, list[Entry]] = {}
    found = diary.entries(first_day, last_day + ONE_DAY)
    for entry in found:
        if isinstance(entry.record, CheckIn | Run | Measurement | PainBefore | RolandMorris):
            of_day.setdefault(entry.record.local_day, []).append(entry)
    records = [entry.record for entry in found]
    check_ins = [one for one in records if isinstance(one, CheckIn)]
    recorded = [one for one in records if isinstance(one, Run)]
    said, without_minutes = said_runs(check_ins, recorded), days_without_minutes(check_ins, recorded)
    lacking = {
        *without_minutes,
        *(run.local_day for run in recorded if run.is_running and run.moving_s is None),
    }
    runs = {each.check_in_day - ONE_DAY: each.run for each in said}
    days = [last_day - n * ONE_DAY for n in range(count)]
    return tuple(DayEntries(day, tuple(of_day.get(day, ())), runs.get(day), day in lacking) for day in days)


def amend_run(
    diary: Diary,
    entry_id: int,
    *,
    start: datetime,
    minutes: float | None,
    activity: str,
    km: float | None,
    now: datetime | None = None,
) -> Entry:
    """Correct a session; what it said before is kept. Without minutes its length is unknown.

    Raises:
        NotInDiary: there is no such entry.
        BadValue: it is no session, or a value is not possible.
    """
    before = diary.history(entry_id)[-1].record
    if not isinstance(before, Run):
        raise BadValue("This is no run.", advice="Open it from the list of days.")
    if activity not in {a.value for a in Activity}:
        raise BadValue("This kind of session is not known.", advice="Choose one from the list.")
    moving_s = None if minutes is None else minutes * 60
    if minutes is not None and before.minutes is not None and round(before.minutes, 1) == minutes:
        moving_s = before.moving_s
    elapsed_s = before.elapsed_s if (before.elapsed_s or 0) >= (moving_s or 0) else None
    metres = before.distance_m if _same_km(before.distance_m, km) else (km * 1000 if km is not None else None)
    better = replace(
        before,
        start=start,
        moving_s=moving_s,
        elapsed_s=elapsed_s,
        distance_m=metres,
        activity=Activity(activity),
    )
    return diary.amend(entry_id, better, now=now or utc_now())


def _same_km(metres: float | None, km: float | None) -> bool:
    if metres is None or km is None:
        return metres is None and km is None
    return round(metres / 1000, 2) == km


def last_lifestyle_counts(diary: Diary, *, before: date) -> dict[str, float]:
    """Return the last reported count of each lifestyle question, to be offered as one tap."""
    found: dict[str, float] = {}
    for entry in diary.entries(before - 60 * ONE_DAY, before):
        if isinstance(entry.record, CheckIn):
            for name in COUNTS:
                value = getattr(entry.record, name)
                if value is not None:
                    found[name] = value
    return found


def usual_pain(days: Iterable[DayEntries]) -> float | None:
    """Return the median morning rating of these days, 0-10; None where there are too few."""
    rated = [c.pain.pain_0_10 for entries in days for c in entries.check_ins[:1] if c.pain is not None]
    return median(rated) if len(rated) >= MIN_RATED else None
