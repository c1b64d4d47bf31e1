"""The certificate of one's own: how a phone is told to trust it, and its file. For anybody: it is no secret."""

from fastapi import APIRouter, Request
from fastapi.responses import HTMLResponse, Response

from backstride.errors import NotInDiary
from backstride.web.templates import bare_page, page
from backstride.web.visitor import Perhaps

router = APIRouter(tags=["help"])


@router.get("/certificate", response_class=HTMLResponse)
async def show(request: Request, visitor: Perhaps) -> Response:
    """Say how each phone is told to trust it, once."""
    context = {"fingerprint": request.app.state.fingerprint}
    if visitor is None:
        return bare_page("certificate.html", context)
    return page(visitor, "certificate.html", context, here="/settings")


@router.get("/certificate/backstride.crt", response_class=Response)
async def download(request: Request) -> Response:
    """Serve the certificate of the authority, as phones take it in.

    Raises:
        NotInDiary: this server has none of its own.
    """
    if not request.app.state.authority:
        raise NotInDiary(
            "This server has no certificate of its own.", advice="Go to the Today page and start from there."
        )
    return Response(request.app.state.authority, media_type="application/x-x509-ca-cert")
