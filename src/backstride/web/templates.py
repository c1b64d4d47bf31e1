"""Filling in templates: all text is escaped, and every page gets the same few words around it."""

from collections.abc import Mapping
from functools import cache
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from backstride.report.about import purpose
from backstride.report.amounts import MINUS, day_month, in_our_digits, long_date, month_of, weekday
from backstride.report.check_in_words import clock_line
from backstride.report.language import LANGUAGES, _, language, plural
from backstride.report.run_sources import source_line
from backstride.report.translate_messages import translate_message
from backstride.web.visitor import CurrentUser

TEMPLATES = Path(__file__).parent / "templates"
NAV = (
    ("/", "Today"),
    ("/plan", "Plan"),
    ("/answer", "Answer"),
    ("/diary", "Diary"),
    ("/report", "Share"),
)


def page(
    visitor: CurrentUser, name: str, context: Mapping[str, Any], *, here: str, status: int = 200
) -> HTMLResponse:
    """Render a page for a signed-in person; `here` is its place in the navigation."""
    around = {"visitor": visitor, "here": here, "mark": visitor.csrf_token}
    return HTMLResponse(_environment().get_template(name).render({**around, **context}), status_code=status)


def bare_page(name: str, context: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
    """Render a page for anybody."""
    around = {"visitor": None, "here": "", "mark": ""}
    return HTMLResponse(_environment().get_template(name).render({**around, **context}), status_code=status)


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
    )
    environment.filters.update(
        day=long_date,
        day_month=day_month,
        month=month_of,
        weekday=weekday,
        number=number,
        source=source_line,
        translated=translate_message,
    )
    return environment


def number(value: float) -> str:
    """Format a number without needless decimals."""
    return in_our_digits(f"{value:.1f}".removesuffix(".0")).replace("-", MINUS)
