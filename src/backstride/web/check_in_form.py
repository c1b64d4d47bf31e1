"""The form of a check-in: what a browser sends, and what it means."""

import math
from collections.abc import Mapping
from datetime import date, datetime
from secrets import token_hex
from typing import Annotated, Any
from urllib.parse import parse_qsl

from fastapi import Request
from pydantic import BaseModel, ConfigDict, WithJsonSchema

from backstride.actions.check_in import Sending, Told
from backstride.core.check_in import CheckIn
from backstride.errors import BadValue
from backstride.report.language import _

COUNTS = {"drinks": (0, 1, 2, 3, 4, 6), "cigarettes": (0, 1, 5, 10, 15, 20), "fatty_meals": (0, 1, 2, 3)}
YES_NO = {"yes": True, "no": False}
ENCODED = "application/x-www-form-urlencoded"


_MOMENT = {"anyOf": [{"const": ""}, {"type": "string", "format": "date-time"}]}
Rating = Annotated[str, WithJsonSchema({"type": "string", "pattern": r"^(10|[0-9](\.[0-9]+)?)?$"})]
Count = Annotated[str, WithJsonSchema({"type": "string", "pattern": r"^(200|1?[0-9]?[0-9])?$"})]
YesNo = Annotated[str, WithJsonSchema({"enum": ["yes", "no", ""]})]
Day = Annotated[str, WithJsonSchema({"anyOf": [{"const": ""}, {"type": "string", "format": "date"}]})]
Moment = Annotated[str, WithJsonSchema(_MOMENT)]
Note = Annotated[str, WithJsonSchema({"type": "string", "maxLength": 4000})]
"""How the description tells programs what a field takes; what it means is read by hand, for errors in plain words."""


class CheckInForm(BaseModel):
    """The fields as they arrive; what was not tapped is empty or absent."""

    model_config = ConfigDict(str_max_length=4000)

    day: Day = ""
    sent_id: str = ""
    told_at: Moment = ""
    sent_at: Moment = ""
    our_clock: str = ""
    pain: Rating = ""
    mood: Rating = ""
    tightness: Rating = ""
    confidence: Rating = ""
    drinks: Count = ""
    cigarettes: Count = ""
    fatty_meals: Count = ""
    leg_symptoms: YesNo = ""
    sore: YesNo = ""
    means_to_run: YesNo = ""
    ran_yesterday: YesNo = ""
    as_last_time: str = ""
    note: Note = ""
    mark: str = ""

    def told(self, *, today: date) -> Told:
        """What was tapped.

        Raises:
            BadValue: a field that our page cannot send.
        """
        last = _last_time(self.as_last_time)
        return Told(
            day=_day(self.day) if self.day else today,
            pain=_number(self.pain),
            mood=_number(self.mood),
            tightness=_number(self.tightness),
            confidence=_number(self.confidence),
            drinks=_number(self.drinks or last.get("drinks", "")),
            cigarettes=_number(self.cigarettes or last.get("cigarettes", "")),
            fatty_meals=_number(self.fatty_meals or last.get("fatty_meals", "")),
            leg_symptoms=YES_NO.get(self.leg_symptoms),
            sore=YES_NO.get(self.sore),
            means_to_run=YES_NO.get(self.means_to_run),
            ran_yesterday=YES_NO.get(self.ran_yesterday),
            note=self.note,
        )

    def sending(self) -> Sending:
        """How it was sent.

        Raises:
            BadValue: a time that is none.
        """
        if self.told_at and not self.our_clock:
            return Sending(sent_id=self.sent_id, told_at=_moment(self.told_at), sent_at=_moment(self.sent_at))
        return Sending()


async def read_form(request: Request) -> CheckInForm:
    """The form as it arrived.

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


def form_context(day: date, check_in: CheckIn | None, *, last: Mapping[str, float]) -> dict[str, Any]:
    """What the template of the form is filled with."""
    taps = {
        name: sorted({*choices, *([_whole(last[name])] if name in last else [])})
        for name, choices in COUNTS.items()
    }
    told = _values(check_in)
    return {
        "day_iso": day.isoformat(),
        "day_date": day,
        "told": told,
        "counts": [(name, _COUNT_WORDS[name], taps[name], last.get(name)) for name in COUNTS],
        "last_time": ""
        if any(map(told.get, COUNTS))
        else " ".join(f"{n}={last[n]:g}" for n in COUNTS if n in last),
        "sent_id": token_hex(16),
    }


_COUNT_WORDS = {
    "drinks": "Alcoholic drinks",
    "cigarettes": "Cigarettes",
    "fatty_meals": "Fatty meals",
}


def _values(check_in: CheckIn | None) -> dict[str, str]:
    names = ("mood", "tightness", "confidence", "drinks", "cigarettes", "fatty_meals")
    values: dict[str, float | None] = {name: getattr(check_in, name, None) for name in names}
    values["pain"] = check_in.pain.pain_0_10 if check_in and check_in.pain else None
    shown = {name: "" if value is None else f"{value:g}" for name, value in values.items()}
    answers = ("leg_symptoms", "sore", "means_to_run", "ran_yesterday")
    yes_no = {name: _yes_no(getattr(check_in, name, None)) for name in answers}
    return {**shown, **yes_no, "note": check_in.note if check_in else ""}


def _last_time(tapped: str) -> dict[str, str]:
    """The counts that one tap stands for: "drinks=2 cigarettes=0"."""
    pairs = (part.partition("=") for part in tapped.split())
    return {name: count for name, _sign, count in pairs if name in COUNTS}


def _yes_no(value: bool | None) -> str:
    return "" if value is None else ("yes" if value else "no")


def _whole(value: float) -> float | int:
    return int(value) if value == int(value) else value


def _number(text: str) -> float | None:
    if not text.strip():
        return None
    try:
        value = float(text)
    except ValueError:
        value = math.nan
    if not math.isfinite(value):
        raise BadValue(_("A number is not readable."), advice=_("Load the page again, then tap once more."))
    return value


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise BadValue(_("This is not a day."), advice=_("Choose one from the diary.")) from error


def _moment(text: str) -> datetime:
    moment: datetime | None
    try:
        moment = datetime.fromisoformat(text)
    except ValueError:
        moment = None
    if moment is None or moment.utcoffset() is None:
        raise BadValue(_("The time cannot be read."), advice=_("Load the page again, then save once more."))
    return moment
