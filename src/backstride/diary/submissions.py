"""Exactly once: what a phone sends again is not stored again, and of two edits the later word is shown.

A phone makes the id of what it sends, and sends until it hears that it was stored. One check-in a day has a slot of
its own; a second one that is sent for that day is an edit of it. Every version is kept. In whatever order words
arrive, each answer is the one that was told last, at the moment of the word that was told first: that is the morning
of which the day's check-in speaks. A form that was empty takes nothing back; one that showed what was said before
takes back what it shows no more.
"""

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from concurrent.futures import Future
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Insert, Row, Update, bindparam, insert, select, update

from backstride.core.check_in import ANSWERS, CheckIn, answered_in, with_answers, without_answers
from backstride.diary.diary import Diary
from backstride.diary.existing_state import (
    ExistingState,
    Submission,
    check_in_from_row,
    load_existing,
    recorded_at_of,
)
from backstride.diary.rows import utc, version_row
from backstride.diary.schema import entries, receipts, versions
from backstride.diary.serialization import serialize
from backstride.diary.writer import BatchWriter

DOUBLE_TAP = timedelta(minutes=2)
"""A form without a script has no id: within this time the same words again are a second tap on the same button."""
_NEW_ENTRIES = insert(entries).returning(entries.c.person_id, entries.c.id)
_NEW_VERSIONS = insert(versions)
_NEW_RECEIPTS = insert(receipts)
_NOT_CURRENT = update(versions).where(versions.c.entry_id == bindparam("entry")).values(current=False)


@dataclass(frozen=True, slots=True)
class SubmissionResult:
    """What became of something sent.

    Attributes:
        entry_id: the entry that holds it; None where it was erased since, also by who did not see that the form was
            still open elsewhere.
        version: which version of that entry it is.
        seen_before: whether the same was received before; nothing was stored then.
    """

    entry_id: int | None
    version: int
    seen_before: bool


def submit_check_in(
    diary: Diary,
    writer: BatchWriter,
    check_in: CheckIn,
    *,
    idempotency_key: str | None,
    recorded_at: datetime,
    source: str,
    now: datetime,
    began_from: tuple[int, int] | None = None,
) -> Future[SubmissionResult]:
    """Store the check-in of a day, once; what became of it is known when it is on the disk.

    Args:
        diary: whose it is.
        writer: stores it.
        check_in: at most one a local day comes this way; imports may hold others.
        idempotency_key: made by the phone, and the same each time it sends this; None for a form without a script.
        recorded_at: when it was told, by the clock of the server as far as that is known.
        source: written into a check-in that names no source.
        now: the moment of storing.
        began_from: the entry and the version that the form showed; nothing is stored where that was erased.

    Raises:
        DiaryFull: when its result is asked for: the disk is full or read-only; nothing was stored.
    """
    named = check_in if check_in.source else replace(check_in, source=source)
    sending = Submission(diary.person, named, idempotency_key, recorded_at, now, began_from)
    return writer.submit_batched(_submit_all, sending)


def _submit_all(connection: Connection, submissions: Sequence[Submission]) -> list[SubmissionResult]:
    """Nobody is in a round twice, for what they sent first changes what their next one finds."""
    rounds: list[dict[int, Submission]] = []
    turns: Counter[int] = Counter()
    for i, sending in enumerate(submissions):
        if turns[sending.person] == len(rounds):
            rounds.append({})
        rounds[turns[sending.person]][i] = sending
        turns[sending.person] += 1
    sent: dict[int, SubmissionResult] = {}
    for of_round in rounds:
        sent.update(zip(of_round, _submit_round(connection, list(of_round.values())), strict=True))
    return [sent[i] for i in range(len(submissions))]


def _submit_round(connection: Connection, submissions: Sequence[Submission]) -> list[SubmissionResult]:
    of_each = load_existing(connection, submissions)
    each = list(zip(submissions, of_each, strict=True))
    refused = {s.person for s, k in each if _is_erased(connection, s, k)}
    begun = _create_entries(connection, [s for s, k in each if k.is_nothing and s.person not in refused])
    steps = [_REFUSED if s.person in refused else _changes_for(s, k, begun.get(s.person)) for s, k in each]
    outdated = [{"entry": step.sent.entry_id} for step in steps if step.changes_what_is_shown]
    _execute(connection, _NOT_CURRENT, outdated)
    _execute(connection, _NEW_VERSIONS, [row for step in steps for row in step.versions])
    got = [
        {
            "person_id": s.person,
            "sent_id": s.idempotency_key,
            "entry_id": step.sent.entry_id,
            "number": step.sent.version,
        }
        for s, step in zip(submissions, steps, strict=True)
        if s.idempotency_key is not None and not step.is_received
    ]
    _execute(connection, _NEW_RECEIPTS, got)
    return [step.sent for step in steps]


def _execute(
    connection: Connection, statement: Insert | Update, rows: Sequence[Mapping[str, object]]
) -> None:
    if rows:
        connection.execute(statement, _one_or_many(rows))


def _one_or_many(
    rows: Sequence[Mapping[str, object]],
) -> Mapping[str, object] | Sequence[Mapping[str, object]]:
    return rows if len(rows) > 1 else rows[0]  # a list of one takes longer


