"""All worlds, and the cells in which they are lived."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from typing import Literal, NamedTuple
from zlib import crc32

import numpy as np

from calibration.worlds.body import Body, Course, dose
from calibration.worlds.habits import Design, Habits
from calibration.worlds.life import Life, Truth, live, runs_a_week, truth_of

Split = Literal["none", "next day", "habit", "half", "opposite"]
Rating = Literal[
    "honest",
    "sticky",
    "heaped",
    "late",
    "filled in late",
    "date only",
    "date only, evening",
    "constant",
    "one odd",
    "drifting",
]

THEN_DRAWN = "then drawn"
"""Ends the name of a world whose people run as they choose for months before chance draws their days."""
STEPS = 4
"""Rounds in which an effect is scaled until the person's truth is the one asked for."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How a person keeps the diary.

    Attributes:
        ratings: how pain is put down.
        missing: share of mornings without a check-in.
        missing_when_bad: how far one point of pain above the mean keeps from a check-in, in logits.
        runs_missing: share of runs that the watch missed and that count as rest.
        asked: whether check-ins say if there was a run yesterday.
        records: what else is put down: 'sleep', 'stress', 'flare', 'day_load', 'medicine', 'pain before',
            'means to run'.
        gap: first day and length of a stretch without any entry; (0, 0) for none.
        drift: points by which ratings fall over the diary, for no other reason than that it is kept.
    """

    ratings: Rating = "honest"
    missing: float = 0.08
    missing_when_bad: float = 0.0
    runs_missing: float = 0.0
    asked: bool = False
    records: tuple[str, ...] = ()
    gap: tuple[int, int] = (0, 0)
    drift: float = 0.0


Person = tuple[Body, Habits, Keeping]


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """One kind of life.

    Attributes:
        name: told in the table, and part of the chance.
        make: one person of it, from a generator.
        split: what the effect is made of; 'none' where running does nothing, or something else by itself.
        aim: the truth asked for, points; of the week where `split` is 'next day', else of the season.
        says: whether the truth is 'null', 'harm', 'help' or 'mixed'.
        critical: whether many people are asked.
    """

    name: str
    make: Callable[[np.random.Generator], Person]
    split: Split = "none"
    aim: float = 0.0
    critical: bool = False
    says: str = "null"


class Cell(NamedTuple):
    """A world lived with one design over one length."""

    world: World
    design: Design
    kept: float
    days: int

    @property
    def name(self) -> str:
        """The cell's key."""
        drawn = self.design if self.design == "own" else f"{self.design} drawn {100 * self.kept:.0f} %"
        return f"{self.world.name}/{drawn}/{self.days}"


class Lived(NamedTuple):
    """One person of a cell: what was lived, how the diary is kept, and the truth."""

    body: Body
    habits: Habits
    keeping: Keeping
    life: Life
    truth: Truth


def lived(cell: Cell, seed: int, number: int) -> Lived:
    """Person `number` of a cell."""
    where = [seed, crc32(cell.name.encode()), number]
    body, habits, keeping = cell.world.make(np.random.default_rng([*where, 5]))
    habits = replace(habits, kept=cell.kept)
    if cell.world.split == "none":
        life = live(body, habits, design=cell.design, days=cell.days, seed=where)
        lives = 2000 if body.flares_run else 100
        return Lived(body, habits, keeping, life, truth_of(body, life, seed=where, lives=lives))
    parts = _parts(cell.world, body, habits)
    scale = 1.0
    for _ in range(STEPS):
        mine = replace(body, ache=scale * parts[0] + parts[2], gain=scale * parts[1])
        life = live(mine, habits, design=cell.design, days=cell.days, seed=where)
        truth = truth_of(mine, life, seed=where)
        found = truth.week if cell.world.split == "next day" else truth.season
        fixed = 0.0
        if cell.world.split == "opposite":
            fixed = truth_of(replace(mine, gain=0.0), life, seed=where).season
        if abs(found - cell.world.aim) < 0.02:
            break
        got = (found - fixed) / (cell.world.aim - fixed) if abs(cell.world.aim - fixed) > 0.05 else 1.0
        scale *= float(np.clip(1.0 / max(got, 0.25), 0.4, 2.5))
    return Lived(mine, habits, keeping, life, truth)


