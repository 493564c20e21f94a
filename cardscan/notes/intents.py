"""Promises (what I do) and offers (what they do) of one clause.

A promise out of nothing is the worst mistake this room can make, so a clause yields one only on positive evidence: a
commanding verb at its head, `I will`, a thing with a deadline. Negation, condition, question, past and a third person
each take it away.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date

from cardscan.notes.clauses import Clause
from cardscan.notes.commands import attribution, conditional, due_of, is_mine
from cardscan.notes.head import Head, read_head
from cardscan.notes.jotting import Jotting
from cardscan.notes.things import Said, awaited, owed, thing, to_be_done, verb_last
from cardscan.notes.wording import task_words


@dataclass(frozen=True, slots=True)
class Intent:
    """Something to be done.

    Attributes:
        mine: Whether I do it; otherwise they do.
        what: In the note's own words, from the verb on.
        due: The last day of the date said with it.
    """

    mine: bool
    what: str
    due: date | None


def intent(j: Jotting, clause: Clause, heir_to_them: bool = False, listed: bool = False) -> Intent | None:
    """The promise or the offer of a clause, if it holds one.

    `heir_to_them` says that the clause goes on with what *they* do: `he'll check with legal and let me know`.
    `listed` says that it stands below a heading such as `next steps`.
    """
    if clause.ticked or clause.end <= clause.start or j.norm(clause.start) in {"'", '"', "“", "„", "«", "‘"}:
        return None
    if j.has("phrases.slogan", clause.start + j.has("phrases.filler", clause.start)):
        return None
    if j.norm(clause.end) == ":" and j.has("phrases.contact_label", clause.start) == clause.end - clause.start:
        return None
    head = read_head(j, clause)
    if heir_to_them and head.subject is None and head.form == "command":
        head = replace(head, subject="them", meant=True)
    if listed and head.subject is None:
        head = replace(head, meant=True)
    if head.negated:
        return None
    said = owed(j, clause)
    if said is None and head.form != "past" and not j.find("phrases.done", clause.start, clause.end):
        said = awaited(j, clause) or _said(j, clause, head, listed)
    return Intent(said.mine, said.what, due_of(clause)) if said else None


def _said(j: Jotting, clause: Clause, head: Head, listed: bool) -> Said | None:
    """What the verb of a clause says is to be done, else a thing with a deadline."""
    if head.verb is None:
        return verb_last(j, clause, head) or to_be_done(j, clause, head) or thing(j, clause, head, listed)
    if conditional(j, clause, head) or (clause.question and not head.pledged):
        return None
    mine = is_mine(j, clause, head)
    if mine is None:
        return thing(j, clause, head)
    start = head.verb if head.clitic is None or mine else head.clitic
    what = task_words(j, start, attribution(j, clause), clause)
    return Said(mine, what) if what else None
