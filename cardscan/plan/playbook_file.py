"""Playbooks as TOML files: the built-in ones beside this module, and the user's own.

Every key is checked; what is wrong is said with the file, the key and what is allowed (docs/planning.md has the whole
language). A file may `merge` other playbooks, add steps of its own, and leave some out with `without`.
"""

from __future__ import annotations

import re
import tomllib
from difflib import get_close_matches
from functools import cache
from importlib import resources
from pathlib import Path
from string import Formatter
from typing import Any, Final, get_args

from cardscan.errors import ConfigError
from cardscan.plan import playbook as language
from cardscan.plan.calendar import Offset, parse_offset
from cardscan.plan.playbook import CONDITIONS, Conditions, Playbook, Step, Variant, When

BUILT_IN: Final = ("combined", "frishman", "six-tips", "lemonade", "six-rules", "system")
_NAME = re.compile(r"[a-z0-9][a-z0-9-]{0,40}")
_RULE = re.compile(r"[a-z0-9-]{1,40}/\d{1,3}")
_STEP_KEYS: Final = (
    "id", "kind", "title", "minutes", "draft", "rules", "rules_when", "when", "for", "depends_on", "days",
    "office_hours", "own_slot", "scope", "each", "repeat", "closes", "unless_answered", "unusual", "later",
    "checklist", "note_only",
)  # fmt: skip
_TOP_KEYS: Final = ("schema", "name", "title", "source", "merge", "without", "step")
_MAX_DEPTH: Final = 5


def load_playbook(name: str, folder: Path | None = None) -> Playbook:
    """Load a playbook by name (the user's `folder` first, then the built-in ones) or by the path of a `.toml` file.

    Raises:
        ConfigError: There is no such playbook, or it does not hold to the language.
    """
    return _load(name, folder, 0)


@cache
def built_in(name: str) -> Playbook:
    """One of the playbooks that come with cardscan."""
    return _load(name, None, 0)


def _load(name: str, folder: Path | None, depth: int) -> Playbook:
    if depth > _MAX_DEPTH:
        raise ConfigError(f"playbook {name!r}: playbooks that merge each other have no end")
    text, origin = _read(name, folder)
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise ConfigError(f"{origin}: not TOML: {error}") from error
    try:
        return _playbook(data, folder, depth)
    except ConfigError as error:
        raise error if str(error).startswith("playbook ") else ConfigError(f"{origin}: {error}") from error


def _read(name: str, folder: Path | None) -> tuple[str, str]:
    own = (
        Path(name)
        if name.endswith(".toml")
        else (folder / f"{name}.toml" if folder and _NAME.fullmatch(name) else None)
    )
    try:
        if own is not None and (own.is_file() or name.endswith(".toml")):
            return own.read_text(encoding="utf-8"), str(own)
        if name in BUILT_IN:
            packaged = resources.files("cardscan.plan") / "playbooks" / f"{name}.toml"
            return packaged.read_text(encoding="utf-8"), f"playbook {name}"
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError(f"playbook {name!r} cannot be read: {error}") from error
    mine = sorted(path.stem for path in folder.glob("*.toml")) if folder and folder.is_dir() else []
    raise ConfigError(
        f"playbook {name!r} is not known (known: {', '.join([*BUILT_IN, *mine])}; or the path of a .toml file)"
    )


def _playbook(data: dict[str, Any], folder: Path | None, depth: int) -> Playbook:
    _known(data, _TOP_KEYS, "")
    if data.get("schema") != language.SCHEMA:
        raise ConfigError(f"schema: is {data.get('schema')!r}, not {language.SCHEMA!r}")
    name = _text(data, "name", "")
    if not _NAME.fullmatch(name):
        raise ConfigError(f"name: {name!r} is not made of small letters, digits and hyphens")
    tables = data.get("step", [])
    if not isinstance(tables, list) or not all(isinstance(table, dict) for table in tables):
        raise ConfigError("step: steps are written as [[step]] tables")
    own = tuple(_step(table, name, f"step {index + 1}") for index, table in enumerate(tables))
    twice = {step.id for index, step in enumerate(own) if step.id in {other.id for other in own[:index]}}
    if twice:
        raise ConfigError(f"step: the id {min(twice)!r} stands twice")
    parts = tuple(_load(other, folder, depth + 1) for other in _texts(data, "merge", ""))
    title, source = _text(data, "title", "", name), _text(data, "source", "", "")
    try:
        whole = language.merge(name, title, source, (Playbook(name, title, source, own), *parts))
    except ValueError as error:
        raise ConfigError(f"depends_on: these steps wait for each other: {error}") from error
    without = _texts(data, "without", "")
    ids = {step.id for step in whole.steps}
    for missing in (step_id for step_id in without if step_id not in ids):
        raise ConfigError(f"without: there is no step {missing!r} ({_allowed(missing, ids)})")
    steps = tuple(step for step in whole.steps if step.id not in without)
    _check_links(steps, ids)
    if not steps:
        raise ConfigError("step: a playbook has at least one step")
    return Playbook(name, title, source, steps)


