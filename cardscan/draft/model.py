"""What the draft stage takes and gives: the sender, the draft, a finding of the linter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, Self

from cardscan.settings import Settings

Language = Literal["en", "de", "fr", "es", "it", "pt"]
LANGUAGES: tuple[Language, ...] = ("en", "de", "fr", "es", "it", "pt")

Origin = Literal["card", "note", "event", "task", "settings", "option"]


@dataclass(frozen=True, slots=True)
class Sender:
    """The person who writes. Everything may be missing; what is missing becomes a blank.

    Attributes:
        name: As it stands under a letter.
        email: Goes to the `From` header.
        signature: Lines under a mail; empty takes the name.
        country: ISO 3166 code; decides the form of addresses and of dates.
        language: The language notes are scribbled in, when they don't show it themselves.
        address: Lines of the sender's own postal address, for the envelope.
    """

    name: str | None = None
    email: str | None = None
    signature: str | None = None
    country: str | None = None
    language: Language = "en"
    address: tuple[str, ...] = ()

    @classmethod
    def of(cls, settings: Settings, language: Language = "en") -> Self:
        """The user as the settings have them; `language` is the one they scribble in."""
        lines = tuple(line.strip() for line in (settings.address or "").splitlines() if line.strip())
        return cls(settings.name, settings.email, settings.signature, settings.country, language, lines)


@dataclass(frozen=True, slots=True)
class Blank:
    """A fact that is missing: it stands in the draft as `[hint]`; `key` is what `--fill key=TEXT` takes."""

    key: str
    hint: str


@dataclass(frozen=True, slots=True)
class Citation:
    """A fact that was used, and where it comes from."""

    fact: str
    value: str
    origin: Origin


@dataclass(frozen=True, slots=True)
class Draft:
    """Words for one task, with nothing invented.

    Attributes:
        kind: The name of the template, such as `email`, `card`, `call`, `retry`.
        body: Paragraphs parted by an empty line; each paragraph is one line, list items start with `- `.
        to: Mail addresses, possibly none.
        attachments: Promised things to attach, in the words of the note.
        blanks: What is left to fill in, in order of appearance, each once.
        sources: The facts in the text and where they are from.
        exempt: Words that were promised or are names, which the linter lets pass.
    """

    kind: str
    language: Language
    subject: str
    body: str
    to: tuple[str, ...] = ()
    attachments: tuple[str, ...] = ()
    blanks: tuple[Blank, ...] = ()
    sources: tuple[Citation, ...] = ()
    exempt: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Finding:
    """A word in a draft that a considerate letter does without.

    Attributes:
        word: As it stands in the text.
        span: Half-open character range in the text.
        rule: The rule of the playbooks that it breaks, such as `lemonade/5`.
        why: One sentence that says what is wrong with it.
    """

    word: str
    span: tuple[int, int]
    rule: str
    why: str
