"""The Roland-Morris questionnaire: 24 sentences once every four weeks, for who likes to."""

from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from backstride.core.roland_morris import INTRODUCTION, NAME, SENTENCES
from backstride.report.roland_morris_words import TITLE, about, how_to_read, score_line
from backstride.services.roland_morris import due_from, keep_roland_morris, roland_morris_so_far
from backstride.web.templates import page
from backstride.web.visitor import Known, Writing

router = APIRouter(tags=["tests"])


@router.get("/roland-morris", response_class=HTMLResponse)
def show(visitor: Known) -> Response:
    """Show the questionnaire as its authors wrote it, and every score so far."""
    questionnaires = roland_morris_so_far(visitor.diary)
    due = due_from(questionnaires, today=visitor.calendar_day)
    context = {
        "title": TITLE,
        "about": about(),
        "name": NAME,
        "introduction": INTRODUCTION,
        "sentences": tuple(enumerate(SENTENCES, 1)),
        "how_to_read": how_to_read(),
        "so_far": [score_line(one) for one in reversed(questionnaires)],
        "due": due if due > visitor.calendar_day else None,
    }
    return page(visitor, "roland_morris.html", context, here="/diary")


@router.post("/roland-morris", response_model=None)
def save(visitor: Writing, ticked: Annotated[list[int] | None, Form()] = None) -> Response:
    """Keep what is ticked today; what is not ticked counts as not true, as the authors have it.

    Raises:
        BadValue: a number that no sentence has.
    """
    keep_roland_morris(visitor.diary, ticked or (), zone=visitor.zone)
    return RedirectResponse("/roland-morris", status_code=303)
