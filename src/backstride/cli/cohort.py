"""backstride cohort."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from backstride.cli.cohort_contribute import check, contribute, withdraw
from backstride.cli.cohort_waiting import waiting

if TYPE_CHECKING:
    from backstride.cohort.table_out import TablesWritten

STORE = Path("cohort")


@click.group(
    "cohort",
    epilog="""\b
Examples:
  backstride cohort take-in diaries --store study   a folder with a folder a person
  backstride cohort answers study                   one row a person
""",
)
def command() -> None:
    """Ask of many people's diaries: take them in, and answer each.

    For researchers and clinics; docs/researchers.md shows the whole way.
    """


for each in (contribute, check, withdraw, waiting):
    command.add_command(each)


@command.command(
    "take-in",
    epilog="""\b
Examples:
  backstride cohort take-in diaries                    a folder with a folder a person
  backstride cohort take-in people.csv                 a table with a column 'participant'
  backstride cohort take-in redcap.csv --map map.toml  an export, and what its columns are
""",
)
@click.argument("source", type=click.Path(path_type=Path))
@click.option("--map", "map_file", type=click.Path(path_type=Path), help="Which columns are which (TOML).")
@click.option(
    "--store", type=click.Path(path_type=Path), default=STORE, show_default=True, help="Folder of the store."
)
@click.option("--zone", help="Zone of times that state none, as in Europe/Berlin.  [default: this machine's]")
def take_in(*, source: Path, map_file: Path | None, store: Path, zone: str | None) -> None:
    """Take many people's diaries into a store.

    SOURCE is a folder that holds a folder, zip archive or contribution a person, or one table (CSV) of all.
    Taken in again, a person's newer records replace the old. One bad diary stops nothing, and is listed.
    """
    from backstride.cli.progress import people_counts, row_counts
    from backstride.services.cohort import take_in as take_in_all

    with row_counts() as rows_progress, people_counts("Taking in") as progress:
        taken = take_in_all(
            source,
            store,
            table_map=map_file,
            zone=zone,
            progress=lambda done: progress(done, None),
            rows_progress=rows_progress,
        )
    click.echo(
        f"People: {taken.people}. New: {taken.new}. Changed: {taken.changed}. As before: {taken.unchanged}. "
        f"Could not be used: {len(taken.refused)}."
    )
    for person, sentence in taken.refused[:20]:
        click.echo(f"  {person}: {sentence}")
    if len(taken.refused) > 20:
        click.echo(f"  ... and {len(taken.refused) - 20} more; all stand in answers.csv.")
    if taken.alike:
        click.echo("These ids differ by capitals, blanks or width alone, and were kept as two people each:")
    for one, other in taken.alike[:20]:
        click.echo(f"  '{one}' and '{other}'")
    if len(taken.alike) > 20:
        click.echo(f"  ... and {len(taken.alike) - 20} more.")
    click.echo(f"The store: {store}. Answer them with: backstride cohort answers {store}")


@command.command(
    "answers",
    epilog="""\b
Examples:
  backstride cohort answers cohort                            on all processors of this machine
  backstride cohort answers cohort --engine tcp://host:8786   on a Dask cluster
  backstride cohort answers cohort --engine slurm             as Slurm jobs
