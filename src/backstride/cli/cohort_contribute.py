"""backstride cohort contribute, check and withdraw."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from backstride.core.records import Records
    from backstride.runtime.timezone import DefaultTimezone

FILE = Path("contribution.json")


@click.command(
    "contribute",
    epilog="""\b
Examples:
  backstride cohort contribute my-diary
  backstride cohort contribute --diary --about age="40 to 59" --about sex=female
""",
)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--diary", "from_diary", is_flag=True, help="Use the diary, filled by `backstride import`.")
@click.option(
    "--about",
    multiple=True,
    metavar="NAME=BAND",
    help="What you choose to say of yourself, as age='40 to 59'.",
)
@click.option("--out", type=click.Path(path_type=Path), default=FILE, show_default=True, help="The file.")
@click.option("--agree", is_flag=True, help="Do not ask: you have read the words before, and agree.")
@click.option("--zone", help="Your time zone, as in Europe/Berlin.  [default: this machine's]")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed, the same numbers.")
def contribute(
    *,
    folder: Path | None,
    from_diary: bool,
    about: tuple[str, ...],
    out: Path,
    agree: bool,
    zone: str | None,
    seed: int,
) -> None:
    """Give what your records say to a cohort.

    Says in words each number that would leave, asks, and writes a file that you hand over yourself. Nothing is sent.
    """
    from backstride.cohort.contribution_words import consent, sentences
    from backstride.services.contribute import contribution_from, key_of_earlier, write_contribution

    records, home = _records(folder, zone, from_diary=from_diary)
    made = contribution_from(
        records, zone=home.zone, traits=_traits(about), seed=seed, key=key_of_earlier(out)
    )
    for sentence in sentences(made):
        click.echo(sentence)
    click.echo()
    for sentence in consent():
        click.echo(sentence)
    if not agree and not click.confirm("Do you agree?", default=False):
        click.echo("Nothing was written.")
        return
    write_contribution(made, out)
    click.echo(f"Written: {out}. Hand it to the study yourself, and keep it: its key takes it back.")
    click.echo(f"Taken back with: backstride cohort withdraw {out}")


@click.command("check")
@click.argument("file", type=click.Path(path_type=Path))
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--diary", "from_diary", is_flag=True, help="Hold it against the diary.")
@click.option("--zone", help="Your time zone, as in Europe/Berlin.  [default: this machine's]")
@click.option("--seed", type=int, default=1, show_default=True, help="As given to contribute.")
def check(*, file: Path, folder: Path | None, from_diary: bool, zone: str | None, seed: int) -> None:
    """Say in words what a contribution holds.

    With FOLDER or --diary its numbers are worked out anew from the records, and held against the file.
    """
    from backstride.cohort.contribution_words import sentences
    from backstride.cohort.given_files import contribution_of_file
    from backstride.services.contribute import contribution_from, differences

    given = contribution_of_file(file)
    for sentence in sentences(given):
        click.echo(sentence)
    if folder is None and not from_diary:
        click.echo("Not held against a diary: give its folder, or --diary.")
        return
    records, home = _records(folder, zone, from_diary=from_diary)
    mine = contribution_from(records, zone=home.zone, traits=given.traits, seed=seed, key=given.key)
    found = differences(given, mine)
    click.echo("Your diary gives the same numbers." if not found else "Your diary now gives other numbers:")
    for sentence in found:
        click.echo(f"  {sentence}")


@click.command(
    "withdraw",
    epilog="""\b
Examples:
  backstride cohort withdraw contribution.json              your own file goes
  backstride cohort withdraw KEY --store study --received incoming   the study's
""",
)
@click.argument("contribution")
@click.option("--store", type=click.Path(path_type=Path), help="The study's store.")
@click.option("--received", type=click.Path(path_type=Path), help="Where the study received the files.")
def withdraw(*, contribution: str, store: Path | None, received: Path | None) -> None:
    """Take a contribution back: CONTRIBUTION is its file, or its key.

    A study names its store: no byte of the contribution is left in it, and it is not taken in again.
    """
    from backstride.services.contribute import withdraw as take_back

    key, files = take_back(contribution, store=store, received=received)
    for path in files:
        click.echo(f"Deleted: {path}")
    if store is not None:
        click.echo(f"The contribution is out of {store}, and will not be taken in again.")
        click.echo("Copies elsewhere, as in backups and mailboxes, are yours to delete.")
    else:
        click.echo(f"Send this key, and nothing else, to the study that has it: {key}")


def _traits(about: tuple[str, ...]) -> dict[str, str]:
    if wrong := [text for text in about if "=" not in text]:
        raise click.UsageError(f"--about {wrong[0]} has no '='. Give it as in --about age='40 to 59'.")
    pairs = (text.split("=", 1) for text in about)
    return {name.strip(): value.strip() for name, value in pairs}


def _records(folder: Path | None, zone: str | None, *, from_diary: bool) -> "tuple[Records, DefaultTimezone]":
    if (folder is not None) == from_diary:
        raise click.UsageError("Say whose records to use: a FOLDER, or --diary.")
    from backstride.runtime.timezone import default_timezone
    from backstride.services.load_records import load_records
    from backstride.services.read_files import read_paths

    home = default_timezone(zone)
    records = load_records() if folder is None else read_paths([folder], zone=home.zone).records
    return records, home
