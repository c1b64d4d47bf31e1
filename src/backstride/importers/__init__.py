"""Importers: bytes come in; runs, check-ins and measurements go out, with what was skipped and why.

No store, no clock, no network: one file per format, one small registry.
"""
