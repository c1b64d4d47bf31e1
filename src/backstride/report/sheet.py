"""A report for paper in its parts, apart from how they are drawn: HTML and PDF say the very same."""

from dataclasses import dataclass

from backstride.report.drawing import Picture
from backstride.report.table import Table


@dataclass(frozen=True, slots=True)
class Figure:
    """One number that is read at a glance: what it is, the number, and what belongs to it."""

    label: str
    value: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Figures:
    """Some figures side by side."""

    figures: tuple[Figure, ...]


@dataclass(frozen=True, slots=True)
class Sentences:
    """Paragraphs; where `lead` is set the first one is a question and the second one its answer, which stands out."""

    sentences: tuple[str, ...]
    lead: bool = False


@dataclass(frozen=True, slots=True)
class Points:
    """A list."""

    items: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chart:
    """A picture, with all that it shows in words for who does not see it; another one for narrow screens."""

    picture: Picture
    narrow: Picture
    caption: str
    text_alternative: str


@dataclass(frozen=True, slots=True)
class Box:
    """Room to write: so many lines of it, below a text that may already stand there."""

    text: str
    lines: int


@dataclass(frozen=True, slots=True)
class Ticks:
    """Choices to tick with a pen."""

    choices: tuple[str, ...]


Part = Figures | Sentences | Points | Chart | Box | Ticks | Table


@dataclass(frozen=True, slots=True)
class Section:
    """A heading and what stands below it."""

    heading: str
    parts: tuple[Part, ...]


@dataclass(frozen=True, slots=True)
class Field:
    """A name of a field and its value; empty for a line to write on."""

    name: str
    value: str


@dataclass(frozen=True, slots=True)
class Sheet:
    """A report of some pages.

    Attributes:
        title: what it is.
        about: whence it comes, in one sentence.
        notice: what must be read first; empty where there is nothing.
        fields: whose it is, and of when; the first of them stands on every page.
        pages: the sections of each page.
        foot: stands on each page.
        page_of: how pages are numbered, with `{n}` and `{all}`.
    """

    title: str
    about: str
    notice: str
    fields: tuple[Field, ...]
    pages: tuple[tuple[Section, ...], ...]
    foot: str
    page_of: str
