"""Looking back: what the diary holds."""

from backstride.actions.choosable import pain_since_of
from backstride.actions.places import diary_place
from backstride.core.pain_since import PainSince
from backstride.core.records import Records
from backstride.diary.choices import chosen
from backstride.diary.opening import open_diary, open_store
from backstride.diary.schema import OWNER
from backstride.errors import NotInDiary


def diary_records(*, diary: str | None = None) -> Records:
    """Everything in the diary, each run once.

    Raises:
        NotInDiary: it is still empty.
        DiaryError: it cannot be opened.
    """
    with open_diary(diary or diary_place()) as book:
        records = book.records()
        if records == Records():
            raise nothing_yet(book.name)
        return records


def pain_since_chosen(*, diary: str | None = None) -> PainSince | None:
    """How long the owner's back has hurt, as they chose it; None where they did not.

    Raises:
        DiaryError: the diary cannot be opened.
    """
    with open_store(diary or diary_place()) as store:
        return pain_since_of(chosen(store, OWNER).get("pain_since"))


def nothing_yet(name: str) -> NotInDiary:
    """The error of an empty diary."""
    return NotInDiary(f"The diary {name} is still empty.", advice="Fill it first: backstride import FOLDER")
