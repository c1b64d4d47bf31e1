"""Trends beside pain: signs in a leg, daily life by the Roland-Morris counts, and the next run after drinks."""

from collections.abc import Sequence

from backstride.core.leg_sign import LEG_SIGN_FROM
from backstride.core.roland_morris import SENTENCES, RolandMorris
from backstride.diary.drinks import NextRuns
from backstride.diary.periods import Period
from backstride.report import trend_charts, trend_words
from backstride.report.amounts import long_date, minutes, number
from backstride.report.language import _, plural
from backstride.report.markup import Markup
from backstride.report.table import Table

MIN_RUN_DAYS = 5


def leg_sentences(now: Period, before: Period) -> tuple[str, ...]:
    """How many of the days that report on the legs had a sign in one, in the last four weeks and before them."""
    if not now.leg_reported_days:
        return (_("You said nothing about your legs in the last four weeks."),)
    days = plural(
        now.leg_reported_days,
        "In the last four weeks you answered about your legs on {n} day, with symptoms on {signs}.",
        "In the last four weeks you answered about your legs on {n} days, with symptoms on {signs} of them.",
    )
    sentences = [days.format(n=now.leg_reported_days, signs=now.leg_days)]
    if before.leg_reported_days:
        template = _("In the four weeks before it was {signs} of {n}.")
        sentences.append(template.format(n=before.leg_reported_days, signs=before.leg_days))
    sentences.append(
        _("A symptom is pain of {least} or more in a leg, or pain, tingling or numbness down it.").format(
            least=number(LEG_SIGN_FROM)
        )
    )
    sentences.append(
        _("Days without an answer do not count. This is not part of your answer, and does not say why.")
    )
    return tuple(sentences)


def leg_figure(periods: Sequence[Period], *, are_months: bool) -> Markup:
    """Signs in a leg over time, with the days behind each dot."""
    said = [f"{trend_words.name_of(each, is_month=are_months)}: {_legs(each)}" for each in periods]
    return trend_words.touched(
        _("Of the days on which you answered about your legs, the share with symptoms. Grey: no answers."),
        lambda width, name: trend_charts.leg_shares(periods, width=width, name=name),
        "legs",
        said,
    )


def _legs(held: Period) -> str:
    if not held.leg_reported_days:
        return _("no answer about your legs")
    return _("{signs} of {n} days").format(signs=held.leg_days, n=held.leg_reported_days)


def drinks_sentences(after: NextRuns, without: NextRuns) -> tuple[str, ...]:
    """Set the next run after drinks beside that after none; nothing where drinks were never reported."""
    if not after.days:
        return ()
    if min(after.run_days, without.run_days) < MIN_RUN_DAYS:
        few = _("Once there are {n} runs after drinks and as many after none, they are compared here.")
        return (few.format(n=MIN_RUN_DAYS),)
    return (
        _("After drinks the day before, you ran on {runs} of {n} days: {run}.").format(
            runs=after.run_days, n=after.days, run=_mean_run(after)
        ),
        _("After none, you ran on {runs} of {n} days: {run}.").format(
            runs=without.run_days, n=without.days, run=_mean_run(without)
        ),
        _("Such days differ in more than the drinks. This is not part of your answer."),
    )


def _mean_run(held: NextRuns) -> str:
    """Describe a mean run: "32 minutes a day, 6:05 minutes a km"."""
    length = _("{minutes} a day").format(minutes=minutes(held.mean_minutes or 0.0))
    if held.mean_pace is None:
        return length
    whole, seconds = divmod(round(held.mean_pace), 60)
    pace = _("{pace} minutes a km").format(pace=f"{whole}:{seconds:02}")
    return f"{length}, {pace}"


def questionnaire_figure(questionnaires: Sequence[RolandMorris], periods: Sequence[Period]) -> Markup:
    """Every Roland-Morris count of the periods on its day, and a table of all of them."""
    first, last = periods[0].first_day, periods[-1].last_day
    series = [(each.local_day, float(each.score)) for each in questionnaires]
    within = [(day, score) for day, score in series if first <= day <= last]
    head = (_("Day"), _("Of {most}").format(most=len(SENTENCES)))
    table = Table(_("every count"), head, [(long_date(day), number(score)) for day, score in series])
    if not within:
        return table.folded
    caption = _("Each count on its day; fewer is better. The scale goes from 0 to {most}.").format(
        most=len(SENTENCES)
    )
    return trend_words.small(
        caption,
        lambda width, name: trend_charts.measured(
            within,
            periods,
            unit=_("Roland-Morris"),
            width=width,
            name=name,
            whole=(0.0, float(len(SENTENCES))),
        ),
        "roland-morris",
        [],
        table.folded,
    )
