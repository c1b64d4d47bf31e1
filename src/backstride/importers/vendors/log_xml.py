"""Training logs in XML: TrainingPeaks (PWX), SportTracks (fitlog) and Suunto (SML), by the totals they state.

Where a total is missing the laps tell it, and where there are none the samples do.
"""

import math
from collections.abc import Callable, Collection, Iterator
from dataclasses import dataclass, field
from typing import Final
from zoneinfo import ZoneInfo

from backstride.importers.base import ImportResult
from backstride.importers.recorder import moment_of, number_of
from backstride.importers.sport_words import kind_called
from backstride.importers.tracks.attribute_samples import beats_of, rows_of, without_samples
from backstride.importers.tracks.log_samples import (
    BEATS,
    ELAPSED_S,
    LAP_TAGS,
    LAPS_M,
    LAPS_S,
    LOCAL_CLOCK,
    MAX_SAMPLES,
    MOVING_S,
    SAMPLE_TAGS,
    UTC_CLOCK,
    WAY_M,
    LogSamples,
    mean_of_beats,
)
from backstride.importers.tracks.xml_stream import Element, iterate_elements, root_of, within
from backstride.importers.vendors.app_records import AppSession, at_text, collected, finish_import

Fields = dict[str, str]
"""What one session tells, by the names of its elements and attributes."""


@dataclass(slots=True)
class _Ledger:
    """Gathers the elements of one session after the other.

    Attributes:
        closes: the element that ends a session.
        inside: in which elements the totals stand.
        sessions: what was gathered.
        beats_alone: whether of the samples only the heart rate is read.
    """

    closes: str
    inside: Collection[str]
    beats_alone: bool = False
    sessions: list[Fields] = field(default_factory=list)
    _open: Fields = field(default_factory=dict)
    _samples: LogSamples = field(init=False)

    def __post_init__(self) -> None:
        """Start with the first session."""
        self._samples = LogSamples(beats_alone=self.beats_alone)

    def end(self, tag: str, element: Element) -> None:
        """Note the text of an element, or its one attribute; the first of a kind counts."""
        if tag == self.closes:
            self._note(f"{tag}.StartTime", element.get("StartTime"))
            for name, value in self._samples.totals().items():
                self._note(name, value)
            self.sessions.append(self._open)
            self._open, self._samples = {}, LogSamples(beats_alone=self.beats_alone)
            return
        if self._samples.end(tag, element):
            return
        parent = element.getparent()
        around = within(element) if parent is None or within(element) != "summarydata" else within(parent)
        if around in self.inside:
            self._note(tag, (element.text or "").strip())
            for attribute in ("avg", "TotalSeconds", "TotalMeters", "AverageBPM", "Name"):
                self._note(f"{tag}.{attribute}", element.get(attribute))

    def _note(self, name: str, value: str | None) -> None:
        if value:
            self._open.setdefault(name, value)


