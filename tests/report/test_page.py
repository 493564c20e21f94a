"""The page as text: what it says, and that nothing on a card becomes markup."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from html.parser import HTMLParser
from zoneinfo import ZoneInfo

from click.testing import CliRunner

from cardscan.cli import cli
from cardscan.plan import rates
from cardscan.record import Mark, Note, NoteFacts, Review, Task
from cardscan.report import page
from cardscan.report.agenda import agenda
from cardscan.report.gallery import web_link
from cardscan.review.decisions import accept
from cardscan.store import Store
from tests.report.conftest import NOW, ZONE
from tests.report.people import ATTACK, bram, orla, photo, tasks


class Reader(HTMLParser):
    """Elements with their attributes, and the text between them."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""
        self.feed(html)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def test_no_text_becomes_markup(html: str) -> None:
    """Hostile text in every field: no script, no image from elsewhere, no handler, no style of its own, no control."""
    read = Reader(html)
    assert {tag for tag, _ in read.elements} & {"script", "img", "iframe", "object", "form", "base"} == set()
    assert not [name for _, attributes in read.elements for name in attributes if name.startswith("on")]
    assert not set(html) & {chr(code) for code in (*range(9), *range(11, 32), *range(0x7F, 0xA0), 0x202E, 0x2066)}
    assert "<script>alert(1)</script>" in read.text
    assert "{{ 7*7 }}" in read.text


def test_links_lead_only_where_a_person_would_go(html: str) -> None:
    """Every link is http, https, mailto, tel or a place on the page; a picture is data; ids are all different."""
    read = Reader(html)
    links = [attributes["href"] or "" for tag, attributes in read.elements if tag == "a"]
    assert "mailto:orla.fennick@brightwater-mills.co.uk" in links
    assert all(re.match(r"(https?://|mailto:|tel:|#)", link) for link in links)
    sources = [attributes["href"] or "" for tag, attributes in read.elements if tag in ("image", "link")]
    assert all(source.startswith("data:") for source in sources)
    ids = [attributes["id"] for _, attributes in read.elements if "id" in attributes]
    assert len(ids) == len(set(ids))


def test_each_value_has_its_box_and_its_row(html: str) -> None:
    """A value that was read on a line stands in a box over that line and in the table, with its confidence."""
    read = Reader(html)
    boxes = [attributes for tag, attributes in read.elements if tag == "g" and attributes.get("tabindex") == "0"]
    labels = [box["aria-label"] for box in boxes]
    assert "Name: Orla Fennick, 97 percent sure" in labels
    assert "Phone: +442079460958 ext. 12, 99 percent sure" in labels
    assert "doubtful" in next(str(box["class"]) for box in boxes if "Bram" in str(box["aria-label"]))
    assert "doubtful" not in next(str(box["class"]) for box in boxes if "Orla" in str(box["aria-label"]))
    assert "97 %" in read.text
    assert "the name holds a digit" in read.text


def test_drawn_signs_and_named_values_are_told(tmp_path) -> None:
    """Signs stand below the notes in words; a value that a reason names is doubtful however sure, until reviewed."""
    quad = ((0.0, 0.0), (9.0, 0.0), (9.0, 9.0), (0.0, 9.0))
    card = orla(photo(tmp_path / "one.png"))
    assert card.contact is not None
    mail = card.contact.emails[0]
    sure = replace(card.contact, emails=(replace(mail, confidence=0.9),))
    asked = Review("needs-review", (f"the mail's name does not fit the name: {mail.value.lower()}",))
    card = replace(card, contact=sure, marks=(Mark("star", quad, (), 0.95),), review=asked)
    noted = Note("call 31/4", facts=NoteFacts(text="call 31/4", unsure=("31/4: no such day",)))
    card = replace(card, notes=(noted,))
    drawn = [page([each], [], rates([], [], [], NOW, ZONE), NOW, ZONE) for each in (card, accept(card))]
    assert all("Drawn: a star" in html and "the note says 31/4: no such day" in html for html in drawn)
    doubtful = [re.search(r'<tr class="r\d+ doubtful"><th scope="row">E-mail', html) is not None for html in drawn]
    assert doubtful == [True, False]


