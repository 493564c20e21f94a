"""Internet host names as printed on cards: what is one, and what a misread one must have been.

Public suffixes come from the list tldextract ships (publicsuffix.org); nothing is fetched. `example` and `test` count
as well: RFC 2606 keeps them for printed examples.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib.resources import files

import tldextract
from rapidfuzz.distance import Levenshtein

_RESERVED = frozenset({"example", "test", "invalid"})  # RFC 2606
_LABEL = re.compile(r"(?!-)[^\W_](?:[\w-]{0,61}[^\W_])?", re.ASCII)
_GLYPHS = (("rn", "m"), ("vv", "w"), ("cl", "d"))
_LETTERS = str.maketrans("1i|!j058", "lllllosb")
_COMMON = ("com", "net", "org", "de", "fr", "it", "es", "nl", "be", "ch", "at", "pl", "cz", "ru", "info", "biz", "eu")


@cache
def _extractor() -> tldextract.TLDExtract:
    return tldextract.TLDExtract(suffix_list_urls=(), cache_dir=None)


@cache
def mail_providers() -> frozenset[str]:
    """Hosts of public mail providers, which say nothing about the card's organisation."""
    source = (files("cardscan.parse") / "lexicon" / "mail_providers.txt").read_text(encoding="utf-8")
    return frozenset(line for line in source.splitlines() if line and not line.startswith("#"))


@lru_cache(maxsize=4096)
def suffix_of(host: str) -> str:
    """The public suffix ("co.uk"), or "" when the host ends in none or is nothing but one."""
    host = host.lower().strip(".")
    if len(host) > 253 or "." not in host:
        return ""
    if host.rsplit(".", 1)[1] in _RESERVED:
        return host.rsplit(".", 1)[1]
    parts = _extractor()(host)
    return parts.suffix if parts.domain else ""


def is_host(host: str) -> bool:
    """Whether this is a well-formed name (RFC 1123, or letters beyond ASCII) under a public suffix."""
    labels = host.split(".")
    if len(host) > 253 or not suffix_of(host):
        return False
    return all(_LABEL.fullmatch(_ascii(label)) for label in labels)


def _ascii(label: str) -> str:
    try:
        return label if label.isascii() else label.encode("idna").decode("ascii")
    except UnicodeError:
        return ""


def registrable(host: str) -> str:
    """The part one registers ("acme.co.uk" of "mail.acme.co.uk"); the host itself when it has no public suffix."""
    suffix = suffix_of(host)
    if not suffix:
        return host
    kept = len(suffix.split(".")) + 1
    return ".".join(host.lower().split(".")[-kept:])


def owner(host: str) -> str:
    """The name before the public suffix ("acme" of "mail.acme.co.uk")."""
    return registrable(host).split(".", 1)[0]


def glyphs(text: str) -> str:
    """Lower case with what engines mix up merged: 1 l i j |, 0 o, 5 s, 8 b, rn m, vv w, cl d. For comparing only."""
    text = text.lower()
    for pair, single in _GLYPHS:
        text = text.replace(pair, single)
    return text.translate(_LETTERS)


def looks_like(a: str, b: str) -> bool:
    """Whether two texts of one length differ by nothing but letters that engines mix up."""
    return len(a) == len(b) and a.lower().translate(_LETTERS) == b.lower().translate(_LETTERS)


def near(a: str, b: str) -> bool:
    """Whether two host names differ as one reading of the same print differs from another."""
    if a == b or glyphs(a) == glyphs(b):
        return True
    if suffix_of(a) != suffix_of(b) and Levenshtein.distance(owner(a), owner(b)) > 0:
        return False
    shorter = min(len(owner(a)), len(owner(b)))
    allowed = 2 if shorter >= 12 else 1 if shorter >= 5 else 0
    return Levenshtein.distance(a.replace("-", ""), b.replace("-", ""), score_cutoff=allowed) <= allowed


@dataclass(frozen=True, slots=True)
class Mended:
    """A host and what was done to it: None, "provider", "known" (another place on the card has it), "suffix", "dot"."""

    host: str
    repair: str | None = None


def mend_host(read: str, known: Iterable[str] = ()) -> Mended | None:
    """The host that was printed where `read` was read; None when nothing near it is one.

    Args:
        read: Lower case, dots already in place of look-alikes.
        known: Hosts read elsewhere on the card.
    """
    known = [registrable(host) for host in known]
    if read in mail_providers():
        return Mended(read)
    for slip in ("corn", "c0m", "cam", "oom"):
        head, found, country = read.rpartition(f".{slip}.")
        if found and suffix_of(f"x.com.{country}") == f"com.{country}":
            return Mended(f"{head}.com.{country}", "suffix")
    valid = is_host(read)
    if valid and registrable(read) in known:
        return Mended(read)
    provider = _provider_near(read)
    if provider is not None:
        return Mended(provider, "provider")
    if valid:
        return Mended(read)
    for host in known:
        if glyphs(read) == glyphs(host) or read == host.replace(".", "") or (is_host(host) and _loosely(read, host)):
            return Mended(host, "known")
    return _suffix_mended(read) or _dot_mended(read)


