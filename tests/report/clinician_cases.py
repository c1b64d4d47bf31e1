"""Reports for a clinician to put into words: one with everything in it, one of which nearly nothing is known."""

from dataclasses import replace
from datetime import date, timedelta

from backstride.answer.answer import Answer
from backstride.core.clearance import Clearance, Freedom, Level
from backstride.core.measurement import MeasurementKind
from backstride.core.pain_since import PainSince
from backstride.diary.periods import Period
from backstride.programme.history import Site
from backstride.programme.lights import HardSession
from backstride.programme.morning import Shown
from backstride.programme.rules import Rule
from backstride.report.answer_json import answer_json
from backstride.report.clinician import (
    ClinicianReport,
    Dated,
    FirstAndLast,
    Happenings,
    LegSigns,
    Measure,
    MedicineDays,
    Note,
    Pain,
    Patient,
    Programme,
    Safety,
    Talk,
)
from backstride.report.read_answer_json import read_answer_json
from backstride.report.reported_answer import Answered
from backstride.report.safety_words import BY_KEY
from backstride.screening.items import ITEMS
from backstride.screening.urgent_so_far import UrgentAnswer

TODAY = date(2026, 5, 20)
MONDAY = date(2026, 3, 2)
WEEK = timedelta(weeks=1)
NOTHING = Clearance(level=Level.NOTHING_HELD, freedom=Freedom.RUN)


def a_period(first: date, pains: tuple[float, ...], minutes: float, *, unknown: int = 0) -> Period:
    """A week of a diary."""
    return Period(first, first + WEEK, pains, minutes, 0.0, round(minutes / 30), unknown, {})


def a_report(answer: Answer | None = None) -> ClinicianReport:
    """A report on somebody of whom much is known; `answer` is their kept answer."""
    told = read_answer_json(answer_json(answer)) if answer else None
    weeks = tuple(a_period(MONDAY + n * WEEK, (3.0, 4.0, 5.0), 40.0 + n) for n in range(12))
    return ClinicianReport(
        patient=Patient("Alex Example", "1980", "May I run on hills?"),
        made_on=TODAY,
        first_day=MONDAY,
        last_day=TODAY,
        diary_begins=MONDAY,
        pain_since=PainSince.LONGER,
        pain=Pain(weeks[-1], weeks[-5], 4.0, Dated(8.0, date(2026, 4, 11))),
        legs=LegSigns((date(2026, 4, 2), date(2026, 4, 11)), Dated(6.0, date(2026, 4, 11)), 40, 50),
        safety=Safety(date(2026, 5, 18), NOTHING),
        latest=a_period(MONDAY, (4.0,), 172.0),
        before=a_period(MONDAY, (4.0,), 84.0, unknown=3),
        latest_days=28,
        before_days=28,
        weeks=weeks,
        answered=Answered(told, is_current=True, problem=""),
        tests=(
            FirstAndLast(MeasurementKind.FRONT_PLANK, Dated(40.0, MONDAY), Dated(55.0, TODAY)),
            FirstAndLast(MeasurementKind.HAMSTRING_REACH, Dated(-4.0, MONDAY), None),
        ),
        medicine=MedicineDays(20, 6, 2),
        warnings=(Shown(date(2026, 5, 19), Site.LEG, 8.0, 2.0),),
        roland_morris=(Dated(9, MONDAY), Dated(4, TODAY)),
        measures=(
            Measure("mood", 4.0, 6.0, 20, 22),
            Measure("sleep", None, 5.0, 0, 4),
            Measure("stress", None, None, 0, 0),
        ),
        programme=Programme(
            date(2026, 4, 1),
            on_own_running=False,
            stage=3,
            is_paused=False,
            fired=(Rule.SESSIONS, Rule.LEG),
            run_minutes=7.5,
        ),
        notes=(Note(date(2026, 5, 2), "Sharp pain into the left calf"),),
    )


def an_empty_report() -> ClinicianReport:
    """A report on somebody who has just begun and was asked nothing."""
    nothing = Period(TODAY, TODAY, (), 0.0, 0.0, 0, 1, {})
    return replace(
        a_report(),
        patient=Patient(),
        first_day=TODAY,
        pain_since=None,
        pain=Pain(nothing, nothing, None, None),
        legs=LegSigns((), None, 0, 1),
        safety=Safety(None, Clearance(level=Level.NOTHING_HELD, freedom=Freedom.WALK, left_open=("a",))),
        latest=nothing,
        before=None,
        latest_days=1,
        before_days=0,
        weeks=(nothing,),
        answered=Answered(None, is_current=False, problem=""),
        tests=(),
        roland_morris=(),
        measures=(Measure("mood", None, None, 0, 0),),
        programme=Programme(None, False, None, False, (), None),
        notes=(),
    )


def a_crowded_report(answer: Answer) -> ClinicianReport:
    """A report in which everything is as long as it can get."""
    told = a_report(answer)
    yes = tuple(item.key for item in ITEMS)
    days = tuple(MONDAY + timedelta(days=n) for n in range(70))
    return replace(
        told,
        patient=Patient("Maximiliana Wilhelmina " * 3, "1980", "Why is that so, and what may I do? " * 8),
        legs=LegSigns(days, Dated(9.5, TODAY), 70, 80),
        warnings=(*(Shown(TODAY, site, 9.5, 2.0) for site in Site), Shown(TODAY, Site.LEG)),
        chose_worthwhile=True,
        talk=Talk(
            (Rule.TWO_REDS, Rule.CLIMB_FAR, Rule.LEG_RETURNS, Rule.MEDICINE_STAYS),
            MONDAY,
            (
                HardSession(MONDAY, 45.0, 0.0, Site.OTHER, 9.5, 9.5),
                HardSession(TODAY, 0.0, 90.0, Site.LEG, None),
            ),
        ),
        safety=Safety(
            TODAY,
            Clearance(level=Level.EMERGENCY, freedom=Freedom.PAUSED, because=yes, agreed=yes[:3]),
            tuple(UrgentAnswer(key, MONDAY, TODAY, is_seen=None) for key in list(BY_KEY)[:4]),
        ),
        answered=replace(told.answered, is_current=False),
        tests=tuple(FirstAndLast(kind, Dated(-12.5, MONDAY), Dated(33.5, TODAY)) for kind in MeasurementKind),
        measures=tuple(
            Measure(name, 4.44, 6.66, 28, 28)
            for name in ("mood", "tightness", "confidence", "sleep", "stress")
        ),
        programme=replace(
            told.programme, fired=tuple(Rule), talks=(MONDAY, TODAY), ill=((MONDAY, TODAY),) * 3
        ),
        happened=Happenings(
            *(tuple(Dated(most, day) for day in days) for most in (125.0, 300.0, 9.5)),
            flares=days,
            elsewhere=days,
            elsewhere_worst=Dated(9.5, TODAY),
            elsewhere_answered=70,
        ),
        notes=tuple(
            Note(TODAY - timedelta(days=n), "It pulls and pinches on the left. " * 30)
            for n in range(20, 0, -1)
        ),
        is_made_up=True,
    )