def _parts(world: World, body: Body, habits: Habits) -> tuple[float, float, float]:
    """Ache, gain and an ache that is not scaled, about as large as the aim asks for."""
    load = runs_a_week(habits) / 7.0 * float(dose(body, np.array([habits.minutes]))[0])
    load = load if abs(load) > 0.05 else 0.05
    next_day = world.aim * (1.0 - body.ache_keeps) / load
    habit = world.aim / load
    return {
        "next day": (next_day, 0.0, 0.0),
        "habit": (0.0, habit, 0.0),
        "half": (0.5 * next_day, 0.5 * habit, 0.0),
        "opposite": (0.0, habit, 0.8),
    }[world.split]


# --- people -----------------------------------------------------------------------------------------------------


def ordinary(rng: np.random.Generator) -> Person:
    """Somebody who runs two to four times a week, less on bad mornings, and rates most mornings."""
    body = Body(
        level=float(rng.uniform(3.0, 5.0)),
        fast_sd=float(rng.uniform(0.7, 1.1)),
        fast_days=float(rng.uniform(1.3, 3.0)),
        slow_sd=float(rng.uniform(0.15, 0.45)),
    )
    habits = Habits(
        sessions=float(rng.uniform(2.3, 3.8)),
        minutes=float(rng.uniform(25.0, 45.0)),
        pull=float(rng.uniform(0.3, 0.9)),
        evening=False,
    )
    return body, habits, Keeping()


def _but(
    *,
    body: dict | None = None,
    habits: dict | None = None,
    keeping: dict | None = None,
    base: Callable[[np.random.Generator], Person] = ordinary,
) -> Callable[[np.random.Generator], Person]:
    """Return a maker of people like `base`, but with these traits; a pair of numbers is drawn between them."""

    def make(rng: np.random.Generator) -> Person:
        made = base(rng)
        return tuple(  # type: ignore[return-value]
            replace(one, **{k: v(rng) if callable(v) else v for k, v in (change or {}).items()})
            for one, change in zip(made, (body, habits, keeping), strict=True)
        )

    return make


def _from(low: float, high: float) -> Callable[[np.random.Generator], float]:
    return lambda rng: float(rng.uniform(low, high))


def _one_of(*choices: object) -> Callable[[np.random.Generator], object]:
    return lambda rng: choices[int(rng.integers(len(choices)))]


def hurting(rng: np.random.Generator) -> Person:
    """Somebody as `ordinary`, with pain enough to have less of it."""
    body, habits, keeping = ordinary(rng)
    return replace(body, level=float(rng.uniform(4.0, 6.0))), habits, keeping


_OWN_FIRST = 112
"""Sixteen weeks of one's own choice, and then ten of drawn days."""
_WEEKDAYS = _one_of((0, 2, 4), (1, 3, 5), (0, 2, 5), (1, 3, 6))
_EXACT = {"pattern": "weekdays", "weekdays": _WEEKDAYS, "minutes": 30.0, "spread": 0.0, "pull": 0.0}


_MORNING = {"hour": 7.9}
"""Runs before work, half an hour after the rating."""


def _decides_after(hours: float) -> dict[str, float]:
    """Pain decides at the door, `hours` after the rating, and the run begins then."""
    return {"decides_after": hours, "hour": 7.25 + hours}


_NO_MEMORY = {"level": 4.0, "fast_sd": 1.1, "fast_days": 0.1, "slow_sd": 0.0}
"""Pain that is drawn anew each morning: ratings are independent."""


def _every(days: int, body: dict | None = None, **more: object) -> Callable[[np.random.Generator], Person]:
    return _but(
        body=body,
        habits={"pattern": "every", "every": days, "minutes": 30.0, "spread": 0.0, "pull": 0.0} | more,
    )


