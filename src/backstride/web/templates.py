"""Filling in templates: all text is escaped, and every page gets the same few words around it."""

from collections.abc import Mapping
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

from fastapi.responses import HTMLResponse
from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from backstride.report.amounts import long_date
from backstride.report.language import _, plural
from backstride.web.visitor import Visitor

TEMPLATES = Path(__file__).parent / "templates"
NAV = (
    ("/", "Today"),
    ("/plan", "Plan"),
    ("/answer", "Answer"),
    ("/diary", "Diary"),
    ("/report", "Share"),
)
WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")


def page(
    visitor: Visitor, name: str, context: Mapping[str, Any], *, here: str, status: int = 200
) -> HTMLResponse:
    """A page for somebody who is signed in; `here` is its place in the navigation."""
    around = {"visitor": visitor, "here": here, "mark": visitor.mark}
    return HTMLResponse(_environment().get_template(name).render({**around, **context}), status_code=status)


def bare_page(name: str, context: Mapping[str, Any], *, status: int = 200) -> HTMLResponse:
    """A page for anybody."""
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
    environment.globals.update(_=_, plural=plural, NAV=NAV)
    environment.filters.update(day=long_date, day_month=day_month, weekday=weekday, number=number)
    return environment


def weekday(day: date) -> str:
    """The name of the day of the week."""
    return _(WEEKDAYS[day.weekday()])


def day_month(day: date) -> str:
    """A day of a list whose year is plain."""
    return long_date(day).rpartition(" ")[0]


def number(value: float) -> str:
    """A number without needless decimals."""
    return f"{value:.1f}".removesuffix(".0")
