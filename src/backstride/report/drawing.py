"""Drawing: SVG marks, an axis, and the frame that gives every picture its title and description."""

import math
from collections.abc import Iterable
from dataclasses import dataclass

from backstride.report.markup import Markup, element
from backstride.report.palette import paint

NARROW = 360.0
WIDE = 680.0
TEXT = 15.0
MAX_STEPS = 5
"""Of an axis, between its two ends."""
STEPS = (0.1, 0.2, 0.5, 1.0, 2.0, 5.0, 10.0)

Place = tuple[float, float]


@dataclass(frozen=True, slots=True)
class Picture:
    """A finished drawing.

    Attributes:
        name: unique on its page; becomes part of the ids.
        title, description: what a reader who does not see it is told.
        width, height: in units of the drawing; text is 15 of them high.
        marks: the SVG elements, back to front.
    """

    name: str
    title: str
    description: str
    width: float
    height: float
    marks: tuple[Markup, ...]

    @property
    def svg(self) -> Markup:
        """The drawing as one SVG element."""
        title_id, description_id = f"{self.name}-title", f"{self.name}-description"
        return element(
            "svg",
            element("title", self.title, attributes={"id": title_id}),
            element("desc", self.description, attributes={"id": description_id}),
            Markup("".join(self.marks)),
            attributes={
                "xmlns": "http://www.w3.org/2000/svg",
                "viewBox": f"0 0 {place(self.width)} {place(self.height)}",
                "role": "img",
                "aria-labelledby": f"{title_id} {description_id}",
                "font-size": place(TEXT),
            },
        )


@dataclass(frozen=True, slots=True)
class Axis:
    """A straight scale: `lowest` lies at `start`, `highest` at `end`."""

    lowest: float
    highest: float
    start: float
    end: float

    def at(self, value: float) -> float:
        """Where a value lies."""
        share = (value - self.lowest) / (self.highest - self.lowest)
        return self.start + share * (self.end - self.start)

    def ticks(self, *, most: int = 7) -> tuple[float, ...]:
        """At most `most` round values on the axis."""
        reach = self.highest - self.lowest
        sizes = [step * 10.0**power for power in range(5) for step in STEPS]
        step = next(size for size in sorted(set(sizes)) if reach / size <= most - 1 + 1e-9)
        first = math.ceil(self.lowest / step - 1e-9)
        last = math.floor(self.highest / step + 1e-9)
        return tuple(round(step * n, 6) for n in range(first, last + 1))


def symmetric_end(values: Iterable[float]) -> float:
    """Return a round end for an axis symmetric around 0 that holds all values."""
    most = max(map(abs, values), default=0.0)
    ends = (0.5, 1.0, 1.5, 2.0, 2.5, 3.0, 4.0, 5.0, 6.0, 8.0, 10.0)
    return next((end for end in ends if most <= end), math.ceil(most))


def round_ends(values: Iterable[float]) -> Place:
    """Round ends, at most five round steps apart, for an axis that holds 0 and all values."""
    held = [0.0, *values]
    lowest, highest = min(held), max(held)
    for step in (size * 10.0**power for power in range(5) for size in STEPS):
        first, last = math.floor(lowest / step + 1e-9), math.ceil(highest / step - 1e-9)
        if last - first <= MAX_STEPS:
            break
    return step * first, step * max(last, first + 1)


def place(value: float) -> str:
    """Format a coordinate, to a tenth of a unit."""
    return f"{round(value, 1) + 0.0:g}"


def words(at: Place, said: str, *, role: str = "quiet", anchor: str = "start") -> Markup:
    """Text whose baseline starts, centres or ends at a place."""
    x, y = at
    # what is there without being said is left unsaid: a page holds hundreds of these
    beside = {} if anchor == "start" else {"text-anchor": anchor}
    return element("text", said, attributes={"x": place(x), "y": place(y), "fill": paint(role)} | beside)


def line(start: Place, end: Place, *, role: str = "line", thick: float = 1.0, dashes: str = "") -> Markup:
    """Draw a straight line."""
    attributes = {
        "x1": place(start[0]),
        "y1": place(start[1]),
        "x2": place(end[0]),
        "y2": place(end[1]),
        "stroke": paint(role),
    }
    width = {} if thick == 1.0 else {"stroke-width": place(thick)}
    return element("line", attributes=attributes | width | ({"stroke-dasharray": dashes} if dashes else {}))


def dot(centre: Place, radius: float, *, role: str, outlined: bool = False) -> Markup:
    """Draw a filled dot, or an outlined one in the background colour."""
    attributes = {"cx": place(centre[0]), "cy": place(centre[1]), "r": place(radius)}
    if outlined:
        ring = {"fill": paint("ground"), "stroke": paint(role), "stroke-width": "2"}
        return element("circle", attributes=attributes | ring)
    return element("circle", attributes=attributes | {"fill": paint(role)})


def bar(corner: Place, width: float, height: float, *, role: str, see_through: float = 1.0) -> Markup:
    """Draw a filled rectangle from its upper left corner."""
    attributes = {
        "x": place(corner[0]),
        "y": place(corner[1]),
        "width": place(max(width, 0.0)),
        "height": place(max(height, 0.0)),
        "fill": paint(role),
    }
    return element(
        "rect", attributes=attributes | ({"fill-opacity": f"{see_through:g}"} if see_through < 1 else {})
    )


def dots(centres: Iterable[Place], radius: float, *, role: str) -> Markup:
    """Many filled dots of one size as a single mark: a stroke of no length with round ends is a dot."""
    return _stroked("".join(f"M{place(x)} {place(y)}h0" for x, y in centres), 2 * radius, role, cap="round")


def columns(sides: Iterable[tuple[float, float, float]], thick: float, *, role: str) -> Markup:
    """Many upright bars of one width as a single mark: of each its middle, its foot and its head."""
    path = "".join(f"M{place(x)} {place(foot)}V{place(head)}" for x, foot, head in sides)
    return _stroked(path, thick, role, cap="butt")


def areas(spans: Iterable[Place], lane: Place, *, role: str, see_through: float) -> Markup:
    """Many filled rectangles between two heights as a single mark: of each its left and its right side."""
    top, foot = lane
    path = "".join(
        f"M{place(left)} {place(top)}H{place(right)}V{place(foot)}H{place(left)}z" for left, right in spans
    )
    filled = {"d": path, "fill": paint(role), "fill-opacity": f"{see_through:g}"}
    return element("path", attributes=filled) if path else Markup()


def _stroked(path: str, thick: float, role: str, *, cap: str) -> Markup:
    attributes = {"d": path, "stroke": paint(role), "stroke-width": place(thick), "stroke-linecap": cap}
    return element("path", attributes=attributes) if path else Markup()


def curve(path: Iterable[Place], *, role: str, thick: float = 2.5) -> Markup:
    """Draw a line through all points."""
    return element(
        "polyline",
        attributes={
            "points": _places(path),
            "fill": "none",
            "stroke": paint(role),
            "stroke-width": place(thick),
            "stroke-linejoin": "round",
        },
    )


def band(upper: Iterable[Place], lower: Iterable[Place], *, role: str, see_through: float) -> Markup:
    """Draw the area between two curves."""
    return element(
        "polygon",
        attributes={
            "points": _places([*upper, *reversed(list(lower))]),
            "fill": paint(role),
            "fill-opacity": f"{see_through:g}",
        },
    )


def _places(path: Iterable[Place]) -> str:
    return " ".join(f"{place(x)},{place(y)}" for x, y in path)
