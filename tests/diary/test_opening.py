"""A diary is opened as it was left, or not at all."""

import os
import shutil
import sqlite3
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.scales import PainRating
from backstride.diary import file_layout, opening, schema, upgrade
from backstride.diary.database import connect, location
from backstride.diary.opening import open_diary
from backstride.errors import DiaryDamaged, DiaryError, DiaryFull, DiaryTooNew

NOW = datetime(2026, 5, 1, 7, tzinfo=UTC)
TOLD = Records((CheckIn(moment=NOW, note="stiff", source="app"),))
LAST, NEXT = schema.REVISIONS[-1], "9999"


@pytest.fixture
def kept(path) -> Path:
    """A diary with one check-in, closed."""
    with open_diary(path) as diary:
        diary.add(TOLD, source="app", now=NOW)
    return path


def bytes_of(path: Path) -> bytes:
    """Read a file that must be left as it is."""
    return path.read_bytes()


def test_only_the_owner_can_read_a_diary(kept):
    """Folder, file and marker are the owner's alone, whatever the umask."""
    with open_diary(kept):
        modes = {p.name: p.stat().st_mode & 0o777 for p in kept.parent.iterdir()}
    assert set(modes.values()) == {0o600}
    assert len(modes) == 4
    assert kept.parent.stat().st_mode & 0o777 == 0o700


def test_file_that_others_could_read_is_closed_to_them(kept):
    """A diary copied back with loose rights is tightened."""
    kept.chmod(0o644)
    open_diary(kept).close()
    assert kept.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("content", [b"time,pain\n2026-05-01,3\n", os.urandom(5000), b"\x00" * 4096])
def test_file_that_is_no_diary_is_refused_and_left_alone(path, content):
    """A table, noise and zeros are no diary, and none is begun in their file_layout."""
    path.parent.mkdir()
    path.write_bytes(content)
    with pytest.raises(DiaryDamaged, match="not a diary, or is damaged"):
        open_diary(path)
    assert bytes_of(path) == content


def test_foreign_database_is_refused_and_left_alone(path):
    """Another program's database gets no tables of ours."""
    path.parent.mkdir()
    with closing(sqlite3.connect(path)) as other:
        other.execute("CREATE TABLE songs (name)")
    with pytest.raises(DiaryDamaged, match="no diary"):
        open_diary(path)
    with closing(sqlite3.connect(path)) as other:
        assert other.execute("SELECT name FROM sqlite_master").fetchall() == [("songs",)]


@pytest.mark.parametrize("loss", [Path.unlink, lambda p: p.write_bytes(b"")])
def test_lost_or_emptied_diary_is_noticed(kept, loss):
    """No empty diary is begun in the place of one that vanished."""
    loss(kept)
    with pytest.raises(DiaryDamaged, match="gone or empty"):
        open_diary(kept)


def test_diary_without_its_tables_is_noticed(kept):
    """A database emptied by another program is not a new diary."""
    kept.unlink()
    with closing(sqlite3.connect(kept)) as other:
        other.execute("PRAGMA user_version = 1")
    with pytest.raises(DiaryDamaged, match="gone or empty"):
        open_diary(kept)


def test_wrong_diary_is_noticed(kept, tmp_path):
    """Another person's diary put in this place is not taken for this one."""
    open_diary(tmp_path / "other.sqlite").close()
    shutil.copy(tmp_path / "other.sqlite", kept)
    with pytest.raises(DiaryDamaged, match="not the diary that was kept here"):
        open_diary(kept)


def test_diary_without_marker_gets_one(kept):
    """A diary moved without its marker opens, and is marked again."""
    marker = file_layout.DiaryFiles(kept).marker
    was = marker.read_text()
    marker.unlink()
    with open_diary(kept) as diary:
        assert (diary.records(), marker.read_text()) == (TOLD, was)


def test_damaged_pages_are_noticed(kept):
    """Noise in the middle of the file is found at the door, and the file is kept."""
    content = bytearray(bytes_of(kept))
    content[4096 : 4096 * 4] = os.urandom(4096 * 3)
    kept.write_bytes(content)
    with pytest.raises(DiaryDamaged):
        open_diary(kept)
    assert bytes_of(kept) == content


def test_unreadable_entry_is_damage(kept):
    """An entry that is no JSON is told, not skipped."""
    with closing(sqlite3.connect(kept)) as other, other:
        other.execute("""UPDATE diary_version SET content = '{"mood": 99}'""")
    with open_diary(kept) as diary, pytest.raises(DiaryDamaged, match="cannot be read"):
        diary.records()


def test_diary_of_a_newer_version_is_left_alone(where):
    """An unknown revision means that a newer backstride wrote it."""
    open_diary(where).close()
    engine = connect(location(where))
    with engine.begin() as connection:
        connection.exec_driver_sql("UPDATE diary_schema SET version_num = '9999'")
    engine.dispose()
    with pytest.raises(DiaryTooNew, match="newer version"):
        open_diary(where)


def test_folder_is_no_diary(tmp_path):
    """The path of a file is needed."""
    with pytest.raises(DiaryDamaged, match="is a folder"):
        open_diary(tmp_path)


def test_place_that_cannot_hold_a_file_is_said_so(tmp_path):
    """A file where a folder should be leaves no place for a diary."""
    (tmp_path / "file").write_text("")
    with pytest.raises(DiaryFull, match="cannot be written to"):
        open_diary(tmp_path / "file" / "diary.sqlite")


@pytest.mark.parametrize("address", ["mysql://host/diary", "https://example.org", "sqlite://", "://"])
def test_unknown_address_is_refused(address):
    """Only SQLite and PostgreSQL are spoken."""
    with pytest.raises(DiaryError, match="Give the path of a file"):
        open_diary(address)


