"""Servers that refuse, are full, change their mind, or are none: `export --push` ends in words and the right code."""

from __future__ import annotations

import datetime
import ipaddress
import socket
import ssl
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID

from cardscan.cli import run
from cardscan.export import vcard
from cardscan.push import Item, Pushed, PushError, push
from cardscan.store import Store
from tests.people import JANE, SHOP
from tests.push.conftest import Server

BOOK = (
    b'<?xml version="1.0"?><multistatus xmlns="DAV:"><response><href>/b/</href><propstat><prop><resourcetype>'
    b'<collection/><addressbook xmlns="urn:ietf:params:xml:ns:carddav"/></resourcetype></prop>'
    b"<status>HTTP/1.1 200 OK</status></propstat></response></multistatus>"
)


class _Quiet(ThreadingHTTPServer):
    """Says nothing of lines that went dead: the tests cut them."""

    def handle_error(self, request: object, client_address: object) -> None:
        pass


@dataclass
class Book:
    """An address book that answers each PUT as told, then with 201; `there` is what a GET gives."""

    puts: list[int | None] = field(default_factory=list)
    there: bytes = b""
    seen: list[tuple[str, str | None, str | None]] = field(default_factory=list)
    headers: dict[str, str] = field(default_factory=dict)
    url: str = ""

    def __post_init__(self) -> None:
        book = self

        class Handler(BaseHTTPRequestHandler):
            def do_PROPFIND(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                self._answer(207, BOOK)

            def do_GET(self) -> None:
                self._answer(200 if book.there else 404, book.there)

            def do_PUT(self) -> None:
                self.rfile.read(int(self.headers["Content-Length"]))
                book.seen.append((self.path, self.headers.get("If-Match"), self.headers.get("If-None-Match")))
                status = book.puts.pop(0) if book.puts else 201
                if status is None:
                    self.close_connection = True  # the line goes dead
                    self.connection.shutdown(socket.SHUT_RDWR)
                else:
                    self._answer(status, b"")

            def _answer(self, status: int, body: bytes) -> None:
                self.send_response(status)
                for name, value in book.headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(body)))
                self.send_header("ETag", '"one"')
                self.end_headers()
                self.wfile.write(body)

            def log_message(self, *_: object) -> None:
                """Say nothing."""

        self.handler = Handler

    @contextmanager
    def open(self, tls: ssl.SSLContext | None = None) -> Iterator[Book]:
        """Serve on loopback."""
        with _Quiet(("127.0.0.1", 0), self.handler) as held:
            if tls:
                held.socket = tls.wrap_socket(held.socket, server_side=True)
            Thread(target=held.serve_forever, daemon=True).start()
            self.url = f"{'https' if tls else 'http'}://127.0.0.1:{held.server_port}/b/"
            yield self
            held.shutdown()


@pytest.fixture
def store(tmp_path: Path) -> Path:
    """A store with two contacts."""
    path = tmp_path / "store.sqlite3"
    with Store.open(str(path)) as held:
        held.put_card(JANE, SHOP)
    return path


