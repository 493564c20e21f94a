"""`cardscan draft` as a person or a script calls it."""

from __future__ import annotations

import io
import json
from dataclasses import replace
from pathlib import Path

import pypdfium2
import pytest
from PIL import Image

from cardscan import wire
from cardscan.cli import run
from cardscan.record import (
    Address,
    Card,
    Contact,
    Email,
    Event,
    Name,
    Note,
    NoteFacts,
    Offer,
    Promise,
    Referral,
    Source,
    Task,
    TaskKind,
)
from cardscan.store import Store

NOW = "2026-03-16T09:00:00+00:00"


@pytest.fixture
def store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store with two people, their tasks, and settings of a user."""
    config = tmp_path / "config"
    monkeypatch.setenv("XDG_CONFIG_HOME", str(config))
    (config / "cardscan").mkdir(parents=True)
    (config / "cardscan" / "settings.toml").write_text(
        'name = "Robin Ashdown"\nemail = "robin@ashdown.example"\ncountry = "GB"\ntime_zone = "Europe/London"\n'
        'address = "12 Orchard Lane\\nBristol BS1 4QA"\n',
        encoding="utf-8",
    )
    path = tmp_path / "store.sqlite3"
    facts = NoteFacts(
        text="talked about sailing, send her the map", interests=("sailing",), promises=(Promise("send her the map"),)
    )
    jane = Card(
        "c-jane",
        Source("jane.jpg"),
        Contact(
            name=Name("Jane Doe", given="Jane", family="Doe"),
            emails=(Email("jane@acme.example"),),
            addresses=(Address("x", "1 Main St", "Springfield", "IL", "62701", "US"),),
        ),
        event=Event("SXSW", "Austin", "2026-03-14"),
        notes=(Note("talked about sailing, send her the map", facts=facts),),
    )
    kurt = Card(
        "c-kurt",
        Source("kurt.jpg"),
        Contact(name=Name("Kurt Meier"), addresses=(Address("Berlin", country_code="DE"),)),
    )
    back = Card(
        "c-back",
        replace(jane.source, side="back", other_side="c-kurt"),
        None,
        notes=(Note("x", facts=NoteFacts(interests=("Schach",), text="x")),),
    )
    task = Task(
        "t-1",
        "c-jane",
        "Jane Doe",
        "combined",
        "handwritten-note",
        "Write and mail a thank-you card to Jane Doe",
        draft="card",
    )
    with Store.open(str(path)) as opened:
        for card in (jane, kurt, back):
            opened.put_card(card)
        opened.put_tasks(
            [
                task,
                replace(task, id="t-2", kind="email", title="Mail Jane Doe"),
                replace(task, id="t-3", contact_id="c-kurt", contact_name="Kurt Meier"),
                replace(task, id="t-4", kind="supplies", contact_id=None, contact_name=None, title="Buy stamps"),
                replace(task, id="t-5", kind="retry", title="Second", due="2026-03-20T10:00:00+00:00"),
                replace(task, id="t-6", kind="retry", title="Third", due="2026-04-20T10:00:00+00:00"),
                replace(task, id="t-7", status="done"),
            ]
        )
    return path


def draft(store: Path, *arguments: str) -> int:
    """Run the command at a fixed time."""
    return run(["draft", *arguments, "--store", str(store), "--now", NOW])


def test_a_mail_is_printed_ready_to_read(store: Path, capfdbinary: pytest.CaptureFixture[bytes]) -> None:
    """The text names addressee, subject and attachment; what is left to do is told on stderr, not in the data."""
    assert draft(store, "t-2") == 0
    out, err = capfdbinary.readouterr()
    text = out.decode()
    assert text.startswith(
        "To: jane@acme.example\nSubject: Good to meet you at SXSW\nAttach: the map\n\nDear Jane Doe,"
    )
    assert "sailing" in text
    assert text.endswith("Best regards,\nRobin Ashdown\n")
    assert err == b""


def test_a_mail_file_opens_unsent(store: Path, tmp_path: Path) -> None:
    """--to eml writes a draft message from the user's own address, with a file attached on request."""
    (tmp_path / "map.pdf").write_bytes(b"%PDF")
    assert (
        draft(store, "t-2", "--to", "eml", "--attach", str(tmp_path / "map.pdf"), "--output", str(tmp_path / "m.eml"))
        == 0
    )
    raw = (tmp_path / "m.eml").read_bytes()
    assert b"X-Unsent: 1\r\n" in raw
    assert b"From: Robin Ashdown <robin@ashdown.example>\r\n" in raw
    assert b"map.pdf" in raw
    assert b"X-Cardscan-Attach" not in raw


