"""What the process itself costs: memory, processor time, the wait for the first picture."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path
from statistics import median
from time import perf_counter

MEGABYTE = 1e6


def resident_mb() -> float:
    """Memory that this process holds now; its highest so far where the system does not tell."""
    try:
        pages = int(Path("/proc/self/statm").read_text().split()[1])
        return pages * os.sysconf("SC_PAGE_SIZE") / MEGABYTE
    except (OSError, ValueError, AttributeError):
        import resource

        peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
        return peak / MEGABYTE if sys.platform == "darwin" else peak * 1024 / MEGABYTE


def first_frame_s(runs: int = 3) -> float:
    """From the start of the process until its window has shown a picture and closed again."""
    command = [sys.executable, "-m", "kyphoviz", "--exit-after-first-frame"]
    times = []
    for _ in range(runs):
        start = perf_counter()
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL)
        times.append(perf_counter() - start)
    return median(times)
