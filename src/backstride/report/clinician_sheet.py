"""The report for a clinician in words: two pages, the first of which is read in a minute."""

from backstride.core.pain_since import PainSince
from backstride.diary.periods import Period
from backstride.programme.history import Site
from backstride.programme.lights import HardSession
from backstride.programme.morning import Shown
from backstride.programme.rules import TALK_BEFORE_RUNNING
from backstride.report.amounts import DAYS_A_WEEK, long_date, minutes, number, short_date
from backstride.report.clinician import ClinicianReport, Dated, LegSigns, MedicineDays, RatedAt, Talk
from backstride.report.clinician_answer import answer_section
from backstride.report.clinician_back import back_page, reasons, shortened
from backstride.report.clinician_safety import safety_parts
from backstride.report.drawing import NARROW, WIDE
from backstride.report.language import _, plural
from backstride.report.lately_words import minutes_of, pain_of
from backstride.report.sheet import (
    Box,
    Chart,
    Field,
    Figure,
    Figures,
    Section,
    Sentences,
    Sheet,
)
from backstride.report.trend_charts import pain_and_minutes

FOUR_WEEKS_DAYS = 28
SITES = {
    Site.BACK: "back {n} of 10 ({day})",
    Site.LEG: "leg {n} of 10 ({day})",
    Site.OTHER: "elsewhere {n} of 10 ({day})",
}
"""A rating, where it hurts."""
RATED = {Site.BACK: "back {n} of 10", Site.LEG: "leg {n} of 10", Site.OTHER: "elsewhere {n} of 10"}
MAX_DAYS, MAX_REASONS = 6, 2
PAIN_TITLES: dict[RatedAt, str] = {
    RatedAt.MORNING: "Pain in the morning, 0 to 10",
    RatedAt.EVENING: "Pain in the evening, 0 to 10",
    RatedAt.MIXED: "Pain, 0 to 10",
}
SINCE = {
    PainSince.UNDER_6_WEEKS: "The back has hurt for less than 6 weeks.",
    PainSince.TO_12_WEEKS: "The back has hurt for 6 to 12 weeks.",
    PainSince.LONGER: "The back has hurt for more than 12 weeks.",
    PainSince.ON_AND_OFF: "The back has hurt on and off.",
}
"""By the value of `Freedom`."""


def clinician_sheet(report: ClinicianReport) -> Sheet:
    """Build both pages of the report in the reader's language."""
    return Sheet(
        title=_("Back pain and running: a report for a clinician"),
        about=_("From the patient's own diary. Nobody has checked it. It names no cause and no disease."),
        notice=_("Example data. Nothing here is from a real patient.") if report.is_made_up else "",
        fields=_fields(report),
        pages=(_front_page(report), back_page(report)),
        foot=_(
            "Made by the patient with backstride. It does not say what is wrong with a back, and decides nothing."
        ),
        page_of=_("Page {n} of {all}"),
    )


def _fields(report: ClinicianReport) -> tuple[Field, ...]:
    return (
        Field(_("Patient"), report.patient.name),
        Field(_("Year of birth"), report.patient.birth_year),
        Field(
            _("Period"),
            _("{a} to {b}").format(a=long_date(report.first_day), b=long_date(report.last_day)),
        ),
        Field(_("Made on"), long_date(report.made_on)),
    )


def _front_page(report: ClinicianReport) -> tuple[Section, ...]:
    safety = (Section(_("Safety questions"), safety_parts(report.safety)),) if report.has_safety else ()
    return (
        Section(
            _(PAIN_TITLES[report.pain.rated_at]),
            (
                Figures(_pain(report)),
                Sentences((*_since(report), _medicine(report.medicine), *_warned(report))),
            ),
        ),
        Section(_("Running"), (Figures(_running(report)),)),
        Section(_("The last 12 weeks"), (_strip(report.weeks),)),
        Section(_("Signs in a leg"), (Sentences(_legs(report.legs)),)),
        *safety,
        answer_section(report.answered, report.pain),
        Section(
            _("The patient asks"), (Box(report.patient.question, lines=0 if report.patient.question else 2),)
        ),
    )


