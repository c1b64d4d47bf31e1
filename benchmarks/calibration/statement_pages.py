"""The pages of the two statements: tables from rows, with Monte Carlo errors."""

from collections import Counter
from collections.abc import Iterable, Sequence

import numpy as np

from backstride.answer.doubts.randomisation import RARE
from backstride.answer.kinds import Question, Verdict
from calibration.followed import EFFECTS, LAWS
from calibration.onward import ONE_IN, TOLD_AFTER
from calibration.store import Row
from calibration.summaries import HELPS, Share, coverage, share

BANDS = ((1, 28), (29, 91), (92, 182), (183, 365))
OPEN = Verdict.CANNOT_TELL.value
ENOUGH = 200
WAYS = {
    "own": "going on as now",
    "days": "days drawn by chance",
    "blocks of 2": "blocks of 2 weeks drawn",
    "blocks of 4": "blocks of 4 weeks drawn",
}
NAMES = {"own": "(a) own days", "days": "(b) days drawn", "weeks": "(c) weeks drawn"}

NEEDED_HEAD = f"""# Calibration of the days-needed statement

The answer names the first number of further mornings at which some verdict is as likely as not. So of the people who
are told N, about half should have a verdict on that morning: the line to hold is **50 %**. Made-up runners are told
on morning {TOLD_AFTER}. The same life then goes on with the same chance in each way that the answer names a number
for: on own days, with days drawn, or with blocks of 2 or 4 weeks drawn, by the product's schedule. It is asked again
on the morning that was named: the product's whole answer, with its panel and its gates. True effects come from the
answer's own prior, Normal(0, 1) points a season at 90 minutes a week and in proportion to what they run; the lives
come from a simulator apart from the model, in which about seven drawn days in ten are kept, fewer on bad mornings.
Shares in per cent, ± one standard error.
"""

