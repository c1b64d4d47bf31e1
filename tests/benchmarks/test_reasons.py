"""Each reason that a plan names is true on its day: held against what was lived, in other words than the plan's."""

from datetime import timedelta
from itertools import pairwise
from statistics import median

from backstride.core.plan_step import Step
from backstride.programme import week
from backstride.programme.rules import Rule
from backstride.programme.state import compute_state

WHO = (3, 4, 5, 6, 7, 8, 19, 20, 71, 94, 104)
"""People whose lives show most rules: races, hikes, a sore shin, a leg that comes and goes, more medicine."""
WEEKS = 16
PLACES = ("back", "leg", "other")
DAY = timedelta(days=1)
SERVICE = {Rule.SAFETY_WALKS}
"""Told by the safety answers and not by the plan."""


class Held:
    """What was true on one day of a life, for each reason."""

    def __init__(self, lived, promises):
        self.lived, self.promises = lived, promises
        self.history, self.today = lived.history, lived.today
        self.done = [e for e in self.history.efforts if e.day < self.today]
        self.now = compute_state(self.history, today=self.today)

    def near(self, days):
        """The check-ins of so many days up to this one."""
        return [t for t in self.history.reports if 0 <= (self.today - t.day).days < days]

    def after_last(self):
        """The check-ins in the 60 hours after the last session."""
        if not self.done:
            return []
        last = self.done[-1]
        return self.promises.told_between(self.history, last.start, last.end + timedelta(hours=60))

    def worst_after_last(self):
        return max(
            (pain for t in self.after_last() for place in PLACES if (pain := getattr(t, place)) is not None),
            default=None,
        )

    def last_ratings(self):
        """Of each place its last day with a rating, the worst of it, and what was usual before."""
        for place in PLACES:
            days = 7 if place == "other" else 28
            rated = self.promises.worst_of_last_day(self.history, place, self.today, days)
            if rated is not None:
                yield (*rated, self.promises.usual_before(self.history, place, rated[0]))

    def is_bad_morning(self):
        return any(
            pain > 3 and level is not None and pain > level + 1 for _, pain, level in self.last_ratings()
        )

    def firsts(self):
        """The first rating of the back of each day."""
        found = {}
        for told in self.history.reports:
            if told.back is not None and told.day <= self.today:
                found.setdefault(told.day, told.back)
        return found

    def climbed(self, rise, days):
        """Whether the middle of the last days is so far above that of some such days before."""
        firsts = self.firsts()

        def level(ends):
            near = [pain for day, pain in firsts.items() if 0 <= (ends - day).days < days]
            return median(near) if len(near) >= days // 2 else None

        now = level(self.today)
        earlier = [level(self.today - n * DAY) for n in range(days, 366)]
        return now is not None and any(b is not None and now - b >= rise for b in earlier)

    def hurts(self, place, least, days=29):
        return [t.day for t in self.near(days) if (getattr(t, place) or 0.0) >= least]

    def leg_days(self, days):
        return sorted({t.day for t in self.near(days) if self.promises.leg_hurts(t) or (t.leg or 0.0) >= 2})

    def talked(self):
        return any(s.step is Step.TALKED and s.day <= self.today for s in self.history.steps)

    def reds(self):
        """The sessions after which, within 60 hours, a leg had a sign or a place was far above its usual."""
        return [e for e in self.done if (self.today - e.day).days <= 43 and self.was_red(e)]

    def was_red(self, effort):
        p = self.promises
        after = p.told_between(self.history, effort.start, effort.end + timedelta(hours=60))
        return any(
            p.leg_hurts(t)
            or any(
                p._far_above(getattr(t, place), p._usual_at(self.history, place, effort))
                for place in PLACES
                if getattr(t, place) is not None
            )
            for t in after
        )

    def high_days(self, above):
        """Whether three days of four weeks were 3 above the middle of their first ratings, and above a bar."""
        firsts = [pain for day, pain in self.firsts().items() if (self.today - day).days < 28]
        high = {t.day for t in self.near(28) if (t.back or 0.0) > above and t.back - median(firsts) >= 3}
        return len(high) >= 3

    def gap(self):
        """The longest time without a run, this day counted."""
        days = [*(e.day for e in self.done if e.run_min), self.today]
        return max(((b - a).days for a, b in pairwise(days)), default=0)

    def was_ill(self):
        last = self.done[-1].day if self.done else self.today
        since = min(last, self.today - 7 * DAY)
        return any(
            s.step in {Step.RESUME, Step.START, Step.START_OWN} and since <= s.day <= self.today
            for s in self.history.steps
        ) and any(s.step is Step.ILL for s in self.history.steps)

    def far_run(self):
        runs = [e for e in self.history.efforts if e.run_min]
        for run in runs:
            before = max((e.longest_min for e in runs if 0 < (run.day - e.day).days <= 84), default=0.0)
            lately = max((e.longest_min for e in runs if 0 < (run.day - e.day).days <= 10), default=0.0)
            far = run.longest_min >= 120 and lately < 0.9 * run.longest_min
            far = far or (run.longest_min >= 90 and run.longest_min > 1.1 * before)
            if (far or (run.longest_min >= 30 and run.longest_min > 2 * before)) and (
                0 < (self.today - run.day).days <= 14
            ):
                return True
        return False

    def graded(self):
        """One's own minutes as the plan now has them."""
        return self.now.own.minutes * 1.05**self.now.stage if self.now.own else 0.0

    def reasons(self):
        """Whether each rule held."""
        p, lived, done, plan = self.promises, self.lived, self.done, self.lived.plan
        sessions, worst = plan.sessions, self.worst_after_last()
        runs = [s for s in sessions if s.run_min]
        red = self.now.red
        back = [t.back for t in self.near(7) if t.back is not None]
        said = [s.step for s in self.history.steps if s.day <= self.today and s.step is not Step.TALKED]
        flares = [t.flare for t in self.near(2) if t.flare is not None]
        more = lambda days: len({t.day for t in self.near(days) if t.medicine == "more"})  # noqa: E731
        stage_then = compute_state(self.history, today=done[-1].day).stage if done else None
        rated = list(self.last_ratings())
        return {
            Rule.ENTRY: lambda: self.now.stage == 0 and self.now.own is None and not runs,
            Rule.OWN: lambda: (
                any(s is Step.START_OWN for s in said) and all(s.stage is None for s in sessions)
            ),
            Rule.SESSIONS: lambda: len(sessions) <= 3,
            Rule.OWN_DAYS: lambda: self.now.own.a_week > 3 and len(sessions) <= 6,
            Rule.ADVANCE: lambda: stage_then is not None and self.now.stage > stage_then,
            Rule.REPEAT: lambda: bool(done) and self.now.stage <= stage_then,
            Rule.WALK_KEEPS: lambda: done[-1].run_min == 0.0,
            Rule.UNRATED: lambda: (
                all(
                    t.moment
                    > min(e.start for e in self.history.efforts if e.run_min and e.start > done[-1].start)
                    for t in self.after_last()
                )
                if any(e.run_min and e.start > done[-1].start for e in self.history.efforts)
                else not self.after_last()
            ),
            Rule.ABOVE_THREE: lambda: worst is not None and worst > 3,
            Rule.RISING: lambda: self.climbed(1.0, 7),
            Rule.SPIKES: lambda: self.high_days(3),
            Rule.SPIKES_HIGH: lambda: self.high_days(5),
            Rule.DAILY_LIFE: lambda: p._has_jumped(lived),
            Rule.AMBER: lambda: any(
                (getattr(t, place) or 0.0) > 3 for t in self.near(29) for place in PLACES
            ),
            Rule.RED: lambda: any((self.today - e.day).days <= 14 or e is done[-1] for e in self.reds()),
            Rule.MORNING: self.is_bad_morning,
            Rule.HIGH: lambda: (
                any(pain >= 7 for _, pain, _ in rated)
                or any((getattr(t, place) or 0.0) >= 7 for t in self.near(2) for place in PLACES)
            ),
            Rule.HIGH_STAYS: lambda: (
                median(pain for day, pain in self.firsts().items() if (self.today - day).days < 28) > 5
            ),
            Rule.SEVERE_STAYS: lambda: len({d for place in PLACES for d in self.hurts(place, 7, 14)}) >= 5,
            Rule.ABOVE_FIVE: lambda: worst is not None and worst > 5,
            Rule.FLARE: lambda: any(t.flare for t in (*self.near(8), *self.after_last())),
            Rule.MEDICINE: lambda: more(7) >= 3 or any(t.medicine == "more" for t in self.after_last()),
            Rule.MEDICINE_STAYS: lambda: more(14) >= 6,
            Rule.LEG_NEAR: lambda: bool(self.leg_days(43)),
            Rule.SORE: lambda: bool(self.hurts("other", 2, 43)),
            Rule.CLIMB: lambda: self.climbed(1.5, 14),
            Rule.CLIMB_FAR: lambda: self.climbed(2.0, 14),
            Rule.CLIMB_MONTHS: lambda: self.climbed(2.0, 28),
            Rule.FLARE_NOW: lambda: flares[-1],
            Rule.NOT_RATED: lambda: not back,
            Rule.LONG_DAY: lambda: any(
                e.run_min + e.walk_min > 180 and 0 <= (self.today - e.day).days <= 1
                for e in self.history.efforts
            ),
            Rule.SETTLE: lambda: (
                (red is not None and not p.is_as_before(self.history, red, self.today))
                or self.is_bad_morning()
            ),
            Rule.REST: lambda: (
                (self.today - red.day).days < 3 and p.is_as_before(self.history, red, self.today)
            ),
            Rule.STAYED: lambda: any(
                (self.today - r.day).days > 14 and not p.is_as_before(self.history, r, self.today)
                for r in (*self.reds(), *([red] if red else []))
            ),
            Rule.LEG: lambda: bool(self.leg_days(29)),
            Rule.LEG_STAYS: lambda: bool(self.leg_days(29)) and (self.today - self.leg_days(400)[0]).days > 7,
            Rule.LEG_WORSE: lambda: self.talked() and bool(self.hurts("leg", 1, 15)),
            Rule.LEG_RETURNS: lambda: len(self.leg_days(60)) >= 4,
            Rule.LEG_ABOVE: lambda: self.talked() and bool(self.hurts("leg", 2, 15)),
            Rule.SORE_STAYS: lambda: (self.today - self.hurts("other", 2, 400)[0]).days > 14,
            Rule.SORE_WORSE: lambda: self.talked() and bool(self.hurts("other", 2, 15)),
            Rule.TWO_REDS: lambda: any((b.day - a.day).days <= 14 for a, b in pairwise(self.reds())),
            Rule.LIMIT: lambda: any(s.run_min < self.graded() for s in runs),
            Rule.WEEK_LIMIT: lambda: (
                any(s.run_min < self.graded() for s in runs) or len(runs) < self.now.own.a_week
            ),
            Rule.STEP_LIMIT: lambda: any(s.stage < self.now.stage for s in sessions),
            Rule.ON_FOOT: lambda: any(s.run_min + s.walk_min < 30.0 for s in sessions),
            Rule.SHORTER: lambda: (
                (sessions[0].day - max(e.day for e in self.history.efforts if e.day < sessions[0].day)).days
                > 14
            ),
            Rule.LONG_BREAK: lambda: self.gap() > 14,
            Rule.WALKS_ANEW: lambda: (
                not any(e.run_min and e.day >= self.now.since for e in done)
                and any(
                    (b - a).days > 14
                    for a, b in pairwise([self.now.since, *(e.day for e in done), self.today])
                )
            ),
            Rule.ILLNESS: self.was_ill,
            Rule.FAR_RUN: self.far_run,
            Rule.LONG_RUN: lambda: any(
                e.longest_min >= 120 and 1 <= (self.today - e.day).days <= 2 for e in self.history.efforts
            ),
            Rule.JUMP: lambda: p.has_jumped_in_a_run(lived),
            Rule.MISSED: lambda: all(
                (self.today - day).days >= 8
                for day in (
                    *(e.day for e in done if e.day >= self.now.since),
                    self.now.last or self.now.since,
                )
            ),
            Rule.PAUSED: lambda: said[-1] in p.AWAY,
            Rule.WALK_ONLY: lambda: not runs and (lived.walk_only or bool(set(plan.fired) & WALKS)),
            Rule.BEYOND: lambda: (
                sum(e.run_min for e in self.history.efforts if 0 <= (self.today - e.day).days < 7) > 7.5
            ),
            Rule.DRAWN: lambda: lived.opened is not None,
            Rule.NOT_DRAWN: lambda: lived.opened is not None and not sessions,
        }


