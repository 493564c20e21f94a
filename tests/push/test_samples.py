"""The people of the samples on a real CardDAV server: there and back, and again after changes on both sides."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest
import vobject

from cardscan.cli import run
from cardscan.export import vcard
from cardscan.push import Credentials, Item, Outcome, push
from cardscan.store import Store
from tests.export.truth import PEOPLE, facts, of_vcard
from tests.people import JANE, SHOP
from tests.push.conftest import Server


def test_the_samples_there_and_back(server: Server) -> None:
    """Every field comes back equal; our change goes up, theirs is told and stays, the rest is left alone."""
    folder = f"{server.root}ada/people/"
    items = [
        Item(f"s-{person.uid}", vcard.one(replace(person, uid=f"s-{person.uid}")), person.display) for person in PEOPLE
    ]
    first = sent(folder, items, {}, server)
    assert {each.state for each in first} == {"created"}
    for person, item in zip(PEOPLE, items, strict=True):
        body = server.request("GET", f"{folder}{item.file}.vcf")[2]
        assert of_vcard(vobject.readOne(body)) == facts(person)
    known = {each.item.uid: each.pushed for each in first if each.pushed}
    theirs = items[0].body.replace("FN:", "FN:Edited ")
    assert server.request("PUT", f"{folder}{items[0].file}.vcf", theirs, Content_Type="text/vcard")[0] in (201, 204)
    ours = [replace(item, body=item.body.replace("FN:", "FN:New ")) for item in items[:2]]
    again = sent(folder, [*ours, *items[2:]], known, server)
    assert [each.state for each in again] == ["conflict", "updated", *["unchanged"] * (len(items) - 2)]
    assert "FN:Edited" in server.request("GET", f"{folder}{items[0].file}.vcf")[2]
    assert "FN:New" in server.request("GET", f"{folder}{items[1].file}.vcf")[2]


def test_the_command_remembers_etags_but_no_password(
    server: Server, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """`export --push` twice: created, then nothing to do; the store knows ETags, and nobody wrote the password down."""
    path = tmp_path / "store.sqlite3"
    with Store.open(str(path)) as store:
        store.put_card(replace(JANE, id="c-pushed"), replace(SHOP, id="c-pushed-too"))
    monkeypatch.setenv("CARDSCAN_DAV_USER", server.user)
    monkeypatch.setenv("CARDSCAN_DAV_PASSWORD", server.password)
    for said in ("2 created", "2 unchanged"):
        assert run(["export", "--push", f"{server.root}ada/people/", "--store", str(path)]) == 0
        out, err = capfd.readouterr()
        assert (out, said in err) == ("", True)
        assert server.password not in err
    assert all(server.password.encode() not in file.read_bytes() for file in tmp_path.iterdir())


def sent(folder: str, items: list[Item], known: dict, server: Server) -> list[Outcome]:
    """Push contacts."""
    return list(push(folder, items, known, Credentials(server.user, server.password), "contacts"))
