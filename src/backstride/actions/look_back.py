"""Looking back: what the diary holds."""

from backstride.actions.places import diary_place
from backstride.core.records import Records
from backstride.diary.opening import open_diary
from backstride.errors import NotInDiary


def diary_records(*, diary: str | None = None) -> Records:
    """Everything in the diary, each run once.

    Raises:
        NotInDiary: it is still empty.
        DiaryError: it cannot be opened.
    """
    with open_diary(diary or diary_place()) as book:
        records = book.records()
        if records == Records():
            raise nothing_yet(book.name)
        return records


def nothing_yet(name: str) -> NotInDiary:
    """The error of an empty diary."""
    return NotInDiary(f"The diary {name} is still empty.", advice="Fill it first: backstride import FOLDER")
