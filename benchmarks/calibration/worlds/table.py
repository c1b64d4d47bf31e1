"""The page: every world and cell, what people are told before and after, and the bars."""

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from math import comb
from typing import NamedTuple

import numpy as np

from calibration.worlds.adapter import QUESTIONS
from calibration.worlds.catalogue import Cell, every_cell
from calibration.worlds.rows import Row

WORTHWHILE = 1.0
BAR_NULL, BAR_CAUSE, BAR_HARM, BAR_NO_DIFFERENCE = 0.05, 0.025, 0.01, 0.05
BAR_COVER, BAR_COVER_CLAIMED, BAR_SEEDS, BAR_UNSETTLED = 0.90, 0.85, 0.99, 0.01
LARGE = 1.2 * WORTHWHILE
CLAIMS = ("helps", "helps a little", "makes no difference that matters", "harms a little", "harms")


class Share(NamedTuple):
    """How many of how many."""

    part: int
    whole: int

    @property
    def value(self) -> float:
        """The share, nan of none."""
        return self.part / self.whole if self.whole else float("nan")

    @property
    def error(self) -> float:
        """Its standard error, with one half added to both sides so that 0 of 8 is not certain."""
        p = (self.part + 0.5) / (self.whole + 1.0)
        return float(np.sqrt(p * (1.0 - p) / self.whole)) if self.whole else float("nan")

    def __str__(self) -> str:
        """Per cent, with the standard error."""
        return f"{100 * self.value:.0f} ± {100 * self.error:.0f}" if self.whole else "-"


class Best(NamedTuple):
    """The data-alone bound of a cell: its least standard deviation, and how many could be told a direction."""

    sd: float
    told: float


class Told(NamedTuple):
    """What the people of one cell are told to one question."""

    people: int
    tiers: str
    truth: float
    helps: Share
    small: Share
    no_difference: Share
    harms: Share
    cannot: Share
    because: Share
    harmed_helps: Share
    large_no_difference: Share
    bias: float
    cover: Share
    cover_claimed: Share
    unsettled: Share
    agree: Share
    open_because: str
    errors: int


def told(rows: Sequence[Row], question: str) -> Told:
    """Return the figures of one cell; shares are of the first sampler seed, agreement of two."""
    fine = [row for row in rows if not row["error"]]
    first = [row for row in fine if row["sampler_seed"] == 1]
    said = [row["verdict"][question] for row in first]
    small = [row["small"][question] for row in first]
    true = np.array([row["truth"][question] for row in first])
    mean = np.array([row["mean"][question] for row in first])
    inside = [row["low"][question] <= t <= row["high"][question] for row, t in zip(first, true, strict=True)]
    helps = [v.startswith("helps") for v in said]
    # a change that is told as too small to matter is, in the headline, no difference
    none = [v == CLAIMS[2] or s for v, s in zip(said, small, strict=True)]
    claimed = [v in CLAIMS for v in said]
    letters = [row["tier"][question] for row in first]
    n = len(first)
    return Told(
        people=n,
        tiers="".join(f"{t}{letters.count(t)}" for t in sorted(set(letters))),
        truth=float(true.mean()) if n else float("nan"),
        helps=Share(sum(helps), n),
        small=Share(sum(small), n),
        no_difference=Share(sum(none), n),
        harms=Share(sum(v.startswith("harms") for v in said), n),
        cannot=Share(sum(v not in CLAIMS for v in said), n),
        because=Share(sum(h and row["caused"][question] for h, row in zip(helps, first, strict=True)), n),
        harmed_helps=Share(
            sum(h for h, t in zip(helps, true, strict=True) if t >= WORTHWHILE),
            int(np.sum(true >= WORTHWHILE)),
        ),
        large_no_difference=Share(
            sum(s for s, t in zip(none, true, strict=True) if abs(t) >= LARGE),
            int(np.sum(np.abs(true) >= LARGE)),
        ),
        bias=float((mean - true).mean()) if n else float("nan"),
        cover=Share(sum(inside), n),
        cover_claimed=Share(sum(i for i, c in zip(inside, claimed, strict=True) if c), sum(claimed)),
        unsettled=Share(sum(not row["settled"] for row in first), n),
        agree=_agreement(fine, question),
        open_because=_reasons(row["why"][question] for row in first),
        errors=len(rows) - len(fine),
    )


