"""backstride import."""

from pathlib import Path

import click


@click.command(
    "import",
    epilog="""\b
Examples:
  backstride import my-diary               a folder of tables and watch files
  backstride import check-ins.csv run.fit
  backstride import export.zip             a whole account of Strava or Apple Health
""",
)
@click.argument("paths", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--zone", help="Your time zone, as in Europe/Berlin.  [default: this machine's]")
def command(*, paths: tuple[Path, ...], zone: str | None) -> None:
    """Take check-ins and runs into the diary.

    PATHS are watch files (FIT, GPX, TCX, KML), tables (CSV), zip archives, or folders of them;
    docs/diary-format.md describes the tables. What the diary knows already is not stored twice, so a folder may be
    imported again and again.
    """
    from backstride.actions.keep import import_paths
    from backstride.actions.zone import home_zone
    from backstride.cli.progress import file_counts
    from backstride.cli.told import tell_import

    home = home_zone(zone)
    with file_counts() as progress:
        imported = import_paths(paths, zone=home.zone, progress=progress)
    tell_import(imported.read, home)
    click.echo(f"New in the diary: {imported.added.new}. Known before: {imported.added.already_there}.")
    click.echo(f"The diary: {imported.diary}")
