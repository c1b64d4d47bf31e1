"""Tables that people keep themselves: the commonest sheets, each read for what it says."""

from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from backstride.core.days import diary_days
from backstride.core.run import Activity
from backstride.errors import BadInput, BadTable
from backstride.importers.base import ImportResult
from backstride.importers.folder import import_path
from backstride.importers.registry import read_content
from backstride.importers.tables.tables import TABLES

BERLIN = ZoneInfo("Europe/Berlin")


def read(text: str, *, zone: ZoneInfo = BERLIN) -> ImportResult:
    """What a table gives."""
    return TABLES.read(text.encode(), name="t.csv", zone=zone)


def minutes(text: str) -> list[float]:
    """The minutes of its runs, to a tenth."""
    return [round(run.moving_s / 60, 1) for run in read(text).records.runs]


def notes(text: str) -> str:
    """All that is said of it."""
    return " ".join(read(text).notes)


@pytest.mark.parametrize(
    ("at", "clock"),
    [
        ("18:10:00", "18:10:00"), ("10:15 AM", "10:15:00"), ("12:30 PM", "12:30:00"), ("12:15 AM", "00:15:00"),
        ("7:30 a.m.", "07:30:00"), ("18:10 Uhr", "18:10:00"), ("18.10 Uhr", "18:10:00"), ("18.10.30", "18:10:30"),
        ("07:30+02:00", "07:30:00"), ("1899-12-30 18:10:00", "18:10:00"), ("0.75", "18:00:00"),
        ("2026-05-01 18:10", "18:10:00"),
    ],
)  # fmt: skip
@pytest.mark.parametrize("day", ["2026-05-01", "2026-05-01 00:00:00", "01.05.2026", "46143"])
def test_day_and_time_in_two_columns(day, at, clock):
    """However long the time of day is written, and whatever a spreadsheet puts beside the day."""
    (run,) = read(f"date;time;minutes\n{day};{at};30\n").records.runs
    assert run.start.isoformat() == f"2026-05-01T{clock}+02:00"


@pytest.mark.parametrize(
    ("head", "row", "told"),
    [
        ("hours,minutes,seconds,km", "1,5,30,10", 65.5),
        ("duration (h),km", "0.5,5", 30.0),
        ("duration_s,km", "1935,5.2", 32.2),
        ("Time (seconds),km", "1935,5.2", 32.2),
        ("duration,km", "0.5,5", 30.0),
        ("duration,km", "0.020833333,5", 30.0),
        ("duration,km", "1800,5", 30.0),
        ("duration,km", "32:15:00,5.2", 32.2),
        ("duration,km", "32:15,5.2", 32.2),
        ("duration,km", "1:05,10", 65.0),
        ("duration", "1 h 05 min", 65.0),
        ("duration", "45 min", 45.0),
        ("duration", "1:05 h", 65.0),
        ("duration", "45'30\"", 45.5),
        ("duration", "1.5 h", 90.0),
        ("duration", "PT45M", 45.0),
    ],
)
def test_durations_as_people_and_spreadsheets_write_them(head, row, told):
    """By the heading, by the cell's own unit, else by the pace that only one unit gives."""
    assert minutes(f"start,{head}\n2026-05-01 18:10,{row}\n") == [told]


def test_one_row_in_another_unit_is_read_by_its_pace_and_said():
    """Thirty minutes four times, three of them written otherwise."""
    rows = ["30", "1800", "0:30:00", "0.5"]
    table = "start,duration,km\n" + "".join(f"2026-05-0{n} 18:10,{row},5\n" for n, row in enumerate(rows, 1))
    assert minutes(table) == [30.0] * 4
    assert "line 3 is read as seconds" in notes(table)
    assert "line 5 is read as hours" in notes(table)


@pytest.mark.parametrize(
    ("row", "told"),
    [("0:35,2.1 mi,walk", 35), ("1:05,5.2 km,hiking", 65), ("3:10,5.2 km,hiking", 190), ("1:05,25 km,ride", 65),
     ("31:30,5 km,run", 31.5), ("45:00,3 km,walk", 45), ("1:05,,walk", None), ("1:05,0.4 km,walk", None)],
)  # fmt: skip
def test_a_duration_in_two_parts_is_settled_by_its_own_distance(row, told):
    """Beside plain minutes, and whatever was done; where no distance tells, or both readings go, it is refused."""
    table = f"start,duration,distance,kind\n2026-05-01 18:10,25,,run\n2026-05-03 18:10,{row}\n"
    assert minutes(table) == [25.0] + ([] if told is None else [told])
    assert ("are read as minutes" in notes(table) or "line 3 is read as" in notes(table)) is (
        told is not None
    )
    assert [one.where for one in read(table).skipped] == ["t.csv line 3"] * (told is None)


