"""Tasks become words: letters, outlines, cards in a handwriting face. Pure: no clock, no store, no network.

`compose` writes a `Draft` for a task and a card; `lint` reads any letter for words of selling. `mail` turns a draft
into text or a mail file. `lettering`, `layout` and `paper` put a thank-you card on paper as vector paths, which `ink`
writes as SVG, PDF or PNG.
"""

from cardscan.draft.compose import TEMPLATE_OF_KIND, compose
from cardscan.draft.lint import lint
from cardscan.draft.model import LANGUAGES, Blank, Citation, Draft, Finding, Language, Sender

__all__ = [
    "LANGUAGES",
    "TEMPLATE_OF_KIND",
    "Blank",
    "Citation",
    "Draft",
    "Finding",
    "Language",
    "Sender",
    "compose",
    "lint",
]
