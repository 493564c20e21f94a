"""A draft as text for the terminal, or as a mail file that a mail program opens to be sent."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import SMTP, SMTPUTF8
from hashlib import sha256

from email_validator import EmailNotValidError, validate_email

from cardscan.draft.facts import clean
from cardscan.draft.model import Draft, Sender
from cardscan.errors import UsageError


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file to go with a mail; `media_type` such as `application/pdf`."""

    name: str
    content: bytes
    media_type: str = "application/octet-stream"


def as_text(draft: Draft) -> str:
    """The draft with a short head: to whom, about what, what to attach."""
    head = [f"To: {address}" for address in draft.to]
    head += [f"Subject: {draft.subject}"] if draft.subject else []
    head += [f"Attach: {item}" for item in draft.attachments]
    return "\n".join([*head, "", draft.body, ""] if head else [draft.body, ""])


def as_mail(draft: Draft, sender: Sender, now: datetime, attachments: Sequence[Attachment] = ()) -> bytes:
    """The draft as an unsent message (RFC 5322) with CRLF line ends.

    `X-Unsent: 1` makes mail programs open it for editing. Things promised but not yet attached are named in
    `X-Cardscan-Attach`, one header each. No header can be injected: every value is one clean line, and addresses are
    checked, without asking the network.

    Raises:
        UsageError: The sender's own address is no mail address.
    """
    mine = _address(sender.email, sender.name) if sender.email else None
    if sender.email and mine is None:
        raise UsageError(f"{clean(sender.email)!r} is not a mail address; set `email` in the settings")
    recipients = [address for value in draft.to if (address := _address(value, None))]
    every = [*recipients, mine] if mine else recipients
    # Only an address with letters beyond ASCII before its @ needs internationalized headers (RFC 6532).
    message = EmailMessage(policy=SMTP if all(address.username.isascii() for address in every) else SMTPUTF8)
    if mine:
        message["From"] = mine
    if recipients:
        message["To"] = recipients
    message["Subject"] = clean(draft.subject)
    message["Date"] = now
    message["X-Unsent"] = "1"
    for item in draft.attachments[len(attachments) :]:
        message["X-Cardscan-Attach"] = clean(item)
    message.set_content(draft.body + "\n")
    for attachment in attachments:
        main, _, sub = attachment.media_type.partition("/")
        name = clean(attachment.name) or "attachment"
        message.add_attachment(attachment.content, maintype=main, subtype=sub or "octet-stream", filename=name)
    if attachments:
        message.set_boundary("=-" + sha256(draft.body.encode("utf-8", "replace")).hexdigest()[:32])  # not random
    return message.as_bytes()


def _address(value: str, name: str | None) -> Address | None:
    try:
        checked = validate_email(value.strip(), check_deliverability=False, test_environment=True)
    except EmailNotValidError:
        return None
    local, domain = checked.ascii_local_part or checked.local_part, checked.ascii_domain or checked.domain
    return Address(display_name=clean(name or ""), username=local, domain=domain)
