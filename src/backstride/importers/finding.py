"""Which files there are to read: in a folder, in an archive, in archives in a folder."""

from contextlib import ExitStack
from pathlib import Path

from backstride.errors import BadInput, NotReadable
from backstride.importers.base import Skipped
from backstride.importers.entries import Entry, entry_on_disk
from backstride.importers.files import files_below, shown
from backstride.importers.zip_archive import is_zip, unzipped
from backstride.importers.zip_guard import Allowance


def entries_below(folder: Path, *, held: ExitStack) -> tuple[list[Entry], list[Skipped]]:
    """All files in a folder, in those below it and in archives there, in the order of their names.

    Args:
        folder: where to look.
        held: keeps archives open for as long as their files may be read.

    Raises:
        NotReadable: the folder cannot be listed, or is empty.
    """
    files, skipped = files_below(folder)
    if not files and not skipped:
        raise NotReadable(
            f"The folder {shown(folder)} is empty.",
            advice="Put FIT, GPX or TCX files or tables (CSV) in it, or give another folder.",
        )
    allowance = Allowance()
    entries: list[Entry] = []
    for file in files:
        one = entry_on_disk(file, name=shown(file.relative_to(folder)))
        try:
            found, left_out = entries_in(one, held=held, allowance=allowance, inside=f"{one.name}/")
        except BadInput as error:
            skipped.append(Skipped(one.name, str(error)))
            continue
        entries += found
        skipped += left_out
    return entries, skipped


def entries_in(
    entry: Entry, *, held: ExitStack, allowance: Allowance, inside: str = ""
) -> tuple[list[Entry], list[Skipped]]:
    """The files in an archive; the entry itself where it is none.

    Raises:
        BadInput: it cannot be opened at all.
    """
    if is_zip(entry.head(), name=entry.name):
        return unzipped(entry, held=held, allowance=allowance, inside=inside)
    return [entry], []
