"""Long words may be divided where a syllable ends, and nowhere else."""

import re

import pytest

from backstride.report.hyphenation import LONG_WORD, SOFT_HYPHEN, syllables, with_soft_hyphens
from backstride.report.language import LANGUAGES, speaking, written
from backstride.web.guides import GUIDES, guide_html

WORD = re.compile(r"[^\W\d_]+")
NO_SENTENCE = re.compile(r"<pre>.*?</pre>|<code>.*?</code>|<[^>]*>|\{.*?\}|\S+/\S+", re.DOTALL)


def long_words(text: str) -> set[str]:
    """The words of a text that are wider than a phone with large letters."""
    return {word for word in WORD.findall(NO_SENTENCE.sub(" ", text)) if len(word) >= LONG_WORD}


def test_text_is_hyphenated_and_nothing_else():
    """Tags, fields and code stay as they are, and so do words that are not in the list."""
    html = (
        '<p title="Rückenschmerzen">Rückenschmerzen</p><textarea>Rückenschmerzen</textarea>Xrückenschmerzen'
    )
    divided = "Rücken-schmer-zen".replace("-", SOFT_HYPHEN)
    assert with_soft_hyphens(html) == html.replace(">Rückenschmerzen</p>", f">{divided}</p>")


def sentences(code: str) -> list[str]:
    """Every sentence of the catalogue in one language."""
    texts = [text for one in written("de") for text in (one.id if code == "en" else one.string,) if text]
    return [each for text in texts for each in ((text,) if isinstance(text, str) else text)]


@pytest.mark.parametrize("code", LANGUAGES)
def test_each_long_word_of_the_pages_may_be_divided(code):
    """In sentences and guides; a word that is missing goes into languages/long_words.txt with its syllables."""
    with speaking(code):
        guides = [str(guide_html(one)) for one in GUIDES if one.is_translated or code == "en"]
    found = set().union(*map(long_words, [*sentences(code), *guides]))
    assert found - set(syllables()) == set()


def test_no_part_of_a_word_is_one_letter():
    """A syllable has two letters at least, and the list is in the order of the alphabet."""
    divided = list(syllables().values())
    assert [one for one in divided if min(map(len, one.split(SOFT_HYPHEN))) < 2] == []
    assert list(syllables()) == sorted(syllables(), key=str.lower)
