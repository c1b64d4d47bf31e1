"""The form of a check-in: what a browser sends, and what it means."""

import math
import re
from collections.abc import Mapping
from datetime import date, datetime
from secrets import token_hex
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import Request
from pydantic import BaseModel, ConfigDict, WithJsonSchema, create_model

from backstride.core.check_in import QUESTIONS, CheckIn
from backstride.core.question import Answer, AnswerKind, Question
from backstride.errors import BadValue, UnknownAnswer
from backstride.report.check_in_words import COUNTS, DAY_BEFORE, FIRST, MORE, RAN, Asked
from backstride.report.language import _
from backstride.services.check_in import CheckInInput, SubmissionMeta

YES_NO = {"yes": True, "no": False}
LAST_TIME = frozenset(asked.name for asked in COUNTS)
ENCODED = "application/x-www-form-urlencoded"


_MOMENT = {"anyOf": [{"const": ""}, {"type": "string", "format": "date-time"}]}
Rating = Annotated[str, WithJsonSchema({"type": "string", "pattern": r"^(10|[0-9](\.[0-9]+)?)?$"})]
Count = Annotated[str, WithJsonSchema({"type": "string", "pattern": r"^(200|1?[0-9]?[0-9])?$"})]
Minutes = Annotated[
    str, WithJsonSchema({"type": "string", "pattern": r"^(1440|1[0-3][0-9]{2}|14[0-3][0-9]|[0-9]{0,3})$"})
]
YesNo = Annotated[str, WithJsonSchema({"enum": ["yes", "no", ""]})]
Day = Annotated[str, WithJsonSchema({"anyOf": [{"const": ""}, {"type": "string", "format": "date"}]})]
Moment = Annotated[str, WithJsonSchema(_MOMENT)]
_VERSION = re.compile(r"[1-9][0-9]{0,8}\.[1-9][0-9]{0,4}", re.ASCII)
Version = Annotated[str, WithJsonSchema({"type": "string", "pattern": f"^({_VERSION.pattern})?$"})]
Note = Annotated[str, WithJsonSchema({"type": "string", "maxLength": 4000})]
"""How the description tells programs what a field takes; what it means is read by hand, for errors in plain words."""


class SubmittedForm(BaseModel):
    """The fields as they arrive; what was not tapped is empty or absent."""

    model_config = ConfigDict(str_max_length=4000)

    day: Day = ""
    sent_id: str = ""
    told_at: Moment = ""
    sent_at: Moment = ""
    our_clock: str = ""
    phone_clock: str = ""
    pain: Rating = ""
    as_last_time: str = ""
    note: Note = ""
    mark: str = ""
    began_from: Version = ""
    book: str = ""

    def to_input(self, *, today: date) -> CheckInInput:
        """Convert the submitted form to a check-in input.

        Raises:
            BadValue: a field that our page cannot send.
        """
        last = _last_time(self.as_last_time)
        day = _day(self.day) if self.day else today
        if self.phone_clock and self.told_at:
            day = _moment(self.told_at).date()
        given = {name: getattr(self, name) or last.get(name, "") for name in QUESTIONS}
        return CheckInInput(
            day=day,
            pain=_number(self.pain),
            answers={
                name: answer
                for name, text in given.items()
                if (answer := _answer(text, name, QUESTIONS[name])) is not None
            },
            note=self.note,
        )

    def submission(self) -> SubmissionMeta:
        """How it was sent.

        Raises:
            BadValue: a time or a version that is none.
        """
        if self.told_at and not self.our_clock:
            return SubmissionMeta(
                idempotency_key=self.sent_id,
                recorded_at=_moment(self.told_at),
                sent_at=_moment(self.sent_at),
                began_from=_version(self.began_from),
                clock_is_chosen=bool(self.phone_clock),
            )
        return SubmissionMeta(began_from=_version(self.began_from), clock_is_chosen=bool(self.our_clock))


def _field(question: Question) -> tuple[Any, str]:
    """How the field of a question is described: what it takes, and that it may be left out."""
    kinds = {
        AnswerKind.RATING: Rating,
        AnswerKind.COUNT: Count,
        AnswerKind.MINUTES: Minutes,
        AnswerKind.YES_NO: YesNo,
    }
    if question.kind in kinds:
        return kinds[question.kind], ""
    return Annotated[str, WithJsonSchema({"enum": [*question.choices, ""]})], ""


def _form() -> type[SubmittedForm]:
    """Create the form model with a field for each question."""
    of_questions: dict[str, Any] = {name: _field(question) for name, question in QUESTIONS.items()}
    return create_model("CheckInForm", __base__=SubmittedForm, __doc__=SubmittedForm.__doc__, **of_questions)


CheckInForm: type[SubmittedForm] = _form()


