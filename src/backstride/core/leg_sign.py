"""When a check-in tells of a sign in a leg: pain, tingling or numbness that comes down it."""

LEG_SIGN_FROM = 4.0
"""Pain in a leg, 0-10, from which on it is a sign; our own choice."""


def leg_sign(symptoms: bool | None, pain: float | None) -> bool | None:
    """Whether there is a sign in a leg.

    Args:
        symptoms: pain, tingling or numbness down a leg; None where nobody said.
        pain: pain in a leg, 0-10; None where it was not rated.

    Returns:
        Whether it was said in words, or rated at 4 or more; None where neither was told.
    """
    if symptoms is None and pain is None:
        return None
    return bool(symptoms) or (pain is not None and pain >= LEG_SIGN_FROM)
