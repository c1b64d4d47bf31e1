"""XML, one element after the other, from files that may be damaged or hostile; memory stays flat."""

import codecs
import re
from collections.abc import Collection, Sequence
from functools import lru_cache
from itertools import islice
from typing import Final, Protocol

from lxml import etree

from backstride.errors import BrokenFile
from backstride.importers.packing import MAX_BYTES

MAX_TOKEN: Final = 2**20
"""Longest tag or text, bytes: a recorded point has some hundred."""

_CHUNK = 2**16
_SILENCE = 2**22  # bytes without a single wanted element: no recording begins so
_PREFIXES_WITHIN = 2**15
_MAX_PREFIXES = 20
_MAX_NAMES = 1000
_MAX_DOCUMENTS = 1000
_PREFIXED = re.compile(rb"<([A-Za-z_][\w.-]{0,30}+):[A-Za-z_]")
_DECLARED = re.compile(rb"xmlns:([A-Za-z_][\w.-]{0,30}+)\s*=")
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
        """Return an attribute; None where it is missing."""
        ...

    def items(self) -> Sequence[tuple[str, str]]:
        """Return all attributes."""
        ...

    def getparent(self) -> "Element | None":
        """Return the parent element."""
        ...


class ElementHandler(Protocol):
    """What is reported of the elements as they pass."""

    def end(self, tag: str, element: Element) -> None:
        """Handle the end of an element, whose attributes and text are then known."""
        ...


def iterate_elements(
    handler: ElementHandler, content: bytes, *, tags: Collection[str], name: str
) -> tuple[str, ...]:
    """Report each element of some names, in the order of the file; and what was wrong with the file.

    Args:
        handler: is told; an element that has passed is gone.
        content: the whole file.
        tags: the names wanted, without namespace.
        name: the file's name, for the report.

    Raises:
        BrokenFile: too large, nested too deeply, or made to harm.
    """
    content = _in_plain_bytes(content)
    _refuse_hostile(content, name)
    doubts = [_iterate(handler, document, tags, name) for document in _documents(content)]
    return tuple(dict.fromkeys(doubt for each in doubts for doubt in each))


def _documents(content: bytes) -> list[bytes]:
    """Split a file into its XML documents: some programs append the next day to the same file."""
    tag = root_of(content[:_PREFIXES_WITHIN]).encode()
    # a search for bytes costs little; one for a pattern took a fifth of the reading of a GPX file
    if not tag or content.count(b"</%b>" % tag) < 2:
        return [content]
    ends = re.compile(rb"</%b>\s*(?=<\?xml|<%b[\s>])" % (re.escape(tag), re.escape(tag)))
    begins = [0, *(found.end() for found in islice(ends.finditer(content), _MAX_DOCUMENTS - 1))]
    return [content[begin:end] for begin, end in zip(begins, [*begins[1:], len(content)], strict=True)]


def _iterate(handler: ElementHandler, content: bytes, tags: Collection[str], name: str) -> tuple[str, ...]:
    parser = etree.XMLPullParser(
        events=("end",),
        tag=[*(f"{{*}}{tag}" for tag in tags), *_with_undeclared_prefixes(content, tags)],
        encoding="utf-8" if _is_utf8(content) else "iso-8859-1",  # both write what counts alike
        recover=True,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    _pass_by(parser, content, handler)
    return _doubts(parser, name)


def _pass_by(parser: etree.XMLPullParser, content: bytes, listener: ElementHandler) -> None:
    events, end = parser.read_events(), listener.end
    names: dict[str, str] = {}  # few, and asked for at every point
    root = None
    for begin in range(0, len(content) + 1, _CHUNK):
        _feed(parser, content[begin : begin + _CHUNK])
        if begin + _CHUNK > len(content):
            _feed(parser, None)
        for _, element in events:
            root = _outermost(element) if root is None else root
            tag = element.tag
            if (name := names.get(tag)) is None:
                name = names[tag] = _bare(tag)
            end(name, element)
        if len(names) > _MAX_NAMES:
            names.clear()
        if root is not None:
            _prune(root)
        elif begin > _SILENCE:
            return  # nothing to prune by, so nothing may grow


def _doubts(parser: etree.XMLPullParser, name: str) -> tuple[str, ...]:
    """Describe what was wrong by the parser's log, ignoring harmless errors such as undeclared prefixes."""
    log = parser.feed_error_log
    if log.last_error is None:
        return ()
    fatal = {entry.type_name for entry in log.filter_from_fatals()}
    if log.last_error.level_name == "FATAL":
        fatal.add(log.last_error.type_name)  # the log keeps only the first hundred
    too_deep = any("Excessive depth" in entry.message for entry in log)  # older libraries have no type for it
    if too_deep or "ERR_RESOURCE_LIMIT" in fatal:
        raise BrokenFile(f"{name} is nested so deeply that it cannot be a recording.", advice="Leave it out.")
    if "ERR_TAG_NOT_FINISHED" in fatal or "ERR_DOCUMENT_EMPTY" in fatal:
        return ("it ends before its end, and what was recorded up to there was read; copy it once more",)
    return ("it is damaged in places, and what could be read was read; copy it once more",) if fatal else ()


def _outermost(element: Element) -> Element:
    around = element.getparent()
    while around is not None:
        element, around = around, around.getparent()
    return element


def within(element: Element) -> str:
    """Name of the element around this one, without namespace; empty for the outermost."""
    parent = element.getparent()
    return "" if parent is None else _bare(parent.tag)


@lru_cache(maxsize=256)
def _bare(tag: str) -> str:
    """Return a tag name without its namespace or undeclared prefix."""
    bare = tag.rpartition("}")[2]
    return bare.rpartition(":")[2] if ":" in bare else bare


def _with_undeclared_prefixes(content: bytes, tags: Collection[str]) -> list[str]:
    """Return the wanted tags with prefixes that the file uses but never declares: `gx:coord`, `ns3:hr`."""
    head = content[:_PREFIXES_WITHIN]
    used = set(_PREFIXED.findall(head)) - set(_DECLARED.findall(head))
    names = sorted(prefix.decode("ascii", errors="ignore") for prefix in used)[:_MAX_PREFIXES]
    return [f"{prefix}:{tag}" for prefix in names for tag in tags]


def _feed(parser: etree.XMLPullParser, piece: bytes | None) -> None:
    """Feed the next piece to the parser, or the end (None); fatal errors stay in its log."""
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
    """Re-encode the file so that ASCII is ASCII, from its first tag on: some begin with blanks."""
    first = content.find(b"<", 0, 4096)
    if first < 0:
        return content.lstrip(_LEADING)
    if first % 2 and content[first - 1] == 0:
        text = content[first - 1 :].decode("utf-16-be", errors="replace")
    elif content[first + 1 : first + 2] == b"\x00":
        text = content[first:].decode("utf-16-le", errors="replace")
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
    if len(content) > MAX_BYTES:
        raise BrokenFile(
            f"{name} is larger than {MAX_BYTES // 2**20} MB.",
            advice="No record of runs is that large; leave it out.",
        )
    if b"<!ENTITY" in content:
        raise BrokenFile(
            f"{name} makes up short names of its own (XML entities), as no run does.",
            advice="Leave it out, or export the activity once more.",
        )
    position = 0
    while len(content) - position > MAX_TOKEN:
        following = content.rfind(b"<", position + 1, position + MAX_TOKEN)
        if following < 0:
            raise BrokenFile(
                f"{name} holds a single piece of over {MAX_TOKEN // 2**20} MB, which no recording does.",
                advice="Leave it out, or export the activity once more.",
            )
        position = following
