"""Two phones, a laptop, bad networks and wrong clocks: the diary shows what a simple model says."""

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta, timezone
from functools import partial
from itertools import count
from zoneinfo import ZoneInfo

import pytest
from hypothesis import settings
from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    invariant,
    precondition,
    rule,
    run_state_machine_as_test,
)

from backstride.core.check_in import CheckIn
from backstride.core.datetimes import day_lived
from backstride.diary.opening import open_store
from backstride.diary.people import add_person
from backstride.errors import WrongClock
from backstride.services.check_in import CheckInInput, PendingCheckIn, SubmissionMeta, check_in
from backstride.services.clocks import CLOCKS_AGREE

BEGIN = datetime(2026, 5, 4, 7, tzinfo=UTC)

HOME = ZoneInfo("Europe/Berlin")
TWO_DAYS, DOUBLE_TAP = timedelta(hours=48), timedelta(minutes=2)
NAMES = count(1)

PHONES = st.sampled_from(("Anna's phone", "Anna's tablet"))
PAINS = st.integers(0, 10)
DAYS_AGO = st.sampled_from((0, 0, 0, 1, 2))
FATES = st.sampled_from(("heard", "heard", "heard twice", "reply lost", "never arrived"))
SKEWS = st.sampled_from((0, 0, 0, 1, -1, 90, -90, 47 * 60, -47 * 60, 72 * 60, -72 * 60))
ZONES = st.sampled_from((0, 2, -8, 13))


@dataclass(frozen=True)
class Letter:
    """A check-in that waits on a phone: its id, what it says, and when it was told by the phone's clock."""

    id: str
    day: date
    pain: int
    told_at: datetime


@dataclass
class Phone:
    """A phone: how far its clock is off, its zone, and what waits on it."""

    skew: timedelta = timedelta()
    zone: timezone = UTC
    waiting: list[Letter] = field(default_factory=list)

    def clock(self, now: datetime) -> datetime:
        """What it shows; whole seconds, as its script sends them."""
        return (now + self.skew).astimezone(self.zone).replace(microsecond=0)


@dataclass(frozen=True)
class Word:
    """A word that the server heard: when it was told by the server's clock, and of which moment it speaks."""

    told: datetime
    pain: int
    moment: datetime
    late: bool


