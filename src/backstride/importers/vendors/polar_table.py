"""The table of one session that Polar Flow gives: totals, body measures and, below them, samples."""

from zoneinfo import ZoneInfo

from backstride.importers.base import ImportResult
from backstride.importers.tables.csv_dialect import first_line, looks_like_text
from backstride.importers.tables.sheet_layout import is_polar_session
from backstride.importers.tables.tables import TABLES


class PolarTable:
    """Reads the session by its totals, and neither the weight nor the samples beside it."""

    name = "Polar Flow session"

    def knows(self, head: bytes, *, name: str) -> bool:  # noqa: ARG002 - the headings say enough
        """Whether the first line names the totals of such a session."""
        return looks_like_text(head) and is_polar_session(first_line(head))

    def read(self, content: bytes, *, name: str, zone: ZoneInfo) -> ImportResult:
        """Return the session as a run.

        Raises:
            BadInput: it is no table, or the session cannot be used.
        """
        return TABLES.read(content, name=name, zone=zone)


POLAR_TABLE = PolarTable()
