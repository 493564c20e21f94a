"""`cardscan merge`: which cards are one contact, why, and what you say to that."""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import PurePath
from typing import TYPE_CHECKING, Final

import click

from cardscan import wire
from cardscan.cli.common import chosen_format, clock, common_options, opened_store
from cardscan.cli.contacts import decided
from cardscan.cli.pairing import with_side
from cardscan.errors import UsageError
from cardscan.record import Card, Kinship, KinshipDecision
from cardscan.terminal import color_wanted, safe

if TYPE_CHECKING:
    from cardscan.store import Store

EXAMPLES = """\b
Examples:
  cardscan merge                        what is proposed, with reasons
  cardscan merge --auto                 carry out what is sure
  cardscan merge c-5f0c c-77aa          these are one person: one contact
  cardscan merge c-5f0c c-81d2 --side   the second is the back of the first
  cardscan merge --different c-5f0c c-9b10   two people; never propose it again
  cardscan merge --all                  what was merged, when, by whom, and why
  cardscan merge --undo                 take the last merge back
  cardscan merge --undo c-77aa          part this card from its contact

\b
Nothing is thrown away: every card stays as it was read, and plan, export,
report and stats show one contact. `cardscan scan` merges what is sure by
itself; what you decide here is never changed by a later scan.
"""
_KINDS: Final = {"side": "two sides of one card", "copy": "two photos of one card", "person": "one person"}
_SAID: Final = {"merged": "merged", "unmerged": "taken back", "different": "two people"}


@click.command("merge", epilog=EXAMPLES)
@click.argument("ids", nargs=-1, metavar="[ID…]")
@click.option("--auto", "--yes", "auto", is_flag=True, help="Carry out every proposal that is sure.")
@click.option("--side", is_flag=True, help="With two IDs: the second is the back of the first.")
@click.option("--different", is_flag=True, help="With two IDs: they are two people, whatever the cards say.")
@click.option("--undo", is_flag=True, help="Take back the last merge, or with IDs all merges of these cards.")
@click.option("--all", "everything", is_flag=True, help="List what was decided, too.")
@common_options("table", "jsonl")
def command(
    ids: tuple[str, ...],
    auto: bool,
    side: bool,
    different: bool,
    undo: bool,
    everything: bool,
    output_format: str | None,
    store_path: str | None,
    now: datetime | None,
    quiet: bool,
    no_color: bool,
    no_input: bool,
) -> int:
    """Make one contact of cards that belong together: of one card, or of one person met twice.

    The first ID stands for the contact. Without IDs the proposals are listed.
    """
    if auto + different + undo + side > 1 or (ids and auto) or (everything and (ids or auto or undo)):
        raise UsageError("say one of --auto, --side, --different, --undo and --all; --auto and --all take no IDs")
    if (side or different) and len(ids) != 2:
        raise UsageError(f"{'--side' if side else '--different'} takes two IDs")
    if len(ids) == 1 and not undo:
        raise UsageError("name two cards or more; the first stands for the contact")
    moment = clock(now)
    with opened_store(store_path) as store:
        cards = {card.id: card for card in store.cards()}
        named = [store.card(each).id for each in ids]
        if undo:
            listed = _undone(store, named, moment)
        elif named:
            listed = _by_hand(cards, named, moment, "different" if different else "merged", side)
        else:
            listed = _proposals(store, list(cards.values()))
        if auto:
            listed = _agreed(store, list(cards.values()), listed, moment)
        if any(each.decision for each in listed):
            _keep(store, cards, listed, moment)
        if everything:
            listed = [*store.kinships(), *listed]
    if chosen_format(output_format) == "jsonl":
        for each in listed:
            click.echo(wire.dumps(each))
    else:
        color = color_wanted(sys.stdout, no_color)
        for each in listed:
            click.echo("\n".join(_lines(each, cards, color)))
    if not quiet:
        click.echo(_summary(listed), err=True)
    return 0


# --- what is proposed, and what was said --------------------------------------------------------------------------


def _proposals(store: Store, cards: list[Card]) -> list[Kinship]:
    """What is open: sides first, then copies and persons; the sure ones before those to ask about."""
    from cardscan.kinship import features_by_id, find_persons, find_sides, undecided

    features = features_by_id(cards)
    log = store.kinships()
    sides = undecided(find_sides(cards, features), log)
    backs = {each.other for each in sides if each.sure}
    contacts = _contact_of(cards, log)
    persons = undecided(find_persons([card for card in cards if card.id not in backs], features), log)
    # What is one contact already, over a third card, needs no word.
    persons = [each for each in persons if contacts.get(each.card, each.card) != contacts.get(each.other, each.other)]
    return sorted([*sides, *persons], key=lambda each: (not each.sure, list(_KINDS).index(each.kind)))


def _contact_of(cards: Iterable[Card], log: Sequence[Kinship]) -> dict[str, str]:
    from cardscan.kinship import fold

    return dict(fold(cards, log).contact_of)