def _check_links(steps: tuple[Step, ...], ids: set[str]) -> None:
    for step in steps:
        for other in sorted(language.before(step) | set(step.closes)):
            if other not in ids:
                raise ConfigError(f"step {step.id!r}: there is no step {other!r} ({_allowed(other, ids)})")


def _step(table: dict[str, Any], playbook: str, where: str) -> Step:
    step_id = _text(table, "id", where)
    where = f"step {step_id!r}"
    if not _NAME.fullmatch(step_id) or step_id in get_args(language.Anchor):
        raise ConfigError(f"{where}: id is not made of small letters, digits and hyphens, or is a word of the language")
    _known(table, _STEP_KEYS, where)
    rules = _texts(table, "rules", where)
    minutes = table.get("minutes", 10)
    if type(minutes) is not int or not 1 <= minutes <= 480:
        raise ConfigError(f"{where}: minutes: {minutes!r} is not a whole number from 1 to 480")
    later = table.get("later", 0)
    if type(later) is not int or not 0 <= later <= 3:
        raise ConfigError(f"{where}: later: {later!r} is not a whole number from 0 to 3")
    variant = Variant(
        playbook=playbook,
        titles=_templates(table, "title", where, needed=True),
        when=_when(table.get("when"), where),
        conditions=_conditions(table.get("for", {}), where),
        rules=_checked_rules(rules, where),
        rules_when=_rules_when(table.get("rules_when", {}), where),
        depends_on=_texts(table, "depends_on", where),
        note_only=_flag(table, "note_only", where),
    )
    draft = _choice(table, "draft", where, language.DRAFTS, None)
    each = _choice(table, "each", where, get_args(language.Each), None)
    return Step(
        id=step_id,
        kind=_choice(table, "kind", where, language.KINDS),
        minutes=minutes,
        variants=(variant,),
        draft=draft,
        checklist=_templates(table, "checklist", where, needed=False),
        days=_choice(table, "days", where, get_args(language.Days), "mine"),
        office_hours=_flag(table, "office_hours", where),
        own_slot=_flag(table, "own_slot", where),
        scope=_choice(table, "scope", where, get_args(language.Scope), "contact"),
        each=each,
        repeat=tuple(_offset(text, f"{where}: repeat") for text in _texts(table, "repeat", where)),
        closes=_texts(table, "closes", where),
        unless_answered=_flag(table, "unless_answered", where),
        unusual=_flag(table, "unusual", where),
        later=later,
    )


def _when(table: Any, where: str) -> When:
    where = f"{where}: when"
    if not isinstance(table, dict):
        raise ConfigError(f'{where}: takes a table such as {{ from = "met", by = "1 business day" }}')
    _known(table, ("from", "by", "earliest", "at", "before_item", "undated"), where)

    def optional(key: str) -> Offset | None:
        return _offset(_text(table, key, where), f"{where}: {key}") if key in table else None

    anchor, undated = _text(table, "from", where), optional("undated")
    if anchor == "item" and undated is None:
        undated = parse_offset("2 business days")
    return When(
        anchor=anchor,
        by=_offset(_text(table, "by", where), f"{where}: by"),
        earliest=optional("earliest"),
        at=_choice(table, "at", where, get_args(language.At), "close"),
        before_item=_flag(table, "before_item", where),
        undated=undated,
    )


