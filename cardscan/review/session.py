"""A review from first card to last: keys come in, decisions go to the store at once, and can be undone."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from cardscan.errors import CardscanError
from cardscan.record import Card, Kinship
from cardscan.review import decisions, learn, pairs, screen
from cardscan.review.entries import KINDS, Entry
from cardscan.review.neighbours import described, name_of, nearest
from cardscan.store import LogEntry, Store


class Ask(Protocol):
    """Asks the person for a line of text."""

    def __call__(
        self, question: str, filled: str, completions: Sequence[str], about: Entry | None = None
    ) -> str | None:
        """Give what was typed, or None when the person thought better of it.

        Args:
            question: One line, after lines to choose from, if any.
            filled: What is there to begin with.
            completions: What Tab offers.
            about: The value that the question is about, so that the place where it was read can be shown.
        """
        ...


@dataclass(frozen=True, slots=True)
class _Undo:
    """How things stood before a decision: the cards to put back, the ones it made, the queue, and the place in it.

    `paired` are the decisions about pairs of cards that were added to the first `log` ones of the store.
    """

    cards: tuple[Card, ...]
    made: tuple[str, ...]
    queue: tuple[str, ...]
    position: int
    paired: tuple[Kinship, ...] = ()
    log: int = 0


class Session:
    """The cards to review, the place among them, and what the last key did.

    Attributes:
        message: One line about what the last key did or why it could not.
        finished: No card is left, or the person quit.
    """

    def __init__(
        self, store: Store, card_ids: Sequence[str], ask: Ask, now: Callable[[], datetime], *,
        doubtful_below: float, region: str | None = None,
    ) -> None:  # fmt: skip
        self.message = ""
        self._store = store
        self._ids = list(card_ids)
        self._ask = ask
        self._now = now
        self._doubtful_below = doubtful_below
        self._region = region
        self._position = 0
        self._undo: list[_Undo] = []
        self._quit = False
        self._keys: dict[str, Callable[[Card], None]] = {
            "a": self._accept, "s": self._skip, "x": self._swap, "l": self._line, "+": self._add, "-": self._drop,
            "n": self._note, "e": self._met, "*": self._priority, "h": self._hit_it_off, "d": self._dismiss,
            "p": self._part, "m": self._merge, "b": self._back, "=": self._take, "0": self._fix_numbered,
        }  # fmt: skip

    @property
    def finished(self) -> bool:
        """Whether there is nothing left to ask."""
        return self._quit or self._position >= len(self._ids)

    @property
    def card(self) -> Card:
        """The card that is shown, as the store has it."""
        return self._store.card(self._ids[self._position])

    def view(self) -> screen.View:
        """What to draw, without pictures."""
        card = self.card
        proposed = learn.proposals(card.contact, learn.remembered(self._store.corrections())) if card.contact else []
        place = (self._position + 1, len(self._ids))
        return screen.View(card, place, self._doubtful_below, proposed, message=self.message)

    def press(self, key: str) -> None:
        """Do what a key says; a key that cannot be done leaves everything as it was and says why in `message`."""
        self.message = ""
        try:
            if key == "q":
                self._quit = True
            elif key == "u":
                self._take_back()
            elif key.isdigit() and key != "0":
                self._fix(self.card, int(key))
            elif key in self._keys:
                self._keys[key](self.card)
            elif key.strip():
                self.message = f"{key!r} is no key here; ? lists them"
        except (CardscanError, ValueError) as error:
            self.message = str(error)

    # --- decisions about the whole card -------------------------------------------------------------------------

    def _accept(self, card: Card) -> None:
        self._keep(card, decisions.accept(card), said="reviewed")
        self._position += 1

    def _dismiss(self, card: Card) -> None:
        self._keep(card, decisions.dismiss(card), said="dismissed")
        self._position += 1

    def _skip(self, card: Card) -> None:
        self._undo.append(_Undo((), (), tuple(self._ids), self._position))
        self._position += 1

    def _take_back(self) -> None:
        if not self._undo:
            self.message = "nothing to undo"
            return
        last = self._undo.pop()
        self._store.put_card(*last.cards, remove=last.made)
        if last.paired:
            before = self._store.kinships()[: last.log]
            self._store.put_kinships(pairs.taken_back(last.paired, before, self._at))
        self._position = last.position
        self._ids = list(last.queue)
        self.message = "taken back"

    # --- values -----------------------------------------------------------------------------------------------------

    def _fix(self, card: Card, number: int) -> None:
        entry = self._entry(card, number)
        text = self._ask(f"{entry.label}: ", entry.text, [line.text for line in card.lines], about=entry)
        if text is None or text == entry.text:
            return
        changed = decisions.change(card, entry, text, self._region)
        self._keep(card, changed)
        self._learn(entry, changed)

    def _fix_numbered(self, card: Card) -> None:
        if (number := self._number("which value? ")) is not None:
            self._fix(card, number)

    def _swap(self, card: Card) -> None:
        answer = self._ask("swap which two? ", "", ())
        numbers = [int(part) for part in (answer or "").replace(",", " ").split()]
        if len(numbers) == 2:
            first, second = (self._entry(card, number) for number in numbers)
            self._keep(card, decisions.swap(card, first, second, self._region))
        elif answer:
            self.message = "name two values by their numbers, as in 1 3"

    def _line(self, card: Card) -> None:
        listing = "\n".join(f"{number:>3}  {line.text}" for number, line in enumerate(card.lines, start=1))
        answer = self._ask(f"{listing}\nline number and field, or note: ", "", (*KINDS, "note"))
        number, _, kind = (answer or "").partition(" ")
        if not answer:
            return
        if not number.isdigit() or not 0 < int(number) <= len(card.lines):
            self.message = "name a line and a field, as in 4 title"
            return
        index = int(number) - 1
        text, kind = card.lines[index].text, kind.strip().lower()
        if kind == "note":
            self._keep(card, decisions.note(card, text, self._now().date(), self._region, lines=(index,)))
        else:
            self._keep(card, decisions.add(card, kind, text, (index,), self._region))

    def _add(self, card: Card) -> None:
        answer = self._ask("field and value, as in phone mobile +49 …: ", "", KINDS)
        if answer:
            kind, _, text = answer.partition(" ")
            self._keep(card, decisions.add(card, kind, text, region=self._region))

    def _drop(self, card: Card) -> None:
        if (number := self._number("drop which value? ")) is not None:
            self._keep(card, decisions.change(card, self._entry(card, number), ""))

    def _take(self, card: Card) -> None:
        proposed = self.view().proposals
        if not proposed:
            self.message = "nothing is known from earlier corrections"
            return
        changed = card
        for each in proposed:
            changed = decisions.change(changed, each.entry, each.text, self._region)
        self._keep(card, changed)

    # --- what the card does not say -------------------------------------------------------------------------------

    def _note(self, card: Card) -> None:
        if text := self._ask("note: ", "", ()):
            self._keep(card, decisions.note(card, text, self._now().date(), self._region))

    def _met(self, card: Card) -> None:
        known = sorted({each.event.name for each in self._store.cards() if each.event.name})
        name = self._ask("met at which event: ", card.event.name or "", known)
        if name is not None:
            self._keep(card, decisions.met(card, name))

    def _priority(self, card: Card) -> None:
        self._keep(card, decisions.mark(card, self._now().date(), priority=True))

    def _hit_it_off(self, card: Card) -> None:
        self._keep(card, decisions.mark(card, self._now().date(), hit_it_off=True))

    # --- several cards ----------------------------------------------------------------------------------------------

    def _part(self, card: Card) -> None:
        answer = self._ask("values of the second person, by number: ", "", ())
        numbers = [int(part) for part in (answer or "").replace(",", " ").split()]
        if not numbers:
            return
        siblings = self._store.cards_of(card.source.sha256) if card.source.sha256 else [card]
        first, second = decisions.split(card, [self._entry(card, number) for number in numbers], siblings)
        self._keep(card, first, second)
        self._ids.insert(self._position + 1, second.id)

    def _merge(self, card: Card) -> None:
        if (other := self._other(card, "which card is of the same contact?")) is not None:
            log = self._store.kinships()
            decided = pairs.joined(card, other, self._store.cards(), log, self._at)
            self._store.put_kinships([decided])
            self._undo.append(_Undo((), (), tuple(self._ids), self._position, (decided,), len(log)))
            self.message = f"one contact with {described(other)}"
            if other.id in (later := self._ids[self._position + 1 :]):
                later.remove(other.id)
                self._ids[self._position + 1 :] = [other.id, *later]
                self.message += ", which comes next"

    def _back(self, card: Card) -> None:
        if (front := self._other(card, "this is the back of which card?")) is not None:
            self._pair(front, card)
            self._position += 1

    def _pair(self, front: Card, back: Card) -> None:
        """Keep two cards as sides of one, in the log that `cardscan merge` shows; a front that the back had is free."""
        log = self._store.kinships()
        left = [card for card in pairs.fronts_of(back, self._store.cards(), log) if card.id != front.id]
        decided = pairs.paired(front, back, left, self._at)
        free = [replace(card, source=replace(card.source, other_side=None)) for card in left]
        self._store.put_kinships(decided, [*free, *decisions.pair(front, back)])
        self._undo.append(_Undo((back, front, *left), (), tuple(self._ids), self._position, tuple(decided), len(log)))

    # --- inside -----------------------------------------------------------------------------------------------------

    @property
    def _at(self) -> str:
        return self._now().isoformat(timespec="seconds")

    def _keep(self, old: Card, *new: Card, said: str = "") -> None:
        made = tuple(card.id for card in new if card.id != old.id)
        self._store.put_card(*new)
        if said:
            self._store.put_tasks([], log=[LogEntry(old.id, self._at, said)])
        self._undo.append(_Undo((old,), made, tuple(self._ids), self._position))

    def _learn(self, entry: Entry, changed: Card) -> None:
        for now in screen.shown_entries(changed, 0.0):
            if (now.kind, now.position) == (entry.kind, entry.position):
                slip = learn.correction(entry, now.value)
                if slip is not None:
                    self._store.put_correction(slip.kind, slip.read, slip.truth)

    def _entry(self, card: Card, number: int) -> Entry:
        shown = screen.shown_entries(card, self._doubtful_below)
        if not 0 < number <= len(shown):
            raise ValueError(f"there is no value {number} on this card")
        return shown[number - 1]

    def _number(self, question: str) -> int | None:
        answer = (self._ask(question, "", ()) or "").strip()
        if answer and not answer.isdigit():
            raise ValueError("name a value by its number")
        return int(answer) if answer else None

    def _other(self, card: Card, question: str) -> Card | None:
        """Another card: by its number among the nearest, by the start of its id, or by part of a name."""
        others = [each for each in self._store.cards() if each.id != card.id and each.review.status != "dismissed"]
        if not others:
            raise ValueError("there is no other card")
        near = nearest(card, others)
        listing = "\n".join(f"{number:>3}  {described(each)}" for number, each in enumerate(near, start=1))
        names = sorted({name for each in others if (name := name_of(each))})
        answer = (self._ask(f"{listing}\n{question} number, id or name: ", "", names) or "").strip()
        if not answer:
            return None
        if answer.isdigit() and 0 < int(answer) <= len(near):
            return near[int(answer) - 1]
        named = [each for each in others if answer.casefold() in name_of(each).casefold()]
        if len(named) > 1:
            raise ValueError(f"{len(named)} cards are called so: say more of the name, or the id")
        other = named[0] if named else self._store.card(answer)
        if other.id == card.id:
            raise ValueError("that is this card itself")
        return other
