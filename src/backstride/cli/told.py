"""What is said of an import: how much was read, what was assumed, what was left out."""

import click

from backstride.actions.zone import HomeZone
from backstride.core.records import Records
from backstride.importers.base import ImportResult

MOST_LISTED = 20


def tell_import(read: ImportResult, home: HomeZone) -> None:
    """Say what one import gave, on stdout."""
    click.echo(f"Read {counted(read.records)}.")
    if home.known_from == "nowhere":
        click.echo("Your time zone is not known: times without one are read as UTC. Tell it with --zone.")
    for note in _shortened(read.notes):
        click.echo(f"  {note}")
    tell_skipped(read)


def tell_skipped(read: ImportResult) -> None:
    """Say what was left out, and why."""
    if read.skipped:
        click.echo(f"Left out ({len(read.skipped)}):")
    for line in _shortened(tuple(f"{skipped.where}: {skipped.why}" for skipped in read.skipped)):
        click.echo(f"  {line}")


def counted(records: Records) -> str:
    """How much there is, in words: 148 check-ins, 76 runs and 1 measurement."""
    return (
        f"{_count(len(records.check_ins), 'check-in')}, {_count(len(records.runs), 'run')} "
        f"and {_count(len(records.measurements), 'measurement')}"
    )


def _count(n: int, what: str) -> str:
    return f"{n} {what}" if n == 1 else f"{n} {what}s"


def _shortened(lines: tuple[str, ...]) -> tuple[str, ...]:
    if len(lines) <= MOST_LISTED:
        return lines
    return (*lines[:MOST_LISTED], f"... and {len(lines) - MOST_LISTED} more.")
