"""Signing in and out: passphrases, sessions, and patience with those who guess."""

import os
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from secrets import token_urlsafe
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from backstride.diary.account_names import plain_name
from backstride.diary.calendar import calendar_ended
from backstride.diary.consents import consents_ended
from backstride.diary.people import Person, person_named, set_passphrase
from backstride.diary.sessions import open_session, sessions_ended
from backstride.diary.shares import shares_ended
from backstride.diary.store import Store
from backstride.diary.tokens import keep_token, tokens_ended
from backstride.errors import BadValue, NotLetIn, NotReadable
from backstride.runtime.clock import utc_now
from backstride.services.rate_limit import is_device_of, network_key

# OWASP Password Storage Cheat Sheet: 19 MiB, two passes, one lane. Two at a time, or signing in eats the memory.
_HASHER = PasswordHasher(time_cost=2, memory_cost=19 * 1024, parallelism=1)
PASSPHRASES_AT_ONCE = 2
_AT_ONCE = BoundedSemaphore(PASSPHRASES_AT_ONCE)
PASSPHRASE_VARIABLE = "BACKSTRIDE_PASSPHRASE"  # noqa: S105 - a name, not a passphrase
MIN_LETTERS, MAX_LETTERS = 8, 256
_NOBODY = _HASHER.hash("nobody has this passphrase")
_COMMON = frozenset(
    (
        "password",
        "passwort",
        "12345678",
        "123456789",
        "1234567890",
        "qwertyui",
        "qwerty123",
        "iloveyou",
        "backstride",
    )
)


def sign_in(store: Store, name: str, passphrase: str, *, label: str, now: datetime | None = None) -> str:
    """Check name and passphrase and return the token of a new session, to be sent with each request.

    Raises:
        NotLetIn: no such name and passphrase; which of them is wrong is not said.
    """
    person = person_named(store, name)
    right = _matches(person.passphrase if person and person.passphrase else _NOBODY, passphrase)
    if person is None or not person.passphrase or not right:
        raise NotLetIn("The name and the passphrase do not belong together.", advice="Type both again.")
    return begin_session(store, person, label=label, now=now)


def rate_limit_keys(store: Store, name: str, *, address: str, device: str) -> tuple[str, str]:
    """Return by what a try to sign in is counted: by its address first, then by the person whose passphrase is tried.

    A device on which the person has signed in before is counted by itself: nobody else can shut them out there.

    Returns:
        The key of the address or of a known device, and that of the person.
    """
    person = person_named(store, name)
    if person is None:
        return f"address {network_key(address)}", f"name {plain_name(name)}"
    if is_device_of(person, device):
        return f"device {device}", f"device {device} of {person.id}"
    return f"address {network_key(address)}", f"person {person.id}"


def begin_session(store: Store, person: Person, *, label: str, now: datetime | None = None) -> str:
    """Open a session for a known person and return its token: 256 random bits, stored hashed."""
    token = token_urlsafe(32)
    open_session(store, person.id, token, label=label, now=now or utc_now())
    return token


def create_api_token(store: Store, person: Person, *, label: str, may_write: bool, now: datetime) -> str:
    """Create a token for a program that acts for this person: 256 random bits, stored hashed.

    Raises:
        BadValue: it has no name, or there are too many.
    """
    token = f"bs_{token_urlsafe(32)}"
    keep_token(store, person.id, token, label=label, may_write=may_write, now=now)
    return token


def verify_passphrase(person: Person, passphrase: str) -> None:
    """Make sure that it is the person who asks for something that cannot be taken back.

    Raises:
        NotLetIn: the passphrase is another one.
    """
    if person.passphrase and not _matches(person.passphrase, passphrase):
        raise NotLetIn("That is not your passphrase.", advice="Type it again.")


def choose_passphrase(store: Store, person: Person, passphrase: str, *, but: int | None = None) -> None:
    """Give a person a new passphrase, and end what opened their diary, all of it or nothing.

    Other sessions, tokens, links, consents of readers, and the address of the calendar.

    Raises:
        BadValue: it is too short, too long, or one of those that everybody tries first.
    """
    now = utc_now()
    set_passphrase(
        store,
        person.id,
        hash_passphrase(passphrase),
        sessions_ended(person.id, but=but),
        tokens_ended(person.id),
        shares_ended(person.id, now=now),
        consents_ended(person.id, now=now),
        *calendar_ended(store, person.id, now=now),
    )


def first_passphrase(file: Path | None) -> str:
    """Read the passphrase for a start without a terminal: a file's first line, else BACKSTRIDE_PASSPHRASE.

    Raises:
        NotReadable: the file cannot be read.
    """
    if file is None:
        return os.environ.get(PASSPHRASE_VARIABLE, "")
    try:
        return file.read_text(encoding="utf-8-sig").partition("\n")[0].rstrip("\r")
    except (OSError, UnicodeDecodeError) as error:
        raise NotReadable(
            f"{file} cannot be read.", advice="Give a text file that holds the passphrase."
        ) from error


def hash_passphrase(passphrase: str) -> str:
    """Hash a passphrase for storage.

    Raises:
        BadValue: it is too short, too long, or one of those that everybody tries first.
    """
    passphrase = _normalised(passphrase)
    if len(passphrase) > MAX_LETTERS:
        raise BadValue(
            f"A passphrase has {MAX_LETTERS} letters or fewer.",
            advice="Take three or four words that you like.",
        )
    if len(passphrase) < MIN_LETTERS:
        raise BadValue(
            f"A passphrase has {MIN_LETTERS} letters or more.",
            advice="Take three or four words that you like.",
        )
    if passphrase.lower() in _COMMON or len(set(passphrase)) < 4:
        raise BadValue(
            "This passphrase is one that everybody tries first.", advice="Take three or four words."
        )
    with _turn():
        return _HASHER.hash(passphrase)


def csrf_token_for(token: str, *, of_example: bool = False) -> str:
    """Derive the CSRF token of a session's forms, which other sites cannot know; it differs by the diary shown."""
    return sha256(f"{'example form' if of_example else 'form'} {token}".encode()).hexdigest()[:32]


def _matches(stored_hash: str, passphrase: str) -> bool:
    # as it is kept now, then as it was typed, for one that was kept before it was normalised
    tried = dict.fromkeys(each[: MAX_LETTERS + 1] for each in (_normalised(passphrase), passphrase))
    return any(_is_verified(stored_hash, each) for each in tried)


def _is_verified(stored_hash: str, passphrase: str) -> bool:
    try:
        with _turn():
            return _HASHER.verify(stored_hash, passphrase)
    except (VerificationError, InvalidHashError):
        return False


def _normalised(passphrase: str) -> str:
    """Normalise a passphrase to Unicode NFC (NIST SP 800-63B), without the end of a line.

    Keyboards differ in how they write an accented letter, and a pasted line brings its end along. Blanks stay: they
    are part of what somebody chose.
    """
    return unicodedata.normalize("NFC", passphrase.strip("\r\n"))


@contextmanager
def _turn() -> Iterator[None]:
    with _AT_ONCE:
        yield
