"""What happened lately that the programme goes by, for the report for a clinician: long runs, bad days, flares."""

from collections.abc import Iterable, Sequence
from datetime import date

from backstride.core.check_in import CheckIn
from backstride.programme.far_runs import has_longest_before, is_far_run, is_jump
from backstride.programme.history import History, Site, usual
from backstride.programme.lights import ResponseGrade, morning_light
from backstride.programme.on_foot import long_days
from backstride.report.clinician import Dated, Happenings


def happenings(
    history: History, check_ins: Sequence[CheckIn], *, first: date, last: date, on_ladder: bool
) -> Happenings:
    """Gather what happened in a period.

    Args:
        history: what the programme knows of the person.
        check_ins: all of theirs.
        first, last: the local days of the period, both counted.
        on_ladder: whether the programme goes by its steps: these may be more than a tenth longer.
    """
    near = [one for one in history.efforts if first <= one.day <= last]
    long = long_days(history.efforts)
    rated = [
        (one.local_day, one.other_pain)
        for one in check_ins
        if first <= one.local_day <= last and one.other_pain is not None
    ]
    return Happenings(
        long_runs=tuple(
            Dated(run.longest_min, run.day)
            for run in near
            if run.run_min
            and has_longest_before(history, run)
            and (is_far_run(history, run) or is_jump(history, run, on_ladder=on_ladder))
        ),
        long_days=tuple(Dated(one.run_min + one.walk_min, one.day) for one in near if one.day in long),
        worse=_highest_of_days(_much_worse(history, first, last)),
        flares=tuple(sorted({one.day for one in history.reports_of_days(first, last) if one.flare})),
        elsewhere=tuple(sorted({day for day, pain in rated if pain > 0.0})),
        elsewhere_worst=max(
            (Dated(pain, day) for day, pain in rated), key=lambda one: (one.value, one.day), default=None
        ),
        elsewhere_answered=len({day for day, _ in rated}),
    )


def _much_worse(history: History, first: date, last: date) -> Iterable[tuple[date, float]]:
    """Yield the day and the rating of the back where it was much worse than usual by the rules."""
    for report in history.reports_of_days(first, last):
        if report.back is None:
            continue
        level = usual(history, Site.BACK, report.moment)
        if morning_light(report.back, level) is ResponseGrade.RED:
            yield report.day, report.back


def _highest_of_days(rated: Iterable[tuple[date, float]]) -> tuple[Dated, ...]:
    highest: dict[date, float] = {}
    for day, pain in rated:
        highest[day] = max(pain, highest.get(day, 0.0))
    return tuple(Dated(pain, day) for day, pain in sorted(highest.items()))
