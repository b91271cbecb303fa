"""Processes that tests start, watch, hurt and stop."""

import os
import random
import signal
import socket
import subprocess
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path


def free_port() -> int:
    """A port nobody listens on, below the range from which outgoing connections take theirs."""
    for _ in range(200):
        port = random.randint(20_000, 32_000)
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) != 0:
                return port
    raise RuntimeError("No free port found.")


def answers(port: int) -> bool:
    """Whether somebody listens on this port of this machine."""
    with socket.socket() as probe:
        probe.settimeout(1)
        return probe.connect_ex(("127.0.0.1", port)) == 0


def wait_until(true: Callable[[], object], *, seconds: float = 60, what: str = "the expected state"):
    """Ask again and again until `true()` is, and return its value; fail when the time is up."""
    deadline = time.monotonic() + seconds
    while not (value := true()):
        if time.monotonic() > deadline:
            raise TimeoutError(f"Waited {seconds} s for {what}.")
        time.sleep(0.05)
    return value


class Process:
    """One program with all its children, and the log it writes.

    `supervised=True` starts it again whenever it ends by itself or is killed, as systemd, compose or Kubernetes would.
    """

    def __init__(
        self,
        command: Sequence[object],
        *,
        log: Path,
        env: Mapping[str, str],
        cwd: Path = Path("/"),
        user: dict | None = None,
        stop_signal: signal.Signals = signal.SIGTERM,
        supervised: bool = False,
    ):
        self.command = [str(part) for part in command]
        self.log = Path(log)
        self.env = dict(env)
        self.cwd = cwd
        self.user = user
        self.stop_signal = stop_signal
        self.starts = 0
        self._supervised = supervised
        self._stopping = threading.Event()
        self._lock = threading.Lock()
        self._popen: subprocess.Popen | None = None

    def start(self) -> "Process":
        """Start it, and the supervisor if there is to be one."""
        self._stopping.clear()
        self._spawn()
        if self._supervised:
            threading.Thread(target=self._supervise, daemon=True).start()
        return self

    def stop(self, seconds: float = 15) -> None:
        """Ask it to end; kill it if it does not."""
        self._stopping.set()
        with self._lock:
            if not self.is_running:
                return
            self.resume()
            self._popen.send_signal(self.stop_signal)
            try:
                self._popen.wait(seconds)
            except subprocess.TimeoutExpired:
                self._signal(signal.SIGKILL)
                self._popen.wait()

    def kill(self) -> None:
        """End it and all its children at once, with no chance to say goodbye (SIGKILL)."""
        killed = self._popen
        self._signal(signal.SIGKILL)
        killed.wait()

    def kill_child(self) -> bool:
        """End one of its children the same way; False if it has none."""
        children = self.children()
        if children:
            os.kill(random.choice(children), signal.SIGKILL)
        return bool(children)

    def suspend(self) -> None:
        """Freeze it: it keeps its connections and answers nothing."""
        self._signal(signal.SIGSTOP)

    def resume(self) -> None:
        """Let a frozen process go on."""
        self._signal(signal.SIGCONT)

    @property
    def is_running(self) -> bool:
        return self._popen is not None and self._popen.poll() is None

    @property
    def pid(self) -> int:
        return self._popen.pid

    def children(self) -> list[int]:
        """The process ids of its direct children."""
        listed = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text()
        return [int(pid) for pid in listed.split()]

    def tail(self, lines: int = 30) -> str:
        """The end of its log, for the message of a failing test."""
        text = self.log.read_text(errors="replace") if self.log.exists() else ""
        return "\n".join(text.splitlines()[-lines:])

    def wait_for(self, ready: Callable[[], object], *, seconds: float = 90) -> "Process":
        """Wait until it is ready; if it ended instead, say what it said."""
        program = Path(self.command[0]).name
        try:
            wait_until(lambda: ready() or not (self.is_running or self._supervised), seconds=seconds, what=program)
        except TimeoutError as error:
            raise RuntimeError(f"{error}\n{self.tail()}") from error
        if not self.is_running and not self._supervised:
            raise RuntimeError(f"{program} ended at once:\n{self.tail()}")
        return self

    def _spawn(self) -> None:
        self.starts += 1
        with self.log.open("ab") as output:
            self._popen = subprocess.Popen(
                self.command,
                env=self.env,
                cwd=self.cwd,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                start_new_session=True,  # so that it and its children can be killed together
                **(self.user or {}),
            )

    def _supervise(self) -> None:
        while not self._stopping.wait(0.2):
            with self._lock:
                if not self._stopping.is_set() and not self.is_running:
                    self._spawn()

    def _signal(self, number: int) -> None:
        if self.is_running:
            os.killpg(self._popen.pid, number)
