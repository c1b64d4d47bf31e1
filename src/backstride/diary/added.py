"""What became of records that were added to a diary."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Added:
    """What became of added records.

    Attributes:
        new: how many were stored.
        already_there: how many were known before, equal in all but their source.
        ids: the ids of the new ones, in the order check-ins, runs, measurements, covered spans.
        corrected: how many took the place of what the same source had said before.
    """

    new: int
    already_there: int
    ids: tuple[int, ...] = ()
    corrected: int = 0
