"""Training logs in XML: PWX, fitlog and SML."""

from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.core.run import Activity
from backstride.errors import BackstrideError, BrokenFile
from backstride.importers.registry import read_content, reader_for
from backstride.importers.vendors.log_xml import FITLOG, PWX, SML

BERLIN = ZoneInfo("Europe/Berlin")
CORPUS = Path(__file__).parents[3] / "shared" / "corpus" / "other"
A_PWX = """<?xml version="1.0"?><pwx xmlns="http://www.peaksware.com/PWX/1/0"><workout>
<sportType>Run</sportType><rpe>4</rpe><time>2026-05-01T18:10:05</time><summarydata><beginning>0</beginning>
<duration>1900</duration><durationstopped>100</durationstopped><hr max="170" avg="150"/>
<dist>5000.5</dist></summarydata>
<segment><summarydata><duration>60</duration><dist>100</dist></summarydata></segment>
<sample><timeoffset>0</timeoffset><dist>1</dist></sample></workout></pwx>"""
A_FITLOG = """<?xml version="1.0"?><FitnessWorkbook xmlns="http://www.zonefivesoftware.com/xmlschemas/FitnessLogbook/v2">
<AthleteLog><Activity StartTime="2026-05-01T16:10:05Z"><Duration TotalSeconds="1800"/><Distance TotalMeters="5000.5"/>
<HeartRate AverageBPM="150"/><Laps><Lap><Distance TotalMeters="7"/><HeartRate AverageBPM="90"/></Lap></Laps>
<Category Name="Running"/></Activity><Activity StartTime="soon"><Duration TotalSeconds="9"/></Activity>
<Activity StartTime="2026-05-02T16:10:05Z"><Duration TotalSeconds="1800"/><Distance TotalMeters="1e300"/></Activity>
</AthleteLog></FitnessWorkbook>"""
AN_SML = """<?xml version="1.0"?><sml xmlns="http://www.suunto.com/schemas/sml"><DeviceLog><Header>
<Duration>1800</Duration><PauseDuration>100</PauseDuration><Activity>Trail Running</Activity>
<Distance>5000.5</Distance>
<DateTime>2026-05-01T18:10:05</DateTime></Header><Samples><Sample><Distance>3</Distance></Sample></Samples>
</DeviceLog></sml>"""


def read(text):
    """What the file gives, read by the reader that knows it, for somebody who lives in Berlin."""
    content = text.encode()
    return reader_for(content[:4096], name="x").read(content, name="a.xml", zone=BERLIN)


@pytest.mark.parametrize("text", [A_PWX, A_FITLOG, AN_SML], ids=["PWX", "fitlog", "SML"])
def test_the_totals_of_the_session_count_not_those_of_its_laps(text):
    """Half an hour and 5 km at ten past six."""
    run = read(text).records.runs[0]
    assert (run.moving_s, run.distance_m, run.activity) == (1800, 5000.5, Activity.RUN)
    assert (run.start.isoformat(), run.zone_source) == ("2026-05-01T18:10:05+02:00", "assumed")


def test_a_pwx_keeps_stops_heart_rate_and_exertion():
    """Elapsed time has the stops in it."""
    (run,) = read(A_PWX).records.runs
    assert (run.elapsed_s, run.heart_rate_mean, run.rpe) == (1900, 150, 4)


def test_bad_sessions_of_a_fitlog_are_left_out_with_the_reason():
    """Heart rates of laps are not the session's; a distance that cannot be is left out alone."""
    result = read(A_FITLOG)
    assert [(run.heart_rate_mean, run.distance_m) for run in result.records.runs] == [
        (150, 5000.5),
        (None, None),
    ]
    assert [skip.where for skip in result.skipped] == ["a.xml workout 2"]


