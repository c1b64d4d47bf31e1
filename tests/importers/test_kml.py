"""KML and KMZ maps as runs."""

import io
import zipfile
from contextlib import suppress
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.core.run import Activity
from backstride.errors import BackstrideError, BrokenFile, UnknownFormat
from backstride.importers.registry import read_content
from backstride.importers.tracks.kml import KML

BERLIN = ZoneInfo("Europe/Berlin")
CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus"


def when(second, zone="Z"):
    """A moment of the morning."""
    return f"<when>2026-05-01T07:{second // 60:02d}:{second % 60:02d}{zone}</when>"


def where(second):
    """Three metres a second up the meridian."""
    return f"<gx:coord>8.5 {47 + second * 2.698e-5:.7f} 400</gx:coord>"


def track(seconds, *, more="", zone="Z"):
    """A track, its times first."""
    times, places = "".join(when(s, zone) for s in seconds), "".join(where(s) for s in seconds)
    return f"<gx:Track>{times}{places}{more}</gx:Track>"


def kml(*insides):
    """A whole file, one placemark for each inside."""
    spaces = 'xmlns="http://www.opengis.net/kml/2.2" xmlns:gx="http://www.google.com/kml/ext/2.2"'
    marks = "".join(f"<Placemark>{inside}</Placemark>" for inside in insides)
    return f"<kml {spaces}><Document>{marks}</Document></kml>".encode()


def kmz(content, *, name="doc.kml"):
    """The same in an archive, behind a picture."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("files/start.png", b"\x89PNG")
        archive.writestr(name, content)
    return packed.getvalue()


def read(content, name="a.kml"):
    """What the reader gives."""
    return KML.read(content, name=name, zone=BERLIN)


STEADY = track(range(0, 601, 5))


def test_a_track_with_times_is_a_run():
    """The first time belongs to the first place."""
    result = read(kml("<name>Morning run</name>" + STEADY))
    (run,) = result.records.runs
    assert (run.moving_s, run.activity, run.zone_source) == (600.0, Activity.RUN, "assumed")
    assert run.distance_m == pytest.approx(1800, rel=0.01)
    assert "by its name" in result.notes[0]


def test_heart_rates_stand_in_a_list_of_their_own():
    """Under one of several names."""
    values = "".join("<gx:value>150</gx:value>" for _ in range(121))
    more = f'<ExtendedData><gx:SimpleArrayData name="heart_rate">{values}</gx:SimpleArrayData></ExtendedData>'
    assert read(kml(track(range(0, 601, 5), more=more))).records.runs[0].heart_rate_mean == 150.0


def test_the_parts_of_a_multi_track_are_one_run():
    """Between them the runner stood."""
    parts = track(range(0, 301, 5)) + track(range(600, 901, 5))
    (run,) = read(kml(f"<gx:MultiTrack>{parts}</gx:MultiTrack>")).records.runs
    assert (run.moving_s, run.elapsed_s) == (600.0, 900.0)


def test_a_time_without_a_place_still_counts():
    """Apps write the start and the end of a pause so."""
    empty = f"<gx:Track>{when(0)}{when(5)}{when(10)}<gx:coord/>{where(5)}{where(10)}</gx:Track>"
    assert read(kml(empty)).records.runs[0].elapsed_s == 10.0


def test_places_with_a_time_each_are_a_track_where_there_is_no_other():
    """Older programs write a placemark for each point."""
    marks = [
        f"<TimeStamp>{when(s)}</TimeStamp><Point><coordinates>8.5,{47 + s * 2.698e-5},400</coordinates></Point>"
        for s in range(0, 601, 5)
    ]
    assert read(kml(*marks)).records.runs[0].distance_m == pytest.approx(1800, rel=0.01)
    assert len(read(kml(STEADY, *marks)).records.runs) == 1


def test_a_packed_map_is_unpacked():
    """Whatever the map in it is called, and wherever it stands."""
    for inside in ("doc.kml", "My run.KML"):
        packed = kmz(kml(STEADY), name=inside)
        reader, result = read_content(packed, name="a.kmz", zone=BERLIN)
        assert (reader, result.records.runs[0].moving_s) == (KML, 600.0)


@pytest.mark.parametrize(
    ("content", "error", "words"),
    [
        (
            kml("<LineString><coordinates>8,47 8,48</coordinates></LineString>"),
            UnknownFormat,
            "without times",
        ),
        (kml(), UnknownFormat, "nothing was recorded"),
        (kml(track([0])), BrokenFile, "single moment"),
        (kml(STEADY)[:400], BrokenFile, "damaged"),
        (kmz(kml(STEADY))[:200], BrokenFile, "cannot be unpacked"),
        (kmz(b"x", name="a.txt"), UnknownFormat, "without a map"),
    ],
)
def test_what_tells_no_run_is_refused_with_the_reason(content, error, words):
    """In a sentence that says what it is."""
    with pytest.raises(error, match=words):
        read(content)


def test_a_map_that_unpacks_without_end_is_refused():
    """A hundred and thirty megabytes from a hundred kilobytes."""
    with pytest.raises(BrokenFile, match="larger than"):
        read(kmz(b"<kml>" + bytes(130 * 2**20)))


@settings(deadline=None)
@given(st.booleans(), st.integers(0, 1200), st.binary(max_size=6), st.integers(0, 40))
def test_damage_gives_only_our_errors(packed, at, wrong, lost):
    """Whatever bytes are changed, lost or put in."""
    content = kml(track(range(0, 60, 5)))
    content = kmz(content) if packed else content
    with suppress(BackstrideError):
        KML.read(content[:at] + wrong + content[at + lost :], name="a.kml", zone=BERLIN)


@pytest.mark.skipif(not CORPUS.is_dir(), reason="no corpus")
@pytest.mark.parametrize("path", sorted((CORPUS / "kml").glob("*")), ids=lambda path: path.name)
def test_real_maps_are_read_or_refused(path):
    """With a reason, where nothing was recorded."""
    with suppress(BackstrideError):
        assert read_content(path.read_bytes(), name=path.name, zone=BERLIN)[1].records.runs


@pytest.mark.parametrize("odd", ["2026-05-01T07:01:00", "soon", "2026-05-01", ""])
def test_a_time_unlike_the_others_changes_none_of_them(odd):
    """Times that are alike are read together; the distance and the span stay those of the others."""
    whens = [f"2026-05-01T07:{minute:02d}:00Z" for minute in range(10)]
    others = [*whens[:1], odd, *whens[2:]]
    marks = "".join(f"<when>{when}</when>" for when in others)
    places = "".join(f"<gx:coord>8.5 {47 + 0.001 * i:.3f} 400</gx:coord>" for i in range(10))
    content = (
        '<kml xmlns:gx="http://www.google.com/kml/ext/2.2"><Placemark><name>Run</name>'
        f"<gx:Track>{marks}{places}</gx:Track></Placemark></kml>"
    )
    (run,) = KML.read(content.encode(), name="a.kml", zone=BERLIN).records.runs
    assert run.start.isoformat() == "2026-05-01T09:00:00+02:00"
    assert (run.elapsed_s, run.distance_m) == (540.0, pytest.approx(1000.7, abs=1.0))
