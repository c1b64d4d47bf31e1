"""`backstride screen` and `backstride evidence`, as a person types them."""

import json
from datetime import date, timedelta

from backstride.core.clearance import Reply
from backstride.screening.before import FIRST
from backstride.screening.items import ITEMS
from backstride.screening.occasions import QUESTIONS, Occasion
from backstride.screening.soon import SOON
from backstride.services.screen import SafetyAnswers, today
from backstride.services.screening_service import store_answers


def test_all_no_is_told_without_a_promise(backstride):
    """n to each question ends with nothing held back."""
    said = backstride("screen", answers="n\n" * len(ITEMS))
    assert said.code == 0
    assert "Nothing that you said holds you back." in said.out
    assert "no promise" in said.out


def test_enter_leaves_a_question_open(backstride):
    """Only Enter: not done yet, and the programme pauses."""
    said = backstride("screen", answers="\n" * len(ITEMS))
    assert f"No sessions for now. First answer {len(ITEMS)} safety questions." in said.out


def test_an_emergency_ends_the_asking(backstride):
    """After the first yes of the first group no more is asked."""
    said = backstride("screen", answers="y\ny\n")
    assert said.code == 0
    assert "Get help at once." in said.out
    assert "see a clinician in the next few days" not in said.out


def test_three_answers_are_enough_without_a_sign(backstride):
    """Each list as a whole, three times no: nothing is held, and nothing is open."""
    said = backstride("screen", answers="n\n" * 3)
    assert "Nothing that you said holds you back." in said.out
    assert "Open:" not in said.out


def test_a_slip_of_the_finger_is_asked_again(backstride):
    """What is neither y nor n nor Enter is asked again."""
    said = backstride("screen", answers="perhaps\n" + "n\n" * len(ITEMS))
    assert "Type y, n, or Enter." in said.out
    assert "Nothing that you said holds you back." in said.out


def test_a_week_takes_three_answers(backstride):
    """Three times n is enough."""
    said = backstride("screen", "--occasion", "weekly", answers="n\n" * 3)
    assert "Nothing that you said holds you back." in said.out


def test_a_weekly_yes_asks_what_is_behind(backstride):
    """After a yes to the second tap its questions come one by one, and they decide."""
    typed = "n\ny\n" + "n\n" * (len(SOON) - 1) + "y\n" + "n\n"
    said = backstride("screen", "--occasion", "weekly", answers=typed)
    assert "Stop running. See a clinician in the next few days." in said.out
    assert f"{SOON[-1].question} Yes." in " ".join(said.out.split())


def test_answers_come_from_a_file_and_a_note_goes_out(backstride, tmp_path):
    """With --answers nothing is asked; --note writes what was said."""
    told = dict.fromkeys((item.key for item in ITEMS), "no") | {"spinal_surgery": "yes"}
    (tmp_path / "mine.json").write_text(json.dumps(told))
    said = backstride("screen", "--answers", tmp_path / "mine.json", "--note", tmp_path / "note.txt")
    assert "Talk to your provider before you run." in said.out
    assert "surgery on your spine" in (tmp_path / "note.txt").read_text()
    assert (tmp_path / "note.txt").stat().st_mode & 0o077 == 0


def test_an_agreement_lifts_what_was_talked_over(backstride):
    """--agreed turns 'provider first' into 'with care', and never an emergency."""
    words = ("screen", "--no-others", "--yes")
    assert "with care" in backstride(*words, "spinal_surgery", "--agreed", "spinal_surgery").out
    assert "Get help" in backstride(*words, "unsteady", "--agreed", "unsteady").out


def test_yes_alone_leaves_the_others_open(backstride):
    """Without --no-others what was not said stays open."""
    said = backstride("screen", "--yes", "si_joint")
    assert f"{len(ITEMS) - 1} safety questions" in said.out


def test_the_list_names_every_key(backstride):
    """--list asks nothing and shows each question under its key."""
    said = backstride("screen", "--list")
    assert [item.key for item in FIRST if f"{item.key}\n" not in said.out] == []


def test_a_wrong_key_is_told(backstride):
    """An unknown key ends with 2 and names the way to the list."""
    said = backstride("screen", "--yes", "spleen")
    assert (said.code, "screen --list" in said.err) == (2, True)


def test_two_ways_at_once_are_refused(backstride, tmp_path):
    """--answers and --yes do not go together."""
    assert backstride("screen", "--answers", tmp_path / "x", "--yes", "unsteady").code == 2


def test_nothing_is_kept(backstride, tmp_path, monkeypatch):
    """Asking makes no file and no diary."""
    monkeypatch.setenv("BACKSTRIDE_DATA", str(tmp_path / "data"))
    backstride("screen", answers="n\n" * len(ITEMS))
    assert not (tmp_path / "data").exists()


def test_the_evidence_is_told_for_one_way(backstride):
    """A pathway's name shows its papers; another name ends with 2."""
    assert "10.1136/bmj-2023-075847" in backstride("evidence", "mood").out
    assert backstride("evidence", "spleen").code == 2