def test_an_empty_log_is_refused():
    """There is nothing to take in."""
    with pytest.raises(BrokenFile, match="nothing"):
        read("<pwx><athlete/></pwx>")


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus")
@pytest.mark.parametrize(
    ("file", "metres", "moving", "kind"),
    [
        ("GoldenCheetah__lgulseth_Timex_Global_Trainer_2013_03_28_11_50_25.pwx", 8228, 2962.17, Activity.RUN),
        ("GoldenCheetah__argmac_Garmin_FR910XT_2015_01_31_10_17_02.pwx", 2000, 1918.042, Activity.OTHER),
        ("GoldenCheetah__2005-Location-Equipment.fitlog", 8030, 3074, Activity.RUN),
    ],
)
def test_real_logs_keep_their_totals(file, metres, moving, kind):
    """A run, a swim, and a logbook whose first entry is a run."""
    content = (CORPUS / file).read_bytes()
    reader = reader_for(content[:4096], name="x")
    assert reader in (PWX, FITLOG, SML)
    run = reader.read(content, name="a", zone=BERLIN).records.runs[0]
    assert (run.distance_m, run.moving_s) == pytest.approx((metres, moving))
    assert run.activity is kind


@given(st.data())
@settings(deadline=None)
def test_damaged_logs_give_runs_or_our_error(data):
    """No byte can be changed, cut or doubled so that anything else happens."""
    reader, text = data.draw(st.sampled_from([(PWX, A_PWX), (FITLOG, A_FITLOG), (SML, AN_SML)]))
    content = bytearray(text.encode())
    for _ in range(data.draw(st.integers(1, 6))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(1, 9))] = data.draw(st.binary(max_size=9))
    with suppress(BackstrideError):
        assert reader.read(bytes(content), name="a.xml", zone=BERLIN).records.runs


@pytest.mark.parametrize(
    "samples",
    [
        '<Track><pt tm="0" hr="140"/><pt tm="60" hr="150"/></Track>',
        "<Track><pt tm='0' hr='140'/><pt tm='60' hr='150'/></Track>",
        '<Track><pt tm="0"  hr = "140"/><pt tm="60"\n hr="150"/></Track>',
        '<Track><pt tm="0" hr="140,0"/><pt tm="60" hr="150"/><pt tm="70" hr="0"/></Track>',
        '<Track><!-- hr="200" --><pt tm="0" hr="140"/><pt tm="60" hr="150"/></Track><Note>hr="90"</Note>',
    ],
)
def test_the_mean_of_heart_rates_is_that_of_the_samples_however_they_are_written(samples: str) -> None:
    """A quick search serves where it finds what the parser finds; another writing takes the parser."""
    text = (
        '<FitnessWorkbook><AthleteLog><Activity StartTime="2026-05-01T16:10:00Z"><Duration TotalSeconds="1800"/>'
        f'<Distance TotalMeters="5000"/><Category Name="Running"/>{samples}</Activity></AthleteLog></FitnessWorkbook>'
    )
    (run,) = read_content(text.encode(), name="a.fitlog", zone=ZoneInfo("UTC"))[1].records.runs
    assert run.heart_rate_mean == pytest.approx(145.0)


def outcome(reader, content):
    """What a reader gives, or its sentence."""
    try:
        return reader.read(content, name="a.fitlog", zone=BERLIN)
    except BackstrideError as error:
        return str(error)


WITH_SAMPLES = A_FITLOG.replace(
    "</Laps>",
    '</Laps><Track><pt tm="0" lat="47.0" lon="8.5" ele="4" hr="140"/>\n<pt tm="60" hr="150" /></Track>',
).replace(
    "</AthleteLog>",
    '<Activity StartTime="2026-05-03T16:10:05Z"><Track StartTime="2026-05-03T16:10:05Z">'
    + "".join(
        f'<pt tm="{s}" lat="{47 + s * 2e-5:.5f}" lon="8.5" dist="{3 * s}" hr="15{s % 7}"/>'
        for s in range(0, 90, 9)
    )
    + "</Track></Activity></AthleteLog>",
)


@given(st.data())
@settings(deadline=None, derandomize=True)
def test_samples_read_as_text_are_those_that_the_parser_finds(data):
    """In sound files and in damaged ones."""
    content = bytearray(WITH_SAMPLES.encode())
    for _ in range(data.draw(st.integers(0, 3))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(1, 9))] = data.draw(
            st.binary(max_size=3)
            | st.sampled_from([b'"', b"<pt ", b" hr=", b"1", b">", b"</Activity>", b"&", b"'"])
        )
    assert outcome(FITLOG, bytes(content)) == outcome(replace(FITLOG, has_attributes=False), bytes(content))
