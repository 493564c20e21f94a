"""The page itself: a template filled with cards, tasks and rates. No script, and nothing is loaded from anywhere."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from cardscan.record import Card, Task
from cardscan.report.gallery import clean, exhibits

DOUBTFUL_BELOW = 0.6


@dataclass(frozen=True, slots=True)
class Day:
    """The tasks of one day of the agenda."""

    name: str
    overdue: bool
    tasks: tuple[Task, ...]


@dataclass(frozen=True, slots=True)
class Rate:
    """How many contacts of an event were followed up."""

    event: str
    done: int
    total: int

    @property
    def percent(self) -> int:
        """Share followed up, in percent."""
        return round(100 * self.done / self.total) if self.total else 0


def page(cards: Sequence[Card], tasks: Sequence[Task], now: datetime, *, doubtful_below: float = DOUBTFUL_BELOW) -> str:
    """The whole report as one HTML file.

    Text from cards is escaped, links are http, https, mailto or tel only, pictures are embedded without EXIF, and the
    page's own content security policy forbids scripts and every request.
    """
    shown = [card for card in cards if card.contact is not None and card.review.status != "dismissed"]
    environment = Environment(
        loader=PackageLoader("cardscan.report"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["clean"] = clean
    return environment.get_template("report.html.j2").render(
        made=now.strftime("%Y-%m-%d %H:%M"),
        exhibits=list(exhibits(shown, doubtful_below)),
        days=_agenda(tasks, now),
        rates=_rates(shown, tasks),
        without_card=sum(card.contact is None for card in cards),
    )


def _agenda(tasks: Sequence[Task], now: datetime) -> list[Day]:
    waiting = sorted((t for t in tasks if t.status in ("open", "waiting") and t.due), key=lambda t: (t.due or "", t.id))
    days = []
    for day, group in groupby(waiting, key=lambda task: (task.due or "")[:10]):
        when = date.fromisoformat(day)
        days.append(Day(f"{when:%A, %d %B %Y}", when < now.date(), tuple(group)))
    return days


def _rates(cards: Sequence[Card], tasks: Sequence[Task]) -> list[Rate]:
    """Contacts with a task done, per event and over all."""
    done = {task.contact_id for task in tasks if task.status == "done"}
    by_event: dict[str, list[Card]] = {}
    for card in cards:
        by_event.setdefault(card.event.name or "(no event)", []).append(card)
    rates = [Rate(clean(name), sum(c.id in done for c in held), len(held)) for name, held in sorted(by_event.items())]
    if len(rates) > 1:
        rates.append(Rate("All", sum(rate.done for rate in rates), sum(rate.total for rate in rates)))
    return rates
