"""What pages show, for programs: the same as JSON. They send the forms that pages send."""

import json
from typing import Annotated, Any

from fastapi import APIRouter, Query
from pydantic import BaseModel

from backstride.diary.serialization import serialize
from backstride.web.visitor import Day, Known

router = APIRouter(tags=["programs"])


class EntryOut(BaseModel):
    """One entry of the diary: what was said last."""

    id: int
    version: int
    kind: str
    stored_at: str
    record: dict[str, Any]


class UploadStatus(BaseModel):
    """What became of the files that were brought last."""

    is_done: bool
    problem: str = ""
    files: int = 0
    files_done: int = 0
    read: int = 0
    new: int = 0
    known: int = 0
    corrected: int = 0
    otherwise: int = 0
    notes: list[str] = []
    left_out: list[str] = []


@router.get("/diary/entries.json")
def entries(
    visitor: Known,
    first_day: Annotated[Day | None, Query()] = None,
    last_day: Annotated[Day | None, Query()] = None,
) -> list[EntryOut]:
    """Every entry that touches these local days, or all of them; what was not answered is left out."""
    found = []
    for entry in visitor.diary.entries(first_day, last_day):
        content = serialize(entry.record)
        found.append(
            EntryOut(
                id=entry.id,
                version=entry.version,
                kind=content.kind,
                stored_at=entry.stored_at.isoformat(),
                record=json.loads(content.text),
            )
        )
    return found


@router.get("/diary/brought.json")
def upload_status(visitor: Known) -> UploadStatus:
    """Return the status of the last upload; done, where there was none."""
    upload = visitor.site.uploads.last(visitor.book)
    if upload is None:
        return UploadStatus(is_done=True)
    read, added = upload.read, upload.added
    return UploadStatus(
        is_done=upload.is_done,
        problem=upload.problem,
        files=upload.files,
        files_done=upload.files_done,
        read=read.count if read else 0,
        new=added.new if added else 0,
        known=added.already_there if added else 0,
        corrected=added.corrected if added else 0,
        otherwise=added.otherwise if added else 0,
        notes=list(read.notes) if read else [],
        left_out=[skipped.sentence for skipped in read.skipped] if read else [],
    )
