"""Sending less: a page or a file packed with gzip, for a browser that can unpack it.

Only what reflects nothing of a request is packed: else its length could tell a listener what stands beside it.
"""

from gzip import compress
from hashlib import sha256

from fastapi import Request
from fastapi.responses import Response

LEVEL = 6
NOT_MODIFIED = 304


def compress_response(request: Request, response: Response) -> Response:
    """Compress a response that has a body, where the browser accepts that."""
    response.headers["vary"] = "accept-encoding"
    if response.status_code == NOT_MODIFIED:
        return response
    if _accepts_gzip(request.headers.get("accept-encoding", "")):
        # no time in it, so that equal content is equal bytes
        response.body = compress(response.body, LEVEL, mtime=0)
        response.headers["content-encoding"] = "gzip"
        response.headers["content-length"] = str(len(response.body))
    return response


def conditional_response(request: Request, response: Response) -> Response:
    """Add an ETag; reply 304 without a body where the browser already has this content."""
    etag = f'"{sha256(response.body).hexdigest()[:20]}"'
    if etag in request.headers.get("if-none-match", ""):
        headers = {
            "etag": etag,
            "cache-control": response.headers["cache-control"],
            "vary": "accept-encoding",
        }
        return Response(status_code=NOT_MODIFIED, headers=headers)
    response.headers["etag"] = etag
    return response


def _accepts_gzip(accepted: str) -> bool:
    for way in accepted[:200].split(","):
        coding, _sep, weight = way.partition(";")
        if coding.strip().lower() == "gzip":
            return weight.strip().rstrip("0") not in ("q=", "q=0.")
    return False
