"""A column that says whose row it is: a diary is one person's, so that a table of several is refused."""

from collections import Counter
from collections.abc import Collection, Iterable, Sequence
from typing import Final

from backstride.errors import BadTable
from backstride.importers.sport_words import activity_in_name, bare, is_sport
from backstride.importers.tables.csv_dialect import Sheet
from backstride.importers.tables.headings import plain
from backstride.importers.tables.people_by_days import repeated_over_days

_HEADINGS: Final = frozenset(
    map(plain, (
        "who", "person", "person id", "user", "user id", "user name", "athlete", "athlete id", "runner",
        "participant", "participant id", "patient", "patient id", "subject", "subject id", "member", "owner",
        "wer", "Läufer", "Läuferin", "Sportler", "Nutzer", "Benutzer", "Teilnehmer", "Teilnehmer ID",
        "Proband", "Mitglied", "family member", "Familienmitglied", "kid", "child", "name of child",
        "partner", "personne", "utilisateur", "persona", "usuario",
    ))
)  # fmt: skip
_MAY_BE_TITLES: Final = frozenset(
    map(plain, ("name", "first name", "Vorname", "names", "nom", "nombre", "nome"))
)
"""Under these some write the title of a session."""
_MAX_PEOPLE: Final = 6
_MAX_NAMED: Final = 4
_PARTS_OF_DAY: Final = frozenset(
    ("morning", "evening", "afternoon", "lunch", "night", "noon", "weekend", "morgen", "abend", "mittag",
     "nachmittag", "vormittag", "feierabend", "nacht", "park", "wald", "forest", "river", "track", "home")
)  # fmt: skip


def the_person(sheet: Sheet, known: Collection[int] = ()) -> frozenset[str]:
    """Return the one person whose rows these are, where a column names people.

    Args:
        sheet: the table.
        known: the columns that mean something else.

    Raises:
        BadTable: a column of people names more than one.
    """
    named_here: list[str] = []
    for i, heading in enumerate(sheet.header):
        people = people_under(heading, (row.cells[i] for row in sheet.rows if i < len(row.cells)))
        if not people and i not in known:
            people = repeated_over_days(sheet, i)
        if len(people) > 1:
            named = ", ".join(people[:_MAX_NAMED]) + (" ..." if len(people) > _MAX_NAMED else "")
            raise BadTable(
                f"{sheet.name} holds the rows of several people: {named} (column '{heading}').",
                advice=(
                    "A diary is one person's. Save the rows of each person in a table of their own. A study of many "
                    "people is read as a cohort, not here. If the column names no people, call it title."
                ),
            )
        named_here += people
    return frozenset(named_here[:1])


def participant_column(header: Sequence[str]) -> str | None:
    """Return the first heading that says whose row it is; None where there is none."""
    return next((heading for heading in header if plain(heading) in _HEADINGS), None)


def refuse_several(people: Collection[str]) -> None:
    """Refuse files of which each names another person.

    Raises:
        BadTable: there are two people, or more.
    """
    if len(people) > 1:
        named = ", ".join(sorted(people)[:_MAX_NAMED]) + (" ..." if len(people) > _MAX_NAMED else "")
        raise BadTable(
            f"These files hold the tables of several people: {named}.",
            advice=(
                "A diary is one person's. Import the files of each person into that person's diary. A study of many "
                "people is read as a cohort, not here."
            ),
        )


def people_under(heading: str, cells: Iterable[str]) -> list[str]:
    """List the people that a column names, most frequent first; none where it holds something else."""
    name = plain(heading)
    if name not in _HEADINGS and name not in _MAY_BE_TITLES:
        return []
    counts = Counter(cell.strip() for cell in cells if cell.strip() and plain(cell) != name)
    if name in _MAY_BE_TITLES and not _are_names(counts):
        return []
    return [person for person, _ in counts.most_common()]


def _are_names(counts: Counter[str]) -> bool:
    """Whether these are people, and no titles of sessions: few, in letters alone, and met again and again."""
    return (
        len(counts) <= _MAX_PEOPLE
        and max(counts.values(), default=0) > 1
        and all(_may_be_a_name(text) for text in counts)
    )


def _may_be_a_name(text: str) -> bool:
    words = bare(text).split()
    return (
        0 < len(words) <= 3
        and all(word.isalpha() for word in words)
        and not is_sport(text)
        and activity_in_name(text) is None
        and not _PARTS_OF_DAY.intersection(words)
    )
