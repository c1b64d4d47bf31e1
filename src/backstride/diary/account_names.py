"""Names of accounts: which are the same, and which only look the same.

Whoever may add people could else add one whose name nobody can tell from another's. Compared are the letters as
Unicode's compatibility form has them (UTS #39 calls the form that looks decide a skeleton); of its table of letters
that look alike those of Latin, Greek and Cyrillic are here, and the digits that pass for letters.
"""

from typing import Final
from unicodedata import category, normalize

from backstride.errors import BadValue

_CYRILLIC: Final = "\u0430\u0435\u043e\u0440\u0441\u0445\u0443\u043a\u043c\u0442\u0432\u043d"
_CYRILLIC_MORE: Final = "\u0456\u0457\u0458\u0455\u0501\u051b\u051d\u04bb\u0433\u043f"
_GREEK: Final = "\u03b1\u03bf\u03bd\u03c1\u03c4\u03c5\u03b9\u03ba\u03c7\u03b5\u03b7\u03b3\u03c9"
_LOOKS_LIKE: Final = str.maketrans(
    f"{_CYRILLIC}{_CYRILLIC_MORE}{_GREEK}\u0131\u0269\u0251\u0261\u01c0|01l",
    "aeopcxykmtbhiijsdqwhrnaovptuikxenywiiagiioii",
)
_UNSEEN: Final = frozenset({"Cc", "Cf", "Cs", "Co", "Cn", "Zl", "Zp"})


def plain_name(name: str) -> str:
    """Normalise a name for comparison on signing in: "Anna", " anna" and "\uff21nna" are one."""
    return " ".join(normalize("NFKC", normalize("NFKC", name).casefold()).split())


def skeleton(name: str) -> str:
    """Normalise a name for comparison of look-alikes: "Anna" and "\u0410nna" are one."""
    return normalize("NFC", plain_name(name).translate(_LOOKS_LIKE)).replace("rn", "m")


def is_printable(name: str) -> bool:
    """Whether a name holds only what can be seen: no mark that turns or joins letters, and none that is nothing."""
    return not any(category(letter) in _UNSEEN for letter in name)


def require_printable(*names: str) -> None:
    """Refuse names that others would read and that hold letters nobody sees.

    Raises:
        BadValue: one of them does.
    """
    if not all(map(is_printable, names)):
        raise BadValue("This name holds letters that nobody sees.", advice="Type it again.")
