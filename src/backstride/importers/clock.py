"""The one thing that reading a table asks the clock: which days can lie behind us."""

from datetime import UTC, date, datetime, timedelta


def last_possible_day() -> date:
    """Give the last day that has begun anywhere on earth."""
    return (datetime.now(UTC) + timedelta(hours=14)).date()
