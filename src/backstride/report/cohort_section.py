"""What others' seasons teach about one person's: a line beside the verdict, with its name, and never in its place."""

from itertools import accumulate

from backstride.answer.answer import Answer
from backstride.answer.cohort_line import CohortLine, PeopleShares
from backstride.answer.other_priors import MIN_ESS
from backstride.report.amounts import number, signed, signed_range
from backstride.report.drawing import NARROW, Picture, Place, dot
from backstride.report.language import _
from backstride.report.markup import Markup, paragraphs
from backstride.report.sections import folded
from backstride.report.table import Table
from backstride.report.words import verdict_name

PEOPLE = 20
_ROOM, _RADIUS = 34.0, 12.0


def cohort_section(answer: Answer) -> Markup:
    """Render what others' seasons teach; nothing where no cohort was named."""
    line = answer.cohort
    if line is None:
        return Markup()
    head = (_("The season, in points"), _("Best guess (19 in 20)"), _("Morning pain with running"))
    table = Table(_("Your season, seen twice"), head, [_own_row(answer, line), _others_row(line)])
    size = number(line.worthwhile)
    shares = line.like.season if line.like else line.season_shares
    return folded(
        "cohort",
        _("What others' seasons teach about yours"),
        paragraphs(cohort_sentences(line)),
        table.html,
        paragraphs([*like_sentences(line), of_twenty_sentence(shares, size=size)]),
        of_twenty_picture(shares, size=size).svg,
    )


def terminal_sentence(answer: Answer) -> str:
    """Say both ranges in one line for a terminal; "" where no cohort was named."""
    line = answer.cohort
    if line is None:
        return ""
    return _(
        "This stands beside your answer and does not replace it: with others' seasons, yours is {mean} points "
        "({range}); your own records say {own} ({own_range})."
    ).format(
        mean=signed(line.with_others.mean),
        range=signed_range(line.with_others.interval_95),
        own=signed(line.own.mean),
        own_range=signed_range(line.own.interval_95),
    )


def cohort_sentences(line: CohortLine) -> list[str]:
    """Say what was borrowed of whom, and that no verdict changes."""
    whom = (
        _("It rests on {n} people whose weeks of running and of rest chance picked.").format(
            n=line.randomised
        )
        if line.randomised is not None
        else _("It rests on people whose weeks of running and of rest chance picked.")
    )
    return [
        _(
            "Others show how a season goes together with a week, but not which way it goes: your week is your own. "
            "The verdict for your season stays as it is. This line is shown beside it."
        ),
        _("Where a person's season goes another way than their week, this line is often wrong."),
        whom,
        *(
            [_("Too few of your draws are left to say more with them.")]
            if line.effective_draws < MIN_ESS
            else []
        ),
    ]


def like_sentences(line: CohortLine) -> list[str]:
    """Say who the 20 people are: how many the study has, and which of them are like the person."""
    out = []
    if line.people is not None:
        out.append(_("{n} people are in the study.").format(n=line.people))
    if line.like is not None:
        whom = (
            _(
                "The 20 are people like you: their usual pain is 4 or more, as yours. Chance drew the weeks of {n}."
            )
            if line.like.has_more_pain
            else _(
                "The 20 are people like you: their usual pain is under 4, as yours. Chance drew the weeks of {n}."
            )
        )
        out.append(whom.format(n=line.like.randomised))
    return out


def of_twenty(shares: PeopleShares) -> tuple[int, int, int]:
    """Turn shares into people of 20 who were helped, neither, and harmed: whole ones that add up to 20."""
    each = [share[0] for share in (shares.helped, shares.no_matter, shares.harmed)]
    total = sum(each) or 1.0
    exact = [PEOPLE * share / total for share in each]
    out = [int(count) for count in exact]
    by_rest = sorted(range(3), key=lambda i: out[i] - exact[i])
    for i in by_rest[: PEOPLE - sum(out)]:
        out[i] += 1
    return out[0], out[1], out[2]


def of_twenty_sentence(shares: PeopleShares, *, size: str) -> str:
    """Say of 20 people of the study how many were helped, neither and harmed, each with its range."""
    helped, neither, harmed = of_twenty(shares)
    return _(
        "Of 20 people of that study, after a season of 90 minutes a week: {helped} have less pain by {size} or "
        "more ({helped_range}), {neither} neither ({neither_range}), {harmed} more ({harmed_range})."
    ).format(
        size=size,
        helped=helped,
        helped_range=_range(shares.helped),
        neither=neither,
        neither_range=_range(shares.no_matter),
        harmed=harmed,
        harmed_range=_range(shares.harmed),
    )


def of_twenty_picture(shares: PeopleShares, *, size: str) -> Picture:
    """Draw 20 people as dots: full for less pain, ringed for neither, full in another colour for more pain."""
    helped, neither, _harmed = accumulate(of_twenty(shares))
    marks = tuple(
        dot(_place(i), _RADIUS, role="running")
        if i < helped
        else dot(_place(i), _RADIUS - 1.0, role="quiet", outlined=True)
        if i < neither
        else dot(_place(i), _RADIUS, role="pain")
        for i in range(PEOPLE)
    )
    return Picture(
        name="of-twenty",
        title=_("20 people of the study"),
        description=of_twenty_sentence(shares, size=size),
        width=NARROW,
        height=2.0 * _ROOM,
        marks=marks,
    )


def _place(i: int) -> Place:
    column, row = i % 10, i // 10
    return (column + 0.5) * _ROOM + 10.0, (row + 0.5) * _ROOM


def _range(share: tuple[float, float, float]) -> str:
    low, high = (round(PEOPLE * bound) for bound in share[1:])
    return _("{a} to {b}").format(a=low, b=high)


def _own_row(answer: Answer, line: CohortLine) -> tuple[str, ...]:
    guess = _("{mean} ({range})").format(mean=signed(line.own.mean), range=signed_range(line.own.interval_95))
    return _("Your own records"), guess, verdict_name(answer.season.verdict)


def _others_row(line: CohortLine) -> tuple[str, ...]:
    guess = _("{mean} ({range})").format(
        mean=signed(line.with_others.mean), range=signed_range(line.with_others.interval_95)
    )
    return _("With others' seasons"), guess, verdict_name(line.verdict)
