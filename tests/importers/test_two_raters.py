"""Tables of two people in one folder."""

from datetime import UTC, datetime, timedelta

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.scales import PainRating
from backstride.errors import BadTable
from backstride.importers.two_raters import refuse_two_raters


def mornings(*pains, hour=7):
    """A check-in on each morning from the first of May on."""
    first = datetime(2026, 5, 1, hour, tzinfo=UTC)
    return tuple(
        CheckIn(moment=first + timedelta(days=n), pain=PainRating(float(p))) for n, p in enumerate(pains)
    )


@pytest.mark.parametrize(
    ("one", "other", "theirs", "are_two"),
    [
        ("anna/pain.csv", "ben/pain.csv", (8, 9, 8), True),
        ("anna/pain.csv", "ben/pain.csv", (8, 4, 8), False),
        ("anna/pain.csv", "ben/pain.csv", (8, 9), False),
        ("may/pain.csv", "may/ratings.csv", (8, 9, 8), False),
    ],
)
def test_tables_of_one_name_in_two_folders_need_three_mornings(one, other, theirs, are_two):
    """All of them rated otherwise; under other names five mornings are asked for, and most of them otherwise."""
    tables = {one: mornings(3, 4, 2), other: mornings(*theirs)}
    if are_two:
        with pytest.raises(BadTable, match="as two people do"):
            refuse_two_raters(tables)
    else:
        refuse_two_raters(tables)


def test_an_evening_table_of_the_same_name_is_no_other_person():
    """Mornings and evenings are hours apart."""
    refuse_two_raters(
        {"mornings/pain.csv": mornings(3, 4, 2), "evenings/pain.csv": mornings(5, 6, 5, hour=19)}
    )
