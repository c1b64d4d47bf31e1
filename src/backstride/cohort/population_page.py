"""The population answer as JSON, and as a page of drawings and tables that needs nothing beside it."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from backstride.cohort.population import SHARED_SD
from backstride.cohort.population_calibration import Calibration, calibration
from backstride.cohort.population_figures import forest, rank_histograms, scatter
from backstride.cohort.population_summary import (
    FORMAT,
    JointSpread,
    PopulationAnswer,
    PopulationEffect,
    Spread,
)
from backstride.report.markup import Markup, element, joined, paragraphs
from backstride.report.page import style_sheet
from backstride.report.table import Table

JSON_FILE, PAGE_FILE = "cohort.json", "cohort.html"


OWN_EYES = (
    "For the study's own eyes: these figures were not held against earlier releases. Beside one of them they may "
    "give a person away. Do not pass them on."
)


def population_json(answer: PopulationAnswer, *, to_publish: bool = True) -> str:
    """Write every number, under the names of docs/researchers.md; what is not shown is null.

    Args:
        answer: what everybody says together.
        to_publish: whether it was held against earlier releases.
    """
    whole = {"format": FORMAT, "to_publish": to_publish, **asdict(answer)}
    return json.dumps(whole, indent=2, allow_nan=False) + "\n"


def population_page(answer: PopulationAnswer, *, to_publish: bool = True) -> str:
    """Render the page.

    Args:
        answer: what everybody says together.
        to_publish: whether it was held against earlier releases; the page says where not.
    """
    style = style_sheet()
    title = "Many diaries together"
    head = element(
        "head",
        element("meta", attributes={"charset": "utf-8"}),
        element("meta", attributes={"name": "viewport", "content": "width=device-width, initial-scale=1"}),
        element("title", title),
        element("style", Markup(style)),
    )
    warning = Markup("") if to_publish else paragraphs([OWN_EYES])
    body = element("main", element("h1", title), warning, _sections(answer), attributes={"class": "sheet"})
    whole = element("html", head, element("body", body), attributes={"lang": "en"})
    return f"<!DOCTYPE html>\n{whole}\n"


def _sections(answer: PopulationAnswer) -> Markup:
    counts = (
        f"People taken in: {_shown(answer.people)}. With an answer that rests on runs of their own: "
        f"{answer.answered}. Of these, without their diaries: {_shown(answer.contributed)}. "
        f"Counts below {answer.least} are not shown, nor one that a total would give away."
    )
    known = calibration()
    parts = [
        paragraphs([counts]),
        element("h2", "The week, over people"),
        paragraphs(
            [
                "Change of pain at 90 minutes of running a week, before floor and ceiling of the rating, in points; "
                "negative is less pain. The mean is that of diaries whose days chance drew. What all diaries may be "
                f"off by together is part of its range ({SHARED_SD[0]:g} points a week, {SHARED_SD[1]:g} a season, "
                "as sd): no number of people makes it smaller. Made-up people of known truth lean towards more pain "
                "by that."
            ]
        ),
        _effect_table(answer.week, answer.worthwhile, "The week over people"),
        *_coefficients(answer.week),
        element("h2", "The season, over people"),
        _effect_table(
            answer.season, answer.worthwhile, "The season over people, where chance drew blocks of weeks"
        )
        if answer.season
        else paragraphs([answer.season_withheld]),
        *(_together(answer.joint, answer) if answer.joint else ()),
        element("h2", "Person by person"),
        _count_table("Verdicts, people", answer.verdicts),
        _count_table("Tiers, people", answer.tiers),
        element("h2", "Who left"),
        _leavers(answer),
        element("h2", "How far the sampler can be trusted"),
        paragraphs(
            [
                f"People whose own part rests on fewer than 50 effective draws: {_shown(answer.few_effective)}. "
                "Their part is wide, and weighs little.",
                f"The population stage was tried on {known.replicates} simulated cohorts of {known.people} people, "
                "drawn from its own priors. Where the stage is right, the truth is as likely to have one rank among "
                "the draws as any other, and 95 % ranges hold it in 95 of 100 cohorts. This is of the method, not of "
                "these people.",
            ]
        ),
        element("figure", rank_histograms(known).svg),
        _calibration_table(known),
    ]
    if answer.left_out_traits:
        parts.append(
            paragraphs([f"Not asked, for too few people or no numbers: {', '.join(answer.left_out_traits)}."])
        )
    return joined(parts)


def _coefficients(week: PopulationEffect) -> tuple[Markup, ...]:
    traits = {f"With {name}": spread for name, spread in week.of_traits.items()}
    tiers = {f"Offset of {name}": spread for name, spread in week.of_tiers.items()}
    out: list[Markup] = []
    if traits:
        out += [
            element("h3", "What traits change of the week"),
            element("figure", forest("traits", "What traits change of the week, points", traits).svg),
        ]
    if tiers:
        out += [
            element("h3", "Diaries that chance did not draw"),
            paragraphs(
                [
                    "How far their weeks lie from those that chance drew. Its prior is narrow around 0: a range far "
                    "from 0 says that such diaries mislead."
                ]
            ),
            element("figure", forest("tiers", "Offset of tiers against tier A, week, points", tiers).svg),
        ]
    return tuple(out)


def _together(joint: JointSpread, answer: PopulationAnswer) -> tuple[Markup, ...]:
    rows = [
        ("Centre, week", f"{joint.week:+.2f}", ""),
        ("Centre, season", f"{joint.season:+.2f}", ""),
        ("Scale of the week between people", f"{joint.week_variance**0.5:.2f}", ""),
        ("Scale of the season between people", f"{joint.season_variance**0.5:.2f}", ""),
        ("Degrees of freedom", f"{joint.freedom:.1f}", ""),
        _row("Season per point of week (dashed line)", joint.slope),
        _row("Correlation between people", joint.correlation),
    ]
    dots = (
        "Each dot is a person, drawn towards the others."
        if answer.points
        else "No dot stands for a person here: a dot alone is one person's number."
    )
    return (
        element("h3", "Week and season together"),
        paragraphs([f"Over people whose blocks of weeks chance drew. {dots}"]),
        element("figure", scatter(joint, answer.points).svg),
        Table("Week and season together", ("What", "Estimate", "95 % range"), rows).html,
    )


def _calibration_table(known: Calibration) -> Markup:
    rows = [
        (one.name, f"{one.p:.2f}", f"{one.held_95:.1%}", " ".join(map(str, one.counts)))
        for one in known.quantities
    ]
    head = (
        "What",
        "P of ranks as uneven by chance",
        "95 % range holds the truth",
        "Cohorts by rank, low to high",
    )
    return Table("Calibration of the population stage", head, rows).html


def _leavers(answer: PopulationAnswer) -> Markup:
    if not answer.left:
        return paragraphs(["Nobody so far."])
    rows = [(month, _shown(count)) for month, count in answer.left.items()]
    return Table("People and contributions taken out, by month", ("Month", "People"), rows).html


def _effect_table(effect: PopulationEffect, worthwhile: float, caption: str) -> Markup:
    rows = [
        ("People", _shown(effect.people), ""),
        _row("Mean over people", effect.mean),
        ("Sd between people", f"{effect.sd.mean:.2f}", f"{effect.sd.low_95:.2f} to {effect.sd.high_95:.2f}"),
        _row(f"Less pain by {worthwhile:g} or more, share", effect.helped, percent=True),
        _row("Neither, share", effect.no_matter, percent=True),
        _row(f"More pain by {worthwhile:g} or more, share", effect.harmed, percent=True),
        *(_row(f"With {name}", spread) for name, spread in effect.of_traits.items()),
        *(_row(f"Offset of {name} (a check)", spread) for name, spread in effect.of_tiers.items()),
    ]
    return Table(caption, ("What", "Estimate", "95 % range"), rows).html


def _row(name: str, found: Spread, *, percent: bool = False) -> tuple[str, str, str]:
    if percent:
        return name, f"{found.mean:.0%}", f"{found.low_95:.0%} to {found.high_95:.0%}"
    return name, f"{found.mean:+.2f}", f"{found.low_95:+.2f} to {found.high_95:+.2f}"


def _count_table(caption: str, counts: Mapping[str, Mapping[str, int | None]]) -> Markup:
    names = sorted({name for of in counts.values() for name in of})
    rows = [(name, *(_shown(of.get(name, 0)) for of in counts.values())) for name in names]
    return Table(caption, ("", *(question.capitalize() for question in counts)), rows).html


def _shown(count: int | None) -> str:
    return "not shown" if count is None else str(count)
