"""Giving what one's diary says to a study, and what a study's file says beside one's own answer."""

from dataclasses import replace
from typing import Annotated, Literal

from fastapi import APIRouter, Form, UploadFile
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from backstride.cohort.contribution import TRAITS
from backstride.cohort.contribution_file import contribution_json
from backstride.cohort.contribution_words import band, consent, sentences, trait_name
from backstride.cohort.prior_file import MAX_BYTES
from backstride.cohort.waiting_file import MAX_BYTES as PART_BYTES
from backstride.cohort.waiting_file import part_json
from backstride.cohort.waiting_words import part_lines, waiting_consent
from backstride.errors import BadTable, BadValue, NotInDiary
from backstride.report.language import _
from backstride.services import waiting
from backstride.services.giving import cohort_of, drop_cohort, take_cohort
from backstride.services.plan import plan_for
from backstride.web.settings import require_own_diary
from backstride.web.templates import page
from backstride.web.visitor import CurrentUser, InPerson, InPersonWriting, Ticked

router = APIRouter(tags=["cohort"])
HERE = "/settings/study"
WAIT_HERE = f"{HERE}#waiting"


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
        raise BadValue(_("You have not agreed."), advice=_("Tick the box if you agree, or discard it."))
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
        raise NotInDiary(
            _("You have not shared anything."), advice=_("Look at what would leave your diary first.")
        )
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
    content = await file.read(MAX_BYTES + 1)
    if len(content) > MAX_BYTES:
        raise BadTable(_("The file is too long."), advice=_("Choose the file that the study gave you."))
    take_cohort(visitor.site.store, visitor.person.id, content)
    return RedirectResponse(HERE, status_code=303)


@router.post("/settings/study/others/drop", response_model=None)
def drop_others(visitor: InPersonWriting) -> Response:
    """Show no study's line beside the answer any more."""
    drop_cohort(visitor.site.store, visitor.person.id)
    return RedirectResponse(HERE, status_code=303)


@router.post("/settings/study/waiting/agree", response_model=None)
def agree_to_wait(visitor: InPersonWriting, sure: Ticked = "") -> Response:
    """Keep that the person lets chance decide when they begin.

    Raises:
        BadValue: the example is shown, the box of consent is not ticked, they agreed before, or their plan runs.
        TooFewRecords: too few of the two weeks before are rated.
    """
    require_own_diary(visitor)
    if not sure:
        raise BadValue(_("You have not agreed."), advice=_("Tick the box if you agree, or discard it."))
    records, today = visitor.diary.records(), visitor.local_day
    if _plan_runs(visitor):
        raise BadValue(
            _("Your plan runs already."), advice=_("A waiting list is for people who have not begun.")
        )
    waiting.agree(visitor.site.store, visitor.person.id, records, today=today)
    return RedirectResponse(WAIT_HERE, status_code=303)


@router.get("/settings/study/agreement.json")
def download_agreement(visitor: InPerson) -> Response:
    """Return the agreement as the file that a person hands over; it holds no arm.

    Raises:
        NotInDiary: there is none.
    """
    part = waiting.part_of(visitor.site.store, visitor.person.id)
    if part is None:
        raise NotInDiary(_("You are on no waiting list."), advice=_("See the page Studies."))
    named = {"content-disposition": 'attachment; filename="agreement.json"'}
    agreement = replace(part, arm=None, probability=None)
    return Response(part_json(agreement), media_type="application/json", headers=named)


@router.post("/settings/study/waiting/arm", response_model=None)
async def take_arm(visitor: InPersonWriting, file: UploadFile) -> Response:
    """Take the study's file with what chance gave.

    Raises:
        BadValue: the example is shown.
        BadTable: it is no such file, or another person's.
        NotInDiary: the person has not agreed.
    """
    require_own_diary(visitor)
    content = await file.read(PART_BYTES + 1)
    if len(content) > PART_BYTES:
        raise BadTable(_("The file is too long."), advice=_("Choose the file that the study gave you."))
    waiting.take_arm(visitor.site.store, visitor.person.id, content)
    return RedirectResponse(WAIT_HERE, status_code=303)


@router.post("/settings/study/waiting/leave", response_model=None)
def leave_the_list(
    visitor: InPersonWriting, ratings: Annotated[Literal["count", "delete"], Form()]
) -> Response:
    """Leave at will, and say whether the ratings may still be counted.

    Raises:
        BadValue: the example is shown.
        NotInDiary: there is nothing to leave.
    """
    require_own_diary(visitor)
    waiting.leave(
        visitor.site.store, visitor.person.id, may_count=ratings == "count", today=visitor.local_day
    )
    return RedirectResponse(WAIT_HERE, status_code=303)


@router.post("/settings/study/waiting/forget", response_model=None)
def forget_the_list(visitor: InPersonWriting) -> Response:
    """Erase a part that is over.

    Raises:
        BadValue: the example is shown, or the person has not left.
        NotInDiary: there is none.
    """
    require_own_diary(visitor)
    waiting.forget(visitor.site.store, visitor.person.id)
    return RedirectResponse(WAIT_HERE, status_code=303)


def _plan_runs(visitor: CurrentUser) -> bool:
    plan = plan_for(visitor.site.store, visitor.person.id, today=visitor.local_day)
    return plan.week is not None


def _waiting_context(visitor: CurrentUser) -> dict[str, object]:
    part, today = waiting.part_of(visitor.site.store, visitor.person.id), visitor.local_day
    return {
        "part": part,
        "part_lines": part_lines(part, today=today) if part else [],
        "waiting_consent": waiting_consent(),
        "plan_runs": part is None and _plan_runs(visitor),
        "is_rated": part is not None or waiting.rated_before(visitor.diary.records(), today),
    }


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
        **_waiting_context(visitor),
    }
    return page(visitor, "study.html", context, here="/report")
