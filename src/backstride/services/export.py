"""Exporting: the whole diary as tables that any spreadsheet opens."""

from pathlib import Path

from backstride.core.records import Records
from backstride.diary.opening import open_diary
from backstride.runtime.paths import default_diary_location
from backstride.services.load_records import empty_diary_error


def export_diary(folder: Path, *, diary: str | None = None) -> Records:
    """Write the neutral tables into `folder`; importing them again gives the same diary.

    Returns:
        What was written, for counting.

    Raises:
        NotInDiary: the diary is still empty.
        DiaryFull: the folder cannot be written to.
        DiaryError: the diary cannot be opened.
    """
    with open_diary(diary or default_diary_location()) as book:
        records = book.records()
        if records == Records():
            raise empty_diary_error(book.name)
        book.export(folder)
        return records
