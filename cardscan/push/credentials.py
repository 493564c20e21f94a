"""Who we are to a server: from the environment or the system's keyring, never from the command line or the store."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from urllib.parse import urlsplit

from cardscan.errors import UsageError

USER, PASSWORD = "CARDSCAN_DAV_USER", "CARDSCAN_DAV_PASSWORD"
SERVICE = "cardscan"


@dataclass(frozen=True, slots=True)
class Credentials:
    """A user name and its password, which no repr shows."""

    user: str
    password: str = field(repr=False)


def credentials_for(url: str, environment: Mapping[str, str]) -> Credentials | None:
    """Find the credentials for a server; None when nobody set any, as for a server that asks for none.

    Args:
        url: The server, http or https. Plain http is for this machine only, as it would show the password to the net.
        environment: `CARDSCAN_DAV_USER` and `CARDSCAN_DAV_PASSWORD`; with the user alone the keyring is asked for the
            password of `cardscan` at that host (`keyring set cardscan USER@HOST`).

    Raises:
        UsageError: The URL carries a password, is not http(s), or would send one in the clear.
    """
    try:
        parts = urlsplit(url)
        if parts.port == 0:
            raise ValueError("Port 0 is none")
    except ValueError as error:
        raise UsageError(f"--push takes an https address, not {url!r}: {error}") from error
    if parts.scheme not in ("http", "https") or not parts.hostname:
        raise UsageError(f"--push takes an https address such as https://dav.example.org/me/contacts/, not {url!r}")
    if parts.username or parts.password:
        raise UsageError(f"take the password out of the address: set {USER} and {PASSWORD}, or use the keyring")
    if parts.scheme == "http" and parts.hostname not in ("localhost", "127.0.0.1", "::1"):
        raise UsageError("http would send contacts and password in the clear; use https")
    user = environment.get(USER)
    if not user:
        return None
    password = environment.get(PASSWORD) or _from_keyring(f"{user}@{parts.hostname}")
    if password is None:
        raise UsageError(
            f"no password for {user}: set {PASSWORD}, or run: keyring set {SERVICE} {user}@{parts.hostname}"
        )
    return Credentials(user, password)


def _from_keyring(account: str) -> str | None:
    import keyring
    from keyring.errors import KeyringError

    try:
        password: str | None = keyring.get_password(SERVICE, account)
    except KeyringError:
        return None  # a machine without a keyring, such as a server
    return password
