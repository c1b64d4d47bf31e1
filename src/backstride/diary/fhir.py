"""The diary for a clinic's software: an HL7 FHIR R4 bundle of observations (https://hl7.org/fhir/R4/observation.html).

LOINC names what it has a name for: pain now (72514-3), weight (29463-7), heart rate (8867-4), and of a session its
kind (73985-4, answers of list LL734-5) and duration (55411-3), as the HL7 Physical Activity guide 1.0.0 uses them.
What was answered together stands in a QuestionnaireResponse, too; the observations say that they are derived from it.
Anything else has its words alone. Nobody is named in it: who it is about is told by whoever hands it over.
"""

from base64 import b64encode
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from hashlib import sha256
from typing import Any
from uuid import NAMESPACE_URL, UUID, uuid5

from backstride.core.check_in import QUESTIONS, CheckIn
from backstride.core.measurement import FORMS, Measurement, MeasurementKind
from backstride.core.question import Answer, AnswerKind, Question
from backstride.core.records import Records
from backstride.core.roland_morris import SENTENCES
from backstride.core.run import Activity, Run
from backstride.diary.serialization import serialize

LOINC = "http://loinc.org"
UCUM = "http://unitsofmeasure.org"
CATEGORIES = "http://terminology.hl7.org/CodeSystem/observation-category"

PAIN = ("72514-3", "Pain severity - 0-10 verbal numeric rating [Score] - Reported")
WEIGHT = ("29463-7", "Body weight")
EXERCISE = ("73985-4", "Exercise activity")
DURATION = ("55411-3", "Exercise duration")
HEART_RATE = ("8867-4", "Heart rate")
KINDS = {
    Activity.RUN: ("LA11836-6", "Running"),
    Activity.TREADMILL: ("LA11836-6", "Running"),
    Activity.WALK: ("LA11834-1", "Walking"),
}
_SPACE = uuid5(NAMESPACE_URL, "https://backstride.invalid/fhir")
_PERSON = uuid5(_SPACE, "the person of this diary")

Json = dict[str, Any]


def bundle(records: Records, *, now: datetime, more: Iterable[Json] = ()) -> Json:
    """All check-ins, sessions, measurements, ratings before runs and questionnaires as one collection.

    `now` is when it is made, and `more` are further resources of the same person. Equal records get equal ids, so
    that a bundle sent again can be known again. Draws, steps of the plan and covered days have no place in it.
    """
    person: Json = {"resourceType": "Patient", "id": str(_PERSON)}
    resources = [
        *_of_check_ins(records),
        *_of_runs(records),
        *_of_measurements(records),
        *_of_pain_before(records),
        *_of_roland_morris(records),
        *more,
    ]
    return {
        "resourceType": "Bundle",
        "type": "collection",
        "timestamp": _moment(now),
        "entry": [_entry(_PERSON, person), *(_entry(UUID(each["id"]), each) for each in resources)],
    }


def as_test_data(made: Json) -> Json:
    """Mark a bundle and each of its resources as data of nobody, as clinics do (HL7 v3 ActReason, HTEST)."""
    label = {"system": "http://terminology.hl7.org/CodeSystem/v3-ActReason", "code": "HTEST"}
    meta: Json = {"security": [{**label, "display": "test health data"}]}
    entries = [{**one, "resource": {**one["resource"], "meta": meta}} for one in made["entry"]]
    return {**made, "meta": meta, "entry": entries}


def _of_check_ins(records: Records) -> Iterator[Json]:
    for check_in in records.check_ins:
        key = serialize(check_in).key
        answers = tuple(_answers(check_in))
        form = questionnaire_response(f"{key} answers", check_in.moment, answers, name="Morning check-in")
        yield form
        source = {"derivedFrom": [{"reference": f"urn:uuid:{form['id']}"}]}
        if check_in.pain is not None:
            value = _quantity(check_in.pain.pain_0_10, "{score}")
            yield _observation(
                key, "survey", _code(*PAIN), check_in.moment, {"valueQuantity": value, **source}
            )
        for name, question in QUESTIONS.items():
            if (answer := getattr(check_in, name)) is not None:
                code = {"text": _asked(question)}
                yield _observation(
                    f"{key} {name}", "survey", code, check_in.moment, _answered(answer) | source
                )
        yield from _note(key, check_in, source)


