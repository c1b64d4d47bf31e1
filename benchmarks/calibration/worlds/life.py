"""One diary lived day by day, and the truth about the person who lived it.

    Delta_week   = mean over the 7 mornings after days 1..7 of rating(runs as usual) - rating(no runs),
                   from the person's own usual state
    Delta_season = mean over days 57..84 of the same, from the state of the last day

Both arms are lived from the same chance, so that whoever running does nothing to has a truth of exactly 0.
"""

from dataclasses import dataclass, replace
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from calibration.worlds.body import (
    DAY_HOURS,
    Body,
    Chance,
    Floats,
    State,
    coldness,
    dose,
    draw_chance,
    felt,
    flare_now,
    honest,
    settled,
    takes_medicine,
    through_the_day,
    through_the_night,
    usual_start,
)
from calibration.worlds.habits import STAGES, Design, Habits, Plan, minutes_on, noise, plan, rested

Flags = NDArray[np.bool_]

WEEK_DAYS, SEASON_FROM, SEASON_DAYS = 7, 56, 84
USUAL_DAYS = 56
REFERENCE_DAYS = 21.0
"""How slowly a person's idea of the usual pain follows the pain."""
MIN_RUN = 0.5


@dataclass(frozen=True, slots=True)
class Life:
    """A diary as it was lived; every array has shape (days,).

    Attributes:
        morning, evening: pain as felt at the two moments.
        rating: the honest whole number at the morning's check-in.
        before_run: the honest whole number at the moment of the decision.
        minutes: run on each day, 0 where none.
        plan: what was meant and drawn.
        flare: points that a flare adds in the morning.
        stress, sleep, weather: in standard deviations.
        work, medicine: 1 on days of heavy work, and on days on which a painkiller was taken.
        last: the body's state after the last day.
    """

    morning: Floats
    evening: Floats
    rating: Floats
    before_run: Floats
    minutes: Floats
    plan: Plan
    flare: Floats
    stress: Floats
    sleep: Floats
    weather: Floats
    work: Floats
    medicine: Floats
    last: State

    @property
    def kept(self) -> float:
        """Share of the drawn days on which the draw was kept; nan where nothing was drawn."""
        drawn = ~np.isnan(self.plan.assigned)
        ran = self.minutes > 0
        return float(np.mean((self.plan.assigned[drawn] == 1) == ran[drawn])) if drawn.any() else float("nan")


class Truth(NamedTuple):
    """Both Deltas of one person, and the Monte Carlo standard error of each."""

    week: float
    season: float
    week_error: float
    season_error: float


def live(body: Body, habits: Habits, *, design: Design, days: int, seed: list[int]) -> Life:
    """One diary. The same seed gives the same chance, whatever running does to this body."""
    streams = [np.random.default_rng([*seed, stream]) for stream in range(4)]
    spreads = [body.fast_sd, 0.5 * body.slow_sd, 0.6 * body.ache, body.stress, body.weather, body.poor_sleep]
    felt_sd = float(np.linalg.norm(spreads))
    the_plan = plan(streams[0], habits, days=days, design=design, felt_sd=felt_sd)
    chance = draw_chance(streams[1], days=days, lives=1)
    will = noise(streams[2], days)
    state = settled(streams[3], lives=1, load=0.0 if habits.starts > 0 else _usual_load(body, habits))
    return _lived(body, habits, the_plan, chance, will, state)


def _lived(body: Body, habits: Habits, the_plan: Plan, chance: Chance, will: Floats, state: State) -> Life:
    days = len(will)
    kept = {name: np.zeros(days) for name in (*_SHOWN, *_LIVED)}
    usual, since, stage, greens, on_stage = float(felt(body, state, 0)[0]), 2, 1, 0, 0
    before, as_it_is = usual, body
    for t in range(days):
        # an effect that turns: what running does at the end of the diary is what the truth is about
        body = (
            replace(as_it_is, ache=-as_it_is.ache, gain=-as_it_is.gain)
            if t < as_it_is.turns * days
            else as_it_is
        )
        now = float(felt(body, state, t)[0])
        kept["morning"][t] = now
        kept["rating"][t] = honest(np.array([now]), body, chance.rating[t])[0]
        for name in _SHOWN:
            kept[name][t] = float(flare_now(state)[0] if name == "flare" else getattr(state, name)[0])
        if habits.build_up == "ladder" and since == 1:
            stage, greens, on_stage = _climbed(stage, greens, on_stage, worse=now - max(before, usual) >= 2.0)
        on_stage += 1
        kept["work"][t], kept["medicine"][t] = chance.work[t, 0], takes_medicine(body, state, t)[0]
        state = through_the_day(body, state, chance, t)
        late = float(felt(body, state, t)[0])
        kept["evening"][t] = late
        # the mean of an Ornstein-Uhlenbeck bridge between both moments, which is close to a straight line
        deciding = late if habits.evening else now + (late - now) * habits.decides_after / DAY_HOURS
        kept["before_run"][t] = honest(np.array([late]), body, chance.rating[t - 1])[0]
        held_back = habits.season * coldness(body, t) + habits.heavy * float(kept["work"][t])
        runs = _goes(habits, the_plan, t, deciding - usual, since, kept, will[t] - held_back)
        minutes = minutes_on(habits, the_plan, t, felt_more=deciding - usual, stage=stage) if runs else 0.0
        kept["minutes"][t] = minutes if minutes >= MIN_RUN else 0.0
        since = 1 if runs else since + 1
        before = now
        usual += (now - usual) / REFERENCE_DAYS
        state = through_the_night(body, state, chance, t, kept["minutes"][t : t + 1])
    return Life(plan=the_plan, last=state, **kept)


