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
    """Export the whole diary as an archive of tables."""
    names = {"content-disposition": 'attachment; filename="backstride-diary.zip"'}
    return Response(archive(visitor.diary), media_type="application/zip", headers=names)
