"""The Roland-Morris Disability Questionnaire: 24 sentences on daily life with a back that hurts.

Sources:
    Roland M, Morris R. A study of the natural history of back pain. Part 1: development of a reliable and sensitive
    measure of disability in low-back pain. Spine 1983; 8: 141-144.
    Roland M, Fairbank J. The Roland-Morris Disability Questionnaire and the Oswestry Disability Questionnaire. Spine
    2000; 25: 3115-3124: used in the form of its appendix it needs no permission.

The words are the authors' own, and are neither changed nor translated: a translation is another instrument.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from backstride.core.datetimes import ZoneSource, checked_moment
from backstride.errors import BadValue

NAME: Final = "Roland-Morris Disability Questionnaire"
INTRODUCTION: Final = (
    "When your back hurts, you may find it difficult to do some of the things you normally do.",
    "This list contains sentences that people have used to describe themselves when they have back pain. When you "
    "read them, you may find that some stand out because they describe you today.",
    "As you read the list, think of yourself today. When you read a sentence that describes you today, put a tick "
    "against it. If the sentence does not describe you, then leave the space blank and go on to the next one. "
    "Remember, only tick the sentence if you are sure it describes you today.",
)
SENTENCES: Final = (
    "I stay at home most of the time because of my back.",
    "I change position frequently to try and get my back comfortable.",
    "I walk more slowly than usual because of my back.",
    "Because of my back I am not doing any of the jobs that I usually do around the house.",
    "Because of my back, I use a handrail to get upstairs.",
    "Because of my back, I lie down to rest more often.",
    "Because of my back, I have to hold on to something to get out of an easy chair.",
    "Because of my back, I try to get other people to do things for me.",
    "I get dressed more slowly than usual because of my back.",
    "I only stand for short periods of time because of my back.",
    "Because of my back, I try not to bend or kneel down.",
    "I find it difficult to get out of a chair because of my back.",
    "My back is painful almost all the time.",
    "I find it difficult to turn over in bed because of my back.",
    "My appetite is not very good because of my back pain.",
    "I have trouble putting on my socks (or stockings) because of the pain in my back.",
    "I only walk short distances because of my back.",
    "I sleep less well because of my back.",
    "Because of my back pain, I get dressed with help from someone else.",
    "I sit down for most of the day because of my back.",
    "I avoid heavy jobs around the house because of my back.",
    "Because of my back pain, I am more irritable and bad tempered with people than usual.",
    "Because of my back, I go upstairs more slowly than usual.",
    "I stay in bed most of the time because of my back.",
)
IMPORTANT_FALL: Final = 5
IMPORTANT_SHARE: Final = 0.3
"""A fall by so much, or by this share of the first count, is one that a person notices; a rise was not looked at.

Source: Ostelo RWJG and others. Interpreting change scores for pain and functional status in low back pain. Spine
2008; 33: 90-94, of which the summary was read: values on which experts agreed, for a person who gets better.
"""
IMPORTANT_RISE: Final = 5
"""A rise by so much holds the plan's step and brings safety questions; our own choice, as large as a noticed fall."""
RISE_OF_DAYS: Final = 365
RISE_COUNTS_DAYS: Final = 56
"""So long the last questionnaire counts: it is due again after four weeks, and may be late."""
CITATION: Final = "Roland M, Morris R. Spine 1983; 8: 141-144"


@dataclass(frozen=True, slots=True, kw_only=True)
class RolandMorris:
    """The questionnaire as filled in once.

    Attributes:
        time: when; at a fixed offset.
        score: how many sentences were ticked, 0 to 24.
        ticked: their numbers, 1 to 24, in order; None where only the score is known.
        source: where it came from.
        zone_source: how the zone of `time` is known.
    """

    time: datetime
    score: int
    ticked: tuple[int, ...] | None = None
    source: str = ""
    zone_source: ZoneSource = "stated"

    def __post_init__(self) -> None:
        """Refuse a moment or a score that is not possible, and a score that is not the number of ticks."""
        object.__setattr__(self, "time", checked_moment(self.time, what="a Roland-Morris questionnaire"))
        if not 0 <= self.score <= len(SENTENCES):
            raise BadValue(
                f"A Roland-Morris score of {self.score} is not possible.",
                advice=f"Write how many sentences were ticked, 0 to {len(SENTENCES)}.",
            )
        if self.ticked is None:
            return
        if sorted(set(self.ticked)) != list(self.ticked) or not set(self.ticked) <= set(
            range(1, len(SENTENCES) + 1)
        ):
            raise BadValue(
                "The numbers of the ticked sentences cannot be used.",
                advice=f"Write each of them once, in order, from 1 to {len(SENTENCES)}.",
            )
        if len(self.ticked) != self.score:
            raise BadValue(
                f"The Roland-Morris score is {self.score}, but {len(self.ticked)} sentences are ticked.",
                advice="Correct one of them: the score is the number of ticks.",
            )

    @property
    def local_day(self) -> date:
        """The calendar day on which it was filled in, where the person was."""
        return self.time.date()


def rise_on(scores: Sequence[tuple[date, int]], day: date) -> date | None:
    """Return the day of the last questionnaire, where it is far above the lowest of the year before it; else None.

    Args:
        scores: the local day and the score of each, in order.
        day: the local day; what was filled in later does not count, nor what is more than eight weeks old.
    """
    so_far = [(on, score) for on, score in scores if on <= day]
    if not so_far or (day - so_far[-1][0]).days > RISE_COUNTS_DAYS:
        return None
    last, now = so_far[-1]
    before = [score for on, score in so_far[:-1] if (last - on).days <= RISE_OF_DAYS]
    return last if before and now - min(before) >= IMPORTANT_RISE else None
