"""1,000 simulated people live 26 weeks under the plan: does it keep its promises, and how far do they come?

    python benchmarks/programme.py --people 1000 --out docs/results/programme-people.md

Person n is made from seed n. Every promise is asked on every day; from every other Monday on, the life is also gone
on with without pain, to see that the plan leads on. Exit code 1 where a promise was broken.
"""

import argparse
import os
import sys
from collections import defaultdict
from concurrent.futures import ProcessPoolExecutor
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from statistics import median, quantiles

from programme_calm import WEEKS as CALM_WEEKS
from programme_calm import calm_rows
from programme_lives import WEEKS, Lived, live, make_person
from programme_promises import PROMISES, Tally, hold

from backstride.programme.ladder import LADDER
from backstride.programme.rules import Rule

PAGE = """# Simulated people under the programme

`make programme` writes this page. {people:,} simulated people live {weeks} weeks under the plan. Their pain wanders,
flares after running, climbs slowly, or is high all the time; some have it in a leg or a knee. Some call
it a flare, and take more pain medicine. They fall ill, go away for days or for months, pause, or are gone without a
word. They run races, go on hikes, leave sessions out,
make some longer, run on days without a session, and begin anew at odd moments. Some report on their back in the
evening. A third ran already, between once and six times a week. Chance picks the days, the weeks, or blocks of four
weeks, of three quarters.
None of it is taken from real people: it shows that the rules hold together, not how real backs will fare.

## The promises

Asked in words of their own, not by the plan's own code (`benchmarks/programme_promises.py`).

| promise | asked | broken |
|---|---|---|
{promises}

Without pain from now on, and with every session done, the first session came after at most {session} days, and a step
further after at most {step}, whatever the state was.

## How far they came

Of those who began from walks, done is a session of the last step: 20 minutes of running in one go. "Held" are days on
which a red, or an amber that stayed, left no session.

Weeks are those until the first such session: of the quickest quarter, of half, of three quarters of those who had
one.

| they began from | people | offered sessions done | times held | days held | ran | done by week {weeks} | weeks |
|---|---|---|---|---|---|---|---|
{kinds}

## Calm lives

Those lives are hard: about three in five sessions are done, and each person is ill or gone more than once. Here
{calm} beginners a group live {calm_weeks} weeks in which nothing happens: no illness, no absence, no race, no leg.
Their pain wanders by 0.8 from day to day, and one session in ten is left out.

In which week they came to: running at all; 4, 9 and 20 minutes of running in one go; and as much running in a week as
the running trial had at its end (5.6 km, Neason 2024). Of the quickest, of half, of three quarters.

| usual pain | people | running | 4 minutes | 9 minutes | 20 minutes | the trial's running | 20 minutes by week 26 |
|---|---|---|---|---|---|---|---|
{calm_rows}

Couch to 5K, the plan for beginners of England's health service, takes nine weeks to 30 minutes, and its fifth week
ends with 20 (nhs.uk was read; the weeks in a copy of its podcast's page). The trial took 12 weeks. This plan is
slower, by choice. Two weeks are walks. Each of its {steps} steps of running takes a week at least, and the longest
run grows by half at most; there it goes from 8 minutes to 20 from one session to the next. It is the run in one go
that comes late: the trial's amount of running is there weeks before. A person who usually has above 5 stays on a
step, as the rules say.

## How

`python benchmarks/programme.py --people {people}`; person n is made from seed n.
"""


@dataclass(frozen=True)
class Summary:
    """How one life went: counts of days, times held, and the week of the first session of the last step."""

    kind: str
    offered: int
    done: int
    times: int
    held: int
    days: int
    ran: bool
    finished: int | None


def summary(kind: str, days: list[Lived]) -> Summary:
    """One life in numbers."""
    offered = [d for d in days if d.plan.sessions and d.plan.sessions[0].day == d.today]
    done = [d for d in offered if d.effort]
    top = [
        d for d in done if d.plan.sessions[0].stage == len(LADDER) - 1 and d.plan.sessions[0].run_min >= 20.0
    ]
    held = [not {Rule.SETTLE, Rule.REST}.isdisjoint(d.plan.fired) for d in days]
    begun = [now and not before for before, now in pairwise(held)]
    return Summary(
        kind,
        len(offered),
        len(done),
        sum(begun),
        sum(held),
        len(days),
        any(d.plan.sessions[0].run_min for d in done),
        (top[0].today - days[0].today).days // 7 + 1 if top else None,
    )


def share(seeds: range) -> tuple[Tally, list[Summary]]:
    """One process's people."""
    tally, found = Tally(), []
    for seed in seeds:
        person = make_person(seed)
        found.append(summary(person.kind, hold(person, live(person), tally)))
    return tally, found


def merged(tallies: list[Tally]) -> Tally:
    """All of them as one."""
    out = Tally()
    for tally in tallies:
        out.asked.update(tally.asked)
        out.broken += tally.broken
        out.days_to_session = max(out.days_to_session, tally.days_to_session)
        out.days_to_step = max(out.days_to_step, tally.days_to_step)
    return out


def promise_rows(tally: Tally) -> str:
    """Return a row a promise."""
    broken = [name for name, _, _ in tally.broken]
    return "\n".join(f"| {name} | {tally.asked[name]:,} | {broken.count(name)} |" for name in PROMISES)


def kind_rows(found: list[Summary]) -> str:
    """Return a row a kind of person."""
    kinds: dict[str, list[Summary]] = defaultdict(list)
    for one in found:
        kinds[one.kind].append(one)
    return "\n".join(_kind_row(kind, kinds[kind]) for kind in sorted(kinds, reverse=True))


def _kind_row(kind: str, those: list[Summary]) -> str:
    weeks = [one.finished for one in those if one.finished is not None]
    own = kind.startswith("own running")
    until = ", ".join(f"{q:.0f}" for q in quantiles(weeks, n=4)) if len(weeks) > 3 else "-"
    done, offered = sum(one.done for one in those), sum(one.offered for one in those)
    held, days = sum(one.held for one in those), sum(one.days for one in those)
    cells = [
        kind,
        f"{len(those)}",
        f"{done / offered:.0%}",
        f"{median(one.times for one in those):.0f}",
        f"{held / days:.0%}",
        f"{sum(one.ran for one in those) / len(those):.0%}",
        "-" if own else f"{len(weeks) / len(those):.0%}",
        "-" if own else until,
    ]
    return f"| {' | '.join(cells)} |"


def main() -> None:
    """Let them live, and write the page."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=1000)
    parser.add_argument("--calm", type=int, default=60, help="people of each calm group")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    parts = [range(n, min(n + 20, args.people)) for n in range(0, args.people, 20)]
    with ProcessPoolExecutor(args.workers) as pool:
        found = list(pool.map(share, parts))
    tally = merged([t for t, _ in found])
    page = PAGE.format(
        people=args.people,
        weeks=WEEKS,
        promises=promise_rows(tally),
        session=tally.days_to_session,
        step=tally.days_to_step,
        calm=args.calm,
        calm_weeks=CALM_WEEKS,
        calm_rows=calm_rows(args.calm),
        steps=len(LADDER) - 1,
        kinds=kind_rows([one for _, those in found for one in those]),
    )
    print(page)
    for name, seed, day in tally.broken[:20]:
        print(f"Broken: {name}; person {seed}, {day}.", file=sys.stderr)
    if args.out:
        args.out.write_text(page, encoding="utf-8")
    sys.exit(1 if tally.broken else 0)


if __name__ == "__main__":
    main()