def test_a_run_that_is_too_fast_is_doubted_aloud():
    """Fifty kilometres in half an hour fit no unit."""
    table = "start,moving_min,km\n2026-05-01 18:10,30,50\n2026-05-03 18:10,30,5\n2026-05-05 18:10,30,5\n"
    assert "faster than anybody runs: 1" in notes(table)


def test_a_day_and_more_without_a_distance_is_no_run():
    """Nothing vouches for 32 hours, and the day is open."""
    table = "start,moving_min\n2026-05-01 18:10,30\n2026-05-03 18:10,1935\n2026-05-05 18:10,30\n"
    result = read(table)
    assert "It lasts 32 hours" in result.skipped[0].why
    assert not any(day.rest_is_known for day in diary_days(result.records, zone=BERLIN) if day.day.day == 3)


def test_durations_that_can_be_minutes_or_hours_are_asked():
    """All below six, with no distance beside them."""
    with pytest.raises(BadTable, match="minutes or hours"):
        read("start,duration\n2026-05-01 18:10,0.5\n2026-05-03 18:10,1.5\n")


@pytest.mark.parametrize(
    ("cell", "head", "metres"),
    [("3.1 mi", "distance", 4988.97), ("5000 m", "distance", 5000.0), ("5 km", "distance", 5000.0),
     ("3.1", "Miles", 4988.97), ("5000", "distance (m)", 5000.0)],
)  # fmt: skip
def test_distances_carry_their_unit(cell, head, metres):
    """In the cell or in the heading."""
    (run,) = read(f"start,{head},moving_min\n2026-05-01 18:10,{cell},30\n").records.runs
    assert run.distance_m == pytest.approx(metres, abs=0.1)


@pytest.mark.parametrize(
    ("head", "row", "field", "value"),
    [
        ("start,duration,moving_min", "2026-05-01 18:10,0:45:00,30", "moving_s", 1800.0),
        ("start,duration,moving_min", "2026-05-01 18:10,0:45:00,30", "elapsed_s", 2700.0),
        ("start,moving_min,Strecke,km", "2026-05-01 18:10,30,Waldrunde,5", "distance_m", 5000.0),
        ("start,moving_min,Art,type", "2026-05-01 18:10,30,Tempo,bike", "activity", Activity.OTHER),
        ("Tag,Datum,Zeit,Minuten", "Mo,04.05.2026,18:10,30", "moving_s", 1800.0),
        ("start,moving_min,elapsed_min", "2026-05-01 18:10,45,30", "elapsed_s", None),
    ],
)
def test_of_two_columns_the_better_fitting_counts(head, row, field, value):
    """Its own name before another one, and cells that fit before both."""
    (run,) = read(f"{head}\n{row}\n").records.runs
    assert getattr(run, field) == value


def test_which_of_two_columns_was_read_is_said():
    """The other one is named."""
    table = "time,pain,stiffness,tightness\n2026-05-01 07:30,4,1,9\n"
    assert read(table).records.check_ins[0].tightness == 9
    assert "'tightness' was read as tightness, and not 'stiffness'" in notes(table)


def test_the_time_of_a_rating_is_never_the_start_of_a_run():
    """One sheet for both gives both, each at its own time."""
    table = "date,time,pain,start,moving_min\n2026-05-01,07:30,4,18:10,30\n2026-05-02,07:40,3,,\n"
    records = read(table).records
    assert [run.start.hour for run in records.runs] == [18]
    assert [(c.moment.hour, c.pain.value) for c in records.check_ins] == [(7, 4.0), (7, 3.0)]


