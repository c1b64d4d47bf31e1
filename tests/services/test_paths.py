"""Where a person's things lie."""

from pathlib import Path

from backstride.runtime.paths import data_folder, default_diary_location


def test_the_data_folder_can_be_chosen(monkeypatch):
    """BACKSTRIDE_DATA names the folder of everything that is kept."""
    monkeypatch.setenv("BACKSTRIDE_DATA", "~/mine")
    assert data_folder() == Path.home() / "mine"
    assert default_diary_location() == str(Path.home() / "mine" / "diary.sqlite")


def test_the_system_has_a_place_for_it(monkeypatch):
    """Without a choice it is where this system keeps such things."""
    monkeypatch.delenv("BACKSTRIDE_DATA")
    assert "backstride" in data_folder().parts


def test_the_diary_can_live_on_a_server(monkeypatch):
    """BACKSTRIDE_DIARY names another diary, by path or URL."""
    monkeypatch.setenv("BACKSTRIDE_DIARY", "postgresql://host/diary")
    assert default_diary_location() == "postgresql://host/diary"