def _since(report: ClinicianReport) -> tuple[str, ...]:
    return (_(SINCE[report.pain_since]),) if report.pain_since else ()


def _medicine(days: MedicineDays) -> str:
    """Say on how many of the days asked pain medicine was taken; not asked is not none."""
    if not days.answered:
        return _("Pain medicine: not recorded in the last 4 weeks.")
    said = plural(
        days.answered,
        "Pain medicine in the last 4 weeks: on {n} of {all} day answered.",
        "Pain medicine in the last 4 weeks: on {n} of {all} days answered.",
    ).format(n=days.taken, all=days.answered)
    return said + (" " + _("More than usual on {n}.").format(n=days.more) if days.more else "")


def _warned(report: ClinicianReport) -> tuple[str, ...]:
    """Say what holds running back by the diary, whatever the safety answers come to."""
    said = []
    if report.warnings:
        shown = ", ".join(_shown(one) for one in report.warnings)
        said.append(
            _("On the latest ratings the app tells the patient not to run: {shown}.").format(shown=shown)
        )
    return (*said, *(_asked(report.talk) if report.talk else ()))


def _asked(talk: Talk) -> tuple[str, ...]:
    """Say that the app asks for a talk, since when, and after which sessions where these are the reason."""
    text = _("The app asks the patient to talk to a provider before doing more: {reasons}.")
    if not TALK_BEFORE_RUNNING.isdisjoint(talk.rules):
        text = _("The app asks the patient to talk to a provider before running again: {reasons}.")
    said = [text.format(reasons="; ".join(shortened(reasons(talk.rules), MAX_REASONS)))]
    if talk.reds:
        said.append(_("These sessions: {sessions}.").format(sessions="; ".join(map(_after, talk.reds))))
    if talk.since:
        said.append(_("By the records, the reason goes back to {day}.").format(day=long_date(talk.since)))
    return tuple(said)


def _after(session: HardSession) -> str:
    """Name a session, and the worst that was rated after it."""
    where = _("a sign in a leg") if session.pain is None else _(RATED[session.site])
    done = _("{minutes} of running") if session.run_min else _("{minutes} of walking")
    # what was there before the session was not its doing
    sentence = _("{day}, {done}, then {where}")
    if session.before is not None and session.pain is not None:
        sentence = _("{day}, {done}, then {where} (before it {before})")
    return sentence.format(
        day=short_date(session.day),
        done=done.format(minutes=minutes(session.run_min or session.walk_min)),
        where=where.format(n=number(session.pain or 0.0)),
        before=number(session.before or 0.0),
    )


def _shown(one: Shown) -> str:
    day = short_date(one.day)
    if one.pain is None:
        return _("a sign in a leg ({day})").format(day=day)
    return _(SITES[one.site]).format(n=number(one.pain), day=day)


def _pain(report: ClinicianReport) -> tuple[Figure, ...]:
    pain = report.pain
    return (
        Figure(_("Last 7 days"), *_mean(pain.last_week)),
        Figure(_("Four weeks ago"), *_mean(pain.four_weeks_ago)),
        Figure(
            _("Median"), number(pain.usual) if pain.usual is not None else _("not known"), _("of the period")
        ),
        Figure(_("Highest"), *_highest(pain.worst)),
    )


def _mean(held: Period) -> tuple[str, str]:
    """Format a weekly mean, and how many of the seven days it rests on."""
    if held.mean_pain is None:
        return _("not known"), _("no rating")
    count = _("mean of {n} of 7").format(n=len(held.pains))
    return number(held.mean_pain), count


def _highest(worst: Dated | None) -> tuple[str, str]:
    return (number(worst.value), short_date(worst.day)) if worst else (_("not known"), "")