def at_a_peak(
    *, peak: tuple[float, float], heal: tuple[float, float], build_up: str, habits: dict | None = None
) -> Callable[[np.random.Generator], Person]:
    """Somebody who begins to run when it hurts most, and builds up while it heals."""

    def make(rng: np.random.Generator) -> Person:
        body, own, keeping = ordinary(rng)
        starts = int(rng.integers(18, 29))
        course = Course(
            peak=float(rng.uniform(*peak)),
            at=starts - float(rng.uniform(0, 4)),
            heal_days=float(rng.uniform(*heal)),
        )
        body = replace(body, level=float(rng.uniform(2.0, 3.5)), course=course)
        own = replace(
            own,
            **({"starts": starts, "build_up": build_up, "sessions": 3.0, "minutes": 30.0} | (habits or {})),
        )
        return body, own, keeping

    return make


def evening(
    pull: float, base: Callable[[np.random.Generator], Person] = ordinary, **keeping: object
) -> Callable[[np.random.Generator], Person]:
    """Somebody who decides after work, by the pain felt then."""
    return _but(habits={"evening": True, "pull": pull}, keeping=keeping, base=base)


_HEALED = {"peak": (2.0, 3.0), "heal": (21.0, 63.0)}
_PLAN_DAYS = {"pattern": "weekdays", "weekdays": (0, 2, 4), "missed": 0.06, "pull": 0.25}


def _always_ran_and_heals(*, ramps: bool) -> Callable[[np.random.Generator], Person]:
    def make(rng: np.random.Generator) -> Person:
        body, own, keeping = ordinary(rng)
        course = Course(peak=2.5, at=0.0, heal_days=float(rng.uniform(25.0, 60.0)))
        body = replace(body, level=float(rng.uniform(2.0, 3.5)), course=course)
        more = (
            {"build_up": "ramp", "first_minutes": 15.0, "minutes": 40.0, "full_after": 90.0} if ramps else {}
        )
        return body, replace(own, **more), keeping

    return make


def _seasons(rng: np.random.Generator) -> Person:
    body, habits, keeping = ordinary(rng)
    body = replace(body, weather=0.45, season=0.6, cold_day=float(rng.uniform(-40, 60)))
    return body, replace(habits, weather=0.6, season=0.6), keeping


