"""backstride import."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from backstride.runtime.timezone import DefaultTimezone
    from backstride.services.import_files import ImportSummary


@click.command(
    "import",
    epilog="""\b
Examples:
  backstride import my-diary               a folder of tables and watch files
  backstride import check-ins.csv run.fit
  backstride import export.zip             a whole account of Strava or Apple Health
  backstride import runs.csv --runs Quidditch   sessions that the file calls so are runs
  backstride import --watch ~/runs         take in whatever is put there, until you stop it
""",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--zone", help="Your time zone, as in Europe/Berlin.  [default: the diary's, else this machine's]"
)
@click.option(
    "--runs", multiple=True, metavar="WORD", help="A word for a run that is not known here; it is remembered."
)
@click.option(
    "--day-starts",
    type=click.IntRange(0, 12),
    metavar="HOUR",
    help="A check-in before this hour of the clock belongs to the evening before; it is remembered.  [default: 3]",
)
@click.option(
    "--all", "everything", is_flag=True, help="Say all that was assumed and left out, however long."
)
@click.option("--watch", is_flag=True, help="Watch one folder, and take in whatever is put there.")
def command(
    *,
    paths: tuple[Path, ...],
    zone: str | None,
    runs: tuple[str, ...],
    day_starts: int | None,
    everything: bool,
    watch: bool,
) -> None:
    """Take check-ins and runs into the diary.

    PATHS are watch files (FIT, GPX, TCX, KML), tables (CSV), zip archives, or folders of them;
    docs/diary-format.md describes the tables. What the diary knows already is not stored twice, so a folder may be
    imported again and again. Stopped on the way, nothing is stored, and nothing is lost.
    """
    from backstride.cli.import_summary import print_import_summary
    from backstride.cli.progress import file_counts
    from backstride.services.diary_zone import zone_for_import
    from backstride.services.import_files import import_paths

    home = zone_for_import(zone)
    if watch:
        _watch(paths, home, day_starts)
        return
    with file_counts() as progress:
        imported = import_paths(
            paths,
            zone=home.zone,
            progress=progress,
            runs=runs,
            remembers_zone=bool(zone),
            day_starts_h=day_starts,
        )
    print_import_summary(imported.read, home, everything=everything)
    print_added(imported)


def print_added(imported: "ImportSummary") -> None:
    """Say what of it was new, and where it is kept."""
    corrected = f" Corrected: {imported.added.corrected}." if imported.added.corrected else ""
    click.echo(
        f"New in the diary: {imported.added.new}.{corrected} Known before: {imported.added.already_there}."
    )
    if imported.added.otherwise:
        click.echo(
            f"Shown otherwise in the diary: {imported.added.otherwise}. These were changed after the same file was "
            "imported before, and stay so. To put one back, open its day in the app, then its former versions."
        )
    click.echo(f"The diary: {imported.diary}")


def _watch(paths: tuple[Path, ...], home: "DefaultTimezone", day_starts_h: int | None) -> None:
    """Take in what is put into the folder until somebody stops it."""
    from backstride.cli.import_summary import print_warnings
    from backstride.errors import BadInput
    from backstride.services.watch_folder import watching

    if len(paths) != 1:
        raise click.UsageError("Give one folder to watch.")
    click.echo(f"Watching {paths[0]}. Stop it with Ctrl-C.")
    printed: set[str] = set()
    for outcome in watching(paths[0], zone=home.zone, day_starts_h=day_starts_h):
        if isinstance(outcome, BadInput):
            click.echo(str(outcome), err=True)
        else:
            print_warnings(outcome.read, printed)
            print_added(outcome)
