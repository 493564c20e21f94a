"""The nouns: frozen records that flow from stage to stage.

`reading` holds what flows between the stages; the others have the keys of the published JSON lines, so `wire` can turn
them into JSON and back without a hand-written mapping. Points are `(x, y)` with y downwards. A *quad* is four points,
clockwise from the top-left corner of what it frames, as that thing is meant to be read.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from cardscan.record.card import (
    CARD_SCHEMA,
    ERROR_SCHEMA,
    Card,
    Design,
    ErrorDetail,
    ErrorLine,
    Event,
    Kin,
    KinKind,
    MetOnFrom,
    Review,
    ReviewStatus,
    Side,
    Source,
    Triage,
)
from cardscan.record.contact import (
    Address,
    Contact,
    Email,
    Name,
    Organization,
    Other,
    Phone,
    PhoneType,
    Social,
    Title,
    Url,
)
from cardscan.record.kinship import KINSHIP_SCHEMA, KinReason, Kinship, KinshipDecision
from cardscan.record.note import (
    NOTE_SCHEMA,
    Meeting,
    MeetingKind,
    Met,
    Note,
    NoteFacts,
    Offer,
    Promise,
    Referral,
    Strategy,
)
from cardscan.record.reading import (
    CardImage,
    Code,
    Doubt,
    LineSource,
    Page,
    Photo,
    Point,
    Quad,
    Quality,
    Reading,
    Strike,
    TextLine,
)
from cardscan.record.task import TASK_SCHEMA, DraftKind, Task, TaskKind, TaskStatus, Why

if TYPE_CHECKING:
    from cardscan.record.reading import Pixels as Pixels

__all__ = [
    "CARD_SCHEMA",
    "ERROR_SCHEMA",
    "KINSHIP_SCHEMA",
    "NOTE_SCHEMA",
    "TASK_SCHEMA",
    "Address",
    "Card",
    "CardImage",
    "Code",
    "Contact",
    "Design",
    "Doubt",
    "DraftKind",
    "Email",
    "ErrorDetail",
    "ErrorLine",
    "Event",
    "Kin",
    "KinKind",
    "KinReason",
    "Kinship",
    "KinshipDecision",
    "LineSource",
    "Meeting",
    "MeetingKind",
    "Met",
    "MetOnFrom",
    "Name",
    "Note",
    "NoteFacts",
    "Offer",
    "Organization",
    "Other",
    "Page",
    "Phone",
    "PhoneType",
    "Photo",
    "Point",
    "Promise",
    "Quad",
    "Quality",
    "Reading",
    "Referral",
    "Review",
    "ReviewStatus",
    "Side",
    "Social",
    "Source",
    "Strategy",
    "Strike",
    "Task",
    "TaskKind",
    "TaskStatus",
    "TextLine",
    "Title",
    "Triage",
    "Url",
    "Why",
]
