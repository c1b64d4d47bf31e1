"""XML that is cut off, damaged, oddly encoded or made to harm."""

import tracemalloc

import pytest

from backstride.errors import BrokenFile
from backstride.importers.tracks.xml_stream import MAX_TOKEN, iterate_elements, root_of


class Heard:
    """A listener that keeps what it hears."""

    def __init__(self):
        self.texts = []

    def end(self, tag, element):
        """An element is complete."""
        self.texts.append((tag, element.text))


def heard(content, *tags):
    """The texts of the elements of these names, and the doubts."""
    listener = Heard()
    doubts = iterate_elements(listener, content, tags=tags, name="a.xml")
    return listener.texts, doubts


@pytest.mark.parametrize(
    "head",
    [
        b"<gpx>",
        b"\xef\xbb\xbf<gpx>",
        b" \r\n\t <?xml version='1.0'?>\n<!-- a > b --><gpx version='1.1'>",
        b"<!DOCTYPE gpx SYSTEM 'x.dtd'><p:gpx xmlns:p='x'>",
        "<?xml version='1.0' encoding='utf-8'?><gpx>".encode("utf-16"),
        "<gpx>".encode("utf-16-be"),
        b"\xff\xfe" + "\ufeff<gpx>".encode("utf-16-le"),
    ],
)
def test_the_outermost_element_is_found(head):
    """Behind blanks, marks of the byte order, comments and declarations."""
    assert root_of(head) == "gpx"


@pytest.mark.parametrize("head", [b"", b"{}", b"time,pain\n", b"<", b"<?xml", b"<!--" * 500, b"<??>" * 1000])
def test_what_is_no_xml_has_no_outermost_element(head):
    """And it is told quickly."""
    assert root_of(head) == ""


def test_elements_are_told_whatever_their_namespace():
    """Prefixes that nobody declared do no harm."""
    texts, doubts = heard(b"<a xmlns='x' xmlns:q='y'><q:t>1</q:t><t>2</t><t xmlns=''>3</t><z:u/></a>", "t")
    assert texts == [("t", "1"), ("t", "2"), ("t", "3")]
    assert doubts == ()


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "utf-16-be", "iso-8859-1"])
def test_the_encoding_is_seen_and_not_believed(encoding):
    """Whatever the declaration says, the letters are right."""
    content = '<?xml version="1.0" encoding="utf-7"?><a><t>Läufe</t></a>'.encode(encoding)
    assert heard(content, "t") == ([("t", "Läufe")], ())


def test_a_cut_off_file_gives_what_came_before():
    """And says that it ends too early."""
    texts, doubts = heard(b"<a><t>1</t><t>2</t><t", "t")
    assert texts[:2] == [("t", "1"), ("t", "2")]
    assert "ends before its end" in doubts[0]


@pytest.mark.parametrize("damage", [b"\x0b\x00", b"&nope;", b"& ", b"<b>", b"<b", b"\xff\xfe\x80"])
def test_damage_in_the_middle_does_not_stop_the_reading(damage):
    """What stands behind it is read."""
    texts, _ = heard(b"<a><t>1</t><n>x" + damage + b"</n><t>2</t></a>", "t")
    assert ("t", "2") in texts


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b'<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>', "short names"),
        ('<!DOCTYPE a [<!ENTITY b "c">]><a>&b;</a>'.encode("utf-16"), "short names"),
        (b"<a b='" + b"x" * (MAX_TOKEN + 9) + b"'/>", "single piece"),
        (b"<a>" + b"x" * (MAX_TOKEN + 9) + b"</a>", "single piece"),
        (b"<a>" * 5000, "nested"),
    ],
)
def test_what_is_made_to_harm_is_refused(content, words):
    """Before it can cost memory or time."""
    with pytest.raises(BrokenFile, match=words):
        heard(content, "a")


def test_nothing_outside_the_file_is_asked_for(tmp_path):
    """Neither a document type nor an entity from elsewhere is loaded."""
    secret = tmp_path / "secret.dtd"
    secret.write_text('<!ENTITY b "secret">')
    content = f'<!DOCTYPE a SYSTEM "{secret.as_uri()}"><a><t>x&b;y</t></a>'.encode()
    assert "secret" not in str(heard(content, "t"))


@pytest.mark.parametrize("filler", [b"<b/>", b"<t>1</t>", b"<b c='d'><e/></b>"])
def test_memory_does_not_grow_with_the_file(filler):
    """What has passed is freed."""
    content = b"<a><t>0</t>" + filler * (8 * 2**20 // len(filler)) + b"</a>"

    class Deaf:
        def end(self, tag, element):
            """Keeps nothing."""

    tracemalloc.start()
    iterate_elements(Deaf(), content, tags=["t"], name="a.xml")
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 2 * len(content)
