"""Apple Health's export.xml, gigabytes of it: only workouts and weights are looked at, as they pass.

Its document type is broken in several releases and stray control characters occur, so that no XML parser reads the
whole of it. The beginnings of the wanted elements are searched for in the bytes, and each is parsed by itself.
"""

import re
from collections.abc import Iterator
from io import BytesIO
from typing import IO, Final
from zoneinfo import ZoneInfo

from lxml import etree

from backstride.core.run import Run
from backstride.errors import BadInput, BrokenFile
from backstride.importers.base import ImportResult
from backstride.importers.vendors.app_records import Gathering, collected, finish_import
from backstride.importers.vendors.apple_workout import AppleWorkout, routes_of, session_of, weight_of

_CHUNK: Final = 2**20
MAX_BLOCK: Final = 32 * 2**20
"""Longest element, bytes: a workout of a day with its laps has a hundred thousand."""
MAX_TAG: Final = 2**20
MAX_FOUND: Final = 500_000
_WORKOUT: Final = b"<Workout"
_WEIGHT: Final = b'type="HKQuantityTypeIdentifierBodyMass"'
_TAG: Final = re.compile(rb"<(?:Workout|Record)(?:\s++[\w:.-]++\s*+=\s*+(?:\"[^\"]*+\"|'[^']*+'))*+\s*+(/?)>")
_END: Final = b"</Workout>"
_STRAY: Final = bytes(b for b in range(32) if b not in b"\t\n\r")
_ROOT: Final = re.compile(rb"<!DOCTYPE\s+HealthData|<HealthData[\s>]")
_PIECE: Final = re.compile(rb"\s*+<(?:Workout workoutActivityType|Record type)=\"HK\w+\"")


class AppleHealth:
    """Reads export.xml, under whatever name the phone's language gives it."""

    name = "Apple Health"

    def knows(self, head: bytes, *, name: str) -> bool:  # noqa: ARG002 - the content says enough
        """Whether its root is HealthData, or it is a piece that somebody cut out of an export."""
        return _ROOT.search(head) is not None or _PIECE.match(head) is not None

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read every workout and every weight.

        Raises:
            BrokenFile: there is none, or none can be used.
        """
        return self.read_stream(BytesIO(content), name=name, zone=zone)[0]

    def read_stream(
        self, file: IO[bytes], *, name: str, zone: ZoneInfo
    ) -> tuple[ImportResult, tuple[AppleWorkout, ...]]:
        """Read an export of any size; also return the workouts, for their routes.

        Returns:
            What was read, and the workouts whose routes lie in files of their own.

        Raises:
            BrokenFile: there is nothing in it, or nothing that can be used.
        """
        doubts: list[str] = []
        elements = [_parsed(block) for block in _blocks(file, doubts)]
        workouts = [one for one in elements if one is not None and one.tag == "Workout"]
        weights = [one for one in elements if one is not None and one.tag == "Record"]
        gathering, remaining = Gathering(), []
        for count, element in enumerate(workouts, start=1):
            where = f"{name} workout {count}"
            try:
                run = gathering.add(session_of(element, zone=zone), where)
            except BadInput as error:
                gathering.refuse(where, error, is_session=True)
                continue
            if isinstance(run, Run):
                remaining.append(AppleWorkout(run, routes_of(element)))
        runs = gathering.result(name)
        masses = collected(
            weights,
            lambda e, where: weight_of(e, where=where, zone=zone),
            name=name,
            unit="record",
            are_sessions=False,
        )
        alone = runs.records.runs
        log = finish_import(runs, name=name, doubts=doubts, is_log=True) if alone else runs
        result = log + masses if alone else finish_import(runs + masses, name=name, doubts=doubts)
        return result, tuple(remaining)


APPLE_HEALTH = AppleHealth()


def _blocks(file: IO[bytes], doubts: list[str]) -> Iterator[bytes]:
    """Yield the wanted elements one by one; note and skip those cut off or too long."""
    buffer, found, ended = b"", 0, False
    while not ended:
        chunk = file.read(_CHUNK)
        ended = not chunk
        buffer += chunk
        position = 0
        while (begin := _next(buffer, position)) >= 0:
            end = _end_of(buffer, begin)
            if end is None:
                break
            if end > begin:
                yield buffer[begin:end]
                found += 1
                if found > MAX_FOUND:
                    raise BrokenFile(
                        f"It holds more than {MAX_FOUND:,} workouts and weights.", advice="Leave it out."
                    )
            position = max(end, begin + 1)
        buffer = _rest(buffer[position:] if begin < 0 else buffer, begin, doubts, ended=ended)


def _rest(buffer: bytes, begin: int, doubts: list[str], *, ended: bool) -> bytes:
    """Return the bytes to be scanned again with the next chunk."""
    if begin < 0:
        tail = buffer.rfind(b"<")  # an element may begin here and be wanted
        return buffer[tail:] if 0 <= len(buffer) - tail <= MAX_TAG else b""
    if ended:
        doubts.append("it ends before its end, and what stands up to there was read; export it once more")
        return b""
    if len(buffer) - begin > MAX_BLOCK:
        doubts.append(f"an element of over {MAX_BLOCK // 2**20} MB was left out")
        return b""
    return buffer[begin:]


def _next(buffer: bytes, position: int) -> int:
    """Where the next wanted element begins; -1 where none does."""
    workout = buffer.find(_WORKOUT, position)
    while workout >= 0 and buffer[workout + 8 : workout + 9] not in (b" ", b"\n", b"\r", b"\t", b""):
        workout = buffer.find(_WORKOUT, workout + 1)
    mass = buffer.find(_WEIGHT, position, workout if workout >= 0 else len(buffer))
    begin = buffer.rfind(b"<Record", position, mass) if mass >= 0 else -1
    return begin if begin >= 0 else workout


def _end_of(buffer: bytes, begin: int) -> int | None:
    """Find the end of the element at `begin`; None where it is not read yet, `begin` where there is no element."""
    tag = _TAG.match(buffer, begin)
    if tag is None:
        following = buffer.find(b"\n<", begin + 1)
        return begin if following >= 0 and len(buffer) - begin > MAX_TAG else None
    if tag[1] or buffer.startswith(b"<Record", begin):
        return tag.end()
    end = buffer.find(_END, tag.end())
    return None if end < 0 else end + len(_END)


def _parsed(block: bytes) -> etree._Element | None:
    if not block.endswith((b"/>", _END)):
        block = block[:-1] + b"/>"  # a record's own attributes are all that counts
    parser = etree.XMLParser(recover=True, resolve_entities=False, no_network=True, load_dtd=False)
    try:
        return etree.fromstring(block.translate(None, _STRAY), parser)
    except etree.LxmlError:
        return None
