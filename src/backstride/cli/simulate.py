"""backstride simulate."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from backstride.testing.parameters import PersonTier


@click.command(
    epilog="""\b
Examples:
  backstride simulate somebody --effect -1.5
  backstride answer somebody/records
"""
)
@click.argument("out", type=click.Path(path_type=Path))
@click.option(
    "--effect",
    type=float,
    default=-1.0,
    show_default=True,
    help="True change of pain after a season of running, in points.",
)
@click.option("--days", type=int, default=180, show_default=True, help="Length of the diary.")
@click.option(
    "--tier",
    type=click.Choice(["A-days", "A-weeks", "B", "C"]),
    default="B",
    show_default=True,
    help="Run days drawn, run weeks drawn, rated before running, or rated in the evening.",
)
@click.option("--missing", type=float, default=0.15, show_default=True, help="Share of missing check-ins.")
@click.option(
    "--skip", type=float, default=0.8, show_default=True, help="How much pain counts against running."
)
@click.option("--zone", default="Europe/Berlin", show_default=True, help="Where the person lives.")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed, the same person.")
@click.option("--fit", "as_fit", is_flag=True, help="Write runs as FIT files instead of a table.")
def command(
    *,
    out: Path,
    effect: float,
    days: int,
    tier: "PersonTier",
    missing: float,
    skip: float,
    zone: str,
    seed: int,
    as_fit: bool,
) -> None:
    """Make up a person with a known truth, to see whether it is found again.

    OUT is a new folder: OUT/records holds what the person wrote down, OUT/truth.json the truth.
    """
    from backstride.cli.import_summary import counted
    from backstride.services.simulate import simulate

    made = simulate(
        out,
        seed=seed,
        effect=effect,
        days=days,
        tier=tier,
        missing=missing,
        skip=skip,
        zone=zone,
        as_fit=as_fit,
    )
    click.echo(f"Made up a person: {counted(made.counts)}, in {made.records.resolve()}.")
    week, season = made.truth.delta_week, made.truth.delta_season
    click.echo(f"The truth: {week:+.2f} points after a week of running, {season:+.2f} after a season.")