def _create_entries(connection: Connection, submissions: Sequence[Submission]) -> dict[int, int]:
    """Insert a new entry for each submission; return the ids by person."""
    if not submissions:
        return {}
    new = [{"kind": "check_in", "person_id": s.person, "slot": s.slot} for s in submissions]
    return {row.person_id: row.id for row in connection.execute(_NEW_ENTRIES, _one_or_many(new))}


@dataclass(frozen=True, slots=True)
class _Changes:
    """What one sending changes.

    Attributes:
        sent: what became of it.
        versions: new rows.
        changes_what_is_shown: whether the versions there were are shown no longer.
        is_received: whether its receipt is there already.
    """

    sent: SubmissionResult
    versions: Sequence[dict[str, object]] = ()
    changes_what_is_shown: bool = False
    is_received: bool = False


def _changes_for(submission: Submission, before: ExistingState, begun: int | None) -> _Changes:
    if before.receipt is not None:
        sent = SubmissionResult(before.receipt.entry_id, before.receipt.number, seen_before=True)
        return _Changes(sent, is_received=True)
    if begun is not None:
        row = _row(submission, begun, 1, submission.check_in, answered_in(submission.check_in))
        return _Changes(SubmissionResult(begun, 1, seen_before=False), [row])
    return _edit(submission, before.versions)


_REFUSED = _Changes(SubmissionResult(None, 0, seen_before=False), is_received=True)


def _is_erased(connection: Connection, submission: Submission, before: ExistingState) -> bool:
    """Whether what the form showed is in the diary no more; after a journey it may be another day's."""
    if before.receipt is not None or submission.began_from is None:
        return False
    entry_id, _number = submission.began_from
    if any(row.entry_id == entry_id for row in before.versions):
        return False
    is_there = select(entries.c.id).where(entries.c.id == entry_id, entries.c.person_id == submission.person)
    return connection.scalar(is_there) is None


def _edit(submission: Submission, before: Sequence[Row[Any]]) -> _Changes:
    """One more word of a day of which there are some."""
    entry_id, number = int(before[0].entry_id), before[-1].number + 1
    shown = next(row for row in before if row.current)
    base = next((row for row in before if (row.entry_id, row.number) == submission.began_from), None)
    answered = answered_in(submission.check_in, base=check_in_from_row(base) if base else None)
    day = submission.check_in.local_day  # what was put back from elsewhere may hold versions of other days
    words = sorted((_word_of(row) for row in before if _day_of(row) == day), key=lambda word: word.key)
    word = _Word((utc(submission.recorded_at), number), submission.check_in, answered)
    is_last = not words or word.key >= words[-1].key
    check_in = _folded([*(each for each in words if each.key < word.key), word])
    just_now = utc(submission.recorded_at - DOUBLE_TAP) <= recorded_at_of(shown)
    if submission.idempotency_key is None and just_now and check_in == check_in_from_row(shown):
        return _Changes(SubmissionResult(entry_id, shown.number, seen_before=True))
    rows = [_row(submission, entry_id, number, check_in, answered, is_current=is_last)]
    # what is shown speaks of the morning, and of answers, that were unknown until now
    moved = check_in if is_last else _folded(sorted((*words, word), key=lambda each: each.key))
    moves = not is_last and moved != check_in_from_row(shown)
    if moves:
        rows.append(_row(submission, entry_id, number + 1, moved, {}, recorded_at=recorded_at_of(shown)))
    return _Changes(
        SubmissionResult(entry_id, number, seen_before=False), rows, changes_what_is_shown=is_last or moves
    )


@dataclass(frozen=True, slots=True)
class _Word:
    """What was reported of a day at one moment.

    Attributes:
        key: words in its order are words in the order in which they were told.
        check_in: the moment of which it speaks, and its source.
        answered: what it answered.
    """

    key: tuple[str, int]
    check_in: CheckIn
    answered: Mapping[str, Any]


def _word_of(row: Row[Any]) -> _Word:
    """Convert a version to what it reported; where the answered questions are unknown, all of them."""
    check_in = check_in_from_row(row)
    names = ANSWERS if row.answered is None else row.answered.split()
    return _Word(
        (recorded_at_of(row), row.number), check_in, {name: getattr(check_in, name) for name in names}
    )


def _day_of(row: Row[Any]) -> date:
    return check_in_from_row(row).local_day


def _folded(words: Sequence[_Word]) -> CheckIn:
    """Merge a day's reports in order of time: the last value of each answer wins."""
    check_in = without_answers(words[0].check_in)
    for word in words:
        check_in = with_answers(check_in, word.answered)
    return check_in


def _row(
    submission: Submission,
    entry_id: int,
    number: int,
    check_in: CheckIn,
    answered: Collection[str],
    *,
    is_current: bool = True,
    recorded_at: str = "",
) -> dict[str, object]:
    content = serialize(check_in)
    row = version_row(entry_id, number, content, submission.stored_at, is_current=is_current)
    return row | {"told_at": recorded_at or utc(submission.recorded_at), "answered": " ".join(answered)}
