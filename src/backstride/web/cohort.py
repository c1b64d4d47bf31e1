"""Giving what one's diary says to a study, and what a study's file says beside one's own answer."""

from typing import Annotated

from fastapi import APIRouter, Form, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from backstride.cohort.contribution import TRAITS
from backstride.cohort.contribution_file import contribution_json
from backstride.cohort.contribution_words import band, consent, sentences, trait_name
from backstride.cohort.prior_file import MOST_BYTES
from backstride.errors import BadTable, BadValue, NotInDiary
from backstride.report.language import _
from backstride.services.giving import cohort_of, drop_cohort, take_cohort
from backstride.web.settings import require_own_diary
from backstride.web.templates import page
from backstride.web.visitor import CurrentUser, InPerson, InPersonWriting, Ticked

router = APIRouter(tags=["cohort"])
HERE = "/settings/study"


@router.get("/settings/study", response_class=HTMLResponse)
def show(visitor: InPerson) -> Response:
    """Show what would leave the diary, what was given, and whose seasons stand beside the answer."""
    return _page(visitor, key="")


@router.post("/settings/study/look", response_model=None)
def look(
    visitor: InPersonWriting,
    trait: Annotated[list[str] | None, Form()] = None,
) -> Response:
    """Work out what would leave; nothing of it is kept.

    Raises:
        BadValue: the example is shown, or a trait is none that a contribution holds.
    """
    require_own_diary(visitor)
    said = dict(one.split("=", 1) for one in trait or () if "=" in one)
    visitor.site.giving.begin(visitor.person.id, zone=visitor.zone, traits=said)
    return RedirectResponse(HERE, status_code=303)


@router.post("/settings/study/drop", response_model=None)
def drop(visitor: InPersonWriting) -> Response:
    """Forget what was looked at, and keep nothing of it."""
    visitor.site.giving.drop(visitor.person.id)
    return RedirectResponse(HERE, status_code=303)


@router.post("/settings/study/agree", response_model=None)
def agree(visitor: InPersonWriting, key: Annotated[str, Form(max_length=64)], sure: Ticked = "") -> Response:
    """Keep the contribution that was looked at, so that it can be handed over.

    Raises:
        BadValue: the example is shown, or the box of consent is not ticked.
        NotInDiary: what was looked at is another one.
    """
    require_own_diary(visitor)
    if not sure:
        raise BadValue(_("You have not agreed."), advice=_("Tick the box if you agree, else throw it away."))
    visitor.site.giving.agree(visitor.person.id, key)
    return RedirectResponse(HERE, status_code=303)


@router.get("/settings/study/contribution.json")
def download(visitor: InPerson) -> Response:
    """Return the contribution as the file that a person hands over.

    Raises:
        NotInDiary: none was given.
    """
    given = visitor.site.giving.given(visitor.person.id)
    if given is None:
        raise NotInDiary(_("You have given nothing."), advice=_("Look at what would leave first."))
    named = {"content-disposition": 'attachment; filename="contribution.json"'}
    return Response(contribution_json(given), media_type="application/json", headers=named)


@router.post("/settings/study/withdraw", response_class=HTMLResponse)
def withdraw(visitor: InPersonWriting) -> Response:
    """Erase the contribution here, and show its key this once, for the study.

    Raises:
        NotInDiary: none was given.
    """
    return _page(visitor, key=visitor.site.giving.withdraw(visitor.person.id))


@router.post("/settings/study/others", response_model=None)
async def others(visitor: InPersonWriting, file: UploadFile) -> Response:
    """Take a study's file, so that the answer shows its line beside the season.

    Raises:
        BadValue: the example is shown.
        BadTable: it is no such file.
    """
    require_own_diary(visitor)
    content = await file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise BadTable(_("The file is too long."), advice=_("Choose the file that the study gave you."))
    take_cohort(visitor.site.store, visitor.person.id, content)
    return RedirectResponse(HERE, status_code=303)


@router.post("/settings/study/others/drop", response_model=None)
def drop_others(visitor: InPersonWriting) -> Response:
    """Show no study's line beside the answer any more."""
    drop_cohort(visitor.site.store, visitor.person.id)
    return RedirectResponse(HERE, status_code=303)


def _page(visitor: CurrentUser, *, key: str) -> HTMLResponse:
    giving, person = visitor.site.giving, visitor.person.id
    preview, given = giving.preview(person), giving.given(person)
    context = {
        "withdrawn_key": key,
        "preview": preview,
        "would_leave": sentences(preview.made) if preview.made else [],
        "consent": consent(),
        "given": given,
        "has_left": sentences(given) if given else [],
        "traits": [
            (name, trait_name(name), [(f"{name}={value}", band(value)) for value in values])
            for name, values in TRAITS.items()
        ],
        "cohort": cohort_of(visitor.site.store, person),
    }
    return page(visitor, "study.html", context, here="/report")