def _running(report: ClinicianReport) -> tuple[Figure, ...]:
    latest = (report.latest, report.latest_days, _("last 4 weeks"))
    before = (report.before, report.before_days, _("4 weeks before"))
    return (*(_minutes(*each) for each in (latest, before)), *(_days(*each) for each in (latest, before)))


def _minutes(period: Period | None, days: int, when: str) -> Figure:
    minutes = period.run_minutes if period else 0.0
    return Figure(_("Minutes a week"), _a_week(period, days, minutes, decimals=0), _of_days(days, when))


def _days(period: Period | None, days: int, when: str) -> Figure:
    run_days = float(period.run_days) if period else 0.0
    return Figure(_("Days a week"), _a_week(period, days, run_days, decimals=1), _of_days(days, when))


def _a_week(period: Period | None, days: int, in_all: float, *, decimals: int) -> str:
    """Format an amount a week from the recorded days; a lower bound where some days are unknown."""
    if period is None or days < DAYS_A_WEEK or (not in_all and period.unknown_days):
        return _("not known")
    amount = number(in_all * DAYS_A_WEEK / days, decimals=decimals)
    return _("at least {n}").format(n=amount) if period.unknown_days else amount


def _of_days(days: int, when: str) -> str:
    """Of which days a figure is; how many there are where the diary is younger."""
    is_part = DAYS_A_WEEK <= days < FOUR_WEEKS_DAYS
    return plural(days, "{n} day", "{n} days").format(n=days) if is_part else when


def _strip(weeks: tuple[Period, ...]) -> Chart:
    wide = pain_and_minutes(weeks, width=WIDE, name="weeks")
    narrow = pain_and_minutes(weeks, width=NARROW, name="weeks-narrow")
    caption = _(
        "Dots: mean pain of each week, with its best and its worst day. Bars: minutes of running. Grey: something "
        "is missing."
    )
    description = "; ".join(
        _("week of {day}: pain {pain}, running {minutes}").format(
            day=short_date(week.first_day), pain=pain_of(week), minutes=minutes_of(week)
        )
        for week in weeks
    )
    return Chart(wide, narrow, caption, description or _("The diary is still empty."))


def _legs(legs: LegSigns) -> tuple[str, ...]:
    if not legs.answered and not legs.days:
        return (
            _("Not known: no check-in says anything of the legs. For the lists, see the safety questions."),
        )
    asked = plural(
        legs.check_ins,
        "Answered on {n} of {all} day with a check-in.",
        "Answered on {n} of {all} days with a check-in.",
    ).format(n=legs.answered, all=legs.check_ins)
    sentence = _sign_days(legs) if legs.days else _("No sign in a leg is on record.")
    return (f"{sentence} {asked}",)


def _sign_days(legs: LegSigns) -> str:
    """Each day where there are few, else the latest and how many there were."""
    count = len(legs.days)
    shown = ", ".join(map(short_date, legs.days[-MAX_DAYS:]))
    if legs.only_rated and count > MAX_DAYS:
        template = _(
            "Pain in a leg, by its rating, on {n} days, lately on {days}. The question on pain, tingling or numbness "
            "down a leg has no yes."
        )
    elif legs.only_rated:
        template = _(
            "Pain in a leg, by its rating, on {days}. The question on pain, tingling or numbness down a leg has no "
            "yes."
        )
    elif count > MAX_DAYS:
        template = _("Pain, tingling or numbness in a leg on {n} days, lately on {days}.")
    else:
        template = _("Pain, tingling or numbness in a leg on {days}.")
    worst = ""
    if legs.worst is not None and legs.worst.value > 0:
        worst = " " + _("The worst was {n} of 10 ({day}).").format(
            n=number(legs.worst.value), day=short_date(legs.worst.day)
        )
    return template.format(n=count, days=shown) + worst
