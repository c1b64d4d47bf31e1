"""backstride draw."""

from datetime import date, datetime
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from backstride.services.allocate import Schedule

WIDTH = 79
MAX_DAYS = 28


@click.command(
    epilog="""\b
Examples:
  backstride draw --days                      three days of each week, from next Monday
  backstride draw --weeks --from 2026-06-01   run weeks against walk weeks, in pairs
  backstride draw --blocks 2                  for the season: three of six blocks of 2 weeks
  backstride draw                             what has begun of the draw
  backstride draw --own                       from next Monday you choose again
"""
)
@click.option("--days", "law", flag_value="days", help="Chance picks three days of each week.")
@click.option("--weeks", "law", flag_value="weeks", help="Chance picks one week of each two.")
@click.option(
    "--blocks",
    type=click.Choice(["2", "4"]),
    help="For the season: of six blocks of 2 or of 4 weeks chance picks three for running.",
)
@click.option("--own", "law", flag_value="own", help="Choose your days yourself again.")
@click.option(
    "--from",
    "first_day",
    type=click.DateTime(["%Y-%m-%d"]),
    metavar="DATE",
    help="The first day of it; the next Monday unless given.",
)
@click.option(
    "--for",
    "weeks",
    type=int,
    metavar="WEEKS",
    help="How many weeks.  [default: 8, or a round of blocks: 12 or 24]",
)
@click.option("--seed", type=int, help="A number that fixes the draw; by chance unless given.")
@click.option("--zone", help="Your time zone, as in Europe/Berlin.")
@click.option("--why", is_flag=True, help="Why chance helps, and what it costs.")
def command(
    *,
    law: str | None,
    blocks: str | None,
    first_day: datetime | None,
    weeks: int | None,
    seed: int | None,
    zone: str | None,
    why: bool,
) -> None:
    """Have chance pick your run days, so that the answer can be read.

    Drawn once, and kept in the diary. Only weeks, or blocks of weeks, that have begun are shown.
    """
    if blocks is not None and law is not None:
        raise click.UsageError("Choose one way: --days, --weeks, --blocks or --own.")
    law = f"blocks of {blocks} weeks" if blocks else law
    from backstride.core.allocation import AllocationScheme
    from backstride.report.allocation_text import COST, HIDDEN, LAWS, WHY
    from backstride.runtime.timezone import default_timezone
    from backstride.services.allocate import allocate_days, schedule

    if why:
        click.echo("\n\n".join(click.wrap_text(text, WIDTH) for text in (*WHY, *COST, *HIDDEN)))
        return
    home = default_timezone(zone).zone
    if law is None:
        _say(schedule(zone=home))
        return
    day: date | None = first_day.date() if first_day else None
    found = allocate_days(AllocationScheme(law), zone=home, first_day=day, weeks=weeks, seed=seed)
    click.echo(LAWS[AllocationScheme(law)])
    _say(found)


def _say(found: "Schedule") -> None:
    from backstride.report.allocation_text import chance_line, day_line

    for allocation in found.shown[-MAX_DAYS:]:
        over = allocation.day < found.as_of or allocation.day in found.done
        click.echo(day_line(allocation, ran=(allocation.day in found.done) if over else None))
    if found.shown:
        click.echo(chance_line(found.shown))
    if found.last_day is None:
        click.echo("Nothing is drawn. Draw with --days, --weeks or --blocks; --why says what for.")
    elif found.first_day is not None and not found.shown:
        click.echo(
            f"It is drawn, from {found.first_day} to {found.last_day}. Its first week shows when it begins."
        )
    else:
        click.echo(f"The draw goes on until {found.last_day}.")
