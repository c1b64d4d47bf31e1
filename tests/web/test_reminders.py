"""Reminders by Web Push: who is reminded, when, of what, and what never leaves the server."""

import base64
import json
import threading
from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, HTTPServer
from zoneinfo import ZoneInfo

import pytest
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.asymmetric.utils import encode_dss_signature
from cryptography.hazmat.primitives.hashes import SHA256

from backstride.diary.backups import NOT_COPIED
from backstride.diary.push import add_device, devices, push_key
from backstride.diary.schema import OWNER
from backstride.diary.sessions import sessions_of
from backstride.errors import BadValue
from backstride.services import reminders
from backstride.services.reminders import LATE_BY, Reminders, public_key, require_push_service

from .conftest import PASSPHRASE, until
from .days import lived_today

ENDPOINT = "https://fcm.googleapis.com/fcm/send/abc:DEF-123"
BERLIN = ZoneInfo("Europe/Berlin")
MORNING = datetime.combine(lived_today() - timedelta(days=10), time(7, 30), tzinfo=BERLIN)
"""Days ago, and never so long ago that a check-in of it is refused."""

KEEP_WORDS = """words => new Promise(resolve => {
  const opening = indexedDB.open("backstride", 1);
  opening.onsuccess = () => {
    const change = opening.result.transaction("keys", "readwrite");
    change.objectStore("keys").put(words, "reminder");
    change.oncomplete = () => resolve();
  };
})"""
SHOWN = """async () => {
  const here = await navigator.serviceWorker.ready;
  for (let tries = 0; tries < 50; tries += 1) {
    const shown = await here.getNotifications();
    if (shown.length) return shown.map(one => [one.title, one.body]);
    await new Promise(resolve => setTimeout(resolve, 100));
  }
  return [];
}"""


class PushService:
    """A push service on this machine, that notes what reaches it."""

    def __init__(self) -> None:
        """Listen on a free port."""
        self.status = 201
        self.headers_sent: dict[str, str] = {}
        self.asked: list[tuple[str, dict[str, str], bytes]] = []
        outer = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = self.rfile.read(int(self.headers.get("content-length", "0")))
                outer.asked.append((self.path, {k.lower(): v for k, v in self.headers.items()}, body))
                self.send_response(outer.status)
                for name, value in outer.headers_sent.items():
                    self.send_header(name, value)
                self.end_headers()

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.server = HTTPServer(("127.0.0.1", 0), Handler)
        self.thread = threading.Thread(target=self.server.serve_forever, daemon=True)
        self.thread.start()

    def connect(self, _parts: object) -> HTTPConnection:
        """Connect to this one, whatever address was meant."""
        return HTTPConnection("127.0.0.1", self.server.server_port, timeout=5)


@pytest.fixture
def service() -> Iterator[PushService]:
    """A push service on this machine."""
    there = PushService()
    yield there
    there.server.shutdown()
    there.server.server_close()


@pytest.fixture
def at(site, service):
    """A function that looks for reminders at a moment; its value is how many were sent."""

    def look(moment: datetime) -> int:
        return Reminders(
            site.store,
            zone_of=lambda _person: BERLIN,
            day_start_of=lambda _person: 3,
            clock=lambda: moment.astimezone(UTC),
            connect=service.connect,
        ).look()

    return look


@pytest.fixture
def reminded(owner, site):
    """The owner, who asked to be reminded at 07:30; added just before the morning of these tests."""
    public_key(site.store)
    (session,) = sessions_of(site.store, OWNER)
    add_device(
        site.store,
        OWNER,
        session_id=session.id,
        endpoint=ENDPOINT,
        remind_at=time(7, 30),
        now=(MORNING - timedelta(hours=1)).astimezone(UTC),
    )
    return owner


def test_nobody_is_reminded_who_did_not_ask(owner, site, at, service):
    """It is off by default: no key is made, and nothing is sent."""
    assert at(MORNING) == 0
    assert push_key(site.store) == ""
    assert service.asked == []


def test_it_is_sent_once_a_day_from_the_hour_on(reminded, at, service):
    """Not before the hour, once after it, and not again on that day."""
    assert at(MORNING - timedelta(minutes=1)) == 0
    assert at(MORNING + timedelta(minutes=2)) == 1
    assert at(MORNING + timedelta(minutes=3)) == 0
    assert len(service.asked) == 1
    assert at(MORNING + timedelta(days=1)) == 1


def test_what_is_late_is_left(reminded, at):
    """A server that was down in the morning does not ring in the afternoon."""
    assert at(MORNING + LATE_BY) == 0


