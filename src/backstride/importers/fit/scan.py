"""One pass over the bytes of a FIT file, noting where each message stands.

A definition says which fields the data messages after it hold, up to 16 of them at a time. Damage ends the
pass, unless a message of a known kind goes on behind it.
"""

from itertools import repeat
from typing import Final

import numpy as np

from backstride.importers.fit.layout import TIMESTAMP, Bytes, Layout, numbers_at

MAX_MESSAGES: Final = 2_000_000  # a week at one a second, three times over; more is no activity
MAX_LAYOUTS: Final = 20_000
MAX_RESTARTS: Final = 50
SEARCH_BYTES: Final = 65_536
DAY_S: Final = 86_400
_COUNT_BITS: Final = 32

CUT_SHORT = "the file ends early, and what was recorded up to there is kept; copy it once more"
_DAMAGED = "a part in the middle is damaged and was left out; copy it once more"
_TOO_MANY = "it holds more messages than any activity does; the rest was left out"


class Scan:
    """One pass over the messages of one FIT file.

    Attributes:
        layouts: one for each wording of a definition; some devices repeat it before every message.
        doubts: what was wrong.
        compressed: whether any message carries its time in its header.
    """

    def __init__(self, content: bytes, end: int) -> None:
        self.layouts: list[Layout] = []
        self.doubts: list[str] = []
        self.compressed = False
        self._content = content[:end]
        self._buffer = np.frombuffer(self._content, dtype=np.uint8)
        self._end = end
        self._known: dict[bytes, int] = {}
        self._local: dict[int, int] = {}  # local message number -> its layout now
        self._strides = [0] * 256  # header of a data message -> bytes to the next message
        self._layout_changes: list[
            tuple[int, int]
        ] = []  # local message number and count of messages -> layout since
        self._left = MAX_MESSAGES

    def run(self, start: int) -> None:
        """Note every message from `start` to the end, going on behind damage where that is possible."""
        position = self._messages(start)
        for _ in range(MAX_RESTARTS):
            if position >= self._end - 2:  # an unfinished file may still carry its checksum
                return
            restart = self._behind_damage(position)
            self.doubts.append(CUT_SHORT if restart == self._end else _DAMAGED)
            position = self._messages(restart)
        self.doubts.append(CUT_SHORT)

    def _messages(self, position: int) -> int:
        """Note messages until the end or the first bad one; where that stands."""
        seen: list[int] = []
        while True:
            position = self._data(position, seen)
            after = self._definition(position, len(seen))
            if after == position:
                break
            position = after
        self._hand_out(seen)
        return position

    def _data(self, position: int, seen: list[int]) -> int:
        """Note data messages until there is none; where that is.

        The innermost loop of the reader: from header to header, by what the last definitions say of their lengths.
        """
        content, strides, note = self._content, self._strides, seen.append
        try:
            for _ in repeat(None, self._left - len(seen)):
                stride = strides[content[position]]
                if not stride:
                    return position
                note(position)
                position += stride
        except IndexError:  # the end, or beyond it: a message cut short
            return seen.pop() if seen and position > self._end else position
        self.doubts.append(_TOO_MANY)
        return self._end

    def _definition(self, position: int, count: int) -> int:
        """Take in the definition at `position`; where the next message stands, or `position` if it is none.

        Args:
            position: where it stands.
            count: how many data messages came before it.
        """
        content, end = self._content, self._end
        if position + 6 > end or content[position] & 0xC0 != 0x40 or content[position + 2] > 1:
            return position
        after = fields_end = position + 6 + 3 * content[position + 5]
        if content[position] & 0x20 and fields_end < end:
            after = fields_end + 1 + 3 * content[fields_end]
        if after > end or len(self.layouts) >= MAX_LAYOUTS:
            return position
        wording = content[position + 1 : after]
        which = self._known.setdefault(wording, len(self.layouts))
        if which == len(self.layouts):
            self.layouts.append(Layout(content[position:fields_end], content[fields_end + 1 : after]))
        self._begin(content[position] & 0x0F, which, count)
        return after

    def _begin(self, local: int, which: int, count: int) -> None:
        """From message `count` on, this local message number stands for this layout."""
        if self._local.get(local) == which:
            return
        self._local[local] = which
        self._layout_changes.append((local << _COUNT_BITS | count, which))
        stride = self.layouts[which].stride
        self._strides[local] = stride
        if local < 4:  # the numbers that headers with a time can name
            first = 0x80 + 32 * local
            self._strides[first : first + 32] = [stride] * 32

    def _hand_out(self, seen: list[int]) -> None:
        """Give each layout the places of its messages."""
        rows = np.array(seen, dtype=np.int64)
        headers = self._buffer[rows]
        timed = (headers & 0x80) != 0
        local = np.where(timed, headers >> 5 & 3, headers & 0x0F).astype(np.int64)
        changes = np.array(
            sorted(self._layout_changes, key=lambda change: change[0]), dtype=np.int64
        ).reshape(-1, 2)
        since = np.searchsorted(changes[:, 0], local << _COUNT_BITS | np.arange(len(rows)), side="right")
        which = changes[since - 1, 1].astype(np.uint16)
        counts = np.bincount(which)
        rows = rows[np.argsort(which, kind="stable")]
        ends = np.cumsum(counts)
        for one in np.flatnonzero(counts):
            layout = self.layouts[one]
            layout.rows = np.concatenate([layout.rows, rows[ends[one] - counts[one] : ends[one]]])
        self.compressed |= bool(timed.any())
        self._left -= len(seen)
        self._layout_changes = [(local << _COUNT_BITS, which) for local, which in self._local.items()]

    def _behind_damage(self, position: int) -> int:
        """Find the next position after a damaged stretch where a known message continues in time, or the end."""
        found, again = self._end, None
        longest = max(range(len(self.layouts)), key=lambda which: len(self.layouts[which].rows), default=None)
        candidates = [self._local[local] for local in sorted(self._local)]
        for which in dict.fromkeys([*candidates, *([] if longest is None else [longest])]):
            place = _goes_on(self.layouts[which], self._buffer, position)
            if place is not None and place < found:
                found, again = place, which
        if again is not None:
            self._begin(self._content[found] & 0x0F, again, 0)
        return found


def _goes_on(layout: Layout, buffer: Bytes, position: int) -> int | None:
    """Find the next position from `position` on where this kind of message continues in time.

    Two headers in step and a time within a day of the last ones make such a place.
    """
    stamp = layout.place(TIMESTAMP)
    times = numbers_at(buffer, layout.rows[-20:] + stamp.offset, stamp.kind)
    if np.isnan(times).all():
        return None
    header = buffer[layout.rows[-1]]
    window = buffer[position : position + SEARCH_BYTES]
    places = np.flatnonzero(window[: -layout.stride - 1] == header)
    places = places[(places > 0) & (window[places + layout.stride] == header)] + position
    since = numbers_at(buffer, places + stamp.offset, stamp.kind) - np.nanmedian(times)
    good = np.flatnonzero((since >= 0) & (since < DAY_S))
    return int(places[good[0]]) if len(good) else None
