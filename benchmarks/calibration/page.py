"""The page docs/results/calibration.md: what was asked of how many people, and how it came out."""

from calibration.jobs import (
    EFFECTS,
    FITTED_LOOKING_BACK,
    LENGTHS,
    ODD_DAYS,
    ODD_EFFECTS,
    ODD_TIERS,
    ODDITIES,
    Cell,
)
from calibration.lived_truth import LIVES
from calibration.lives import TIERS
from calibration.ranks import DRAWS
from calibration.store import Row
from calibration.summaries import LEVELS, Ranked, Share, Told, told, usual
from calibration.usual_ways import WAYS

QUESTIONS = ("week", "season")
VERDICTS = (
    "helps", "helps a little", "makes no difference that matters", "harms a little", "harms", "can't tell yet",
)  # fmt: skip
_SHORT = {"makes no difference that matters": "no difference"}
FALSE_HELPS, HARMED_HELPS, WRONG_RANKS, ERRORS = 0.05, 0.01, 0.01, 3.0

HEAD = """# Calibration of posterior and verdicts

`make calibrate` writes this page and its two pictures. People with a known truth are made up, asked as any other
person, and what they are told is held against the truth. Shares are in per cent, ± one Monte Carlo standard error.

"""
_RIGHT = """## Is the posterior right?

{people} people whose parameters and days are drawn from the model's own priors (Talts et al. 2018,
doi:10.48550/arXiv.1804.06788), by equations written apart from the engine; 60 days, three pathways, some mornings and
doses missing. Where the engine is right, the truth's rank among {draws} of its draws is uniform (chi-square over 21
bins; bands for the whole curve after Säilynoja et al. 2022, doi:10.1007/s11222-022-10090-6).

{low} of {all} quantities have p < 0.01{names}; sound ranks would give {expected:.1f}. The least p is {least:.3g}
({worst}); for {all} tests at once (Bonferroni) {together:.2g}. Effective draws are the median over people.

![Rank curves](calibration-ranks.svg)

"""
_TOLD = """## What is said to whom

Runners of another simulator (`benchmarks/calibration/lives.py`) with a true season effect of 0, +1.0 (harm), -0.5 or
-1.5 points, who skip runs on bad mornings by the pain they feel, heal by themselves by up to a point, and miss 10-30
of 100 check-ins. Truth: both arms lived {lives} times with the same chance. Verdicts are the product's own, with its
panel, its gate and all its limits; 'read as such' is the share for whom it read the tier that was simulated. Tier C
never gets a verdict; bias and coverage there are of its first {few}.

"""


SMALL = "**A small run: far too few people to judge by.** Shares below are a trial of the command, no finding.\n\n"


def table(head: list[str], rows: list[list[str]]) -> str:
    """Return a Markdown table."""
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    return "\n".join(lines + ["| " + " | ".join(row) + " |" for row in rows]) + "\n"


def rank_section(quantities: list[Ranked]) -> str:
    """Simulation-based calibration."""
    head = ["quantity", "chi-square p", "curve leaves its band", *(f"cover {n} %" for n in LEVELS)]
    rows = [
        [q.name, f"{q.p:.3f}", "yes" if q.outside else "no", *map(str, q.cover), f"{q.ess:.0f}"]
        for q in quantities
    ]
    low = [q.name for q in quantities if q.p < WRONG_RANKS]
    worst = min(quantities, key=lambda q: q.p)
    text = _RIGHT.format(
        people=len(quantities[0].ranks),
        draws=DRAWS,
        low=len(low),
        all=len(quantities),
        names=": " + ", ".join(low) if low else "",
        expected=WRONG_RANKS * len(quantities),
        least=worst.p,
        worst=worst.name,
        together=min(1.0, worst.p * len(quantities)),
    )
    return text + table([*head, "effective draws"], rows) + "\n"


def cells_section(cells: dict[str, list[Row]]) -> str:
    """Return the fixed effects, question by question, and the usual ways beside."""
    out = _TOLD.format(lives=LIVES, few=FITTED_LOOKING_BACK)
    for question in QUESTIONS:
        out += f"### The {question}\n\n" + _told_table(_main_cells(), cells, question) + "\n"
    ways = ["backstride, week", "backstride, season", *WAYS]
    rows = [
        [*_label(cell), *(f"{h} / {100 * a.value:.0f}" for h, a in _beside(cells[cell.name], cell).values())]
        for cell in _main_cells()
        if cell.name in cells
    ]
    out += (
        "## Beside the usual ways\n\nOn the same records: told 'helps' / told 'harms', %. "
        "Backstride's 'a little' counts in full.\n\n"
    )
    out += "\n".join(f"- {name}: {what}" for name, what in WAYS.items())
    return (
        out
        + "\n\n![False claims](calibration-false-helps.svg)\n\n"
        + table(["tier", "days", "truth", *ways], rows)
    )


