"""A form with files, taken apart as it arrives: its mark is looked at before its first file, and one file is open.

Frameworks hold every small file of a form in memory and open every large one at once; a form of two thousand files is
an ordinary one here.
"""

from collections.abc import Callable
from typing import Final

from fastapi import Request
from fastapi.concurrency import run_in_threadpool
from fastapi.exceptions import RequestValidationError
from python_multipart.exceptions import FormParserError
from python_multipart.multipart import MultipartParser, parse_options_header

from backstride.runtime.incoming import Incoming

CSRF_FIELD: Final = "mark"
AT_ONCE: Final = 2**20
"""Bytes that wait in memory to be written."""
PARTS_AT_ONCE: Final = 256
MAX_FIELD_LENGTH: Final = 1000

_FILES = {"type": "array", "items": {"type": "string", "format": "binary"}, "minItems": 1}
_FORM = {"type": "object", "properties": {"mark": {"type": "string"}, "files": _FILES}, "required": ["files"]}
FILES_DESCRIBED = {"requestBody": {"required": True, "content": {"multipart/form-data": {"schema": _FORM}}}}
"""What the form holds, for the description of the app; a mark comes before the files, or in the header `x-mark`."""


async def take_files(request: Request, incoming: Incoming, *, let_in: Callable[[str], None] | None) -> None:
    """Write the files of a form to where they are expected.

    Args:
        request: whose body is read.
        incoming: takes the files.
        let_in: called once before the first file, with the mark of the form, and raises where that may not be;
            None where no mark is needed.

    Raises:
        RequestValidationError: of FastAPI: the form cannot be read.
        BadInput: there are too many files, or they may not be sent.
        DiaryFull: there is no room.
    """
    form = _FilesForm(incoming, let_in)
    parser = form.parser(request.headers.get("content-type", ""))
    try:
        async for chunk in request.stream():
            parser.write(chunk)
            if form.waits_for_the_disk:
                await run_in_threadpool(form.write_waiting)
        parser.finalize()
    except FormParserError as error:
        raise _unread() from error
    await run_in_threadpool(form.write_waiting)
    form.check_is_whole()


class _FilesForm:
    """What the parser tells, part by part."""

    def __init__(self, incoming: Incoming, let_in: Callable[[str], None] | None) -> None:
        self._incoming, self._let_in = incoming, let_in
        self._waiting: list[str | bytes] = []
        self._header = self._disposition = self._value = b""
        self._field = ""
        self._is_file = self._is_whole = False
        self._words: dict[str, bytes] = {}
        self._waiting_bytes = 0

    @property
    def waits_for_the_disk(self) -> bool:
        return self._waiting_bytes >= AT_ONCE or len(self._waiting) >= PARTS_AT_ONCE

    def parser(self, content_type: str) -> MultipartParser:
        kind, options = parse_options_header(content_type)
        if kind != b"multipart/form-data" or b"boundary" not in options:
            raise _unread()
        try:
            return MultipartParser(
                options[b"boundary"],
                {
                    "on_part_begin": self._begin,
                    "on_part_data": self._data,
                    "on_header_field": self._header_name,
                    "on_header_value": self._header_value,
                    "on_header_end": self._header_end,
                    "on_headers_finished": self._headers_finished,
                    "on_end": self._end,
                },
            )
        except FormParserError as error:
            raise _unread() from error

    def write_waiting(self) -> None:
        """Write what waits; a name begins a file."""
        waiting, self._waiting, self._waiting_bytes = self._waiting, [], 0
        for one in waiting:
            if isinstance(one, str):
                self._incoming.begin_file(one)
            else:
                self._incoming.write(one)

    def check_is_whole(self) -> None:
        if not self._is_whole:
            raise _unread()
        self._check_let_in()

    def _begin(self) -> None:
        self._header = self._disposition = self._value = b""

    def _header_name(self, data: bytes, start: int, end: int) -> None:
        self._header += data[start:end]

    def _header_value(self, data: bytes, start: int, end: int) -> None:
        self._value += data[start:end]

    def _header_end(self) -> None:
        if self._header.lower() == b"content-disposition":
            self._disposition = self._value
        self._header = self._value = b""

    def _headers_finished(self) -> None:
        _kind, options = parse_options_header(self._disposition)
        self._field = options.get(b"name", b"").decode("utf-8", "replace")
        self._is_file = b"filename" in options
        name = options.get(b"filename", b"").decode("utf-8", "replace")
        if self._is_file:
            self._check_let_in()
        if self._is_file and not name:  # what a browser sends where nothing was chosen
            self._is_file, self._field = False, ""
        elif self._is_file:
            self._waiting.append(name)

    def _data(self, data: bytes, start: int, end: int) -> None:
        if self._is_file:
            self._waiting.append(data[start:end])
            self._waiting_bytes += end - start
            return
        self._words[self._field] = self._words.get(self._field, b"") + data[start:end]
        if len(self._words) > 10 or len(self._words[self._field]) > MAX_FIELD_LENGTH:
            raise _unread()

    def _end(self) -> None:
        self._is_whole = True

    def _check_let_in(self) -> None:
        if self._let_in is not None:
            let_in, self._let_in = self._let_in, None
            let_in(self._words.get(CSRF_FIELD, b"").decode("utf-8", "replace"))


def _unread() -> RequestValidationError:
    return RequestValidationError([])
