"""Days, runs and files: seen, changed, erased, brought and taken away."""

import re
import time
from datetime import UTC, datetime, timedelta, timezone
from io import BytesIO
from zipfile import ZipFile

import pytest

from backstride.core.check_in import CheckIn
from backstride.core.records import Records
from backstride.core.run import Activity, Run
from backstride.core.scales import PainRating
from backstride.diary.schema import OWNER
from backstride.errors import NotNow
from backstride.importers.base import ImportResult
from backstride.runtime.clock import utc_now
from backstride.web.guard import MAX_BYTES

from .days import lived_today

TABLE = b"""time,pain,mood
2026-05-01 07:30,4,6
2026-05-02 07:10,11,7
2026-05-03 07:10,3,7
"""


def bring(browser, *files: tuple[str, bytes]):
    """Bring files, and look until there is something to tell."""
    several = [("files", (name, content)) for name, content in files]
    reply = browser.post("/diary/bring", files=several)
    for _ in range(300):
        if "Reading." not in reply.text:
            return reply
        time.sleep(0.1)
        reply = browser.get("/diary/brought")
    raise AssertionError("still reading")


def test_how_many_days_were_told_is_said_from_the_second_day_on(owner, site):
    """One of one needs no telling."""
    owner.post("/check-in", {"pain": "3"})
    assert "Check-ins on" not in owner.get("/diary").text
    two_days_ago = lived_today() - timedelta(days=2)
    owner.post("/check-in", {"pain": "3", "day": str(two_days_ago)})
    assert "Check-ins on 2 of these 3 days." in owner.get("/diary").text


def one_run(site, start) -> int:
    """Store a run and give its number."""
    runs = (Run(start=start, moving_s=1830.5, distance_m=5003.0, source="watch"),)
    return site.store.diary(OWNER).add(Records(runs=runs), source="watch", now=start).ids[0]


def test_files_are_read_and_what_was_left_out_is_told(owner, site):
    """Two mornings are taken, the impossible one is named with its reason; again, nothing is new."""
    told = bring(owner, ("check-ins.csv", TABLE)).text
    assert "2 new entries are in your diary." in told
    assert "check-ins.csv line 3" in told
    assert len(site.store.diary(OWNER).records().check_ins) == 2
    assert "Your diary had all of this already." in bring(owner, ("../../other.csv", TABLE)).text


def test_a_file_nobody_knows_is_refused_in_a_sentence(owner, site):
    """The page says why, and names no folder of the server."""
    told = bring(owner, ("photo.jpg", b"\xff\xd8\xff\xe0 nothing")).text
    assert "Nothing was imported." in told
    assert "photo.jpg" in told
    assert "backstride-" not in told


def test_too_much_at_once_is_refused(owner):
    """A form larger than any of ours is not read."""
    reply = owner.client.post("/check-in", content=b"x" * (MAX_BYTES + 1))
    assert reply.status_code == 413


def test_days_can_be_walked_back(owner, site, some_morning):
    """The last 28 days, then older ones; each leads to its own page."""
    one_run(site, some_morning)
    page = owner.get(f"/diary?until={some_morning.date()}")
    assert f"/diary/day/{some_morning.date()}" in page.text
    assert "31" in page.text
    assert "watch" in owner.get(f"/diary/day/{some_morning.date()}").text


def test_a_run_is_corrected_and_its_first_form_kept(owner, site, some_morning):
    """What was not touched keeps its exact value."""
    number = one_run(site, some_morning)
    start = some_morning.strftime("%Y-%m-%dT%H:%M:%S")
    form = {"start": start, "minutes": "30.5", "km": "6.5", "activity": "treadmill"}
    owner.post(f"/diary/run/{number}", form)
    (entry,) = site.store.diary(OWNER).entries()
    assert (entry.version, entry.record.moving_s, entry.record.distance_m) == (2, 1830.5, 6500)
    assert "Before" in owner.get(f"/diary/run/{number}").text


def test_a_start_with_a_zone_is_that_moment(owner, site, some_morning):
    """A program may tell it by another clock than the run's own."""
    number = one_run(site, some_morning)
    elsewhere = some_morning.astimezone(timezone(timedelta(hours=9)))
    form = {"start": elsewhere.isoformat(), "minutes": "30.5", "activity": "run"}
    owner.post(f"/diary/run/{number}", form)
    assert site.store.diary(OWNER).history(number)[-1].record.start == some_morning


