"""How long a reader waits for the list of those who let them read: 40 people, each with a year of records.

    python benchmarks/reading_list.py --people 40 --repeat 10 --out docs/results/speed-reading-list.md

The page is asked for as a browser does, through the whole app, and each look is stored. Warm is a list that was
opened before, where nobody has checked in since. A morning is the list after each of them has checked in once more;
the first of all is the list after a start of the server. Seconds of the processor stand beside those of the clock,
for other work on the machine slows only the latter.
"""

import argparse
import os
import platform
import statistics
import tempfile
import time
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path

from starlette.testclient import TestClient

from backstride.core.check_in import CheckIn
from backstride.core.plan_step import PlanStep, Step
from backstride.core.records import Records
from backstride.core.scales import PainRating
from backstride.diary.consents import Scope
from backstride.diary.people import Person, add_person
from backstride.runtime.clock import utc_now
from backstride.services.app_context import AppContext, create_context
from backstride.services.auth import begin_session
from backstride.services.reading import accept, invite
from backstride.testing.people import make_person
from backstride.web.app import create_app
from backstride.web.visitor import COOKIE

MAX_S = 0.3
DAYS = 365
START = timedelta(days=300)


@dataclass(frozen=True)
class Took:
    """Seconds of the clock and of the processor."""

    clock_s: float
    processor_s: float


def let_read(site: AppContext, reader: Person, seed: int) -> Person:
    """Somebody with a year of records and a plan who lets `reader` read, with one of four scopes."""
    now = utc_now()
    person = add_person(site.store, f"person {seed}", passphrase="x")
    first_day = (now - timedelta(days=DAYS)).date()
    records = make_person(seed=seed, first_day=first_day, days=DAYS).records
    begun = PlanStep(day=(now - START).date(), step=Step.START, source="plan")
    diary = site.store.diary(person.id)
    diary.add(records, source="made up", now=now)
    diary.add(Records(plan=(begun,)), source="plan", now=now)
    scope = Scope(notes=seed % 2 == 0, safety=seed % 4 > 1)
    code = invite(site, person, reader="a clinic", shown_name="", scope=scope, days=365, now=now)
    accept(site, reader, code, now=now)
    return person


def open_list(client: TestClient, count: int) -> Took:
    """Ask for the page once, and see that everybody is on it."""
    clock, processor = time.perf_counter(), time.process_time()
    reply = client.get("/reading", headers={"accept": "text/html"})
    took = Took(time.perf_counter() - clock, time.process_time() - processor)
    if reply.status_code != 200 or reply.text.count('href="/reading/') != count:
        raise SystemExit("The list is not whole.")
    return took


def row(name: str, taken: list[Took]) -> str:
    """One line of the table: the median, and the least and the most."""
    clock, processor = [one.clock_s for one in taken], [one.processor_s for one in taken]
    return (
        f"| {name} | {1000 * statistics.median(clock):.0f} ({1000 * min(clock):.0f} to {1000 * max(clock):.0f}) "
        f"| {1000 * statistics.median(processor):.0f} |"
    )


def main() -> None:
    """Time it, and write the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--people", type=int, default=40)
    parser.add_argument("--repeat", type=int, default=10)
    parser.add_argument("--out", type=Path)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        site = create_context(str(Path(folder) / "diary.sqlite"), open_to_owner=False)
        reader = add_person(site.store, "reader", passphrase="x")
        people = [let_read(site, reader, seed) for seed in range(args.people)]
        token = begin_session(site.store, reader, label="a browser")
        client = TestClient(create_app(site), base_url="http://localhost", cookies={COOKIE: token})
        client.get("/help")
        first = [open_list(client, args.people)]
        warm = [open_list(client, args.people) for _ in range(args.repeat)]
        mornings = []
        for n in range(args.repeat):
            for person in people:
                said = CheckIn(moment=utc_now() - timedelta(minutes=n), pain=PainRating(n % 10))
                site.store.diary(person.id).add(Records((said,)), source="app", now=utc_now())
            mornings.append(open_list(client, args.people))
        site.close()
    lines = [
        "# Speed of a reader's list",
        "",
        "`make bench-readers` writes this page.",
        f"{args.people} people who let one person read, each with {DAYS} days of records and a plan; "
        "the whole page, each look stored.",
        f"{os.cpu_count()} cores, {platform.machine()}, Python {platform.python_version()}, SQLite; "
        "milliseconds, median (least to most).",
        "",
        "| list | clock | processor |",
        "|---|---|---|",
        row("warm: opened before, nobody has checked in since", warm),
        row("a morning: each of them has checked in since", mornings),
        row("the first after a start of the server", first),
        "",
        f"The aim is {1000 * MAX_S:.0f} ms, in the morning, too.",
    ]
    text = "\n".join(lines) + "\n"
    print(text)
    if args.out:
        args.out.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