NULLS = (
    World(name="own days", make=ordinary, critical=True),
    World(name="own days, runs after the rating", make=_but(habits=_MORNING), critical=True),
    World(
        name="own days, decides 1.5 h after the rating", make=_but(habits=_decides_after(1.5)), critical=True
    ),
    World(
        name="own days, decides 2.5 h after the rating", make=_but(habits=_decides_after(2.5)), critical=True
    ),
    World(
        name="own days, avoids strongly, decides 2.5 h after the rating",
        make=_but(habits=_decides_after(2.5) | {"pull": _from(1.2, 1.8)}),
        critical=True,
    ),
    World(name="own days, avoids strongly", make=_but(habits={"pull": _from(1.2, 1.8)}), critical=True),
    World(name="fixed weekdays, exact", make=_but(habits=_EXACT), critical=True),
    World(name="fixed weekdays, 22-45 min", make=_but(habits=_EXACT | {"spread": 0.2}), critical=True),
    World(name="fixed weekdays, some missed", make=_but(habits=_EXACT | {"missed": 0.06}), critical=True),
    World(
        name="fixed weekdays, missed and moved",
        make=_but(habits=_EXACT | {"missed": 0.14, "moved": 0.6, "spread": 0.2}),
        critical=True,
    ),
    World(
        name="fixed weekdays, missed when it hurts",
        make=_but(habits=_EXACT | {"pull": 0.6, "spread": 0.2}),
        critical=True,
    ),
    World(
        name="fixed weekdays, pain has a weekly rhythm",
        make=_but(
            body={"monday": _from(0.5, 0.9), "worst_weekday": _from(0, 7)}, habits=_EXACT | {"missed": 0.06}
        ),
        critical=True,
    ),
    World(name="fixed weekdays, exact, no memory", make=_but(body=_NO_MEMORY, habits=_EXACT), critical=True),
    World(
        name="fixed weekdays, some missed, no memory",
        make=_but(body=_NO_MEMORY, habits=_EXACT | {"missed": 0.06, "spread": 0.2}),
        critical=True,
    ),
    World(name="every 2nd day, no memory", make=_every(2, body=_NO_MEMORY), critical=True),
    World(name="every 3rd day, no memory", make=_every(3, body=_NO_MEMORY), critical=True),
    World(name="c25k on fixed days", make=_but(habits=_PLAN_DAYS | {"build_up": "c25k", "starts": 21})),
    World(
        name="own programme followed",
        make=_but(habits=_PLAN_DAYS | {"build_up": "ladder", "starts": 21}),
        critical=True,
    ),
    World(name="every 2nd day", make=_every(2), critical=True),
    World(name="every 3rd day", make=_every(3), critical=True),
    World(name="every 4th day", make=_every(4)),
    World(name="every 2nd day, some missed", make=_every(2, missed=0.08, spread=0.2)),
    World(
        name="weekend only",
        make=_but(habits={"pattern": "weekend", "missed": 0.05, "pull": 0.0, "minutes": 40.0}),
    ),
    World(name="streaks and taper", make=_but(habits={"pattern": "streaks", "pull": 0.3})),
    World(name="shifts 4 on 4 off", make=_but(habits={"pattern": "shifts", "pull": 0.3})),
    World(
        name="ladder at a peak",
        make=at_a_peak(**_HEALED, build_up="ladder", habits=_PLAN_DAYS),
        critical=True,
    ),
    World(
        name="5 to 30 min at a peak",
        make=at_a_peak(peak=(3.0, 3.0), heal=(40.0, 40.0), build_up="ramp"),
        critical=True,
    ),
    World(
        name="15 to 45 min at a peak",
        make=at_a_peak(
            peak=(3.0, 3.0),
            heal=(60.0, 60.0),
            build_up="ramp",
            habits={"minutes": 45.0, "first_minutes": 15.0, "full_after": 100.0},
        ),
        critical=True,
    ),
    World(name="c25k at a peak", make=at_a_peak(**_HEALED, build_up="c25k", habits=_PLAN_DAYS)),
    World(
        name="starts at a peak, no build-up", make=at_a_peak(peak=(3.0, 3.0), heal=(30.0, 30.0), build_up="")
    ),
    World(name="always ran, heals", make=_always_ran_and_heals(ramps=False)),
    World(name="always ran, heals, builds up", make=_always_ran_and_heals(ramps=True), critical=True),
    World(name="evening decision, mild", make=evening(0.6), critical=True),
    World(name="evening decision", make=evening(1.0), critical=True),
    World(name="evening decision, strong", make=evening(1.8), critical=True),
    World(name="evening decision, pain before run tapped", make=evening(1.0, records=("pain before",))),
    World(name="evening decision, means to run asked", make=evening(1.0, records=("means to run",))),
    World(
        name="evening decision for months, then drawn",
        make=_but(habits={"evening": True, "pull": 1.0, "own_first": _OWN_FIRST}),
        critical=True,
    ),
    World(
        name="stress moves both for months, then drawn",
        make=_but(body={"stress": 0.7}, habits={"stress": 0.9, "own_first": _OWN_FIRST}),
        critical=True,
    ),
    World(
        name="flares without running for months, then drawn",
        make=_but(body={"flares": 0.022}, habits={"stops_in_flare": True, "own_first": _OWN_FIRST}),
    ),
    World(
        name="flares without running",
        make=_but(body={"flares": 0.022}, habits={"stops_in_flare": True}),
        critical=True,
    ),
    World(name="flares with fewer runs", make=_but(body={"flares": 0.022}, habits={"less_in_flare": 1.2})),
    World(
        name="flares without running, tapped",
        make=_but(body={"flares": 0.022}, habits={"stops_in_flare": True}, keeping={"records": ("flare",)}),
    ),
    World(name="stress moves both", make=_but(body={"stress": 0.55}, habits={"stress": 0.6}), critical=True),
    World(
        name="stress moves both, recorded",
        make=_but(body={"stress": 0.55}, habits={"stress": 0.6}, keeping={"records": ("stress",)}),
    ),
    World(name="sleep moves both", make=_but(body={"poor_sleep": 0.5}, habits={"poor_sleep": 0.6})),
    World(
        name="sleep moves both, recorded",
        make=_but(body={"poor_sleep": 0.5}, habits={"poor_sleep": 0.6}, keeping={"records": ("sleep",)}),
    ),
    World(
        name="stress and sleep, recorded",
        make=_but(
            body={"stress": 0.45, "poor_sleep": 0.4},
            habits={"stress": 0.5, "poor_sleep": 0.5},
            keeping={"records": ("sleep", "stress")},
        ),
    ),
    World(
        name="heavy work moves both",
        make=_but(body={"heavy": 0.8}, habits={"heavy": 0.8, "evening": True, "pull": 0.3}),
        critical=True,
    ),
    World(
        name="heavy work moves both, recorded",
        make=_but(
            body={"heavy": 0.8},
            habits={"heavy": 0.8, "evening": True, "pull": 0.3},
            keeping={"records": ("day_load",)},
        ),
    ),
    World(name="painkillers on bad days", make=_but(body={"medicine": 1.2})),
    World(
        name="painkillers on bad days, recorded",
        make=_but(body={"medicine": 1.2}, keeping={"records": ("medicine",)}),
    ),
    World(name="weather and season", make=_seasons, critical=True),
    World(name="sticky ratings", make=_but(keeping={"ratings": "sticky"}), critical=True),
    World(name="heaped ratings", make=_but(keeping={"ratings": "heaped"})),
    World(name="ratings late in the day", make=_but(keeping={"ratings": "late"})),
    World(name="ratings filled in late", make=_but(keeping={"ratings": "filled in late"})),
    World(name="date only", make=_but(keeping={"ratings": "date only"})),
    World(name="date only, rated in the evening", make=_but(keeping={"ratings": "date only, evening"})),
    World(name="a third of runs missing", make=_but(keeping={"runs_missing": 0.33})),
    World(name="a third of runs missing, asked", make=_but(keeping={"runs_missing": 0.33, "asked": True})),
    World(name="a year's gap", make=_but(keeping={"gap": (30, 365)})),
    World(
        name="mornings missing when it hurts", make=_but(keeping={"missing": 0.2, "missing_when_bad": 1.0})
    ),
    World(name="hardly any pain", make=_but(body={"level": _from(0.4, 1.2)})),
    World(name="constant ratings", make=_but(habits=_EXACT, keeping={"ratings": "constant"})),
    World(name="one odd rating", make=_but(habits=_EXACT, keeping={"ratings": "one odd"}), critical=True),
    World(name="one odd rating, own days", make=_but(keeping={"ratings": "one odd"})),
    World(
        name="ratings drift down, builds up",
        make=_but(
            habits={"build_up": "ramp", "first_minutes": 10.0, "minutes": 40.0}, keeping={"drift": 1.5}
        ),
    ),
)

