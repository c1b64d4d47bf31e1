"""From answers to a clearance: one pure function, no exceptions and no weights.

    level   = the highest level of a yes
    freedom = the least that any yes, or any question left open, leaves

Some signs say more together; where enough of them are there, the rule on them counts as one more yes. A question left
open holds back as much as a yes, and raises no alarm. So a worse answer, or none, never gives more.
"""

from collections.abc import Collection, Iterator, Mapping

from backstride.core.clearance import Clearance, Freedom, Level, Reply
from backstride.errors import BadValue
from backstride.screening.follow_ups import FOLLOW_UPS
from backstride.screening.item import Item, Together
from backstride.screening.items import ITEMS, TOGETHER
from backstride.screening.taps import TAPS

Answers = Mapping[str, Reply]
"""Replies by the key of the question; what is not in it was not answered."""

_KNOWN = {item.key: item for item in (*ITEMS, *TAPS, *FOLLOW_UPS)}


def clearance(
    answers: Answers,
    *,
    agreed: Collection[str] = (),
    looked_at: Collection[str] = (),
    asked: tuple[Item, ...] = ITEMS,
) -> Clearance:
    """Compute the clearance that follows from the answers to the questions in `asked`.

    Args:
        answers: replies by key; a question that is not in it counts as not answered.
        agreed: keys of questions about which a provider has agreed that the person runs. It lifts what may be
            talked over, and nothing else: an emergency stays one.
        looked_at: keys of those about which a provider once agreed, too long ago to lift anything. They were looked
            at all the same, and are no new signs.
        asked: the questions of this occasion.

    Raises:
        BadValue: a key that no question has.
    """
    refuse_unknown((*answers, *agreed, *looked_at))
    yes = tuple(item for item in asked if answers.get(item.key) is Reply.YES)
    left_open = tuple(
        item for item in asked if answers.get(item.key, Reply.NOT_ANSWERED) is Reply.NOT_ANSWERED
    )
    talked_over = tuple(item for item in yes if item.key in agreed)
    return Clearance(
        level=max((level for level, _ in _held(yes, agreed, looked_at)), default=Level.NOTHING_HELD),
        freedom=min(
            (freedom for _, freedom in _held(yes + left_open, agreed, looked_at, left_open)),
            default=Freedom.RUN,
        ),
        because=tuple(item.key for item in yes),
        left_open=tuple(item.key for item in left_open),
        agreed=tuple(item.key for item in talked_over),
    )


def together(
    yes: Collection[str], *, agreed: Collection[str] = (), looked_at: Collection[str] = ()
) -> tuple[Together, ...]:
    """Return the combination rules that hold; one below an emergency ends where a provider agreed on all its signs.

    Args:
        yes: keys of the questions that count as a yes.
        agreed: of these, those about which a provider has agreed.
        looked_at: of these, those about which one agreed too long ago to lift anything.
    """
    said, now = frozenset(yes), frozenset(agreed)
    return tuple(
        rule for rule in TOGETHER if rule.holds(_new_for(rule, said, now, now | frozenset(looked_at)))
    )


def _new_for(
    rule: Together, said: frozenset[str], agreed: frozenset[str], seen: frozenset[str]
) -> frozenset[str]:
    """Return the signs that still count for a rule, of those that were said."""
    if rule.level is not Level.EMERGENCY:
        # what was agreed about one sign says nothing of it beside another that nobody was asked about
        return said - agreed if frozenset().union(*rule.among) & said <= agreed else said
    if not rule.ends_when_seen or not (rule.among[0] & said) <= seen:
        return said
    return said - frozenset(
        key
        for part in rule.among[1:]
        for key in part & seen
        if _KNOWN[key].if_agreed is Freedom.RUN_WITH_CARE
    )


def _held(
    items: tuple[Item, ...],
    agreed: Collection[str],
    looked_at: Collection[str],
    left_open: tuple[Item, ...] = (),
) -> Iterator[tuple[Level, Freedom]]:
    """Level and freedom of each item that counts, and of weak ones together."""
    for item in items:
        if item.key in agreed and item not in left_open:
            yield _level_after_talk(item), item.if_agreed
        else:
            yield item.level, item.freedom
    unanswered = {item.key for item in left_open}
    settled, seen = (frozenset(keys) - unanswered for keys in (agreed, looked_at))
    for rule in together([item.key for item in items], agreed=settled, looked_at=seen):
        yield rule.level, rule.freedom


def _level_after_talk(item: Item) -> Level:
    """Return the level of a sign after a talk with a provider: one that still pauses stays, the rest becomes care."""
    if item.if_agreed is Freedom.PAUSED:
        return item.level
    return min(item.level, Level.WITH_CARE)


def refuse_unknown(keys: tuple[str, ...]) -> None:
    """Refuse a key that no question has.

    Raises:
        BadValue: there is such a key.
    """
    for key in keys:
        if key not in _KNOWN:
            raise BadValue(
                f"There is no safety question named '{key}'.",
                advice="Look the names up with `backstride screen --list`.",
            )