def _reasons(found: Iterable[str]) -> str:
    """Why nothing was told, the commonest first, as the answers say it."""
    counted = Counter(why for why in found if why).most_common(3)
    return ", ".join(f"{why} {count}" for why, count in counted)


def _agreement(rows: Iterable[Row], question: str) -> Share:
    people: dict[tuple[int, int], set[tuple[str, bool]]] = defaultdict(set)
    seeds: dict[tuple[int, int], int] = defaultdict(int)
    for row in rows:
        who = (row["seed"], row["number"])
        people[who].add((row["verdict"][question], row["small"][question]))
        seeds[who] += 1
    twice = [who for who, count in seeds.items() if count > 1]
    return Share(sum(len(people[who]) == 1 for who in twice), len(twice))


BY_CHANCE = 0.05


def at_least(wrong: int, people: int, share: float) -> float:
    """P(at least `wrong` of `people`) where each is wrong with the chance `share`."""
    return 1.0 - sum(comb(people, k) * share**k * (1.0 - share) ** (people - k) for k in range(wrong))


class Break(NamedTuple):
    """A bar that a cell breaks, and how many are on its wrong side.

    Attributes:
        clear: chance alone does so in fewer than one cell of twenty.
    """

    bar: str
    cell: str
    question: str
    share: Share
    clear: bool


def measured(cell: Cell, t: Told, question: str) -> list[tuple[str, Share, float]]:
    """Return what each bar asks of a cell: the bar, how many fall on its wrong side, and the share that may."""
    found = []
    if cell.world.says == "null":
        found += [(NULL, t.helps, BAR_NULL), (NULL_HARMS, t.harms, BAR_NULL), (CAUSE, t.because, BAR_CAUSE)]
    found += [(HARMED, t.harmed_helps, BAR_HARM), (LARGE_NONE, t.large_no_difference, BAR_NO_DIFFERENCE)]
    found += [
        (bar, Share(share.whole - share.part, share.whole), 1.0 - least)
        for bar, share, least in (
            (COVER, t.cover, BAR_COVER),
            (COVER_CLAIMED, t.cover_claimed, BAR_COVER_CLAIMED),
            (SEEDS, t.agree, BAR_SEEDS),
        )
    ]
    return [*found, (UNSETTLED, t.unsettled, BAR_UNSETTLED)] if question == "season" else found


def broken(cell: Cell, t: Told, question: str) -> list[Break]:
    """Return the bars that a cell breaks, by its own figures."""
    return [
        Break(bar, cell.name, question, share, at_least(share.part, share.whole, allowed) < BY_CHANCE)
        for bar, share, allowed in measured(cell, t, question)
        if share.part > allowed * share.whole
    ]


NULL = "no effect: 'helps' in any form at most 5 %"
NULL_HARMS = "no effect: 'harms' in any form at most 5 % (not in the contract, its mirror image)"
CAUSE = "no effect: 'helps ... because of running' at most 2.5 %"
HARMED = "truth +1 or more: 'helps' in any form at most 1 %"
LARGE_NONE = "truth of 1.2 or more: 'no difference' at most 5 %"
COVER = "95 % intervals cover 90 % or more"
COVER_CLAIMED = "95 % intervals cover 85 % or more where a verdict is given"
SEEDS = "two seeds give the same verdict in 99 % or more"
UNSETTLED = "at most 1 % do not settle"
BARS = (NULL, NULL_HARMS, CAUSE, HARMED, LARGE_NONE, COVER, COVER_CLAIMED, SEEDS, UNSETTLED)


