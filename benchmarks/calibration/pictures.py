"""Two pictures as SVG, light and dark by the reader's own setting."""

from collections.abc import Sequence

import numpy as np

from calibration.ranks import DRAWS, band, ecdf_difference
from calibration.summaries import Ranked, Share

_STYLE = """<style>
text{font:12px system-ui,sans-serif;fill:#222}.quiet{fill:#666}.paper{fill:#fff}.band{fill:#dbe4ee}
.line{fill:none;stroke:#1b5e9b;stroke-width:1.6}.zero{stroke:#999;stroke-width:1}.out{stroke:#b3261e}
.bar{fill:#8a8f98}.own{fill:#1b5e9b}.limit{stroke:#b3261e;stroke-width:1.2;stroke-dasharray:4 3}
@media (prefers-color-scheme:dark){text{fill:#e6e6e6}.quiet{fill:#a0a0a0}.paper{fill:#16181c}.band{fill:#2b3642}
.line{stroke:#7fb8ee}.zero{stroke:#666}.out{stroke:#ff8a80}.bar{fill:#757b85}.own{fill:#7fb8ee}.limit{stroke:#ff8a80}}
</style>"""
_PANEL_W, _PANEL_H, _ACROSS, _TOP = 220, 120, 4, 50


def _page(width: float, height: float, label: str, body: Sequence[str]) -> str:
    head = (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width:g} {height:g}" width="{width:g}" '
        f'height="{height:g}" role="img" aria-label="{label}">'
    )
    paper = f'<rect class="paper" width="{width:g}" height="{height:g}"/>'
    return "\n".join([head, _STYLE, paper, *body, "</svg>"]) + "\n"


def _text(x: float, y: float, words: str, *, kind: str = "", anchor: str = "start") -> str:
    return f'<text class="{kind}" x="{x:g}" y="{y:g}" text-anchor="{anchor}">{words}</text>'


def rank_picture(quantities: list[Ranked]) -> str:
    """One panel a quantity: share of ranks up to each value, minus what it should be, within its 95 % band."""
    people = len(quantities[0].ranks)
    width = band(people)
    most = 1.6 * float(width.max())
    body = [
        _text(
            10, 20, f"Ranks of the truth among {DRAWS} posterior draws, {people} people drawn from the prior"
        ),
        _text(
            10,
            38,
            "share of ranks so low, minus the share expected; shaded: where 95 % of sound curves lie",
            kind="quiet",
        ),
    ]
    for i, quantity in enumerate(quantities):
        x0, y0 = _PANEL_W * (i % _ACROSS) + 10, _TOP + _PANEL_H * (i // _ACROSS)
        body += _panel(quantity, width, most, x0, y0)
    rows = -(-len(quantities) // _ACROSS)
    return _page(_PANEL_W * _ACROSS + 10, _TOP + _PANEL_H * rows + 10, "Rank curves of each quantity", body)


def _panel(quantity: Ranked, width: np.ndarray, most: float, x0: float, y0: float) -> list[str]:
    w, h, top = _PANEL_W - 20.0, _PANEL_H - 40.0, y0 + 22.0
    x = x0 + w * np.arange(1, DRAWS + 2) / (DRAWS + 1)

    def y(value: np.ndarray) -> np.ndarray:
        return top + h / 2 - h / 2 * np.clip(value / most, -1, 1)

    def path(xs: np.ndarray, ys: np.ndarray) -> str:
        return " ".join(f"{a:.1f},{b:.1f}" for a, b in zip(xs, ys, strict=True))

    shape = path(np.append(x, x[::-1]), np.append(y(width), y(-width)[::-1]))
    out = " out" if quantity.outside else ""
    return [
        _text(x0, y0 + 14, quantity.name.replace(" in moving", "")),
        _text(x0 + w, y0 + 14, f"p = {quantity.p:.2g}", kind="quiet", anchor="end"),
        f'<polygon class="band" points="{shape}"/>',
        f'<line class="zero" x1="{x0:g}" x2="{x0 + w:g}" y1="{top + h / 2:g}" y2="{top + h / 2:g}"/>',
        f'<polyline class="line{out}" points="{path(x, y(ecdf_difference(quantity.ranks)))}"/>',
    ]


def false_helps_picture(groups: dict[str, dict[str, Share]]) -> str:
    """Of people whom running does not touch: how many are told that it helps, by each way, one group a cell."""
    bars = len(next(iter(groups.values())))
    group_h, left, scale = 18 * bars + 30, 190.0, 5.0
    body = [
        _text(10, 20, "Told 'helps' although running does nothing, % of people"),
        _text(10, 38, "dashed: 5 %; thin line: ± 2 standard errors", kind="quiet"),
    ]
    for g, (title, ways) in enumerate(groups.items()):
        y = _TOP + group_h * g
        body.append(_text(10, y + 14, title))
        for i, (way, told) in enumerate(ways.items()):
            line = y + 22 + 18 * i
            end = left + scale * 100 * told.value
            low, high = (
                left + scale * min(max(100 * told.value + e, 0), 100)
                for e in (-200 * told.error, 200 * told.error)
            )
            kind = "own" if way.startswith("backstride") else "bar"
            body += [
                _text(left - 8, line + 11, way, kind="quiet", anchor="end"),
                f'<rect class="{kind}" x="{left:g}" y="{line:g}" width="{max(end - left, 1):.1f}" height="13"/>',
                f'<line class="zero" x1="{low:.1f}" x2="{high:.1f}" '
                f'y1="{line + 6.5:g}" y2="{line + 6.5:g}"/>',
                _text(high + 6, line + 11, f"{100 * told.value:.1f}"),
            ]
    height = _TOP + group_h * len(groups) + 10
    limit = left + scale * 5
    body.append(f'<line class="limit" x1="{limit:g}" x2="{limit:g}" y1="{_TOP}" y2="{height - 10:g}"/>')
    return _page(left + 100 * scale + 80, height, "False claims that running helps", body)
