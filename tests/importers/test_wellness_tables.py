"""Weights and moods in the tables of scales and diaries."""

import math
from zoneinfo import ZoneInfo

import pytest

from backstride.errors import BadInput
from backstride.importers.registry import reader_for

BERLIN = ZoneInfo("Europe/Berlin")
DAYLIO = "full_date,date,weekday,time,mood,activities,note_title,note\n"
BEARABLE = "date,weekday,time of day,category,rating/amount,detail,notes\n"
WELLNESS = "date,weight,restingHR,hrv,soreness,fatigue,stress,mood\n"


def read(text):
    """What the table gives, read by the reader that knows it, for somebody who lives in Berlin."""
    content = text.encode()
    return reader_for(content[:4096], name="x").read(content, name="a.csv", zone=BERLIN)


@pytest.mark.parametrize(
    ("heading", "value", "kilograms"),
    [("Weight (kg)", "81.5", 81.5), ("Weight (lb)", "180", 81.65), ("Weight (st)", "13", 82.55)],
)
def test_withings_weights_come_in_the_unit_of_their_heading(heading, value, kilograms):
    """Fat and bone are not asked for; an impossible weight is left out."""
    rows = f'"2026-04-25 08:11:51",{value},16.02,\n"2026-04-26 08:11:51",9000,16.02,\n'
    result = read(f'Date,"{heading}","Fat mass (kg)",Comments\n{rows}')
    (found,) = result.records.measurements
    assert found.value == pytest.approx(kilograms, abs=0.01)
    assert len(result.skipped) == 1


@pytest.mark.parametrize(
    ("word", "mood"), [("rad", 10), ("Good", 7.5), ("meh", 5), ("bad", 2.5), ("awful", 0)]
)
def test_daylios_five_faces_become_moods(word, mood):
    """A name of one's own is left out, with what to do."""
    result = read(
        f'{DAYLIO}2026-05-01,May 1,Friday,7:05 am,{word},"run | rest","",""\n2026-05-02,,,07:00,odd,,,\n'
    )
    (check_in,) = result.records.check_ins
    assert (check_in.mood, check_in.moment.hour, check_in.pain) == (mood, 7, None)
    assert "name of your own" in result.skipped[0].why


def test_a_symptom_of_the_back_is_pain_in_five_grades():
    """Other symptoms are passed over; severity 4 is open at the top."""
    rows = (
        "2026-05-01,Fri,am,Symptom,2,Lower back pain,\n2026-05-01,Fri,am,Symptom,4,Headache,\n"
        "2026-05-02,Sat,pm,Symptom,4,Back pain,\n2026-05-02,Sat,pm,Mood,10,,\n"
        "2026-05-03,Sun,am,Symptom,9,Back pain,\n"
    )
    result = read(BEARABLE + rows)
    first, second, third = result.records.check_ins
    assert first.pain.interval_0_10 == (3.75, 6.25)
    assert second.pain.interval_0_10 == (8.75, math.inf)
    assert (third.mood, third.pain) == (10, None)
    assert len(result.skipped) == 1


@pytest.mark.parametrize("symptom", ["Back acne", "Back sweat", "Itchy back", "Stepped back from work"])
def test_a_symptom_of_the_back_that_is_no_pain_is_passed_over(symptom):
    """Pain alone is asked for."""
    rows = f"2026-05-01,Fri,am,Symptom,4,{symptom},\n2026-05-02,Sat,am,Symptom,2,Lower back,\n"
    (check_in,) = read(BEARABLE + rows).records.check_ins
    assert check_in.pain.value == 2


def test_wellness_of_intervals_icu_gives_mood_tightness_and_weight():
    """Soreness is of muscles, never pain of the back; a day alone counts as filled in late."""
    result = read(WELLNESS + "2026-05-01,81.5,50,60,4,2,2,1\n2026-05-02,,50,60,,,,\n2026-05-03,,50,60,9,,,\n")
    (check_in,) = result.records.check_ins
    assert (check_in.tightness, check_in.mood, check_in.pain) == (10, 10, None)
    assert check_in.filled_in_late
    assert [m.value for m in result.records.measurements] == [81.5]
    assert len(result.skipped) == 1


@pytest.mark.parametrize("table", [DAYLIO, BEARABLE, WELLNESS, 'Date,"Weight (kg)"\n'])
def test_a_table_of_headings_alone_is_refused(table):
    """It says nothing."""
    with pytest.raises(BadInput, match="nothing"):
        read(table)


@pytest.mark.parametrize(
    ("table", "days"),
    [
        (
            DAYLIO
            + '2026-05-05,May 5,Tuesday,21:30,good,"cooking | running",,""\n2026-05-06,,,21:30,bad,cooking,,\n',
            [5],
        ),
        (DAYLIO + "2026-05-05,,,21:30,Mein Wort,Laufen,,\n2026-05-06,,,21:30,good,sofa,,\n", [5]),
        (DAYLIO + "2026-05-05,,,21:30,good,running errands | runny nose,,\n", []),
        (
            BEARABLE + '"2026-05-05","Tuesday","pm","Exercise","","Running (5 km)",""\n'
            '"2026-05-05","Tuesday","pm","Mood","7","",""\n',
            [5],
        ),
        (
            BEARABLE + '"2026-05-05","Tuesday","pm","Symptom","2","Runner\'s knee",""\n'
            '"2026-05-05","Tuesday","pm","Mood","7","",""\n',
            [],
        ),
    ],
)
def test_a_run_named_in_a_diary_of_moods_leaves_its_day_open(table, days):
    """Nobody told its minutes, and it was no day of rest."""
    assert sorted(day.day for day in read(table).open_days) == days
