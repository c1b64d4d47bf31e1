"""Weights and moods in the tables of scales and diaries: Withings, Garmin, Intervals.icu, Daylio, Bearable.

How each answer becomes one of backstride's is said in `docs/formats-apps.md`, and in a note of each import.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Final

from backstride.core.check_in import CheckIn
from backstride.core.measurement import Measurement, MeasurementKind
from backstride.core.run import Activity
from backstride.core.scales import PainRating, Scale
from backstride.errors import BadValue
from backstride.importers.sport_words import kind_called
from backstride.importers.tables.back_places import place_of_pain
from backstride.importers.tables.columns import Cells, Table
from backstride.importers.tables.forms import Column, Form
from backstride.importers.tables.table_times import USUAL_MORNING
from backstride.importers.vendors.app_records import Record
from backstride.importers.vendors.app_table import AppTable, Rows, measured

POUND_KG: Final = 0.45359237
STONE_KG: Final = 6.35029318
_MOODS: Final = {
    **dict.fromkeys(("rad", "super", "génial", "genial", "fantástico"), 10.0),
    **dict.fromkeys(("good", "gut", "bien", "bom", "bene"), 7.5),
    **dict.fromkeys(("meh", "okay", "ok", "so lala", "bof"), 5.0),
    **dict.fromkeys(("bad", "schlecht", "mal", "mauvais", "male"), 2.5),
    **dict.fromkeys(("awful", "mies", "furchtbar", "horrible", "terrible", "péssimo"), 0.0),
}
"""Daylio's five faces as it names them unless a person renames them."""
_PART_OF_DAY: Final = {
    "am": "08:00", "morning": "08:00", "mid": "13:00", "midday": "13:00", "pm": "19:00", "afternoon": "15:00",
    "evening": "19:00", "night": "22:00", "all day": "20:00",
}  # fmt: skip
SEVERITY: Final = Scale(0.0, 4.0)
"""Bearable's none, mild, moderate, severe, unbearable."""


def _form(what: str, needs: tuple[str, ...], *columns: Column) -> Form:
    return Form(what, columns, tuple((name,) for name in needs), "the table as the app writes it")


def weight(value: float, cells: Cells, rows: Rows, text: str) -> Measurement:
    """Build a body weight in kilograms at the timestamp `text`; a day alone gets the usual morning."""
    moment, known = rows.moment(text, day_alone_at=USUAL_MORNING)
    return Measurement(
        moment=moment, zone_source=known, kind=MeasurementKind.WEIGHT, value=value, source=cells.where
    )


def _withings_weight(cells: Cells, rows: Rows) -> Iterator[Measurement]:
    for column, unit in (("Weight (kg)", 1.0), ("Weight (lb)", POUND_KG), ("Weight (st)", STONE_KG)):
        value = measured(cells[column], what="weight", unit=unit)
        if value is not None:
            yield weight(value, cells, rows, cells["Date"])
            return


WITHINGS: Final = AppTable(
    "Withings weights",
    Form(
        "weights",
        (
            Column("Date", ("Datum", "Fecha", "Data")),
            Column("Weight (kg)", ("Gewicht (kg)", "Poids (kg)", "Peso (kg)")),
            Column("Weight (lb)", ("Weight (lbs)",)),
            Column("Weight (st)"),
        ),
        (("Date",), ("Weight (kg)", "Weight (lb)", "Weight (st)")),
        "the table as the scale writes it",
    ),
    _withings_weight,
    ("Date",),
)


def _icu_day(cells: Cells, rows: Rows) -> Iterator[Record]:
    """Soreness 1 (none) to 4 as tightness, mood 1 (great) to 4 (grumpy) turned round; both of that morning."""
    kilograms = measured(cells["weight"], what="weight")
    if kilograms:
        yield weight(kilograms, cells, rows, cells["date"])
    soreness, mood = measured(cells["soreness"], what="soreness"), measured(cells["mood"], what="mood")
    if not soreness and not mood:
        return
    moment, known = rows.moment(cells["date"], day_alone_at=USUAL_MORNING)
    yield CheckIn(
        moment=moment,
        zone_source=known,
        tightness=_of_four(soreness, turned=False),
        mood=_of_four(mood, turned=True),
        source=cells.where,
        filled_in_late=True,
    )


def _of_four(answer: float | None, *, turned: bool) -> float | None:
    if not answer:
        return None
    if not 1 <= answer <= 4:
        raise BadValue(f"An answer of {answer:g} is not on the scale 1 to 4.", advice="Correct it.")
    share = (answer - 1.0) / 3.0
    return 10.0 * (1.0 - share if turned else share)


