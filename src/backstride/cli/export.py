"""backstride export."""

from pathlib import Path

import click


@click.command(epilog="Example:  backstride export my-diary")
@click.argument("folder", type=click.Path(path_type=Path))
def command(*, folder: Path) -> None:
    """Write the diary into FOLDER, as tables that any spreadsheet opens.

    Importing them again gives the same diary.
    """
    from backstride.actions.export import export_diary
    from backstride.cli.told import counted

    records = export_diary(folder)
    click.echo(f"Wrote {counted(records)} to {folder.resolve()}.")
