"""Where it hurts: the back in a clinic's words, other places that hold its letters, and places that are asked."""

import pytest
from tests.importers.test_own_tables import read

from backstride.importers.tables.back_places import place_of_pain


@pytest.mark.parametrize(
    "text",
    ["lower back", "lumbar", "spine", "sacrum", "SI joint", "L4-L5", "L5/S1", "L4/5", "LWS", "BWS", "ISG",
     "unterer Rücken", "Kreuz", "Kreuzschmerzen", "Lende", "Lendenwirbelsäule", "Wirbelsäule", "bas du dos",
     "lower back and leg", "Unterrücken", "LWK 4", "zona lumbar"],
)  # fmt: skip
def test_the_back_is_known_in_the_words_of_people_and_clinics(text):
    """Each is read."""
    assert place_of_pain(text) == "back"


@pytest.mark.parametrize(
    "text",
    ["back of the knee", "Back of my left thigh", "back of hand", "Back of head", "neck/back of head", "Handrücken",
     "Fußrücken links", "Nasenrücken", "back teeth", "Kreuzband", "left knee", "Halswirbelsäule", "HWS", "Nacken"],
)  # fmt: skip
def test_other_places_with_the_letters_of_the_back_are_none(text):
    """The back of a hand at 8 is no back pain of 8."""
    assert place_of_pain(text) == "elsewhere"


@pytest.mark.parametrize("text", ["not back", "kein Rücken", "coccyx", "Steißbein", "somewhere"])
def test_a_place_that_nobody_knows_is_asked(text):
    """It is left out, and the sentence says what to write."""
    table = f"time,pain,place\n2026-05-01 07:30,8,{text}\n2026-05-02 07:30,4,back\n"
    assert [one.pain.value for one in read(table).records.check_ins] == [4.0]
    assert "write 'back'" in read(table).skipped[0].why