def test_the_message_is_empty_and_signed(reminded, site, at, service):
    """No byte of it speaks of anybody; the signature is by the key that the browser was given."""
    at(MORNING)
    ((path, headers, body),) = service.asked
    assert path == "/fcm/send/abc:DEF-123"
    assert body == b""
    assert headers["ttl"] == "3600"
    scheme, _sep, rest = headers["authorization"].partition(" ")
    token, _sep, key = rest.removeprefix("t=").partition(",k=")
    assert (scheme, key.strip()) == ("vapid", public_key(site.store))
    signed, _sep, signature = token.rpartition(".")
    raw = unpacked(signature)
    point = ec.EllipticCurvePublicKey.from_encoded_point(ec.SECP256R1(), unpacked(key.strip()))
    numbers = (int.from_bytes(raw[:32]), int.from_bytes(raw[32:]))
    point.verify(encode_dss_signature(*numbers), signed.encode(), ec.ECDSA(SHA256()))
    claims = json.loads(unpacked(signed.split(".")[1]))
    assert claims["aud"] == "https://fcm.googleapis.com"
    assert claims["exp"] == int((MORNING + timedelta(hours=12)).timestamp())


def unpacked(text: str) -> bytes:
    """Decode base64url without its padding."""
    return base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))


def test_who_has_checked_in_is_left_in_peace(reminded, at, service):
    """A reminder of what is done would only annoy."""
    reminded.post("/check-in", {"pain": "3", "day": f"{MORNING.date()}"})
    found = devices_of_check_in(reminded)
    assert found
    assert at(MORNING) == 0
    assert service.asked == []


def devices_of_check_in(owner) -> bool:
    """Whether the check-in of the morning is in the diary."""
    return f"{MORNING.date()}" in owner.get(f"/diary/day/{MORNING.date()}").text


def test_who_stopped_checking_in_is_left_in_peace(reminded, at):
    """Three days of silence end the reminders; a check-in brings them back."""
    assert at(MORNING + timedelta(days=2)) == 1
    assert at(MORNING + timedelta(days=4)) == 0
    reminded.post("/check-in", {"pain": "3", "day": f"{MORNING.date() + timedelta(days=5)}"})
    assert at(MORNING + timedelta(days=6)) == 1


@pytest.mark.parametrize("status", [404, 410])
def test_a_device_that_is_gone_is_forgotten(reminded, site, at, service, status):
    """As its push service says so, its address is deleted."""
    service.status = status
    assert at(MORNING) == 0
    assert devices(site.store) == ()


@pytest.mark.parametrize("status", [307, 429, 500])
def test_a_service_that_refuses_is_asked_again_tomorrow(reminded, site, at, service, status):
    """No second try on that day, nowhere else either, and the device stays."""
    service.status = status
    service.headers_sent = {"location": "http://127.0.0.1/elsewhere"}
    assert at(MORNING) == 0
    assert at(MORNING + timedelta(minutes=5)) == 0
    assert len(service.asked) == 1
    assert len(devices(site.store)) == 1


def test_a_service_that_is_not_reached_stops_nobody(reminded, site):
    """The next device is reminded all the same, and the server goes on."""

    def nowhere(_parts: object) -> HTTPConnection:
        raise ConnectionRefusedError

    look = Reminders(
        site.store,
        zone_of=lambda _person: BERLIN,
        day_start_of=lambda _person: 3,
        clock=lambda: MORNING,
        connect=nowhere,
    ).look
    assert look() == 0


@pytest.mark.parametrize(
    "endpoint",
    [
        "http://fcm.googleapis.com/fcm/send/a",
        "https://localhost/a",
        "https://127.0.0.1/a",
        "https://192.168.1.1/a",
        "https://[::1]/a",
        "https://fcm.googleapis.com.evil.example/a",
        "https://evilpush.apple.com.example/a",
        "https://notpush.apple.com/a",
        "https://fcm.googleapis.com:8443/a",
        "https://me:secret@fcm.googleapis.com/a",
        "https://fcm.googleapis.com@evil.example/a",
        "https://fcm.googleapis.com\\@evil.example/a",
        "https://fcm.googleapis.com/a b",
        "https://fcm.googleapis.com/a\r\nx: y",
        "https://fcm.googleapis.com:port/a",
        "file:///etc/passwd",
        "",
    ],
)
def test_nothing_is_sent_to_any_other_address(owner, site, endpoint):
    """Only the push services of the browsers are known, over https, on their own port."""
    with pytest.raises(BadValue):
        require_push_service(endpoint)
    reply = owner.post("/settings/reminders", {"endpoint": endpoint, "at": "07:30"})
    assert reply.status_code == 400
    assert devices(site.store) == ()


@pytest.mark.parametrize(
    "endpoint",
    [
        ENDPOINT,
        "https://updates.push.services.mozilla.com/wpush/v2/gAAA",
        "https://web.push.apple.com/QABC",
        "https://wns2-par02p.notify.windows.com/w/?token=BQ",
    ],
)
def test_a_device_is_added_ended_and_ends_with_its_sign_in(owner, site, endpoint):
    """Off, on and off again; and signing out on the device turns it off as well."""
    added = {"endpoint": endpoint, "at": "06:45"}
    assert owner.post("/settings/reminders", added).status_code == 200
    assert "06:45" in owner.get("/settings/reminders").text
    (device,) = devices(site.store, OWNER)
    owner.post(f"/settings/reminders/{device.id}/end")
    assert devices(site.store) == ()
    owner.post("/settings/reminders", added)
    owner.post("/settings/reminders", {**added, "at": "08:00"})
    (device,) = devices(site.store)
    assert device.remind_at == time(8)
    owner.post("/sign-out")
    assert devices(site.store) == ()


