"""The second page of the report for a clinician: what stands behind the first one, and room for the clinician."""

from collections.abc import Callable, Iterable, Sequence
from datetime import date

from backstride.core.measurement import FORMS
from backstride.core.plan_step import Step
from backstride.core.roland_morris import IMPORTANT_FALL, IMPORTANT_SHARE, SENTENCES
from backstride.programme.ladder import LADDER
from backstride.programme.rules import Rule
from backstride.report.amounts import long_date, minutes, number, percent, short_date, signed
from backstride.report.clinician import (
    ClinicianReport,
    Dated,
    FirstAndLast,
    Measure,
    Note,
    Programme,
    RatedAt,
)
from backstride.report.clinician_answer import TIER_KEY, doubts_table
from backstride.report.clinician_events import event_lines
from backstride.report.guides import guide
from backstride.report.language import _, plural
from backstride.report.roland_morris_words import noticed
from backstride.report.rule_names import HELD
from backstride.report.safety_note import choices
from backstride.report.sheet import Box, Points, Section, Sentences, Ticks
from backstride.report.table import Table
from backstride.report.trend_words import RATINGS

RATING_MEANS: dict[RatedAt, str] = {
    RatedAt.MORNING: "Pain is the patient's own rating in the morning, 0 none, 10 as bad as can be.",
    RatedAt.EVENING: "Pain is the patient's own rating, mostly in the evening, 0 none, 10 as bad as can be.",
    RatedAt.MIXED: "Pain is the patient's own rating, 0 none, 10 as bad as can be.",
}
MAX_NOTES, MAX_NOTE_LENGTH, MAX_HELD = 4, 120, 4
SHOWN_DECIMALS = 1
WORTH = {
    True: "Points are on that scale. The patient calls {n} or more worth the effort.",
    False: "Points are on that scale. {n} or more counts as worth the effort; the patient has not chosen a number.",
}
"""By whether the patient chose it."""
PAUSED: dict[Step, str] = {
    Step.PAUSE: "The patient has paused it.",
    Step.ILL: "The patient said that they are ill.",
    Step.HOLIDAY: "The patient said that they are away.",
}
"""By the patient's last word about going on."""
MAX_SAID = 2


def back_page(report: ClinicianReport) -> tuple[Section, ...]:
    """Build the second page of the report."""
    answer = report.answered.answer
    is_checked = answer is not None and answer.doubts and answer.has_numbers
    doubts = (Section(_("What could mislead"), (doubts_table(answer),)),) if answer and is_checked else ()
    notes = (Section(_("Notes of the patient, last 4 weeks"), (Points(_notes(report.notes)),)),)
    return (
        Section(_("Tests, first and last"), _tests(report)),
        Section(_("Ratings beside pain"), _measures(report)),
        Section(
            _("The run-walk programme"), (Sentences((*_programme(report), *event_lines(report.happened))),)
        ),
        *(notes if report.notes else ()),
        *doubts,
        Section(_("What the figures mean"), (Points(_meaning(report)),)),
        Section(
            _("For the clinician to fill in"),
            (Ticks((*choices(), _("other: "))), Box("", lines=3)),
        ),
    )


def _tests(report: ClinicianReport) -> tuple[Table | Sentences, ...]:
    rows = [_test(test) for test in report.tests]
    if report.roland_morris:
        first, last = report.roland_morris[0], report.roland_morris[-1]
        name = _("Roland-Morris, 0 to {most}").format(most=len(SENTENCES))
        rows.append(_row(name, first, last if len(report.roland_morris) > 1 else None, number))
    if not rows:
        return (Sentences((_("No test has been recorded."),)),)
    head = (_("Test"), _("First"), _("Last"), _("Change"))
    table = Table(_("Tests, first and last"), head, tuple(rows))
    return (table, *_roland_morris_change(report))


def _roland_morris_change(report: ClinicianReport) -> tuple[Sentences, ...]:
    """State what the change of the Roland-Morris score is worth, with its source."""
    if len(report.roland_morris) < 2:
        return ()
    first, last = report.roland_morris[0], report.roland_morris[-1]
    source = _("Roland-Morris, what is noticed: {fall} points or {share} (Ostelo 2008, Spine 33: 90-4).")
    named = source.format(fall=IMPORTANT_FALL, share=percent(IMPORTANT_SHARE))
    return (Sentences((f"{noticed(first.value, last.value)} {named}",)),)


def _test(test: FirstAndLast) -> tuple[str, ...]:
    unit = FORMS[test.kind].unit
    return _row(guide(test.kind).name, test.first, test.last, lambda value: f"{_plain(value)} {unit}", unit)


def _plain(value: float) -> str:
    """Format a value that may be negative, as a reach short of the toes is."""
    return number(value) if value >= 0 else signed(value)


def _row(
    name: str, first: Dated, last: Dated | None, render: Callable[[float], str], unit: str = ""
) -> tuple[str, ...]:
    def dated(one: Dated) -> str:
        return f"{render(one.value)} ({short_date(one.day)} {one.day.year})"

    if last is None:
        return name, dated(first), _("done once"), ""
    return name, dated(first), dated(last), f"{_difference(first.value, last.value)} {unit}".strip()


def _difference(first: float, last: float) -> str:
    """Format the change between two figures as they are shown, so that the three agree."""
    return signed(round(last, SHOWN_DECIMALS) - round(first, SHOWN_DECIMALS))


