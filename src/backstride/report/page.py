"""The whole answer as one self-contained HTML file: it asks for nothing from outside and runs no script."""

from base64 import b64encode
from hashlib import sha256
from importlib.resources import files

from backstride.answer.answer import Answer
from backstride.report.background import (
    about_section,
    after_run_section,
    beliefs_section,
    dose_section,
    numbers_section,
    outlook_section,
    pathways_section,
)
from backstride.report.cohort_section import cohort_section
from backstride.report.markup import Markup, element, joined
from backstride.report.next_steps import next_step
from backstride.report.palette import DARK, LIGHT, style_variables
from backstride.report.sections import (
    days_section,
    doubts_section,
    opening,
    season_section,
    week_section,
    why_section,
)
from backstride.report.words import has_numbers, season_leads, title


def page(answer: Answer) -> str:
    """Render the report on `answer` as a self-contained HTML document: light, dark, on a phone, and on paper."""
    style = style_sheet()
    whole = element(
        "html",
        element("head", _meta(style), element("title", title()), element("style", Markup(style))),
        element("body", element("main", page_sections(answer), attributes={"class": "sheet"})),
        attributes={"lang": "en"},
    )
    return f"<!DOCTYPE html>\n{whole}\n"


def style_sheet() -> str:
    """Return the style sheet with the colours of light, dark and paper."""
    return common_style() + answer_style()


def common_style() -> str:
    """Return the part of the style sheet that every page needs."""
    light, dark = style_variables(LIGHT), style_variables(DARK)
    return (
        f":root {{ {light} }}\n"
        f"@media screen and (prefers-color-scheme: dark) {{ :root {{ {dark} }} }}\n{_static('page.css')}"
    )


def answer_style() -> str:
    """Return the part of the style sheet for tables, charts and the parts of an answer."""
    return _static("answer.css")


def _static(name: str) -> str:
    return files("backstride.report").joinpath(name).read_text(encoding="utf-8")


def _meta(style: str) -> Markup:
    tag_html = b64encode(sha256(style.encode()).digest()).decode()
    rules = f"default-src 'none'; style-src 'sha256-{tag_html}'; img-src data:; base-uri 'none'; form-action 'none'"
    metas = (
        {"charset": "utf-8"},
        {"http-equiv": "Content-Security-Policy", "content": rules},
        {"name": "viewport", "content": "width=device-width, initial-scale=1"},
        {"name": "color-scheme", "content": "light dark"},
        {"name": "referrer", "content": "no-referrer"},
    )
    icon = element("link", attributes={"rel": "icon", "href": "data:,"})
    return joined((*(element("meta", attributes=meta) for meta in metas), icon))


def page_sections(answer: Answer, *, in_app: bool = False) -> Markup:
    """Render the body of the page: verdicts and next step open, everything else folded.

    Where there are no numbers it says what is missing, shows the days, and stops.

    Args:
        answer: what was worked out.
        in_app: whether it is a page of the app, whose other pages it then leads to.
    """
    questions = (week_section(answer), season_section(answer))
    first = (
        opening(answer),
        *(questions[::-1] if season_leads(answer) else questions),
        next_step(answer, in_app=in_app),
    )
    if not has_numbers(answer):
        return joined(part for part in (*first, days_section(answer), about_section()) if part)
    parts = (
        *first,
        why_section(answer),
        days_section(answer),
        doubts_section(answer),
        pathways_section(answer),
        dose_section(answer),
        after_run_section(answer),
        outlook_section(answer),
        beliefs_section(answer),
        cohort_section(answer),
        about_section(),
        numbers_section(answer),
    )
    return joined(part for part in parts if part)
