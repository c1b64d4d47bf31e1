"""The log of a server: what happened, and nothing of anybody.

Our own messages hold no value of a person. Those of libraries may: of an error that they met they tell all they know.
So a rule stands before everything that is written, and a traceback is told by its places, without its words.
"""

import json
import logging
import re
import sys
import threading
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from time import monotonic
from typing import Final

from backstride.errors import BackstrideError

_LOG = logging.getLogger(__name__)
_MINUTE_S: Final = 60.0
_MAX_KINDS: Final = 1000
_MAX_LENGTH: Final = 2000

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


class RepeatFilter(logging.Filter):
    """Lets a kind of line through so often in a minute, and says how many more there were: no stranger fills a disk.

    Lines of one kind come from the same place in the code, whatever stands in them.

    Args:
        most: lines of a kind in a minute.
        clock: seconds that go on evenly.
    """

    def __init__(self, *, most: int = 20, clock: Callable[[], float] = monotonic) -> None:
        super().__init__()
        self._most, self._clock = most, clock
        self._minute: dict[tuple[str, str, int], tuple[float, int]] = {}

    def filter(self, record: logging.LogRecord) -> bool:
        kind, now = (record.name, record.pathname, record.lineno), self._clock()
        since, count = self._minute.get(kind, (now, 0))
        left_out = 0
        if now - since >= _MINUTE_S:
            left_out, since, count = max(count - self._most, 0), now, 0
        if len(self._minute) >= _MAX_KINDS and kind not in self._minute:
            self._minute.clear()
        self._minute[kind] = (since, count + 1)
        if left_out:
            record.msg, record.args = (
                f"{record.getMessage()} ({left_out} more like it were left out before)",
                (),
            )
        return count < self._most


def begin_log(*, level: str, as_json: bool = False) -> None:
    """Write the log to stderr from now on.

    Args:
        level: from which on a message is written: debug, info, warning or error.
        as_json: whether as one JSON object a line.
    """
    threading.excepthook = _log_thread_error  # else Python prints its words
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(AsJson() if as_json else Plain())
    handler.addFilter(RepeatFilter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level.upper())
    for loud in ("uvicorn.access", "sqlalchemy", "multipart", "python_multipart"):
        logging.getLogger(loud).setLevel(
            logging.WARNING
        )  # they tell what is asked for, and with which values


@contextmanager
def defects_logged() -> Iterator[None]:
    """Log an error that nobody expected of work in the background, which nobody waits for, and raise it on."""
    try:
        yield
    except BackstrideError:
        raise
    except Exception:  # any defect at all: it is raised on, nothing is swallowed
        _LOG.exception("Work in the background failed.")
        raise


def error_places(error: BaseException) -> str:
    """Describe an error by its kind and its places in the code, without its words."""
    places = [f"{one.filename}:{one.lineno} {one.name}" for one in traceback.extract_tb(error.__traceback__)]
    return f"{type(error).__name__}; {' > '.join(places)}"


def _log_thread_error(met: threading.ExceptHookArgs) -> None:
    if met.exc_value is not None:
        _LOG.error("A thread ended by an error.", exc_info=met.exc_value)


def _reported(record: logging.LogRecord) -> str:
    said = redacted(record.getMessage()[:_MAX_LENGTH]).strip().replace("\n", " ").replace("\r", " ")
    if record.exc_info and record.exc_info[1] is not None:
        said += f" ({error_places(record.exc_info[1])})"
    return said