async def read_form(request: Request) -> SubmittedForm:
    """Parse the submitted form.

    It is taken apart by the standard library, in two fifths of the time of the parser for files; and not field by
    field.

    Raises:
        ValidationError: of pydantic, told as FastAPI's own: a field that is too long, or a file.
    """
    if request.headers.get("content-type", "").partition(";")[0] != ENCODED:
        return CheckInForm.model_validate(dict(await request.form()))
    body = (await request.body()).decode("utf-8", "replace")
    return CheckInForm.model_validate(dict(parse_qsl(body, keep_blank_values=True)))


DESCRIBED = {"requestBody": {"content": {ENCODED: {"schema": CheckInForm.model_json_schema()}}}}
"""What the form holds, for the description of the app."""


def form_context(
    day: date,
    check_in: CheckIn | None,
    *,
    last: Mapping[str, float],
    usual: float | None = None,
    version: tuple[int, int] | None = None,
) -> dict[str, Any]:
    """Build the template context of the form.

    Args:
        day: of which it asks.
        check_in: what was said of it before.
        last: the last count of each, so that it is one tap away.
        usual: the usual pain, so that a flare can be asked about; None where it is not known.
        version: the entry and the version that hold `check_in`, where it was told here.
    """
    values = _values(check_in)
    return {
        "day_iso": day.isoformat(),
        "day_date": day,
        "told": values,
        "asked": {"first": FIRST, "ran": RAN, "more": MORE, "day_before": DAY_BEFORE},
        "counts": COUNTS,
        "taps": {a.name: _taps(a, last.get(a.name), values[a.name]) for a in (*COUNTS, *RAN) if a.taps},
        "last": last,
        "usual": usual,
        "last_time": ""
        if any(values[asked.name] for asked in COUNTS)
        else " ".join(f"{a.name}={last[a.name]:g}" for a in COUNTS if a.name in last),
        "sent_id": token_hex(16),
        "began_from": "{}.{}".format(*version) if version else "",
    }


def _taps(asked: Asked, last: float | None, value: str) -> list[tuple[str, str]]:
    """Return the numbers offered as one tap, including the last and the current value."""
    known = [*([] if last is None else [last]), *([float(value)] if value else [])]
    numbers = sorted({*map(float, asked.taps), *known})
    return [(f"{number:g}", f"{number:g}") for number in numbers]


def _values(check_in: CheckIn | None) -> dict[str, str]:
    """Return earlier answers as the form shows them; `is_more` where some are in the folded part."""
    values = {name: _text(getattr(check_in, name, None)) for name in QUESTIONS}
    pain = check_in.pain.pain_0_10 if check_in and check_in.pain else None
    note = check_in.note if check_in else ""
    is_more = any(values[asked.name] for asked in (*MORE, *DAY_BEFORE)) or bool(note)
    return {"pain": _text(pain), **values, "note": note, "is_more": "yes" if is_more else ""}


def _text(answer: Answer | None) -> str:
    if answer is None or isinstance(answer, str):
        return answer or ""
    return ("yes" if answer else "no") if isinstance(answer, bool) else f"{answer:g}"


def _answer(text: str, name: str, question: Question) -> Answer | None:
    """Parse one field.

    Raises:
        BadValue: a number that cannot be read.
        UnknownAnswer: a word that our page does not offer.
    """
    if not text.strip():
        return None
    match question.kind:
        case AnswerKind.YES_NO:
            if text not in YES_NO:
                raise UnknownAnswer(
                    _("'{said}' is neither yes nor no.").format(said=text[:40]),
                    advice=_("Load the page again, then tap once more."),
                )
            return YES_NO[text]
        case AnswerKind.CHOICE:
            question.check(name, text)
            return text
        case _:
            return _number(text)


def _last_time(tapped: str) -> dict[str, str]:
    """Parse the counts that one tap stands for: "drinks=2 cigarettes=0"."""
    pairs = (part.partition("=") for part in tapped.split())
    return {name: count for name, _sign, count in pairs if name in LAST_TIME}


def _number(text: str) -> float | None:
    if not text.strip():
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise BadValue(
            _("That number could not be read."), advice=_("Load the page again, then tap once more.")
        )
    return value


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadValue(_("This is not a day."), advice=_("Choose one from the diary.")) from error


def _version(text: str) -> tuple[int, int] | None:
    if not text:
        return None
    if not _VERSION.fullmatch(text):
        raise BadValue(
            _("That number could not be read."), advice=_("Load the page again, then tap once more.")
        )
    entry_id, number = map(int, text.split("."))
    return entry_id, number


def _moment(text: str) -> datetime:
    moment: datetime | None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.utcoffset() is None:
        raise BadValue(
            _("That time could not be read."), advice=_("Load the page again, then save once more.")
        )
    return moment
