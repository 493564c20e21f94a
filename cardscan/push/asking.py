"""Asking a server: again where that may help, and in words where it does not."""

from __future__ import annotations

import ssl
from collections.abc import Callable, Iterator
from socket import gaierror
from typing import Any, Final

from cardscan.errors import CardscanError

TRIES: Final = 3
TIMEOUT: Final = 30
LONGEST_PAUSE: Final = 60.0
"""Seconds that we wait for a server which asks for more (RFC 9110, section 10.2.3) before we ask again."""
_AGAIN: Final = {500, 502, 503, 504}
_SAID: Final = {
    400: "the server does not take it as it is (400)",
    404: "the address book or calendar is gone from the server (404)",
    409: "the server has it under another name, or the collection is gone (409)",
    413: "it is too large for the server (413); try without --photos",
    415: "the server does not take this version or format (415)",
    507: "the server has no room left (507)",
}
REFUSED: Final = "the server refuses us; check CARDSCAN_DAV_USER and the password"
FORBIDDEN: Final = "the server does not let us write there (403); the collection may be read-only"


class PushError(CardscanError):
    """The server cannot be used at all: not there, wrong password, or not a collection."""

    exit_code = 4
    kind = "push"


class ItemError(PushError):
    """One item was refused; the next may be taken."""


def asked(ask: Callable[[], Any], pause: Callable[[float], None]) -> Any:
    """Ask up to `TRIES` times: again after a lost connection or a passing fault of the server, with growing pauses.

    Asking again is safe: a PUT under a condition that was already carried out answers 412, and what stands there is
    then compared with what was sent.

    Raises:
        ItemError: The server forbids this request (403).
        PushError: The server is not there, does not answer, asks for patience, or refuses our credentials.
    """
    from caldav.lib.error import AuthorizationError, DAVError, RateLimitError

    for number in range(1, TRIES + 1):
        wait = 0.5 * 2**number
        try:
            response = ask()
        except AuthorizationError as error:
            raise ItemError(FORBIDDEN) if error.status == 403 else PushError(REFUSED) from error
        except RateLimitError as error:
            if number == TRIES:
                raise PushError("the server asks us to wait; try again later") from error
            wait = min(max(wait, error.retry_after_seconds or 0.0), LONGEST_PAUSE)
        except (OSError, DAVError) as error:  # niquests' errors are OSErrors
            if number == TRIES or isinstance(_cause(error), ssl.SSLError):
                raise PushError(f"the server cannot be reached: {_in_words(error)}") from error
        else:
            if response.status not in _AGAIN or number == TRIES:
                return response
        pause(wait)
    raise AssertionError("the last try returns or raises")


def said(response: Any) -> str:
    """What an answer that is no success means."""
    return _SAID.get(response.status) or f"the server answered {response.status} {response.reason}".rstrip()


def _in_words(error: Exception) -> str:
    cause = _cause(error)
    if isinstance(cause, ssl.SSLCertVerificationError):
        return f"its certificate is not to be trusted ({cause.verify_message})"
    if isinstance(cause, ssl.SSLError):
        return "there is no TLS at that address; check https and the port"
    if isinstance(cause, gaierror):
        return "no host has that name, or this machine is offline"
    if isinstance(cause, ConnectionRefusedError):
        return "nothing listens at that address"
    if isinstance(cause, TimeoutError) or "Timeout" in type(error).__name__:
        return f"no answer within {TIMEOUT} seconds"
    return f"the connection was lost ({type(error).__name__})"


def _cause(error: BaseException) -> BaseException:
    """The fault of the system behind a library's error, else that error."""
    kinds = (ssl.SSLError, gaierror, ConnectionRefusedError, TimeoutError)
    return next((each for each in _behind(error, 0) if isinstance(each, kinds)), error)


def _behind(error: object, depth: int) -> Iterator[BaseException]:
    """An error and what it came from, in whichever way a library tells that."""
    if not isinstance(error, BaseException) or depth > 8:
        return
    yield error
    for inner in (error.__cause__, error.__context__, getattr(error, "reason", None), *error.args):
        yield from _behind(inner, depth + 1)