def test_the_day_says_why_two_sources_are_one_run(owner, site, some_morning):
    """Both entries stand there, and a sentence with what they have in common; minutes are counted once."""
    one_run(site, some_morning)
    later = Run(start=some_morning + timedelta(minutes=1), moving_s=1800.0, source="app")
    site.store.diary(OWNER).add(Records(runs=(later,)), source="app", now=some_morning)
    text = owner.get(f"/diary/day/{some_morning.date()}").text
    assert "watch and app hold the same run, so it counts once. They begin 1 minute apart." in text
    assert text.count("/diary/run/") == 2
    assert '<b class="run">31</b>' in owner.get(f"/diary?until={some_morning.date()}").text


def test_a_day_says_all_that_was_told(owner):
    """Every answer of the check-in, whatever was tapped; a source of ours by its name."""
    ratings = {"pain": "3", "mood": "6", "sleep": "2", "leg_pain": "8"}
    counts = {"drinks": "2", "cigarettes": "0", "fatty_meals": "1"}
    yes = dict.fromkeys(("leg_symptoms", "means_to_run", "sore"), "yes")
    more = {"ran_yesterday": "no", "medicine": "more", "note": "A long drive."}
    owner.post("/check-in", {**ratings, **counts, **yes, **more})
    text = re.sub(r"\s+", " ", re.sub("<[^>]+>", " ", owner.get(f"/diary/day/{lived_today()}").text))
    assert "Pain 3. Pain in a leg 8. Sleep 2. Mood 6. A long drive." in text
    assert (
        "Did you run the day before? No Were you planning to run that day? Yes "
        "Pain, tingling or numbness down a leg? Yes Were your muscles sore that day? Yes" in text
    )
    assert "Pain medicine since the day before More" in text
    assert "The day before: Alcoholic drinks 2, Cigarettes 0, Fatty meals 1" in text
    assert "Source: your check-in" in text


@pytest.mark.parametrize(("hour", "is_after"), [(7, False), (19, True)])
def test_a_rating_after_a_run_of_the_day_is_marked(owner, site, hour, is_after):
    """The day says that a run came before it, and the trends that it is of no morning."""
    day = lived_today() - timedelta(days=3)
    at = datetime(day.year, day.month, day.day, hour, 30, tzinfo=site.home)
    told = CheckIn(moment=at, pain=PainRating(6), source="t.csv")
    run = Run(start=at.replace(hour=8), moving_s=1800, source="watch")
    site.store.diary(OWNER).add(Records((told,), (run,)), source="t", now=utc_now())
    assert ("After the run of that day." in owner.get(f"/diary/day/{day}").text) is is_after
    late = "1 of these ratings is the first of its day, but was given at noon or later."
    assert (late in owner.get("/trends").text) is is_after


def test_how_far_the_reading_is_can_be_seen(owner, site, monkeypatch):
    """While files are read the page says how many are done, and a program hears the same."""
    seen = []

    def read(paths, *, progress, **_):
        for done in range(3):
            progress(done, 2)
            seen.append((owner.get("/diary/brought").text, owner.client.get("/diary/brought.json").json()))
        return ImportResult()

    monkeypatch.setattr("backstride.services.uploads.read_paths", read)
    bring(owner, ("a.csv", TABLE), ("b.csv", TABLE))
    page, told = seen[1]
    assert '<progress max="2" value="1"' in page
    assert "1 of 2 files" in page
    assert (told["is_done"], told["files_done"], told["files"]) == (False, 1, 2)


def test_an_erased_entry_is_gone(owner, site, some_morning):
    """From the page, and from the store with all its versions."""
    number = one_run(site, some_morning)
    owner.post(f"/diary/entry/{number}/erase")
    assert site.store.diary(OWNER).entries() == ()
    assert owner.get(f"/diary/run/{number}").status_code == 404


def test_everything_taken_away_can_be_brought_back(owner, site):
    """The archive read into an empty diary gives the same records."""
    owner.post("/check-in", {"pain": "3", "mood": "6", "note": "=not a formula"})
    before = site.store.diary(OWNER).records()
    packed = owner.get("/report/diary.zip").content
    assert "README.txt" in ZipFile(BytesIO(packed)).namelist()
    owner.post("/settings/delete-everything", {"sure": "yes"})
    assert site.store.diary(OWNER).entries() == ()
    bring(owner, ("diary.zip", packed))
    assert site.store.diary(OWNER).records() == before


