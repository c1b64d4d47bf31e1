"""What stands in exports beside sessions: shoes, followers, pictures; nobody wants a line for each."""

from collections.abc import Iterable, Sequence
from pathlib import PurePosixPath
from typing import Final

_OF_STRAVA: Final = frozenset(
    {
     "applications", "bikes", "blocks", "categories_of_personal_information_we_collect", "clubs", "comments",
     "components", "connected_apps", "contacts", "email_preferences", "events", "favorites", "flags", "followers",
     "following", "general_preferences", "global_challenges", "goals",
     "information_we_disclose_for_a_business_purpose", "local_legend_segments", "logins", "media", "memberships",
     "messaging", "metering", "mobile_device_identifiers", "orders", "partner_opt_outs", "posts", "privacy_zones",
     "profile", "reactions", "routes", "segments", "shoes", "social_settings", "starred_routes", "starred_segments",
     "support_tickets", "visibility_settings",
    }
)  # fmt: skip
_OF_APPLE: Final = frozenset({"export_cda"})
_FOLDERS: Final = frozenset({"clinical-records", "electrocardiograms", "media"})
_MEDIA: Final = frozenset({".heic", ".jpeg", ".jpg", ".mov", ".mp4", ".pdf", ".png"})
_MAX_NAMED = 3


def is_side_file(name: str, *, around: Iterable[str]) -> bool:
    """Whether a file that no reader takes stands in an export, and is known to hold no sessions there.

    Args:
        name: its place.
        around: the folders of the lists of exports; empty, or ending in "/".
    """
    if not any(name.startswith(folder) for folder in around):
        return False
    place = PurePosixPath(name)
    known = place.stem.lower() in _OF_STRAVA | _OF_APPLE or place.suffix.lower() in _MEDIA
    return known or place.parent.name in _FOLDERS


def passed_over(names: Sequence[str]) -> tuple[str, ...]:
    """Return one note on all of them; none where there are none."""
    if not names:
        return ()
    first = ", ".join(names[:_MAX_NAMED]) + (" ..." if len(names) > _MAX_NAMED else "")
    files = "1 file of the export holds" if len(names) == 1 else f"{len(names)} files of the export hold"
    return (f"{files} no sessions: {first}.",)