def test_server_that_is_away_is_said_so_without_the_password(tmp_path):
    """The message names the address and hides the password."""
    with pytest.raises(DiaryError, match="could not be used") as raised:
        open_diary(f"postgresql://me:hunter2@/diary?host={tmp_path}")
    assert "hunter2" not in str(raised.value)


def test_sqlite_address_is_a_path(path):
    """`sqlite:///` is understood."""
    open_diary(f"sqlite:///{path}").close()
    assert path.exists()


def test_migrations_lead_to_the_schema(where):
    """What the migrations make is what the tables in code say, on both databases."""
    open_diary(where).close()
    engine = connect(location(where))
    with engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"version_table": schema.REVISION_TABLE})
        differences = compare_metadata(context, schema.metadata)
        if engine.dialect.name == "sqlite":  # what happens on delete is not read from a column added later
            cascades = connection.exec_driver_sql("PRAGMA foreign_key_list(diary_entry)").one()
            assert (cascades.table, cascades.on_delete) == ("person", "CASCADE")
            differences = [d for d in differences if d[0] not in ("remove_fk", "add_fk")]
        assert differences == []
    engine.dispose()


def test_every_migration_is_listed():
    """The list of revisions is the history, oldest first."""
    folder = str(upgrade.MIGRATIONS)
    history = ScriptDirectory(folder, version_locations=[folder]).walk_revisions()
    assert tuple(reversed([script.revision for script in history])) == schema.REVISIONS


@pytest.fixture
def next_release(tmp_path, monkeypatch):
    """A release of the future with one more migration; call it with the SQL of that migration."""

    def release(*commands: str) -> None:
        folder = tmp_path / "migrations"
        shutil.copytree(upgrade.MIGRATIONS, folder)
        steps = "\n".join(f"    op.execute({command!r})" for command in commands)
        (folder / "v_next.py").write_text(
            f"from alembic import op\nrevision = {NEXT!r}\ndown_revision = {LAST!r}\n"
            f"def upgrade():\n{steps}\n"
        )
        monkeypatch.setattr(upgrade, "MIGRATIONS", folder)
        for module in (upgrade, opening, file_layout):
            monkeypatch.setattr(module, "REVISIONS", (*schema.REVISIONS, NEXT))

    return release


def test_old_diary_is_upgraded_and_a_copy_kept(kept, next_release):
    """The copy is a whole diary at the old schema, and the owner's alone."""
    next_release("CREATE TABLE more (x INTEGER)")
    with open_diary(kept) as diary:
        assert diary.records() == TOLD
    copy = kept.with_name(f"diary.sqlite.before-{NEXT}")
    assert copy.stat().st_mode & 0o777 == 0o600
    with closing(sqlite3.connect(copy)) as old:
        assert old.execute("SELECT version_num FROM diary_schema").fetchall() == [(LAST,)]
        assert old.execute("SELECT count(*) FROM diary_version").fetchone() == (1,)


def test_failed_migration_changes_nothing(kept, next_release, monkeypatch):
    """A migration that fails half way leaves the old diary usable by the old program."""
    with monkeypatch.context():
        next_release("CREATE TABLE more (x INTEGER)", "INSERT INTO nowhere VALUES (1)")
        with pytest.raises(DiaryError):
            open_diary(kept)
    with closing(sqlite3.connect(kept)) as old:
        assert old.execute("SELECT name FROM sqlite_master WHERE name = 'more'").fetchall() == []
        assert old.execute("SELECT version_num FROM diary_schema").fetchall() == [(LAST,)]


def test_migration_keeps_what_is_on_a_server(postgresql_url, next_release):
    """PostgreSQL diaries are upgraded in file_layout."""
    with open_diary(postgresql_url) as diary:
        diary.add(TOLD, source="app", now=NOW)
    next_release("CREATE TABLE more (x INTEGER)")
    with open_diary(postgresql_url) as diary:
        assert diary.records() == TOLD
    with psycopg.connect(postgresql_url) as connection:
        assert connection.execute("SELECT version_num FROM diary_schema").fetchone() == (NEXT,)


def test_first_release_opens_as_the_owners(path):
    """A diary of the first release keeps every entry and every version; all of it is the owner's."""
    path.parent.mkdir()
    script = Path(__file__).with_name("first_release.sql").read_text(encoding="utf-8")
    with closing(sqlite3.connect(path)) as old:
        old.executescript(script)
    with open_diary(path) as diary:
        (entry,) = diary.entries()
        assert entry.record == CheckIn(moment=NOW, pain=PainRating(4), mood=6, source="app")
        assert [version.version for version in diary.history(entry.id)] == [1, 2]
    assert path.with_name(f"diary.sqlite.before-{LAST}").exists()


def test_a_database_that_knows_no_letters_keeps_them(postgresql_socket):
    """One of the encoding SQL_ASCII, as old servers make it, keeps what is told letter by letter."""
    with psycopg.connect(host=postgresql_socket, user="postgres", autocommit=True) as connection:
        connection.execute("CREATE DATABASE ascii ENCODING 'SQL_ASCII' LOCALE 'C' TEMPLATE template0")
    told = Records((CheckIn(moment=datetime(2026, 5, 1, 7, tzinfo=UTC), note="Rücken", source="app"),))
    with open_diary(f"postgresql://postgres@/ascii?host={postgresql_socket}") as diary:
        diary.add(told, source="app", now=datetime(2026, 5, 1, 8, tzinfo=UTC))
        assert diary.records() == told
