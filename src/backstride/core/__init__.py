"""The vocabulary: what a run, a check-in, a measurement and a diary day are.

Raw values come in; frozen records checked at birth go out. Only the standard library is used.
"""
