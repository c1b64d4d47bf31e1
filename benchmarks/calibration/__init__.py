"""Calibration: simulated people with a known truth, what backstride tells them, and what the usual ways do."""
