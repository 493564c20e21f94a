"""The published rules that the built-in playbooks follow: what each asks, and where it can be seen at work."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib import resources

from cardscan.plan.playbook_file import BUILT_IN, built_in


@dataclass(frozen=True, slots=True)
class Rule:
    """One rule of one published way of following up.

    Attributes:
        id: Such as `six-tips/3`; tasks name it in `why.rules`.
        source: Title of what it was published in.
        asks: What it asks, in short.
        does: What the program does about it.
        steps: Playbook steps whose tasks name it; empty where it is kept elsewhere.
        where: The commands it can be seen in.
        test: The test that shows it, as `file::name` below tests/.
    """

    id: str
    source: str
    asks: str
    does: str
    steps: tuple[str, ...]
    where: str
    test: str


@cache
def load_rules() -> tuple[Rule, ...]:
    """All rules, in the order of their sources."""
    text = (resources.files("cardscan.plan") / "rules.toml").read_text(encoding="utf-8")
    data = tomllib.loads(text)
    found = []
    for entry in data["rule"]:
        source = data["sources"][entry["id"].partition("/")[0]]
        where = entry.get("where", "plan")
        found.append(Rule(entry["id"], source, entry["asks"], entry["does"], _steps(entry["id"]), where, entry["test"]))
    return tuple(found)


def _steps(rule: str) -> tuple[str, ...]:
    found: dict[str, None] = {}
    for name in BUILT_IN:
        for step in built_in(name).steps:
            for variant in step.variants:
                if rule in variant.rules or any(rule in rules for _, rules in variant.rules_when):
                    found[step.id] = None
    return tuple(found)
