"""Columns of an effect row: what the effect of running depends on, in one draw.

A row is 18 numbers, and then seven for each pathway: (S, HEAD + PER_PATH K).
"""

PHI, S_ETA, S_MU, S_Y = 0, 1, 2, 3
BETA_NOW, BETA_HAB = 4, 5
MU, D, C = 6, 7, 8
"""At the start: the level, felt pain's deviation from it, and the chronic load."""
TAU = 9
FLARE_SIZE, LOG_ONSET, LOG_RATIO, ENDS, IN_FLARE = 10, 11, 12, 13, 14
"""Of flares: size, log chance of one that begins, log ratio of it after a run, chance that it ends, chance of being
in one at the start."""
ACUTE = 15
"""At the start: the acute load."""
DELAY = 16
BETA_SECOND = 17
HEAD = 18

DELTA, INTERCEPT, OF_HABIT, SAME_DAY, CARRY, PATH_SD, PATH_STATE = 0, 1, 2, 3, 4, 5, 6
"""Of a pathway, from the first of its columns on: weight in pain, a, b, c, carry-over, noise sd, m at the start."""
PER_PATH = 7
