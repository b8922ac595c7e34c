"""Commands typed in a test, and what they say."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from typing import Any

import pytest

from kyphoviz.cli import main

PATIENCE_S = 300.0  # no bar: only keeps a process that hangs from holding up all tests for ever


def said(capsys: pytest.CaptureFixture[str], *words: str) -> list[str]:
    """Lines of standard output of a command that must succeed."""
    code = main(words)
    heard = capsys.readouterr()
    assert (code, heard.err) == (0, "")
    return heard.out.splitlines()


def refused(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str]]:
    """Exit code and lines of standard error of a command that must not succeed, and must not say anything else."""
    code = main(words)
    heard = capsys.readouterr()
    assert heard.out == ""
    assert "Traceback" not in heard.err
    return code, heard.err.splitlines()


def states(capsys: pytest.CaptureFixture[str], *words: str) -> list[dict[str, Any]]:
    """What `state kyphoplasty --json` says, a state a line."""
    return [json.loads(line) for line in said(capsys, "state", "kyphoplasty", "--json", *words)]


def started(*words: str, **environment: str) -> subprocess.Popen[str]:
    """A command in a process of its own."""
    return subprocess.Popen(
        [sys.executable, "-m", "kyphoviz", *words],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, **environment},
    )
