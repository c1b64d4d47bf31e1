"""Settings: what you chose, where you are signed in, who else is here, and leaving."""

from typing import Annotated

from fastapi import APIRouter, Depends, Form, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from backstride.diary.people import add_person, everybody, person_of, remove_person
from backstride.diary.sessions import end_session, end_sessions, sessions_of
from backstride.diary.settings import current_settings, set_setting, setting_history
from backstride.errors import BadValue, NotLetIn
from backstride.report.language import _
from backstride.report.pain_since_words import SINCE
from backstride.runtime.clock import utc_now
from backstride.runtime.timezone import default_timezone
from backstride.services.auth import choose_passphrase, hash_passphrase, verify_passphrase
from backstride.services.day_start import CHOICE as DAY_START
from backstride.services.day_start import HOURS, choose_day_start, day_start_of
from backstride.services.example import hide_example
from backstride.services.rate_limit import device_token
from backstride.services.setting_values import REMINDER, WORTHWHILE, can_be_chosen
from backstride.web.origin import ON_THIS_MACHINE, address_of_server
from backstride.web.qr import qr_picture
from backstride.web.templates import page
from backstride.web.visitor import (
    CurrentUser,
    InPerson,
    InPersonWriting,
    Number,
    Writing,
    give_device_cookie,
)

router = APIRouter(tags=["settings"])
BACK_TO = ("/", "/settings/calendar")
"""Pages beside Settings from which something is chosen."""
THEMES = {"": "Same as my system", "light": "Light", "dark": "Dark"}


@router.get("/settings", response_class=HTMLResponse)
def show(visitor: InPerson, request: Request, moved: bool = False) -> Response:
    """Everything that can be chosen."""
    server = address_of_server(request)
    is_outside = server.hostname not in ON_THIS_MACHINE
    address = str(server).rstrip("/") if is_outside else visitor.site.phone_address
    store, me = visitor.site.store, visitor.person.id
    context = {
        "moved": moved,
        "chosen": current_settings(store, me),
        "worthwhile": WORTHWHILE,
        "worthwhile_before": [c for c in setting_history(store, me) if c.name == "worthwhile"],
        "themes": THEMES.items(),
        "pain_since": SINCE.items(),
        "day_starts": HOURS,
        "day_starts_chosen": visitor.day_starts_h,
        "sessions": sessions_of(store, me),
        "people": everybody(store) if visitor.is_owner else (),
        "last_backup": visitor.site.backups.last_made_at,
        "backup_problem": visitor.site.backups.problem,
        "phone_address": address,
        "phone_picture": qr_picture(address) if address else "",
    }
    return page(visitor, "settings.html", context, here="/settings")


async def _sent_names(request: Request) -> frozenset[str]:
    """Return the names of the fields that a form sent, the empty ones too.

    An empty field takes a choice back. FastAPI gives it as None, as if it had not been sent.
    """
    return frozenset(await request.form())


@router.post("/settings/choices", response_model=None)
def save(
    visitor: Writing,
    sent: Annotated[frozenset[str], Depends(_sent_names)],
    zone: Annotated[str | None, Form()] = None,
    worthwhile: Annotated[str | None, Form()] = None,
    theme: Annotated[str | None, Form()] = None,
    pain_since: Annotated[str | None, Form()] = None,
    day_starts: Annotated[str | None, Form()] = None,
    reminder: Annotated[str | None, Form()] = None,
    back: Annotated[str, Form()] = "/settings",
) -> Response:
    """Keep what was chosen; what was chosen before stays on record, and what is not sent stays as it is.

    Raises:
        BadValue: something that cannot be chosen.
    """
    given = {"worthwhile": worthwhile, "theme": theme, "pain_since": pain_since, REMINDER: reminder}
    values = {name: value or "" for name, value in given.items() if name in sent}
    asked = values if day_starts is None else values | {DAY_START: day_starts}
    if not all(can_be_chosen(name, value) for name, value in asked.items()):
        raise BadValue(_("That cannot be chosen."), advice=_("Choose one of those on the page."))
    if "zone" in sent:
        named = (zone or "").strip()
        values["zone"] = default_timezone(named).zone.key if named else ""
    before = current_settings(visitor.site.store, visitor.person.id)
    for name, value in values.items():
        if value or name in before:
            set_setting(visitor.site.store, visitor.person.id, name, value, now=utc_now())
    if day_starts is not None and day_start_of(before.get(DAY_START)) != int(day_starts):
        choose_day_start(visitor.site.store, visitor.person.id, int(day_starts), now=utc_now())
    if "zone" in values and _moves_runs(before.get("zone", ""), values["zone"], visitor):
        return RedirectResponse("/settings?moved=yes#zone", status_code=303)
    return RedirectResponse(back if back in BACK_TO else "/settings", status_code=303)