def test_a_moved_photo_leaves_the_values(tmp_path) -> None:
    """Without its photo a card shows its values and says that the picture is gone."""
    cards = [orla(tmp_path / "gone.jpg")]
    made = page(cards, [], rates(cards, [], [], NOW, ZONE), NOW, ZONE)
    assert "no longer at its place" in made
    assert "Head of Purchasing" in made


def test_an_empty_store_says_what_to_do() -> None:
    """No card and no task: the page names the commands that make some."""
    made = page([], [], rates([], [], [], NOW, ZONE), NOW, ZONE)
    assert "cardscan scan" in made
    assert "cardscan plan" in made


def test_the_agenda_goes_by_slots() -> None:
    """A task stands on the day of its slot with its hour and deadline; what is late stands under today."""
    days = agenda(tasks(), NOW, ZONE)
    found = [(day.iso, day.near, [item.task.id for item in day.items]) for day in days]
    assert found == [
        ("2026-04-20", "today", ["t-late", "t-card"]),
        ("2026-04-22", "in 2 days", ["t-eve"]),
        ("2026-04-23", "in 3 days", ["t-call"]),
        ("2026-09-21", "in 5 months", ["t-far"]),
    ]
    late, card = days[0].items
    assert (late.overdue, card.overdue, card.time, card.due) == (True, False, "09:30", "by 21 Apr")


def test_days_are_those_of_the_zone() -> None:
    """Half past nine in the evening in UTC is the next morning in Tokyo."""
    start = "2026-04-20T21:30:00+00:00"
    task = Task("t", None, None, "combined", "call", "Call", due=start, start=start)
    assert [day.iso for day in agenda([task], NOW, ZoneInfo("Asia/Tokyo"))] == ["2026-04-21"]


def test_many_tasks_are_all_there() -> None:
    """A thousand tasks over three years: each is on the agenda once, days in order."""
    begin = datetime.fromisoformat("2026-04-20T09:00:00+00:00")
    many = [
        Task(f"t-{n}", None, None, "combined", "call", f"Call {n}", due=(begin + timedelta(days=n)).isoformat())
        for n in range(1000)
    ]
    days = agenda(many, NOW, ZONE)
    assert [day.iso for day in days] == sorted({day.iso for day in days})
    assert sum(len(day.items) for day in days) == 1000


def test_only_web_addresses_are_links() -> None:
    """Anything that would run, or has no host, is text."""
    assert web_link("https://x.example/a?b=c") == "https://x.example/a?b=c"
    for url in (
        "javascript:alert(1)",
        "JavaScript://x",
        "data:text/html,x",
        "//x.example",
        "https://",
        None,
    ):
        assert web_link(url) is None


def test_the_command_writes_the_file_whole(tmp_path) -> None:
    """`report` writes a page readable by its user alone, of one event when asked; a missing folder is told."""
    taken = photo(tmp_path)
    with Store.open(str(tmp_path / "cards.sqlite")) as store:
        store.put_photo("s1", [orla(taken)])
        store.put_photo("s2", [bram(taken)])
        store.put_tasks(tasks()[:2])
    run = CliRunner().invoke
    common = ["report", "--store", str(tmp_path / "cards.sqlite"), "--now", "2026-04-20T09:00:00+00:00"]
    out = tmp_path / "page.html"
    assert run(cli, [*common, "--output", str(out)]).exit_code == 0
    assert out.stat().st_mode & 0o077 == 0
    assert "Orla Fennick" in out.read_text("utf-8") and "Bram 0osting" in out.read_text("utf-8")
    one = run(cli, [*common, "--output", "-", "--event", "expo"])
    assert "Orla Fennick" in one.stdout and "Bram 0osting" not in one.stdout
    refused = run(cli, [*common, "--output", str(tmp_path / "no" / "page.html")])
    assert refused.exit_code != 0
    assert "--output" in str(refused.exception)
    assert ATTACK not in one.stdout
