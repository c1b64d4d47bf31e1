"""Names that are the same, and names that only look the same."""

import pytest

from backstride.diary.account_names import skeleton
from backstride.diary.opening import open_store
from backstride.diary.people import add_person, person_named
from backstride.errors import BadValue


@pytest.fixture
def store(tmp_path):
    """A store in which Anna and Bill keep diaries."""
    with open_store(tmp_path / "diary.sqlite") as opened:
        add_person(opened, "Anna")
        add_person(opened, "Bill")
        yield opened


@pytest.mark.parametrize(
    "name",
    [
        "anna",
        " ANNA ",
        "\uff21nna",
        "\u0410nna",
        "Ann\u0430",
        "\u0391nna",
        "Bi1l",
        "BiIl",
        "B|ll",
        "\U0001d400nna",
    ],
)
def test_a_name_that_looks_like_another_is_taken(store, name):
    """In capitals, in full width, in letters of another script, or with a digit for a letter."""
    with pytest.raises(BadValue, match="is taken"):
        add_person(store, name)


@pytest.mark.parametrize("name", ["An\u200bna", "Anna\u202e", "An\u0000na", "Anna\u2066x", "\u200b"])
def test_letters_that_nobody_sees_are_refused(store, name):
    """Blanks of no width, and marks that turn the order of letters."""
    with pytest.raises(BadValue, match="cannot be used to sign in"):
        add_person(store, name)


@pytest.mark.parametrize("name", ["Anne", "Аня", "Άννα", "José", "李娜", "Renée", "Zoë", "Bella", "נועה"])
def test_other_names_are_free_in_any_script(store, name):
    """Each of them gets a diary, and signs in by that name."""
    added = add_person(store, name)
    assert person_named(store, name.upper()).id == added.id


def test_signing_in_takes_the_form_that_a_keyboard_writes(store):
    """Full width letters are the same name; letters of another script are not."""
    assert person_named(store, "\uff21\uff4e\uff4e\uff41") is not None
    assert person_named(store, "\u0410nna") is None


def test_modern_and_marn_look_alike():
    """Two letters that pass for one."""
    assert skeleton("Mama") == skeleton("rnarna")
