"""Many people's diaries: taken in side by side, answered one by one, and asked together."""
