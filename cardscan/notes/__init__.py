"""Notes: text written on a card, or typed for it, becomes facts (`record.NoteFacts`).

Read in this order: `tokens` (signs and short forms), `repair` (slips of OCR and thumbs), `language` and `lexicon`
(what words mean, as data), `dates` (a written grammar, past and coming meaning of every form), `clauses`, `openings`
and `states` (what belongs together), `head` (who acts, and is it meant), then one module per kind of fact: `intents`
(promises and offers, with `commands` and `things`), `meetings`, `encounters` (where we met, with `whereabouts` and
`venues`), `people` and `gatekeepers` (with `naming`), `subjects`, `marks`; and `facts`, the whole path on one screen.
`correct` chooses among what pen strokes allow, `phrasing` says what a line's words tell of its writer. The grammar is
written down in docs/notes.md, and tests/notes/corpus is its twin.
"""

from cardscan.notes.correct import correct, known_share
from cardscan.notes.facts import read_note
from cardscan.notes.phrasing import is_slogan, leads_on
from cardscan.notes.tokens import fold

__all__ = ["correct", "fold", "is_slogan", "known_share", "leads_on", "read_note"]