def test_deleting_everything_wants_a_tick(owner, site):
    """Without it nothing happens."""
    owner.post("/check-in", {"pain": "3"})
    assert owner.post("/settings/delete-everything").status_code == 400
    assert len(site.store.diary(OWNER).entries()) == 1


@pytest.mark.parametrize(
    ("are", "activity", "said"),
    [("runs", Activity.RUN, "Counted"), ("no runs", Activity.OTHER, "Not counted")],
)
def test_what_a_word_that_nobody_knows_means_is_told_by_one_tap(owner, site, are, activity, said):
    """The session of before becomes a run or none, and so does the next one; it is remembered."""
    table = "start,moving_min,activity\n2026-05-01 18:10,30,Quidditch\n2026-05-02 18:10,30,run\n"
    page = bring(owner, ("runs.csv", table.encode())).text
    assert "Which of these are runs?" in page
    page = owner.post("/diary/brought/runs", {"word": "Quidditch", "are": are}).text
    assert f"{said} as runs from now on: Quidditch." in page
    bring(owner, ("more.csv", table.replace("2026-05", "2026-06").encode()))
    kinds = [(run.activity, run.kind_source) for run in site.store.diary(OWNER).records().runs]
    assert kinds == [(activity, "stated"), (Activity.RUN, "stated")] * 2


def test_a_corrected_table_says_how_much_it_corrected(owner):
    """The same file, brought again."""
    table = "start,moving_min\n2026-05-01 18:10,30\n2026-05-02 18:10,30\n"
    bring(owner, ("runs.csv", table.encode()))
    page = bring(owner, ("runs.csv", table.replace("02 18:10,30", "02 18:10,35").encode())).text
    assert "No new entry." in page
    assert "1 entry was changed to what your file says now." in page
    assert "2 were already in your diary and were not added again." in page


def test_an_import_is_undone_and_nothing_else(owner, site):
    """Its new entries are deleted, once; what was there before stays, and the files can be imported again."""
    owner.post("/check-in", {"pain": "3"})
    assert "Undo this import" in bring(owner, ("check-ins.csv", TABLE)).text
    assert "2 entries were deleted again." in owner.post("/diary/brought/remove").text
    assert [one.pain.value for one in site.store.diary(OWNER).records().check_ins] == [3]
    assert "2 entries were deleted again." in owner.post("/diary/brought/remove").text
    assert "2 new entries are in your diary." in bring(owner, ("check-ins.csv", TABLE)).text


def test_undoing_an_import_puts_back_what_it_changed(owner, site):
    """An import that only corrects can be undone, and the table of before or after is read for what it is."""
    first = b"time,pain\n2026-05-01 07:00,4\n2026-05-02 07:00,3\n"
    second = first.replace(b"07:00,4", b"07:00,9")
    bring(owner, ("pain.csv", first))
    assert "Undo the changes" in bring(owner, ("pain.csv", second)).text
    assert "1 entry shows something else than your file" in bring(owner, ("pain.csv", first)).text
    bring(owner, ("pain.csv", second.replace(b",3", b",2")))
    assert "1 entry shows again what it said before." in owner.post("/diary/brought/remove").text
    assert [one.pain.value for one in site.store.diary(OWNER).records().check_ins] == [9, 3]
    assert "1 entry was changed" in bring(owner, ("pain.csv", second.replace(b",3", b",2"))).text


def test_a_month_is_a_calendar_that_leads_to_each_of_its_days(owner, site):
    """Each day that is over or begun is a link, with its pain; months before can be reached."""
    today = lived_today()
    owner.post("/check-in", {"pain": "7"})
    shown = owner.get("/diary").text
    month = shown[shown.index('<table class="month">') : shown.index("</table>")]
    assert re.findall(r'href="/diary/day/[0-9]{4}-[0-9]{2}-([0-9]{2})"', month) == [
        f"{day:02}" for day in range(1, today.day + 1)
    ]
    assert month.count('<b class="pain">7</b>') == 1
    before = today.replace(day=1) - timedelta(days=1)
    assert f'href="/diary?until={before}"' in shown
    earlier = owner.get(f"/diary?until={before}").text
    assert f'href="/diary/day/{before}"' in earlier
    assert f'href="/diary?until={today}"' in earlier


