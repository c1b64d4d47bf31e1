"""Taking back: a slip of the thumb costs nothing, and no former version is out of reach."""

import re
from datetime import timedelta

from backstride.diary.schema import OWNER
from backstride.report.amounts import day_month
from backstride.services.undo import SECONDS_HELD, SECONDS_OFFERED, UndoLog

from .conftest import PAGE
from .days import lived_today


def entries(site):
    """What the owner's diary shows."""
    return site.store.diary(OWNER).entries()


def undo_path(shown: str) -> str:
    """Where the bar on a page sends its form."""
    return re.search(r'action="(/undo/\d+)"', shown)[1]


def test_a_deleted_check_in_comes_back_whole(owner, site):
    """With its former versions and in its place: the next save of the day is again a version of it."""
    owner.post("/check-in", {"pain": "3", "note": "before"})
    owner.post("/check-in", {"pain": "6"})
    (before,) = entries(site)
    shown = owner.post(f"/diary/entry/{before.id}/erase").text
    assert entries(site) == ()
    assert "Deleted." in shown
    owner.post(undo_path(shown))
    (after,) = entries(site)
    assert (after.record, after.version) == (before.record, 2)
    assert site.store.diary(OWNER).history(after.id)[0].record.note == "before"
    owner.post("/check-in", {"pain": "1"})
    assert [entry.version for entry in entries(site)] == [3]


def test_a_deleted_run_comes_back(owner, site):
    """As it was, on its day, also from the page of the day after the bar is gone."""
    day = lived_today() - timedelta(days=1)
    owner.post(f"/diary/add-run/{day}", {"minutes": "30", "at": "18:30", "activity": "run"})
    (before,) = entries(site)
    owner.post(f"/diary/entry/{before.id}/erase")
    site.undo._clock = lambda kept=site.undo._clock: kept() + SECONDS_OFFERED
    assert "data-undo" not in owner.get("/diary").text
    shown = owner.get(f"/diary/day/{day}").text
    assert "Deleted a moment ago." in shown
    owner.post(undo_path(shown))
    assert [entry.record for entry in entries(site)] == [before.record]


def test_what_was_added_to_a_day_can_be_taken_back(owner, site):
    """A run, a session that was done, a past morning: each is said to be saved, and Undo can be undone."""
    day = lived_today() - timedelta(days=2)
    for path, form in (
        (f"/diary/add-run/{day}", {"minutes": "30", "at": "18:30", "activity": "run"}),
        ("/check-in", {"pain": "4", "day": str(day)}),
    ):
        shown = owner.post(path, form).text
        assert "Saved." in shown
        (before,) = entries(site)
        shown = owner.post(undo_path(shown)).text
        assert (entries(site), "Undone." in shown) == ((), True)
        owner.post(undo_path(shown))
        assert [entry.record for entry in entries(site)] == [before.record]
        owner.post(f"/diary/entry/{entries(site)[0].id}/erase")


def test_an_edit_is_taken_back_as_one_more_version(owner, site):
    """What was said before is shown again, and nothing of the history is lost."""
    owner.post("/check-in", {"pain": "3"})
    shown = owner.post("/check-in", {"pain": "6"}).text
    owner.post(undo_path(shown))
    (entry,) = entries(site)
    assert (entry.record.pain.pain_0_10, entry.version) == (3, 3)


def test_a_former_version_can_be_put_back_at_any_time(owner, site):
    """The day leads to the versions; each but the one that is shown has a button."""
    owner.post("/check-in", {"pain": "3", "drinks": "2"})
    owner.post("/check-in", {"pain": "6"})
    (entry,) = entries(site)
    assert f'href="/diary/entry/{entry.id}"' in owner.get(f"/diary/day/{entry.record.local_day}").text
    shown = owner.get(f"/diary/entry/{entry.id}").text
    assert re.findall(r'name="version" value="(\d)"', shown) == ["1"]
    owner.post(f"/diary/entry/{entry.id}/version", {"version": "1"})
    (entry,) = entries(site)
    assert (entry.record.pain.pain_0_10, entry.record.drinks) == (3, 2)
    assert owner.post(f"/diary/entry/{entry.id}/version", {"version": "9"}).status_code == 404


def test_nobody_takes_back_what_is_another_persons(owner, anna, site):
    """A number that belongs to somebody else opens nothing, and neither does one that was used."""
    owner.post("/check-in", {"pain": "3"})
    (entry,) = entries(site)
    path = undo_path(owner.post(f"/diary/entry/{entry.id}/erase").text)
    assert (anna.post(path).status_code, entries(site)) == (404, ())
    assert "data-undo" not in anna.get("/diary").text
    owner.post(path)
    assert owner.post(path).status_code == 404
    assert len(entries(site)) == 1


def test_deleting_everything_leaves_nothing_to_take_back(owner, site):
    """What was held for a while is dropped, too."""
    owner.post("/check-in", {"pain": "3"})
    (entry,) = entries(site)
    path = undo_path(owner.post(f"/diary/entry/{entry.id}/erase").text)
    owner.post("/settings/delete-everything", {"sure": "yes"})
    assert (owner.post(path).status_code, entries(site)) == (404, ())


def test_after_ten_minutes_it_is_gone():
    """The log holds nothing longer than it says, nor more than it says."""
    now = 0.0
    log = UndoLog(clock=lambda: now)
    for _ in range(30):
        log.changed(OWNER, 1, day=lived_today(), former=1)
    assert len(log._entries[OWNER]) == 20
    now = SECONDS_HELD + 1
    assert (log.offered(OWNER), log._entries[OWNER]) == (None, [])


def test_the_bar_leaves_after_ten_seconds(visit, address, owner, site):
    """A script takes it away; without one it stays until another page is opened."""
    page = visit(service_workers="block")
    page.add_init_script("window.setTimeout = (work, ms) => { window.later = [work, ms]; };")
    site.undo._clock = lambda: 0.0  # a busy machine may take half a minute to open the page
    for pain in ("2", "5"):
        owner.post("/check-in", {"pain": pain}, follow_redirects=False)
    page.goto(address)
    assert page.locator("[data-undo]").count() == 1
    assert page.evaluate("window.later[1]") == 10_000
    page.evaluate("window.later[0]()")
    assert page.locator("[data-undo]").count() == 0


def test_the_bar_names_its_day_and_is_there_once(owner):
    """It stands on the first page after the change and on no other, so that it never undoes what was before."""
    owner.post("/check-in", {"pain": "3"})
    page = owner.post("/check-in", {"pain": "4"}).text
    assert "data-undo" in page
    assert day_month(lived_today()) in page.partition("data-undo")[2].partition("</form>")[0]
    assert "data-undo" not in owner.get("/settings").text
    assert "data-undo" not in owner.get("/").text


def test_undo_leads_back_to_where_it_was_offered(owner):
    """A changed check-in: from Today back to Today, from elsewhere to its day; both say that it is undone."""
    for seen_on, leads_to in (("/", "/"), ("/diary", f"/diary/day/{lived_today()}")):
        for pain in ("3", "5"):
            form = {"pain": pain, "mark": owner.mark}
            owner.client.post("/check-in", data=form, headers=PAGE, follow_redirects=False)
        shown = owner.get(seen_on).text
        reply = owner.post(undo_path(shown), {"back": "/"} if 'name="back" value="/"' in shown else {})
        assert (reply.url.path, "Undone." in reply.text) == (leads_to, True)
