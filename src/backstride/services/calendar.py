"""The sessions of the next days for a calendar: as a file, or at a secret address."""

import secrets
from datetime import UTC, date, datetime, time
from pathlib import Path

from backstride.diary.calendar import calendar_tag, keep_calendar, last_change
from backstride.diary.opening import open_store
from backstride.diary.schema import OWNER
from backstride.diary.settings import setting_history
from backstride.diary.store import Store
from backstride.errors import DiaryFull
from backstride.report.calendar import Event, Reminder, calendar
from backstride.report.plan_words import session_text
from backstride.runtime.paths import default_diary_location
from backstride.services.day_start import today_for
from backstride.services.plan import plan_for
from backstride.services.setting_values import REMINDER

BYTES = 20
"""160 random bits."""


def new_address(store: Store, person: int, *, now: datetime) -> str:
    """Create a secret calendar address; the previous one stops working.

    Raises:
        DiaryError: it was not stored.
    """
    secret = secrets.token_urlsafe(BYTES)
    keep_calendar(store, person, secret, now=now)
    return secret


def end_address(store: Store, person: int, *, now: datetime) -> None:
    """Let no address open this person's calendar any more."""
    keep_calendar(store, person, "", now=now)


def calendar_for(store: Store, person: int, *, today: date) -> bytes:
    """Render one person's calendar."""
    plan = plan_for(store, person, today=today)
    tag = calendar_tag(store, person)
    sessions = plan.week.sessions if plan.week else ()
    events = [Event(f"{each.day}-{tag}@backstride", each.day, session_text(each).title) for each in sessions]
    midnight = datetime.combine(today, time(), tzinfo=UTC)  # a plan is another one on another day
    stamped = max(midnight, last_change(store, person) or midnight)
    return calendar(events, stamped=stamped, reminder=_reminder(store, person, tag))


def _reminder(store: Store, person: int, tag: str) -> Reminder | None:
    """Find the time of day at which this person wants to be reminded; None where they chose none."""
    chosen = [one for one in setting_history(store, person) if one.name == REMINDER]
    if not chosen or not chosen[-1].value:
        return None
    return Reminder(
        f"check-in-{tag}@backstride", time.fromisoformat(chosen[-1].value), chosen[-1].chosen_at.date()
    )


def write_calendar(path: Path, *, diary: str | None = None, today: date | None = None) -> None:
    """Write the sessions of the diary's owner into a file.

    Args:
        path: where to; an existing file is replaced.
        diary: its path or URL; the person's own unless given.
        today: the local day; the clock's unless given.

    Raises:
        DiaryError: the diary cannot be opened, or the file cannot be written.
    """
    with open_store(diary or default_diary_location()) as store:
        made = calendar_for(store, OWNER, today=today or today_for(store, OWNER))
    try:
        path.touch(mode=0o600)  # what is planned is nobody else's business
        path.chmod(0o600)
        path.write_bytes(made)
    except OSError as error:
        raise DiaryFull(f"{path} cannot be written.", advice="Name a file in a folder of yours.") from error
