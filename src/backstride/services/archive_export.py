"""Taking everything out: one archive with tables for people, a bundle for clinics, and the diary as it is."""

import csv
import json
from datetime import datetime
from io import BytesIO, StringIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from backstride.core.records import Records
from backstride.diary.data_dictionary import dictionary
from backstride.diary.diary import Diary
from backstride.diary.fhir import as_test_data, bundle
from backstride.diary.opening import open_diary
from backstride.diary.private_file import write_private
from backstride.diary.serialization import serialize
from backstride.diary.tables import FORMULA
from backstride.runtime.clock import utc_now
from backstride.runtime.paths import default_diary_location
from backstride.runtime.scratch import scratch_folder
from backstride.services.load_records import empty_diary_error

WHOLE = "diary.json"
BUNDLE = "fhir-r4.json"
DICTIONARY = "data-dictionary.txt"
FORMER = "former-versions.csv"
FORMER_COLUMNS = ("entry", "version", "kind", "day", "saved_at", "said")
OF_EXAMPLE = (
    "Example data of backstride. Nothing here is from a real person: do not import it into a diary.\n\n"
)
READ_ME = """What is in this archive

Give this archive to backstride (backstride import FILE, or the page Diary) and the diary is as it was, with every
version of every entry. The files of your watch are not in it: backstride keeps what it read in them, not the files.

check-ins.csv        one row a check-in: time, pain, mood, tightness and confidence, counts of yesterday
runs.csv             one row a run or walk and source: minutes, kilometres
measurements.csv     weight in kg, holds in seconds, reaches in cm
covered.csv          the days for which a source knows every run
pain-before.csv      how the back was before a run, one row a rating
roland-morris.csv    the Roland-Morris questionnaire, one row each time
draws.csv, plan.csv  what chance drew, and the steps of the plan
data-dictionary.txt  every column of these tables, with its unit
fhir-r4.json         check-ins, runs and measurements as HL7 FHIR R4 observations, for a clinic's software
former-versions.csv  what entries said before they were changed, with the day and time of each version
diary.json           the whole diary: all versions, what you chose, answers to the safety questions
"""


def archive(diary: Diary, *, now: datetime | None = None, is_made_up: bool = False) -> bytes:
    """Export the whole diary as a zip archive; one that is made up says so.

    Raises:
        NotInDiary: the diary is still empty.
        DiaryError: it cannot be read.
    """
    if not diary.entries():
        raise empty_diary_error(diary.name)
    moment = now or utc_now()
    packed = BytesIO()
    with scratch_folder() as folder, ZipFile(packed, "w", ZIP_DEFLATED) as archived:
        diary.export(folder)
        for table in sorted(folder.iterdir()):
            archived.write(table, table.name)
        for name, text in _texts(diary, moment, is_made_up=is_made_up).items():
            archived.writestr(_named(name, moment), text)
    return packed.getvalue()


def write_archive(path: Path, *, diary: str | None = None) -> Records:
    """Write the archive to `path`, which only its owner may read; a file that is there is replaced as a whole.

    Returns:
        What was written, for counting.

    Raises:
        NotInDiary: the diary is still empty.
        DiaryFull: the file cannot be written.
        DiaryError: the diary cannot be opened.
    """
    with open_diary(diary or default_diary_location()) as book:
        packed, records = archive(book), book.records()
    write_private(path, packed)
    return records


def _texts(diary: Diary, moment: datetime, *, is_made_up: bool) -> dict[str, str]:
    columns = StringIO()
    csv.writer(columns, delimiter="\t").writerows(dictionary())
    former = _former_versions(diary)
    made = bundle(diary.records(), now=moment)
    made = as_test_data(made) if is_made_up else made
    return {
        **({FORMER: former} if former else {}),
        BUNDLE: json.dumps(made, indent=1, allow_nan=False),
        WHOLE: diary.whole(),
        DICTIONARY: columns.getvalue(),
        "README.txt": (OF_EXAMPLE if is_made_up else "") + READ_ME,
    }


def _former_versions(diary: Diary) -> str:
    """Every version that was changed since, one a row; empty where nothing was ever changed."""
    rows = [
        (
            version.id,
            version.version,
            serialized.kind,
            serialized.first_day.isoformat(),
            version.stored_at.isoformat(),
            FORMULA.sub(r"\1'", serialized.text),
        )
        for entry in diary.entries()
        if entry.version > 1
        for version in diary.history(entry.id)
        if not version.is_current
        for serialized in (serialize(version.record),)
    ]
    if not rows:
        return ""
    table = StringIO()
    csv.writer(table).writerows([FORMER_COLUMNS, *rows])
    return table.getvalue()


def _named(name: str, moment: datetime) -> ZipInfo:
    info = ZipInfo(name, moment.timetuple()[:6])
    info.compress_type = ZIP_DEFLATED
    return info
