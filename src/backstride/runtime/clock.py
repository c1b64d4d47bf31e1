"""The moment at which something is done."""

from datetime import UTC, datetime


def utc_now() -> datetime:
    """Now, UTC."""
    return datetime.now(UTC)
