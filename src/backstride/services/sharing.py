"""Showing one's report to a named reader: a link that ends, opened into a session of the reader's own."""

from datetime import datetime
from secrets import token_urlsafe

from backstride.core.datetimes import day_lived
from backstride.diary.shares import Share, open_share, store_share, viewed_share
from backstride.diary.store import Store
from backstride.errors import NotInDiary
from backstride.report.clinician import ClinicianReport, Patient
from backstride.services.app_context import AppContext
from backstride.services.clinician_report import Wanted, clinician_report

BYTES = 32


def make_share(
    store: Store,
    person: int,
    *,
    reader: str,
    shown_name: str,
    notes: bool,
    safety: bool,
    days: int,
    now: datetime,
) -> str:
    """Make a link; what is kept of it is told by `store_share`.

    Returns:
        Its token: 256 random bits, shown once.

    Raises:
        BadValue: it names no reader, ends on a day that is not offered, or there are too many.
    """
    token = token_urlsafe(BYTES)
    store_share(
        store,
        person,
        token,
        reader=reader,
        shown_name=shown_name,
        notes=notes,
        safety=safety,
        days=days,
        now=now,
    )
    return token


def open_link(store: Store, token: str, *, device: str, now: datetime) -> str:
    """Open a link.

    Returns:
        The token of the reader's session.

    Raises:
        NotInDiary: the link has ended, or never was.
    """
    session = token_urlsafe(BYTES)
    if open_share(store, token.strip(), session, device=device, now=now) is None:
        raise _opens_nothing()
    return session


def shared_report(site: AppContext, session: str, *, now: datetime) -> tuple[Share, ClinicianReport]:
    """Build the report behind an opened link from the diary as it is now, and count the view.

    Args:
        site: the server.
        session: the token of the reader's session.
        now: the moment.

    Returns:
        The link, and the report.

    Raises:
        NotInDiary: the session is past its time, or the link has ended.
        NotLetIn: it was looked at too often in a few minutes.
        DiaryError: the diary could not be read.
    """
    share = viewed_share(site.store, session, now=now) if session else None
    if share is None:
        raise _opens_nothing()
    site.writes.hit(f"link {share.id}")  # whoever holds one keeps no more processes busy than a person may
    zone = site.zone_of(share.person_id)
    report = clinician_report(
        site.store,
        share.person_id,
        today=day_lived(now.astimezone(zone), site.day_start_of(share.person_id)),
        zone=zone,
        answered=site.answers.answer(share.person_id, zone=zone),
        wanted=Wanted(patient=Patient(share.shown_name), all_notes=share.notes, safety=share.safety),
    )
    return share, report


def _opens_nothing() -> NotInDiary:
    return NotInDiary(
        "This link does not work, or has ended.", advice="Ask the person who gave it to you for a new one."
    )
