"""A small text file that somebody was given, read whole."""

from pathlib import Path

from backstride.errors import NotReadable


def read_small_file(path: Path, *, shown: str, most_bytes: int, kind: str, advice: str) -> str:
    """Return its text.

    Args:
        path: where it lies.
        shown: what it is called in a refusal.
        most_bytes: a longer one is not opened.
        kind: what it would be, as in "a contribution".
        advice: what to give instead.

    Raises:
        NotReadable: it cannot be opened, or is too long.
    """
    try:
        if path.stat().st_size > most_bytes:
            raise NotReadable(f"{shown} is too long to be {kind}.", advice=advice)
        return path.read_text(encoding="utf-8-sig")
    except (OSError, UnicodeDecodeError) as error:
        raise NotReadable(f"{shown} cannot be read ({error}).", advice=advice) from error
