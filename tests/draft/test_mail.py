"""Mail files: read back by the standard library, and closed to injected headers."""

from __future__ import annotations

from datetime import UTC, datetime
from email import message_from_bytes
from email.message import EmailMessage
from email.policy import default

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardscan.draft import Draft, Sender
from cardscan.draft.mail import Attachment, as_mail, as_text
from cardscan.errors import UsageError

NOW = datetime(2026, 3, 20, 10, tzinfo=UTC)


def read(raw: bytes) -> EmailMessage:
    """Parse with the strict modern policy."""
    message = message_from_bytes(raw, policy=default)
    assert isinstance(message, EmailMessage)
    assert not message.defects
    return message


def test_a_mail_reads_back() -> None:
    """To, Subject, Date, From, the body, the attachments still to add: all come back as they went in."""
    draft = Draft("email", "de", "Grüße aus Köln", "Guten Tag,\n\nschön.", ("joerg@example.com",), ("die Liste",))
    message = read(as_mail(draft, Sender("Zoë", "zoe@example.com"), NOW))
    assert message["Subject"] == "Grüße aus Köln"
    assert message["X-Unsent"] == "1"
    assert message["X-Cardscan-Attach"] == "die Liste"
    assert message["Date"].datetime == NOW
    assert message["From"].addresses[0].display_name == "Zoë"
    assert message.get_content().split() == draft.body.split()


def test_an_internationalized_address_is_kept() -> None:
    """An address with letters beyond ASCII is written as RFC 6532 has it, not dropped."""
    raw = as_mail(Draft("email", "en", "x", "y", ("jörg@example.com",)), Sender(), NOW)
    assert "To: jörg@example.com\r\n".encode() in raw


def test_a_file_can_go_with_it() -> None:
    """An attached file keeps its name and bytes, takes its promise off the list, and gives equal bytes each time."""
    draft = Draft("email", "en", "x", "y", (), ("map", "film"))
    parcel = Attachment("Übersicht.pdf", b"\x00\xff", "application/pdf")
    raw = as_mail(draft, Sender(), NOW, [parcel])
    message = read(raw)
    attached = next(message.iter_attachments())
    assert (attached.get_filename(), attached.get_content()) == ("Übersicht.pdf", b"\x00\xff")
    assert message.get_all("X-Cardscan-Attach") == ["film"]
    assert raw == as_mail(draft, Sender(), NOW, [parcel])


@settings(max_examples=80, deadline=None)
@given(st.text(max_size=60), st.text(max_size=40))
def test_no_header_can_be_injected(subject: str, address: str) -> None:
    """Whatever a card says, the message has just the headers we set."""
    hostile = f"x\r\nBcc: all@example.net\r\n{subject}\n\nbody"
    draft = Draft("email", "en", hostile, "Hello", (f"{address}\r\nBcc: a@b.example",), (hostile,))
    message = read(as_mail(draft, Sender(name=hostile, email="me@example.com"), NOW))
    assert "Bcc" not in message
    assert set(message.keys()) <= {
        "From", "Subject", "Date", "X-Unsent", "X-Cardscan-Attach", "Content-Type", "Content-Transfer-Encoding",
        "MIME-Version",
    }  # fmt: skip
    assert message.get_content().strip() == "Hello"


def test_a_wrong_sender_address_is_told() -> None:
    """An address of the user's that is none is a mistake in the settings, not silently dropped."""
    with pytest.raises(UsageError, match="not a mail address"):
        as_mail(Draft("email", "en", "x", "y"), Sender(email="me at home"), NOW)


def test_text_has_a_short_head() -> None:
    """The terminal's form names the addressee, the subject and what to attach before the words."""
    text = as_text(Draft("email", "en", "S", "Body", ("a@b.example",), ("map",)))
    assert text == "To: a@b.example\nSubject: S\nAttach: map\n\nBody\n"
