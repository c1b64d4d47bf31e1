"""Safety: when to stop and whom to ask, the same for everyone and without sign-in; and the questions, one's own."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import Annotated

from fastapi import APIRouter, Depends, Form, Query, Request
from fastapi.responses import HTMLResponse, RedirectResponse, Response

from backstride.core.clearance import Freedom, Level
from backstride.errors import UnknownAnswer
from backstride.report.about import about_sentences, meaning_of_provider, stop_heading, stop_note
from backstride.report.clearance_words import advice, once_said_lines, to_talk_over
from backstride.report.language import _
from backstride.report.safety_note import note_parts
from backstride.report.safety_page import groups
from backstride.report.safety_words import asked_because, question, same_for_everyone
from backstride.screening.item import Group
from backstride.screening.items import in_group
from backstride.screening.occasions import QUESTIONS, Occasion
from backstride.screening.taps import BEHIND, TAPS, behind
from backstride.services.plan import plan_for
from backstride.services.plan_warnings import held_by, warnings_of
from backstride.services.roland_morris import roland_morris_so_far
from backstride.services.screen import SafetyAnswers, read_replies
from backstride.services.screening_service import (
    agree_for,
    clearance_for,
    due_besides_for,
    due_for,
    questions_for,
    signs_for,
    store_answers_for,
    times_answered,
)
from backstride.web.templates import bare_page, page
from backstride.web.visitor import CurrentUser, Known, Perhaps, Writing

router = APIRouter(tags=["safety"])
GROUP_TAPS = frozenset(f"g-{group.value}" for group in Group)
"""The fields of the form that say of a whole list that none of it applies; what is tapped one by one goes first."""
SAID_OF_LISTS = ("none", "some")
AFTERWARDS = ("/welcome/goal",)
"""Where the first run goes on, if the answers leave it open to."""


@router.get("/safety", response_class=HTMLResponse)
async def show(visitor: Perhaps) -> Response:
    """Show the static list of warning signs, without a thread or the store, so that it works when they fail."""
    if visitor is None:
        return bare_page("safety.html", safety_context())
    return page(visitor, "safety.html", safety_context(), here="/safety")


def safety_context() -> dict[str, object]:
    """Return what the list of warning signs says, the same for everyone."""
    return {"about": about_sentences(), "heading": stop_heading(), "note": stop_note(), "groups": groups()}


@router.get("/safety/questions", response_class=HTMLResponse)
def ask(
    visitor: Known,
    occasion: Annotated[Occasion | None, Query()] = None,
    then: Annotated[str, Query(max_length=100)] = "",
) -> Response:
    """Show the questions that are due, or those of a named occasion."""
    due = _due(visitor)
    now = occasion or due or Occasion.WEEKLY
    cleared = clearance_for(visitor.site.store, visitor.book, today=visitor.local_day)
    store, book, today = visitor.site.store, visitor.book, visitor.local_day
    asked = questions_for(store, book, now)
    also = due_besides_for(store, book, today=today) if now is due else ()
    signs = signs_for(store, book, today=today)
    context = {
        "occasion": now,
        "why": asked_because(now, signs) if now is due else "",
        "also": also,
        "why_also": [asked_because(each, signs) for each in also],
        "also_items": [
            item for each in also for item in questions_for(store, book, each) if item not in asked
        ],
        "same": same_for_everyone(),
        "provider": meaning_of_provider(),
        "told": {k: v for each in (*also, now) for k, v in _answered_today(visitor, each).items()},
        "by_tap": asked == TAPS,
        "by_group": now is Occasion.START,
        "items": asked,
        "behind": {tap.key: behind(tap) for tap in TAPS},
        "unsettled": cleared.because,
        "once_said": [line for item in asked for line in once_said_lines(cleared, item.key)],
        "follow_up": now in (Occasion.SEEN, Occasion.SEEN_SOON),
        "question": question,
        "then": then if then in AFTERWARDS else "",
    }
    return page(visitor, "safety_questions.html", context, here="/safety")


async def _the_form(request: Request) -> Mapping[str, str]:
    """Every field as text; a file is none."""
    return {key: value for key, value in (await request.form()).items() if isinstance(value, str)}


@router.post("/safety/questions", response_model=None)
def save(
    visitor: Writing,
    occasion: Annotated[Occasion, Form()],
    form: Annotated[Mapping[str, str], Depends(_the_form)],
    also: Annotated[list[Occasion] | None, Form()] = None,
    then: Annotated[str, Form(max_length=100)] = "",
) -> Response:
    """Keep the answers, those of each occasion by themselves; what was not tapped is kept as not answered.

    Raises:
        BadValue: an answer to no question.
        UnknownAnswer: one that is neither yes nor no, or says of a list what no page offers.
    """
    sent = {key.removeprefix("q-"): value for key, value in form.items() if key.startswith("q-")}
    lists = {key: value for key, value in form.items() if key.startswith("g-") and value}
    for key, value in lists.items():
        if key not in GROUP_TAPS or value not in SAID_OF_LISTS:
            raise UnknownAnswer(
                _("'{said}' is no answer to a list.").format(said=value[:40]),
                advice=_("Load the page again, then tap once more."),
            )
    none_of = [Group(key.removeprefix("g-")) for key, value in lists.items() if value == "none"]
    replies = {item.key: "no" for group in none_of for item in in_group(group)} | sent
    replies |= _no_to_the_others(replies, form)
    answered = read_replies(replies | _unsure(replies, lists))
    for asked, part in _by_occasion(answered, occasion, also or ()):
        store_answers_for(visitor.site.store, visitor.book, part, occasion=asked, today=visitor.local_day)
    cleared = clearance_for(visitor.site.store, visitor.book, today=visitor.local_day)
    if then in AFTERWARDS and cleared.level < Level.SEE_A_CLINICIAN and not cleared.because:
        return RedirectResponse(then, status_code=303)
    return RedirectResponse("/safety/result", status_code=303)


def _by_occasion(
    answered: SafetyAnswers, first: Occasion, also: Sequence[Occasion]
) -> list[tuple[Occasion, SafetyAnswers]]:
    """Part the answers of a page by the occasions that it asked for; what none of the others asks is the first's."""
    besides = {item.key for each in also for item in QUESTIONS[each]}
    besides -= {item.key for item in QUESTIONS[first]}
    parts = [(first, {key: said for key, said in answered.replies.items() if key not in besides})]
    for each in also:
        keys = {item.key for item in QUESTIONS[each]}
        parts.append((each, {key: said for key, said in answered.replies.items() if key in keys}))
    return [(asked, replace(answered, replies=replies)) for asked, replies in parts]