@pytest.mark.parametrize("target", ["svg", "pdf", "png"])
def test_the_card_is_drawn(store: Path, capfdbinary: pytest.CaptureFixture[bytes], target: str) -> None:
    """--to svg, pdf and png print one card of the size asked for."""
    assert draft(store, "t-1", "--to", target, "--card", "a6") == 0
    out = capfdbinary.readouterr().out
    if target == "png":
        assert Image.open(io.BytesIO(out)).size == (1240, 1748)  # 105 by 148 mm at 300 dots per inch
    elif target == "pdf":
        assert [round(x) for x in pypdfium2.PdfDocument(out)[0].get_size()] == [298, 420]
    else:
        assert b"<svg" in out


def test_all_cards_go_on_sheets(store: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """--all takes every open thank-you card, no done one, and says per person what is blank."""
    assert draft(store, "--all", "--to", "pdf", "--output", str(tmp_path / "all.pdf")) == 0
    assert len(pypdfium2.PdfDocument(tmp_path / "all.pdf")) == 1  # two cards on one sheet
    assert "Kurt Meier: blank: where" in capfd.readouterr().err
    assert draft(store, "--all", "--to", "svg", "--output", str(tmp_path / "svg")) == 0
    assert sorted(path.name for path in (tmp_path / "svg").iterdir()) == ["t-1.svg", "t-3.svg"]


def test_envelopes_skip_nobody_silently(store: Path, tmp_path: Path) -> None:
    """--envelope writes one page per person with an address."""
    assert draft(store, "--all", "--to", "pdf", "--envelope", "--output", str(tmp_path / "e.pdf")) == 0
    assert len(pypdfium2.PdfDocument(tmp_path / "e.pdf")) == 2


def test_the_back_of_a_card_speaks_for_its_front(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A note on the back is used in the letter to the person on the front, in that person's language."""
    assert draft(store, "t-3", "--lang", "de", "--fill", "where=Messe Leipzig") == 0
    out = capfd.readouterr().out
    assert "Guten Tag Kurt Meier" in out
    assert "Schach" in out
    assert "bei Messe Leipzig" in out


def test_the_third_letter_is_the_last(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The place of a retry among the person's retries decides its tone."""
    assert draft(store, "t-5") == 0
    assert "no hurry" in capfd.readouterr().out
    assert draft(store, "t-6") == 0
    assert "last note for now" in capfd.readouterr().out


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["t-4"], "needs no words"),
        (["t-99"], "no task"),
        (["t-2", "--fill", "nothing"], "BLANK=TEXT"),
        (["t-2", "--fill", "shoe=1"], "nothing to fill called shoe"),
        (["t-1", "--to", "pdf", "--face", "comic"], "caveat, kalam"),
        (["t-2", "--attach", "x"], "--to eml"),
        (["t-2", "--envelope"], "--to svg"),
        ([], "name one TASK"),
        (["t-2", "--all"], "name one TASK"),
        (["--all", "--to", "png"], "--output FOLDER"),
    ],
)
def test_mistakes_are_explained(
    store: Path, capfd: pytest.CaptureFixture[str], arguments: list[str], message: str
) -> None:
    """Each wrong use leaves with code 2 and says what is meant."""
    assert draft(store, *arguments) == 2
    assert message in capfd.readouterr().err


