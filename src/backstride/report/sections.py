"""The first half of the page: the two verdicts, why we think so, the days, and what could mislead."""

from collections.abc import Callable, Sequence
from dataclasses import replace

from backstride.answer.answer import Answer, DayPoint
from backstride.answer.effect import Effect
from backstride.answer.kinds import Verdict
from backstride.report.amounts import long_date, minutes
from backstride.report.day_strip import day_rows, day_strip, shown_days
from backstride.report.dotplot import dotplot, dots_rows
from backstride.report.doubt_words import NO_VERDICT
from backstride.report.doubts import (
    CheckText,
    check_text,
    in_order,
    not_run_sentence,
    waiting_for_a_verdict,
)
from backstride.report.drawing import NARROW, WIDE, Picture
from backstride.report.language import _, plural
from backstride.report.markup import Markup, element, joined, paragraphs, styled
from backstride.report.months import earlier_days, month_rows
from backstride.report.open_words import opened_by
from backstride.report.table import Table, figure
from backstride.report.trust import tier_sentences, trust_line
from backstride.report.truth import known_truth, made_up_sentence, truth_sentences
from backstride.report.words import (
    dots_note,
    dots_sentence,
    has_numbers,
    headline,
    likely_sentence,
    may_be_shown,
    rival_sentences,
    title,
    verdict_sentences,
)


def section(name: str, heading: str, *parts: Markup) -> Markup:
    """Render a section of the page under its heading."""
    body = element("div", joined(part for part in parts if part), attributes={"class": "body"})
    top = element("h2", heading, attributes={"id": name})
    return element("section", top, body, attributes={"aria-labelledby": name})


def folded(name: str, heading: str, *parts: Markup) -> Markup:
    """Render a folded section: a tap opens it, and paper shows it open."""
    body = element("div", joined(part for part in parts if part), attributes={"class": "body"})
    top = element("summary", element("h2", heading, attributes={"id": name}))
    return element("details", top, body, attributes={"class": "part"})


def in_both_widths(
    caption: str, render: Callable[[float, str], Picture | None], name: str, *below: Markup
) -> Markup:
    """Render a figure with one drawing for phones and one for wide pages; nothing where there is none to draw."""
    narrow, wide = render(NARROW, f"{name}-narrow"), render(WIDE, f"{name}-wide")
    if narrow is None or wide is None:
        return Markup()
    return figure(caption, narrow.svg, wide.svg, *below)


def opening(answer: Answer) -> Markup:
    """Render the question, what the answer rests on, and the truth about a simulated person."""
    facts = answer.facts
    rests = _("From your records from {a} to {b}.").format(
        a=long_date(facts.first_day), b=long_date(facts.last_day)
    )
    parts = [element("h1", title()), styled("p", "quiet", rests)]
    if answer.truth is not None:
        made_up = [
            made_up_sentence(),
            *(truth_sentences(answer) if may_be_shown(answer.week) else ()),
        ]
        parts.append(styled("div", "made-up", paragraphs(made_up)))
    return element("header", joined(parts))


def week_section(answer: Answer) -> Markup:
    """Render the verdict of the week, its dots, and how much data it rests on."""
    return section(
        "week",
        _("The week"),
        _verdict(answer, answer.week),
        _dots(answer, answer.week),
        paragraphs([trust_line(answer)], css="trust"),
    )


def season_section(answer: Answer) -> Markup:
    """Render the verdict of the season, always with its rival explanations."""
    return section(
        "season",
        _("The season"),
        _verdict(answer, answer.season),
        paragraphs(rival_sentences(answer)[:1] if answer.season.verdict is not Verdict.TOO_FEW_RUNS else ()),
    )


def why_section(answer: Answer) -> Markup:
    """Why we think so: how each question can be told from the records, and the dots of the season."""
    week, season = tier_sentences(answer.week), tier_sentences(answer.season)
    apart = ((_("The week:"), week), (_("The season:"), season))
    named = ((_("The week and the season:"), week),) if week == season else apart
    sentences = [
        element("p", element("strong", name), Markup(" "), sentence)
        for name, said in named
        for sentence in said
    ]
    shows_dots = may_be_shown(answer.season)
    return folded(
        "why",
        _("Why we think so"),
        joined(sentences),
        paragraphs((_("The dots are for the season."), *dots_note(answer.season)) if shows_dots else ()),
        _dots(answer, answer.season),
        paragraphs(rival_sentences(answer)[1:]),
    )


def _verdict(answer: Answer, effect: Effect) -> Markup:
    # large letters for the first sentence alone: all of them take three screens where letters are large
    first, dot, rest = headline(answer, effect).partition(". ")
    return joined(
        (
            styled("p", "verdict", first + dot.rstrip()),
            element("p", rest) if rest else Markup(),
            paragraphs(_said_once(answer, effect)),
        )
    )


