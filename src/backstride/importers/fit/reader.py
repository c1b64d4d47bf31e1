"""The FIT reader: activity files of watches and bike computers."""

from collections.abc import Iterable
from dataclasses import replace
from zoneinfo import ZoneInfo

from backstride.core.records import Records
from backstride.core.run import Run
from backstride.errors import BrokenFile, UnknownFormat
from backstride.importers.base import ImportResult, Skipped
from backstride.importers.fit.beats import beats_of
from backstride.importers.fit.messages import FitPart, fit_parts, looks_like_fit
from backstride.importers.fit.session import SESSION, session_runs

FILE_ID = 0
_NOT_ACTIVITIES = {
    1: "a device's abilities",
    2: "settings",
    3: "sport settings",
    5: "a planned workout",
    6: "a course to follow",
    7: "a schedule",
    9: "weights",
    10: "totals",
    11: "goals",
    14: "blood pressures",
    15: "steps of a day",
    28: "steps of a day",
    32: "steps of a day",
    34: "segments",
    35: "a list of segments",
}


class FitReader:
    """Reads FIT files, damaged and unfinished ones too."""

    name = "FIT"

    def knows(self, head: bytes, *, name: str) -> bool:  # noqa: ARG002 - the content says enough
        return looks_like_fit(head)

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Read every session in the file as a run.

        Raises:
            UnknownFormat: not FIT, or FIT of something that is no activity.
            BrokenFile: no session in it can be used.
        """
        if not self.knows(content[:16], name=name):
            raise UnknownFormat(f"{name} is not a FIT file.", advice="Give the file as the watch wrote it.")
        runs: dict[Run, Run] = {}
        skipped: list[Skipped] = []
        notes: list[str] = []
        parts = list(fit_parts(content))
        beats = beats_of(parts)
        others: list[str] = []
        for part in parts:
            if (other := _is_no_activity(part)) is not None:
                others.append(other)
                continue
            found, unusable, far = session_runs(part, beats=beats, name=name, zone=zone)
            skipped += unusable
            notes += far
            notes += [f"{name}: {doubt}." for doubt in part.doubts]
            if found and not len(part.messages(SESSION)):
                notes.append(f"{name}: it holds no totals; they were taken from the recorded points.")
            skipped += _twice(found, runs)
            runs |= {replace(run, source=""): run for run in found if replace(run, source="") not in runs}
        if not runs and others and not skipped:
            raise UnknownFormat(
                f"{name} is a FIT file of {others[0]}, not of an activity.",
                advice="Give the files of your runs; a Garmin watch keeps them in the folder Activity.",
            )
        if not runs:
            raise _nothing_in(name, skipped)
        return ImportResult(Records(runs=tuple(runs.values())), tuple(skipped), tuple(dict.fromkeys(notes)))


FIT = FitReader()


def _is_no_activity(part: FitPart) -> str | None:
    """Return what a chained part of the file holds instead of an activity; None where it is one."""
    kinds = part.messages(FILE_ID).column(0)
    kind = int(kinds[0]) if len(kinds) and kinds[0] == kinds[0] else None
    if kind is None or kind not in _NOT_ACTIVITIES or len(part.messages(SESSION)):
        return None
    return _NOT_ACTIVITIES[kind]


def _twice(found: Iterable[Run], earlier: dict[Run, Run]) -> list[Skipped]:
    why = "The same session stands in the file twice; it was taken once."
    return [Skipped(run.source, why) for run in found if replace(run, source="") in earlier]


def _nothing_in(name: str, skipped: list[Skipped]) -> BrokenFile:
    if skipped:
        problem, _, advice = skipped[0].why.partition(". ")
        return BrokenFile(f"{name} cannot be used. {problem}.", advice=advice)
    return BrokenFile(
        f"{name} is a FIT file that holds neither a session nor recorded points.",
        advice="Copy it from the watch once more; a file cut off in its first seconds cannot be saved.",
    )
