"""backstride report."""

from pathlib import Path

import click


@click.command(
    epilog="""\b
Examples:
  backstride report --out report.pdf
  backstride report --out report.html --name "A. Person" --born 1980 --notes
  backstride report --out report.pdf --language de
"""
)
@click.option(
    "--out",
    type=click.Path(path_type=Path, dir_okay=False),
    default=Path("clinician-report.pdf"),
    show_default=True,
    help="The file: .pdf, or .html for a page.",
)
@click.option("--name", default="", help="Printed on it and not kept; a blank line unless given.")
@click.option("--born", default="", metavar="YEAR", help="The year of birth, likewise.")
@click.option("--ask", default="", metavar="TEXT", help="What you would like to ask; a box unless given.")
@click.option("--notes", is_flag=True, help="Print your notes of the last four weeks, too.")
@click.option("--without-safety", is_flag=True, help="Leave your answers to the safety questions out.")
@click.option("--without-answer", is_flag=True, help="The diary's own figures alone; nothing is worked out.")
@click.option("--paper", type=click.Choice(["a4", "us-letter"]), default="a4", show_default=True)
@click.option("--language", type=click.Choice(["en", "de"]), default="en", show_default=True)
@click.option("--zone", help="Your time zone, as in Europe/Berlin.  [default: this machine's]")
def command(
    *,
    out: Path,
    name: str,
    born: str,
    ask: str,
    notes: bool,
    without_safety: bool,
    without_answer: bool,
    paper: str,
    language: str,
    zone: str | None,
) -> None:
    """Write two pages on your diary for somebody who knows backs.

    They say in figures how your back was and how much you ran, and what your records say of running. They are of the
    diary that `backstride import` or the app filled.
    """
    from backstride.runtime.timezone import default_timezone
    from backstride.services.clinician_file import patient_from_env, write_clinician_report
    from backstride.services.clinician_report import Wanted

    write_clinician_report(
        out,
        zone=default_timezone(zone).zone,
        wanted=Wanted(patient=patient_from_env(name, born, ask), all_notes=notes, safety=not without_safety),
        language=language,
        paper="us-letter" if paper == "us-letter" else "a4",
        with_answer=not without_answer,
    )
    click.echo(f"Wrote two pages to {out.resolve()}.")
