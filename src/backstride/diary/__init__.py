"""The diary: one store of check-ins, runs and measurements, in which nothing once stored is lost.

Records come in; records, and a daily series in which missing stays missing, go out.
"""
