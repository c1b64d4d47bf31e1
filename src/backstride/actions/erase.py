"""Erasing: a day, or everything, for good."""

from datetime import date

from backstride.actions.places import diary_place
from backstride.diary.opening import open_diary
from backstride.errors import NotInDiary


def count_to_erase(*, day: date | None = None, diary: str | None = None) -> int:
    """How many entries `erase` would erase.

    Raises:
        DiaryError: the diary cannot be opened.
    """
    with open_diary(diary or diary_place()) as book:
        return len(book.entries(day, day))


def erase(*, day: date | None = None, diary: str | None = None) -> int:
    """Erase everything, or all that was told of one day; no byte of it stays in the diary's file.

    Args:
        day: a local day; None erases everything.
        diary: its path or URL; the person's own unless given.

    Returns:
        How many entries were erased.

    Raises:
        NotInDiary: there was nothing to erase.
        DiaryError: the diary cannot be opened or written.
    """
    with open_diary(diary or diary_place()) as book:
        found = book.entries(day, day)
        if not found:
            what = f"of {day}" if day else "at all"
            raise NotInDiary(f"The diary {book.name} holds nothing {what}.", advice="Nothing was erased.")
        if day is None:
            book.erase_everything()
        for entry in found if day is not None else ():
            book.erase(entry.id)
        return len(found)
