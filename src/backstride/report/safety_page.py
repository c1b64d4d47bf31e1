"""The one safety page, the same for everyone, as Markdown: every rule is a row, with its source."""

from collections.abc import Iterable

from backstride.core.clearance import Freedom, Level
from backstride.core.new_pain import GAP_DAYS
from backstride.core.plan_step import TALK_DAYS
from backstride.core.source import Source
from backstride.report.figures import cited
from backstride.report.language import _
from backstride.report.markdown import Paragraphs, bold, rows
from backstride.report.safety_words import FREEDOMS, GROUPS, LEVELS, question, same_for_everyone, when_asked
from backstride.screening.follow_ups import FOLLOW_UPS
from backstride.screening.item import Item, Together
from backstride.screening.items import ITEMS, TOGETHER
from backstride.screening.taps import TAPS
from backstride.screening.words_so_far import AGREED_FIRST, AGREED_SOON

OFFERS: dict[Freedom, str] = {
    Freedom.PAUSED: "nothing, it pauses",
    Freedom.WALK: "walks",
    Freedom.RUN_WITH_CARE: "running, with care",
    Freedom.RUN: "running",
}

SHORT: dict[Level, str] = {
    Level.EMERGENCY: "emergency",
    Level.SEE_A_CLINICIAN: "clinician in days",
    Level.PROVIDER_FIRST: "provider first",
    Level.WITH_CARE: "with care",
    Level.NOTHING_HELD: "nothing held",
}
SOURCES: tuple[Source, ...] = tuple(
    dict.fromkeys(
        [
            *(source for item in (*ITEMS, *FOLLOW_UPS) for source in item.sources),
            *(source for rule in TOGETHER for source in rule.sources),
        ]
    )
)


def safety_page(*, for_terminal: bool = True) -> str:
    """Render the page of safety questions as Markdown.

    Args:
        for_terminal: with the commands, and with the keys by which a file of answers names the questions.
    """
    parts = Paragraphs()
    parts += ["# " + _("Before you run"), same_for_everyone(), *_how_it_works()]
    if for_terminal:
        parts += [_("Answer them with `backstride screen`. Nothing is kept without `--diary`.")]
    for group, (heading, lead) in GROUPS.items():
        items = [item for item in ITEMS if item.group is group]
        parts += [f"## {_(heading)}", _(lead), _table(items, keys=for_terminal)]
        parts += [_fits(item, key=for_terminal) for item in items if item.fits]
    parts += [
        "## " + _("Together"),
        _("Some signs say more together than alone."),
        _together(keys=for_terminal),
        "## " + _("Each week, three questions"),
        _taps(),
    ]
    parts += ["## " + _("After a yes that was taken back"), _table(FOLLOW_UPS, keys=for_terminal)]
    parts += [_agreed()]
    parts += ["## " + _("What each level means"), _levels()]
    if for_terminal:
        parts += ["## " + _("Answers in a file"), *_file()]
    parts += ["## " + _("Where this comes from"), *_origin()]
    return parts.text


def _how_it_works() -> tuple[str, ...]:
    return (
        _(
            "Each question has three answers: yes, no, not answered. An unanswered question holds you back as much "
            "as a yes, but raises no alarm. So leaving one out never gives you more than a no."
        ),
        when_asked(),
    )


def _table(items: Iterable[Item], *, keys: bool) -> str:
    head = (
        _("Question"),
        _("Level"),
        _("If yes"),
        _("The programme offers"),
        _("Once your provider agrees"),
        _("Source"),
    )
    return rows(head, (_row(item, key=keys) for item in items))


def _row(item: Item, *, key: bool) -> tuple[str, ...]:
    return (
        f"{_(item.question)} `{item.key}`" if key else _(item.question),
        _(SHORT[item.level]),
        _(item.action),
        _(OFFERS[item.freedom]),
        _(OFFERS[item.if_agreed]),
        _cited(item.sources),
    )