SCHEDULES_HEAD = """# Calibration under randomised schedules

Made-up runners keep two weeks on own days, then twelve weeks in one of three ways: (a) own days, (b) three days drawn
in each week, (c) weeks drawn in pairs. (b) and (c) are dealt by the product's own schedule, with its stored chances.
The draw is kept on most days, and less on bad ones: a point more of pain than usual moves the decision by 0.6 to 2.4
probit units. Missed mornings: 10-30 %. Shares in per cent, ± one standard error.
"""


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """Return a table in Markdown."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(str(cell) for cell in line) + " |" for line in lines) + "\n"


def _small(people: int) -> str:
    """Return a warning where the people are too few to hold a line by."""
    return (
        f"\n**A small run of {people} people: it shows large faults, and proves nothing.**\n"
        if people < ENOUGH
        else ""
    )


def needed_page(rows: list[Row], seed: int) -> str:
    """docs/results/calibration-needed.md."""
    head = ("question", "way", "told", "people", "verdict by then", "median N", "sd then / sd now")
    body = [line for q in Question for way in WAYS for line in _bands(rows, q.value, way)]
    stood = {q: share([row["now"][q.value][0] != OPEN for row in rows]) for q in Question}
    already = "; ".join(f"the {q.value} {stood[q]}" for q in Question)
    return (
        f"{NEEDED_HEAD}{_small(len(rows))}\n{table(head, body)}\n"
        f"A verdict stood on morning {TOLD_AFTER} already for (per cent): {already}; they are not in the table. "
        f"{_kept_verdicts(rows)}\n"
        f"\n## Why there was none\n\n{_why_none(rows)}"
        f"\n## How\n\n`python benchmarks/statements.py --only needed --people {len(rows)} --seed {seed}`. "
        f"Those told 'not within a year' are asked again after 364 mornings, one in {ONE_IN} of them.\n"
    )


def _bands(rows: list[Row], question: str, way: str) -> list[Sequence[object]]:
    asked = f"{question}/{way}"
    told = [
        (row["told"][asked], row["now"][question], row["then"][asked]) for row in rows if asked in row["then"]
    ]
    out = []
    for name, here in (
        *((f"{a}-{b}", [t for t in told if t[0] and a <= t[0] <= b]) for a, b in BANDS),
        ("any N", [t for t in told if t[0]]),
        ("not within a year", [t for t in told if t[0] is None]),
    ):
        if here:
            n = [t[0] for t in here if t[0]]
            narrowed = float(np.median([then[2] / now[2] for _, now, then in here]))
            by_then = share([then[0] != OPEN for *_, then in here])
            out.append(
                (
                    question,
                    WAYS[way],
                    name,
                    len(here),
                    by_then,
                    f"{np.median(n):.0f}" if n else "",
                    f"{narrowed:.2f}",
                )
            )
    return out


def _kept_verdicts(rows: list[Row]) -> str:
    """Return what the verdicts were, over all who were told a number."""
    said = [then[0] for row in rows for then in row["then"].values()]
    return (
        "On the mornings named, "
        + ", ".join(f"{said.count(v)} times '{v}'" for v in sorted(set(said), key=said.count, reverse=True))
        + "."
    )


def _why_none(rows: list[Row]) -> str:
    """Return a table of what kept a question open on the morning that was named."""
    body = []
    for question in Question:
        for way, name in WAYS.items():
            asked = f"{question.value}/{way}"
            open_ones = [
                row["then"][asked]
                for row in rows
                if row["told"].get(asked) and row["then"][asked][0] in {OPEN, Verdict.TOO_FEW_RUNS.value}
            ]
            reasons = Counter(f"{why} (tier {tier})" for *_, tier, why in open_ones)
            if reasons:
                named = "; ".join(f"{why}: {n}" for why, n in reasons.most_common())
                body.append((question.value, name, len(open_ones), named))
    return table(("question", "way", "open then", "why"), body)


def schedules_page(rows: list[Row], seed: int) -> str:
    """docs/results/calibration-schedules.md."""
    asked = [row for row in rows if row["key"].startswith("followed/")]
    null = [row for row in rows if row["key"].startswith("null/")]
    people = max((len(_cell(asked, law, effect)) for law in LAWS for effect in EFFECTS), default=0)
    text = SCHEDULES_HEAD + _small(people) + _level(null)
    for question in Question:
        head = ("way", "truth", "people", "read as A", "helps or helps a little", "no difference")
        head = (*head, "harms", "can't tell yet", "bias", "sd", "cover 50 %", "cover 80 %", "cover 95 %")
        body = [
            _told(_cell(asked, law, effect), question.value)
            for effect in EFFECTS
            for law in LAWS
            if _cell(asked, law, effect)
        ]
        text += f"\n## The {question.value}\n\n{table(head, body)}"
    return (
        text + f"\n## How\n\n`python benchmarks/statements.py --only schedules --people {people} "
        f"--nulls {len(null) // 2} --seed {seed}`. Verdicts are the product's own, with its whole panel.\n"
    )


def _cell(rows: list[Row], law: str, effect: float) -> list[Row]:
    return [row for row in rows if row["cell"] == [law, effect]]


def _told(rows: list[Row], question: str) -> Sequence[object]:
    law, _ = rows[0]["cell"]
    said = [row["verdict"][question] for row in rows]
    truth = np.array([row["truth"][question] for row in rows])
    numbers = np.array([row["said"][question][:3] for row in rows])
    error = numbers[:, 0] - truth
    verdicts = [
        share([v in HELPS for v in said]),
        share([v == Verdict.NO_DIFFERENCE.value for v in said]),
        share([v.startswith("harms") for v in said]),
        share([v == OPEN for v in said]),
    ]
    bias = f"{error.mean():+.2f} ± {error.std() / len(error) ** 0.5:.2f}"
    read = share([row["letter"] == "A" for row in rows])
    return (
        NAMES[law],
        f"{truth.mean():+.2f}",
        len(rows),
        read,
        *verdicts,
        bias,
        f"{numbers[:, 1].mean():.2f}",
        *coverage(numbers[:, 2]),
    )


def _level(null: list[Row]) -> str:
    """Return the randomisation test among runners whom running does nothing."""
    body = []
    for law in LAWS[1:]:
        rows = [row for row in null if row["key"].startswith(f"null/{law}/")]
        if rows:
            p = np.array([1.0 if row["p"] is None else row["p"] for row in rows])
            kept = float(np.mean([row["kept"] for row in rows]))
            levels: list[Share] = [share([bool(one < a) for one in p]) for a in (RARE, 0.2, 0.5)]
            body.append((NAMES[law], len(rows), f"{100 * kept:.0f}", *levels))
    head = ("way", "people", "draw kept, %", "p < 0.05", "p < 0.2", "p < 0.5")
    return f"\n## The randomisation test where running does nothing\n\n{table(head, body)}" if body else ""
