"""backstride backup."""

from pathlib import Path

import click


@click.command(
    epilog="""\b
Examples:
  backstride backup                          a copy among the backups, beside the diary
  backstride backup --to /media/stick/diary.sqlite
"""
)
@click.option("--to", type=click.Path(path_type=Path), help="A file of your own, on another disk say.")
def command(*, to: Path | None) -> None:
    """Copy the diary to where it can be put back from, and check the copy.

    Of the backups, the last 7 days, 5 weeks and 12 months on which there is one are kept. What you erase is erased
    from them, too; from a file that you named with --to it is not. `backstride serve` makes a backup each night.
    """
    from backstride.services.backups import back_up

    click.echo(f"The backup: {back_up(to=to)}")
    click.echo("It is as private as the diary, and checked. To put it back: backstride restore")
    if to is not None:
        click.echo("What you erase from the diary later stays in this file: it is yours to delete.")
