"""backstride export."""

from pathlib import Path

import click


@click.command(
    epilog="""\b
Examples:
  backstride export my-diary
  backstride export --zip my-diary.zip      everything in one file, with every version
  backstride export --fhir my-diary.json    for a clinic's software
"""
)
@click.option("--zip", "as_zip", is_flag=True, help="Write one archive instead of a folder.")
@click.option("--fhir", "as_fhir", is_flag=True, help="Write one file for a clinic's software (HL7 FHIR R4).")
@click.option("--without-answer", is_flag=True, help="With --fhir: nothing is worked out for the two pages.")
@click.option("--zone", help="With --fhir: your time zone, as in Europe/Berlin.  [default: this machine's]")
@click.argument("folder", type=click.Path(path_type=Path))
def command(*, folder: Path, as_zip: bool, as_fhir: bool, without_answer: bool, zone: str | None) -> None:
    """Write the diary into FOLDER, as tables that any spreadsheet opens.

    Importing them again gives the same diary. With --zip FOLDER is the file of an archive, which also holds a
    bundle for a clinic's software (HL7 FHIR R4), and the diary with every version of every entry. With --fhir FOLDER
    is the file of such a bundle alone: check-ins with notes, runs, tests, safety answers and the two pages.
    """
    from backstride.cli.import_summary import counted
    from backstride.runtime.timezone import default_timezone
    from backstride.services.archive_export import write_archive
    from backstride.services.clinic_bundle import write_clinic_bundle
    from backstride.services.export import export_diary

    if as_zip and as_fhir:
        raise click.UsageError("Choose --zip or --fhir: the archive holds a FHIR bundle already.")
    if as_fhir:
        write_clinic_bundle(folder, zone=default_timezone(zone).zone, with_answer=not without_answer)
        click.echo(f"Wrote a FHIR R4 bundle to {folder.resolve()}.")
        return
    records = write_archive(folder) if as_zip else export_diary(folder)
    click.echo(f"Wrote {counted(records)} to {folder.resolve()}.")