def _icu_says(_: Table) -> Iterable[str]:
    yield "soreness 1 to 4 is read as muscle tightness 0 to 10, and mood 1 (great) to 4 as mood 10 to 0"


INTERVALS_DAYS: Final = AppTable(
    "Intervals.icu wellness",
    Form(
        "days",
        (Column("date"), Column("soreness"), Column("mood"), Column("weight"), Column("restingHR")),
        (("date",), ("restingHR",), ("soreness", "mood", "weight")),
        "the table as the site writes it",
    ),
    _icu_day,
    ("date",),
    says=_icu_says,
)


def _daylio_entry(cells: Cells, rows: Rows) -> Iterator[CheckIn]:
    word = cells["mood"].lower()
    if word not in _MOODS:
        raise BadValue(
            f"The mood '{cells['mood'][:40]}' is a name of your own.",
            advice="Give the five moods their first names in Daylio (rad, good, meh, bad, awful), then export again.",
        )
    day, at = cells["full_date"], cells["time"]
    moment, known = rows.moment(f"{day} {at}".strip(), day_alone_at=USUAL_MORNING)
    yield CheckIn(moment=moment, zone_source=known, mood=_MOODS[word], note=cells["note"], source=cells.where)


def _daylio_says(_: Table) -> Iterable[str]:
    yield "the five moods are read as 10, 7.5, 5, 2.5 and 0"


def _daylio_run(cells: Cells) -> bool:
    """Whether one of an entry's activities is a run."""
    return any(_is_run(word) for word in cells["activities"].split("|"))


def _is_run(word: str) -> bool:
    return kind_called(word.strip()).activity in (Activity.RUN, Activity.TREADMILL)


DAYLIO: Final = AppTable(
    "Daylio",
    _form(
        "entries",
        ("full_date", "mood", "activities"),
        Column("full_date"), Column("time"), Column("mood"), Column("activities"), Column("note"),
    ),
    _daylio_entry,
    ("full_date",),
    says=_daylio_says,
    names_a_run=_daylio_run,
)  # fmt: skip


_HURTS: Final = re.compile(
    r"pain|ache|aching|schmerz|sore|hurt|stiff|douleur|dolor|pijn|^\W*(?:lower |upper |mid )?back\W*$",
    re.IGNORECASE,
)


def _bearable_entry(cells: Cells, rows: Rows) -> Iterator[CheckIn]:
    """Convert a mood of 1-10, or a back symptom in five grades; yield nothing for other entries."""
    category, amount = cells["category"].lower(), measured(cells["rating/amount"], what="rating")
    is_mood, is_back = category == "mood", category == "symptom" and _is_back_pain(cells["detail"])
    if amount is None or not (is_mood or is_back):
        return
    part = cells["time of day"]
    at = _PART_OF_DAY.get(part.lower(), part)
    moment, known = rows.moment(f"{cells['date']} {at}".strip(), day_alone_at=USUAL_MORNING)
    yield CheckIn(
        moment=moment,
        zone_source=known,
        pain=PainRating(amount, SEVERITY) if is_back else None,
        mood=_of_ten(amount) if is_mood else None,
        note=cells["detail"] if is_back else "",
        source=cells.where,
        filled_in_late=not part or part.lower() in _PART_OF_DAY,
    )


def _is_back_pain(symptom: str) -> bool:
    """Whether a symptom is pain of the back: acne and sweat are found there, too."""
    return place_of_pain(symptom) == "back" and _HURTS.search(symptom) is not None


def _bearable_run(cells: Cells) -> bool:
    """Whether an entry beside moods and symptoms, such as a factor, is a run."""
    category = cells["category"].lower()
    return category not in ("mood", "symptom") and _is_run(cells["detail"].partition("(")[0])


def _of_ten(answer: float) -> float:
    if not 1 <= answer <= 10:
        raise BadValue(f"A mood of {answer:g} is not on the scale 1 to 10.", advice="Correct it.")
    return 10.0 * (answer - 1.0) / 9.0


def _bearable_says(_: Table) -> Iterable[str]:
    yield "symptoms of the back are read as pain in five grades (none to unbearable), moods 1 to 10 as 0 to 10"


BEARABLE: Final = AppTable(
    "Bearable",
    _form(
        "entries",
        ("date", "time of day", "category", "rating/amount"),
        Column("date", ("date formatted",)), Column("time of day"), Column("category"),
        Column("rating/amount", ("rating",)), Column("detail"),
    ),
    _bearable_entry,
    ("date",),
    says=_bearable_says,
    names_a_run=_bearable_run,
)  # fmt: skip
