"""Pushing to a real server: nothing of the other side is overwritten."""

from __future__ import annotations

from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from threading import Thread

import icalendar
import keyring
import pytest
from keyring.backend import KeyringBackend
from keyring.compat import properties
from keyring.errors import PasswordDeleteError, PasswordSetError

from cardscan.errors import UsageError
from cardscan.push import Credentials, Item, Outcome, Pushed, PushError, credentials_for, plan, push
from tests.push.conftest import Server


def vcard(uid: str, name: str) -> Item:
    body = f"BEGIN:VCARD\r\nVERSION:3.0\r\nUID:{uid}\r\nFN:{name}\r\nN:{name};;;;\r\nEND:VCARD\r\n"
    return Item(uid, body, name)


def todo(uid: str, summary: str) -> Item:
    calendar = icalendar.Calendar(version="2.0", prodid="-//t//t//EN")
    calendar.add_component(icalendar.Todo(uid=uid, dtstamp="20260420T080000Z", summary=summary))
    return Item(uid, calendar.to_ical().decode(), summary)


def send(server: Server, items: list[Item], known: dict[str, Pushed]) -> list[Outcome]:
    return list(push(server.contacts, items, known, Credentials(server.user, server.password), "contacts"))


def remembered(outcomes: list[Outcome]) -> dict[str, Pushed]:
    return {each.item.uid: each.pushed for each in outcomes if each.pushed}


def test_created_unchanged_updated(server: Server) -> None:
    """A contact is created once, left alone while it is the same, and updated when it changed."""
    ada, bob = vcard("a-1", "Ada Quill"), vcard("b-1", "Bob Ümlaut")
    first = send(server, [ada, bob], {})
    assert [each.state for each in first] == ["created", "created"]
    assert "FN:Bob Ümlaut" in server.request("GET", server.contacts + "b-1.vcf")[2]
    known = remembered(first)
    again = send(server, [ada, vcard("b-1", "Bob Other")], known)
    assert [each.state for each in again] == ["unchanged", "updated"]
    assert "FN:Bob Other" in server.request("GET", server.contacts + "b-1.vcf")[2]
    assert [each.state for each in send(server, [vcard("b-1", "Third")], remembered(again))] == ["updated"]


def test_a_change_on_the_server_is_told_and_stays(server: Server) -> None:
    """When the other side was edited, deleted, or is there already, our version is not sent."""
    known = remembered(send(server, [vcard("c-1", "Cleo"), vcard("d-1", "Dora")], {}))
    theirs = vcard("c-1", "Cleo Edited").body
    assert server.request("PUT", server.contacts + "c-1.vcf", theirs, Content_Type="text/vcard")[0] in (201, 204)
    assert server.request("DELETE", server.contacts + "d-1.vcf")[0] in (200, 204)
    outcomes = send(server, [vcard("c-1", "Cleo Ours"), vcard("d-1", "Dora Ours")], known)
    assert [each.state for each in outcomes] == ["conflict", "conflict"]
    assert "Cleo Edited" in server.request("GET", server.contacts + "c-1.vcf")[2]
    assert server.request("GET", server.contacts + "d-1.vcf")[0] == 404
    assert [each.state for each in send(server, [vcard("c-1", "Cleo New")], {})] == ["conflict"]


def test_tasks_go_to_a_calendar(server: Server) -> None:
    """A to-do is kept by a calendar, and an address book is refused as one."""
    credentials = Credentials(server.user, server.password)
    done = list(push(server.tasks, [todo("t-1", "Call Ada")], {}, credentials, "tasks"))
    assert [each.state for each in done] == ["created"]
    assert "SUMMARY:Call Ada" in server.request("GET", server.tasks + "t-1.ics")[2]
    with pytest.raises(PushError, match="not a calendar"):
        list(push(server.contacts, [todo("t-2", "x")], {}, credentials, "tasks"))


def test_a_hostile_uid_stays_in_its_collection(server: Server) -> None:
    """A UID with slashes and dots names one file, not a path."""
    item = vcard("../../todo/evil", "Mallory")
    assert [each.state for each in send(server, [item], {})] == ["created"]
    assert "Mallory" in server.request("GET", server.contacts + item.file + ".vcf")[2]
    assert server.request("GET", server.tasks + "evil.vcf")[0] == 404


