"""The form once more, with what was typed: an error never costs what somebody wrote."""

from collections.abc import Mapping, Sequence
from html import escape
from html.parser import HTMLParser
from urllib.parse import urlsplit

from fastapi import Request
from fastapi.responses import HTMLResponse, Response
from starlette.datastructures import FormData
from starlette.types import Message, Scope

Attributes = Sequence[tuple[str, str | None]]
_NEVER_FILLED = ("hidden", "password", "file", "submit", "button")
_TICKED = ("radio", "checkbox")
_OF_THE_BODY = (
    b"content-length",
    b"content-type",
    b"transfer-encoding",
    b"if-none-match",
    b"accept-encoding",
)


async def the_form_again(
    request: Request, *, problem: str, advice: str, status: int, field: str = ""
) -> Response | None:
    """Render the page of a refused form, filled in as it was sent, with the error above it.

    Args:
        request: the form that was refused.
        problem: what was wrong.
        advice: what to do next.
        status: of the reply.
        field: the name of the field that is meant; "" where it is not known.

    Returns:
        The page; None where the request is no form of a page of ours, or that page cannot be shown.
    """
    page = page_before(request)
    if request.method != "POST" or not page:
        return None
    sent = await _sent(request)
    shown = await _shown(request, page) if sent is not None else ""
    if not shown or sent is None:
        return None
    filled = _Filled(action=request.url.path, sent=sent, said=(problem, advice), field=field)
    filled.feed(shown)
    filled.close()
    return HTMLResponse(filled.text, status_code=status) if filled.is_found else None


def page_before(request: Request) -> str:
    """Return path and query of the page that a request came from; "" where it was none of this server's."""
    before = urlsplit(request.headers.get("referer", ""))
    if not before.path.startswith("/") or before.netloc != request.headers.get("host", ""):
        return ""
    return before.path + (f"?{before.query}" if before.query else "")


async def _sent(request: Request) -> FormData | None:
    """Return the submitted fields; None with files among them, which no page can hold again."""
    if not request.headers.get("content-type", "").startswith("application/x-www-form-urlencoded"):
        return None
    return await request.form()


async def _shown(request: Request, page: str) -> str:
    """Render the page as its own visitor sees it now; "" where it does not open."""
    path, _marked, query = page.partition("?")
    headers = [(name, value) for name, value in request.scope["headers"] if name not in _OF_THE_BODY]
    copied_keys = ("type", "http_version", "scheme", "server", "client")
    scope: Scope = {key: request.scope[key] for key in copied_keys}
    scope.update(method="GET", path=path, raw_path=path.encode(), query_string=query.encode())
    scope.update(headers=headers, root_path="", asgi=request.scope.get("asgi", {}))
    status, parts = 0, []

    async def receive() -> Message:
        return {"type": "http.request", "body": b"", "more_body": False}

    async def send(message: Message) -> None:
        nonlocal status
        status = message.get("status", status)
        parts.append(message.get("body", b""))

    await request.app(scope, receive, send)
    return b"".join(parts).decode() if status == 200 else ""


class _Filled(HTMLParser):
    """Passes a page on as it is, but for the fields of one form.

    Args:
        action: where the form is sent.
        sent: what was filled in.
        said: what was wrong, and what to do next.
        field: the field that is meant.

    Attributes:
        is_found: whether the form is on the page.
    """

    def __init__(self, *, action: str, sent: FormData, said: tuple[str, str], field: str) -> None:
        super().__init__(convert_charrefs=False)
        self._action, self._sent, self._said, self._field = action, sent, said, field
        self._parts: list[str] = []
        self._is_inside = self._drops_text = self._is_pointed_at = False
        self.is_found = False

    @property
    def text(self) -> str:
        """The page, filled in."""
        return "".join(self._parts)

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        attributes = dict(attrs)
        if tag == "form" and not self.is_found and attributes.get("action") == self._action:
            self._is_inside = self.is_found = True
            self._parts.append(self._problem() + (self.get_starttag_text() or ""))
        elif not self._is_inside:
            self._parts.append(self.get_starttag_text() or "")
        elif tag == "input":
            self._parts.append(_tag(tag, self._input(attributes)))
        elif tag == "textarea":
            self._drops_text = attributes.get("name", "") in self._sent
            self._parts.append(_tag(tag, self._pointed_at(attributes)))
            if self._drops_text:
                self._parts.append(escape(str(self._sent[str(attributes["name"])])))
        else:
            self._parts.append(
                _tag(tag, attributes | {"open": None}) if tag == "details" else self.get_starttag_text() or ""
            )

    def handle_startendtag(self, tag: str, attrs: Attributes) -> None:
        self.handle_starttag(tag, attrs)

    def handle_endtag(self, tag: str) -> None:
        self._drops_text = self._drops_text and tag != "textarea"
        self._is_inside = self._is_inside and tag != "form"
        self._parts.append(f"</{tag}>")

    def handle_data(self, data: str) -> None:
        if not self._drops_text:
            self._parts.append(data)

    def handle_entityref(self, name: str) -> None:
        self.handle_data(f"&{name};")

    def handle_charref(self, name: str) -> None:
        self.handle_data(f"&#{name};")

    def handle_comment(self, data: str) -> None:
        self._parts.append(f"<!--{data}-->")

    def handle_decl(self, decl: str) -> None:
        self._parts.append(f"<!{decl}>")

    def _problem(self) -> str:
        problem, advice = map(escape, self._said)
        focus = "" if self._field else ' tabindex="-1" autofocus'  # else the field itself has it
        said = f"<p><strong>{problem}</strong> {advice}</p>"
        return f'<div class="problem" role="alert" id="problem"{focus}>{said}</div>'

    def _input(self, attributes: Mapping[str, str | None]) -> Mapping[str, str | None]:
        kind, name = attributes.get("type") or "text", attributes.get("name") or ""
        if kind in _NEVER_FILLED:
            return attributes
        if kind not in _TICKED:
            filled = dict(attributes)
            if name in self._sent:
                filled["value"] = str(self._sent[name])
            return self._pointed_at(filled)
        ticked = {key: value for key, value in attributes.items() if key != "checked"}
        if (attributes.get("value") or "on") in self._sent.getlist(name):
            ticked["checked"] = None
        return self._pointed_at(ticked)

    def _pointed_at(self, attributes: Mapping[str, str | None]) -> Mapping[str, str | None]:
        if not self._field or attributes.get("name") != self._field or self._is_pointed_at:
            return attributes
        self._is_pointed_at = True
        return {**attributes, "aria-invalid": "true", "aria-describedby": "problem", "autofocus": None}


def _tag(tag: str, pairs: Mapping[str, str | None]) -> str:
    attributes = "".join(
        f" {key}" if value is None else f' {key}="{escape(value)}"' for key, value in pairs.items()
    )
    return f"<{tag}{attributes}>"
