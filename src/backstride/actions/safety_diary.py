"""Safety answers in the diary: what is due, what is kept, and what stands today."""

from datetime import UTC, date, datetime

from backstride.actions.places import diary_place
from backstride.actions.screen import SafetyAnswers
from backstride.actions.screen import today as local_today
from backstride.core.clearance import Clearance
from backstride.diary.choices import choices_of, choose
from backstride.diary.opening import open_store
from backstride.diary.schema import OWNER, SAFETY
from backstride.screening.occasions import Occasion, Signs, due, signs_told
from backstride.screening.screened import Screened, screened_from_text, standing


def due_today(*, diary: str | None = None, today: date | None = None) -> Occasion | None:
    """Which questions the diary's own answers, flares and leg signs call for today, or None.

    Raises:
        DiaryError: the diary cannot be opened.
    """
    told, signs = _told(diary)
    return due(today or local_today(), {time.occasion: time.day for time in told}, signs=signs)


def standing_today(*, diary: str | None = None, today: date | None = None) -> Clearance:
    """What everything that was answered so far leaves open today.

    Args:
        diary: its path or URL; the person's own unless given.
        today: the local day; the clock's unless given.

    Raises:
        DiaryError: the diary cannot be opened.
    """
    told, signs = _told(diary)
    return standing(told, today=today or local_today(), signs=signs)


def keep_answers(
    answered: SafetyAnswers,
    *,
    occasion: Occasion,
    diary: str | None = None,
    today: date | None = None,
    now: datetime | None = None,
) -> None:
    """Keep the answers in the diary; what was answered before is kept, too.

    Raises:
        BadValue: a key that no question has.
        DiaryError: the diary cannot be opened, or cannot hold more; nothing was stored.
    """
    time = Screened(
        day=today or local_today(), occasion=occasion, replies=answered.replies, agreed=answered.agreed
    )
    with open_store(diary or diary_place()) as store:
        choose(store, OWNER, SAFETY, time.to_text(), now=now or datetime.now(UTC))


def _told(diary: str | None) -> tuple[tuple[Screened, ...], Signs]:
    with open_store(diary or diary_place()) as store:
        kept = [choice for choice in choices_of(store, OWNER) if choice.name == SAFETY]
        check_ins = store.diary(OWNER).records().check_ins
    return tuple(screened_from_text(choice.value) for choice in kept), signs_told(check_ins)
