"""A private PostgreSQL server that lives as long as a measurement, set up as its package sets it up."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path


@contextmanager
def cluster(folder: Path) -> Iterator[Callable[[str], str] | None]:
    """Return a server whose data are kept in `folder`: a function that gives the address of a database of it.

    None where PostgreSQL is not installed.
    """
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        yield None
        return
    programs, data = found[-1].parent, folder / "data"
    folder.mkdir(parents=True, exist_ok=True)
    socket = tempfile.mkdtemp(prefix="load-pg-")
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        owner = pwd.getpwnam("postgres")
        for place in (folder, socket):
            os.chown(place, owner.pw_uid, owner.pw_gid)
    try:
        if not data.exists():
            _run(programs / "initdb", "-D", str(data), "-U", "postgres", "-A", "trust", "-E", "UTF8")
        options = f"-c listen_addresses='' -c unix_socket_directories={socket}"
        _run(programs / "pg_ctl", "-D", str(data), "-l", f"{folder}/log", "-o", options, "-w", "start")
        try:
            yield lambda name: f"postgresql://postgres@/{name}?host={socket}"
        finally:
            _run(programs / "pg_ctl", "-D", str(data), "-m", "fast", "-w", "stop")
    finally:
        shutil.rmtree(socket, ignore_errors=True)


def work_of(folder: Path) -> float:
    """CPU seconds of the server whose data are in `folder`, with all its connections; none where there is none."""
    try:
        server = (folder / "data" / "postmaster.pid").read_text().split()[0]
    except OSError:
        return 0.0
    return sum(_work(process, server) for process in Path("/proc").glob("[0-9]*"))


def _work(process: Path, server: str) -> float:
    try:
        fields = (process / "stat").read_text().rpartition(")")[2].split()
    except OSError:  # it has ended
        return 0.0
    ticks = sum(map(int, fields[11:15])) if server in (process.name, fields[1]) else 0
    return ticks / os.sysconf("SC_CLK_TCK")


def _run(program: Path, *words: str) -> None:
    as_owner = ["runuser", "-u", "postgres", "--"] if os.getuid() == 0 else []
    command = [*as_owner, str(program), *words]
    subprocess.run(command, check=True, cwd="/", stdout=subprocess.DEVNULL, timeout=120)
