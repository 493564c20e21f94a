"""All we write is valid: judged by ez-vcard and by vcard, and by readers of our own, written strictly from the RFCs."""

from __future__ import annotations

import json
import os
import subprocess
import warnings
from collections.abc import Iterator
from pathlib import Path

import jsonschema
import pytest
from vcard.vcard_errors import VCardError
from vcard.vcard_validator import VCard

from cardscan.export import jcard, jscontact, vcard
from tests.conftest import JARS
from tests.export.rfc6350 import faults
from tests.export.truth import CARDS
from tests.people import ATTACKS, CIRCLED, JANE, SHOP, hostile

EVERYONE = [*CARDS, JANE, CIRCLED, SHOP, *(hostile(attack)[0] for attack in ATTACKS)]
SCHEMA = jsonschema.Draft202012Validator(
    json.loads(Path(__file__).with_name("jscontact.schema.json").read_text("utf-8"))
)


def cards_of(text: str) -> Iterator[str]:
    """The vCards of a stream, one by one."""
    for part in text.split("END:VCARD\r\n")[:-1]:
        yield part + "END:VCARD\r\n"


@pytest.mark.needs("java", "ez-vcard")
@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("three.vcf", vcard.dump([*CARDS, JANE, CIRCLED, SHOP], "3.0")),
        ("four.vcf", vcard.dump([*CARDS, JANE, CIRCLED, SHOP], "4.0")),
        ("four.json", jcard.dump([*CARDS, JANE, CIRCLED, SHOP])),
    ],
)
def test_ez_vcard_finds_nothing(tmp_path: Path, name: str, text: str) -> None:
    """ez-vcard reads every vCard 3.0, 4.0 and jCard, warns of nothing while reading, and finds each valid."""
    assert ez_vcard(tmp_path / name, text) == [str(len(CARDS) + 3)]


@pytest.mark.needs("java", "ez-vcard")
def test_ez_vcard_would_complain(tmp_path: Path) -> None:
    """The same run finds what is wrong with a number that is no URI, and a type that mail addresses do not have."""
    good = vcard.dump([JANE], "4.0")
    assert len(ez_vcard(tmp_path / "four.vcf", good.replace("VALUE=uri:tel:+4", "VALUE=uri:call:+4"))) > 1
    wrong = vcard.dump([JANE], "3.0").replace("EMAIL;TYPE=internet", "EMAIL;TYPE=work")
    assert len(ez_vcard(tmp_path / "three.vcf", wrong)) > 1


def ez_vcard(path: Path, text: str) -> list[str]:
    """What ez-vcard prints: how many it read, then what it complains of."""
    path.write_text(text, encoding="utf-8", newline="")
    classes = os.pathsep.join(map(str, JARS))
    source = Path(__file__).with_name("EzVcard.java")
    run = subprocess.run(
        ["java", "-cp", classes, str(source), str(path)], capture_output=True, text=True, check=False, timeout=300
    )
    assert run.returncode == 0, run.stderr
    return run.stdout.split("\n")[:-1]


def test_vcard_finds_nothing_in_version_3() -> None:
    """The validator `vcard`, which holds RFC 2426 to the letter, takes every vCard 3.0, hostile ones too.

    It knows no character above U+00FF: those stand as an x here.
    """
    texts = list(cards_of(vcard.dump(EVERYONE, "3.0")))
    assert len(texts) == len(EVERYONE)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it counts characters where the RFC folds by octets
        for text in texts:
            VCard("".join(char if char <= "\xff" else "x" for char in text))
        with pytest.raises(VCardError):
            VCard(texts[0].replace("ADR;TYPE=work", "ADR;TYPE=office"))


def test_version_4_keeps_the_grammar() -> None:
    """Every vCard 4.0, hostile ones too, holds only lines, properties, parameters and values of the grammar."""
    assert faults(vcard.dump(EVERYONE, "4.0")) == []


@pytest.mark.parametrize(
    "line",
    [
        "EMAIL;TYPE=work:a,b", "ADR:;;a;b", "ADR;TYPE=office:;;a;b;c;d;e", "N:a;b", "KIND:shop", "TEL;VALUE=uri:12",
        "FN;X=:a", "URL:foo bar", "X-Y:1", "NOTE:a\\x", "NOTE:" + "x" * 71, "UID:1\r\nUID:2", "no line", "BEGIN:VCARD",
        "TEL;PREF=0:12",
    ],
)  # fmt: skip
def test_the_grammar_refuses(line: str) -> None:
    """One line that the RFC does not allow is found in a vCard that is right but for it."""
    head, tail = "BEGIN:VCARD\r\nVERSION:4.0\r\nFN:x\r\n", "END:VCARD\r\n"
    assert faults(head + tail) == []
    assert faults(f"{head}{line}\r\n{tail}")


def test_jscontact_keeps_the_schema() -> None:
    """Every JSContact Card, hostile ones too, has the mandatory properties, types and values of RFC 9553 only."""
    cards = json.loads(jscontact.dump(EVERYONE))
    assert len(cards) == len(EVERYONE)
    assert [f"{list(error.absolute_path)}: {error.message}" for error in SCHEMA.iter_errors(cards)] == []


SEPARATED = [
    {"kind": "surname", "value": "Doe"}, {"kind": "separator", "value": ", "}, {"kind": "given", "value": "Jane"},
]  # fmt: skip


@pytest.mark.parametrize(
    "name",
    [
        {"components": SEPARATED, "isOrdered": True},
        {"components": [SEPARATED[0], SEPARATED[2]], "isOrdered": True, "defaultSeparator": ", "},
        {"components": SEPARATED[:1], "sortAs": {"surname": "doe"}, "full": "Doe"},
        {"full": "Doe"},
    ],
)
def test_the_schema_takes_what_the_rfc_allows(name: dict[str, object]) -> None:
    """Separators only among ordered components, a default one instead of them, an order to sort by only of them."""
    (card,) = json.loads(jscontact.dump([JANE]))
    assert not list(SCHEMA.iter_errors([card | {"name": name}]))


@pytest.mark.parametrize(
    "change",
    [
        {"version": "3.0"}, {"uid": ""}, {"name": {}}, {"phones": {"p 1": {"number": "1"}}}, {"kind": "shop"},
        {"phones": {"p1": {"number": "1", "features": {"cell": True}}}}, {"emails": {"e1": {"value": "a@b.example"}}},
        {"addresses": {"a1": {"countryCode": "Germany"}}}, {"links": {"l1": {"uri": "no address"}}}, {"tel": "1"},
        {"titles": {"t1": {"name": "x", "kind": "job"}}}, {"keywords": {"Expo": False}}, {"notes": {"n1": "text"}},
        {"name": {"full": "x", "sortAs": {"surname": "x"}}}, {"name": {"components": SEPARATED}},
        {"name": {"components": SEPARATED, "isOrdered": False}}, {"phones": {"p1": {"number": "1", "pref": 0}}},
        {"name": {"components": SEPARATED[:1], "defaultSeparator": " "}}, {"name": {"components": []}},
        {"name": {"components": SEPARATED[1:2], "isOrdered": True}}, {"phones": {"x" * 256: {"number": "1"}}},
    ],
)  # fmt: skip
def test_the_schema_refuses(change: dict[str, object]) -> None:
    """One property that the RFC does not allow is found in a Card that is right but for it."""
    (card,) = json.loads(jscontact.dump([JANE]))
    assert not list(SCHEMA.iter_errors([card]))
    assert list(SCHEMA.iter_errors([card | change]))
