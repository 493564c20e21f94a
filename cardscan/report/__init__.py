"""One self-contained HTML page to look at: cards with the places where values were read, the agenda, the rates."""

from cardscan.report.page import page

__all__ = ["page"]
