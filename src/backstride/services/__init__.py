"""One function for each thing a person can do; the only place where the parts meet.

Choices come in; files, records and answers go out. Here and in `runtime` alone are the clock and environment read.
"""
