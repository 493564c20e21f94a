"""Contacts and tasks to a CardDAV or CalDAV server: created or updated by ETag, a conflict told and not overwritten.

The only room that opens a socket, and only when the user names a server.
"""

from cardscan.push.asking import PushError
from cardscan.push.credentials import Credentials, credentials_for
from cardscan.push.sync import Item, Outcome, Pushed, collection, plan, push

__all__ = [
    "Credentials", "Item", "Outcome", "PushError", "Pushed", "collection", "credentials_for", "plan", "push",
]  # fmt: skip
