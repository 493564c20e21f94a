"""vCard 3.0 and 4.0, jCard and JSContact: read back whole, closed to injection."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import get_args

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st

from cardscan.export import jcard, jscontact, vcard
from tests.people import ATTACKS, CIRCLED, JANE, SHOP, hostile


def read(text: str) -> list:
    """All vCards of a text, as vobject reads them."""
    return list(vobject.readComponents(text))


def unfolded(text: str) -> list[str]:
    """The content lines of a vCard."""
    return text.replace("\r\n ", "").split("\r\n")


@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_every_field_comes_back(version: vcard.Version) -> None:
    """vobject reads each value as it was on the card."""
    jane = read(vcard.dump([JANE], version))[0]
    name = jane.n.value
    assert (name.prefix, name.given, name.additional, name.family, name.suffix) == ("Dr.", "Jane", "Q.", "Doe", "PhD")
    assert jane.fn.value == "Dr. Jane Q. Doe, PhD"
    assert jane.uid.value == "c-jane"
    assert [item.value for item in jane.contents["title"]] == ["VP Operations", "Board Member; Treasurer"]
    assert jane.org.value == ["Acme Freight GmbH, Köln", "Cold Chain"]
    assert [item.value for item in jane.contents["email"]] == ["jane.doe@acme.example", "jane@doe.example"]
    assert jane.url.value == "https://acme.example/team?x=1%2C2%3B3"  # the same address, in every reader
    addresses = [item.value for item in jane.contents["adr"]]
    assert (addresses[0].street, addresses[0].city, addresses[0].region) == ("1 Main St", "Springfield", "IL")
    assert (addresses[0].code, addresses[0].country) == ("62701", "United States")
    assert addresses[1].street == "Hinterm Deich, Husum"
    assert (
        jane.note.value
        == "Met @ SXSW - send pricing by Fri\nlikes sailing; \\o/\nMet: SXSW, Austin; 2026, Austin, 2026-03-14"
    )
    numbers = [item.value for item in jane.contents["tel"]]
    if version == "3.0":
        assert numbers == ["+14155550132 ext. 204", "+4915112345678", "+14155550133", "555-0199"]
        assert jane.contents["tel"][1].params["TYPE"] == ["cell"]
        assert jane.contents["tel"][2].params["TYPE"] == ["work", "fax"]
    else:
        assert numbers == ["tel:+14155550132;ext=204", "tel:+4915112345678", "tel:+14155550133", "555-0199"]


def test_the_number_that_a_pen_circled_is_preferred() -> None:
    """It comes first and says so (RFC 2426 TYPE=pref, RFC 6350 PREF=1, RFC 9553 pref), read twice it stands once."""
    assert CIRCLED.contact is not None
    numbers = CIRCLED.contact.phones
    card = replace(CIRCLED, contact=replace(CIRCLED.contact, phones=(*numbers, replace(numbers[1], preferred=False))))
    three, four = (read(vcard.dump([card], version))[0].contents["tel"] for version in get_args(vcard.Version))
    assert [item.value for item in three] == ["+4915112345678", "+442079460958"]
    assert [item.params["TYPE"] for item in three] == [["cell", "pref"], ["work", "voice"]]
    assert [item.params.get("PREF") for item in four] == [["1"], None]
    properties = json.loads(jcard.dump([card]))[0][1]
    assert [item[1].get("pref") for item in properties if item[0] == "tel"] == ["1", None]
    assert [phone.get("pref") for phone in json.loads(jscontact.dump([card]))[0]["phones"].values()] == [1, None]
    assert "pref" not in vcard.dump([JANE]).lower()


def test_a_shop_is_an_organization() -> None:
    """A card without a person has the organization as its name, in both versions."""
    for version in get_args(vcard.Version):
        shop = read(vcard.dump([SHOP], version))[0]
        assert shop.fn.value == "Bäckerei Sonnenkorn"
    assert "KIND:org\r\n" in vcard.dump([SHOP], "4.0")


def test_lines_are_folded_at_75_octets() -> None:
    """No line is longer than RFC 6350 allows, and no character is split."""
    raw = vcard.dump([JANE], "4.0").encode()
    assert max(len(line) for line in raw.split(b"\r\n")) <= 75
    for line in raw.split(b"\r\n"):
        line.decode("utf-8")


@pytest.mark.parametrize("attack", ATTACKS)
@pytest.mark.parametrize("version", ["3.0", "4.0"])
def test_no_text_becomes_a_property(attack: str, version: vcard.Version) -> None:
    """Whatever stands in every field: one vCard, only properties of ours, no controls, nothing broken."""
    text = vcard.dump([hostile(attack)[0]], version)
    lines = unfolded(text)
    assert lines.count("BEGIN:VCARD") == lines.count("END:VCARD") == 1
    known = {
        "BEGIN", "VERSION", "PRODID", "UID", "KIND", "FN", "N", "NICKNAME", "ORG", "TITLE", "TEL", "EMAIL", "URL",
        "ADR", "SOCIALPROFILE", "X-SOCIALPROFILE", "CATEGORIES", "NOTE", "END", "",
    }  # fmt: skip
    assert {line.split(":")[0].split(";")[0] for line in lines} <= known
    assert not set(text.replace("\r\n", "")) & set("\x00\x1b\r\n\x07\u202e\u2066\x85\u2028")
    assert len(read(text)) == 1
    text.encode("utf-8")


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=60), st.sampled_from(["3.0", "4.0"]))
def test_any_text_survives_or_is_refused_whole(text: str, version: vcard.Version) -> None:
    """A name of any characters is read back as `plain` made it."""
    from cardscan.export.text import plain

    contact = read(vcard.dump([hostile("n" + text)[0]], version))[0]
    assert contact.fn.value == plain("n" + text)
    assert contact.title.value == plain("n" + text)


def test_photos_only_on_request() -> None:
    """A picture is embedded only when given."""
    assert "PHOTO" not in vcard.dump([JANE])
    assert read(vcard.dump([JANE], photos={"c-jane": b"\xff\xd8jpeg"}))[0].photo.value == b"\xff\xd8jpeg"
    assert "PHOTO:data:image/jpeg;base64,/9hqcGVn" in "".join(
        unfolded(vcard.dump([JANE], "4.0", {"c-jane": b"\xff\xd8jpeg"}))
    )


def test_jcard_says_the_same_as_vcard_4() -> None:
    """RFC 7095: the same properties in the same order, structured values as arrays."""
    name, properties = json.loads(jcard.dump([JANE]))[0]
    assert name == "vcard"
    assert properties[0] == ["version", {}, "text", "4.0"]
    lines = unfolded(vcard.dump([JANE], "4.0"))[1:-2]
    assert [item[0].upper() for item in properties] == [line.split(":")[0].split(";")[0] for line in lines]
    by_name = {item[0]: item for item in reversed(properties)}
    assert by_name["n"][3] == ["Doe", "Jane", "Q.", "Dr.", "PhD"]
    assert by_name["tel"][2:] == ["uri", "tel:+14155550132;ext=204"]
    assert by_name["adr"][1]["cc"] == "US"
    assert by_name["note"][3].count("\n") == 2


def test_jscontact_has_the_names_of_rfc_9553() -> None:
    """Each property is one of the standard, of the type the standard asks for, and holds the card's values."""
    jane, shop = json.loads(jscontact.dump([JANE, SHOP]))
    assert (jane["@type"], jane["version"], jane["uid"], jane["kind"]) == ("Card", "1.0", "c-jane", "individual")
    assert {part["kind"]: part["value"] for part in jane["name"]["components"]} == {
        "title": "Dr.", "given": "Jane", "given2": "Q.", "surname": "Doe", "credential": "PhD",
    }  # fmt: skip
    assert jane["phones"]["p1"] == {
        "number": "+14155550132 ext. 204",
        "features": {"voice": True},
        "contexts": {"work": True},
    }
    assert jane["phones"]["p2"]["features"] == {"mobile": True}
    assert jane["organizations"]["o1"] == {"name": "Acme Freight GmbH, Köln", "units": [{"name": "Cold Chain"}]}
    assert jane["addresses"]["a1"]["countryCode"] == "US"
    assert {part["kind"] for part in jane["addresses"]["a1"]["components"]} == {
        "name", "locality", "region", "postcode", "country",
    }  # fmt: skip
    assert jane["onlineServices"]["s1"]["uri"].startswith("https://")
    assert jane["keywords"] == {"SXSW, Austin; 2026": True}
    assert shop["kind"] == "org"
    assert shop["name"] == {"full": "Bäckerei Sonnenkorn"}
    allowed = {
        "@type", "version", "uid", "prodId", "kind", "name", "nicknames", "organizations", "titles", "emails", "phones",
        "addresses", "links", "onlineServices", "keywords", "notes",
    }  # fmt: skip
    assert set(jane) <= allowed


