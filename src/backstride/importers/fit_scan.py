"""One pass over the bytes of a FIT file, noting where each message stands.

A definition says which fields the data messages after it hold, up to 16 of them at a time. Damage ends the
pass, unless a message of a known kind goes on behind it.
"""

import struct
from typing import Final, Literal

import numpy as np

from backstride.importers.fit_layout import TIMESTAMP, Bytes, Layout

MOST_MESSAGES: Final = 2_000_000  # a week at one a second, three times over; more is no activity
MOST_LAYOUTS: Final = 20_000
MOST_RESTARTS: Final = 50
SEARCH_BYTES: Final = 65_536
DAY_S: Final = 86_400

_FEW, _MANY = 8, 4096
"""How many headers in step are looked for at a time: more, once the last look found nothing else."""

CUT_SHORT = "the file ends early; what was recorded up to there is kept"
_DAMAGED = "a part in the middle is damaged and was left out"
_TOO_MANY = "it holds more messages than any activity does; the rest was left out"


class Scan:
    """One pass over the messages of one FIT file."""

    def __init__(self, content: bytes, end: int) -> None:
        self.content = content
        self.end = end
        self.layouts: list[Layout] = []
        self.doubts: list[str] = []
        self._known: dict[bytes, Layout] = {}  # some devices repeat a definition before every message
        self._local: list[Layout | None] = [None] * 16
        self._left = MOST_MESSAGES

    def run(self, start: int) -> None:
        """Note every message from `start` to the end, going on behind damage where that is possible."""
        position = self._messages(start)
        for _ in range(MOST_RESTARTS):
            if position >= self.end - 2:  # an unfinished file may still carry its checksum
                return
            restart = self._behind_damage(position)
            self.doubts.append(CUT_SHORT if restart == self.end else _DAMAGED)
            position = self._messages(restart)
        self.doubts.append(CUT_SHORT)

    def _messages(self, position: int) -> int:
        """Note messages until the end or the first bad one; where that stands."""
        content, end, local = self.content, self.end, self._local
        reach = _FEW
        while position < end:
            header = content[position]
            if header & 0xC0 == 0x40:
                after = self._definition(position)
                if after == position:
                    return position
                position = after
                continue
            layout = local[(header >> 5) & 3 if header & 0x80 else header & 0x0F]
            if layout is None or position + layout.stride > end or 0x10 <= header < 0x40:
                return position
            stride = layout.stride
            count = 1
            if position + stride < end and content[position + stride] == header:
                # the same header again: count how many follow in step, all in one go
                ahead = content[position : min(end - stride + 1, position + reach * stride) : stride]
                count = len(ahead) - len(ahead.lstrip(ahead[:1]))
                reach = min(8 * reach, _MANY) if count == reach else _FEW
            layout.rows.extend(range(position, position + count * stride, stride))
            position += count * stride
            self._left -= count
            if self._left < 0:
                self.doubts.append(_TOO_MANY)
                return end
        return position

    def _definition(self, position: int) -> int:
        """Take in the definition at `position`; where the next message stands, or `position` if it is bad."""
        content, end = self.content, self.end
        if position + 6 > end or content[position + 2] > 1 or len(self.layouts) >= MOST_LAYOUTS:
            return position
        after = fields_end = position + 6 + 3 * content[position + 5]
        if content[position] & 0x20 and fields_end < end:
            after = fields_end + 1 + 3 * content[fields_end]
        if after > end:
            return position
        wording = content[position + 1 : after]
        if wording not in self._known:
            developer = content[fields_end + 1 : after]
            self._known[wording] = _layout(content[position:fields_end], developer)
            self.layouts.append(self._known[wording])
        self._local[content[position] & 0x0F] = self._known[wording]
        return after

    def _behind_damage(self, position: int) -> int:
        """The next place behind `position` where a message of a known kind goes on in time, or the end."""
        window = np.frombuffer(self.content, dtype=np.uint8)[
            position : min(self.end, position + SEARCH_BYTES)
        ]
        found, again = self.end, None
        for layout in {id(x): x for x in (*self._local, _longest(self.layouts)) if x}.values():
            place = _goes_on(layout, self.content, window, position)
            if place is not None and place < found:
                found, again = place, layout
        if again is not None:
            self._local[self.content[found] & 0x0F] = again
        return found


def _layout(definition: bytes, developer: bytes) -> Layout:
    """What a definition message says; the developers' fields stand behind the known ones."""
    order: Literal["<", ">"] = ">" if definition[2] else "<"
    (number,) = struct.unpack_from(order + "H", definition, 3)
    fields: dict[int, tuple[int, int, int]] = {}
    offset = 0
    for at in range(6, len(definition), 3):
        fields[definition[at]] = (offset, definition[at + 1], definition[at + 2])
        offset += definition[at + 1]
    added: dict[tuple[int, int], tuple[int, int]] = {}
    for at in range(0, len(developer), 3):
        added[developer[at + 2], developer[at]] = (offset, developer[at + 1])
        offset += developer[at + 1]
    return Layout(number, order, 1 + offset, fields, added)


def _longest(layouts: list[Layout]) -> Layout | None:
    return max(layouts, key=lambda layout: len(layout.rows), default=None)


def _goes_on(layout: Layout, content: bytes, window: Bytes, position: int) -> int | None:
    """The first place in the window, which begins at `position`, where this kind of message goes on in time.

    Two headers in step and a time within a day of the last ones make such a place.
    """
    buffer = np.frombuffer(content, dtype=np.uint8)
    past = Layout(layout.number, layout.order, layout.stride, layout.fields, {}, layout.rows[-20:])
    times = past.column(buffer, TIMESTAMP)
    if np.isnan(times).all():
        return None
    header = content[layout.rows[-1]]
    places = np.flatnonzero(window[: -layout.stride - 1] == header)
    places = places[(places > 0) & (window[places + layout.stride] == header)]
    found = (position + places).tolist()
    ahead = Layout(layout.number, layout.order, layout.stride, layout.fields, {}, found)
    since = ahead.column(buffer, TIMESTAMP) - np.nanmedian(times)
    good = np.flatnonzero((since >= 0) & (since < DAY_S))
    return ahead.rows[good[0]] if len(good) else None
