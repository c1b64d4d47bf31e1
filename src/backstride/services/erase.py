"""Erasing: a day, or everything, for good."""

from datetime import date

from backstride.diary.opening import open_diary, open_store
from backstride.diary.schema import OWNER, SAFETY
from backstride.diary.settings import erase_settings, setting_history
from backstride.errors import NotInDiary
from backstride.runtime.paths import default_diary_location
from backstride.screening.record import screening_record_from_text


def count_to_erase(*, day: date | None = None, diary: str | None = None) -> int:
    """Return how many entries and safety answers `erase` would erase.

    Raises:
        DiaryError: the diary cannot be opened.
    """
    where = diary or default_diary_location()
    with open_diary(where) as book:
        entries = len(book.entries(day, day))
    return entries + len(_safety_answers(where, day))


def erase(*, day: date | None = None, diary: str | None = None) -> int:
    """Erase everything, or all that is recorded of one day; no byte of it stays in the diary's file.

    Args:
        day: a local day; None erases everything.
        diary: its path or URL; the person's own unless given.

    Returns:
        How many entries and safety answers were erased.

    Raises:
        NotInDiary: there was nothing to erase.
        DiaryError: the diary cannot be opened or written.
    """
    where = diary or default_diary_location()
    safety = _safety_answers(where, day)
    if safety:
        with open_store(where) as store:
            erase_settings(store, OWNER, SAFETY, safety)
    with open_diary(where) as book:
        found = book.entries(day, day)
        if not found and not safety:
            what = f"of {day}" if day else "at all"
            raise NotInDiary(f"The diary {book.name} holds nothing {what}.", advice="Nothing was erased.")
        if day is None:
            book.erase_everything()
        for entry in found if day is not None else ():
            book.erase(entry.id)
        return len(found) + len(safety)


def _safety_answers(where: str, day: date | None) -> tuple[str, ...]:
    """Return the stored safety answers of a day, or all of them."""
    with open_store(where) as store:
        screenings = [choice.value for choice in setting_history(store, OWNER) if choice.name == SAFETY]
    return tuple(text for text in screenings if day is None or screening_record_from_text(text).day == day)
