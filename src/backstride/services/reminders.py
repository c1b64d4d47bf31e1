"""Reminders of the check-in by Web Push, while the server runs.

A reminder is an empty message (RFC 8030): the words are the app's own, on the device, so that neither the push
service nor anybody on the way learns more than that a device was called. The server signs it with a key of its own
(VAPID, RFC 8292), which the extra `phone` is needed for.
"""

import base64
from collections.abc import Callable, Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import date, datetime, time, timedelta
from http.client import HTTPConnection, HTTPException, HTTPSConnection
from threading import Event, Lock, Thread
from typing import Final
from urllib.parse import SplitResult, urlsplit
from zoneinfo import ZoneInfo

from backstride.core.datetimes import day_lived
from backstride.diary.push import (
    Device,
    add_device,
    claim_reminder,
    devices,
    forget_endpoint,
    keep_push_key,
    push_key,
)
from backstride.diary.store import Store
from backstride.errors import BackstrideError, BadValue
from backstride.runtime.clock import utc_now

SERVICES: Final = (
    "fcm.googleapis.com",  # Chrome, Edge on Android, Samsung, Brave and Opera
    "push.services.mozilla.com",  # Firefox
    "push.apple.com",  # Safari and apps on the Home Screen
    "notify.windows.com",  # Edge on Windows
)
"""The push services of the browsers. Nothing is sent anywhere else, whatever address a browser names."""
CONTACT: Final = "https://backstride.invalid"
"""RFC 8292 asks how to reach whoever sends; no person's address is given away."""
LOOK_AGAIN_S: Final = 60.0
LATE_BY: Final = timedelta(hours=2)
"""For so long after the hour a reminder is still worth sending, as when the server was down."""
TIME_TO_LIVE_S: Final = 3600
"""For so long a push service keeps a reminder for a device that it cannot reach."""
QUIET_AFTER_DAYS: Final = 3
"""Without a check-in for so many days there are no more reminders, until the next one."""
PATIENCE_S: Final = 10.0
AT_ONCE: Final = 8
MAX_PER_LOOK: Final = 2000
GONE: Final = (404, 410)

Connect = Callable[[SplitResult], HTTPConnection]


def can_sign() -> bool:
    """Whether the extra `phone` is installed."""
    try:
        import py_vapid  # noqa: F401, PLC0415 - an optional extra
    except ImportError:
        return False
    return True


def public_key(store: Store) -> str:
    """Return the key by which browsers know this server's reminders, as base64url; made when first asked for."""
    from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat  # noqa: PLC0415 - of the extra
    from py_vapid import Vapid02  # noqa: PLC0415 - an optional extra

    pem = push_key(store)
    if not pem:
        made = Vapid02()
        made.generate_keys()
        pem = keep_push_key(store, made.private_pem().decode())
    point = Vapid02.from_pem(pem.encode()).public_key.public_bytes(
        Encoding.X962, PublicFormat.UncompressedPoint
    )
    return base64.urlsafe_b64encode(point).rstrip(b"=").decode()


def remind(
    store: Store, person: int, *, session_id: int, endpoint: str, remind_at: str, now: datetime
) -> None:
    """Remind a person on a device from now on.

    Args:
        store: where it is kept.
        person: of whose check-in.
        session_id: the sign-in on that device.
        endpoint: the address at its push service, as the browser gave it.
        remind_at: as in 07:30, by the clock where the person lives.
        now: the moment.

    Raises:
        BadValue: it is no address of a push service that is known here, or no time of day.
    """
    require_push_service(endpoint)
    try:
        at = time.fromisoformat(remind_at)
    except ValueError as error:
        raise BadValue("That time could not be read.", advice="Write it as in 07:30.") from error
    add_device(store, person, session_id=session_id, endpoint=endpoint, remind_at=at, now=now)


def require_push_service(endpoint: str) -> SplitResult:
    """Take an address apart, if it is one of a push service of the browsers.

    Raises:
        BadValue: it is another, so that nothing is sent there.
    """
    try:
        parts = urlsplit(endpoint)
        port = parts.port
    except ValueError as error:
        raise _unknown() from error
    host = parts.hostname or ""
    is_known = any(host == service or host.endswith(f".{service}") for service in SERVICES)
    is_plain = endpoint.isascii() and endpoint.isprintable() and " " not in endpoint
    is_bare = parts.username is None and parts.password is None and port in (None, 443)
    if parts.scheme != "https" or not is_known or not is_plain or not is_bare:
        raise _unknown()
    return parts


def _unknown() -> BadValue:
    return BadValue(
        "This browser names a push service that is not known here.", advice="Use the calendar instead."
    )


