"""Taking everything out: one archive of tables that read back exactly."""

from io import BytesIO
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZipFile

from backstride.actions.look_back import nothing_yet
from backstride.diary.diary import Diary

READ_ME = """What is in this archive

Each table is a text file that any spreadsheet opens. To read them into backstride again: give it this archive, or
the folder that you unpack it into. The columns are described in docs/diary-format.md of backstride.

check-ins.csv     one row a check-in: time, pain 0-10, mood, tightness and confidence 0-10, counts of yesterday
runs.csv          one row a run or walk and source: minutes, kilometres
measurements.csv  weight in kg, holds in seconds, reaches in cm
covered.csv       the days for which a source knows every run
"""


def archive(diary: Diary) -> bytes:
    """The whole diary as a zip archive.

    Raises:
        NotInDiary: the diary is still empty.
        DiaryError: it cannot be read.
    """
    if not diary.entries():
        raise nothing_yet(diary.name)
    packed = BytesIO()
    with TemporaryDirectory(prefix="backstride-") as folder, ZipFile(packed, "w", ZIP_DEFLATED) as archived:
        diary.export(Path(folder))
        for table in sorted(Path(folder).iterdir()):
            archived.write(table, table.name)
        archived.writestr("README.txt", READ_ME)
    return packed.getvalue()
