"""One function for each thing a person can do; the only place where the parts meet.

Choices come in; files, records and answers go out. Only here are the clock and the environment read.
"""
