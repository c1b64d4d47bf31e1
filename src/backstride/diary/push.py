"""Devices that are reminded of the check-in by Web Push.

Of a device only the address of its push service is kept, the hour, and the day of the last reminder. What is sent to
that address is empty, so nothing about anybody passes through the service.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update

from backstride.diary.rows import utc
from backstride.diary.schema import push_keys, pushes, sessions
from backstride.diary.store import Store
from backstride.errors import BadValue

MAX_DEVICES, MAX_ENDPOINT_LENGTH = 10, 1000
_THE_KEY = 1


@dataclass(frozen=True, slots=True)
class Device:
    """One browser that is reminded.

    Attributes:
        id: its number, by which it can be ended.
        person_id: of whose check-in it is reminded.
        session_id: the sign-in with which it ends.
        label: the device, in a word or two.
        endpoint: the address at its push service.
        remind_at: when, by the clock where the person lives.
        made_at: when it was added, UTC.
        tried_on: the local day of the last reminder; None before the first.
    """

    id: int
    person_id: int
    session_id: int
    label: str
    endpoint: str
    remind_at: time
    made_at: datetime
    tried_on: date | None


def add_device(
    store: Store, person_id: int, *, session_id: int, endpoint: str, remind_at: time, now: datetime
) -> None:
    """Remind a person on a device from now on; a device that is there already takes the new hour.

    Args:
        store: where it is kept.
        person_id: of whose check-in.
        session_id: the sign-in on that device, with which it ends.
        endpoint: the address at its push service.
        remind_at: when, by the clock where the person lives.
        now: the moment.

    Raises:
        BadValue: the address is too long, or the person has too many devices.
    """
    if len(endpoint) > MAX_ENDPOINT_LENGTH:
        raise BadValue("This device cannot be reminded.", advice="Use the calendar instead.")
    row = {
        "person_id": person_id,
        "session_id": session_id,
        "endpoint": endpoint,
        "remind_at": f"{remind_at:%H:%M}",
        "made_at": utc(now),
    }

    def change(connection: Connection) -> int:
        connection.execute(delete(pushes).where(pushes.c.endpoint == endpoint))
        of_person = select(func.count()).where(pushes.c.person_id == person_id)
        there = connection.scalar(of_person) or 0
        if there >= MAX_DEVICES:
            raise BadValue(f"There are {there} devices already.", advice="End one that is no longer needed.")
        return connection.execute(insert(pushes).values(row)).rowcount

    store.write(change)


def end_device(store: Store, person_id: int, device_id: int) -> None:
    """Remind this person on that device no more, if it is theirs."""
    which = (pushes.c.person_id == person_id, pushes.c.id == device_id)
    store.write(lambda connection: connection.execute(delete(pushes).where(*which)).rowcount)


def forget_endpoint(store: Store, endpoint: str) -> None:
    """Forget a device whose push service knows it no more."""
    gone = delete(pushes).where(pushes.c.endpoint == endpoint)
    store.write(lambda connection: connection.execute(gone).rowcount)


def claim_reminder(store: Store, device: Device, day: date) -> bool:
    """Remember that a device is reminded on `day`; whether it was still to be, so that nobody does so twice."""
    still_due = (pushes.c.id == device.id, func.coalesce(pushes.c.tried_on, "") < day.isoformat())
    tried = update(pushes).where(*still_due).values(tried_on=day.isoformat())
    changed: int = store.write(lambda connection: connection.execute(tried).rowcount)
    return changed == 1


def devices(store: Store, person_id: int | None = None) -> Sequence[Device]:
    """List the devices of one person, or of everybody, in the order in which they were added."""
    with_session = select(pushes, sessions.c.label).join(sessions, sessions.c.id == pushes.c.session_id)
    found = with_session.order_by(pushes.c.id)
    if person_id is not None:
        found = found.where(pushes.c.person_id == person_id)
    with store.reading() as connection:
        return tuple(map(_device, connection.execute(found)))


def push_key(store: Store) -> str:
    """Return the private key of this server's reminders as PEM; empty where none was made yet."""
    with store.reading() as connection:
        return connection.scalar(select(push_keys.c.private_pem)) or ""


def keep_push_key(store: Store, private_pem: str) -> str:
    """Keep a private key, unless there is one already.

    Returns:
        The one that counts.
    """

    def change(connection: Connection) -> int:
        if connection.scalar(select(push_keys.c.private_pem)):
            return 0
        return connection.execute(insert(push_keys).values(id=_THE_KEY, private_pem=private_pem)).rowcount

    store.write(change)
    return push_key(store)


def _device(row: Row[Any]) -> Device:
    return Device(
        row.id,
        row.person_id,
        row.session_id,
        row.label,
        row.endpoint,
        time.fromisoformat(row.remind_at),
        datetime.fromisoformat(row.made_at),
        date.fromisoformat(row.tried_on) if row.tried_on else None,
    )
