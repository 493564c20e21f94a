"""Invented cards and tasks that tests share: a full one, a shop, follow-ups in every state, and hostile ones."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from cardscan.record import (
    Address,
    Card,
    Contact,
    Email,
    Event,
    Name,
    Note,
    Organization,
    Phone,
    Review,
    Social,
    Source,
    Task,
    Title,
    Url,
    Why,
)

JANE_CONTACT: Final = Contact(
    name=Name("Dr. Jane Q. Doe, PhD", "Dr.", "Jane", "Q.", "Doe", "PhD", also=("ジェーン・ドウ",)),
    titles=(Title("VP Operations"), Title("Board Member; Treasurer")),
    organizations=(Organization("Acme Freight GmbH, Köln", department="Cold Chain"),),
    phones=(
        Phone("+14155550132", "(415) 555-0132 x204", "204", "work", True),
        Phone("+4915112345678", "0151 12345678", None, "mobile", True),
        Phone("+14155550133", "415 555 0133", None, "fax", True),
        Phone(None, "555-0199", None, "other"),
    ),
    emails=(Email("jane.doe@acme.example"), Email("jane@doe.example")),
    urls=(Url("https://acme.example/team?x=1,2;3"),),
    addresses=(
        Address("1 Main St, Springfield, IL 62701, USA", "1 Main St", "Springfield", "IL", "62701", "US"),
        Address("Hinterm Deich, Husum"),
    ),
    social=(Social("linkedin", "janedoe", "https://www.linkedin.com/in/janedoe"), Social("x", "jdoe")),
)
JANE: Final = Card(
    "c-jane",
    Source("photos/jane.jpg"),
    JANE_CONTACT,
    event=Event("SXSW, Austin; 2026", "Austin", "2026-03-14", "note"),
    notes=(Note("Met @ SXSW - send pricing by Fri\nlikes sailing; \\o/"),),
    review=Review("reviewed"),
)
CIRCLED: Final = replace(
    JANE,
    id="c-circled",
    contact=replace(
        JANE_CONTACT,
        phones=(
            Phone("+442079460958", "020 7946 0958", None, "work", True),
            Phone("+4915112345678", "0151 12345678", None, "mobile", True, preferred=True),
        ),
    ),
)
"""The second of two numbers is the one that a pen has circled."""
SHOP: Final = Card(
    "c-shop",
    Source("photos/shop.jpg"),
    Contact(organizations=(Organization("Bäckerei Sonnenkorn"),), phones=(Phone("+43112345678", "01 12345678"),)),
    event=Event("Messe", None, "2026-04-01", "exif"),
)
TASKS: Final = (
    Task(
        "t-card", "c-jane", "Jane Doe", "combined", "handwritten-note", "Write and mail a thank-you card to Jane Doe",
        due="2026-03-15T18:22:00-05:00", start="2026-03-15T09:00:00-05:00", priority=1, draft="card",
        why=Why(("system/5", "lemonade/1"), "Met @ SXSW", "exif"), checklist=("card", "stamp"),
    ),
    Task(
        "t-mail", "c-jane", "Jane Doe", "combined", "email", "Mail Jane Doe; ask, listen",
        due="2026-03-17T17:00:00-05:00", status="waiting", depends_on=("t-card",),
    ),
    Task(
        "t-done", "c-shop", "Bäckerei", "combined", "call", "Call", due="2026-03-10T10:00:00+00:00", status="done",
        completed="2026-03-09T10:00:00+00:00",
    ),
    Task("t-gone", "c-shop", "Bäckerei", "combined", "send", "Send", status="dropped", reason="They closed"),
    Task("t-free", None, None, "combined", "supplies", "Buy stamps"),
)  # fmt: skip

RUNNING: Final = (
    "javascript:alert(4)//https://x.example/", "JAVASCRIPT:alert(5)", "data:text/html,<script>alert(6)</script>",
)  # fmt: skip
"""Addresses that would run if they became links."""


def hostile(text: str) -> tuple[Card, Task]:
    """A card and a task with the same text in every place that takes text."""
    contact = Contact(
        name=Name(text, text, text, text, text, text, also=(text,)),
        titles=(Title(text),),
        organizations=(Organization(text, department=text),),
        phones=(Phone(None, text, text, "work"),),
        emails=(Email(text),),
        urls=(Url(text), Url("https://" + text), *map(Url, RUNNING)),
        addresses=(Address(text, text, text, text, text, text),),
        social=(Social(text, text, text), Social("x", "y", "https://x.example/" + text), Social("x", "z", RUNNING[0])),
    )
    card = Card("c-eve", Source("eve.jpg"), contact, event=Event(text, text, "2026-01-01"), notes=(Note(text),))
    task = Task(
        "t-eve", "c-eve", text, "combined", "email", text, due="2026-03-17T17:00:00+00:00", depends_on=(text,),
        why=Why((text,), text), checklist=(text,), reason=text,
    )  # fmt: skip
    return card, task


ATTACKS: Final = (
    "x\r\nEND:VCARD\r\nBEGIN:VCARD\r\nFN:Mallory",
    "x\rATTENDEE:mailto:a@b.example",
    "x\nBcc: all@example.net",
    '=HYPERLINK("http://evil.example";"x")',
    "+cmd|' /C calc'!A0",
    "@SUM(A1)",
    "-2+3",
    "`touch /tmp/pwned` $(id) ; source x",
    "<script>alert(1)</script> [x](javascript:alert(1)) ![x](http://evil.example)",
    "\x00\x1b]0;owned\x07\x9b31m\u202egnp.exe\u2066\ud800",
    "TYPE=x:y;ENCODING=b,\"^n'",
    "due:1999-01-01 +project @context (A) x",
    "\\n\\,\\;\\\\",
    "\ud83d\u2028\u2029\x85\x0b\x0c\x1c",
)
