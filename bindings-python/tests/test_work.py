"""Long work: it shows progress, leaves the interpreter free, and ends on Ctrl-C."""

from __future__ import annotations

import signal
import subprocess
import sys
import textwrap
import threading
import time
from uuid import UUID

import numpy as np
import pytest
from catalogs import EVENTS, INSIGHTS, SPONSORS, made

from sponsorfit import Catalog


def test_progress(capsys: pytest.CaptureFixture[str]) -> None:
    seen: list[tuple[int, int]] = []
    catalog = Catalog(SPONSORS, EVENTS, INSIGHTS)
    catalog.rank(progress=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (40, 40)
    catalog.rank(progress=True)
    assert capsys.readouterr().err.endswith(f"{'█' * 24} 40 of 40\n")


LONG = """
    import itertools, sponsorfit, sys
    from uuid import UUID
    import random
    draw = random.Random(1)
    def ids(name, start):
        labels = [f"l{at}" for at in range(64)]
        return [{name: str(UUID(int=start + at)), fields[0]: draw.sample(labels, 12), fields[1]: draw.sample(labels, 12),
                 "objectives_embedding": [draw.random() for _ in range(64)]} for at in range(6000)]
    fields = ("preferred_categories", "regions")
    sponsors = ids("sponsor_id", 1)
    fields = ("categories", "regions")
    events = ids("event_id", 1 << 64)
    catalog = sponsorfit.Catalog(sponsors, events, config={"objectives": {"kind": "embedding", "dimension": 64}})
    print("ready", flush=True)
    while True:
        if sys.argv[1] == "load":
            # A row without end: nothing but the catalog itself can notice that someone pressed Ctrl-C.
            sponsorfit.Catalog(itertools.repeat(sponsors[0]), events, on_error="skip")
        getattr(catalog, sys.argv[1])()
"""


def interrupted(work: str) -> float:
    """Press Ctrl-C during long work, and return the seconds until the exception is there."""
    command = [sys.executable, "-P", "-c", textwrap.dedent(LONG), work]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        assert process.stdout.readline() == "ready\n"
        time.sleep(0.5)
        pressed = time.monotonic()
        process.send_signal(signal.SIGINT)
        first = process.stderr.readline()
        took = time.monotonic() - pressed
        assert "Traceback" in first
        assert "KeyboardInterrupt" in process.stderr.read()
        assert process.wait(timeout=60) != 0
    return took


def test_work_that_was_interrupted_ends() -> None:
    """Whoever goes on after Ctrl-C has the cores to themselves again."""
    vectors = np.random.default_rng(1).random((2500, 768), dtype=np.float32)
    sponsors = [{"sponsor_id": UUID(int=1 + at), "objectives_embedding": row} for at, row in enumerate(vectors)]
    events = [{"event_id": UUID(int=1 + at), "objectives_embedding": row} for at, row in enumerate(vectors)]
    catalog = Catalog(sponsors, events, config={"objectives": {"kind": "embedding", "dimension": 768}})

    def press(_signal: int, _frame: object) -> None:
        raise KeyboardInterrupt

    before = signal.signal(signal.SIGALRM, press)
    try:
        signal.setitimer(signal.ITIMER_REAL, 0.2)
        with pytest.raises(KeyboardInterrupt):
            catalog.score_all()
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, before)
    time.sleep(0.2)
    used = time.process_time()
    time.sleep(0.6)
    assert time.process_time() - used < 0.2


@pytest.mark.parametrize("work", ["rank", "score_all", "load"])
def test_ctrl_c_ends_long_work_at_once(work: str) -> None:
    # A machine that others use may be late once, not every time.
    assert any(interrupted(work) < 0.2 for _ in range(4))


def test_the_interpreter_is_released() -> None:
    catalog = Catalog(*made(1500, seed=3))
    ticks = 0
    done = threading.Event()

    def tick() -> None:
        nonlocal ticks
        while not done.is_set():
            ticks += 1
            time.sleep(0.001)

    ticking = threading.Thread(target=tick)
    ticking.start()
    before = time.monotonic()
    while time.monotonic() - before < 0.3:
        catalog.rank()
    done.set()
    ticking.join()
    assert ticks > 20
