"""People with a known truth, made up with a seed: for tests, calibration and the first try.

A seed and a wished effect come in; records go out, with the truth behind them. Written apart from the model.
"""