@pytest.mark.parametrize(
    ("suffix", "kinds"),
    [
        ("Jr.", ["generation"]), ("III, PhD", ["generation", "credential"]), ("MBA", ["credential"]),
        ("M.D., FACS", ["credential", "credential"]), ("Sr", ["generation"]),
    ],
)  # fmt: skip
def test_jscontact_tells_a_generation_from_a_credential(suffix: str, kinds: list[str]) -> None:
    """RFC 9553, 2.2.1: `Jr.` and `III` are of the person's line, `PhD` is earned."""
    assert JANE.contact is not None and JANE.contact.name is not None
    card = replace(JANE, contact=replace(JANE.contact, name=replace(JANE.contact.name, suffix=suffix)))
    parts = json.loads(jscontact.dump([card]))[0]["name"]["components"][4:]
    assert [part["kind"] for part in parts] == kinds
    assert ", ".join(part["value"] for part in parts) == suffix


@pytest.mark.parametrize("attack", ATTACKS)
def test_json_forms_stay_json(attack: str) -> None:
    """Hostile text is only ever a JSON string, without controls, and a link is http or nothing."""
    card = hostile(attack)[0]
    for text in (jcard.dump([card]), jscontact.dump([card])):
        assert len(json.loads(text)) == 1
        text.encode("utf-8")
        assert not set(text) & set("\x00\x1b\x07\u202e\u2066\x85\u2028")
    for link in json.loads(jscontact.dump([card]))[0].get("links", {}).values():
        assert link["uri"].startswith("https://")