def test_a_missing_attachment_is_an_input_error(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """A file that isn't there leaves with code 4 and its name."""
    assert draft(store, "t-2", "--to", "eml", "--attach", "/nowhere/x.pdf") == 4
    assert "/nowhere/x.pdf" in capfd.readouterr().err


def test_task_lines_come_through_a_pipe(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """`cardscan plan --format jsonl | cardscan draft -` drafts what has words; ids stay in the folder."""
    card = Card("c-x", Source("x.jpg"), Contact(name=Name("Ada Byron")), event=Event("Salon", None, "2026-03-14"))
    tasks = [
        Task("../../t-x", "c-x", "Ada Byron", "combined", "email", "Mail"),
        Task("t-y", "c-x", "Ada Byron", "combined", "call", "Call"),
        Task("t-z", None, None, "combined", "supplies", "Buy"),
    ]
    lines = "".join(wire.dumps(record) + "\n" for record in (card, *tasks))
    monkeypatch.setattr("sys.stdin", io.StringIO(lines))
    assert draft(store, "-", "--output", str(tmp_path / "out"), "--quiet") == 0
    assert sorted(path.name for path in (tmp_path / "out").iterdir()) == ["______t-x.txt", "t-y.txt"]
    assert capfd.readouterr().err == ""


def test_the_linter_reads_any_letter(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """lemonade/5: --lint names line, column, word and reason; nothing to say, nothing printed."""
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Jane,\nour product is on sale.\n", encoding="utf-8")
    assert run(["draft", "--lint", str(letter)]) == 0
    assert capfd.readouterr().out.splitlines()[0].startswith("2:5 product: It sells")
    letter.write_text("Dear Jane,\nit was good to meet you.\n", encoding="utf-8")
    assert run(["draft", "--lint", str(letter)]) == 0
    assert capfd.readouterr().out == ""


def test_a_hostile_card_cannot_steer_the_terminal(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """Escape sequences in a name are gone from the draft and from stderr."""
    with Store.open(str(store)) as opened:
        opened.put_card(Card("c-eve", Source("eve.jpg"), Contact(name=Name("Eve\x1b[31m\u202e"))))
        opened.put_tasks([Task("t-eve", "c-eve", "Eve\x1b[31m", "combined", "email", "Mail")])
    assert draft(store, "t-eve") == 0
    out, err = capfd.readouterr()
    assert not set(out + err) & set("\x1b\u202e")
    assert json.dumps(out)


def test_a_task_whose_card_is_elsewhere_is_told(
    store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    """In a pipe the rest is drafted all the same, and the exit code says that something was missing."""
    tasks = [
        Task("t-x", "c-nowhere", "X", "combined", "email", "Mail"),
        Task("t-y", "c-jane", "J", "combined", "email", "Mail"),
    ]
    monkeypatch.setattr("sys.stdin", io.StringIO("".join(wire.dumps(task) + "\n" for task in tasks)))
    assert draft(store, "-", "--output", str(tmp_path / "out")) == 4
    assert [path.name for path in (tmp_path / "out").iterdir()] == ["t-y.txt"]
    assert "c-nowhere is not in this store" in capfd.readouterr().err


RULES = [
    ("system/5", "handwritten-note", ["Thank you for our conversation", "at SXSW in Austin", "March 14", "sailing"]),
    ("system/6", "email", ["It was good to meet you", "talking with you about sailing"]),
    ("system/7", "email", ["Attach: the map", "- the map"]),
    ("system/8", "call", ["A referral:", "A resource:", "A collaboration:", "An introduction:"]),
    ("frishman/5", "call", ["Before you call:", "To begin:", "To close:"]),
    ("six-tips/5", "meeting", ["at SXSW in Austin", "sailing", "- Thursday, March 19 at"]),
    ("six-tips/6", "keep-in-touch", ["we talked about sailing"]),
    ("six-rules/3", "ask-referral", ["You and I have met only once"]),
    ("six-rules/4", "accept-offer", ["You kindly offered to show me the harbour", "- Thursday, March 19 at"]),
    ("six-rules/5", "contact-referral", ["Dear Tom Baker,", "Jane Doe mentioned you to me"]),
    ("six-rules/6", "appreciation", ["There is no occasion for this note"]),
    ("six-rules/7", "retry", ["There is no hurry at all"]),
]


@pytest.mark.parametrize(("rule", "kind", "words"), RULES, ids=[rule for rule, _, _ in RULES])
def test_a_rule_shows_in_its_draft(
    store: Path, capfd: pytest.CaptureFixture[str], rule: str, kind: TaskKind, words: list[str]
) -> None:
    """Each rule that is about words can be seen in the draft of its task, and no draft sells (lemonade/5)."""
    facts = NoteFacts(
        text="x",
        interests=("sailing",),
        promises=(Promise("send her the map"),),
        offers=(Offer("show me the harbour"),),
        referral=Referral("Tom Baker", ask=True),
    )
    with Store.open(str(store)) as opened:
        jane = opened.card("c-jane")
        opened.put_card(replace(jane, notes=(Note("about sailing, send her the map", facts=facts),)))
        opened.put_tasks([Task("t-rule", "c-jane", "Jane Doe", "combined", kind, "Do it", due="2026-03-01")])
    assert draft(store, "t-rule") == 0
    out, err = capfd.readouterr()
    for word in words:
        assert word in out, rule
    assert "think over" not in err


def test_check_tells_a_script_what_is_not_fit_to_send(
    store: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    """Findings and blanks alone are no failure; with --check they leave exit code 3, what is ready leaves 0."""
    letter = tmp_path / "letter.txt"
    letter.write_text("Dear Jane,\n\nour limited offer is waiting for you.\n", encoding="utf-8")
    assert draft(store, "--lint", str(letter)) == 0
    assert draft(store, "--lint", str(letter), "--check") == 3
    assert "(lemonade/5)" in capfd.readouterr().out
    letter.write_text("Dear Jane,\n\nthank you for the talk.\n", encoding="utf-8")
    assert draft(store, "--lint", str(letter), "--check") == 0
    assert draft(store, "t-2", "--check") == 0
    assert draft(store, "t-2", "--check", "--to", "eml") == 3  # "you will find attached: the map", and no map
    assert draft(store, "t-2", "--check", "--to", "eml", "--attach", str(letter)) == 0
    assert draft(store, "t-3") == 0
    assert draft(store, "t-3", "--check") == 3
    assert draft(store, "t-3", "--check", "--to", "svg", "--output", str(tmp_path / "c.svg")) == 3
    assert (tmp_path / "c.svg").exists()


def test_a_mail_knows_which_promises_were_kept(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """The mail lists a promise that goes with it, and no longer one that its own task has kept."""
    promise = Task("t-p", "c-jane", "Jane Doe", "combined", "send", "Send her the map", promise="send her the map")
    mail = Task("t-m", "c-jane", "Jane Doe", "combined", "email", "Mail Jane Doe", closes=("t-p",))
    with Store.open(str(store)) as opened:
        opened.put_tasks([promise, mail])
    assert draft(store, "t-m") == 0
    assert "Attach: the map" in capfd.readouterr().out
    with Store.open(str(store)) as opened:
        opened.put_tasks([replace(promise, status="done"), replace(mail, closes=())])
    assert draft(store, "t-m") == 0
    assert "map" not in capfd.readouterr().out
    assert draft(store, "t-p") == 0
    assert "- the map" in capfd.readouterr().out


def test_keeping_in_touch_again_says_so(store: Path, capfd: pytest.CaptureFixture[str]) -> None:
    """After one such letter is done the next has other words."""
    first = Task("t-k1", "c-jane", "Jane Doe", "combined", "keep-in-touch", "Stay in touch")
    with Store.open(str(store)) as opened:
        opened.put_tasks([first, replace(first, id="t-k2")])
    assert draft(store, "t-k2") == 0
    assert "When we met" in capfd.readouterr().out
    with Store.open(str(store)) as opened:
        opened.put_tasks([replace(first, status="done")])
    assert draft(store, "t-k2") == 0
    assert "I have again come across something" in capfd.readouterr().out
