"""Archives of any make: sound ones are read, harmful ones named for what they are, one never stopping the rest."""

import os
import zipfile
from zoneinfo import ZoneInfo

import pytest
from tests.importers import archives as made

from backstride.errors import BadInput, BrokenFile, UnknownFormat
from backstride.importers.archives.zip_guard import MAX_ENTRIES, Allowance
from backstride.importers.folder import import_path
from backstride.testing.fit_file import write_fit

HOME = ZoneInfo("UTC")
HARMFUL_ENTRIES = {
    "out of the folder": (made.with_good({"../../etc/passwd": b"x"}), "leads out"),
    "from the root": (made.with_good({"/etc/passwd": b"x"}), "leads out"),
    "to a drive": (made.with_good({"C:/a.fit": b"x"}), "leads out"),
    "by backslashes": (made.with_good({"..\\a.fit": b"x"}), "leads out"),
    "a link": (made.with_good({made.link(): b"/etc/passwd"}), "a link"),
    "a password": (made.locked(), "password"),
    "a size too small": (made.lying(10), "damaged"),
    "a wrong sum": (made.wrong_sum(), "damaged"),
    "an unknown packing": (made.unknown_method(), "damaged"),
    "a bomb": (made.with_good({"a.csv": bytes(2**24)}), "packed more than"),
    "a bomb as XML": (made.with_good({"a.xml": bytes(2**22)}), "a.xml"),
    "a size too large": (made.lying(2**31), "packed more than"),
    "a fourth archive": (made.with_good({"a.zip": made.nested(3)}), "in an archive"),
    "a cut archive": (made.with_good({"a.zip": made.nested(1)[:-30]}), "damaged"),
    "an empty archive": (made.with_good({"a.zip": made.zipped({})}), "empty archive"),
    "an office document": (
        made.with_good({"a.zip": made.zipped({"[Content_Types].xml": b"<x/>"})}),
        "office",
    ),
    "no archive at all": (made.with_good({"a.zip": b"not a zip at all"}), "plain text"),
    "a mark alone": (made.with_good({"a.zip": b"PK\x03\x04" + bytes(40)}), "damaged"),
    "a cut file": (made.with_good({"a.fit": write_fit(made.FIRST)[:30]}), "a.fit"),
    "a bomb in gzip": (made.with_good({"a.gz": b"\x1f\x8b" + os.urandom(50)}), "gzip"),
    "a picture": (made.with_good({"a.fit": b"\xff\xd8\xff\xe0" + bytes(100)}), "a picture"),
    "nothing": (made.with_good({"a.fit": b""}), "an empty file"),
    "control characters": (made.with_good({"a\x1b[2J.fit": b"x"}), "plain text"),
}


@pytest.mark.parametrize("case", HARMFUL_ENTRIES)
def test_a_harmful_entry_is_named_and_the_rest_is_read(case, tmp_path):
    """The run beside it goes in, and the reason is told."""
    content, why = HARMFUL_ENTRIES[case]
    (tmp_path / "all.zip").write_bytes(content)
    result = import_path(tmp_path / "all.zip", zone=HOME)
    assert [run.moving_s for run in result.records.runs] == [1803.0]
    assert len(result.skipped) == 1
    assert why in result.skipped[0].sentence
    assert "\x1b" not in result.skipped[0].sentence


@pytest.mark.parametrize(
    ("content", "kind"),
    [
        (made.nested(1)[:200], BrokenFile),
        (made.zipped({}), UnknownFormat),
        (b"PK\x03\x04" + bytes(100), BrokenFile),
        (made.zipped({"[Content_Types].xml": b"<x/>"}), UnknownFormat),
        (made.nested(1)[:-22], BrokenFile),
    ],
)
def test_an_archive_beyond_use_is_refused(content, kind, tmp_path):
    """Cut off, empty or no archive of files: one of our errors comes out."""
    (tmp_path / "all.zip").write_bytes(content)
    with pytest.raises(kind):
        import_path(tmp_path / "all.zip", zone=HOME)


