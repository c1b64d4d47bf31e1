"""backstride export."""

from pathlib import Path

import click


@click.command(
    epilog="""\b
Examples:
  backstride export my-diary
  backstride export --zip my-diary.zip    everything in one file, with every version
"""
)
@click.option("--zip", "as_zip", is_flag=True, help="Write one archive instead of a folder.")
@click.argument("folder", type=click.Path(path_type=Path))
def command(*, folder: Path, as_zip: bool) -> None:
    """Write the diary into FOLDER, as tables that any spreadsheet opens.

    Importing them again gives the same diary. With --zip FOLDER is the file of an archive, which also holds a
    bundle for a clinic's software (HL7 FHIR R4), and the diary with every version of every entry.
    """
    from backstride.cli.import_summary import counted
    from backstride.services.archive_export import write_archive
    from backstride.services.export import export_diary

    records = write_archive(folder) if as_zip else export_diary(folder)
    click.echo(f"Wrote {counted(records)} to {folder.resolve()}.")
