"""The seam for other languages: every sentence a person reads passes through `_`."""


def _(sentence: str) -> str:
    """The sentence in the reader's language; English is the only one yet."""
    return sentence


def plural(count: int, one: str, many: str) -> str:
    """`one` or `many`, as the count asks."""
    return _(one) if count == 1 else _(many)
