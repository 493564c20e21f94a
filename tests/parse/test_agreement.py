"""Claims about a name's agreement with a mail address."""

from __future__ import annotations

import pytest

from cardscan.parse.agreement import name_fit


@pytest.mark.parametrize(
    "local", ["jane.doe", "doe.jane", "jdoe", "j.doe", "janed", "doe", "jane", "janedoe", "jane_doe77", "doej"]
)
def test_usual_forms(local):
    """The usual ways to make a local part of a name all fit."""
    assert name_fit(("jane", "doe"), (local,)) > 0.6


def test_umlauts_written_out():
    """German umlauts may be written with an e, or left bare."""
    assert name_fit(("jürgen", "müller"), ("juergen.mueller",)) == 1.0
    assert name_fit(("jürgen", "müller"), ("j.muller",)) > 0.9


@pytest.mark.parametrize("local", ["info", "sales", "office", "bob.smith", "xk", "kontakt"])
def test_what_does_not_fit(local):
    """Mailboxes of the body and of others do not fit."""
    assert name_fit(("jane", "doe"), (local,)) < 0.3


def test_full_forms_beat_initials():
    """The more a local part tells of the name, the better it fits."""
    core = ("jane", "doe")
    fits = [name_fit(core, (local,)) for local in ("jane.doe", "jdoe", "jd")]
    assert fits == sorted(fits, reverse=True)
    assert len(set(fits)) == 3
