"""Who is asking: the person of the session, and whose diary they look at."""

from dataclasses import dataclass
from datetime import date
from typing import Annotated
from zoneinfo import ZoneInfo

from fastapi import Depends, Form, Header, Request
from fastapi.responses import Response

from backstride.actions.clock import this_moment
from backstride.actions.sign_in import form_mark
from backstride.actions.site import Site
from backstride.diary.beginning import first_day_told
from backstride.diary.choices import chosen
from backstride.diary.diary import Diary
from backstride.diary.people import Person, example_of, person_of
from backstride.diary.schema import OWNER
from backstride.diary.sessions import LONGEST, Session, find_session
from backstride.errors import NotLetIn, NotSignedIn

COOKIE = "backstride"


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody who is signed in.

    Attributes:
        site: the server.
        person: who they are.
        book: whose diary they see: their own, or that of the made-up person beside it.
        session: by which they are known.
        mark: carried by every form of theirs.
        zone: theirs.
        theme: light, dark, or empty for the system's.
    """

    site: Site
    person: Person
    book: int
    session: Session
    mark: str
    zone: ZoneInfo
    theme: str

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
        return first_day_told(self.site.store, self.book)

    @property
    def local_day(self) -> date:
        """The local day."""
        return this_moment().astimezone(self.zone).date()


def cookie_name(*, secure: bool) -> str:
    """The name of the cookie; browsers hold one with this prefix to https and to this very server."""
    return f"__Host-{COOKIE}" if secure else COOKIE


def give_cookie(response: Response, token: str, *, secure: bool) -> None:
    """Let the browser show `token` from now on."""
    response.set_cookie(
        cookie_name(secure=secure),
        token,
        max_age=int(LONGEST.total_seconds()),
        path="/",
        secure=secure,
        httponly=True,
        samesite="lax",
    )


def the_site(request: Request) -> Site:
    """The server that is asked."""
    site = request.app.state.site
    assert isinstance(site, Site)
    return site


def the_visitor(request: Request, site: Annotated[Site, Depends(the_site)]) -> Visitor:
    """Who asks.

    Raises:
        NotSignedIn: nobody who is known.
    """
    token = request.cookies.get(cookie_name(secure=request.app.state.secure), "")
    session = find_session(site.store, token, now=this_moment()) if token else None
    if session is None:
        raise NotSignedIn("Nobody is signed in here.", advice="Sign in, then try again.")
    person = person_of(site.store, session.person_id)
    example = example_of(site.store, person.id)
    return Visitor(
        site,
        person,
        example.id if example else person.id,
        session,
        form_mark(token),
        site.zone_of(person.id),
        chosen(site.store, person.id).get("theme", ""),
    )


def the_writer(
    visitor: Annotated[Visitor, Depends(the_visitor)],
    mark: Annotated[str, Form()] = "",
    x_mark: Annotated[str, Header()] = "",
) -> Visitor:
    """Who asks for a change, with a form of ours and not too often.

    Raises:
        NotLetIn: the form is not one of this session, or there were too many.
    """
    if visitor.mark not in (mark, x_mark):
        raise NotLetIn("This page is from an earlier sign-in.", advice="Load it again, then try once more.")
    visitor.site.writes.spend(str(visitor.person.id), now=this_moment())
    return visitor


Known = Annotated[Visitor, Depends(the_visitor)]
Writing = Annotated[Visitor, Depends(the_writer)]
Here = Annotated[Site, Depends(the_site)]
