"""Looking for words in the notes of a diary."""

from dataclasses import dataclass
from datetime import date

from backstride.core.check_in import CheckIn
from backstride.diary.diary import Diary

MAX_FOUND = 50


@dataclass(frozen=True, slots=True)
class Note:
    """What somebody wrote on a day."""

    day: date
    text: str


def find_notes(diary: Diary, words: str) -> tuple[Note, ...]:
    """Find the notes that contain all these words, ignoring case, latest first; at most `MAX_FOUND`.

    Args:
        diary: whose.
        words: parted by blanks; none find every note.
    """
    wanted = words.casefold().split()
    notes = [
        Note(entry.record.local_day, entry.record.note)
        for entry in diary.entries()
        if isinstance(entry.record, CheckIn) and entry.record.note.strip()
    ]
    found = [note for note in notes if all(word in note.text.casefold() for word in wanted)]
    return tuple(sorted(found, key=lambda note: note.day, reverse=True)[:MAX_FOUND])
