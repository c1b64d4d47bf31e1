"""Files in the writings of many countries, spreadsheets, apps and watches: each gives the runs worked out by hand."""

from zoneinfo import ZoneInfo

import pytest
from tests.importers.unseen_inputs import ASKED, INPUTS

from backstride.errors import BackstrideError
from backstride.importers.folder import import_path

BERLIN = ZoneInfo("Europe/Berlin")


def read(folder, names, contents):
    """What one file gives, or several in one folder."""
    several = isinstance(names, tuple)
    for name, content in zip(names, contents, strict=True) if several else [(names, contents)]:
        (folder / name).write_bytes(content if isinstance(content, bytes) else content.encode())
    return import_path(folder if several else folder / names, zone=BERLIN)


@pytest.mark.parametrize(
    ("names", "contents", "right"),
    [row[1:] for row in INPUTS],
    ids=[f"{row[0]}-{n}" for n, row in enumerate(INPUTS)],
)
def test_each_input_gives_what_is_right_or_asks(tmp_path, names, contents, right):
    """A wrong start, length, way or kind is worse than a question."""
    if right is ASKED:
        with pytest.raises(BackstrideError) as refused:
            read(tmp_path, names, contents)
        assert refused.value.advice
        return
    runs = sorted(read(tmp_path, names, contents).records.runs, key=lambda run: run.start)
    assert [(f"{run.start:%Y-%m-%d %H:%M}", run.activity.value) for run in runs] == [
        (row[0], row[3]) for row in right
    ]
    for run, (_, minutes, km, _) in zip(runs, right, strict=True):
        assert minutes is None or run.moving_s / 60 == pytest.approx(minutes, rel=0.01)
        assert km is None or run.distance_m / 1000 == pytest.approx(km, rel=0.02)
