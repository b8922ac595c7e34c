"""The kiosk's log: what happened while nobody looked."""

from __future__ import annotations

import logging
from collections.abc import Iterator
from contextlib import contextmanager
from logging.handlers import RotatingFileHandler
from pathlib import Path

LOG = logging.getLogger("kyphoviz.kiosk")
LOG_BYTES, LOG_FILES = 512 * 1024, 3


@contextmanager
def logged(folder: Path | None) -> Iterator[None]:
    """Meanwhile what happens is written down on standard error, and in a few small files that never fill the disk.

    Args:
        folder: of the files; none is made if None, and no file is no reason not to run.
    """
    handlers: list[logging.Handler] = [logging.StreamHandler()]
    try:
        if folder is not None:
            folder.mkdir(parents=True, exist_ok=True)
            path = folder / "kiosk.log"
            handlers.append(
                RotatingFileHandler(
                    path, maxBytes=LOG_BYTES, backupCount=LOG_FILES, encoding="utf-8", errors="backslashreplace"
                )
            )
    except OSError:
        pass
    LOG.setLevel(logging.INFO)
    for handler in handlers:
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        LOG.addHandler(handler)
    try:
        yield
    finally:
        for handler in handlers:
            LOG.removeHandler(handler)
            handler.close()
