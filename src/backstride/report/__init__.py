"""An answer in words and pictures.

Comes in: an `Answer`. Goes out: a page, charts, JSON and a summary for the terminal. Nothing is worked out here:
numbers are rounded and placed, never made.
"""
