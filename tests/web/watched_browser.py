"""A browser that is killed where it hangs, so that a test that waits for it fails instead of waiting for ever."""

import os
import signal
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path

from playwright.sync_api import Browser, BrowserContext, BrowserType, Error

HANGS_AFTER_S = 50.0
"""A browser that asks for nothing for so long hangs; the waits of a test end before."""
CLOSES_WITHIN_S = 10.0
"""Chromium at times never answers that a window was closed which was about to load anew."""


class WatchedBrowser:
    """One browser for several tests, started anew where it was killed.

    Several calls of Playwright know no timeout: `evaluate`, `set_offline`, `new_page`, `close`. Each returns with an
    error where the process of the browser is gone.

    Args:
        kind: the kind of browser.
        program: its executable.
        folder: where its process id is kept.
        hangs_after_s: after how many seconds without a request it is killed.
    """

    def __init__(
        self, kind: BrowserType, program: Path, folder: Path, hangs_after_s: float = HANGS_AFTER_S
    ) -> None:
        self._kind, self._program, self._hangs_after_s = kind, program, hangs_after_s
        self._process, self._wrapper = folder / "process", folder / "browser"
        self._wrapper.write_text(f'#!/bin/sh\necho $$ > "{self._process}"\nexec "{program}" "$@"\n')
        self._wrapper.chmod(0o700)
        self._browser: Browser | None = None
        self._last_sign = time.monotonic()

    def another(self, folder: Path, *, hangs_after_s: float) -> "WatchedBrowser":
        """Make a browser of the same kind, with a process and a limit of its own."""
        return WatchedBrowser(self._kind, self._program, folder, hangs_after_s)

    def new_context(self, **choices) -> BrowserContext:
        """Open a fresh window, with nothing kept from another."""
        self._sign()
        if self._browser is None or not self._browser.is_connected():
            self._browser = self._kind.launch(executable_path=str(self._wrapper), args=["--no-sandbox"])
        context = self._browser.new_context(**choices)
        context.on("request", self._sign)
        return context

    @contextmanager
    def watched(self, hangs_after_s: float | None = None) -> Iterator[None]:
        """Kill the browser where it makes no request for too long."""
        self._sign()
        limit, ended = hangs_after_s or self._hangs_after_s, threading.Event()

        def watch() -> None:
            while not ended.wait(0.1):
                if time.monotonic() - self._last_sign > limit:
                    self.kill()
                    return

        watching = threading.Thread(target=watch, daemon=True)
        watching.start()
        try:
            yield
        finally:
            ended.set()
            watching.join()

    def end(self, contexts: Sequence[BrowserContext]) -> None:
        """Close windows; a browser that hangs at it is killed, and the next window gets another."""
        with self.watched(CLOSES_WITHIN_S), suppress(Error):
            for context in contexts:
                context.close()

    def close(self) -> None:
        """End the browser."""
        with self.watched(CLOSES_WITHIN_S), suppress(Error):
            if self._browser is not None:
                self._browser.close()

    def kill(self) -> None:
        """End the process of the browser at once."""
        with suppress(ProcessLookupError, FileNotFoundError):
            os.kill(int(self._process.read_text()), signal.SIGKILL)

    def stop(self) -> None:
        """Let the browser hang, as a test of this class needs it."""
        os.kill(int(self._process.read_text()), signal.SIGSTOP)

    def _sign(self, *_: object) -> None:
        self._last_sign = time.monotonic()
