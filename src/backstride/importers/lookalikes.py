"""What a file that no reader knows looks like, by its first bytes, in words a person knows."""

import re
from typing import Final

from backstride.importers.tables.headings import SIDEWAYS, is_sideways

_BY_FIRST_BYTES: Final = (
    (b"\xff\xd8\xff", "a picture"),
    (b"\x89PNG\r\n", "a picture"),
    (b"GIF8", "a picture"),
    (b"BM", "a picture"),
    (b"II*\x00", "a picture"),
    (b"MM\x00*", "a picture"),
    (b"%PDF", "a PDF document"),
    (b"PK\x03\x04", "a zip archive or an office document"),
    (b"PK\x05\x06", "an empty zip archive"),
    (b"7z\xbc\xaf", "a 7z archive"),
    (b"Rar!", "a RAR archive"),
    (b"\xfd7zXZ", "a packed file"),
    (b"BZh", "a packed file"),
    (b"\x1f\x8b", "a packed file"),
    (b"\x28\xb5\x2f\xfd", "a packed file"),
    (b"\xd0\xcf\x11\xe0", "an old office document"),
    (b"SQLite format 3", "a database"),
    (b"\x00\x05\x16\x07", "a side file of macOS"),
    (b"ID3", "a sound"),
    (b"OggS", "a sound"),
    (b"\x7fELF", "a program"),
    (b"MZ", "a program"),
    (b"{\\rtf", "a text document"),
)
_SIGMA: Final = "a log of a Sigma bike computer (SLF)"
_TOMTOM: Final = "a file as a TomTom watch keeps it (ttbin)"
_CALENDAR: Final = "a calendar (ICS)"
_AUTO_EXPORT: Final = "a JSON file of Health Auto Export"
_RUNTASTIC: Final = "a session in the JSON of adidas Running (once Runtastic)"
_ENDOMONDO: Final = "a session in Endomondo's own JSON"
_NIKE: Final = "a session in Nike Run Club's own JSON"
_TIMELINE: Final = "a timeline of Google Maps"
_BY_WORD: Final = (
    ("begin:vcalendar", _CALENDAR),
    ("<generalinformation", _SIGMA),
    ("<logeintraege", _SIGMA),
    ("<healthdata", "an Apple Health export"),
    ("<!doctype html", "a web page"),
    ("<html", "a web page"),
    ("<svg", "a picture"),
    ("<?xml", "an XML file"),
)
_JSON: Final = (
    (('"data"', '"workouts"', '"qty"'), _AUTO_EXPORT),
    (('"sport_type_id"', '"start_time"'), _RUNTASTIC),
    (('"created_date"', '"sport"', '"source"'), _ENDOMONDO),
    (('"start_epoch_ms"',), _NIKE),
    (('"timelineobjects"',), _TIMELINE),
    (('"activitysegment"',), _TIMELINE),
)
"""The words that tell whose JSON it is."""
OF_RUNS: Final = frozenset({_SIGMA, _TOMTOM, _AUTO_EXPORT, _RUNTASTIC, _ENDOMONDO, _NIKE})
"""What hints at sessions, in a format that no reader knows."""
UNKNOWN_TABLE: Final = "a table without any column of a diary"
_OTHER_ENCODING: Final = "a table in letters that are not UTF-8"
SIDEWAYS_TABLE: Final = "a table whose columns are days"
UNKNOWN_TABLES: Final = frozenset({UNKNOWN_TABLE, SIDEWAYS_TABLE, _OTHER_ENCODING})
_ADVICE: Final = {
    SIDEWAYS_TABLE: SIDEWAYS,
    _OTHER_ENCODING: "Save it once more as CSV in UTF-8 (in Excel: 'CSV UTF-8'), and give that.",
    "a zip archive or an office document": "Unpack it, or save the sheet as CSV, and give the result.",
    "a 7z archive": "Unpack it and give the folder.",
    "a RAR archive": "Unpack it and give the folder.",
    "an old office document": "Save the sheet as CSV and give that.",
    UNKNOWN_TABLE: (
        "Its first line must name them: time and pain for check-ins, start and moving_min for runs, time, kind and "
        "value for measurements, from and to for covered days."
    ),
    _SIGMA: "Export the session as FIT, TCX or GPX in Sigma's program, or type it into a table of runs.",
    _CALENDAR: "What was planned is no run. Type the runs that took place into a table of runs.",
    _AUTO_EXPORT: "Give the export that the Health app itself writes (export.zip), which holds every run.",
    _RUNTASTIC: "Give the GPX or TCX files that lie beside it, or a table of runs.",
    _ENDOMONDO: "Give the TCX or GPX files that lie beside it, or a table of runs.",
    _NIKE: "Give the GPX file of the run where there is one, or a table of runs.",
    _TIMELINE: "It guesses what was done from a phone's place. Give the runs as GPX, or a table of runs.",
    _TOMTOM: "Turn it into FIT, TCX or GPX first, as with ttbincnv of the project ttwatch.",
    "a web page": "The download failed; log in at the site and download the file again.",
}
ANY_ADVICE: Final = "Give FIT, GPX, TCX or KML files, the export of a running or health app, or tables (CSV)."


def appearance(head: bytes) -> tuple[str, str]:
    """Guess what a file with this beginning is ("a picture"), and what to do instead.

    Returns:
        What the file is, in a few words; and a sentence of advice.
    """
    what = _what(head)
    return what, _ADVICE.get(what, ANY_ADVICE)


def _what(head: bytes) -> str:
    if not head.strip(b"\x00"):
        return "an empty file"
    if head[4:8] == b"ftyp":
        return "a picture or film"
    if re.match(rb"\x20[\x05-\x0c]\x00", head):
        return _TOMTOM
    if head[:4] == b"RIFF":
        return "a picture or sound"
    for first, what in _BY_FIRST_BYTES:
        if head.startswith(first):
            return what
    text = head.replace(b"\x00", b"").decode("ascii", errors="ignore").lstrip().lower()
    for word, what in _BY_WORD:
        if word in text:
            return what
    if text[:1] == "{" or re.match(r"\[\s*[\[{\"\]]", text):
        return next((what for words, what in _JSON if all(word in text for word in words)), "a JSON file")
    if not _is_text(head):
        return "something that is not known here"
    if _is_table(text) and not _is_utf8(head):
        return _OTHER_ENCODING
    if _is_table(text):
        return SIDEWAYS_TABLE if is_sideways(re.split(r"[,;\t|]", text.partition("\n")[0])) else UNKNOWN_TABLE
    return "plain text"


def _is_table(text: str) -> bool:
    """Whether the first two lines that are no remark have as many cells as each other, and more than one."""
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")][:2]
    return len(lines) == 2 and any(lines[0].count(d) == lines[1].count(d) > 0 for d in ",;\t|")


def _is_utf8(head: bytes) -> bool:
    try:
        head.decode("utf-8")
    except UnicodeDecodeError as error:
        return error.start >= len(head) - 3  # the head may end within a letter
    return True


def _is_text(head: bytes) -> bool:
    return not re.search(rb"[\x00-\x08\x0e-\x1f]", head)
