"""One safety question, as data."""

from dataclasses import dataclass
from enum import StrEnum

from backstride.core.clearance import MAX_FREEDOM, Freedom, Level
from backstride.core.source import Source
from backstride.errors import BadValue


class Group(StrEnum):
    """How soon the questions of a group matter; one weekly tap stands for each."""

    NOW = "now"
    SOON = "soon"
    FIRST = "first"


@dataclass(frozen=True, slots=True, kw_only=True)
class Item:
    """One question with what a yes means.

    Attributes:
        key: its name in files and in the diary.
        group: where it stands on the page.
        question: in plain words; yes is always the answer that holds back.
        level: what a yes asks for.
        freedom: what the programme offers while the answer is yes.
        if_agreed: what it offers once a provider has agreed that the person runs; never less.
        action: what to do after a yes, or what to keep in mind.
        sources: where it comes from.
        fits: shorter signs to count, where the question asks whether enough of them fit.
        on_legs: asked again after any new sign in a leg.
        weak: tells little alone; two of them count, see `WEAK` in `items.py`.
        same_day: whether help is needed today: sooner than in days, and not at once.
        is_lasting: whether it is a fact of the past that no week changes; so an agreement on it counts for a year.
    """

    key: str
    group: Group
    question: str
    level: Level
    freedom: Freedom
    if_agreed: Freedom
    action: str
    sources: tuple[Source, ...]
    fits: tuple[str, ...] = ()
    on_legs: bool = False
    weak: bool = False
    same_day: bool = False
    is_lasting: bool = False

    def __post_init__(self) -> None:
        """Refuse an item that gives more than its level, or less after a talk than before."""
        if not (self.freedom <= MAX_FREEDOM[self.level] and self.freedom <= self.if_agreed) or (
            self.if_agreed is Freedom.RUN
        ):
            raise BadValue(
                f"The question '{self.key}' gives more freedom than its level allows.",
                advice="Lower its freedom, or the one after a provider has agreed.",
            )


@dataclass(frozen=True, slots=True, kw_only=True)
class Together:
    """Signs that say more together than each alone.

    Attributes:
        key: the rule's name.
        among: sets of questions; the rule holds where each set has enough yes answers.
        at_least: how many yes answers each set needs.
        level, freedom, action, sources, same_day: as for an item.
        ends_when_seen: whether it ends where a provider agreed on every yes of its first set, and on each sign of the
            others that such a talk opens running with. It is for what a person has for life: once looked at, it is
            no new sign any more.
    """

    key: str
    among: tuple[frozenset[str], ...]
    at_least: int = 1
    level: Level
    freedom: Freedom
    action: str
    sources: tuple[Source, ...]
    same_day: bool = False
    ends_when_seen: bool = False

    def holds(self, yes: frozenset[str]) -> bool:
        """Whether these yes answers are enough."""
        return all(len(part & yes) >= self.at_least for part in self.among)


def now(
    key: str,
    question: str,
    *sources: Source,
    on_legs: bool = False,
    same_day: bool = False,
    fits: tuple[str, ...] = (),
) -> Item:
    """Define a sign that needs help at once, or the same day; no talk makes running fit while it lasts."""
    return Item(
        key=key,
        group=Group.NOW,
        question=question,
        level=Level.EMERGENCY,
        freedom=Freedom.PAUSED,
        if_agreed=Freedom.PAUSED,
        action="Get help today." if same_day else "Get help at once.",
        sources=sources,
        fits=fits,
        on_legs=on_legs,
        same_day=same_day,
    )


def soon(
    key: str,
    question: str,
    action: str,
    *sources: Source,
    freedom: Freedom = Freedom.PAUSED,
    if_agreed: Freedom = Freedom.RUN_WITH_CARE,
    on_legs: bool = False,
    same_day: bool = False,
    is_lasting: bool = False,
) -> Item:
    """Define a sign that a clinician should see within days, before any more running."""
    return Item(
        key=key,
        group=Group.SOON,
        question=question,
        level=Level.SEE_A_CLINICIAN,
        freedom=freedom,
        if_agreed=if_agreed,
        action=action,
        sources=sources,
        on_legs=on_legs,
        same_day=same_day,
        is_lasting=is_lasting,
    )


def first(
    key: str,
    question: str,
    action: str,
    *sources: Source,
    if_agreed: Freedom = Freedom.RUN_WITH_CARE,
    on_legs: bool = False,
) -> Item:
    """Something to talk over with a provider before running; walking is open."""
    return Item(
        key=key,
        group=Group.FIRST,
        question=question,
        level=Level.PROVIDER_FIRST,
        freedom=Freedom.WALK,
        if_agreed=if_agreed,
        action=action,
        sources=sources,
        on_legs=on_legs,
    )


def with_care(
    key: str,
    question: str,
    action: str,
    *sources: Source,
    freedom: Freedom = Freedom.RUN_WITH_CARE,
    fits: tuple[str, ...] = (),
    weak: bool = False,
) -> Item:
    """Something that holds nobody back alone, and that is kept in mind."""
    return Item(
        key=key,
        group=Group.FIRST,
        question=question,
        level=Level.WITH_CARE,
        freedom=freedom,
        if_agreed=Freedom.RUN_WITH_CARE,
        action=action,
        sources=sources,
        fits=fits,
        weak=weak,
    )
