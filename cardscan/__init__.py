"""cardscan: photos of paper business cards become contacts, notes and dated follow-ups."""

__version__ = "0.1.0"
