"""What became of records that were added to a diary."""

from dataclasses import dataclass

Stored = tuple[int, int]
"""An entry's id, and the number of one of its versions."""


@dataclass(frozen=True, slots=True)
class Added:
    """What became of added records.

    Attributes:
        new: how many were stored.
        already_there: how many were known before, equal in all but their source.
        ids: the ids of the new ones, in the order check-ins, runs, measurements, covered spans.
        corrected: how many took the place of what the same source had said before.
        corrections: the version of its entry that each of those is now.
        otherwise: how many of those known before are but a former version of an entry that shows something else.
    """

    new: int
    already_there: int
    ids: tuple[int, ...] = ()
    corrected: int = 0
    corrections: tuple[Stored, ...] = ()
    otherwise: int = 0
