"""One server's things: its store, its zone, its background work."""

from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from backstride.diary.opening import open_store
from backstride.diary.people import everybody, person_of
from backstride.diary.schema import OWNER
from backstride.diary.settings import current_settings
from backstride.diary.store import Store
from backstride.errors import BadValue
from backstride.programme.week import Session
from backstride.runtime.paths import default_diary_location
from backstride.runtime.timezone import default_timezone
from backstride.services.answers import Answers
from backstride.services.backup_scheduler import Nightly
from backstride.services.by_stamp import ByStamp
from backstride.services.day_start import day_start
from backstride.services.entry import Entry
from backstride.services.giving import Giving
from backstride.services.patients import LatestOf
from backstride.services.rate_limit import ConcurrencyLimiter, RateLimiter
from backstride.services.reminders import Reminders
from backstride.services.undo import UndoLog
from backstride.services.uploads import Uploads


@dataclass(frozen=True, slots=True)
class AppContext:
    """What every request shares.

    Attributes:
        store: everybody's diaries.
        home: the zone of this machine, for people who chose none.
        open_to_owner: whether the owner needs no passphrase, on this very machine alone.
        answers, uploads, backups: the work in the background.
        guesses: how often a wrong passphrase may be tried, by address and by person.
        writes: how often one person may save something.
        exports: the archives of whole diaries that are being made.
        undo: what was deleted or changed a moment ago, so that it can be taken back.
        latest: the last weeks of those whom others read, as they were last gathered.
        to_tick: the sessions of the last week that nobody recorded, as they were last worked out.
        reminders: what is sent to the devices that asked for it.
        phone_address: where a phone in the same network reaches it; "" where none does.
        entry: lets the owner in who needs no passphrase.
        giving: contributions to a study that are looked at, and not yet agreed to.
    """

    store: Store
    home: ZoneInfo
    open_to_owner: bool
    answers: Answers
    uploads: Uploads
    backups: Nightly
    guesses: RateLimiter = field(default_factory=lambda: RateLimiter(most=10, minutes=5))
    writes: RateLimiter = field(default_factory=lambda: RateLimiter(most=240, minutes=5))
    exports: ConcurrencyLimiter = field(default_factory=ConcurrencyLimiter)
    undo: UndoLog = field(default_factory=UndoLog)
    latest: LatestOf = field(default_factory=LatestOf)
    to_tick: ByStamp[tuple[Session, ...]] = field(default_factory=ByStamp)
    phone_address: str = ""
    entry: Entry = field(default_factory=Entry)
    reminders: Reminders = field(init=False)
    giving: Giving = field(init=False)

    def __post_init__(self) -> None:
        """Make what needs to know everybody's zone."""
        made = Reminders(self.store, zone_of=self.zone_of, day_start_of=self.day_start_of)
        object.__setattr__(self, "reminders", made)  # the context itself stays unchangeable
        object.__setattr__(self, "giving", Giving(self.store))

    @property
    def owner_login_optional(self) -> bool:
        """Whether the owner needs no passphrase: only on this machine, and only until one was chosen."""
        return self.open_to_owner and not person_of(self.store, OWNER).passphrase

    @property
    def is_shared(self) -> bool:
        """Whether more than one person keeps a diary here."""
        return len(everybody(self.store)) > 1

    def zone_of(self, person: int) -> ZoneInfo:
        """Return the zone that this person chose, else this machine's."""
        return self.zone_named(current_settings(self.store, person).get("zone", ""))

    def day_start_of(self, person: int) -> int:
        """Return the hour at which this person's day starts."""
        return day_start(self.store, person)

    def zone_named(self, name: str) -> ZoneInfo:
        """Return the zone of this name, else this machine's."""
        if not name:
            return self.home
        try:
            return default_timezone(name).zone
        except BadValue:  # a zone that this machine no longer knows
            return self.home

    def close(self) -> None:
        """Store what is waiting, and stop."""
        self.reminders.close()
        self.backups.close()
        self.answers.close()
        self.giving.close()
        self.uploads.close()
        self.store.close()


def create_context(diary: str | None = None, *, open_to_owner: bool, phone_address: str = "") -> AppContext:
    """Open the store for a server.

    Args:
        diary: its path or URL; the person's own unless given.
        open_to_owner: whether only this machine can reach the server.
        phone_address: where a phone in the same network reaches it.

    Raises:
        DiaryError: the store cannot be opened.
    """
    store = open_store(diary or default_diary_location())
    zone = default_timezone().zone
    return AppContext(
        store,
        zone,
        open_to_owner,
        Answers(store),
        Uploads(store),
        Nightly(store, zone=zone),
        phone_address=phone_address,
    )
