"""How well a person's name agrees with the local part of a mail address.

"jane.doe", "jdoe", "doe.j", "janed", "doe", "jd" all come from Jane Doe; German umlauts may be written out. A fit is 0
(nothing in common) to 1 (all of it told).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import lru_cache

from rapidfuzz.distance import Levenshtein

from cardscan.parse.vocabulary import folded, letters, words

_SPLIT = re.compile(r"[._\-+0-9]+")
_UMLAUTS = str.maketrans(
    {"ä": "ae", "ö": "oe", "ü": "ue", "ø": "oe", "å": "aa", "Ä": "ae", "Ö": "oe", "Ü": "ue", "Ø": "oe"}
)
# Mailboxes of a body, not of a person.
FUNCTION_BOXES = frozenset(
    words(
        "info mail contact contato contacto kontakt contatto office sales vendas ventas vente"
        " verkauf admin service support"
        " hello hi team shop store hr jobs enquiries enquiry inquiry reception post studio booking"
        " bookings reservations"
        " export import marketing press kundenservice buero sekretariat secretariat atendimento"
        " comercial commercial"
        " financeiro compras purchase orders order webmaster help general main biuro iroda obchod kancelar"
    )
)


def name_fit(core: Sequence[str], locals_: Iterable[str]) -> float:
    """The best fit of a name with any of the mail addresses' local parts."""
    return max((_fit(tuple(core), local) for local in locals_), default=0.0)


@lru_cache(maxsize=8192)
def _fit(core: tuple[str, ...], local: str) -> float:
    parts = [p for p in _SPLIT.split(folded(local)) if p]
    if not parts or set(parts) <= FUNCTION_BOXES:
        return 0.0
    best = 0.0
    for variant in _variants(core):
        best = max(best, _fit_parts(variant, parts), _fit_run(variant, "".join(parts)))
    return best


def _variants(core: tuple[str, ...]) -> list[list[str]]:
    plain = [letters(word) for word in core if letters(word)]
    written = [letters(word.translate(_UMLAUTS)) for word in core if letters(word)]
    hyphenless = [piece for word in core for piece in re.split(r"[-']", word) if letters(piece)]
    found = [plain]
    for other in (written, [letters(w) for w in hyphenless]):
        if other not in found:
            found.append(other)
    return found


def _fit_parts(core: list[str], parts: list[str]) -> float:
    """Dotted local parts: each part is a word of the name, its beginning, or its initial."""
    if len(parts) < 2:
        return 0.0
    left = list(core)
    told = matched = 0.0
    for part in parts:
        told += len(part)
        word = next((w for w in left if w == part), None)
        if word is None and len(part) == 1:
            word = next((w for w in left if w[0] == part), None)
        if word is None and len(part) >= 3:
            word = next((w for w in left if w.startswith(part) or (len(w) >= 4 and part.startswith(w))), None)
        if word is None and len(part) >= 5:
            word = next((w for w in left if Levenshtein.normalized_similarity(w, part) >= 0.75), None)
            matched -= 0.2 * len(part) if word else 0
        if word is not None:
            left.remove(word)
            matched += len(part)
    share = matched / max(1.0, told)
    return share if share > 0.55 else 0.0


def _fit_run(core: list[str], run: str) -> float:
    """Local parts written together."""
    if not core or len(run) < 2:
        return 0.0
    first, last = core[0], core[-1]
    best = 0.0
    orders = {(first, last), (last, first), *((first, w) for w in core[1:]), *((w, first) for w in core[1:])}
    for one, two in orders:
        if len(core) > 1 and run == one + two:
            return 1.0
        if len(core) > 1 and len(two) >= 3 and run in (one[0] + two, two + one[0], one + two[0]):
            best = max(best, 0.92)
        if len(core) > 1 and len(two) >= 3 and run in (one[:2] + two, one[:3] + two, one + two[:2], one + two[:3]):
            best = max(best, 0.85)
    for word in core:
        if run == word and len(word) >= 3:
            best = max(best, 0.85)
        elif len(word) >= 4 and (run.startswith(word) or run.endswith(word)):
            best = max(best, 0.5 + 0.35 * len(word) / len(run))
        elif len(run) >= 4 and word.startswith(run):
            best = max(best, 0.6)
    joined = "".join(core)
    if run == joined or run == "".join(reversed(core)):
        return 1.0
    letters_first = "".join(word[0] for word in core)
    if len(core) > 1 and run in (letters_first, letters_first[::-1]):
        best = max(best, 0.4)
    if len(core) > 2 and run in (letters_first[:-1] + last, first + letters_first[1:]):
        best = max(best, 0.9)
    if best == 0 and len(run) >= 6:
        close = max(
            Levenshtein.normalized_similarity(run, form) for form in (joined, first[0] + last, first + last[:1])
        )
        best = 0.75 * close if close >= 0.82 else 0.0
    return best
