"""Folders of photos become a stream of outcomes: `walk` finds the files, `local` reads them in a pool of processes."""

from cardscan.batch.local import Outcome, read_photos
from cardscan.batch.walk import arriving, photo_paths

__all__ = ["Outcome", "arriving", "photo_paths", "read_photos"]
