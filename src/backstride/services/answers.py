"""Answers in the background: worked out apart, kept, and said to be out of date when records came since."""

import json
import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, replace
from datetime import datetime
from hashlib import sha256
from threading import Event, Lock
from time import monotonic
from zoneinfo import ZoneInfo

from backstride.cohort.prior_file import read_prior
from backstride.core.pain_since import PainSince
from backstride.core.records import Records, not_in_future
from backstride.diary.answer_cache import CachedAnswer, cached_answer, records_fingerprint, store_answer
from backstride.diary.settings import current_settings
from backstride.diary.store import Store
from backstride.errors import BadInput, DiaryError, NoAnswer, WorkFailed, WorkLost
from backstride.report.language import ENGLISH, LANGUAGES, language, speaking
from backstride.runtime.answer_code import NUMBERS, code_of
from backstride.runtime.clock import utc_now
from backstride.runtime.jit_cache import configure_numba_cache
from backstride.runtime.logs import defects_logged
from backstride.runtime.run_isolated import run_in_subprocess
from backstride.services.estimate import line_beside
from backstride.services.setting_values import COHORT, pain_since_of, worthwhile_of

SECONDS_A_QUESTION = 900
SECONDS_TO_TRY_AGAIN = (5.0, 30.0, 180.0, 900.0, 3600.0)
"""After work that was lost, once, twice and so on: what took all memory once may do so again."""
SEED = 1
_LOG = logging.getLogger(__name__)
ANSWERING = (
    *NUMBERS,
    "cohort/*.py",
    "evidence/*.py",
    "report/**/*.py",
    "report/languages/*.po",
    "screening/*.py",
    "services/answers.py",
    "services/estimate.py",
    "services/inference_data.py",
)
"""The code that an answer comes from, its words included: one that other code made is worked out again."""
_Chosen = tuple[float, PainSince | None, str]
"""The smallest worthwhile change, how long the back has hurt, and the study's file whose line stands beside it."""


@dataclass(frozen=True, slots=True)
class AnswerRequest:
    """All that a process apart needs to answer: it sees no store, and no name."""

    records: Records
    zone: str
    worthwhile: float
    pain_since: PainSince | None
    cohort: str
    now: datetime


@dataclass(frozen=True, slots=True)
class RenderedAnswer:
    """What it makes: the body of the page in every language (`sections_spoken` finds one), and the numbers."""

    sections: str
    numbers: str


@dataclass(frozen=True, slots=True)
class AnswerStatus:
    """How it stands with one person's answer.

    Attributes:
        cached: the last answer, or None.
        is_current: whether it is the answer to the records as they are now.
        working: whether a new one is being worked out, or will be soon.
        interrupted: whether working it out was interrupted, and is tried again in a moment.
    """

    cached: CachedAnswer | None
    is_current: bool
    working: bool
    interrupted: bool = False


@dataclass(frozen=True, slots=True)
class _Loss:
    """Work that was lost: for which mark, how often in a row, and when it is tried again."""

    fingerprint: str
    count: int
    again_at: float


class Answers:
    """The answers of everybody in a store; one is worked out at a time.

    Args:
        store: keeps them.
        clock: seconds that go on evenly, whatever the time of day is set to.
    """

    def __init__(self, store: Store, *, clock: Callable[[], float] = monotonic) -> None:
        self._store = store
        self._clock = clock
        self._working: dict[int, Future[None]] = {}
        self._lost: dict[int, _Loss] = {}
        self._closed = Event()
        self._lock = Lock()
        self._threads = ThreadPoolExecutor(1, thread_name_prefix="answers")

    def answer(self, person: int, *, zone: ZoneInfo) -> AnswerStatus:
        """Return how it stands; where the answer is missing or out of date, a new one is begun."""
        choices = current_settings(self._store, person)
        worthwhile, since = worthwhile_of(choices.get("worthwhile")), pain_since_of(choices.get("pain_since"))
        records = records_fingerprint(self._store, person)
        fingerprint = f"{records} {answer_code()} {worthwhile:g} {clock_of(zone)}"
        if since is not None:
            fingerprint += f" {since.name}"
        cohort = choices.get(COHORT, "")
        if cohort:
            fingerprint += f" {sha256(cohort.encode()).hexdigest()[:16]}"
        cached = self._before(person)
        is_of_these = cached is not None and cached.fingerprint == fingerprint
        if not is_of_these:
            self._begin(person, fingerprint, zone, (worthwhile, since, cohort))
        is_current = cached is not None and is_of_these and not (cached.problem and cached.sections)
        with self._lock:
            return AnswerStatus(cached, is_current, person in self._working, person in self._lost)

    def close(self) -> None:
        """Begin nothing more; what is under way is called off, and nothing of it is kept."""
        self._closed.set()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def wait(self) -> None:
        """Until everything that was begun is done; for tests and scripts."""
        with self._lock:
            waiting = list(self._working.values())
        for future in waiting:
            future.result()

    def _begin(self, person: int, fingerprint: str, zone: ZoneInfo, chosen: _Chosen) -> None:
        with self._lock:
            lost = self._lost.get(person)
            waits = lost is not None and lost.fingerprint == fingerprint and lost.again_at > self._clock()
            if person not in self._working and not waits and not self._closed.is_set():
                work = copy_context().run
                self._working[person] = self._threads.submit(
                    work, self._work, person, fingerprint, zone, chosen
                )

    def _before(self, person: int) -> CachedAnswer | None:
        return _of_this_code(cached_answer(self._store, person))

    @defects_logged()
    def _work(self, person: int, fingerprint: str, zone: ZoneInfo, chosen: _Chosen) -> None:
        is_settled = False
        try:
            made = self._made(person, fingerprint, zone, chosen)
            if not self._closed.is_set() and fingerprint.startswith(records_fingerprint(self._store, person)):
                store_answer(self._store, person, _better_of(self._before(person), made))
            self._lost.pop(person, None)
            is_settled = True
        except (WorkLost, DiaryError):
            pass  # tried again, as after an error that nobody expected
        finally:
            if not is_settled:
                self._try_later(person, fingerprint)
            with self._lock:
                self._working.pop(person, None)

    def _try_later(self, person: int, fingerprint: str) -> None:
        count = self._lost[person].count + 1 if person in self._lost else 0
        wait_s = SECONDS_TO_TRY_AGAIN[min(count, len(SECONDS_TO_TRY_AGAIN) - 1)]
        self._lost[person] = _Loss(fingerprint, count, self._clock() + wait_s)
        _LOG.warning("Working out an answer was interrupted; it is tried again in %.0f s.", wait_s)

    def _made(self, person: int, fingerprint: str, zone: ZoneInfo, chosen: _Chosen) -> CachedAnswer:
        """Compute an answer in a subprocess and return it for the cache, or the reason why there is none.

        What fails by an error of the program is kept as such: it is asked again of other records, or of other code.

        Raises:
            WorkLost: nothing did, and that says nothing of the records.
            DiaryError: they could not be read.
        """
        now = utc_now()
        try:
            question = AnswerRequest(self._store.diary(person).records(), zone.key, *chosen, now)
            made = run_in_subprocess(
                compute_answer, question, timeout_s=SECONDS_A_QUESTION, cancelled=self._closed
            )
        except (NoAnswer, BadInput, WorkFailed) as error:
            return CachedAnswer(fingerprint, "", "", str(error), now)
        return CachedAnswer(fingerprint, made.sections, made.numbers, "", now)


