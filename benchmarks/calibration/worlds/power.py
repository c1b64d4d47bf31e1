"""How often each design finds a real effect: the power table, beside what the data alone could find.

    power = share of people who are told the direction of their own truth

for effects of one size and for every design (own run days, days, weeks, blocks of 2 and of 4 weeks drawn
by chance), each over the same length of diary. The last columns are the data-alone bound of `bound.py`:
no honest answer without a prior is surer than its standard deviation, or tells more people.
"""

from collections.abc import Callable, Sequence

from calibration.worlds.adapter import QUESTIONS
from calibration.worlds.catalogue import DESIGNS, Cell, every_cell
from calibration.worlds.rows import Row
from calibration.worlds.table import Best, Told, markdown, rows_by_cell, told

WORLDS = ("next-day help -1.0", "half and half help -1.5", "slow help -1.5")
DAYS = 126
KEPT = 0.92

_COLUMNS = (
    "effect",
    "run days",
    "people",
    "truth",
    "told lower",
    "by chance",
    "no difference",
    "can't tell",
    "told higher",
    "bias",
    "data alone: sd",
    "data alone: told",
)
_HEAD = f"""# Power: how often each design finds a real effect

People of a simulator written apart from the model (see [the worlds](calibration-worlds.md)) whom running helps,
over {DAYS} days, with own run days or with drawn ones of which {100 * KEPT:.0f} % are kept. The same people live
under every design. "Told lower" is the power: the share who are told that their mornings are lower with running,
also where it is "too small to matter" (which "no difference" counts, too), per cent ± standard error. "By chance":
who are told besides that chance chose the days, so that running is what made the change. "Data alone" is the least
standard deviation of who knows how the body works but not how large the effects are, and the share whom a posterior
with a flat prior would then tell the direction.
{DAYS} days hold four whole blocks of 4 weeks; six are needed before chance may be named for a season.

The effect of a world is that of a full training season; the truth of the column is the mean over the people of
what their own runs do, points of the rating, in a week and in a season of 12 weeks.

"""


def power_cells() -> list[Cell]:
    """Return the cells of the table: each effect under each design."""
    mine = [
        cell
        for cell in every_cell()
        if cell.world.name in WORLDS and cell.days == DAYS and (cell.design == "own" or cell.kept == KEPT)
    ]
    order = ("own", *DESIGNS)
    return sorted(mine, key=lambda cell: (WORLDS.index(cell.world.name), order.index(cell.design)))


def power_page(rows: Sequence[Row], *, command: str, bounds: Callable[[Cell], dict[str, Best]]) -> str:
    """Return the whole page.

    Args:
        rows: of the cells of `power_cells`, by any number of people.
        command: that made them.
        bounds: what the data alone could tell the people of a cell, by question.
    """
    by_cell = rows_by_cell(rows)
    text = _HEAD + f"    {command}\n"
    best = {cell.name: bounds(cell) for cell in power_cells() if cell.name in by_cell}
    for question in QUESTIONS:
        text += f"\n## The {question}\n\n" + _table(by_cell, best, question)
    return text


def _table(by_cell: dict[str, list[Row]], best: dict[str, dict[str, Best]], question: str) -> str:
    lines = [list(_COLUMNS)]
    for cell in power_cells():
        if cell.name not in by_cell:
            continue
        found, least = told(by_cell[cell.name], question), best[cell.name][question]
        drawn = "own" if cell.design == "own" else f"{cell.design} drawn"
        lines.append([cell.world.name, drawn, *_figures(found), f"{least.sd:.2f}", f"{100 * least.told:.0f}"])
    return markdown(lines)


def _figures(found: Told) -> list[str]:
    return [
        str(found.people),
        f"{found.truth:+.2f}",
        str(found.helps),
        f"{100 * found.because.value:.0f}",
        str(found.no_difference),
        f"{100 * found.cannot.value:.0f}",
        str(found.harms),
        f"{found.bias:+.2f}",
    ]