HARMS = (
    World(name="slow harm +1.5", make=ordinary, split="habit", aim=1.5, critical=True),
    World(name="slow harm +2.5", make=ordinary, split="habit", aim=2.5, critical=True),
    World(name="slow harm +1.5, 14 days", make=_but(body={"gain_days": 14.0}), split="habit", aim=1.5),
    World(name="slow harm +1.5, 60 days", make=_but(body={"gain_days": 60.0}), split="habit", aim=1.5),
    World(
        name="slow harm +1.5, fixed weekdays",
        make=_but(habits=_EXACT | {"missed": 0.06}),
        split="habit",
        aim=1.5,
    ),
    World(name="half and half harm +1.5", make=ordinary, split="half", aim=1.5),
    World(
        name="half and half harm +1.5, avoids strongly",
        make=_but(habits={"pull": _from(1.2, 1.8)}),
        split="half",
        aim=1.5,
    ),
    World(
        name="half and half harm +1.5, evening decision",
        make=evening(1.0),
        split="half",
        aim=1.5,
        critical=True,
    ),
    World(name="next-day harm +1.0", make=ordinary, split="next day", aim=1.0),
    World(
        name="helped first, next-day harm +1.0 now", make=_but(body={"turns": 0.5}), split="next day", aim=1.0
    ),
    World(
        name="helped first, half harm +1.5 now",
        make=_but(body={"turns": 0.5}),
        split="half",
        aim=1.5,
        critical=True,
    ),
    World(
        name="next-day harm +1.0, runs after the rating",
        make=_but(habits=_MORNING),
        split="next day",
        aim=1.0,
        critical=True,
    ),
    World(
        name="next-day harm +1.0, fixed weekdays",
        make=_but(habits=_EXACT | {"missed": 0.06}),
        split="next day",
        aim=1.0,
    ),
    World(
        name="sore a morning late, harm +1.3",
        make=_but(habits={"sessions": 3.0}, body={"ache_late": 1.0, "ache_keeps": 0.5}),
        split="next day",
        aim=1.3,
        critical=True,
    ),
    World(
        name="one morning alone, harm +1.0",
        make=_but(habits={"sessions": 3.0}, body={"ache_keeps": 0.0}),
        split="next day",
        aim=1.0,
        critical=True,
    ),
    World(name="next-day harm +1.0, evening decision", make=evening(1.0), split="next day", aim=1.0),
    World(
        name="next-day harm +1.0, sticky ratings",
        make=_but(keeping={"ratings": "sticky"}),
        split="next day",
        aim=1.0,
    ),
    World(
        name="ladder at a peak, harm +1.0",
        make=at_a_peak(**_HEALED, build_up="ladder", habits=_PLAN_DAYS),
        split="half",
        aim=1.0,
        critical=True,
    ),
    World(
        name="5 to 30 min at a peak, harm +1.0",
        make=at_a_peak(peak=(3.0, 3.0), heal=(40.0, 40.0), build_up="ramp"),
        split="half",
        aim=1.0,
        critical=True,
    ),
    World(
        name="15 to 45 min at a peak, harm +1.8",
        make=at_a_peak(
            peak=(3.0, 3.0),
            heal=(60.0, 60.0),
            build_up="ramp",
            habits={"minutes": 45.0, "first_minutes": 15.0, "full_after": 100.0},
        ),
        split="half",
        aim=1.8,
    ),
    World(
        name="runs set off flares",
        make=_but(body={"flares_run": 0.09, "flare_days": (5.0, 21.0)}, habits={"stops_in_flare": True}),
        critical=True,
    ),
    World(
        name="flares, slow harm +1.5",
        make=_but(body={"flares": 0.022}, habits={"stops_in_flare": True}),
        split="habit",
        aim=1.5,
    ),
    World(name="weather and season, slow harm +1.5", make=_seasons, split="habit", aim=1.5),
    World(
        name="stress moves both, half harm +1.5",
        make=_but(body={"stress": 0.55}, habits={"stress": 0.6}),
        split="half",
        aim=1.5,
    ),
    World(
        name="a third of runs missing, half harm +1.5",
        make=_but(keeping={"runs_missing": 0.33}),
        split="half",
        aim=1.5,
    ),
    World(
        name="long runs harm (hump)",
        make=_but(body={"dose": "hump"}, habits={"minutes": _from(52.0, 60.0)}),
        split="half",
        aim=1.2,
    ),
    World(
        name="saturating harm +1.5",
        make=_but(body={"dose": "saturating"}, habits={"spread": 0.45}),
        split="half",
        aim=1.5,
    ),
    World(
        name="date only, rated in the evening, harm +1.0",
        make=_but(keeping={"ratings": "date only, evening"}),
        split="next day",
        aim=1.0,
    ),
)

