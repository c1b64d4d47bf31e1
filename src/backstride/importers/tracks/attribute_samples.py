"""Samples written as attributes, `<pt tm="5" hr="120"/>`, read as text: a parser makes an element of each.

That takes a tenth of the time, and only what is well-formed and in the usual order is read so: for all else there is
the parser.
"""

import math
import re
from array import array
from typing import Final

_TEXT: Final = rb"[ !#-%'-;=?-~]*+"  # printable ASCII without quotation marks, brackets and entities
_POINT: Final = rb'<pt(?: [A-Za-z]\w*+="%b")*+ ?/>\s*+' % _TEXT
_POINTS: Final = re.compile(rb"(?:%b)*+" % _POINT)
_BEATS: Final = re.compile(rb' hr="([^"]*)"')
_ROW: Final = re.compile(
    rb'<pt tm="(%(n)b)"(?: lat="(%(n)b)" lon="(%(n)b)")?(?: ele="%(n)b")?(?: dist="(%(n)b)")?(?: hr="(%(n)b)")?'
    rb'(?: (?:cadence|power|temp)="%(n)b")*+ ?/>' % {b"n": _TEXT}
)


def without_samples(content: bytes, *, closes: str) -> tuple[bytes, list[bytes]] | None:
    """Cut the samples of every session out of a training log.

    Args:
        content: the whole file.
        closes: the element that ends a session.

    Returns:
        The file without them, and the samples of each session, empty where it has none; None where they are written
        in another way, or damaged.
    """
    *sessions, rest = content.split(b"</%b>" % closes.encode())
    left: list[bytes] = []
    samples: list[bytes] = []
    for session in sessions:
        first = session.find(b"<pt")
        found = _POINTS.match(session, max(first, 0))
        end = found.end() if found else 0
        samples.append(session[first:end] if first >= 0 else b"")
        left.append(session[:first] + session[end:] if first >= 0 else session)
    remainder = (b"</%b>" % closes.encode()).join([*left, rest])
    is_whole = not any(other in remainder for other in (b"<pt", b":pt", b"<!"))
    return (remainder, samples) if is_whole else None


def beats_of(samples: bytes) -> list[float] | None:
    """Return the heart rates that are stated; None where one is no plain number."""
    try:
        return list(map(float, _BEATS.findall(samples)))
    except ValueError:
        return None


def rows_of(samples: bytes) -> "array[float] | None":
    """Return seconds, metres, latitude, longitude and heart rate of each sample, one after the other, nan if missing.

    None where a number is no plain number, or attributes stand in another order.
    """
    found = _ROW.findall(samples)
    if len(found) < samples.count(b"<pt"):
        return None
    try:
        rows = array("d")
        for row in found:
            time, latitude, longitude, metres, beats = (float(text) if text else math.nan for text in row)
            rows.extend((time, metres, latitude, longitude, beats))
    except ValueError:
        return None
    return rows
