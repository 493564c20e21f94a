"""The terminal prompt that makes checking a card take seconds.

`Session` takes keys and keeps decisions; `screen` draws; `picture` puts images on terminals; `queue` says which cards
need a person and which `--auto` may accept.
"""

from cardscan.review.queue import accepts, to_review
from cardscan.review.session import Session

__all__ = ["Session", "accepts", "to_review"]
