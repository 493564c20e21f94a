"""Web addresses that are no social profiles: scheme, host in lower case, path as printed."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from cardscan.parse.finding import Context, Found
from cardscan.parse.hosts import mail_providers, near, registrable
from cardscan.parse.labels import LabelLines
from cardscan.parse.naming import agreement, names_of, respelled
from cardscan.parse.networks import network_of_host
from cardscan.parse.spaced import tracked
from cardscan.parse.url_scan import WebAddress, web_addresses
from cardscan.record import TextLine, Url


def find_urls(lines: Sequence[TextLine], context: Context | None = None) -> list[Found[Url]]:
    """All web addresses of a page but social profiles, in reading order, each once.

    Args:
        lines: The page's lines.
        context: `taken` must hold the mail addresses; `domains` their hosts, which let a misread host be told.
    """
    context = context or Context()
    texts = tracked(lines, context.taken)
    domains = [host for host in context.domains if host not in mail_providers()]
    found = []
    for address in web_addresses(texts, LabelLines(lines), domains):
        if network_of_host(address.host) is None:
            found.append(_url(address, lines))
    return _unique(found)


def _url(address: WebAddress, lines: Sequence[TextLine]) -> Found[Url]:
    raw = "".join(lines[span.line].text[span.start : span.end] for span in address.spans)
    value = f"{address.scheme or 'https'}://{address.host}{address.path}"
    rows = tuple(dict.fromkeys(span.line for span in address.spans))
    labels = (address.label_span,) if address.label_span is not None else ()
    return Found(Url(value, address.confidence, rows, raw, f"url:{address.rule}"), address.spans, labels)


def _key(url: str) -> str:
    return url.split("://", 1)[-1].removeprefix("www.").rstrip("/").lower()


def _unique(found: Sequence[Found[Url]]) -> list[Found[Url]]:
    kept: dict[str, Found[Url]] = {}
    for item in found:
        key = _key(item.value.value)
        other = kept.get(key)
        if other is None:
            kept[key] = item
            continue
        better = other if "://" in (other.value.raw or "") or len(other.value.value) >= len(item.value.value) else item
        lines = tuple(dict.fromkeys((*other.value.lines, *item.value.lines)))
        value = replace(better.value, lines=lines, confidence=max(other.value.confidence, item.value.confidence))
        kept[key] = Found(value, (*other.spans, *item.spans), (*other.labels, *item.labels))
    return list(kept.values())


def host_of(url: str) -> str:
    """The host of a URL this module made, without "www."."""
    return url.split("://", 1)[-1].split("/", 1)[0].removeprefix("www.")


def refine_urls(
    found: Sequence[Found[Url]], domains: Iterable[str], organizations: Iterable[str] = ()
) -> list[Found[Url]]:
    """The addresses with a misread host put right where mail addresses and organisation agree on another.

    Args:
        found: What `find_urls` gave.
        domains: Hosts of the card's mail addresses.
        organizations: Organisations' names as printed.
    """
    hosts = [registrable(host.lower()) for host in domains if host.lower() not in mail_providers()]
    names = names_of(organizations)
    refined = []
    for item in found:
        own, value = registrable(host_of(item.value.value)), item.value
        rivals = [host for host in hosts if host != own and near(host, own)]
        rival = max(rivals, key=lambda host: (agreement(host, names), hosts.count(host)), default=None)
        mine, theirs = agreement(own, names), agreement(rival, names) if rival else 0
        if (spelled := respelled(own, names)) != own:
            value = _changed(value, own, spelled, "organization")
        elif own in hosts:
            value = replace(value, confidence=round(min(0.995, value.confidence * 1.02), 4))
        elif rival is not None and mine < 2 and (theirs > mine or hosts.count(rival) > 1):
            value = _changed(value, own, rival, "email")
        elif rival is not None and not mine:
            value = replace(value, confidence=round(value.confidence * 0.8, 4))
        refined.append(replace(item, value=value))
    return refined


def _changed(url: Url, own: str, host: str, source: str) -> Url:
    rule = f"{url.rule}+repaired:domain-from-{source}"
    return replace(url, value=url.value.replace(own, host, 1), confidence=round(url.confidence * 0.92, 4), rule=rule)
