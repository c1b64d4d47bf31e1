"""The type of an array of numbers, for all that computes."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