def _answers(check_in: CheckIn) -> Iterator[Json]:
    """Each question that was answered, under the name of its field, which never changes."""
    if check_in.pain is not None:
        yield item("pain", "Pain in the back now, 0 to 10", {"valueDecimal": check_in.pain.pain_0_10})
    for name, question in QUESTIONS.items():
        if (answer := getattr(check_in, name)) is not None:
            yield item(name, _asked(question), _item_answer(answer))
    if check_in.note.strip():
        yield item("note", "Note", {"valueString": check_in.note})


def _item_answer(answer: Answer) -> Json:
    if isinstance(answer, bool):
        return {"valueBoolean": answer}
    return {"valueString": answer} if isinstance(answer, str) else {"valueDecimal": answer}


def item(link_id: str, question: str, answer: Json | None) -> Json:
    """One question of a form; without an answer where it was asked and left open."""
    asked: Json = {"linkId": link_id, "text": question}
    return asked if answer is None else {**asked, "answer": [answer]}


def questionnaire_response(key: str, moment: datetime, items: Iterable[Json], *, name: str) -> Json:
    """Build a QuestionnaireResponse of a form that the person filled in.

    Args:
        key: equal for equal forms.
        moment: when.
        items: as `item` makes them.
        name: what the form is called.
    """
    return {
        "resourceType": "QuestionnaireResponse",
        "id": str(uuid5(_SPACE, key)),
        "status": "completed",
        "text": {"status": "generated", "div": f'<div xmlns="http://www.w3.org/1999/xhtml">{name}</div>'},
        "subject": {"reference": f"urn:uuid:{_PERSON}"},
        "source": {"reference": f"urn:uuid:{_PERSON}"},
        "authored": _moment(moment),
        "item": list(items),
    }


def document_reference(document: bytes, kind: str, moment: datetime, *, title: str) -> Json:
    """Build a DocumentReference with a file embedded.

    Args:
        document: its bytes.
        kind: its media type.
        moment: of making it.
        title: what it is called.
    """
    attachment = {
        "contentType": kind,
        "data": b64encode(document).decode("ascii"),
        "title": title,
        "creation": _moment(moment),
    }
    return {
        "resourceType": "DocumentReference",
        "id": str(uuid5(_SPACE, sha256(document).hexdigest())),
        "status": "current",
        "type": {"text": title},
        "subject": {"reference": f"urn:uuid:{_PERSON}"},
        "date": _moment(moment),
        "content": [{"attachment": attachment}],
    }


def _asked(question: Question) -> str:
    """Describe in words what an answer means, since no code system has it."""
    words = question.meaning[0].upper() + question.meaning[1:]
    return f"{words}, 0 to 10" if question.kind is AnswerKind.RATING else words


def _answered(answer: Answer) -> Json:
    if isinstance(answer, bool):
        return {"valueBoolean": answer}
    if isinstance(answer, str):
        return {"valueCodeableConcept": {"text": answer}}
    return {"valueQuantity": _quantity(answer, "1")}


def _note(key: str, check_in: CheckIn, source: Json) -> Iterator[Json]:
    if check_in.note.strip():
        value = {"valueString": check_in.note, **source}
        yield _observation(f"{key} note", "survey", {"text": "Note"}, check_in.moment, value)


def _of_runs(records: Records) -> Iterator[Json]:
    for run in records.runs:
        known = KINDS.get(run.activity)
        value = {**_code(*known), "text": run.activity.value} if known else {"text": run.activity.value}
        yield {
            **_observation(
                serialize(run).key,
                "activity",
                _code(*EXERCISE),
                run.start,
                {"valueCodeableConcept": value, "component": list(_parts(run))},
            ),
            "effectivePeriod": {"start": _moment(run.start), "end": _moment(run.end)},
        }


