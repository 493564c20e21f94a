"""Social profiles and messenger names (more examples in corpus/urls.toml)."""

from __future__ import annotations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from cardscan.parse.networks import name_of_word, network_of_host, networks
from cardscan.parse.social import find_social

from .printed import printed


def test_every_network_is_complete() -> None:
    """Each network can be told by a host or a word, and its profile address has one place for the handle."""
    for network in networks().values():
        assert network.hosts or network.words
        assert network.profile.count("{}") <= 1


def test_profile_address_is_made_from_a_handle() -> None:
    """A handle behind a network's name gets that network's profile address."""
    (found,) = find_social(printed("Instagram: @acme_shop"))
    assert found.value.url == "https://www.instagram.com/acme_shop"


def test_printed_address_is_kept() -> None:
    """A profile printed as an address keeps it, country host and all."""
    (found,) = find_social(printed("de-de.facebook.com/acme"))
    assert (found.value.network, found.value.url) == ("facebook", "https://de-de.facebook.com/acme")


def test_a_network_alone_is_no_profile() -> None:
    """A network's address or name without a handle gives nothing."""
    assert find_social(printed("www.facebook.com", "Facebook", "follow us on Instagram")) == []


def test_a_number_is_no_wechat_name() -> None:
    """A telephone number behind "WeChat" is left to the phones."""
    assert find_social(printed("WeChat: 13800138000")) == []


def test_hosts_and_words() -> None:
    """Networks are told by host, also below a country's, and by word whatever its case; other hosts are none."""
    assert network_of_host("www.linkedin.com") == "linkedin"
    assert network_of_host("notlinkedin.com") is None
    assert name_of_word("FaceBook") == "facebook"


@settings(max_examples=100, deadline=None)
@given(st.lists(st.text(alphabet=st.sampled_from("@/ :abfinX.skypeInsta_-微信QQ1"), max_size=40), max_size=5))
def test_any_text_is_survived(texts: list[str]) -> None:
    """No text raises, and every handle stands in the lines."""
    everything = "".join(texts)
    for found in find_social(printed(*texts)):
        assert found.value.handle in everything.replace(" ", "") or found.value.handle in everything


@pytest.mark.parametrize("text", ["@" * 100_000, "in/" * 33_000, "skype:" * 16_000, "f @a" * 25_000])
def test_hostile_length(text: str) -> None:
    """100 kB of marks give a bounded number of profiles in bounded work."""
    assert len(find_social(printed(text))) <= 250
