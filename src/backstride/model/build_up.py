"""How a habit of running builds up, day by day.

    A[t] = A[t-1] + (x[t] - A[t-1]) / tau,        C[t] = C[t-1] + (A[t] - C[t-1]) / delay

The kernels write the same two lines on their own rows: inside a loop over draws a call would cost an array.
"""

from backstride.model.arrays import Floats


def step_load(
    acute: Floats, load: Floats, dose: Floats | float, tau: Floats, delay: Floats
) -> tuple[Floats, Floats]:
    """Move the load of many draws one day on.

    Args:
        acute, load: (J,) A and C of the day before.
        dose: running of that day, one number or one for each draw.
        tau, delay: (J,) days of the two stages.

    Returns:
        acute, load: (J,) A and C after the day.
    """
    acute = acute + (dose - acute) / tau
    return acute, load + (acute - load) / delay