@pytest.mark.parametrize(
    ("head", "cell", "is_open"),
    [("status", "cancelled", False), ("completed", "no", False), ("erledigt", "nein", False),
     ("ausgefallen", "ja", False), ("status", "planned", True), ("completed", "", True), ("type", "not run", False),
     ("type", "Lauf ausgefallen", False), ("type", "missed run", False), ("type", "planned run", True),
     ("type", "kein Lauf", False)],
)  # fmt: skip
def test_what_did_not_take_place_is_no_run(head, cell, is_open):
    """What was cancelled leaves a day without a run, what is only planned leaves it open."""
    rows = [f"2026-05-0{day} 18:10,30,{told}" for day, told in ((1, ""), (3, cell), (5, ""))]
    done = {"status": "done", "completed": "yes", "erledigt": "ja"}.get(head, "")
    table = f"start,moving_min,{head}\n" + "\n".join(
        row if n == 1 else row + done for n, row in enumerate(rows)
    )
    records = read(table).records
    assert [run.local_day.day for run in records.runs] == [1, 5]
    (third,) = [day for day in diary_days(records, zone=BERLIN) if day.day.day == 3]
    assert third.rest_is_known is not is_open


@pytest.mark.parametrize("others", ["", ",scale"])
def test_pain_beyond_ten_without_a_scale_is_asked(others):
    """Of ratings from 0 to 100 the low ones are never taken for ratings from 0 to 10."""
    with pytest.raises(BadTable, match=r"pain \(0-100\)"):
        read(f"time,pain{others}\n" + "".join(f"2026-05-0{n} 07:30,{n * 9 - 8}\n" for n in range(1, 6)))


def test_a_heading_tells_the_scale():
    """As the refusal advises."""
    (check_in,) = read("time,Pain (0-100)\n2026-05-01 07:30,40\n").records.check_ins
    assert (check_in.pain.value, check_in.pain.scale.highest) == (40, 100)


def test_one_slip_in_many_ratings_is_left_out_alone():
    """Forty for four."""
    table = "time,pain\n" + "".join(f"2026-05-{n:02} 07:30,{40 if n == 3 else 4}\n" for n in range(1, 12))
    assert len(read(table).records.check_ins) == 10


def test_exertion_from_6_to_20_is_not_read_as_0_to_10():
    """Nine of twenty is no nine of ten."""
    table = "start,moving_min,rpe\n2026-05-01 18:10,30,13\n2026-05-03 18:10,30,15\n2026-05-05 18:10,30,9\n"
    assert [run.rpe for run in read(table).records.runs] == [None] * 3
    assert "from 6 to 20" in notes(table)


@pytest.mark.parametrize(
    "table",
    [
        "time,who,pain\n2026-05-01 07:30,Anna,4\n2026-05-01 07:35,Bert,8\n",
        "Name,start,moving_min\nAnna,2026-05-01 18:10,32\nBert,2026-05-01 18:10,32\nAnna,2026-05-03 18:10,40\n",
        "patient_id,time,pain\n1,2026-05-01 07:30,4\n2,2026-05-01 07:30,4\n",
    ],
)
def test_a_table_of_two_people_is_refused(table):
    """With the way out."""
    with pytest.raises(BadTable, match="several people"):
        read(table)


def test_a_column_of_titles_is_no_column_of_people():
    """Names of sessions repeat as well."""
    titles = ("Morning run", "Morning run", "Park")
    table = "Name,start,moving_min\n" + "".join(
        f"{one},2026-05-0{n} 18:10,32\n" for n, one in enumerate(titles, 1)
    )
    assert len(read(table).records.runs) == 3


def test_a_folder_of_two_peoples_tables_is_refused(tmp_path: Path):
    """Each table names one person, and not the same."""
    for name in ("Anna", "Bert"):
        (tmp_path / f"{name}.csv").write_text(f"who,time,pain\n{name},2026-05-01 07:30,4\n")
    with pytest.raises(BadTable, match="Anna, Bert"):
        import_path(tmp_path, zone=BERLIN)


def test_an_answer_that_cannot_be_read_never_drops_the_rating():
    """It is left out and counted."""
    table = "time,pain,mood,drinks\n2026-05-01 07:30,4,\U0001f600,500 ml\n2026-05-02 07:30,3,6,2\n"
    assert [(c.pain.value, c.mood) for c in read(table).records.check_ins] == [(4, None), (3, 6)]
    assert "mood (1), drinks (1)" in notes(table)


