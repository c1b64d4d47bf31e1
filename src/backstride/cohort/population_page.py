"""The population answer as JSON, and as a page of tables that needs nothing beside it."""

import json
from collections.abc import Mapping
from dataclasses import asdict

from backstride.cohort.population_answer import FORMAT, PopulationAnswer, PopulationEffect, Spread
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
    parts = [
        paragraphs([counts]),
        element("h2", "The week, over people"),
        paragraphs(
            [
                "Change of pain at 90 minutes of running a week, before floor and ceiling of the rating, in points; "
                "negative is less pain. The mean is that of diaries whose days chance drew: what other diaries may "
                "be off by together is part of its range."
            ]
        ),
        _effect_table(answer.week, answer.worthwhile, "The week over people"),
        element("h2", "The season, over people"),
        _effect_table(
            answer.season, answer.worthwhile, "The season over people, where chance drew blocks of weeks"
        )
        if answer.season
        else paragraphs([answer.season_withheld]),
        element("h2", "Person by person"),
        _count_table("Verdicts, people", answer.verdicts),
        _count_table("Tiers, people", answer.tiers),
    ]
    if answer.left_out_traits:
        parts.append(
            paragraphs([f"Not asked, for too few people or no numbers: {', '.join(answer.left_out_traits)}."])
        )
    return joined(parts)


def _effect_table(effect: PopulationEffect, worthwhile: float, caption: str) -> Markup:
    rows = [
        ("People", _shown(effect.people), ""),
        _row("Mean over people", effect.mean),
        _row("Sd between people", effect.sd),
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