def page(
    results: dict[str, list[Row]], *, commands: Sequence[str], bounds: Callable[[Cell], dict[str, Best]]
) -> str:
    """Return the whole page.

    Args:
        results: rows by label, in the order in which they are shown.
        commands: that made them.
        bounds: what the data alone could tell the people of a cell, by question.
    """
    by_cell = {label: rows_by_cell(rows) for label, rows in results.items()}
    lived = [cell for cell in every_cell() if any(cell.name in of for of in by_cell.values())]
    text = _HEAD + "".join(f"    {command}\n" for command in commands) + "\n"
    text += _bars(lived, by_cell)
    best = {cell.name: bounds(cell) for cell in lived if cell.world.says != "null"}
    for says, title in _TITLES.items():
        mine = [cell for cell in lived if cell.world.says == says]
        for question in QUESTIONS:
            text += f"\n## {title}: the {question}\n\n" + _table(mine, by_cell, question, best, says=says)
    return text + _notes(results)


def rows_by_cell(rows: Iterable[Row]) -> dict[str, list[Row]]:
    """Sort rows by the name of their cell."""
    out: dict[str, list[Row]] = defaultdict(list)
    for row in rows:
        out[row["cell"]].append(row)
    return dict(out)


def _bars(lived: Sequence[Cell], by_cell: dict[str, dict[str, list[Row]]]) -> str:
    found: dict[str, list[Break]] = {}
    for label, of in by_cell.items():
        found[label] = [
            b
            for cell in lived
            if cell.name in of
            for q in QUESTIONS
            for b in broken(cell, told(of[cell.name], q), q)
        ]
    lines = [
        [
            "bar",
            *(
                f"{label}: {what}"
                for label in by_cell
                for what in ("on the wrong side", "cells that break it")
            ),
        ]
    ]
    for bar in BARS:
        line = [bar]
        for label, of in by_cell.items():
            shares = [
                share
                for cell in lived
                if cell.name in of
                for q in QUESTIONS
                for name, share, _ in measured(cell, told(of[cell.name], q), q)
                if name == bar
            ]
            pooled = Share(sum(s.part for s in shares), sum(s.whole for s in shares))
            mine = [b for b in found[label] if b.bar == bar]
            line += [f"{pooled} of {pooled.whole}", f"{len(mine)}, {sum(b.clear for b in mine)} clearly"]
        lines.append(line)
    text = "## The bars\n\n" + markdown(lines)
    text += f"\nOf {len(lived)} cells; people and questions on the wrong side of a bar in per cent, over all cells. "
    text += "Clearly: by chance alone in fewer than one cell of twenty.\n"
    for label, breaks in found.items():
        text += f"\n### Broken, {label}\n\n"
        for bar in BARS:
            mine = [b for b in breaks if b.bar == bar]
            if mine:
                clear = [
                    f"{b.cell} ({b.question}) {b.share.part} of {b.share.whole}" for b in mine if b.clear
                ]
                others = [
                    f"{b.cell} ({b.question}) {b.share.part} of {b.share.whole}" for b in mine if not b.clear
                ]
                text += f"- **{bar}**: {'; '.join(clear) or 'none clearly'}."
                text += f" Within chance: {'; '.join(others)}.\n" if others else "\n"
    return text


def _table(
    mine: Sequence[Cell],
    by_cell: dict[str, dict[str, list[Row]]],
    question: str,
    best: dict[str, dict[str, Best]],
    *,
    says: str,
) -> str:
    head = [
        "world",
        "drawn",
        "days",
        "people",
        "tier",
        "truth",
        "helps",
        "no difference",
        "harms",
        "can't tell",
    ]
    head += ["too small", "bias", "covers", "covers, told", "not settled", "two seeds"]
    head += ["data alone: sd", "data alone: told"] if says != "null" else []
    head += ["why nothing is told"]
    lines = [head]
    for cell in mine:
        figures = [told(of.get(cell.name, []), question) for of in by_cell.values()]
        drawn = "" if cell.design == "own" else f"{cell.design}, {100 * cell.kept:.0f} %"
        line = [cell.world.name, drawn, str(cell.days)]
        for show in _COLUMNS:
            shown = [show(t) if t.people else "" for t in figures]
            line.append(" → ".join(shown) if len(set(shown)) > 1 or len(shown) == 1 else shown[0])
        if says != "null":
            found = best[cell.name][question]
            line += [f"{found.sd:.2f}", f"{100 * found.told:.0f}"]
        line.append(figures[-1].open_because)
        lines.append(line)
    wrong = {"null": "'helps' and 'harms' are both wrong here.", "harm": "'helps' is wrong here.", "help": ""}
    return wrong[says] + "\n\n" + markdown(lines)


