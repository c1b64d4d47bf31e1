"""Kills, cut logs and disks that refuse, in small; `make crash` does the same at length."""

import pytest

KILLS, CUTS = 24, 40


@pytest.fixture
def crash(program):
    """The program."""
    return program("crash")


def test_killed_server_loses_nothing_it_acknowledged(crash, tmp_path):
    """kill -9 under eight writers: every acknowledged check-in is there once, and nothing half."""
    found = crash.killed(tmp_path, kills=KILLS, seed=1)
    assert (found.kills, found.lost, found.halves, found.damaged, found.refused) == (KILLS, 0, 0, 0, [])
    assert found.acknowledged >= KILLS


def test_cut_log_holds_the_beginning_of_what_was_acknowledged(crash, tmp_path):
    """Every entry acknowledged before the log had so many bytes, and no other, whether silence or noise follows."""
    assert crash.cut(tmp_path, cuts=CUTS, seed=2) == crash.Cuts(CUTS, 0)


def test_server_without_room_says_so_and_goes_on(crash, tmp_path):
    """The check-in that does not fit is refused in a sentence, pages still open, and with room it is saved."""
    disk = crash.with_no_room(tmp_path)
    assert disk.refused.startswith("507: ")
    assert "Nothing was stored." in disk.refused
    assert (disk.acknowledged > 0, disk.page, disk.lost, disk.halves, disk.again) == (True, 200, 0, 0, 200)


def test_looking_finds_what_is_lost_and_what_is_half(crash, tmp_path):
    """A check-in that never came is lost; an entry without a version is half."""
    path = tmp_path / "diary.sqlite"
    with crash.open_diary(path) as diary:
        diary._writer.write(lambda c: c.exec_driver_sql("INSERT INTO diary_entry (kind) VALUES ('check_in')"))
    assert crash.looked_at(path, {"never": 3}) == (1, 1, False)
