"""Importing a file, or a folder with all that is in it: one bad file never stops the others."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path
from typing import Final
from zoneinfo import ZoneInfo

from backstride.core.at_once import alike_on_a_day, at_once, moved_copies
from backstride.core.best_of_each import JOIN
from backstride.core.check_in import CheckIn
from backstride.core.run import Run
from backstride.core.same_run import SameRun, merge_same_runs
from backstride.errors import BadInput, BadTable, NotReadable, UnknownFormat
from backstride.importers.account import ActivityIndex, merge_with_files
from backstride.importers.archives.files import files_below, is_folder, shown
from backstride.importers.archives.side_files import is_side_file, passed_over
from backstride.importers.archives.zip_guard import Allowance
from backstride.importers.backends.base import FileOnDisk, MemberRef, ReadBackend, ReadResult
from backstride.importers.backends.in_process import InProcessBackend
from backstride.importers.base import ImportResult, Skipped, all_together
from backstride.importers.coverage import (
    LogFile,
    day_in_name,
    may_hold_runs,
    without_unusable,
)
from backstride.importers.implied_cover import settled_cover
from backstride.importers.log_cover import vouched_by, vouched_by_none
from backstride.importers.rollover import without_rolled_over
from backstride.importers.same_moment import of_several_files
from backstride.importers.tables.people_in_table import refuse_several
from backstride.importers.two_raters import refuse_two_raters
from backstride.importers.unknown_words import unknown_words_note

Progress = Callable[[int, int], None]

_ACTIVITIES: Final = (".fit", ".gpx", ".tcx", ".fit.gz", ".gpx.gz", ".tcx.gz")
_MAX_OVERLAPS_NAMED = 3
_MAX_UNKNOWN_NAMED = 3


def import_path(
    path: Path,
    *,
    zone: ZoneInfo,
    progress: Progress | None = None,
    backend: ReadBackend | None = None,
    follows_links: bool = True,
) -> ImportResult:
    """Read everything that a file, an archive or a folder holds, each run once.

    Folders are read with all folders and zip archives in them; names that begin with a dot are left out. Files are
    taken in the order of their names, so that the result does not depend on the disk. Two activity files and more
    vouch for the days between them, up to 60 days; a single one may have been sent alone. Where a table of
    covered days is given, a table of runs vouches for nothing by itself.

    Args:
        path: a file, or a folder.
        zone: the person's own zone, for times that state none.
        progress: called with how many files are done, and of how many.
        backend: where the files are read; in this process unless given.
        follows_links: whether links in a folder to files elsewhere are read; they are left out and named where not.

    Raises:
        NotReadable: there is no such file or folder, it cannot be opened, or the folder is empty.
        BadInput: `path` is a file that cannot be used at all.
    """
    with ExitStack() as held:
        return _each_run_once(
            _of_path(
                path,
                backend or held.enter_context(InProcessBackend()),
                zone=zone,
                progress=progress or _unwatched,
                follows_links=follows_links,
            )
        )


def _unwatched(done: int, of: int) -> None:
    """Nobody looks on."""


def _of_path(
    path: Path, backend: ReadBackend, *, zone: ZoneInfo, progress: Progress, follows_links: bool
) -> ImportResult:
    called = shown(Path(path.name))
    if is_folder(path):
        places, skipped = _members_below(path, backend, follows_links=follows_links)
    else:
        listing = backend.list_members(FileOnDisk(path, called), Allowance())
        if not listing.is_archive:
            return _one_alone(backend, listing.members, zone)
        places, skipped = list(listing.members), list(listing.skipped)
    return _all_of(places, skipped, backend, source=called, zone=zone, progress=progress)


def _one_alone(backend: ReadBackend, places: Sequence[MemberRef], zone: ZoneInfo) -> ImportResult:
    """Read a single file.

    Raises:
        BadInput: it cannot be used at all; there is nothing else to go on with.
    """
    (outcome,) = backend.read(places, zone=zone)
    if isinstance(outcome, BadInput):
        raise outcome
    return outcome.result


def _members_below(
    folder: Path, backend: ReadBackend, *, follows_links: bool
) -> tuple[list[MemberRef], list[Skipped]]:
    """All files in a folder, in those below it and in archives there, in the order of their names.

    Raises:
        NotReadable: the folder cannot be listed, or is empty.
    """
    files, skipped = files_below(folder, follows_links=follows_links)
    if not files and not skipped:
        raise NotReadable(
            f"The folder {shown(folder)} is empty.",
            advice="Put FIT, GPX or TCX files or tables (CSV) in it, or give another folder.",
        )
    allowance = Allowance()
    places: list[MemberRef] = []
    for path in files:
        name = shown(path.relative_to(folder))
        try:
            listing = backend.list_members(FileOnDisk(path, name, f"{name}/"), allowance)
        except BadInput as error:
            skipped.append(_not_used(name, error))
            continue
        allowance = listing.left
        places += listing.members
        skipped += listing.skipped
    return places, skipped


def _all_of(
    places: Sequence[MemberRef],
    not_opened: Sequence[Skipped],
    backend: ReadBackend,
    *,
    source: str,
    zone: ZoneInfo,
    progress: Progress,
) -> ImportResult:
    """Read many files, account indexes first, because they name the files of their sessions."""
    lists = [place for place in places if place.is_list]
    results = [ImportResult(skipped=tuple(not_opened))]
    accounts: list[ActivityIndex] = []
    for place, outcome in zip(lists, backend.read(lists, zone=zone), strict=True):
        if isinstance(outcome, BadInput):
            results.append(_left_out(place, outcome))
        elif outcome.account is not None:
            accounts.append(outcome.account)
        progress(len(accounts) + len(results) - 1, len(places))
    claimed = {name: account for account in reversed(accounts) for name in account.by_file}
    others = [place for place in places if not place.is_list and _is_needed(place, claimed)]
    before = len(places) - len(others)
    of_accounts: dict[str, ImportResult] = {}
    log: list[LogFile] = []
    around = [place.name.rpartition("/")[0] + "/" if "/" in place.name else "" for place in lists]
    beside: list[str] = []
    rated: dict[str, tuple[CheckIn, ...]] = {}
    for done, (place, outcome) in enumerate(
        zip(others, backend.read(others, zone=zone), strict=True), start=before + 1
    ):
        result = _left_out(place, outcome) if isinstance(outcome, BadInput) else outcome.result
        if isinstance(outcome, UnknownFormat | BadTable) and is_side_file(place.name, around=around):
            beside.append(place.name)
        elif place.name in claimed:
            of_accounts[place.name] = result
        else:
            results.append(result)
            rated[place.name] = result.records.check_ins
            log += _log_file(place, outcome)
        progress(done, len(places))
    results += _joined(accounts, claimed, of_accounts)
    results.append(ImportResult(notes=passed_over(beside)))
    everything = without_rolled_over(settled_cover(all_together(results)))
    refuse_several(everything.people)
    refuse_two_raters(rated)
    everything = of_several_files(everything, rated)
    undated = [one.where for one in everything.skipped if one.is_session and one.day is None]
    whole_files = {place.name for place in others} | {one.where for one in not_opened}
    undated = [name for name in undated if name in whole_files]
    vouched = vouched_by(log, source=source) if not undated else vouched_by_none(log, undated)
    together = all_together([vouched, everything])  # what was assumed of all is told first
    return without_unusable(together)


def _log_file(place: MemberRef, outcome: ReadResult | BadInput) -> Iterable[LogFile]:
    """Return the file as part of a log, if it is an activity or was an unusable one."""
    if isinstance(outcome, ReadResult):
        if outcome.is_activity:
            days = tuple(run.local_day for run in outcome.result.records.runs)
            yield LogFile(place.name, days, outcome.result.skipped)
    elif not isinstance(outcome, UnknownFormat | BadTable) and place.name.lower().endswith(_ACTIVITIES):
        yield LogFile(place.name)


def _is_needed(place: MemberRef, claimed: Mapping[str, ActivityIndex]) -> bool:
    owner = claimed.get(place.name)
    return owner is None or owner.needs(place.name)


def _joined(
    accounts: Iterable[ActivityIndex], claimed: Mapping[str, ActivityIndex], files: Mapping[str, ImportResult]
) -> Iterable[ImportResult]:
    for account in accounts:
        own = {name: found for name, found in files.items() if claimed[name] is account}
        yield from merge_with_files(account, own)


def _left_out(place: MemberRef, why: BadInput) -> ImportResult:
    return ImportResult(skipped=(_not_used(place.name, why),))


def _not_used(name: str, why: BadInput) -> Skipped:
    """Report a file that cannot be used; where it may hold runs its day is open."""
    day = day_in_name(name)
    is_activity = name.lower().endswith(_ACTIVITIES)  # of these the others of the log tell the day
    of_runs = why.may_hold_runs or (day is not None if is_activity else may_hold_runs(name))
    return Skipped(name, str(why), is_session=of_runs, day=day if of_runs else None)


def _each_run_once(result: ImportResult) -> ImportResult:
    runs, merged = merge_same_runs(result.records.runs)
    notes = (
        *unknown_words_note(runs),
        *_of_unknown_length(runs),
        *_overlaps(runs),
        *_alike(runs),
        *_alike_on_a_day(runs),
        *result.notes,
        *_merge_notes(merged),
    )
    return replace(result, records=replace(result.records, runs=runs), notes=notes)


def _of_unknown_length(runs: Sequence[Run]) -> Iterable[str]:
    """Describe the sessions of which nothing tells the minutes."""
    unknown = [run for run in runs if run.moving_s is None]
    if unknown:
        named = ", ".join(f"{run.source} ({run.local_day})" for run in unknown[:_MAX_UNKNOWN_NAMED])
        more = ", ..." if len(unknown) > _MAX_UNKNOWN_NAMED else ""
        yield (
            f"Sessions without minutes: {len(unknown)} ({named}{more}). Each is kept on its day, and how long it was "
            "is unknown. Add the minutes where you know them."
        )


def _overlaps(runs: Sequence[Run]) -> Iterable[str]:
    """Sessions at the same time that were kept as two: a person can say whether they are one."""
    pairs = at_once(runs)
    for one, other in pairs[:_MAX_OVERLAPS_NAMED]:
        yield (
            f"{one.source} and {other.source} are of the same time on {other.local_day} and differ, so both were "
            "kept. If they are one session, take one away."
        )
    if len(pairs) > _MAX_OVERLAPS_NAMED:
        yield f"Sessions that overlap and were kept as two: {len(pairs) - _MAX_OVERLAPS_NAMED} more."


def _alike(runs: Sequence[Run]) -> Iterable[str]:
    """Sessions whole hours apart that are alike: a person can say whether a clock was moved."""
    pairs = moved_copies(runs)
    for one, other, hours in pairs[:_MAX_OVERLAPS_NAMED]:
        yield (
            f"{one.source} ({one.local_day}) and {other.source} ({other.local_day}) are equally long and begin "
            f"exactly {hours} h apart. Both were kept. If one is a copy with its clock moved, take it away."
        )
    if len(pairs) > _MAX_OVERLAPS_NAMED:
        yield f"Sessions that are alike and whole hours apart: {len(pairs) - _MAX_OVERLAPS_NAMED} more."


def _alike_on_a_day(runs: Sequence[Run]) -> Iterable[str]:
    """Name runs of two sources that only their times tell apart: a person knows whether a time is wrong."""
    pairs = alike_on_a_day(runs)
    for one, other in pairs[:_MAX_OVERLAPS_NAMED]:
        yield (
            f"{one.source} ({one.start:%H:%M}) and {other.source} ({other.start:%H:%M}) of {one.local_day} are "
            "equally long and far, so both were kept. If they are one run, take one away, or correct its time."
        )
    if len(pairs) > _MAX_OVERLAPS_NAMED:
        yield f"Runs of one day that are alike and were kept as two: {len(pairs) - _MAX_OVERLAPS_NAMED} more."


def _merge_notes(merged: Sequence[SameRun]) -> Iterable[str]:
    for same in merged:
        names = dict.fromkeys([*same.merged.source.split(JOIN), *(other.source for other in same.others)])
        evidence = "; ".join(dict.fromkeys(same.evidence.split("; ")))
        yield f"{' and '.join(names)} are one run: {evidence}."
    if merged:
        yield "If two of these were two runs, type the one that is missing into a table of runs."
