"""A name for code: a hash of what its files hold, the same on every machine."""

from collections.abc import Iterable
from hashlib import sha256
from pathlib import Path


def source_hash(root: Path, patterns: Iterable[str]) -> str:
    """Hash the files below a folder: their names and what they hold, whatever ends their lines and where they lie.

    Args:
        root: the folder.
        patterns: of paths below it, as `Path.glob` understands them.

    Returns:
        16 hexadecimal digits.
    """
    found = {path.relative_to(root).as_posix(): path for each in patterns for path in root.glob(each)}
    digest = sha256()
    for name in sorted(found):
        content = sha256(found[name].read_bytes().replace(b"\r\n", b"\n")).hexdigest()
        digest.update(f"{name} {content}\n".encode())
    return digest.hexdigest()[:16]