class TwoPhones(RuleBasedStateMachine):
    """One person's devices and their diary, beside a model: a list of words a day, since it was last erased.

    The word told last is shown, at the moment and with the lateness of the one told first. How long ago a waiting
    word was told is known by the clock of its own phone.
    """

    def __init__(self, store) -> None:
        super().__init__()
        self.store, self.now, self.ids = store, BEGIN, count(1)
        self.person = add_person(store, f"Anna {next(NAMES)}").id
        self.phones = defaultdict(Phone)
        self.words: dict[date, list[Word]] = {}
        self.heard: set[str] = set()

    @rule(minutes=st.sampled_from((1, 5, 60, 60 * 9, 60 * 24)))
    def time_passes(self, minutes):
        """It gets later."""
        self.now += timedelta(minutes=minutes)

    @rule(name=PHONES, minutes=SKEWS, hours=ZONES)
    def the_clock_is_set(self, name, minutes, hours):
        """A phone's clock goes wrong, or right again; a person travels."""
        phone = self.phones[name]
        phone.skew, phone.zone = timedelta(minutes=minutes), timezone(timedelta(hours=hours))

    @rule(name=PHONES, days_ago=DAYS_AGO, pain=PAINS)
    def something_is_told(self, name, days_ago, pain):
        """A check-in is saved on a phone, and waits there."""
        phone = self.phones[name]
        told_at = phone.clock(self.now)
        day = day_lived(told_at) - timedelta(days=days_ago)
        phone.waiting.append(Letter(f"{name} {next(self.ids)}", day, pain, told_at))

    @precondition(lambda self: any(phone.waiting for phone in self.phones.values()))
    @rule(data=st.data(), fate=FATES)
    def a_phone_sends(self, data, fate):
        """One of what waits is sent, in any order; the phone forgets it when it hears that it was kept."""
        phone = data.draw(st.sampled_from([phone for phone in self.phones.values() if phone.waiting]))
        letter = data.draw(st.sampled_from(phone.waiting))
        if fate == "never arrived":
            return
        sent_at = phone.clock(self.now)
        for _ in range(2 if fate == "heard twice" else 1):
            if not self._arrives(letter, sent_at):
                return
        if fate != "reply lost":
            phone.waiting.remove(letter)

    @rule(days_ago=DAYS_AGO, pain=PAINS, taps=st.integers(1, 2))
    def the_laptop_saves(self, days_ago, pain, taps):
        """A form without a script, perhaps tapped twice."""
        day = day_lived(self.now.astimezone(HOME)) - timedelta(days=days_ago)
        for _ in range(taps):
            self._keep(CheckInInput(day=day, pain=pain), SubmissionMeta())
            words = self.words.setdefault(day, [])
            last = self._last(words) if words else None
            if last is None or last.pain != pain or self.now - last.told > DOUBLE_TAP:
                words.append(Word(self.now, pain, self.now, late=days_ago > 0))

    @precondition(lambda self: self.words)
    @rule(data=st.data())
    def a_day_is_erased(self, data):
        """What was told of a day until now is gone for good."""
        day = data.draw(st.sampled_from(sorted(self.words)))
        del self.words[day]
        self._diary.erase(self._entries[day].id)

    @invariant()
    def the_diary_shows_the_last_word(self):
        """Each day the pain told last, at the moment of the word told first; nothing else is there."""
        shown = {day: entry.record for day, entry in self._entries.items()}
        assert {day: c.pain.value for day, c in shown.items()} == {
            day: self._last(words).pain for day, words in self.words.items()
        }
        for day, words in self.words.items():
            first = min(words, key=lambda word: word.told)
            assert shown[day].filled_in_late == first.late
            assert first.late or shown[day].moment == first.moment

    @invariant()
    def no_word_is_lost(self):
        """Every word of a day is a version of its entry."""
        for day, words in self.words.items():
            kept = [entry.record.pain.value for entry in self._diary.history(self._entries[day].id)]
            for word in words:
                kept.remove(word.pain)

    @property
    def _diary(self):
        return self.store.diary(self.person)

    @property
    def _entries(self):
        of_days = [entry for entry in self._diary.entries() if isinstance(entry.record, CheckIn)]
        assert len(of_days) == len({entry.record.local_day for entry in of_days})
        return {entry.record.local_day: entry for entry in of_days}

    def _keep(self, told: CheckInInput, sending: SubmissionMeta) -> PendingCheckIn:
        kept = check_in(self.store, self.person, told, sending, zone=HOME, now=self.now)
        kept.sent.result()
        return kept

    def _arrives(self, letter: Letter, sent_at: datetime) -> bool:
        sending = SubmissionMeta(idempotency_key=letter.id, recorded_at=letter.told_at, sent_at=sent_at)
        told = CheckInInput(day=letter.day, pain=letter.pain)
        ahead = sent_at - self.now
        is_other_day = day_lived(letter.told_at) != day_lived(letter.told_at - ahead)
        is_asked = abs(ahead) > CLOCKS_AGREE and is_other_day
        if abs(ahead) > TWO_DAYS or letter.told_at - self.now > TWO_DAYS or is_asked:
            with pytest.raises(WrongClock):
                self._keep(told, sending)
            return False
        assert self._keep(told, sending).sent.result().seen_before == (letter.id in self.heard)
        if letter.id not in self.heard:
            self.heard.add(letter.id)
            long_ago = max(sent_at - letter.told_at, timedelta())
            late = letter.day < day_lived(letter.told_at)
            word = Word(self.now - long_ago, letter.pain, letter.told_at, late)
            self.words.setdefault(letter.day, []).append(word)
        return True

    def _last(self, words: list[Word]) -> Word:
        return max(enumerate(words), key=lambda numbered: (numbered[1].told, numbered[0]))[1]


def agree(store, *, sequences: int) -> None:
    """Hold the diary against the model in so many sequences of events."""
    chosen = settings(max_examples=sequences, stateful_step_count=20, deadline=None)
    run_state_machine_as_test(partial(TwoPhones, store), settings=chosen)


@pytest.fixture
def store(tmp_path):
    """An empty store."""
    with open_store(tmp_path / "diary.sqlite") as opened:
        yield opened


def test_two_phones_agree_with_a_simple_model(store):
    """Retries, edits, lost replies, erasures and wrong clocks end in the diary that the model says."""
    agree(store, sequences=100)


@pytest.mark.slow
def test_two_phones_agree_with_a_simple_model_a_thousand_times(store):
    """The same in a thousand sequences."""
    agree(store, sequences=1000)
