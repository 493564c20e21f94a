"""Text of a note -> tokens that remember where they stood.

A token is a run of letters, a run of digits, a mark such as `→` or `★`, one of the short forms that contain signs
(`w/`, `f/u`, `b4`), an address, or a line break. `norm` is what the grammar compares: lower case without accents.
Every pattern here is a plain alternation with bounded parts, so tokenizing is linear in the length of the text.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Literal

Kind = Literal["word", "number", "mark", "break", "address"]

SHORT_FORMS = (
    r"w/o|w/c|w/b|w/e|w/in|w/|b/w|f/up|f/u|f\.u\.|f\.up|s/he|1:1|b4|2moro|2morrow|2day|gr8|l8r|p\.a\.|a\.m\.?|p\.m\.?"
    r"|['’]ll|['’]d|e\.g\.|i\.e\.|n\.b\.|z\.b\.|d&d|r&d|q&a|p&l|m&a|h&m|at&t|b&b|r&b|c\+\+|c#|f1|a\+|b2b|b2c|f2f|o'clock|o’clock"
)
_TOKEN = re.compile(
    r"(?P<address>(?:https?://|www\.)\S{1,500}|[\w.+-]{1,64}@[\w-]{1,63}(?:\.[\w-]{1,63}){1,4}"
    r"|(?<![\w.])[\w-]{2,63}\.(?:com|org|net|io|eu|co\.uk|com\.br)(?:/\S{0,200})?(?![\w-]))"
    rf"|(?P<short>(?<![^\W_])(?:{SHORT_FORMS})(?![^\W_]))"
    r"|(?P<todo>\[\s?\]|☐|□)|(?P<ticked>\[[xX✓✔]\]|☑|✓|✔|✅)"
    r"|(?P<arrow>[-=—–]{1,3}[>›»]|[→⇒➔➜➡⟶▶►])"
    r"|(?P<number>\d{1,9})|(?P<word>[^\W\d_]+(?:['’`´][^\W\d_]+)*)|(?P<line>\n)|(?P<mark>\S)",
    re.IGNORECASE,
)
_ELISION = re.compile(r"(?:[ldmtsnjc]|qu|dell|dall|nell|all|sull|un)['’`´](?=[^\W\d_]{2})", re.IGNORECASE)
_CLITIC = re.compile(r"(?<=[^\W\d_])['’`´](?:ll|d)$", re.IGNORECASE)
_DASHES = dict.fromkeys(map(ord, "‐‑‒–—−"), "-")
_LETTERS = str.maketrans({"ß": "ss", "ø": "o", "æ": "ae", "œ": "oe", "ł": "l", "đ": "d", "’": "'", "`": "'", "´": "'"})
_STARS = frozenset("★⭐✭✮✯☆✪🌟✱")

TITLES = frozenset(
    "dr mr mrs ms prof st mme mlle sr sra hr fr dott ing inc ltd "
    "co approx no nr tel ext vs etc dipl jr mgr pot poss"
    " dept univ int incl attn abt mogl evtl bzgl ca tlf av "
    "dhr mevr sig dra dna srta ggf bzw str max min asst mtg appt"
    " wg bgl usw zzgl inkl vorm nachm env qq rte gem lt betr bel resp spec prox attn"
    " freundl nachst evt svc mgmt assoc".split()
)
"""Short forms whose full stop ends no sentence."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token.

    Attributes:
        text: As written.
        norm: What the grammar compares; a repaired token has the norm of the word it was taken for.
        kind: What it is.
        start: Index of its first character in the note.
        end: Index behind its last character.
        spaced: Whether white space (or nothing) stands before it.
    """

    text: str
    norm: str
    kind: Kind
    start: int
    end: int
    spaced: bool = True

    @property
    def capital(self) -> bool:
        """Whether it begins with a capital letter."""
        return self.text[:1].isupper()


def fold(text: str) -> str:
    """Lower case, accents dropped, typographic apostrophes and dashes made plain."""
    lowered = text.casefold().translate(_LETTERS).translate(_DASHES)
    if lowered.isascii():
        return lowered
    return "".join(c for c in unicodedata.normalize("NFKD", lowered) if not unicodedata.combining(c))


def tokenize(text: str) -> list[Token]:
    """Cut a note into tokens, in order; white space is dropped but remembered in `spaced`."""
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        start, end, name = match.start(), match.end(), match.lastgroup
        spaced = start == 0 or text[start - 1].isspace()
        value = match.group()
        if name == "word":
            tokens += _word(value, start, spaced)
            continue
        kind: Kind = "mark"
        norm = fold(value)
        if name == "address":
            kind = "address"
        elif name == "short":
            kind = "word"
        elif name == "todo":
            norm = "☐"
        elif name == "ticked":
            norm = "boxdone"
        elif name == "arrow":
            norm = "→"
        elif name == "number":
            kind = "number"
        elif name == "line":
            kind, spaced = "break", True
        elif value in _STARS:
            norm = "★"
        tokens.append(Token(value, norm, kind, start, end, spaced))
    return tokens


def _word(value: str, start: int, spaced: bool) -> list[Token]:
    """A word; `l'équipe` and `he'll` are two tokens each."""
    cut = _ELISION.match(value)
    at = cut.end() if cut else None
    if at is None and (clitic := _CLITIC.search(value)):
        at = clitic.start()
    if at is None:
        return [Token(value, fold(value), "word", start, start + len(value), spaced)]
    first, second = value[:at], value[at:]
    return [
        Token(first, fold(first).rstrip("'"), "word", start, start + at, spaced),
        Token(second, fold(second), "word", start + at, start + len(value), False),
    ]
