"""The log: what happened, and nothing of anybody."""

import json
import logging
import re
import threading

import pytest

from backstride.runtime.logs import Plain, RepeatFilter, begin_log, redacted

SECRETS = (
    "bs_Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0Z2FycGx5",
    "s3cretpgpw",
    "three-slow-herons",
    "2026-05-01",
    "L5-S1 hurts",
    "c2VjcmV0IG9mIGEgY2FsZW5kYXI",
    "0f" * 32,
)
TOLD = (
    "Authorization: Bearer bs_Zm9vYmFyYmF6cXV4cXV1eGNvcmdlZ3JhdWx0Z2FycGx5",
    "cannot connect to postgresql://diary:s3cretpgpw@db/diary",
    "postgresql://db/diary?user=bs&password=s3cretpgpw",
    '{"passphrase": "three-slow-herons"}',
    "GET /check-in/2026-05-01",
    "INSERT ... note='L5-S1 hurts, and the pain is 7'",
    "GET /calendar/c2VjcmV0IG9mIGEgY2FsZW5kYXI.ics",
    "cookie " + "0f" * 32,
)


@pytest.fixture
def logged(capsys):
    """A function that writes with a setting, and gives what was written; the log of the tests comes back."""
    root = logging.getLogger()
    before, level = list(root.handlers), root.level

    def write(error: Exception | None = None, **choices) -> str:
        begin_log(**choices)
        for line in TOLD:
            logging.getLogger("some.library").warning("It said: %s", line, exc_info=error)
        logging.getLogger("backstride").info("It began.")
        return capsys.readouterr().err

    yield write
    root.handlers[:], root.level = before, level


def test_a_thread_that_ends_by_an_error_is_told_by_places(logged, capsys, monkeypatch):
    """Python would print the words of the error, too."""
    monkeypatch.setattr(threading, "excepthook", threading.excepthook)
    logged(level="warning")
    thread = threading.Thread(target=lambda: int("my knee hurts"))
    thread.start()
    thread.join()
    said = capsys.readouterr().err
    assert "ValueError; " in said
    assert "knee" not in said


@pytest.mark.parametrize("line", TOLD)
def test_no_secret_day_or_word_of_a_person_is_written(line):
    """Whoever logs it, a library of the database included."""
    assert not any(secret in redacted(line) for secret in SECRETS)


def test_an_error_is_told_by_its_places_alone(logged):
    """Its words may quote what somebody wrote."""
    try:
        raise ValueError(" ".join(SECRETS))
    except ValueError as error:
        said = logged(error, level="warning")
    assert not any(secret in said for secret in SECRETS)
    assert "ValueError; " in said
    assert re.search(r"test_logs\.py:\d+", said)


def test_the_log_can_be_one_object_a_line(logged):
    """For programs that gather logs."""
    lines = [json.loads(line) for line in logged(level="info", as_json=True).splitlines()]
    assert [line["level"] for line in lines] == ["warning"] * len(TOLD) + ["info"]
    assert lines[-1]["message"] == "It began."


def test_what_is_below_the_level_is_not_written(logged):
    """And ordinary events are below it, unless one asks."""
    assert "It began." not in logged(level="warning")


def test_lines_of_one_kind_are_bounded_and_counted():
    """Of a thousand lines from one place in a minute twenty are written; the next minute says how many were not."""
    seconds, lines = [0.0], []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(record.getMessage())
    handler.addFilter(RepeatFilter(most=20, clock=lambda: seconds[0]))
    log = logging.Logger("flood")
    log.addHandler(handler)

    def told(count):
        for n in range(count):
            log.warning("Address %s asks too often.", n)

    told(1000)
    log.warning("Another thing.")
    assert (len(lines), lines[-1]) == (21, "Another thing.")
    seconds[0] = 61.0
    told(1)
    assert lines[-1] == "Address 0 asks too often. (980 more like it were left out before)"


def test_a_line_is_one_line_and_not_endless():
    """What a stranger sends can neither begin a line of its own nor fill a page."""
    said = "a\nERROR root: forged\r" + "b c " * 5000
    line = Plain().format(logging.LogRecord("x", logging.WARNING, "x.py", 1, "Name %s", (said,), None))
    assert len(line.splitlines()) == 1
    assert len(line) < 2200