def test_overlapping_entries_are_not_unpacked(tmp_path):
    """Of many rows for the same bytes all but the last are refused."""
    (tmp_path / "all.zip").write_bytes(made.overlapping())
    result = import_path(tmp_path / "all.zip", zone=HOME)
    assert sum("same bytes as a file before" in skip.why for skip in result.skipped) == 49
    assert not result.records.count


@pytest.mark.parametrize("depth", [1, 2, 3])
def test_archives_in_archives_are_opened(depth, tmp_path):
    """Three deep, under any name."""
    (tmp_path / "whatever").write_bytes(made.nested(depth))
    assert len(import_path(tmp_path / "whatever", zone=HOME).records.runs) == 1


def test_any_mix_in_a_folder_is_read(tmp_path):
    """A plain file, a zip and a zip in a zip; each run is named by its place."""
    (tmp_path / "a.fit").write_bytes(write_fit(made.FIRST))
    (tmp_path / "b.zip").write_bytes(made.zipped({"x/b.fit": write_fit(made.days_later(2))}))
    (tmp_path / "c.bin").write_bytes(
        made.zipped({"i.zip": made.zipped({"c.fit": write_fit(made.days_later(4))})})
    )
    runs = import_path(tmp_path, zone=HOME).records.runs
    assert [run.source for run in runs] == ["a.fit", "b.zip/x/b.fit", "c.bin/i.zip/c.fit"]


def test_a_zip64_archive_is_read(tmp_path):
    """Large archives have longer headers."""
    with (
        zipfile.ZipFile(tmp_path / "a.zip", "w") as archive,
        archive.open("a.fit", "w", force_zip64=True) as file,
    ):
        file.write(write_fit(made.FIRST))
    assert len(import_path(tmp_path / "a.zip", zone=HOME).records.runs) == 1


def test_side_files_of_macos_are_passed_over(tmp_path):
    """They are no one's records, and no one is bothered with them."""
    (tmp_path / "a.zip").write_bytes(made.with_good({"__MACOSX/._a.fit": b"x", ".DS_Store": b"x"}))
    assert not import_path(tmp_path / "a.zip", zone=HOME).skipped


def test_a_file_without_a_name_is_read(tmp_path):
    """Damage may take its name; what it holds counts."""
    nameless = zipfile.ZipInfo("a")
    nameless.filename = ""
    (tmp_path / "a.zip").write_bytes(made.zipped({nameless: write_fit(made.FIRST)}))
    assert len(import_path(tmp_path / "a.zip", zone=HOME).records.runs) == 1


def test_too_many_files_are_refused(tmp_path):
    """The count is held over all archives of one import."""
    (tmp_path / "a.zip").write_bytes(made.nested(1))
    allowance = Allowance(entries=1)
    with zipfile.ZipFile(tmp_path / "a.zip") as archive:
        allowance.take(archive, name="a.zip")
        with pytest.raises(BadInput, match=f"{MAX_ENTRIES:,} files"):
            allowance.take(archive, name="a.zip")


def test_too_many_bytes_are_refused(tmp_path):
    """The sum of what files claim is held, too."""
    (tmp_path / "a.zip").write_bytes(made.nested(1))
    with zipfile.ZipFile(tmp_path / "a.zip") as archive, pytest.raises(BrokenFile, match="GB"):
        Allowance(total=10).take(archive, name="a.zip")


def test_nothing_is_left_on_the_disk(tmp_path, monkeypatch):
    """Archives in archives are held for the import alone."""
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path / "private"))
    monkeypatch.setattr("backstride.importers.archives.zip_archive.IN_MEMORY", 10)
    (tmp_path / "private").mkdir()
    (tmp_path / "a.zip").write_bytes(made.nested(2))
    assert len(import_path(tmp_path / "a.zip", zone=HOME).records.runs) == 1
    assert not list((tmp_path / "private").iterdir())
