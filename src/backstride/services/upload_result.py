"""What became of files that somebody imported: what was read, what was new, and whether it was deleted again."""

from dataclasses import dataclass

from backstride.diary.added import Added
from backstride.importers.base import Skipped


@dataclass(frozen=True, slots=True)
class Read:
    """What was read, in numbers and sentences; the records themselves are in the diary.

    Attributes:
        check_ins, runs, measurements: how many; every session is one of `runs`.
        skipped: what was left out, and why.
        notes: what was assumed on the way.
        unknown_words: what the files call sessions, where nobody here knows the word.
        others: how many entries of other kinds, such as ratings before a run; days that files cover are in `notes`.
        walks, other_sports: how many of `runs` are walks, and how many are neither runs nor walks.
        unsorted: how many of `runs` come with a whole diary, of which nobody counts the kinds.
    """

    check_ins: int = 0
    runs: int = 0
    measurements: int = 0
    skipped: tuple[Skipped, ...] = ()
    notes: tuple[str, ...] = ()
    unknown_words: tuple[str, ...] = ()
    others: int = 0
    walks: int = 0
    other_sports: int = 0
    unsorted: int = 0

    @property
    def count(self) -> int:
        """How many records there were."""
        return self.check_ins + self.runs + self.measurements


@dataclass(frozen=True, slots=True)
class Upload:
    """What became of what somebody brought.

    Attributes:
        read: what was read, skipped and assumed; None while it is being read, or where nothing could be.
        added: what of it was new.
        problem: why nothing could be used; empty where something could.
        files_done, files: how many files are read so far, and of how many; zero before the first is.
        removed: how many of its new entries were deleted again at the person's wish; None where it was not undone.
        restored: how many of the entries that it changed show again what they said before.
    """

    read: Read | None = None
    added: Added | None = None
    problem: str = ""
    files_done: int = 0
    files: int = 0
    removed: int | None = None
    restored: int = 0

    @property
    def is_done(self) -> bool:
        """Whether there is something to tell."""
        return self.read is not None or bool(self.problem)

    @property
    def can_be_removed(self) -> bool:
        """Whether each of its new entries is known, and it was not undone; those of a whole diary are not known."""
        if self.removed is not None or self.added is None:
            return False
        return self.added.new == len(self.added.ids) and bool(self.added.ids or self.added.corrections)
