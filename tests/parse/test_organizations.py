"""Claims about names of organisations."""

from __future__ import annotations

import pytest

from cardscan.parse.organizations import core_labels, domain_fit, legal_form, organization_score


@pytest.mark.parametrize(
    ("text", "country"),
    [
        ("Acme Freight GmbH", "DE"), ("Acme Freight Ltd.", "GB"), ("Aceros Tlaloc S.A. de C.V.", "MX"),
        ("DREWMAX Sp. z o.o.", "PL"), ("Pivovar Hradčan s.r.o.", "CZ"), ("Tiszavirág Kft.", "HU"),
        ("Permata Bina Sdn. Bhd.", "MY"), ("PT Maju Jaya", "ID"), ("Siam Lotus Co., Ltd.", "TH"),
        ("株式会社青葉製作所", "JP"), ("杭州云帆科技有限公司", "CN"), ("Koivupuu Oy", "FI"),
        ("Ferramenta S.r.l.", "IT"),
        ("Karoo Wind (Pty) Ltd", "ZA"), ("ÇINARTEK San. ve Tic. A.Ş.", "TR"),
        ("Havglott Sjømat AS", "NO"),
    ],
)  # fmt: skip
def test_legal_forms(text, country):
    """A legal form is found and names its country."""
    form = legal_form(text)
    assert form is not None
    assert country in form[2]


@pytest.mark.parametrize("text", ["Jane Doe", "as good as it gets", "Sales Manager", "call me", "SE"])
def test_no_legal_form(text):
    """Small words are no legal forms."""
    assert legal_form(text) is None


def test_firms_score_above_slogans():
    """What names a body scores higher than slogans and lists of services."""
    firms = ["Acme Freight GmbH", "Lakeshore State University", "Ministry of Health", "Hotel Sonnblick"]
    others = ["Quality is our business.", "Repairs, maintenance, rental", "Sales Director", "24 Hour Emergency Service"]
    assert min(map(organization_score, firms)) > max(map(organization_score, others))


@pytest.mark.parametrize(
    ("text", "label"),
    [
        ("Acme Freight GmbH", "acmefreight"), ("ACME", "acmegroup"), ("Harbour & Mill Engineering", "hme"),
        ("Vigilia Security Solutions", "vigiliasecurity"), ("Brennwerk Anlagenbau GmbH", "brennwerk"),
        ("C0ntoso", "contoso"),
    ],
)  # fmt: skip
def test_names_that_fit_their_domain(text, label):
    """A name fits a domain it is written in whole, in part, by initials, or but for a slip."""
    assert domain_fit(text, (label,)) > 0.5


@pytest.mark.parametrize(("text", "label"), [("Jane Doe", "acme"), ("Quality first", "brennwerk"), ("", "acme")])
def test_names_that_do_not(text, label):
    """Other texts do not fit."""
    assert domain_fit(text, (label,)) < 0.3


def test_core_labels():
    """The naming label of a host is told from its suffix and subdomain."""
    assert core_labels(["www.acme.co.uk", "mail.acme.co.uk", "foo-bar.de"]) == ("acme", "foobar")
