"""Calm lives under the plan: beginners whom nothing befalls. How soon do they run, and how long in one go?

No illness, no absence, no race, no pain in a leg: only the pain of the back, which wanders from day to day, and a
session left out now and then. Published plans are written for such lives.
"""

from collections.abc import Sequence
from dataclasses import replace
from random import Random

from programme_lives import START, Lived, Person, live, make_person

from backstride.core.allocation import AllocationScheme
from backstride.programme.ladder import LADDER

WEEKS = 40
TRIAL_MIN = 5.6 / 8.0 * 60.0
"""Minutes of running a week in which, at 8 km/h, the running trial's 5.6 km lie (Neason 2024, mean at its end)."""
GROUPS = {
    "no pain, every session done": (0.0, 0.0, 0.0, 1.0),
    "pain of 1 to 3": (1.0, 3.0, 0.0, 0.9),
    "pain of 2 to 5": (2.0, 5.0, 0.0, 0.9),
    "pain of 2 to 5, a little more after runs": (2.0, 5.0, 0.3, 0.9),
}
"""Least and most pain of a usual day, how much 20 minutes of running raise it, and the share of sessions done."""


def longest_run_s(stage: int) -> int:
    """Seconds of the longest run of a stage."""
    return max(LADDER[stage].run_s, LADDER[stage].last_s)


def first_stage(seconds: int) -> int:
    """Return the first stage that holds so long a run."""
    return next(stage.number for stage in LADDER if longest_run_s(stage.number) >= seconds)


MARKS = {"running": 1} | {f"{n} minutes": first_stage(60 * n) for n in (4, 9, 20)}
"""What they came to, so many minutes in one go, and the first stage that holds it."""
TRIAL = "the trial's running"


def calm_person(seed: int, group: str) -> Person:
    """Return a beginner of this seed, on own days, whom nothing befalls."""
    least, most, sensitive, kept = GROUPS[group]
    return replace(
        make_person(seed),
        runs_already=False,
        law=AllocationScheme.OWN,
        usual=Random(seed).uniform(least, most),
        sensitive=sensitive,
        climbs=0.0,
        leg=0.0,
        leg_stays=0.0,
        knee=0.0,
        kept=kept,
        longer=0.0,
        shorter=False,
        unasked=0.0,
        race=0.0,
        hike=0.0,
        told=0.95,
        told_at=7.0,
        calls=False,
        runs_at=18.0,
        again=0.0,
        away=(),
    )


def weeks_to(days: Sequence[Lived]) -> dict[str, int | None]:
    """Return the week in which each mark was first reached, 1 for the first; None where it was not."""
    found: dict[str, int | None] = {}
    for mark, number in MARKS.items():
        reached = (d.today for d in days if _did(d, number))
        first = next(reached, None)
        found[mark] = None if first is None else (first - START).days // 7 + 1
    found[TRIAL] = next((n for n in range(1, len(days) // 7 + 1) if _minutes(days, n) >= TRIAL_MIN), None)
    return found


def _did(lived: Lived, number: int) -> bool:
    """Whether a whole session of this stage, or of a higher one, was done; of the first a part is enough."""
    offered = lived.plan.sessions[0] if lived.effort and lived.plan.sessions else None
    if offered is None or offered.day != lived.today or (offered.stage or 0) < number:
        return False
    return number == 1 or offered.run_min >= LADDER[number].run_min - 1e-6


def _minutes(days: Sequence[Lived], week: int) -> float:
    return sum(d.effort.run_min for d in days[7 * week - 7 : 7 * week] if d.effort)


def calm_rows(people: int) -> str:
    """Return a row a group: the weeks until each mark of the quickest, of half, and of three quarters of them."""
    return "\n".join(_row(group, people) for group in GROUPS)


def _row(group: str, people: int) -> str:
    # without pain and with every session done all lives are one
    number = people if GROUPS[group][3] < 1.0 else 1
    found = [weeks_to(list(live(calm_person(seed, group), weeks=WEEKS))) for seed in range(number)]
    cells = [_weeks([one[mark] for one in found]) for mark in (*MARKS, TRIAL)]
    there = sum((one["20 minutes"] or WEEKS) <= 26 for one in found) / number
    return f"| {' | '.join((group, str(number), *cells, f'{there:.0%}'))} |"


def _weeks(weeks: list[int | None]) -> str:
    """Of the quickest, of half, of three quarters; a dash where so many never came so far."""
    known = sorted(weeks, key=lambda week: WEEKS + 1 if week is None else week)
    picked = (known[0], known[(len(known) - 1) // 2], known[(3 * len(known) - 1) // 4])
    told = [str(week) if week is not None else "-" for week in picked]
    return told[0] if len(set(told)) == 1 else ", ".join(told)
