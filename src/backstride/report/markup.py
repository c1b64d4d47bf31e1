"""HTML and SVG elements that cannot be broken by what they hold: plain text is escaped, always."""

from collections.abc import Iterable, Mapping
from html import escape

VOID = frozenset({"meta", "link", "br"})


class Markup(str):
    """Text that is markup already; every other string is text to be escaped."""

    __slots__ = ()


def element(name: str, *children: str, attributes: Mapping[str, str] | None = None) -> Markup:
    """One element around its children; the result is well-formed as HTML and as XML."""
    given = "".join(f' {key}="{escape(value)}"' for key, value in (attributes or {}).items())
    if name in VOID:
        return Markup(f"<{name}{given}/>")
    inside = "".join(child if isinstance(child, Markup) else escape(child) for child in children)
    return Markup(f"<{name}{given}>{inside}</{name}>")


def styled(name: str, css: str, *children: str) -> Markup:
    """Create an element with a class of the style sheet."""
    return element(name, *children, attributes={"class": css})


def joined(parts: Iterable[Markup]) -> Markup:
    """Parts one after the other, one a line."""
    return Markup("\n".join(parts))


def paragraphs(sentences: Iterable[str], *, css: str = "") -> Markup:
    """One paragraph for each string."""
    attributes = {"class": css} if css else None
    return joined(element("p", sentence, attributes=attributes) for sentence in sentences)
