"""Contacts and facts, and now -> tasks.

`make_plan` is the one way in: cards, tasks as they stand and the contact log go in, with the moment of planning; a
`Plan` comes out. It is pure: nothing here reads the clock or touches the store.

The order of work, one module each:

    met, whereabouts, person   who they are: when we met, where they live in time, what all their notes say
    playbook, playbook_file    the steps of a playbook (TOML), checked
    focus                      whom of an event to follow up in full
    outline                    the steps that people of one kind are owed, and how these hang together
    unfold, past, wording      the tasks of one person, with what has become of them so far, and their titles
    deadlines, dating          when each is due
    gatherings                 debriefs and supplies, which are nobody's alone
    schedule, places, windows  a slot for every task in the daily block, or at a time of its own
    slots, hours               the days as they fill up; minutes since the epoch
    selection, leftover        plans for some contacts only; what becomes of earlier tasks
    planner                    all of it
    retold                     tasks of cards that became one contact
    rules, rates               the table of rules; how well the follow-up goes
"""

from __future__ import annotations

from cardscan.plan.contacts import Contacted
from cardscan.plan.leftover import DISMISSED
from cardscan.plan.planner import Plan, make_plan, sort_key
from cardscan.plan.playbook import Playbook
from cardscan.plan.playbook_file import BUILT_IN, load_playbook
from cardscan.plan.rates import Rates, rates
from cardscan.plan.retold import Retold, retold
from cardscan.plan.rules import Rule, load_rules

__all__ = [
    "BUILT_IN",
    "DISMISSED",
    "Contacted",
    "Plan",
    "Playbook",
    "Rates",
    "Retold",
    "Rule",
    "load_playbook",
    "load_rules",
    "make_plan",
    "rates",
    "retold",
    "sort_key",
]
