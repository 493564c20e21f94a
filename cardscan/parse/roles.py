"""What the rest of the print is: tagline, services, opening hours, registration, landmark, label, or just text."""

from __future__ import annotations

import re

from cardscan.parse.address_labels import is_landmark
from cardscan.parse.layout import Piece
from cardscan.parse.titles import department_score
from cardscan.parse.vocabulary import role_words, word_list, words

_CLOCK = re.compile(r"\b(?:[01]?\d|2[0-4])\s?(?:[:.h]\s?[0-5]\d|\s?(?:am|pm|uhr|hs?))\b", re.IGNORECASE)
_SINCE = re.compile(
    r"\b(?:since|seit|depuis|desde|dal|sinds|od|est\.?|estd\.?|"
    r"fondée en|gegründet|založeno|alapítva)\s*:?\s*(?:1[789]|20)\d\d\b",
    re.IGNORECASE,
)


def role_of(piece: Piece) -> str:
    """The role of a piece that is no contact field."""
    text = piece.text
    tokens = words(text)
    if not tokens:
        return "text"
    hours = sum(t in role_words("hours") for t in tokens)
    if hours and (_CLOCK.search(text) or hours >= 2 or hours == len(tokens)):
        return "hours"
    if _CLOCK.search(text) and len(tokens) <= 8:
        return "hours"
    if is_landmark(text):
        return "landmark"
    if all(t in role_words("label") or t in word_list("label_words") for t in tokens) and len(tokens) <= 4:
        return "label"
    if department_score(text) > 0.5:
        return "department"
    registration = [t for t in tokens if t in role_words("registration")]
    if registration and any(c.isdigit() for c in text):
        return "registration"
    services = sum(t in role_words("services") for t in tokens)
    kinds = sum(t in word_list("organization_words") for t in tokens)
    small = sum(t in role_words("tagline") or t in word_list("stop_words") for t in tokens)
    if _SINCE.search(text):
        return "tagline"
    if services or (kinds and (text.count(",") or text.count("•") or text.count("·")) and not small):
        return "services"
    if len(tokens) >= 3 and (small >= 1 or text.rstrip().endswith((".", "!", "?", "…"))):
        return "tagline"
    if text.count(",") + text.count("•") + text.count("|") + text.count("·") >= 2 or kinds >= 2:
        return "services"
    return "text"
