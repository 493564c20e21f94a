"""Shell completion in real shells."""

from __future__ import annotations

import os
import shlex
import subprocess
import sys
from pathlib import Path

import pytest

from tests.tmux import Screen


@pytest.fixture
def environment(tmp_path: Path) -> dict[str, str]:
    """An environment whose `cardscan` is this checkout's."""
    program = tmp_path / "cardscan"
    program.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m cardscan "$@"\n')
    program.chmod(0o755)
    root = str(Path(__file__).parents[2])
    return {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": root, "HOME": str(tmp_path)}


def run(environment: dict[str, str], *command: str) -> str:
    """What a shell prints."""
    done = subprocess.run(command, env=environment, capture_output=True, text=True, timeout=300, check=True)
    return done.stdout


def test_bash_completes_commands_and_options(environment: dict[str, str]) -> None:
    """After the script is evaluated bash offers commands, options and choices that fit what was typed."""
    script = """
    eval "$(cardscan completion bash)"
    offer() {
      COMP_WORDS=("$@") COMP_CWORD=$(($# - 1)) COMPREPLY=()
      _cardscan_completion cardscan
      echo "${COMPREPLY[@]}"
    }
    offer cardscan re
    offer cardscan review --pl
    offer cardscan completion b
    """
    assert run(environment, "bash", "-c", script).split("\n")[:3] == ["review report", "--plain", "bash"]


@pytest.mark.needs("zsh")
def test_zsh_takes_the_script(environment: dict[str, str]) -> None:
    """zsh registers the completion of `cardscan`."""
    script = 'autoload -U compinit; compinit -u; eval "$(cardscan completion zsh)"; print -r -- $_comps[cardscan]'
    assert run(environment, "zsh", "-f", "-c", script).strip() == "_cardscan_completion"


@pytest.mark.needs("zsh", "tmux")
def test_zsh_completes_what_is_typed(environment: dict[str, str], tmp_path: Path) -> None:
    """In a zsh on a terminal, Tab completes a command, then an option of it, and lists both commands where two fit."""
    (tmp_path / ".zshrc").write_text(
        "PS1='%% '\nautoload -U compinit; compinit -u\neval \"$(cardscan completion zsh)\"\nprint ready\n"
    )
    names = ("PATH", "PYTHONPATH", "HOME")
    settings = [f"{name}={environment[name]}" for name in names]
    screen = Screen()
    try:
        screen.run(shlex.join(["env", "-u", "ZDOTDIR", *settings, "zsh", "-i"]))
        screen.until("ready")
        screen.type("cardscan rev")
        screen.press("Tab")
        screen.until("cardscan review")
        screen.type("--pla")
        screen.press("Tab")
        screen.until("cardscan review --plain")
        screen.press("C-u")
        screen.type("cardscan re")
        screen.press("Tab")
        screen.until(lambda seen: "report" in seen and seen.count("review") >= 1)
    finally:
        screen.close()


@pytest.mark.needs("fish")
def test_fish_completes_commands(environment: dict[str, str]) -> None:
    """fish offers the commands that begin as typed."""
    script = 'cardscan completion fish | source; complete -C "cardscan re"'
    offered = {line.split("\t")[0] for line in run(environment, "fish", "-c", script).splitlines()}
    assert {"review", "report"} <= offered