def _measures(report: ClinicianReport) -> tuple[Table | Sentences, ...]:
    rated = [one for one in report.measures if one.first_count or one.last_count]
    if not rated:
        return (Sentences((_("Mood, sleep and the like were not rated."),)),)
    if not any(one.is_compared for one in rated):
        alone = tuple((_name(one), _mean(one.last, one.last_count)) for one in rated)
        return (Table(_("Ratings beside pain"), (_("Rating, 0 to 10"), _("Last 4 weeks")), alone),)
    head = (_("Rating, 0 to 10"), _("First 4 weeks"), _("Last 4 weeks"), _("Change"))
    rows = tuple(
        (_name(one), _mean(one.first, one.first_count), _mean(one.last, one.last_count), _change(one))
        for one in rated
    )
    return (Table(_("Ratings beside pain"), head, rows),)


def _name(one: Measure) -> str:
    return _(RATINGS[one.name][0]) if one.name in RATINGS else _("Confidence")


def _mean(mean: float | None, count: int) -> str:
    if mean is None:
        return _("not known")
    given = plural(count, "{n} rating", "{n} ratings").format(n=count)
    return f"{number(mean)} ({given})"


def _change(one: Measure) -> str:
    return _difference(one.first, one.last) if one.first is not None and one.last is not None else ""


def _programme(report: ClinicianReport) -> tuple[str, ...]:
    programme = report.programme
    if programme.started is None:
        return (_("The programme was not started. What was run is the patient's own choice."),)
    since = _("Begun on {day}.").format(day=long_date(programme.started))
    stage = _stage(programme, says_next=report.has_safety)
    apart = () if report.has_safety else (_("The safety answers are not shown, and are left out here."),)
    # "nothing holds it back" would be read as true of the answers too, which are not among what was asked
    held = _held(programme) if report.has_safety or _reasons(programme) else ()
    return (" ".join((since, *stage, *held, *_said(programme), *apart)),)


def _said(programme: Programme) -> tuple[str, ...]:
    """Name the last days of the period on which the patient reported a talk with a provider, or an illness."""
    talks = ", ".join(short_date(day) for day in programme.talks[-MAX_SAID:])
    ill = ", ".join(_illness(*days) for days in programme.ill[-MAX_SAID:])
    said = (
        (_("By the patient, a provider was spoken to on {days}."), talks),
        (_("By the patient, ill: {days}."), ill),
    )
    return tuple(text.format(days=days) for text, days in said if days)


def _illness(first: date, last: date | None) -> str:
    if last is None:
        return _("since {day}").format(day=short_date(first))
    if last == first:
        return short_date(first)
    return _("{a} to {b}").format(a=short_date(first), b=short_date(last))


def _stage(programme: Programme, *, says_next: bool) -> tuple[str, ...]:
    """Where it stands; what comes next rests on the safety answers too, and is said only where they are shown."""
    if programme.is_paused:
        return (_(PAUSED.get(programme.said, PAUSED[Step.PAUSE])),)
    coming = programme.run_minutes
    run = _("The next run: {minutes}.").format(minutes=minutes(coming)) if coming else _("No run comes next.")
    if not says_next:
        run = ""
    if programme.on_own_running:
        return tuple(filter(None, (_("It goes on from the patient's own running."), run)))
    stage = _("Step {n} of {most}, from walks to {minutes} of running.").format(
        n=programme.stage or 0, most=LADDER[-1].number, minutes=minutes(LADDER[-1].run_min)
    )
    return tuple(filter(None, (stage, run)))


def _held(programme: Programme) -> tuple[str, ...]:
    held = _reasons(programme)
    if not held:
        return (_("Nothing holds it back now."),)
    return (_("Held back by: {reasons}.").format(reasons=", ".join(shortened(held, MAX_HELD))),)


def shortened(listed: Sequence[str], most: int) -> tuple[str, ...]:
    """Return the first of a list, and how many more there are.

    Args:
        listed: in order.
        most: so many are named.
    """
    more = len(listed) - most
    return (*listed[:most], *((_("and {n} more").format(n=more),) if more > 0 else ()))


def _reasons(programme: Programme) -> list[str]:
    return reasons(programme.fired)


def reasons(rules: Iterable[Rule]) -> list[str]:
    """Name the rules that hold the programme back, in a word or two each.

    Args:
        rules: those behind the week; the ones of its usual course are left out.
    """
    return [_(HELD[rule]) for rule in rules if rule in HELD]


def _notes(notes: tuple[Note, ...]) -> tuple[str, ...]:
    """List the latest notes with their days, and count the earlier ones."""
    shown = [f"{short_date(note.day)}: {_cut(note.text)}" for note in notes[-MAX_NOTES:]]
    more = len(notes) - len(shown)
    if more > 0:
        template = plural(more, "{n} earlier note is not shown.", "{n} earlier notes are not shown.")
        shown.append(template.format(n=more))
    return tuple(shown)


def _cut(text: str) -> str:
    return text if len(text) <= MAX_NOTE_LENGTH else text[:MAX_NOTE_LENGTH].rsplit(" ", 1)[0] + " ..."


def _meaning(report: ClinicianReport) -> tuple[str, ...]:
    worth = number(report.answered.answer.worthwhile) if report.answered.answer else number(1.0)
    return (
        _(RATING_MEANS[report.pain.rated_at]),
        _(WORTH[report.chose_worthwhile]).format(n=worth),
        _("8 in 10 and 19 in 20 are ranges that hold so many of the answers that fit the records."),
        _(TIER_KEY),
        _(
            "Where an answer does not rest on these records, it rests on general knowledge: studies and usual backs."
        ),
        _(
            "“At least” means that for some days nobody knows whether there was a run. They do not count as rest."
        ),
        _("The change of a test does not say good or bad. A change within its error means nothing."),
    )
