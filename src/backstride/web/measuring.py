"""Tests: a hold, a reach or the weight, now and then, with a timer where a script runs, a plain field where not."""

import math
from typing import Annotated

from fastapi import APIRouter, Form
from fastapi.responses import HTMLResponse, RedirectResponse, Response
from pydantic import WithJsonSchema

from backstride.core.measurement import FORMS, MeasurementKind
from backstride.errors import BadValue
from backstride.report.guides import about_tests, guide, leave_out, stop_at_once
from backstride.report.language import _
from backstride.services.measure import SIDED, measure, measured_so_far
from backstride.services.screening_service import clearance_for
from backstride.web.templates import page
from backstride.web.visitor import CurrentUser, Known, Writing

router = APIRouter(tags=["tests"])
POUND_KG = 0.45359237
Typed = Annotated[str, Form(), WithJsonSchema({"type": "string", "pattern": r"^([0-9]{1,3}([.,][0-9])?)?$"})]
Unit = Annotated[str, Form(), WithJsonSchema({"enum": ["", "kg", "lb"]})]
"""How the description tells programs what a field takes; what it means is read by hand, for errors in plain words."""
ORDER = (
    MeasurementKind.FRONT_PLANK,
    MeasurementKind.SIDE_PLANK,
    MeasurementKind.LEG_RAISE,
    MeasurementKind.SINGLE_LEG_BRIDGE,
    MeasurementKind.HIP_FLEXOR_REACH,
    MeasurementKind.HAMSTRING_REACH,
    MeasurementKind.WEIGHT,
)


@router.get("/tests", response_class=HTMLResponse)
def show(visitor: Known) -> Response:
    """All tests, the last value of each, and when the next one tells more."""
    histories = {test.kind: test for test in measured_so_far(visitor.diary)}
    context = {
        "tests": [(histories[kind], guide(kind), FORMS[kind].unit) for kind in ORDER],
        "today": visitor.calendar_day,
        "about": about_tests(),
        "leave_out": leave_out(),
        "is_paused": _is_paused(visitor),
    }
    return page(visitor, "tests.html", context, here="/diary")


@router.get("/tests/{kind}", response_class=HTMLResponse)
def show_one(kind: MeasurementKind, visitor: Known) -> Response:
    """How one test is done, and where its value goes."""
    (history,) = (test for test in measured_so_far(visitor.diary) if test.kind is kind)
    form = FORMS[kind]
    context = {
        "test": history,
        "guide": guide(kind),
        "form": form,
        "is_hold": form.unit == "s",
        "sides": ("left", "right") if kind in SIDED else ("value",),
        "stop": stop_at_once(),
        "leave_out": leave_out(),
        "today": visitor.calendar_day,
        "is_paused": _is_paused(visitor),
    }
    return page(visitor, "test.html", context, here="/diary")


@router.post("/tests/{kind}", response_model=None)
def save(
    kind: MeasurementKind,
    visitor: Writing,
    value: Typed = "",
    left: Typed = "",
    right: Typed = "",
    unit: Unit = "",
) -> Response:
    """Keep a value of today.

    Raises:
        BadValue: it is no number, or not possible.
    """
    typed = (left, right) if kind in SIDED else (value,)
    factor = POUND_KG if kind is MeasurementKind.WEIGHT and unit == "lb" else 1.0
    measure(visitor.diary, kind, [_number(text) * factor for text in typed], zone=visitor.zone)
    return RedirectResponse("/tests", status_code=303)


def _number(text: str) -> float:
    try:
        number = float(text.strip().replace(",", "."))
    except ValueError:
        number = math.nan
    if not math.isfinite(number):
        raise BadValue(_("A number is missing."), advice=_("Write it into the field, then save."))
    return number


def _is_paused(visitor: CurrentUser) -> bool:
    """Whether a yes asks for somebody to look first; questions left open are no reason to shut a page."""
    cleared = clearance_for(visitor.site.store, visitor.book, today=visitor.local_day)
    return cleared.pauses_the_programme and bool(cleared.because)