@dataclass(frozen=True, slots=True)
class LogXml:
    """Reads the files of one program.

    Attributes:
        name: of the format.
        root: the outermost element.
        closes: the element that ends a session.
        inside: in which elements the totals stand.
        tags: the elements wanted.
        session: what one of them tells.
        mean: the name of the mean heart rate.
        totals: the names of each total; where one of these is missing laps and samples are read, which takes longer.
        beats: the element of a sample that tells the heart rate, for when the file states no mean.
        has_attributes: whether its samples are elements that have nothing but attributes.
    """

    name: str
    root: str
    closes: str
    inside: tuple[str, ...]
    tags: tuple[str, ...]
    session: Callable[[Fields, ZoneInfo], AppSession]
    totals: tuple[tuple[str, ...], ...]
    beats: str
    mean: str
    is_log: bool = False
    has_attributes: bool = False

    def knows(self, head: bytes, *, name: str) -> bool:  # noqa: ARG002 - the content says enough
        """Whether the outermost element is that of the format."""
        return root_of(head) == self.root

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read every session as a run.

        Raises:
            BrokenFile: none of them can be used.
        """
        ledger, doubts = self._from_text(content, name=name) or self._from_elements(content, name=name)

        def made(one: Fields, _: str) -> AppSession:
            return self.session(one, zone)

        result = collected(_with_anything(ledger), made, name=name, unit="workout")
        return finish_import(result, name=name, doubts=doubts, is_log=self.is_log)

    def _gathered(
        self, content: bytes, tags: Collection[str], *, name: str, beats_alone: bool = True
    ) -> tuple[_Ledger, tuple[str, ...]]:
        """Go through the file once for these elements; also return what was wrong with it."""
        ledger = _Ledger(self.closes, self.inside, beats_alone=beats_alone)
        wanted = tuple(dict.fromkeys([*tags, self.closes]))
        return ledger, iterate_elements(ledger, content, tags=wanted, name=name)

    def _from_elements(self, content: bytes, *, name: str) -> tuple[_Ledger, tuple[str, ...]]:
        """Gather totals, and what samples say where one is missing; also return what was wrong with the file."""
        ledger, doubts = self._gathered(content, self.tags, name=name)
        if any(self._lacks_a_total(one) for one in ledger.sessions):
            return self._gathered(content, (*self.tags, *SAMPLE_TAGS), name=name, beats_alone=False)
        if self.beats not in self.tags and any(self.mean not in one for one in ledger.sessions):
            return self._gathered(content, (*self.tags, self.beats), name=name)
        return ledger, doubts

    def _from_text(self, content: bytes, *, name: str) -> tuple[_Ledger, tuple[str, ...]] | None:
        """Gather the same, with samples read as text; None where these or the file are not as usual."""
        cut = without_samples(content, closes=self.closes) if self.has_attributes else None
        if cut is None:
            return None
        remainder, samples = cut
        ledger, doubts = self._gathered(remainder, (*self.tags, *LAP_TAGS), name=name)
        if doubts or len(samples) != len(ledger.sessions):
            return None
        is_read = all(self._adds_samples(*pair) for pair in zip(ledger.sessions, samples, strict=True))
        return (ledger, ()) if is_read else None

    def _adds_samples(self, one: Fields, samples: bytes) -> bool:
        """Add what the samples of a session tell and the session does not; return whether they could be read."""
        if not samples:
            return True
        if len(samples) > MAX_SAMPLES and samples.count(b"<pt") > MAX_SAMPLES:
            return False  # the parser says so
        if self._lacks_a_total(one):
            if (rows := rows_of(samples)) is None:
                return False
            gathered = LogSamples()
            gathered.add_rows(rows)
            for total, value in gathered.totals().items():
                one.setdefault(total, value)
        elif self.mean not in one:
            if (beats := beats_of(samples)) is None:
                return False
            if (mean := mean_of_beats(beats)) is not None:
                one.setdefault(BEATS, repr(mean))
        return True

    def _lacks_a_total(self, one: Fields) -> bool:
        return any(not any(name in one for name in total) for total in self.totals)


def _with_anything(ledger: _Ledger) -> Iterator[Fields]:
    return (one for one in ledger.sessions if one)


def _number(one: Fields, *names: str) -> float | None:
    """Return the first of these numbers that is present; nan where it is no number, and is then reported."""
    return next((number_of(one[name]) for name in names if name in one), None)


def _pwx(one: Fields, zone: ZoneInfo) -> AppSession:
    elapsed, stopped = _number(one, "duration", LAPS_S, ELAPSED_S), _number(one, "durationstopped") or 0.0
    return AppSession(
        moment=at_text(one.get("time", ""), zone=zone),
        kind=kind_called(one.get("sportType", "")),
        moving_s=None if elapsed is None else elapsed - stopped,
        elapsed_s=elapsed,
        distance_m=_number(one, "dist", LAPS_M, WAY_M),
        rpe=_number(one, "rpe"),
        heart_rate=_number(one, "hr.avg", BEATS),
    )


def _fitlog(one: Fields, zone: ZoneInfo) -> AppSession:
    return AppSession(
        moment=at_text(one.get("Activity.StartTime", ""), zone=zone),
        kind=kind_called(one.get("Category.Name", "")),
        moving_s=_number(one, "Duration.TotalSeconds", LAPS_S, MOVING_S),
        distance_m=_number(one, "Distance.TotalMeters", LAPS_M, WAY_M),
        heart_rate=_number(one, "HeartRate.AverageBPM", BEATS),
    )


def _sml(one: Fields, zone: ZoneInfo) -> AppSession:
    moving, pause = _number(one, "Duration", MOVING_S), _number(one, "PauseDuration") or 0.0
    return AppSession(
        moment=at_text(one.get("DateTime", ""), zone=zone, east_s=_east(one)),
        kind=kind_called(one.get("Activity", "")),
        moving_s=moving,
        elapsed_s=None if moving is None else moving + (0.0 if math.isnan(pause) else pause),
        distance_m=_number(one, "Distance", WAY_M),
        heart_rate=_in_minutes(_number(one, "Avg", BEATS)),
    )


def _east(one: Fields) -> float | None:
    """Seconds ahead of UTC, by the two clocks of a sample; None where it has but one."""
    local, utc = moment_of(one.get(LOCAL_CLOCK)), moment_of(one.get(UTC_CLOCK))
    if local is None or utc is None or utc.tzinfo is None:
        return None
    apart = (local.replace(tzinfo=None) - utc.replace(tzinfo=None)).total_seconds()
    return 900.0 * round(apart / 900.0)


def _in_minutes(beats: float | None) -> float | None:
    """Beats a minute, where they are told in beats a second."""
    return beats if beats is None or beats > 10 else 60.0 * beats


PWX: Final = LogXml(
    "PWX",
    "pwx",
    "workout",
    ("workout",),
    ("sportType", "time", "duration", "durationstopped", "dist", "hr", "rpe"),
    _pwx,
    (("duration",), ("dist",)),
    beats="hr",
    mean="hr.avg",
)
FITLOG: Final = LogXml(
    "fitlog",
    "FitnessWorkbook",
    "Activity",
    ("Activity",),
    ("Duration", "Distance", "HeartRate", "Category"),
    _fitlog,
    (("Duration.TotalSeconds",), ("Distance.TotalMeters",)),
    beats="pt",
    mean="HeartRate.AverageBPM",
    is_log=True,
    has_attributes=True,
)
SML: Final = LogXml(
    "SML",
    "sml",
    "DeviceLog",
    ("Header", "HR"),
    ("DateTime", "Activity", "Duration", "PauseDuration", "Distance", "Avg"),
    _sml,
    (("Duration",), ("Distance",), (UTC_CLOCK,)),
    beats="HR",
    mean="Avg",
)