@pytest.mark.parametrize(
    "line", ["Summe Woche 18;;72", "Total;;72", "Datum;Uhrzeit;Minuten", "03.05.2026;Summe;72", "\u00d8;;36"]
)
def test_totals_and_repeated_headers_are_passed_over(line):
    """They are no sessions, and take no day of rest."""
    table = f"Datum;Uhrzeit;Minuten\n01.05.2026;18:10;32\n{line}\n05.05.2026;18:10;30\n"
    result = read(table)
    assert (len(result.records.runs), result.skipped) == (2, ())
    assert "passed over" in notes(table)
    assert result.records.covered


@pytest.mark.parametrize("newest_first", [False, True])
def test_the_year_not_turned_in_january_is_turned_and_said(newest_first):
    """One January day would lie a year before its neighbours."""
    rows = [f"{day};18:10;30\n" for day in ("30.12.2025", "31.12.2025", "01.01.2025", "03.01.2026")]
    table = "Datum;Uhrzeit;Minuten\n" + "".join(rows[::-1] if newest_first else rows)
    assert sorted(str(run.local_day) for run in read(table).records.runs)[2] == "2026-01-01"
    assert "2025-01-01 as 2026-01-01" in notes(table)


def test_days_without_an_order_keep_their_years():
    """A table that was sorted by something else tells nothing of a wrong year."""
    rows = [
        f"{day};18:10;30\n" for day in ("31.12.2025", "01.01.2025", "07.06.2025", "03.01.2026", "02.02.2025")
    ]
    assert "2026-01-01" not in [
        str(r.local_day) for r in read("Datum;Zeit;Minuten\n" + "".join(rows)).records.runs
    ]


def test_no_distance_from_utc_is_utc_where_one_lives_elsewhere():
    """Programs write +00:00 as others write Z."""
    (run,) = read("start,moving_min\n2026-05-02T22:30:00+00:00,30\n").records.runs
    assert (str(run.local_day), run.zone_source) == ("2026-05-03", "assumed")


def test_no_distance_from_utc_beside_another_is_what_it_says():
    """A journey from Iceland."""
    table = "start,moving_min\n2026-05-02T22:30:00+00:00,30\n2026-05-09T22:30:00+02:00,30\n"
    assert str(read(table).records.runs[0].local_day) == "2026-05-02"


@pytest.mark.parametrize("day", ["28.12.", "5/1"])
def test_a_day_without_a_year_is_refused_for_that(day):
    """The sentence names the year, not the time."""
    with pytest.raises(BadTable, match="names no year"):
        read(f"date;time;minutes\n{day};18:10;30\n")


@pytest.mark.parametrize(
    "head",
    [
        "Fecha,Hora,Minutos,Kilómetros,Actividad\n2026-05-01,18:10,32,5.2,Carrera",
        "Data,Ora,Minuti,km,Attività\n2026-05-01,18:10,32,5.2,Corsa",
        "Datum,Tijd,Minuten,Afstand,Activiteit\n2026-05-01,18:10,32,5.2,Hardlopen",
        "Datum,Tid,Minuter,Sträcka,Aktivitet\n2026-05-01,18:10,32,5.2,Löpning",
        "Dato,Tidspunkt,Minutter,Distance,Aktivitet\n2026-05-01,18:10,32,5.2,Løb",
        "Data,Hora,Minutos,Distância,Atividade\n2026-05-01,18:10,32,5.2,Corrida",
        "Data,Godzina,Minuty,Dystans,Aktywność\n2026-05-01,18:10,32,5.2,Bieg",
        "Дата,Время,Минуты,Км,Вид\n2026-05-01,18:10,32,5.2,Бег",
        "日付,時刻,分,距離,種類\n2026-05-01,18:10,32,5.2,ランニング",
        "Date,Sport Type,Distance,Workout Time\n2026-05-01 18:10,Run,5.20km,00:32:00",
    ],
)
def test_headings_of_many_languages_are_known(head):
    """A run of 32 minutes and 5.2 km, in the words of nine languages and of an app."""
    (run,) = read(head).records.runs
    assert (run.moving_s / 60, run.distance_m) == (32, pytest.approx(5200))
    assert (run.activity, run.kind_source) == (Activity.RUN, "stated")


@pytest.mark.parametrize(
    "head", ["Date;Heure;Douleur", "Fecha;Hora;Dolor", "Data;Ora;Mal di schiena", "Datum;Tijd;Pijn"]
)
def test_pain_is_known_in_other_languages(head):
    """A rating of four at half past seven."""
    (told,) = read(f"{head}\n2026-05-01;07:30;4").records.check_ins
    assert (told.pain.value, f"{told.moment:%H:%M}") == (4, "07:30")