def _loosely(read: str, host: str) -> bool:
    return len(host) >= 8 and Levenshtein.distance(read, host, score_cutoff=2) <= 2


def _provider_near(read: str) -> str | None:
    for provider in _providers_by_glyphs().get(glyphs(read), ()):
        if len(owner(provider)) >= 5 or (any(c.isdigit() for c in read) and not any(c.isdigit() for c in provider)):
            return provider
    name, dot, suffix = read.partition(".")
    if not dot or len(name) < 5 or (is_host(read) and name in _provider_owners()):
        return None
    for provider in mail_providers():
        provider_name, _, provider_suffix = provider.partition(".")
        if suffix == provider_suffix and provider_name in _LARGE and Levenshtein.distance(name, provider_name) == 1:
            return provider
    return None


_LARGE = frozenset({"gmail", "hotmail", "outlook", "yahoo", "icloud", "googlemail", "protonmail", "rediffmail"})


@cache
def _providers_by_glyphs() -> dict[str, tuple[str, ...]]:
    found: dict[str, tuple[str, ...]] = {}
    for provider in sorted(mail_providers()):
        if len(owner(provider)) >= 3:
            found[glyphs(provider)] = (*found.get(glyphs(provider), ()), provider)
    return found


@cache
def _provider_owners() -> frozenset[str]:
    return frozenset(owner(provider) for provider in mail_providers())


def _suffix_mended(read: str) -> Mended | None:
    """A suffix with look-alikes in it: "acme.corn", "acme.c0m", "acme.corn.br", "acme.1t"."""
    head, dot, tail = read.partition(".")
    labels = tail.split(".")
    for variant in (
        tail.replace("rn", "m"),
        tail.replace("0", "o"),
        tail.replace("0", "o").replace("rn", "m"),
        tail.replace("1", "l"),
        tail.replace("1", "i"),
        tail.replace("c0", "co").replace("1", "l"),
        tail.replace("vv", "w"),
        *(".".join([*labels[:-1], near_com]) for near_com in ("com",) if labels[-1] in _LIKE_COM),
    ):
        if dot and variant != tail and is_host(f"{head}.{variant}"):
            return Mended(f"{head}.{variant}", "suffix")
    return None


_SHORTEST_OWNER = 4  # of a host that is told without its dot
# Whose domains are on many cards, and are no usual end of a word with that of a rare one ("licht", "group").
_COUNTRIES = frozenset(
    "at au be br ca ch cn cz de dk es eu fi fr gr hk hu ie in it jp kr mx nl no nz pl pt ro ru se sk tr tw".split()
)
_SECOND_LEVELS = ("com", "org", "net", "co", "ac")
_LIKE_COM = frozenset({"cem", "cam", "oom", "eom", "corm", "comm", "coml", "com1", "ccm", "corn", "c0m", "cbm", "cqm"})


def _dot_mended(read: str) -> Mended | None:
    """A dot that was not seen: "acmecom", "acme.comau"."""
    labels = read.split(".")
    last = labels[-1]
    for suffix in _COMMON[:3] if len(labels) == 1 else ():
        if last.endswith(suffix) and len(last) - len(suffix) >= 3:
            return Mended(f"{last[: -len(suffix)]}.{suffix}", "dot")
    if len(labels) > 1 and len(last) in (4, 5):
        split = f"{'.'.join(labels[:-1])}.{last[:-2]}.{last[-2:]}"
        if suffix_of(split) == f"{last[:-2]}.{last[-2:]}" and is_host(split):
            return Mended(split, "dot")
    return None


def second_level_parted(host: str) -> str | None:
    """The host with a dot before a second level that it seems to end with: "acme.org.uk" of "acmeorg.uk"."""
    name, _, country = host.rpartition(".")
    for level in _SECOND_LEVELS:
        parted = f"{name[: -len(level)]}.{level}.{country}"
        if name.endswith(level) and suffix_of(parted) == f"{level}.{country}" and is_host(parted):
            return parted
    return None


def country_dot_mended(read: str) -> Mended | None:
    """A dot that was not seen before a country's domain, in what must be a host, as it stands behind an "@"."""
    split = f"{read[:-2]}.{read[-2:]}"
    if len(read) < _SHORTEST_OWNER + 2 or "." in read or not is_host(split):
        return None
    return Mended(split, "dot") if read[-2:] in _COUNTRIES else None