def test_the_evidence_tells_this_persons_weight(backstride):
    """--kg and --minutes belong together and give kilograms after 12 weeks."""
    assert "kg in 12 weeks" in backstride("evidence", "weight", "--kg", "75", "--minutes", "90").out
    assert backstride("evidence", "--kg", "75").code == 2


def test_replies_are_three():
    """Yes, no, and not answered: there is no fourth."""
    assert [reply.value for reply in Reply] == ["yes", "no", "not answered"]


def test_with_the_diary_the_right_questions_come(backstride):
    """First all of them, then three taps; a yes of the start counts on."""
    one_by_one = "n\n" * (len(FIRST) - 1) + "y\n"
    first = backstride("screen", "--diary", answers="n\n" * 2 + "y\n" + one_by_one)
    assert "You choose. Keep this in mind." in first.out
    then = backstride("screen", "--diary", answers="n\n" * 3)
    assert f"{ITEMS[-1].question} Yes." in " ".join(then.out.split())
    assert "Kept in the diary" in then.out


def test_one_answer_that_is_corrected_reopens_no_others(backstride, tmp_path):
    """A list of all answers, a sign in a leg, and that one answer again: what was answered stays answered."""
    mine = tmp_path / "mine.json"
    mine.write_text(json.dumps({item.key: "no" for item in ITEMS}))
    assert backstride("screen", "--diary", "--answers", mine).code == 0
    for said in ({"si_joint": "yes"}, {"si_joint": "no"}):
        mine.write_text(json.dumps(said))
        assert "still open" not in backstride("screen", "--diary", "--answers", mine).out
    mine.write_text(json.dumps({"leg_spreading": "yes"}))
    backstride("screen", "--diary", "--occasion", "leg", "--answers", mine)
    mine.write_text(json.dumps({"leg_spreading": "no"}))
    told = backstride("screen", "--diary", "--answers", mine).out
    legs = [item for item in QUESTIONS[Occasion.LEG] if item.key != "leg_spreading"]
    assert f"{len(legs) + 1} safety questions" in told  # and whether the sign was seen


def test_a_week_s_answers_count_while_another_question_is_due(backstride, tmp_path):
    """A sign that was taken back is asked about each day; three answers in a file are the week's all the same."""
    ask = QUESTIONS[Occasion.WEEKLY]
    for days, replies in ((8, {"night_pain": Reply.YES}), (7, {})):
        every = dict.fromkeys((item.key for item in ITEMS), Reply.NO) | replies
        store_answers(SafetyAnswers(every), occasion=Occasion.START, today=today() - timedelta(days=days))
    mine = tmp_path / "mine.json"
    mine.write_text(json.dumps(dict.fromkeys((item.key for item in ask), "no")))
    told = backstride("screen", "--diary", "--answers", mine).out
    assert "1 safety question" in told
    mine.write_text(json.dumps({"not_seen_soon": "no"}))
    assert "Nothing that you said holds you back" in backstride("screen", "--diary", "--answers", mine).out


def test_erasing_the_diary_erases_the_answers(backstride, tmp_path, monkeypatch):
    """After `erase` nothing of the safety answers is left, in no byte of the file."""
    monkeypatch.setenv("BACKSTRIDE_DIARY", str(tmp_path / "diary.sqlite"))
    (tmp_path / "check-ins.csv").write_text("time,pain\n2026-05-01 07:30,4\n")
    assert backstride("import", tmp_path / "check-ins.csv").code == 0
    backstride("screen", "--diary", answers="n\n" * len(ITEMS))
    assert b"saddle_numbness" in b"".join(
        path.read_bytes() for path in tmp_path.glob("diary.sqlite*") if path.is_file()
    )
    assert backstride("erase", "--yes").code == 0
    assert b"saddle_numbness" not in b"".join(
        path.read_bytes() for path in tmp_path.glob("diary.sqlite*") if path.is_file()
    )


def test_safety_answers_can_be_erased_alone(backstride, tmp_path, monkeypatch):
    """A diary that holds nothing but safety answers can be erased, by their day, too; then there is nothing left."""
    monkeypatch.setenv("BACKSTRIDE_DIARY", str(tmp_path / "diary.sqlite"))
    store_answers(SafetyAnswers({"unsteady": Reply.NO}), occasion=Occasion.START, today=date(2026, 5, 1))
    store_answers(SafetyAnswers({"pregnant": Reply.NO}), occasion=Occasion.START, today=date(2026, 5, 2))
    assert "Erased: 1." in backstride("erase", "--day", "2026-05-01", "--yes").out
    held = b"".join(path.read_bytes() for path in tmp_path.glob("diary.sqlite*") if path.is_file())
    assert (b"unsteady" in held, b"pregnant" in held) == (False, True)
    assert "Erased: 1." in backstride("erase", "--yes").out
    assert backstride("erase", "--yes").code == 2
