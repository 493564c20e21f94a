"""Organisations: how much a text looks like the name of a company or body, and how well it fits a web domain.

Evidence only from the text and the card's hosts; `assign` adds size and place. Legal forms of sixty countries stand in
`lexicon/legal_forms.txt` with the countries that use them.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache

from rapidfuzz import fuzz
from rapidfuzz.distance import Levenshtein

from cardscan.parse.hosts import suffix_of
from cardscan.parse.vocabulary import (
    folded,
    initials,
    is_cjk,
    letters,
    read_lines,
    role_words,
    substrings,
    supporting,
    word_list,
    words,
)

_LONGEST = 110  # characters of a printed organisation
_MOST_WORDS = 12
_SENTENCE = re.compile(r"[.!?]\s+[^\W\d_]|[!?…]$|\.\.\.")
_SMALL_L = re.compile(r"(?<=\bs\.r\.)i(?=\.?$)|(?<=\bs\.p\.r\.)i(?=\.?$)|(?<=\bsr)i$|(?<=\bs\.a\.r\.)i(?=\.?$)")
_ORDINAL = re.compile(r"(?<!\d)\d{1,2}\.\s*$")
_GENERIC = frozenset(words("info mail contact office sales admin hello web shop online www"))


@cache
def _legal_forms() -> tuple[tuple[re.Pattern[str], str, tuple[str, ...], bool], ...]:
    """Each form as (pattern on folded text, where "^" "$" "*", countries, whether it has inner dots), longest first."""
    forms = []
    for line in read_lines("legal_forms.txt"):
        form, _, countries = line.partition("\t")
        where = form[0] if form[0] in "^*" else "$"
        bare = form.lstrip("^*")
        pattern = re.escape(folded(bare).rstrip(".")).replace(r"\ ", r"\s?").replace(r"\.", r"\.?")
        if is_cjk(bare):
            compiled = re.compile(re.escape(bare))
        elif where == "^":
            compiled = re.compile(rf"^{pattern}\.?\s+(?=\S)")
        else:
            compiled = re.compile(rf"(?<=[\w.,)&\"'-])[\s,]+\(?{pattern}\b\.?\)?(?=$|[\s,;:|()/-])")
        forms.append((len(bare), compiled, where, tuple(countries.split()), bare))
    forms.sort(key=lambda item: (-item[0], item[4]))
    return tuple((pattern, where, countries, "." in bare[:-1]) for _, pattern, where, countries, bare in forms)


@cache
def _any_legal_form() -> re.Pattern[str]:
    """One search that tells most texts hold none of them."""
    return re.compile("|".join(pattern.pattern for pattern, *_ in _legal_forms()))


@lru_cache(maxsize=2048)
def legal_form(text: str) -> tuple[int, int, tuple[str, ...]] | None:
    """The legal form in a name as (start, end, countries); None when it has none."""
    if len(text) > _LONGEST or len(text) < 3:
        return None
    plain = folded(text)
    if len(plain) != len(text):
        plain = text.lower()
    plain = _SMALL_L.sub("l", plain) if plain[-2:].rstrip(".").endswith("i") else plain
    if not _any_legal_form().search(plain) and not _any_legal_form().search(text):
        return None
    for pattern, where, countries, dotted in _legal_forms():
        match = pattern.search(plain) or (pattern.search(text) if where == "*" else None)
        if match is None:
            continue
        token = text[match.start() : match.end()].strip(" ,.()")
        if dotted and len(token) <= 2:
            continue  # "a.s." needs its dots: "AS" is another form
        # Two lower-case letters are words ("as", "me", "se"), not forms.
        if len(token) <= 2 and token.isascii() and token.islower():
            continue
        if len(token) <= 3 and token.isascii() and match.end() < len(text.rstrip()) and where == "$":
            continue
        if _ORDINAL.search(text[: match.start()]):
            continue  # "2. OG" is a floor
        return match.start(), match.end(), countries
    return None


@lru_cache(maxsize=2048)
def organization_score(text: str) -> float:
    """Evidence from the text alone that it names a body, in log-odds."""
    if not text or len(text) > _LONGEST or "@" in text:
        return -4.0
    if is_cjk(text):
        score = -0.4 + 3.0 * (legal_form(text) is not None)
        score += 1.3 * any(part in text for part in substrings("organization_cjk"))
        score -= 1.2 * any(text.endswith(t) for t in substrings("title_cjk") if len(t) > 1)
        return score - 0.1 * max(0, len(text) - 20)
    tokens = words(text)
    if not tokens or len(tokens) > _MOST_WORDS:
        return -4.0
    form = legal_form(text)
    score = -0.6 + (3.2 if form is not None else 0.0)
    bodies = [t for t in tokens if t in word_list("organization_words")]
    score += 0.9 * min(1, len(bodies)) + 0.3 * max(0, min(2, len(bodies) - 1))
    if len(bodies) == len(tokens) and form is None:
        score -= 0.7  # only kinds of body, none named: a line of trade
    score -= 0.9 * min(3, sum(t in role_words("services") for t in tokens))
    small = [t for t in tokens if t in role_words("tagline") and t not in word_list("organization_words")]
    score -= 0.45 * max(0, len(small) - (1 if bodies else 0))
    score -= 1.5 * bool(_SENTENCE.search(text)) + 0.4 * (text.endswith(".") and form is None)
    score -= 0.25 * max(0, len(tokens) - 5)
    score -= 1.0 * min(2, text.count(",")) if form is None else 0.0
    heads = [t for t in tokens if t in word_list("title_words") and t not in bodies]
    score -= 1.0 * min(2, len(heads)) + 0.3 * min(
        2, sum(t in supporting("title_words") for t in tokens if t not in bodies)
    )
    if sum(c.isdigit() for c in text) > max(3, len(text) // 3):
        score -= 1.5
    if len(letters(text)) < 3:
        score -= 1.2
    if text.islower() and len(tokens) > 3:
        score -= 0.8
    return score


def core_labels(hosts: Iterable[str]) -> tuple[str, ...]:
    """The naming label of each host ("acme" of "www.acme.co.uk"), folded, without repeats."""
    found: dict[str, None] = {}
    for host in hosts:
        suffix = suffix_of(host)
        bare = host.lower().removeprefix("www.")
        if suffix:
            bare = bare[: -len(suffix) - 1]
        label = letters(bare.rsplit(".", 1)[-1])
        if len(label) >= 2:
            found[label] = None
    return tuple(found)


def domain_fit(text: str, labels: Sequence[str]) -> float:
    """How well a printed name agrees with the naming labels of the card's hosts, 0 to 1."""
    return max((_label_fit(text, label) for label in labels), default=0.0)