_COLUMNS = (
    lambda t: str(t.people),
    lambda t: t.tiers,
    lambda t: f"{t.truth:+.2f}",
    lambda t: str(t.helps),
    lambda t: str(t.no_difference),
    lambda t: str(t.harms),
    lambda t: f"{100 * t.cannot.value:.0f}",
    lambda t: f"{100 * t.small.value:.0f}",
    lambda t: f"{t.bias:+.2f}",
    lambda t: f"{100 * t.cover.value:.0f}",
    lambda t: f"{100 * t.cover_claimed.value:.0f}" if t.cover_claimed.whole else "-",
    lambda t: f"{100 * t.unsettled.value:.0f}",
    lambda t: f"{100 * t.agree.value:.0f}" if t.agree.whole else "-",
)


def _notes(results: dict[str, list[Row]]) -> str:
    text = "\n## Notes\n\n"
    for label, rows in results.items():
        failed = [row for row in rows if row["error"]]
        seconds = [row["seconds"] for row in rows if row["seconds"] is not None and not row["error"]]
        if seconds:
            text += (
                f"- {label}: {len(rows)} answers, {np.mean(seconds):.1f} s of processor time each; "
                f"{len(failed)} gave no answer.\n"
            )
        for why in sorted({row["error"] for row in failed}):
            text += f"  - {sum(row['error'] == why for row in failed)} x {why[:160]}\n"
    return text


def markdown(lines: Sequence[Sequence[str]]) -> str:
    """Write a table whose first line is its head."""
    head, *rest = lines
    out = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(out + ["| " + " | ".join(line) + " |" for line in rest]) + "\n"


_TITLES = {"null": "No effect", "harm": "Running harms", "help": "Running helps"}
_HEAD = """# Calibration on simulators that the model does not know

People of a simulator written apart from the model (`benchmarks/calibration/worlds`), whose truth is known because
both arms, runs as usual and no runs, are lived from the same chance. Their diaries are written to files and read, and
the question is asked, the product's own way: its reading, its full fit, its gates, its verdicts, with a smallest
worthwhile change of 1 point. "Before → after" where both were asked; one number where they are alike.

How a person lives: pain is felt hour by hour, wanders within the day with heavy-tailed steps, drifts over
months, and is moved by stress, sleep, weather, season, flares of one to four weeks or a peak that heals, where
the world has them. Runs come from a rhythm (own inclination, fixed days, every n-th day, weekends, shifts,
streaks with a taper, a beginners' plan, the product's own ladder) or from a draw; the decision falls by the
pain felt, at the morning's rating or in the evening, and not by the number that was written down. Running acts
as an ache that is gone in days and as an adaptation in two stages, by minutes that count alike, saturate, or
turn at half an hour. What is written down is a whole number, and may be sticky, heaped, late, of a day without
an hour, or missing; runs may be missing, too. "Drawn" gives the design and the share of drawn days that are
kept; pain decides which are not. A world's effect is scaled until the person's own truth is the one in its
name; where a floor at 0 forbids it, the truth of the table is less.

Columns: the share of people (per cent, ± standard error) told 'helps' or 'helps a little', 'no difference' (with "too
small to matter" counted here and under its direction), 'harms' or 'harms a little'; how many are told nothing;
"too small" by itself; bias of the mean; how often the 95 % interval covers the truth, over all people and where a
verdict is given; how many did not settle; and in how many two seeds agree. Truth is the mean over the people, points
of the rating; negative is less pain with running. "Data alone" is the least standard deviation of who knows how the
body works but not how large the effects are (generalised least squares on the person's own run days), and the share
whom such a posterior with a flat prior would tell the direction; no honest answer without a prior does more.

"""