def _agreed(store: Store, cards: list[Card], proposals: Sequence[Kinship], at: datetime) -> list[Kinship]:
    from cardscan.kinship import agreed, features_by_id

    return [decided(each, "rule", at) for each in agreed(proposals, store.kinships(), features_by_id(cards))]


def _by_hand(
    cards: dict[str, Card], ids: Sequence[str], at: datetime, decision: KinshipDecision, side: bool
) -> list[Kinship]:  # fmt: skip
    """A person's word about cards: each further one and the first."""
    from cardscan.kinship import judge

    first = cards[ids[0]]
    found = []
    for other in dict.fromkeys(ids[1:]):
        if other == first.id:
            raise UsageError(f"{other} is that card itself")
        judged = judge(first, cards[other])
        kind = "side" if side else judged.kind if judged else "person"
        reasons = judged.reasons if judged else ()
        found.append(decided(Kinship(kind, first.id, other, reasons), "person", at, decision))
    return found


def _undone(store: Store, ids: Sequence[str], at: datetime) -> list[Kinship]:
    """Merges taken back: those of the cards named, or the last that were made together (sides found by scan aside).

    Raises:
        UsageError: There is none.
    """
    from cardscan.kinship import standing

    merged = [each for each in standing(store.kinships()).values() if each.decision == "merged"]
    if ids:
        chosen = [each for each in merged if each.pair & set(ids)]
    else:
        able = [each for each in merged if each.kind != "side" or each.by == "person"]
        last = max((each.at or "" for each in able), default=None)
        chosen = [each for each in able if (each.at or "") == last]
    if not chosen:
        raise UsageError("there is no merge to take back" + (f" of {', '.join(ids)}" if ids else ""))
    return [decided(each, "person", at, "unmerged") for each in chosen]


def _keep(store: Store, cards: dict[str, Card], decisions: Sequence[Kinship], at: datetime) -> None:
    """Keep decisions, mark sides on the cards, and plan again for those who have tasks."""
    from cardscan.kinship import standing

    before = standing(store.kinships())
    changed: dict[str, Card] = {}
    for each in decisions:
        was_side = each.pair in before and before[each.pair].kind == "side"
        for card_id in (each.card, each.other) if each.kind == "side" or was_side else ():
            marked = with_side(changed.get(card_id, cards[card_id]), replace(each, kind="side"))
            changed[card_id] = marked
    store.put_kinships(decisions, changed.values())
    cards.update(changed)
    _plan_again(store, {card_id for each in decisions for card_id in each.pair}, at)


def _plan_again(store: Store, ids: set[str], at: datetime) -> None:
    tasks = store.tasks()
    if not any(task.contact_id in ids for task in tasks):
        return
    from cardscan.cli.planning import planned_settings, replanned, user_settings

    playbooks = {task.playbook for task in tasks if task.contact_id in ids}
    settings = planned_settings(store, user_settings(), playbooks)
    replanned(store, list(store.cards()), at.astimezone(settings.zone), settings, only=frozenset(ids))


# --- how it is shown ----------------------------------------------------------------------------------------------


def _lines(each: Kinship, cards: dict[str, Card], color: bool) -> Iterator[str]:
    state = _SAID[each.decision] if each.decision else "sure" if each.sure else "to ask"
    when = f", {each.at[:10]}, by {'you' if each.by == 'person' else 'rule'}" if each.decision and each.at else ""
    head = f"{state}: {_KINDS[each.kind]}{when}"
    tint = "green" if state in ("sure", "merged") else "yellow"
    yield click.style(head, fg=tint) if color else head
    for card_id in (each.card, each.other):
        yield safe(f"  {card_id}  {_described(cards.get(card_id))}")
    pro = "; ".join(reason.text for reason in each.reasons if reason.agrees)
    contra = "; ".join(reason.text for reason in each.reasons if not reason.agrees)
    if pro:
        yield safe(f"  for:     {pro}")
    if contra:
        yield safe(f"  against: {contra}")
    if each.decision is None and not each.sure:
        yield safe(f"  cardscan merge {each.card} {each.other}  (or --different)")
    yield ""


def _described(card: Card | None) -> str:
    """Whose card it is, where it lies, when it was given."""
    if card is None:
        return "no longer in the store"
    contact = card.contact
    names = [contact.name.full] if contact and contact.name else []
    names += [contact.organizations[0].value] if contact and contact.organizations else []
    where = [PurePath(card.source.path).name, card.event.name, card.event.met_on]
    return f"{', '.join(names) or 'no name read'} ({', '.join(filter(None, where))})"


def _summary(listed: Sequence[Kinship]) -> str:
    counts = {word: sum(each.decision == decision for each in listed) for decision, word in _SAID.items()}
    done = [f"{count} {word}" for word, count in counts.items() if count]
    sure = sum(each.decision is None and each.sure for each in listed)
    ask = sum(each.decision is None and not each.sure for each in listed)
    if sure:
        done.append(f"{sure} sure (cardscan merge --auto)")
    if ask:
        done.append(f"{ask} for you to decide")
    return ", ".join(done) or "no two cards look like one contact that is not one already"