@lru_cache(maxsize=8192)
def _label_fit(text: str, label: str) -> float:
    if len(text) > _LONGEST:
        return 0.0
    whole = letters(text)
    form = legal_form(text)
    bare = letters(text[: form[0]] + " " + text[form[1] :]) if form else whole
    if not bare or not whole:
        return 0.0
    if label in (whole, bare):
        return 1.0
    tokens = [t for t in words(text) if t not in _GENERIC]
    named = [t for t in tokens if t not in word_list("organization_words") and t not in word_list("stop_words")]
    short = "".join(named)
    best = 0.0
    if short and len(short) >= 3 and short == label:
        best = 0.97
    if len(label) >= 4 and (bare.startswith(label) or label in tokens):
        best = max(best, 0.9)
    if len(bare) >= 4 and label.startswith(bare):
        best = max(best, 0.75 + 0.2 * len(bare) / len(label))
    if len(bare) >= 4 and label.endswith(bare):
        best = max(best, 0.6 + 0.2 * len(bare) / len(label))
    if len(label) >= 5 and label in bare:
        best = max(best, 0.75)
    if 2 <= len(label) <= 6 and label in (initials(text), initials(text[: form[0]]) if form else ""):
        best = max(best, 0.7 if len(label) > 2 else 0.4)
    if len(label) >= 5 and len(bare) >= 5:
        best = max(best, 0.95 * _close(bare, label), 0.9 * _close(short, label))
    if len(label) >= 7 and len(bare) > len(label) and best < 0.7:
        best = max(best, 0.7 if fuzz.partial_ratio(label, bare) >= 85 else 0.0)
    hits = [t for t in named if len(t) >= 4 and t in label]
    if hits:
        best = max(best, min(0.85, 0.3 + 0.6 * sum(map(len, hits)) / len(label)))
    return _covered(tokens, label, best)


def _close(text: str, label: str) -> float:
    """Similarity of two strings when they nearly agree (one slip in five letters), else 0."""
    if not text:
        return 0.0
    similarity = Levenshtein.normalized_similarity(text, label)
    return similarity if similarity >= 0.78 else 0.0


def _covered(tokens: Sequence[str], label: str, best: float) -> float:
    """Raise the fit of a label made of the words' beginnings ("inttech" of "Intelligent Technologies")."""
    rest = label
    used = 0
    for token in tokens:
        length = 0
        while length < min(len(token), len(rest)) and token[length] == rest[length]:
            length += 1
        if length >= 2 or (length == 1 and used):
            rest = rest[length:]
            used += 1
    return max(best, 0.72) if not rest and used >= 2 and len(label) >= 4 else best
