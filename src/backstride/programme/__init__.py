"""Sessions done and mornings after them come in; next sessions, with the rules that chose them, go out.

Days or weeks drawn by chance come from here as well, each with its exact probability.
"""
