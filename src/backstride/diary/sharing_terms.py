"""What a link and a consent to read a report have in common: names, how long both are listed, and hashed tokens."""

from datetime import timedelta
from hashlib import sha256
from typing import Final

from backstride.diary.account_names import require_printable
from backstride.errors import BadValue

MAX_READER_LENGTH, MAX_SHOWN_NAME_LENGTH = 60, 60
LOG_LASTS: Final = timedelta(days=90)
"""For so long a link or a consent that has ended is listed with its looks."""


def names_to_keep(reader: str, shown_name: str) -> tuple[str, str]:
    """Return for whom it is and how the person is named there, without needless white space and not too long.

    Raises:
        BadValue: it names no reader, or a name holds what cannot be printed.
    """
    reader_text = " ".join(reader.split())[:MAX_READER_LENGTH]
    if not reader_text:
        raise BadValue("You named no reader.", advice="Say who it is for, in a word or two.")
    require_printable(reader_text, shown_name)
    return reader_text, " ".join(shown_name.split())[:MAX_SHOWN_NAME_LENGTH]


def token_hash(token: str) -> str:
    """Hash a random token or code for storage: it is long, so that no salt is needed."""
    return sha256(token.encode()).hexdigest()
