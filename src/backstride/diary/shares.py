"""Links with which a person shows their report to a named reader. Of a link's token only the hash is kept."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import Connection, Row, Update, delete, func, insert, select, update

from backstride.diary.rows import utc
from backstride.diary.schema import share_openings, shares
from backstride.diary.sharing_terms import LOG_LASTS, names_to_keep, token_hash
from backstride.diary.store import Store
from backstride.errors import BadValue

MAX_SHARES, MAX_DEVICE_LENGTH = 20, 60
DAYS_OFFERED: Final = (7, 30, 90)
SESSION_LASTS: Final = timedelta(hours=12)
"""For so long a reader sees the report after opening the link; then the link is opened anew."""


@dataclass(frozen=True, slots=True)
class Opening:
    """One time that a link was opened.

    Attributes:
        opened_at: UTC.
        device: in a word or two, as the browser named itself.
        views: how often the report was looked at after that.
    """

    opened_at: datetime
    device: str
    views: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Share:
    """One link; the token itself is not known here.

    Attributes:
        id: its number, by which it can be ended.
        person_id: whose report it shows.
        reader: for whom it was made, in the person's words.
        shown_name: the patient's name on the report; empty for a blank line.
        notes, safety: whether the notes of the last four weeks, and the safety answers, are on the report.
        made_at, ends_at: UTC.
        ended_at: when the person ended it, UTC; None where they did not.
        openings: each time that it was opened, the latest first.
    """

    id: int
    person_id: int
    reader: str
    shown_name: str
    notes: bool
    safety: bool
    made_at: datetime
    ends_at: datetime
    ended_at: datetime | None
    openings: tuple[Opening, ...] = ()

    @property
    def views(self) -> int:
        """How often the report was looked at in all."""
        return sum(opening.views for opening in self.openings)

    def is_open(self, now: datetime) -> bool:
        """Whether it still shows the report."""
        return self.ended_at is None and now < self.ends_at


def store_share(
    store: Store,
    person_id: int,
    token: str,
    *,
    reader: str,
    shown_name: str,
    notes: bool,
    safety: bool,
    days: int,
    now: datetime,
) -> None:
    """Remember that whoever shows `token` may read this person's report.

    Args:
        store: where.
        person_id: whose report.
        token: of which the hash is kept.
        reader: for whom it is, in the person's words.
        shown_name: the patient's name on the report.
        notes, safety: what is on the report beside the figures.
        days: until it ends; one of `DAYS_OFFERED`.
        now: the moment of making it.

    Raises:
        BadValue: it names no reader, ends on a day that is not offered, or there are too many.
    """
    reader_text, shown_text = names_to_keep(reader, shown_name)
    if days not in DAYS_OFFERED:
        raise BadValue("A link cannot last so long.", advice="Choose one of the lengths on the page.")
    row = {
        "person_id": person_id,
        "token_hash": token_hash(token),
        "reader": reader_text,
        "shown_name": shown_text,
        "notes": notes,
        "safety": safety,
        "made_at": utc(now),
        "ends_at": utc(now + timedelta(days=days)),
    }
    of_person = shares.c.person_id == person_id
    forgotten = delete(shares).where(of_person, shares.c.ends_at < utc(now - LOG_LASTS))

    def change(connection: Connection) -> int:
        connection.execute(forgotten)
        open_ones = select(func.count()).where(
            of_person, shares.c.ended_at.is_(None), shares.c.ends_at > utc(now)
        )
        there = connection.scalar(open_ones) or 0
        if there >= MAX_SHARES:
            raise BadValue(f"There are {there} links already.", advice="End one that is no longer needed.")
        return connection.execute(insert(shares).values(row)).rowcount

    store.write(change)


def open_share(store: Store, token: str, session: str, *, device: str, now: datetime) -> Share | None:
    """Open a link: from now on whoever shows `session` reads the report, for a while.

    Args:
        store: where.
        token: of the link.
        session: the token of the reader's session, of which the hash is kept.
        device: what the reader uses, in a word or two.
        now: the moment.

    Returns:
        The link; None where it has ended, or never was.
    """
    with store.reading() as connection:
        row = connection.execute(select(shares).where(shares.c.token_hash == token_hash(token))).first()
    share = _share(row) if row else None
    if share is None or not share.is_open(now):
        return None
    opening = {
        "share_id": share.id,
        "token_hash": token_hash(session),
        "device": device[:MAX_DEVICE_LENGTH],
        "opened_at": utc(now),
        "views": 0,
    }
    store.write(lambda connection: connection.execute(insert(share_openings).values(opening)).rowcount)
    return share


def viewed_share(store: Store, session: str, *, now: datetime) -> Share | None:
    """Find the link whose report this reader session may view, and count the view.

    Returns:
        None where the session is past its time, or the link has ended.
    """
    of_session = share_openings.c.token_hash == token_hash(session)
    joined = select(shares, share_openings.c.opened_at).join(share_openings).where(of_session)
    with store.reading() as connection:
        row = connection.execute(joined).first()
    if row is None or now > datetime.fromisoformat(row.opened_at) + SESSION_LASTS:
        return None
    share = _share(row)
    if not share.is_open(now):
        return None
    count = update(share_openings).where(of_session).values(views=share_openings.c.views + 1)
    # waited for: a look that is not on the log must not be had
    store.write(lambda connection: connection.execute(count).rowcount)
    return share


def shares_of(store: Store, person_id: int) -> tuple[Share, ...]:
    """Every link of one person with its openings, the newest first."""
    of_person = select(shares).where(shares.c.person_id == person_id).order_by(shares.c.id.desc())
    opened = (
        select(share_openings)
        .join(shares)
        .where(shares.c.person_id == person_id)
        .order_by(share_openings.c.id.desc())
    )
    with store.reading() as connection:
        rows, openings = connection.execute(of_person).all(), connection.execute(opened).all()
    by_share: dict[int, list[Opening]] = {}
    for one in openings:
        opening = Opening(datetime.fromisoformat(one.opened_at), one.device, one.views)
        by_share.setdefault(one.share_id, []).append(opening)
    return tuple(_share(row, tuple(by_share.get(row.id, ()))) for row in rows)


def end_share(store: Store, person_id: int, share_id: int, *, now: datetime) -> None:
    """End one link of this person, if they have it; the reader's page ends with it."""
    which = (shares.c.person_id == person_id, shares.c.id == share_id, shares.c.ended_at.is_(None))
    ended = update(shares).where(*which).values(ended_at=utc(now))
    store.write(lambda connection: connection.execute(ended).rowcount)


def end_shares(store: Store, person_id: int, *, now: datetime) -> None:
    """End every link of this person."""
    ended = shares_ended(person_id, now=now)
    store.write(lambda connection: connection.execute(ended).rowcount)


def shares_ended(person_id: int, *, now: datetime) -> Update:
    """Build the statement that ends every link of a person."""
    which = (shares.c.person_id == person_id, shares.c.ended_at.is_(None))
    return update(shares).where(*which).values(ended_at=utc(now))


def _share(row: Row[Any], openings: tuple[Opening, ...] = ()) -> Share:
    return Share(
        id=row.id,
        person_id=row.person_id,
        reader=row.reader,
        shown_name=row.shown_name,
        notes=row.notes,
        safety=row.safety,
        made_at=datetime.fromisoformat(row.made_at),
        ends_at=datetime.fromisoformat(row.ends_at),
        ended_at=datetime.fromisoformat(row.ended_at) if row.ended_at else None,
        openings=openings,
    )
