"""The model: arrays come in; posterior draws with their seed and diagnostics go out.

It knows no person and no date. One scalar source in plain loops, compiled by numba.
"""
