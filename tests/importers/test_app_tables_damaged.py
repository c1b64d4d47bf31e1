"""Tables of apps with anything in their cells, or damaged bytes."""

import csv
from contextlib import suppress
from io import StringIO
from zoneinfo import ZoneInfo

from hypothesis import given, settings
from hypothesis import strategies as st

from backstride.errors import BackstrideError
from backstride.importers.vendors.app_table import AppTable
from backstride.importers.vendors.apps import APPS
from backstride.importers.vendors.garmin_table import GARMIN_TABLE

BERLIN = ZoneInfo("Europe/Berlin")
TABLES = [reader for reader in APPS if isinstance(reader, AppTable)]
CELL = st.sampled_from(
    ["2026-05-01 18:10:05", "2026-05-01", "0:30:05", "1800", "5.01", "Running", "1002", "UTC+0200", "Mood", "am",
     "rad", "4", "", "--", "nan", "1e308", "-1", "0", "2106-01-01 00:00:00", "inf", "10:00"]
) | st.text(max_size=12)  # fmt: skip


@given(st.data())
@settings(deadline=None)
def test_whatever_stands_in_a_cell_gives_records_or_our_error(data):
    """Every reader of a table, every column."""
    reader = data.draw(st.sampled_from(TABLES))
    header = [column.name for column in reader.form.columns]
    rows = data.draw(
        st.lists(st.lists(CELL, min_size=len(header), max_size=len(header)), min_size=1, max_size=4)
    )
    table = StringIO()
    csv.writer(table).writerows([header, *rows])
    content = table.getvalue().encode("utf-8", errors="replace")
    with suppress(BackstrideError):
        assert reader.read(content, name="a.csv", zone=BERLIN).records.count


@given(st.data())
@settings(deadline=None)
def test_a_damaged_list_of_activities_gives_runs_or_our_error(data):
    """No byte can be changed, cut or doubled so that anything else happens."""
    header = "Activity Type,Date,Favorite,Title,Distance,Calories,Time,Avg HR"
    row = 'Running,2026-05-01 18:10:05,false,"Home, evening","5.01","2,336","00:30:05","150"'
    content = bytearray(f"{header}\n{row}\n{row}\n".encode())
    for _ in range(data.draw(st.integers(1, 8))):
        place = data.draw(st.integers(0, len(content) - 1))
        content[place : place + data.draw(st.integers(1, 9))] = data.draw(st.binary(max_size=9))
    with suppress(BackstrideError):
        assert GARMIN_TABLE.read(bytes(content), name="a.csv", zone=BERLIN).records.runs
