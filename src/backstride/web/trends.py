"""Trends: pain and running over weeks and months, and what else was told; pictures that a touch reads out."""

from typing import Annotated

from fastapi import APIRouter, Query, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from backstride.report import outcome_words, roland_morris_words, trend_words
from backstride.report.lately_words import late_ratings
from backstride.services.trends import View, trends
from backstride.web.packing import compress_response
from backstride.web.templates import page
from backstride.web.visitor import Known

router = APIRouter(tags=["trends"])
VIEWS = (("weeks", "Weeks"), ("months", "Months"), ("all", "Everything"))
Year = Annotated[int | None, Query(ge=1990, le=2100)]


@router.get("/trends", response_class=HTMLResponse)
def show(visitor: Known, request: Request, view: View = "weeks", year: Year = None) -> Response:
    """Show the diary by weeks or months, and a year as a calendar."""
    found = trends(visitor.diary, view, year=year, today=visitor.calendar_day, zone=visitor.zone)
    periods, by_month = found.periods, found.are_months
    figures = [
        *trend_words.rating_figures(periods, are_months=by_month),
        *trend_words.measured_figures(dict(found.measured), periods),
    ]
    context = {
        "view": view,
        "views": VIEWS,
        "is_empty": not periods,
        "sentences": (
            trend_words.compared_sentence(found.latest, found.before),
            trend_words.running_sentence(found.latest, found.before),
            late_ratings(found.latest, found.before),
        ),
        "main_figure": _safe(trend_words.main_figure(periods, are_months=by_month)),
        "bands_figure": _safe(trend_words.bands_figure(periods, are_months=by_month)),
        "leg_sentences": outcome_words.leg_sentences(found.latest, found.before) if found.has_legs else (),
        "leg_figure": _safe(outcome_words.leg_figure(periods, are_months=by_month)) if found.has_legs else "",
        "drinks_sentences": outcome_words.drinks_sentences(*found.drinks),
        "life_sentences": roland_morris_words.changes(found.questionnaires),
        "life_figure": _safe(outcome_words.questionnaire_figure(found.questionnaires, periods))
        if found.questionnaires and periods
        else "",
        "figures": [(heading, _safe(figure)) for heading, figure in figures],
        "year": found.year,
        "years": found.years,
        "year_figure": _safe(trend_words.year_figure(found.points, found.year, unmeasured=found.unmeasured)),
    }
    return compress_response(request, page(visitor, "trends.html", context, here="/diary"))


def _safe(figure: str) -> Markup:
    return Markup(figure)  # noqa: S704 - made by report/, in which every text was escaped