def test_a_time_that_is_none_is_refused(owner, site):
    """With a sentence."""
    assert owner.post("/settings/reminders", {"endpoint": ENDPOINT, "at": "soon"}).status_code == 400
    assert devices(site.store) == ()


def test_ten_devices_are_enough(owner, site):
    """The eleventh is refused with a sentence."""
    for n in range(10):
        owner.post("/settings/reminders", {"endpoint": f"{ENDPOINT}{n}", "at": "07:30"})
    reply = owner.post("/settings/reminders", {"endpoint": f"{ENDPOINT}x", "at": "07:30"})
    assert (reply.status_code, len(devices(site.store))) == (400, 10)


def test_one_cannot_end_another_s_device(owner, anna, site):
    """A number that is somebody else's does nothing."""
    owner.post("/settings/reminders", {"endpoint": ENDPOINT, "at": "07:30"})
    (device,) = devices(site.store)
    anna.post(f"/settings/reminders/{device.id}/end")
    assert devices(site.store) == (device,)
    assert anna.get("/settings/reminders").text.count("07:30") == 1  # the time that the form offers


def test_it_goes_with_everything_and_with_the_account(owner, anna, site):
    """Neither after "delete everything" nor after an account is removed is anybody reminded."""
    anna.post("/settings/reminders", {"endpoint": ENDPOINT, "at": "07:30"})
    assert len(devices(site.store)) == 1
    anna.post("/settings/delete-everything", {"sure": "yes", "passphrase": PASSPHRASE})
    assert devices(site.store) == ()


def test_neither_addresses_nor_the_key_are_in_a_backup():
    """What was put back elsewhere reminds nobody, and signs as nobody."""
    assert {"person_push", "push_key"} <= set(NOT_COPIED)


def test_the_example_cannot_be_reminded(owner, site):
    """What is made while it is shown would be one's own."""
    owner.post("/example/show")
    assert owner.post("/settings/reminders", {"endpoint": ENDPOINT, "at": "07:30"}).status_code == 400
    assert devices(site.store) == ()


def test_without_the_extra_the_page_says_so(owner, site, monkeypatch, at):
    """No key, no form, and a way that works without it."""
    monkeypatch.setattr("backstride.web.reminders.can_sign", lambda: False)
    monkeypatch.setattr(reminders, "can_sign", lambda: False)
    page = owner.get("/settings/reminders").text
    assert "sends no reminders to phones" in page
    assert "data-push" not in page
    assert "/settings/calendar" in page
    assert at(MORNING) == 0


def test_a_browser_without_push_is_told_what_to_do(owner):
    """Without scripts, too, the form gets a sentence in reply."""
    reply = owner.post("/settings/reminders", {"at": "07:30"})
    assert reply.status_code == 400
    assert "Home Screen" in reply.text


def test_the_background_thread_begins_and_ends(site):
    """It is there while the server runs, once, and closing waits for it."""
    made = Reminders(site.store, zone_of=site.zone_of, day_start_of=site.day_start_of)
    made.begin()
    made.begin()
    assert sum(thread.name == "reminders" for thread in threading.enumerate()) == 1
    made.close()
    assert all(thread.name != "reminders" for thread in threading.enumerate())


def test_the_device_shows_its_own_words(visit, until_kept, address):
    """A message with something else in it changes nothing: the words are those that were kept on the device."""
    page = visit()
    page.context.grant_permissions(["notifications"], origin=address)
    page.goto(address)
    until_kept(page)
    browser = page.context.new_cdp_session(page)
    registrations: list[str] = []
    browser.on(
        "ServiceWorker.workerRegistrationUpdated",
        lambda found: registrations.extend(one["registrationId"] for one in found["registrations"]),
    )
    browser.send("ServiceWorker.enable")
    page.wait_for_function("navigator.serviceWorker.controller !== null")
    until(page, lambda: registrations, "what the browser says of its workers")
    page.evaluate(KEEP_WORDS, {"title": "backstride", "body": "Zeit für deinen Eintrag"})
    message = {"origin": address, "registrationId": registrations[-1], "data": "your pain was 7"}
    shown = []
    for _ in range(
        8
    ):  # a browser drops a message for a worker that is not yet up; a second one shows the same once
        browser.send("ServiceWorker.deliverPushMessage", message)
        if shown := page.evaluate(SHOWN):
            break
    assert shown == [["backstride", "Zeit für deinen Eintrag"]]
