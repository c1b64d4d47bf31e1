"""Giving a contribution from the app: worked out apart, shown before anybody agrees, kept only after that."""

from collections.abc import Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextvars import copy_context
from dataclasses import dataclass, field, replace
from threading import Event, Lock
from zoneinfo import ZoneInfo

from backstride.cohort.contribution import Contribution, checked_traits
from backstride.cohort.contribution_file import contribution_json, read_contribution
from backstride.cohort.prior_file import CohortPrior, prior_json, read_prior
from backstride.core.records import Records
from backstride.diary.settings import current_settings, erase_settings, set_setting, setting_history
from backstride.diary.store import Store
from backstride.errors import BadInput, BadTable, DiaryError, NoAnswer, NotInDiary, WorkFailed, WorkLost
from backstride.runtime.clock import utc_now
from backstride.runtime.logs import defects_logged
from backstride.runtime.run_isolated import run_in_subprocess
from backstride.services.contribute import contribution_from
from backstride.services.setting_values import COHORT, CONTRIBUTION

SECONDS_A_CONTRIBUTION = 900
_INTERRUPTED = str(NoAnswer("This was interrupted.", advice="Try again in a moment."))


@dataclass(frozen=True, slots=True)
class ContributionRequest:
    """All that a process apart needs: it sees no store, and no name."""

    records: Records
    zone: str
    traits: Mapping[str, str]
    key: str | None


@dataclass(frozen=True, slots=True)
class Preview:
    """What a contribution would hold, for its person's eyes.

    Attributes:
        working: whether it is being worked out.
        made: the contribution; None while it is worked out, and where there is none.
        problem: why there is none; "" where there is one.
    """

    working: bool = False
    made: Contribution | None = None
    problem: str = ""


@dataclass(slots=True)
class Giving:
    """Contributions that are being worked out or looked at; in memory alone, so that nothing is kept unless agreed.

    Attributes:
        store: where records are read, and an agreed contribution is kept.
    """

    store: Store
    _previews: dict[int, Preview] = field(default_factory=dict)
    _waiting: dict[int, Future[None]] = field(default_factory=dict)
    _closed: Event = field(default_factory=Event)
    _lock: Lock = field(default_factory=Lock)
    _threads: ThreadPoolExecutor = field(
        default_factory=lambda: ThreadPoolExecutor(1, thread_name_prefix="giving")
    )

    def begin(self, person: int, *, zone: ZoneInfo, traits: Mapping[str, str]) -> None:
        """Work out what one person would give; what they looked at before is dropped.

        Args:
            person: whose records.
            zone: theirs.
            traits: what they choose to say of themselves, by name.

        Raises:
            BadValue: a trait is none that a contribution holds.
        """
        said = checked_traits(traits)
        given = self.given(person)
        with self._lock:
            if self._previews.get(person, Preview()).working or self._closed.is_set():
                return
            self._previews[person] = Preview(working=True)
        request = ContributionRequest(
            self.store.diary(person).records(), zone.key, said, None if given is None else given.key
        )
        self._waiting[person] = self._threads.submit(copy_context().run, self._work, person, request)

    def preview(self, person: int) -> Preview:
        """Return what one person looks at; empty where they asked for nothing."""
        return self._previews.get(person, Preview())

    def drop(self, person: int) -> None:
        """Forget what a person looked at and did not give."""
        with self._lock:
            if not self._previews.get(person, Preview()).working:
                self._previews.pop(person, None)

    def agree(self, person: int, key: str) -> None:
        """Keep the contribution that a person looked at, now that they agree.

        Args:
            person: who agrees.
            key: of the contribution that their page showed.

        Raises:
            NotInDiary: it is not the one that was worked out last.
        """
        with self._lock:
            made = self._previews.get(person, Preview()).made
            if made is None or made.key != key:
                raise NotInDiary(
                    "What you looked at is not here any more.", advice="Ask to see it again, then agree."
                )
            self._previews.pop(person)
        agreed = replace(made, month=f"{utc_now():%Y-%m}")
        earlier = self._texts(person)
        set_setting(self.store, person, CONTRIBUTION, contribution_json(agreed), now=utc_now())
        erase_settings(self.store, person, CONTRIBUTION, earlier - {contribution_json(agreed)})

    def given(self, person: int) -> Contribution | None:
        """Return the contribution that a person agreed to give; None where there is none."""
        text = current_settings(self.store, person).get(CONTRIBUTION, "")
        return read_contribution(text, name="contribution.json") if text else None

    def withdraw(self, person: int) -> str:
        """Erase a person's contribution from their diary and its backups, and return its key this once.

        Raises:
            NotInDiary: there is none.
        """
        given = self.given(person)
        if given is None:
            raise NotInDiary(
                "You have shared nothing, or have withdrawn it.", advice="There is nothing to withdraw."
            )
        erase_settings(self.store, person, CONTRIBUTION, self._texts(person))
        return given.key

    def wait(self) -> None:
        """Until everything that was begun is done; for tests."""
        for future in list(self._waiting.values()):
            future.result()

    def close(self) -> None:
        """Begin nothing more, and call off what is under way."""
        self._closed.set()
        self._threads.shutdown(wait=False, cancel_futures=True)

    def _texts(self, person: int) -> set[str]:
        history = setting_history(self.store, person)
        return {setting.value for setting in history if setting.name == CONTRIBUTION and setting.value}

    @defects_logged()
    def _work(self, person: int, request: ContributionRequest) -> None:
        found = Preview(problem=_INTERRUPTED)
        try:
            made = run_in_subprocess(
                compute_contribution, request, timeout_s=SECONDS_A_CONTRIBUTION, cancelled=self._closed
            )
            found = Preview(made=made)
        except (NoAnswer, BadInput, DiaryError, WorkFailed) as error:
            found = Preview(problem=str(error))
        except WorkLost:
            pass
        finally:
            with self._lock:
                self._previews[person] = found


def compute_contribution(request: ContributionRequest) -> Contribution:
    """Work out a contribution; runs in a process of its own."""
    return contribution_from(
        request.records, zone=ZoneInfo(request.zone), traits=request.traits, key=request.key
    )


def take_cohort(store: Store, person: int, content: bytes) -> CohortPrior:
    """Keep what a study published, so that a person's answer has its line beside the season.

    Args:
        store: keeps it.
        person: whose answer.
        content: of the file of `backstride cohort prior`.

    Raises:
        BadTable: it is no such file.
    """
    try:
        found = read_prior(content.decode(), name="The file")
    except UnicodeDecodeError as error:
        raise BadTable(
            "The file is not a text file.", advice="Choose the file prior.json that the study gave you."
        ) from error
    set_setting(store, person, COHORT, prior_json(found), now=utc_now())
    return found


def cohort_of(store: Store, person: int) -> CohortPrior | None:
    """Return the cohort that a person's answer is shown beside; None where there is none."""
    text = current_settings(store, person).get(COHORT, "")
    return read_prior(text, name="The file") if text else None


def drop_cohort(store: Store, person: int) -> None:
    """Show no cohort's line any more."""
    if current_settings(store, person).get(COHORT):
        set_setting(store, person, COHORT, "", now=utc_now())
