"""The description of everything a page can do, for programs: OpenAPI, at /openapi.json."""

from typing import Any

from fastapi import FastAPI
from pydantic import BaseModel

from backstride.web.visitor import COOKIE

ABOUT = """What pages do, programs may do: they ask for the same addresses, and send the same forms.

A program shows a token: `Authorization: Bearer bs_...`. It is made on the page Settings, and may read, or read and
write. It needs no `mark`. What lets somebody in or shuts somebody out (passphrases, sessions, tokens, people,
readers), reading others and deleting everything is done in person. Ask for JSON (`Accept: application/json`) to get
errors as JSON.
"""
SAFE = frozenset(("get", "head"))
FOR_ANYBODY = frozenset(
    (
        *("/safety", "/sign-in", "/begin", "/offline", "/offline/safety", "/timer", "/calendar/{secret}.ics"),
        *("/shared", "/shared/report", "/shared/report.pdf"),
    )
)
IN_PERSON = ("/settings", "/reading")
BY_PROGRAMS = frozenset(("/settings/choices", "/settings/language"))


class Problem(BaseModel):
    """What was wrong, and what to do next."""

    problem: str
    advice: str


def _sentence(description: str) -> dict[str, Any]:
    return {"description": description, "content": {"text/plain": {"schema": {"type": "string"}}}}


def _problem(description: str) -> dict[str, Any]:
    return {"description": description, "model": Problem}


RESPONSES: dict[int | str, dict[str, Any]] = {
    303: {"description": "Done; look there."},
    400: _problem("A value is not possible."),
    401: _sentence("Nobody is signed in, or the token opens nothing."),
    403: {**_problem("Not this person's, or tried too often."), **_sentence("Not from here.")},
    404: _problem("There is no such thing in this diary."),
    405: _problem("That is not done here."),
    409: _problem("A clock is days away from ours."),
    410: _problem("The day was erased after its page was opened; nothing was stored."),
    412: _problem("The example came or went after the page was opened; nothing was stored."),
    413: _sentence("Too big."),
    421: _sentence("The server does not answer to that name."),
    408: _sentence("It came too slowly."),
    422: _problem("It could not be read."),
    429: _problem("Not now: there is no room for it at this moment."),
    500: _problem("A fault of ours; nothing was stored."),
    503: _problem("The store could not be used."),
    507: _problem("The disk is full or read-only; nothing was stored."),
}
_PROBLEM = {"$ref": "#/components/schemas/Problem"}
_TEXT = {"schema": {"type": "string"}}
_FILES = {
    "/report/diary.zip": "application/zip",
    "/shared/report.pdf": "application/pdf",
    "/reading/{consent_id}/report.pdf": "application/pdf",
    "/calendar/{secret}.ics": "text/calendar",
}
_BUNDLES = frozenset(("/report/fhir.json",))
_PDF_TOO = frozenset(("/report/clinician",))
_PAGES_TOO = frozenset(("/settings/tokens", "/check-in", "/safety/agreed"))


class DescribedApp(FastAPI):
    """An app that says of each address who may ask for it, and what it answers."""

    def openapi(self) -> dict[str, Any]:
        """Return the OpenAPI description, built once."""
        if self.openapi_schema is None:
            made = super().openapi()
            made["components"]["securitySchemes"] = {
                "token": {"type": "http", "scheme": "bearer"},
                "session": {"type": "apiKey", "in": "cookie", "name": COOKIE},
            }
            for path, methods in made["paths"].items():
                for method, operation in methods.items():
                    _describe(path, method, operation)
            self.openapi_schema = made
        return self.openapi_schema


def may_programs(path: str) -> bool:
    """Whether a token opens this address."""
    return path in BY_PROGRAMS or (not path.startswith(IN_PERSON) and path != "/sign-out")


def _describe(path: str, method: str, operation: dict[str, Any]) -> None:
    if path not in FOR_ANYBODY:
        session: dict[str, list[str]] = {"session": []}
        operation["security"] = [{"token": []}, session] if may_programs(path) else [session]
    for status, response in operation["responses"].items():
        if int(status) >= 400:  # a page for browsers, JSON for programs, a sentence from the guard
            response["content"] = {
                "application/json": {"schema": _PROBLEM},
                "text/html": _TEXT,
                "text/plain": _TEXT,
            }
        elif status == "200" and path in _FILES:
            response["content"] = {_FILES[path]: {"schema": {"type": "string", "format": "binary"}}}
        elif status == "200" and path in _BUNDLES:
            response["content"] = {"application/fhir+json": {"schema": {"type": "object"}}}
        elif status == "200" and path in _PDF_TOO and method not in SAFE:
            response["content"]["application/pdf"] = {"schema": {"type": "string", "format": "binary"}}
        elif status in ("200", "201") and path in _PAGES_TOO:
            response.setdefault("content", {})["text/html"] = _TEXT
    if method not in SAFE:
        operation["parameters"] = [p for p in operation.get("parameters", []) if p["name"] != "x-mark"]