_SHOWN = ("flare", "stress", "sleep", "weather")
_LIVED = ("minutes", "evening", "before_run", "morning", "rating", "work", "medicine")


def _goes(
    habits: Habits, the_plan: Plan, t: int, felt_more: float, since: int, kept: dict[str, Floats], will: float
) -> bool:
    """Whether the person runs on day `t`."""
    if habits.stops_in_flare and kept["flare"][t] > 0.5:
        return False
    wish = the_plan.offer[t]
    if not np.isfinite(wish):
        return bool(wish > 0)
    if the_plan.rhythm and np.isnan(the_plan.assigned[t]):
        wish += rested(habits, since)
    wish -= habits.pull * felt_more + habits.less_in_flare * float(kept["flare"][t] > 0.5)
    wish -= habits.stress * kept["stress"][t] + habits.weather * kept["weather"][t]
    wish += habits.poor_sleep * kept["sleep"][t]
    return bool(wish + will > 0)


def _climbed(stage: int, greens: int, on_stage: int, *, worse: bool) -> tuple[int, int, int]:
    """Return the ladder's next stage on the morning after a session: three good ones and a week on it take one up."""
    if worse:
        return max(stage - (greens == 0), 1), 0, 0
    if greens + 1 >= 3 and on_stage >= 7 and stage < len(STAGES) - 1:
        return stage + 1, 0, 0
    return stage, greens + 1, on_stage


def _usual_load(body: Body, habits: Habits) -> float:
    """Return what a person who has always run so has adapted to, in 30 minutes a day."""
    each = float(dose(body, np.array([habits.first_minutes if habits.build_up else habits.minutes]))[0])
    return runs_a_week(habits) / 7.0 * each


def runs_a_week(habits: Habits) -> float:
    """About how often a person runs."""
    by_pattern = {"weekdays": float(len(habits.weekdays)), "weekend": 2.0, "every": 7.0 / habits.every}
    by_pattern |= {"streaks": 4.7, "shifts": 2.6}
    return by_pattern.get(habits.pattern, habits.sessions)


def usual_plan(life: Life) -> tuple[float, float]:
    """Return runs a week and minutes a run in the running weeks of the last eight; (0, 0) where there was no run."""
    days = len(life.minutes)
    week = (days - 1 - np.arange(days)) // 7
    runs = np.zeros(days, dtype=bool)
    for w in range(int(week.max()) + 1):
        mine = week == w
        rest_week = np.all(life.plan.assigned[mine] == 0)
        runs[mine] = bool(np.any(life.minutes[mine] > 0)) and not rest_week
    lately = runs & (week < USUAL_DAYS // 7)
    chosen = life.minutes[lately if lately.any() else runs]
    if not len(chosen):
        return 0.0, 0.0
    ran = chosen > 0
    return 7.0 * float(np.mean(ran)), float(chosen[ran].mean())


def truth_of(body: Body, life: Life, *, seed: list[int], lives: int = 400) -> Truth:
    """Both Deltas: the person's coming days with runs as usual and without any, from the same chance."""
    a_week, minutes = usual_plan(life)
    if a_week == 0:
        return Truth(0.0, 0.0, 0.0, 0.0)
    rng = np.random.default_rng([*seed, 9])
    chance = draw_chance(rng, days=SEASON_DAYS, lives=lives)
    last_day = len(life.minutes)
    load = a_week / 7.0 * float(dose(body, np.array([minutes]))[0])
    ends = usual_start(life.last, rng, lives=lives)
    after_ache = np.full(lives, body.ache * load / (1.0 - body.ache_keeps))
    to_come = np.full(lives, body.ache_late * body.ache * load)
    used = np.full(lives, load)
    usual = replace(ends, first=used, adapted=used, ache=after_ache, to_come=to_come)
    # the phase of the plan differs between lives, so that the mean does not hang on one weekday
    phase = rng.random(lives)
    week = _difference(body, usual, chance, last_day, (a_week / 7.0, minutes), phase, days=WEEK_DAYS)
    season = _difference(body, ends, chance, last_day, (a_week / 7.0, minutes), phase, days=SEASON_DAYS)
    week_each, season_each = week.mean(axis=0), season[SEASON_FROM:].mean(axis=0)
    root = float(np.sqrt(lives))
    return Truth(
        float(week_each.mean()),
        float(season_each.mean()),
        float(week_each.std()) / root,
        float(season_each.std()) / root,
    )


def _difference(
    body: Body,
    start: State,
    chance: Chance,
    day: int,
    usual: tuple[float, float],
    phase: Floats,
    *,
    days: int,
) -> Floats:
    """Rating with runs as usual less rating without, on the mornings after days 1..days; shape (days, lives)."""
    often, minutes = usual
    none = np.zeros(len(phase))
    runs = rests = start
    out = np.zeros((days, len(phase)))
    for t in range(days):
        ran = np.floor((t + 1) * often + phase) > np.floor(t * often + phase)
        runs = through_the_night(
            body, through_the_day(body, runs, chance, t), chance, t, np.where(ran, minutes, 0.0)
        )
        rests = through_the_night(body, through_the_day(body, rests, chance, t), chance, t, none)
        pair = [honest(felt(body, s, day + t + 1), body, chance.rating[t]) for s in (runs, rests)]
        out[t] = pair[0] - pair[1]
    return out
