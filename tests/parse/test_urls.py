"""Web addresses: with and without scheme and "www", misread, broken, and what only looks like one."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardscan.parse.emails import find_emails
from cardscan.parse.finding import Context, Span, consumed_by
from cardscan.parse.social import find_social
from cardscan.parse.urls import find_urls, host_of, refine_urls

from .printed import cases, placed, printed

CASES = cases("urls")


@pytest.mark.parametrize("case", CASES, ids=[" / ".join(case["card"])[:60] for case in CASES])
def test_corpus(case: dict[str, Any]) -> None:
    """Each line gives the web addresses and the profiles the corpus names, and no other."""
    lines = printed(*case["card"])
    emails = find_emails(lines)
    domains = tuple(f.value.value.split("@")[1] for f in emails)
    urls = find_urls(lines, Context(consumed_by(emails), domains))
    social = find_social(lines, Context(consumed_by(emails) + consumed_by(urls), domains))
    assert [f.value.value for f in urls] == case.get("urls", [])
    assert [[f.value.network, f.value.handle] for f in social] == case.get("social", [])


def test_corpora_are_broad() -> None:
    """The corpora of the exact finders hold more than three hundred examples, a third of them negative."""
    every = [*CASES, *cases("emails"), *cases("phones")]
    negative = [case for case in every if not (case.get("want") or case.get("urls") or case.get("social"))]
    assert len(every) >= 400
    assert len(negative) >= 100


def test_raw_and_span_keep_the_print() -> None:
    """`raw` and the span hold what was printed, label aside."""
    line = "Web: WWW.Acme.com/Shop"
    (found,) = find_urls(printed(line))
    assert found.value.raw == "WWW.Acme.com/Shop"
    assert found.value.value == "https://www.acme.com/Shop"
    assert [line[s.start : s.end] for s in found.spans] == ["WWW.Acme.com/Shop"]
    assert [line[s.start : s.end] for s in found.labels] == ["Web"]


def test_label_column_lets_a_bare_host_count() -> None:
    """A host under a rare suffix counts when a label stands beside it."""
    (found,) = find_urls(placed(("Web", 0, 0), ("acme.kg", 120, 0)))
    assert found.value.value == "https://acme.kg"
    assert found.labels == (Span(0, 0, 3),)


def test_mail_host_makes_a_bare_host_known() -> None:
    """A bare host under a rare suffix counts when the card's mail has it."""
    assert find_urls(printed("Come to acme.kg now")) == []
    assert len(find_urls(printed("Come to acme.kg now"), Context(domains=("acme.kg",)))) == 1


def test_misread_host_follows_mail_and_organisation() -> None:
    """A misread letter gives way to the host that mail and organisation share; another host stays."""
    found = find_urls(printed("www.acmefreiqht.com"))
    (refined,) = refine_urls(found, ["acmefreight.com"], ["Acme Freight Ltd"])
    assert refined.value.value == "https://www.acmefreight.com"
    assert "repaired:domain-from-email" in (refined.value.rule or "")
    (other,) = refine_urls(find_urls(printed("www.acme.com")), ["group.com"], ["Acme"])
    assert other.value.value == "https://www.acme.com"


NET = st.text(alphabet=st.sampled_from("abcwOl1.@-_ ,:/\\httpsw.com·．é\u0000"), max_size=60)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.one_of(NET, st.text(max_size=50)), max_size=5))
def test_any_text_is_survived_and_values_are_printed(texts: list[str]) -> None:
    """No text raises; every address has a scheme and a host and stands on characters of the lines."""
    lines = printed(*texts)
    for found in refine_urls(find_urls(lines), ["acme.com"], ["Acme"]):
        assert found.value.value.startswith(("http://", "https://"))
        assert "." in host_of(found.value.value)
        for span in found.spans:
            assert 0 <= span.start < span.end <= len(lines[span.line].text)


@pytest.mark.parametrize(
    "text", ["www." * 25_000, "http://" * 14_000, "a." * 50_000, "/" * 100_000, "acme.com/" * 11_000]
)
def test_hostile_length(text: str) -> None:
    """100 kB of dots and strokes give a bounded number of addresses in bounded work."""
    assert len(find_urls(printed(text))) <= 150


def test_a_host_known_from_the_mail_is_told_without_its_dot() -> None:
    """Behind a label only: the organisation's name reads the same."""
    known = Context(domains=("nordlicht.de",))
    (found,) = find_urls(printed("Web: nordlichtde"), known)
    assert found.value.value == "https://nordlicht.de"
    assert find_urls(printed("nordlichtde"), known) == []


@pytest.mark.parametrize(
    "line",
    [
        "w.nordlicht.de",
        "urlwww.nordlicht.de",
        "网址nordlicht.de",
        "網址.nordlicht.de",
        "Web.nordlicht.de",
        "www.ww.nordlicht.de",
    ],
)
def test_a_label_glued_to_a_host_is_left_out(line: str) -> None:
    """Labels of one letter, without a blank, or in a script without blanks."""
    (found,) = find_urls(printed(line))
    assert found.value.value.removeprefix("https://").removeprefix("www.") == "nordlicht.de"
