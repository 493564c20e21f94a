"""A real CardDAV and CalDAV server on loopback."""

from __future__ import annotations

import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest


@dataclass(frozen=True)
class Server:
    """An address book and a calendar, with the user and password they ask for."""

    root: str
    contacts: str
    tasks: str
    user: str = "ada"
    password: str = "a secret"

    def request(self, method: str, address: str, body: str = "", **headers: str) -> tuple[int, str, str]:
        """Talk to the server as another program would; gives status, ETag and body."""
        import base64

        request = urllib.request.Request(address, data=body.encode() or None, method=method)
        request.add_header(
            "Authorization", "Basic " + base64.b64encode(f"{self.user}:{self.password}".encode()).decode()
        )
        for name, value in headers.items():
            request.add_header(name.replace("_", "-"), value)
        try:
            with urllib.request.urlopen(request, timeout=20) as answer:
                return answer.status, answer.headers.get("ETag", ""), answer.read().decode()
        except urllib.error.HTTPError as error:
            with error:
                return error.code, "", ""


MAKE = (
    '<?xml version="1.0"?><mkcol xmlns="DAV:" xmlns:C="urn:ietf:params:xml:ns:{ns}"><set><prop>'
    "<resourcetype><collection/><C:{kind}/></resourcetype></prop></set></mkcol>"
)


@pytest.fixture(scope="session")
def server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """Radicale with one user, one address book, one calendar."""
    folder: Path = tmp_path_factory.mktemp("radicale")
    (folder / "users").write_text("ada:a secret\n")
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    options = {
        "server-hosts": f"127.0.0.1:{port}",
        "auth-type": "htpasswd",
        "auth-htpasswd-filename": str(folder / "users"),
        "auth-htpasswd-encryption": "plain",
        "auth-delay": "0",
        "storage-filesystem-folder": str(folder / "collections"),
        "logging-level": "error",
    }
    arguments = [part for key, value in options.items() for part in (f"--{key}", value)]
    process = subprocess.Popen([sys.executable, "-m", "radicale", *arguments])
    root = f"http://127.0.0.1:{port}/"
    one = Server(root, f"{root}ada/people/", f"{root}ada/todo/")
    for _ in range(1200):  # a minute: a fresh machine compiles the server first
        try:
            socket.create_connection(("127.0.0.1", port), 1).close()
            break
        except OSError:
            time.sleep(0.05)
    assert one.request("MKCOL", one.contacts, MAKE.format(ns="carddav", kind="addressbook"))[0] == 201
    assert one.request("MKCOL", one.tasks, MAKE.format(ns="caldav", kind="calendar"))[0] == 201
    yield one
    process.terminate()
    process.wait(20)