@pytest.mark.parametrize("above", ["My log\n", "My log;;;\n;;;\n", "My log\n\nSaved 20 May\n\n"])
def test_a_title_above_the_headings_is_passed_over(above):
    """The first line with several cells names the columns; lines are counted from the top of the file."""
    text = f"{above}date;time;minutes;km\n2026-05-01;18:10;32;5,2\n2026-05-03;18:10;x;5\n"
    assert minutes(text) == [32]
    assert read(text).skipped[0].where == f"t.csv line {above.count(chr(10)) + 3}"


def test_lines_drawn_below_the_headings_are_no_session():
    """A table in Markdown: both days are runs, and the day between them one of rest."""
    rows = "| 2026-05-01 | 18:10 | 30 |\n| 2026-05-03 | 18:10 | 31 |\n"
    text = f"| date | time | minutes |\n|:---|----|---:|\n{rows}"
    assert (minutes(text), read(text).skipped) == ([30, 31], ())
    days = diary_days(read(text).records, zone=BERLIN)
    assert [day.rest_is_known for day in days] == [False, True, False]


@pytest.mark.parametrize(
    "header", ["date,2026-05-01,2026-05-02,2026-05-03", "Week of,Mon,Tue,Wed,Thu,Fri,Sat,Sun"]
)
def test_a_table_whose_columns_are_days_is_refused_with_the_way_out(header):
    """One row a day is asked for, and how a spreadsheet makes it."""
    with pytest.raises(BadInput, match="transposed"):
        read_content(f"{header}\npain{',4' * header.count(',')}\n".encode(), name="t.csv", zone=BERLIN)


@pytest.mark.parametrize(
    ("text", "kg"),
    [
        ("Date,Weight\n2026-05-02,81.5\n", [81.5]),
        ("Datum;Gewicht (kg)\n2026-05-02;81,5\n", [81.5]),
        ("Date,Weight (lbs)\n2026-05-02,180\n", [81.6]),
        ("Date,Weight,Unit\n2026-05-02,180,lb\n2026-05-03,81,kg\n", [81.6, 81.0]),
    ],
)
def test_days_and_weights_are_measurements(text, kg):
    """The unit of the heading or of the row; kilograms where none is named."""
    weights = read(text).records.measurements
    assert [round(one.value, 1) for one in weights] == kg


def test_a_weight_without_a_unit_beside_others_in_pounds_is_left_out():
    """180 beside 181 lb and 82 kg can be pounds: nobody is told to weigh 180 kg."""
    rows = "2026-05-02,weight,181,lb\n2026-05-03,weight,82,kg\n2026-05-04,weight,180,\n"
    result = read(f"time,kind,value,unit\n{rows}")
    assert [round(one.value) for one in result.records.measurements] == [82, 82]
    assert "no unit" in result.skipped[0].why


def test_durations_and_distances_that_are_changed_over_are_refused():
    """Nobody is told to have run for 5.2 minutes where 5.2 km stand in the wrong column."""
    with pytest.raises(BadTable, match="written as a time"):
        read("date,time,distance,duration\n2026-05-01,18:10,00:32:00,5.2\n2026-05-03,18:10,01:05:00,10.1\n")


@pytest.mark.parametrize(("text", "encoding"), [("วันที่;เวลา;นาที\n01.05.2026;18:10;32\n", "cp874")])
def test_headings_in_another_encoding_are_refused_for_that(text, encoding):
    """The way out is the encoding to choose on saving."""
    with pytest.raises(BadInput, match="UTF-8"):
        read_content(text.encode(encoding), name="t.csv", zone=BERLIN)


@pytest.mark.parametrize(
    "row",
    [
        "2026-05-02 18:10,0,5.0,",
        "2026-05-02 18:10,00:00:00,6,run",
        "2026-05-02 18:10,,5.2,",
        "2026-05-02 18:10,,,run",
        "2026-05-02 18:10,-,,Dauerlauf",
        "2026-05-02 18:10,n/a,5,run",
    ],
)
def test_a_run_without_minutes_is_a_run_of_unknown_length(row):
    """It stands on its day, which is no day of rest, and the import says so."""
    text = f"start,minutes,km,type\n2026-05-01 18:10,30,5,run\n{row}\n2026-05-04 18:10,30,5,run\n"
    found = read(text)
    assert [(run.local_day.day, run.moving_s) for run in found.records.runs] == [
        (1, 1800),
        (2, None),
        (4, 1800),
    ]
    days = {day.day.day: day for day in diary_days(found.records, zone=BERLIN)}
    assert (days[2].run_minutes, days[3].run_minutes) == (None, 0.0)


