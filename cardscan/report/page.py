"""The page itself: a template filled with cards, tasks and rates. No script, and nothing is loaded from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from cardscan.plan.rates import Rates
from cardscan.record import Card, Task
from cardscan.report.agenda import agenda
from cardscan.report.gallery import clean, exhibits

DOUBTFUL_BELOW = 0.6
SOON = 14
"""Days of the agenda that stand open; a year of keeping in touch is folded away under them."""


def page(
    cards: Sequence[Card],
    tasks: Sequence[Task],
    rates: Rates,
    now: datetime,
    zone: ZoneInfo,
    *,
    doubtful_below: float = DOUBTFUL_BELOW,
) -> str:
    """The whole report as one HTML file.

    Text from cards is escaped, links are http, https, mailto or tel only, pictures are embedded without EXIF, and the
    page's own content security policy forbids scripts and every request.

    Args:
        cards: Cards in the order they are shown; dismissed ones are left out, photos without a card are counted.
        tasks: Follow-ups; the open ones make the agenda.
        rates: What `cardscan stats` shows of the same cards.
        now: The moment the page is made, aware.
        zone: Whose days and hours the agenda means.
        doubtful_below: Confidence below which a value is marked.
    """
    environment = Environment(
        loader=PackageLoader("cardscan.report"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clean"] = clean
    shown = [card for card in cards if card.contact is not None and card.review.status != "dismissed"]
    days = agenda(tasks, now, zone)
    return environment.get_template("report.html.j2").render(
        made=now.astimezone(zone).strftime("%Y-%m-%d %H:%M"),
        exhibits=list(exhibits(shown, doubtful_below)),
        shown_ids={card.id for card in shown},
        days=days,
        soon=[day for day in days if day.ahead <= SOON],
        later=[day for day in days if day.ahead > SOON],
        overdue=sum(item.overdue for day in days for item in day.items),
        rates=rates,
        without_card=sum(card.contact is None for card in cards),
    )