HELPS = (
    World(name="slow help -1.5", make=hurting, split="habit", aim=-1.5),
    World(name="slow help -2.5", make=_but(body={"level": _from(5.0, 6.5)}), split="habit", aim=-2.5),
    World(
        name="slow help -1.5, 60 days",
        make=_but(base=hurting, body={"gain_days": 60.0}),
        split="habit",
        aim=-1.5,
    ),
    World(name="half and half help -1.5", make=hurting, split="half", aim=-1.5),
    World(name="next-day help -1.0", make=hurting, split="next day", aim=-1.0),
    World(
        name="one morning alone, help -1.0",
        make=_but(body={"ache_keeps": 0.0}, base=hurting),
        split="next day",
        aim=-1.0,
    ),
    World(
        name="next-day help -1.0, own days for months, then drawn",
        make=_but(base=hurting, habits={"own_first": _OWN_FIRST}),
        split="next day",
        aim=-1.0,
    ),
    World(
        name="next-day help -1.0, runs after the rating",
        make=_but(base=hurting, habits=_MORNING),
        split="next day",
        aim=-1.0,
        critical=True,
    ),
    World(
        name="half and half help -1.5, runs after the rating",
        make=_but(base=hurting, habits=_MORNING),
        split="half",
        aim=-1.5,
    ),
    World(
        name="next-day help -1.0, evening decision, pain before run tapped",
        make=evening(1.0, base=hurting, records=("pain before",)),
        split="next day",
        aim=-1.0,
    ),
    World(
        name="next-day help -1.0, fixed weekdays",
        make=_but(base=hurting, habits=_EXACT | {"missed": 0.06}),
        split="next day",
        aim=-1.0,
    ),
    World(
        name="next-day help -1.0, evening decision",
        make=evening(1.0, base=hurting),
        split="next day",
        aim=-1.0,
    ),
    World(
        name="next-day help -1.0, sticky ratings",
        make=_but(base=hurting, keeping={"ratings": "sticky"}),
        split="next day",
        aim=-1.0,
    ),
    World(
        name="half and half help -1.5, flares",
        make=_but(base=hurting, body={"flares": 0.022}, habits={"stops_in_flare": True}),
        split="half",
        aim=-1.5,
    ),
    World(
        name="ladder at a peak, help -1.0",
        make=at_a_peak(**_HEALED, build_up="ladder", habits=_PLAN_DAYS),
        split="half",
        aim=-1.0,
    ),
    World(
        name="a third of runs missing, half help -1.5",
        make=_but(base=hurting, keeping={"runs_missing": 0.33}),
        split="half",
        aim=-1.5,
    ),
    World(
        name="saturating help -1.5",
        make=_but(base=hurting, body={"dose": "saturating"}, habits={"spread": 0.45}),
        split="half",
        aim=-1.5,
    ),
    World(name="sore next day, better by habit", make=hurting, split="opposite", aim=-0.9),
)