def answer_code() -> str:
    """Return by which the code that answers is known: the same on all machines, another one with each change."""
    return code_of(ANSWERING)


def _of_this_code(cached: CachedAnswer | None) -> CachedAnswer | None:
    """Pass over what other code made: its words may claim what is claimed no more."""
    return cached if cached is not None and answer_code() in cached.fingerprint.split() else None


def clock_of(zone: ZoneInfo) -> str:
    """Return a short name of a zone's clock: the same for Etc/UTC and UTC, which place every record alike."""
    months = (
        datetime(year, month, 1, 12, tzinfo=zone) for year in range(2000, 2038) for month in range(1, 13)
    )
    offsets = " ".join(str(month.utcoffset()) for month in months)
    return sha256(offsets.encode()).hexdigest()[:16]


def _better_of(before: CachedAnswer | None, made: CachedAnswer) -> CachedAnswer:
    """Choose what to cache: a good answer stays where the new one failed, with the reason beside it."""
    if before is None or not before.sections or not made.problem:
        return made
    return replace(made, sections=before.sections, numbers=before.numbers, made_at=before.made_at)


def compute_answer(question: AnswerRequest) -> RenderedAnswer:
    """Answer the question; runs in a process of its own."""
    configure_numba_cache()
    # the engine's folder must be named before numba is first imported
    from backstride.answer.ask import answer_question  # noqa: PLC0415
    from backstride.answer.design import design  # noqa: PLC0415
    from backstride.diary.daily import daily_series  # noqa: PLC0415
    from backstride.model.ahead import compile_ahead  # noqa: PLC0415
    from backstride.report.answer_json import answer_json  # noqa: PLC0415
    from backstride.report.page import page_sections  # noqa: PLC0415

    past, _ = not_in_future(question.records, now=question.now)
    series = daily_series(past, zone=ZoneInfo(question.zone))
    design(series)  # says at once where there is too little to answer from; compiling takes minutes at first
    compile_ahead()
    cohort = read_prior(question.cohort, name="prior.json") if question.cohort else None
    answer = answer_question(
        series,
        seed=SEED,
        worthwhile=question.worthwhile,
        pain_since=question.pain_since,
        cohort=None if cohort is None else line_beside(cohort, question.worthwhile),
    )
    return RenderedAnswer(in_each_language(lambda: page_sections(answer, in_app=True)), answer_json(answer))


def in_each_language(render: Callable[[], str]) -> str:
    """Render the page body in every language, for `sections_spoken` to find one."""
    pages = {}
    for code in LANGUAGES:
        with speaking(code):
            pages[code] = render()
    return json.dumps(pages, ensure_ascii=False)


def too_few_rated(records: Records) -> int | None:
    """Return how many mornings are rated, where they are too few for any answer; None where they are not."""
    # numpy is loaded only where an answer is asked for
    from backstride.answer.design import MIN_RATINGS  # noqa: PLC0415

    rated = len({one.local_day for one in records.check_ins if one.pain is not None})
    return rated if rated < MIN_RATINGS else None


def sections_spoken(sections: str) -> str:
    """Return the page body in the reader's language, so that two languages never need two answers.

    Args:
        sections: as `RenderedAnswer` holds them; one body alone is shown to everybody.
    """
    if not sections.startswith("{"):
        return sections
    pages: dict[str, str] = json.loads(sections)
    return pages.get(language()) or pages[ENGLISH]
