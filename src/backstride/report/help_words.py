"""Help, topic by topic: what somebody asks who has a phone in their hand and no terminal."""

from dataclasses import dataclass
from typing import Final


@dataclass(frozen=True, slots=True)
class Topic:
    """One page of help.

    Attributes:
        name: in its address.
        title: the question it answers.
        paragraphs: the answer, in English.
        leads_to: the page where one goes on: its path, and the words of the link.
        more: names of the pages of the documentation that say more.
    """

    name: str
    title: str
    paragraphs: tuple[str, ...]
    leads_to: tuple[str, str]
    more: tuple[str, ...] = ()


TOPICS: Final = (
    Topic(
        "check-in",
        "How do I check in?",
        (
            "Each morning, before you run, tap how your back is and save. That is two taps. All other questions "
            "are optional.",
            "Rate your back as it is now, from 0 to 10. Do not look up what you said the day before.",
            "If you missed a day, leave it, or fill it in later. The diary marks it as filled in later.",
            "Each change is kept. From the day in the diary you can show an earlier version again.",
        ),
        ("/", "Today's check-in"),
    ),
    Topic(
        "runs",
        "How do I add my runs?",
        (
            "Without a watch: answer “Did you run yesterday?” in the check-in, or use “Add a run” in the diary. A "
            "rough time is enough.",
            "From Strava: open Settings, My Account, Download or Delete Your Account, and ask for your archive. "
            "Import the zip file as it is.",
            "From Garmin: open your account on the web, Data Management, Export Your Data. Import the zip file as "
            "it is. One activity alone can be saved as a FIT file.",
            "From Apple Health: open the app, tap your picture, then Export All Health Data. Import the zip file.",
            "From other apps: files that end in FIT, GPX, TCX or KML, and tables (CSV) with a column start and a "
            "column moving_min. The same run from two sources counts once.",
        ),
        ("/diary#bring", "Import your runs"),
        ("records",),
    ),
    Topic(
        "before-run",
        "How do I rate my pain before a run?",
        (
            "If you run in the morning: check in right before you go. That rating counts.",
            "If you run later: from noon on, Today asks how your back is right now. So does the page of a session. "
            "Tap a number before you go.",
            "It takes one tap. It shows how your back was when you chose to run, and the answer can allow for that.",
        ),
        ("/", "Today"),
        ("what-the-answer-means",),
    ),
    Topic(
        "answer",
        "What does the answer mean?",
        (
            "It compares your mornings with and without running before them, in points of your own rating.",
            "The first answer needs 10 mornings with a rating and 6 days with a run. Some weeks are better, with "
            "runs and without.",
            "“Can't tell yet” is an answer, too: going by your records, running could ease your pain or make it "
            "worse.",
            "People run less on bad mornings. So running can look good even if it does nothing. The answer allows "
            "for that, and shows what else could mislead.",
            "It is more certain if chance picked your run days. You can choose that on the Plan page.",
        ),
        ("/answer", "Answer"),
        ("what-the-answer-means", "evidence", "draws", "words"),
    ),
    Topic(
        "plan",
        "How does the plan work?",
        (
            "It starts with walks, or from the running you do now if you run already. Each session gives its "
            "reason.",
            "After a bad morning it waits, or goes back a step. A bad morning is not your fault.",
            "You can pause, be ill or be away. Nothing is lost: the plan waits, and the diary goes on.",
            "Signs that need help stop the plan. Read when to stop and get help at any time, at the foot of each "
            "page.",
        ),
        ("/plan", "Plan"),
        ("programme", "safety", "draws"),
    ),
    Topic(
        "phone",
        "How do I use it on my phone?",
        (
            "First, the computer that holds the diary must let your phone in. The page linked below shows how.",
            "Then open its address in the browser of your phone. Settings shows it as a QR code.",
            "iPhone: tap Share, then Add to Home Screen. Android: open the menu, then Install app or Add to Home "
            "screen.",
            "Without a network you can still check in, where the address begins with https. What you saved waits "
            "on the phone and is sent later.",
            "Without https it works at home, but not offline, and others in your network could read along. Whoever "
            "runs the server can change that.",
        ),
        ("/settings#phone", "Settings"),
        ("web",),
    ),
    Topic(
        "readers",
        "How can my clinician read along?",
        (
            "Without an account: make a link for a reader. It opens your two pages for a clinician, and stops "
            "working by itself.",
            "With an account on this server: invite them. They get a code that works once. From then on you are in "
            "their list, and they can open your two pages.",
            "You choose what they see. Pain, runs and tests are always included. Notes and safety answers are "
            "included only if you tick them.",
            "You can see each time they look. You can show less, or end it, at any time. Your reader can end it, "
            "too.",
            "Nobody can read your diary here just because they own the server. A list is sorted by what the "
            "diaries show. It does not say how urgent something is. If you need help, do not wait for your reader: "
            "read when to stop and get help.",
        ),
        ("/settings/readers", "Readers on this server"),
        ("privacy",),
    ),
    Topic(
        "data",
        "Where is my data, and how do I delete it?",
        (
            "All of it is on the computer that runs backstride. Nothing is sent anywhere else.",
            "Others on the same server have diaries of their own. They cannot see yours, unless you invite them.",
            "You can save everything as one file, and import it again later.",
            "You can delete one entry, or everything. What you delete is deleted from the backups, too. One entry "
            "can be put back for ten minutes.",
        ),
        ("/report", "Export your data"),
        ("privacy",),
    ),
)
BY_NAME: Final = {topic.name: topic for topic in TOPICS}
