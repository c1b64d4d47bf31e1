"""Who is asking: the person of the session, and whose diary they look at."""

from asyncio import wrap_future
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

import anyio
from fastapi import Depends, Form, Header, Path, Request
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import Response
from pydantic import AfterValidator, WithJsonSchema

from backstride.core.datetimes import EARLIEST, LATEST, day_lived
from backstride.diary.authentication import authenticate
from backstride.diary.diary import Diary
from backstride.diary.first_day import first_entry_day
from backstride.diary.people import Person, person_of
from backstride.diary.schema import OWNER
from backstride.diary.sessions import MAX_LIFETIME, Session, touch
from backstride.diary.tokens import Token, find_token
from backstride.errors import DiaryError, NotInDiary, NotLetIn, NotSignedIn, OtherDiary
from backstride.runtime.clock import utc_now
from backstride.services.app_context import AppContext
from backstride.services.auth import csrf_token_for
from backstride.services.day_start import day_start_of

COOKIE = "backstride"
SECONDS_TO_ASK_THE_STORE = 2.0
CSRF_FIELD = "mark"
CSRF_HEADER = "x-mark"
"""What a form, and a script of ours, carry to show that they come from our page."""
A_YEAR_S = 365 * 24 * 3600


@dataclass(frozen=True, slots=True)
class CurrentUser:
    """Somebody who is signed in.

    Attributes:
        site: the server.
        person: who they are.
        book: whose diary they see: their own, or that of the simulated person beside it.
        session: by which they are known.
        csrf_token: Carried by every form of theirs that shows this diary.
        other_csrf_token: The same for the other of the two diaries.
        zone: theirs.
        theme: light, dark, or empty for the system's.
        day_starts_h: the hour at which their day starts.
        token: with which a program acts for them; None where they act themselves.
    """

    site: AppContext
    person: Person
    book: int
    session: Session
    csrf_token: str
    zone: ZoneInfo
    theme: str
    day_starts_h: int
    token: Token | None = None
    other_csrf_token: str = ""

    @property
    def sees_example(self) -> bool:
        """Whether what they see is made up."""
        return self.book != self.person.id

    @property
    def is_owner(self) -> bool:
        """Whether they may add and remove people."""
        return self.person.id == OWNER

    @property
    def diary(self) -> Diary:
        """The diary they see."""
        return self.site.store.diary(self.book)

    @property
    def first_day(self) -> date | None:
        """The first day of that diary; None while it is empty."""
        return first_entry_day(self.site.store, self.book)

    @property
    def local_day(self) -> date:
        """The day that they live: until three at night, or the hour they chose, it is still the one before."""
        return day_lived(utc_now().astimezone(self.zone), self.day_starts_h)

    @property
    def calendar_day(self) -> date:
        """The date where they are: what is recorded after midnight, other than a check-in, bears this one."""
        return utc_now().astimezone(self.zone).date()


def cookie_name(*, secure: bool) -> str:
    """Return the session cookie's name; browsers bind a `__Host-` cookie to https and this very server."""
    return f"__Host-{COOKIE}" if secure else COOKIE


def give_device_cookie(response: Response, token: str, *, secure: bool) -> None:
    """Let the browser show from now on that its person has signed in here, also after they signed out."""
    response.set_cookie(
        device_cookie_name(secure=secure),
        token,
        max_age=A_YEAR_S,
        path="/",
        secure=secure,
        httponly=True,
        samesite="strict",
    )


def device_cookie_name(*, secure: bool) -> str:
    """Return the name of the cookie that marks a device on which somebody signed in before."""
    return f"{cookie_name(secure=secure)}-device"