def _parts(run: Run) -> Iterator[Json]:
    if run.minutes is not None:
        yield {"code": _code(*DURATION), "valueQuantity": _quantity(run.minutes, "min")}
    if run.distance_m is not None:
        yield {"code": {"text": "Distance"}, "valueQuantity": _quantity(run.distance_m, "m")}
    if run.heart_rate_mean is not None:
        code = {**_code(*HEART_RATE), "text": "Mean heart rate of the session"}
        yield {"code": code, "valueQuantity": _quantity(run.heart_rate_mean, "/min")}
    if run.rpe is not None:
        yield {"code": {"text": "Exertion, 0 to 10 (CR-10)"}, "valueQuantity": _quantity(run.rpe, "{score}")}
    if run.feel_0_10 is not None:
        code = {"text": "How it felt, 0 (very weak) to 10 (very strong)"}
        yield {"code": code, "valueQuantity": _quantity(run.feel_0_10, "{score}")}


def _of_measurements(records: Records) -> Iterator[Json]:
    for measured in records.measurements:
        is_weight = measured.kind is MeasurementKind.WEIGHT
        code = _code(*WEIGHT) if is_weight else {"text": _words(measured)}
        value = {"valueQuantity": _quantity(measured.value, FORMS[measured.kind].unit)}
        yield _observation(
            serialize(measured).key, "vital-signs" if is_weight else "exam", code, measured.moment, value
        )


def _of_pain_before(records: Records) -> Iterator[Json]:
    for rating in records.pain_before:
        code = {**_code(*PAIN), "text": "Pain now, before a run or in place of one"}
        value = {"valueQuantity": _quantity(rating.pain.pain_0_10, "{score}")}
        yield _observation(serialize(rating).key, "survey", code, rating.time, value)


def _of_roland_morris(records: Records) -> Iterator[Json]:
    """Yield the score, with each sentence as a component where the ticked ones are known."""
    for questionnaire in records.roland_morris:
        code = {"text": "Roland-Morris Disability Questionnaire, sentences ticked of 24"}
        value: Json = {"valueQuantity": _quantity(questionnaire.score, "{score}")}
        if questionnaire.ticked is not None:
            value["component"] = [
                {"code": {"text": sentence}, "valueBoolean": number in questionnaire.ticked}
                for number, sentence in enumerate(SENTENCES, 1)
            ]
        yield _observation(serialize(questionnaire).key, "survey", code, questionnaire.time, value)


def _words(measured: Measurement) -> str:
    return measured.kind.value.replace("_", " ").capitalize()


def _observation(key: str, category: str, code: Json, moment: datetime, more: Json) -> Json:
    resource: Json = {
        "resourceType": "Observation",
        "id": str(uuid5(_SPACE, key)),
        "status": "final",
        "category": [{"coding": [{"system": CATEGORIES, "code": category}]}],
        "code": code,
        "subject": {"reference": f"urn:uuid:{_PERSON}"},
        **more,
    }
    return resource if category == "activity" else {**resource, "effectiveDateTime": _moment(moment)}


def _entry(number: UUID, resource: Json) -> Json:
    return {"fullUrl": f"urn:uuid:{number}", "resource": resource}


def _code(code: str, words: str) -> Json:
    return {"coding": [{"system": LOINC, "code": code, "display": words}]}


def _quantity(value: float, unit: str) -> Json:
    return {"value": value, "unit": unit, "system": UCUM, "code": unit}


def _moment(moment: datetime) -> str:
    """Format a FHIR instant, whose offset has no seconds."""
    offset = moment.utcoffset()
    whole = offset is None or offset.total_seconds() % 60 == 0
    return (moment if whole else moment.astimezone(UTC)).isoformat(timespec="milliseconds")
