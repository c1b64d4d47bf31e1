"""backstride cohort waiting."""

from pathlib import Path

import click

STORE = Path("cohort")


@click.group(
    "waiting",
    epilog="""\b
Examples:
  backstride cohort waiting words                       what a person agrees to
  backstride cohort waiting enrol anna --store study    chance is asked, once they agreed
  backstride cohort waiting compare --store study       both arms, by intention to treat
""",
)
def waiting() -> None:
    """Let chance decide who begins to run now, and who in eight weeks."""


@waiting.command("words")
def words() -> None:
    """Print the words that a person agrees to."""
    from backstride.cohort.waiting_list import CONSENT_VERSION
    from backstride.cohort.waiting_words import waiting_consent

    click.echo(f"Version {CONSENT_VERSION}")
    for sentence in waiting_consent():
        click.echo(f"- {sentence}")


@waiting.command("enrol")
@click.argument("person")
@click.option(
    "--store", type=click.Path(path_type=Path), default=STORE, show_default=True, help="The study's."
)
@click.option("--stratum", default="", help="As the study calls it, as in a site; the band of pain is added.")
@click.option("--agreed", is_flag=True, help="Do not ask: the person has agreed to the words.")
@click.option(
    "--agreement",
    type=click.Path(path_type=Path),
    help="The file agreement.json of the person's page Studies: they agreed there.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path("waiting.json"),
    show_default=True,
    help="With --agreement: the file to hand back to the person.",
)
def enrol(*, person: str, store: Path, stratum: str, agreed: bool, agreement: Path | None, out: Path) -> None:
    """Ask chance for PERSON, whose diary of two weeks is in the store. Asked again, it says the same."""
    from backstride.cohort.waiting_list import WAIT_DAYS, Arm
    from backstride.cohort.waiting_words import waiting_consent
    from backstride.services.cohort_waiting import enrol as ask_chance
    from backstride.services.cohort_waiting import enrol_by_agreement

    if agreement is not None:
        part = enrol_by_agreement(store, person, agreement, out=out, named=stratum)
        click.echo(f"{person} agreed on {part.agreed}. Chance was asked; what it gave stands in the file.")
        click.echo(f"Written: {out}. Hand it to {person}; they take it in on their page Studies.")
        return
    if not agreed:
        for sentence in waiting_consent():
            click.echo(f"- {sentence}")
        if not click.confirm(f"Has {person} agreed to these words?", default=False):
            click.echo("Chance was not asked.")
            return
    found = ask_chance(store, person, named=stratum)
    began = "begins to run now" if found.arm is Arm.NOW else f"waits for {WAIT_DAYS // 7} weeks"
    click.echo(f"{person} {began}. Asked on {found.day}, within '{found.stratum}'.")


@waiting.command("leave")
@click.argument("person")
@click.option(
    "--store", type=click.Path(path_type=Path), default=STORE, show_default=True, help="The study's."
)
def leave(*, person: str, store: Path) -> None:
    """Note that PERSON left. Their records stay counted; `backstride cohort remove` takes these out."""
    from backstride.services.cohort_waiting import leave as note_end

    note_end(store, person)
    click.echo(f"{person} left. To delete their records, too: backstride cohort remove {store} {person}")


@waiting.command("compare")
@click.option(
    "--store", type=click.Path(path_type=Path), default=STORE, show_default=True, help="The study's."
)
def compare(*, store: Path) -> None:
    """Compare both arms by intention to treat, once eight weeks are over for ten people of each."""
    from backstride.services.cohort_waiting import compare_arms

    found = compare_arms(store)
    click.echo(
        f"Begin now: {found.begin} people and {found.begin_missing} who cannot be counted. "
        f"Wait: {found.wait} and {found.wait_missing}."
    )
    click.echo(
        f"Pain in weeks 7 and 8, begin now less wait: {found.effect:+.2f} points "
        f"({found.low_95:+.2f} to {found.high_95:+.2f}), p {found.p:.3f}."
    )
    click.echo("Everybody is counted in the arm that chance gave, whatever they did.")
    if found.begin_missing or found.wait_missing:
        click.echo(
            "People who lack ratings before or at the end cannot be counted. The effect holds if they would have "
            "fared like the others of their arm."
        )
