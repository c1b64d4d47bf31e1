"""Which days can lie in the past: the only use that readers of tables make of the clock."""

from datetime import UTC, date, datetime, timedelta


def last_possible_day() -> date:
    """Give the last day that has begun anywhere on earth."""
    return (datetime.now(UTC) + timedelta(hours=14)).date()
