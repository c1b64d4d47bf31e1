"""The safety questions: answers (yes, no, not answered) come in, a `Clearance` goes out.

The questions are data, the same for everyone; each has its level, its path and its source.
"""