class Reminders:
    """Sends each reminder once on its day, from the hour that its person chose.

    Args:
        store: whose devices.
        zone_of: the zone where a person lives.
        day_start_of: the hour at which their day starts.
        clock: tells the moment.
        connect: opens a connection to a push service.
    """

    def __init__(
        self,
        store: Store,
        *,
        zone_of: Callable[[int], ZoneInfo],
        day_start_of: Callable[[int], int],
        clock: Callable[[], datetime] = utc_now,
        connect: Connect | None = None,
    ) -> None:
        self._store = store
        self._zone_of = zone_of
        self._day_start_of = day_start_of
        self._clock = clock
        self._connect = connect or _connection
        self._ended = Event()
        self._lock = Lock()
        self._thread: Thread | None = None

    def begin(self) -> None:
        """Look now, and then every minute, until closed; without the extra there is nothing to do."""
        with self._lock:
            if self._thread is None and can_sign():
                self._thread = Thread(target=self._work, name="reminders", daemon=True)
                self._thread.start()

    def close(self) -> None:
        """Send no more; what is on its way is waited for."""
        self._ended.set()
        if self._thread is not None:
            self._thread.join()

    def look(self) -> int:
        """Send what is due; how many were sent."""
        if not can_sign():
            return 0
        due = self._due(devices(self._store))[:MAX_PER_LOOK]
        if not due:
            return 0
        with ThreadPoolExecutor(AT_ONCE, thread_name_prefix="reminder") as pool:
            return sum(pool.map(self._send, due))

    def _due(self, found: Iterable[Device]) -> Sequence[tuple[Device, date]]:
        now = self._clock()
        due = []
        for device in found:
            local = now.astimezone(self._zone_of(device.person_id))
            day = local.date()
            begins = local.replace(
                hour=device.remind_at.hour, minute=device.remind_at.minute, second=0, microsecond=0
            )
            if begins <= local < begins + LATE_BY and device.tried_on != day:
                due.append((device, day))
        return due

    def _is_wanted(self, device: Device) -> bool:
        """Whether today's check-in is missing, and the person has not stopped checking in."""
        local = self._clock().astimezone(self._zone_of(device.person_id))
        today = day_lived(local, self._day_start_of(device.person_id))
        lately = self._store.diary(device.person_id).between(today - timedelta(days=QUIET_AFTER_DAYS), today)
        days = {check_in.local_day for check_in in lately.check_ins}
        is_new = device.made_at > self._clock() - timedelta(days=QUIET_AFTER_DAYS)
        return today not in days and (bool(days) or is_new)

    def _send(self, due: tuple[Device, date]) -> bool:
        device, day = due
        try:
            parts = require_push_service(device.endpoint)
            if not claim_reminder(self._store, device, day) or not self._is_wanted(device):
                return False
            status = self._post(parts)
            if status in GONE:
                forget_endpoint(self._store, device.endpoint)
        except (BackstrideError, OSError, HTTPException):
            return False  # tomorrow is another day: a reminder is worth no second try
        return 200 <= status < 300

    def _post(self, parts: SplitResult) -> int:
        """Send an empty message; where the service points elsewhere, nobody follows."""
        headers = {
            **_signature(push_key(self._store), parts, now=self._clock()),
            "TTL": str(TIME_TO_LIVE_S),
            "Urgency": "normal",
            "Topic": "check-in",  # a newer one takes the place of one that was not delivered
            "Content-Length": "0",
        }
        connection = self._connect(parts)
        try:
            path = parts._replace(scheme="", netloc="", fragment="").geturl() or "/"
            connection.request("POST", path, headers=headers)
            return connection.getresponse().status
        finally:
            connection.close()

    def _work(self) -> None:
        while not self._ended.is_set():
            with suppress(BackstrideError):  # the store says so itself, to whoever asks it for a page
                self.look()
            self._ended.wait(LOOK_AGAIN_S)


def _connection(parts: SplitResult) -> HTTPConnection:
    return HTTPSConnection(parts.hostname or "", parts.port or 443, timeout=PATIENCE_S)


def _signature(pem: str, parts: SplitResult, *, now: datetime) -> dict[str, str]:
    """Sign for one push service, for half a day (RFC 8292 allows a day)."""
    from py_vapid import Vapid02  # noqa: PLC0415 - an optional extra

    claims = {
        "aud": f"https://{parts.netloc}",
        "sub": CONTACT,
        "exp": int((now + timedelta(hours=12)).timestamp()),
    }
    signed: dict[str, str] = Vapid02.from_pem(pem.encode()).sign(claims)
    return signed
