"""The whole error family. Every message says what was wrong and ends with what to do next.

BackstrideError
├── BadInput                 something a person gave us cannot be used as it is
│   ├── NotReadable          the file or folder cannot be opened at all
│   ├── UnknownFormat        no reader knows this content
│   ├── BrokenFile           a known format, damaged beyond use
│   ├── BadTable             a table lacks a needed column, or holds no usable row
│   ├── BadValue             one value is impossible (a rating of 11, a day in the future)
│   │   └── UnknownAnswer    a word that the question does not offer
│   ├── WrongClock           two clocks give a check-in two different days
│   ├── NotNow               there is no room for it at this moment, or it came too slowly
│   ├── OtherDiary           the page was made for another diary than the one that is shown now
│   └── NotLetIn             the name, passphrase or page is not this person's, or too many were tried
│       └── NotSignedIn      nobody is signed in on this device
├── DiaryError               the store
│   ├── DiaryDamaged         the diary's file is not a diary, or is damaged
│   ├── DiaryTooNew          written by a newer version of backstride
│   ├── DiaryFull            the disk is full or read-only; nothing was stored
│   ├── StillHeld            it is erased, but a backup or another program still holds what was written before
│   └── NotInDiary           the entry to amend or erase does not exist
│       └── ErasedSince      what a form showed was erased while it was open
├── WorkLost                 the process that worked was lost, or had no more time; the work is tried again
├── WorkFailed               the program met an error of its own; tried again, it would meet the same
└── NoAnswer                 the records cannot be asked this question yet
    ├── TooFewRecords        too few check-ins or runs
    └── SamplerFailed        the engine met numbers it cannot work with
"""

import functools
from typing import Self


class BackstrideError(Exception):
    """Base of every error that backstride raises on purpose.

    Args:
        problem: what was wrong, one plain sentence.
        advice: what to do next, one plain sentence.
    """

    def __init__(self, problem: str, *, advice: str) -> None:
        self.problem, self.advice = _printable(problem), _printable(advice)
        super().__init__(f"{self.problem} {self.advice}")

    def __reduce__(self) -> tuple[functools.partial["BackstrideError"], tuple[str], dict[str, bool] | None]:
        """Errors of a file come out of the process that read it."""
        of_runs = {"may_hold_runs": True} if getattr(self, "may_hold_runs", False) else None
        return functools.partial(type(self), advice=self.advice), (self.problem,), of_runs


def _printable(sentence: str) -> str:
    """Replace unprintable characters, so that text quoted from a file cannot send terminal codes."""
    return "".join(letter if letter.isprintable() else "\N{REPLACEMENT CHARACTER}" for letter in sentence)


class BadInput(BackstrideError):
    """Something a person gave us cannot be used as it is.

    Attributes:
        may_hold_runs: whether it is a file that may hold runs, so that its days are open.
    """

    may_hold_runs = False

    def of_runs(self) -> Self:
        """Return this error of a file that may hold runs."""
        self.may_hold_runs = True
        return self


class NotReadable(BadInput):
    """The file or folder cannot be opened at all."""


class UnknownFormat(BadInput):
    """No reader knows this content."""


class BrokenFile(BadInput):
    """A known format, damaged beyond use."""


class BadTable(BadInput):
    """A table lacks a needed column, or holds no usable row."""


class BadValue(BadInput):
    """One value is impossible.

    Args:
        problem: what was wrong, one plain sentence.
        advice: what to do next, one plain sentence.
        field: the field of a form that holds it, so that a page can point at it; "" where there is none.
    """

    def __init__(self, problem: str, *, advice: str, field: str = "") -> None:
        super().__init__(problem, advice=advice)
        self.field = field


class UnknownAnswer(BadValue):
    """An answer is a word that the question does not offer."""


class WrongClock(BadInput):
    """A phone's clock and ours give a check-in two different days, or ours is behind what the diary holds."""


class NotNow(BadInput):
    """There is no room for it at this moment, or it came too slowly; nothing was taken."""


class OtherDiary(BadInput):
    """The page was made for another diary than the one that is shown now: one's own, or the example."""


class NotLetIn(BadInput):
    """The name, passphrase or page is not this person's, or too many were tried."""


class NotSignedIn(NotLetIn):
    """Nobody is signed in on this device."""


class DiaryError(BackstrideError):
    """The store could not do what was asked; what was stored before is untouched."""


class DiaryDamaged(DiaryError):
    """The diary's file is not a diary, or is damaged."""


class DiaryTooNew(DiaryError):
    """The diary was written by a newer version of backstride."""


class DiaryFull(DiaryError):
    """The disk is full or read-only; nothing was stored."""


class StillHeld(DiaryError):
    """It is erased from the diary, but a backup or another program still holds what was written before."""


class NotInDiary(DiaryError):
    """The entry to amend or erase does not exist."""


class ErasedSince(NotInDiary):
    """What a form showed was erased while it was open; nothing was stored."""


class WorkLost(BackstrideError):
    """The process that worked was lost, or had no more time; nothing is known of what it worked on."""


class WorkFailed(BackstrideError):
    """The program met an error of its own in work that went on apart; tried again, it would meet the same."""


class NoAnswer(BackstrideError):
    """The records cannot be asked this question yet."""


class TooFewRecords(NoAnswer):
    """Too few check-ins or runs for any answer."""


class SamplerFailed(NoAnswer):
    """The engine met numbers it cannot work with."""