def odd_section(cells: dict[str, list[Row]]) -> str:
    """Return what the model does not know."""
    out = "\n## Where the model is wrong\n\nThe same runners with one thing that the model does not know of.\n\n"
    for question in QUESTIONS:
        out += (
            f"### The {question}, with oddities\n\n"
            + _told_table(_odd_cells(), cells, question, odd=True)
            + "\n"
        )
    rows = [
        [cell.oddity, *_label(cell), *(str(h) for h, _ in _beside(cells[cell.name], cell).values())]
        for cell in _odd_cells()
        if cell.name in cells and cell.effect == 0
    ]
    head = ["oddity", "tier", "days", "truth", "backstride, week", "backstride, season", *WAYS]
    return out + "### Told 'helps' where running does nothing\n\n" + table(head, rows)


def bars(quantities: list[Ranked], cells: dict[str, list[Row]]) -> str:
    """Return the bar of calibration, line by line: held or missed."""
    lines = []
    if quantities:
        low = [q for q in quantities if q.p < WRONG_RANKS]
        lines.append(
            ("every rank uniform, p > 0.01", not low, f"{len(quantities) - len(low)} of {len(quantities)}")
        )
        off = [
            f"{q.name} {level} %"
            for q in quantities
            for level, c in zip(LEVELS, q.cover, strict=True)
            if abs(c.value - level / 100) > ERRORS * (level / 100 * (1 - level / 100) / c.people) ** 0.5
        ]
        lines.append(
            ("intervals over the prior cover within 3 standard errors", not off, ", ".join(off) or "all")
        )
    ab = {c: cells[c.name] for c in _main_cells() if c.tier != "C" and c.name in cells}
    for effect, most, words in (
        (0.0, FALSE_HELPS, "effect 0: 'helps' said to at most 5 % (tiers A and B)"),
        (1.0, HARMED_HELPS, "harmed: 'helps' said to at most 1 % (tiers A and B)"),
    ):
        found = [
            (told(rows, q, c.tier[0]).helps, f"{c.tier} {c.days} days, {q}")
            for c, rows in ab.items()
            if c.effect == effect
            for q in QUESTIONS
        ]
        if found:
            worst, where = max(found, key=lambda f: f[0].value)
            lines.append((words, worst.value <= most, f"worst {worst} % ({where})"))
    rows = [[what, "held" if held else "**missed**", how] for what, held, how in lines]
    return "## The bar\n\n" + table(["asked", "", "found"], rows) + "\n"


def false_helps(cells: dict[str, list[Row]]) -> dict[str, dict[str, Share]]:
    """Return the picture's groups: the null cells, every way."""
    return {
        f"tier {cell.tier}, {cell.days} days": {w: h for w, (h, _) in _beside(cells[cell.name], cell).items()}
        for cell in _main_cells()
        if cell.effect == 0 and cell.name in cells
    }


def _main_cells() -> list[Cell]:
    return [Cell(t, e, d) for t in TIERS for d in LENGTHS for e in EFFECTS]


def _odd_cells() -> list[Cell]:
    return [Cell(t, e, ODD_DAYS, o) for o in ODDITIES for t in ODD_TIERS for e in ODD_EFFECTS]


def _label(cell: Cell) -> list[str]:
    return [cell.tier, str(cell.days), f"{cell.effect:+.1f}" if cell.effect else "0"]


def _beside(rows: list[Row], cell: Cell) -> dict[str, tuple[Share, Share]]:
    mine = {f"backstride, {q}": told(rows, q, cell.tier[0]) for q in QUESTIONS}
    return {name: (t.helps, t.harms) for name, t in mine.items()} | usual(rows)


def _told_table(chosen: list[Cell], cells: dict[str, list[Row]], question: str, *, odd: bool = False) -> str:
    head = ["tier", "days", "season truth", "people", "read as such", f"{question} truth"]
    head += [_SHORT.get(v, v) for v in VERDICTS]
    head += ["wrong sign", "bias", "RMSE", *(f"cover {n} %" for n in LEVELS)]
    rows = []
    for cell in chosen:
        if cell.name not in cells:
            continue
        t = told(cells[cell.name], question, cell.tier[0])
        rows.append(([cell.oddity] if odd else []) + _label(cell) + _told_row(t))
    return table((["oddity"] if odd else []) + head, rows)


def _told_row(t: Told) -> list[str]:
    none = Share(0.0, t.people)
    return [
        str(t.people),
        f"{100 * t.read_as_meant.value:.0f}",
        f"{t.truth:+.2f}",
        *(str(t.verdicts.get(v, none)) for v in VERDICTS),
        str(t.wrong_sign) if t.truth else "",
        f"{t.bias:+.2f} ± {t.bias_error:.2f}",
        f"{t.rmse:.2f}",
        *map(str, t.cover),
    ]
