"""backstride restore."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from backstride.services.backups import Checked


@click.command(
    epilog="""\b
Examples:
  backstride restore                         the newest sound backup
  backstride restore --list                  which there are
  backstride restore 20260501T030000Z.sqlite
"""
)
@click.argument("backup", required=False, type=click.Path(path_type=Path))
@click.option("--list", "only_list", is_flag=True, help="Show the backups, each looked through.")
@click.option("--force", is_flag=True, help="Also where the diary is sound and newer than the backup.")
def command(*, backup: Path | None, only_list: bool, force: bool) -> None:
    """Put a backup in the place of the diary; what was there is kept aside.

    BACKUP is its name in the list, or any file of a diary. It is checked page by page before, and counted after.
    Programs that have the diary open must be ended first. Everybody signs in again, and tokens are made anew.
    """
    from backstride.services.backups import backups, put_back

    if only_list:
        found = backups()
        for each in found:
            click.echo(_line(each))
        if not found:
            click.echo("There is no backup yet. Make one: backstride backup")
        return
    restored = put_back(backup, force=force)
    click.echo(f"Put back, and counted: {restored.census.entries} entries.")
    if restored.aside is not None:
        click.echo(f"What was there before: {restored.aside}")


def _line(checked: "Checked") -> str:
    copy = checked.copy
    when = f"{copy.made_at:%Y-%m-%d %H:%M} UTC"
    what = f"{checked.census.entries} entries" if checked.census else f"NOT SOUND: {checked.problem}"
    return f"{copy.path.name}   {when}   {copy.size / 1e6:.1f} MB   {what}"
