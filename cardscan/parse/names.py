"""Persons' names: how much a text looks like one, and its parts.

Evidence only from the text itself; `assign` adds what the card says (mail, place, size). Latin names of up to six
words, family name first or last, and CJK names. Sources of the lists: `lexicon/given_names.txt` and its neighbours.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import cache, lru_cache

from cardscan.parse.likeness import name_likeness
from cardscan.parse.vocabulary import (
    cjk_characters,
    folded,
    has_hangul,
    has_kana,
    is_cjk,
    read_lines,
    role_words,
    substrings,
    word_list,
    words,
)
from cardscan.record import Name

_NICKNAME = re.compile(r"\(([^()]{1,30})\)|[\"“”„]([^\"“”„]{1,30})[\"“”„]|'([A-Z][^'\s]{1,20})'(?=\s)")
_TOKEN = re.compile(r"[^\s,]+|,")
_NOT_IN_NAMES = re.compile(r"[0-9@#%*+=<>\[\]{}|\\/:;!?&$€£©®_~]")
_INITIAL = re.compile(r"[^\W\d_]\.?|[^\W\d_]\.-?[^\W\d_]\.?|(?:[^\W\d_]\.){2,3}")
_SPACED = re.compile(r"^(?:[^\W\d_][ .·]{1,3}){3,}[^\W\d_]$")
_CJK_FOLLOWERS = ("先生", "女士", "小姐", "様", "さん", "氏", "님", "씨")
_FAMILY_FIRST = frozenset(
    words("nagy kovacs szabo toth horvath varga kiss molnar nemeth farkas balogh papp takacs juhasz lakatos meszaros")
)
_PAIRING = frozenset({"e", "and", "und", "et", "y", "i", "en", "og", "och", "a", "es", "ve"})
_LONGEST = 60  # characters of a printed name
_MOST_WORDS = 6


@dataclass(frozen=True, slots=True)
class NameReading:
    """A text read as a name.

    Attributes:
        name: Its parts.
        score: Evidence from the text, in log-odds; above 0 it is rather a name than not.
        core: The words of the name proper, lower-case, without honorifics and degrees, in printed order.
        known: How many of them the lists of given and family names hold.
    """

    name: Name
    score: float
    core: tuple[str, ...]
    known: int


@lru_cache(maxsize=2048)
def read_name(text: str) -> NameReading | None:
    """Read a text as one person's name; None when it cannot be one."""
    text = _with_capitals(close_letters(" ".join(text.split())))
    if not text or len(text) > _LONGEST:
        return None
    if is_cjk(text):
        return _read_cjk(text)
    nickname, bare = _without_nickname(text)
    if _NOT_IN_NAMES.search(bare):
        return None
    prefix, core, suffix = _strip(bare)
    if not core or len(core) > _MOST_WORDS:
        return None
    if any(len(word) > 22 or not any(c.isalpha() for c in word) for word in core if word != ","):
        return None
    parts = _order(core)
    if parts is None:
        return None
    given, additional, family = parts
    full = " ".join(text.split())
    score, known = _score([w for w in core if w != ","], prefix, suffix, bool(nickname))
    name = Name(
        full=full,
        prefix=" ".join(prefix) or None,
        given=natural(given) or None,
        additional=natural(additional) or None,
        family=natural(family) or None,
        suffix=", ".join(suffix) or None,
    )
    plain = tuple(w for word in core if word != "," for w in re.findall(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", word.lower()))
    return NameReading(name, score, plain, known)


def _with_capitals(text: str) -> str:
    """ "loan Florea" -> "Ioan Florea": a small L that opens a word is a capital I where that makes it a name."""
    if "l" not in text:
        return text
    words_ = text.split(" ")
    if any(word[:1].islower() and word[:1] != "l" for word in words_):
        return text
    return " ".join(_with_capital(word) for word in words_)


def _with_capital(word: str) -> str:
    mended = "I" + word[1:]
    is_slip = len(word) > 3 and word[0] == "l" and not (_known_given(word) or _known_family(word))
    return mended if is_slip and (_known_given(mended) or _known_family(mended)) else word


def close_letters(text: str) -> str:
    """Letter-spaced print closed up: "J A N E   D O E" -> "JANE DOE"; other text unchanged."""
    if not _SPACED.match(text.strip()):
        return text
    if re.search(r"\S {2,}\S", text):
        return " ".join(part.replace(" ", "") for part in re.split(r" {2,}", text.strip()))
    return _split_run(text.replace(" ", ""))


def natural(text: str) -> str:
    """Upper-case words in mixed case ("DE LA CRUZ" -> "de la Cruz", "O'NEIL" -> "O'Neil"); mixed case stays."""
    return " ".join(_natural_word(word) for word in text.split())


def _natural_word(word: str) -> str:
    bare = word.strip(".")
    if not word.isupper() or len(bare) < 2 or re.fullmatch(r"(?:[^\W\d_]\.)+[^\W\d_]?\.?", word):
        return word
    if folded(bare) in word_list("name_particles") and len(bare) <= 4:
        return word.lower()
    lower = word.lower()
    mixed = re.sub(r"(^|[-'’])([^\W\d_])", lambda m: m[1] + m[2].upper(), lower)
    return re.sub(r"^Mc([a-z])", lambda m: "Mc" + m[1].upper(), mixed)


def _split_run(run: str) -> str:
    """A run of capitals that was letter-spaced throughout, cut after a known given name if one begins it."""
    for cut in range(len(run) - 2, 2, -1):
        if folded(run[:cut]) in word_list("given_names") and folded(run[cut:]) in word_list("family_names"):
            return f"{run[:cut]} {run[cut:]}"
    for cut in range(min(len(run) - 2, 10), 2, -1):
        if folded(run[:cut]) in word_list("given_names"):
            return f"{run[:cut]} {run[cut:]}"
    return run


def _without_nickname(text: str) -> tuple[str | None, str]:
    match = _NICKNAME.search(text)
    if match is None or (match.start() == 0 and match.end() == len(text)):
        return None, text.strip("()\"“”„' ")
    nickname = next(group for group in match.groups() if group)
    return nickname, " ".join((text[: match.start()] + " " + text[match.end() :]).split())


def _strip(text: str) -> tuple[list[str], list[str], list[str]]:
    """Split a name into honorifics, core (commas kept) and degrees."""
    tokens = _TOKEN.findall(re.sub(r"(?<=[^\W\d_]{3})\.(?=[^\W\d_]{2})", ". ", text))
    prefix: list[str] = []
    while len(tokens) > 1 and _is_honorific(tokens[0]):
        prefix.append(tokens.pop(0))
        if tokens[0] == ",":
            tokens.pop(0)
    suffix: list[str] = []
    while len(tokens) > 1:
        last, comma = tokens[-1], tokens[-2] == ","
        if last == ",":
            tokens.pop()
        elif _is_degree(last, comma or bool(suffix), len([t for t in tokens if t != ","])):
            suffix.insert(0, tokens.pop())
        else:
            break
    return prefix, tokens, suffix


def _is_honorific(token: str) -> bool:
    word = folded(token).replace(".", "").replace(",", "")
    if word not in word_list("honorifics"):
        return False
    # "Sr Lima", "M. Dupont", "Hj Ali": a short word is one only with its dot or in mixed case.
    return len(word) > 2 or token.endswith(".") or (token[0].isupper() and token[1:].islower()) or word in {"dr", "ir"}


def _is_degree(token: str, after_comma: bool, left: int) -> bool:
    word = folded(token).replace(".", "").replace("(", "").replace(")", "")
    if word not in word_list("postnominals"):
        return False
    if word in word_list("family_names") or word in word_list("given_names") or len(word) == 2:
        return after_comma or (token.isupper() and left > 2) or "." in token
    return after_comma or left > 2 or "." in token or word in {"jr", "sr", "ii", "iii"}


def _order(core: list[str]) -> tuple[str, str, str] | None:
    """Given, additional, family of the core words."""
    if "," in core:
        comma = core.index(",")
        family, given = core[:comma], [w for w in core[comma + 1 :] if w != ","]
        if not family or not given or len(family) > 3:
            return None
        return given[0], " ".join(given[1:]), " ".join(family)
    if len(core) == 1:
        return core[0], "", ""
    capital = [_is_upper(word) for word in core]
    if any(capital) and not all(capital):
        upper = [i for i, flag in enumerate(capital) if flag]
        lower = [i for i, flag in enumerate(capital) if not flag and not _is_particle(core[i])]
        if lower and upper and (max(upper) < min(lower) or min(upper) > max(lower)):
            family_words = core[: min(lower)] if max(upper) < min(lower) else core[max(lower) + 1 :]
            given_words = core[min(lower) :] if max(upper) < min(lower) else core[: max(lower) + 1]
            return given_words[0], " ".join(given_words[1:]), " ".join(family_words)
    if _family_first(core):
        return core[1], " ".join(core[2:]), core[0]
    first = 1
    while first < len(core) - 1 and not _is_particle(core[first]):
        first += 1
    if first == len(core) - 1 and len(core) == 4 and _known_family(core[2]) and not _known_given(core[2]):
        first = 2  # two family names, Spanish or Portuguese
    elif first == len(core) - 1 and len(core) == 3 and _known_family(core[1]) and not _known_given(core[1]):
        first = 1 if not core[1].endswith(".") else 2
    return core[0], " ".join(core[1:first]), " ".join(core[first:])


def _family_first(core: list[str]) -> bool:
    """Hungarian, Chinese, Korean and Vietnamese order, where the lists leave no other reading."""
    first, second = folded(core[0]), folded(core[1])
    if first in _FAMILY_FIRST:
        return True
    return (
        _known_family(first)
        and not _known_given(first)
        and _known_given(second)
        and not _known_family(core[-1])
        and len(core) <= 3
    )


def _score(core: list[str], prefix: list[str], suffix: list[str], nickname: bool) -> tuple[float, int]:
    named = [w for w in core if not _is_particle(w) and not _INITIAL.fullmatch(w)]
    initials = sum(bool(_INITIAL.fullmatch(w)) for w in core)
    if not named:
        return -3.0, 0
    small = all(w.islower() for w in core)  # short words in small letters amid capitals are none: "Zawsze na czas"
    told = [w for w in named if small or len(w) > 3 or not w.islower()]
    given = sum(_known_given(w) for w in told)
    family = sum(_known_family(w) for w in told)
    known = sum(_known_given(w) or _known_family(w) for w in told)
    score = (-0.9, -0.9, 0.3, 0.2, -0.2, -0.8, -1.5)[min(len(core), 6)]
    score += 1.2 * min(given, 1) + (0.9 * min(family, 1) if len(named) > 1 else 0.3 * min(family, 1))
    score += 0.4 * max(0, known - 2)
    if len(named) > 1 and given and family and known == len(named):
        score += 0.6
    unknown = [w for w in named if not _known_given(w) and not _known_family(w)]
    score += max(-1.6, min(0.5 if not known else 1.2, sum(_likely(w) for w in unknown)))
    score += 0.5 * min(1, initials) + 1.6 * min(1, len(prefix)) + 0.8 * min(1, len(suffix)) + 0.3 * nickname
    score += _casing(core, named)
    if not known and not prefix:
        score -= 0.9
    if any(folded(w) in _PAIRING for w in core[1:-1]):
        score -= 2.4  # "Flavio & Mario": a firm of two, or two persons
    score -= _foreign_words(named)
    return score, known


def _casing(core: list[str], named: list[str]) -> float:
    if all(w.isupper() for w in named) or all(w[0].isupper() for w in named):
        return 0.2
    if all(w.islower() for w in core):
        return -0.7
    small = sum(w.islower() and len(w) > 2 and not _is_particle(w) for w in core)
    return -1.5 if not core[0][0].isupper() else -0.9 - 0.8 * max(0, small - 1)


def _foreign_words(named: list[str]) -> float:
    """What speaks against: words of titles, bodies, slogans, services, departments."""
    against = 0.0
    for word in named:
        for one in words(word):
            familiar = _known_given(one) or _known_family(one)
            weight = 0.35 if familiar else 1.0
            if one in word_list("stop_words") and not familiar:
                against += 1.2
            if one in word_list("title_words"):
                against += 2.2 * weight
            if one in word_list("organization_words"):
                against += 1.8 * weight
            if one in role_words("services") or one in role_words("hours") or one in role_words("label"):
                against += 1.8 * weight
            if one in role_words("tagline") and not familiar:
                against += 1.0
            if one in word_list("department_words"):
                against += 1.0 * weight
    return against


def _likely(word: str) -> float:
    return max(-0.8, min(0.6, 0.5 * name_likeness(word)))


@lru_cache(maxsize=8192)
def _known_given(word: str) -> bool:
    return _in_list(word, "given_names")


@lru_cache(maxsize=8192)
def _known_family(word: str) -> bool:
    return _in_list(word, "family_names")


def _in_list(word: str, name: str) -> bool:
    whole = folded(word).strip(".'")
    known = word_list(name)
    if whole in known or whole.replace("'", "") in known:
        return True
    plain = whole.replace("ae", "a").replace("oe", "o").replace("ue", "u")
    if plain != whole and plain in known:
        return True
    parts = [p for p in re.split(r"[-']", whole) if len(p) > 1]
    return len(parts) > 1 and any(part in known for part in parts)


def _is_particle(word: str) -> bool:
    return folded(word).strip(".") in word_list("name_particles")


def _is_upper(word: str) -> bool:
    return word.isupper() and len(word.strip(".")) > 1 and not _INITIAL.fullmatch(word)


@cache
def cjk_families() -> tuple[str, ...]:
    """CJK family names, longest first."""
    return tuple(sorted({w for line in read_lines("cjk_names.txt") for w in line.split()}, key=lambda w: (-len(w), w)))


def _read_cjk(text: str) -> NameReading | None:
    bare = text
    prefix = suffix = None
    for follower in _CJK_FOLLOWERS:
        if bare.endswith(follower) and len(bare) > len(follower) + 1:
            bare, suffix = bare[: -len(follower)].strip(), follower
    compact = re.sub(r"[\s・·]", "", bare)
    if not 2 <= len(compact) <= 6 or len(cjk_characters(compact)) != len(compact):
        return None
    if all(has_kana(c) for c in compact) and len(compact) < 4:
        return None
    known = next((f for f in cjk_families() if compact.startswith(f) and len(compact) > len(f)), None)
    spaced = bare.split()
    score = -0.6
    if known is not None:
        score += 1.5 + 0.4 * (len(known) > 1)
    rest = compact[len(known) :] if known else compact
    score += {1: 0.4, 2: 0.8, 3: 0.1}.get(len(rest), -0.8) if known else -0.5
    if len(spaced) == 2 and max(map(len, spaced)) <= 3:
        score += 0.9
        family, given = spaced
    else:
        family, given = (known, rest) if known else (compact[0], compact[1:])
    if has_kana(compact) and all(has_kana(c) for c in compact):
        score -= 0.6
    if has_hangul(compact) and len(compact) == 3 and known:
        score += 0.6
    for name_of_other in ("title_cjk", "department_cjk", "organization_cjk"):
        if any(len(part) > 1 and part in compact for part in substrings(name_of_other)):
            score -= 2.2
    name = Name(full=" ".join(bare.split()), prefix=prefix, given=given, family=family, suffix=suffix)
    return NameReading(name, score, (compact,), int(known is not None))
