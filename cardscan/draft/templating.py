"""Templates to text: a sandbox, strict about what is undefined, with blanks that can be seen and named.

A template is plain text with Jinja2 in it. Its first line may be `Subject: …`. An empty line parts paragraphs; list
items (`- `) close up to the line that introduces them, whatever the template leaves between. Own templates in
`<folder>/<language>/<kind>.txt` come before those that are shipped.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import jinja2
from jinja2.sandbox import ImmutableSandboxedEnvironment

from cardscan.draft.model import Blank, Language
from cardscan.draft.wording import wording
from cardscan.errors import ConfigError, UsageError

# A blank travels through the template between private-use characters, which no fact can hold (facts.clean).
_OPEN, _PART, _CLOSE = "\ue000", "\ue001", "\ue002"
_MARK = re.compile(f"{_OPEN}([^{_PART}]*){_PART}([^{_CLOSE}]*){_CLOSE}")
_LONGEST_TEMPLATE = 50_000


@dataclass(frozen=True, slots=True)
class Rendered:
    """What came out of a template: the subject line, the body, and the blanks left in either."""

    subject: str
    body: str
    blanks: tuple[Blank, ...]


class BlankMarker:
    """Makes blanks of one language for a template: `blank("topic")`."""

    def __init__(self, language: Language) -> None:
        self._hints: Mapping[str, str] = wording(language)["blank"]

    def __call__(self, key: str, hint: str | None = None) -> str:
        """A marked blank; `hint` replaces the language's own words. `slot-2` is a second blank of the kind `slot`."""
        return f"{_OPEN}{key}{_PART}{hint or self._hints.get(key.partition('-')[0], key)}{_CLOSE}"


def render(
    kind: str, language: Language, context: Mapping[str, Any], fills: Mapping[str, str], folder: Path | None
) -> Rendered:
    """Fill the template of a kind.

    Args:
        kind: Name of the template, without `.txt`.
        language: Which set of templates.
        context: Values for the template; functions in it can be called there.
        fills: Words for blanks, by the blank's key.
        folder: The user's own templates, or None.

    Raises:
        ConfigError: The template is wrong; the message names the file, the line and the value.
        UsageError: A fill names no blank of this draft.
    """
    environment = _environment(folder)
    name = f"{language}/{kind}.txt"
    try:
        text = environment.get_template(name).render(context)
    except jinja2.TemplateNotFound as error:
        raise ConfigError(f"no template {error.name}") from error
    except jinja2.TemplateSyntaxError as error:
        raise ConfigError(f"template {error.name or name}, line {error.lineno}: {error.message}") from error
    except (jinja2.TemplateError, TypeError, ValueError, ArithmeticError, LookupError, AttributeError) as error:
        raise ConfigError(f"template {name}: {error}") from error
    if len(text) > _LONGEST_TEMPLATE:
        raise ConfigError(f"template {name}: makes more than {_LONGEST_TEMPLATE} characters")
    blanks = {match[1]: Blank(match[1], match[2]) for match in _MARK.finditer(text)}
    unknown = set(fills) - set(blanks)
    if unknown:
        known = ", ".join(blanks) or "none"
        raise UsageError(f"nothing to fill called {', '.join(sorted(unknown))} in this draft (blanks: {known})")
    text = _MARK.sub(lambda match: fills.get(match[1]) or f"[{match[2]}]", text)
    head, _, rest = text.lstrip().partition("\n")
    subject = ""
    if head.startswith("Subject:"):
        subject, text = " ".join(head.removeprefix("Subject:").split()), rest
    return Rendered(subject, _reflowed(text), tuple(blank for key, blank in blanks.items() if not fills.get(key)))


@cache
def _environment(folder: Path | None) -> ImmutableSandboxedEnvironment:
    loaders: list[jinja2.BaseLoader] = [jinja2.PackageLoader("cardscan.draft", "templates")]
    if folder is not None:
        loaders.insert(0, jinja2.FileSystemLoader(folder))
    return ImmutableSandboxedEnvironment(
        loader=jinja2.ChoiceLoader(loaders),
        undefined=jinja2.StrictUndefined,
        autoescape=False,  # plain text: nothing here is markup
    )


def is_blank(value: str) -> bool:
    """Whether a value is a marked blank."""
    return value.startswith(_OPEN)


def _reflowed(text: str) -> str:
    """Paragraphs parted by one empty line; list items follow their introduction, whatever stood between."""
    paragraphs = [
        "\n".join(re.sub(r"[ \t]+", " ", line).strip() for line in part.splitlines() if line.strip())
        for part in re.split(r"\n[ \t]*\n", text.strip())
    ]
    joined = "\n\n".join(part for part in paragraphs if part)
    return re.sub(r"\n\n(?=- )", "\n", joined)
