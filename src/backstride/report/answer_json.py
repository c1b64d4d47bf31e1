"""The answer as JSON: all numbers, stable keys, a version; an unknown number is null."""

import json
import math
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date

from backstride.answer.answer import FORMAT, Answer
from backstride.report.words import headline, verdict_sentences


def answer_json(answer: Answer) -> str:
    """Serialise `answer` to JSON, with the sentences of the page under "said".

    The keys are the names of its fields, explained in docs/what-the-answer-means.md.
    """
    whole = {"format": FORMAT, **_fields(answer)}
    for effect in answer.effects:
        said = [headline(answer, effect), *verdict_sentences(answer, effect)]
        whole[effect.question.value] = _fields(effect) | {"said": said}
    return json.dumps(whole, indent=2, ensure_ascii=False, allow_nan=False) + "\n"


def _fields(record: object) -> dict[str, object]:
    if not is_dataclass(record):
        raise AssertionError(record)
    return {field.name: _plain(getattr(record, field.name)) for field in fields(record)}


def _plain(value: object) -> object:
    if is_dataclass(value):
        return _fields(value)
    if isinstance(value, Mapping):
        return {str(key): _plain(item) for key, item in value.items()}
    if isinstance(value, tuple | list):
        return [_plain(item) for item in value]
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, float):
        return float(value) if math.isfinite(value) else None
    return value