def give_cookie(response: Response, token: str, *, secure: bool) -> None:
    """Let the browser show `token` from now on."""
    response.set_cookie(
        cookie_name(secure=secure),
        token,
        max_age=int(MAX_LIFETIME.total_seconds()),
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def the_site(request: Request) -> AppContext:
    """Return the server's application context."""
    site = request.app.state.site
    assert isinstance(site, AppContext)
    return site


async def _at_once(request: Request) -> AppContext:
    return the_site(request)  # it waits for nothing, so no thread is woken for it


async def the_visitor(request: Request) -> CurrentUser:
    """Who asks; looked up once for each request, and without its body.

    Raises:
        NotSignedIn: nobody who is known.
    """
    known = getattr(request.state, "visitor", None)
    if known is None:
        known = request.state.visitor = await _looked_up(request)
    assert isinstance(known, CurrentUser)
    return known


async def _looked_up(request: Request) -> CurrentUser:
    """Who asks. It holds no thread while it waits, for it is asked before every page."""
    site = the_site(request)
    shown = request.headers.get("authorization", "")
    if shown:
        return await run_in_threadpool(_program, site, shown)
    now = utc_now()
    token = request.cookies.get(cookie_name(secure=request.app.state.secure), "")
    bearer = await wrap_future(authenticate(site.store, token, now=now)) if token else None
    if bearer is None:
        raise NotSignedIn("Nobody is signed in here.", advice="Sign in, then try again.")
    touch(site.store, bearer.session, now=now)  # not waited for: a full disk shuts no page
    return CurrentUser(
        site,
        bearer.person,
        bearer.example or bearer.person.id,
        bearer.session,
        csrf_token_for(token, of_example=bool(bearer.example)),
        site.zone_named(bearer.zone),
        bearer.theme,
        day_start_of(bearer.day_starts),
        other_csrf_token=csrf_token_for(token, of_example=not bearer.example),
    )


async def the_writer(
    visitor: Annotated[CurrentUser, Depends(the_visitor)],
    csrf_token: Annotated[str, Form(alias=CSRF_FIELD)] = "",
    csrf_header: Annotated[str, Header(alias=CSRF_HEADER)] = "",
) -> CurrentUser:
    """Who asks for a change; its errors are those of `require_write`."""
    require_write(visitor, csrf_token, csrf_header)
    return visitor


def require_write(visitor: CurrentUser, *tokens: str) -> None:
    """See to it that a change comes with a form of ours and not too often.

    Args:
        visitor: who asks for it.
        tokens: The CSRF tokens that came with it.

    Raises:
        NotLetIn: the form is not one of this session, the token may only read, or there were too many.
        OtherDiary: the example came or went since the form was loaded.
    """
    if visitor.token is not None and not visitor.token.may_write:
        raise NotLetIn("This token may only read.", advice="Make one in Settings that may write.")
    if visitor.token is None and visitor.csrf_token not in tokens:
        if visitor.other_csrf_token in tokens:
            raise other_diary()
        raise NotLetIn("This page is from an earlier sign-in.", advice="Load it again, then try once more.")
    visitor.site.writes.hit(str(visitor.person.id))


def other_diary() -> OtherDiary:
    """Return the error of a form that was made for the other diary."""
    return OtherDiary(
        "The example data came or went after this page was loaded. Nothing was saved.",
        advice="Load the page again, then try once more.",
    )


def _in_person(visitor: Annotated[CurrentUser, Depends(the_visitor)]) -> CurrentUser:
    """Who asks, without a program between: no token opens what lets others in or shuts them out.

    Raises:
        NotLetIn: it is a program.
    """
    if visitor.token is not None:
        raise NotLetIn("A program may not do this.", advice="Sign in yourself, and do it in Settings.")
    return visitor


def _writes_in_person(
    visitor: Annotated[CurrentUser, Depends(_in_person)],
    writer: Annotated[CurrentUser, Depends(the_writer)],  # noqa: ARG001 - asked for what it refuses
) -> CurrentUser:
    return visitor


async def _perhaps(request: Request) -> CurrentUser | None:
    """Who asks for a page that anybody may see; nobody, where the store fails, or says nothing for long."""
    with suppress(NotLetIn, DiaryError), anyio.move_on_after(SECONDS_TO_ASK_THE_STORE):
        return await the_visitor(request)
    return None


def _program(site: AppContext, shown: str) -> CurrentUser:
    """For whom a program acts that shows a token, as in "Authorization: Bearer bs_...".

    Raises:
        NotSignedIn: the token opens nothing.
    """
    kind, _, given = shown.partition(" ")
    token = find_token(site.store, given.strip(), now=utc_now()) if kind.lower() == "bearer" else None
    if token is None:
        raise NotSignedIn("This token opens nothing.", advice="Make a new one in Settings.")
    person = person_of(site.store, token.person_id)
    session = Session(0, person.id, token.label, token.made_at, token.made_at)
    zone, day_starts_h = site.zone_of(person.id), site.day_start_of(person.id)
    return CurrentUser(site, person, person.id, session, "", zone, "", day_starts_h, token)


Number = Annotated[int, Path(ge=1, le=2**31 - 1)]
"""The number of an entry, a session, a person or a token, as every database holds it."""

Ticked = Annotated[str, Form(), WithJsonSchema({"enum": ["", "yes"]})]
"""A box of a form: "yes" where it is ticked."""


def _believable(day: date) -> date:
    if not EARLIEST.date() <= day < LATEST.date():
        raise AssertionError(day.isoformat())  # pydantic makes a refusal of it
    return day


Day = Annotated[date, AfterValidator(_believable)]
"""A local day on which somebody can report."""

Known = Annotated[CurrentUser, Depends(the_visitor)]
Perhaps = Annotated[CurrentUser | None, Depends(_perhaps)]
Writing = Annotated[CurrentUser, Depends(the_writer)]
InPerson = Annotated[CurrentUser, Depends(_in_person)]
InPersonWriting = Annotated[CurrentUser, Depends(_writes_in_person)]
Here = Annotated[AppContext, Depends(_at_once)]


def require_day_come(visitor: CurrentUser, day: date) -> None:
    """Refuse a day that lies ahead.

    Raises:
        NotInDiary: it does.
    """
    if day > visitor.local_day:
        raise NotInDiary("This day lies ahead.", advice="Choose today, or a day before it.")