def _conditions(table: Any, where: str) -> Conditions:
    where = f"{where}: for"
    if not isinstance(table, dict):
        raise ConfigError(f'{where}: takes a table such as {{ all = ["email"], none = ["meeting"] }}')
    _known(table, ("all", "any", "none"), where)
    found = {key: _texts(table, key, where) for key in ("all", "any", "none")}
    for key, names in found.items():
        for name in names:
            _condition(name, f"{where}: {key}")
    return Conditions(**{key: frozenset(names) for key, names in found.items()})


def _rules_when(table: Any, where: str) -> tuple[tuple[Conditions, tuple[str, ...]], ...]:
    where = f"{where}: rules_when"
    if not isinstance(table, dict):
        raise ConfigError(f'{where}: takes a table such as {{ priority = ["six-tips/2"] }}')
    found = []
    for key in table:
        negated, name = key.startswith("not "), key.removeprefix("not ")
        _condition(name, where)
        names = frozenset({name})
        conditions = Conditions(none=names) if negated else Conditions(all=names)
        found.append((conditions, _checked_rules(_texts(table, key, where), where)))
    return tuple(found)


def _condition(name: str, where: str) -> None:
    if name not in CONDITIONS:
        raise ConfigError(f"{where}: {name!r} is not a condition ({_allowed(name, CONDITIONS)})")


def _checked_rules(rules: tuple[str, ...], where: str) -> tuple[str, ...]:
    for rule in rules:
        if not _RULE.fullmatch(rule):
            raise ConfigError(f"{where}: rules: {rule!r} is not a rule id such as 'system/5'")
    return rules


def _templates(table: dict[str, Any], key: str, where: str, *, needed: bool) -> tuple[str, ...]:
    value = table.get(key, [])
    templates = (value,) if isinstance(value, str) else _texts(table, key, where)
    if needed and not all(templates or [""]):
        raise ConfigError(f"{where}: {key} is missing: say exactly what to do")
    for template in templates:
        try:
            parts = list(Formatter().parse(template))
        except ValueError as error:
            raise ConfigError(f"{where}: {key}: {template!r}: {error}") from error
        for _, name, spec, conversion in parts:
            # Only bare names: "{name.__class__}" or a width of a million must not get through.
            if name is not None and (name not in language.VARIABLES or spec or conversion):
                allowed = _allowed(name, language.VARIABLES)
                raise ConfigError(f"{where}: {key}: {{{name}}} is not a variable ({allowed})")
    return templates


def _offset(text: str, where: str) -> Offset:
    try:
        return parse_offset(text)
    except ConfigError as error:
        raise ConfigError(f"{where}: {error}") from error


def _known(table: dict[str, Any], allowed: tuple[str, ...], where: str) -> None:
    for key in table:
        if key not in allowed:
            raise ConfigError(f"{where + ': ' if where else ''}unknown key {key!r} ({_allowed(key, allowed)})")


def _allowed(word: str, allowed: Any) -> str:
    near = get_close_matches(word, list(allowed), 1, 0.6)
    return f"did you mean {near[0]!r}?" if near else f"allowed: {', '.join(sorted(allowed))}"


def _text(table: dict[str, Any], key: str, where: str, default: str | None = None) -> str:
    value = table.get(key, default)
    if not isinstance(value, str):
        problem = "is missing" if value is None else f"takes a text, not {value!r}"
        raise ConfigError(f"{where + ': ' if where else ''}{key}: {problem}")
    return value


def _texts(table: dict[str, Any], key: str, where: str) -> tuple[str, ...]:
    value = table.get(key, [])
    if not isinstance(value, list) or not all(isinstance(item, str) for item in value):
        raise ConfigError(f"{where + ': ' if where else ''}{key}: takes a list of texts, not {value!r}")
    return tuple(value)


def _flag(table: dict[str, Any], key: str, where: str) -> bool:
    value = table.get(key, False)
    if not isinstance(value, bool):
        raise ConfigError(f"{where}: {key}: takes true or false, not {value!r}")
    return value


def _choice(table: dict[str, Any], key: str, where: str, allowed: Any, *default: Any) -> Any:
    value = table.get(key, *default)
    if value not in allowed and not (default and value is default[0]):
        raise ConfigError(f"{where}: {key}: {value!r} is not one of {', '.join(allowed)}")
    return value
