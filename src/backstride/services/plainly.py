"""Errors of the store as visitors of a server hear them: what happened, and nothing of how the server is set up."""

import logging

from backstride.errors import BackstrideError, DiaryDamaged, DiaryError, DiaryFull, DiaryTooNew, NotInDiary

_LOG = logging.getLogger(__name__)


def plainly(error: BackstrideError) -> BackstrideError:
    """Remove paths, addresses and server names from an error; these are logged, without secrets."""
    if not isinstance(error, DiaryError) or isinstance(error, NotInDiary):
        return error
    _LOG.error("%s", error)
    if isinstance(error, DiaryFull):
        return DiaryFull(
            "The disk of this server is full, or cannot be written to.",
            advice="Nothing was stored. Tell the person who runs the server, and try again later.",
        )
    if isinstance(error, DiaryDamaged | DiaryTooNew):
        return DiaryDamaged(
            "The diary on this server cannot be read.",
            advice="It was left as it is. The person who runs the server can find the reason in its log.",
        )
    return DiaryError(
        "The diary cannot be used at this moment.", advice="Nothing was stored. Try again in a minute."
    )