def _no_to_the_others(replies: Mapping[str, str], form: Mapping[str, str]) -> dict[str, str]:
    """Read the no to all other questions of a list; where none of it is a yes, there are no others, and it is open.

    Args:
        replies: what was tapped, question by question.
        form: every field.
    """
    lists = (in_group(group) for group in Group if form.get(f"r-{group.value}") == "no")
    with_a_yes = (items for items in lists if any(replies.get(item.key) == "yes" for item in items))
    return {item.key: "no" for items in with_a_yes for item in items if not replies.get(item.key)}


def _unsure(replies: Mapping[str, str], lists: Mapping[str, str]) -> dict[str, str]:
    """Read "one is, or I am not sure" of a list as the weekly yes to it, until a question of it says which it is.

    Args:
        replies: what was tapped, question by question.
        lists: what was tapped of whole lists, by field.
    """
    answers = {tap.key: [replies.get(item.key, "") for item in behind(tap)] for tap in TAPS}
    some = {f"g-{group.value}" for group in Group} & {key for key, value in lists.items() if value == "some"}
    return {
        key: "yes"
        for key, values in answers.items()
        if f"g-{BEHIND[key].value}" in some and "yes" not in values and not all(one == "no" for one in values)
    }


@router.get("/safety/result", response_class=HTMLResponse)
def result(visitor: Known) -> Response:
    """Show the clearance that follows from the answers so far."""
    screenings = times_answered(visitor.site.store, visitor.book)
    cleared = clearance_for(visitor.site.store, visitor.book, today=visitor.local_day)
    plan = plan_for(visitor.site.store, visitor.book, today=visitor.local_day)
    worse, asked = warnings_of(plan), to_talk_over(cleared)
    context = {
        "worse": worse,
        "is_new": visitor.first_day is None,
        "was_asked": bool(screenings),
        "due": _due(visitor),
        "advice": advice(cleared, held_by=held_by(plan)),
        "emergency": cleared.level is Level.EMERGENCY,
        "stops": cleared.level >= Level.SEE_A_CLINICIAN,
        "taps": [tap for tap in TAPS if tap.key in cleared.because],
        "first_open": cleared.left_open[0] if cleared.left_open else "",
        "is_first_time": not any(time.occasion in (Occasion.WEEKLY, Occasion.FLARE) for time in screenings),
        "to_talk_over": asked,
        "only_walks": all(item.if_agreed <= Freedom.WALK for item in asked),
        "question": question,
        "same": same_for_everyone(),
    }
    return page(visitor, "safety_result.html", context, here="/safety")


@router.post("/safety/agreed", response_model=None)
def agree(visitor: Writing, agreed: Annotated[list[str] | None, Form()] = None) -> Response:
    """Keep that a provider has agreed that the person runs with what was said yes to.

    Raises:
        NotInDiary: nothing was answered yet.
    """
    if agreed:
        agree_for(visitor.site.store, visitor.book, agreed, today=visitor.local_day)
    return RedirectResponse("/safety/result", status_code=303)


@router.get("/safety/note", response_class=HTMLResponse)
def note(visitor: Known) -> Response:
    """Show a note for the provider, to print."""
    today = visitor.local_day
    cleared = clearance_for(visitor.site.store, visitor.book, today=today)
    return page(
        visitor,
        "safety_note.html",
        {"note": note_parts(cleared, day=today, questionnaires=roland_morris_so_far(visitor.diary))},
        here="/safety",
    )


def _due(visitor: CurrentUser) -> Occasion | None:
    return due_for(visitor.site.store, visitor.book, today=visitor.local_day)


def _answered_today(visitor: CurrentUser, occasion: Occasion) -> Mapping[str, str]:
    """Return today's earlier answers on this occasion, so that they can be corrected."""
    times = times_answered(visitor.site.store, visitor.book)
    last = next((time for time in reversed(times) if time.occasion is occasion), None)
    return last.replies if last is not None and last.day == visitor.local_day else {}
