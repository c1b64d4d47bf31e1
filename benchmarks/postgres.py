"""A private PostgreSQL server that lives as long as a measurement, set up as its package sets it up."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def database() -> Iterator[str | None]:
    """The address of an empty database; None where PostgreSQL is not installed."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        yield None
        return
    folder = tempfile.mkdtemp(prefix="load-pg-")
    data, programs = f"{folder}/data", found[-1].parent
    try:
        if os.getuid() == 0:  # PostgreSQL refuses to run as root
            owner = pwd.getpwnam("postgres")
            os.chown(folder, owner.pw_uid, owner.pw_gid)
        _run(programs / "initdb", "-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8")
        options = f"-c listen_addresses='' -c unix_socket_directories={folder}"
        _run(programs / "pg_ctl", "-D", data, "-l", f"{folder}/log", "-o", options, "-w", "start")
        yield f"postgresql://postgres@/postgres?host={folder}"
        _run(programs / "pg_ctl", "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _run(program: Path, *words: str) -> None:
    as_owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    command = [*as_owner, str(program), *words]
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, timeout=120)
