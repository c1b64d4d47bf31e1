"""Importing a file, or a folder with all that is in it: one bad file never stops the others."""

from collections.abc import Callable, Iterable, Sequence
from contextlib import ExitStack
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.records import CoveredSpan, Records
from backstride.core.run import Run
from backstride.core.same_run import JOIN, SameRun, merge_same_runs
from backstride.errors import BadInput
from backstride.importers.account import Account, joined_with_files, read_account
from backstride.importers.apps import ONE_SESSION_A_FILE
from backstride.importers.base import ImportResult, Skipped
from backstride.importers.entries import Entry, entry_on_disk
from backstride.importers.files import is_folder, shown
from backstride.importers.finding import entries_below, entries_in
from backstride.importers.fit import FIT
from backstride.importers.gpx import GPX
from backstride.importers.registry import read_content
from backstride.importers.runs_table import settled_cover, without_implied
from backstride.importers.tcx import TCX
from backstride.importers.zip_guard import Allowance

ACTIVITY_FILES: Final = frozenset({FIT.name, GPX.name, TCX.name}) | ONE_SESSION_A_FILE
"""Readers whose files each are one recorded activity: a folder of them is the watch's whole log."""

MOST_DAYS_APART: Final = 60
"""Who leaves no activity for longer may have stopped recording: those days are unknown, not days of rest."""

_MOST_SPANS_NAMED = 3


def import_path(
    path: Path, *, zone: ZoneInfo, progress: Callable[[int, int], None] | None = None
) -> ImportResult:
    """Everything that a file, an archive or a folder holds, each run once.

    Folders are read with all folders and zip archives in them; names that begin with a dot are left out. Files are
    taken in the order of their names, so that the result does not depend on the disk. Two activity files and more
    vouch for the days between them, up to 60 days; a single one may have been sent alone. Where a table of
    covered days is given, a table of runs vouches for nothing by itself.

    Args:
        path: a file, or a folder.
        zone: the person's own zone, for times that state none.
        progress: called with how many files are done, and of how many.

    Raises:
        NotReadable: there is no such file or folder, it cannot be opened, or the folder is empty.
        BadInput: `path` is a file that cannot be used at all.
    """
    called = shown(Path(path.name))
    with ExitStack() as held:
        if is_folder(path):
            entries, skipped = entries_below(path, held=held)
        else:
            one = entry_on_disk(path, name=called)
            entries, skipped = entries_in(one, held=held, allowance=Allowance())
            if entries == [one]:
                return _each_run_once(_single(one, zone=zone))
        found = _all_of(entries, source=called, zone=zone, progress=progress or _unwatched)
    return _each_run_once(replace(found, skipped=(*skipped, *found.skipped)))


def _unwatched(done: int, of: int) -> None:
    """Nobody looks on."""


def _single(entry: Entry, *, zone: ZoneInfo) -> ImportResult:
    account = read_account(entry, zone=zone)
    return account.result if account else read_content(entry.content(), name=entry.name, zone=zone)[1]


def _all_of(
    entries: Sequence[Entry], *, source: str, zone: ZoneInfo, progress: Callable[[int, int], None]
) -> ImportResult:
    """What many files give together: the lists of exports first, for they tell what other files belong to."""
    everything = ImportResult()
    accounts: list[Account] = []
    others: list[Entry] = []
    for entry in entries:
        try:
            account = read_account(entry, zone=zone)
        except BadInput as error:
            everything += ImportResult(skipped=(Skipped(entry.name, str(error)),))
            continue
        others += [] if account else [entry]
        accounts += [account] if account else []
    claimed = {name: account for account in reversed(accounts) for name in account.by_file}
    of_accounts: dict[str, ImportResult] = {}
    logs: list[tuple[Run, ...]] = []
    for done, entry in enumerate(others, start=len(entries) - len(others) + 1):
        owner = claimed.get(entry.name)
        if owner is None:
            result, is_activity = _one_of_many(entry, zone=zone)
            everything += result
            logs += [result.records.runs] if is_activity and result.records.runs else []
        elif owner.needs(entry.name):
            of_accounts[entry.name] = _one_of_many(entry, zone=zone)[0]
        progress(done, len(entries))
    for account in accounts:
        own = {name: found for name, found in of_accounts.items() if claimed[name] is account}
        joined, beside = joined_with_files(account, own)
        everything += joined + beside
    return _vouched(logs, source=source) + _settled(everything)  # what was assumed of all is told first


def _one_of_many(entry: Entry, *, zone: ZoneInfo) -> tuple[ImportResult, bool]:
    """What a file gives, and whether it is an activity file; a bad one gives the reason why it was skipped."""
    try:
        reader, result = read_content(entry.content(), name=entry.name, zone=zone)
    except BadInput as error:
        return ImportResult(skipped=(Skipped(entry.name, str(error)),)), False
    return result, reader.name in ACTIVITY_FILES


def _settled(result: ImportResult) -> ImportResult:
    """What tables of runs vouch for by themselves gives way to a table of covered days, and their notes with it."""
    records = settled_cover(result.records)
    if records == result.records:
        return result
    return replace(result, records=records, notes=without_implied(result.notes))


def _vouched(logs: Iterable[Sequence[Run]], *, source: str) -> ImportResult:
    """The days between activity files that lie close enough to be one log, and a note saying so."""
    spans = [CoveredSpan(first, last, source=source) for first, last in _stretches(logs)]
    if not spans:
        return ImportResult()
    named = [f"{span.first_day} to {span.last_day}" for span in spans[:_MOST_SPANS_NAMED]]
    more = [f"{len(spans) - len(named)} more stretches"] if len(spans) > len(named) else []
    notes = [
        f"The activity files vouch for {', '.join(named + more)}: "
        "a day between without a run in any file counts as a day of rest."
    ]
    if len(spans) > 1:
        notes.append(
            "Nothing is assumed of the days between these: no activity was recorded for more than "
            f"{MOST_DAYS_APART} days. If they were days of rest, say so in a table of covered days."
        )
    return ImportResult(Records(covered=tuple(spans)), notes=tuple(notes))


def _stretches(logs: Iterable[Sequence[Run]]) -> Iterable[tuple[date, date]]:
    """First and last day of each row of two activity files or more, none of them over 60 days after the last."""
    files = sorted((min(days), max(days)) for days in ([run.local_day for run in runs] for runs in logs))
    while files:
        first, last = files[0]
        count = 0
        while count < len(files) and files[count][0] - last <= timedelta(days=MOST_DAYS_APART):
            last = max(last, files[count][1])
            count += 1
        if count > 1:
            yield first, last
        files = files[count:]


def _each_run_once(result: ImportResult) -> ImportResult:
    runs, merged = merge_same_runs(result.records.runs)
    return ImportResult(
        replace(result.records, runs=runs), result.skipped, (*result.notes, *_merge_notes(merged))
    )


def _merge_notes(merged: Iterable[SameRun]) -> Iterable[str]:
    for same in merged:
        names = dict.fromkeys([*same.kept.source.split(JOIN), *(other.source for other in same.others)])
        evidence = "; ".join(dict.fromkeys(same.evidence.split("; ")))
        yield f"{' and '.join(names)} are one run: {evidence}."
