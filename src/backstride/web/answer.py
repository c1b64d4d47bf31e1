"""Answer: does running help my back? Worked out in the background; this page never waits for it."""

import re
from dataclasses import replace

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response
from markupsafe import Markup

from backstride.core.said_runs import days_without_minutes
from backstride.errors import NotInDiary
from backstride.services.answers import sections_spoken, too_few_rated
from backstride.services.plan import plan_for
from backstride.services.plan_warnings import holds_runs
from backstride.web.packing import compress_response
from backstride.web.templates import page
from backstride.web.visitor import Known

router = APIRouter(tags=["answer"])
_FALLBACK = re.compile(r"(var\(--\w+),\s#\w{6}\)")


@router.get("/answer", response_class=HTMLResponse)
def show(visitor: Known, request: Request) -> Response:
    """Show the last computed answer, and whether it is out of date."""
    if not visitor.diary.entries():
        return page(visitor, "no_answer.html", {}, here="/answer")
    answered = visitor.site.answers.answer(visitor.book, zone=visitor.zone)
    if answered.cached and not answered.cached.sections and not answered.is_current:
        # why there was none says nothing of the records as they are now
        answered = replace(answered, cached=None)
    records = visitor.diary.records()
    plan = plan_for(visitor.site.store, visitor.book, today=visitor.local_day, records=records)
    context = {
        "runs_are_held": holds_runs(plan),
        "answered": answered,
        "too_few": None if answered.cached else too_few_rated(records),
        "checked_in": any(one.local_day == visitor.local_day for one in records.check_ins),
        "no_minutes": days_without_minutes(records.check_ins, records.runs),
        # made by report/, in which every text was escaped
        "sections": Markup(_short(sections_spoken(answered.cached.sections))) if answered.cached else "",  # noqa: S704
    }
    return compress_response(request, page(visitor, "answer.html", context, here="/answer"))


def _short(sections: str) -> str:
    """Leave out the colours that pictures name for where there is no style sheet; this page has one."""
    return _FALLBACK.sub(r"\1)", sections)


@router.get("/answer.json")
def numbers(visitor: Known) -> Response:
    """Return the last answer as JSON.

    Raises:
        NotInDiary: there is none yet.
    """
    cached = visitor.site.answers.answer(visitor.book, zone=visitor.zone).cached
    if cached is None or not cached.numbers:
        raise NotInDiary("There is no answer yet.", advice="Open the Answer page, and come back later.")
    return Response(cached.numbers, media_type="application/json")
