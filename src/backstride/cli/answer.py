"""backstride answer."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

if TYPE_CHECKING:
    from backstride.answer.answer import Truth
    from backstride.core.pain_since import PainSince
    from backstride.core.records import Records
    from backstride.runtime.timezone import DefaultTimezone


@click.command(
    epilog="""\b
Examples:
  backstride answer --simulated             a simulated person with a known truth
  backstride answer my-diary                a folder of tables (CSV) and watch files
  backstride answer --diary --out report    what was imported before
"""
)
@click.argument("folder", required=False, type=click.Path(path_type=Path))
@click.option("--diary", "from_diary", is_flag=True, help="Use the diary, filled by `backstride import`.")
@click.option(
    "--simulated",
    "--made-up",
    "made_up",
    is_flag=True,
    help="Use a simulated person; show the truth beside the answer.",
)
@click.option(
    "--out",
    type=click.Path(path_type=Path),
    default=Path(),
    help="Folder for the two files.  [default: this one]",
)
@click.option(
    "--worthwhile",
    type=float,
    default=1.0,
    show_default=True,
    help="Smallest change worth the effort of running, in points, 0.5 to 2. Choose it before you look.",
)
@click.option(
    "--runs", multiple=True, metavar="WORD", help="A word of FOLDER for a run that is not known here."
)
@click.option(
    "--pain-since",
    type=click.Choice(["under 6 weeks", "6 to 12 weeks", "longer", "on and off"]),
    help="How long your back has hurt.  [default: as chosen in the app, with --diary]",
)
@click.option(
    "--cohort",
    type=click.Path(path_type=Path),
    help="A study's file: what others' seasons teach stands beside yours. No verdict changes.",
)
@click.option("--zone", help="Your time zone, as in Europe/Berlin.  [default: this machine's]")
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed, the same answer.")
@click.option("--timings", is_flag=True, help="Print on stderr how many seconds each stage took.")
def command(
    *,
    folder: Path | None,
    from_diary: bool,
    made_up: bool,
    out: Path,
    worthwhile: float,
    runs: tuple[str, ...],
    pain_since: str | None,
    cohort: Path | None,
    zone: str | None,
    seed: int,
    timings: bool,
) -> None:
    """Ask: does running help my back?

    FOLDER holds your check-ins and runs; docs/diary-format.md says how. The answer is printed, and written as
    report.html (for you) and answer.json (for programs).
    """
    if sum((folder is not None, from_diary, made_up)) != 1:
        raise click.UsageError("Say whose records to use: a FOLDER, --diary, or --simulated.")
    from backstride.cli.timings import Timings

    watch = Timings(wanted=timings)
    watch.stage("import")
    from backstride.cli.progress import stages
    from backstride.runtime.timezone import default_timezone
    from backstride.services.ask import ask
    from backstride.services.estimate import read_cohort_prior

    others = None if cohort is None else read_cohort_prior(cohort)
    home = default_timezone(zone)
    watch.stage("reading")
    records, truth = _made_up(seed) if made_up else _own(folder, home, runs)
    with stages() as progress:

        def on_stage(stage: str, share: float) -> None:
            watch.stage(stage)
            progress(stage, share)

        asked = ask(
            records,
            zone=home.zone,
            seed=seed,
            folder=out,
            worthwhile=worthwhile,
            pain_since=_since(pain_since, from_diary=from_diary),
            progress=on_stage,
            truth=truth,
            cohort=others,
        )
    watch.end()
    click.echo()
    click.echo(asked.summary.rstrip())
    click.echo()
    click.echo(f"The whole answer:  {asked.report.resolve()}")
    click.echo(f"Its numbers:       {asked.numbers.resolve()}")


def _since(text: str | None, *, from_diary: bool) -> "PainSince | None":
    if text is not None:
        from backstride.core.pain_since import PainSince

        return PainSince(text)
    if not from_diary:
        return None
    from backstride.services.load_records import pain_since_chosen

    return pain_since_chosen()


def _own(
    folder: Path | None, home: "DefaultTimezone", runs: tuple[str, ...]
) -> "tuple[Records, Truth | None]":
    if folder is None:
        from backstride.cli.import_summary import counted
        from backstride.services.load_records import load_records

        records = load_records()
        click.echo(f"The diary holds {counted(records)}.")
        return records, None
    from backstride.cli.import_summary import print_import_summary
    from backstride.core.run import Activity
    from backstride.services.read_files import read_paths, with_known_words

    read = with_known_words(read_paths([folder], zone=home.zone), dict.fromkeys(runs, Activity.RUN))
    print_import_summary(read, home)
    return read.records, None


def _made_up(seed: int) -> "tuple[Records, Truth | None]":
    from backstride.cli.import_summary import counted
    from backstride.services.simulate import made_up_person

    person, truth = made_up_person(seed=seed)
    click.echo(f"A simulated person, whose truth is known: {counted(person.records)}.")
    return person.records, truth
