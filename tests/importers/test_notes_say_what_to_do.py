"""A note that something was left out, assumed or damaged says what to do about it."""

import ast
import re
from pathlib import Path
from zoneinfo import ZoneInfo

import backstride.importers
from backstride.importers.folder import import_path
from backstride.importers.tables.tables import TABLES

SOURCE = Path(backstride.importers.__file__).parent
BERLIN = ZoneInfo("Europe/Berlin")
DOUBT = re.compile(
    r"left out|cut off|damaged|cannot be used|(?:is|are|was|were) read as|taken (?:for|as)|was taken\.|checksum"
    r"|not used"
)
WAY_OUT = re.compile(
    r"\b(?:type|correct|copy|write|rename|give|export|add|close|say|keep|import|save|look|leave|put|call)\b",
    re.IGNORECASE,
)
NEEDS_NONE = (
    "bytes after its end",  # nothing of a run stands there
    "more messages than any",  # only a harmful file has them
    "an element of over",
    "records; the rest was left out",
    "a day without a time",  # USUAL_MORNING, as docs/diary-format.md has it
    "times are read as those of",  # one's own zone
    "change of clocks",
    "durations", "distances are read as metres", "dates are read as",  # another sentence follows, tested below
    "soreness", "the five moods", "symptoms of the back", "each row is read as",  # how a scale is read
    "So long a gap",  # the beginning of a note that has one
    "was read as well",
    "parts of the day",
    "its times are read as UTC",
    "the other is", "It is that of", "stands in the file twice",  # a copy
)  # fmt: skip


def sentences():
    """What importers say outside errors, which have their advice beside them: (place, text)."""
    for path in sorted(SOURCE.rglob("*.py")):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        inside = {
            id(part) for node in ast.walk(tree) if isinstance(node, ast.JoinedStr) for part in node.values
        }
        advised = {
            id(part)
            for node in ast.walk(tree)
            if isinstance(node, ast.Call) and any(word.arg == "advice" for word in node.keywords)
            for part in ast.walk(node)
        }
        documented = {id(node.value) for node in ast.walk(tree) if isinstance(node, ast.Expr)}
        for node in ast.walk(tree):
            is_text = isinstance(node, ast.JoinedStr) or (
                isinstance(node, ast.Constant) and isinstance(node.value, str)
            )
            if is_text and id(node) not in inside | advised | documented:
                yield f"{path.name}:{node.lineno}", ast.unparse(node)


def test_every_note_of_a_doubt_has_a_way_out():
    """A person who reads it can act."""
    doubts = [(place, text) for place, text in sentences() if DOUBT.search(text)]
    assert len(doubts) > 30
    assert [
        one for one in doubts if not WAY_OUT.search(one[1]) and not any(n in one[1] for n in NEEDS_NONE)
    ] == []


def notes_on(text):
    """What a table is said to assume."""
    return " ".join(TABLES.read(text.encode(), name="a.csv", zone=BERLIN).notes)


def test_an_order_of_dates_that_was_inferred_says_how_to_settle_it():
    """Days above 12 tell it; a person may know better."""
    assert "write days as in 2026-05-31" in notes_on("start,moving_min\n31/05/2026 07:30,30\n")


def test_units_that_were_inferred_say_how_to_settle_them():
    """By the heading."""
    assert "write the unit into the heading" in notes_on(
        "start,type,duration,distance\n2026-05-01 07:30,run,1800,5.2\n2026-05-03 07:30,run,1900,5.4\n"
    )


def test_a_single_rating_beyond_ten_says_how_the_others_were_read():
    """And how to name another scale, should all be on one."""
    said = notes_on(
        "time,pain\n"
        + "".join(f"2026-05-{day:02d} 07:30,{pain}\n" for day, pain in ((1, 3), (2, 8), (3, 24), (4, 7)))
    )
    assert "beyond 10 were left out (24)" in said
    assert "pain (0-100)" in said


def test_runs_joined_to_one_say_what_to_do_if_they_were_two(tmp_path):
    """Two tables of one morning."""
    for name, clock in (("a.csv", "07:30"), ("b.csv", "07:31")):
        (tmp_path / name).write_text(f"start,activity,moving_min,distance_km\n2026-05-01 {clock},run,30,5\n")
    said = import_path(tmp_path, zone=BERLIN).notes
    assert sum("If two of these were two runs" in note for note in said) == 1
