"""The log of a server: what happened, and nothing of anybody.

Our own messages hold no value of a person. Those of libraries may: of an error that they met they tell all they know.
So a rule stands before everything that is written, and a traceback is told by its places, without its words.
"""

import json
import logging
import re
import sys
import traceback
from typing import Final

_IS = r"(['\"]?\s*[=:]\s*['\"]?)"
_SECRETS: Final = (
    (re.compile(r"bs_[\w-]{20,}"), "bs_..."),
    (re.compile(r"(?i)(://[^/\s:@]*:)[^@\s]*@"), r"\1...@"),
    (re.compile(rf"(?i)\b(password|passphrase|passwd|key|mark|token|secret){_IS}[^\s&'\",;]+"), r"\1\2..."),
    (re.compile(r"/calendar/[\w-]+"), "/calendar/..."),
    (re.compile(r"\b\d{4}-\d\d-\d\d\b"), "a day"),
    (re.compile(rf"(?i)\b(note|content|pain|mood|stress|sleep){_IS}[^&\n]+"), r"\1\2..."),
    (re.compile(r"\b[\w-]{40,}\b"), "..."),
)
"""What is never written, and what stands in its place: secrets, days, and what a person said."""


def redacted(text: str) -> str:
    """Remove secrets, dates and free text of a person from a log line."""
    for what, instead in _SECRETS:
        text = what.sub(instead, text)
    return text


class Plain(logging.Formatter):
    """One line a message; the places of an error, without its words."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s: %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        return f"{self.formatTime(record)} {record.levelname} {record.name}: {_reported(record)}"


class AsJson(logging.Formatter):
    """One JSON object a message, for programs that gather logs."""

    def format(self, record: logging.LogRecord) -> str:
        return json.dumps(
            {
                "time": self.formatTime(record),
                "level": record.levelname.lower(),
                "logger": record.name,
                "message": _reported(record),
            },
            ensure_ascii=False,
        )


def begin_log(*, level: str, as_json: bool = False) -> None:
    """Write the log to stderr from now on.

    Args:
        level: from which on a message is written: debug, info, warning or error.
        as_json: whether as one JSON object a line.
    """
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson() if as_json else Plain())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for loud in ("uvicorn.access", "sqlalchemy", "multipart", "python_multipart"):
        logging.getLogger(loud).setLevel(
            logging.WARNING
        )  # they tell what is asked for, and with which values


def _reported(record: logging.LogRecord) -> str:
    said = redacted(record.getMessage()).strip()
    if record.exc_info and record.exc_info[1] is not None:
        _kind, error, trace = record.exc_info
        places = [f"{one.filename}:{one.lineno} {one.name}" for one in traceback.extract_tb(trace)]
        said += f" ({type(error).__name__}; {' > '.join(places)})"
    return said