def _said_once(answer: Answer, effect: Effect) -> list[str]:
    """List the sentences under a verdict, without those that the page states elsewhere."""
    elsewhere = set(opened_by(effect.reason)) if effect.reason else set()
    if effect is not answer.week:
        elsewhere |= set(verdict_sentences(answer, answer.week))
    return [sentence for sentence in verdict_sentences(answer, effect) if sentence not in elsewhere]


def _dots(answer: Answer, effect: Effect) -> Markup:
    if not may_be_shown(effect):
        return Markup()
    truth = known_truth(answer, effect.question)

    def render(width: float, name: str) -> Picture:
        return dotplot(effect, worthwhile=answer.facts.worthwhile, width=width, name=name, truth=truth)

    table = Table(_("where the 20 dots lie, in points"), (_("Dot"), _("Change of pain")), dots_rows(effect))
    note = styled("p", "quiet", likely_sentence(answer))
    return in_both_widths(
        dots_sentence(answer, effect), render, f"{effect.question}-dots", note, table.folded
    )


def days_section(answer: Answer) -> Markup:
    """Render the diary; days before the strip go into a table by month."""
    table = Table(
        _("pain (0-10) and minutes of running, day by day"),
        (_("Day"), _("Pain"), _("Minutes"), _("Drawn")),
        day_rows(answer.days),
    )
    strip = in_both_widths(
        strip_caption(answer),
        lambda width, name: day_strip(answer.days, width=width, name=name),
        "days",
        table.folded,
    )
    wrap = folded if has_numbers(answer) else section  # with nothing else to see, the days are what there is
    return wrap("days", _("Your days"), strip, _older(answer)) if strip else Markup()


def strip_caption(answer: Answer) -> str:
    """Explain the strip, and what a gap and a tick mean."""
    shown = shown_days(answer.days)
    allocated = any(day.drawn_to_run is not None for day in shown)
    sentences = [
        _("Dots are your pain each morning, from 0 to 10. Bars are your runs from one rating to the next."),
        _longest_sentence(shown),
        _gaps_sentence(shown),
        _("A tick marks a day that chance drew: long for a run, short for a rest.") if allocated else "",
    ]
    return " ".join(sentence for sentence in sentences if sentence)


def _longest_sentence(shown: Sequence[DayPoint]) -> str:
    longest = max((day.run_minutes or 0.0 for day in shown), default=0.0)
    return _("The tallest bar is {minutes}.").format(minutes=minutes(longest)) if longest else ""


def _gaps_sentence(shown: Sequence[DayPoint]) -> str:
    unrated = sum(day.pain is None for day in shown)
    unknown = sum(day.run_minutes is None for day in shown)
    rated = plural(unrated, "{n} morning has no rating", "{n} mornings have no rating").format(n=unrated)
    ran = plural(unknown, "on {n} day nobody knows if you ran", "on {n} days nobody knows if you ran")
    gaps = [sentence for sentence, count in ((rated, unrated), (ran.format(n=unknown), unknown)) if count]
    return _("Grey means missing: {gaps}.").format(gaps=", ".join(gaps)) if gaps else _("No day is missing.")


def _older(answer: Answer) -> Markup:
    older = earlier_days(answer.days)
    if not older:
        return Markup()
    said = _("The picture shows the last 26 weeks. The {n} days before, from {a}, count just as much.")
    head = (_("Month"), _("Rated"), _("Mean pain"), _("Run days"), _("Minutes"), _("Not known"))
    table = Table(_("the days before, month by month"), head, month_rows(answer.days))
    said_so = said.format(n=f"{len(older):,}", a=long_date(older[0].day))
    return joined((styled("p", "quiet", said_so), table.folded))


def doubts_section(answer: Answer) -> Markup:
    """Render the checks: failed ones first, those not run in one line."""
    waiting = waiting_for_a_verdict(answer)
    entries = [_doubt(check_text(doubt)) for doubt in in_order(answer) if doubt not in waiting]
    listed = element("ul", joined(entries), attributes={"class": "doubts"}) if entries else Markup()
    not_run = not_run_sentence(answer)
    return folded(
        "doubts",
        _("What could mislead"),
        listed,
        _waiting([check_text(doubt) for doubt in waiting]),
        styled("p", "quiet", not_run) if not_run else Markup(),
    )


def _doubt(doubt: CheckText) -> Markup:
    result = styled("strong", doubt.css, doubt.result)
    finding = element("p", result, Markup(" "), doubt.finding)
    # how it was checked comes first, for what was found speaks of it
    return element("li", element("h3", doubt.question), styled("p", "quiet", doubt.checked), finding)


def _waiting(doubts: Sequence[CheckText]) -> Markup:
    """Fold the checks that only a verdict would give something to do, and say that once."""
    if not doubts:
        return Markup()
    entries = (
        _doubt(replace(each, finding=each.finding.removeprefix(_(NO_VERDICT)).strip())) for each in doubts
    )
    listed = element("ul", joined(entries), attributes={"class": "doubts"})
    said = _("There is no verdict yet that these checks could overturn. What they found so far:")
    return element("details", element("summary", said), listed)
