"""Help: short answers to what somebody asks on a phone, and the documentation behind them, for anybody."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from backstride.errors import NotInDiary
from backstride.report.help_words import BY_NAME, TOPICS
from backstride.web import guides
from backstride.web.templates import bare_page, page
from backstride.web.visitor import CurrentUser, Perhaps

router = APIRouter(tags=["help"])


@router.get("/help", response_class=HTMLResponse)
async def topics(visitor: Perhaps) -> Response:
    """Every topic, and every page of the documentation."""
    return _page(visitor, "help.html", {"topic": None, "topics": TOPICS, "guides": guides.GUIDES})


@router.get("/help/{topic}", response_class=HTMLResponse)
async def show(visitor: Perhaps, topic: str) -> Response:
    """One topic, or one page of the documentation.

    Raises:
        NotInDiary: there is none of that name.
    """
    if topic in guides.BY_NAME:
        guide = guides.BY_NAME[topic]
        context = {"guide": guide, "text": guides.guide_html(guide), "guides": guides.GUIDES}
        return _page(visitor, "guide.html", context)
    if topic not in BY_NAME:
        raise NotInDiary("There is no such page of help.", advice="Choose one from the list at /help.")
    found = BY_NAME[topic]
    more = [guides.BY_NAME[each] for each in found.more]
    return _page(visitor, "help.html", {"topic": found, "topics": TOPICS, "guides": more})


def _page(visitor: CurrentUser | None, template: str, context: dict[str, object]) -> Response:
    if visitor is None:
        return bare_page(template, context)
    return page(visitor, template, context, here="/help")
