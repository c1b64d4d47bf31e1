"""Answers in the background: worked out apart, kept, and said to be out of date when records came since."""

from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass
from datetime import datetime
from threading import Lock
from zoneinfo import ZoneInfo

from backstride.actions.apart import apart
from backstride.actions.choosable import worthwhile_of
from backstride.actions.clock import this_moment
from backstride.actions.engine import keep_engine
from backstride.core.records import Records, not_in_future
from backstride.diary.choices import chosen
from backstride.diary.kept_answer import KeptAnswer, keep_answer, kept_answer, mark_of_records
from backstride.diary.store import Store
from backstride.errors import BackstrideError
from backstride.report.language import ENGLISH, language, speaking

SECONDS_A_QUESTION = 900
SEED = 1


@dataclass(frozen=True, slots=True)
class Question:
    """All that a process apart needs to answer: it sees no store, and no name."""

    records: Records
    zone: str
    worthwhile: float
    now: datetime
    language: str


@dataclass(frozen=True, slots=True)
class WorkedOut:
    """What it makes: the body of the page and the numbers."""

    sections: str
    numbers: str


@dataclass(frozen=True, slots=True)
class Answered:
    """How it stands with one person's answer.

    Attributes:
        kept: the last answer, or None.
        is_current: whether it is the answer to the records as they are now.
        working: whether a new one is being worked out.
    """

    kept: KeptAnswer | None
    is_current: bool
    working: bool


class Answers:
    """The answers of everybody in a store; one is worked out at a time."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._working: dict[int, Future[None]] = {}
        self._lock = Lock()
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="answers")

    def answer(self, person: int, *, zone: ZoneInfo) -> Answered:
        """How it stands; where the answer is missing or out of date, a new one is begun."""
        worthwhile = worthwhile_of(chosen(self._store, person).get("worthwhile"))
        mark = f"{mark_of_records(self._store, person)} {worthwhile:g} {zone.key}"
        if language() != ENGLISH:
            mark += f" {language()}"
        kept = kept_answer(self._store, person)
        is_current = kept is not None and kept.of_records == mark
        if not is_current:
            self._begin(person, mark, zone, worthwhile)
        with self._lock:
            return Answered(kept, is_current, person in self._working)

    def close(self) -> None:
        """Begin nothing more; what is under way is left to end with its process."""
        self._threads.shutdown(wait=False, cancel_futures=True)

    def wait(self) -> None:
        """Until everything that was begun is done; for tests and scripts."""
        with self._lock:
            waiting = list(self._working.values())
        for future in waiting:
            future.result()

    def _begin(self, person: int, mark: str, zone: ZoneInfo, worthwhile: float) -> None:
        with self._lock:
            if person not in self._working:
                work = copy_context().run  # in the reader's language, though in a thread of its own
                self._working[person] = self._threads.submit(work, self._work, person, mark, zone, worthwhile)

    def _work(self, person: int, mark: str, zone: ZoneInfo, worthwhile: float) -> None:
        try:
            made = self._made(person, mark, zone, worthwhile)
            if mark.startswith(mark_of_records(self._store, person)):  # else it answers what is gone
                keep_answer(self._store, person, made)
        finally:
            with self._lock:
                self._working.pop(person, None)

    def _made(self, person: int, mark: str, zone: ZoneInfo, worthwhile: float) -> KeptAnswer:
        now = this_moment()
        try:
            question = Question(self._store.diary(person).records(), zone.key, worthwhile, now, language())
            made = apart(work_out, question, seconds=SECONDS_A_QUESTION)
        except BackstrideError as error:
            return KeptAnswer(mark, "", "", str(error), now)
        return KeptAnswer(mark, made.sections, made.numbers, "", now)


def work_out(question: Question) -> WorkedOut:
    """Answer the question; runs in a process of its own."""
    keep_engine()
    # the engine's folder must be named before numba is first imported
    from backstride.answer.ask import answer_question  # noqa: PLC0415
    from backstride.diary.daily import daily_series  # noqa: PLC0415
    from backstride.model.ahead import compile_ahead  # noqa: PLC0415
    from backstride.report.answer_json import answer_json  # noqa: PLC0415
    from backstride.report.page import page_sections  # noqa: PLC0415

    compile_ahead()
    past, _ = not_in_future(question.records, now=question.now)
    series = daily_series(past, zone=ZoneInfo(question.zone))
    answer = answer_question(series, seed=SEED, worthwhile=question.worthwhile)
    with speaking(question.language):
        return WorkedOut(page_sections(answer), answer_json(answer))
