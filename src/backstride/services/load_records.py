"""Looking back: what the diary holds."""

from backstride.core.pain_since import PainSince
from backstride.core.records import Records
from backstride.diary.opening import open_diary, open_store
from backstride.diary.schema import OWNER
from backstride.diary.settings import current_settings
from backstride.errors import NotInDiary
from backstride.runtime.paths import default_diary_location
from backstride.services.setting_values import pain_since_of


def load_records(*, diary: str | None = None) -> Records:
    """Return everything in the diary, each run once.

    Raises:
        NotInDiary: it is still empty.
        DiaryError: it cannot be opened.
    """
    with open_diary(diary or default_diary_location()) as book:
        records = book.records()
        if records == Records():
            raise empty_diary_error(book.name)
        return records


def pain_since_chosen(*, diary: str | None = None) -> PainSince | None:
    """Return how long the owner's back has hurt, as they chose it; None where they did not.

    Raises:
        DiaryError: the diary cannot be opened.
    """
    with open_store(diary or default_diary_location()) as store:
        return pain_since_of(current_settings(store, OWNER).get("pain_since"))


def empty_diary_error(name: str) -> NotInDiary:
    """Build the error of an empty diary."""
    return NotInDiary(f"The diary {name} is still empty.", advice="Fill it first: backstride import FOLDER")
