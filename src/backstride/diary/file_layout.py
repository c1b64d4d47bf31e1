"""The file of a diary, and the marker beside it: a diary that vanished is noticed, never begun anew."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock

from backstride.diary.io_errors import translate_os_errors
from backstride.diary.schema import REVISIONS
from backstride.errors import DiaryDamaged

try:
    import fcntl
except ImportError:  # Windows
    fcntl = None  # type: ignore[assignment]

_IN_THIS_PROGRAM = Lock()
_FIRST_BYTES = b"SQLite format 3\x00"


@dataclass(frozen=True, slots=True)
class DiaryFiles:
    """Where an SQLite diary lives."""

    path: Path

    @property
    def marker(self) -> Path:
        """The file that holds the diary's id."""
        return self.path.with_name(self.path.name + ".id")

    @property
    def copies(self) -> Path:
        """The folder of its backups."""
        return self.path.with_name(self.path.name + ".backups")

    @property
    def erasures(self) -> Path:
        """The folder of notes of what was erased, and is not erased from every backup yet."""
        return self.path.with_name(self.path.name + ".erasures")

    @contextmanager
    def alone(self) -> Iterator[None]:
        """Nobody else, in this program or another, makes or cleans backups meanwhile."""
        with self.path.with_name(self.path.name + ".backups-lock").open("wb") as held, _IN_THIS_PROGRAM:
            if fcntl is not None:
                fcntl.flock(held, fcntl.LOCK_EX)
            yield

    def file_identity(self) -> tuple[int, int] | None:
        """Device and number of the file, which tell it from another at the same path; None where there is none."""
        try:
            status = self.path.stat()
        except OSError:
            return None
        return status.st_dev, status.st_ino

    def backup_before(self, revision: str) -> Path:
        """Where the copy goes that is made before a migration to `revision`."""
        return self.path.with_name(f"{self.path.name}.before-{revision}")

    @property
    def before_migrations(self) -> tuple[Path, ...]:
        """The copies that were made before migrations."""
        return tuple(path for path in map(self.backup_before, REVISIONS) if path.exists())

    def prepare(self) -> None:
        """Make an empty file that only its owner may read, where there never was a diary.

        Raises:
            DiaryDamaged: there was a diary and it is gone, or the file is something else.
            DiaryFull: the file cannot be made.
        """
        with translate_os_errors(self.path):
            if self.path.is_dir():
                raise DiaryDamaged(f"{self.path} is a folder.", advice="Give the path of a file in it.")
            if self.path.exists() and self.path.stat().st_size:
                self._check_first_bytes()
            else:
                self.check_not_emptied(None)
            self.path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
            os.close(os.open(self.path, os.O_CREAT | os.O_RDWR, 0o600))
            self.path.chmod(0o600)

    def check_not_emptied(self, revision: str | None) -> None:
        """Refuse to begin anew where the marker names a diary.

        Args:
            revision: the schema found in the file, None where there is none.

        Raises:
            DiaryDamaged: there was a diary here.
        """
        if revision is None and self.marker.exists():
            raise DiaryDamaged(
                f"The diary that was at {self.path} is gone or empty.",
                advice="Put the last backup back with: backstride restore. Or, to begin a new one, delete "
                f"{self.marker}.",
            )

    def write_marker(self, diary_id: str) -> None:
        """Write the marker, or compare it with the one that is there.

        Raises:
            DiaryDamaged: the marker names another diary.
        """
        with translate_os_errors(self.marker):
            if not self.marker.exists():
                half = self.marker.with_name(self.marker.name + ".part")
                half.write_text(diary_id, encoding="ascii")
                half.chmod(0o600)
                half.replace(self.marker)
            elif self.marker.read_bytes().strip() != diary_id.encode():
                raise DiaryDamaged(
                    f"{self.path} is not the diary that was kept here before.",
                    advice=f"Put the right one back; or, if this one is meant, delete {self.marker}.",
                )

    def _check_first_bytes(self) -> None:
        with self.path.open("rb") as file:
            if file.read(len(_FIRST_BYTES)) != _FIRST_BYTES:
                raise DiaryDamaged(
                    f"{self.path} is not a diary, or is damaged.",
                    advice="It was left as it is. Put the last backup back with: backstride restore",
                )
