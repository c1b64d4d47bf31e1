"""Filling in templates: all text is escaped, and every page gets the same few words around it."""

import re
from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape
from markupsafe import Markup, escape

from backstride.report.about import purpose
from backstride.report.amounts import MINUS, day_month, in_our_digits, long_date, month_of, weekday
from backstride.report.check_in_words import clock_line
from backstride.report.hyphenation import with_soft_hyphens
from backstride.report.language import LANGUAGES, _, language, plural
from backstride.report.run_sources import source_line
from backstride.report.safety_words import NUMBERS
from backstride.report.translate_messages import translate_message
from backstride.web.visitor import CurrentUser

TEMPLATES = Path(__file__).parent / "templates"
NAV = (
    ("/", "Today", "M3 19h18M7 15a5 5 0 0 1 10 0M12 3v4M5 8l1.5 1.5M19 8l-1.5 1.5"),
    ("/plan", "Plan", "M4 6h16v14H4zM4 11h16M8 3v4M16 3v4"),
    ("/answer", "Answer", "M4 4h16v12h-9l-4 4v-4H4zM9 10h6"),
    ("/diary", "Diary", "M5 4h14v16H5zM9 4v16M13 9h2"),
    ("/report", "Share", "M12 15V3M8 7l4-4 4 4M6 11v9h12v-9"),
)
"""The pages of the bar: path, name, and the path of the icon on a grid of 24 by 24."""


def page(
    visitor: CurrentUser, name: str, context: Mapping[str, Any], *, here: str, status: int = 200
) -> HTMLResponse:
    """Render a page for a signed-in person; `here` is its place in the navigation."""
    around = {"visitor": visitor, "here": here, "mark": visitor.csrf_token}
    return _filled(name, {**around, **context}, status)


def bare_page(name: str, context: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
    """Render a page for anybody."""
    around = {"visitor": None, "here": "", "mark": ""}
    return _filled(name, {**around, **context}, status)


def _filled(name: str, context: Mapping[str, Any], status: int) -> HTMLResponse:
    text = _environment().get_template(name).render(context)
    return HTMLResponse(with_soft_hyphens(text), status_code=status)


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(
        _=_,
        plural=plural,
        language=language,
        LANGUAGES=LANGUAGES,
        NAV=NAV,
        purpose=purpose,
        clock_line=clock_line,
        NUMBERS=NUMBERS,
    )
    environment.filters.update(
        day=long_date,
        day_month=day_month,
        month=month_of,
        weekday=weekday,
        number=number,
        source=source_line,
        translated=translate_message,
        dated=dated,
        numbers_to_call=numbers_to_call,
    )
    return environment


def numbers_to_call(text: str) -> Markup:
    """Make each emergency number of a sentence one that a phone can call by a tap."""
    return Markup(re.sub(r"\b(\d{3})\b", r'<a href="tel:\1">\1</a>', str(escape(text))))  # noqa: S704 - escaped


def dated(text: str) -> str:
    """Write each day of a sentence in words: one that is written for a file has numbers. Names of files stay."""
    return re.sub(r"(?<![\w./-])\d{4}-\d\d-\d\d(?![\w-]|\.\w)", lambda found: _in_words(found[0]), text)


def _in_words(written: str) -> str:
    try:
        return long_date(date.fromisoformat(written))
    except ValueError:  # as a file has it, and no day at all
        return written


def number(value: float) -> str:
    """Format a number without needless decimals."""
    return in_our_digits(f"{value:.1f}".removesuffix(".0")).replace("-", MINUS)
