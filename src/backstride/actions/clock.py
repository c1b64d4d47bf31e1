"""The moment at which something is done."""

from datetime import UTC, datetime


def this_moment() -> datetime:
    """Now, UTC."""
    return datetime.now(UTC)
