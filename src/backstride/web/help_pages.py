"""Help: short answers to what somebody asks on a phone, for anybody."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from backstride.errors import NotInDiary
from backstride.report.help_words import BY_NAME, TOPICS
from backstride.web.templates import bare_page, page
from backstride.web.visitor import Perhaps

router = APIRouter(tags=["help"])


@router.get("/help", response_class=HTMLResponse)
async def topics(visitor: Perhaps) -> Response:
    """Every topic."""
    context = {"topic": None, "topics": TOPICS}
    if visitor is None:
        return bare_page("help.html", context)
    return page(visitor, "help.html", context, here="/help")


@router.get("/help/{topic}", response_class=HTMLResponse)
async def show(visitor: Perhaps, topic: str) -> Response:
    """One topic.

    Raises:
        NotInDiary: there is none of that name.
    """
    if topic not in BY_NAME:
        raise NotInDiary("There is no such page of help.", advice="Choose one from the list at /help.")
    context = {"topic": BY_NAME[topic], "topics": TOPICS}
    if visitor is None:
        return bare_page("help.html", context)
    return page(visitor, "help.html", context, here="/help")
