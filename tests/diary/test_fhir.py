"""The bundle for a clinic's software is FHIR, and says what the diary says."""

from datetime import UTC, datetime, timedelta, timezone

from fhir.resources.R4B.bundle import Bundle

from backstride.core.check_in import CheckIn
from backstride.core.measurement import Measurement, MeasurementKind
from backstride.core.records import Records
from backstride.core.run import Activity, Run
from backstride.core.scales import PainRating, Scale
from backstride.diary.fhir import bundle

NOW = datetime(2026, 5, 2, 8, tzinfo=UTC)
MORNING = datetime(2026, 5, 1, 7, 30, tzinfo=timezone(timedelta(hours=2)))
RECORDS = Records(
    (
        CheckIn(moment=MORNING, pain=PainRating(3, Scale(1, 5)), mood=6.5, leg_symptoms=False, note="stiff"),
        CheckIn(
            moment=MORNING + timedelta(days=1), drinks=2, sore=False, means_to_run=True, ran_yesterday=True
        ),
    ),
    (
        Run(start=MORNING, moving_s=1800, elapsed_s=1900, distance_m=5000, heart_rate_mean=150, rpe=4),
        Run(start=MORNING + timedelta(days=1), moving_s=600, activity=Activity.OTHER, feel_0_10=5),
    ),
    (
        Measurement(moment=MORNING, kind=MeasurementKind.WEIGHT, value=81.5),
        Measurement(moment=MORNING, kind=MeasurementKind.FRONT_PLANK, value=75),
    ),
)


def coded(made, code: str) -> list[dict]:
    """The observations with this LOINC code."""
    resources = [entry["resource"] for entry in made["entry"]]
    return [r for r in resources if any(c["code"] == code for c in r.get("code", {}).get("coding", ()))]


def test_it_is_fhir():
    """An independent library reads every resource of it, and finds the same in it."""
    made = bundle(RECORDS, now=NOW)
    read = Bundle.model_validate(made)
    assert len(read.entry) == 1 + 2 + 8 + 2 + 2
    assert [e.resource.get_resource_type() for e in read.entry[:2]] == ["Patient", "QuestionnaireResponse"]
    assert len({entry.fullUrl for entry in read.entry}) == len(read.entry)


def test_pain_is_on_the_scale_of_its_code():
    """A rating on another scale is told in points of 0-10, at the moment and offset of the check-in."""
    (pain,) = coded(bundle(RECORDS, now=NOW), "72514-3")
    assert pain["valueQuantity"]["value"] == 5
    assert pain["effectiveDateTime"] == "2026-05-01T07:30:00.000+02:00"


def test_weight_is_a_vital_sign():
    """Kilograms in UCUM, in the category that clinics look for."""
    (weight,) = coded(bundle(RECORDS, now=NOW), "29463-7")
    assert (weight["valueQuantity"]["value"], weight["valueQuantity"]["code"]) == (81.5, "kg")
    assert weight["category"][0]["coding"][0]["code"] == "vital-signs"


def test_a_run_is_exercise_with_its_duration():
    """Kind, span, minutes, metres and heart rate; a session of no known kind has its word alone."""
    run, other = coded(bundle(RECORDS, now=NOW), "73985-4")
    assert run["valueCodeableConcept"]["coding"][0]["code"] == "LA11836-6"
    assert run["effectivePeriod"]["end"] == "2026-05-01T08:01:40.000+02:00"
    assert [part["valueQuantity"]["value"] for part in run["component"]] == [30, 5000, 150, 4]
    assert other["valueCodeableConcept"] == {"text": "other"}


def test_equal_records_have_equal_ids():
    """A bundle sent again is known again; a value that changed is another one."""
    first, again = bundle(RECORDS, now=NOW), bundle(RECORDS, now=NOW + timedelta(days=1))
    assert first["entry"] == again["entry"]
    assert bundle(RECORDS, now=NOW)["timestamp"] != again["timestamp"]


def test_an_offset_of_seconds_is_told_in_utc():
    """Zones of old had offsets that FHIR cannot write."""
    odd = CheckIn(moment=MORNING.replace(tzinfo=timezone(timedelta(minutes=34, seconds=8))), note="x")
    made = bundle(Records((odd,)), now=NOW)
    assert made["entry"][2]["resource"]["effectiveDateTime"] == "2026-05-01T06:55:52.000+00:00"
    Bundle.model_validate(made)
