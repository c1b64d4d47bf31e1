"""The style sheet, the scripts and the icon: the same for everyone, and all from here."""

import re
from functools import cache
from hashlib import sha256
from pathlib import Path

from fastapi import APIRouter, Request
from fastapi.responses import Response

from backstride.errors import NotInDiary
from backstride.report.page import answer_style, common_style
from backstride.report.palette import DARK, LIGHT, style_variables
from backstride.report.sheet_html import STYLE_FILE, sheet_style
from backstride.web.packing import compress_response, conditional_response

router = APIRouter(include_in_schema=False)
STATIC = Path(__file__).parent / "static"
THEMES = {"theme-light.css": LIGHT, "theme-dark.css": DARK}
"""The colours that a person chose, whatever the device prefers; paper is light."""
KINDS = {
    **dict.fromkeys(THEMES, "text/css; charset=utf-8"),
    "app.css": "text/css; charset=utf-8",
    "more.css": "text/css; charset=utf-8",
    "safety.css": "text/css; charset=utf-8",
    "example.css": "text/css; charset=utf-8",
    "diary.css": "text/css; charset=utf-8",
    "plan.css": "text/css; charset=utf-8",
    "guide.css": "text/css; charset=utf-8",
    "tests.css": "text/css; charset=utf-8",
    "sheet.css": "text/css; charset=utf-8",
    "reading.css": "text/css; charset=utf-8",
    "trends.css": "text/css; charset=utf-8",
    "bring.js": "text/javascript; charset=utf-8",
    "hold.js": "text/javascript; charset=utf-8",
    "offered.js": "text/javascript; charset=utf-8",
    "offline.js": "text/javascript; charset=utf-8",
    "print.js": "text/javascript; charset=utf-8",
    "push.js": "text/javascript; charset=utf-8",
    "trends.js": "text/javascript; charset=utf-8",
    "reading.js": "text/javascript; charset=utf-8",
    "said.js": "text/javascript; charset=utf-8",
    "saved.js": "text/javascript; charset=utf-8",
    "shared.js": "text/javascript; charset=utf-8",
    "again.js": "text/javascript; charset=utf-8",
    "copy.js": "text/javascript; charset=utf-8",
    "leaving.js": "text/javascript; charset=utf-8",
    "lists.js": "text/javascript; charset=utf-8",
    "timed.js": "text/javascript; charset=utf-8",
    "undo.js": "text/javascript; charset=utf-8",
    "zone.js": "text/javascript; charset=utf-8",
    "timer.js": "text/javascript; charset=utf-8",
    "deleted.js": "text/javascript; charset=utf-8",
    "app.js": "text/javascript; charset=utf-8",
    "icon.svg": "image/svg+xml",
    "icon-192.png": "image/png",
    "icon-512.png": "image/png",
    "icon-maskable-512.png": "image/png",
    "screenshot-check-in.png": "image/png",
    "screenshot-wide.png": "image/png",
    "apple-touch-icon.png": "image/png",
    "manifest.webmanifest": "application/manifest+json",
    "manifest.de.webmanifest": "application/manifest+json",
}


@cache
def content(name: str) -> bytes:
    """One file; the style sheets are made of the report's and the app's own.

    What the check-in does not need stands in more.css, for the page that is opened each morning is to be light.
    """
    if name == STYLE_FILE:
        return _without_blanks(sheet_style())
    if theme := THEMES.get(name):
        rules = f"color-scheme: {name[6:-4]}; {style_variables(theme)}"
        return _without_blanks(f"@media screen {{ :root {{ {rules} }} }}")
    own = (STATIC / name).read_bytes()
    if name == "more.css":
        return _without_blanks(answer_style() + own.decode())
    if name == "app.js":
        return _without_comments(own.decode())
    return _without_blanks(common_style() + own.decode()) if name == "app.css" else own


def _without_blanks(style: str) -> bytes:
    """Minify CSS."""
    short = re.sub(r"\s*([{};>])\s*", r"\1", re.sub(r"([:,])\s+", r"\1", style))
    short = re.sub(r"(?<![\w.])0\.(?=\d)", ".", short)
    return short.replace(";}", "}").encode()


def _without_comments(script: str) -> bytes:
    """Strip indentation and comment lines from a script, which has no multi-line strings."""
    lines = (line.strip() for line in script.splitlines())
    return "\n".join(line for line in lines if line and not line.startswith("//")).encode()


@router.get("/static/{name}")
def static(name: str, request: Request) -> Response:
    """One of the files; only its mark, where the browser has it.

    Raises:
        NotInDiary: there is none of that name.
    """
    if name not in KINDS:
        raise NotInDiary("There is no such file.", advice="Load the page again.")
    return compress_response(request, conditional_response(request, _file(name, KINDS[name])))


@router.get("/sw.js")
def service_worker() -> Response:
    """Serve the service worker at the root, its scope being all pages; its version hashes the cached files."""
    version = sha256(b"".join(content(name) for name in KINDS)).hexdigest()[:12]
    script = content("sw.js").replace(b"VERSION", version.encode())
    headers = {"cache-control": "no-cache"}
    return Response(script, media_type="text/javascript; charset=utf-8", headers=headers)


@router.get("/apple-touch-icon.png")
def apple_icon() -> Response:
    """iPhones look for it here when a page is put on the Home Screen, so no page needs to name it."""
    return _file("apple-touch-icon.png", KINDS["apple-touch-icon.png"])


@router.get("/favicon.ico")
def icon() -> Response:
    """Browsers ask for it unasked."""
    return _file("icon.svg", KINDS["icon.svg"])


def _file(name: str, kind: str) -> Response:
    return Response(content(name), media_type=kind, headers={"cache-control": "no-cache"})
