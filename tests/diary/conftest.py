"""An empty diary on SQLite and on PostgreSQL; the same tests hold both."""

import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

import psycopg
import pytest

from backstride.diary.opening import open_diary

_NUMBERS = count(1)


@pytest.fixture(scope="session")
def postgresql_socket() -> Iterator[str]:
    """The socket folder of a private PostgreSQL server that lives as long as the tests."""
    found = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))
    if not found:
        why = "no PostgreSQL in /usr/lib/postgresql"
        if os.environ.get("CI") == "true" and os.environ.get("BACKSTRIDE_REQUIRE_POSTGRESQL"):
            pytest.fail(why)
        pytest.skip(why)
    folder = tempfile.mkdtemp(prefix="diary-pg-", dir="/tmp")
    as_owner = []
    if os.getuid() == 0:  # PostgreSQL refuses to run as root
        owner = pwd.getpwnam("postgres")
        os.chown(folder, owner.pw_uid, owner.pw_gid)
        as_owner = ["runuser", "-u", "postgres", "--"]

    def server(*command: str) -> None:
        subprocess.run([*as_owner, *command], check=True, cwd="/", stdout=subprocess.DEVNULL, timeout=120)

    data, programs = f"{folder}/data", found[-1].parent
    try:
        server(
            str(programs / "initdb"), "-D", data, "-U", "postgres", "-A", "trust", "--no-sync", "-E", "UTF8"
        )
        options = f"-c listen_addresses='' -c unix_socket_directories={folder} -c fsync=off"
        server(str(programs / "pg_ctl"), "-D", data, "-l", f"{folder}/log", "-o", options, "-w", "start")
        yield folder
        server(str(programs / "pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture
def postgresql_url(postgresql_socket) -> str:
    """The address of an empty database."""
    name = f"diary{next(_NUMBERS)}"
    with psycopg.connect(host=postgresql_socket, user="postgres", autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}")
    return f"postgresql://postgres@/{name}?host={postgresql_socket}"


@pytest.fixture
def path(tmp_path) -> Path:
    """Where a diary on SQLite may be kept."""
    return tmp_path / "own" / "diary.sqlite"


@pytest.fixture(params=["sqlite", "postgresql"])
def where(request) -> str:
    """A place for a diary: a file, or a database on a server."""
    if request.param == "sqlite":
        return str(request.getfixturevalue("path"))
    return request.getfixturevalue("postgresql_url")


@pytest.fixture
def diary(where):
    """An empty diary."""
    with open_diary(where) as opened:
        yield opened