WALKS = frozenset(
    {
        *(
            Rule.MORNING,
            Rule.HIGH,
            Rule.HIGH_STAYS,
            Rule.SEVERE_STAYS,
            Rule.LEG,
            Rule.LEG_STAYS,
            Rule.LEG_WORSE,
        ),
        *(
            Rule.LEG_RETURNS,
            Rule.SORE_STAYS,
            Rule.SORE_WORSE,
            Rule.MEDICINE_STAYS,
            Rule.STAYED,
            Rule.TWO_REDS,
        ),
        *(Rule.CLIMB_FAR, Rule.CLIMB_MONTHS, Rule.FLARE_NOW, Rule.SPIKES_HIGH),
    }
)
"""Rules that leave walks alone."""


def untrue(lives, promises, seeds=WHO, weeks=WEEKS):
    """Each reason that was named and did not hold, with person and day; and all that were named."""
    found, named = [], set()
    for seed in seeds:
        for lived in lives.live(lives.make_person(seed), weeks=weeks):
            held = Held(lived, promises).reasons()
            named |= set(lived.plan.fired)
            found += [(rule, seed, lived.today) for rule in lived.plan.fired if not held[rule]()]
    return found, named


def test_every_reason_that_is_named_is_true(lives, promises):
    """On each day of these lives; nearly every rule is named on some, and each has its own words here."""
    found, named = untrue(lives, promises)
    assert found == []
    assert len(named) >= 42
    some = next(iter(lives.live(lives.make_person(0), weeks=1)))
    assert set(Held(some, promises).reasons()) == set(Rule) - SERVICE


def test_a_reason_that_has_ended_is_found_out(lives, promises, monkeypatch):
    """Were a rule told for as long as no session came after it, somebody would read an untrue reason."""
    monkeypatch.setattr(week, "has_ended", lambda *_, **__: False)
    found, _ = untrue(lives, promises, seeds=(3,), weeks=4)
    assert found


def test_a_pause_that_nobody_said_is_found_out(lives, promises, monkeypatch):
    """Were a pause named where none was said, the words here would not hold."""
    monkeypatch.setattr(week, "rests", lambda *_: (Rule.PAUSED,))
    found, _ = untrue(lives, promises, seeds=WHO[:1], weeks=2)
    assert found