def test_notes_are_shown_and_found(owner, site):
    """In the list, and by words in any case and order; what holds one of them alone is not found."""
    owner.post("/check-in", {"pain": "3", "note": "A long drive, then Yoga."})
    day = str(lived_today() - timedelta(days=3))
    owner.post("/check-in", {"pain": "4", "note": "Long walk <b>", "day": day})
    assert "A long drive, then Yoga." in owner.get("/diary").text
    found = owner.post("/diary/notes", {"notes": "yoga LONG"}).text
    part = found[found.index('id="found"') : found.index("</section>", found.index('id="found"'))]
    assert ("then Yoga" in part, "Long walk" in part) == (True, False)
    every = owner.post("/diary/notes").text
    assert "Long walk &lt;b&gt;" in every
    assert "No note contains these words." in owner.post("/diary/notes", {"notes": "swim"}).text


def test_a_diary_is_packed_once_at_a_time(owner, site):
    """Ten years take seconds of a thread: who asks again meanwhile is told to wait; so is a fourth person."""
    owner.post("/check-in", {"pain": "3"})
    with site.exports.running(OWNER):
        assert owner.get("/report/diary.zip").status_code == 429
        with site.exports.running(2), site.exports.running(3), pytest.raises(NotNow), site.exports.running(4):
            pass
    assert owner.get("/report/diary.zip").status_code == 200


def test_an_export_holds_what_entries_said_before(owner):
    """A note that was changed stands in the table of former versions, and nothing that is shown now does."""
    owner.post("/check-in", {"pain": "3", "note": "first word"})
    form = owner.get(f"/check-in/{lived_today()}").text
    began_from = re.search(r'name="began_from" value="([^"]+)"', form)[1]
    owner.post("/check-in", {"pain": "3", "note": "second word", "began_from": began_from})
    with ZipFile(BytesIO(owner.get("/report/diary.zip").content)) as packed:
        former = packed.read("former-versions.csv").decode()
    assert ("first word" in former, "second word" in former, len(former.splitlines())) == (True, False, 2)


def test_the_list_can_be_narrowed(owner):
    """To days with a run, a walk or a note, and to days without a check-in; what does not fit is left out."""
    today = lived_today()
    noted, ran, empty = (today - timedelta(days=back) for back in (3, 2, 1))
    owner.post("/check-in", {"pain": "3", "day": str(noted), "note": "A long drive."})
    owner.post(f"/diary/add-run/{ran}", {"activity": "run", "minutes": "30", "at": "09:00"})
    owner.post("/check-in", {"pain": "4", "day": str(today)})

    def days(only: str) -> set[str]:
        listed = owner.get(f"/diary?only={only}").text.partition('<ul class="days">')[2].partition("</ul>")[0]
        return set(re.findall(r"/diary/day/([\d-]+)", listed))

    assert days("notes") == {str(noted)}
    assert days("runs") == {str(ran)}
    assert days("missing") == {str(ran), str(empty)}
    assert days("walks") == set()
    assert "No such day" in owner.get("/diary?only=walks").text
    assert owner.get("/diary?only=other").status_code in (400, 422)


def test_a_no_and_a_run_of_the_same_day_are_named(owner, site):
    """The day with the run says what the next morning said, and which of them counts."""
    day = lived_today() - timedelta(days=3)
    at_six = datetime(day.year, day.month, day.day, 18, tzinfo=UTC)
    one_run(site, at_six)
    assert "you said that you did not run" not in owner.get(f"/diary/day/{day}").text
    owner.post("/check-in", {"pain": "3", "day": str(day + timedelta(days=1)), "ran_yesterday": "no"})
    assert "you said that you did not run. The run above counts." in owner.get(f"/diary/day/{day}").text


def test_deleting_everything_says_so_once(owner):
    """On the page that follows; an address with the word in it says nothing of a diary that holds something."""
    owner.post("/check-in", {"pain": "3"})
    shown = owner.post("/settings/delete-everything", {"sure": "yes"}).text
    assert "All of it is deleted. Your diary is empty." in shown
    owner.post("/check-in", {"pain": "3"})
    assert "All of it is deleted" not in owner.get("/?deleted=yes").text


def test_sessions_of_files_are_counted_by_what_they_are(owner):
    """A ride is neither a run nor a walk, and days that a file covers are no words about a plan."""
    table = "start,sport,minutes\n" + "".join(
        f"2026-05-0{n} 18:00,{sport},30\n"
        for n, sport in enumerate(("run", "run", "walk", "cycling"), start=1)
    )
    told = bring(owner, ("runs.csv", table.encode())).text
    assert "2 runs, 1 walk, 1 session of another kind." in told
    assert "other entr" not in told
