"""XML, one element after the other, from files that may be damaged or hostile; memory stays flat."""

import codecs
import re
from collections.abc import Collection, Iterator
from typing import Final, Protocol

from lxml import etree

from backstride.errors import BrokenFile
from backstride.importers.packing import MOST_BYTES

MOST_TOKEN: Final = 2**20
"""Longest tag or text, bytes: a recorded point has some hundred."""

_CHUNK = 2**18
_SILENCE = 2**22  # bytes without a single wanted element: not even the outermost is one
_SPACE = b" \t\r\n\x00"
_LEADING = _SPACE + codecs.BOM_UTF8
_ROOT = re.compile(
    rb"(?>\s+|<\?.*?\?>|<!--.*?-->|<!DOCTYPE[^\[>]*+(?:\[.*?\])?\s*+>)*+<(?:[\w.-]++:)?([\w.-]++)", re.DOTALL
)


def root_of(head: bytes) -> str:
    """Name of the outermost element, without prefix; empty where the head is not XML."""
    found = _ROOT.match(_in_plain_bytes(head))
    return found[1].decode("ascii", errors="ignore") if found else ""


class Element(Protocol):
    """What the readers use of an XML element."""

    tag: str
    text: str | None

    def get(self, key: str, /) -> str | None:
        """An attribute."""
        ...

    def getparent(self) -> "Element | None":
        """The element around this one."""
        ...


class Listener(Protocol):
    """What is told of the elements as they pass."""

    def begin(self, tag: str, element: Element) -> None:
        """An element begins; its attributes are known."""
        ...

    def end(self, tag: str, element: Element) -> None:
        """An element is complete."""
        ...


class XmlStream:
    """The elements of some names, as they begin and end.

    Attributes:
        doubts: what was wrong with the file, known when all has been told.
    """

    def __init__(self, content: bytes, *, tags: Collection[str], name: str) -> None:
        """Prepare to read.

        Args:
            content: the whole file.
            tags: the names wanted, without namespace.
            name: the file's name, for the report.
        """
        self.doubts: list[str] = []
        self._content = content
        self._name = name
        self._tags = tags

    def tell(self, listener: Listener) -> None:
        """Tell of each, in the order of the file, by its name without namespace; then it is gone.

        Raises:
            BrokenFile: too large, nested too deeply, or made to harm.
        """
        content = _in_plain_bytes(self._content)
        _refuse_hostile(content, self._name)
        parser = etree.XMLPullParser(
            events=("start", "end"),
            tag=[f"{{*}}{tag}" for tag in self._tags],
            encoding="utf-8"
            if _is_utf8(content)
            else "iso-8859-1",  # whatever it declares: words matter little
            recover=True,
            resolve_entities=False,
            no_network=True,
            load_dtd=False,
            huge_tree=False,
            remove_comments=True,
            remove_pis=True,
        )
        for event, tag, element in _passing(parser, content):
            if event == "end":
                listener.end(tag, element)
            else:
                listener.begin(tag, element)
        self._judge(parser)

    def _judge(self, parser: etree.XMLPullParser) -> None:
        """Tell from the parser's log what was wrong; undeclared prefixes and the like harm nobody."""
        log = parser.feed_error_log
        fatal = {entry.type_name for entry in log.filter_from_fatals()}
        last = log.last_error
        if last is not None and last.level_name == "FATAL":
            fatal.add(last.type_name)  # the log keeps only the first hundred
        if "ERR_RESOURCE_LIMIT" in fatal:
            raise BrokenFile(
                f"{self._name} is nested so deeply that it cannot be a recording.", advice="Leave it out."
            )
        if "ERR_TAG_NOT_FINISHED" in fatal or "ERR_DOCUMENT_EMPTY" in fatal:
            self.doubts.append("it ends before its end; what was recorded up to there was read")
        elif fatal:
            self.doubts.append("it is damaged in places; what could be read was read")


def _passing(parser: etree.XMLPullParser, content: bytes) -> Iterator[tuple[str, str, Element]]:
    """("start" or "end", name without namespace, element), as the parser gets to them."""
    events = parser.read_events()
    local: dict[str, str] = {}
    root = None
    for begin in range(0, len(content) + 1, _CHUNK):
        _feed(parser, content[begin : begin + _CHUNK])
        if begin + _CHUNK > len(content):
            _feed(parser, None)
        for event, element in events:
            tag = element.tag
            if tag not in local:
                local[tag] = tag.rpartition("}")[2]
            root = _outermost(element) if root is None else root
            yield event, local[tag], element
        if root is not None:
            _prune(root)
        elif begin > _SILENCE:
            return  # nothing to prune by, so nothing may grow


def _outermost(element: Element) -> Element:
    around = element.getparent()
    while around is not None:
        element, around = around, around.getparent()
    return element


def within(element: Element) -> str:
    """Name of the element around this one, without namespace; empty for the outermost."""
    parent = element.getparent()
    return "" if parent is None else str(parent.tag).rpartition("}")[2]


def _feed(parser: etree.XMLPullParser, piece: bytes | None) -> None:
    """The next piece, or the end (None); what the parser cannot forgive stands in its log, too."""
    try:
        if piece is None:
            parser.close()
        else:
            parser.feed(piece)
    except etree.LxmlError:
        return


def _prune(root: etree._Element) -> None:
    """Take off everything before the element that is still open."""
    node = root
    while len(node):
        del node[:-1]
        node = node[-1]


def _in_plain_bytes(content: bytes) -> bytes:
    """The file in an encoding that writes ASCII as ASCII, from its first mark on: some begin with blanks."""
    first = content.find(b"<", 0, 4096)
    if first < 0:
        return content.lstrip(_LEADING)
    if content[first + 1 : first + 2] == b"\x00":
        text = content[first:].decode("utf-16-le", errors="replace")
    elif first and content[first - 1 : first] == b"\x00" and first % 2:
        text = content[first - 1 :].decode("utf-16-be", errors="replace")
    else:
        return content[first:] if not content[:first].strip(_LEADING) else content
    return text.encode("utf-8", errors="replace")


def _is_utf8(content: bytes) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        for begin in range(0, len(content), _CHUNK):
            decoder.decode(content[begin : begin + _CHUNK])
    except UnicodeDecodeError:
        return False
    return True


def _refuse_hostile(content: bytes, name: str) -> None:
    if len(content) > MOST_BYTES:
        raise BrokenFile(
            f"{name} is larger than {MOST_BYTES // 2**20} MB.",
            advice="No record of runs is that large; leave it out.",
        )
    if b"<!ENTITY" in content:
        raise BrokenFile(
            f"{name} defines abbreviations of its own (XML entities), which recordings never do.",
            advice="Leave it out, or export the activity once more.",
        )
    position = 0
    while len(content) - position > MOST_TOKEN:
        following = content.rfind(b"<", position + 1, position + MOST_TOKEN)
        if following < 0:
            raise BrokenFile(
                f"{name} holds a single piece of over {MOST_TOKEN // 2**20} MB, which no recording does.",
                advice="Leave it out, or export the activity once more.",
            )
        position = following
