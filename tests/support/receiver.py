"""Somebody whom the portal sends to: a real HTTP server on this machine that does what a test tells it to, and remembers what came."""

import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from tests.support.processes import free_port


@dataclass
class Taken:
    """One request as it came."""

    headers: dict[str, str]
    body: bytes
    path: str = ""


@dataclass
class Receiver:
    """`answers` are given one after the other, the last again and again: a status, or a status with headers and a body.
    `leave` is the answer to OPTIONS, the headers of a 200 or another status; without it there is none (405)."""

    port: int = field(default_factory=free_port)
    answers: list[Any] = field(default_factory=lambda: [204])
    taken: list[Taken] = field(default_factory=list)
    leave: Any = None
    asked: list[Taken] = field(default_factory=list)
    slow_by: float = 0
    server: ThreadingHTTPServer | None = None
    trust: ssl.SSLContext | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}/hooks"

    @property
    def ids(self) -> list[str]:
        return [one.headers["webhook-id"] for one in self.taken]

    def start(self) -> "Receiver":
        receiver = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                receiver.taken.append(self.as_taken())
                if receiver.slow_by:
                    receiver.trickle(self)
                    return
                self.tell(*receiver.next_answer())

            def do_OPTIONS(self) -> None:
                receiver.asked.append(self.as_taken())
                if isinstance(receiver.leave, dict):
                    self.tell(200, receiver.leave, b"")
                else:
                    self.tell(receiver.leave or 405, {}, b"")

            def as_taken(self) -> Taken:
                body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
                return Taken({name.lower(): value for name, value in self.headers.items()}, body, self.path)

            def tell(self, status: int, headers: dict[str, str], answer: bytes) -> None:
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                self.send_header("Content-Length", str(len(answer)))
                self.end_headers()
                self.wfile.write(answer)

            def log_message(self, *_: Any) -> None:
                """Silent."""

        self.server = ThreadingHTTPServer(("127.0.0.1", self.port), Handler)
        if self.trust:
            self.server.socket = self.trust.wrap_socket(self.server.socket, server_side=True)
        threading.Thread(target=self.server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True).start()
        return self

    def trickle(self, handler: BaseHTTPRequestHandler) -> None:
        """Answer a byte at a time, each long before anybody's patience with a single one ends."""
        ends = time.monotonic() + self.slow_by
        try:
            for sign in b"HTTP/1.1 200 " + b"O" * 10_000:
                if time.monotonic() > ends:
                    return
                handler.wfile.write(bytes([sign]))
                handler.wfile.flush()
                time.sleep(0.05)
        except OSError:
            pass

    def next_answer(self) -> tuple[int, dict[str, str], bytes]:
        answer = self.answers.pop(0) if len(self.answers) > 1 else self.answers[0]
        return answer if isinstance(answer, tuple) else (answer, {}, b"")

    def stop(self) -> None:
        if self.server:
            self.server.shutdown()
            self.server.server_close()
            self.server = None


@contextmanager
def receiving(*answers: Any, trust: ssl.SSLContext | None = None) -> Iterator[Receiver]:
    receiver = Receiver(answers=list(answers) or [204], trust=trust).start()
    try:
        yield receiver
    finally:
        receiver.stop()