def _moves_runs(before: str, after: str, visitor: CurrentUser) -> bool:
    """Whether runs on record may stand on the days of another zone from now on."""
    site = visitor.site
    return site.zone_named(before) != site.zone_named(after) and bool(visitor.diary.records().runs)


@router.post("/settings/passphrase", response_model=None)
def new_passphrase(
    request: Request,
    visitor: InPersonWriting,
    new: Annotated[str, Form()],
    old: Annotated[str, Form()] = "",
) -> Response:
    """Choose a passphrase; sessions elsewhere end, and this device stays one that is known."""
    confirm_in_person(visitor, old)
    choose_passphrase(visitor.site.store, visitor.person, new, but=visitor.session.id)
    response = _back()
    # the cookie that marks a known device is signed with the passphrase, so the one before is worth nothing now
    renewed = device_token(person_of(visitor.site.store, visitor.person.id))
    give_device_cookie(response, renewed, secure=request.app.state.secure)
    return response


@router.post("/settings/sessions/end-others", response_model=None)
def end_others(visitor: InPersonWriting) -> Response:
    """Sign out everywhere else."""
    end_sessions(visitor.site.store, visitor.person.id, but=visitor.session.id)
    return _back()


@router.post("/settings/sessions/{session_id}/end", response_model=None)
def end_one(session_id: Number, visitor: InPersonWriting) -> Response:
    """Sign out on one device."""
    end_session(visitor.site.store, visitor.person.id, session_id)
    return _back()


@router.post("/settings/people", response_model=None)
def add(
    visitor: InPersonWriting, name: Annotated[str, Form()], passphrase: Annotated[str, Form()]
) -> Response:
    """Add somebody with a diary of their own.

    Raises:
        NotLetIn: only the owner may.
        BadValue: the owner has no passphrase yet, or the name is taken.
    """
    _owner_only(visitor)
    if not visitor.person.passphrase:
        raise BadValue(
            _("You have no passphrase yet, so others could read your diary."),
            advice=_("Choose one for yourself, then add somebody."),
        )
    add_person(visitor.site.store, name, passphrase=hash_passphrase(passphrase))
    return _back()


@router.post("/settings/people/{person_id}/remove", response_model=None)
def remove(person_id: Number, visitor: InPersonWriting, passphrase: Annotated[str, Form()] = "") -> Response:
    """Remove somebody with all they told.

    Raises:
        NotLetIn: only the owner may, and only others.
    """
    _owner_only(visitor)
    if person_id == visitor.person.id:
        raise NotLetIn(_("The owner cannot be removed."), advice=_("Delete your own data instead."))
    confirm_in_person(visitor, passphrase)
    remove_person(visitor.site.store, person_id)
    return _back()


@router.post("/settings/delete-everything", response_model=None)
def delete_everything(
    visitor: InPersonWriting, sure: Annotated[str, Form()] = "", passphrase: Annotated[str, Form()] = ""
) -> Response:
    """Erase all that this person told, for good. Others who are here lose nothing.

    Raises:
        BadValue: it was not confirmed.
    """
    if sure != "yes":
        raise BadValue(_("Nothing was deleted."), advice=_("Tick the box first, if you mean it."))
    confirm_in_person(visitor, passphrase)
    visitor.site.uploads.forget(visitor.book)
    visitor.site.undo.forget(visitor.book)
    visitor.site.undo.forget(visitor.person.id)
    visitor.site.uploads.forget(visitor.person.id)
    hide_example(visitor.site.store, visitor.person)
    visitor.site.store.diary(visitor.person.id).erase_everything()
    return RedirectResponse("/?deleted=yes", status_code=303)


def confirm_in_person(visitor: CurrentUser, passphrase: str) -> None:
    """Make sure that it is the person who asks for what lets others in, or cannot be taken back.

    Raises:
        NotLetIn: the passphrase is another one, or was tried too often.
    """
    with visitor.site.guesses.trying(f"confirm {visitor.person.id}"):
        verify_passphrase(visitor.person, passphrase)


def require_own_diary(visitor: CurrentUser) -> None:
    """Refuse what would let others into the diary while the pages show simulated data that is not it.

    Raises:
        BadValue: the example is shown.
    """
    if visitor.sees_example:
        raise BadValue(
            _("You see example data. What you make here would open your own diary."),
            advice=_("Hide the example first."),
        )


def _owner_only(visitor: CurrentUser) -> None:
    if not visitor.is_owner:
        raise NotLetIn(_("Only the owner of this server may do that."), advice=_("Ask the owner."))


def _back() -> Response:
    return RedirectResponse("/settings", status_code=303)