WORLDS: dict[str, World] = {
    world.name: replace(world, says=says)
    for says, group in (("null", NULLS), ("harm", HARMS), ("help", HELPS))
    for world in group
}

_ALSO: dict[str, tuple[tuple[Design, float, int], ...]] = {
    "own days": (
        ("own", 0.92, 28),
        ("own", 0.92, 126),
        *((d, k, 126) for d in ("days", "weeks") for k in (0.92, 0.66)),
        *((b, 0.92, 126) for b in ("blocks of 2", "blocks of 4")),
    ),
    "fixed weekdays, exact": (("own", 0.92, 28), ("own", 0.92, 126)),
    "every 2nd day": (("own", 0.92, 28),),
    "ladder at a peak": (("days", 0.92, 126), ("weeks", 0.92, 126), ("days", 0.66, 126)),
    "5 to 30 min at a peak": (("days", 0.92, 126), ("weeks", 0.92, 126)),
    "15 to 45 min at a peak": (("days", 0.92, 126), ("weeks", 0.92, 126)),
    "evening decision": (
        ("own", 0.92, 28),
        *((d, k, 126) for d in ("days", "weeks") for k in (0.92, 0.66)),
        ("blocks of 4", 0.66, 126),
    ),
    "flares without running": (("weeks", 0.66, 126), ("days", 0.66, 126)),
    "sticky ratings": (("weeks", 0.92, 126),),
    "weather and season": (("weeks", 0.92, 126),),
    "slow harm +1.5": (
        ("own", 0.92, 84),
        ("weeks", 0.92, 126),
        ("blocks of 2", 0.92, 126),
        ("blocks of 4", 0.92, 126),
    ),
    "slow harm +2.5": (("own", 0.92, 28),),
    "ladder at a peak, harm +1.0": (("days", 0.92, 126),),
    "half and half harm +1.5, evening decision": (("days", 0.66, 126), ("weeks", 0.66, 126)),
    "stress moves both": (("weeks", 0.66, 126),),
    "sore a morning late, harm +1.3": (("days", 0.92, 84), ("days", 0.92, 126)),
    "one morning alone, harm +1.0": (("days", 0.92, 126),),
    "one morning alone, help -1.0": (("days", 0.92, 126),),
    "next-day harm +1.0, evening decision": (("days", 0.66, 126), ("weeks", 0.66, 126)),
    "next-day help -1.0": (
        ("own", 0.92, 28),
        ("days", 0.92, 126),
        ("weeks", 0.92, 126),
        ("weeks", 0.66, 126),
    ),
    "slow help -1.5": (("weeks", 0.92, 126), ("blocks of 4", 0.85, 182), ("blocks of 4", 0.85, 266)),
    "half and half help -1.5": (
        ("weeks", 0.92, 126),
        ("blocks of 2", 0.85, 182),
        ("blocks of 4", 0.85, 182),
        ("blocks of 4", 0.85, 266),
    ),
    "sore next day, better by habit": (("weeks", 0.92, 126),),
} | {name: (("days", 0.92, 182),) for name in WORLDS if name.endswith(THEN_DRAWN)}

