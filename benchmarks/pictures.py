"""A picture of every page of the app, on a phone and on a wide screen, light and dark, to be looked at.

    python benchmarks/pictures.py --out .cache/pictures --language de
    python benchmarks/pictures.py --readme docs/pictures

The app is started with an empty diary; the example person is shown, and the answer waited for.
It says of each page whether anything lies outside its width. `--readme` takes the four pictures of README.md and
those of the manifest alone.
"""

import argparse
import re
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from urllib.request import urlopen

from playwright.sync_api import Browser, Page, StorageState, sync_playwright
from playwright.sync_api import TimeoutError as NotInTime

from backstride.core.check_in import CheckIn
from backstride.core.plan_step import PlanStep, Step
from backstride.core.scales import PainRating
from backstride.diary.consents import Scope
from backstride.diary.people import add_person, person_of
from backstride.diary.schema import OWNER
from backstride.runtime.clock import utc_now
from backstride.services.app_context import create_context
from backstride.services.reading import accept, invite, patients
from backstride.testing.people import make_person

SEED_OF_REPORT = 8
PAGES = (
    "/",
    "/plan",
    "/answer",
    "/diary",
    "/report",
    "/report/clinician",
    "/safety",
    "/safety/questions",
    "/safety/result",
    "/safety/note",
    "/settings",
    "/settings/calendar",
    "/settings/readers",
    "/settings/shares",
    "/settings/study",
    "/reading",
    "/reading/1",
    "/settings/tokens",
    "/shared",
    "/tests",
    "/tests/side_plank",
    "/timer",
    "/offline",
    "/nowhere",
    "/trends",
    "/help",
    "/help/runs",
    "/help/programme",
    "/help/evidence",
    "/settings/reminders",
    "/certificate",
    "/welcome",
    "/welcome/goal",
)
OF_README = {"check-in": "/check-in/{today}", "trends": "/trends", "answer": "/answer"}
"""The pictures that README.md shows, by the names of their files."""
PEOPLE_READ = (("A. Alba", 0), ("B. Bruno", 2), ("C. Carla", 30))
"""Made-up people who let the owner read: their names, and for how many days they have not checked in."""
OF_MANIFEST = {
    "screenshot-check-in": ("/check-in/{today}", 390, 844),
    "screenshot-wide": ("/trends", 1280, 800),
}
"""The pictures of the manifest: their files, and of what page and how large they are."""
STATIC = Path(__file__).parent.parent / "src/backstride/web/static"
OPENS = re.compile(r"http://localhost:\d+/begin\?key=\S+")
WIDTHS, LOOKS = (390, 1280), ("light", "dark")
CHROMIUM = "/usr/bin/chromium"
PORT = 8731
ANSWER_SECONDS = 600


def opening_address(server: "subprocess.Popen[str]") -> str:
    """Return the address that lets the owner in once, as the server prints it when it starts."""
    assert server.stdout is not None
    for line in server.stdout:
        if found := OPENS.search(line):
            return found[0]
    sys.exit("The server ended before it printed an address.")


def fill_list(diary: Path) -> None:
    """Let simulated people be read by the owner, and the owner by one of them, before the server starts."""
    now = utc_now()
    site = create_context(str(diary), open_to_owner=True)
    owner = person_of(site.store, OWNER)
    scope = Scope(notes=False, safety=True)
    for seed, (name, silent_days) in enumerate(PEOPLE_READ):
        person = add_person(site.store, name, passphrase="x")
        ends = now - timedelta(days=silent_days)
        made = make_person(seed=seed, first_day=(ends - timedelta(days=60)).date(), days=60).records
        begun = PlanStep(day=(ends - timedelta(days=40)).date(), step=Step.START, source="plan")
        leg = CheckIn(moment=ends, pain=PainRating(5), leg_symptoms=True, source="check-in")
        own = (*made.check_ins, leg) if seed == 1 else made.check_ins
        site.store.diary(person.id).add(
            replace(made, check_ins=own, plan=(begun,)), source="made up", now=now
        )
        given = {"shown_name": "", "scope": scope, "days": 90, "now": now}
        accept(site, owner, invite(site, person, reader="a clinic", **given), now=now)
    accept(site, person, invite(site, owner, reader="My physiotherapist", **given), now=now)
    patients(site, person, now=now)
    invite(site, owner, reader="A second one", **given)
    site.close()


def wait_for(address: str, seconds: float = 60.0) -> None:
    """Until the server answers."""
    until = time.monotonic() + seconds
    while time.monotonic() < until:
        try:
            with urlopen(address + "/safety", timeout=5):
                return
        except OSError:
            time.sleep(0.3)
    sys.exit(f"{address} did not open within {seconds:.0f} seconds.")


def show_example(page: Page, address: str) -> bool:
    """Fill in the example person and wait for the answer; whether it came."""
    page.goto(address + "/")
    with page.expect_navigation(timeout=120_000):  # a busy machine has not sent it yet when the click is over
        page.locator("form[action='/example/show'] button").first.click()
    page.goto(address + "/answer")
    with suppress(NotInTime):
        # the page loads itself anew until then; of its charts some are for other widths or folded away
        page.wait_for_selector("main svg:visible", timeout=1000 * ANSWER_SECONDS)
        return True
    print("The answer was not there in time.", file=sys.stderr)
    return False


