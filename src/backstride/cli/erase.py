"""backstride erase."""

from datetime import datetime

import click


@click.command(
    epilog="""\b
Examples:
  backstride erase                      everything
  backstride erase --day 2026-05-01     one day
"""
)
@click.option("--day", type=click.DateTime(["%Y-%m-%d"]), help="Only what is recorded of this day.")
@click.option("--yes", is_flag=True, help="Do not ask before erasing.")
def command(*, day: datetime | None, yes: bool) -> None:
    """Erase the diary, or a day of it, for good.

    No byte of it stays in the diary's file. Tables and reports that you wrote elsewhere are yours to delete.
    """
    from backstride.services.erase import count_to_erase, erase

    only = day.date() if day else None
    if not yes:
        what = f"of {only}" if only else "in the diary"
        question = f"Erase all {count_to_erase(day=only)} entries {what}, for good?"
        if not click.confirm(question):
            click.echo("Nothing was erased.")
            return
    click.echo(f"Erased: {erase(day=only)}.")
