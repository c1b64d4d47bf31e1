"""Report and share: the answer on paper, and everything to take away."""

from fastapi import APIRouter
from fastapi.responses import HTMLResponse, Response

from backstride.services.archive_export import archive
from backstride.web.templates import page
from backstride.web.visitor import Known

router = APIRouter(tags=["report"])


@router.get("/report", response_class=HTMLResponse)
def show(visitor: Known) -> Response:
    """Show what can be printed and exported."""
    return page(visitor, "report.html", {"is_empty": not visitor.diary.entries()}, here="/report")


@router.get("/report/diary.zip")
def take_out(visitor: Known) -> Response:
    """Export the whole diary as an archive of tables. Ten years of days take seconds, so it is made once at a time.

    Raises:
        NotNow: it is being made already, or those of too many others are.
        NotInDiary: the diary is still empty.
    """
    file = "backstride-example.zip" if visitor.sees_example else "backstride-diary.zip"
    names = {"content-disposition": f'attachment; filename="{file}"'}
    with visitor.site.exports.running(visitor.person.id):
        content = archive(visitor.diary, is_made_up=visitor.sees_example)
    return Response(content, media_type="application/zip", headers=names)
