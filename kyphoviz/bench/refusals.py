"""Files that mean harm, and how soon each is refused: neither depth nor size may cost more than a moment."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory
from time import process_time

from kyphoviz.scenario import ScenarioError, load

SIZE = 1_000_000  # as large as a scene may be
HOSTILE = {
    "open lists": "[" * SIZE,
    "open mappings": "{a: " * (SIZE // 4),
    "nested keys": "? " * (SIZE // 2),
    "items": "- \n" * (SIZE // 3),
    "keys": "".join(f"k{k}: 1\n" for k in range(80_000)),
    "flow keys": "{" + ",".join(f"k{k}: 1" for k in range(80_000)),
    "one word": "case: " + "x" * (SIZE - 6),
    "folded lines": "case:\n" + " x\n" * (SIZE // 3 - 4),
    "digits": "case: {level: L1, gauge: " + "9" * (SIZE - 40) + "}",
    "tags": "".join(f"- !t{k} x\n" for k in range(80_000)),
    "aliases": "a: &a [x, x]\n" + "".join(f"k{k}: *a\n" for k in range(70_000)),
    "documents": "---\n" * (SIZE // 4),
    "steps": "case: {level: L1}\nsteps:\n" + "- {id: a, kind: show, duration_s: 5}\n" * 20_000,
    "languages": "title:\n" + "".join(f"  l{k}: x\n" for k in range(15_000)),
    "quotes": '"' * SIZE,
    "blank": "\n" * SIZE,
}


def refusal_worst_s() -> float:
    """Seconds of processor time until the file that takes longest is refused.

    Raises:
        RuntimeError: one of them was taken for a scene.
    """
    with TemporaryDirectory() as folder:
        return max(_refusal_s(Path(folder) / "scene.yaml", text) for text in HOSTILE.values())


def _refusal_s(path: Path, text: str) -> float:
    path.write_text(text)
    start = process_time()
    try:
        load(path)
    except ScenarioError:
        return process_time() - start
    raise RuntimeError("a file that means harm was taken for a scene")
