"""What must be sent, and what the server said to it.

An item is created only where nothing is (`If-None-Match: *`) and changed only where the server still has what we left
there (`If-Match`, RFC 9110 section 13.1; RFC 6352 section 6.3.2; RFC 4791 section 5.3.2). Anything else is a conflict:
it is told, and the server's version stays, unless the user asked to write over it. What stands there already as it
would be sent, from a push that was cut off or from another machine, is no conflict.
"""

from __future__ import annotations

import hashlib
import logging
import re
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Literal
from urllib.parse import urljoin

from cardscan.push.asking import REFUSED, TIMEOUT, ItemError, PushError, asked, said
from cardscan.push.credentials import Credentials

State = Literal["created", "updated", "unchanged", "conflict", "failed"]
Kind = Literal["contacts", "tasks"]


@dataclass(frozen=True, slots=True)
class Item:
    """One contact or task: its UID, which names its file on the server, and the whole vCard or iCalendar text."""

    uid: str
    body: str
    title: str = ""

    @property
    def file(self) -> str:
        """The name of its file on the server: the UID, or a digest of one that is no plain file name."""
        plain = re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._@-]{0,200}", self.uid)
        return self.uid if plain else hashlib.sha256(self.uid.encode()).hexdigest()[:32]

    @property
    def digest(self) -> str:
        """What tells whether the item changed since it was sent."""
        return hashlib.sha256(self.body.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Pushed:
    """What the server held of an item when it was last sent: the ETag it gave, and the digest of what was sent."""

    etag: str
    digest: str


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of one item; `pushed` is what to remember, `message` says why it was not sent."""

    item: Item
    state: State
    pushed: Pushed | None = None
    message: str = ""


def plan(items: Sequence[Item], known: Mapping[str, Pushed]) -> list[tuple[Item, State]]:
    """What a push would do if nothing changed on the server; sends nothing."""
    return [(item, _intent(item, known.get(item.uid))) for item in items]


def push(
    url: str, items: Sequence[Item], known: Mapping[str, Pushed], credentials: Credentials | None, kind: Kind,
    pause: Callable[[float], None] = time.sleep, *, overwrite: bool = False,
) -> Iterator[Outcome]:  # fmt: skip
    """Send items to the collection at `url`, one after the other, and give each its outcome as it is known.

    Args:
        url: An address book (CardDAV) or a calendar (CalDAV).
        items: What to send.
        known: What the server is known to hold, by UID.
        credentials: Who we are, None for a server that asks for nobody.
        kind: Whether items are vCards or iCalendar.
        pause: Waits so many seconds between tries.
        overwrite: Write over what was changed or deleted on the server.

    Raises:
        PushError: The server cannot be reached, refuses us, or the address is no such collection. Items that were
            given before are done.
    """
    from caldav.davclient import DAVClient

    base = collection(url)
    # The library warns of every answer that is no XML, such as a vCard; what is wrong is told in outcomes.
    logging.getLogger("caldav").setLevel(logging.CRITICAL)
    client = DAVClient(
        url=base,
        username=credentials.user if credentials else None,
        password=credentials.password if credentials else None,
        timeout=TIMEOUT,
        enable_rfc6764=False,  # no look-ups beyond the address the user named
        require_tls=False,  # `credentials_for` has refused http to any other machine
    )
    with client:
        _check_collection(client, base, kind, pause)
        for item in items:
            yield _send(client, base, item, known.get(item.uid), kind, pause, overwrite)


def collection(url: str) -> str:
    """The address of a collection, which ends in a slash, however it was typed."""
    return url if url.endswith("/") else url + "/"


def _intent(item: Item, before: Pushed | None) -> State:
    if before is None:
        return "created"
    return "unchanged" if before.digest == item.digest else "updated"


def _send(
    client: Any,
    base: str,
    item: Item,
    before: Pushed | None,
    kind: Kind,
    pause: Callable[[float], None],
    overwrite: bool,
) -> Outcome:
    intent = _intent(item, before)
    if intent == "unchanged":
        return Outcome(item, "unchanged", before)
    suffix, media = (".vcf", "text/vcard") if kind == "contacts" else (".ics", "text/calendar")
    address = urljoin(base, item.file + suffix)
    headers = {"Content-Type": f"{media}; charset=utf-8"}
    condition = {"If-Match": before.etag} if before else {"If-None-Match": "*"}
    try:
        response = asked(lambda: client.request(address, "PUT", item.body, headers | condition), pause)
        if response.status == 412:
            there = asked(lambda: client.request(address, "GET", "", {}), pause)
            if there.status == 200 and _same(item.body, there.raw):
                return Outcome(item, "unchanged", Pushed(str(there.headers.get("ETag") or "*"), item.digest))
            if not overwrite:
                return Outcome(item, "conflict", before, _conflict(before, there.status))
            intent = "updated" if there.status == 200 else "created"
            response = asked(lambda: client.request(address, "PUT", item.body, headers), pause)
        if not 200 <= response.status < 300:
            return Outcome(item, "failed", before, said(response))
        etag = response.headers.get("ETag") or _etag(client, address)
    except ItemError as error:
        return Outcome(item, "failed", before, str(error))
    return Outcome(item, intent, Pushed(etag, item.digest))


def _conflict(before: Pushed | None, status: int) -> str:
    if status in (404, 410):
        told = "was deleted on the server since; it stays so"
    else:
        told = "was changed on the server since" if before else "is on the server already, with other values"
        told += "; the server's version stays"
    return f"{told} (--overwrite sends ours)"


def _same(ours: str, theirs: str | bytes) -> bool:
    """Whether two vCards or calendars have the same lines; servers fold them anew and put them in another order."""
    text = theirs.decode("utf-8", "replace") if isinstance(theirs, bytes) else theirs
    one, other = (sorted(re.sub(r"\r?\n[ \t]", "", each).splitlines()) for each in (ours, text))
    return one == other


def _etag(client: Any, address: str) -> str:
    """Ask for the ETag; a server that changes what it stores gives none with the answer to PUT (RFC 4791 5.3.4)."""
    return str(client.request(address, "GET", "", {}).headers.get("ETag") or "*")


def _check_collection(client: Any, base: str, kind: Kind, pause: Callable[[float], None]) -> None:
    body = '<?xml version="1.0"?><propfind xmlns="DAV:"><prop><resourcetype/></prop></propfind>'
    headers = {"Depth": "0", "Content-Type": "application/xml; charset=utf-8"}
    try:
        response = asked(lambda: client.request(base, "PROPFIND", body, headers), pause)
    except ItemError as error:
        raise PushError(REFUSED) from error
    if response.status == 404:
        raise PushError(f"there is nothing at {base}; make the address book or calendar on the server first")
    if response.status != 207:
        raise PushError(f"{base} is no CardDAV or CalDAV address (it answered {response.status})")
    wanted, name = ("addressbook", "an address book") if kind == "contacts" else ("calendar", "a calendar")
    if f"}}{wanted}" not in " ".join(element.tag for element in response.tree.iter() if isinstance(element.tag, str)):
        raise PushError(f"{base} is not {name}; name the collection itself, not the account")
