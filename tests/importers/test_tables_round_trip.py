"""What the diary exports, the reader of tables takes in again, unchanged."""

from datetime import UTC, date, datetime, timedelta, timezone
from pathlib import Path
from zoneinfo import ZoneInfo

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from backstride.core.check_in import CheckIn
from backstride.core.measurement import Measurement, MeasurementKind
from backstride.core.records import CoveredSpan, Records
from backstride.core.run import Activity, Run
from backstride.core.scales import PainRating, Scale
from backstride.diary.tables import write_tables
from backstride.importers.tables import TABLES

BERLIN = ZoneInfo("Europe/Berlin")
MOMENT = st.builds(
    lambda seconds, minutes: (datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=seconds)).astimezone(
        timezone(timedelta(minutes=minutes))
    ),
    st.integers(0, 10**7),
    st.integers(-720, 840),
)
ZONE_SOURCE = st.sampled_from(["stated", "position", "assumed"])
WORDS = st.text(
    st.characters(codec="utf-8", exclude_categories=["Cc", "Cs"]) | st.sampled_from("=+-@'\n\t"), max_size=9
)
SOURCE = WORDS.filter(bool)


def maybe(most: float) -> st.SearchStrategy[float | None]:
    """A number from 0 to `most`, or none."""
    return st.none() | st.floats(0, most)


YES_NO = st.none() | st.booleans()
CHECK_IN = st.builds(
    CheckIn,
    moment=MOMENT,
    pain=st.builds(PainRating, st.floats(1, 5), st.sampled_from([Scale(), Scale(1, 5), Scale(0, 100, 0.5)])),
    mood=maybe(10),
    drinks=maybe(20),
    leg_symptoms=YES_NO,
    sore=YES_NO,
    means_to_run=YES_NO,
    ran_yesterday=YES_NO,
    drawn_to_run=YES_NO,
    note=WORDS,
    source=SOURCE,
    zone_source=ZONE_SOURCE,
    filled_in_late=st.booleans(),
)
RUN = st.builds(
    Run,
    start=MOMENT,
    moving_s=st.floats(1, 9000),
    elapsed_s=maybe(9000),
    distance_m=maybe(40000),
    activity=st.sampled_from(Activity),
    rpe=maybe(10),
    feel_0_10=maybe(10),
    heart_rate_mean=st.none() | st.floats(40, 200),
    source=SOURCE,
    zone_source=ZONE_SOURCE,
    kind_source=st.sampled_from(["stated", "assumed", "name", "speed", "unknown"]),
)
MEASUREMENT = st.builds(
    Measurement,
    moment=MOMENT,
    kind=st.sampled_from(MeasurementKind),
    value=st.floats(20, 60),
    source=SOURCE,
    zone_source=ZONE_SOURCE,
)
COVERED = st.builds(
    lambda first, days, source: CoveredSpan(first, first + timedelta(days=days), source),
    st.dates(date(2026, 1, 1), date(2026, 12, 31)),
    st.integers(0, 99),
    SOURCE,
)
RECORDS = st.builds(
    Records,
    *(st.lists(kind, min_size=1, max_size=3).map(tuple) for kind in (CHECK_IN, RUN, MEASUREMENT, COVERED)),
)


@given(RECORDS)
@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_an_export_reads_back_exactly(tmp_path: Path, records: Records) -> None:
    """No digit, no offset, no word is lost."""
    write_tables(records, tmp_path)
    back = Records()
    for path in sorted(tmp_path.iterdir()):
        result = TABLES.read(path.read_bytes(), name=path.name, zone=BERLIN)
        assert result.skipped == ()
        back += result.records
    assert back == records
