"""What is said of an import: how much was read, what was assumed, what was left out."""

from collections import Counter

import click

from backstride.core.records import Records
from backstride.core.run import Activity
from backstride.importers.base import ImportResult
from backstride.importers.note_order import in_order
from backstride.runtime.timezone import DefaultTimezone

MAX_LISTED = 20
MAX_NOTES = 12
_KINDS = {
    Activity.RUN: "run",
    Activity.TREADMILL: "run",
    Activity.WALK: "walk",
    Activity.OTHER: "other session",
}


def print_import_summary(read: ImportResult, home: DefaultTimezone, *, everything: bool = False) -> None:
    """Say what one import gave, on stdout; `everything` cuts no list short."""
    click.echo(f"Read {counted(read.records)}.")
    if home.known_from == "nowhere":
        click.echo("Your time zone is not known: times without one are read as UTC. Tell it with --zone.")
    notes = in_order(read.notes)
    for note in notes if everything else _shortened(notes, MAX_NOTES):
        click.echo(f"  {note}")
    print_skipped(read, everything=everything)


def print_warnings(read: ImportResult, printed: set[str]) -> None:
    """Say what was assumed and left out, but nothing that was `printed` before."""
    news = [
        line for line in (*read.notes, *(skipped.sentence for skipped in read.skipped)) if line not in printed
    ]
    printed.update(news)
    for line in _shortened(tuple(news), MAX_LISTED):
        click.echo(f"  {line}")


def print_skipped(read: ImportResult, *, everything: bool = False) -> None:
    """Say what was left out, and why."""
    sentences = tuple(skipped.sentence for skipped in read.skipped)
    if read.skipped:
        click.echo(f"Left out ({len(read.skipped)}):")
    for line in sentences if everything else _shortened(sentences, MAX_LISTED):
        click.echo(f"  {line}")


def counted(records: Records) -> str:
    """How much there is, in words: 148 check-ins, 76 runs, 12 walks and 1 measurement."""
    sessions = Counter(_KINDS[run.activity] for run in records.runs)
    counts = [_count(len(records.check_ins), "check-in"), _count(sessions["run"], "run")]
    counts += [_count(sessions[kind], kind) for kind in ("walk", "other session") if sessions[kind]]
    others = (
        ("measurement", records.measurements),
        ("rating of pain before a run", records.pain_before),
        ("Roland-Morris questionnaire", records.roland_morris),
        ("drawn day", records.allocations),
        ("step of the plan", records.plan),
        ("span of covered days", () if records.count else records.covered),
    )
    counts += [_count(len(kind), what) for what, kind in others if kind]
    return f"{', '.join(counts[:-1])} and {counts[-1]}"


def _count(n: int, what: str) -> str:
    noun, of, rest = what.partition(" of ")
    return f"{n} {noun}{'' if n == 1 else 's'}{of}{rest}"


def _shortened(lines: tuple[str, ...], most: int) -> tuple[str, ...]:
    if len(lines) <= most:
        return lines
    return (*lines[:most], f"... and {len(lines) - most} more. To see all of them, import with --all.")