def test_a_table_of_ways_without_a_column_of_minutes_is_read(tmp_path):
    """Each run is on its day, and the note names the first of them."""
    (tmp_path / "t.csv").write_text("Datum;Uhrzeit;km\n01.05.2026;18:10;5,2\n13.05.2026;07:00;8\n")
    found = import_path(tmp_path / "t.csv", zone=BERLIN)
    assert [(run.moving_s, run.distance_m) for run in found.records.runs] == [(None, 5200), (None, 8000)]
    assert "Sessions without minutes: 2 (t.csv line 2 (2026-05-01)" in " ".join(found.notes)


def test_a_line_that_holds_a_time_alone_is_no_run():
    """It may be a line of an empty form, so its day is open."""
    found = read("start,minutes,km\n2026-05-01 18:10,30,5\n2026-05-02 18:10,,\n2026-05-03 18:10,30,5\n")
    assert [run.local_day.day for run in found.records.runs] == [1, 3]
    assert "no moving time" in found.skipped[0].why
    assert next(day for day in diary_days(found.records, zone=BERLIN) if day.day.day == 2).is_missing


def test_the_elapsed_time_stands_in_for_minutes_in_motion():
    """Where a row tells nothing else, as in the lists of apps."""
    assert minutes("start,minutes,elapsed (min),km\n2026-05-01 18:10,,40,5\n2026-05-02 18:10,30,35,5\n") == [
        40,
        30,
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("1h02", 62),
        ("1h2", 62),
        ("0h32", 32),
        ("1 Std 2", 62),
        ("1 hr 30", 90),
        ("1h02m", 62),
        ("2h", 120),
        ("0h32'", 32),
    ],
)
def test_the_number_behind_hours_is_minutes(text, expected):
    """As runners write it in French, Dutch, Portuguese and German."""
    assert minutes(f"start,duration\n2026-05-01 18:10,{text}\n2026-05-02 18:10,0:45:00\n") == [expected, 45]


@pytest.mark.parametrize(
    "text",
    [
        "Date,Distance (km),Time,Avg HR\n2026-05-01,5.2,32:00,150\n2026-05-03,10.0,1:01:10,152\n",
        "start,km,sportTime(s)\n2026-05-01 18:10,5.2,1920\n",
        "date,Zeit,km\n2026-05-01,00:32:00,5.2\n",
    ],
)
def test_minutes_under_a_heading_that_is_not_known_are_asked_for(text):
    """A table whose minutes may be there is no list of runs of unknown length."""
    with pytest.raises(BadTable, match="lacks the column moving_min"):
        read(text)


@pytest.mark.parametrize(
    ("heads", "word"),
    [
        ("Päivä;Aika;Laji;Kesto;Matka", "Juoksu"),
        ("Datum;Čas;Aktivita;Trvání;Vzdálenost", "Běh"),
        ("Dátum;Idő;Tevékenység;Időtartam;Távolság", "Futás"),
        ("Tarih;Saat;Aktivite;Süre;Mesafe", "Koşu"),
        ("Ημερομηνία;Ώρα;Δραστηριότητα;Διάρκεια;Απόσταση", "Τρέξιμο"),
        ("날짜;시간;활동;소요 시간;거리", "달리기"),
        ("日期;时间;类型;时长;距离", "跑步"),
        ("Dato;Klokkeslett;Aktivitet;Varighet;Distanse", "Løping"),
        ("Data;Hora;Activitat;Durada;Distància", "Cursa"),
        ("DATE;HEURE;ACTIVITE;DUREE;DISTANCE", "Course à pied"),
        ("Kuupäev;Kell;Tegevus;Kestus;Vahemaa", "Jooks"),
    ],
)
def test_headings_in_other_languages_are_the_same_columns(heads, word):
    """Day, time, sport, duration and distance, with capitals and accents or without."""
    (run,) = read(f"{heads}\n2026-05-01;18:10;{word};0:32:00;5,2\n").records.runs
    assert (run.is_running, run.minutes, run.distance_m) == (True, 32.0, 5200.0)
