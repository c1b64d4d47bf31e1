"""Backends: where a file is read - in this process, or in one of its own (services bring that)."""
