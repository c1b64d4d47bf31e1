"""Reading others on the same server: invited by a code, within the scope that was agreed, every look on the log."""

from datetime import datetime
from secrets import token_urlsafe

from backstride.core.datetimes import day_lived
from backstride.diary.changes import change_stamps
from backstride.diary.consents import (
    Consent,
    Scope,
    accept_invitation,
    consent_for,
    consents_for,
    store_invitation,
)
from backstride.diary.first_day import first_entry_day
from backstride.diary.looks import Seen, log_looks
from backstride.diary.people import Person, person_of
from backstride.diary.store import Store
from backstride.errors import DiaryError, NotInDiary
from backstride.report.clinician import ClinicianReport, Patient
from backstride.report.patients import Latest, PatientLine, in_order
from backstride.services.app_context import AppContext
from backstride.services.clinician_report import Wanted, clinician_report

BYTES = 32


def invite(
    site: AppContext,
    person: Person,
    *,
    reader: str,
    shown_name: str,
    scope: Scope,
    days: int,
    now: datetime,
) -> str:
    """Invite a reader; what is kept of it is told by `store_invitation`.

    Returns:
        The code that the reader shows once: 256 random bits, never shown again.

    Raises:
        BadValue: it names no reader, ends on a day that is not offered, or there are too many.
    """
    code = token_urlsafe(BYTES)
    store_invitation(
        site.store, person, code, reader=reader, shown_name=shown_name, scope=scope, days=days, now=now
    )
    return code


def accept(site: AppContext, reader: Person, code: str, *, now: datetime) -> Consent:
    """Accept an invitation; ten wrong codes in five minutes for each reader.

    Raises:
        NotInDiary: the code was used, has ended, or never was.
        NotLetIn: too many were tried.
        BadValue: it is the reader's own invitation, or they read too many people.
    """
    with site.guesses.trying(f"invitation {reader.id}"):
        consent = accept_invitation(site.store, reader, code.strip(), now=now)
        if consent is None:
            raise NotInDiary(
                "This code does not work, or has ended.",
                advice="It works once, for seven days. Ask the person for a new one.",
            )
    return consent


def patients(site: AppContext, reader: Person, *, now: datetime) -> tuple[PatientLine, ...]:
    """List everybody who lets this person read, in the order of a look; each of them sees that it was looked.

    Raises:
        DiaryError: the store could not be read, or the looks could not be kept.
    """
    consents = consents_for(site.store, reader.id, now=now)
    log_looks(site.store, [consent.id for consent in consents], Seen.LIST, now=now)
    stamps = change_stamps(site.store, [consent.person_id for consent in consents])
    return in_order(_line(site, consent, stamps[consent.person_id], now) for consent in consents)


def only_reads(store: Store, person: int, *, now: datetime) -> bool:
    """Return whether somebody reads others and keeps no diary of their own: they come for their list."""
    return first_entry_day(store, person) is None and bool(consents_for(store, person, now=now))


def read_report(
    site: AppContext, reader: Person, consent_id: int, seen: Seen, *, now: datetime
) -> tuple[Consent, ClinicianReport]:
    """Make the report on somebody who lets this person read, as the diary is now; the look is kept.

    Args:
        site: the server.
        reader: who looks.
        consent_id: by which consent.
        seen: in which form.
        now: the moment.

    Returns:
        The consent under which it is read, and the report.

    Raises:
        NotInDiary: there is no such consent, or it has ended.
        NotLetIn: it was looked at too often in a few minutes.
        DiaryError: the diary could not be read, or the look could not be kept.
    """
    consent = consent_for(site.store, reader.id, consent_id, now=now)
    if consent is None:
        raise NotInDiary("Nobody lets you read here.", advice="Look at your list: they may have ended it.")
    site.writes.hit(f"reader {reader.id}")
    log_looks(site.store, [consent.id], seen, now=now)
    zone = site.zone_of(consent.person_id)
    report = clinician_report(
        site.store,
        consent.person_id,
        today=day_lived(now.astimezone(zone), site.day_start_of(consent.person_id)),
        zone=zone,
        answered=site.answers.answer(consent.person_id, zone=zone),
        wanted=Wanted(
            patient=Patient(consent.shown_name), all_notes=consent.scope.notes, safety=consent.scope.safety
        ),
    )
    return consent, report


def _line(site: AppContext, consent: Consent, stamp: str, now: datetime) -> PatientLine:
    return PatientLine(
        consent_id=consent.id,
        name=consent.shown_name,
        account=person_of(site.store, consent.person_id).name,
        scope=consent.scope,
        ends_on=consent.ends_at.date(),
        latest=_latest(site, consent, stamp, now),
    )


def _latest(site: AppContext, consent: Consent, stamp: str, now: datetime) -> Latest | None:
    """Gather the last weeks; None where the diary could not be read, which hides no other."""
    try:
        zone = site.zone_of(consent.person_id)
        return site.latest.gathered(
            site.store,
            consent.person_id,
            stamp=stamp,
            today=day_lived(now.astimezone(zone), site.day_start_of(consent.person_id)),
            zone=zone,
            safety=consent.scope.safety,
        )
    except DiaryError:
        return None