def _fits(item: Item, *, key: bool) -> str:
    counted = _("The signs to count for `{key}`:").format(key=item.key)
    heading = counted if key else _(item.question)
    return "\n".join((heading, "", *(f"- {_(sign)}" for sign in item.fits)))


def _together(*, keys: bool) -> str:
    head = (_("Questions"), _("If yes to"), _("Then"), _("The programme offers"), _("Source"))
    return rows(head, (_rule(rule, keys=keys) for rule in TOGETHER))


def _rule(rule: Together, *, keys: bool) -> tuple[str, ...]:
    among = [[item for item in ITEMS if item.key in part] for part in rule.among]
    if keys:
        asked = "<br>+ ".join(", ".join(f"`{item.key}`" for item in part) for part in among)
    else:
        asked = " + ".join(" / ".join(_(item.question) for item in part) for part in among)
    count = _("{n} or more").format(n=rule.at_least) if len(rule.among) == 1 else _("one of each")
    action = _(rule.action)
    if rule.ends_when_seen:
        action += " " + _("Once your provider agrees about each of them, it is no new sign.")
    return asked, count, action, _(OFFERS[rule.freedom]), _cited(rule.sources)


def _taps() -> str:
    head = (_("Tap"), _("If yes"), _("The programme offers"))
    return rows(head, ((_(tap.question), _(tap.action), _(OFFERS[tap.freedom])) for tap in TAPS))


def _levels() -> str:
    head = (_("Level"), _("What to do"))
    levels = rows(head, ((bold(_(LEVELS[level][0])), _(LEVELS[level][1])) for level in reversed(Level)))
    meanwhile = rows(
        (_("The programme offers"), _("Which means")), ((_(OFFERS[f]), _(FREEDOMS[f])) for f in Freedom)
    )
    return f"{levels}\n\n{meanwhile}"


def _agreed() -> str:
    return _(
        "If your provider agrees, that counts for {soon} days where a clinician had to look at it within days. It "
        "counts for {first} days for all else, and for cancer that you had once. A new yes needs a new talk. After "
        "a sore spot on a bone the plan begins again, with walks. For a sign in a leg, a sore bone or a hurt leg "
        "it is also the talk that the plan asks for, for {talk} days. A sign in a leg that goes away and comes back "
        "within {gap} days needs no new talk, where it is the same and no stronger. Two reds, pain that stays "
        "up and pain that climbs are not asked about here: tell the plan when you have talked about these."
    ).format(soon=AGREED_SOON.days, first=AGREED_FIRST.days, talk=TALK_DAYS, gap=GAP_DAYS)


def _file() -> tuple[str, ...]:
    return (
        _(
            "`backstride screen --answers mine.json` reads your answers: yes, no, or not answered. Each goes by "
            "the key that stands beside its question. What is left out counts as not answered. Under “agreed” "
            "stand those where your provider agrees that you run."
        ),
        '```json\n{"leg_injury": "no", "spinal_surgery": "yes", "agreed": ["spinal_surgery"]}\n```',
    )


def _origin() -> tuple[str, ...]:
    return (
        _(
            "The questions are in our own words. “Read second-hand” means that we read a page about the source. Of "
            "some we read no more than a summary or a part, and of one only that it is there: that stands beside it. "
            "“Our own choice” means that no page we read sets it: the row, or its level, is there out of caution."
        ),
        _(
            "Most such signs tell little alone, and a no to all of them proves nothing. That is why they come "
            "again. One usual sign is left out: pain that is no better after a month. Nearly all who ask this "
            "would say yes."
        ),
        "\n".join(f"{n}. {cited(source)}" for n, source in enumerate(SOURCES, start=1)),
    )


def _cited(sources: tuple[Source, ...]) -> str:
    return ", ".join(f"[{SOURCES.index(source) + 1}]" for source in sources)


def groups() -> tuple[tuple[str, str, tuple[str, ...]], ...]:
    """Heading, lead and questions of each group, for pages that show the list itself."""
    return tuple(
        (_(heading), _(lead), tuple(question(item) for item in ITEMS if item.group is group))
        for group, (heading, lead) in GROUPS.items()
    )
