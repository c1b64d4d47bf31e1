"""Backing up and putting back, as a person types it."""

import pytest

from backstride.runtime.paths import data_folder


@pytest.fixture
def filled(backstride, tmp_path):
    """The person's own diary with a month in it."""
    backstride("simulate", tmp_path / "one", "--days", "30")
    backstride("import", tmp_path / "one" / "records")
    return data_folder() / "diary.sqlite"


def test_a_damaged_diary_is_put_back_as_the_message_says(backstride, filled, tmp_path):
    """Nothing starts on a damaged diary; the command in the message brings everything back."""
    assert backstride("backup").code == 0
    before = backstride("export", tmp_path / "before").out.partition(" to ")[0]
    filled.write_bytes(b"\x00" * 9000)
    refused = backstride("export", tmp_path / "after")
    assert (refused.code, "backstride restore" in refused.err) == (2, True)
    restored = backstride("restore")
    assert (restored.code, "What was there before:" in restored.out) == (0, True)
    assert backstride("export", tmp_path / "after").out.partition(" to ")[0] == before


def test_a_lost_diary_is_not_begun_anew(backstride, filled, tmp_path):
    """An import does not fill an empty diary in the place of the one that vanished."""
    filled.unlink()
    refused = backstride("import", tmp_path / "one" / "records")
    assert (refused.code, "backstride restore" in refused.err, filled.exists()) == (2, True, False)


def test_the_backups_are_listed(backstride, filled):
    """Each with what it holds, and whether it is sound."""
    assert "no backup yet" in backstride("restore", "--list").out
    backstride("backup")
    (copy,) = (filled.parent / "diary.sqlite.backups").iterdir()
    assert f"{copy.name} " in backstride("restore", "--list").out
    assert " entries" in backstride("restore", "--list").out
    copy.write_bytes(b"x" * 100)
    assert "NOT SOUND" in backstride("restore", "--list").out
    assert "no sound backup" in backstride("restore").err


def test_a_backup_goes_where_it_is_wished(backstride, filled, tmp_path):
    """A file of one's own is written once, and never over something."""
    own = tmp_path / "stick.sqlite"
    assert "yours to delete" in backstride("backup", "--to", own).out
    assert backstride("backup", "--to", own).code == 2
    filled.unlink()
    assert backstride("restore", own).code == 0
    assert "no backup" in backstride("restore", "nothing.sqlite").err
