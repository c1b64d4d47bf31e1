"""A report for paper as HTML: the same pages on a screen and in print, without a script."""

from base64 import b64encode
from functools import singledispatch
from hashlib import sha256
from importlib.resources import files

from backstride.report.language import language
from backstride.report.markup import Markup, element, joined, styled
from backstride.report.sheet import (
    Box,
    Chart,
    Field,
    Figure,
    Figures,
    Points,
    Section,
    Sentences,
    Sheet,
    Ticks,
)
from backstride.report.table import Table

STYLE_FILE = "sheet.css"


def sheet_style() -> str:
    """Return the style sheet of a report for paper."""
    return files("backstride.report").joinpath(STYLE_FILE).read_text(encoding="utf-8")


def sheet_html(sheet: Sheet, *, style_at: str = "", above: Markup = Markup()) -> str:  # noqa: B008 - it cannot be changed
    """One HTML document.

    Args:
        sheet: what it says.
        style_at: where a server has the style sheet; it stands in the document itself unless given.
        above: what stands above the first page on a screen, and not on paper.
    """
    pages = joined(_page(sheet, number) for number in range(len(sheet.pages)))
    whole = element(
        "html",
        element("head", *_head(sheet, style_at)),
        element("body", above, element("main", pages, attributes={"id": "main"})),
        attributes={"lang": language()},
    )
    return f"<!DOCTYPE html>\n{whole}\n"


def _head(sheet: Sheet, style_at: str) -> tuple[Markup, ...]:
    common = (
        element("meta", attributes={"charset": "utf-8"}),
        element("meta", attributes={"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("meta", attributes={"name": "referrer", "content": "no-referrer"}),
        element("title", sheet.title),
    )
    if style_at:
        links = (("stylesheet", style_at), ("icon", "/static/icon.svg"))
        return (*common, *(element("link", attributes={"rel": rel, "href": href}) for rel, href in links))
    style = sheet_style()
    meta = b64encode(sha256(style.encode()).digest()).decode()
    rules = (
        f"default-src 'none'; style-src 'sha256-{meta}'; img-src data:; base-uri 'none'; form-action 'none'"
    )
    return (
        *common,
        element("meta", attributes={"http-equiv": "Content-Security-Policy", "content": rules}),
        element("link", attributes={"rel": "icon", "href": "data:,"}),
        element("style", Markup(style)),
    )


def _page(sheet: Sheet, number: int) -> Markup:
    top = _top(sheet) if number == 0 else styled("dl", "again", _field(sheet.fields[0]))
    sections = joined(_section(section, f"s{number}-{n}") for n, section in enumerate(sheet.pages[number]))
    page_of = sheet.page_of.format(n=number + 1, all=len(sheet.pages))
    foot = styled("p", "foot", element("span", sheet.foot), element("span", page_of))
    return styled("div", "paper", top, sections, foot)


def _top(sheet: Sheet) -> Markup:
    fields = joined(_field(field) for field in sheet.fields)
    notice = styled("p", "notice", sheet.notice) if sheet.notice else Markup()
    return element(
        "header", element("h1", sheet.title), styled("p", "about", sheet.about), notice, element("dl", fields)
    )


def _field(field: Field) -> Markup:
    value = element("dd", field.value) if field.value else styled("dd", "blank")
    return element("div", element("dt", field.name), value)


def _section(section: Section, name: str) -> Markup:
    heading = element("h2", section.heading, attributes={"id": name})
    body = joined(_part(part) for part in section.parts)
    return element("section", heading, styled("div", "body", body), attributes={"aria-labelledby": name})


@singledispatch
def _part(part: object) -> Markup:
    raise AssertionError(part)


@_part.register
def _(part: Figures) -> Markup:
    return styled("ul", "figures", joined(_figure(figure) for figure in part.figures))


def _figure(figure: Figure) -> Markup:
    note = styled("span", "of", figure.note) if figure.note else Markup()
    return element("li", styled("span", "what", figure.label), element("strong", figure.value), note)


@_part.register
def _(part: Sentences) -> Markup:
    kinds = ("asked", "lead") if part.lead else ()
    return joined(
        styled("p", kinds[n], sentence) if n < len(kinds) else element("p", sentence)
        for n, sentence in enumerate(part.sentences)
    )


@_part.register
def _(part: Points) -> Markup:
    return element("ul", joined(element("li", item) for item in part.items))


@_part.register
def _(part: Chart) -> Markup:
    alternative = styled("p", "unseen", part.text_alternative)
    drawings = (styled("div", "wide", part.picture.svg), styled("div", "narrow", part.narrow.svg))
    return element("figure", *drawings, element("figcaption", part.caption), alternative)


@_part.register
def _(part: Box) -> Markup:
    text = element("p", part.text) if part.text else Markup()
    lines = joined(element("div", "", attributes={"class": "line"}) for _n in range(part.lines))
    return styled("div", "box", text, lines)


@_part.register
def _(part: Ticks) -> Markup:
    return styled("ul", "ticks", joined(element("li", choice) for choice in part.choices))


@_part.register
def _(part: Table) -> Markup:
    # a narrow screen lays the cells of a row out below its name; the roles keep it a table for a screen reader
    row_role = {"role": "row"}
    columns = (element("th", name, attributes={"scope": "col", "role": "columnheader"}) for name in part.head)
    rows = joined(
        element(
            "tr",
            element("th", row[0], attributes={"scope": "row", "role": "rowheader"}),
            *(element("td", cell, attributes={"role": "cell"}) for cell in row[1:]),
            attributes=row_role,
        )
        for row in part.rows
    )
    groups = (
        element("thead", element("tr", *columns, attributes=row_role), attributes={"role": "rowgroup"}),
        element("tbody", rows, attributes={"role": "rowgroup"}),
    )
    caption = styled("caption", "unseen", part.caption)
    return element("table", caption, *groups, attributes={"role": "table"})