def a_day(page: Page, address: str) -> str:
    """Return the address of a day with a run."""
    page.goto(address + "/diary")
    return page.locator(".days a:has(.run)").first.get_attribute("href") or "/diary"


def a_session(page: Page, address: str) -> str:
    """Return the address of the next session of the plan."""
    page.goto(address + "/plan")
    return page.locator("a[href^='/plan/session/']").first.get_attribute("href") or "/plan"


def take_for_readme(browser: Browser, address: str, out: Path, *, state: StorageState) -> None:
    """Three pages as wide as a phone, without the banner of the example."""
    out.mkdir(parents=True, exist_ok=True)
    size = {"width": 390, "height": 1180}
    page = browser.new_context(viewport=size, color_scheme="light", storage_state=state).new_page()
    for name, path in OF_README.items():
        page.goto(address + path.format(today=date.today()))  # noqa: DTZ011 - the server runs in the same zone
        page.evaluate("document.querySelectorAll('form.example').forEach(one => one.remove())")
        page.screenshot(path=out / f"{name}.png")


def take_report(browser: Browser, out: Path, *, place: Path) -> None:
    """Take the week of the page that `backstride answer --simulated` writes, with the truth in it."""
    words = ["answer", "--simulated", "--seed", str(SEED_OF_REPORT), "--out", str(place)]
    subprocess.run([sys.executable, "-m", "backstride.cli.main", *words], check=True, capture_output=True)
    page = browser.new_page(viewport={"width": 960, "height": 900}, color_scheme="light")
    page.goto(f"file://{place}/report.html")
    page.locator("section[aria-labelledby=week]").screenshot(path=out / "report.png")


def take_for_install(browser: Browser, address: str, *, state: StorageState) -> None:
    """Take the pictures of the manifest, which a browser shows to whoever installs the app."""
    for name, (path, width, height) in OF_MANIFEST.items():
        size = {"width": width, "height": height}
        page = browser.new_context(viewport=size, color_scheme="light", storage_state=state).new_page()
        page.goto(address + path.format(today=date.today()))  # noqa: DTZ011 - the server runs in the same zone
        page.evaluate("document.querySelectorAll('form.example').forEach(one => one.remove())")
        page.screenshot(path=STATIC / f"{name}.png")


def take(
    browser: Browser, address: str, out: Path, *, locale: str, paths: Sequence[str], state: StorageState
) -> None:
    """Every page in every size and look."""
    for width in WIDTHS:
        for look in LOOKS:
            size = {"width": width, "height": 900}
            context = browser.new_context(
                viewport=size, color_scheme=look, locale=locale, storage_state=state
            )
            page = context.new_page()
            for path in paths:
                page.goto(address + path)
                named = [n for n in ("day", "session") if f"/{n}/" in path]
                name = named[0] if named else path.strip("/").replace("/", "-") or "today"
                page.wait_for_load_state("load")
                page.screenshot(path=out / f"{name}-{width}-{look}.png", full_page=True)
                wide = page.evaluate("document.documentElement.scrollWidth")
                if wide > width:
                    print(f"{path} is {wide} wide at {width}.")
            page.goto(address + "/report/clinician")
            page.locator("button[value=page]").click()
            page.screenshot(path=out / f"two-pages-{width}-{look}.png", full_page=True)
            page.pdf(path=out / "two-pages.pdf", prefer_css_page_size=True)
            context.close()


def main() -> None:
    """Start the app, fill it, and take the pictures."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--out", type=Path, default=Path(".cache/pictures"))
    parser.add_argument("--language", default="en", help="as a browser asks for it, as in de")
    parser.add_argument(
        "--readme",
        type=Path,
        help="take the pictures of README.md, into this folder, and of the manifest alone",
    )
    args = parser.parse_args()
    args.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as place:
        diary = Path(place) / "diary.db"
        fill_list(diary)
        words = ["serve", "--port", str(PORT), "--diary", str(diary)]
        command = [sys.executable, "-u", "-m", "backstride.cli.main", *words, "--no-open"]
        server = subprocess.Popen(command, stdout=subprocess.PIPE, text=True)
        try:
            address = f"http://localhost:{PORT}"
            opening = opening_address(server)
            wait_for(address)
            with sync_playwright() as playwright:
                browser = playwright.chromium.launch(executable_path=CHROMIUM, args=["--no-sandbox"])
                page = browser.new_page(locale=args.language)
                page.goto(opening)
                if not show_example(page, address) and args.readme:
                    sys.exit("No picture was taken: README.md is to show an answer.")
                state = page.context.storage_state()
                if args.readme:
                    take_for_readme(browser, address, args.readme, state=state)
                    take_for_install(browser, address, state=state)
                    take_report(browser, args.readme, place=Path(place))
                    return
                paths = (*PAGES, a_day(page, address), a_session(page, address))
                take(browser, address, args.out, locale=args.language, paths=paths, state=state)
                browser.close()
        finally:
            server.terminate()
            server.wait()
    print(f"Pictures: {args.out}")


if __name__ == "__main__":
    main()
