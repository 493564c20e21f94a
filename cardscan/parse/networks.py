"""Social networks and messengers, from `lexicon/networks.toml`: by host, and by the word or icon before a handle."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from cardscan.parse.folding import plain


@dataclass(frozen=True, slots=True)
class Network:
    """A social network: its hosts, words that label a handle, path beginnings, the profile's address."""

    name: str
    hosts: tuple[str, ...]
    words: tuple[str, ...]
    paths: tuple[str, ...]
    profile: str


@cache
def networks() -> dict[str, Network]:
    """The networks of `lexicon/networks.toml` by name."""
    source = (files("cardscan.parse") / "lexicon" / "networks.toml").read_text(encoding="utf-8")
    return {
        name: Network(name, tuple(entry["hosts"]), tuple(entry["words"]), tuple(entry["paths"]), entry["profile"])
        for name, entry in tomllib.loads(source).items()
    }


@cache
def _names_by_host() -> dict[str, str]:
    return {host: network.name for network in networks().values() for host in network.hosts}


@cache
def _names_by_word() -> dict[str, str]:
    return {plain(word): network.name for network in networks().values() for word in network.words}


def network_of_host(host: str) -> str | None:
    """The network whose profiles live under this host ("de-de.facebook.com" too), or None."""
    labels = host.lower().removeprefix("www.").split(".")
    known = _names_by_host()
    return next((known[name] for name in (".".join(labels[i:]) for i in range(len(labels))) if name in known), None)


def name_of_word(word: str) -> str | None:
    """The network a word or icon letter names, whatever its case and accents, or None."""
    return _names_by_word().get(plain(word))
