"""Real files of many watches and apps, with garmin-fit-sdk as the oracle for their totals."""

import gzip
import zlib
from contextlib import suppress
from itertools import pairwise
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from garmin_fit_sdk import Decoder, Stream

from backstride.errors import BackstrideError
from backstride.importers.fit.reader import FIT
from backstride.importers.fit.session import MAX_ELAPSED_S
from backstride.importers.fit.stream import SINCE_POWER_ON
from backstride.importers.fit.zone import EPOCH
from backstride.importers.registry import read_content
from backstride.testing.fit_file import write_fit

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"
BERLIN = ZoneInfo("Europe/Berlin")
TOTALS = {
    "moving_s": ("total_timer_time", float("inf")),
    "elapsed_s": ("total_elapsed_time", MAX_ELAPSED_S),  # what a run may last; one file says 27 days
    "distance_m": ("total_distance", float("inf")),
}
SMALL_BYTES = 90_000  # the SDK reads a megabyte a second

FILES = sorted(path for kind in ("fit", "fit_derived") for path in (CORPUS / kind).glob("*"))
ACTIVITIES = [path for path in FILES if path.parent.name == "fit"]
SPREAD = [path for path in ACTIVITIES if path.stat().st_size < SMALL_BYTES][::2]

pytestmark = pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus")


def name_of(path):
    """How a file is called in the list of tests."""
    return path.name


def sdk_sessions(content):
    """The sessions that garmin-fit-sdk reads, of those that can be runs: at a known time, and not empty."""
    with suppress(OSError, zlib.error):
        content = gzip.decompress(content)
    stream = Stream.from_byte_array(bytearray(content))
    options = {"expand_sub_fields": False, "expand_components": False, "merge_heart_rates": False}
    messages, _ = Decoder(stream).read(convert_datetimes_to_dates=False, **options)
    return [
        without_contradiction(session, messages)
        for session in messages.get("session_mesgs", [])
        if session.get("start_time", SINCE_POWER_ON) >= SINCE_POWER_ON
        and (session.get("total_timer_time") or session.get("total_elapsed_time"))
    ]


def runs_in(content):
    """The runs that our reader finds, none where it refuses the file."""
    try:
        return read_content(content, name="a.fit", zone=BERLIN)[1].records.runs
    except BackstrideError:
        return ()


def without_contradiction(session, messages):
    """The session, with other times where its timer ran longer than the session lasted: both cannot be true.

    Then the records decide, again those that the SDK reads: time in motion are the steps between them of up to
    a minute over which the distance grew. Where the shorter of the two times is nearer to that, the two are
    swapped; else the longer stands for both.
    """
    timer, elapsed = session.get("total_timer_time"), session.get("total_elapsed_time")
    if not timer or not elapsed or timer <= 1.01 * elapsed:
        return session
    known = [(r["timestamp"], r["distance"]) for r in messages["record_mesgs"] if "distance" in r]
    steps = [(later[0] - sooner[0], later[1] - sooner[1]) for sooner, later in pairwise(known)]
    motion = sum(seconds for seconds, metres in steps if seconds <= 60 and metres > 0)
    swapped = abs(motion - elapsed) < abs(motion - timer)
    return session | {"total_timer_time": elapsed if swapped else timer, "total_elapsed_time": timer}


def agrees_with_sdk(path):
    """Count, start, timer time, elapsed time and distance, each within 1 % where the SDK gives one."""
    content = path.read_bytes()
    sessions, runs = sdk_sessions(content), runs_in(content)
    if not sessions:
        return
    assert len(runs) == len(sessions)
    for run, session in zip(runs, sessions, strict=True):
        begin = (run.start - EPOCH).total_seconds()
        assert begin == session.get("start_time", begin)
        for ours, (theirs, most) in TOTALS.items():
            expected = session.get(theirs)
            if expected is not None and expected <= most:
                assert getattr(run, ours) == pytest.approx(expected, rel=0.01)


@pytest.mark.parametrize("path", SPREAD, ids=name_of)
def test_totals_of_small_files_agree_with_the_sdk(path):
    """Every other small file."""
    agrees_with_sdk(path)


@pytest.mark.slow
@pytest.mark.parametrize("path", ACTIVITIES, ids=name_of)
def test_totals_of_all_files_agree_with_the_sdk(path):
    """Every file that is no damaged copy of another."""
    agrees_with_sdk(path)


@pytest.mark.parametrize("path", FILES, ids=name_of)
def test_every_file_gives_runs_or_our_error(path):
    """Whatever the file is."""
    with suppress(BackstrideError):
        _, result = read_content(path.read_bytes(), name=path.name, zone=BERLIN)
        assert result.records.runs


@pytest.mark.parametrize(
    ("name", "seconds", "metres"),
    [
        ("fit/sports-lib__empty-activities.fit", 2318, 18294.4),
        ("fit_derived/datasize_zero.fit", 1953.5, 6001.9),
        ("fit_derived/wrong_crc.fit", 1953.5, 6001.9),
        ("fit_derived/double_gzip.fit.gz", 1953.5, 6001.9),
        ("fit_derived/truncated.fit.gz", 1075, 3384.0),
        ("fit_derived/truncated_50pct.fit", 975, 3061.1),
    ],
)
def test_damaged_files_are_recovered(name, seconds, metres):
    """Unfinished, cut off or wrongly packed: what was recorded is read."""
    (run,) = runs_in((CORPUS / name).read_bytes())
    assert run.moving_s == pytest.approx(seconds, rel=0.01)
    assert run.distance_m == pytest.approx(metres, rel=0.01)


@pytest.mark.parametrize(
    ("name", "moving_s", "elapsed_s"),
    [
        ("sports-lib__inverted-times.fit", 2839.6, 21680),
        ("GoldenCheetah__14582164182.fit.gz", 1632, 2760),  # 1,632 of its 2,760 records tell a speed
    ],
)
def test_a_timer_longer_than_the_session_is_settled_by_the_records(name, moving_s, elapsed_s):
    """The shorter time is how long the records moved, the longer how long the clock ran."""
    (run,) = runs_in((CORPUS / "fit" / name).read_bytes())
    assert (run.moving_s, run.elapsed_s) == (moving_s, elapsed_s)


def test_a_run_cut_anywhere_is_kept_up_to_there():
    """A tenth more of the file gives no less of the run."""
    content = (CORPUS / "fit_derived" / "wrong_crc.fit").read_bytes()
    found = [runs_in(content[: len(content) * tenths // 10]) for tenths in range(1, 11)]
    moving = [runs[0].moving_s for runs in found]
    assert moving == sorted(moving)


def test_files_made_up_are_sound_to_the_sdk():
    """What `write_fit` writes is FIT to others, too."""
    (run,) = runs_in((CORPUS / "fit_derived" / "run.fit.gz").read_bytes())
    content = write_fit(run)
    stream = Stream.from_byte_array(bytearray(content))
    assert Decoder(stream).check_integrity()
    (session,) = sdk_sessions(content)
    assert session["total_timer_time"] == pytest.approx(run.moving_s, abs=0.001)
    assert FIT.read(content, name=run.source, zone=BERLIN).records.runs == (run,)