_SHORT = ("fixed weekdays", "every ", "weekend", "constant", "one odd", "next-day harm +1.0, fixed")
_DAYS = {"a year's gap": 425}


DESIGNS: tuple[Design, ...] = ("days", "weeks", "blocks of 2", "blocks of 4")
KEPT, LENGTHS = (0.92, 0.66), (28, 84, 126)
_MIN_DRAWN = 84


def cells() -> Iterator[Cell]:
    """Return the cells of the table: each world on own days, then some designs and lengths; critical worlds first."""
    for wanted in (True, False):
        for world in WORLDS.values():
            if world.critical is wanted:
                if not world.name.endswith(THEN_DRAWN):
                    yield Cell(world, "own", 0.92, _usual_days(world))
                for design, kept, length in _ALSO.get(world.name, ()):
                    yield Cell(world, design, kept, length)


def every_cell() -> Iterator[Cell]:
    """Return the cells of the table, then every other pair of a world with a design and a length."""
    asked = list(cells())
    yield from asked
    known = {cell.name for cell in asked}
    for world in WORLDS.values():
        if world.name.endswith(THEN_DRAWN):
            continue
        lengths = (_DAYS[world.name],) if world.name in _DAYS else LENGTHS
        crossed = [Cell(world, "own", 0.92, days) for days in lengths]
        crossed += [
            Cell(world, design, kept, days)
            for days in lengths
            if days >= _MIN_DRAWN
            for design in DESIGNS
            for kept in KEPT
        ]
        yield from (cell for cell in crossed if cell.name not in known)


def _usual_days(world: World) -> int:
    return _DAYS.get(world.name, 84 if world.name.startswith(_SHORT) or world.name == "own days" else 126)
