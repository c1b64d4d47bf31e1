"""The data table behind a picture."""

from collections.abc import Sequence
from dataclasses import dataclass

from backstride.report.language import _
from backstride.report.markup import Markup, element, joined, styled


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a head; the first cell of a row names it.

    Attributes:
        caption: what the table holds, with its unit.
        head: one name a column.
        rows: the cells as a person reads them.
    """

    caption: str
    head: tuple[str, ...]
    rows: Sequence[tuple[str, ...]]

    @property
    def html(self) -> Markup:
        """The table; it scrolls by itself where it is wider than the page."""
        head = element("tr", *(element("th", name, attributes={"scope": "col"}) for name in self.head))
        table = element(
            "table",
            element("caption", self.caption[:1].upper() + self.caption[1:]),
            element("thead", head),
            element("tbody", joined(_row(row) for row in self.rows)),
        )
        scrolls = {"class": "scroll", "tabindex": "0", "role": "region", "aria-label": self.caption}
        return element("div", table, attributes=scrolls)

    @property
    def folded(self) -> Markup:
        """The table behind a line to open."""
        return element(
            "details", element("summary", _("The numbers: {what}").format(what=self.caption)), self.html
        )


def _row(cells: tuple[str, ...]) -> Markup:
    name = element("th", cells[0], attributes={"scope": "row"})
    return element("tr", name, *(element("td", cell) for cell in cells[1:]))


def figure(caption: str, narrow: Markup, wide: Markup, *below: Markup) -> Markup:
    """Render a figure: caption, drawings for phones and for wide pages, and what belongs below."""
    drawings = (styled("div", "narrow", narrow), styled("div", "wide", wide))
    return element("figure", element("figcaption", caption), *drawings, *below)