@pytest.fixture(autouse=True)
def _ours(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("CARDSCAN_DAV_USER", "ada")
    monkeypatch.setenv("CARDSCAN_DAV_PASSWORD", "a secret")
    monkeypatch.setattr("time.sleep", lambda _: None)


REFUSALS = {
    400: "the server does not take it as it is (400)",
    403: "the server does not let us write there (403)",
    409: "the server has it under another name",
    413: "it is too large for the server (413)",
    418: "the server answered 418",
    507: "the server has no room left (507)",
}


@pytest.mark.parametrize(("status", "said"), REFUSALS.items())
def test_one_contact_that_is_refused(
    store: Path, capfd: pytest.CaptureFixture[str], status: int, said: str
) -> None:  # fmt: skip
    """It is named with the reason, asked once, and the next one is sent all the same; the code is 4."""
    with Book([status]).open() as book:
        assert run(["export", "--push", book.url, "--store", str(store)]) == 4
    out, err = capfd.readouterr()
    assert out == ""
    assert f"failed: Dr. Jane Q. Doe, PhD: {said}" in err
    assert "1 created, 1 failed" in err and len(book.seen) == 2
    with Book([]).open() as again:
        assert run(["export", "--push", again.url, "--store", str(store)]) == 0


def test_a_fault_that_stays_is_told_after_three_tries(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A server that always breaks is asked three times for each contact, and both are told."""
    with Book([500] * 6).open() as book:
        assert run(["export", "--push", book.url, "--store", str(store)]) == 4
    assert capfd.readouterr().err.count("the server answered 500") == 2
    assert len(book.seen) == 6


def test_a_server_that_goes_away_ends_the_push(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """What was sent before is counted and kept; the rest is not tried in vain, and goes with the next push."""
    with Book([201, None, None, None]).open() as book:
        assert run(["export", "--push", book.url, "--store", str(store)]) == 4
        err = capfd.readouterr().err
        assert "1 created, then:" in err and "the server cannot be reached: the connection was lost" in err
        assert run(["export", "--push", book.url.rstrip("/"), "--store", str(store)]) == 0
        assert "1 created, 1 unchanged" in capfd.readouterr().err


def test_a_server_that_asks_for_patience_gets_it() -> None:
    """Retry-After is waited for, up to a minute; a server that never has time is told so."""
    item = Item("m-1", "BEGIN:VCARD\r\nEND:VCARD\r\n", "Mo")
    pauses: list[float] = []
    with Book([429, 429], headers={"Retry-After": "7"}).open() as book:
        outcomes = list(push(book.url, [item], {}, None, "contacts", pauses.append))
    assert ([each.state for each in outcomes], pauses) == (["created"], [7.0, 7.0])
    with (
        Book([429] * 3, headers={"Retry-After": "86400"}).open() as book,
        pytest.raises(PushError, match="asks us to wait"),
    ):
        list(push(book.url, [item], {}, None, "contacts", pauses.append))
    assert pauses[2:] == [60.0, 60.0]


def test_what_stands_there_already_is_no_conflict() -> None:
    """Our vCard, left there by a push whose answer was lost, is known from then on; another vCard is a conflict."""
    item = Item("m-1", vcard.dump([JANE]), "Jane")
    reordered = item.body.replace("\r\n ", "").split("\r\n")
    reordered = "\r\n".join([*reordered[:2], *sorted(reordered[2:-2]), *reordered[-2:]])
    with Book([412], there=reordered.encode()).open() as book:
        (outcome,) = push(book.url, [item], {}, None, "contacts")
    assert (outcome.state, outcome.pushed) == ("unchanged", Pushed('"one"', item.digest))
    with Book([412], there=reordered.replace("Doe", "Dow").encode()).open() as book:
        (outcome,) = push(book.url, [item], {}, None, "contacts")
    assert (outcome.state, outcome.pushed) == ("conflict", None)
    assert "already, with other values" in outcome.message and "--overwrite" in outcome.message


def test_overwriting_is_only_done_when_asked_for(
    store: Path, server: Server, capfd: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    """On Radicale: one contact was edited and one deleted there; both are told and left, then sent with --overwrite."""
    folder = f"{server.root}ada/people/"
    with Store.open(str(store)) as held:
        held.put_card(replace(JANE, id="c-over-1"), replace(SHOP, id="c-over-2"))
    arguments = ["export", "--push", folder, "--store", str(store), "--only", "c-over"]
    assert run(arguments) == 0
    theirs = server.request("GET", f"{folder}c-over-1.vcf")[2].replace("FN:", "FN:Edited ")
    assert server.request("PUT", f"{folder}c-over-1.vcf", theirs, Content_Type="text/vcard")[0] in (201, 204)
    assert server.request("DELETE", f"{folder}c-over-2.vcf")[0] in (200, 204)
    arguments += ["--vcard-version", "4.0"]  # ours changes as well
    capfd.readouterr()
    assert run(arguments) == 4
    err = capfd.readouterr().err
    assert len(err.splitlines()) == 3, "two conflicts, their number, and nothing from a library"
    assert "was changed on the server since" in err and "was deleted on the server since" in err and "2 conflict" in err
    assert "FN:Edited" in server.request("GET", f"{folder}c-over-1.vcf")[2]
    assert run([*arguments, "--overwrite"]) == 0
    assert "1 created, 1 updated" in capfd.readouterr().err
    assert "FN:Dr. Jane" in server.request("GET", f"{folder}c-over-1.vcf")[2]
    assert server.request("GET", f"{folder}c-over-2.vcf")[0] == 200
    assert run(arguments) == 0


def test_a_wrong_password(
    store: Path, server: Server, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:  # fmt: skip
    """Radicale refuses it: nothing is sent, the remedy is told."""
    monkeypatch.setenv("CARDSCAN_DAV_PASSWORD", "wrong")
    assert run(["export", "--push", server.contacts, "--store", str(store)]) == 4
    assert capfd.readouterr().err == "cardscan: the server refuses us; check CARDSCAN_DAV_USER and the password\n"


def test_servers_that_are_none(store: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Nobody listening, no such host, TLS where there is none, a certificate nobody vouches for: each in its words."""
    with Book().open() as book:
        plain = book.url.replace("http:", "https:")
        assert run(["export", "--push", plain, "--store", str(store)]) == 4
    assert "cannot be reached: there is no TLS at that address" in capfd.readouterr().err
    with Book().open(self_signed(tmp_path)) as book:
        assert run(["export", "--push", book.url, "--store", str(store)]) == 4
        assert book.seen == []
    assert "its certificate is not to be trusted (self-signed certificate)" in capfd.readouterr().err
    assert run(["export", "--push", book.url.replace("https:", "http:"), "--store", str(store)]) == 4
    assert "cannot be reached: nothing listens at that address" in capfd.readouterr().err
    assert run(["export", "--push", "https://cardscan.invalid/b/", "--store", str(store)]) == 4
    assert "cannot be reached: no host has that name" in capfd.readouterr().err
    assert run(["export", "--push", "http://localhost:99999/b/", "--store", str(store)]) == 2
    assert "takes an https address" in capfd.readouterr().err


def self_signed(folder: Path) -> ssl.SSLContext:
    """A server's side of TLS, with a certificate of its own making."""
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = datetime.datetime.now(datetime.UTC)
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - datetime.timedelta(days=1))
        .not_valid_after(now + datetime.timedelta(days=1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ipaddress.ip_address("127.0.0.1"))]), False)
        .sign(key, hashes.SHA256())
    )
    (folder / "one.pem").write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(folder / "one.pem")
    return context