""",
)
@click.argument("store", type=click.Path(path_type=Path), default=STORE)
@click.option(
    "--engine",
    default="local",
    show_default=True,
    help="local, a Dask scheduler (tcp://host:8786), or slurm.",
)
@click.option("--workers", type=int, help="Diaries at a time.  [default: one a processor; 100 Slurm jobs]")
@click.option("--checks", is_flag=True, help="Run the checks too; about twice the work.")
@click.option(
    "--worthwhile", type=float, default=1.0, show_default=True, help="Smallest worthwhile change, points."
)
@click.option("--seed", type=int, default=1, show_default=True, help="The same seed, the same answers.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder of the tables.  [default: the store]")
def answers(
    *,
    store: Path,
    engine: str,
    workers: int | None,
    checks: bool,
    worthwhile: float,
    seed: int,
    out: Path | None,
) -> None:
    """Answer every diary of a store, and write one row a person.

    Writes answers.csv, and answers.parquet where pyarrow is installed. Stop it whenever you like: what is done is
    kept, and the next call goes on from there.
    """
    from backstride.cli.progress import people_counts
    from backstride.cohort.engines import engine_from_text
    from backstride.cohort.person_answer import AnswerSettings
    from backstride.services.cohort import answer_people

    settings = AnswerSettings(seed, worthwhile, checks)
    place = engine_from_text(engine, workers=workers, folder=store / "slurm")
    with people_counts("Answering") as progress:
        written = answer_people(store, out=out or store, settings=settings, engine=place, progress=progress)
    _print_written(written)


@command.command("fit")
@click.argument("store", type=click.Path(path_type=Path), default=STORE)
@click.option("--checks", is_flag=True, help="Use the answers that were worked out with checks.")
@click.option("--worthwhile", type=float, default=1.0, show_default=True, help="As given to answers, points.")
@click.option(
    "--seed", type=int, default=1, show_default=True, help="As given to answers; of the draws, too."
)
@click.option("--least", type=int, default=10, show_default=True, help="Nothing is shown of fewer people.")
@click.option("--out", type=click.Path(path_type=Path), help="Folder of both files.  [default: the store]")
@click.option("--own-eyes", is_flag=True, help="Not to be published; not held against earlier releases.")
def fit(
    *, store: Path, checks: bool, worthwhile: float, seed: int, least: int, out: Path | None, own_eyes: bool
) -> None:
    """Ask all answered diaries and contributions of a store together.

    Writes cohort.json and cohort.html: how the week is spread over people, with traits, and the season where chance
    drew blocks of weeks. Each call is a release: it is refused where its people differ from those of an earlier one
    by fewer than --least, about whom a comparison would speak.
    """
    from backstride.cohort.person_answer import AnswerSettings
    from backstride.services.cohort_fit import fit_people

    settings = AnswerSettings(seed, worthwhile, checks)
    found, files = fit_people(
        store, out=out or store, settings=settings, seed=seed, least=least, to_publish=not own_eyes
    )
    week = found.week
    click.echo(
        f"People: {'not shown' if found.people is None else found.people}. "
        f"With an answer that rests on runs of their own: {found.answered}."
    )
    click.echo(
        f"The week over people, at 90 minutes: mean {week.mean.mean:+.2f} points "
        f"({week.mean.low_95:+.2f} to {week.mean.high_95:+.2f}), sd between people {week.sd.mean:.2f} "
        f"({week.sd.low_95:.2f} to {week.sd.high_95:.2f})."
    )
    season = found.season
    if season is None:
        click.echo(found.season_withheld)
    else:
        click.echo(
            f"The season, where chance drew blocks: mean {season.mean.mean:+.2f} points "
            f"({season.mean.low_95:+.2f} to {season.mean.high_95:+.2f}), "
            f"{'a number not shown of' if season.people is None else season.people} people."
        )
    for path in files:
        click.echo(f"Written: {path}")


@command.command("prior")
@click.argument("store", type=click.Path(path_type=Path), default=STORE)
@click.option("--checks", is_flag=True, help="Use the answers that were worked out with checks.")
@click.option("--worthwhile", type=float, default=1.0, show_default=True, help="As given to answers, points.")
@click.option("--seed", type=int, default=1, show_default=True, help="As given to answers.")
@click.option("--least", type=int, default=10, show_default=True, help="Nothing is shown of fewer people.")
@click.option("--out", type=click.Path(path_type=Path), default=Path("prior.json"), show_default=True)
def prior(*, store: Path, checks: bool, worthwhile: float, seed: int, least: int, out: Path) -> None:
    """Write the file by which others' seasons stand beside one person's.

    It rests on people whose blocks of weeks chance drew, and it is a release, as `fit` makes them. A person uses it
    with: backstride answer DAYS --cohort prior.json
    """
    from backstride.cohort.person_answer import AnswerSettings
    from backstride.services.cohort_fit import write_prior

    settings = AnswerSettings(seed, worthwhile, checks)
    found = write_prior(store, out=out, settings=settings, seed=seed, least=least)
    slope = sum(ratio.slope for ratio in found.ratios) / len(found.ratios)
    click.echo(f"A season is {slope:.2f} times a week, over people whose blocks of weeks chance drew.")
    click.echo(f"Written: {out}. It holds no person's numbers.")


@command.command("remove")
@click.argument("store", type=click.Path(path_type=Path))
@click.argument("person")
def remove(*, store: Path, person: str) -> None:
    """Take a person out of a store, with their answers.

    Tables and pages that were written before still hold them: write these anew, or delete them.
    """
    from backstride.services.cohort import remove_person

    remove_person(store, person)
    click.echo(
        f"{person} and their answers are out of {store}. Write the tables anew: backstride cohort answers {store}"
    )


def _print_written(written: "TablesWritten") -> None:
    for question, counts in written.verdicts.items():
        found = [
            f"{verdict}: {n}"
            for verdict, n in sorted(counts.items(), key=lambda item: (item[0] is None, -item[1]))
            if verdict is not None
        ]
        click.echo(
            f"The {question}, people told: {'; '.join([*found, f'no verdict: {counts.get(None, 0)}'])}."
        )
    click.echo(f"People: {written.rows}. Without an answer: {written.without_answer}.")
    for person, sentence in written.errors:
        click.echo(f"  {person}: {sentence}")
    if written.without_answer > len(written.errors):
        click.echo(f"  ... and {written.without_answer - len(written.errors)} more; see the column 'error'.")
    for path in written.files:
        click.echo(f"Written: {path}")
    if not written.parquet:
        click.echo("No answers.parquet: it needs pyarrow (pip install 'backstride[parquet]').")