@pytest.mark.parametrize(
    ("place", "user", "said"),
    [("ada/people/", "eve", "refuses"), ("ada/nothing/", "ada", "nothing at"), ("ada/", "ada", "not an address book")],
)
def test_what_is_wrong_is_said(server: Server, place: str, user: str, said: str) -> None:
    """A wrong password, a missing collection and an account instead of a collection each say what to do."""
    with pytest.raises(PushError, match=said):
        list(push(server.root + place, [vcard("x", "X")], {}, Credentials(user, server.password), "contacts"))


def test_a_server_that_is_away_is_tried_thrice(server: Server) -> None:
    """A lost connection is tried again, and told in words at last."""
    with pytest.raises(PushError, match="cannot be reached"):
        list(push("http://127.0.0.1:9/x/", [vcard("x", "X")], {}, None, "contacts"))


def test_a_dry_run_sends_nothing() -> None:
    """A plan tells what would be created, updated and left."""
    item = vcard("e-1", "Eve")
    known = {"e-1": Pushed("etag", item.digest)}
    assert [state for _, state in plan([item, vcard("f-1", "F")], known)] == ["unchanged", "created"]
    assert plan([replace(item, body="other")], known)[0][1] == "updated"


@pytest.mark.parametrize("url", ["https://ada:pw@host/x", "ftp://host/", "http://example.org/", "nonsense"])
def test_an_address_that_would_leak_is_refused(url: str) -> None:
    """A password in the address, another scheme, or plain http to another machine is refused."""
    with pytest.raises(UsageError):
        credentials_for(url, {})


class _Drawer(KeyringBackend):
    """A keyring that holds one password, as the desktop's does."""

    @properties.classproperty
    def priority(cls) -> float:
        return 1.0

    def get_password(self, service: str, username: str) -> str | None:
        return "kept" if (service, username) == ("cardscan", "ada@dav.example.org") else None

    def set_password(self, service: str, username: str, password: str) -> None:
        raise PasswordSetError("cardscan only reads")

    def delete_password(self, service: str, username: str) -> None:
        raise PasswordDeleteError("cardscan only reads")


def test_the_keyring_has_the_password() -> None:
    """With the user alone the keyring is asked for that user at that host; without an entry the remedy is told."""
    before = keyring.get_keyring()
    keyring.set_keyring(_Drawer())
    try:
        found = credentials_for("https://dav.example.org/x/", {"CARDSCAN_DAV_USER": "ada"})
        assert found == Credentials("ada", "kept")
        with pytest.raises(UsageError, match=r"keyring set cardscan ada@elsewhere\.example"):
            credentials_for("https://elsewhere.example/", {"CARDSCAN_DAV_USER": "ada"})
    finally:
        keyring.set_keyring(before)


class _Moody(BaseHTTPRequestHandler):
    """An address book whose server is busy for the first two times that something is put there."""

    refused = 0

    def do_PROPFIND(self) -> None:
        body = (
            b'<?xml version="1.0"?><multistatus xmlns="DAV:"><response><href>/b/</href><propstat><prop><resourcetype>'
            b'<collection/><addressbook xmlns="urn:ietf:params:xml:ns:carddav"/></resourcetype></prop>'
            b"<status>HTTP/1.1 200 OK</status></propstat></response></multistatus>"
        )
        self._answer(207, body)

    def do_PUT(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        if type(self).refused < 2:
            type(self).refused += 1
            self._answer(503, b"")
        else:
            self._answer(201, b"")

    def _answer(self, status: int, body: bytes) -> None:
        self.send_response(status)
        self.send_header("Content-Type", "application/xml")
        self.send_header("Content-Length", str(len(body)))
        self.send_header("ETag", '"one"')
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


def test_a_busy_server_is_asked_again() -> None:
    """Twice 503, then taken: the contact is created once, after growing pauses."""
    _Moody.refused = 0
    pauses: list[float] = []
    with ThreadingHTTPServer(("127.0.0.1", 0), _Moody) as held:
        Thread(target=held.serve_forever, daemon=True).start()
        url = f"http://127.0.0.1:{held.server_port}/b/"
        outcomes = list(push(url, [vcard("m-1", "Mo")], {}, None, "contacts", pauses.append))
        held.shutdown()
    assert [(each.state, each.pushed and each.pushed.etag) for each in outcomes] == [("created", '"one"')]
    assert pauses == [1.0, 2.0]


def test_credentials_come_from_the_environment() -> None:
    """User and password are taken from the environment, and a repr does not show the password."""
    found = credentials_for("https://host/", {"CARDSCAN_DAV_USER": "ada", "CARDSCAN_DAV_PASSWORD": "hidden"})
    assert found == Credentials("ada", "hidden")
    assert "hidden" not in repr(found)
    assert credentials_for("https://host/", {}) is None
